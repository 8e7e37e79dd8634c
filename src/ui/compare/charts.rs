//! Charts of all scenarios.

use leptos::prelude::*;

use super::super::chart::{
    Overlaid, Palette, Picture, PictureFrame, Reading, gateways_overlay, tokens_overlay,
};
use super::super::store::ScenarioStore;
use super::super::what_if::SuppositionBar;
use super::sides::{Side, Sides};
use crate::plan::Plan;
use crate::plan::what_if::{Supposed, supposed};
use crate::say::page::{compare as say, reading, what_if};

/// Function that draws a chart of all scenarios.
type Overlay = fn(&[Overlaid], &Palette, f64) -> Picture;

/// Tokens and gateways over the day.
#[component]
pub(super) fn Charts() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let store = expect_context::<ScenarioStore>();
    let under = Memo::new(move |_| {
        let what_if = store.what_if.get();
        let side = |side: &Side| supposed(&side.scenario, &side.plan, &what_if, side.plan.today);
        sides.with(|sides| sides.iter().map(side).collect::<Vec<_>>())
    });
    let paint = move |overlay: Overlay| {
        Box::new(move |palette: &Palette, width| {
            sides.with(|sides| under.with(|under| drawn(overlay, (sides, under), palette, width)))
        })
    };
    let numbers = move |said: fn(&Plan, usize) -> String| -> Option<Reading> {
        Some(Box::new(move |minute| {
            sides.with(|sides| {
                under.with(|under| {
                    let both = sides.iter().zip(under);
                    let both = both.map(|(side, under)| {
                        (side.letter, said(plan_of(side, under.as_ref()), minute))
                    });
                    reading::of_sides(&both.collect::<Vec<_>>())
                })
            })
        }))
    };
    view! {
        <section aria-labelledby="compare-charts">
            <div class="section__head">
                <h2 id="compare-charts">{say::OVER_THE_DAY}</h2>
            </div>
            <SuppositionBar />
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

/// Chart of all scenarios, each under the supposition if it makes a difference.
fn drawn(
    overlay: Overlay,
    (sides, under): (&[Side], &[Option<Supposed>]),
    palette: &Palette,
    width: f64,
) -> Picture {
    let both = || sides.iter().zip(under);
    let overlaid = both().map(|(side, under)| Overlaid {
        plan: plan_of(side, under.as_ref()),
        ..side.overlaid()
    });
    let mut picture = overlay(&overlaid.collect::<Vec<_>>(), palette, width);
    if under.iter().any(Option::is_some) {
        let said = both().map(|(side, under)| (side.letter, under.as_ref()));
        let said = what_if::drawn_sides(&said.collect::<Vec<_>>());
        picture.summary = [&said, " ", &picture.summary].concat();
    }
    picture
}

fn plan_of<'a>(side: &'a Side, under: Option<&'a Supposed>) -> &'a Plan {
    under.map_or(&side.plan, |supposed| &supposed.plan)
}
