//! Alerts on provider limits. The limits are recorded as series by target id, so one expression
//! serves all targets.

use super::super::Source;
use super::super::comment::name_line;
use super::super::target::{Target, WholeLimit, targets};
use super::evidence::{Alert, Case, Fired, Recorded, Severity};
use super::promql::{constant, growing, percentage, plain, quoted, series};
use super::watch::{TARGET, full_by_design, watched, where_watched};
use crate::catalog::guide;
use crate::plan::{LimitKind, tightest};
use crate::say::export::rules as say;
use crate::say::export::rules_test as case;

pub(super) const REQUESTS: &str = "provider:kt_requests_per_minute:limit";
pub(super) const TOKENS: &str = "provider:kt_tokens_per_minute:limit";
/// Series: part of a shared token limit that the plan gives to a target.
const TOKENS_PART: &str = "provider:kt_tokens_per_minute:part";

/// Share of a provider's requests that it rejects with 429.
pub(in crate::export) const REFUSED_SHARE: &str =
    "sum by (provider) (rate(kt_requests_total{status=\"429\"}[5m]))
/ sum by (provider) (rate(kt_requests_total[5m]))";
/// Minimum number of requests in the window for a meaningful share.
const LEAST_REQUESTS: f64 = 10.0;
/// Fraction of the token limit treated as nearly exhausted.
const LEFT_RATIO: f64 = 0.1;
/// Provider name in the texts of an alert.
const LABEL: &str = "{{ $labels.provider }}";
/// Value of the alert, as a percentage.
const VALUE: &str = "{{ $value | humanizePercentage }}";

/// Limits of the pack as recorded series.
pub(super) fn recorded(source: &Source) -> Vec<Recorded> {
    let mut rows = Vec::new();
    let is_shared = shares_tokens(source);
    for target in targets(source) {
        let row = |name, value: f64, why: String| Recorded {
            name,
            value,
            provider: target.plan.id.clone(),
            why,
        };
        if let Some(limit) = requests(source, &target) {
            rows.push(row(REQUESTS, limit.value as f64, limit.why));
        }
        if let Some(limit) = tokens(source, &target) {
            rows.push(row(TOKENS, limit.value as f64, limit.why));
        }
        if let Some(part) = tokens_part(source, &target).filter(|_| is_shared) {
            rows.push(row(TOKENS_PART, part.value as f64, part.why));
        }
        // One that is full by design has no target to keep.
        if !target.plan.spills_live {
            let why = say::TARGET_WHY.to_owned();
            rows.push(row(TARGET, target.plan.target_ratio, why));
        }
    }
    rows
}

pub(super) fn alerts(source: &Source) -> Vec<Alert> {
    let targets = watched(source);
    let mut alerts = vec![refused(source)];
    if let Some((target, limit)) = first(&targets, |t| Some(requests(source, t)?.value)) {
        alerts.push(near_requests(source, target, limit));
    }
    if let Some((target, part)) = first(&targets, |t| passable(source, t)) {
        alerts.push(near_tokens(source, target, part));
    }
    if let Some((target, part)) = first(&targets, |t| Some(tokens_part(source, t)?.value)) {
        alerts.push(budget(source, target, part));
    }
    alerts
}

/// Request limit of all pods together at the peak.
fn requests(source: &Source, target: &Target) -> Option<WholeLimit> {
    let limit = target.requests_per_minute()?;
    Some(target.of_all(limit, &source.plan.gateway))
}

/// Token limit as each pod counts it.
fn tokens(source: &Source, target: &Target) -> Option<WholeLimit> {
    let gateway = &source.plan.gateway;
    let most = gateway.instances_max.max(gateway.instances_min);
    Some(target.each(target.tokens_per_minute()?, most))
}

/// Part of the token limit that the plan gives to the target.
fn tokens_part(source: &Source, target: &Target) -> Option<WholeLimit> {
    let gateway = &source.plan.gateway;
    let most = gateway.instances_max.max(gateway.instances_min);
    Some(target.each(target.tokens_part()?, most))
}

/// Whether several targets share a token limit, so that each has a part of it.
fn shares_tokens(source: &Source) -> bool {
    targets(source).iter().any(|target| {
        let limits = [tokens_part(source, target), tokens(source, target)];
        let [part, all] = limits.map(|limit| limit.map(|limit| limit.value));
        part < all
    })
}

/// Shares of tokens used and left per target, given an expression for the remaining tokens.
fn used_and_left(source: &Source, remaining: &str) -> (String, String) {
    if shares_tokens(source) {
        let used =
            format!("({TOKENS}\n  - on (provider) {remaining})\n/ on (provider) {TOKENS_PART}");
        (used.clone(), format!("1 - {used}"))
    } else {
        let left = format!("{remaining}\n/ on (provider) {TOKENS}");
        (format!("1 - {}", left.replace('\n', "\n  ")), left)
    }
}

/// `PromQL` for the share of tokens left per target.
pub(in crate::export) fn tokens_left(source: &Source) -> String {
    used_and_left(source, "min by (provider) (kt_tokens_remaining)").1
}

/// Part of the token limit for targets that can exceed it; `None` if only the whole limit is left,
/// since the remaining tokens are never negative.
fn passable(source: &Source, target: &Target) -> Option<u64> {
    let limit = tokens_part(source, target)?;
    (target.plan.target_ratio < 1.0).then_some(limit.value)
}

/// First target with a limit above zero, for tests.
fn first<'a, 'b>(
    targets: &'b [Target<'a>],
    limit: impl Fn(&Target) -> Option<u64>,
) -> Option<(&'b Target<'a>, f64)> {
    let mut limits = targets.iter().map(|target| Some((target, limit(target)?)));
    limits
        .find_map(|pair| pair.filter(|(_, limit)| 0 < *limit))
        .map(|(target, limit)| (target, limit as f64))
}

fn refused(source: &Source) -> Alert {
    let share = guide::RATE_LIMITED_RATIO;
    // Rounded as Prometheus does. The floor is ten requests in five minutes.
    let floor = "10 / 300";
    let mut alert = Alert {
        name: "ProviderRateLimited",
        expr: format!(
            "({REFUSED_SHARE} > {share})\nand sum by (provider) (rate(kt_requests_total[5m])) > \
             {floor}{}",
            where_watched(source)
        ),
        hold: "5m",
        severity: Severity::Warning,
        summary: say::refused_summary(LABEL, &plain(share * 100.0)),
        description: say::refused_description(VALUE, LABEL),
        why: say::REFUSED_WHY.to_owned(),
        cases: Vec::new(),
    };
    let full = full_by_design(source);
    let watched = watched(source);
    // Where all are watched, the name of a provider matters nothing.
    let watched = watched.first().filter(|_| !full.is_empty());
    let id = watched.map_or("openai", |target| &target.plan.id);
    let sampled_at = |id: &str, refused: f64, answered: f64| {
        let of = |status, step| {
            let labels = format!("provider={},status=\"{status}\"", quoted(id));
            let calls = format!("kt_requests_total{{{labels}}}");
            (calls, growing(0.0, step, 30))
        };
        vec![of("429", refused), of("200", answered)]
    };
    let sampled = |refused, answered| sampled_at(id, refused, answered);
    let filled = |text: &str| {
        let text = text.replace(VALUE, &percentage(0.2));
        text.replace(LABEL, id)
    };
    let of = |name, series, fires| Case {
        name,
        interval: "1m",
        series,
        at: "20m",
        fires,
    };
    let fired = Fired {
        labels: vec![("provider", id.to_owned())],
        summary: filled(&alert.summary),
        description: filled(&alert.description),
    };
    alert.cases = vec![
        of(case::A_FIFTH, sampled(20.0, 80.0), Some(fired)),
        of(case::A_TWENTIETH, sampled(5.0, 95.0), None),
        of(
            case::A_SINGLE_REFUSAL,
            sampled(1.0 / LEAST_REQUESTS, 0.9 / LEAST_REQUESTS),
            None,
        ),
    ];
    let full = full.first().map(|id| sampled_at(id, 60.0, 40.0));
    let full = full.map(|series| of(case::FULL_BY_DESIGN, series, None));
    alert.cases.extend(full);
    alert
}

/// Advice for a provider near a limit, with the plan's utilization.
fn near_text(source: &Source, kinds: &[LimitKind]) -> String {
    let watched = source.plan.providers.iter().filter(|row| !row.spills_live);
    let limits = watched.flat_map(|row| &row.limits);
    let used = limits.filter(|limit| kinds.contains(&limit.kind));
    let most = tightest(used, |limit| limit.state).map(|limit| limit.state);
    say::near_description(VALUE, most)
}

fn near_requests(source: &Source, target: &Target, limit: f64) -> Alert {
    let mut alert = Alert {
        name: "ProviderNearRequestLimit",
        expr: format!(
            "sum by (provider) (rate(kt_requests_total[5m])) * 60\n/ on (provider) {REQUESTS}\n\
             > on (provider) {TARGET}"
        ),
        hold: "10m",
        severity: Severity::Warning,
        summary: say::near_requests_summary(LABEL),
        description: near_text(source, &[LimitKind::Rpm]),
        why: say::NEAR_WHY.to_owned(),
        cases: Vec::new(),
    };
    let sampled = |share: f64| {
        let series = series("kt_requests_total", "provider", &target.plan.id);
        vec![(series, growing(0.0, limit * share, 30))]
    };
    let share = target.plan.target_ratio;
    alert.cases = near_cases(
        &alert,
        target,
        (share * 1.1, sampled(share * 1.1)),
        sampled(share * 0.9),
    );
    alert
}

fn near_tokens(source: &Source, target: &Target, part: f64) -> Alert {
    let remaining = "min by (provider) (avg_over_time(kt_tokens_remaining[5m]))";
    let (used, _) = used_and_left(source, remaining);
    let limit = tokens(source, target).map_or(part, |limit| limit.value as f64);
    let mut alert = Alert {
        name: "ProviderNearTokenLimit",
        expr: format!("{used}\n> on (provider) {TARGET}"),
        hold: "10m",
        severity: Severity::Warning,
        summary: say::near_tokens_summary(LABEL),
        description: near_text(source, &[LimitKind::Tpm, LimitKind::Itpm, LimitKind::Otpm]),
        why: say::NEAR_WHY.to_owned(),
        cases: Vec::new(),
    };
    let sampled = |share: f64| {
        let series = series("kt_tokens_remaining", "provider", &target.plan.id);
        vec![(series, constant(limit - part + part * (1.0 - share), 30))]
    };
    // Halfway between the target and the full limit.
    let share = target.plan.target_ratio;
    let over = f64::midpoint(share, 1.0);
    alert.cases = near_cases(&alert, target, (over, sampled(over)), sampled(share * 0.9));
    alert
}

/// Test cases above and below the target; the one above carries its share.
fn near_cases(
    alert: &Alert,
    target: &Target,
    over: (f64, Vec<(String, String)>),
    under: Vec<(String, String)>,
) -> Vec<Case> {
    let (share, over) = over;
    let id = &target.plan.id;
    let fired = Fired {
        labels: vec![("provider", id.clone())],
        summary: alert.summary.replace(LABEL, id),
        description: alert.description.replace(VALUE, &percentage(share)),
    };
    let of = |name, series, fires| Case {
        name,
        interval: "1m",
        series,
        at: "25m",
        fires,
    };
    vec![
        of(case::ABOVE_THE_TARGET, over, Some(fired)),
        of(case::BELOW_THE_TARGET, under, None),
    ]
}

fn budget(source: &Source, target: &Target, part: f64) -> Alert {
    let limit = tokens(source, target).map_or(part, |limit| limit.value as f64);
    let mut alert = Alert {
        name: "TokenBudgetExhausted",
        expr: format!(
            "{} < {LEFT_RATIO}{}",
            tokens_left(source),
            where_watched(source)
        ),
        hold: "2m",
        severity: Severity::Critical,
        summary: say::budget_summary(LABEL),
        description: say::budget_description(LEFT_RATIO, LABEL),
        why: say::budget_why(guide::TOKENS_REMAINING_ALERT),
        cases: Vec::new(),
    };
    let id = &target.plan.id;
    let sampled = |values: String| vec![(series("kt_tokens_remaining", "provider", id), values)];
    let of = |name, series, fires| Case {
        name,
        interval: "1m",
        series,
        at: "4m",
        fires,
    };
    let fired = Fired {
        labels: vec![("provider", id.clone())],
        summary: alert.summary.replace(LABEL, id),
        description: alert.description.replace(LABEL, id),
    };
    let left = |ratio: f64| limit - part + part * ratio;
    let (few, enough) = (left(LEFT_RATIO / 2.0), left(LEFT_RATIO * 2.0));
    alert.cases = vec![
        of(
            case::A_TWENTIETH_LEFT,
            sampled(constant(few, 10)),
            Some(fired),
        ),
        of(case::A_FIFTH_LEFT, sampled(constant(enough, 10)), None),
        of(
            case::A_SINGLE_SAMPLE,
            sampled(format!("{0}x3 {1} {0}x6", plain(enough), plain(few))),
            None,
        ),
    ];
    alert
}

pub(super) fn gaps(source: &Source) -> Vec<String> {
    let targets = targets(source);
    let mut gaps = Vec::new();
    let without = |limit: fn(&Target) -> bool| -> Vec<String> {
        let rows = targets.iter().filter(|target| !limit(target));
        rows.map(|target| name_line(&target.plan.id)).collect()
    };
    let requests = without(|target| target.requests_per_minute().is_some());
    if !requests.is_empty() {
        gaps.push(say::no_request_limit(&requests));
    }
    let tokens = without(|target| target.tokens_per_minute().is_some());
    if !tokens.is_empty() {
        gaps.push(say::no_token_limit(&tokens));
    }
    let watched = watched(source);
    let has_tokens = watched
        .iter()
        .any(|target| target.tokens_per_minute().is_some());
    if has_tokens && first(&watched, |t| passable(source, t)).is_none() {
        gaps.push(say::NO_NEAR_TOKENS.to_owned());
    }
    let floor = LEAST_REQUESTS / 5.0;
    let small = targets.iter().filter(|target| target.plan.rpm < floor);
    let small: Vec<String> = small.map(|target| name_line(&target.plan.id)).collect();
    if !small.is_empty() {
        gaps.push(say::too_few_for_a_share(&small));
    }
    let full: Vec<String> = full_by_design(source)
        .iter()
        .map(|id| name_line(id))
        .collect();
    if !full.is_empty() {
        gaps.push(say::full_by_design(&full));
    }
    gaps
}
