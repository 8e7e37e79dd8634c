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
const DAY_S: u64 = 86_400;
/// Prices are announced no longer ahead.
const ANNOUNCED_DAYS: u64 = 730;

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
    /// How tokens of a request count: input, reserved, corrected or produced.
    counting: String,
    batch_price_percent: f64,
    source: String,
    /// Whether limits per minute are served beyond, as far as there is room.
    #[serde(default)]
    is_baseline: bool,
    /// Whether one limit of an organization holds all its keys.
    #[serde(default)]
    is_one_organization: bool,
    /// Window over which requests a minute are judged, where a tier says none.
    window_s: Option<f64>,
    /// What the tiers allow to be spent.
    spend: Option<Spend>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spend {
    as_of: String,
    evidence: String,
    source: String,
    tiers: Vec<SpendTier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpendTier {
    tier: String,
    usd_per_month: Option<f64>,
    usd_per_10_min: Option<f64>,
    /// Requests of batches that may wait at once, at all models together.
    batch_requests: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Model {
    vendor: String,
    #[serde(rename = "model")]
    name: String,
    status: String,
    shutdown: Option<String>,
    /// What it makes, where that is no text.
    kind: Option<Kind>,
    latency: Option<Latency>,
    /// Input, cached input, output: where the vendor's own deployment is priced
    /// apart from what `genai-prices` lists.
    litellm: Option<(f64, Option<f64>, f64)>,
    /// The same where `genai-prices` of the build is behind.
    listed: Option<Listed>,
    /// Prices of the tiers whose names begin with Data Zone.
    data_zone: Option<(f64, Option<f64>, f64)>,
    /// Writing a token into the provider's cache, dollars per million.
    cache_write: Option<f64>,
    /// Prices of requests with a long prompt.
    long: Option<Long>,
    /// Most tokens of a request, prompt and answer together.
    context: Option<f64>,
    /// Most tokens of an answer.
    answer_max: Option<f64>,
    /// Published speed where no time to first token is.
    speed: Option<Speed>,
    /// Name of the limits it shares with other models, where it has none of its own.
    bucket: Option<String>,
    /// Whether cached input costs as much in a batch as at once.
    #[serde(default)]
    batch_cached_full: bool,
    /// Tokens that one output token counts as; 1 if not said.
    output_weight: Option<f64>,
    provisioned: Option<Provisioned>,
    /// Input tokens per minute of a unit and its output weight, where all else is as for the
    /// vendor's first model that is sold in units.
    ptu: Option<(f64, f64)>,
    /// The tier that a row begins with, where that is not the lowest.
    begins: Option<String>,
    /// Another model of the vendor that has the same tiers.
    tiers_of: Option<String>,
    #[serde(default)]
    tiers: Vec<Tier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    makes: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    price: (f64, Option<f64>, f64),
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Long {
    from: f64,
    input: f64,
    cached: f64,
    output: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speed {
    output_tps: f64,
    source: String,
    as_of: String,
}

#[derive(Deserialize, Clone)]
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
    requests_per_month: Option<f64>,
    tokens_per_month: Option<f64>,
    concurrency: Option<f64>,
    window_s: Option<f64>,
    batch_tokens: Option<f64>,
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
             counting: Counting::{}, batch_price_percent: {:?}, window_s: {:?}, is_baseline: {}, \
             is_one_organization: {}, source: {:?}, spend: {} }},",
            v.id,
            v.name,
            v.base_url,
            v.key_env,
            v.counts_cached,
            counting(&v.counting),
            v.batch_price_percent,
            v.window_s,
            v.is_baseline,
            v.is_one_organization,
            v.source,
            spend(v)
        )
        .expect("writing to a string");
    }
    code.push_str("];\npub(super) static MODEL_ROWS: &[Model] = &[\n");
    let mut tables: Vec<String> = Vec::new();
    for model in &file.models {
        let vendor = file
            .vendors
            .iter()
            .find(|v| v.id == model.vendor)
            .expect("a known vendor");
        code.push_str(&model_row(&file, vendor, model, &mut tables));
    }
    code.push_str("];\npub(super) static NEXT_PRICE_ROWS: &[NextPrice] = &[\n");
    for model in &file.models {
        let vendor = file.vendors.iter().find(|v| v.id == model.vendor);
        code.push_str(&next_price(vendor.expect("a known vendor"), model));
    }
    code.push_str("];\n");
    // Models with the same tiers share one table.
    for (at, rows) in tables.iter().enumerate() {
        writeln!(code, "static TIERS_{at}: &[Tier] = &[{rows}];").expect("writing to a string");
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("catalog.rs"), code).expect("OUT_DIR is writable");
}

fn counting(word: &str) -> &'static str {
    match word {
        "input" => "Input",
        "reserved" => "Reserved",
        "corrected" => "Corrected",
        "produced" => "Produced",
        other => panic!("unknown way of counting: {other}"),
    }
}

fn spend(vendor: &Vendor) -> String {
    vendor.spend.as_ref().map_or_else(
        || "None".to_owned(),
        |s| {
            format!(
                "Some(Spend {{ as_of: {:?}, evidence: {:?}, source: {:?} }})",
                s.as_of, s.evidence, s.source
            )
        },
    )
}

/// The model that says the tiers of this one.
fn with_tiers<'a>(file: &'a File, model: &'a Model) -> &'a Model {
    let Some(name) = &model.tiers_of else {
        return model;
    };
    let mut models = file.models.iter();
    let found = models.find(|other| other.vendor == model.vendor && other.name == *name);
    found.expect("a model with tiers")
}

/// Name of the table that holds the rows.
fn table(rows: String, tables: &mut Vec<String>) -> String {
    let known = tables.iter().position(|other| *other == rows);
    let at = known.unwrap_or(tables.len());
    if known.is_none() {
        tables.push(rows);
    }
    format!("TIERS_{at}")
}

fn tier_rows(vendor: &Vendor, model: &Model, rows: &[Tier]) -> String {
    let mut tiers = String::new();
    for t in rows {
        let spend = vendor.spend.as_ref().and_then(|s| {
            let row = s.tiers.iter().find(|row| row.tier == t.name)?;
            Some((row.usd_per_month, row.usd_per_10_min, row.batch_requests))
        });
        let (month, window, queued) = spend.unwrap_or((None, None, None));
        let own = model.data_zone.filter(|_| t.name.starts_with("Data Zone"));
        let price = own.map_or_else(
            || "None".to_owned(),
            |p| some(&price_row(model, p, "litellm 1.109.1 (MIT)")),
        );
        write!(
            tiers,
            "Tier {{ name: {:?}, rpm: {:?}, tpm: {:?}, itpm: {:?}, otpm: {:?}, rpd: {:?}, \
             tpd: {:?}, requests_per_month: {:?}, tokens_per_month: {:?}, concurrency: {:?}, window_s: {:?}, usd_per_month: {month:?}, \
             usd_per_10_min: {window:?}, batch_tokens: {:?}, batch_requests: {queued:?}, price: {price}, as_of: {:?}, evidence: {:?}, \
             source: {:?} }},",
            t.name,
            t.rpm,
            t.tpm,
            t.itpm,
            t.otpm,
            t.rpd,
            t.tpd,
            t.requests_per_month,
            t.tokens_per_month,
            t.concurrency,
            t.window_s,
            t.batch_tokens,
            t.as_of,
            t.evidence,
            t.source
        )
        .expect("writing to a string");
    }
    tiers
}

fn latency(model: &Model) -> String {
    if let Some(s) = &model.speed {
        return format!(
            "Some(Latency {{ ttft_s: LATENCY_ASSUMED.ttft_s, output_tps: {:?}, source: {:?}, \
             as_of: {:?} }})",
            s.output_tps, s.source, s.as_of
        );
    }
    model.latency.as_ref().map_or_else(
        || "None".to_owned(),
        |l| {
            format!(
                "Some(Latency {{ ttft_s: {:?}, output_tps: {:?}, source: {:?}, as_of: {:?} }})",
                l.ttft_s, l.output_tps, l.source, l.as_of
            )
        },
    )
}

fn model_row(file: &File, vendor: &Vendor, model: &Model, tables: &mut Vec<String>) -> String {
    let tiers = &with_tiers(file, model).tiers;
    let begins = model.begins.as_ref().map_or(0, |name| {
        let place = tiers.iter().position(|tier| tier.name == *name);
        place.expect("the tier to begin with")
    });
    format!(
        "Model {{ vendor: {:?}, name: {:?}, retired: {}, shutdown: {:?}, kind: {}, latency: {}, \
         price: {}, batch_cached_full: {}, bucket: {:?}, output_weight: {:?}, context: {:?}, \
         answer_max: {:?}, provisioned: {}, begins: {begins}, tiers: {} }},\n",
        model.vendor,
        model.name,
        model.status == "retired",
        model.shutdown,
        kind(model),
        latency(model),
        price(vendor, model),
        model.batch_cached_full,
        model.bucket,
        model.output_weight.unwrap_or(1.0),
        model.context,
        model.answer_max,
        provisioned(file, model),
        table(tier_rows(vendor, model, tiers), tables)
    )
}

fn kind(model: &Model) -> String {
    let makes = model.kind.as_ref().map(|kind| kind.makes.as_str());
    let makes = match makes {
        None => return "None".to_owned(),
        Some("embeddings") => "Embeddings",
        Some("ranks") => "Ranks",
        Some("speech") => "Speech",
        Some("images") => "Images",
        Some(other) => panic!("unknown kind of model: {other}"),
    };
    let source = model.kind.as_ref().map_or("", |kind| &kind.source);
    format!("Some((ModelKind::{makes}, {source:?}))")
}

fn provisioned(file: &File, model: &Model) -> String {
    let of_vendor = || {
        let mut models = file.models.iter().filter(|it| it.vendor == model.vendor);
        models.find_map(|other| other.provisioned.clone())
    };
    let by_two = model.ptu.map(|(input_tpm, output_weight)| Provisioned {
        input_tpm,
        output_weight,
        ..of_vendor().expect("a model that is sold in units")
    });
    by_two.or_else(|| model.provisioned.clone()).map_or_else(
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
    if let Some(listed) = &model.listed {
        return some(&price_row(model, listed.price, &listed.source));
    }
    if let Some(price) = model.litellm {
        return some(&price_row(model, price, "litellm 1.109.1 (MIT)"));
    }
    let source = "genai-prices 0.2.1 (MIT)";
    price_on(vendor, model, 0).map_or_else(
        || "None".to_owned(),
        |price| some(&price_row(model, price, source)),
    )
}

/// Prices of input, cached input and output so many days after the edition.
fn price_on(vendor: &Vendor, model: &Model, day: u64) -> Option<(f64, Option<f64>, f64)> {
    // Priced by the thousand: a million in one prompt would be billed as long context.
    let one = |key: UsageKey, also: Option<UsageKey>| {
        let mut usage = Usage::from([(key, 1_000.0)]);
        if let Some(also) = also {
            usage.insert(also, 1_000.0);
        }
        let seconds = EDITION_UNIX_S + day * DAY_S;
        let request = PriceRequest::new(&model.name, &usage)
            .with_provider_id(&vendor.prices)
            .with_timestamp(UNIX_EPOCH + Duration::from_secs(seconds));
        // Cut the binary noise of the conversion: published prices have few digits.
        genai_prices::calculate(&request)
            .ok()
            .map(|p| (p.total_price * 1e9).round() / 1e6)
    };
    let input = one(UsageKey::INPUT_TOKENS, None)?;
    let cached = one(UsageKey::INPUT_TOKENS, Some(UsageKey::CACHE_READ_TOKENS));
    Some((
        input,
        cached,
        one(UsageKey::OUTPUT_TOKENS, None).unwrap_or(0.0),
    ))
}

/// The next prices that are announced, if any.
fn next_price(vendor: &Vendor, model: &Model) -> String {
    let has_own = model.listed.is_some() || model.litellm.is_some();
    let today = price_on(vendor, model, 0).filter(|_| !has_own);
    let changed = today.and_then(|today| {
        let on = |day| price_on(vendor, model, day).filter(|price| *price != today);
        on(ANNOUNCED_DAYS)?;
        (1..=ANNOUNCED_DAYS).find_map(|day| Some((day, on(day)?)))
    });
    changed.map_or_else(String::new, |(day, (input, cached, output))| {
        let cached = cached.unwrap_or(input);
        format!(
            "NextPrice {{ vendor: {:?}, model: {:?}, days: {day}, input_usd_per_mtok: {input:?}, \
             cached_usd_per_mtok: {cached:?}, output_usd_per_mtok: {output:?} }},\n",
            vendor.id, model.name
        )
    })
}

fn some(row: &str) -> String {
    format!("Some({row})")
}

fn price_row(model: &Model, price: (f64, Option<f64>, f64), source: &str) -> String {
    let (input, cached, output) = price;
    let cached = cached.unwrap_or(input);
    // Where writing has no price of its own it is input like any other.
    let write = model.cache_write.unwrap_or(input);
    let long = model.long.as_ref().map_or_else(
        || "None".to_owned(),
        |l| {
            format!(
                "Some(LongPrice {{ from_tokens: {:?}, input_usd_per_mtok: {:?}, \
                 cached_usd_per_mtok: {:?}, output_usd_per_mtok: {:?} }})",
                l.from, l.input, l.cached, l.output
            )
        },
    );
    format!(
        "Price {{ input_usd_per_mtok: {input:?}, cached_usd_per_mtok: {cached:?}, \
         write_usd_per_mtok: {write:?}, output_usd_per_mtok: {output:?}, long: {long}, \
         source: {source:?} }}"
    )
}
