//! CSV files: the header reveals the source of the rows.

use super::answer::Answers;
use super::csv::{Cells, Parser, delimiter};
use super::format::grafana::Table;
use super::format::{Mark, recognized};
use super::listed::{Listed, bare, names};
use super::notation::{DateOrder, DecimalMark};
use super::number;
use super::outcome::{Outcome, Reason, Refusal};
use super::records::Records;
use super::shown;
use super::skip::Skip;
use super::source::Format;
use super::time;
use super::unknown::Unknown;

/// Maximum length of the first line, bytes.
const HEADER_MOST: usize = 1 << 20;

/// A CSV file, read incrementally.
pub(crate) struct Sheet {
    answers: Answers,
    /// Text up to the end of the first line.
    head: String,
    /// Parser of the text after the first line.
    parser: Option<Parser>,
    rows: Option<Rows>,
    /// Minimum cells of a row.
    least_cells: usize,
    is_too_long: bool,
}

/// Rows of a file, by the meaning of its header.
enum Rows {
    Records(Box<Listed>),
    Table(Table),
    Unknown(Unknown),
    Refused(Refusal),
}

impl Sheet {
    pub(crate) fn new(answers: &Answers) -> Self {
        Self {
            answers: answers.clone(),
            head: String::new(),
            parser: None,
            rows: None,
            least_cells: 0,
            is_too_long: false,
        }
    }

    /// Continues with the records of another kind of file.
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

    /// Source, once known.
    pub(crate) fn format(&self) -> Option<Format> {
        match self.rows.as_ref()? {
            Rows::Records(listed) => Some(listed.records.spec().format),
            Rows::Table(table) => Some(table.format()),
            Rows::Unknown(unknown) => unknown.format(),
            Rows::Refused(refusal) => refusal.format,
        }
    }

    /// Whether the rest of the file cannot change the result.
    pub(crate) fn is_settled(&self) -> bool {
        self.is_too_long || matches!(self.rows, Some(Rows::Refused(..)))
    }

    /// Adds a piece of text.
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
            let least_cells = std::mem::take(&mut self.least_cells);
            // A shorter row without a line break was cut off.
            let finished = parser.finish(&mut |cells| {
                if cells.len() < least_cells {
                    rows.cut();
                } else {
                    rows.row(&cells);
                }
            });
            self.is_too_long |= finished.is_err();
            if finished == Ok(true) {
                let format = self.format();
                self.rows = Some(Rows::Refused(Refusal::new(Reason::OpenQuote, format)));
            }
        }
    }

    /// Final sums of the file.
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
            let least_cells = &mut self.least_cells;
            let pushed = parser.push(piece, &mut |cells| {
                *least_cells = cells.len().min(*least_cells);
                rows.row(&cells);
            });
            self.is_too_long |= pushed.is_err();
        }
    }

    /// Reads the first line, unless it is blank or only declares the delimiter.
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
        self.least_cells = header.len();
        // If commas separate cells, they are no decimal marks.
        let has_marks = delimiter != b',';
        match &mut self.rows {
            None => self.rows = Some(Rows::of(header, &self.answers, has_marks)),
            Some(rows) => rows.begin_file(header, has_marks),
        }
    }
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
            Mark::Unknown if answers.columns.is_empty() => {
                Self::Unknown(Unknown::new(header, answers))
            }
            Mark::Unknown => Self::Refused(Refusal::new(Reason::UnknownFormat, None)),
        }
    }

    /// Reads the header of another file, whose columns may be in another order.
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

    /// Notes that the last row was cut off.
    fn cut(&mut self) {
        match self {
            Self::Records(listed) => listed.records.skip(Skip::CutOff, 1),
            Self::Table(table) => table.cut(),
            Self::Unknown(_) | Self::Refused(..) => {}
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

/// Whether a cell is a number, a time, an address or JSON, and so no column name.
fn is_data(cell: &str) -> bool {
    // Logs name their own columns `@timestamp` and `@message`.
    cell.find('@').is_some_and(|at| 0 < at)
        || cell.starts_with(['{', '['])
        || number::parse(cell, DecimalMark::Point).is_some()
        || time::parse(cell, DateOrder::MonthFirst).is_some()
}
