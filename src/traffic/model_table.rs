//! The names of models, each kept once.

use std::collections::HashMap;

use super::shown::is_private;

/// The most names that are told apart; later ones are the unknown model's.
const MOST: usize = 2_000;

/// The name of a model without the ARN before it, which has the number of an account, and without
/// the query behind it, which may have a key.
fn without_account(model: &str) -> &str {
    // A formula has its texts between marks, which are not cut.
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

/// Names of models and their numbers. Number 0 is the unknown model.
#[derive(Debug, Clone, Default)]
pub(crate) struct ModelTable {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl ModelTable {
    /// The number of a name, which is kept without the number of an account. Who writes a mail
    /// address or a key there has named no model.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        let name = name.trim_ascii();
        if name.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let shown = without_account(name);
        if shown.len() < name.len() {
            let number = self.number(shown);
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

    /// The name of a number; `None` for the unknown model.
    pub(crate) fn name(&self, number: u32) -> Option<&str> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.names.get(at).map(String::as_str)
    }
}
