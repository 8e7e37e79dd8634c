//! Wait of started requests if no wait exceeds a bound.

use super::chosen::chosen;
use super::impatient::{Bounds, leaving_law};
use super::pods::{Pods, Routing, alone, fleet_wait};
use super::push_out::PushOut;
use super::waits::{NODES, StartedWaits};
use super::{System, Wait, with_bounded_queue};
use crate::model::ModelError;

/// Factor by which the nodes' distribution decays more slowly than the wait: the functions averaged
/// grow with the wait, so that rare long waits count for more than their probability.
const SLOWER: f64 = 3.0;
/// Probability of waiting below which it counts as 0.
const SELDOM: f64 = 1e-12;
/// Decay over the whole wait below which the density counts as uniform.
const EVEN: f64 = 1e-9;

/// A wait and its share of started requests.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WaitPoint {
    /// Share of started requests.
    pub part: f64,
    /// Wait, seconds.
    pub wait_s: f64,
}

/// Nodes of a quadrature over the waits: the mean of a smooth function of the wait is its weighted
/// mean over them.
pub type WaitPoints = [WaitPoint; NODES.len() + 1];

/// Distribution of the wait for a slot, before clients' patience is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Started {
    /// All requests find a free slot.
    AtOnce,
    /// All requests wait as long as possible.
    AtLast,
    /// Some requests find a free slot, the others wait.
    Spread(Spread),
}

/// A request finds a free slot, or waits for a time with an exponentially falling density, which
/// grows in overload.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Probability of a free slot over the density of the shortest wait, seconds.
    idle_s: f64,
    /// Decay rate of the density; negative if it grows.
    rate_per_s: f64,
    /// Mean time between completions of a pod that shares its arrivals with others, else 0. Waits
    /// behind equally many requests differ by the root of the product of that time and the wait.
    step_s: f64,
    /// Effect of the services' variability.
    seen: Seen,
}

/// Part of the services' variability that a wait of a given length sees.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Seen(System);

impl Seen {
    /// Ratio of the variability seen to the whole, if no wait exceeds `most_s`.
    fn within(self, most_s: f64) -> f64 {
        let seen = self.0.waited_within(most_s).mean_variability();
        let all = self.0.mean_variability();
        if seen < all { seen / all } else { 1.0 }
    }
}

impl Started {
    fn of_wait(wait: &Wait, seen: Seen) -> Self {
        if wait.p_wait < SELDOM || wait.mean_wait_s <= 0.0 {
            return Self::AtOnce;
        }
        let rate_per_s = wait.p_wait / wait.mean_wait_s;
        Self::Spread(Spread {
            idle_s: (1.0 - wait.p_wait) / (wait.p_wait * rate_per_s),
            rate_per_s,
            step_s: 0.0,
            seen,
        })
    }

    /// Waits of started requests if no wait exceeds `most_s`.
    pub fn points(&self, most_s: f64) -> WaitPoints {
        let most_s = most_s.max(0.0);
        match self {
            Self::AtOnce => at(0.0),
            Self::AtLast => at(most_s),
            Self::Spread(spread) => spread.points(most_s),
        }
    }

    /// Probability, mean and quantiles of the waits of started requests.
    fn waits(&self, most_s: f64) -> StartedWaits {
        let all = |p_wait: f64, wait_s: f64| StartedWaits {
            p_wait,
            mean_wait_s: wait_s,
            wait_p95_s: wait_s,
            wait_p99_s: wait_s,
        };
        let spread = match self {
            Self::AtOnce => return all(0.0, 0.0),
            Self::AtLast => return all(1.0, most_s),
            Self::Spread(spread) => spread,
        };
        let Some(cut) = spread.cut(most_s) else {
            let wait_s = spread.cut_at_once_s(most_s);
            return all(f64::from(u8::from(0.0 < wait_s)), wait_s);
        };
        StartedWaits {
            p_wait: cut.p_wait,
            mean_wait_s: cut.p_wait * cut.mean_s(),
            wait_p95_s: cut.quantile_s(0.05),
            wait_p99_s: cut.quantile_s(0.01),
        }
    }
}

/// Points of a constant wait.
fn at(wait_s: f64) -> WaitPoints {
    let mut points = WaitPoints::default();
    points[0] = WaitPoint { part: 1.0, wait_s };
    points
}

/// Distribution of the waits of started requests under a bound.
struct Cut {
    p_wait: f64,
    /// Decay rate of the density from its likelier end.
    per_s: f64,
    /// Decay over the whole range of waits.
    span: f64,
    /// Whether the shortest wait is the likelier end.
    falls: bool,
    most_s: f64,
}

impl Cut {
    /// Mean wait of the waiting requests, seconds.
    fn mean_s(&self) -> f64 {
        let from_end_s = if self.span < 1e-4 {
            self.most_s * (0.5 - self.span / 12.0)
        } else {
            1.0 / self.per_s - self.most_s / libm::expm1(self.span)
        };
        self.wait_s(from_end_s)
    }

    /// Wait that this share of started requests exceeds, seconds.
    fn quantile_s(&self, left: f64) -> f64 {
        if self.p_wait <= left {
            return 0.0;
        }
        let longer = left / self.p_wait;
        // Share of waiting requests between the likelier end and the wait.
        let part = if self.falls { 1.0 - longer } else { longer };
        let from_end_s = if self.span < EVEN {
            part * self.most_s
        } else {
            -libm::log1p(part * libm::expm1(-self.span)) / self.per_s
        };
        self.wait_s(from_end_s)
    }

    fn wait_s(&self, from_end_s: f64) -> f64 {
        if self.falls {
            from_end_s
        } else {
            self.most_s - from_end_s
        }
    }
}

impl Spread {
    /// Distribution of waits if none exceeds `most_s`; `None` if all requests wait equally long.
    fn cut(&self, most_s: f64) -> Option<Cut> {
        let uneven_s = (self.step_s * most_s).sqrt();
        let seen = self.seen.within(most_s);
        let per_s = (self.rate_per_s.abs() / seen).min(1.0 / uneven_s);
        let span = per_s * most_s;
        if most_s <= 0.0 || span.is_infinite() {
            return None;
        }
        // Counted from the likelier end, so that nothing overflows.
        let (idle, falls) = if self.rate_per_s < 0.0 {
            (self.idle_s * seen * libm::exp(-span), false)
        } else {
            (self.idle_s * seen, true)
        };
        let waiting = if span < EVEN {
            most_s
        } else {
            -libm::expm1(-span) / per_s
        };
        Some(Cut {
            p_wait: waiting / (idle + waiting),
            per_s,
            span,
            falls,
            most_s,
        })
    }

    /// The wait of all requests, if they wait equally long.
    fn cut_at_once_s(&self, most_s: f64) -> f64 {
        if self.rate_per_s < 0.0 { most_s } else { 0.0 }
    }

    /// Waits of started requests if no wait exceeds `most_s`.
    ///
    /// In an M/M/c queue the bound truncates the distribution and leaves its form unchanged.
    fn points(&self, most_s: f64) -> WaitPoints {
        let Some(cut) = self.cut(most_s) else {
            return at(self.cut_at_once_s(most_s));
        };
        let mut points = WaitPoints::default();
        let Cut {
            p_wait,
            per_s,
            span,
            falls,
            ..
        } = cut;
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

/// Distribution of the wait before pods that share nothing but their address; any load has one.
///
/// Below full load it is that of [`fleet_wait`]. In overload it is that of a queue whose requests
/// leave, [`super::loss_by_patience`], before one pod or one pool. If requests choose among pods,
/// all are equally full, but each drains as unevenly as one alone: the waits spread at least by the
/// root of the variance of a full pod's completions.
///
/// # Errors
///
/// As [`fleet_wait`], except for an overload.
pub fn fleet_started(system: &System, pods: Pods) -> Result<Started, ModelError> {
    let seen = Seen(*system);
    match fleet_wait(system, pods) {
        Ok(wait) => Ok(Started::of_wait(&wait, seen)),
        Err(ModelError::Saturated { .. }) => {
            let chooses = matches!(pods.routing, Routing::Fewest | Routing::BestOfTwo);
            let (part, _) = alone(system, pods)?;
            let step_s = system.service_time_s / f64::from(system.servers);
            let law = leaving_law(&part)?;
            Ok(law.map_or(Started::AtLast, |(idle_s, rate_per_s)| {
                Started::Spread(Spread {
                    idle_s,
                    rate_per_s,
                    step_s: if chooses { step_s } else { 0.0 },
                    seen: Seen(part),
                })
            }))
        }
        Err(error) => Err(error),
    }
}

/// Waits of started requests if the queue is bounded and no wait exceeds the patience.
///
/// Either bound alone gives a distribution: the patience truncates that of [`fleet_started`], and
/// the end of the queue leaves that of [`with_bounded_queue`], or of a queue that drops its oldest
/// request, before one pod if requests choose among pods. Of both the shorter wait applies.
///
/// At random and from one pool, probability, mean, and 95th and 99th percentile are within 6 % of
/// simulations, or 0.02 service times. If requests choose among pods, probability and mean are
/// those of pooled pods, or of many pods: with exponential services the probability is within 0.08
/// of simulation for the fewest requests, and mostly within 0.11 for the better of two. In an
/// overload of exponential services the 99th percentile is within 9 % (C simulations of half a
/// million requests each, 96 fleets of 3 to 40 pods with 1 to 40 places); with a few long services
/// among short ones it is up to twice as long.
///
/// # Errors
///
/// As [`fleet_started`].
pub fn started_waits(
    system: &System,
    bounds: Bounds,
    (started, pods): (&Started, Pods),
) -> Result<StartedWaits, ModelError> {
    let by_patience = started.waits(bounds.patience_s);
    let (part, pooled_pods) = alone(system, pods)?;
    let places = bounds.places.saturating_mul(pooled_pods);
    let push_out = if bounds.drops_oldest {
        PushOut::of(&part, &Bounds { places, ..bounds })?
    } else {
        None
    };
    let by_end = match push_out {
        Some(law) => law.waits(),
        None => with_bounded_queue(&part, places)?.wait.into(),
    };
    let by_end = match pods.routing {
        Routing::Fewest | Routing::BestOfTwo => chosen(system, bounds, pods, by_end)?,
        _ => by_end,
    };
    Ok(StartedWaits {
        p_wait: by_patience.p_wait.min(by_end.p_wait),
        mean_wait_s: by_patience.mean_wait_s.min(by_end.mean_wait_s),
        wait_p95_s: by_patience.wait_p95_s.min(by_end.wait_p95_s),
        wait_p99_s: by_patience.wait_p99_s.min(by_end.wait_p99_s),
    })
}

/// A simulated fleet of `count` pods with `slots` and `places` each, under a load relative to the
/// slots, with routing to the fewest requests or to the better of two.
#[cfg(test)]
pub(super) fn simulated_fleet(
    (count, slots, places): (u32, u32, u32),
    load: f64,
    fewest: bool,
) -> (System, Bounds, Pods) {
    let system = System {
        arrival_rate_rps: load * f64::from(count * slots),
        service_time_s: 1.0,
        service_cv2: 1.0,
        arrival_dispersion: 1.0,
        servers: slots,
    };
    let bounds = Bounds {
        places,
        patience_s: 1e9,
        drops_oldest: false,
    };
    let routing = if fewest {
        Routing::Fewest
    } else {
        Routing::BestOfTwo
    };
    (system, bounds, Pods { count, routing })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::model::queueing::fleet_lost;

    /// Slots, places, load, spread of the service, patience in service times; then the shares
    /// refused and given up, the chance of a wait, its mean, and those of 95 and 99 of 100: ten
    /// million requests each, simulated in C apart from this program. A request that will leave
    /// stands in its place until then.
    #[rustfmt::skip]
    const SIMULATED: [(u32, u32, f64, f64, f64, [f64; 6]); 16] = [
        (16, 33, 15.0, 1.0, 1e9, [0.005_84, 0.0, 0.7034, 0.5059, 1.7196, 2.2094]),
        (16, 38, 15.0, 1.0, 2.75, [0.003_48, 0.000_85, 0.7103, 0.5427, 1.8724, 2.3801]),
        (16, 44, 15.0, 1.0, 2.75, [0.001_49, 0.002_00, 0.7138, 0.5675, 1.9874, 2.5060]),
        (16, 100, 15.0, 1.0, 2.75, [0.0, 0.003_09, 0.7142, 0.5757, 2.0365, 2.5615]),
        (16, 30, 17.0, 1.0, 2.75, [0.066_00, 0.000_64, 0.9548, 1.1798, 2.1102, 2.4205]),
        (16, 100, 17.0, 1.0, 2.75, [0.0, 0.061_75, 0.9832, 1.9044, 2.7014, 2.7405]),
        (16, 100, 20.0, 1.0, 2.75, [0.0, 0.199_86, 1.0, 2.4999, 2.7372, 2.7475]),
        (16, 4, 12.0, 1.0, 0.25, [0.009_84, 0.013_05, 0.1302, 0.0127, 0.1127, 0.2103]),
        (16, 16, 14.0, 1.0, 1.0, [0.004_22, 0.006_12, 0.4646, 0.1540, 0.7065, 0.9146]),
        (16, 2, 13.0, 1.0, 9.0, [0.050_24, 0.0, 0.1456, 0.0132, 0.1007, 0.2274]),
        (64, 40, 60.0, 1.0, 0.5, [0.000_23, 0.004_35, 0.4694, 0.0804, 0.3688, 0.4668]),
        (192, 100, 188.0, 1.0, 1.0, [0.001_93, 0.0, 0.6548, 0.1171, 0.4192, 0.5163]),
        (192, 1200, 190.0, 1.0, 0.5, [0.0, 0.004_59, 0.7599, 0.1589, 0.4460, 0.4887]),
        (16, 33, 15.0, 2.0, 2.75, [0.009_63, 0.001_09, 0.6937, 0.5522, 1.8966, 2.3885]),
        (16, 44, 15.0, 2.0, 2.75, [0.002_67, 0.004_87, 0.7083, 0.6396, 2.2207, 2.6230]),
        (16, 100, 15.0, 0.5, 2.75, [0.0, 0.001_25, 0.7194, 0.4951, 1.7865, 2.4298]),
    ];

    /// Slots, places, load over slots, part of the answers that are long, how many times as long,
    /// patience in service times; then the chance of a wait and its mean: five million requests
    /// each, simulated in C apart from this program. Short and long ones are lognormal with a
    /// squared deviation of 1.
    type Mixed = (u32, u32, f64, f64, f64, f64, [f64; 2]);
    #[rustfmt::skip]
    const MIXED: [Mixed; 13] = [
        (16, 4, 0.85, 0.1, 20.0, 1e9, [0.245_01, 0.041_23]),
        (16, 4, 1.05, 0.1, 20.0, 1e9, [0.468_75, 0.084_09]),
        (16, 8, 0.95, 0.1, 20.0, 1e9, [0.456_62, 0.145_63]),
        (16, 1, 0.95, 0.1, 20.0, 1e9, [0.151_97, 0.009_71]),
        (4, 4, 0.85, 0.1, 20.0, 1e9, [0.410_25, 0.329_69]),
        (64, 16, 0.95, 0.1, 20.0, 1e9, [0.388_93, 0.053_01]),
        (16, 40, 0.95, 0.1, 20.0, 1e9, [0.657_21, 0.848_47]),
        (16, 4, 0.85, 0.1, 5.0, 1e9, [0.272_20, 0.039_16]),
        (16, 4, 0.95, 0.3, 10.0, 1e9, [0.364_82, 0.061_16]),
        (16, 4, 0.85, 0.02, 50.0, 1e9, [0.259_64, 0.041_11]),
        (16, 40, 0.85, 0.1, 20.0, 1.0, [0.359_76, 0.140_99]),
        (16, 8, 1.05, 0.1, 20.0, 1.0, [0.589_64, 0.187_81]),
        (64, 100, 0.95, 0.1, 20.0, 0.5, [0.454_96, 0.102_39]),
    ];

    #[test]
    fn a_short_queue_hardly_sees_that_some_answers_are_long() {
        for (slots, places, load, long, times, patience_s, [p_wait, mean_s]) in MIXED {
            let mean = 1.0 - long + long * times;
            let square = 2.0 * (1.0 - long + long * times * times);
            let system = System {
                arrival_rate_rps: load * f64::from(12 * slots),
                service_time_s: 1.0,
                service_cv2: square / (mean * mean) - 1.0,
                arrival_dispersion: 1.0,
                servers: slots,
            };
            let bounds = Bounds {
                places,
                patience_s,
                drops_oldest: false,
            };
            let pods = Pods {
                count: 12,
                routing: Routing::Random,
            };
            let started = fleet_started(&system, pods).unwrap();
            let waits = started_waits(&system, bounds, (&started, pods)).unwrap();
            assert!(
                (waits.p_wait - p_wait).abs() < 0.055
                    && (waits.mean_wait_s - mean_s).abs() < 0.15 * mean_s + 0.002,
                "{slots} + {places}, {load}, {long} × {times}: {waits:?}, {p_wait} {mean_s}"
            );
        }
    }

    /// Pods, slots, places, load over slots, whether requests go to the pod that holds fewest, else
    /// to the better of two; then the chance of a wait and its mean: a million exponential services
    /// each, simulated in C apart from this program.
    type Chosen = (u32, u32, u32, f64, bool, [f64; 2]);
    #[rustfmt::skip]
    const CHOSEN: [Chosen; 14] = [
        (3, 4, 1, 0.95, true, [0.307, 0.077]),
        (3, 16, 4, 0.95, true, [0.409, 0.058]),
        (12, 4, 1, 1.05, true, [0.489, 0.122]),
        (12, 4, 4, 0.95, true, [0.510, 0.228]),
        (12, 16, 1, 1.3, true, [0.758, 0.047]),
        (12, 16, 4, 1.05, true, [0.910, 0.163]),
        (40, 4, 1, 1.3, true, [0.920, 0.230]),
        (40, 16, 16, 1.05, true, [1.0, 0.968]),
        (3, 4, 1, 1.3, false, [0.514, 0.129]),
        (3, 16, 4, 0.95, false, [0.406, 0.056]),
        (12, 4, 4, 1.05, false, [0.868, 0.571]),
        (12, 16, 4, 0.95, false, [0.403, 0.048]),
        (40, 4, 1, 1.3, false, [0.556, 0.139]),
        (40, 16, 4, 1.3, false, [0.966, 0.195]),
    ];

    #[test]
    fn where_requests_choose_as_many_wait_before_a_short_queue_as_simulated() {
        for (count, slots, places, load, fewest, [p_wait, mean_s]) in CHOSEN {
            let fleet = simulated_fleet((count, slots, places), load, fewest);
            let (system, bounds, pods) = fleet;
            let started = fleet_started(&system, pods).unwrap();
            let waits = started_waits(&system, bounds, (&started, pods)).unwrap();
            assert!(
                (waits.p_wait - p_wait).abs() < 0.12
                    && (waits.mean_wait_s - mean_s).abs() < 0.2 * mean_s + 0.01,
                "{:?} {count} × {slots} + {places}, {load}: {waits:?}, {p_wait} {mean_s}",
                pods.routing
            );
        }
    }

    /// Chance at random and in one pool: twelve pods that each get a twelfth of the stream wait
    /// like one, and twelve that pool like one with all slots.
    #[test]
    fn losses_and_waits_are_those_of_a_simulated_queue_with_two_ends() {
        for (slots, places, load, service_cv2, patience_s, simulated) in SIMULATED {
            for routing in [Routing::Random, Routing::Pool] {
                let (pods, part, rate) = match routing {
                    Routing::Pool if slots % 4 == 0 && places % 4 == 0 => (4, 4, load),
                    Routing::Pool => (1, 1, load),
                    _ => (12, 1, load * 12.0),
                };
                let system = System {
                    arrival_rate_rps: rate,
                    service_time_s: 1.0,
                    service_cv2,
                    arrival_dispersion: 1.0,
                    servers: slots / part,
                };
                let bounds = Bounds {
                    places: places / part,
                    patience_s,
                    drops_oldest: false,
                };
                let pods = Pods {
                    count: pods,
                    routing,
                };
                let lost = fleet_lost(&system, bounds, pods).unwrap();
                let started = fleet_started(&system, pods).unwrap();
                let waits = started_waits(&system, bounds, (&started, pods)).unwrap();
                let [refused, gave_up, p_wait, mean, p95, p99] = simulated;
                // Where a service time is spread otherwise, losses are known less well.
                let (loss_error, wait_error) = if (service_cv2 - 1.0).abs() < 0.1 {
                    (0.06, 0.06)
                } else {
                    (0.3, 0.07)
                };
                for (name, actual, expected, error) in [
                    ("lost", lost.ratio(), refused + gave_up, loss_error),
                    ("p_wait", waits.p_wait, p_wait, wait_error),
                    ("mean", waits.mean_wait_s, mean, wait_error),
                    ("p95", waits.wait_p95_s, p95, wait_error),
                    ("p99", waits.wait_p99_s, p99, wait_error),
                ] {
                    let off = (actual - expected).abs();
                    let slight = if name == "lost" { 1e-4 } else { 0.02 };
                    assert!(
                        off <= error * expected + slight,
                        "{name} {routing:?} {slots} + {places} of {load}: {actual}, {expected}"
                    );
                }
                let part = lost.refused / lost.ratio();
                let simulated = refused / (refused + gave_up);
                assert!(
                    (part - simulated).abs() < 0.15,
                    "{slots} + {places}: {part}"
                );
            }
        }
    }
}
