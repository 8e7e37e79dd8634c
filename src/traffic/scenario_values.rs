//! Values for a scenario from a file, by link key and in its units.

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::day::{Multiplier, PerDay, shape};
use super::observed::{Known, Observed};
use super::status::{Measured, Status};

/// Minimum degrees of freedom (buckets less hours with data) for burstiness.
const FREEDOM_LEAST: i64 = 30;

/// Values for a scenario from a file.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each is named as its key in a link")]
pub struct ScenarioValues {
    pub requests_per_day: Measured,
    pub avg_input_tokens: Measured,
    pub avg_output_tokens: Measured,
    pub cached: Measured,
    pub max_output_tokens: Measured,
    pub batch: Measured,
    pub cache_hit: Measured,
    pub peak_multiplier: Measured,
    pub burstiness: Measured,
    pub shape: Measured<[f64; 24]>,
    pub growth: Measured,
}

impl ScenarioValues {
    pub(crate) fn of(of: &Observed, per_day: &PerDay, peak: &Multiplier) -> Self {
        let series = &of.series;
        let counted = of.has_requests();
        let scaled = |measured: Measured| {
            let is_scaled = per_day.basis == "scaled";
            measured.with_status(if is_scaled {
                Status::Scaled
            } else {
                Status::Measured
            })
        };
        let mean = |known: Known, sum: f64| {
            let is_known = counted && of.known.has(known) && 0.0 < of.with_tokens;
            Measured::new(is_known.then(|| sum / of.with_tokens))
        };
        let (max_output, max_outputs) = of.max_output;
        let multiplier = Measured::new(peak.requests.or(peak.tokens)).by_tokens(!counted);
        let is_at_least = peak.at_least;
        Self {
            requests_per_day: scaled(Measured::new(per_day.requests)),
            avg_input_tokens: mean(Known::INPUT, of.tokens.input),
            avg_output_tokens: mean(Known::OUTPUT, of.tokens.output),
            cached: Measured::new(of.cached_ratio().map(|ratio| ratio * 100.0)),
            max_output_tokens: Measured::new(
                (0 < max_outputs).then(|| max_output / max_outputs as f64),
            ),
            batch: batch(of),
            cache_hit: share(of, Known::GATEWAY_HITS, of.requests.gateway_hits),
            peak_multiplier: if is_at_least {
                multiplier.with_status(Status::AtLeast)
            } else {
                scaled(multiplier)
            },
            burstiness: {
                let dispersion = series.dispersion();
                let is_fit = counted && series.is_fine() && FREEDOM_LEAST <= dispersion.freedom;
                Measured::new(dispersion.shape_removed.filter(|_| is_fit))
            },
            shape: Measured::new(shape(of, 0)).by_tokens(!counted),
            growth: Measured::new(None),
        }
    }

    /// Sets the monthly growth, percent.
    pub(crate) fn with_growth(mut self, percent: Option<f64>, is_by_tokens: bool) -> Self {
        self.growth = Measured::new(percent).by_tokens(is_by_tokens);
        self
    }
}

/// Share of all requests, percent.
fn share(of: &Observed, known: Known, count: f64) -> Measured {
    let is_known = of.has_requests() && of.known.has(known) && 0.0 < of.requests.all();
    Measured::new(is_known.then(|| count / of.requests.all() * 100.0))
}

fn batch(of: &Observed) -> Measured {
    if of.has_requests() {
        return share(of, Known::BATCH, of.requests.batch);
    }
    let is_known = of.known.has(Known::BATCH) && 0.0 < of.tokens.all();
    let percent = is_known.then(|| of.batch.all() / of.tokens.all() * 100.0);
    Measured::new(percent).by_tokens(true)
}

impl<T: Serialize + Copy> Serialize for Measured<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("value", &self.value)?;
        map.serialize_entry("status", &self.status)?;
        if self.is_by_tokens {
            map.serialize_entry("by", "tokens")?;
        }
        if let Some(range) = &self.range {
            map.serialize_entry("range", range)?;
        }
        map.end()
    }
}

impl Serialize for ScenarioValues {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (key, value) in self.numbers() {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry("shape", &self.shape)?;
        map.end()
    }
}

impl ScenarioValues {
    /// All values except the shape, by link key.
    pub fn numbers(&self) -> [(&'static str, &Measured); 10] {
        [
            ("requests-per-day", &self.requests_per_day),
            ("avg-input-tokens", &self.avg_input_tokens),
            ("avg-output-tokens", &self.avg_output_tokens),
            ("cached", &self.cached),
            ("max-output-tokens", &self.max_output_tokens),
            ("batch", &self.batch),
            ("cache-hit", &self.cache_hit),
            ("peak-multiplier", &self.peak_multiplier),
            ("burstiness", &self.burstiness),
            ("growth", &self.growth),
        ]
    }
}
