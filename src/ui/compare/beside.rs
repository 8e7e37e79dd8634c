//! A table of all sides. The explicit roles keep it a table where a narrow screen lays its rows
//! out anew.

use leptos::prelude::*;

use super::sides::{Side, Sides};

/// A table with a column for each side.
#[component]
pub(super) fn Beside(
    /// Its name.
    label: &'static str,
    /// Its rows.
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
