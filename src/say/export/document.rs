//! `scenario.json`.

/// Result of the check.
pub const CHECKED: &str = "Read back as it is";

/// Usage.
pub const NOTE: &str = "Every input, defaults included: kt-capacity estimate --scenario \
     scenario.json answers the same.";
