//! Result of reading a text: kinds, scenario, and the outcome of each value.

use std::fmt;

use super::kind::Kind;
use crate::scenario::Scenario;

/// Maximum length of a text, in bytes.
pub(super) const LONGEST: usize = 1_000_000;
/// Maximum number of object names in a sentence.
const NAMES: usize = 20;

/// Text that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Kinds of the documents, in order.
    pub kinds: Vec<Kind>,
    /// Whether the text has the link of the scenario it was made from.
    pub is_ours: bool,
    /// Scenario with the values of the text.
    pub scenario: Scenario,
    /// Values taken, in the order of the text.
    pub taken: Vec<Taken>,
    /// Defaults that the text leaves to its target.
    pub filled: Vec<Taken>,
    /// Names, and parts equal to the calculator's own file of that kind.
    pub alike: Vec<Leftover>,
    /// Unused parts, each with the reason.
    pub left: Vec<Leftover>,
}

/// Input decided by a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Document, for example `Deployment gateway`.
    pub object: String,
    /// Path in the document.
    pub place: String,
    /// Line number, from 1.
    pub line: Option<usize>,
    /// Label of the input.
    pub label: String,
    /// Value with its unit.
    pub value: String,
    /// Note on the conversion, or the reason for a value not in the text.
    pub note: Option<String>,
}

/// Unused part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Document, for example `Deployment gateway`.
    pub object: String,
    /// Path in the document.
    pub place: String,
    /// Line number, from 1.
    pub line: Option<usize>,
    /// Value of the part.
    pub value: Option<String>,
    /// Reason why the part was not used.
    pub why: String,
}

impl Reading {
    /// Reading of a scenario without any values yet.
    pub(super) fn of(kind: Option<Kind>, scenario: Scenario) -> Self {
        Self {
            kinds: kind.into_iter().collect(),
            is_ours: false,
            scenario,
            taken: Vec::new(),
            filled: Vec::new(),
            alike: Vec::new(),
            left: Vec::new(),
        }
    }
}

impl Reading {
    /// Reading without terminal control characters.
    pub(super) fn printable(mut self) -> Self {
        for taken in self.taken.iter_mut().chain(&mut self.filled) {
            let own = [&mut taken.object, &mut taken.place, &mut taken.value];
            own.into_iter().chain(&mut taken.note).for_each(clean);
        }
        for left in self.left.iter_mut().chain(&mut self.alike) {
            let own = [&mut left.object, &mut left.place, &mut left.why];
            own.into_iter().chain(&mut left.value).for_each(clean);
        }
        self
    }

    /// Adds the reading of further documents of the text.
    pub(super) fn add(&mut self, more: Self) {
        self.kinds.extend(more.kinds);
        self.scenario = more.scenario;
        self.taken.extend(more.taken);
        self.filled.extend(more.filled);
        self.alike.extend(more.alike);
        self.left.extend(more.left);
    }
}

impl Leftover {
    /// Leftover with a path and a reason.
    pub(super) fn new(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            object: String::new(),
            place: place.into(),
            line: None,
            value: None,
            why: why.into(),
        }
    }
}

/// Text that could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// The text is empty.
    Empty,
    /// The text exceeds the maximum size.
    TooLong,
    /// The text has too many objects; their number.
    TooMany(usize),
    /// The contents are not text or not a configuration; what they are.
    NoText(String),
    /// The text is a Helm template.
    Template,
    /// The text is a Kustomize overlay.
    Overlay,
    /// The text is a patch of objects.
    Patch,
    /// The text is neither YAML nor JSON; place and reason.
    Syntax(String),
    /// A carried file cannot be read; its place and the reason.
    Carried(String),
    /// The text is source for a tool that has to run first; what it is and what to read instead.
    Source(String),
    /// The kind is unknown; title of the document.
    Unknown(String),
    /// The text has a scenario's lists, but no row with a known key; the rows and their keys.
    Rows(Vec<String>),
    /// The text is the header of a provider's response; the limits in it.
    Headers(Vec<String>),
    /// The text is a series of measurements.
    Series,
    /// The text has an address that leads to no scenario.
    NoScenario,
    /// A link is cut off at the line end.
    Cut,
    /// Several objects may be the gateway's: noun and names.
    Several(&'static str, Vec<String>),
    /// No object has the requested name; the known names.
    NoSuch(String, Vec<String>),
}

/// Replaces hidden characters; names and values in a file may have any.
fn clean(text: &mut String) {
    if text.contains(is_hidden) {
        *text = text.replace(is_hidden, "\u{fffd}");
    }
}

/// Whether a terminal obeys a character or reorders text around it.
fn is_hidden(c: char) -> bool {
    let reorders =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || reorders || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

impl Unreadable {
    /// Error without terminal control characters.
    pub(super) fn printable(mut self) -> Self {
        match &mut self {
            Self::NoText(text)
            | Self::Syntax(text)
            | Self::Carried(text)
            | Self::Source(text)
            | Self::Unknown(text) => clean(text),
            Self::Several(_, names) | Self::Rows(names) | Self::Headers(names) => {
                names.iter_mut().for_each(clean);
            }
            Self::NoSuch(name, names) => {
                clean(name);
                names.iter_mut().for_each(clean);
            }
            _ => {}
        }
        self
    }

    /// Names that the user has to choose from.
    pub fn names(&self) -> &[String] {
        match self {
            Self::Several(_, names) => names,
            _ => &[],
        }
    }
}

fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMES);
    let text = names[..names.len().min(NAMES)].join(", ");
    if 0 < more {
        format!("{text} and {more} more")
    } else {
        text
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KINDS: &str = "Paste a policy pack, an HPA, a ScaledObject, a Deployment, Helm \
                             values, a database block, the configuration of another gateway, a \
                             scenario.json, a link, or a kt capacity estimate line";
        match self {
            Self::Empty => f.write_str(KINDS),
            Self::TooLong => write!(f, "This is longer than {LONGEST} characters. {KINDS}"),
            Self::TooMany(most) => {
                write!(
                    f,
                    "This holds more than {most} objects: paste the gateway's own"
                )
            }
            Self::Cut => f.write_str(
                "A line's end cuts the link in this: paste the link alone and in one piece",
            ),
            Self::NoText(what) => write!(f, "This is {what}. {KINDS}"),
            Self::Template => f.write_str(
                "This is a Helm template: render it first, with helm template RELEASE CHART, and \
                 read the result",
            ),
            Self::Overlay => f.write_str(
                "This is a Kustomization, which says what to change elsewhere: build it first, \
                 with kubectl kustomize DIR, and read the result",
            ),
            Self::Patch => f.write_str(
                "This is a patch, which says what to change elsewhere: apply it first, with \
                 kubectl kustomize DIR or kubectl patch --dry-run=client -o yaml, and read the \
                 result",
            ),
            Self::Syntax(problem) => write!(f, "This is neither YAML nor JSON: {problem}"),
            Self::Carried(problem) => write!(f, "A file in this cannot be read: {problem}"),
            Self::Source(what) => write!(f, "This is {what}"),
            Self::Unknown(what) => write!(f, "{what} says nothing this calculator models. {KINDS}"),
            Self::Rows(rows) => write!(
                f,
                "No row of this scenario can be read: {}. A row of providers says who it is, as \
                 in provider: openai; a row of workloads says its load, as in requests: 50000",
                listed(rows)
            ),
            Self::Headers(limits) => write!(
                f,
                "This is the head of a provider's answer, and does not say over which time its \
                 limits count: {}. Type them into the row of the provider that sent them",
                listed(limits)
            ),
            Self::Series => f.write_str(
                "This is usage data. Read it alone, or by kt-capacity fit; limits in it go into \
                 the provider's row",
            ),
            Self::NoScenario => f.write_str(
                "This address holds no scenario: paste the link as the page's “Share…” gives it, \
                 with everything after its #",
            ),
            Self::Several(noun, names) => write!(
                f,
                "Nothing says which of these {noun} is the gateway's: {}. Choose one",
                listed(names)
            ),
            Self::NoSuch(name, names) => {
                write!(f, "There is no {name} in this; there is {}", listed(names))
            }
        }
    }
}
