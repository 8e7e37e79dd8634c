//! Writer of typed values as YAML, with comments and the lines decided by the plan.
//!
//! `serde-saphyr` does the quoting. It puts one space before a comment, where yamllint requires
//! two, and does not report the lines of values; both are derived from a mark before the comment.
//! The mark is a tab, since the serializer escapes control characters in values.

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::comment::wrapped;
use super::node::{Tree, noted};

/// Mark of a comment written here; doubled if the plan or the user decided the value.
const MARK: char = '\t';
/// Mark as the serializer writes it before a comment.
const BEFORE_MARK: &str = " # \t";
/// Maximum columns of a line with a comment.
const WIDTH: usize = 100;

/// Scalar with a comment that also marks values decided by the plan or the user.
pub(super) struct Noted<T> {
    pub(super) value: T,
    comment: String,
}

/// Value that is always the same.
pub(super) fn fixed<T>(value: T, comment: &str) -> Noted<T> {
    let comment = format!("{MARK}{}", super::comment::one_line(comment));
    Noted { value, comment }
}

/// Value decided by the plan or the user.
pub(super) fn planned<T>(value: T, comment: &str) -> Noted<T> {
    let comment = format!("{MARK}{MARK}{}", super::comment::one_line(comment));
    Noted { value, comment }
}

impl<T: Serialize> Serialize for Noted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        noted(serializer, &self.comment, &self.value)
    }
}

/// Document and the 0-based lines with decided values.
#[derive(Debug, PartialEq)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) planned_lines: Vec<usize>,
}

/// Document as YAML below comment lines.
pub(super) fn write(
    comments: &[String],
    document: &impl Serialize,
) -> Result<Written, serde_saphyr::ser::Error> {
    // Indented sequences and unwrapped names: yamllint requires the one, and a search for a name
    // the other.
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

/// Document as its target reads it, without comments.
///
/// # Errors
///
/// If a value cannot be serialized.
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
