//! Tables each row of which is of one series, which it names: the long form of a panel.

/// What a column is called that names the series of a row.
const SERIES: [&str; 4] = ["series", "metric", "name", "field"];

/// The places of time, name and value in a header, in lower case, whose rows are of one series
/// each.
pub(crate) fn places(names: &[String]) -> Option<[usize; 3]> {
    let place = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    let found = [place(&["time"])?, place(&SERIES)?, place(&["value"])?];
    (names.len() == 3).then_some(found)
}
