//! Design language on one page: every token, and every component in every state, rendered natively
//! from the components themselves. The page needs no program.

mod compared;
mod inputs;
mod outputs;
mod stage;
mod tokens;

use leptos::prelude::*;

use super::share::Link;
use super::store::ScenarioStore;
use super::view::{Reading, View};
use crate::catalog::date::Date;
use crate::say::page::style as say;
use crate::scenario::Scenario;

/// Body of the page.
pub fn style_page(today: Date) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(Reading(RwSignal::new(View::Full)));
        provide_context(Link(Memo::new(|_| String::new())));
        super::chart::provide_frames();
        provide_context(ScenarioStore::new(Scenario::default(), today));
        let [every, themes, or, end] = say::ABOUT;
        view! {
            <main class="style app">
                <h1>{say::TITLE}</h1>
                <p>
                    {every} <a href="./">{say::CALCULATOR}</a> {themes}
                    <a href="style.html?light#theme=light">{say::LIGHT_LINK}</a> {or}
                    <a href="style.html?dark#theme=dark">{say::DARK_LINK}</a> {end}
                </p>
                <tokens::Tokens />
                <inputs::Inputs />
                <outputs::Outputs today />
                <compared::Compared today />
            </main>
        }
        .to_html()
    })
}
