//! Rows of a table with a known source.

use std::borrow::Cow;

use super::answer::Answers;
use super::csv::Cells;
use super::earlier::Earlier;
use super::format::{Mark, recognized};
use super::outcome::Outcome;
use super::records::Records;
use super::row::NO_CELLS;
use super::shown;
use super::skip::Skip;

/// Rows of a source.
pub(crate) struct Listed {
    answers: Answers,
    pub(crate) records: Records,
    header: Vec<String>,
    /// Position in the file of each column of the source.
    places: Vec<Option<usize>>,
    /// Whether commas may be decimal in the file.
    pub(crate) has_marks: bool,
    /// Whether there is a header of another source among the rows.
    pub(crate) is_other_source: bool,
    pub(crate) earlier: Earlier,
}

impl Listed {
    /// Without rows yet.
    pub(crate) fn new(answers: &Answers, records: Records) -> Self {
        Self {
            answers: answers.clone(),
            records,
            header: Vec::new(),
            places: Vec::new(),
            has_marks: false,
            is_other_source: false,
            earlier: Earlier::default(),
        }
    }

    /// Final sums of the rows, or a question.
    pub(crate) fn finish(mut self) -> Outcome {
        self.earlier.next_file();
        if self.earlier.is_repeated() {
            self.records.note_repeated();
        }
        self.records.finish()
    }

    /// Finds the columns of the source in a header, perhaps of another table of the source; `false`
    /// for another source.
    pub(crate) fn begin(&mut self, header: Vec<String>) -> bool {
        let mut names = names(&header, &self.answers);
        if matches!(recognized(&names), Mark::Unknown) {
            names = self::names(&header, &Answers::default());
        }
        let format = self.records.spec().format;
        let spec = match recognized(&names) {
            Mark::Rows(spec) if spec.format == format => spec,
            _ => return false,
        };
        self.records.begin_file(spec, self.has_marks);
        let place = |column: &&str| {
            let found = names.iter().position(|name| name == column);
            found.filter(|_| !column.is_empty())
        };
        self.places = spec.columns.iter().map(place).collect();
        self.header = header;
        for (at, name) in self.header.iter().enumerate() {
            if !self.places.contains(&Some(at)) {
                self.records.note_unused(name);
            }
        }
        true
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &Cells) {
        if self.may_be_header(cells) && self.is_header(cells) {
            return self.records.skip(Skip::HeaderRepeated, 1);
        }
        let beyond = self.header.len()..cells.len();
        if beyond.clone().any(|at| !cells.get(at).trim().is_empty()) {
            return self.records.skip(Skip::TooManyCells, 1);
        }
        self.earlier.row(cells, &self.places, self.records.spec());
        let mut row = NO_CELLS;
        for (cell, place) in row.iter_mut().zip(&self.places) {
            *cell = place.map(|at| Cow::Borrowed(cells.get(at)));
        }
        self.records.row(&row);
    }

    /// Quick check whether a name stands in place of a time; most rows end here.
    fn may_be_header(&self, cells: &Cells) -> bool {
        let places = &self.places;
        let mut times = self.records.spec().times.iter();
        times.any(|at| {
            let cell = places[*at].map_or("", |place| cells.get(place));
            let first = cell.bytes().next();
            first.is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
        })
    }

    /// Whether a row is a header, as in joined files; its columns may be in another order.
    fn is_header(&mut self, cells: &Cells) -> bool {
        let header: Vec<String> = cells.iter().map(|name| bare(name).to_owned()).collect();
        if header == self.header {
            return true;
        }
        let is_any = matches!(
            recognized(&names(&header, &self.answers)),
            Mark::Rows(_) | Mark::Refused(..)
        );
        if is_any && !self.begin(header) {
            self.is_other_source = true;
        }
        is_any
    }
}

/// A name without blanks and byte order mark.
pub(crate) fn bare(name: &str) -> &str {
    name.trim_start_matches('\u{feff}').trim()
}

/// Lowercase names of a header, or the names given by the reader, which take precedence over equal
/// ones.
pub(crate) fn names(header: &[String], answers: &Answers) -> Vec<String> {
    let shown = shown::columns(header);
    let name_of = |(name, shown): (&String, &String)| {
        let mut columns = answers.columns.iter();
        if let Some(given) = columns.find(|column| column.name == *name || column.name == *shown) {
            return given.means.clone();
        }
        let own = name.to_ascii_lowercase();
        let is_taken = answers.columns.iter().any(|column| {
            column.means == own && (header.contains(&column.name) || shown.contains(&column.name))
        });
        if is_taken { String::new() } else { own }
    };
    header.iter().zip(&shown).map(name_of).collect()
}
