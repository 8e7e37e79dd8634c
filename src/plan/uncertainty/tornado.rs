//! Sensitivity: effect of each input on an outcome.

use super::draws::{Counted, Draws};
use super::sample::Sample;
use crate::model::limit::TOLERANCE;
use crate::model::rank;
use crate::plan::FigureId;

/// An outcome that inputs affect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A figure.
    Figure(FigureId),
    /// Multiple of the load at which the first limit is full.
    Room,
    /// Days until the load no longer fits.
    Days,
    /// 99th percentile of waits for a gateway at the peak, seconds.
    Wait,
    /// Share of requests answered after the clients' timeout.
    Late,
}

/// Effect of each input on an outcome, the largest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// The outcome.
    pub outcome: Outcome,
    /// Value with all inputs at their points.
    pub base: f64,
    /// The inputs.
    pub bars: Vec<Bar>,
    /// Input with the strongest effect by the draws, if the two methods disagree.
    pub first_by_draws: Option<usize>,
}

/// Effect of an input on an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Index of the input.
    pub input: usize,
    /// Outcome with the input at its 5 % point, all others at their points.
    pub at_low: f64,
    /// Outcome with all inputs at their points.
    pub at_point: f64,
    /// Outcome with the input at its 95 % point, all others at their points.
    pub at_high: f64,
    /// Rank correlation of input and outcome over all draws; `None` if one is constant.
    pub correlation: Option<f64>,
}

impl Bar {
    /// Lowest and highest outcome at the three points of the input, as both ends may move an
    /// outcome in the same direction.
    pub fn span(&self) -> [f64; 2] {
        let low = self.at_low.min(self.at_high).min(self.at_point);
        let high = self.at_low.max(self.at_high).max(self.at_point);
        [low, high]
    }

    /// Difference between highest and lowest outcome.
    pub fn swing(&self) -> f64 {
        let [low, high] = self.span();
        if is_one(low, high) { 0.0 } else { high - low }
    }

    /// Whether the outcome at the point lies outside of those at the ends.
    pub fn turns(&self) -> bool {
        (self.at_high - self.at_low).abs() < self.swing()
    }

    /// Whether the draws move the outcome where the input alone does not, or the other way.
    fn differs(&self) -> bool {
        let Some(correlation) = self.correlation else {
            return false;
        };
        let direction = (self.at_high - self.at_low) * correlation;
        CLEAR < correlation.abs() && direction <= 0.0 && !self.turns()
    }
}

/// Whether values differ by rounding alone.
fn is_one(low: f64, high: f64) -> bool {
    high - low <= TOLERANCE * high.abs().max(low.abs())
}

impl Tornado {
    /// Whether any input affects the outcome.
    pub fn is_moved(&self) -> bool {
        let moves =
            |bar: &Bar| 0.0 < bar.swing() || bar.correlation.is_some_and(|c| CLEAR < c.abs());
        self.bars.iter().any(moves)
    }

    /// Inputs that act together with others: the draws move the outcome with them where they alone
    /// do not, or the other way. A single input has no other to act with.
    pub fn acting(&self) -> impl Iterator<Item = usize> {
        let has_others = 1 < self.bars.len();
        let acting = self
            .bars
            .iter()
            .filter(move |bar| has_others && bar.differs());
        acting.map(|bar| bar.input)
    }
}

/// Number of draws that are ranked; the error of a correlation is then far below [`CLEAR`].
const RANKED: usize = 2_000;

/// Difference of rank correlations that chance and shape alone may cause.
const CLEAR: f64 = 0.1;

/// Maximum multiple that is reported.
const MOST_ROOM: f64 = 1_000.0;
/// Maximum days that are reported: ten years.
pub const MOST_DAYS: f64 = 3_652.0;

/// Outcomes that can be selected, in the order of the page.
fn outcomes() -> [Outcome; 12] {
    [
        Outcome::Room,
        Outcome::Days,
        Outcome::Figure(FigureId::Gateways),
        Outcome::Figure(FigureId::TightestLimit),
        Outcome::Figure(FigureId::PeakTokens),
        Outcome::Figure(FigureId::InFlight),
        Outcome::Wait,
        Outcome::Late,
        Outcome::Figure(FigureId::FailedRequests),
        Outcome::Figure(FigureId::Connections),
        Outcome::Figure(FigureId::StoredEvents),
        Outcome::Figure(FigureId::Cost),
    ]
}

impl Outcome {
    /// Value of the outcome in a future; `None` if the future has none.
    fn of(&self, sample: &Sample) -> Option<f64> {
        match self {
            Self::Room => sample.room_or_endless().map(|room| room.min(MOST_ROOM)),
            Self::Days => Some(sample.days.map_or(MOST_DAYS, |days| days.min(MOST_DAYS))),
            Self::Wait => sample.wait_s,
            Self::Late => Some(sample.late_ratio),
            Self::Figure(id) => {
                let found = sample.figures.iter().find(|figure| figure.id == *id);
                // If no call fails, no request does.
                let none = (*id == FigureId::FailedRequests).then_some(0.0);
                found.map(|figure| figure.result).or(none)
            }
        }
    }

    /// Values of the outcome over the draws.
    fn column<'a>(&self, draws: &'a Draws) -> Option<&'a [f64]> {
        let Counted {
            room,
            days,
            wait_s,
            late_ratio,
            ..
        } = &draws.samples;
        match self {
            Self::Room => Some(room),
            Self::Days => Some(days),
            Self::Wait => Some(wait_s),
            Self::Late => Some(late_ratio),
            Self::Figure(id) => draws.column(id),
        }
    }

    /// Maximum value that is reported.
    fn most(&self) -> f64 {
        match self {
            Self::Room => MOST_ROOM,
            Self::Days => MOST_DAYS,
            _ => f64::INFINITY,
        }
    }
}

/// What matters most, as far as it is worked out.
#[derive(Default)]
pub struct Matters {
    /// The futures with each input at its ends.
    ends: Vec<[Sample; 2]>,
    /// Ranks of each input's values.
    ranks: Vec<Vec<f64>>,
    /// Outcomes that were looked at.
    outcomes: usize,
    found: Vec<Tornado>,
}

impl Matters {
    /// The tornado of each outcome that an input moves; where none does, that of the first.
    pub fn tornados(self) -> Vec<Tornado> {
        let is_any = self.found.iter().any(Tornado::is_moved);
        let all = self.found.into_iter();
        let told = all.filter(|one| one.is_moved() || !is_any);
        told.take(if is_any { usize::MAX } else { 1 }).collect()
    }
}

impl Draws {
    /// A small step towards what matters most, from the draws so far: the ends of one more input,
    /// then one more outcome. Whether there is more to do.
    pub fn weigh(&self, matters: &mut Matters) -> bool {
        let index = matters.ends.len();
        if let Some(input) = self.inputs.get(index) {
            let ends = [input.range.low, input.range.high];
            matters.ends.push(ends.map(|end| self.at(&[(index, end)])));
            let values = &self.values[index];
            let first = &values[..values.len().min(RANKED)];
            matters.ranks.push(rank::ranks(first));
            return true;
        }
        let Some(outcome) = outcomes().into_iter().nth(matters.outcomes) else {
            return false;
        };
        let found = tornado(self, outcome, &matters.ends, &matters.ranks);
        matters.found.extend(found);
        matters.outcomes += 1;
        true
    }
}

fn tornado(
    draws: &Draws,
    outcome: Outcome,
    ends: &[[Sample; 2]],
    ranks: &[Vec<f64>],
) -> Option<Tornado> {
    let base = outcome.of(&draws.point)?;
    // Futures without this outcome have no rank.
    let column = outcome
        .column(draws)
        .filter(|column| column.len() == draws.taken as usize)
        .map(|column| {
            let first = column.iter().take(RANKED);
            first.map(|value| value.min(outcome.most())).collect()
        })
        .filter(|column: &Vec<f64>| {
            let [low, high] =
                [f64::min, f64::max].map(|of| column.iter().copied().fold(column[0], of));
            !is_one(low, high)
        })
        .map(|column: Vec<f64>| rank::ranks(&column));
    let bars = ends.iter().zip(ranks).enumerate();
    let bars = bars.map(|(input, (ends, ranks))| {
        let [at_low, at_high] = ends.each_ref().map(|end| outcome.of(end).unwrap_or(base));
        let column = column.as_ref();
        Bar {
            input,
            at_low,
            at_point: base,
            at_high,
            correlation: column.and_then(|column| rank::correlation_of_ranks(ranks, column)),
        }
    });
    let mut bars: Vec<Bar> = bars.collect();
    let strength = |bar: &Bar| bar.correlation.map_or(0.0, f64::abs);
    // Whole numbers, such as gateways, may be unchanged at both ends.
    let by_draws = |a: &Bar, b: &Bar| strength(b).total_cmp(&strength(a));
    bars.sort_by(|a, b| b.swing().total_cmp(&a.swing()).then(by_draws(a, b)));
    let strongest = bars
        .iter()
        .max_by(|a, b| strength(a).total_cmp(&strength(b)))?;
    let is_other = strength(&bars[0]) + CLEAR < strength(strongest);
    Some(Tornado {
        outcome,
        base,
        first_by_draws: is_other.then_some(strongest.input),
        bars,
    })
}
