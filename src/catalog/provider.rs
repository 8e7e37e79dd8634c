//! Providers, their models, tiers, prices and latency, each with source and date.
//!
//! `build.rs` generates the rows from `limits.json` (ours, dated) and the price database of the
//! `genai-prices` crate. Links refer to rows by name, so a released row never changes its numbers;
//! newer facts are new rows.

use chrono::Days;

use super::date::{Date, full_date};
use super::model_kind::ModelKind;
pub use rows::EDITION;
use rows::{MODEL_ROWS, NEXT_PRICE_ROWS, VENDOR_ROWS};

mod rows {
    #![expect(
        clippy::unreadable_literal,
        reason = "generated; the readable form is limits.json"
    )]

    use super::{
        Counting, LATENCY_ASSUMED, Latency, LongPrice, Model, ModelKind, NextPrice, Price,
        Provisioned, Spend, Tier, Vendor,
    };

    include!(concat!(env!("OUT_DIR"), "/catalog.rs"));
}

/// Company that serves models, with its rules for counting tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vendor {
    /// Id in the gateway's pack.
    pub id: &'static str,
    /// Display name.
    pub name: &'static str,
    /// Base address for the pack.
    pub base_url: &'static str,
    /// Environment variable with the API key.
    pub key_env: &'static str,
    /// Whether cached input counts towards the token limit.
    pub counts_cached: bool,
    /// Counting of a request's tokens towards per-minute limits.
    pub counting: Counting,
    /// Batch price in percent of the list price; 100 without a batch price.
    pub batch_price_percent: f64,
    /// Window for enforcing requests per minute in seconds, unless a tier has its own.
    pub window_s: Option<f64>,
    /// Whether the vendor serves more than the per-minute limits when it has capacity.
    pub is_baseline: bool,
    /// Whether the limits of a tier apply to an organization with all its keys.
    pub is_one_organization: bool,
    /// Source of the counting rule.
    pub source: &'static str,
    /// Source of the spending limits of the tiers, if any.
    pub spend: Option<Spend>,
}

/// Counting of a request's tokens towards per-minute limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Input only.
    Input,
    /// Input and `max_tokens` on arrival, never corrected, counted per minute.
    Reserved,
    /// Input and `max_tokens` on arrival, corrected to actual use with the response.
    Corrected,
    /// Input on arrival, output as it is produced.
    Produced,
}

impl Counting {
    /// All kinds of counting.
    pub const ALL: [Self; 4] = [Self::Input, Self::Reserved, Self::Corrected, Self::Produced];

    /// Key in links and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Reserved => "reserved",
            Self::Corrected => "corrected",
            Self::Produced => "produced",
        }
    }

    /// Label in the form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "Input alone",
            Self::Reserved => "Input and max_tokens",
            Self::Corrected => "Reserved, then corrected",
            Self::Produced => "As produced",
        }
    }

    /// Counting with this key.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == text)
    }

    /// Whether `max_tokens` counts on arrival.
    pub fn reserves(self) -> bool {
        matches!(self, Self::Reserved | Self::Corrected)
    }
}

/// Source of the spending limits of a vendor's tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spend {
    /// Date of the copy.
    pub as_of: &'static str,
    /// Evidence letter, as in [`Tier`].
    pub evidence: &'static str,
    /// Source page.
    pub source: &'static str,
}

/// Model with its tiers; models on sale come first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    /// Id of the vendor.
    pub vendor: &'static str,
    /// Name of the model in requests.
    pub name: &'static str,
    /// Whether the model is no longer available.
    pub retired: bool,
    /// Announced or past shutdown date.
    pub shutdown: Option<&'static str>,
    /// Output other than text, and its source.
    pub kind: Option<(ModelKind, &'static str)>,
    /// Measured speed, if published.
    pub latency: Option<Latency>,
    /// Price on the edition's date.
    pub price: Option<Price>,
    /// Whether cached input costs the same in batches as otherwise.
    pub batch_cached_full: bool,
    /// Name of limits shared with other models, if any.
    pub bucket: Option<&'static str>,
    /// Tokens counted per output token towards the limits.
    pub output_weight: f64,
    /// Context window in tokens, prompt and answer together, if known.
    pub context: Option<f64>,
    /// Maximum output tokens, if known.
    pub answer_max: Option<f64>,
    /// Provisioned throughput, if sold for this model.
    pub provisioned: Option<Provisioned>,
    /// Index of a row's initial tier.
    pub begins: usize,
    /// Tiers, lowest first; the guide's own row comes last.
    pub tiers: &'static [Tier],
}

/// Approximate speed of a model, from third parties.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Latency {
    /// Time to first token, in seconds.
    pub ttft_s: f64,
    /// Output tokens per second.
    pub output_tps: f64,
    /// Source of the measurement.
    pub source: &'static str,
    /// Date of the measurement, as far as known (`YYYY-MM-DD` or shorter).
    pub as_of: &'static str,
}

/// Unit of a model's provisioned throughput.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Provisioned {
    /// Name of the unit and of its tier: PTU or GSU.
    pub unit: &'static str,
    /// Input tokens per minute per unit.
    pub input_tpm: f64,
    /// Input tokens counted per output token.
    pub output_weight: f64,
    /// Share of cached input that counts, in percent.
    pub cached_percent: f64,
    /// Minimum number of units.
    pub units_min: f64,
    /// Increment in units.
    pub units_step: f64,
    /// Dollars per unit and month, if known.
    pub usd_per_unit_month: Option<f64>,
    /// Date of the copy.
    pub as_of: &'static str,
    /// Evidence letter, as in [`Tier`].
    pub evidence: &'static str,
    /// Source page.
    pub source: &'static str,
    /// Source of the price.
    pub price_source: &'static str,
}

/// List price per million tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// Uncached input.
    pub input_usd_per_mtok: f64,
    /// Input served from the provider's cache.
    pub cached_usd_per_mtok: f64,
    /// Input written to the provider's cache.
    pub write_usd_per_mtok: f64,
    /// Output.
    pub output_usd_per_mtok: f64,
    /// Price of requests with a long prompt, if different.
    pub long: Option<LongPrice>,
    /// Package with the price.
    pub source: &'static str,
}

/// List price per million tokens of a whole request with a long prompt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LongPrice {
    /// Input tokens above which this price applies.
    pub from_tokens: f64,
    /// Uncached input.
    pub input_usd_per_mtok: f64,
    /// Input served from the provider's cache.
    pub cached_usd_per_mtok: f64,
    /// Output.
    pub output_usd_per_mtok: f64,
}

/// List price of a model per million tokens that is announced for a later day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NextPrice {
    vendor: &'static str,
    model: &'static str,
    /// Days from the edition to its first day.
    days: u64,
    /// Uncached input.
    pub input_usd_per_mtok: f64,
    /// Input served from the provider's cache.
    pub cached_usd_per_mtok: f64,
    /// Output.
    pub output_usd_per_mtok: f64,
}

impl NextPrice {
    /// First day of the price.
    pub fn first_day(&self) -> Option<Date> {
        full_date(EDITION)?.checked_add_days(Days::new(self.days))
    }
}

/// Row of published limits; `None` if not published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tier {
    /// Name of the tier, unique within the model.
    pub name: &'static str,
    /// Requests per minute.
    pub rpm: Option<f64>,
    /// Tokens per minute, input and output together.
    pub tpm: Option<f64>,
    /// Input tokens per minute.
    pub itpm: Option<f64>,
    /// Output tokens per minute.
    pub otpm: Option<f64>,
    /// Requests per day.
    pub rpd: Option<f64>,
    /// Tokens per day.
    pub tpd: Option<f64>,
    /// Requests per calendar month.
    pub requests_per_month: Option<f64>,
    /// Tokens per calendar month.
    pub tokens_per_month: Option<f64>,
    /// Concurrent requests.
    pub concurrency: Option<f64>,
    /// Window in which requests are actually counted in seconds, if below a minute.
    pub window_s: Option<f64>,
    /// Dollars per calendar month.
    pub usd_per_month: Option<f64>,
    /// Dollars per any ten minutes.
    pub usd_per_10_min: Option<f64>,
    /// Queued batch tokens.
    pub batch_tokens: Option<f64>,
    /// Queued batch requests.
    pub batch_requests: Option<f64>,
    /// List price, if different from the model's.
    pub price: Option<Price>,
    /// Date of the copy (`YYYY-MM-DD` or `YYYY-MM`).
    pub as_of: &'static str,
    /// Evidence: A the provider's page, C quoted by others, I inferred, G the guide.
    pub evidence: &'static str,
    /// Source page.
    pub source: &'static str,
}

impl Model {
    /// Initial units of provisioned throughput, if the tier is such a unit.
    pub fn units_of(&self, tier: &str) -> Option<f64> {
        let reserved = self.provisioned.filter(|row| row.unit == tier);
        reserved.map(|row| row.units_min)
    }

    /// Initial tier of a row, if any.
    pub fn first_tier(&self) -> Option<&'static Tier> {
        self.tiers.get(self.begins)
    }

    /// Names of the tiers and of provisioned units.
    pub fn tier_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let tiers = self.tiers.iter().map(|tier| tier.name);
        tiers.chain(self.provisioned.map(|row| row.unit))
    }
}

/// Speed assumed for models without published figures.
pub const LATENCY_ASSUMED: Latency = Latency {
    ttft_s: 1.0,
    output_tps: 60.0,
    source: "assumed: no published figure for this model",
    as_of: "2026-11-23",
};

/// Age in days above which limits are marked as stale.
pub const LIMITS_STALE_DAYS: i64 = 90;

/// All vendors.
pub fn vendors() -> &'static [Vendor] {
    VENDOR_ROWS
}

/// Vendor with this id.
pub fn vendor(id: &str) -> Option<&'static Vendor> {
    VENDOR_ROWS.iter().find(|vendor| vendor.id == id)
}

/// Models of a vendor, those on sale first.
pub fn models(vendor: &str) -> impl Iterator<Item = &'static Model> {
    MODEL_ROWS
        .iter()
        .filter(move |model| model.vendor == vendor)
}

/// Model of a vendor.
pub fn model(vendor: &str, name: &str) -> Option<&'static Model> {
    // The name's length rules out most rows at once.
    MODEL_ROWS
        .iter()
        .find(|model| model.name == name && model.vendor == vendor)
}

/// Next price of a model, if one is announced.
pub fn next_price(vendor: &str, name: &str) -> Option<&'static NextPrice> {
    NEXT_PRICE_ROWS
        .iter()
        .find(|row| row.model == name && row.vendor == vendor)
}

/// Spelling of a model in the catalogue, ignoring case.
pub fn model_spelled(vendor: &str, name: &str) -> Option<&'static str> {
    models(vendor)
        .map(|model| model.name)
        .find(|known| known.eq_ignore_ascii_case(name))
}

/// Spelling of a tier in the catalogue, ignoring case.
pub fn tier_spelled(vendor: &str, model_name: &str, tier: &str) -> Option<&'static str> {
    let model = model(vendor, model_name)?;
    model
        .tier_names()
        .find(|known| known.eq_ignore_ascii_case(tier))
}

/// Tier of a model.
pub fn tier(vendor: &str, model_name: &str, tier: &str) -> Option<&'static Tier> {
    model(vendor, model_name)?
        .tiers
        .iter()
        .find(|row| row.name == tier)
}

/// Meaning of an evidence letter.
pub fn evidence_text(evidence: &str) -> &'static str {
    match evidence {
        "A" => "from the provider's own page",
        "B" => "from a maintained catalogue",
        "C" => "quoted from the provider's page by others",
        "I" => "inferred, not published for this model",
        "G" => "the guide's table",
        _ => "your own value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_complete_and_dated() {
        for model in MODEL_ROWS {
            assert!(vendor(model.vendor).is_some(), "{}", model.name);
            for row in model.tiers {
                let name = format!("{} {} {}", model.vendor, model.name, row.name);
                assert!(row.as_of.starts_with("20"), "{name}: no date");
                assert!(
                    "ABCIG".contains(row.evidence),
                    "{name}: evidence {}",
                    row.evidence
                );
                let monthly = [row.requests_per_month, row.tokens_per_month];
                let daily = [row.rpd, row.tpd, row.concurrency];
                for limit in [row.rpm, row.tpm, row.itpm, row.otpm]
                    .into_iter()
                    .chain(daily)
                    .chain(monthly)
                    .flatten()
                {
                    assert!(0.0 < limit, "{name}: limit {limit}");
                }
                let twins = model
                    .tiers
                    .iter()
                    .filter(|other| other.name == row.name)
                    .count();
                assert_eq!(twins, 1, "{name} is not unique");
            }
        }
    }

    #[test]
    fn prices_are_the_published_ones() {
        // (vendor, model, input, cached, output), reference/providers.md §3.
        let cases = [
            ("openai", "gpt-4o", 2.5, 1.25, 10.0),
            ("openai", "gpt-6-sol", 2.0, 0.2, 10.0),
            ("azure-openai", "gpt-4o", 2.75, 1.375, 11.0),
            ("anthropic", "claude-sonnet-5", 2.0, 0.2, 10.0),
            ("groq", "openai/gpt-oss-120b", 0.15, 0.075, 0.6),
        ];
        for (vendor, name, input, cached, output) in cases {
            let price = model(vendor, name).and_then(|m| m.price).expect(name);
            let got = [
                price.input_usd_per_mtok,
                price.cached_usd_per_mtok,
                price.output_usd_per_mtok,
            ];
            for (got, want) in got.into_iter().zip([input, cached, output]) {
                assert!(
                    (got - want).abs() < 1e-9,
                    "{vendor} {name}: {got}, expected {want}"
                );
            }
        }
    }
}
