//! Turns `src/catalog/limits.json` and the price database of `genai-prices`
//! into static tables, so that the page parses nothing at start.

use std::fmt::Write as _;
use std::time::{Duration, UNIX_EPOCH};
use std::{env, fs, path::Path};

use genai_prices::{PriceRequest, Usage, UsageKey};
use serde::Deserialize;

const LIMITS: &str = "src/catalog/limits.json";
/// Midnight UTC of the file's `edition`; prices are those in force on that day,
/// so that a build next year gives the same links the same cost.
const EDITION_UNIX_S: u64 = 1_795_392_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    edition: String,
    vendors: Vec<Vendor>,
    models: Vec<Model>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vendor {
    id: String,
    name: String,
    base_url: String,
    key_env: String,
    prices: String,
    counts_cached: bool,
    reserves_output: bool,
    counts_output: bool,
    batch_price_percent: f64,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Model {
    vendor: String,
    #[serde(rename = "model")]
    name: String,
    status: String,
    shutdown: Option<String>,
    latency: Option<Latency>,
    /// Input, cached input, output: where the vendor's own deployment is priced
    /// apart from what `genai-prices` lists.
    litellm: Option<(f64, Option<f64>, f64)>,
    /// Tokens that one output token counts as; 1 if not said.
    output_weight: Option<f64>,
    provisioned: Option<Provisioned>,
    tiers: Vec<Tier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Provisioned {
    unit: String,
    input_tpm: f64,
    output_weight: f64,
    cached_percent: f64,
    units_min: f64,
    units_step: f64,
    usd_per_unit_month: Option<f64>,
    as_of: String,
    evidence: String,
    source: String,
    price_source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Latency {
    ttft_s: f64,
    output_tps: f64,
    source: String,
    as_of: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tier {
    name: String,
    rpm: Option<f64>,
    tpm: Option<f64>,
    itpm: Option<f64>,
    otpm: Option<f64>,
    rpd: Option<f64>,
    tpd: Option<f64>,
    concurrency: Option<f64>,
    window_s: Option<f64>,
    as_of: String,
    evidence: String,
    source: String,
}

fn main() {
    println!("cargo::rerun-if-changed={LIMITS}");
    println!("cargo::rerun-if-changed=build.rs");
    let text = fs::read_to_string(LIMITS).expect("the limits file is part of the sources");
    let file: File = serde_json::from_str(&text).expect("limits.json fits its schema");

    let mut code = format!(
        "/// The day these facts were collected.\npub static EDITION: &str = {:?};\n",
        file.edition
    );
    code.push_str("pub(super) static VENDOR_ROWS: &[Vendor] = &[\n");
    for v in &file.vendors {
        writeln!(
            code,
            "Vendor {{ id: {:?}, name: {:?}, base_url: {:?}, key_env: {:?}, counts_cached: {}, \
             reserves_output: {}, counts_output: {}, batch_price_percent: {:?}, source: {:?} }},",
            v.id,
            v.name,
            v.base_url,
            v.key_env,
            v.counts_cached,
            v.reserves_output,
            v.counts_output,
            v.batch_price_percent,
            v.source
        )
        .expect("writing to a string");
    }
    code.push_str("];\npub(super) static MODEL_ROWS: &[Model] = &[\n");
    for model in &file.models {
        let vendor = file
            .vendors
            .iter()
            .find(|v| v.id == model.vendor)
            .expect("a known vendor");
        code.push_str(&model_row(vendor, model));
    }
    code.push_str("];\n");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("catalog.rs"), code).expect("OUT_DIR is writable");
}

fn model_row(vendor: &Vendor, model: &Model) -> String {
    let mut tiers = String::new();
    for t in &model.tiers {
        write!(
            tiers,
            "Tier {{ name: {:?}, rpm: {:?}, tpm: {:?}, itpm: {:?}, otpm: {:?}, rpd: {:?}, \
             tpd: {:?}, concurrency: {:?}, window_s: {:?}, as_of: {:?}, evidence: {:?}, source: {:?} }},",
            t.name,
            t.rpm,
            t.tpm,
            t.itpm,
            t.otpm,
            t.rpd,
            t.tpd,
            t.concurrency,
            t.window_s,
            t.as_of,
            t.evidence,
            t.source
        )
        .expect("writing to a string");
    }
    let latency = model.latency.as_ref().map_or_else(
        || "None".to_owned(),
        |l| {
            format!(
                "Some(Latency {{ ttft_s: {:?}, output_tps: {:?}, source: {:?}, as_of: {:?} }})",
                l.ttft_s, l.output_tps, l.source, l.as_of
            )
        },
    );
    format!(
        "Model {{ vendor: {:?}, name: {:?}, retired: {}, shutdown: {:?}, latency: {latency}, \
         price: {}, output_weight: {:?}, provisioned: {}, tiers: &[{tiers}] }},\n",
        model.vendor,
        model.name,
        model.status == "retired",
        model.shutdown,
        price(vendor, model),
        model.output_weight.unwrap_or(1.0),
        provisioned(model)
    )
}

fn provisioned(model: &Model) -> String {
    model.provisioned.as_ref().map_or_else(
        || "None".to_owned(),
        |p| {
            format!(
                "Some(Provisioned {{ unit: {:?}, input_tpm: {:?}, output_weight: {:?}, \
                 cached_percent: {:?}, units_min: {:?}, units_step: {:?}, \
                 usd_per_unit_month: {:?}, as_of: {:?}, evidence: {:?}, source: {:?}, \
                 price_source: {:?} }})",
                p.unit,
                p.input_tpm,
                p.output_weight,
                p.cached_percent,
                p.units_min,
                p.units_step,
                p.usd_per_unit_month,
                p.as_of,
                p.evidence,
                p.source,
                p.price_source.as_deref().unwrap_or("")
            )
        },
    )
}

fn price(vendor: &Vendor, model: &Model) -> String {
    if let Some((input, cached, output)) = model.litellm {
        let cached = cached.unwrap_or(input);
        return price_row(input, cached, output, "litellm 1.109.1 (MIT)");
    }
    // Priced by the thousand: a million in one prompt would be billed as long context.
    let one = |key: UsageKey, also: Option<UsageKey>| {
        let mut usage = Usage::from([(key, 1_000.0)]);
        if let Some(also) = also {
            usage.insert(also, 1_000.0);
        }
        let request = PriceRequest::new(&model.name, &usage)
            .with_provider_id(&vendor.prices)
            .with_timestamp(UNIX_EPOCH + Duration::from_secs(EDITION_UNIX_S));
        // Cut the binary noise of the conversion: published prices have few digits.
        genai_prices::calculate(&request)
            .ok()
            .map(|p| (p.total_price * 1e9).round() / 1e6)
    };
    let Some(input) = one(UsageKey::INPUT_TOKENS, None) else {
        return "None".to_owned();
    };
    let cached = one(UsageKey::INPUT_TOKENS, Some(UsageKey::CACHE_READ_TOKENS)).unwrap_or(input);
    let output = one(UsageKey::OUTPUT_TOKENS, None).unwrap_or(0.0);
    price_row(input, cached, output, "genai-prices 0.2.1 (MIT)")
}

fn price_row(input: f64, cached: f64, output: f64, source: &str) -> String {
    format!(
        "Some(Price {{ input_usd_per_mtok: {input:?}, cached_usd_per_mtok: {cached:?}, \
         output_usd_per_mtok: {output:?}, source: {source:?} }})"
    )
}
