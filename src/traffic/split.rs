//! Incremental splitting of JSON into the elements of large arrays and the rest of the document.
//! JSON Lines are treated as elements of an implicit array.
//!
//! A document may be one array of millions of elements. They are passed on as texts while they
//! arrive, so that no document is ever held as a whole.

use super::part::{Next, Part};

/// Keys of arrays with elements, at the top level of a document.
pub(crate) const CONTAINERS: [&str; 14] = [
    "data",
    "results",
    "logs",
    "value",
    "MetricDataResults",
    "Datapoints",
    "timeSeries",
    "events",
    "logEvents",
    "records",
    "items",
    "rows",
    "entries",
    "requests",
];
/// Prometheus's array, which lies a level deeper.
const INNER: (&str, &str) = ("data", "result");
/// Maximum nesting depth.
const DEPTH_MOST: usize = 512;
/// Maximum length of an element, or of the rest of a document, bytes.
const TEXT_MOST: usize = 64 << 20;

/// Whether a byte is inside a string.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum InString {
    #[default]
    No,
    Yes,
    /// Inside, after a backslash.
    Escaped,
}

/// Whether a file is JSON Lines.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Lines {
    #[default]
    No,
    Yes,
    /// JSON Lines, with the rest of this line split at its brackets.
    Odd,
}

/// Splits a text into parts.
#[derive(Debug, Default)]
pub(crate) struct Splitter {
    /// Open brackets.
    stack: Vec<u8>,
    string: InString,
    /// Last string in the position of a key, on the first levels.
    last_string: String,
    /// Keys on the first two levels.
    keys: [String; 2],
    /// Depth inside the array whose elements are passed on, and its key. JSON Lines are elements of
    /// depth 0.
    container: Option<(usize, String)>,
    /// Whether an element is being collected.
    is_element: bool,
    element: Vec<u8>,
    document: Vec<u8>,
    lines: Lines,
    is_cut: bool,
    is_too_long: bool,
}

impl Splitter {
    /// Splits a piece, and passes on each part that ends in it.
    pub(crate) fn push(&mut self, piece: &str, to: &mut dyn FnMut(Part) -> Next) {
        let mut rest = piece.as_bytes();
        while !rest.is_empty() && !self.is_too_long {
            if let Some(length) = self.whole(rest, to) {
                rest = &rest[length..];
                continue;
            }
            if self.lines == Lines::Yes && self.is_between_elements() {
                if let Some(length) = self.line(rest, to) {
                    rest = &rest[length..];
                    continue;
                }
                self.lines = Lines::Odd;
            }
            let plain = self.plain(rest);
            self.element.extend_from_slice(&rest[..plain]);
            self.is_too_long |= TEXT_MOST < self.element.len();
            let Some(byte) = rest.get(plain) else {
                return;
            };
            rest = &rest[plain + 1..];
            if self.byte(*byte, to) == Next::Lines {
                self.lines = Lines::Yes;
                self.container = Some((0, String::new()));
            }
        }
    }

    /// Passes on an element that lies whole in the piece, as most do, and returns its length with
    /// preceding commas and blanks.
    fn whole(&self, bytes: &[u8], to: &mut dyn FnMut(Part) -> Next) -> Option<usize> {
        let (depth, key) = self.container.as_ref()?;
        if self.is_lines() || *depth != self.stack.len() || self.string != InString::No {
            return None;
        }
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b',';
        let start = bytes.iter().position(|byte| !is_between(byte));
        let start = start.unwrap_or(bytes.len());
        if 0 < start {
            return Some(start);
        }
        let end = object_end(bytes, DEPTH_MOST.saturating_sub(*depth))?;
        to(Part::Element(key, text(&bytes[..end])));
        Some(end)
    }

    /// Passes on a line that is one record, and returns its length.
    fn line(&self, bytes: &[u8], to: &mut dyn FnMut(Part) -> Next) -> Option<usize> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let line = bytes[..end].trim_ascii();
        let is_whole = line.first() == Some(&b'{') && line.last() == Some(&b'}');
        let is_read = is_whole && self.element.is_empty();
        (is_read && to(Part::Line(text(line))) == Next::Document).then_some(end + 1)
    }

    /// Number of bytes up to the next significant one in an element.
    fn plain(&self, bytes: &[u8]) -> usize {
        if !self.is_element {
            return 0;
        }
        let (mut bytes_left, is_lines) = (bytes.iter(), self.is_lines());
        let found = match self.string {
            InString::Escaped => return 0,
            InString::Yes => bytes_left
                .position(|byte| matches!(byte, b'"' | b'\\') || (is_lines && *byte == b'\n')),
            InString::No => {
                bytes_left.position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'))
            }
        };
        found.unwrap_or(bytes.len())
    }

    /// Ends a file; the next one may be of another kind.
    pub(crate) fn end(&mut self, to: &mut dyn FnMut(Part) -> Next) {
        let is_cut = !(self.is_lines() || self.stack.is_empty());
        if !is_cut {
            self.hand_on(to);
        }
        *self = Self {
            is_cut: self.is_cut || is_cut,
            is_too_long: self.is_too_long,
            ..Self::default()
        };
    }

    /// Whether a text was truncated.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether a part exceeded the maximum length.
    pub(crate) fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    fn byte(&mut self, byte: u8, to: &mut dyn FnMut(Part) -> Next) -> Next {
        if byte == b'{' && self.is_new_document() {
            self.hand_on(to);
        }
        if self.string != InString::No {
            self.in_string(byte);
            return Next::Document;
        }
        match byte {
            b'"' => self.open_string(),
            b'{' | b'[' => self.open(byte),
            b'}' | b']' => return self.close(byte, to),
            b':' => self.note_key(),
            b'\n' if self.stack.is_empty() => {
                if self.lines == Lines::Odd {
                    self.lines = Lines::Yes;
                }
                self.hand_on(to);
            }
            _ => {}
        }
        if !matches!(byte, b'{' | b'[') {
            self.keep(byte);
        }
        Next::Document
    }

    /// Whether a bracket at the start of a line begins another document, so that the open one is
    /// broken. Elements of an array may begin there.
    fn is_new_document(&self) -> bool {
        let text = [&self.document, &self.element][usize::from(self.is_element)];
        let is_at_start = text.last() == Some(&b'\n') && !self.is_in_array();
        is_at_start || (self.stack.is_empty() && self.is_lines())
    }

    fn is_lines(&self) -> bool {
        self.lines != Lines::No
    }

    /// Whether elements of an array are being passed on.
    fn is_in_array(&self) -> bool {
        self.container.is_some() && !self.is_lines()
    }

    /// Passes on the collected text of an incomplete document.
    fn hand_on(&mut self, to: &mut dyn FnMut(Part) -> Next) {
        if !self.element.is_empty() {
            to(Part::Element("", text(&self.element)));
        } else if !self.document.is_empty() {
            to(Part::Document(text(&self.document)));
        }
        self.stack.clear();
        self.string = InString::No;
        self.is_element = false;
        self.element.clear();
        self.document.clear();
    }

    fn is_between_elements(&self) -> bool {
        let depth = self.stack.len();
        self.container.as_ref().is_some_and(|(at, _)| *at == depth)
    }

    fn keep(&mut self, byte: u8) {
        // Documents are separated by blanks, commas, and byte order marks of joined files.
        let is_blank = byte.is_ascii_whitespace() || b",\xEF\xBB\xBF".contains(&byte);
        let text = if self.is_element || (self.is_lines() && !is_blank) {
            &mut self.element
        } else if self.is_between_elements() {
            return;
        } else {
            &mut self.document
        };
        if text.is_empty() && is_blank {
            return;
        }
        if TEXT_MOST < text.len() {
            self.is_too_long = true;
        } else {
            text.push(byte);
        }
    }

    fn open_string(&mut self) {
        self.string = InString::Yes;
        self.last_string.clear();
    }

    fn in_string(&mut self, byte: u8) {
        self.keep(byte);
        self.string = match (self.string, byte) {
            (InString::Yes, b'\\') => InString::Escaped,
            (InString::Yes, b'"') => InString::No,
            // Strings do not span lines, so the line is broken.
            (_, b'\n') if !self.is_in_array() => InString::No,
            _ => InString::Yes,
        };
        let is_content = self.string == InString::Yes && byte.is_ascii();
        if is_content && !self.is_element && self.last_string.len() < 64 {
            self.last_string.push(char::from(byte));
        }
    }

    fn note_key(&mut self) {
        if !self.is_element
            && let Some(key) = self.keys.get_mut(self.stack.len().wrapping_sub(1))
        {
            std::mem::swap(key, &mut self.last_string);
        }
    }

    fn open(&mut self, byte: u8) {
        if self.is_between_elements() {
            self.is_element = true;
        }
        self.keep(byte);
        self.stack.push(byte);
        self.is_too_long |= DEPTH_MOST < self.stack.len();
        if self.container.is_none() && byte == b'[' {
            let key = match self.stack.as_slice() {
                b"[" => Some(String::new()),
                b"{[" if self.is_container() => Some(self.keys[0].clone()),
                b"{{[" if self.is_inner_container() => Some(self.keys[1].clone()),
                _ => None,
            };
            self.container = key.map(|key| (self.stack.len(), key));
        }
    }

    /// Whether the array under the last key holds elements; that of a single bucket does not.
    fn is_container(&self) -> bool {
        let key = self.keys[0].as_str();
        let is_bucket = ["\"start", "\"end"].map(|it| text(&self.document).contains(it));
        CONTAINERS.contains(&key) && !(key == "results" && is_bucket.contains(&true))
    }

    /// Whether the array under the last inner key holds elements.
    fn is_inner_container(&self) -> bool {
        let (outer, inner) = (self.keys[0].as_str(), self.keys[1].as_str());
        outer == INNER.0 && (inner == INNER.1 || CONTAINERS.contains(&inner))
    }

    fn close(&mut self, byte: u8, to: &mut dyn FnMut(Part) -> Next) -> Next {
        if self.is_between_elements() && !self.is_lines() {
            self.container = None;
        }
        self.stack.pop();
        self.keep(byte);
        if self.is_element && self.is_between_elements() {
            self.is_element = false;
            let key = self.container.as_ref().map_or("", |(_, key)| key.as_str());
            to(Part::Element(key, text(&self.element)));
            self.element.clear();
        }
        if !self.stack.is_empty() || self.is_lines() {
            return Next::Document;
        }
        let next = to(Part::Document(text(&self.document)));
        self.document.clear();
        self.keys = <[String; 2]>::default();
        next
    }
}

/// Length of the object at the start of the bytes, if it is complete and within the maximum depth.
fn object_end(bytes: &[u8], depth_most: usize) -> Option<usize> {
    if bytes.first() != Some(&b'{') {
        return None;
    }
    let (mut at, mut depth) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at + 1)?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return (at <= TEXT_MOST).then_some(at);
        }
        if depth_most < depth {
            return None;
        }
    }
    None
}

/// Position of the quote that ends a string.
fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Text of the bytes: pieces are valid UTF-8, and parts end at ASCII characters.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, is_lines: bool) -> Vec<String> {
        let bytes = text.split_inclusive(|_| true).collect::<Vec<_>>();
        let found = parts_of(&bytes, is_lines);
        let whole = parts_of(&[text], is_lines);
        assert_eq!(whole, found, "a whole text is cut as its bytes are");
        found
    }

    fn parts_of(pieces: &[&str], is_lines: bool) -> Vec<String> {
        let mut splitter = Splitter::default();
        let mut found = Vec::new();
        let mut to = |part: Part| {
            found.push(match part {
                Part::Line(_) => return Next::Again,
                Part::Element(key, text) => format!("{key}: {}", text.trim()),
                Part::Document(text) => format!("document: {}", text.trim()),
            });
            if is_lines {
                Next::Lines
            } else {
                Next::Document
            }
        };
        for piece in pieces {
            splitter.push(piece, &mut to);
        }
        splitter.end(&mut to);
        found
    }

    #[test]
    fn elements_come_alone_and_the_rest_together() {
        let page = r#"{"a":{"data":[1]},"data":[{"x":"],{"},{"y":[{}]}],"more":true}"#;
        assert_eq!(
            parts(page, false),
            [
                r#"data: {"x":"],{"}"#,
                r#"data: {"y":[{}]}"#,
                r#"document: {"a":{"data":[1]},"data":[],"more":true}"#,
            ]
        );
        assert_eq!(
            parts(r#"[ {"a":1}, {"b":"\"]"} ]"#, false),
            [r#": {"a":1}"#, r#": {"b":"\"]"}"#, "document: []"]
        );
        assert_eq!(
            parts(
                r#"{"status":"success","data":{"resultType":"matrix","result":[{"v":[]}]}}"#,
                false
            ),
            [
                r#"result: {"v":[]}"#,
                r#"document: {"status":"success","data":{"resultType":"matrix","result":[]}}"#,
            ]
        );
    }

    #[test]
    fn a_broken_line_of_json_lines_costs_only_itself() {
        assert_eq!(
            parts(
                "{\"a\":1}\n{\"b\":\n\n{\"c\":3}\nno\n{\"s\":\"}\n{\"d",
                true
            ),
            [
                r#"document: {"a":1}"#,
                r#": {"b":"#,
                r#": {"c":3}"#,
                ": no",
                r#": {"s":"}"#,
                r#": {"d"#,
            ]
        );
    }

    #[test]
    fn records_may_be_glued_or_spread_over_lines() {
        assert_eq!(
            parts(
                "{\"a\":1}{\"b\":2},\u{feff}{\n  \"c\": {}\n}\n{\"d\":4}",
                true
            ),
            [
                r#"document: {"a":1}"#,
                r#": {"b":2}"#,
                ": {\n  \"c\": {}\n}",
                r#": {"d":4}"#,
            ]
        );
    }
}
