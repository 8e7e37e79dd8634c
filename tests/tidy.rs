//! House rules that no compiler checks. A failure names the file, the line and the rule.

use std::fs;
use std::path::Path;

#[path = "tidy/loops.rs"]
mod loops;
#[path = "tidy/sentences.rs"]
mod sentences;

/// Each layer with those that it may use, lower layers first: dependencies run downward only. What
/// is not listed is forbidden, so a new layer is closed to all others until it is.
const LAYERS: [(&str, &[&str]); 14] = [
    ("model", &[]),
    ("simulation", &["model"]),
    ("traffic", &["model"]),
    ("catalog", &["model"]),
    ("scenario", &["model", "catalog"]),
    ("plan", &["model", "catalog", "scenario", "traffic"]),
    ("lived", &["model", "scenario", "simulation", "plan"]),
    (
        "say",
        &[
            "model",
            "catalog",
            "scenario",
            "traffic",
            "simulation",
            "plan",
            "lived",
        ],
    ),
    ("export", &["model", "catalog", "scenario", "plan", "say"]),
    (
        "import",
        &[
            "model", "catalog", "scenario", "traffic", "plan", "say", "export",
        ],
    ),
    (
        "compare",
        &["model", "catalog", "scenario", "plan", "say", "export"],
    ),
    (
        "replay",
        &[
            "model",
            "catalog",
            "scenario",
            "simulation",
            "plan",
            "lived",
            "say",
            "export",
            "import",
        ],
    ),
    (
        "first",
        &["model", "catalog", "scenario", "plan", "lived", "say"],
    ),
    (
        "ui",
        &[
            "model",
            "catalog",
            "scenario",
            "traffic",
            "simulation",
            "plan",
            "lived",
            "say",
            "export",
            "import",
            "compare",
            "replay",
            "first",
        ],
    ),
];

/// Crates that a layer does without: numbers need no format, and the first part no framework.
const WITHOUT: [(&str, &[&str]); 3] = [
    ("model", &["serde", "leptos"]),
    ("simulation", &["serde"]),
    ("first", &["leptos"]),
];

/// The largest number of lines before the tests: of any source file, one of the page, a style sheet.
const FILE_LINES: usize = 400;
const UI_FILE_LINES: usize = 200;
const STYLE_LINES: usize = 250;
const FUNCTION_LINES: usize = 70;
const COLUMNS: usize = 100;

const COLOR_FUNCTIONS: [&str; 10] = [
    "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color(",
];
const BANNED_WORDS: [&str; 3] = ["FIXME", "XXX", "dbg!"];
const NAMES_THAT_SAY_NOTHING: [&str; 4] = ["utils", "helpers", "common", "manager"];
/// This file spells out what it forbids.
const SELF: &str = "tests/tidy.rs";

/// A rule looks at one file and returns `(line, what is wrong)`, lines counted from 1.
type Rule = fn(&str, &str) -> Vec<(usize, String)>;

#[test]
fn layers_only_look_down() {
    enforce(layers, &["src"], &["rs"]);
}

#[test]
fn colors_live_in_the_token_file() {
    enforce(colors, &["style"], &["css"]);
}

#[test]
fn components_carry_no_inline_style() {
    enforce(inline_styles, &["src/ui"], &["rs"]);
}

#[test]
fn files_fit_in_a_head() {
    enforce(file_sizes, &["src", "style"], &["rs", "css"]);
}

#[test]
fn functions_fit_in_a_head() {
    enforce(function_sizes, &["src"], &["rs"]);
}

#[test]
fn lines_fit_the_screen() {
    enforce(line_widths, &["src", "tests", "benches"], &["rs"]);
}

#[test]
fn nothing_is_left_for_later() {
    let kinds = ["rs", "css", "js", "mjs", "sh", "html", "toml"];
    enforce(
        banned_words,
        &["src", "style", "tests", "benches", "public", ".ci"],
        &kinds,
    );
}

#[test]
fn modules_are_named_for_what_they_hold() {
    enforce(empty_names, &["src", "tests", "benches"], &["rs"]);
}

#[test]
fn every_style_sheet_is_linked() {
    let page = fs::read_to_string("index.html").expect("index.html is readable");
    let sheets = files("style", &["css"]);
    assert!(!sheets.is_empty(), "style/ holds no style sheet");
    for (path, _) in sheets {
        assert!(
            page.contains(&format!("href=\"{path}\"")),
            "{path}: not linked in index.html"
        );
    }
}

/// Every rule finds what it forbids, and only that.
#[test]
#[rustfmt::skip]
fn every_rule_sees_its_violation() {
    let long_file = "//\n".repeat(201);
    let long_function = format!("fn f() {{\n{}}}\n", "    g();\n".repeat(70));
    let tested = format!("//\n#[cfg(test)]\nmod tests {{\n{}}}\n", "    // a case\n".repeat(300));
    let wide = "/".repeat(101);
    let cases: [(Rule, &str, &str, &[usize]); 24] = [
        // rule           file                 text                                       lines
        (layers,         "src/model/a.rs",    "\nuse serde::Serialize;",                  &[2]),
        (layers,         "src/plan/a.rs",     "use crate::{\n    export::pack,\n};",      &[2]),
        (layers,         "src/plan/a.rs",     "use crate::scenario::Scenario;",           &[]),
        (layers,         "src/export/a.rs",   "// not `crate::ui`",                       &[]),
        (colors,         "style/a.css",       "a {\n  color: #fff;\n}",                   &[2]),
        (colors,         "style/a.css",       "a { fill: oklch(0.5 0 0); }",              &[1]),
        (colors,         "style/a.css",       "a { fill: rgb(from var(--ink) r g b / 0.5); }", &[]),
        (colors,         "style/a.css",       "/* #fff\n */ a { x: color-mix(in oklab, var(--a), var(--b)) }", &[]),
        (colors,         "style/tokens.css",  "a { color: #fff; }",                       &[]),
        (inline_styles,  "src/ui/a.rs",       "<p style=\"top: 0\">",                     &[1]),
        (inline_styles,  "src/ui/a.rs",       "<p style:width=move || w.get()>",          &[]),
        (file_sizes,     "src/ui/a.rs",       &long_file,                                 &[201]),
        (file_sizes,     "src/model/a.rs",    &long_file,                                 &[]),
        (file_sizes,     "src/model/a.rs",    &tested,                                    &[]),
        (function_sizes, "src/model/a.rs",    &long_function,                             &[1]),
        (function_sizes, "src/model/a.rs",    "fn f();\nfn g() {}\n",                     &[]),
        (line_widths,    "src/model/a.rs",    &wide,                                      &[1]),
        (banned_words,   "src/model/a.rs",    "// FIXME\n// dbg!(x)\n",                   &[1, 2]),
        (banned_words,   "src/model/a.rs",    "// TODO: later",                           &[1]),
        (banned_words,   "src/model/a.rs",    "// TODO when leptos 0.9 is out: drop this", &[]),
        (empty_names,    "src/ui/utils.rs",   "",                                         &[1]),
        (empty_names,    "src/common/mod.rs", "",                                         &[1]),
        (empty_names,    "src/a.rs",          "mod helpers {",                            &[1]),
        (empty_names,    "src/community.rs",  "",                                         &[]),
    ];
    for (rule, path, text, expected) in cases {
        let lines: Vec<usize> = rule(path, text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, expected, "{path}: {text}");
    }
}

fn layers(path: &str, text: &str) -> Vec<(usize, String)> {
    let of = |layer: &str| inside(path, &["src/", layer].concat());
    let Some((layer, allowed)) = LAYERS.iter().find(|(layer, _)| of(layer)) else {
        return Vec::new();
    };
    let without = WITHOUT.iter().find(|(it, _)| it == layer);
    let crates = without.map_or(&[][..], |(_, crates)| *crates);
    let others = LAYERS.iter().map(|(other, _)| *other);
    let forbidden: Vec<&str> = others
        .filter(|other| other != layer && !allowed.contains(other))
        .collect();
    let mut found = Vec::new();
    let mut in_crate_group = false;
    for (number, line) in numbered(text) {
        let code = line.split("//").next().unwrap_or_default();
        // `use crate::{` and the lines up to its `};`, which name modules without the prefix
        let grouped = in_crate_group || code.contains("crate::{");
        in_crate_group = grouped && !code.contains("};");
        for other in &forbidden {
            let names_it = |word: &str| words(code).any(|each| each == word);
            let full = ["crate::", other].concat();
            let is_full = code
                .match_indices(&full)
                .any(|(at, _)| !code[at + full.len()..].starts_with(char::is_alphanumeric));
            if is_full || (grouped && names_it(other)) {
                found.push((number, format!("{layer} must not know {other}")));
            }
        }
        for name in crates.iter().filter(|name| code.contains(**name)) {
            found.push((number, format!("{layer} does without {name}")));
        }
    }
    found
}

fn colors(path: &str, text: &str) -> Vec<(usize, String)> {
    if path == "style/tokens.css" {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, line) in numbered(&without_css_comments(text)) {
        if let Some(literal) = hex_color(line).or_else(|| color_function(line)) {
            found.push((
                number,
                format!("{literal} is a colour; give it a role in tokens.css"),
            ));
        }
    }
    found
}

fn hex_color(line: &str) -> Option<&str> {
    line.match_indices('#').find_map(|(at, _)| {
        let digits = &line[at + 1..];
        let end = digits.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
        let digits = &digits[..end.unwrap_or(digits.len())];
        let is_color = [3, 4, 6, 8].contains(&digits.len())
            && digits.chars().all(|digit| digit.is_ascii_hexdigit());
        is_color.then_some(digits)
    })
}

fn color_function(line: &str) -> Option<&str> {
    COLOR_FUNCTIONS.into_iter().find(|name| {
        line.match_indices(name).any(|(at, _)| {
            let own_word = !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            own_word && !line[at + name.len()..].starts_with("from var(")
        })
    })
}

fn inline_styles(_: &str, text: &str) -> Vec<(usize, String)> {
    numbered(text)
        .filter(|(_, line)| line.contains("style=\""))
        .map(|(number, _)| {
            (
                number,
                "the content policy refuses style attributes".to_owned(),
            )
        })
        .collect()
}

fn file_sizes(path: &str, text: &str) -> Vec<(usize, String)> {
    let limit = match path {
        _ if inside(path, "style") => STYLE_LINES,
        _ if inside(path, "src/ui") => UI_FILE_LINES,
        _ => FILE_LINES,
    };
    let lines = before_tests(text).lines().count();
    if lines <= limit {
        return Vec::new();
    }
    vec![(
        limit + 1,
        format!("{lines} lines, at most {limit}: split it by reason to change"),
    )]
}

/// Rustfmt gives the closing brace the indent of the line with `fn`, so no parser is needed.
fn function_sizes(_: &str, text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = before_tests(text).lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let on_one_line = code.ends_with(';') || code.ends_with('}');
        if !starts_a_function(code) || on_one_line {
            continue;
        }
        let indent = &line[..line.len() - code.len()];
        let is_last = |line: &&str| {
            line.strip_prefix(indent).is_some_and(|rest| {
                rest.starts_with('}') || (rest.starts_with(')') && rest.ends_with(';'))
            })
        };
        let length = 2 + lines[at + 1..]
            .iter()
            .take_while(|line| !is_last(line))
            .count();
        if length > FUNCTION_LINES {
            found.push((
                at + 1,
                format!("a function of {length} lines, at most {FUNCTION_LINES}"),
            ));
        }
    }
    found
}

fn starts_a_function(code: &str) -> bool {
    let qualifiers = [
        "pub",
        "pub(crate)",
        "pub(super)",
        "const",
        "async",
        "unsafe",
    ];
    code.split(' ').find(|word| !qualifiers.contains(word)) == Some("fn")
}

fn line_widths(_: &str, text: &str) -> Vec<(usize, String)> {
    numbered(text)
        .filter(|(_, line)| !line.contains("://")) // a source's address cannot be broken
        .map(|(number, line)| (number, line.chars().count()))
        .filter(|(_, columns)| *columns > COLUMNS)
        .map(|(number, columns)| (number, format!("{columns} columns, at most {COLUMNS}")))
        .collect()
}

fn banned_words(_: &str, text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in numbered(text) {
        for word in BANNED_WORDS.into_iter().filter(|word| line.contains(word)) {
            found.push((number, format!("{word} must not be left behind")));
        }
        if line.contains("TODO") && !line.contains("TODO when ") {
            found.push((number, "write `TODO when <condition>: <what>`".to_owned()));
        }
    }
    found
}

fn empty_names(path: &str, text: &str) -> Vec<(usize, String)> {
    let complaint = |name: &str| format!("{name} says nothing about what it holds");
    let file = path.strip_suffix(".rs").unwrap_or(path);
    let in_path = file
        .split('/')
        .filter(|name| NAMES_THAT_SAY_NOTHING.contains(name));
    let in_text = numbered(text).filter_map(|(number, line)| {
        let mut words = words(line).skip_while(|word| *word == "pub" || *word == "crate");
        let name = (words.next() == Some("mod")).then(|| words.next())??;
        NAMES_THAT_SAY_NOTHING
            .contains(&name)
            .then_some((number, name))
    });
    in_path
        .map(|name| (1, name))
        .chain(in_text)
        .map(|(line, name)| (line, complaint(name)))
        .collect()
}

/// Applies a rule to every file of these kinds under these folders.
fn enforce(rule: Rule, folders: &[&str], kinds: &[&str]) {
    let mut broken = Vec::new();
    for (path, text) in folders.iter().flat_map(|folder| files(folder, kinds)) {
        for (line, complaint) in rule(&path, &text) {
            broken.push(format!("{path}:{line}: {complaint}"));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Path and text of every file of these kinds in a folder and below, in order; this file left out.
fn files(folder: &str, kinds: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).expect("a folder that a rule is for");
        for entry in entries.filter_map(Result::ok) {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let kind = Path::new(&path).extension().and_then(|kind| kind.to_str());
            if entry.path().is_dir() {
                open.push(path);
            } else if path != SELF && kind.is_some_and(|kind| kinds.contains(&kind)) {
                let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// True for the folder's own module file too: `src/ui.rs` belongs to `src/ui`.
fn inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}

/// The part of a file above its unit tests.
fn before_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text)
}

/// CSS with blanked comments; lines are kept.
fn without_css_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        let end = rest[start..]
            .find("*/")
            .map_or(rest.len(), |length| start + length + 2);
        code.push_str(&rest[..start]);
        code.extend(rest[start..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    code + rest
}
