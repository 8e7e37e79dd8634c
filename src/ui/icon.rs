//! Icons for a 16 px box in the text color.

use leptos::prelude::*;

/// Decorative icon, always next to a text.
#[component]
pub(super) fn Icon(
    /// Name of the icon.
    name: &'static str,
    /// Additional CSS class.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let path = match name {
        "mark" => "M1.5 4.5h13M1.5 12.5c3 0 3.5-5 6.5-5s3.5 5 6.5 5",
        "chevron" => "m6 3.5 4.5 4.5L6 12.5",
        "check" => "m3 8.5 3.2 3.2L13 4.8",
        "alert" => "M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1",
        "cross" => "m4 4 8 8m0-8-8 8",
        "clock" => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.8V8l2.2 1.6",
        "share" => "M8 10V2m0 0L5 5m3-3 3 3M3 9v4.5h10V9",
        "down" => "M8 2v8m0 0 3-3m-3 3L5 7M3 13.5h10",
        "theme" => "M13.8 8A5.8 5.8 0 1 1 2.2 8a5.8 5.8 0 0 1 11.6 0zM8 2.2v11.6",
        "undo" => "M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6",
        "redo" => "m10.5 3 3 3-3 3M13.5 6h-7a4 4 0 0 0 0 8H10",
        "reset" => "M3 3v3.5h3.5M3.3 6.5A5.5 5.5 0 1 1 2.6 9",
        "up" => "M8 13V3m0 0L4 7m4-4 4 4",
        "below" => "M8 3v10m0 0 4-4m-4 4-4-4",
        "copy" => "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
        _ => "M3 8h10",
    };
    view! {
        <svg class=format!("icon {class}") viewBox="0 0 16 16" aria-hidden="true">
            <path d=path />
        </svg>
    }
}
