//! Incoming files: configurations or usage exports.

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::super::super::measured::State;
use super::incoming::Incoming;
use crate::catalog::date::Date;
use crate::import::{self, Unreadable};
use crate::scenario::Scenario;
use crate::traffic::{Reason, Refusal};

/// Maximum size of a configuration in bytes; some programs write four bytes per character.
const LARGEST_BYTES: f64 = 4e6;
/// Size in bytes up to which a file is tried as a configuration before a usage export.
const SMALL_BYTES: f64 = 256e3;

/// File name of a pasted text.
const PASTED: &str = "pasted";

/// Single file of a usage export, until tried as a configuration.
type Only = StoredValue<Option<File>, LocalStorage>;

/// Reads incoming files, including those dropped before this part was loaded.
pub(super) fn read_all(incoming: Incoming) {
    let only: Only = StoredValue::new_local(None);
    // Reading a file is outside the reactive graph.
    Effect::new(move |_| {
        let files = incoming.files.get();
        if !files.is_empty() {
            incoming.files.update_untracked(Vec::clear);
            take(incoming, only, files);
        }
    });
    read_pasted(incoming, only);
    fall_back(incoming, only);
}

/// Reads a pasted text as a usage export, unless it is a configuration.
fn read_pasted(incoming: Incoming, only: Only) {
    Effect::new(move |_| {
        let Some(text) = incoming.pasted.get() else {
            return;
        };
        incoming.pasted.update_untracked(|held| *held = None);
        if !is_table_or_lines(&text) || is_configuration(&text) {
            return;
        }
        let bits = Array::of1(&JsValue::from_str(&text));
        if let Ok(file) = File::new_with_str_sequence(&bits, PASTED) {
            read_usage(incoming, only, vec![file]);
        }
    });
}

/// Whether a text may be a usage export: JSON, or at least two lines with cells.
fn is_table_or_lines(text: &str) -> bool {
    let mut lines = text.trim_start().lines();
    let first = lines.next().unwrap_or_default();
    let has_cells = first.contains([',', ';', '\t']) && lines.next().is_some();
    first.starts_with(['{', '[']) || has_cells
}

fn take(incoming: Incoming, only: Only, files: Vec<File>) {
    let file = match files.as_slice() {
        [file] if file.size() <= SMALL_BYTES => file.clone(),
        _ => return read_usage(incoming, only, files),
    };
    spawn_local(async move {
        let text = bytes_of(&file).await.map(|bytes| import::text(&bytes));
        match text {
            Some(Ok(text)) if is_configuration(&text) => incoming.say(text),
            _ => read_usage(incoming, only, vec![file]),
        }
    });
}

/// Reads files as a usage export; if that fails, as a configuration, for its better error message.
fn read_usage(incoming: Incoming, only: Only, files: Vec<File>) {
    clear(incoming);
    only.set_value((files.len() == 1).then(|| files[0].clone()));
    incoming.usage.read(files);
}

fn clear(incoming: Incoming) {
    incoming.refused.set(None);
    incoming.object.set(None);
    incoming.text.set(String::new());
}

fn refuse(incoming: Incoming, why: Unreadable) {
    incoming.usage.stop();
    clear(incoming);
    incoming.refused.set(Some(why));
}

/// Reads a file that is not a usage export as a configuration; pasted texts even if damaged, so
/// that they can be corrected in the field.
fn fall_back(incoming: Incoming, only: Only) {
    Effect::new(move |_| {
        let is_pasted =
            only.with_value(|file| file.as_ref().is_some_and(|file| file.name() == PASTED));
        let is_unknown = |refusal: &Refusal| {
            refusal.format.is_none() && (is_pasted || refusal.reason == Reason::UnknownFormat)
        };
        let state = incoming.usage.state.get();
        if !matches!(&state, State::Refused(refusal) if is_unknown(refusal)) {
            return;
        }
        let file = only.try_update_value(Option::take).flatten();
        let Some(file) = file.filter(|file| file.size() <= LARGEST_BYTES) else {
            return;
        };
        spawn_local(async move {
            let Some(bytes) = bytes_of(&file).await else {
                return;
            };
            match import::text(&bytes) {
                Ok(text) => incoming.say(text),
                Err(why) => refuse(incoming, why),
            }
        });
    });
}

/// Whether a text is of a kind read as a configuration.
fn is_configuration(text: &str) -> bool {
    let read = import::read(text, &Scenario::default(), Date::default());
    read.is_ok()
}

async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
