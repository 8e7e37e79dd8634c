//! Facts of a document about the scenario, with their places.

use super::target::Target;
use super::value::{allowed, amount};
use crate::say::input;
use crate::scenario::number::grouped;
use crate::scenario::property::{Choice, HPA_MAX, HPA_MIN, Number};
use crate::scenario::{Provider, Scenario};

/// All facts of a document.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) values: Vec<Fact>,
    /// Providers of a pack or another gateway, in its order.
    pub(super) targets: Vec<Target>,
    /// Numbers for existing providers.
    pub(super) rows: Vec<RowFact>,
    /// Places understood, including those of facts and targets.
    pub(super) understood: Vec<String>,
    /// Places understood but unused, with the reason.
    pub(super) unused: Vec<(String, String)>,
    /// Noun and names for a choice that only the user can make.
    pub(super) ask: Option<(&'static str, Vec<String>)>,
}

/// Value for the scenario.
#[derive(Clone)]
pub(super) struct Fact {
    pub(super) path: String,
    said: Said,
    /// Reason for a value not in the file.
    pub(super) because: Option<String>,
    /// Further note on the value.
    pub(super) note: Option<String>,
    /// Part of the value that stands at this path, if others have the rest.
    pub(super) part: Option<String>,
}

#[derive(Clone)]
enum Said {
    Number(&'static Number<Scenario>, Option<f64>),
    Word(&'static Choice<Scenario>, String),
    /// Input in the file that cannot be read, with the reason.
    Unread(Of, String),
    /// Target's own value without a scenario field, or a further part of another value.
    Beside(&'static str, String),
}

/// Input of the scenario.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Number(&'static Number<Scenario>),
    Choice(&'static Choice<Scenario>),
}

impl Of {
    const fn key(self) -> &'static str {
        match self {
            Self::Number(number) => number.key,
            Self::Choice(choice) => choice.key,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Number(number) => number.label,
            Self::Choice(choice) => choice.title,
        }
    }

    /// Value kept by the scenario if the new one is rejected.
    fn stands(self, scenario: &Scenario) -> String {
        match self {
            Self::Number(number) => stands((number.get)(scenario), number.unit),
            Self::Choice(choice) => match (choice.get)(scenario) {
                Some(word) if !word.is_empty() => format!("it stays {word}"),
                _ => "it stays empty".to_owned(),
            },
        }
    }
}

/// Words on the value kept if the new one is rejected.
pub(super) fn stands(value: Option<f64>, unit: &str) -> String {
    match value {
        Some(value) => ["it stays ", &amount(value, unit)].concat(),
        None => "it stays empty".to_owned(),
    }
}

/// Number of a provider.
#[derive(Clone)]
pub(super) struct RowFact {
    pub(super) path: String,
    /// Name of the provider among the targets; `None` for every provider.
    pub(super) provider: Option<String>,
    pub(super) number: &'static Number<Provider>,
    pub(super) value: f64,
    /// Derivation of the value.
    pub(super) note: String,
}

impl PartialEq for RowFact {
    fn eq(&self, other: &Self) -> bool {
        let key = |one: &Self| (one.provider.clone(), one.number.key, one.value.to_bits());
        key(self) == key(other)
    }
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        match (&self.said, &other.said) {
            (Said::Number(one, a), Said::Number(two, b)) => {
                let bits = |value: &Option<f64>| value.map(f64::to_bits);
                one.key == two.key && bits(a) == bits(b)
            }
            (Said::Word(one, a), Said::Word(two, b)) => one.key == two.key && a == b,
            _ => false,
        }
    }
}

impl Fact {
    /// Appends to the note on the value.
    pub(super) fn remark(&mut self, told: &str) {
        match self.because.as_mut().or(self.note.as_mut()) {
            Some(before) => *before = format!("{before}; {told}"),
            None => self.note = Some(told.to_owned()),
        }
    }

    /// Key of the input, if the scenario has one.
    pub(super) fn key(&self) -> Option<&'static str> {
        match self.said {
            Said::Number(number, _) => Some(number.key),
            Said::Word(choice, _) => Some(choice.key),
            Said::Unread(..) | Said::Beside(..) => None,
        }
    }

    /// Scenario number of the fact, if any.
    pub(super) fn number(&self) -> Option<f64> {
        match self.said {
            Said::Number(_, value) => value,
            _ => None,
        }
    }

    /// Label of the input.
    pub(super) fn label(&self) -> &'static str {
        match self.said {
            Said::Number(number, _) => number.label,
            Said::Word(choice, _) => choice.title,
            Said::Unread(of, _) => of.label(),
            Said::Beside(label, _) => label,
        }
    }

    /// Value in words, with its unit.
    pub(super) fn shown(&self) -> String {
        match &self.said {
            Said::Word(..) if let Some(part) = &self.part => part.clone(),
            Said::Number(_, None) => "none".to_owned(),
            Said::Number(number, Some(value)) => amount(*value, number.unit),
            Said::Word(_, word) if word.is_empty() => "none".to_owned(),
            Said::Word(_, word) => word.clone(),
            Said::Unread(..) => String::new(),
            Said::Beside(_, text) => text.clone(),
        }
    }

    /// Whether the scenario already has this value.
    pub(super) fn holds_in(&self, scenario: &Scenario) -> bool {
        match &self.said {
            Said::Number(number, value) => {
                let bits = |value: Option<f64>| value.map(f64::to_bits);
                bits((number.get)(scenario)) == bits(*value)
            }
            Said::Word(choice, word) => (choice.get)(scenario).unwrap_or_default() == *word,
            Said::Unread(..) | Said::Beside(..) => true,
        }
    }

    /// Whether the value is an explicit "none".
    pub(super) fn is_nothing(&self) -> bool {
        match &self.said {
            Said::Number(_, value) => value.is_none(),
            Said::Word(_, word) => word.is_empty(),
            Said::Unread(..) | Said::Beside(..) => false,
        }
    }

    /// Writes the value into the scenario.
    ///
    /// # Errors
    ///
    /// The allowed values.
    pub(super) fn put(&self, scenario: &mut Scenario) -> Result<(), String> {
        match &self.said {
            Said::Number(number, None) => (number.set)(scenario, None),
            Said::Number(number, Some(value)) => {
                let value = number.spec().check(*value);
                let value = value.map_err(|_| allowed(number))?;
                (number.set)(scenario, Some(value));
            }
            Said::Word(choice, word) => {
                let read = choice.read(scenario, word);
                return read.map_err(|options| {
                    format!("{} takes {}", choice.title, input::options(&options))
                });
            }
            Said::Unread(_, why) => return Err(why.clone()),
            Said::Beside(..) => {}
        }
        Ok(())
    }

    /// Scenario's value of the input, kept if this one is rejected.
    pub(super) fn stands(&self, scenario: &Scenario) -> String {
        match &self.said {
            Said::Number(number, _) => Of::Number(number).stands(scenario),
            Said::Word(choice, _) => Of::Choice(choice).stands(scenario),
            Said::Unread(of, _) => of.stands(scenario),
            Said::Beside(..) => String::new(),
        }
    }
}

impl Facts {
    /// Records a scenario number found at a path.
    pub(super) fn number(&mut self, path: String, number: &'static Number<Scenario>, value: f64) {
        self.understood.push(path.clone());
        self.say(path, Said::Number(number, Some(value)), None);
    }

    /// Records a scenario number that cannot be read at its path.
    pub(super) fn refused(&mut self, path: impl Into<String>, number: &'static Number<Scenario>) {
        self.unread(path, Of::Number(number), allowed(number));
    }

    /// Records an unreadable input with a reason.
    pub(super) fn unread(&mut self, path: impl Into<String>, of: Of, why: impl Into<String>) {
        let path = path.into();
        self.understood.push(path.clone());
        self.say(path, Said::Unread(of, why.into()), None);
    }

    /// Reports a maximum below the minimum at its place, with the bound that applies.
    pub(super) fn check_bounds(&mut self, least: &str, refuser: &str) {
        let of = |number: &Number<Scenario>| {
            let mut facts = self.values.iter();
            facts.find(|fact| fact.key() == Some(number.key))
        };
        let [Some(low), Some(high)] = [&HPA_MIN, &HPA_MAX].map(|bound| of(bound)?.number()) else {
            return;
        };
        if low <= high {
            return;
        }
        let told = format!(
            "is below {least}, {}, which {refuser} refuses; the plan runs as many as the minimum",
            grouped(low)
        );
        let mut facts = self.values.iter_mut();
        if let Some(fact) = facts.find(|fact| fact.key() == Some(HPA_MAX.key)) {
            fact.remark(&told);
        }
    }

    /// Records a scenario number with a note.
    pub(super) fn noted(
        &mut self,
        path: String,
        number: &'static Number<Scenario>,
        value: f64,
        note: impl Into<String>,
    ) {
        self.number(path, number, value);
        if let Some(fact) = self.values.last_mut() {
            fact.note = Some(note.into());
        }
    }

    /// Records a choice found at a path.
    pub(super) fn word(
        &mut self,
        path: String,
        choice: &'static Choice<Scenario>,
        word: impl Into<String>,
    ) {
        self.understood.push(path.clone());
        self.say(path, Said::Word(choice, word.into()), None);
    }

    /// Records a further part of a value from another path.
    pub(super) fn also(&mut self, path: String, label: &'static str, value: String) {
        self.understood.push(path.clone());
        self.say(path, Said::Beside(label, value), None);
    }

    /// Records a number that the file's target fills in or omits by default.
    pub(super) fn filled(
        &mut self,
        path: impl Into<String>,
        number: &'static Number<Scenario>,
        value: Option<f64>,
        because: impl Into<String>,
    ) {
        let said = Said::Number(number, value);
        self.say(path.into(), said, Some(because.into()));
    }

    /// Records a choice that the file's target makes by default.
    pub(super) fn filled_word(
        &mut self,
        path: impl Into<String>,
        choice: &'static Choice<Scenario>,
        word: &str,
        because: impl Into<String>,
    ) {
        let said = Said::Word(choice, word.to_owned());
        self.say(path.into(), said, Some(because.into()));
    }

    /// Records a default of the file's target without a scenario field.
    pub(super) fn beside(
        &mut self,
        path: impl Into<String>,
        label: &'static str,
        value: impl Into<String>,
        because: impl Into<String>,
    ) {
        let said = Said::Beside(label, value.into());
        self.say(path.into(), said, Some(because.into()));
    }

    fn say(&mut self, path: String, said: Said, because: Option<String>) {
        self.values.push(Fact {
            path,
            said,
            because,
            note: None,
            part: None,
        });
    }

    /// Reads facts whose places are mapped to others in this file.
    pub(super) fn moved(&mut self, read: impl FnOnce(&mut Self), place: impl Fn(&str) -> String) {
        let mut inner = Self::default();
        read(&mut inner);
        for fact in &mut inner.values {
            fact.path = place(&fact.path);
        }
        self.values.extend(inner.values);
        let understood = inner.understood.iter().map(|path| place(path));
        self.understood.extend(understood);
        let unused = inner.unused.into_iter();
        self.unused
            .extend(unused.map(|(path, why)| (place(&path), why)));
    }

    /// Whether a line decides the input or tries to.
    pub(super) fn says(&self, number: &Number<Scenario>) -> bool {
        let mut values = self.values.iter();
        let is_said = |fact: &Fact| fact.because.is_none() && fact.key() == Some(number.key);
        self.tries(number.key) || values.any(is_said)
    }

    /// Whether a line has an unreadable value for the input.
    pub(super) fn tries(&self, key: &str) -> bool {
        let mut values = self.values.iter();
        values.any(|fact| matches!(fact.said, Said::Unread(of, _) if of.key() == key))
    }

    /// Records a known value that is not used.
    pub(super) fn unused(&mut self, path: impl Into<String>, why: impl Into<String>) {
        self.unused.push((path.into(), why.into()));
    }
}
