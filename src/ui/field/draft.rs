//! Draft: the text of a number while it is typed.

use leptos::prelude::*;

use super::super::store::{Field, ScenarioStore};
use crate::say::input;
use crate::scenario::number::{grouped, in_unit, meant};
use crate::scenario::property::{Entry, NumberProblem, Spec};

/// Text being typed, discarded when the scenario is replaced.
#[derive(Clone, PartialEq)]
struct Text {
    typed: String,
    /// Text without the commas inserted by the field.
    meant: String,
    epoch: u32,
}

/// Text and error of a number field.
///
/// The scenario only receives valid values in range. While the text is not fully readable, the
/// value from before typing stays: `5k/min` must not become 5,000 on the way.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    store: ScenarioStore,
    pub(super) spec: Spec,
    field: Field<Entry>,
    /// Unit next to the field, if different from the table's.
    unit: Option<Signal<String>>,
    id: StoredValue<String>,
    text: RwSignal<Option<Text>>,
    /// Value before typing, and the scenario's epoch then.
    kept: StoredValue<Option<(Entry, u32)>>,
    error: Memo<Option<NumberProblem>>,
}

impl Draft {
    pub(super) fn new(
        spec: Spec,
        field: Field<Entry>,
        unit: Option<Signal<String>>,
        id: String,
    ) -> Self {
        let store = expect_context::<ScenarioStore>();
        let text = RwSignal::new(None::<Text>);
        let error = Memo::new(move |_| {
            let draft = text.get().filter(|text| text.epoch == store.epoch.get())?;
            spec.read_typed(&draft.meant).err()
        });
        let id = StoredValue::new(id);
        on_cleanup(move || {
            // A removed row has no message.
            store
                .invalid
                .try_update(|invalid| id.try_with_value(|id| invalid.remove(id)));
        });
        Self {
            store,
            spec,
            field,
            unit,
            id,
            text,
            kept: StoredValue::new(None),
            error,
        }
    }

    /// Text in the field. A completed draft yields to a value set elsewhere.
    pub(super) fn shown(self) -> String {
        let entry = self.field.get.get();
        let epoch = self.store.epoch.get();
        let draft = self
            .text
            .get()
            .filter(|text| text.epoch == epoch)
            .filter(|text| {
                self.spec
                    .read_typed(&text.meant)
                    .map_or(true, |typed| typed == entry)
            });
        match (draft, entry.range) {
            (Some(draft), _) => draft.typed,
            (None, Some(range)) => range.shown(),
            (None, None) => entry.value.map_or_else(String::new, grouped),
        }
    }

    /// Whether the field has a range too long for a number's width.
    pub(super) fn is_long(self) -> bool {
        const ROOM: usize = 9;
        let range = self.field.get.get().range;
        range.is_some_and(|range| ROOM < range.shown().chars().count())
    }

    /// Current value.
    pub(super) fn value(self) -> f64 {
        self.field.get.get().value.unwrap_or_default()
    }

    /// Reason why the text is unusable, and the value used instead.
    pub(super) fn message(self) -> Option<String> {
        let problem = self.error.get()?;
        Some(input::refusal(&problem, self.field.get.get().value))
    }

    /// Begins typing: the current value stays until the text can be read.
    pub(super) fn begin(self) {
        let epoch = self.store.epoch.get_untracked();
        let entry = self.field.get.get_untracked();
        self.kept.set_value(Some((entry, epoch)));
    }

    /// Applies the typed text.
    pub(super) fn accept(self, text: String) {
        let meant = self.meant(&text);
        let parsed = self.spec.read_typed(&meant);
        let is_bad = parsed.is_err();
        self.store.invalid.update(|invalid| {
            self.id.with_value(|id| {
                if is_bad {
                    invalid.insert(id.clone())
                } else {
                    invalid.remove(id)
                }
            });
        });
        self.text.set(Some(Text {
            typed: text,
            meant,
            epoch: self.store.epoch.get_untracked(),
        }));
        let kept = self.kept();
        let entry = parsed.unwrap_or(kept);
        if entry != self.field.get.get_untracked() {
            self.field.set.run(entry);
        }
    }

    /// Value from before the current typing.
    fn kept(self) -> Entry {
        let epoch = self.store.epoch.get_untracked();
        if self.kept.get_value().is_none_or(|(_, of)| of != epoch) {
            self.begin();
        }
        let kept = self.kept.get_value();
        kept.map_or_else(|| self.field.get.get_untracked(), |(entry, _)| entry)
    }

    /// Meaning of a text that replaces the field's.
    fn meant(self, text: &str) -> String {
        let before = untrack(|| self.shown());
        let typed = self
            .text
            .get_untracked()
            .filter(|draft| draft.typed == before);
        // Commas inserted by the field have no meaning.
        let before_meant = typed.map_or_else(String::new, |draft| draft.meant);
        let meant = meant(&before, &before_meant, text);
        let unit = self.unit.map(|unit| unit.get_untracked());
        let unit = unit.as_deref().unwrap_or(self.spec.unit);
        in_unit(&meant, unit).unwrap_or(meant)
    }

    /// Steps to the next round value.
    pub(super) fn step(self, up: bool) -> bool {
        let value = self.field.get.get_untracked().value;
        if let Some(value) = value {
            self.accept(grouped(self.spec.step(value, up)));
        }
        value.is_some()
    }

    /// Ends typing; an invalid text stays.
    pub(super) fn finish(self) {
        if self.error.with_untracked(Option::is_none) {
            self.text.set(None);
            self.kept.set_value(None);
        }
    }
}
