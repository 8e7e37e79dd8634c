//! Bounds of the format: version, and maximum length, rows and names.

/// Latest version. Versions differ in the default providers.
pub const VERSION: u32 = 2;
/// Maximum length of links from outside that is read, bytes: twice that of the maximum number of
/// workloads and providers with limits of their own.
pub const LONGEST: usize = 131_072;
/// Maximum number of workloads, and of providers.
pub const MOST_ROWS: usize = 200;
/// Maximum length of a name, characters.
pub const LONGEST_NAME: usize = 120;

/// A name as in links: without control characters, and of bounded length.
pub fn clean_name(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect()
}
