//! A provider row of the scenario.

use crate::catalog::provider as catalog;

/// A provider that takes a share of the requests.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// Stable id of the row; not part of the link.
    pub id: u32,
    /// The vendor's id in the catalogue.
    pub vendor: String,
    /// Name for people.
    pub name: String,
    /// Model name in requests.
    pub model: String,
    /// Tier the limits come from.
    pub tier: String,
    /// Weight in the routing.
    pub weight: f64,
    /// Limits; filled from the tier, then the reader's own.
    pub limits: Limits,
    /// Tokens that one output token counts as towards TPM and TPD.
    pub output_weight: f64,
    /// Units of reserved throughput; pay as you go if absent.
    pub units: Option<f64>,
    /// Throughput and price of one unit.
    pub unit: Unit,
    /// Prices; filled from the catalogue, then the reader's own.
    pub prices: Prices,
    /// Time to first token, seconds.
    pub ttft_s: f64,
    /// Output tokens per second.
    pub output_tps: f64,
    /// Share of a limit that may be used, percent.
    pub target_percent: f64,
}

/// Published limits; absent means none.
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
    /// Requests in flight at once.
    pub concurrency: Option<f64>,
    /// Window over which requests per minute are really judged, seconds; a minute if
    /// absent.
    pub window_s: Option<f64>,
}

/// A unit of reserved throughput: PTU, GSU and the like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Input tokens per minute of one unit.
    pub input_tpm: f64,
    /// Input tokens that one output token counts as.
    pub output_weight: f64,
    /// Share at which cached input counts, percent.
    pub cached_percent: f64,
    /// Fewest units that are sold.
    pub units_min: f64,
    /// Step in which more are sold.
    pub units_step: f64,
    /// Dollars a month for one.
    pub usd_per_month: f64,
}

impl Default for Unit {
    /// A round unit for providers that publish none; the reader's own count.
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
    /// Input that is not cached.
    pub input: f64,
    /// Input from the provider's cache.
    pub cached: f64,
    /// Output.
    pub output: f64,
    /// Price in a batch, percent of the others.
    pub batch_percent: f64,
}

impl Prices {
    /// Whether nothing is asked for any token.
    pub fn is_free(&self) -> bool {
        [self.input, self.cached, self.output]
            .iter()
            .all(|usd| *usd == 0.0)
    }
}

/// Model name where the catalogue has none.
pub const OWN_MODEL: &str = "my-model";
/// Tier name of limits that come from no table.
pub const OWN_TIER: &str = "Own limits";

impl Provider {
    /// A row filled from the catalogue.
    ///
    /// An unknown model or tier keeps its name and has no limits and no price:
    /// a link must not lose what it says because a table is behind.
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
            output_weight: 1.0,
            units: None,
            unit: Unit::default(),
            prices: Prices {
                input: 0.0,
                cached: 0.0,
                output: 0.0,
                batch_percent: 100.0,
            },
            ttft_s: catalog::LATENCY_ASSUMED.ttft_s,
            output_tps: catalog::LATENCY_ASSUMED.output_tps,
            target_percent: 80.0,
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
            .and_then(|model| model.tiers.first())
            .map_or(OWN_TIER, |tier| tier.name);
        Self::from_catalog(id, vendor, name, tier, weight)
    }

    /// Switches the model: price, speed and the first tier of the new one.
    pub fn choose_model(&mut self, model: &str) {
        model.clone_into(&mut self.model);
        let row = catalog::model(&self.vendor, model);
        let price = row.and_then(|row| row.price);
        self.prices = Prices {
            input: price.map_or(0.0, |price| price.input_usd_per_mtok),
            cached: price.map_or(0.0, |price| price.cached_usd_per_mtok),
            output: price.map_or(0.0, |price| price.output_usd_per_mtok),
            batch_percent: self.vendor_row().batch_price_percent,
        };
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
            .and_then(|row| row.tiers.first())
            .map_or(OWN_TIER, |tier| tier.name);
        self.choose_tier(first);
    }

    /// Switches the tier and takes over its limits.
    pub fn choose_tier(&mut self, tier: &str) {
        tier.clone_into(&mut self.tier);
        self.limits = self.tier_row().map_or_else(Limits::default, Limits::from);
        self.units = self.model_row().and_then(|row| row.units_of(tier));
    }

    /// The catalogue row the limits came from, if there is one.
    pub fn tier_row(&self) -> Option<&'static catalog::Tier> {
        catalog::tier(&self.vendor, &self.model, &self.tier)
    }

    /// The catalogue row of the model, if there is one.
    pub fn model_row(&self) -> Option<&'static catalog::Model> {
        catalog::model(&self.vendor, &self.model)
    }

    /// How this provider counts tokens; an unknown one like the reader's own.
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

impl From<&catalog::Tier> for Limits {
    fn from(tier: &catalog::Tier) -> Self {
        Self {
            rpm: tier.rpm,
            tpm: tier.tpm,
            itpm: tier.itpm,
            otpm: tier.otpm,
            rpd: tier.rpd,
            tpd: tier.tpd,
            concurrency: tier.concurrency,
            window_s: tier.window_s,
        }
    }
}
