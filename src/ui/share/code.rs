//! Link as a QR code.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use super::Link;
use crate::say::page::share as say;

/// Link as a QR code.
#[component]
pub(super) fn Code() -> impl IntoView {
    let link = expect_context::<Link>().0;
    let code = Memo::new(move |_| drawn(&link.get()));
    move || match code.get() {
        Some((size, path)) => {
            let edge = (size + 8).to_string();
            view! {
                <svg
                    class="share__code"
                    viewBox=format!("-4 -4 {edge} {edge}")
                    role="img"
                    aria-label=say::CODE
                >
                    <rect x="-4" y="-4" width=edge.clone() height=edge.clone() />
                    <path d=path />
                </svg>
            }
            .into_any()
        }
        None => view! { <p class="muted">{say::TOO_LONG}</p> }.into_any(),
    }
}

/// Number of modules per side, and an SVG path of the dark ones; `None` if the text is too long.
fn drawn(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut path = String::new();
    for (y, x) in (0..size).flat_map(|y| (0..size).map(move |x| (y, x))) {
        if code.get_module(x, y) {
            write!(path, "M{x} {y}h1v1h-1z").expect("writing to a string cannot fail");
        }
    }
    Some((size, path))
}
