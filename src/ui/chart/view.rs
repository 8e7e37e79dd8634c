//! The frame of a chart: title, drawing, sentence and table.

use leptos::html::Div;
use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::super::sure::Sure;
use super::canvas::draw;
use super::library::{Charts, Library};
use super::sight::use_sight;
use super::table::Table;
use super::{Drawing, Palette, Picture, gateways, storage};
use crate::plan::Plan;
use crate::plan::uncertainty::Bands;
use crate::say::page::chart as say;

/// A chart of the plan with its title, a sentence, and its data as a table.
#[component]
pub(in crate::ui) fn ChartFrame(
    /// Element id of the drawing.
    id: &'static str,
    /// Title.
    title: &'static str,
    /// A note on how to read it.
    note: &'static str,
    /// Further class of the frame.
    #[prop(default = "")]
    class: &'static str,
    /// The chart.
    drawing: Drawing,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let sure = use_context::<Sure>();
    let paint: Paint = Box::new(move |palette, width| {
        let known = sure.and_then(|Sure(sure)| sure.get());
        store.plan.with(|plan| {
            let banded = known.and_then(|known| banded(id, plan, &known.bands, (palette, width)));
            banded.unwrap_or_else(|| drawing(plan, palette, width))
        })
    });
    view! { <PictureFrame id title note class paint /> }
}

/// A drawing with the bands of its lines, where it has lines.
fn banded(id: &str, plan: &Plan, bands: &Bands, paper: (&Palette, f64)) -> Option<Picture> {
    Some(match id {
        "chart-gateways" => gateways::drawn(plan, &bands.gateways, paper),
        "chart-storage" => storage::drawn(plan, &bands.bytes_with_growth, paper),
        _ => return None,
    })
}

/// Draws in these colors at a width in pixels; reads what it draws, tracked.
pub(in crate::ui) type Paint = Box<dyn Fn(&Palette, f64) -> Picture + Send + Sync>;

/// The frame of a chart, whatever it is of.
#[component]
pub(in crate::ui) fn PictureFrame(
    /// Element id of the drawing.
    id: &'static str,
    /// Title.
    title: &'static str,
    /// A note on how to read it.
    note: &'static str,
    /// Further class of the frame.
    #[prop(default = "")]
    class: &'static str,
    /// The chart.
    paint: Paint,
) -> impl IntoView {
    let drawn = Drawn::of(id, paint);
    let picture = drawn.picture;
    view! {
        <figure class=format!("chart {class}") data-chart=id data-drawn=drawn.is_drawn()>
            <figcaption>
                <h3 class="chart__title">{title}</h3>
                <p class="chart__note">{note}</p>
            </figcaption>
            {drawn.canvas()}
            <Table title picture />
        </figure>
    }
}

/// A picture that is drawn while it is in sight, in the page's colors and at its own width.
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
        let picture =
            Memo::new(move |_| charts.palette.with(|palette| paint(palette, width.get())));
        Self {
            id,
            canvas,
            charts,
            picture,
            is_stale: draw(id, is_seen, picture, charts),
        }
    }

    /// The attribute of a frame whose drawing is what its numbers are.
    pub(super) fn is_drawn(self) -> impl Fn() -> Option<&'static str> + Copy {
        move || (!self.is_stale.get()).then_some("")
    }

    /// The drawing, its state and its sentence.
    pub(super) fn canvas(self) -> impl IntoView {
        let picture = self.picture;
        let summary = move || picture.with(|picture| picture.summary.clone());
        let state = move || match self.charts.library.get() {
            Library::Failed => say::NOT_LOADED,
            _ => "",
        };
        view! {
            <div
                class="chart__canvas"
                id=self.id
                node_ref=self.canvas
                role="img"
                aria-label=summary
            ></div>
            <p class="chart__state">{state}</p>
            <p class="chart__summary">{summary}</p>
        }
    }
}

/// Taken where the drawing has no width yet.
const UNKNOWN_WIDTH: f64 = 640.0;

/// Width of the drawing; follows the window.
fn use_width(canvas: NodeRef<Div>, is_seen: ReadSignal<bool>) -> Memo<f64> {
    if cfg!(feature = "ssr") {
        return Memo::new(|_| UNKNOWN_WIDTH);
    }
    let tick = RwSignal::new(0_u32);
    let resized = window_event_listener_untyped("resize", move |_| tick.update(|n| *n += 1));
    on_cleanup(move || resized.remove());
    // The drawing has no width until it stands in the page.
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
