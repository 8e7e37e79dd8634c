//! JSON in pieces: the elements of the large arrays one by one, and the document around them.
//!
//! A document of a source may be one array of millions of elements. Its elements are handed
//! on as texts while they arrive, so that no document is ever held as a whole.

/// Keys whose array holds the elements, at the top of a document.
const CONTAINERS: [&str; 7] = [
    "data",
    "results",
    "logs",
    "value",
    "MetricDataResults",
    "Datapoints",
    "timeSeries",
];
/// The one array that lies a level deeper.
const INNER: (&str, &str) = ("data", "result");
/// The deepest nesting that is followed.
const DEPTH_MOST: usize = 512;
/// The longest element or document around the elements that is taken, in bytes.
const TEXT_MOST: usize = 64 << 20;

/// A part of a document.
#[derive(Debug, PartialEq)]
pub(crate) enum Part<'a> {
    /// An element of the array under this key; the key is empty at the top.
    Element(&'a str, &'a str),
    /// A whole document, its containers emptied.
    Document(&'a str),
}

/// What to do after a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Go on.
    Document,
    /// The file is JSON Lines: from here on each line is a document.
    Lines,
}

/// Whether a byte is part of a string.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum InString {
    #[default]
    No,
    Yes,
    /// A backslash stood before it.
    Escaped,
}

/// Cuts a text into parts.
#[derive(Debug, Default)]
pub(crate) struct Splitter {
    /// The open brackets.
    stack: Vec<u8>,
    string: InString,
    /// The last string at a key's place, of the first levels.
    last_string: String,
    /// Keys of the first two levels.
    keys: [String; 2],
    /// The depth inside the array whose elements are handed on, with its key.
    container: Option<(usize, String)>,
    /// Whether an element is being collected.
    is_element: bool,
    element: Vec<u8>,
    document: Vec<u8>,
    lines: Option<Vec<u8>>,
    is_too_long: bool,
}

impl Splitter {
    /// Cuts a piece and hands on each part that ends in it.
    pub(crate) fn push(&mut self, piece: &str, to: &mut impl FnMut(Part) -> Next) {
        let mut rest = piece.as_bytes();
        while !rest.is_empty() && !self.is_too_long {
            if self.lines.is_some() {
                return self.push_lines(rest, to);
            }
            let plain = self.plain(rest);
            self.element.extend_from_slice(&rest[..plain]);
            self.is_too_long |= TEXT_MOST < self.element.len();
            let Some(byte) = rest.get(plain) else {
                return;
            };
            rest = &rest[plain + 1..];
            if self.byte(*byte, to) == Next::Lines {
                self.lines = Some(Vec::new());
            }
        }
    }

    /// The bytes of an element up to the next one that means something.
    fn plain(&self, bytes: &[u8]) -> usize {
        if !self.is_element {
            return 0;
        }
        let mut bytes_left = bytes.iter();
        let found = match self.string {
            InString::Escaped => return 0,
            InString::Yes => bytes_left.position(|byte| matches!(byte, b'"' | b'\\')),
            InString::No => {
                bytes_left.position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'))
            }
        };
        found.unwrap_or(bytes.len())
    }

    /// Hands on the last line of JSON Lines.
    pub(crate) fn finish(&mut self, to: &mut impl FnMut(Part) -> Next) {
        if let Some(line) = self.lines.take() {
            hand_on_line(&line, to);
        }
    }

    /// Whether the text ended in the middle.
    pub(crate) fn is_open(&self) -> bool {
        !self.stack.is_empty()
    }

    /// Whether a part was longer than is taken.
    pub(crate) fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    fn push_lines(&mut self, bytes: &[u8], to: &mut impl FnMut(Part) -> Next) {
        let Some(line) = &mut self.lines else {
            return;
        };
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            if line.is_empty() {
                hand_on_line(&rest[..end], to);
            } else {
                line.extend_from_slice(&rest[..end]);
                hand_on_line(line, to);
                line.clear();
            }
            rest = &rest[end + 1..];
        }
        line.extend_from_slice(rest);
        self.is_too_long |= TEXT_MOST < line.len();
    }

    fn byte(&mut self, byte: u8, to: &mut impl FnMut(Part) -> Next) -> Next {
        if self.string != InString::No {
            self.in_string(byte);
            return Next::Document;
        }
        match byte {
            b'"' => self.open_string(),
            b'{' | b'[' => self.open(byte),
            b'}' | b']' => return self.close(byte, to),
            b':' => self.note_key(),
            b',' if self.is_between_elements() => return Next::Document,
            _ => {}
        }
        if !matches!(byte, b'{' | b'[') {
            self.keep(byte);
        }
        Next::Document
    }

    fn is_between_elements(&self) -> bool {
        let depth = self.stack.len();
        self.container.as_ref().is_some_and(|(at, _)| *at == depth)
    }

    fn keep(&mut self, byte: u8) {
        let text = if self.is_element {
            &mut self.element
        } else if self.is_between_elements() {
            return;
        } else {
            &mut self.document
        };
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
                b"{[" if CONTAINERS.contains(&self.keys[0].as_str()) => Some(self.keys[0].clone()),
                b"{{[" if (self.keys[0].as_str(), self.keys[1].as_str()) == INNER => {
                    Some(INNER.1.to_owned())
                }
                _ => None,
            };
            self.container = key.map(|key| (self.stack.len(), key));
        }
    }

    fn close(&mut self, byte: u8, to: &mut impl FnMut(Part) -> Next) -> Next {
        if self.is_between_elements() {
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
        if !self.stack.is_empty() {
            return Next::Document;
        }
        let next = to(Part::Document(text(&self.document)));
        self.document.clear();
        self.keys = <[String; 2]>::default();
        next
    }
}

fn hand_on_line(line: &[u8], to: &mut impl FnMut(Part) -> Next) {
    let line = text(line).trim();
    if !line.is_empty() {
        to(Part::Document(line));
    }
}

/// The pieces were texts, and a part is cut at ASCII.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, is_lines: bool) -> Vec<String> {
        let mut splitter = Splitter::default();
        let mut found = Vec::new();
        let mut to = |part: Part| {
            found.push(match part {
                Part::Element(key, text) => format!("{key}: {text}"),
                Part::Document(text) => format!("document: {}", text.trim()),
            });
            if is_lines {
                Next::Lines
            } else {
                Next::Document
            }
        };
        for piece in text.split_inclusive(|_| true) {
            splitter.push(piece, &mut to);
        }
        splitter.finish(&mut to);
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
            parts("{\"a\":1}\n{\"b\":\n\n{\"c\":3}\n{\"d", true),
            [
                r#"document: {"a":1}"#,
                r#"document: {"b":"#,
                r#"document: {"c":3}"#,
                r#"document: {"d"#,
            ]
        );
    }
}
