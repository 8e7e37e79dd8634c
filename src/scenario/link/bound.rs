//! Bounds of the format: its version, and the largest text, rows and names.

/// The newest version. Versions differ in the providers of a link that names none.
pub const VERSION: u32 = 2;
/// Longer links from outside are read up to here, in bytes: twice what the most workloads and
/// providers take with limits of their own.
pub const LONGEST: usize = 131_072;
/// Most workloads and most providers a scenario may have.
pub const MOST_ROWS: usize = 200;
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 120;

/// A name as links carry it: without control characters and of bounded length.
pub fn clean_name(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect()
}
