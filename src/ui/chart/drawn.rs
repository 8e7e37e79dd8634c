//! Drawing that follows the page's colors, width and visibility.

use leptos::html::Div;
use leptos::prelude::*;

use super::canvas::draw;
use super::cross::use_cross;
use super::library::{Charts, Library};
use super::sight::use_sight;
use super::{Palette, Picture};
use crate::say::page::chart as say;

/// Painter with colors and a width in pixels; tracks its inputs.
pub(in crate::ui) type Paint = Box<dyn Fn(&Palette, f64) -> Picture + Send + Sync>;

/// Picture drawn while visible, in the page's colors and at its own width.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    id: &'static str,
    canvas: NodeRef<Div>,
    charts: Charts,
    pub(super) picture: Memo<Picture>,
    is_stale: Memo<bool>,
}

impl Drawn {
    pub(super) fn of(id: &'static str, paint: Paint) -> Self {
        let charts = expect_context::<Charts>();
        let canvas = NodeRef::<Div>::new();
        let is_seen = use_sight(canvas);
        let width = use_width(canvas, is_seen);
        let picture = Memo::new(move |_| {
            let width = width.get();
            let picture = charts.palette.with(|palette| paint(palette, width));
            Picture { width, ..picture }
        });
        Self {
            id,
            canvas,
            charts,
            picture,
            is_stale: draw(id, is_seen, picture, charts),
        }
    }

    /// Attribute of a frame whose drawing is up to date.
    pub(super) fn is_drawn(self) -> impl Fn() -> Option<&'static str> + Copy {
        move || (!self.is_stale.get()).then_some("")
    }

    /// Height of the drawing, in pixels.
    pub(super) fn height(self) -> Option<f64> {
        let canvas = self.canvas.get_untracked()?;
        Some(f64::from(canvas.client_height()))
    }

    /// Top of the drawing in the window, in pixels.
    pub(super) fn top(self) -> Option<f64> {
        let canvas = self.canvas.get_untracked()?;
        Some(canvas.get_bounding_client_rect().top())
    }

    /// Drawing with an overlay, its state and its summary; on a chart of the day the crosshair
    /// follows the pointer.
    pub(super) fn canvas(self, over: AnyView, is_of_day: bool) -> impl IntoView {
        let cross = use_cross();
        let place = self.canvas;
        let picture = self.picture;
        let summary = move || picture.with(|picture| picture.summary.clone());
        let state = move || match self.charts.library.get() {
            Library::Failed => Some(say::NOT_LOADED),
            // An empty text would be prerendered as a space.
            _ => None,
        };
        view! {
            <div class="chart__stage">
                <div
                    class="chart__canvas"
                    id=self.id
                    node_ref=self.canvas
                    role="img"
                    aria-label=summary
                    on:pointermove=move |ev| {
                        if is_of_day {
                            cross.follow(place, &ev);
                        }
                    }
                    on:pointerdown=move |_| {
                        if is_of_day {
                            cross.keep();
                        }
                    }
                    on:pointerleave=move |_| {
                        if is_of_day {
                            cross.leave();
                        }
                    }
                ></div>
                {over}
            </div>
            <p class="chart__state">{state}</p>
            <p class="chart__summary">{summary}</p>
        }
    }
}

/// Assumed width of a drawing before layout, in pixels.
const UNKNOWN_WIDTH: f64 = 640.0;

/// Width of the drawing; follows the window.
fn use_width(canvas: NodeRef<Div>, is_seen: ReadSignal<bool>) -> Memo<f64> {
    if cfg!(feature = "ssr") {
        return Memo::new(|_| UNKNOWN_WIDTH);
    }
    let tick = RwSignal::new(0_u32);
    let resized = window_event_listener_untyped("resize", move |_| tick.update(|n| *n += 1));
    on_cleanup(move || resized.remove());
    // The drawing has no width until it is in the page.
    request_animation_frame(move || {
        tick.try_update(|n| *n += 1);
    });
    Memo::new(move |_| {
        tick.track();
        is_seen.track(); // out of sight it may have none
        let width = canvas.get().map_or(0, |canvas| canvas.client_width());
        if width == 0 {
            UNKNOWN_WIDTH
        } else {
            f64::from(width)
        }
    })
}
