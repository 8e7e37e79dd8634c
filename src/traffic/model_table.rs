//! Names of models, each stored once.

use std::collections::HashMap;

use super::shown::{base_model, is_private, is_sentence};

/// Maximum distinct names; later ones count as the unknown model.
const MOST: usize = 2_000;

/// A model's name without its ARN, which contains an account number, without a query, which may
/// contain a key, and without what its owner named it.
fn without_account(model: &str) -> &str {
    let model = base_model(model);
    // Formulas have quoted texts, which are not cut.
    let model = match model.split_once('?') {
        Some((before, _)) if !before.contains('"') => before,
        _ => model,
    };
    if !model.contains("arn:") {
        return model;
    }
    let (_, last) = model.rsplit_once('/').unwrap_or(("", model));
    if last.contains("arn:") { "" } else { last }
}

/// Names of models by number. Number 0 is the unknown model.
#[derive(Debug, Clone, Default)]
pub(crate) struct ModelTable {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl ModelTable {
    /// Number of a model's name; a sentence is none.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        let is_known = self.numbers.contains_key(name);
        if !is_known && is_sentence(name) {
            return 0;
        }
        self.of_name(name)
    }

    /// Number of a name, stored without account numbers. An email address or a key is no name of a
    /// model or a provider.
    pub(crate) fn of_name(&mut self, name: &str) -> u32 {
        let name = name.trim_ascii();
        if name.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let shown = without_account(name);
        if shown.len() < name.len() {
            let number = self.of_name(shown);
            if self.numbers.len() < 2 * MOST {
                self.numbers.insert(name.to_owned(), number);
            }
            return number;
        }
        if MOST <= self.names.len() || is_private(name) {
            return 0;
        }
        self.names.push(name.to_owned());
        let number = u32::try_from(self.names.len()).unwrap_or(0);
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// Name of a number; `None` for the unknown model.
    pub(crate) fn name(&self, number: u32) -> Option<&str> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.names.get(at).map(String::as_str)
    }
}
