//! The bar that leads to the sections of the answers.

/// The name of the bar.
pub(crate) const SECTIONS: &str = "Sections";

/// Id of each section’s title, and the label of the way to it.
pub(crate) const WAYS: [(&str, &str); 5] = [
    ("verdict", "Answer"),
    ("day", "Day"),
    ("findings", "Risks"),
    ("files", "Files"),
    ("numbers", "Numbers"),
];
