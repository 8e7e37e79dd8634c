//! Navigation between the sections.

/// Label of the navigation.
pub(crate) const SECTIONS: &str = "Sections";

/// Id of each section’s title, and label of its link.
pub(crate) const WAYS: [(&str, &str); 5] = [
    ("verdict", "Answer"),
    ("day", "Day"),
    ("findings", "Risks"),
    ("files", "Files"),
    ("numbers", "Numbers"),
];
