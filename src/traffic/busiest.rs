//! The busiest minutes of a file: enough to judge any limit that is near.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::amounts::Amounts;
use super::measure::instant;
use super::observed::{Known, Observed};
use super::series::Series;

/// Maximum number of busiest minutes kept by each quantity.
const KEPT_MOST: usize = 500;
/// Minimum number of them, where a file tells many callees.
const KEPT_LEAST: usize = 10;
/// Maximum number of minutes, and of amounts of callees: one of each in each minute. Browsers keep
/// few megabytes, and twenty files.
const MINUTES_MOST: usize = 1_500;
const AMOUNTS_MOST: usize = 4_000;

/// A minute, or a longer bucket scaled to a minute. Serialized as a list, which halves its size;
/// deserialized from a list or from the object of older versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "(String, f64, f64, f64, f64)", from = "Flat")]
pub struct Minute {
    /// First instant, in shown form.
    pub at: String,
    /// Requests and tokens per minute.
    pub amounts: Amounts,
}

impl From<Minute> for (String, f64, f64, f64, f64) {
    fn from(Minute { at, amounts }: Minute) -> Self {
        let [requests, tokens, output, cached] = amounts.into();
        (at, requests, tokens, output, cached)
    }
}

/// A minute as it is read; older versions did not tell output and cached tokens.
#[derive(Deserialize)]
struct Flat {
    at: String,
    requests: f64,
    tokens: f64,
    #[serde(default)]
    output: f64,
    #[serde(default)]
    cached: f64,
}

impl From<Flat> for Minute {
    fn from(flat: Flat) -> Self {
        let amounts = Amounts::from([flat.requests, flat.tokens, flat.output, flat.cached]);
        Self {
            at: flat.at,
            amounts,
        }
    }
}

/// The busiest minutes, in order of time: those with the most requests, tokens, input tokens and
/// output tokens, of all callees and of each.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Busiest {
    /// Width of a bucket, minutes.
    pub bucket_min: f64,
    /// Whether a minute may have been busier: minutes are missing, or a bucket spans several.
    pub is_at_least: bool,
    /// Number of buckets that count.
    pub buckets: usize,
    /// Live requests of all buckets.
    pub requests: f64,
    /// Live requests that the gateway answered or refused itself.
    pub at_gateway: f64,
    /// Tokens of all buckets.
    pub tokens: f64,
    /// The busiest minutes.
    pub minutes: Vec<Minute>,
    /// Number of minutes kept by each quantity; `None` if all of them are.
    pub kept: Option<usize>,
    /// Whether the minutes tell output tokens from input.
    pub has_output: bool,
    /// Whether the minutes tell cached tokens.
    pub has_cached: bool,
    /// Amounts of each callee of the digest in these minutes; empty if the file does not tell them.
    pub by_called: Vec<Vec<Amounts>>,
}

/// The busiest minutes as they are read; older versions had one list by requests and one by tokens.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Stored {
    bucket_min: f64,
    is_at_least: bool,
    buckets: usize,
    requests: f64,
    at_gateway: f64,
    tokens: f64,
    minutes: Vec<Minute>,
    kept: Option<usize>,
    has_output: bool,
    has_cached: bool,
    by_called: Vec<Vec<Amounts>>,
    by_requests: Vec<Minute>,
    by_tokens: Vec<Minute>,
}

impl From<Stored> for Busiest {
    fn from(stored: Stored) -> Self {
        let is_old = stored.minutes.is_empty();
        let is_cut = KEPT_MOST <= stored.by_requests.len().max(stored.by_tokens.len());
        let old = stored.by_requests.into_iter().chain(stored.by_tokens);
        let old: BTreeMap<String, Minute> = old.map(|it| (it.at.clone(), it)).collect();
        Self {
            bucket_min: stored.bucket_min,
            is_at_least: stored.is_at_least,
            buckets: stored.buckets,
            requests: stored.requests,
            at_gateway: stored.at_gateway,
            tokens: stored.tokens,
            kept: stored.kept.or((is_old && is_cut).then_some(KEPT_MOST)),
            has_output: stored.has_output,
            has_cached: stored.has_cached,
            by_called: stored.by_called,
            minutes: stored
                .minutes
                .into_iter()
                .chain(old.into_values())
                .collect(),
        }
    }
}

/// Amounts by the index of the bucket.
type Indexed = BTreeMap<usize, Amounts>;

/// The busiest minutes, with those of the callees at these places among the sellers; empty if
/// buckets are longer than an hour.
pub(crate) fn busiest(of: &Observed, callees: &[usize]) -> Busiest {
    let series = &of.series;
    let bucket_min = series.width_s() / 60.0;
    if !(0.0 < bucket_min && bucket_min <= 60.0) {
        return Busiest::default();
    }
    // A limit counts input and output, of which a file may have one only.
    let has_both = of.known.has(Known::INPUT) && of.known.has(Known::OUTPUT);
    let has_requests = of.has_requests();
    let counted = |amounts: &Amounts| Amounts {
        requests: if has_requests { amounts.requests } else { 0.0 },
        ..if has_both {
            *amounts
        } else {
            Amounts::default()
        }
    };
    let all = series.buckets.iter().map(Amounts::of).enumerate();
    let all: Indexed = all.map(|(at, amounts)| (at, counted(&amounts))).collect();
    let of_callee = |at: &usize| of.by_seller.get(*at).filter(|minutes| !minutes.is_empty());
    let own: Option<Vec<&Indexed>> = callees.iter().map(of_callee).collect();
    let own = own.filter(|own| 1 < own.len()).unwrap_or_default();
    let (kept, chosen) = chosen(&all, &own);
    let per_minute = |amounts: Option<&Amounts>| {
        let amounts = amounts.map(counted).unwrap_or_default();
        amounts.times(1.0 / bucket_min)
    };
    let minute = |at: &usize| Minute {
        at: instant(of, series.buckets[*at].start_ns),
        amounts: per_minute(all.get(at)),
    };
    let by_called = |own: &&Indexed| chosen.iter().map(|at| per_minute(own.get(at))).collect();
    Busiest {
        bucket_min,
        is_at_least: series.is_peak_at_least(),
        buckets: series.count(),
        requests: sum(series, |bucket| bucket.live),
        at_gateway: sum(series, |bucket| bucket.at_gateway),
        tokens: sum(series, |bucket| bucket.live_tokens),
        minutes: chosen.iter().map(minute).collect(),
        kept,
        has_output: has_both,
        has_cached: of.known.has(Known::CACHED),
        by_called: own.iter().map(by_called).collect(),
    }
}

fn sum(series: &Series, quantity: fn(&super::series::Bucket) -> f64) -> f64 {
    series.buckets.iter().map(quantity).sum()
}

/// Indices of the busiest buckets, and how many are kept by each quantity unless all are: the
/// fewer, the more callees there are.
fn chosen(all: &Indexed, own: &[&Indexed]) -> (Option<usize>, BTreeSet<usize>) {
    let is_busy = |amounts: &&Amounts| 0.0 < amounts.requests + amounts.tokens;
    let busy = all.values().filter(is_busy).count();
    let mut kept = KEPT_MOST;
    loop {
        let mut chosen = BTreeSet::new();
        for minutes in own.iter().copied().chain([all]) {
            most(minutes, kept, &mut chosen);
        }
        let is_small = chosen.len() <= MINUTES_MOST && chosen.len() * own.len() <= AMOUNTS_MOST;
        if is_small || kept <= KEPT_LEAST {
            return ((chosen.len() < busy).then_some(kept), chosen);
        }
        kept /= 2;
    }
}

/// Adds the indices of the buckets with the most of each quantity.
fn most(minutes: &Indexed, kept: usize, chosen: &mut BTreeSet<usize>) {
    let quantities: [fn(&Amounts) -> f64; 4] = [
        |amounts| amounts.requests,
        |amounts| amounts.tokens,
        Amounts::input,
        |amounts| amounts.output,
    ];
    for quantity in quantities {
        let each = minutes.iter().map(|(at, amounts)| (*at, quantity(amounts)));
        let mut busy: Vec<(usize, f64)> = each.filter(|(_, many)| 0.0 < *many).collect();
        // The sort is stable: of equal minutes the first comes first.
        busy.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        chosen.extend(busy.iter().take(kept).map(|(at, _)| *at));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn a_minute_is_read_as_it_was_written_before() {
        let minute = |output| Minute {
            at: "2026-10-05T09:00:00Z".to_owned(),
            amounts: Amounts::from([3.0, 120.0, output, 0.0]),
        };
        let written = serde_json::to_string(&minute(20.0)).unwrap();
        assert_eq!(written, r#"["2026-10-05T09:00:00Z",3.0,120.0,20.0,0.0]"#);
        let before = r#"{"at":"2026-10-05T09:00:00Z","requests":3.0,"tokens":120.0}"#;
        let list = r#"["2026-10-05T09:00:00Z",3.0,120.0]"#;
        for (text, output) in [(written.as_str(), 20.0), (before, 0.0), (list, 0.0)] {
            assert_eq!(
                serde_json::from_str::<Minute>(text).unwrap(),
                minute(output)
            );
        }
    }

    /// A minute that older versions had in both lists counts once.
    #[test]
    fn the_two_lists_of_older_versions_become_one() {
        let one = r#"["2026-10-05T09:00:00Z",3.0,120.0]"#;
        let other = r#"["2026-10-05T08:00:00Z",1.0,900.0]"#;
        let before = format!(
            r#"{{"bucket_min":1.0,"buckets":9,"requests":20.0,"tokens":2000.0,
            "by_requests":[{one}],"by_tokens":[{other},{one}]}}"#
        );
        let busiest: Busiest = serde_json::from_str(&before).unwrap();
        let tokens = busiest.minutes.iter().map(|it| it.amounts.tokens);
        assert_eq!(tokens.collect::<Vec<_>>(), [900.0, 120.0]);
        assert_eq!((busiest.has_output, busiest.kept), (false, None));
        let again = serde_json::to_string(&busiest).unwrap();
        assert_eq!(serde_json::from_str::<Busiest>(&again).unwrap(), busiest);
    }
}
