//! Incremental CSV, by the parser of the `csv` crate.

use csv_core::{ReadRecordResult, Reader};

/// Maximum length of a row, bytes.
const ROW_MOST: usize = 64 << 20;

/// An incremental parser.
pub(crate) struct Parser {
    core: Reader,
    text: Vec<u8>,
    text_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
    /// Whether the number of quotation marks is odd, so that one is open.
    is_odd: bool,
}

/// Error for a row beyond the maximum length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong;

/// The cells of one row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cells<'a> {
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Cells<'a> {
    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell; empty beyond the last.
    pub(crate) fn get(&self, at: usize) -> &'a str {
        let Some(end) = self.ends.get(at) else {
            return "";
        };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        self.text.get(start..*end).unwrap_or_default()
    }

    /// All cells.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl Parser {
    /// A parser with this delimiter.
    pub(crate) fn new(delimiter: u8) -> Self {
        Self {
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            text: vec![0; 4096],
            text_len: 0,
            ends: vec![0; 64],
            ends_len: 0,
            is_odd: false,
        }
    }

    /// Parses a piece, and passes on each row that ends in it.
    ///
    /// # Errors
    ///
    /// A row exceeds the maximum length.
    pub(crate) fn push(&mut self, piece: &str, to: &mut dyn FnMut(Cells)) -> Result<(), TooLong> {
        let marks = piece.bytes().filter(|byte| *byte == b'"').count();
        self.is_odd ^= marks % 2 == 1;
        let mut rest = piece.as_bytes();
        while !rest.is_empty() {
            let read = self.step(rest, to)?;
            rest = &rest[read..];
        }
        Ok(())
    }

    /// Passes on the last row, which may lack a line break. Returns whether rows are lost behind an
    /// unclosed quotation mark.
    ///
    /// # Errors
    ///
    /// The row exceeds the maximum length.
    pub(crate) fn finish(&mut self, to: &mut dyn FnMut(Cells)) -> Result<bool, TooLong> {
        let mut is_open = true;
        let mut is_lost = false;
        let is_odd = self.is_odd;
        while is_open {
            is_open = false;
            self.step(&[], &mut |cells| {
                is_open = true;
                let last = cells.get(cells.len().saturating_sub(1)).trim_end();
                is_lost |= is_odd && last.contains('\n');
                to(cells);
            })?;
        }
        self.core.reset();
        self.is_odd = false;
        Ok(is_lost)
    }

    /// One call of the parser; returns the number of bytes consumed.
    fn step(&mut self, input: &[u8], to: &mut dyn FnMut(Cells)) -> Result<usize, TooLong> {
        loop {
            let (result, read, wrote, ended) = self.core.read_record(
                input,
                &mut self.text[self.text_len..],
                &mut self.ends[self.ends_len..],
            );
            self.text_len += wrote;
            self.ends_len += ended;
            match result {
                ReadRecordResult::OutputFull => {
                    let length = self.text.len() * 2;
                    if ROW_MOST < length {
                        return Err(TooLong);
                    }
                    self.text.resize(length, 0);
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => self.hand_on(to),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Ok(read),
            }
            let went_on = matches!(result, ReadRecordResult::Record);
            if went_on || 0 < read {
                return Ok(read);
            }
        }
    }

    fn hand_on(&mut self, to: &mut dyn FnMut(Cells)) {
        let text = std::str::from_utf8(&self.text[..self.text_len]).unwrap_or_default();
        to(Cells {
            text,
            ends: &self.ends[..self.ends_len],
        });
        self.text_len = 0;
        self.ends_len = 0;
    }
}

/// The delimiter among comma, semicolon and tab that gives the most cells.
pub(crate) fn delimiter(header: &str) -> u8 {
    let count = |delimiter: u8| {
        let mut is_quoted = false;
        header
            .bytes()
            .filter(|byte| {
                is_quoted ^= *byte == b'"';
                !is_quoted && *byte == delimiter
            })
            .count()
    };
    // The first of equals is chosen, so the comma is preferred.
    let mut best = b',';
    for each in [b';', b'\t'] {
        if count(best) < count(each) {
            best = each;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_the_same_in_any_pieces() {
        let text = "a,\"b \"\"c\"\",\nd\",\r\n\r\n1,2,3\nlast";
        for length in 1..=text.len() {
            let mut parser = Parser::new(b',');
            let mut rows: Vec<Vec<String>> = Vec::new();
            let mut to = |cells: Cells| rows.push(cells.iter().map(str::to_owned).collect());
            let mut rest = text;
            while !rest.is_empty() {
                let (piece, after) = rest.split_at(length.min(rest.len()));
                assert_eq!(parser.push(piece, &mut to), Ok(()));
                rest = after;
            }
            assert_eq!(parser.finish(&mut to), Ok(false));
            assert_eq!(
                rows,
                [
                    vec!["a", "b \"c\",\nd", ""],
                    vec!["1", "2", "3"],
                    vec!["last"]
                ]
            );
        }
    }

    #[test]
    fn the_delimiter_gives_the_most_cells() {
        assert_eq!(delimiter("a;b;c"), b';');
        assert_eq!(delimiter("a\tb\tc"), b'\t');
        assert_eq!(delimiter("a,b;c,d"), b',');
        assert_eq!(delimiter("\"Time\",\"a;b;c\""), b',');
        assert_eq!(delimiter("Time"), b',');
    }
}
