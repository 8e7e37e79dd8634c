//! Readings over charts: numbers at the cross-hair, handles of limits, and the summary of collapsed
//! charts.

use super::chart::{TOKENS_UNIT, clock, tokens_axis};
use crate::plan::{Plan, tightest};
use crate::say::words;

/// Title of the collapsed charts.
pub(crate) const MORE: &str = "Storage and cost";

/// Summary of the collapsed charts.
pub(crate) fn in_short(plan: &Plan) -> String {
    format!(
        "{} of {} on disk; gateways cost {} a month",
        words::bytes(plan.storage.disk_bytes),
        words::bytes(plan.control_plane.postgres_disk_bytes),
        words::usd(plan.cost.gateways_per_month_usd),
    )
}

/// Tokens per unit of an axis with this name.
pub(crate) fn tokens_unit(name: &str) -> f64 {
    let units = [("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12)];
    let own = units.iter().find(|(prefix, _)| tokens_axis(prefix) == name);
    own.map_or(1.0, |(_, unit)| *unit)
}

/// Label of the cross-hair of a chart.
pub(crate) fn cross(title: &str) -> String {
    format!("{title}, cross-hair")
}

/// Numbers of a chart at a minute.
pub(crate) fn at_minute(minute: usize, numbers: &str) -> String {
    format!("{}: {numbers}", clock(minute))
}

/// Rate of a minute over the daily mean.
fn factor(plan: &Plan, minute: usize) -> f64 {
    let sample = minute / 5;
    plan.day.profile.get(sample).copied().unwrap_or(0.0)
}

/// Tokens of a minute, with their share of the first limit.
pub(crate) fn tokens_at(plan: &Plan, minute: usize) -> String {
    let tokens = plan.demand.mean_tpm * factor(plan, minute);
    let said = format!("{} {TOKENS_UNIT}", words::short(tokens));
    let first = plan.providers.iter().filter_map(|provider| {
        let limits = provider.limits.iter();
        let minutes = limits.filter(|used| !used.kind.is_of_month());
        let used = tightest(minutes, |used| used.state)?;
        Some((used.max_scale.filter(|scale| 0.0 < *scale)?, provider, used))
    });
    match first.min_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((scale, provider, used)) if 0.0 < plan.demand.peak_tpm => {
            let share = tokens / (plan.demand.peak_tpm * scale);
            let limit = format!("{} {}", provider.name, used.noun());
            format!("{said}, {} of {limit}", words::percent(share))
        }
        _ => said,
    }
}

/// Gateways needed in a minute.
pub(crate) fn gateways_at(plan: &Plan, minute: usize) -> String {
    let needed = plan.day.instances.get(minute / 5).copied().unwrap_or(0);
    format!("{} needed", words::counted(needed, "gateway"))
}

/// Numbers of a minute in several scenarios, by letter.
pub(crate) fn of_sides(sides: &[(&str, String)]) -> String {
    let side = |(letter, numbers): &(&str, String)| format!("{letter} {numbers}");
    sides.iter().map(side).collect::<Vec<String>>().join("; ")
}

/// Label of a limit's handle.
pub(crate) fn grip(provider: &str, limit: &str) -> String {
    format!("{provider}, {limit}")
}

/// A limit at its handle, with its multiple.
pub(crate) fn gripped(limit: f64, scale: f64) -> String {
    let scale = words::multiple(scale);
    format!("{}, reached at {scale} today’s peak", words::short(limit))
}
