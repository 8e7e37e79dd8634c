//! Table of all scenarios. Explicit roles keep it a table on narrow screens, where its rows are
//! laid out differently.

use leptos::prelude::*;

use super::sides::{Side, Sides};

/// Table with a column per scenario.
#[component]
pub(super) fn Beside(
    /// Name of the table.
    label: &'static str,
    /// Rows of the table.
    children: ChildrenFn,
) -> impl IntoView {
    let sides = expect_context::<Sides>();
    let class = move || format!("beside beside--{}", sides.with(<[_]>::len));
    let heads = move || {
        let head = |side: &Side| {
            view! {
                <th scope="col" role="columnheader">
                    <span class="side__letter">{side.letter}</span>
                    " "
                    <span>{side.name().to_owned()}</span>
                </th>
            }
        };
        sides.with(|sides| sides.iter().map(head).collect_view())
    };
    view! {
        <table class=class role="table" aria-label=label>
            <thead role="rowgroup">
                <tr role="row">
                    <td role="cell"></td>
                    {heads}
                </tr>
            </thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
}
