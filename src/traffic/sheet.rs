//! A CSV file: its header says the source, its rows go there.

use std::borrow::Cow;

use super::answer::Answers;
use super::csv::{Cells, Parser, delimiter};
use super::earlier::Earlier;
use super::format::grafana::Table;
use super::format::{Mark, recognized};
use super::notation::{DateOrder, DecimalMark};
use super::number;
use super::outcome::{Outcome, Reason, Refusal};
use super::records::Records;
use super::row::NO_CELLS;
use super::shown;
use super::skip::Skip;
use super::source::Format;
use super::time;
use super::unknown::Unknown;

/// The longest first line that is taken, in bytes.
const HEADER_MOST: usize = 1 << 20;

/// A CSV file that is read in pieces.
pub(crate) struct Sheet {
    answers: Answers,
    /// The text up to the end of the first line.
    head: String,
    /// The parser of what follows the first line.
    parser: Option<Parser>,
    rows: Option<Rows>,
    is_too_long: bool,
}

/// The rows of a file, by what its header says.
enum Rows {
    Records(Box<Listed>),
    Table(Table),
    Unknown(Unknown),
    Refused(Refusal),
}

/// Rows of a source.
struct Listed {
    answers: Answers,
    records: Records,
    header: Vec<String>,
    /// The place of each column of the source in the file.
    places: Vec<Option<usize>>,
    has_marks: bool,
    is_other_source: bool,
    earlier: Earlier,
}

impl Sheet {
    pub(crate) fn new(answers: &Answers) -> Self {
        Self {
            answers: answers.clone(),
            head: String::new(),
            parser: None,
            rows: None,
            is_too_long: false,
        }
    }

    /// Goes on with the records of a file that was none.
    pub(crate) fn going_on(answers: &Answers, records: Records) -> Self {
        Self {
            rows: Some(Rows::Records(Box::new(Listed::new(answers, records)))),
            ..Self::new(answers)
        }
    }

    /// The records, if the file has any.
    pub(crate) fn into_records(self) -> Option<Records> {
        match self.rows {
            Some(Rows::Records(listed)) if !(self.is_too_long || listed.is_other_source) => {
                Some(listed.records)
            }
            _ => None,
        }
    }

    /// The source, once it is known.
    pub(crate) fn format(&self) -> Option<Format> {
        match self.rows.as_ref()? {
            Rows::Records(listed) => Some(listed.records.spec().format),
            Rows::Table(table) => Some(table.format()),
            Rows::Unknown(_) => None,
            Rows::Refused(refusal) => refusal.format,
        }
    }

    /// Whether reading on changes nothing.
    pub(crate) fn is_settled(&self) -> bool {
        self.is_too_long || matches!(self.rows, Some(Rows::Refused(..)))
    }

    /// Takes a piece of text.
    pub(crate) fn push(&mut self, piece: &str) {
        if self.is_settled() {
            return;
        }
        if self.parser.is_some() {
            return self.push_body(piece);
        }
        self.head.push_str(piece);
        while self.parser.is_none() {
            let Some(end) = self.head.find(['\r', '\n']) else {
                self.is_too_long = HEADER_MOST < self.head.len();
                return;
            };
            let rest = self.head.split_off(end + 1);
            let line = std::mem::replace(&mut self.head, rest);
            self.begin(&line);
        }
        let rest = std::mem::take(&mut self.head);
        self.push_body(&rest);
    }

    /// Ends a file; the next one begins with a header of its own.
    pub(crate) fn next_file(&mut self) {
        if self.parser.is_none() {
            let line = std::mem::take(&mut self.head);
            self.begin(&line);
        }
        if let (Some(mut parser), Some(rows)) = (self.parser.take(), &mut self.rows) {
            let finished = parser.finish(&mut |cells| rows.row(&cells));
            self.is_too_long |= finished.is_err();
            if finished == Ok(true) {
                let format = self.format();
                self.rows = Some(Rows::Refused(Refusal::new(Reason::OpenQuote, format)));
            }
        }
    }

    /// What the file adds up to.
    pub(crate) fn finish(mut self) -> Outcome {
        self.next_file();
        let format = self.format();
        let refused = |reason, format| Outcome::from(Refusal::new(reason, format));
        if self.is_too_long {
            return refused(Reason::RowTooLong, format);
        }
        match self.rows {
            None => refused(Reason::EmptyFile, None),
            Some(Rows::Refused(refusal)) => refusal.into(),
            Some(Rows::Records(listed)) if listed.is_other_source => {
                refused(Reason::OtherSource, format)
            }
            Some(Rows::Records(listed)) => listed.finish(),
            Some(Rows::Table(table)) => table.finish(&self.answers),
            Some(Rows::Unknown(unknown)) => unknown.finish(),
        }
    }

    fn push_body(&mut self, piece: &str) {
        if let (Some(parser), Some(rows)) = (&mut self.parser, &mut self.rows) {
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
        if line.contains('\0') {
            let is_tar = line.contains("ustar");
            let reason = if is_tar {
                Reason::Tar
            } else {
                Reason::UnknownFormat
            };
            self.parser = Some(Parser::new(b','));
            self.rows = Some(Rows::Refused(Refusal::new(reason, None)));
            return;
        }
        let delimiter = delimiter(line);
        let mut header = Vec::new();
        let mut parser = Parser::new(delimiter);
        let mut take = |cells: Cells| header = cells.iter().map(|it| bare(it).to_owned()).collect();
        let parsed = parser
            .push(line, &mut take)
            .and_then(|()| parser.finish(&mut take));
        self.is_too_long |= parsed.is_err();
        self.parser = Some(Parser::new(delimiter));
        // Where commas divide the cells, none is a decimal mark.
        let has_marks = delimiter != b',';
        match &mut self.rows {
            None => self.rows = Some(Rows::of(header, &self.answers, has_marks)),
            Some(rows) => rows.begin_file(header, has_marks),
        }
    }
}

/// The names of a header in lower case, or as the reader has named them: these come before a
/// column that has the name by itself.
fn names(header: &[String], answers: &Answers) -> Vec<String> {
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

impl Rows {
    fn of(header: Vec<String>, answers: &Answers, has_marks: bool) -> Self {
        let own = names(&header, &Answers::default());
        let mark = match recognized(&names(&header, answers)) {
            Mark::Unknown => recognized(&own),
            mark => mark,
        };
        let mut given = answers.columns.iter();
        let unfit = match mark {
            Mark::Rows(spec) => given.find(|it| !spec.columns.contains(&it.means.as_str())),
            _ => None,
        };
        let mut given = answers.columns.iter();
        let missing = given.find(|column| {
            !(header.contains(&column.name) || shown::columns(&header).contains(&column.name))
        });
        let is_table = matches!(mark, Mark::Rows(_) | Mark::Rates);
        if let Some(column) = missing.filter(|_| is_table) {
            return Self::Refused(Refusal::new(Reason::NoSuchColumn, None).at(&column.name));
        }
        if let Some(column) = unfit {
            return Self::Refused(Refusal::new(Reason::OtherMeaning, None).at(&column.name));
        }
        match mark {
            Mark::Refused(reason, format, column) => {
                Self::Refused(Refusal::new(reason, format).at(column))
            }
            Mark::Panel => Self::Table(Table::panel(&header, answers)),
            Mark::Rates => Self::Table(Table::rates(&own)),
            Mark::Rows(spec) => {
                let mut listed = Listed::new(answers, Records::new(spec, answers, has_marks));
                listed.has_marks = has_marks;
                listed.begin(header);
                Self::Records(Box::new(listed))
            }
            Mark::Unknown if header.iter().any(|cell| is_data(cell)) => {
                Self::Refused(Refusal::new(Reason::NoHeader, None))
            }
            Mark::Unknown if missing.is_some() => {
                let name = missing.map_or("", |column| column.name.as_str());
                Self::Refused(Refusal::new(Reason::NoSuchColumn, None).at(name))
            }
            Mark::Unknown if answers.columns.is_empty() => Self::Unknown(Unknown::new(header)),
            Mark::Unknown => Self::Refused(Refusal::new(Reason::UnknownFormat, None)),
        }
    }

    /// Takes the header of another file, whose columns may lie elsewhere.
    fn begin_file(&mut self, header: Vec<String>, has_marks: bool) {
        let is_same = match self {
            Self::Records(listed) => {
                listed.has_marks = has_marks;
                listed.earlier.next_file();
                listed.begin(header)
            }
            Self::Table(table) => table.begin_file(&header),
            Self::Unknown(unknown) => unknown.has(&header),
            Self::Refused(..) => true,
        };
        if !is_same {
            let format = match self {
                Self::Records(listed) => Some(listed.records.spec().format),
                Self::Table(table) => Some(table.format()),
                Self::Unknown(_) | Self::Refused(..) => None,
            };
            *self = Self::Refused(Refusal::new(Reason::OtherSource, format));
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
    fn new(answers: &Answers, records: Records) -> Self {
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

    /// What the rows add up to, or what to ask.
    fn finish(mut self) -> Outcome {
        self.earlier.next_file();
        if self.earlier.is_repeated() {
            self.records.note_repeated();
        }
        self.records.finish()
    }

    /// Finds the columns of the source in the order of a header. It may be another table of the
    /// source, and is none of another source.
    fn begin(&mut self, header: Vec<String>) -> bool {
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

    fn row(&mut self, cells: &Cells) {
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

    /// Whether a name stands where a time should: nearly all rows end here.
    fn may_be_header(&self, cells: &Cells) -> bool {
        let places = &self.places;
        let mut times = self.records.spec().times.iter();
        times.any(|at| {
            let cell = places[*at].map_or("", |place| cells.get(place));
            let first = cell.bytes().next();
            first.is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
        })
    }

    /// Whether it is a header, as in joined files; its columns may lie elsewhere.
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

/// A name without blanks and without the mark of a joined file.
fn bare(name: &str) -> &str {
    name.trim_start_matches('\u{feff}').trim()
}

/// Whether a cell is a number, a time, an address or JSON: no name of a column.
fn is_data(cell: &str) -> bool {
    cell.contains('@')
        || cell.starts_with(['{', '['])
        || number::parse(cell, DecimalMark::Point).is_some()
        || time::parse(cell, DateOrder::MonthFirst).is_some()
}
