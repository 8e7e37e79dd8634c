//! Decoding of text: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.

/// Decodes a file incrementally.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    coding: Coding,
    /// Start of a character that continues in the next piece.
    carry: Vec<u8>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Coding {
    /// The byte order mark is incomplete.
    #[default]
    Unknown,
    Utf8,
    Utf16 {
        is_little: bool,
    },
    Windows1252,
}

/// Maximum length of a byte order mark.
const MARK: usize = 3;

impl Decoder {
    /// Decodes a piece and passes on its text.
    pub(crate) fn push(&mut self, bytes: &[u8], to: &mut dyn FnMut(&str)) {
        if self.coding == Coding::Unknown {
            self.carry.extend_from_slice(bytes);
            if MARK <= self.carry.len() {
                self.begin(to);
            }
        } else {
            self.decode(bytes, to);
        }
    }

    /// Decodes the bytes left from the last piece.
    pub(crate) fn finish(&mut self, to: &mut dyn FnMut(&str)) {
        if self.coding == Coding::Unknown {
            self.begin(to);
        }
        let rest = std::mem::take(&mut self.carry);
        if !rest.is_empty() && self.coding == Coding::Utf8 {
            to(&windows_1252(&rest));
        }
        self.coding = Coding::Unknown;
    }

    fn begin(&mut self, to: &mut dyn FnMut(&str)) {
        let start = std::mem::take(&mut self.carry);
        let (coding, mark) = match start.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (Coding::Utf8, 3),
            [0xFF, 0xFE, ..] => (Coding::Utf16 { is_little: true }, 2),
            [0xFE, 0xFF, ..] => (Coding::Utf16 { is_little: false }, 2),
            _ => (Coding::Utf8, 0),
        };
        self.coding = coding;
        self.decode(&start[mark..], to);
    }

    fn decode(&mut self, bytes: &[u8], to: &mut dyn FnMut(&str)) {
        if self.carry.is_empty() {
            return self.decode_whole(bytes, to);
        }
        let mut whole = std::mem::take(&mut self.carry);
        whole.extend_from_slice(bytes);
        self.decode_whole(&whole, to);
    }

    fn decode_whole(&mut self, bytes: &[u8], to: &mut dyn FnMut(&str)) {
        match self.coding {
            Coding::Utf16 { is_little } => self.decode_utf16(bytes, is_little, to),
            Coding::Windows1252 => to(&windows_1252(bytes)),
            Coding::Utf8 | Coding::Unknown => self.decode_utf8(bytes, to),
        }
    }

    fn decode_utf8(&mut self, bytes: &[u8], to: &mut dyn FnMut(&str)) {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return to(text),
            Err(error) => error,
        };
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        to(std::str::from_utf8(valid).unwrap_or_default());
        if error.error_len().is_none() {
            rest.clone_into(&mut self.carry);
        } else {
            // Invalid UTF-8 means Windows-1252 to the end of the file.
            self.coding = Coding::Windows1252;
            to(&windows_1252(rest));
        }
    }

    fn decode_utf16(&mut self, bytes: &[u8], is_little: bool, to: &mut dyn FnMut(&str)) {
        let unit = |pair: &[u8]| {
            let pair = [pair[0], pair[1]];
            if is_little {
                u16::from_le_bytes(pair)
            } else {
                u16::from_be_bytes(pair)
            }
        };
        let mut end = bytes.len() - bytes.len() % 2;
        // The first half of a surrogate pair waits for the second.
        if 2 <= end && (0xD800..0xDC00).contains(&unit(&bytes[end - 2..end])) {
            end -= 2;
        }
        let units = bytes[..end].chunks_exact(2).map(unit);
        let text: String = char::decode_utf16(units)
            .map(|each| each.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        to(&text);
        bytes[end..].clone_into(&mut self.carry);
    }
}

fn windows_1252(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
            _ => char::from(*byte),
        })
        .collect()
}

/// Bytes 80 to 9F of Windows-1252 (Unicode Consortium, `CP1252.TXT`); all others are Latin-1.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes in pieces of one byte, the hardest case.
    fn decoded(bytes: &[u8]) -> String {
        let mut decoder = Decoder::default();
        let mut text = String::new();
        for byte in bytes {
            decoder.push(&[*byte], &mut |piece| text.push_str(piece));
        }
        decoder.finish(&mut |piece| text.push_str(piece));
        text
    }

    #[test]
    fn every_coding_is_read_in_any_pieces() {
        assert_eq!(decoded("≤ 200k".as_bytes()), "≤ 200k");
        assert_eq!(decoded(b"\xEF\xBB\xBFtime"), "time");
        assert_eq!(decoded(b"\xFF\xFEa\0=\xD8\0\xDE"), "a😀");
        assert_eq!(decoded(b"\xFE\xFF\0a\0b"), "ab");
        assert_eq!(decoded(b"B\xFCro \x80"), "Büro €");
        assert_eq!(decoded(b"a"), "a");
        assert_eq!(decoded(b""), "");
    }
}
