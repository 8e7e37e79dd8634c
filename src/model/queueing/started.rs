//! The wait of those who start, where nobody waits longer than a time.

use super::impatient::leaving_law;
use super::pods::{Pods, Routing, fleet_wait, pooled};
use super::{System, Wait};
use crate::model::ModelError;

/// Nodes and weights of Gauss and Legendre's quadrature on 0..1.
const NODES: [(f64, f64); 8] = [
    (0.019_855_071_751_231_856, 0.050_614_268_145_188_13),
    (0.101_666_761_293_186_64, 0.111_190_517_226_687_24),
    (0.237_233_795_041_835_5, 0.156_853_322_938_943_64),
    (0.408_282_678_752_175_1, 0.181_341_891_689_181),
    (0.591_717_321_247_825, 0.181_341_891_689_181),
    (0.762_766_204_958_164_5, 0.156_853_322_938_943_64),
    (0.898_333_238_706_813_4, 0.111_190_517_226_687_24),
    (0.980_144_928_248_768_1, 0.050_614_268_145_188_13),
];
/// The nodes follow a law that fades so many times slower than the wait: what is asked grows
/// with the wait, so that its rare lengths count more than their chance says.
const SLOWER: f64 = 3.0;
/// Chance to wait below which nobody does.
const SELDOM: f64 = 1e-12;
/// Fading over the whole wait below which it is even.
const EVEN: f64 = 1e-9;

/// A wait and its part of those who start.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WaitPoint {
    /// Part of those who start.
    pub part: f64,
    /// How long they wait.
    pub wait_s: f64,
}

/// A few waits that stand for all: the mean of a smooth function of the wait is its mean over
/// them.
pub type WaitPoints = [WaitPoint; NODES.len() + 1];

/// The law of the wait for a slot before it is known when clients leave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Started {
    /// Everyone finds a slot free.
    AtOnce,
    /// Everyone waits as long as anyone does.
    AtLast,
    /// Some find a slot free, the others wait.
    Spread(Spread),
}

/// A request finds a slot free, or waits for a time whose density falls, or grows in overload,
/// exponentially.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_field_names, reason = "each name ends with its unit")]
pub struct Spread {
    /// Chance to find a slot free over the density of the shortest wait.
    idle_s: f64,
    /// How fast the density falls; below 0 it grows.
    rate_per_s: f64,
    /// Mean time between the services of a pod that shares what comes with others, else 0: the
    /// wait behind the same number of requests varies by the root of its product with that.
    step_s: f64,
}

impl Started {
    fn of_wait(wait: &Wait) -> Self {
        if wait.p_wait < SELDOM || wait.mean_wait_s <= 0.0 {
            return Self::AtOnce;
        }
        let rate_per_s = wait.p_wait / wait.mean_wait_s;
        Self::Spread(Spread {
            idle_s: (1.0 - wait.p_wait) / (wait.p_wait * rate_per_s),
            rate_per_s,
            step_s: 0.0,
        })
    }

    /// The waits of those who start where nobody waits longer than `most_s`.
    pub fn points(&self, most_s: f64) -> WaitPoints {
        let most_s = most_s.max(0.0);
        match self {
            Self::AtOnce => at(0.0),
            Self::AtLast => at(most_s),
            Self::Spread(spread) => spread.points(most_s),
        }
    }
}

/// All wait as long.
fn at(wait_s: f64) -> WaitPoints {
    let mut points = WaitPoints::default();
    points[0] = WaitPoint { part: 1.0, wait_s };
    points
}

impl Spread {
    /// The waits of those who start where nobody waits longer than `most_s`.
    ///
    /// In an M/M/c queue the bound cuts the law off and leaves its form as it is.
    fn points(&self, most_s: f64) -> WaitPoints {
        let mut points = WaitPoints::default();
        let uneven_s = (self.step_s * most_s).sqrt();
        let per_s = self.rate_per_s.abs().min(1.0 / uneven_s);
        let span = per_s * most_s;
        if most_s <= 0.0 || span.is_infinite() {
            return at(if self.rate_per_s < 0.0 { most_s } else { 0.0 });
        }
        // Counted from the likelier end, so that nothing overflows.
        let (idle, falls) = if self.rate_per_s < 0.0 {
            (self.idle_s * libm::exp(-span), false)
        } else {
            (self.idle_s, true)
        };
        let waiting = if span < EVEN {
            most_s
        } else {
            -libm::expm1(-span) / per_s
        };
        let p_wait = waiting / (idle + waiting);
        let slow_per_s = per_s / SLOWER;
        let most = libm::expm1(-span / SLOWER);
        let mut parts = 0.0;
        for (point, (node, weight)) in points[1..].iter_mut().zip(NODES) {
            let from_end_s = if span < EVEN {
                most_s * node
            } else {
                -libm::log1p(node * most) / slow_per_s
            };
            point.part = weight * libm::exp((slow_per_s - per_s) * from_end_s);
            point.wait_s = if falls {
                from_end_s
            } else {
                most_s - from_end_s
            };
            parts += point.part;
        }
        for point in &mut points[1..] {
            point.part *= p_wait / parts;
        }
        points[0].part = 1.0 - p_wait;
        points
    }
}

/// The law of the wait before pods that share nothing but their address; any load has one.
///
/// Below all slots it is that of [`fleet_wait`]. In overload it is that of a queue whose requests
/// leave, [`super::loss_by_patience`], before one pod or one pool. Where requests choose among
/// pods, all are as full, but each clears as unevenly as one alone: the waits spread at least by
/// the root of what a full pod's number of services varies.
///
/// # Errors
///
/// As [`fleet_wait`], but for an overload.
pub fn fleet_started(system: &System, pods: Pods) -> Result<Started, ModelError> {
    match fleet_wait(system, pods) {
        Ok(wait) => Ok(Started::of_wait(&wait)),
        Err(ModelError::Saturated { .. }) => {
            let (routing, chooses) = match pods.routing {
                Routing::Fewest | Routing::BestOfTwo => (Routing::Random, true),
                other => (other, false),
            };
            let (part, _) = pooled(system, Pods { routing, ..pods })?;
            let step_s = system.service_time_s / f64::from(system.servers);
            let law = leaving_law(&part)?;
            Ok(law.map_or(Started::AtLast, |(idle_s, rate_per_s)| {
                Started::Spread(Spread {
                    idle_s,
                    rate_per_s,
                    step_s: if chooses { step_s } else { 0.0 },
                })
            }))
        }
        Err(error) => Err(error),
    }
}
