//! The page as it is drawn when it is built: the default scenario, without a browser.

use leptos::prelude::*;

use super::app::Page;
use super::chart;
use super::share::Link;
use super::store::ScenarioStore;
use super::view::{Reading, View};
use crate::catalog::date::Date;
use crate::scenario::Scenario;

/// The HTML of the default scenario as seen on a day.
pub fn prerender(today: Date) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(ScenarioStore::new(Scenario::default(), today));
        provide_context(Reading(RwSignal::new(View::Full)));
        provide_context(Link(Memo::new(|_| String::new())));
        chart::provide_frames();
        view! { <Page /> }.to_html()
    })
}
