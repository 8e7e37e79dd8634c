//! Value that differs between two scenarios.

use crate::say::compare::NO_VALUE;

/// Value on both sides; a dash for a side without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Label of the value.
    pub label: String,
    /// Value before.
    pub before: String,
    /// Value after.
    pub after: String,
}

/// Value, or a dash for `None`.
pub(super) fn or_dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| NO_VALUE.to_owned())
}

impl Difference {
    /// Difference with a label; `None` becomes a dash.
    pub(super) fn new(
        label: impl Into<String>,
        before: Option<String>,
        after: Option<String>,
    ) -> Self {
        Self {
            label: label.into(),
            before: or_dash(before),
            after: or_dash(after),
        }
    }
}
