//! Rows of a source, read under each possible notation.

use super::answer::Answers;
use super::collector::Collector;
use super::flag::Flag;
use super::nest::{LEVELS, Nest};
use super::notation::{DateOrder, DecimalMark};
use super::number::{self, Hint};
use super::observed::Known;
use super::outcome::{Outcome, Question};
use super::pick::{self, Keys};
use super::row::{Cells, NO_CELLS, Reading, Row, Spec};
use super::shown::HIDDEN;
use super::skip::Skip;
use super::time;
use super::usual::is_usual;

/// Rows of a file. If the decimal mark or the order of dates is open, rows are collected under
/// both, until a cell settles it.
#[derive(Debug)]
pub(crate) struct Records {
    spec: &'static Spec,
    /// Keys of the records, and of those around them.
    keys: [Keys; LEVELS],
    /// Path to the source's record within a record of the file.
    nest: Option<Nest>,
    trials: Vec<Trial>,
    seen_columns: u64,
    /// Columns with a nonempty cell.
    filled_columns: u64,
    /// Whether commas may be decimal in this file, as they do not separate cells.
    has_marks: bool,
    /// Whether the decimal mark is open.
    is_mark_open: bool,
    /// Whether the decimal mark was given.
    is_mark_given: bool,
    marks: Marks,
    order: Order,
}

/// A notation, with the sums under it.
#[derive(Debug, Clone)]
struct Trial {
    reading: Reading,
    collector: Collector,
}

#[derive(Debug, Default)]
struct Marks {
    has_comma: bool,
    has_point: bool,
    has_unclear_count: bool,
}

/// State of the order of dates with slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// No such date so far.
    Unneeded,
    /// Both orders are possible.
    Open,
    Settled,
}

impl Records {
    /// For rows of a source; `has_marks` if commas do not separate cells.
    pub(crate) fn new(spec: &'static Spec, answers: &Answers, has_marks: bool) -> Self {
        let collector = Collector::new(spec.format, answers.window);
        let order = answers.date_order.unwrap_or(DateOrder::MonthFirst);
        let reading = Reading {
            mark: answers.decimal_mark.unwrap_or(DecimalMark::Point),
            order,
        };
        let mut records = Self {
            spec,
            keys: Default::default(),
            nest: None,
            trials: vec![Trial { reading, collector }],
            seen_columns: 0,
            filled_columns: 0,
            has_marks: false,
            is_mark_open: false,
            is_mark_given: answers.decimal_mark.is_some(),
            marks: Marks::default(),
            order: match answers.date_order {
                Some(_) => Order::Settled,
                None => Order::Unneeded,
            },
        };
        records.begin_file(spec, has_marks);
        records
    }

    /// Continues with another file or table of the source, whose columns may be named differently.
    pub(crate) fn begin_file(&mut self, spec: &'static Spec, has_marks: bool) {
        for trial in &mut self.trials {
            trial.collector.coverage.end_file();
        }
        self.spec = spec;
        self.keys = Default::default();
        self.nest = None;
        self.has_marks = has_marks;
        if has_marks && !(self.is_mark_open || self.is_mark_given || self.marks.has_comma) {
            self.is_mark_open = true;
            let mut others = self.trials.clone();
            for other in &mut others {
                other.reading.mark = DecimalMark::Comma;
            }
            self.trials.extend(others);
        }
    }

    /// Source.
    pub(crate) fn spec(&self) -> &'static Spec {
        self.spec
    }

    /// Counts skipped rows without readable cells.
    pub(crate) fn skip(&mut self, skip: Skip, rows: u64) {
        for trial in &mut self.trials {
            trial.collector.skip(skip, rows);
        }
    }

    /// Notes repeated rows.
    pub(crate) fn note_repeated(&mut self) {
        for trial in &mut self.trials {
            trial.collector.flags.insert(Flag::RepeatedParts);
        }
    }

    /// Notes a column that is not counted, unless its name may be a person's.
    pub(crate) fn note_unused(&mut self, name: &str) {
        let name = if is_usual(name) { name } else { HIDDEN };
        for trial in &mut self.trials {
            trial.collector.note_unused(name);
        }
    }

    /// Sets the path to the source's record within a record of the file.
    pub(crate) fn lie_in(&mut self, nest: Option<Nest>) {
        self.nest = nest;
    }

    /// Reads a record; `false` if the text is no object.
    pub(crate) fn json(&mut self, text: &str) -> bool {
        let Some(nest) = &self.nest else {
            let cells = pick::cells(self.spec, &mut self.keys[0], text);
            if let Some(cells) = &cells {
                self.take(cells);
            }
            return cells.is_some();
        };
        let Some(texts) = nest.texts(text) else {
            return false;
        };
        match texts {
            Ok(texts) => self.nested(&texts),
            Err(skip) => self.skip(skip, 1),
        }
        true
    }

    /// Reads a record and those around it, which supplement it.
    fn nested(&mut self, texts: &[String]) {
        let mut cells = NO_CELLS;
        for (keys, text) in self.keys.iter_mut().zip(texts) {
            let Some(found) = pick::cells(self.spec, keys, text) else {
                return self.skip(Skip::BadJson, 1);
            };
            for (cell, found) in cells.iter_mut().zip(found) {
                if cell.as_ref().is_none_or(|cell| cell.is_empty()) && found.is_some() {
                    *cell = found;
                }
            }
        }
        self.take(&cells);
    }

    /// Reads a row of a table.
    pub(crate) fn row(&mut self, cells: &Cells) {
        self.take(cells);
    }

    /// Whether a row tells its cached tokens; a row without a count is unknown, not zero.
    fn tells_cached(&self, cells: &Cells) -> bool {
        let known_by = self.spec.known_by.iter();
        let mut told = known_by.filter(|(_, it)| it.has(Known::CACHED)).peekable();
        let has_all = |columns: &[usize]| columns.iter().all(|at| cells[*at].is_some());
        told.peek().is_none() || told.any(|(columns, _)| has_all(columns))
    }

    fn take(&mut self, cells: &Cells) {
        let tells_cached = self.tells_cached(cells);
        for (at, cell) in cells.iter().enumerate() {
            if let Some(text) = cell {
                let is_filled = !text.trim_ascii().is_empty();
                self.seen_columns |= 1 << at;
                self.filled_columns |= u64::from(is_filled) << at;
            }
        }
        if self.order != Order::Settled {
            self.learn_order(cells);
        }
        if self.is_mark_open && self.has_marks {
            self.learn_mark(cells);
        }
        for trial in &mut self.trials {
            let mut reading = trial.reading;
            if !self.has_marks {
                reading.mark = DecimalMark::Point;
            }
            let row = Row { cells, reading };
            trial.collector.tells_cached = tells_cached;
            let result = read(self.spec, &row, &mut trial.collector);
            if let Err(skip) = result
                && let Some(column) = row.blamed(skip, self.spec)
            {
                trial.collector.blame(skip, column);
            }
            trial.collector.count(result);
        }
    }

    fn learn_order(&mut self, cells: &Cells) {
        let times = self.spec.times.iter().filter_map(|at| cells[*at].as_ref());
        for date in times.filter_map(|text| time::slash_date(text)) {
            if self.order == Order::Unneeded {
                self.order = Order::Open;
                let mut others = self.trials.clone();
                for other in &mut others {
                    other.reading.order = DateOrder::DayFirst;
                }
                self.trials.extend(others);
            }
            if let Some(order) = date.order {
                self.order = Order::Settled;
                self.trials.retain(|trial| trial.reading.order == order);
                return;
            }
        }
    }

    fn learn_mark(&mut self, cells: &Cells) {
        let counts = self.spec.counts.iter().map(|at| (*at, true));
        let durations = self.spec.durations.iter().map(|at| (*at, false));
        for (at, is_count) in counts.chain(durations) {
            let Some(text) = cells[at].as_ref() else {
                continue;
            };
            match number::hint(text) {
                Hint::Point => self.marks.has_point = true,
                Hint::Unclear => self.marks.has_unclear_count |= is_count,
                Hint::Comma if !self.marks.has_comma => {
                    self.marks.has_comma = true;
                    self.trials
                        .retain(|trial| trial.reading.mark == DecimalMark::Comma);
                }
                Hint::Nothing | Hint::Comma => {}
            }
        }
    }

    /// Final sums, or a question.
    pub(crate) fn finish(mut self) -> Outcome {
        let ask = |question| Outcome::Ask {
            question,
            format: Some(self.spec.format),
            choices: Vec::new(),
        };
        if self.is_mark_open && !self.marks.has_comma {
            if self.marks.has_unclear_count && !self.marks.has_point {
                return ask(Question::DecimalMark);
            }
            self.trials
                .retain(|trial| trial.reading.mark == DecimalMark::Point);
        }
        if self.order == Order::Open {
            return ask(Question::DateOrder);
        }
        let Some(trial) = self.trials.pop() else {
            return ask(Question::Columns);
        };
        let mut collector = trial.collector;
        let is_used = self.has_marks || self.marks.has_comma;
        if is_used && trial.reading.mark == DecimalMark::Comma {
            collector.flags.insert(Flag::DecimalComma);
        }
        collector.known.add(self.spec.known);
        for (columns, known) in self.spec.known_by {
            // Tokens that no row has are unknown, not zero.
            let of_file = if known.is_of_tokens() {
                self.filled_columns
            } else {
                self.seen_columns
            };
            let mut columns = columns.iter();
            if columns.all(|column| of_file & (1 << column) != 0) {
                collector.known.add(*known);
            }
        }
        collector.finish()
    }
}

/// Reads a row, or returns the first reason to skip it.
fn read(spec: &Spec, row: &Row, collector: &mut Collector) -> Result<(), Skip> {
    if let Some(skip) = (spec.skip)(row) {
        return Err(skip);
    }
    if spec
        .id
        .is_some_and(|id| collector.is_duplicate(row.text(id)))
    {
        return Err(Skip::Duplicate);
    }
    collector.whose(spec.whose.map(|at| at.map_or("", |at| row.text(at))));
    (spec.read)(row, collector)
}
