//! Text that comes in: typed, chosen or dropped.

use js_sys::Uint8Array;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use crate::import::{self, Unreadable};

/// Larger files are not even opened; some programs write four bytes for a character.
const LARGEST_BYTES: f64 = 4e6;

/// The text and whether its dialog is open.
#[derive(Clone, Copy)]
pub(in crate::ui::file) struct Incoming {
    pub(super) text: RwSignal<String>,
    pub(super) is_open: RwSignal<bool>,
    /// Why a file could not be opened as a text.
    pub(super) refused: RwSignal<Option<Unreadable>>,
    /// The object that was chosen where the text has several.
    pub(super) object: RwSignal<Option<String>>,
}

impl Incoming {
    /// Nothing yet.
    pub(in crate::ui::file) fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            is_open: RwSignal::new(false),
            refused: RwSignal::new(None),
            object: RwSignal::new(None),
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
            self.say(text);
        }
    }

    /// Takes a text that was typed or dropped.
    pub(super) fn say(self, text: String) {
        self.refused.set(None);
        self.object.set(None);
        self.text.set(text);
    }

    fn refuse(self, why: Unreadable) {
        self.object.set(None);
        self.text.set(String::new());
        self.refused.set(Some(why));
    }

    /// Takes the first of some files.
    pub(super) fn take_files(self, files: Option<FileList>) {
        let Some(file) = files.and_then(|files| files.get(0)) else {
            return;
        };
        if LARGEST_BYTES < file.size() {
            self.refuse(Unreadable::TooLong);
            return;
        }
        spawn_local(async move {
            let Some(bytes) = bytes_of(&file).await else {
                return;
            };
            match import::text(&bytes) {
                Ok(text) => self.say(text),
                Err(why) => self.refuse(why),
            }
        });
    }
}

async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
