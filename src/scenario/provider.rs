//! A provider row of the scenario.

use super::names::{OWN_MODEL, OWN_TIER};
use super::property::Ranges;
use super::words::Scope;
use crate::catalog::date::Date;
use crate::catalog::model_kind::ModelKind;
use crate::catalog::provider::{self as catalog, Counting};
use crate::catalog::ratio;

/// A provider that takes a share of the requests.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// Stable id of the row; not part of the link.
    pub id: u32,
    /// Vendor's id in the catalogue.
    pub vendor: String,
    /// Display name.
    pub name: String,
    /// Model name in requests.
    pub model: String,
    /// Tier of the limits.
    pub tier: String,
    /// Weight in the routing.
    pub weight: f64,
    /// Limits, filled in from the tier and editable.
    pub limits: Limits,
    /// Scope of the limits: the provider's, or each gateway's own.
    pub scope: Scope,
    /// Counting of a request's tokens towards the limits.
    pub counting: Counting,
    /// Maximum tokens per request, prompt and answer together; unknown if absent.
    pub context: Option<f64>,
    /// Maximum tokens per answer; unknown if absent.
    pub answer_max: Option<f64>,
    /// Duration of a batch, hours; a day if absent.
    pub batch_hours: Option<f64>,
    /// Place in the order: requests refused by one place spill to the next.
    pub order: u32,
    /// Weight of an output token towards TPM and TPD.
    pub output_weight: f64,
    /// Units of reserved throughput; pay as you go if absent.
    pub units: Option<f64>,
    /// Throughput and price of one unit.
    pub unit: Unit,
    /// Prices, filled in from the catalogue and editable.
    pub prices: Prices,
    /// Time to first token, seconds.
    pub ttft_s: f64,
    /// Output tokens per second.
    pub output_tps: f64,
    /// Target utilization of a limit, percent.
    pub target_percent: f64,
    /// Ranges of the provider's numbers.
    pub ranges: Ranges,
}

/// Limits; unlimited if absent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
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
    /// Requests in flight.
    pub concurrency: Option<f64>,
    /// Window of the limit on requests per minute, seconds; a minute if absent.
    pub window_s: Option<f64>,
    /// Window of the limits on tokens per minute, seconds; a minute if absent.
    pub token_window_s: Option<f64>,
    /// Dollars per calendar month.
    pub usd_per_month: Option<f64>,
    /// Dollars in any ten minutes.
    pub usd_per_10_min: Option<f64>,
    /// Queued tokens of batches.
    pub batch_tokens: Option<f64>,
    /// Queued requests of batches.
    pub batch_requests: Option<f64>,
}

/// A unit of reserved throughput, such as PTU or GSU.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Input tokens per minute of one unit.
    pub input_tpm: f64,
    /// Input tokens that one output token counts as.
    pub output_weight: f64,
    /// Weight of cached input, percent.
    pub cached_percent: f64,
    /// Minimum units.
    pub units_min: f64,
    /// Increment beyond the minimum, units.
    pub units_step: f64,
    /// Dollars per month for one unit.
    pub usd_per_month: f64,
}

impl Default for Unit {
    /// A round unit for providers that publish none, for the reader to replace.
    fn default() -> Self {
        Self {
            input_tpm: 1_000.0,
            output_weight: 4.0,
            cached_percent: 0.0,
            units_min: 1.0,
            units_step: 1.0,
            usd_per_month: 0.0,
        }
    }
}

/// Dollars per million tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// Uncached input.
    pub input: f64,
    /// Input from the provider's cache.
    pub cached: f64,
    /// Input written into the provider's cache.
    pub write: f64,
    /// Output.
    pub output: f64,
    /// Price in a batch, percent of the other prices.
    pub batch_percent: f64,
    /// Input tokens above which the long-context prices apply; never if absent.
    pub long_from: Option<f64>,
    /// Input of a long-context request.
    pub long_input: f64,
    /// Cached input of a long-context request.
    pub long_cached: f64,
    /// Output of a long-context request.
    pub long_output: f64,
}

impl Default for Prices {
    /// No prices.
    fn default() -> Self {
        Self {
            input: 0.0,
            cached: 0.0,
            write: 0.0,
            output: 0.0,
            batch_percent: 100.0,
            long_from: None,
            long_input: 0.0,
            long_cached: 0.0,
            long_output: 0.0,
        }
    }
}

impl From<&catalog::Price> for Prices {
    fn from(row: &catalog::Price) -> Self {
        let long = row.long;
        Self {
            input: row.input_usd_per_mtok,
            cached: row.cached_usd_per_mtok,
            write: row.write_usd_per_mtok,
            output: row.output_usd_per_mtok,
            batch_percent: 100.0,
            long_from: long.map(|long| long.from_tokens),
            long_input: long.map_or(0.0, |long| long.input_usd_per_mtok),
            long_cached: long.map_or(0.0, |long| long.cached_usd_per_mtok),
            long_output: long.map_or(0.0, |long| long.output_usd_per_mtok),
        }
    }
}

impl Prices {
    /// Whether all prices are zero.
    pub fn is_free(&self) -> bool {
        [self.input, self.cached, self.output]
            .iter()
            .all(|usd| *usd == 0.0)
    }
}

impl Provider {
    /// Whether the price of a further request is known; 0 with reserved units.
    pub fn has_price(&self) -> bool {
        self.units.is_some() || !self.prices.is_free()
    }

    /// A row filled in from the catalogue.
    ///
    /// An unknown model or tier keeps its name, without limits and prices: links must not lose
    /// content because a table is outdated.
    pub fn from_catalog(id: u32, vendor: &str, model: &str, tier: &str, weight: f64) -> Self {
        let mut provider = Self {
            id,
            vendor: vendor.to_owned(),
            name: catalog::vendor(vendor)
                .map_or(vendor, |row| row.name)
                .to_owned(),
            model: model.to_owned(),
            tier: tier.to_owned(),
            weight,
            limits: Limits::default(),
            scope: Scope::default(),
            counting: Counting::Produced,
            context: None,
            answer_max: None,
            batch_hours: None,
            order: 0,
            output_weight: 1.0,
            units: None,
            unit: Unit::default(),
            prices: Prices::default(),
            ttft_s: catalog::LATENCY_ASSUMED.ttft_s,
            output_tps: catalog::LATENCY_ASSUMED.output_tps,
            target_percent: 80.0,
            ranges: Ranges::default(),
        };
        provider.choose_model(model);
        provider.choose_tier(tier);
        provider
    }

    /// A row with the vendor's first model on sale and its lowest tier.
    pub fn first_of(id: u32, vendor: &str, weight: f64) -> Self {
        let model = catalog::models(vendor).next();
        let name = model.map_or(OWN_MODEL, |model| model.name);
        let tier = model
            .and_then(catalog::Model::first_tier)
            .map_or(OWN_TIER, |tier| tier.name);
        Self::from_catalog(id, vendor, name, tier, weight)
    }

    /// Switches the model, with its price, speed and first tier.
    pub fn choose_model(&mut self, model: &str) {
        model.clone_into(&mut self.model);
        let row = catalog::model(&self.vendor, model);
        self.prices = self.list_prices(None);
        self.counting = self.vendor_row().counting;
        self.context = row.and_then(|row| row.context);
        self.answer_max = row.and_then(|row| row.answer_max);
        self.output_weight = row.map_or(1.0, |row| row.output_weight);
        self.unit = row
            .and_then(|row| row.provisioned)
            .map_or_else(Unit::default, |row| Unit::from(&row));
        let speed = row
            .and_then(|row| row.latency)
            .unwrap_or(catalog::LATENCY_ASSUMED);
        self.ttft_s = speed.ttft_s;
        self.output_tps = speed.output_tps;
        let first = row
            .and_then(catalog::Model::first_tier)
            .map_or(OWN_TIER, |tier| tier.name);
        self.choose_tier(first);
    }

    /// Announced prices of a row at its model's list price, and their first day.
    pub fn next_prices(&self) -> Option<(Prices, Date)> {
        let next = catalog::next_price(&self.vendor, &self.model)?;
        let is_listed = self.prices == self.list_prices(None);
        let day = next.first_day().filter(|_| is_listed)?;
        let now = &self.prices;
        let dearer = |usd: f64, of: f64, than: f64| if 0.0 < than { usd * of / than } else { usd };
        let by_input = |usd| dearer(usd, next.input_usd_per_mtok, now.input);
        let prices = Prices {
            input: next.input_usd_per_mtok,
            cached: next.cached_usd_per_mtok,
            output: next.output_usd_per_mtok,
            write: by_input(now.write),
            long_input: by_input(now.long_input),
            long_cached: dearer(now.long_cached, next.cached_usd_per_mtok, now.cached),
            long_output: dearer(now.long_output, next.output_usd_per_mtok, now.output),
            ..*now
        };
        Some((prices, day))
    }

    /// Switches the tier, with its limits; the reader's prices stay.
    pub fn choose_tier(&mut self, tier: &str) {
        let is_listed = self.prices == self.list_prices(self.tier_row());
        tier.clone_into(&mut self.tier);
        let row = self.tier_row();
        self.limits = self.limits_of(row);
        self.units = self.model_row().and_then(|row| row.units_of(tier));
        if is_listed {
            self.prices = self.list_prices(row);
        }
    }

    /// Switches the tier as a fix does: the reader's limits and units stay.
    pub fn move_to_tier(&mut self, tier: &str) {
        let (before, units) = (self.clone(), self.units);
        let published = before.limits_of(before.tier_row());
        self.choose_tier(tier);
        self.limits = before.limits.moved(&published, &self.limits);
        self.units = self.units.or(units);
    }

    /// Limits of a tier; without one those of the vendor.
    pub fn limits_of(&self, tier: Option<&catalog::Tier>) -> Limits {
        let bare = Limits {
            window_s: self.vendor_row().window_s,
            ..Limits::default()
        };
        tier.map_or(bare, Limits::from)
    }

    /// List prices of the model, or of a tier with prices of its own.
    fn list_prices(&self, tier: Option<&catalog::Tier>) -> Prices {
        let price = tier.and_then(|row| row.price);
        let price = price.or_else(|| self.model_row()?.price);
        let prices = price.as_ref().map_or_else(Prices::default, Prices::from);
        Prices {
            batch_percent: self.vendor_row().batch_price_percent,
            ..prices
        }
    }

    /// Catalogue row of the limits' tier, if any.
    pub fn tier_row(&self) -> Option<&'static catalog::Tier> {
        catalog::tier(&self.vendor, &self.model, &self.tier)
    }

    /// Requests per minute derived from these tokens per minute, if the vendor couples the two and
    /// the reader did not override it: no requests were entered, or the tokens differ from this
    /// tier's while the requests do not.
    pub fn rpm_by_ratio(&self, limits: &Limits, tier: Option<&catalog::Tier>) -> Option<f64> {
        let tpm = limits.tpm?;
        let is_left = limits.rpm.is_none_or(|rpm| {
            let of_tier = |tier: &catalog::Tier| tier.rpm == Some(rpm) && tier.tpm != Some(tpm);
            tier.is_some_and(of_tier)
        });
        let per_1000 = ratio::requests_per_1000_tokens(&self.vendor, &self.model);
        per_1000.filter(|_| is_left).map(|each| tpm / 1e3 * each)
    }

    /// Keeps requests and tokens that were given together but contradict the vendor's ratio, by
    /// marking them as the reader's own tier.
    pub fn keep_said_pair(&mut self) {
        let by_ratio = self.rpm_by_ratio(&self.limits, self.tier_row());
        if by_ratio.is_some() && by_ratio != self.limits.rpm {
            OWN_TIER.clone_into(&mut self.tier);
        }
    }

    /// Whether the provider itself enforces the limit of requests in flight: it is the provider's,
    /// or the tier's account limit, however many gateways count it.
    pub fn holds_at_once(&self) -> bool {
        let of_tier = self.tier_row().and_then(|tier| tier.concurrency);
        let is_of_tier = of_tier.is_some() && of_tier == self.limits.concurrency;
        match self.scope {
            Scope::Provider => true,
            Scope::Gateway => is_of_tier,
            Scope::Divided => false,
        }
    }

    /// Catalogue row of the model, if any.
    pub fn model_row(&self) -> Option<&'static catalog::Model> {
        catalog::model(&self.vendor, &self.model)
    }

    /// Output kind of the model; by its name if the catalogue does not have it.
    pub fn kind(&self) -> ModelKind {
        match self.model_row() {
            Some(row) => row.kind.map_or(ModelKind::Text, |(kind, _)| kind),
            None => ModelKind::of_name(&self.model),
        }
    }

    /// Catalogue row of the vendor; an unknown vendor is treated as a custom one.
    pub fn vendor_row(&self) -> &'static catalog::Vendor {
        catalog::vendor(&self.vendor)
            .or_else(|| catalog::vendor("custom"))
            .unwrap_or_else(|| &catalog::vendors()[0])
    }
}

impl From<&catalog::Provisioned> for Unit {
    fn from(row: &catalog::Provisioned) -> Self {
        Self {
            input_tpm: row.input_tpm,
            output_weight: row.output_weight,
            cached_percent: row.cached_percent,
            units_min: row.units_min,
            units_step: row.units_step,
            usd_per_month: row.usd_per_unit_month.unwrap_or(0.0),
        }
    }
}
