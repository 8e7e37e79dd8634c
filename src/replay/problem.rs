//! Why a day cannot be lived.

use std::fmt;

use crate::import::Unreadable;
use crate::model::ModelError;
use crate::say::model as say;

/// Why a day cannot be lived.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// A file cannot be read, or nothing in it decides which object is the gateway's.
    Unreadable(Unreadable),
    /// Something in the files that the cluster needs is missing or wrong.
    Missing(String),
    /// An event does not fit the scenario.
    Event(String),
    /// The numbers allow no run.
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
