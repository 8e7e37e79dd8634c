//! Text that comes in: typed, chosen or dropped.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

/// Larger files are not even opened.
const LARGEST_BYTES: f64 = 1e6;

/// The text and whether its dialog is open.
#[derive(Clone, Copy)]
pub(in crate::ui::file) struct Incoming {
    pub(super) text: RwSignal<String>,
    pub(super) is_open: RwSignal<bool>,
}

impl Incoming {
    /// Nothing yet.
    pub(in crate::ui::file) fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            is_open: RwSignal::new(false),
        }
    }

    /// Opens the dialog; it keeps the text pasted before.
    pub(in crate::ui::file) fn open(self) {
        self.is_open.set(true);
    }

    pub(super) fn close(self) {
        self.is_open.set(false);
    }

    /// Takes a dropped file or text, and opens the dialog on it.
    pub(in crate::ui::file) fn take_drop(self, ev: &DragEvent) {
        ev.prevent_default();
        ev.stop_propagation();
        let Some(data) = ev.data_transfer() else {
            return;
        };
        self.open();
        let has_file = data.files().is_some_and(|files| 0 < files.length());
        if has_file {
            self.take_files(data.files());
        } else if let Ok(text) = data.get_data("text/plain") {
            self.text.set(text);
        }
    }

    /// Takes the first of some files.
    pub(super) fn take_files(self, files: Option<FileList>) {
        let Some(file) = files.and_then(|files| files.get(0)) else {
            return;
        };
        if LARGEST_BYTES < file.size() {
            // The reader's own bound says why.
            self.text.set(" ".to_owned() + &"#".repeat(1_000_001));
            return;
        }
        spawn_local(async move {
            if let Some(text) = text_of(&file).await {
                self.text.set(text);
            }
        });
    }
}

async fn text_of(file: &File) -> Option<String> {
    let text = JsFuture::from(file.text()).await.ok()?;
    text.as_string()
}
