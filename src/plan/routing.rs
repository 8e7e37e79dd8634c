//! Three ways to split the requests: as given, level, and as cheap as the limits allow.

use super::Demand;
use super::account::is_one_organization;
use super::admission::admission;
use super::counting::CountedRow;
use super::fixes::weight_edits;
use super::limits::{lowest, max_scale};
use super::providers::Load;
use super::reserved::direct_per_month_usd;
use super::shares::Spread;
use super::spread::{is_plain, spread};
use crate::model::growth::DAYS_PER_MONTH;
use crate::model::limit::{TOLERANCE, is_over};
use crate::model::order::ascending;
use crate::scenario::{Edit, Scenario};

/// The ways to split the requests over the providers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoutingPlan {
    /// The splits, the given one first.
    pub options: Vec<RoutingOption>,
}

impl RoutingPlan {
    /// A split, if it differs from the given one.
    pub fn option(&self, split: Split) -> Option<&RoutingOption> {
        self.options.iter().find(|option| option.split == split)
    }
}

/// A kind of split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// As the reader gave it.
    Given,
    /// Equal utilization of all providers.
    Level,
    /// As cheap as the limits allow.
    Cheapest,
}

/// A split of the requests, with its effect.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutingOption {
    /// Kind of split.
    pub split: Split,
    /// Share of each provider, in the order of the scenario.
    pub share_ratios: Vec<f64>,
    /// Multiple of today's load at which the first provider is full.
    pub max_scale: Option<f64>,
    /// Whether every provider stays within its target utilization at the peak; `None` with unknown
    /// limits.
    pub fits: Option<bool>,
    /// Tokens at list price without reserved units, dollars per month.
    pub tokens_per_month_usd: f64,
    /// Whether the prices of all providers with load are known; unknown ones count as 0.
    pub is_priced: bool,
    /// Row and weight of each provider; empty for the given split.
    pub weights: Vec<(u32, f64)>,
}

impl RoutingOption {
    /// Edits that set the split; none for the given one.
    pub fn edits(&self) -> Vec<Edit> {
        weight_edits(&self.weights)
    }
}

/// A provider that may take part, with its individual capacity.
struct Candidate {
    row: u32,
    /// Share of today's requests at which its tightest limit is full; `None` without a limit.
    full_at_share: Option<f64>,
    target_ratio: f64,
    usd_per_request: f64,
    /// Whole percents in the given split.
    given_percent: f64,
    /// Whether its price is known; reserved units have one.
    is_priced: bool,
}

impl Candidate {
    /// Largest share that keeps its limits within the target.
    fn share_max(&self) -> f64 {
        self.full_at_share
            .map_or(1.0, |share| (share * self.target_ratio).min(1.0))
    }

    /// Bounds of its whole percents in a split by price. Without a known price its share is fixed;
    /// without a known limit it gets no more.
    fn bounds(&self) -> (f64, f64) {
        match (self.is_priced, self.full_at_share) {
            (false, _) => (self.given_percent, self.given_percent),
            (true, None) => (0.0, self.given_percent),
            (true, Some(_)) => (
                0.0,
                libm::floor(self.share_max() * 100.0 * (1.0 + TOLERANCE)),
            ),
        }
    }
}

pub(super) fn routing(
    scenario: &Scenario,
    demand: &Demand,
    rows: &[CountedRow<'_>],
    (spread, loads): (&Spread, &[Load]),
) -> RoutingPlan {
    let given: Vec<f64> = loads.iter().map(|load| load.share_ratio).collect();
    let given_percents = match given.iter().sum() {
        total if 0.0 < total => whole_percents(&given, total),
        _ => vec![0.0; given.len()],
    };
    // If workloads or an order direct the requests, weights alone decide nothing.
    let is_plain = is_plain(scenario, rows);
    let asked = demand.requests_per_day * DAYS_PER_MONTH;
    let candidate = |(index, percent): (usize, &f64)| {
        let (row, share) = (&spread.rows[index], given[index]);
        // Each row then has its own mix, and its capacity depends on it.
        let is_own = !is_plain && 0.0 < share * asked;
        Candidate {
            given_percent: *percent,
            is_priced: row.provider.has_price(),
            row: row.provider.id,
            full_at_share: if admission(scenario, demand, row).ratio() < 1.0 {
                Some(0.0)
            } else if is_own {
                loads[index].max_scale.map(|scale| scale * share)
            } else {
                max_scale(scenario, demand, &rows[index], 1.0)
            },
            target_ratio: row.provider.target_percent / 100.0,
            usd_per_request: if row.units.is_some() {
                0.0 // paid whether used or not
            } else if is_own {
                direct_per_month_usd(scenario, demand, spread, index) / asked / share
            } else {
                rows[index].tokens.usd_direct
            },
        }
    };
    let candidates = given_percents.iter().enumerate().map(candidate);
    let candidates: Vec<Candidate> = candidates.collect();
    let mut as_given = option(demand, &candidates, Split::Given, given.clone());
    together(scenario, demand, rows, &mut as_given);
    let mut options = vec![as_given];
    if 2 <= candidates.len() && 0.0 < demand.peak_rps && is_plain {
        let more = [
            (Split::Level, level(&candidates, &given)),
            (Split::Cheapest, cheapest(&candidates)),
        ];
        for (split, percents) in more {
            let Some(percents) = percents else { continue };
            let shares = percents.iter().map(|percent| percent / 100.0).collect();
            let mut found = option(demand, &candidates, split, shares);
            together(scenario, demand, rows, &mut found);
            found.weights = weights(&candidates, &percents);
            // Splits that equal the given one, or do not fit, are no options.
            let is_other = percents != given_percents;
            if is_other && (split == Split::Level || found.fits != Some(false)) {
                options.push(found);
            }
        }
    }
    RoutingPlan { options }
}

fn option(
    demand: &Demand,
    candidates: &[Candidate],
    split: Split,
    share_ratios: Vec<f64>,
) -> RoutingOption {
    let rows = || candidates.iter().zip(&share_ratios);
    let scales = rows()
        .filter(|(_, share)| 0.0 < **share)
        .map(|(row, share)| Some(row.full_at_share? / share));
    let max_scale = lowest(scales).filter(|s| s.is_finite());
    let over = rows().any(|(row, share)| 0.0 < *share && is_over(*share / row.share_max()));
    let unknown = rows().any(|(row, share)| 0.0 < *share && row.full_at_share.is_none());
    let fits = match (over, unknown) {
        (true, _) => Some(false),
        (false, true) => None,
        (false, false) => Some(true),
    };
    let usd: f64 = rows().map(|(row, share)| row.usd_per_request * share).sum();
    RoutingOption {
        split,
        max_scale,
        fits,
        is_priced: rows().all(|(row, share)| *share <= 0.0 || row.is_priced),
        tokens_per_month_usd: usd * demand.requests_per_day * DAYS_PER_MONTH,
        weights: Vec::new(),
        share_ratios,
    }
}

/// Applies to a split the limits that rows of one organization share.
fn together(
    scenario: &Scenario,
    demand: &Demand,
    rows: &[CountedRow<'_>],
    option: &mut RoutingOption,
) {
    let has_mate = |row: &CountedRow<'_>| rows.iter().any(|it| is_one_organization(row, it));
    if !is_plain(scenario, rows) || !rows.iter().any(has_mate) {
        return;
    }
    let mut split = rows.to_vec();
    for (row, share) in split.iter_mut().zip(&option.share_ratios) {
        row.weight = *share;
    }
    let spread = spread(scenario, demand, &split);
    let taking = spread.rows.iter().zip(&spread.shares);
    for (row, share) in taking.filter(|(_, share)| 0.0 < **share) {
        let full = max_scale(scenario, demand, row, *share);
        let target = row.provider.target_percent / 100.0;
        let is_full = full.is_some_and(|scale| is_over(1.0 / (scale * target)));
        option.max_scale = lowest([option.max_scale, full].into_iter());
        if is_full {
            option.fits = Some(false);
        }
    }
}

/// Percents as weights, by row.
fn weights(candidates: &[Candidate], percents: &[f64]) -> Vec<(u32, f64)> {
    let rows = candidates.iter().zip(percents);
    rows.map(|(row, percent)| (row.row, *percent)).collect()
}

/// Whole percents in proportion to the individual capacity of each provider with load; `None` if
/// one has no limit.
fn level(candidates: &[Candidate], given: &[f64]) -> Option<Vec<f64>> {
    let alone: Vec<f64> = candidates
        .iter()
        .zip(given)
        .map(|(row, share)| {
            if 0.0 < *share {
                row.full_at_share
            } else {
                Some(0.0)
            }
        })
        .collect::<Option<_>>()?;
    let total: f64 = alone.iter().sum();
    let carrying = given.iter().filter(|share| 0.0 < **share).count();
    (2 <= carrying && 0.0 < total && total.is_finite()).then(|| whole_percents(&alone, total))
}

/// Whole percents that fill the cheapest provider up to its target first, then the next; `None` if
/// some requests find no place.
///
/// Filling by price is optimal: the cost is a sum of shares times prices, and each share has its
/// own upper bound.
fn cheapest(candidates: &[Candidate]) -> Option<Vec<f64>> {
    let usd: Vec<(u8, f64)> = candidates.iter().map(|c| (0, c.usd_per_request)).collect();
    let bounds: Vec<(f64, f64)> = candidates.iter().map(Candidate::bounds).collect();
    let mut percents: Vec<f64> = bounds.iter().map(|(least, _)| *least).collect();
    let mut left = 100.0 - percents.iter().sum::<f64>();
    for index in ascending(&usd) {
        let (least, most) = bounds[index];
        let more = (most - least).min(left);
        percents[index] += more;
        left -= more;
    }
    (left == 0.0).then_some(percents)
}

/// Whole percents that sum to 100: rounded down, then the largest remainders up, so that none is
/// negative however many parts there are.
fn whole_percents(parts: &[f64], total: f64) -> Vec<f64> {
    let exact: Vec<f64> = parts.iter().map(|part| part / total * 100.0).collect();
    let mut percents: Vec<f64> = exact.iter().map(|percent| libm::floor(*percent)).collect();
    let mut rest = 100.0 - percents.iter().sum::<f64>();
    let remainders: Vec<(u8, f64)> = exact.iter().map(|exact| (0, -exact.fract())).collect();
    for index in ascending(&remainders) {
        if rest < 1.0 {
            break;
        }
        percents[index] += 1.0;
        rest -= 1.0;
    }
    percents
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(row: u32, full_at_share: Option<f64>, usd_per_request: f64) -> Candidate {
        Candidate {
            row,
            full_at_share,
            target_ratio: 0.8,
            usd_per_request,
            given_percent: 25.0,
            is_priced: true,
        }
    }

    #[test]
    fn whole_percents_always_sum_to_a_hundred() {
        for parts in [
            vec![1.0, 1.0, 1.0],
            vec![2.0, 5.0, 3.0],
            vec![0.4, 99.0],
            vec![1e9, 1.0],
            // Half a percent each, rounded up, would leave minus 100 for one of them.
            vec![1.0; 200],
        ] {
            let total: f64 = parts.iter().sum();
            let percents = whole_percents(&parts, total);
            assert!(
                (percents.iter().sum::<f64>() - 100.0).abs() < 1e-9,
                "{parts:?}: {percents:?}"
            );
            assert!(
                percents.iter().all(|percent| 0.0 <= *percent),
                "{percents:?}"
            );
        }
        assert_eq!(whole_percents(&[2.0, 5.0, 3.0], 10.0), [20.0, 50.0, 30.0]);
    }

    #[test]
    fn the_cheapest_split_fills_the_cheapest_provider_to_its_target() {
        // Full at half of the load, 80 % of that is 40 %; the next at 0.5625, so 45 %; the
        // dearest takes the last 15 %.
        let rows = [
            candidate(1, None, 3.0),
            candidate(2, Some(0.5), 1.0),
            candidate(3, Some(0.5625), 2.0),
        ];
        assert_eq!(cheapest(&rows), Some(vec![15.0, 40.0, 45.0]));
    }

    #[test]
    fn where_not_all_finds_a_place_no_split_is_the_cheapest_that_fits() {
        let rows = [candidate(1, Some(0.3), 1.0), candidate(2, Some(0.1), 2.0)];
        assert_eq!(cheapest(&rows), None);
        let nothing = [candidate(1, Some(0.0), 1.0), candidate(2, Some(0.0), 2.0)];
        assert_eq!(cheapest(&nothing), None);
    }

    #[test]
    fn a_provider_without_a_price_keeps_its_share_and_one_without_a_limit_gets_no_more() {
        let unpriced = Candidate {
            is_priced: false,
            ..candidate(1, Some(9.0), 0.0)
        };
        // A quarter stays where no price is known; the other goes where it is cheap.
        let rows = [
            unpriced,
            candidate(2, Some(9.0), 2.0),
            candidate(3, Some(9.0), 1.0),
        ];
        assert_eq!(cheapest(&rows), Some(vec![25.0, 0.0, 75.0]));
        let rows = [candidate(1, None, 1.0), candidate(2, Some(9.0), 2.0)];
        assert_eq!(cheapest(&rows), Some(vec![25.0, 75.0]));
    }
}
