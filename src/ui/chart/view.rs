//! A chart of the plan in its frame.

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

/// The band of a chart, and the unit of its values.
type BandOf = (fn(&Bands) -> &Band, Unit);

/// That of the tokens chart.
pub(in crate::ui) const TOKENS: BandOf = (|bands| &bands.tokens, Unit::Tokens);

/// The numbers of the plan with their band, or of the plan that is supposed, at a minute.
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

/// A drawing under a supposition, which its first sentence says. The gateways that a lost zone
/// leaves are a line of their own: the autoscaler's bounds are what they were.
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

/// A chart's sentence after that of the supposition.
pub(in crate::ui) fn told(supposed: &Supposed, summary: &str) -> String {
    [&say::drawn(supposed), " ", summary].concat()
}

/// A drawing with the bands of its lines, where it has lines.
fn banded(id: &str, plan: &Plan, bands: &Bands, paper: (&Palette, f64)) -> Option<Picture> {
    Some(match id {
        "chart-gateways" => gateways::drawn(plan, &bands.gateways, None, paper),
        "chart-storage" => storage::drawn(plan, &bands.bytes, paper),
        "chart-capacity" => capacity::drawn(plan, &bands.costs, paper),
        _ => return None,
    })
}
