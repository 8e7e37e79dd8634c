//! Unusable parts of a link.

use crate::scenario::property::{NumberProblem, Options};

/// A part of a link that could not be used.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A key this release does not know.
    UnknownKey(String),
    /// A value that is not allowed and is replaced by the default.
    BadValue {
        /// The key.
        key: String,
        /// The value found.
        value: String,
        /// Allowed values.
        allowed: Allowed,
    },
    /// A workload whose requests cannot be used.
    RowLeftOut {
        /// Its name.
        name: String,
        /// Whether the default workload stands for it, since no other row is left.
        is_last: bool,
    },
    /// A key that stands there more than once, with the value that counts.
    Repeated {
        /// The key.
        key: String,
        /// The value taken.
        value: String,
        /// Whether the first one counts, and not the last one that can be used.
        is_first: bool,
    },
    /// A model or tier missing in the catalogue; it keeps its name.
    Unlisted {
        /// Whether it is a model or a tier.
        of_kind: Listed,
        /// Name of the model or tier.
        name: String,
        /// The vendor or model that it should belong to.
        of: String,
        /// Known names.
        known: Vec<&'static str>,
    },
    /// Written by a newer release.
    NewerVersion(String),
    /// Longer than any link of the page.
    TooLong,
    /// More rows than the page accepts.
    TooManyRows(Rows),
}

/// Allowed content in place of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Allowed {
    /// A number or a range, except for the given problem.
    Number(NumberProblem),
    /// A value of a choice.
    Choice(Options),
    /// One of these words.
    Words(Vec<&'static str>),
    /// A part of the scenario that may be lost.
    Losses(Vec<String>),
    /// A number of months.
    Months,
    /// A link version that this release knows.
    Versions,
}

/// Kind of name that the catalogue lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// A model of a vendor.
    Model,
    /// A tier of a model.
    Tier,
}

/// Kind of row that may occur many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Workloads.
    Workloads,
    /// Providers.
    Providers,
}

impl Notice {
    /// Whether it is advice only, and everything was read.
    pub fn is_advice(&self) -> bool {
        matches!(self, Self::Unlisted { .. })
    }
}
