//! The outcome of reading a text: its kinds, the scenario, and where each of its values went.

use std::fmt;

use super::kind::Kind;
use crate::scenario::Scenario;

/// Longer texts are not read.
pub(super) const LONGEST: usize = 1_000_000;
/// Most names of objects in a sentence.
const NAMES: usize = 20;

/// A text that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Kinds of its documents, in order.
    pub kinds: Vec<Kind>,
    /// Whether it carries the link of the scenario it was made from.
    pub is_ours: bool,
    /// The scenario with its values laid over.
    pub scenario: Scenario,
    /// Values that were taken, in the text's order.
    pub taken: Vec<Taken>,
    /// Values that the text leaves to its target, which fills them in.
    pub filled: Vec<Taken>,
    /// Parts that the calculator's own file of that kind says alike, and names.
    pub alike: Vec<Leftover>,
    /// Unused parts, each with the reason.
    pub left: Vec<Leftover>,
}

/// An input that a text decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The document, for example `Deployment gateway`.
    pub object: String,
    /// Where it stands there.
    pub place: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// Label of the input.
    pub label: String,
    /// The value with its unit.
    pub value: String,
    /// How it was read, or why it holds although the text does not say so.
    pub note: Option<String>,
}

/// An unused part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The document, for example `Deployment gateway`.
    pub object: String,
    /// Where it stands.
    pub place: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// Its value.
    pub value: Option<String>,
    /// Why it was not used.
    pub why: String,
}

impl Reading {
    /// A scenario that nothing was laid over yet.
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
    /// Without characters that a terminal would obey.
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

    /// Adds what further documents of the same text say.
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
    /// A place and the reason.
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

/// A text that could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// It exceeds the largest size.
    TooLong,
    /// It holds more objects than are looked through; how many those are.
    TooMany(usize),
    /// It is no text, or one that is nobody's configuration; what it is.
    NoText(String),
    /// It is a Helm template.
    Template,
    /// It is an overlay of Kustomize.
    Overlay,
    /// It is a JSON patch.
    Patch,
    /// It is neither YAML nor JSON; where and why.
    Syntax(String),
    /// It carries a file that cannot be read; its place and why.
    Carried(String),
    /// It is written for another tool, which has to run first; what it is and what to read instead.
    Source(String),
    /// It is of no known kind; its title.
    Unknown(String),
    /// It has the lists of a scenario, and no row with a key of one; the rows and their keys.
    Rows(Vec<String>),
    /// It is the head of a provider's answer; the limits in it.
    Headers(Vec<String>),
    /// It is a series of measured values.
    Series,
    /// It has an address that leads to no scenario.
    NoScenario,
    /// A link in it goes on in the next line.
    Cut,
    /// Several objects could be the gateway's: their noun and names.
    Several(&'static str, Vec<String>),
    /// There is no object of the name that was asked for; the names that there are.
    NoSuch(String, Vec<String>),
}

/// A name or a value of a file may hold anything.
fn clean(text: &mut String) {
    if text.contains(is_hidden) {
        *text = text.replace(is_hidden, "\u{fffd}");
    }
}

/// Whether a terminal obeys a character, or shows what stands around it in another order.
fn is_hidden(c: char) -> bool {
    let reorders =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || reorders || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

impl Unreadable {
    /// Without characters that a terminal would obey.
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

    /// The names among which the reader has to choose.
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
                "This is a JSON patch, which says what to change elsewhere: apply it first, with \
                 kubectl patch --dry-run=client -o yaml, and read the result",
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
