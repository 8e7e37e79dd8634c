//! A value that differs between two scenarios.

use crate::say::compare::NO_VALUE;

/// One value on both sides; a dash where a side has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its label.
    pub label: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A dash where there is no value.
pub(super) fn or_dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| NO_VALUE.to_owned())
}

impl Difference {
    /// A difference under its label; `None` becomes a dash.
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
