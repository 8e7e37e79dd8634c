//! Tables of unknown source. A cell may hold a source's records as JSON, as in a log downloaded as
//! a table.

use super::answer::Answers;
use super::csv::Cells;
use super::json::JsonFile;
use super::notation::{DateOrder, DecimalMark};
use super::number;
use super::outcome::{Outcome, Question, Reason, Refusal};
use super::shown;
use super::source::Format;
use super::time;

/// Minimum value of plain digits that are a time: 2001, in seconds.
const EPOCH_LEAST: f64 = 1e9;
/// Columns with JSON that are looked into.
const JSON_MOST: usize = 8;

/// Rows of an unknown source.
pub(crate) struct Unknown {
    header: Vec<String>,
    answers: Answers,
    /// The places of cells with JSON, and what each adds up to; once one is known it alone.
    json: Vec<(usize, JsonFile)>,
    has_time_and_number: bool,
    rows: u64,
}

impl Unknown {
    pub(crate) fn new(header: Vec<String>, answers: &Answers) -> Self {
        Self {
            header,
            answers: answers.clone(),
            json: Vec::new(),
            has_time_and_number: false,
            rows: 0,
        }
    }

    /// Whether another file has the same header.
    pub(crate) fn has(&self, header: &[String]) -> bool {
        self.header == header
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &Cells) {
        self.rows += 1;
        self.records(cells);
        if self.rows != 1 {
            return;
        }
        let number = |cell: &str| number::parse(cell, DecimalMark::Point);
        let is_time = |cell: &str| match number(cell) {
            Some(number) => EPOCH_LEAST <= number,
            None => time::parse(cell, DateOrder::MonthFirst).is_some(),
        };
        let times = cells.iter().filter(|cell| is_time(cell)).count();
        let numbers = cells
            .iter()
            .filter(|cell| number(cell).is_some() && !is_time(cell))
            .count();
        self.has_time_and_number = 0 < times && 0 < numbers;
    }

    /// Takes the cells with JSON.
    fn records(&mut self, cells: &Cells) {
        if self.format().is_none() {
            let cells = cells.iter().enumerate();
            let objects = cells.filter(|(_, cell)| cell.trim_start().starts_with('{'));
            for (at, _) in objects {
                let is_new = self.json.iter().all(|(own, _)| *own != at);
                if is_new && self.json.len() < JSON_MOST {
                    self.json.push((at, JsonFile::new(&self.answers)));
                }
            }
        }
        for (at, json) in &mut self.json {
            json.push(cells.get(*at));
            json.push("\n");
        }
        if let Some(known) = self.known() {
            self.json.swap(0, known);
            self.json.truncate(1);
        }
    }

    fn known(&self) -> Option<usize> {
        let mut all = self.json.iter();
        all.position(|(_, json)| json.format().is_some())
    }

    /// The source, once it is known.
    pub(crate) fn format(&self) -> Option<Format> {
        self.json.iter().find_map(|(_, json)| json.format())
    }

    /// Final sums of the cells with JSON, or a question.
    pub(crate) fn finish(self) -> Outcome {
        if let Some((_, json)) = self
            .json
            .into_iter()
            .find(|(_, one)| one.format().is_some())
        {
            return json.finish();
        }
        if self.has_time_and_number {
            return Outcome::Ask {
                question: Question::Columns,
                format: None,
                choices: shown::columns(&self.header),
            };
        }
        let refusal = Refusal::new(Reason::UnknownFormat, None);
        refusal.after(self.rows).into()
    }
}
