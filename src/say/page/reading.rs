//! What stands over a chart: the numbers at the cross-hair, the handles of the limits, and the
//! line of the charts that are folded.

use super::chart::{TOKENS_UNIT, clock, tokens_axis};
use crate::plan::{Plan, tightest};
use crate::say::words;

/// The charts that are folded to a line.
pub(crate) const MORE: &str = "Storage and cost";

/// These charts in one line.
pub(crate) fn in_short(plan: &Plan) -> String {
    format!(
        "{} of {} on disk; gateways cost {} a month",
        words::bytes(plan.storage.disk_bytes),
        words::bytes(plan.control_plane.postgres_disk_bytes),
        words::usd(plan.cost.gateways_per_month_usd),
    )
}

/// Tokens of one unit of the axis with this name.
pub(crate) fn tokens_unit(name: &str) -> f64 {
    let units = [("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12)];
    let own = units.iter().find(|(prefix, _)| tokens_axis(prefix) == name);
    own.map_or(1.0, |(_, unit)| *unit)
}

/// The cross-hair over the chart with this title.
pub(crate) fn cross(title: &str) -> String {
    format!("{title}, cross-hair")
}

/// A minute, and the numbers of a chart then.
pub(crate) fn at_minute(minute: usize, numbers: &str) -> String {
    format!("{}: {numbers}", clock(minute))
}

/// The factor of a minute over the mean of the day.
fn factor(plan: &Plan, minute: usize) -> f64 {
    let sample = minute / 5;
    plan.day.profile.get(sample).copied().unwrap_or(0.0)
}

/// The tokens of a minute, and their share of the limit that is reached first.
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

/// The gateways that a minute needs.
pub(crate) fn gateways_at(plan: &Plan, minute: usize) -> String {
    let needed = plan.day.instances.get(minute / 5).copied().unwrap_or(0);
    format!("{} needed", words::counted(needed, "gateway"))
}

/// The numbers of a minute in several scenarios, by letter.
pub(crate) fn of_sides(sides: &[(&str, String)]) -> String {
    let side = |(letter, numbers): &(&str, String)| format!("{letter} {numbers}");
    sides.iter().map(side).collect::<Vec<String>>().join("; ")
}

/// The handle of a limit's line.
pub(crate) fn grip(provider: &str, limit: &str) -> String {
    format!("{provider}, {limit}")
}

/// A limit at its handle, and where it is reached.
pub(crate) fn gripped(limit: f64, scale: f64) -> String {
    let scale = words::multiple(scale);
    format!("{}, reached at {scale} today’s peak", words::short(limit))
}
