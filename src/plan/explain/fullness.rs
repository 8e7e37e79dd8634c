//! Key figures against their limits.

use super::figure::{Aside, Figure, FigureId};
use super::figures::tightest;
use crate::model::limit::{holds, is_over};
use crate::plan::{FindingKind, Plan, ProviderPlan, Severity};

/// State of a figure against its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fullness {
    /// Well below it, or without one.
    Calm,
    /// Over the target share of the limit.
    Near,
    /// Below the limit today, and over it later.
    Later,
    /// Over the limit.
    Over,
}

impl Fullness {
    /// Status word that style sheets color.
    pub fn word(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Near | Self::Later => "warn",
            Self::Over => "danger",
        }
    }

    fn of_provider(plan: &ProviderPlan) -> Self {
        if plan.state().is_over() {
            Self::Over
        } else if plan.is_near() {
            Self::Near
        } else {
            Self::Calm
        }
    }
}

impl Plan {
    /// State of a figure against its limit: a provider's, the slots, or the subject of a finding
    /// (the autoscaler's maximum, the disk, the connections).
    pub fn fullness(&self, figure: &Figure) -> Fullness {
        let is_about: fn(&FindingKind) -> bool = match &figure.id {
            FigureId::TightestLimit if matches!(figure.aside, Aside::Closed { .. }) => {
                return Fullness::Over;
            }
            FigureId::TightestLimit => {
                let tightest = tightest(&self.providers);
                return tightest.map_or(Fullness::Calm, |(plan, _)| Fullness::of_provider(plan));
            }
            FigureId::Use(id) => {
                let provider = self.providers.iter().find(|plan| plan.id == *id);
                return provider.map_or(Fullness::Calm, Fullness::of_provider);
            }
            FigureId::SlotsInUse if is_over(figure.result) => return Fullness::Over,
            FigureId::Gateways => |kind| matches!(kind, FindingKind::Autoscaler(_)),
            FigureId::StoredEvents => |kind| matches!(kind, FindingKind::Disk(_)),
            FigureId::Connections => |kind| matches!(kind, FindingKind::Connections { .. }),
            _ => return Fullness::Calm,
        };
        let finding = self.findings.iter().find(|finding| is_about(&finding.kind));
        match finding.map(|finding| (finding.severity, finding.scale)) {
            Some((Severity::Critical, _)) => Fullness::Over,
            Some((Severity::Warning, Some(scale))) if holds(scale) => Fullness::Near,
            Some((Severity::Warning, _)) => Fullness::Later,
            Some((Severity::Info, _)) | None => Fullness::Calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    fn check(link: &str, id: &FigureId, fullness: Fullness) {
        let (scenario, notices) = from_fragment(link);
        assert_eq!(notices, [], "{link}");
        let plan = evaluate(&scenario, date(2026, 11, 28));
        let figure = plan.figures.iter().find(|figure| figure.id == *id);
        let figure = figure.expect("the figure");
        assert_eq!(plan.fullness(figure), fullness, "{link}: {figure:?}");
    }

    /// 86,400 requests per day without a peak are 60 per minute.
    fn one_provider(rpm: u32) -> String {
        format!("v=2&requests-per-day=86400&peak-multiplier=1&p=custom,m,Own,1,rpm:{rpm}")
    }

    #[test]
    fn a_share_of_a_limit_is_over_it_above_100_percent() {
        let tightest = || FigureId::TightestLimit;
        // 60 of 50 a minute; 60 of 61 are 98 %; 60 of 600 are a tenth; a limit of 0 takes none.
        check(&one_provider(50), &tightest(), Fullness::Over);
        check(&one_provider(61), &tightest(), Fullness::Near);
        check(&one_provider(600), &tightest(), Fullness::Calm);
        check(&one_provider(0), &tightest(), Fullness::Over);
        let own = FigureId::Use("custom".to_owned());
        check(&one_provider(50), &own, Fullness::Over);
        check("v=2", &FigureId::Cost, Fullness::Calm);
    }

    #[test]
    fn events_beyond_the_disk_are_over_it_at_once_or_in_time() {
        let stored = || FigureId::StoredEvents;
        // 50,000 × 2,000 B × 90 days are 9 GB of 50.
        check("v=1", &stored(), Fullness::Calm);
        // 5,000,000 × 2,000 B × 90 days are 900 GB, with a fifth of dead rows 1,080 of 1,000. They
        // fill it at 10 GB a day, after more than the 30 days of an order; six times as many do
        // so in under 17 days.
        check("v=1&requests-per-day=5000000", &stored(), Fullness::Later);
        check("v=1&requests-per-day=30000000", &stored(), Fullness::Over);
    }

    #[test]
    fn more_gateways_than_the_autoscaler_may_run_are_over_it() {
        // 1.736 requests a second at the peak, open for 9.68 s: 16.8 × 1.5 in 16 slots are 2.
        let gateways = || FigureId::Gateways;
        check("v=1&hpa-min=1&hpa-max=1", &gateways(), Fullness::Over);
        check("v=1&hpa-max=20", &gateways(), Fullness::Calm);
    }
}
