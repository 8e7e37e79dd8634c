//! Text that comes in: typed, chosen or dropped.

use js_sys::Uint8Array;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use super::super::super::measured::{State, Usage};
use crate::catalog::date::Date;
use crate::import::{self, Unreadable};
use crate::scenario::Scenario;
use crate::traffic::{Reason, Refusal};

/// Larger files are no configuration; some programs write four bytes for a character.
const LARGEST_BYTES: f64 = 4e6;
/// Up to here a file is tried as a configuration before it is tried as a usage export.
const SMALL_BYTES: f64 = 256e3;

/// The text and whether its dialog is open.
#[derive(Clone, Copy)]
pub(in crate::ui::file) struct Incoming {
    pub(super) text: RwSignal<String>,
    pub(super) is_open: RwSignal<bool>,
    /// Why a file could not be opened as a text.
    pub(super) refused: RwSignal<Option<Unreadable>>,
    /// The object that was chosen where the text has several.
    pub(super) object: RwSignal<Option<String>>,
    /// The usage export, if the file is one.
    pub(super) usage: Usage,
    /// The only file of it, until it was tried as a configuration.
    only: StoredValue<Option<File>, LocalStorage>,
}

impl Incoming {
    /// Nothing yet.
    pub(in crate::ui::file) fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            is_open: RwSignal::new(false),
            refused: RwSignal::new(None),
            object: RwSignal::new(None),
            usage: Usage::new(),
            only: StoredValue::new_local(None),
        }
    }

    /// Takes files that are dropped anywhere on the page; a text may be meant for a field.
    pub(in crate::ui::file) fn take_drops(self) {
        let over = window_event_listener(leptos::ev::dragover, |ev| {
            if has_files(&ev) {
                ev.prevent_default();
            }
        });
        let drop = window_event_listener(leptos::ev::drop, move |ev| {
            if has_files(&ev) {
                self.take_drop(&ev);
            }
        });
        on_cleanup(move || {
            over.remove();
            drop.remove();
        });
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
        self.usage.stop();
        self.refused.set(None);
        self.object.set(None);
        self.text.set(text);
    }

    fn refuse(self, why: Unreadable) {
        self.usage.stop();
        self.object.set(None);
        self.text.set(String::new());
        self.refused.set(Some(why));
    }

    /// Takes some files: a configuration, or a usage export, which may have several.
    pub(super) fn take_files(self, files: Option<FileList>) {
        let Some(list) = files else { return };
        let files: Vec<File> = (0..list.length()).filter_map(|at| list.get(at)).collect();
        let [file] = files.as_slice() else {
            if !files.is_empty() {
                self.read_usage(files);
            }
            return;
        };
        if SMALL_BYTES < file.size() {
            self.read_usage(files);
            return;
        }
        let file = file.clone();
        spawn_local(async move {
            let text = bytes_of(&file).await.map(|bytes| import::text(&bytes));
            match text {
                Some(Ok(text)) if is_configuration(&text) => self.say(text),
                _ => self.read_usage(vec![file]),
            }
        });
    }

    /// Reads files as a usage export; one that is none is read as a configuration again, which
    /// says best what is wrong with it.
    fn read_usage(self, files: Vec<File>) {
        self.refused.set(None);
        self.object.set(None);
        self.text.set(String::new());
        let only = (files.len() == 1).then(|| files[0].clone());
        self.only.set_value(only);
        self.usage.read(files);
    }

    /// Reads a file that is no usage export as a configuration again.
    pub(super) fn fall_back(self) {
        Effect::new(move |_| {
            let is_unknown = |refusal: &Refusal| {
                refusal.reason == Reason::UnknownFormat && refusal.format.is_none()
            };
            let state = self.usage.state.get();
            if !matches!(&state, State::Refused(refusal) if is_unknown(refusal)) {
                return;
            }
            let file = self.only.try_update_value(Option::take).flatten();
            let Some(file) = file.filter(|file| file.size() <= LARGEST_BYTES) else {
                return;
            };
            spawn_local(async move {
                let Some(bytes) = bytes_of(&file).await else {
                    return;
                };
                match import::text(&bytes) {
                    Ok(text) => self.say(text),
                    Err(why) => self.refuse(why),
                }
            });
        });
    }
}

/// Whether files are dragged.
fn has_files(ev: &DragEvent) -> bool {
    let types = ev.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.iter().any(|kind| kind == "Files"))
}

/// Whether a text is of a kind that is read as a configuration.
fn is_configuration(text: &str) -> bool {
    let read = import::read(text, &Scenario::default(), Date::default());
    read.is_ok()
}

async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
