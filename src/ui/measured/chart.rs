//! The tokens chart with the measured day in it.

use leptos::prelude::*;

use super::super::chart::{PictureFrame, tokens_measured};
use super::super::store::ScenarioStore;
use super::super::sure::Sure;
use super::Traffic;
use crate::plan::uncertainty::Band as Spread;
use crate::say::page::chart as say;

/// Tokens a minute over the day, with the measured day where there is one.
#[component]
pub(in crate::ui) fn TokensFrame(
    /// Further class of the frame.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    // The page that is drawn ahead has none.
    let traffic = use_context::<Traffic>();
    let sure = use_context::<Sure>();
    let paint = Box::new(move |palette: &_, width| {
        let known = sure.and_then(|Sure(sure)| sure.get());
        let none = Spread::default();
        let spread = known.as_ref().map_or(&none, |known| &known.bands.tokens);
        store.plan.with(|plan| match traffic {
            None => tokens_measured(plan, (None, spread), palette, width),
            Some(traffic) => traffic.digest.with(|digest| {
                let band = digest.as_ref().and_then(|digest| digest.band.as_ref());
                tokens_measured(plan, (band, spread), palette, width)
            }),
        })
    });
    view! { <PictureFrame id="chart-tokens" title=say::TOKENS note=say::TOKENS_NOTE class paint /> }
}
