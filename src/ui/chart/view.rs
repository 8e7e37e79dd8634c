//! Chart of the plan in its frame.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::super::sure::Banded;
use super::super::what_if::Supposition;
use super::cross::Reading;
use super::drawn::Paint;
use super::frame::PictureFrame;
use super::{Drawing, Palette, Picture, capacity, gateways, storage};
use crate::model::day::sample_at;
use crate::plan::Plan;
use crate::plan::uncertainty::{Band, Bands};
use crate::plan::what_if::{Lost, Supposed};
use crate::say::page::tip::Unit;
use crate::say::page::{reading, sure, what_if as say};

/// Chart of the plan with title, summary and table.
#[component]
pub(in crate::ui) fn ChartFrame(
    /// Element id of the drawing.
    id: &'static str,
    /// Title of the chart.
    title: &'static str,
    /// Note on how to read the chart.
    note: &'static str,
    /// Additional class of the frame.
    #[prop(default = "")]
    class: &'static str,
    /// Function that draws the chart.
    drawing: Drawing,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let bands = use_context::<Banded>();
    let supposition = Supposition::current();
    let paint: Paint = Box::new(move |palette, width| {
        if let Some(supposed) = supposition() {
            return under(id, drawing, (palette, width), &supposed);
        }
        let bands = bands.and_then(|Banded(bands)| bands.get());
        store.plan.with(|plan| {
            let banded = bands.and_then(|bands| banded(id, plan, &bands, (palette, width)));
            banded.unwrap_or_else(|| drawing(plan, palette, width))
        })
    });
    let numbers: Option<Reading> = match id {
        "chart-gateways" => {
            let band: BandOf = (|bands| &bands.gateways, Unit::Gateways);
            Some(reading_of(reading::gateways_at, band))
        }
        "chart-tokens" => Some(reading_of(reading::tokens_at, TOKENS)),
        _ => None,
    };
    let has_grips = id == "chart-tokens";
    view! { <PictureFrame id title note class paint reading=numbers has_grips /> }
}

/// Band of a chart, and the unit of its values.
type BandOf = (fn(&Bands) -> &Band, Unit);

/// Band of the tokens chart.
pub(in crate::ui) const TOKENS: BandOf = (|bands| &bands.tokens, Unit::Tokens);

/// Readout at a minute, of the plan or the supposed one, with its band.
pub(in crate::ui) fn reading_of(said: fn(&Plan, usize) -> String, (band, unit): BandOf) -> Reading {
    let store = expect_context::<ScenarioStore>();
    let bands = use_context::<Banded>();
    let supposition = Supposition::current();
    let spread = move |minute: usize| {
        let bands = bands.and_then(|Banded(bands)| bands.get())?;
        Some(sure::of_band(unit, band(&bands).at(sample_at(minute))?))
    };
    Box::new(move |minute| {
        if let Some(supposed) = supposition() {
            return said(&supposed.plan, minute);
        }
        let said = store.plan.with(|plan| said(plan, minute));
        match spread(minute) {
            Some(spread) => [&said, "; ", &spread].concat(),
            None => said,
        }
    })
}

/// Drawing under a supposition, named by its first sentence. Gateways left after a zone loss are a
/// separate line, since the autoscaler's bounds are unchanged.
fn under(id: &str, drawing: Drawing, paper: (&Palette, f64), supposed: &Supposed) -> Picture {
    let mut picture = match &supposed.lost {
        Some(Lost::Zone { left, bounds, .. }) if id == "chart-gateways" => {
            let mut plan = supposed.plan.clone();
            (plan.gateway.instances_min, plan.gateway.instances_max) = *bounds;
            gateways::drawn(&plan, &Band::default(), Some(*left), paper)
        }
        _ => drawing(&supposed.plan, paper.0, paper.1),
    };
    picture.summary = told(supposed, &picture.summary);
    picture
}

/// Summary of a chart after that of the supposition.
pub(in crate::ui) fn told(supposed: &Supposed, summary: &str) -> String {
    [&say::drawn(supposed), " ", summary].concat()
}

/// Drawing with the bands of its lines, if any.
fn banded(id: &str, plan: &Plan, bands: &Bands, paper: (&Palette, f64)) -> Option<Picture> {
    Some(match id {
        "chart-gateways" => gateways::drawn(plan, &bands.gateways, None, paper),
        "chart-storage" => storage::drawn(plan, &bands.bytes, paper),
        "chart-capacity" => capacity::drawn(plan, &bands.costs, paper),
        _ => return None,
    })
}
