//! The words that open a block of Terraform.

/// Blocks at the top of a module.
const BLOCKS: [&str; 14] = [
    "resource",
    "module",
    "variable",
    "locals",
    "data",
    "provider",
    "terraform",
    "output",
    "moved",
    "import",
    "check",
    "removed",
    "ephemeral",
    "action",
];

/// Whether a line of a text opens a block of a module.
pub(super) fn is_one(text: &str) -> bool {
    text.lines().any(|line| {
        let mut rests = BLOCKS.iter().filter_map(|word| line.strip_prefix(word));
        let opens = |rest: &str| rest.starts_with(['"', '{']) && rest.contains('{');
        rests.any(|rest| opens(rest.trim_start()))
    })
}

/// Whether a word opens a block at the top.
pub(super) fn is_block(word: &str) -> bool {
    BLOCKS.contains(&word)
}
