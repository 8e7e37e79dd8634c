//! Distribution of a number that is known by two points.
//!
//! | known | shape |
//! |---|---|
//! | two points of an amount above 0 | lognormal |
//! | two points of a share strictly between 0 and 100 % | normal in its logit |
//! | a likely value between two points | PERT |
//! | a middle and a distance, or a point at a bound of its scale | normal |
//!
//! The 5 and 95 % points are exactly as stated. The caller clamps values to a field's bounds.

use super::beta::Pert;
use super::normal::{self, Z95};

/// Scale of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// An amount, compared by ratios.
    Amount,
    /// A share from 0 to 100 percent.
    Percent,
}

impl Scale {
    /// The median between two points.
    pub fn median(self, low: f64, high: f64) -> f64 {
        match self.kind(low, high) {
            Kind::Logarithm => libm::sqrt(low) * libm::sqrt(high),
            Kind::Logit => percent(f64::midpoint(logit(low), logit(high))),
            Kind::Plain => f64::midpoint(low, high),
        }
    }

    fn kind(self, low: f64, high: f64) -> Kind {
        match self {
            Self::Amount if 0.0 < low => Kind::Logarithm,
            Self::Percent if 0.0 < low && high < 100.0 => Kind::Logit,
            _ => Kind::Plain,
        }
    }
}

/// Scale on which a shape is normal.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Logarithm,
    Logit,
    Plain,
}

fn logit(percent: f64) -> f64 {
    libm::log(percent) - libm::log(100.0 - percent)
}

fn percent(logit: f64) -> f64 {
    100.0 / (1.0 + libm::exp(-logit))
}

/// Grid steps of a tabulated distribution without a closed form.
const STEPS: u16 = 400;

/// Distribution of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape(Law);

#[derive(Debug, Clone, PartialEq)]
enum Law {
    Normal {
        kind: Kind,
        middle: f64,
        scale: f64,
    },
    /// Cumulative shares and their values, both ascending.
    Shares(Vec<[f64; 2]>),
}

impl Shape {
    /// The shape with these 5 and 95 % points, in order.
    pub fn between(scale: Scale, low: f64, high: f64) -> Self {
        let kind = scale.kind(low, high);
        let (low, high) = match kind {
            Kind::Logarithm => (libm::log(low), libm::log(high)),
            Kind::Logit => (logit(low), logit(high)),
            Kind::Plain => (low, high),
        };
        Self::normal(kind, low, high)
    }

    /// The symmetric shape with these 5 and 95 % points.
    pub fn around(low: f64, high: f64) -> Self {
        Self::normal(Kind::Plain, low, high)
    }

    /// The shape with a likely value between the 5 and 95 % points.
    pub fn likely(low: f64, likely: f64, high: f64) -> Self {
        let law = Pert::with_points(low, likely, high);
        let (start, width) = law.bounds();
        let value = |step: usize| start + width * step as f64 / f64::from(STEPS);
        let shares = law.shares(STEPS).into_iter().enumerate();
        let mut knots: Vec<[f64; 2]> = shares.map(|(step, share)| [share, value(step)]).collect();
        // Points of a skewed distribution lie within one step of each other.
        for stated in [[0.05, low], [0.95, high]] {
            knots.retain(|knot| (knot[0] < stated[0]) == (knot[1] < stated[1]));
            let at = knots.partition_point(|knot| knot[0] < stated[0]);
            knots.insert(at, stated);
        }
        Self(Law::Shares(knots))
    }

    fn normal(kind: Kind, low: f64, high: f64) -> Self {
        Self(Law::Normal {
            kind,
            middle: f64::midpoint(low, high),
            scale: (high / 2.0 - low / 2.0) / Z95,
        })
    }

    /// The quantile of a share, which is above 0 and below 1.
    pub fn value(&self, share: f64) -> f64 {
        match &self.0 {
            Law::Normal {
                kind,
                middle,
                scale,
            } => {
                let value = middle + scale * normal::point(share);
                match kind {
                    // Values that may be entered lie within these bounds.
                    Kind::Logarithm => libm::exp(value.clamp(-700.0, 700.0)),
                    Kind::Logit => percent(value),
                    Kind::Plain => value,
                }
            }
            Law::Shares(knots) => {
                let above = knots.partition_point(|knot| knot[0] < share);
                let last = knots.len().saturating_sub(1);
                let pair = [above.max(1) - 1, above.min(last)].map(|at| knots.get(at).copied());
                let [Some([from, low]), Some([to, high])] = pair else {
                    return 0.0;
                };
                let along = if from < to {
                    (share - from) / (to - from)
                } else {
                    0.0
                };
                low + (high - low) * along.clamp(0.0, 1.0)
            }
        }
    }
}
