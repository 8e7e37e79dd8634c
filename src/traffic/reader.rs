//! Reads a usage export of any source, piece by piece.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};

use super::answer::Answers;
use super::decode::Decoder;
use super::flag::Flag;
use super::json::JsonFile;
use super::outcome::{Outcome, Reason, Refusal};
use super::sheet::Sheet;
use super::skip::Skip;
use super::source::Format;
use super::stamped::{self, Stamped};
use super::unpack::{Beginning, Member, Unpacker, Worth};

/// Lines of a log that may stand before the first with an object.
const HEAD_LINES: usize = 20;
/// The longest first line that is held to see what it is, bytes.
const HEAD_MOST: usize = 64 << 10;

/// Reads a usage export of any source. What it holds is bounded, however long the file is.
///
/// ```
/// use kt_capacity::traffic::{Answers, Outcome, Reader};
///
/// let mut reader = Reader::new(&Answers::default());
/// reader.push(b"timestamp,input_tokens,output_tokens\n");
/// reader.push(b"2026-10-05T09:00:00Z,1200,300\n2026-10-05T09:02:00Z,800,100\n");
/// let Outcome::Read(observed) = reader.finish() else {
///     panic!("a plain trace is read");
/// };
/// assert_eq!(observed.rows_read, 2);
/// ```
pub struct Reader {
    unpacker: Unpacker,
    content: Content,
    refused: Option<Reason>,
    /// Whether files of an archive were skipped.
    has_other_files: bool,
    bytes: u64,
}

/// Content of a file, decoded and passed to the reader of its kind.
struct Content {
    answers: Answers,
    decoder: Decoder,
    text: Text,
    /// Whether another file begins.
    is_new_file: bool,
    /// Hashes of the files and archive members read.
    files: HashSet<u64>,
    file: DefaultHasher,
    has_bytes: bool,
    is_file_repeated: bool,
}

enum Text {
    /// Only blanks so far.
    Blank,
    /// The beginning of a first line that says the kind.
    Head(String),
    Csv(Box<Sheet>),
    Json(Box<JsonFile>),
    /// Objects behind a time or a name, as a log has them.
    Lines(Box<Stamped>),
    Html,
    /// Files of different kinds.
    Mixed,
}

impl Reader {
    /// A reader with answers to possible ambiguities.
    pub fn new(answers: &Answers) -> Self {
        Self {
            unpacker: Unpacker::new(),
            content: Content::new(answers),
            refused: None,
            has_other_files: false,
            bytes: 0,
        }
    }

    /// Reads a file from memory.
    pub fn read(bytes: &[u8], answers: &Answers) -> Outcome {
        let mut reader = Self::new(answers);
        reader.push(bytes);
        reader.finish()
    }

    /// Bytes pushed so far; over the file's length they give the progress.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Source, once recognized.
    pub fn format(&self) -> Option<Format> {
        self.content.format()
    }

    /// Whether the rest of the file cannot change the result, so that reading may stop.
    pub fn is_settled(&self) -> bool {
        self.refused.is_some() || self.content.is_settled()
    }

    /// Adds the next piece of the file, of any length.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        if self.refused.is_none() {
            let content = &mut self.content;
            let pushed = self.unpacker.push(bytes, &mut |piece| content.push(piece));
            self.refused = pushed.err();
        }
    }

    /// Ends a file; the next one continues it, as another page or month of the same source.
    pub fn next_file(&mut self) {
        self.end_of_file();
        self.content.member(&Member::End);
    }

    fn end_of_file(&mut self) {
        let content = &mut self.content;
        let unpacker = std::mem::replace(&mut self.unpacker, Unpacker::new());
        let answers = content.answers.clone();
        let judge = |beginning: &Beginning| worth(beginning, &answers);
        let finished = unpacker.finish(&judge, &mut |member| content.member(&member));
        self.content.end_of_bytes();
        self.has_other_files |= finished == Ok(true);
        self.refused = self.refused.or(finished.err());
    }

    /// Ends the last file.
    pub fn finish(mut self) -> Outcome {
        if self.bytes == 0 {
            return Refusal::new(Reason::EmptyFile, None).into();
        }
        if self.refused.is_none() {
            self.end_of_file();
        }
        if let Some(reason) = self.refused {
            return Refusal::new(reason, self.content.format()).into();
        }
        let is_file_repeated = self.content.is_file_repeated;
        let mut outcome = self.content.finish();
        if let Outcome::Read(observed) = &mut outcome {
            if self.has_other_files {
                observed.flags.insert(Flag::OtherFiles);
            }
            // Rows with ids count once.
            if is_file_repeated && !observed.rows_skipped.contains_key(&Skip::Duplicate) {
                observed.flags.insert(Flag::RepeatedParts);
            }
        }
        outcome
    }
}

/// Assessment of an archive member, by its first bytes.
fn worth(beginning: &Beginning, answers: &Answers) -> Worth {
    let mut content = Content::new(answers);
    content.push(&beginning.bytes);
    let refusal = match content.finish() {
        Outcome::Refused(refusal) => refusal,
        Outcome::Ask { format: None, .. } => return Worth::Possible,
        Outcome::Read(_) | Outcome::Ask { .. } => return Worth::Usage,
    };
    match (refusal.reason, refusal.format) {
        (_, Some(_)) => Worth::Usage,
        // Cut off before its source is recognizable.
        (Reason::TruncatedJson | Reason::RowTooLong, None) if beginning.is_cut => Worth::Possible,
        (Reason::CostsNotUsage | Reason::NoRows | Reason::NoSuchColumn, None) => Worth::Refused,
        _ => Worth::Nothing,
    }
}

impl Content {
    fn new(answers: &Answers) -> Self {
        Self {
            answers: answers.clone(),
            decoder: Decoder::default(),
            text: Text::Blank,
            is_new_file: false,
            files: HashSet::new(),
            file: DefaultHasher::new(),
            has_bytes: false,
            is_file_repeated: false,
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        self.file.write(bytes);
        self.has_bytes |= !bytes.is_empty();
        let (text, is_new_file) = (&mut self.text, &mut self.is_new_file);
        let answers = &self.answers;
        self.decoder
            .push(bytes, &mut |piece| text.push(piece, answers, is_new_file));
    }

    fn member(&mut self, member: &Member) {
        match member {
            Member::Piece(bytes) => self.push(bytes),
            Member::End => {
                self.end_of_bytes();
                self.end_of_text();
                self.is_new_file = true;
                match &mut self.text {
                    Text::Csv(sheet) => sheet.next_file(),
                    Text::Json(json) => json.next_file(),
                    Text::Lines(lines) => lines.next_file(),
                    Text::Blank | Text::Head(_) | Text::Html | Text::Mixed => {}
                }
            }
        }
    }

    /// Notes whether a file or member occurred before.
    fn end_of_bytes(&mut self) {
        if std::mem::take(&mut self.has_bytes) {
            let file = std::mem::take(&mut self.file);
            self.is_file_repeated |= !self.files.insert(file.finish());
        }
    }

    fn end_of_text(&mut self) {
        let (text, is_new_file) = (&mut self.text, &mut self.is_new_file);
        let answers = &self.answers;
        self.decoder
            .finish(&mut |piece| text.push(piece, answers, is_new_file));
        self.text.end_of_head(&self.answers);
    }

    fn finish(mut self) -> Outcome {
        self.end_of_text();
        let refused = |reason| Outcome::from(Refusal::new(reason, None));
        match self.text {
            Text::Blank | Text::Head(_) => refused(Reason::EmptyFile),
            Text::Html => refused(Reason::HtmlNotData),
            Text::Mixed => refused(Reason::OtherSource),
            Text::Csv(sheet) => sheet.finish(),
            Text::Json(json) => json.finish(),
            Text::Lines(lines) => lines.into_json().finish(),
        }
    }

    fn format(&self) -> Option<Format> {
        match &self.text {
            Text::Blank | Text::Head(_) | Text::Html | Text::Mixed => None,
            Text::Csv(sheet) => sheet.format(),
            Text::Json(json) => json.format(),
            Text::Lines(lines) => lines.json().format(),
        }
    }

    fn is_settled(&self) -> bool {
        match &self.text {
            Text::Html | Text::Mixed => true,
            Text::Csv(sheet) => sheet.is_settled(),
            Text::Json(json) => json.is_settled(),
            Text::Lines(lines) => lines.json().is_settled(),
            Text::Blank | Text::Head(_) => false,
        }
    }
}

impl Text {
    /// Continues with a file of the other kind, if both have records.
    fn turned(self, answers: &Answers) -> Self {
        let turned = match self {
            Self::Csv(sheet) => sheet.into_records().map(|records| {
                let json = JsonFile::going_on(answers, records);
                Self::Json(Box::new(json))
            }),
            Self::Json(json) => json.into_records().map(|records| {
                let sheet = Sheet::going_on(answers, records);
                Self::Csv(Box::new(sheet))
            }),
            Self::Lines(lines) => lines.into_json().into_records().map(|records| {
                let sheet = Sheet::going_on(answers, records);
                Self::Csv(Box::new(sheet))
            }),
            Self::Blank | Self::Head(_) | Self::Html | Self::Mixed => None,
        };
        turned.unwrap_or(Self::Mixed)
    }

    fn push(&mut self, piece: &str, answers: &Answers, is_new_file: &mut bool) {
        let first = piece.trim_start().chars().next();
        if let (Self::Blank, Some(first)) = (&*self, first) {
            *self = match first {
                '<' => Self::Html,
                '{' => Self::Json(Box::new(JsonFile::new(answers))),
                _ => Self::Head(String::new()),
            };
        } else if let (true, Some(first)) = (*is_new_file, first) {
            let is_json = matches!(first, '{' | '[');
            let is_same = match self {
                Self::Json(_) => is_json,
                // Objects behind words are followed by such, or by plain ones.
                Self::Lines(_) => true,
                _ => !is_json,
            };
            if !is_same {
                *self = std::mem::replace(self, Self::Mixed).turned(answers);
            }
        }
        *is_new_file &= first.is_none();
        match self {
            Self::Blank | Self::Html | Self::Mixed => {}
            Self::Head(head) => {
                head.push_str(piece);
                if is_enough(head) || HEAD_MOST < head.len() {
                    self.end_of_head(answers);
                }
            }
            Self::Csv(sheet) => sheet.push(piece),
            Self::Json(json) => json.push(piece),
            Self::Lines(lines) => lines.push(piece),
        }
    }

    /// Decides by the first lines: objects behind words make a log, whatever stands before them.
    fn end_of_head(&mut self, answers: &Answers) {
        let Self::Head(head) = self else { return };
        let head = std::mem::take(head);
        let start = head.trim_start();
        let mut lines = start.lines().take(HEAD_LINES);
        *self = if lines.any(stamped::is_one) {
            Self::Lines(Box::new(Stamped::new(answers)))
        } else if start.starts_with('[') {
            Self::Json(Box::new(JsonFile::new(answers)))
        } else {
            Self::Csv(Box::new(Sheet::new(answers)))
        };
        match self {
            Self::Csv(sheet) => sheet.push(&head),
            Self::Json(json) => json.push(&head),
            Self::Lines(lines) => lines.push(&head),
            _ => {}
        }
    }
}

/// Whether a text may be a usage export, by what it says: JSON, a table of two lines at least, or
/// lines of a log with objects.
pub fn may_be_export(text: &str) -> bool {
    let body = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let mut lines = body.lines().take(HEAD_LINES);
    let is_json = body.starts_with(['{', '[']);
    let is_table = lines.clone().next().is_some_and(is_divided) && lines.clone().nth(1).is_some();
    is_json || is_table || lines.any(stamped::is_one)
}

/// Whether the lines so far say what a text is: a log by any of them, all else by having none.
fn is_enough(head: &str) -> bool {
    let head = head.trim_start();
    let lines = head.matches('\n').count();
    0 < lines && (HEAD_LINES <= lines || head.lines().any(stamped::is_one))
}

/// Whether a line is divided as those of a table are.
fn is_divided(line: &str) -> bool {
    line.contains([',', ';', '\t']) && !stamped::is_one(line)
}
