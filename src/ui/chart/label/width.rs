//! How wide words are, without a browser: at least as wide as in the widest of the usual fonts.

/// Size of labels.
const SIZE: f64 = 12.0;
/// Bold letters are so much wider.
const BOLD: f64 = 1.1;

/// Width of a text in pixels.
pub(in super::super) fn width(text: &str, is_strong: bool) -> f64 {
    let ems: f64 = text.chars().map(em).sum();
    ems * SIZE * if is_strong { BOLD } else { 1.0 }
}

/// A text that fits a width in pixels; what is cut off ends in an ellipsis.
pub(in super::super) fn fitted(text: &str, most: f64, is_strong: bool) -> String {
    if width(text, is_strong) <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        let longer = format!("{short}{letter}…");
        if most < width(&longer, is_strong) {
            break;
        }
        short.push(letter);
    }
    // A part of a word says less than the words before it.
    if let Some((words, _)) = short.rsplit_once(' ').filter(|(words, _)| 8 < words.len()) {
        short = words.to_owned();
    }
    short.trim_end().to_owned() + "…"
}

/// Width of a letter as a part of the size.
fn em(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '’' | '|' => 0.3,
        ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | ':' | ';' | '·' | '!' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | 'I' | 'J' => 0.42,
        'm' | 'M' | 'W' | '%' | '@' | '…' => 1.0,
        'w' | '×' | '÷' | '<' | '>' | '=' | '→' => 0.84,
        'A'..='Z' => 0.76,
        _ if letter < '\u{1100}' => 0.65,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_a_word_where_it_can_be() {
        assert_eq!(fitted("short", 100.0, false), "short");
        let cut = fitted("Anthropic second account", 110.0, false);
        assert_eq!(cut, "Anthropic…");
        assert!(width(&cut, false) <= 110.0);
    }
}
