//! Tables of a time and numbers: a Grafana panel's CSV, and rates of windows.
//!
//! A panel does not tell what its columns mean, so that is always asked. Formatted cells are
//! refused, since 1.23 K is rounded.

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use super::sample::{self, MS_NS, Samples};
use super::series_row::places;
use super::{Mark, recognized};
use crate::traffic::answer::{Answers, Measure, Unit};
use crate::traffic::collector::Collector;
use crate::traffic::common_width::{CommonWidth, Step};
use crate::traffic::csv::Cells;
use crate::traffic::flag::Flag;
use crate::traffic::notation::{DateOrder, DecimalMark};
use crate::traffic::number;
use crate::traffic::outcome::{Outcome, Question, Reason, Refusal};
use crate::traffic::shown;
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;
use crate::traffic::time;

/// Maximum cells held.
const CELLS_MOST: usize = 5_000_000;

/// The most series of a table whose rows name them.
const SERIES_MOST: usize = 200;

fn lower(header: &[String]) -> Vec<String> {
    let names = header.iter();
    names.map(|name| name.to_ascii_lowercase()).collect()
}

/// A table that is read.
#[derive(Debug)]
pub(crate) struct Table {
    format: Format,
    columns: Vec<Column>,
    /// Column of each cell in a row.
    places: Vec<usize>,
    width: CommonWidth,
    rows: u64,
    /// Rows with more cells than the header.
    overlong: u64,
    /// Rows cut off by the end of the file.
    cut: u64,
    mark: DecimalMark,
    answers: Answers,
    /// Whether each named column was found.
    is_found: Vec<bool>,
    /// The cells with time, name and value where each row is of one series.
    long: Option<[usize; 3]>,
    /// The series of such rows, as hashes.
    series: Vec<(u64, usize)>,
}

#[derive(Debug)]
struct Column {
    name: String,
    use_as: Option<(Measure, Unit)>,
    points: Vec<(i64, f64)>,
    skipped: [(Skip, u64); 4],
    has_units: bool,
    /// Whether a cell is a number only with decimal commas.
    has_commas: bool,
}

const SKIPS: [Skip; 4] = [
    Skip::NoNumber,
    Skip::NotFinite,
    Skip::NoTime,
    Skip::BadNumber,
];

impl Table {
    /// A panel with these columns, of which the first is the time.
    pub(crate) fn panel(header: &[String], answers: &Answers) -> Self {
        Self::new(Format::Grafana, header, answers)
    }

    /// Rates of windows; `header` is in lower case.
    pub(crate) fn rates(header: &[String]) -> Self {
        Self::new(Format::RateTable, header, &Answers::default())
    }

    fn new(format: Format, header: &[String], answers: &Answers) -> Self {
        let mut table = Self {
            format,
            columns: Vec::new(),
            places: Vec::new(),
            width: CommonWidth::default(),
            rows: 0,
            overlong: 0,
            cut: 0,
            mark: answers.decimal_mark.unwrap_or(DecimalMark::Point),
            answers: answers.clone(),
            is_found: vec![false; answers.columns.len()],
            long: None,
            series: Vec::new(),
        };
        table.place(header);
        table
    }

    /// Continues with another file, whose columns may be in another order; `false` for another kind
    /// of file.
    pub(crate) fn begin_file(&mut self, header: &[String]) -> bool {
        let names = lower(header);
        let is_panel = self.format == Format::Grafana;
        match recognized(&names) {
            Mark::Panel if is_panel => self.place(header),
            Mark::Rates if !is_panel => self.place(&names),
            _ => return false,
        }
        true
    }

    fn place(&mut self, header: &[String]) {
        self.places.clear();
        let names = lower(header);
        self.long = places(&names).filter(|_| self.format == Format::Grafana);
        if self.long.is_some() {
            // Its columns are those that the rows name, behind the time.
            if self.columns.is_empty() {
                self.columns.push(Column::new("time".to_owned(), None));
            }
            return;
        }
        for (at, given) in header.iter().enumerate() {
            let name = self.shown(given, at + 1);
            // Of a panel the first is the time, whatever case its name is in.
            let is_time = at == 0 && self.format == Format::Grafana && !self.columns.is_empty();
            let known = self.columns.iter().position(|column| column.name == name);
            let place = if is_time { Some(0) } else { known };
            self.places.push(place.unwrap_or(self.columns.len()));
            if place.is_none() {
                let use_as = self.use_of(&name).or_else(|| self.use_of(given));
                self.columns.push(Column::new(name, use_as));
            }
        }
    }

    fn use_of(&self, name: &str) -> Option<(Measure, Unit)> {
        if self.format == Format::RateTable {
            return (name == "rps").then_some((Measure::Answered, Unit::PerSecond));
        }
        let mut columns = self.answers.columns.iter();
        let given = columns.find(|column| column.name == name)?;
        Some((Measure::from_key(&given.means)?, given.unit))
    }

    /// Source.
    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// Whether there are more cells than are held.
    pub(crate) fn is_too_large(&self) -> bool {
        let cells: usize = self.columns.iter().map(|column| column.points.len()).sum();
        CELLS_MOST < cells
    }

    fn time_ms(&self, cells: &Cells) -> Option<i64> {
        if self.format == Format::Grafana {
            let at = self.long.map_or(0, |[time, ..]| time);
            let stamp = time::parse(cells.get(at), DateOrder::MonthFirst)?;
            return Some(stamp.ns / MS_NS);
        }
        let mut places = self.places.iter();
        let at = places.position(|at| self.columns[*at].name == "window_start_s")?;
        let seconds = number::parse(cells.get(at), self.mark)?;
        #[expect(clippy::cast_possible_truncation, reason = "held to a range before")]
        (seconds.abs() < 1e11).then(|| (seconds * 1000.0).round() as i64)
    }

    /// Notes that the last row was cut off.
    pub(crate) fn cut(&mut self) {
        self.cut += 1;
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &Cells) {
        if self.is_too_large() {
            return;
        }
        self.rows += 1;
        if let Some(places) = self.long {
            return self.long_row(cells, places);
        }
        let beyond = self.places.len()..cells.len();
        if beyond.clone().any(|at| !cells.get(at).trim().is_empty()) {
            self.overlong += 1;
            return;
        }
        let time_ms = self.time_ms(cells);
        if let Some(ms) = time_ms {
            self.width.add(ms);
        }
        let mark = self.mark;
        for (at, place) in self.places.iter().enumerate() {
            self.columns[*place].take(cells.get(at), time_ms, mark);
        }
    }

    /// Takes a row of one series.
    fn long_row(&mut self, cells: &Cells, [_, name, value]: [usize; 3]) {
        let given = cells.get(name);
        // What is hidden is told apart by its hash, so that no name is kept.
        let key = BuildHasherDefault::<DefaultHasher>::default().hash_one(given);
        let known = self.series.iter().find(|(own, _)| *own == key);
        let at = if let Some((_, at)) = known {
            *at // of this file, or a column of one before it
        } else if SERIES_MOST <= self.series.len() {
            self.overlong += 1;
            return;
        } else {
            let name = self.shown(given, self.series.len() + 1);
            let same = self.columns.iter().skip(1).position(|it| it.name == name);
            let at = same.map_or(self.columns.len().max(1), |at| at + 1);
            if same.is_none() {
                let use_as = self.use_of(&name).or_else(|| self.use_of(given));
                self.columns.push(Column::new(name, use_as));
            }
            self.series.push((key, at));
            at
        };
        let time_ms = self.time_ms(cells).inspect(|ms| self.width.add(*ms));
        self.columns[at].take(cells.get(value), time_ms, self.mark);
    }

    /// The name of a column as it may be shown, and whether it was asked for.
    fn shown(&mut self, given: &str, place: usize) -> String {
        let mut name = shown::column(given);
        if name != *given {
            // What is hidden is told apart by its place.
            name = format!("{name} {place}");
        }
        for (column, is_found) in self.answers.columns.iter().zip(&mut self.is_found) {
            *is_found |= column.name == name || column.name == *given;
        }
        name
    }

    /// Puts times that lie beside the usual step on it.
    fn put_on_step(&mut self) -> Option<Step> {
        let times = |column: &Column| {
            let mut times: Vec<i64> = column.points.iter().map(|(ms, _)| *ms).collect();
            times.sort_unstable();
            times
        };
        let times: Vec<Vec<i64>> = self.columns.iter().map(times).collect();
        let step = Step::of(&times, self.width)?;
        let points = self
            .columns
            .iter_mut()
            .flat_map(|column| &mut column.points);
        points.for_each(|(ms, _)| *ms = step.put(*ms));
        Some(step)
    }

    /// Final sums, or a question.
    pub(crate) fn finish(mut self, answers: &Answers) -> Outcome {
        let step = self.put_on_step();
        let format = Some(self.format);
        let is_panel = self.format == Format::Grafana;
        let refused = |reason| Refusal::new(reason, format).after(self.rows);
        if self.is_too_large() {
            return refused(Reason::TooLargeUnpacked).into();
        }
        if self.rows == 0 {
            return refused(Reason::NoRows).into();
        }
        let is_asked = is_panel && answers.columns.is_empty();
        let counts = |column: &&Column| is_asked || column.use_as.is_some();
        let numbers = if is_panel {
            &self.columns[1..]
        } else {
            &self.columns
        };
        let counted = numbers.iter().filter(counts);
        if let Some(column) = counted.clone().find(|column| column.has_units) {
            return refused(Reason::UnitsInCells).at(&column.name).into();
        }
        let is_open = self.answers.decimal_mark.is_none();
        let mut counted = counted;
        if is_open && counted.any(|column| column.has_commas) {
            return Outcome::Ask {
                question: Question::DecimalMark,
                format,
                choices: Vec::new(),
            };
        }
        if is_asked {
            return Outcome::Ask {
                question: Question::Columns,
                format,
                choices: numbers.iter().map(|column| column.name.clone()).collect(),
            };
        }
        let mut given = self.answers.columns.iter().zip(&self.is_found);
        if let Some((column, _)) = given.find(|(_, is_found)| !**is_found) {
            return refused(Reason::NoSuchColumn).at(&column.name).into();
        }
        let mut collector = Collector::new(self.format, answers.window);
        collector.width_ns = sample::width_of(self.width, step, &mut collector.flags);
        collector.skip(Skip::TooManyCells, self.overlong);
        collector.skip(Skip::CutOff, self.cut);
        if !is_panel {
            collector.flags.insert(Flag::RelativeTime);
        }
        for column in numbers {
            column.add_to(&mut collector, is_panel && answers.time_ends_bucket);
        }
        collector.finish()
    }
}

impl Column {
    fn new(name: String, use_as: Option<(Measure, Unit)>) -> Self {
        Self {
            name,
            use_as,
            points: Vec::new(),
            skipped: SKIPS.map(|skip| (skip, 0)),
            has_units: false,
            has_commas: false,
        }
    }

    fn take(&mut self, cell: &str, time_ms: Option<i64>, mark: DecimalMark) {
        let cell = cell.trim();
        let reason = if cell.is_empty() {
            Skip::NoNumber
        } else if is_not_finite(cell) {
            Skip::NotFinite
        } else {
            match (time_ms, number::parse(cell, mark)) {
                (Some(ms), Some(number)) => return self.points.push((ms, number)),
                (_, None) => {
                    let is_by_comma = number::parse(cell, DecimalMark::Comma).is_some();
                    self.has_commas |= is_by_comma;
                    self.has_units |= !is_by_comma && is_number_with_unit(cell);
                    Skip::BadNumber
                }
                (None, Some(_)) => Skip::NoTime,
            }
        };
        for (skip, count) in &mut self.skipped {
            *count += u64::from(*skip == reason);
        }
    }

    fn add_to(&self, collector: &mut Collector, are_ends: bool) {
        let Some((measure, unit)) = self.use_as else {
            if self.name != "window_start_s" {
                let lost: u64 = self.skipped.iter().map(|(_, count)| count).sum();
                collector.note_unused(&self.name);
                collector.skip(Skip::OtherKind, self.points.len() as u64 + lost);
            }
            return;
        };
        for (skip, count) in self.skipped {
            collector.skip(skip, count);
            if 0 < count {
                collector.blame(skip, &self.name);
            }
        }
        let (good, bad): (Vec<_>, Vec<_>) = self
            .points
            .iter()
            .copied()
            .partition(|(_, number)| 0.0 <= *number);
        collector.skip(Skip::Negative, bad.len() as u64);
        let samples = Samples {
            measure,
            unit,
            model: "",
            points: &good,
            width_ns: collector.width_ns.unwrap_or(MS_NS),
            are_ends,
            is_rate: collector.format == Format::Grafana,
        };
        samples.add_to(collector);
    }
}

fn is_not_finite(cell: &str) -> bool {
    let word = cell.trim_start_matches(['+', '-']);
    ["nan", "inf", "infinity"]
        .iter()
        .any(|each| word.eq_ignore_ascii_case(each))
}

/// Whether a cell is a number with a unit, such as `1.23 K` or `0.33 req/s`.
fn is_number_with_unit(cell: &str) -> bool {
    let unit = cell.trim_start_matches(|c: char| c.is_ascii_digit() || "+-.,".contains(c));
    unit.len() < cell.len() && unit.chars().count() <= 12 && !unit.contains([':', '-'])
}
