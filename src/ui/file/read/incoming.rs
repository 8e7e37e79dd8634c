//! Incoming text: typed, selected or dropped.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use web_sys::{File, FileList};

use super::super::super::measured::Usage;
use crate::import::Unreadable;
use crate::traffic;

/// Text, and whether its dialog is open.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Incoming {
    pub(super) text: RwSignal<String>,
    pub(super) is_open: RwSignal<bool>,
    /// Reason why a file could not be opened as text.
    pub(super) refused: RwSignal<Option<Unreadable>>,
    /// Selected object of a text with several.
    pub(super) object: RwSignal<Option<String>>,
    /// Usage export, if the file is one.
    pub(super) usage: Usage,
    /// Text received at once and not yet tried as a usage export.
    pub(super) pasted: RwSignal<Option<String>>,
    /// Files not yet read.
    pub(super) files: RwSignal<Vec<File>, LocalStorage>,
}

impl Incoming {
    /// No text.
    pub(in crate::ui::file) fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            is_open: RwSignal::new(false),
            refused: RwSignal::new(None),
            object: RwSignal::new(None),
            usage: Usage::new(),
            pasted: RwSignal::new(None),
            files: RwSignal::new_local(Vec::new()),
        }
    }

    /// Accepts files dropped anywhere on the page; a text may be meant for a field.
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

    /// Opens the dialog with the text pasted before.
    pub(in crate::ui::file) fn open(self) {
        self.is_open.set(true);
    }

    pub(super) fn close(self) {
        self.is_open.set(false);
    }

    /// Takes a dropped file or text, and opens the dialog.
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
            self.enter(text);
        }
    }

    /// Takes the field's text; a pasted one may be a usage export.
    pub(super) fn enter(self, text: String) {
        let before = self.text.with_untracked(String::len);
        if before == 0 && text.is_empty() {
            return; // the field was emptied for an export, and says so
        }
        // A key adds one sign, and what came in at once may be an export by what it says.
        let is_pasted = 4 < before.abs_diff(text.len());
        let is_whole = is_pasted && traffic::may_be_export(&text);
        self.say(text.clone());
        if is_whole {
            self.pasted.set(Some(text));
        }
    }

    /// Takes a text as a configuration.
    pub(super) fn say(self, text: String) {
        self.usage.stop();
        self.refused.set(None);
        self.object.set(None);
        self.text.set(text);
    }

    /// Takes files: a configuration, or a usage export of one or more files.
    pub(super) fn take_files(self, files: Option<FileList>) {
        let Some(list) = files else { return };
        self.files
            .set((0..list.length()).filter_map(|at| list.get(at)).collect());
    }
}

/// Whether files are being dragged.
fn has_files(ev: &DragEvent) -> bool {
    let types = ev.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.iter().any(|kind| kind == "Files"))
}
