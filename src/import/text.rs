//! Converts the bytes of a file to text, or describes what they are.

use super::reading::{LONGEST, Unreadable};

/// First bytes of binary files, with descriptions.
const BINARY: [(&[u8], &str); 9] = [
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or a sound (RIFF)"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "packed (gzip)"),
    (b"\x7fELF", "a program"),
];

/// Names of the first tag of a web page.
const PAGE: [&str; 11] = [
    "!", "!doctype", "html", "head", "title", "body", "center", "div", "h1", "meta", "script",
];

/// Text of a file in UTF-8, or in UTF-16 as written by Windows.
///
/// # Errors
///
/// A description of the file if it is not text.
pub fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    if 4 * LONGEST < bytes.len() {
        return Err(Unreadable::TooLong);
    }
    if let Some((_, what)) = BINARY.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Unreadable::NoText((*what).to_owned()));
    }
    if let Some(text) = utf_16(bytes) {
        return text.ok_or_else(|| Unreadable::NoText("UTF-16 with broken characters".to_owned()));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Unreadable::NoText("not UTF-8".to_owned())),
    }
}

/// Text in UTF-16; the outer `None` for other encodings. Without a byte order mark it is recognized
/// by zero bytes in its first characters.
#[expect(clippy::option_option, reason = "another encoding, and a broken one")]
fn utf_16(bytes: &[u8]) -> Option<Option<String>> {
    let is_big = match bytes {
        [0xff, 0xfe, ..] | [_, 0, _, 0, ..] => false,
        [0xfe, 0xff, ..] | [0, _, 0, _, ..] => true,
        _ => return None,
    };
    let pairs = bytes.chunks_exact(2).map(|pair| match pair {
        [high, low] if is_big => u16::from_be_bytes([*high, *low]),
        [low, high] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    });
    let text: Result<String, _> = char::decode_utf16(pairs).collect();
    Some(text.ok().filter(|text| !text.contains('\0')))
}

/// Rejects texts of kinds that are certainly not read.
pub(super) fn check(text: &str) -> Result<(), Unreadable> {
    let body = text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if body.is_empty() {
        return Err(Unreadable::Empty);
    }
    if LONGEST < text.len() {
        return Err(Unreadable::TooLong);
    }
    if body.contains('\0') {
        return Err(Unreadable::NoText(
            "no text: it holds NUL characters".to_owned(),
        ));
    }
    let start: String = body
        .chars()
        .take(200)
        .collect::<String>()
        .to_ascii_lowercase();
    let name = start.strip_prefix('<').unwrap_or_default();
    let name = name
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '!')
        .next();
    if name.is_some_and(|name| PAGE.contains(&name)) {
        let what = "a web page, perhaps the error or the sign-in page of the site it came from";
        return Err(Unreadable::NoText(what.to_owned()));
    }
    let is_tag = name.is_some_and(|name| !name.is_empty()) && start.starts_with('<');
    let is_markup = is_tag && (body.contains("</") || body.contains("/>"));
    if is_markup || start.starts_with("<?xml") || start.starts_with("<svg") {
        return Err(Unreadable::NoText("XML".to_owned()));
    }
    if start.starts_with("{\\rtf") {
        return Err(Unreadable::NoText(
            "a document of a word processor (RTF)".to_owned(),
        ));
    }
    if is_template(body) {
        return Err(Unreadable::Template);
    }
    Ok(())
}

/// Whether a text is a Helm template: it has value names in braces, as no rule annotation has.
fn is_template(text: &str) -> bool {
    const SIGNS: [&str; 7] = [
        ".Values",
        ".Release",
        ".Chart",
        ".Capabilities",
        "include ",
        "template ",
        "define ",
    ];
    let mut actions = text.split("{{").skip(1);
    actions.any(|action| {
        let action = action.split("}}").next().unwrap_or_default();
        SIGNS.iter().any(|sign| action.contains(sign))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_text_is_read_and_no_text_is_named() {
        let plain = "kind: Déployment";
        let utf_16 = |mark: bool| -> Vec<u8> {
            let mark = mark.then_some(0xfeff);
            let units = mark.into_iter().chain(plain.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        };
        assert_eq!(text(plain.as_bytes()), Ok(plain.to_owned()));
        assert_eq!(text(&utf_16(false)), Ok(plain.to_owned()));
        assert_eq!(text(&utf_16(true)), Ok(format!("\u{feff}{plain}")));
        for bytes in [
            &b"\x89PNG\r\n"[..],
            b"\xff\xfe\x00\xd8",
            b"caf\xe9",
            b"%PDF-1.7",
        ] {
            assert!(
                matches!(text(bytes), Err(Unreadable::NoText(_))),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn pages_and_templates_are_named_before_they_are_read() {
        for page in [
            "<!DOCTYPE html><html>",
            "<html lang=en>",
            "<?xml version='1.0'?>",
            "a\0b",
        ] {
            assert!(matches!(check(page), Err(Unreadable::NoText(_))), "{page}");
        }
        assert_eq!(check("a: {{ .Values.b }}"), Err(Unreadable::Template));
        assert_eq!(check("summary: '{{ $labels.pod }} is full'"), Ok(()));
    }
}
