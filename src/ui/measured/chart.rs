//! Tokens chart with the measured day.

use leptos::prelude::*;

use super::super::chart::{PictureFrame, TOKENS, reading_of, tokens_measured, told};
use super::super::store::ScenarioStore;
use super::super::sure::Banded;
use super::super::what_if::Supposition;
use super::Traffic;
use crate::plan::uncertainty::Band as Spread;
use crate::say::page::chart as say;
use crate::say::page::reading::tokens_at;

/// Tokens per minute over the day, with the measured day if any.
#[component]
pub(in crate::ui) fn TokensFrame(
    /// Additional class of the frame.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    // The prerendered page has none.
    let traffic = use_context::<Traffic>();
    let bands = use_context::<Banded>();
    let supposition = Supposition::current();
    let paint = Box::new(move |palette: &_, width| {
        let bands = bands.and_then(|Banded(bands)| bands.get());
        let none = Spread::default();
        let supposed = supposition();
        let spread = bands.as_ref().filter(|_| supposed.is_none());
        let spread = spread.map_or(&none, |bands| &bands.tokens);
        let draw = |plan: &_| match traffic {
            None => tokens_measured(plan, (None, spread), palette, width),
            Some(traffic) => traffic.digest.with(|digest| {
                let band = digest.as_ref().and_then(|digest| digest.band.as_ref());
                tokens_measured(plan, (band, spread), palette, width)
            }),
        };
        match supposed {
            None => store.plan.with(draw),
            Some(supposed) => {
                let mut picture = draw(&supposed.plan);
                picture.summary = told(&supposed, &picture.summary);
                picture
            }
        }
    });
    let reading = Some(reading_of(tokens_at, TOKENS));
    view! {
        <PictureFrame
            id="chart-tokens"
            title=say::TOKENS
            note=say::TOKENS_NOTE
            class
            paint
            reading
            has_grips=true
        />
    }
}
