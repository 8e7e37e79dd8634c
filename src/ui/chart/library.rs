//! ECharts, loaded once for all charts, and their shared state.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlScriptElement;

use super::super::after_paint;
use super::super::later::Later;
use super::super::theme::{self, Theme};
use super::Palette;
use super::cross::Cross;
use super::sight::use_cover;

/// State of all charts: whether ECharts is loaded, whether the inputs cover them, colors.
#[derive(Clone, Copy)]
pub(super) struct Charts {
    pub(super) library: RwSignal<Library>,
    pub(super) is_covered: ReadSignal<bool>,
    pub(super) palette: Memo<Palette>,
}

/// Whether ECharts is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Library {
    Loading,
    Ready,
    Failed,
}

/// State for a page rendered without a browser: frames, summaries and tables only.
#[cfg(feature = "ssr")]
pub(in crate::ui) fn provide_frames() {
    provide_context(Cross::new());
    provide_context(Charts {
        library: RwSignal::new(Library::Loading),
        is_covered: signal(false).0,
        palette: Memo::new(|_| Palette::default()),
    });
}

/// Provides the colors, and loads ECharts after the other answers are painted.
pub(in crate::ui) fn provide_charts() {
    let theme = expect_context::<Theme>();
    let library = RwSignal::new(Library::Loading);
    let palette = Memo::new(move |_| {
        theme.0.track();
        Palette::read()
    });
    theme::lighten_print(theme);
    provide_context(Cross::new());
    provide_context(Charts {
        library,
        is_covered: use_cover(),
        palette,
    });
    // Nothing is drawn before the later part is loaded.
    let later = expect_context::<Later>().0;
    Effect::new(move |_| {
        if later.with(Option::is_some) {
            after_paint(move || load(library));
        }
    });
}

fn load(library: RwSignal<Library>) {
    let Ok(script) = document().create_element("script") else {
        return;
    };
    let script: HtmlScriptElement = script.unchecked_into();
    script.set_src("echarts.js");
    let listen = |event, state| {
        gloo::events::EventListener::once(&script, event, move |_| library.set(state)).forget();
    };
    listen("load", Library::Ready);
    listen("error", Library::Failed);
    if let Some(head) = document().head() {
        drop(head.append_child(&script));
    }
}
