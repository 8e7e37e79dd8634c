//! The unreadable parts of a link.

use crate::scenario::property::{NumberProblem, Options};

/// A part of a link that could not be used.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A key this release does not know.
    UnknownKey(String),
    /// A value that is not allowed; the default is used instead.
    BadValue {
        /// The key.
        key: String,
        /// The value found.
        value: String,
        /// The allowed values.
        allowed: Allowed,
    },
    /// A workload whose requests cannot be used.
    RowLeftOut(String),
    /// A key that stands there more than once.
    Repeated(String),
    /// A model or tier that the catalogue does not have; it keeps its name.
    Unlisted {
        /// Whether it is a model or a tier.
        of_kind: Listed,
        /// Its name.
        name: String,
        /// The vendor or the model it would belong to.
        of: String,
        /// The known ones.
        known: Vec<&'static str>,
    },
    /// Written by a newer release.
    NewerVersion(String),
    /// Longer than anything the page writes.
    TooLong,
    /// More rows than the page takes.
    TooManyRows(Rows),
}

/// What may stand in the place of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Allowed {
    /// A number or a range, other than this one for the reason given.
    Number(NumberProblem),
    /// A value of a choice.
    Choice(Options),
    /// One of these words.
    Words(Vec<&'static str>),
    /// One of these parts of the scenario.
    Losses(Vec<String>),
    /// A count of months.
    Months,
    /// A version of the link that this release knows.
    Versions,
}

/// A kind of name that the catalogue lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// A model of a vendor.
    Model,
    /// A tier of a model.
    Tier,
}

/// A kind of row that a scenario may have many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Workloads.
    Workloads,
    /// Providers.
    Providers,
}

impl Notice {
    /// Whether it only advises: everything was read.
    pub fn is_advice(&self) -> bool {
        matches!(self, Self::Unlisted { .. })
    }
}
