//! Providers as targets of the pack, with whole limits and whole weights.

use super::Source;
use crate::catalog::{provider as catalog, ratio};
use crate::model::limit::TOLERANCE;
use crate::plan::{GatewayPlan, LimitKind, LimitUse, ProviderPlan, tightest};
use crate::say::export::pack as say;
use crate::scenario::{Provider, Scope};

/// Provider with a share of the requests.
pub(super) struct Target<'a> {
    pub(super) provider: &'a Provider,
    pub(super) plan: &'a ProviderPlan,
    pub(super) weight: u32,
}

/// Limit as written in the pack, with its reason.
pub(super) struct WholeLimit {
    pub(super) value: u64,
    pub(super) why: String,
    /// Limit of the provider behind it.
    kind: LimitKind,
    /// Key of the input behind the limit.
    pub(super) field: &'static str,
}

/// Targets of the pack, in scenario order: providers with a weight above zero.
pub(super) fn targets<'a>(source: &Source<'a>) -> Vec<Target<'a>> {
    let rows = source.scenario.providers.iter().zip(&source.plan.providers);
    let rows: Vec<_> = rows.filter(|(row, _)| 0.0 < row.weight).collect();
    let weights: Vec<f64> = rows.iter().map(|(row, _)| row.weight).collect();
    let weights = whole_weights(&weights);
    rows.into_iter()
        .zip(weights)
        .map(|((provider, plan), weight)| Target {
            provider,
            plan,
            weight,
        })
        .collect()
}

impl Target<'_> {
    /// Request limit per minute, if any.
    pub(super) fn requests_per_minute(&self) -> Option<WholeLimit> {
        let provider = self.provider;
        // Purchased units replace the limits of a plan; a pack has no key for them.
        if provider.units.is_some() {
            return None;
        }
        if let Some(rpm) = provider.rpm_by_ratio(&provider.limits, provider.tier_row()) {
            let each = ratio::requests_per_1000_tokens(&provider.vendor, &provider.model);
            return Some(WholeLimit {
                value: whole(rpm),
                why: say::limit_derived(each.unwrap_or_default()),
                kind: LimitKind::Rpm,
                field: "tpm",
            });
        }
        let rpm = self.provider.limits.rpm?;
        Some(WholeLimit {
            value: whole(rpm),
            why: self.origin(self.provider.tier_row().and_then(|row| row.rpm) == Some(rpm)),
            kind: LimitKind::Rpm,
            field: "rpm",
        })
    }

    /// Token limit per minute: the combined limit, or, if input and output have separate limits,
    /// the total at which the first is reached, since the pack has one number.
    pub(super) fn tokens_per_minute(&self) -> Option<WholeLimit> {
        if self.provider.units.is_some() {
            return None;
        }
        if let Some(tpm) = self.provider.limits.tpm {
            return Some(WholeLimit {
                value: whole(tpm),
                why: self.origin(self.provider.tier_row().and_then(|row| row.tpm) == Some(tpm)),
                kind: LimitKind::Tpm,
                field: "tpm",
            });
        }
        self.first_full().or_else(|| self.smallest())
    }

    /// Total tokens at which the tighter of two limits is reached in the plan's mix.
    fn first_full(&self) -> Option<WholeLimit> {
        let used = tightest(self.apart(), |used| used.state)?;
        // In a failover order the whole load reaches a limit at a different multiple.
        let total = used.limit / used.load * self.plan.tpm;
        if !total.is_finite() {
            return None;
        }
        // A total below one token is no limit: the plan has no counted tokens.
        (1.0 <= total).then(|| WholeLimit {
            value: whole(total),
            why: say::first_full(used),
            kind: used.kind,
            field: field(used.kind),
        })
    }

    /// Smaller limit, to be safe: without load nothing can be converted.
    fn smallest(&self) -> Option<WholeLimit> {
        let used = self.apart().min_by(|a, b| a.limit.total_cmp(&b.limit))?;
        Some(WholeLimit {
            value: whole(used.limit),
            why: say::smallest(used),
            kind: used.kind,
            field: field(used.kind),
        })
    }

    fn apart(&self) -> impl Iterator<Item = &LimitUse> {
        let limits = self.plan.limits.iter();
        limits.filter(|used| matches!(used.kind, LimitKind::Itpm | LimitKind::Otpm))
    }

    /// Limit shared with other rows of the organization.
    fn shared(&self, kind: LimitKind) -> Option<&LimitUse> {
        let mut limits = self.plan.limits.iter();
        limits.find(|used| used.kind == kind && 0.0 < used.beside)
    }

    /// Limit whose reason also names the organization's shared limit.
    pub(super) fn with_shared(&self, limit: WholeLimit) -> WholeLimit {
        let why = match self.shared(limit.kind) {
            Some(used) => say::shared(&limit.why, used),
            None => return limit,
        };
        WholeLimit { why, ..limit }
    }

    /// Part of the organization's limit that the plan gives to this target, if less.
    fn part(&self, limit: WholeLimit) -> WholeLimit {
        let Some(used) = self.shared(limit.kind).filter(|used| 0.0 < used.load) else {
            return limit;
        };
        let part = whole(used.published * (used.load - used.beside) / used.load);
        if limit.value <= part {
            return limit;
        }
        WholeLimit {
            value: part,
            why: say::part(used),
            ..limit
        }
    }

    /// Token limit, reduced to the plan's part if other targets share it.
    pub(super) fn tokens_part(&self) -> Option<WholeLimit> {
        let limit = self.tokens_per_minute()?;
        // With separate limits for input and output, the total is already the plan's part.
        Some(match limit.kind {
            LimitKind::Tpm => self.part(limit),
            _ => limit,
        })
    }

    /// One pod's part of a limit.
    pub(super) fn each(&self, limit: WholeLimit, most: u32) -> WholeLimit {
        if self.provider.scope != Scope::Divided || most < 2 {
            return limit;
        }
        WholeLimit {
            value: limit.value / u64::from(most),
            why: say::divided(limit.value, most, &limit.why),
            ..limit
        }
    }

    /// Total of a limit over all pods at the peak.
    pub(super) fn of_all(&self, limit: WholeLimit, gateway: &GatewayPlan) -> WholeLimit {
        let mut limits = self.plan.limits.iter();
        let used = limits.find(|used| used.kind == limit.kind);
        if used.is_none_or(|used| used.scope == Scope::Provider) {
            // The account's limit may be less than the sum of the gateways.
            let is_one = matches!(limit.kind, LimitKind::Rpm | LimitKind::Tpm);
            let account = used.filter(|_| is_one).map(|used| whole(used.published));
            let account = account.unwrap_or(limit.value);
            let value = limit.value.min(account);
            return self.part(WholeLimit { value, ..limit });
        }
        let most = gateway.instances_max.max(gateway.instances_min);
        let running = gateway.running();
        let each = self.each(limit, most);
        WholeLimit {
            value: each.value.saturating_mul(u64::from(running)),
            why: say::of_pods(running, &each.why),
            ..each
        }
    }

    fn origin(&self, is_of_tier: bool) -> String {
        match self.provider.tier_row() {
            Some(row) if is_of_tier => {
                let evidence = catalog::evidence_text(row.evidence);
                say::limit_origin(row.name, row.as_of, evidence)
            }
            _ => catalog::evidence_text("").to_owned(),
        }
    }
}

fn field(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::Rpm => "rpm",
        LimitKind::Tpm => "tpm",
        LimitKind::Itpm => "itpm",
        LimitKind::Otpm => "otpm",
        LimitKind::Rpd => "rpd",
        LimitKind::Tpd => "tpd",
        LimitKind::RequestsMonth => "requests-month",
        LimitKind::TokensMonth => "tokens-month",
        LimitKind::Concurrency => "in-flight",
        LimitKind::Units => "units",
        LimitKind::SpendMonth | LimitKind::RequestPrice => "spend-month",
        LimitKind::Spend10Min => "spend-10-min",
        LimitKind::BatchQueue => "batch-queue",
        LimitKind::BatchRequests => "batch-requests",
        LimitKind::Request => "context",
    }
}

/// Whole weights in the given proportions. Whole ones are unchanged; others become percentages that
/// sum to 100, or finer parts if one would become zero.
fn whole_weights(weights: &[f64]) -> Vec<u32> {
    if weights.iter().all(|weight| weight.fract() == 0.0) {
        return weights.iter().map(|weight| count(*weight)).collect();
    }
    let sum: f64 = weights.iter().sum();
    let smallest = weights.iter().copied().fold(f64::INFINITY, f64::min);
    let mut parts = 100.0;
    while smallest / sum * parts < 0.5 && parts < 1e6 {
        parts *= 10.0;
    }
    let exact: Vec<f64> = weights.iter().map(|weight| weight / sum * parts).collect();
    let mut whole: Vec<u32> = exact.iter().map(|part| count(*part)).collect();
    let mut by_rest: Vec<usize> = (0..exact.len()).collect();
    by_rest.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()));
    let missing = count(parts).saturating_sub(whole.iter().sum());
    for index in by_rest.into_iter().cycle().take(missing as usize) {
        whole[index] += 1;
    }
    // A weight of zero would remove a provider that the plan counts on.
    whole.iter().map(|weight| (*weight).max(1)).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weights are in range and not negative, and the cast saturates"
)]
fn count(value: f64) -> u32 {
    value as u32
}

/// Rounded down, since a limit must not grow, apart from floating-point error.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "limits are in range and not negative, and the cast saturates"
)]
fn whole(value: f64) -> u64 {
    let nearest = value.round();
    if (nearest - value).abs() <= TOLERANCE * nearest {
        nearest as u64
    } else {
        value as u64
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::{Limits, Scenario};

    #[test]
    fn weights_become_whole_and_keep_their_proportions() {
        let cases: [(&[f64], &[u32]); 7] = [
            (&[60.0, 25.0, 15.0], &[60, 25, 15]),
            (&[3.0, 2.0], &[3, 2]),
            (&[0.6, 0.25, 0.15], &[60, 25, 15]),
            (&[0.5, 0.5, 0.5], &[34, 33, 33]),
            (&[62.5, 37.5], &[63, 37]),
            (&[99.9, 0.1], &[999, 1]),
            (&[], &[]),
        ];
        for (weights, whole) in cases {
            assert_eq!(whole_weights(weights), whole, "{weights:?}");
        }
        assert_eq!(whole_weights(&[1e6, 1e-9]), [1_000_000, 1], "none vanishes");
    }

    /// Token limit per minute of one provider, and its reason.
    fn tokens(limits: Limits, requests: f64) -> Option<(u64, String)> {
        let mut scenario = Scenario::default();
        scenario.workloads[0].requests = requests;
        scenario.providers.truncate(1);
        scenario.providers[0].limits = limits;
        let plan = evaluate(&scenario, date(2026, 11, 23));
        let source = Source {
            scenario: &scenario,
            plan: &plan,
            link: "",
        };
        let target = targets(&source).pop().unwrap();
        let limit = target.tokens_per_minute();
        limit.map(|limit| (limit.value, limit.why))
    }

    #[test]
    fn limits_on_input_and_output_become_one_total() {
        let apart = |itpm, otpm| Limits {
            itpm,
            otpm,
            ..Limits::default()
        };
        // With 1,500 in and 800 out, 80 K of output are reached at 80 K × 2,300 ÷ 800 in total.
        let (value, why) = tokens(apart(Some(450_000.0), Some(80_000.0)), 50_000.0).unwrap();
        assert!((229_999..=230_000).contains(&value), "{value}");
        assert_eq!(why, "in this mix 80 K output tokens/min are full here");
        let none = (80_000, "the limit is 80 K output tokens/min".to_owned());
        assert_eq!(
            tokens(apart(Some(450_000.0), Some(80_000.0)), 0.0),
            Some(none)
        );
        assert_eq!(tokens(apart(None, None), 50_000.0), None);
        let combined = Limits {
            tpm: Some(450_000.9),
            ..apart(Some(1.0), Some(1.0))
        };
        let own = (450_000, "your own value".to_owned());
        assert_eq!(tokens(combined, 50_000.0), Some(own));
    }
}
