//! Writes typed values as YAML, with comments and with the lines that the plan decided.
//!
//! `serde-saphyr` does the quoting. It sets one space before a comment, where
//! yamllint asks for two, and cannot say which line holds which value; both are
//! read off a mark in front of the comment. The mark is a tab: a raw tab never
//! stands in a value, because the serializer escapes control characters there.

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::comment::wrapped;
use super::node::{Tree, noted};

/// Marks a comment as ours; twice, the value as decided by the plan or the reader.
const MARK: char = '\t';
/// The mark that the serializer writes before a comment.
const BEFORE_MARK: &str = " # \t";
/// Columns that a line with a comment may fill.
const WIDTH: usize = 100;

/// A scalar with a comment, and whether the plan or the reader decided it.
pub(super) struct Noted<T> {
    pub(super) value: T,
    comment: String,
}

/// A value that is always the same.
pub(super) fn fixed<T>(value: T, comment: &str) -> Noted<T> {
    let comment = format!("{MARK}{}", super::comment::one_line(comment));
    Noted { value, comment }
}

/// A value that the plan or the reader decided.
pub(super) fn planned<T>(value: T, comment: &str) -> Noted<T> {
    let comment = format!("{MARK}{MARK}{}", super::comment::one_line(comment));
    Noted { value, comment }
}

impl<T: Serialize> Serialize for Noted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        noted(serializer, &self.comment, &self.value)
    }
}

/// A document and the 0-based lines that hold decided values.
#[derive(Debug, PartialEq)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) planned_lines: Vec<usize>,
}

/// Writes a document below comment lines.
pub(super) fn write(
    comments: &[String],
    document: &impl Serialize,
) -> Result<Written, serde_saphyr::ser::Error> {
    // Sequences indented and long names on one line: what yamllint expects, and
    // what a search for the name finds.
    let options = serde_saphyr::ser_options! {
        compact_list_indent: false,
        prefer_block_scalars: false,
    };
    let tree = Tree::of(document).map_err(serde_saphyr::ser::Error::custom)?;
    let body = serde_saphyr::to_string_with_options(&tree, options)?;
    let mut lines: Vec<String> = Vec::new();
    for comment in comments {
        push_comment(&mut lines, "", comment);
    }
    let mut planned_lines = Vec::new();
    for line in body.lines() {
        let Some((content, comment)) = line.split_once(BEFORE_MARK) else {
            lines.push(line.to_owned());
            continue;
        };
        let is_planned = comment.starts_with(MARK);
        let comment = comment.trim_start_matches(MARK);
        let width = content.chars().count() + 4 + comment.chars().count();
        let mut line = content.to_owned();
        if WIDTH < width {
            let indent = content.len() - content.trim_start_matches(' ').len();
            push_comment(&mut lines, &content[..indent], comment);
        } else if !comment.is_empty() {
            line.push_str("  # ");
            line.push_str(comment);
        }
        if is_planned {
            planned_lines.push(lines.len());
        }
        lines.push(line);
    }
    let text = lines.join("\n") + "\n";
    Ok(Written {
        text,
        planned_lines,
    })
}

fn push_comment(lines: &mut Vec<String>, indent: &str, comment: &str) {
    for part in wrapped(comment, WIDTH - 2 - indent.len()) {
        lines.push(format!("{indent}# {part}"));
    }
}

/// The document as its target reads it: without comments.
///
/// # Errors
///
/// If a value cannot be written at all.
pub(super) fn value(document: &impl Serialize) -> serde_json::Result<Value> {
    Ok(Tree::of(document)?.plain())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use serde::Serialize;
    use serde_json::json;

    #[derive(Serialize)]
    struct Row {
        id: Noted<String>,
        size: Noted<u32>,
        inner: Vec<Noted<String>>,
    }

    fn row(id: &str) -> Vec<Row> {
        vec![Row {
            id: fixed(id.to_owned(), ""),
            size: planned(7, "seven"),
            inner: vec![planned(id.to_owned(), &"long ".repeat(30))],
        }]
    }

    #[test]
    fn comments_stand_behind_their_value_or_above_where_they_do_not_fit() {
        let written = write(&["Head".to_owned()], &row("a")).unwrap();
        let [long, rest] = [19, 11].map(|words| format!("#{}", " long".repeat(words)));
        assert_eq!(
            written.text,
            format!(
                "# Head\n- id: a\n  size: 7  # seven\n  inner:\n    {long}\n    {rest}\n    - a\n"
            )
        );
        assert_eq!(written.planned_lines, [2, 6]);
    }

    #[test]
    fn a_value_cannot_pass_for_a_comment() {
        for id in [
            "a # b",
            "a # \tb",
            "# \t\t",
            " # \t\t' # \t\t",
            "'\t # \t\"",
            "x\n # \t\ty",
        ] {
            let written = write(&[], &row(id)).unwrap();
            let read: Value = serde_saphyr::from_str(&written.text).unwrap();
            assert_eq!(
                read,
                json!([{"id": id, "size": 7, "inner": [id]}]),
                "{id:?}"
            );
            assert_eq!(written.planned_lines.len(), 2, "{id:?}");
        }
    }

    #[test]
    fn the_plain_value_has_no_comments() {
        assert_eq!(
            value(&row("a")).unwrap(),
            json!([{"id": "a", "size": 7, "inner": ["a"]}])
        );
    }
}
