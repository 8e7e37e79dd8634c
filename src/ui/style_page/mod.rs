//! The design language on one page: every token and every component in every state, drawn
//! natively by the components themselves. The page needs no program.

mod compared;
mod inputs;
mod outputs;
mod tokens;

use leptos::context::Provider;
use leptos::prelude::*;

use super::share::Link;
use super::store::ScenarioStore;
use super::view::{Reading, View};
use crate::catalog::date::Date;
use crate::scenario::{Scenario, link};

/// The body of the page.
pub fn style_page(today: Date) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(Reading(RwSignal::new(View::Full)));
        provide_context(Link(Memo::new(|_| String::new())));
        super::chart::provide_frames();
        provide_context(ScenarioStore::new(Scenario::default(), today));
        view! {
            <main class="style app">
                <h1>"Design language"</h1>
                <p>
                    "Every token and every component in its states, drawn by those of the "
                    <a href="./">"calculator"</a> ". In the system’s theme, or in "
                    <a href="style.html?light#theme=light">"light"</a> " or "
                    <a href="style.html?dark#theme=dark">"dark"</a> "."
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

/// One component with its name and what it is for.
#[component]
fn Shown(
    /// Its name.
    name: &'static str,
    /// When it is used.
    about: &'static str,
    /// The component in its states.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="style__shown">
            <h3>{name}</h3>
            <p>{about}</p>
            <div class="style__stage">{children()}</div>
        </section>
    }
}

/// Components that answer to the scenario of a link.
#[component]
fn Scene(
    /// The link's fragment.
    fragment: &'static str,
    /// The day.
    today: Date,
    /// The components.
    children: Children,
) -> impl IntoView {
    let store = ScenarioStore::new(link::from_fragment(fragment).0, today);
    view! { <Provider value=store>{children()}</Provider> }
}
