//! Every sentence stands in `src/say`: replaced by another folder with the same functions, the
//! product speaks another language. Elsewhere no text in the code has two words in a row.

use super::{before_tests, enforce, files, inside};

/// Places with words of their own, and why.
const PLACES: [(&str, &str); 5] = [
    ("src/say", "the words"),
    (
        "src/scenario/names.rs",
        "names of rows that a link leaves out: part of its format",
    ),
    (
        "src/scenario/property",
        "the table of inputs: label, unit and help are columns of it",
    ),
    (
        "src/catalog",
        "facts: names of models, tiers and profiles, sources, and what the guide says",
    ),
    (
        "src/traffic/format",
        "names of columns, as the exports of others have them",
    ),
];

/// Rooms whose words still have to move to `src/say`; the list only shrinks.
const STILL_TO_MOVE: [&str; 4] = ["src/export", "src/import", "src/replay", "src/simulation"];

/// Calls and attributes whose texts are for developers or machines.
const FOR_BUILDERS: [&str; 11] = [
    "expect(",
    "expect_err(",
    "panic!(",
    "unreachable!(",
    "warn(",
    "warn!(",
    "error!(",
    "reason = ",
    "class=",
    "class=format!(",
    "query_selector(",
];

#[test]
fn sentences_stand_in_say() {
    enforce(sentences, &["src"], &["rs"]);
}

#[test]
fn every_place_that_may_have_sentences_has_one() {
    let places = PLACES.iter().map(|(place, _)| *place);
    for place in places.chain(STILL_TO_MOVE) {
        let mut texts = files("src", &["rs"]).into_iter();
        let has = texts.any(|(path, text)| is_in(&path, place) && !found(&text).is_empty());
        assert!(has, "{place} has no sentence: take it off the list");
    }
}

#[test]
#[rustfmt::skip]
fn a_planted_sentence_is_found() {
    let cases: [(&str, &str, &[usize]); 22] = [
        // file             text                                                     lines
        ("src/ui/a.rs",     "view! { <p>\"Nothing here\"</p> }",                     &[1]),
        ("src/ui/a.rs",     "\nlet a = format!(\"{} of {n} needed now\", 1);",       &[2]),
        ("src/ui/a.rs",     "let a = \"cut\\\n    here too\";",                      &[1]),
        ("src/ui/a.rs",     "view! { <p title=\"Light or dark\"></p> }",             &[1]),
        ("src/ui/a.rs",     "let a = r#\"a \"raw\" text of words\"#;",               &[1]),
        ("src/ui/a.rs",     "let a = '\"'; let b = \"two words\";",                  &[1]),
        ("src/import/a.rs", "let a = \"still to move\";",                            &[]),
        ("src/scenario/a.rs", "let a = \"two words\";",                              &[1]),
        ("src/say/a.rs",    "const A: &str = \"Two words\";",                        &[]),
        ("src/ui/a.rs",     "// \"two words\"\n/// `\"two words\"`\nlet a = 1;",     &[]),
        ("src/ui/a.rs",     "let a = \"One\"; let b = \"word\";",                    &[]),
        ("src/ui/a.rs",     "let a = \"{a} {b}, {c}\";",                             &[]),
        ("src/ui/a.rs",     "let a = \"M3 8h10 a 2 b 4\";",                          &[]),
        ("src/ui/a.rs",     "let a = \"<a long href={}>{}</a>\";",                   &[]),
        ("src/ui/a.rs",     "let a = \"<b>two words</b>\";",                         &[1]),
        ("src/ui/a.rs",     "view! { <p class=\"code mono\"></p> }",                 &[]),
        ("src/ui/a.rs",     "let a = \"status status--ok\";",                        &[]),
        ("src/ui/a.rs",     "let a = \"button button--{kind}\";",                    &[]),
        ("src/ui/a.rs",     "b.expect(\"writing to a string cannot fail\")",         &[]),
        ("src/ui/a.rs",     "#[expect(x, reason = \"a box is small\")]",             &[]),
        ("src/ui/a.rs",     "let a: &'static str = f(\n    \"two words\");",         &[2]),
        ("src/ui/a.rs",     "f();\n#[cfg(test)]\nmod tests {\n\"two words\"\n}",     &[]),
    ];
    for (path, text, expected) in cases {
        let lines: Vec<usize> = sentences(path, text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, expected, "{path}: {text}");
    }
}

fn sentences(path: &str, text: &str) -> Vec<(usize, String)> {
    let mut places = PLACES.iter().map(|(place, _)| *place).chain(STILL_TO_MOVE);
    let is_test = path.ends_with("/tests.rs") || path.contains("/tests/");
    if is_test || places.any(|place| is_in(path, place)) {
        return Vec::new();
    }
    let told = |(line, text)| (line, format!("\"{text}\" is words: they stand in src/say"));
    found(text).into_iter().map(told).collect()
}

/// True for the place itself and for what it holds.
fn is_in(path: &str, place: &str) -> bool {
    path == place || inside(path, place)
}

/// The sentences of a file with their lines.
fn found(text: &str) -> Vec<(usize, String)> {
    let text = before_tests(text);
    literals(text)
        .into_iter()
        .filter(|(at, literal)| {
            let before = text.get(..*at).unwrap_or_default().trim_end();
            let is_for_builders = FOR_BUILDERS
                .iter()
                .any(|lead| before.ends_with(lead.trim_end()));
            !is_for_builders && !is_class_list(literal) && has_words_in_a_row(literal)
        })
        .map(|(at, literal)| (1 + text[..at].matches('\n').count(), literal))
        .collect()
}

/// Classes of a style sheet: one of them at least is an element's or a variant's.
fn is_class_list(text: &str) -> bool {
    let is_class = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_ {}".contains(c);
    text.chars().all(is_class) && (text.contains("--") || text.contains("__"))
}

/// Two words of two letters or more with nothing but a space between them; what is filled in
/// and what stands in a tag is no word.
fn has_words_in_a_row(text: &str) -> bool {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in text.replace("{{", "").replace("}}", "").chars() {
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' if 0 < depth => {
                depth -= 1;
                plain.push('#');
            }
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = plain.split(' ').collect();
    let is_letter = |c: char| c.is_alphabetic() || c == '’' || c == '\'';
    // The first may have a sign before it, the second one behind it.
    let first = |word: &str| {
        let word = word.trim_start_matches(|c: char| !is_letter(c));
        2 <= word.chars().count() && word.chars().all(is_letter)
    };
    let second = |word: &str| {
        let word = word.trim_end_matches(|c: char| !is_letter(c));
        2 <= word.chars().count() && word.chars().all(is_letter)
    };
    let lower = |word: &str| word.chars().any(char::is_lowercase);
    words
        .windows(2)
        .any(|pair| first(pair[0]) && second(pair[1]) && pair.iter().any(|word| lower(word)))
}

/// The string literals of a text, each where it begins, its line breaks taken out.
fn literals(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = rest.chars().next().map_or(1, char::len_utf8);
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with('\'') {
            at += char_length(rest).unwrap_or(1);
        } else if let Some((opening, end)) = raw_opening(rest) {
            let body = &rest[opening..];
            let length = body.find(&end).unwrap_or(body.len());
            found.push((at, body[..length].to_owned()));
            at += (opening + length + end.len()).min(rest.len());
        } else if rest.starts_with('"') {
            let (literal, length) = literal(rest);
            found.push((at, literal));
            at += length;
        } else {
            at += step;
        }
    }
    found
}

/// The length of a character's literal; nothing for a lifetime.
fn char_length(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        let from = chars.nth(1)?.0;
        return Some(from + rest[from..].find('\'')? + 1);
    }
    let (end, last) = chars.next()?;
    (last == '\'').then_some(end + 1)
}

/// The length of `r#"` and its end, where a raw literal begins.
fn raw_opening(rest: &str) -> Option<(usize, String)> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then(|| {
        let end = format!("\"{}", "#".repeat(hashes));
        (hashes + 2, end)
    })
}

/// The text of a literal, and the bytes it takes with its quotes.
fn literal(rest: &str) -> (String, usize) {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (text, at + 1),
            '\\' => match chars.next() {
                // A line that goes on below, where its text begins.
                Some((_, '\n')) => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                Some((_, 'n')) => text.push('\n'),
                Some((_, c)) => text.push(c),
                None => break,
            },
            _ => text.push(c),
        }
    }
    (text, rest.len())
}
