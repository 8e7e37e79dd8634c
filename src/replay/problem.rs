//! Reasons why a day cannot be simulated.

use std::fmt;

use crate::import::Unreadable;
use crate::model::ModelError;
use crate::say::model as say;

/// Reason why a day cannot be simulated.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// A file cannot be read, or the choice of the gateway's object is open.
    Unreadable(Unreadable),
    /// A part of the files that the cluster needs is missing or wrong.
    Missing(String),
    /// An event does not fit the scenario.
    Event(String),
    /// The configuration allows no run.
    Model(ModelError),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "{why}"),
            Self::Missing(what) | Self::Event(what) => f.write_str(what),
            Self::Model(error) => f.write_str(&say::message(error)),
        }
    }
}
