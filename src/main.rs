//! Mounts the page; nothing else.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main><h1>"Capacity calculator"</h1></main> });
}
