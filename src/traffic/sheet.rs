//! A CSV file: its header says the source, its rows go there.

use std::borrow::Cow;

use super::answer::Answers;
use super::csv::{Cells, Parser, delimiter};
use super::format::grafana::Table;
use super::format::{Mark, recognized};
use super::notation::{DateOrder, DecimalMark};
use super::number;
use super::outcome::{Outcome, Question, Reason};
use super::records::Records;
use super::row::Spec;
use super::skip::Skip;
use super::source::Format;
use super::time;

/// The longest first line that is taken, in bytes.
const HEADER_MOST: usize = 1 << 20;
/// Digits alone are a time from here on: 2001, in seconds.
const EPOCH_LEAST: f64 = 1e9;

/// A CSV file that is read in pieces.
pub(crate) struct Sheet {
    answers: Answers,
    /// The text up to the end of the first line.
    head: String,
    body: Option<Body>,
    is_too_long: bool,
}

/// Everything after the first line is known.
struct Body {
    parser: Parser,
    rows: Rows,
}

/// The rows of a file, by what its header says.
enum Rows {
    Records(Box<Listed>),
    Table(Table),
    Unknown(Unknown),
    Refused(Reason, Option<Format>),
}

/// Rows of a source.
struct Listed {
    records: Records,
    header: Vec<String>,
    /// The place of each column of the source in the file.
    places: Vec<Option<usize>>,
    /// Whether the next row may be the header of another file of the same archive.
    is_header_due: bool,
    is_other_source: bool,
}

/// Rows of nobody knows whom.
struct Unknown {
    header: Vec<String>,
    has_time_and_number: bool,
    rows: u64,
}

impl Sheet {
    pub(crate) fn new(answers: &Answers) -> Self {
        Self {
            answers: answers.clone(),
            head: String::new(),
            body: None,
            is_too_long: false,
        }
    }

    /// The source, once it is known.
    pub(crate) fn format(&self) -> Option<Format> {
        match &self.body.as_ref()?.rows {
            Rows::Records(listed) => Some(listed.records.spec().format),
            Rows::Table(table) => Some(table.format()),
            Rows::Unknown(_) => None,
            Rows::Refused(_, format) => *format,
        }
    }

    /// Whether reading on changes nothing.
    pub(crate) fn is_settled(&self) -> bool {
        self.is_too_long
            || matches!(
                &self.body,
                Some(Body {
                    rows: Rows::Refused(..),
                    ..
                })
            )
    }

    /// Takes a piece of text.
    pub(crate) fn push(&mut self, piece: &str) {
        if self.is_settled() {
            return;
        }
        if self.body.is_some() {
            return self.push_body(piece);
        }
        self.head.push_str(piece);
        self.is_too_long = HEADER_MOST < self.head.len() && !self.head.contains('\n');
        while self.body.is_none() {
            let Some(end) = self.head.find('\n') else {
                return;
            };
            let rest = self.head.split_off(end + 1);
            let line = std::mem::replace(&mut self.head, rest);
            self.begin(&line);
        }
        let rest = std::mem::take(&mut self.head);
        self.push_body(&rest);
    }

    /// Ends a file of an archive; the next one of the same source follows.
    pub(crate) fn next_file(&mut self) {
        if self.body.is_none() {
            let line = std::mem::take(&mut self.head);
            self.begin(&line);
        }
        if let Some(Body { parser, rows }) = &mut self.body {
            self.is_too_long |= parser.finish(&mut |cells| rows.row(&cells)).is_err();
            if let Rows::Records(listed) = rows {
                listed.is_header_due = true;
            }
        }
    }

    /// What the file adds up to.
    pub(crate) fn finish(mut self) -> Outcome {
        self.next_file();
        let format = self.format();
        let refused = |reason, format| Outcome::Refused { reason, format };
        if self.is_too_long {
            return refused(Reason::RowTooLong, format);
        }
        match self.body.map(|body| body.rows) {
            None => refused(Reason::EmptyFile, None),
            Some(Rows::Refused(reason, format)) => refused(reason, format),
            Some(Rows::Records(listed)) if listed.is_other_source => {
                refused(Reason::OtherSource, format)
            }
            Some(Rows::Records(listed)) => listed.records.finish(),
            Some(Rows::Table(table)) => table.finish(&self.answers),
            Some(Rows::Unknown(unknown)) => unknown.finish(),
        }
    }

    fn push_body(&mut self, piece: &str) {
        if let Some(Body { parser, rows }) = &mut self.body {
            self.is_too_long |= parser.push(piece, &mut |cells| rows.row(&cells)).is_err();
        }
    }

    /// Takes the first line, unless it is blank or only says the delimiter.
    fn begin(&mut self, line: &str) {
        let line = line.trim_end_matches(['\r', '\n']);
        let is_hint = line.len() == 5 && line.to_ascii_lowercase().starts_with("sep=");
        if line.trim().is_empty() || is_hint {
            return;
        }
        let delimiter = delimiter(line);
        let mut header = Vec::new();
        let mut parser = Parser::new(delimiter);
        let mut take =
            |cells: Cells| header = cells.iter().map(|it| it.trim().to_owned()).collect();
        let parsed = parser
            .push(line, &mut take)
            .and_then(|()| parser.finish(&mut take));
        self.is_too_long |= parsed.is_err();
        self.body = Some(Body {
            parser: Parser::new(delimiter),
            rows: Rows::of(header, &self.answers, delimiter != b','),
        });
    }
}

impl Rows {
    fn of(header: Vec<String>, answers: &Answers, is_mark_open: bool) -> Self {
        let names: Vec<String> = header.iter().map(|name| name.to_lowercase()).collect();
        match recognized(&names) {
            Mark::Refused(reason, format) => Self::Refused(reason, format),
            Mark::Panel => Self::Table(Table::panel(&header, answers)),
            Mark::Rates => Self::Table(Table::rates(&names)),
            Mark::Rows(spec) => {
                let records = Records::new(spec, answers, is_mark_open);
                Self::Records(Box::new(Listed::new(records, header, &names)))
            }
            Mark::Unknown if answers.columns.is_empty() => Self::Unknown(Unknown {
                header,
                has_time_and_number: false,
                rows: 0,
            }),
            Mark::Unknown => Self::renamed(header, answers, is_mark_open),
        }
    }

    /// A table whose columns the reader has named as a plain trace does.
    fn renamed(header: Vec<String>, answers: &Answers, is_mark_open: bool) -> Self {
        let name_of = |name: &String| {
            let given = answers.columns.iter().find(|column| column.name == *name);
            given.map_or_else(|| name.to_lowercase(), |column| column.means.clone())
        };
        let names: Vec<String> = header.iter().map(name_of).collect();
        match recognized(&names) {
            Mark::Rows(spec) => {
                let records = Records::new(spec, answers, is_mark_open);
                Self::Records(Box::new(Listed::new(records, header, &names)))
            }
            _ => Self::Refused(Reason::UnknownFormat, None),
        }
    }

    fn row(&mut self, cells: &Cells) {
        match self {
            Self::Records(listed) => listed.row(cells),
            Self::Table(table) => table.row(cells),
            Self::Unknown(unknown) => unknown.row(cells),
            Self::Refused(..) => {}
        }
    }
}

impl Listed {
    fn new(records: Records, header: Vec<String>, names: &[String]) -> Self {
        let mut listed = Self {
            places: Vec::new(),
            records,
            header,
            is_header_due: false,
            is_other_source: false,
        };
        listed.place_columns(names);
        listed
    }

    /// Finds the columns of the source in the file's own order.
    fn place_columns(&mut self, names: &[String]) {
        let spec: &Spec = self.records.spec();
        let place = |column: &&str| {
            let found = names.iter().position(|name| name == column);
            found.filter(|_| !column.is_empty())
        };
        self.places = spec.columns.iter().map(place).collect();
        for (at, name) in self.header.iter().enumerate() {
            if !self.places.contains(&Some(at)) {
                self.records.note_unused(name);
            }
        }
    }

    fn row(&mut self, cells: &Cells) {
        let is_due = std::mem::take(&mut self.is_header_due);
        if self.is_header(cells) {
            if !is_due {
                self.records.skip(Skip::HeaderRepeated);
            }
            return;
        }
        if is_due {
            return self.next_header(cells);
        }
        let place = |place: &Option<usize>| place.map(|at| Cow::Borrowed(cells.get(at)));
        let row: Vec<Option<Cow<str>>> = self.places.iter().map(place).collect();
        self.records.row(&row);
    }

    /// Takes another header of the same source, whose columns may lie elsewhere.
    fn next_header(&mut self, cells: &Cells) {
        self.header = cells.iter().map(|name| bare(name).to_owned()).collect();
        let names: Vec<String> = self.header.iter().map(|name| name.to_lowercase()).collect();
        match recognized(&names) {
            Mark::Rows(spec) if spec.format == self.records.spec().format => {
                self.place_columns(&names);
            }
            _ => self.is_other_source = true,
        }
    }

    fn is_header(&self, cells: &Cells) -> bool {
        let is_first = self
            .header
            .first()
            .is_some_and(|name| name == bare(cells.get(0)));
        is_first
            && cells.len() == self.header.len()
            && cells
                .iter()
                .zip(&self.header)
                .all(|(cell, name)| name == bare(cell))
    }
}

/// A name without blanks and without the mark of a joined file.
fn bare(name: &str) -> &str {
    name.trim_start_matches('\u{feff}').trim()
}

impl Unknown {
    fn row(&mut self, cells: &Cells) {
        self.rows += 1;
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

    fn finish(self) -> Outcome {
        if self.has_time_and_number {
            return Outcome::Ask {
                question: Question::Columns,
                format: None,
                choices: self.header,
            };
        }
        Outcome::Refused {
            reason: Reason::UnknownFormat,
            format: None,
        }
    }
}
