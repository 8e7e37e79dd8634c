//! YAML syntax errors and their remedies, in words.

/// Parts of the parser's messages, and their wording; the first match counts.
const SLIPS: [(&str, &str); 27] = [
    (
        "mapping values are not allowed",
        "a value holds a colon and a space: put the value in quotes, or begin a new line",
    ),
    (
        "while parsing a block mapping",
        "a key does not stand below the others: align it, or close the text before it",
    ),
    (
        "while parsing a block collection",
        "an entry of a list begins with no dash below the others: align it",
    ),
    (
        "unexpected EOF while parsing a flow",
        "it ends before a closing bracket: add the bracket",
    ),
    ("unexpected", UNEXPECTED),
    ("unclosed quote", "a quote is not closed: add the quote"),
    (
        "found unexpected document indicator",
        "a quote is not closed: add the quote",
    ),
    (
        "unclosed bracket",
        "a bracket is not closed: add the other one",
    ),
    (
        "mismatched bracket",
        "a bracket is closed by another kind of bracket: close each by its own",
    ),
    ("while parsing a flow", NO_COMMA),
    ("illegal placement of ':'", NO_COMMA),
    (
        "<document start>",
        "something follows the end of a value: put --- between two documents",
    ),
    (
        "unknown anchor",
        "an alias (*) stands before its anchor (&): put a text that begins with * in quotes",
    ),
    (
        "while parsing a quoted scalar",
        "a backslash begins no sign that double quotes know: use single quotes",
    ),
    (
        "invalid trailing content after",
        "something follows a closing quote: put all of the text in quotes",
    ),
    (
        "directive",
        "a line begins with %, which only %YAML and %TAG do: put the text in quotes",
    ),
    (
        "YAML major version",
        "%YAML asks for another version than 1: leave the line out",
    ),
    (
        "anchor",
        "a sign & or * has no name behind it: put the text in quotes",
    ),
    (
        "tag",
        "a sign ! begins a type that is not known: put the text in quotes",
    ),
    (
        "handle",
        "a sign ! begins a type that is not known: put the text in quotes",
    ),
    (
        "tab",
        "a tab stands where YAML allows spaces only: replace it",
    ),
    (
        "comments must",
        "a remark (#) has no space before it: add one",
    ),
    (
        "block scalar",
        "a text behind | or > is indented less than its first line: align it",
    ),
    (
        "block sequence entries",
        "a list begins in the line of its key: begin a new line before the dash",
    ),
    (
        "indentation",
        "a line is indented less than what it belongs to: indent it",
    ),
    ("'-'", "a dash has no space behind it: add one, or quotes"),
    ("key", "a key has no colon behind it: add one"),
];
const UNEXPECTED: &str = "a text begins with a sign that YAML keeps for itself, or it ends too \
                          soon: put the text in quotes";
const NO_COMMA: &str = "a comma or a closing bracket is missing: add it";
const OTHER: &str = "a sign stands where YAML does not allow it: put the text in quotes";

/// A syntax error with its position and remedy, from the parser's message.
pub fn problem(message: &str, line: usize, column: usize) -> String {
    let known = SLIPS.iter().find(|(part, _)| message.contains(part));
    let slip = known.map_or(OTHER, |(_, slip)| slip);
    format!("in line {line}, column {column}, {slip}")
}
