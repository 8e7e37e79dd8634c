//! Crosshair shared by all charts of the day: moved by pointer or keys, with a readout.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;

use crate::say::page::chart::clock;
use crate::say::page::reading as say;

/// Readout of a chart at a minute of the day.
pub(in crate::ui) type Reading = Box<dyn Fn(usize) -> String + Send + Sync>;

/// Minutes between two samples of a plan's day.
const STEP: usize = 5;
/// Minutes per page key.
const PAGE: usize = 60;
/// Last sample, in minutes.
const LAST: usize = 1_440 - STEP;
/// Pixels left of the axis, as in `draw::base` and `public/later.css`.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 16.0;

/// Selected minute in the charts of the day.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Cross {
    /// Minute after midnight.
    pub(in crate::ui) minute: RwSignal<usize>,
    /// Whether a pointer or the keyboard holds the crosshair.
    pub(in crate::ui) is_held: RwSignal<bool>,
    /// Minute to restore when the pointer leaves.
    before: StoredValue<Option<usize>>,
}

/// Crosshair of the page.
pub(in crate::ui) fn use_cross() -> Cross {
    expect_context()
}

impl Cross {
    pub(super) fn new() -> Self {
        Self {
            minute: RwSignal::new(0),
            is_held: RwSignal::new(false),
            before: StoredValue::new(None),
        }
    }

    /// Follows a pointer over a drawing of the day.
    pub(in crate::ui) fn follow(self, canvas: NodeRef<Div>, ev: &PointerEvent) {
        let Some(canvas) = canvas.get_untracked() else {
            return;
        };
        let place = canvas.get_bounding_client_rect();
        let room = (place.width() - LEFT - RIGHT).max(1.0);
        let share = (f64::from(ev.client_x()) - place.left() - LEFT) / room;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a sample of the day"
        )]
        let sample = libm::round(share.clamp(0.0, 1.0) * (LAST / STEP) as f64) as usize;
        if self.before.with_value(Option::is_none) {
            self.before.set_value(Some(self.minute.get_untracked()));
        }
        self.is_held.set(true);
        self.minute.set(sample * STEP);
    }

    /// Restores the minute from before the pointer, unless pressed.
    pub(in crate::ui) fn leave(self) {
        self.is_held.set(false);
        if let Some(before) = self.before.try_update_value(Option::take).flatten() {
            self.minute.set(before);
        }
    }

    /// Keeps the minute under a pressed pointer.
    pub(in crate::ui) fn keep(self) {
        let minute = self.minute.get_untracked();
        self.before.set_value(Some(minute));
    }

    /// Moves by a key; `false` for other keys.
    fn press(self, key: &str) -> bool {
        let now = self.minute.get_untracked();
        let to = match key {
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(STEP),
            "ArrowRight" | "ArrowUp" => now + STEP,
            "PageDown" => now.saturating_sub(PAGE),
            "PageUp" => now + PAGE,
            "Home" => 0,
            "End" => LAST,
            _ => return false,
        };
        self.is_held.set(true);
        self.minute.set(to.min(LAST) / STEP * STEP);
        true
    }
}

/// Line over a drawing, with the numbers beside it.
#[component]
pub(super) fn CrossLine(
    /// Title of the chart.
    title: &'static str,
    /// Readout of the chart.
    reading: Reading,
) -> impl IntoView {
    let cross = use_cross();
    let reading = StoredValue::new(reading);
    // Evaluated only when shown.
    let numbers = Memo::new(move |_| {
        let is_held = cross.is_held.get();
        let minute = cross.minute.get();
        let read = || reading.with_value(|reading| say::at_minute(minute, &reading(minute)));
        is_held.then(read)
    });
    let spoken = move || {
        let numbers = numbers.get();
        numbers.unwrap_or_else(|| clock(cross.minute.get()))
    };
    let at = move || (cross.minute.get() as f64 / LAST as f64).to_string();
    let press = move |ev: KeyboardEvent| {
        let is_plain = !(ev.ctrl_key() || ev.meta_key() || ev.alt_key());
        if is_plain && cross.press(&ev.key()) {
            ev.prevent_default();
        }
    };
    view! {
        <div
            class="cross"
            role="slider"
            tabindex="0"
            aria-label=say::cross(title)
            aria-valuemin="0"
            aria-valuemax=LAST.to_string()
            aria-valuenow=move || cross.minute.get().to_string()
            aria-valuetext=spoken
            data-held=move || cross.is_held.get().then_some("")
            style=("--at", at)
            on:focus=move |_| cross.is_held.set(true)
            on:blur=move |_| cross.is_held.set(false)
            on:keydown=press
        >
            <span class="cross__numbers" aria-hidden="true">
                {numbers}
            </span>
        </div>
    }
}
