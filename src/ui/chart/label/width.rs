//! Width of text without a browser: at least that in the widest common font.

/// Font size of labels, in pixels.
const SIZE: f64 = 12.0;
/// Width of bold letters relative to regular ones.
const BOLD: f64 = 1.1;

/// Width of a text, in pixels.
pub(in super::super) fn width(text: &str, is_strong: bool) -> f64 {
    let ems: f64 = text.chars().map(em).sum();
    ems * SIZE * if is_strong { BOLD } else { 1.0 }
}

/// Text shortened to a width in pixels, with an ellipsis.
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
    // Whole words say more than part of one.
    if let Some((words, _)) = short.rsplit_once(' ').filter(|(words, _)| 8 < words.len()) {
        short = words.to_owned();
    }
    short.trim_end().to_owned() + "…"
}

/// Width of a letter relative to the font size.
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
