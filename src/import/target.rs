//! A provider as a gateway's configuration has it, and the row that it becomes.

use super::lines::join;
use super::reading::{Leftover, Reading, Taken};
use crate::catalog::provider as catalog;
use crate::scenario::Provider;
use crate::scenario::link::{MOST_ROWS, clean_name};
use crate::scenario::number::grouped;
use crate::scenario::property::{self, Number};

/// A target of a pack or of another gateway as far as it is modelled.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Target {
    pub(super) place: String,
    pub(super) id: String,
    pub(super) vendor: Option<String>,
    pub(super) model: Option<String>,
    pub(super) rpm: Option<f64>,
    pub(super) tpm: Option<f64>,
    pub(super) weight: Option<f64>,
    /// Limits beside those of a minute, each with its place below the target's.
    pub(super) more: Vec<More>,
    /// How its weight came about, where no line says it.
    pub(super) weight_note: Option<String>,
}

/// A further number of a target.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct More {
    pub(super) key: &'static str,
    pub(super) place: String,
    pub(super) value: f64,
    pub(super) note: Option<String>,
}

impl Target {
    /// A further number, by the key of its input.
    pub(super) fn more(&mut self, key: &'static str, place: impl Into<String>, value: f64) {
        let place = place.into();
        let note = None;
        self.more.push(More {
            key,
            place,
            value,
            note,
        });
    }
}

/// Names that other files have for the vendors of the catalogue.
const NAMES: [(&str, &[&str]); 10] = [
    (
        "openai",
        &["openai", "text-completion-openai", "azure_text"],
    ),
    (
        "azure-openai",
        &[
            "azure",
            "azure-openai",
            "azureopenai",
            "azure_ai",
            "azure-ai",
        ],
    ),
    ("anthropic", &["anthropic", "anthropic_text", "claude"]),
    (
        "aws-bedrock",
        &[
            "bedrock",
            "aws-bedrock",
            "awsbedrock",
            "bedrock_converse",
            "amazon-bedrock",
            "awsanthropic",
        ],
    ),
    (
        "google-vertex",
        &[
            "vertex_ai",
            "vertex",
            "vertex-ai",
            "google-vertex",
            "gcpvertexai",
            "gcp-vertex",
            "vertex_ai_beta",
            "gcpanthropic",
        ],
    ),
    (
        "google-gemini-api",
        &[
            "gemini",
            "google",
            "google-gemini-api",
            "google-gemini",
            "palm",
        ],
    ),
    ("groq", &["groq"]),
    (
        "mistral",
        &["mistral", "mistralai", "mistral-ai", "codestral"],
    ),
    ("cohere", &["cohere", "cohere_chat"]),
    ("deepseek", &["deepseek"]),
];

/// The catalogue's id for a vendor, whatever a file calls it.
pub(super) fn known(vendor: &str) -> Option<&'static str> {
    let name = vendor.trim().to_lowercase();
    let other = NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()));
    let id = other.map_or(name.as_str(), |(id, _)| id);
    catalog::vendor(id).map(|row| row.id)
}

/// The vendor whose address has this host.
pub(super) fn by_address(address: &str) -> Option<&'static str> {
    let host = |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or_default().to_owned()
    };
    let wanted = host(address);
    let azure = [".openai.azure.com", ".cognitiveservices.azure.com"];
    if azure.iter().any(|end| wanted.ends_with(end)) {
        return Some("azure-openai");
    }
    if wanted.starts_with("bedrock-runtime.") {
        return Some("aws-bedrock");
    }
    if wanted.ends_with("aiplatform.googleapis.com") {
        return Some("google-vertex");
    }
    let mut vendors = catalog::vendors().iter();
    let row = vendors.find(|row| !row.base_url.is_empty() && host(row.base_url) == wanted)?;
    Some(row.id)
}

/// Makes another gateway's targets the providers of the scenario.
pub(super) fn lay_over(targets: &[Target], reading: &mut Reading) {
    let first = reading.scenario.next_id();
    let mut rows: Vec<Provider> = targets
        .iter()
        .take(MOST_ROWS)
        .zip(first..)
        .map(|(target, id)| row(target, id))
        .collect();
    if rows.iter().all(|row| row.weight <= 0.0) {
        for row in &mut rows {
            row.weight = 1.0;
        }
    }
    for target in targets.iter().skip(MOST_ROWS) {
        let why = format!("there is room for {MOST_ROWS} providers");
        reading.left.push(Leftover::new(target.place.clone(), why));
    }
    if !rows.is_empty() {
        reading.scenario.providers = rows;
    }
}

/// The row of a target: what the catalogue has for its model, then what the file says.
fn row(target: &Target, id: u32) -> Provider {
    let vendor = target.vendor.as_deref().and_then(known);
    let mut row = Provider::first_of(id, vendor.unwrap_or("custom"), 1.0);
    if let Some(model) = &target.model {
        let spelled = catalog::model_spelled(&row.vendor, model);
        row.choose_model(&clean_name(spelled.unwrap_or(model)));
    }
    if vendor.is_none() {
        let own = target.vendor.as_deref().unwrap_or_default();
        row.name = clean_name(if target.id.is_empty() {
            own
        } else {
            &target.id
        });
    }
    for said in numbers(target) {
        if let Ok(value) = said.number.spec().check(said.value) {
            (said.number.set)(&mut row, Some(value));
        }
    }
    row
}

/// A number of a target, with its place.
struct Said<'a> {
    number: &'static Number<Provider>,
    place: String,
    value: f64,
    note: Option<&'a String>,
}

fn numbers(target: &Target) -> Vec<Said<'_>> {
    let own = [
        (&property::RPM, "rpm", target.rpm, None),
        (&property::TPM, "tpm", target.tpm, None),
        (
            &property::WEIGHT,
            "weight",
            target.weight,
            target.weight_note.as_ref(),
        ),
    ];
    let own = own.into_iter().filter_map(|(number, key, value, note)| {
        let place = join(&target.place, key);
        value.map(|value| Said {
            number,
            place,
            value,
            note,
        })
    });
    let more = target.more.iter().filter_map(|more| {
        let mut numbers = property::PROVIDER.iter();
        let number = numbers.find(|number| number.key == more.key)?;
        Some(Said {
            number,
            place: more.place.clone(),
            value: more.value,
            note: more.note.as_ref(),
        })
    });
    own.chain(more).collect()
}

/// Tells what of the targets was taken, and what the catalogue fills in.
pub(super) fn list(object: &str, targets: &[Target], reading: &mut Reading) {
    for target in targets.iter().take(MOST_ROWS) {
        let row = row(target, 0);
        let is_known = target
            .vendor
            .as_deref()
            .is_none_or(|vendor| known(vendor).is_some());
        let taken = |place: &str, label: &str, value: String, note: Option<String>| Taken {
            object: object.to_owned(),
            place: place.to_owned(),
            line: None,
            label: label.to_owned(),
            value,
            note,
        };
        let name = format!("{} {}", row.name, row.model);
        let note = "not in the catalogue, so that a provider of your own takes its place";
        let note = (!is_known).then(|| note.to_owned());
        reading
            .taken
            .push(taken(&target.place, "Provider", name.clone(), note));
        let said = numbers(target);
        for said in &said {
            let label = format!("{name}: {}", said.number.label);
            if said.number.spec().check(said.value).is_err() {
                let why = super::value::allowed(said.number);
                reading.left.push(Leftover::new(said.place.clone(), why));
                continue;
            }
            let value = format!("{} {}", grouped(said.value), said.number.unit);
            let value = value.trim().to_owned();
            reading
                .taken
                .push(taken(&said.place, &label, value, said.note.cloned()));
        }
        if target.weight.is_none() {
            let note = "the file says none: all count alike".to_owned();
            let label = format!("{name}: Weight");
            reading
                .filled
                .push(taken(&target.place, &label, "1".to_owned(), Some(note)));
        }
        let has_limit = said
            .iter()
            .any(|said| said.number.key != property::WEIGHT.key);
        if row.tier_row().is_some() {
            let note = if has_limit {
                "limits that the file does not have are those of the catalogue's lowest tier"
            } else {
                "the file has no limits: those of the catalogue's lowest tier hold"
            };
            let label = format!("{name}: Tier");
            let filled = taken(
                &target.place,
                &label,
                row.tier.clone(),
                Some(note.to_owned()),
            );
            reading.filled.push(filled);
        }
    }
}
