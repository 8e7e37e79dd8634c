//! Chart of the growing load, in the brief.

use leptos::prelude::*;

use super::super::chart::{PictureFrame, growth_chart, told};
use super::super::store::ScenarioStore;
use super::super::sure::Sure;
use super::super::what_if::Supposition;
use crate::say::page::chart;

/// Load over the coming months, if growth reaches a limit.
#[component]
pub(super) fn GrowthFrame() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let sure = use_context::<Sure>();
    let supposed = Supposition::of_loss();
    let paint = Box::new(move |palette: &_, width| {
        let growth = store.with(|scenario| scenario.traffic.growth_percent) / 100.0;
        if let Some(supposed) = supposed.get() {
            let mut picture = growth_chart(growth, &supposed.plan, None, (palette, width));
            picture.summary = told(&supposed, &picture.summary);
            return picture;
        }
        let known = sure.and_then(|Sure(sure)| sure.get());
        let known = known.as_ref().map(|known| &known.sure);
        store
            .plan
            .with(|plan| growth_chart(growth, plan, known, (palette, width)))
    });
    view! { <PictureFrame id="chart-growth" title=chart::GROWTH note=chart::GROWTH_NOTE paint /> }
}
