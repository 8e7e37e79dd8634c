//! The outcome of reading a text: its kinds, the scenario, and the unused rest.

use std::fmt;

use crate::scenario::Scenario;

/// Longer texts are not read.
pub(super) const LONGEST: usize = 1_000_000;

/// The kind of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The gateway's pack.
    Pack,
    /// A `HorizontalPodAutoscaler`.
    Autoscaler,
    /// A `ScaledObject` of KEDA.
    ScaledObject,
    /// A Deployment of the gateway.
    Deployment,
    /// A `ConfigMap` with the API's settings.
    Settings,
    /// The API's database block.
    Database,
    /// `scenario.json`.
    Scenario,
    /// A link of this calculator.
    Link,
    /// `kt capacity estimate …`.
    Command,
}

impl Kind {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pack => "policy pack",
            Self::Autoscaler => "HorizontalPodAutoscaler",
            Self::ScaledObject => "KEDA ScaledObject",
            Self::Deployment => "Deployment",
            Self::Settings => "ConfigMap with API settings",
            Self::Database => "database block",
            Self::Scenario => "scenario file",
            Self::Link => "link to a scenario",
            Self::Command => "kt command line",
        }
    }
}

/// A text that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Kinds of its documents, in order.
    pub kinds: Vec<Kind>,
    /// Whether it carries the link of the scenario it was made from.
    pub is_ours: bool,
    /// The scenario with its values laid over.
    pub scenario: Scenario,
    /// Unused parts, each with the reason.
    pub left: Vec<Leftover>,
}

/// An unused part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Where it stands.
    pub place: String,
    /// Why it was not used.
    pub why: String,
}

impl Leftover {
    /// A place and the reason.
    pub(super) fn new(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            why: why.into(),
        }
    }
}

/// A text that could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// It exceeds the largest size.
    TooLong,
    /// It is neither YAML nor JSON; where and why.
    Syntax(String),
    /// It is of no known kind; its title.
    Unknown(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KINDS: &str = "Paste a policy pack, an HPA, a ScaledObject, a Deployment, a database \
                             block, a scenario.json, a link, or a kt capacity estimate line";
        match self {
            Self::Empty => f.write_str(KINDS),
            Self::TooLong => write!(f, "This is longer than {LONGEST} characters. {KINDS}"),
            Self::Syntax(problem) => write!(f, "This is neither YAML nor JSON: {problem}"),
            Self::Unknown(what) => write!(f, "{what} says nothing this calculator models. {KINDS}"),
        }
    }
}
