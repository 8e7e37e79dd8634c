//! Prerendered page: the default scenario, rendered at build time without a browser.

use leptos::prelude::*;

use super::app::Page;
use super::chart;
use super::later::{Later, Views};
use super::result::views;
use super::share::Link;
use super::store::ScenarioStore;
use super::view::{Reading, View};
use crate::catalog::date::Date;
use crate::scenario::Scenario;

/// HTML of the default scenario on a given day.
pub fn prerender(today: Date) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(ScenarioStore::new(Scenario::default(), today));
        provide_context(Reading(RwSignal::new(View::Full)));
        provide_context(Link(Memo::new(|_| String::new())));
        provide_context(Later(RwSignal::new(Some(Views {
            // The page has a separate place for their prerendered form.
            rest: || ().into_any(),
            ..views()
        }))));
        chart::provide_frames();
        view! { <Page /> }.to_html()
    })
}
