//! `scenario.json`.

/// What was checked.
pub const CHECKED: &str = "Read back as it is";

/// What it is for.
pub const NOTE: &str = "Every input, defaults included: kt-capacity estimate --scenario \
     scenario.json answers the same.";
