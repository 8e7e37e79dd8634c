//! Charts of all sides.

use leptos::prelude::*;

use super::super::chart::{
    Overlaid, Palette, Picture, PictureFrame, Reading, gateways_overlay, tokens_overlay,
};
use super::sides::{Side, Sides};
use crate::plan::Plan;
use crate::say::page::{compare as say, reading};

/// A chart of all sides.
type Overlay = fn(&[Overlaid], &Palette, f64) -> Picture;

/// Tokens and gateways over the day.
#[component]
pub(super) fn Charts() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let paint = move |overlay: Overlay| {
        Box::new(move |palette: &Palette, width| {
            sides.with(|sides| {
                let overlaid: Vec<Overlaid> = sides.iter().map(Side::overlaid).collect();
                overlay(&overlaid, palette, width)
            })
        })
    };
    let numbers = move |said: fn(&Plan, usize) -> String| -> Option<Reading> {
        Some(Box::new(move |minute| {
            sides.with(|sides| {
                let side = |side: &Side| (side.letter, said(&side.plan, minute));
                reading::of_sides(&sides.iter().map(side).collect::<Vec<_>>())
            })
        }))
    };
    view! {
        <section aria-labelledby="compare-charts">
            <div class="section__head">
                <h2 id="compare-charts">{say::OVER_THE_DAY}</h2>
            </div>
            <div class="compare__charts">
                <PictureFrame
                    id="compare-tokens"
                    title=say::TOKENS
                    note=say::TOKENS_NOTE
                    paint=paint(tokens_overlay)
                    reading=numbers(reading::tokens_at)
                />
                <PictureFrame
                    id="compare-gateways"
                    title=say::GATEWAYS
                    note=say::GATEWAYS_NOTE
                    paint=paint(gateways_overlay)
                    reading=numbers(reading::gateways_at)
                />
            </div>
        </section>
    }
}
