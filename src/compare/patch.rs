//! Differences of the generated files, in the format of `git apply` and `patch`.

use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::udiff::UnifiedHunkHeader;
use similar::{DiffOp, DiffTag};

use super::side::Side;
use crate::export::{self, File};
use crate::plan::Plan;

/// Unchanged lines around each change.
const CONTEXT: usize = 3;

/// Change of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct FilePatch {
    /// File name.
    pub name: &'static str,
    /// Number of added lines.
    pub added: usize,
    /// Number of removed lines.
    pub removed: usize,
    /// Unified diff with its header.
    pub patch: String,
}

/// Patches of the files that differ.
pub(super) fn files(sides: [&Side; 2], plans: [&Plan; 2]) -> Vec<FilePatch> {
    let export =
        |index: usize, link: &str| export::files(sides[index].scenario, plans[index], link);
    // File heads contain the link; a different link alone is no change.
    let bare = [export(0, ""), export(1, "")];
    let linked = [export(0, sides[0].link), export(1, sides[1].link)];
    let changed = |index: &usize| bare[0][*index].text != bare[1][*index].text;
    let count = bare[0].len().min(bare[1].len());
    (0..count)
        .filter(changed)
        .map(|index| patch(&linked[0][index], &linked[1][index]))
        .collect()
}

fn patch(before: &File, after: &File) -> FilePatch {
    let [old, new] =
        [before, after].map(|file| file.text.split_inclusive('\n').collect::<Vec<_>>());
    let mut patch = ["--- a/", before.name, "\n+++ b/", after.name, "\n"].concat();
    let [mut added, mut removed] = [0, 0];
    for hunk in hunks(&old, &new) {
        patch += &UnifiedHunkHeader::new(&hunk).to_string();
        patch.push('\n');
        for op in hunk {
            let (tag, before, after) = op.as_tag_tuple();
            if tag == DiffTag::Equal {
                put(&mut patch, ' ', &old[before]);
                continue;
            }
            removed += before.len();
            added += after.len();
            put(&mut patch, '-', &old[before]);
            put(&mut patch, '+', &new[after]);
        }
    }
    FilePatch {
        name: after.name,
        added,
        removed,
        patch,
    }
}

/// Shortest edit, by one fixed algorithm: a choice at run time would compile each of them for every
/// type of line.
fn hunks(old: &[&str], new: &[&str]) -> Vec<Vec<DiffOp>> {
    let mut edit = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff_deadline_raw(&mut edit, old, 0..old.len(), new, 0..new.len(), None);
    edit.into_inner().into_inner().into_grouped_ops(CONTEXT)
}

/// Appends lines with a sign; the last line of a file has its newline too.
fn put(patch: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        patch.push(sign);
        patch.push_str(line);
    }
}
