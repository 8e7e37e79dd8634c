//! The parts of the page that follow a change one after the other.
//!
//! All of them together take longer than a key may wait on a slow phone. So each has a copy
//! of the state that follows in a task of its own, and between two tasks the browser takes
//! the next key and paints.

use std::collections::VecDeque;

use leptos::context::Provider;
use leptos::prelude::*;

use super::result::LATER;
use super::store::ScenarioStore;
use super::when_idle;

/// The parts that have still to follow, shared through context.
#[derive(Clone, Copy)]
struct Turns(StoredValue<VecDeque<Callback<()>>>);

/// Provides the order in which parts follow.
pub(super) fn provide_turns() {
    provide_context(Turns(StoredValue::new(VecDeque::new())));
}

impl Turns {
    /// Gives a part its turn after those that wait already.
    fn wait(self, part: Callback<()>) {
        self.0.update_value(|waiting| waiting.push_back(part));
        if self.0.with_value(VecDeque::len) == 1 {
            tell(true);
            self.go_on();
        }
    }

    fn go_on(self) {
        let next = move || {
            if let Some(part) = self.0.with_value(|waiting| waiting.front().copied()) {
                part.try_run(()); // it may be gone by now
            }
            let is_last = self.0.try_update_value(|waiting| {
                waiting.pop_front();
                waiting.is_empty()
            });
            if is_last.unwrap_or(true) {
                tell(false);
            } else {
                self.go_on();
            }
        };
        when_idle(next);
    }
}

/// Says whether something on the page is still behind.
fn tell(is_behind: bool) {
    let Some(later) = document().get_element_by_id(LATER) else {
        return;
    };
    drop(if is_behind {
        later.set_attribute("aria-busy", "true")
    } else {
        later.remove_attribute("aria-busy")
    });
}

/// A part of the page that follows a change when its turn comes.
#[component]
pub(super) fn InTurn(
    /// What follows.
    children: Children,
) -> impl IntoView {
    let whole = expect_context::<ScenarioStore>();
    let Some(turns) = use_context::<Turns>() else {
        return children().into_any(); // drawn ahead: nothing follows
    };
    let part = whole.copy();
    let is_waiting = StoredValue::new(false);
    let follow = Callback::new(move |()| {
        is_waiting.try_set_value(false);
        part.take(whole.with_untracked(Clone::clone));
    });
    Effect::new(move |_| {
        let is_behind = whole.with(|now| part.with_untracked(|own| own != now));
        if is_behind && !is_waiting.get_value() {
            is_waiting.set_value(true);
            turns.wait(follow);
        }
    });
    view! { <Provider value=part>{children()}</Provider> }.into_any()
}
