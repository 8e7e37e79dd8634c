//! A chart of the plan in its frame.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::super::sure::Sure;
use super::drawn::Paint;
use super::frame::PictureFrame;
use super::{Drawing, Palette, Picture, gateways, storage};
use crate::plan::Plan;
use crate::plan::uncertainty::Bands;

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
