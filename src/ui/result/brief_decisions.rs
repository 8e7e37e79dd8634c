//! Decisions of the brief.

use leptos::prelude::*;

use crate::say::brief::{DECISIONS_HEAD, Decision};
use crate::say::page::result as say;

/// Table of decisions; nothing without any.
pub(super) fn decisions(decisions: &[Decision]) -> impl IntoView + use<> {
    let row = |decision: &Decision| {
        let Decision {
            change,
            by,
            brings,
            cost,
        } = decision.clone();
        view! {
            <tr>
                <th scope="row">{change}</th>
                <td>{by}</td>
                <td>{brings}</td>
                <td>{cost}</td>
            </tr>
        }
    };
    let rows = decisions.iter().map(row).collect_view();
    let heads = DECISIONS_HEAD.map(|head| view! { <th scope="col">{head}</th> });
    (!decisions.is_empty()).then(|| {
        view! {
            <h2>{say::TO_DECIDE}</h2>
            <div class="scroll">
                <table class="brief__decisions">
                    <thead>
                        <tr>{heads.into_iter().collect_view()}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}
