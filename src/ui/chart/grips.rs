//! Limits with movable lines, and the fields that follow.

use crate::model::order::sorted_by;
use crate::plan::{LimitKind, Plan, tightest};
use crate::scenario::property::{self, Number};
use crate::scenario::{Provider, Scenario};

/// Maximum number of handles that leaves room for touch.
const MOST: usize = 6;

/// Limit with a movable line.
#[derive(Clone, PartialEq)]
pub(super) struct Grip {
    /// Id of the provider's row in the scenario.
    pub(super) row: u32,
    /// Name of the provider.
    pub(super) name: String,
    /// Key of the number in the form.
    pub(super) key: &'static str,
    /// Limit as entered.
    pub(super) limit: f64,
    /// Total tokens per minute at which the limit is reached.
    pub(super) tpm: f64,
    /// Multiple of the peak at which the limit is reached.
    pub(super) scale: f64,
}

/// Limits in both the tokens chart and the form, lowest first.
pub(super) fn grips(scenario: &Scenario, plan: &Plan) -> Vec<Grip> {
    let grip = |provider: &crate::plan::ProviderPlan| {
        let limits = provider.limits.iter();
        let minutes = limits.filter(|used| !used.kind.is_of_month());
        let used = tightest(minutes, |used| used.state)?;
        let scale = used.max_scale.filter(|scale| 0.0 < *scale)?;
        // The account's limit has no field of its own.
        let number = entered(used.kind).filter(|_| !used.of_organization)?;
        let entry = number.entry(scenario.provider(provider.row)?);
        // A range is not a single line.
        let limit = entry.value.filter(|_| entry.range.is_none())?;
        Some(Grip {
            row: provider.row,
            name: provider.name.clone(),
            key: number.key,
            limit: Some(limit).filter(|limit| 0.0 < *limit)?,
            tpm: plan.demand.peak_tpm * scale,
            scale,
        })
    };
    let found = plan.providers.iter().filter_map(grip).collect();
    let mut grips = sorted_by(found, |grip: &Grip| (0, grip.tpm));
    grips.truncate(MOST);
    grips
}

/// Number of a limit; `None` if it is not entered itself.
fn entered(kind: LimitKind) -> Option<&'static Number<Provider>> {
    Some(match kind {
        LimitKind::Rpm => &property::RPM,
        LimitKind::Tpm => &property::TPM,
        LimitKind::Itpm => &property::ITPM,
        LimitKind::Otpm => &property::OTPM,
        LimitKind::Rpd => &property::RPD,
        LimitKind::Tpd => &property::TPD,
        LimitKind::RequestsMonth => &property::REQUESTS_MONTH,
        LimitKind::TokensMonth => &property::TOKENS_MONTH,
        LimitKind::Concurrency => &property::IN_FLIGHT,
        _ => return None,
    })
}

/// Limit with two significant digits, the precision of dragging.
pub(super) fn rounded(limit: f64) -> f64 {
    if !limit.is_finite() || limit < 1.0 {
        return 1.0;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(limit)) - 1.0);
    libm::round(libm::round(limit / unit) * unit)
}

/// Number of a provider with this key.
pub(super) fn number(key: &str) -> Option<&'static Number<Provider>> {
    property::PROVIDER
        .iter()
        .copied()
        .find(|number| number.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    #[test]
    fn a_limit_is_moved_where_its_line_is_reached() {
        let (scenario, _) = from_fragment(
            "v=2&requests-per-day=1440&peak-multiplier=1&avg-input-tokens=600&\
                           avg-output-tokens=400&p=custom,llama,Own+limits,100,tpm:2000",
        );
        let plan = evaluate(&scenario, date(2026, 11, 28));
        let found = grips(&scenario, &plan);
        // One request of 1,000 tokens per minute: the limit of 2,000 is reached at twice that.
        let own = found.first().expect("a limit");
        assert_eq!((own.key, own.limit), ("tpm", 2000.0));
        assert!((own.scale - 2.0).abs() < 1e-9, "{}", own.scale);
        assert!((own.tpm - 2000.0).abs() < 1e-6, "{}", own.tpm);
    }

    #[test]
    fn a_dragged_limit_has_two_digits() {
        let cases = [
            (123_456.0, 120_000.0),
            (98_700.0, 99_000.0),
            (99_600.0, 100_000.0),
            (7.4, 7.0),
            (0.2, 1.0),
            (f64::NAN, 1.0),
        ];
        for (limit, expected) in cases {
            assert!((rounded(limit) - expected).abs() < 1e-9, "{limit}");
        }
    }
}
