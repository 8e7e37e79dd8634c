//! Facts from the sums of a file.

use super::day::{Multiplier, per_day, shape};
use super::facts::{
    BatchTokens, BucketCounts, Burstiness, Facts, GatewayTokens, Means, Model, Peak, Peaks,
    PerBucket, Period, Requests, Rows, Spread, TokenSums,
};
use super::flag::Flag;
use super::model_sums::{ModelSums, Tokens};
use super::observed::{Known, Observed};
use super::scenario_values::ScenarioValues;
use super::series::{Bucket, Summary};
use super::time::{self, DAY_NS, seconds};

/// Facts of a file.
pub fn facts(of: &Observed) -> Facts {
    let series = &of.series;
    let per_day = per_day(of);
    let live = summary(of, Known::REQUESTS, |bucket| bucket.live);
    let live_tokens = summary(of, Known::TOKENS, |bucket| bucket.live_tokens);
    let dispersion = of.known.then(Known::REQUESTS, series.dispersion());
    let multiplier = |peak: &Option<Summary>, per_day: Option<f64>| {
        let mean_rate = per_day.filter(|day| 0.0 < *day && !series.is_daily())? / 86_400.0;
        Some(peak.as_ref()?.max / series.width_s() / mean_rate)
    };
    let peak_multiplier = Multiplier {
        width_s: series.width_s(),
        at_least: series.is_peak_at_least(),
        requests: multiplier(&live, per_day.live_requests),
        tokens: multiplier(&live_tokens, per_day.live_tokens),
    };
    let throttled = of.requests.throttled / of.requests.live();
    let growth = growth(of);
    let scenario = ScenarioValues::of(of, &per_day, &peak_multiplier);
    Facts {
        format: of.format.key(),
        kind: of.kind.key(),
        width_s: seconds(of.width_ns),
        rows: rows(of),
        period: period(of),
        buckets: BucketCounts {
            expected: series.expected,
            present: series.present,
            missing: series.missing,
        },
        requests: requests(of),
        tokens: tokens(of),
        models: models(of),
        mean_per_request: means(of),
        peak_minute: Peaks {
            requests: peak(of, live),
            tokens: peak(of, live_tokens),
        },
        per_bucket: PerBucket {
            width_s: series.width_s(),
            buckets: series.count(),
            requests: live.map(spread),
            tokens: live_tokens.map(spread),
        },
        burstiness: Burstiness {
            width_s: series.width_s(),
            raw: dispersion.and_then(|both| both.raw),
            shape_removed: dispersion.and_then(|both| both.shape_removed),
        },
        shape_utc: shape(of, 0),
        growth_percent_per_month: growth,
        latency_s: of.latency.clone(),
        ttft_s: of.first_token.clone(),
        throttled_share: of
            .known
            .then(Known::THROTTLED, throttled)
            .filter(|x| x.is_finite()),
        scenario: scenario.with_growth(growth, !of.has_requests()),
        flags: flags(of),
        per_day,
        peak_multiplier,
    }
}

/// Flags of a file, without remarks on the use of its numbers.
fn flags(of: &Observed) -> Vec<Flag> {
    let mut flags: Vec<Flag> = of.flags.iter().copied().collect();
    flags.retain(|flag| !matches!(flag, Flag::SmoothedRates | Flag::BatchesDiffer));
    flags.sort_by_key(|flag| flag.key());
    flags
}

fn rows(of: &Observed) -> Rows {
    let skipped = of
        .rows_skipped
        .iter()
        .map(|(skip, count)| (skip.key(), *count));
    Rows {
        read: of.rows_read,
        skipped: skipped.collect(),
    }
}

/// An instant of the file in shown form.
pub(crate) fn instant(of: &Observed, ns: i64) -> String {
    if of.flags.contains(&Flag::RelativeTime) {
        time::relative(ns)
    } else {
        time::utc(ns)
    }
}

fn period(of: &Observed) -> Period {
    Period {
        from: instant(of, of.series.from_ns),
        to: instant(of, of.series.to_ns),
        seconds: of.series.period_s(),
    }
}

fn requests(of: &Observed) -> Requests {
    let counted = of.known.has(Known::REQUESTS);
    let when = |known: Known, count: f64| (counted && of.known.has(known)).then_some(count);
    let apart = of.known.then(Known::FAILED_APART, of.requests.failed_apart);
    Requests {
        all: when(Known::REQUESTS, of.requests.all()),
        live: when(Known::REQUESTS, of.requests.live()),
        answered: when(Known::REQUESTS, of.requests.answered),
        failed: when(Known::FAILED, of.requests.failed).or(apart),
        throttled: when(Known::THROTTLED, of.requests.throttled),
        blocked: when(Known::BLOCKED, of.requests.blocked),
        gateway_hits: when(Known::GATEWAY_HITS, of.requests.gateway_hits),
        batch: when(Known::BATCH, of.requests.batch),
        with_tokens: when(Known::TOKENS, of.with_tokens),
    }
}

fn tokens(of: &Observed) -> TokenSums {
    let Tokens {
        input,
        cached,
        cache_write,
        output,
        unclassified,
    } = of.tokens;
    TokenSums {
        input: of.known.then(Known::INPUT, input),
        cached: of.known.then(Known::CACHED, cached),
        cache_write: of.known.then(Known::CACHE_WRITE, cache_write),
        output: of.known.then(Known::OUTPUT, output),
        unclassified: of.known.then(Known::UNCLASSIFIED, unclassified),
        batch: of.known.has(Known::BATCH).then(|| BatchTokens {
            input: of.batch.input,
            cached: of.known.then(Known::CACHED, of.batch.cached),
            output: of.batch.output,
        }),
        at_gateway: of.known.has(Known::GATEWAY_HITS).then_some(GatewayTokens {
            input: of.at_gateway.input,
            output: of.at_gateway.output,
        }),
    }
}

fn models(of: &Observed) -> Vec<Model> {
    let model = |(name, sums): &(Option<String>, ModelSums)| Model {
        name: name.clone(),
        requests: of.known.then(Known::REQUESTS, sums.requests),
        input: of.known.then(Known::INPUT, sums.tokens.input),
        cached: of.known.then(Known::CACHED, sums.tokens.cached),
        output: of.known.then(Known::OUTPUT, sums.tokens.output),
    };
    of.models.iter().map(model).collect()
}

fn means(of: &Observed) -> Means {
    let per_request = |known: Known, sum: f64| {
        let is_known = of.known.has(Known::REQUESTS) && of.known.has(known);
        (is_known && 0.0 < of.with_tokens).then(|| sum / of.with_tokens)
    };
    Means {
        input: per_request(Known::INPUT, of.tokens.input),
        output: per_request(Known::OUTPUT, of.tokens.output),
        cached_share: of.cached_ratio(),
    }
}

fn summary(of: &Observed, known: Known, quantity: fn(&Bucket) -> f64) -> Option<Summary> {
    of.known.has(known).then(|| of.series.summary(quantity))?
}

fn spread(of: Summary) -> Spread {
    Spread {
        mean: of.mean,
        p50: of.p50,
        p95: of.p95,
        p99: of.p99,
        max: of.max,
    }
}

fn peak(of: &Observed, summary: Option<Summary>) -> Option<Peak> {
    let summary = summary.filter(|_| !of.series.is_daily())?;
    Some(Peak {
        value: summary.max * 60.0 / of.series.width_s(),
        at_least: of.series.is_peak_at_least(),
        at: instant(of, summary.max_at_ns),
    })
}

/// Last four weeks over the four before, as monthly growth.
fn growth(of: &Observed) -> Option<f64> {
    let series = &of.series;
    let is_fit = series.width_ns == DAY_NS && 56 <= series.expected && series.missing == 0;
    if !is_fit {
        return None;
    }
    let of_days = |from: usize, to: usize| {
        let at = |days: usize| {
            let days = i64::try_from(days).unwrap_or(i64::MAX);
            series.to_ns.saturating_sub(days.saturating_mul(DAY_NS))
        };
        let held = series
            .buckets
            .iter()
            .filter(|bucket| at(from) <= bucket.start_ns && bucket.start_ns < at(to));
        let quantity = |bucket: &Bucket| {
            if of.has_requests() {
                bucket.all
            } else {
                bucket.all_tokens
            }
        };
        held.map(quantity).sum::<f64>()
    };
    let (before, last) = (of_days(56, 28), of_days(28, 0));
    let is_both = 0.0 < before && 0.0 < last;
    is_both.then(|| (libm::pow(last / before, 30.4375 / 28.0) - 1.0) * 100.0)
}
