//! Differences of the generated files, in the format that `git apply` and `patch` read.

use similar::TextDiff;

use super::side::Side;
use crate::export::{self, File};
use crate::plan::Plan;

/// Unchanged lines around each change.
const CONTEXT: usize = 3;

/// The change of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct FilePatch {
    /// The file's name.
    pub name: &'static str,
    /// Lines that are only after.
    pub added: usize,
    /// Lines that are only before.
    pub removed: usize,
    /// The unified diff with its header.
    pub patch: String,
}

/// Patches of the files that differ.
pub(super) fn files(sides: [&Side; 2], plans: [&Plan; 2]) -> Vec<FilePatch> {
    let export =
        |index: usize, link: &str| export::files(sides[index].scenario, plans[index], link);
    // A head names the link; a different link alone is no change.
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
    let diff = TextDiff::from_lines(before.text.as_str(), after.text.as_str());
    let [a, b] = ["a", "b"].map(|side| format!("{side}/{}", after.name));
    let mut unified = diff.unified_diff();
    let patch = unified.context_radius(CONTEXT).header(&a, &b).to_string();
    // The header's two lines begin like a change.
    let lines = |sign: char| patch.lines().filter(|line| line.starts_with(sign)).count();
    FilePatch {
        name: after.name,
        added: lines('+').saturating_sub(1),
        removed: lines('-').saturating_sub(1),
        patch,
    }
}
