//! Views in separate program parts, loaded on demand.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::say::page::wanted as say;

/// Part being loaded: its views, or `None` on failure.
pub(super) type Loading<V> = Pin<Box<dyn Future<Output = Option<V>>>>;

/// Views of a part, once loaded.
#[derive(Clone, Copy)]
pub(super) struct Wanted<V: Send + Sync + 'static> {
    views: RwSignal<Option<V>>,
    is_failed: RwSignal<bool>,
    is_asked: StoredValue<bool>,
    load: fn() -> Loading<V>,
}

impl<V: Copy + Send + Sync + 'static> Wanted<V> {
    /// Part not requested yet.
    pub(super) fn new(load: fn() -> Loading<V>) -> Self {
        Self {
            views: RwSignal::new(None),
            is_failed: RwSignal::new(false),
            is_asked: StoredValue::new(false),
            load,
        }
    }

    /// Loads the part, once.
    pub(super) fn ask(self) {
        if !self.is_asked.get_value() {
            self.is_asked.set_value(true);
            self.load();
        }
    }

    /// Views, or `None` until loaded.
    pub(super) fn get(self) -> Option<V> {
        self.views.get()
    }

    /// Message for a failed load, with a retry button.
    pub(super) fn failure(self, what: &'static str) -> impl IntoView {
        move || {
            self.is_failed.get().then(|| {
                view! {
                    <p class="status status--warn" role="status">
                        {what} " "
                        <button
                            class="button button--small"
                            type="button"
                            on:click=move |_| self.load()
                        >
                            {say::AGAIN}
                        </button>
                    </p>
                }
            })
        }
    }

    fn load(self) {
        self.is_failed.set(false);
        let loading = (self.load)();
        spawn_local(async move {
            match loading.await {
                Some(views) => drop(self.views.try_set(Some(views))),
                None => drop(self.is_failed.try_set(true)),
            }
        });
    }
}
