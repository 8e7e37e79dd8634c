//! Lenses: one property each, as a pair of handles.

use leptos::prelude::*;

use super::ScenarioStore;
use crate::scenario::property::{Entry, Number};
use crate::scenario::{Provider, Scenario, Workload};

/// Editable property of the scenario, as a pair of `Copy` handles.
pub struct Field<T: Send + Sync + 'static> {
    /// Current value; notifies only when this property changes.
    pub get: Signal<T>,
    /// Writes the property back into the scenario.
    pub set: Callback<T>,
}

impl<T: Send + Sync + 'static> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Field<T> {}

impl ScenarioStore {
    /// Opens a lens on any property; `tag` names it for undo.
    pub fn field<T>(
        self,
        tag: &'static str,
        get: fn(&Scenario) -> T,
        set: fn(&mut Scenario, T),
    ) -> Field<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let write = move |value| self.edit(tag, |scenario| set(scenario, value));
        Field {
            get: self.slice(get).into(),
            set: Callback::new(write),
        }
    }

    /// Opens a lens on a number of the scenario.
    pub fn number(self, number: &'static Number<Scenario>) -> Field<Entry> {
        let write = move |entry| self.edit(number.key, |scenario| number.put(scenario, entry));
        Field {
            get: self.slice(move |scenario| number.entry(scenario)).into(),
            set: Callback::new(write),
        }
    }

    /// Opens a lens on a number of a workload.
    ///
    /// The view of a removed row may still read its value, so a missing row has no value and
    /// ignores writes.
    pub fn workload_number(self, id: u32, number: &'static Number<Workload>) -> Field<Entry> {
        let write = move |entry| {
            self.edit_workload(id, number.key, move |workload| {
                number.put(workload, entry);
            });
        };
        let get = self.slice(move |scenario| {
            let row = scenario.workload(id);
            row.map(|row| number.entry(row)).unwrap_or_default()
        });
        Field {
            get: get.into(),
            set: Callback::new(write),
        }
    }

    /// Opens a lens on a number of a provider.
    pub fn provider_number(self, id: u32, number: &'static Number<Provider>) -> Field<Entry> {
        let write = move |entry| {
            self.edit_provider(id, number.key, move |provider| {
                number.put(provider, entry);
            });
        };
        let get = self.slice(move |scenario| {
            let row = scenario.provider(id);
            row.map(|row| number.entry(row)).unwrap_or_default()
        });
        Field {
            get: get.into(),
            set: Callback::new(write),
        }
    }

    /// Changes a workload, if it still exists.
    pub fn edit_workload(self, id: u32, key: &str, change: impl FnOnce(&mut Workload)) {
        self.edit(&format!("w{id}-{key}"), |scenario| {
            if let Some(workload) = scenario.workload_mut(id) {
                change(workload);
            }
        });
    }

    /// Changes a provider, if it still exists.
    pub fn edit_provider(self, id: u32, key: &str, change: impl FnOnce(&mut Provider)) {
        self.edit(&format!("p{id}-{key}"), |scenario| {
            if let Some(provider) = scenario.provider_mut(id) {
                change(provider);
            }
        });
    }
}
