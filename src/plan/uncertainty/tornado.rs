//! What matters most: how far each input moves an outcome.

use super::draws::Draws;
use super::sample::Sample;
use super::way::is_same;
use crate::model::rank;
use crate::plan::FigureId;

/// An outcome that inputs move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A figure.
    Figure(FigureId),
    /// The multiple of the load at which the first limit is full.
    Room,
}

/// How far each input moves an outcome, the farthest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// The outcome.
    pub outcome: Outcome,
    /// Its value at the points.
    pub base: f64,
    /// The inputs.
    pub bars: Vec<Bar>,
    /// The input that goes before the first one by the draws, where the two roads disagree.
    pub first_by_draws: Option<usize>,
}

/// How far an input moves an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Place of the input among the inputs.
    pub input: usize,
    /// The outcome with the input at its 5 % point, all others at their points.
    pub at_low: f64,
    /// The same at its 95 % point.
    pub at_high: f64,
    /// Whether the outcome at the points does not lie between the two, since another limit is
    /// reached first at an end.
    pub is_other_first: bool,
    /// Rank correlation of input and outcome over all draws; none where nothing varies.
    pub correlation: Option<f64>,
}

impl Bar {
    /// How far apart the outcome is at the two points.
    pub fn swing(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }

    /// Whether the draws move the outcome where the input alone does not, or the other way:
    /// then it acts together with others.
    pub fn interacts(&self) -> bool {
        let Some(correlation) = self.correlation else {
            return false;
        };
        let direction = (self.at_high - self.at_low) * correlation;
        CLEAR < correlation.abs() && direction <= 0.0
    }
}

/// Draws that are ranked: the error of a correlation is far below [`CLEAR`] by then.
const RANKED: usize = 2_000;

fn first(column: &[f64]) -> &[f64] {
    &column[..column.len().min(RANKED)]
}

/// Rank correlations closer than this may differ by chance and by the shape alone.
const CLEAR: f64 = 0.1;

/// Room beyond this is told as no more than this.
const MOST_ROOM: f64 = 1_000.0;

/// Outcomes one may ask about, in the order of the page.
fn outcomes() -> [Outcome; 7] {
    [
        Outcome::Room,
        Outcome::Figure(FigureId::Gateways),
        Outcome::Figure(FigureId::TightestLimit),
        Outcome::Figure(FigureId::PeakTokens),
        Outcome::Figure(FigureId::InFlight),
        Outcome::Figure(FigureId::StoredEvents),
        Outcome::Figure(FigureId::Cost),
    ]
}

impl Outcome {
    fn of(&self, sample: &Sample) -> Option<f64> {
        match self {
            Self::Room => sample
                .first
                .as_ref()?
                .scale
                .map(|scale| scale.min(MOST_ROOM)),
            Self::Figure(id) => {
                let found = sample.figures.iter().find(|figure| figure.id == *id);
                found.map(|figure| figure.result)
            }
        }
    }

    fn column<'a>(&self, draws: &'a Draws) -> Option<&'a Vec<f64>> {
        match self {
            Self::Room => Some(&draws.room),
            Self::Figure(id) => {
                let figures = &draws.point.figures;
                let place = figures.iter().position(|figure| figure.id == *id)?;
                draws.figures.get(place)
            }
        }
    }
}

/// The tornado of each outcome that an input moves.
pub(super) fn tornados(draws: &Draws) -> Vec<Tornado> {
    let ends: Vec<[Sample; 2]> = draws
        .inputs
        .iter()
        .enumerate()
        .map(|(index, input)| {
            [input.range.low, input.range.high].map(|end| draws.at(&[(index, end)]))
        })
        .collect();
    let columns = draws.values.iter();
    let ranks: Vec<Vec<f64>> = columns.map(|values| rank::ranks(first(values))).collect();
    let tornado = |outcome| tornado(draws, outcome, &ends, &ranks);
    outcomes().into_iter().filter_map(tornado).collect()
}

fn tornado(
    draws: &Draws,
    outcome: Outcome,
    ends: &[[Sample; 2]],
    ranks: &[Vec<f64>],
) -> Option<Tornado> {
    // Where nothing ends it, any multiple of the load fits.
    let of = |sample: &Sample| match (&outcome, &sample.first) {
        (Outcome::Room, None) => Some(MOST_ROOM),
        _ => outcome.of(sample),
    };
    let base = of(&draws.point)?;
    // A future without this outcome has no rank.
    let column = outcome
        .column(draws)
        .filter(|column| column.len() == draws.taken as usize)
        .map(|column| match outcome {
            Outcome::Room => first(column)
                .iter()
                .map(|room| room.min(MOST_ROOM))
                .collect(),
            Outcome::Figure(_) => first(column).to_vec(),
        })
        .map(|column: Vec<f64>| rank::ranks(&column));
    let bars = ends.iter().zip(ranks).enumerate();
    let bars = bars.map(|(input, ([low, high], ranks))| {
        let column = column.as_ref();
        let at = [low, high].map(|end| of(end).unwrap_or(base));
        let [at_low, at_high] = at;
        let is_between = at_low.min(at_high) <= base && base <= at_low.max(at_high);
        let is_other = |end: &Sample| match (&end.first, &draws.point.first) {
            (Some(end), Some(point)) => !is_same(&end.kind, &point.kind),
            _ => false,
        };
        let is_other_first =
            outcome == Outcome::Room && !is_between && (is_other(low) || is_other(high));
        Bar {
            input,
            at_low,
            at_high,
            is_other_first,
            correlation: column.and_then(|column| rank::correlation_of_ranks(ranks, column)),
        }
    });
    let mut bars: Vec<Bar> = bars.collect();
    let moves = |bar: &Bar| 0.0 < bar.swing() || bar.correlation.is_some_and(|c| CLEAR < c.abs());
    if !bars.iter().any(moves) {
        return None;
    }
    let strength = |bar: &Bar| bar.correlation.map_or(0.0, f64::abs);
    // Whole numbers, such as gateways, may stay where they are at both ends.
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
