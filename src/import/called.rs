//! Providers called, by a usage export.

use crate::catalog::provider as catalog;
use crate::scenario::{Provider, link};
use crate::traffic::{Called, Digest, Format};

/// Vendor in the catalogue for unknown providers.
const OWN: &str = "custom";
/// Vendors whose models others resell too; the first with the model is used.
const MAKERS: [&str; 3] = ["openai", "anthropic", "google-gemini-api"];

/// Vendors by the prefix that gateways put before a model name.
const PREFIXES: [(&str, &str); 14] = [
    ("openai", "openai"),
    ("azure", "azure-openai"),
    ("azure_ai", "azure-openai"),
    ("anthropic", "anthropic"),
    ("bedrock", "aws-bedrock"),
    ("bedrock_converse", "aws-bedrock"),
    ("vertex_ai", "google-vertex"),
    ("vertex", "google-vertex"),
    ("gemini", "google-gemini-api"),
    ("groq", "groq"),
    ("mistral", "mistral"),
    ("cohere", "cohere"),
    ("cohere_chat", "cohere"),
    ("deepseek", "deepseek"),
];

/// Vendors by the names of gateways and routers, in lower case with `-` between words. Prefixes and
/// the vendors' own ids are not repeated.
const NAMES: [(&str, &str); 16] = [
    ("azure-openai-service", "azure-openai"),
    ("azure-ai", "azure-openai"),
    ("azure-ai-foundry", "azure-openai"),
    ("azure-ai-inference", "azure-openai"),
    ("amazon-bedrock", "aws-bedrock"),
    ("aws", "aws-bedrock"),
    ("bedrock-converse", "aws-bedrock"),
    ("vertex-ai", "google-vertex"),
    ("google-vertex-ai", "google-vertex"),
    ("gcp-vertex", "google-vertex"),
    ("google", "google-gemini-api"),
    ("google-ai", "google-gemini-api"),
    ("google-ai-studio", "google-gemini-api"),
    ("google-gemini", "google-gemini-api"),
    ("mistral-ai", "mistral"),
    ("mistralai", "mistral"),
];

/// Prefixes of model names at Bedrock: the maker, after an optional profile region.
const MAKERS_AT_BEDROCK: [&str; 8] = [
    "ai21.",
    "amazon.",
    "anthropic.",
    "cohere.",
    "deepseek.",
    "meta.",
    "mistral.",
    "openai.",
];

/// The row that calls of a model go to: of the catalogue, or with the names in the file. `None` if
/// neither names a provider or a model.
fn called_row(format: Format, call: &Called, id: u32) -> Option<Provider> {
    let (provider, model) = (call.provider.as_deref(), call.model.as_deref());
    let sold = seller(format, provider, model);
    if let Some((vendor, model)) = sold {
        let mut row = Provider::first_of(id, vendor, call.share_ratio);
        if let Some(model) = model {
            row.choose_model(model);
        }
        return Some(row);
    }
    let name = provider.or(model)?;
    let mut row = Provider::first_of(id, OWN, call.share_ratio);
    row.name = link::clean_name(name);
    row.choose_model(model.unwrap_or_default());
    Some(row)
}

/// Providers called, weighted by the calls of their models.
///
/// A known vendor with an unknown model gets the file's model name and no limits. Calls to an
/// unknown vendor go to a custom provider with the names in the file. Empty if the file names no
/// provider and no vendor is known.
pub fn called_providers(digest: &Digest) -> Vec<Provider> {
    let mut found: Vec<Provider> = Vec::new();
    let mut is_any_known = false;
    for call in &called(digest) {
        let id = u32::try_from(found.len() + 1).unwrap_or(u32::MAX);
        let Some(row) = called_row(digest.format, call, id) else {
            continue;
        };
        is_any_known |= row.vendor != OWN || call.provider.is_some();
        let same = found.iter_mut().find(|known| {
            known.vendor == row.vendor && known.model == row.model && known.name == row.name
        });
        match same {
            Some(same) => same.weight += call.share_ratio,
            None => found.push(row),
        }
    }
    if !is_any_known {
        return Vec::new();
    }
    let all: f64 = found.iter().map(|row| row.weight).sum();
    for row in &mut found {
        row.weight = (row.weight / all * 1_000.0).round() / 10.0;
    }
    found.retain(|row| 0.0 < row.weight);
    // Several models of a vendor are distinguished by model name.
    let names: Vec<String> = found.iter().map(|row| row.name.clone()).collect();
    for row in &mut found {
        let is_shared = 1 < names.iter().filter(|name| **name == row.name).count();
        if is_shared && !row.model.is_empty() {
            row.name = [row.name.as_str(), " ", &row.model].concat();
        }
    }
    found
}

/// The row of each of a file's callees among some providers; `None` if it is none of them, or may
/// be several.
pub fn rows_called(digest: &Digest, providers: &[Provider]) -> Vec<Option<usize>> {
    let row = |call: &Called| {
        let wanted = called_row(digest.format, call, 1)?;
        // Unknown vendors differ by name, which may have got the model.
        let is_own = |row: &Provider| row.vendor != OWN || row.name.starts_with(&wanted.name);
        let is_it = |row: &Provider| {
            row.vendor == wanted.vendor && row.model == wanted.model && is_own(row)
        };
        let mut rows = providers.iter().enumerate().filter(|(_, row)| is_it(row));
        let (at, _) = rows.next()?;
        rows.next().is_none().then_some(at)
    };
    digest.called.iter().map(row).collect()
}

/// Models assumed for calls without one: the first of each vendor.
pub fn models_assumed(digest: &Digest) -> Vec<String> {
    let calls = called(digest);
    let unnamed = calls.iter().filter(|call| call.model.is_none());
    let vendors = unnamed.filter_map(|call| {
        let (vendor, _) = seller(digest.format, call.provider.as_deref(), None)?;
        Some(Provider::first_of(1, vendor, 1.0).model)
    });
    vendors.collect()
}

/// Models of no vendor in the catalogue, in a file that names no provider: the callee is unknown.
pub fn models_of_nobody(digest: &Digest) -> Vec<String> {
    if !called_providers(digest).is_empty() {
        return Vec::new();
    }
    called(digest)
        .into_iter()
        .filter_map(|call| call.model)
        .collect()
}

/// Models called. Digests stored without this list have workloads instead.
fn called(digest: &Digest) -> Vec<Called> {
    if !digest.called.is_empty() {
        return digest.called.clone();
    }
    let workloads = digest.workloads.iter().map(|workload| Called {
        provider: None,
        model: workload.model.clone(),
        share_ratio: workload.requests_per_day,
        latency_s: None,
        first_token_s: None,
    });
    workloads.collect()
}

/// Vendor called, by a provider name in the file or the prefix of a model.
fn vendor(format: Format, name: &str) -> Option<&'static str> {
    match format {
        Format::OpenAiUsageApi | Format::OpenAiConsole => return Some("openai"),
        Format::AnthropicConsole | Format::AnthropicUsageApi => return Some("anthropic"),
        Format::AzureMonitor => return Some("azure-openai"),
        Format::CloudWatch | Format::BedrockLog => return Some("aws-bedrock"),
        Format::CloudMonitoring => return Some("google-vertex"),
        Format::DeepSeek => return Some("deepseek"),
        _ => {}
    }
    if at_bedrock(name).is_some() {
        return Some("aws-bedrock");
    }
    let (prefix, _) = name.split_once('/')?;
    // The prefix at OpenRouter is the model's maker, not the provider called.
    let is_maker = format == Format::OpenRouter;
    let found = PREFIXES.iter().find(|(known, _)| *known == prefix);
    found.filter(|_| !is_maker).map(|(_, vendor)| *vendor)
}

/// Vendor for a provider name in a file.
fn vendor_named(provider: &str) -> Option<&'static str> {
    let name = provider
        .trim()
        .to_ascii_lowercase()
        .replace([' ', '_'], "-");
    let vendors = catalog::vendors().iter();
    let own = vendors.map(|vendor| (vendor.id, vendor.id));
    let prefixes = PREFIXES.iter().chain(&NAMES).copied();
    let mut all = own.chain(prefixes).filter(|(_, id)| *id != OWN);
    all.find(|(known, _)| known.replace('_', "-") == name)
        .map(|(_, vendor)| vendor)
}

/// Model name at Bedrock without the profile's region.
fn at_bedrock(name: &str) -> Option<&str> {
    let bare = name.rsplit('/').next().unwrap_or(name);
    let places = MAKERS_AT_BEDROCK.iter();
    let at = places.filter_map(|maker| bare.find(maker)).min()?;
    let region = &bare[..at];
    let is_region = region.is_empty() || region.ends_with('.') && region.len() <= 7;
    is_region.then_some(&bare[at..])
}

/// Vendor and, if known, model for a name in a file: as in the catalogue, or else as in the file.
/// `None` if the file names a provider outside the catalogue.
fn seller<'n>(
    format: Format,
    provider: Option<&str>,
    name: Option<&'n str>,
) -> Option<(&'static str, Option<&'n str>)> {
    let name = name.unwrap_or_default();
    let vendor = match provider {
        Some(provider) => Some(vendor_named(provider)?),
        None => vendor(format, name),
    };
    if let Some(vendor) = vendor {
        let own = name.rsplit('/').next().filter(|bare| !bare.is_empty());
        return Some((vendor, listed(vendor, name).or(own)));
    }
    let vendors = catalog::vendors().iter().map(|vendor| vendor.id);
    let mut order = MAKERS.into_iter().chain(vendors);
    order.find_map(|vendor| Some((vendor, Some(listed(vendor, name)?))))
}

/// Vendor's model for a name that may include a date, version, region or route:
/// `gpt-4o-2024-08-06`, `us.anthropic.claude-sonnet-4-5-v1:0`, `responses/gpt-5`.
pub(super) fn listed(vendor: &str, name: &str) -> Option<&'static str> {
    let bare = name.rsplit('/').next().unwrap_or(name);
    // A fine-tuned model has the limits of its base.
    let bare = bare.strip_prefix("ft:").unwrap_or(bare);
    let (_, behind) = name.split_once('/').unwrap_or(("", name));
    let names = [at_bedrock(name).unwrap_or(bare), behind, name];
    let same = names.iter().find_map(|name| longest(vendor, name));
    same.or_else(|| reordered(vendor, bare))
}

/// Vendor's model with the words of the name in another order, such as `claude-4.5-sonnet`.
fn reordered(vendor: &str, name: &str) -> Option<&'static str> {
    let words = |name: &str| {
        let name = plain(name);
        let is_date = |word: &&str| word.len() == 8 && word.bytes().all(|it| it.is_ascii_digit());
        let words = name.split(['-', ':']).filter(|word| !is_date(word));
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.sort();
        words
    };
    let own = words(name);
    let mut models = catalog::models(vendor).filter(|model| !model.retired);
    models
        .find(|model| words(model.name) == own)
        .map(|model| model.name)
}

/// Vendor's model with the longest name that is a prefix of this one: dated versions carry the date
/// after the name.
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

/// Whether the rest of a name is a date, a version or `latest`.
fn is_version(rest: &str) -> bool {
    let is_word = |c: char| c.is_ascii_digit() || "-:@v".contains(c);
    rest.starts_with(['-', ':', '@']) && (rest.chars().all(is_word) || rest == "-latest")
}

fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('.', "-")
}
