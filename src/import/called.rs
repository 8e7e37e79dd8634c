//! The workloads and the providers that a usage export says were called.

use crate::catalog::provider as catalog;
use crate::say::traffic::workload_name;
use crate::scenario::{Period, Provider, Workload};
use crate::traffic::{self, Digest, Format};

/// Vendors whose models many others sell too: the first that has a model is taken.
const MAKERS: [&str; 4] = ["openai", "anthropic", "gemini", "google"];

/// The providers of the models in a file, with weights by their requests; a model that the
/// catalogue does not have is left out. Empty where none is known.
pub fn called_providers(digest: &Digest) -> Vec<Provider> {
    let mut found: Vec<Provider> = Vec::new();
    for workload in &digest.workloads {
        let model = workload.model.as_deref();
        let Some((vendor, model)) = model.and_then(|name| listed(digest.format, name)) else {
            continue;
        };
        let weight = workload.requests_per_day;
        let same = found
            .iter_mut()
            .find(|row| row.vendor == vendor && row.model == model);
        if let Some(same) = same {
            same.weight += weight;
        } else {
            let id = u32::try_from(found.len() + 1).unwrap_or(u32::MAX);
            let mut row = Provider::first_of(id, vendor, weight);
            row.choose_model(model);
            found.push(row);
        }
    }
    let all: f64 = found.iter().map(|row| row.weight).sum();
    for row in &mut found {
        row.weight = (row.weight / all * 1_000.0).round() / 10.0;
    }
    found.retain(|row| 0.0 < row.weight);
    found
}

/// The workload of a model, a key or a tag in a file; what the file does not say by it is as in
/// the whole.
pub fn called_workload(id: u32, of: &traffic::Workload, whole: &Workload) -> Workload {
    // More than two decimals would be noise.
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    Workload {
        id,
        name: workload_name(of),
        profile: None,
        requests: rounded(of.requests_per_day),
        period: Period::Day,
        input_tokens: rounded(of.input_tokens),
        output_tokens: rounded(of.output_tokens),
        cached_percent: of.cached_percent.map_or(whole.cached_percent, rounded),
        ..whole.clone()
    }
}

/// The vendor and the model of the catalogue that a name means.
fn listed(format: Format, name: &str) -> Option<(&'static str, &'static str)> {
    let own = match format {
        Format::AzureMonitor => Some("azure-openai"),
        Format::CloudWatch | Format::BedrockLog => Some("bedrock"),
        Format::CloudMonitoring => Some("vertex"),
        _ => None,
    };
    let bare = name.rsplit('/').next().unwrap_or(name);
    let vendors = catalog::vendors().iter().map(|vendor| vendor.id);
    let mut order: Vec<&str> = own.into_iter().chain(MAKERS).chain(vendors).collect();
    order.retain(|id| catalog::vendor(id).is_some());
    order
        .into_iter()
        .find_map(|id| Some((catalog::vendor(id)?.id, longest(id, bare)?)))
}

/// The vendor's model with the longest name that this one begins with: dated versions of a model
/// carry the date behind its name.
fn longest(vendor: &str, name: &str) -> Option<&'static str> {
    let name = plain(name);
    let names = catalog::models(vendor).filter(|model| !model.retired);
    names
        .map(|model| model.name)
        .filter(|known| {
            let rest = name.strip_prefix(&plain(known));
            rest.is_some_and(|rest| rest.is_empty() || is_version(rest))
        })
        .max_by_key(|known| known.len())
}

/// A date, a version or `latest` behind a model's name.
fn is_version(rest: &str) -> bool {
    let is_word = |c: char| c.is_ascii_digit() || "-:@v".contains(c);
    rest.starts_with(['-', ':', '@']) && (rest.chars().all(is_word) || rest == "-latest")
}

fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('.', "-")
}
