//! A full queue that drops its oldest request for a new one.

use super::impatient::{Bounds, Leaving};
use super::poisson::{density, upper_share};
use super::waits::{NODES, StartedWaits};
use super::{INPUT_MAX, System};
use crate::model::ModelError;

/// Distance of the utilization from 1, times the places, below which the closed form loses digits
/// and the weight is interpolated.
const BALANCED: f64 = 0.01;
/// Bisection steps, down to a millionth of the longest wait.
const STEPS: u32 = 40;
/// Parts of the longest wait over which a mean is integrated.
const PARTS: u32 = 4;
/// Largest exponent evaluated.
const EXPONENT_MAX: f64 = 700.0;

/// A queue that drops its oldest request when a new one finds no place.
///
/// All requests that find no free server join, and always the oldest one leaves: for a server,
/// dropped, or because its patience ends. So as many requests are lost as by refusing new ones, and
/// started requests have waited for less.
///
/// # Source
///
/// Ours. With Q waiting a time t ago, A arrivals and D services since then, and K places, the
/// oldest one has waited longer than t if D < Q and A up to s plus D from s on stay below K for
/// every s up to t. The first is the law of M/M/c/K, the second the reflection principle for the
/// difference of two Poisson processes. Exact for Poisson arrivals and exponential services
/// without patience; patience cuts the law off, and the waits are then within 5 % of simulation.
pub(super) struct PushOut {
    /// Probability of a free server over the probability that all are busy and nobody waits.
    free: f64,
    utilization: f64,
    places: f64,
    /// Services per second while all servers are busy.
    services_per_s: f64,
    /// Services within the patience.
    patience: f64,
    /// Weights at the end of the patience.
    end: Weights,
}

/// Weights relative to the state in which all servers are busy and nobody waits, divided by `unit`.
#[derive(Clone, Copy, Default)]
struct Weights {
    unit: f64,
    /// States in which requests wait.
    waiting: f64,
    /// States in which the oldest request has waited for as long as its patience.
    longer: f64,
}

impl PushOut {
    /// The queue of a system; `None` without load or places, or if the servers are never all busy.
    pub(super) fn of(system: &System, bounds: &Bounds) -> Result<Option<Self>, ModelError> {
        let places = f64::from(bounds.places);
        let within_s = places / f64::from(system.servers.max(1)) * system.service_time_s;
        let patience_s = bounds.patience_s.min(INPUT_MAX);
        let leaving = Leaving::of(system, patience_s, within_s.min(patience_s))?;
        let Some(leaving) = leaving.filter(|_| 0 < bounds.places) else {
            return Ok(None);
        };
        let mut law = Self {
            free: leaving.free,
            utilization: leaving.utilization,
            places: places / leaving.variability,
            services_per_s: f64::from(system.servers) / system.service_time_s / leaving.variability,
            patience: leaving.services,
            end: Weights::default(),
        };
        law.end = Weights {
            unit: law.unit(),
            waiting: law.longer(0.0),
            longer: law.longer(law.patience),
        };
        Ok(law.services_per_s.is_finite().then_some(law))
    }

    /// Divisor of the weights, so that none overflows.
    fn unit(&self) -> f64 {
        if self.utilization <= 1.0 {
            1.0
        } else {
            libm::exp(-(self.places + 1.0) * libm::log(self.utilization))
        }
    }

    /// Weight of the states in which the oldest request has waited for more than `services`
    /// services.
    fn longer(&self, services: f64) -> f64 {
        let near = BALANCED / (self.places + 10.0);
        if near <= (1.0 - self.utilization).abs() {
            return self.longer_at(self.utilization, services);
        }
        let (low, high) = (1.0 - near, 1.0 + near);
        let (below, above) = (
            self.longer_at(low, services),
            self.longer_at(high, services) * libm::pow(high, self.places + 1.0),
        );
        let part = (self.utilization - low) / (high - low);
        (below + part * (above - below)) * self.unit()
    }

    /// [`PushOut::longer`] in closed form.
    fn longer_at(&self, load: f64, services: f64) -> f64 {
        let (places, slack) = (self.places, 1.0 - load);
        let log_end = (places + 1.0) * libm::log(load);
        let log_unit = log_end.max(0.0);
        let end = libm::exp(log_end - log_unit);
        if services <= 0.0 {
            return (load * libm::exp(-log_unit) - end) / slack;
        }
        let arrivals = load * services;
        // No more arrivals, and no more services, than places.
        let (few, served) = (upper_share(places, arrivals), upper_share(places, services));
        if few <= 0.0 {
            return 0.0;
        }
        let growth = libm::exp((arrivals - services - log_unit).min(EXPONENT_MAX));
        let exactly = density(places, arrivals);
        let room = (places - 1.0 - arrivals) * few + places * exactly;
        let pushed = growth * (load * room - load * load * few / slack) + end * served / slack;
        let all = few * (load * growth * few - end * served);
        ((all - exactly * pushed) / slack).max(0.0)
    }

    /// Weight of the states in which the oldest request has waited for less than its patience.
    fn starting(&self) -> f64 {
        (self.end.waiting - self.end.longer).max(0.0)
    }

    /// Waits of started requests.
    pub(super) fn waits(&self) -> StartedWaits {
        let waited = self.starting() / self.utilization;
        let p_wait = waited / (self.free * self.end.unit + waited);
        let p_wait = if p_wait.is_finite() { p_wait } else { 0.0 };
        // Hardly any request waits for more services than this.
        let most = self.places + 10.0 * self.places.sqrt() + 40.0;
        let most = most.min(self.patience);
        StartedWaits {
            p_wait,
            mean_wait_s: p_wait * self.mean(most) / self.services_per_s,
            wait_p95_s: self.quantile(most, 0.05 / p_wait) / self.services_per_s,
            wait_p99_s: self.quantile(most, 0.01 / p_wait) / self.services_per_s,
        }
    }

    /// Share of waiting and started requests that wait for more than `services` services.
    fn part(&self, services: f64) -> f64 {
        let part = (self.longer(services) - self.end.longer) / self.starting();
        if part.is_finite() {
            part.clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    /// Wait that this share of waiting and started requests exceeds, in services.
    fn quantile(&self, most: f64, part: f64) -> f64 {
        if 1.0 <= part {
            return 0.0;
        }
        let (mut low, mut high) = (0.0, most);
        for _ in 0..STEPS {
            let middle = f64::midpoint(low, high);
            if part < self.part(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// Mean wait of waiting and started requests, in services.
    fn mean(&self, most: f64) -> f64 {
        // The tail beyond this is negligible.
        let most = self.quantile(most, 1e-6);
        let width = most / f64::from(PARTS);
        let mut sum = 0.0;
        for at in 0..PARTS {
            for (node, weight) in NODES {
                sum += width * weight * self.part(width * (f64::from(at) + node));
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::model::queueing::{Pods, Routing, fleet_lost, fleet_started, started_waits};
    use proptest::prelude::*;

    fn system(load: f64, servers: u32, service_cv2: f64) -> System {
        System {
            arrival_rate_rps: load,
            service_time_s: 1.0,
            service_cv2,
            arrival_dispersion: 1.0,
            servers,
        }
    }

    fn bounds(places: u32, patience_s: f64) -> Bounds {
        Bounds {
            places,
            patience_s,
            drops_oldest: true,
        }
    }

    /// One server, one place, a request a service time. The states none, one and two are as
    /// likely, so that half of those who start have waited. One that waits is
    /// served before the next one comes with a chance of a half, after 1 ÷ (1 + 1) on average:
    /// half a service time, where it would have been a whole one by turning the new one away.
    #[test]
    fn one_server_and_one_place_are_worked_out_by_hand() {
        for load in [1.0 - 1e-9, 1.0] {
            let law = PushOut::of(&system(load, 1, 1.0), &bounds(1, 1e9)).unwrap();
            let law = law.unwrap();
            let waits = law.waits();
            assert!((waits.p_wait - 0.5).abs() < 1e-6, "{waits:?}");
            assert!((waits.mean_wait_s - 0.25).abs() < 1e-4, "{waits:?}");
            // e^(−2t) = 0.1 and 0.02.
            assert!((waits.wait_p95_s - 1.151_29).abs() < 1e-4, "{waits:?}");
            assert!((waits.wait_p99_s - 1.956_01).abs() < 1e-4, "{waits:?}");
        }
    }

    /// Slots, places, load over slots, patience in service times; then the shares dropped and given
    /// up, the chance of a wait, its mean, and the waits that 95 and 99 of 100 stay within: a
    /// million exponential services each, simulated in C apart from this program.
    #[rustfmt::skip]
    const SIMULATED: [(u32, u32, f64, f64, [f64; 6]); 12] = [
        (4, 1, 0.7, 1e9, [0.113_21, 0.0, 0.183_14, 0.026_98, 0.1908, 0.4277]),
        (4, 1, 1.3, 1e9, [0.350_13, 0.0, 0.413_97, 0.045_00, 0.2298, 0.4034]),
        (4, 4, 0.95, 1e9, [0.116_08, 0.0, 0.602_97, 0.280_80, 0.9436, 1.3010]),
        (4, 4, 1.3, 1.0, [0.245_52, 0.031_61, 0.798_72, 0.333_98, 0.8145, 0.9473]),
        (4, 4, 0.7, 1.0, [0.023_28, 0.022_91, 0.336_44, 0.125_28, 0.6843, 0.9086]),
        (4, 16, 0.85, 1e9, [0.008_09, 0.0, 0.672_84, 0.881_64, 3.1060, 4.0237]),
        (4, 16, 1.3, 1e9, [0.231_33, 0.0, 0.993_74, 2.406_30, 3.5744, 4.0937]),
        (4, 40, 0.95, 1e9, [0.006_41, 0.0, 0.876_01, 2.993_58, 8.2655, 9.7818]),
        (4, 40, 1.05, 1e9, [0.053_58, 0.0, 0.984_28, 6.082_24, 9.4653, 10.4416]),
        (16, 4, 1.05, 1e9, [0.128_16, 0.0, 0.520_29, 0.060_63, 0.2212, 0.3062]),
        (16, 16, 0.85, 1.0, [0.003_24, 0.002_99, 0.410_75, 0.126_78, 0.6408, 0.8657]),
        (16, 16, 1.05, 1.0, [0.059_90, 0.013_78, 0.844_11, 0.421_48, 0.8733, 0.9641]),
    ];

    #[test]
    fn those_who_start_wait_and_those_who_are_dropped_are_as_simulated() {
        for (slots, places, load, patience_s, simulated) in SIMULATED {
            let bounds = bounds(places, patience_s);
            for (count, routing) in [(1, Routing::Pool), (12, Routing::Random)] {
                let all = system(load * f64::from(count * slots), slots, 1.0);
                let pods = Pods { count, routing };
                let lost = fleet_lost(&all, bounds, pods).unwrap();
                let started = fleet_started(&all, pods).unwrap();
                let waits = started_waits(&all, bounds, (&started, pods)).unwrap();
                let [dropped, gave_up, p_wait, mean, p95, p99] = simulated;
                for (name, actual, expected, slight) in [
                    ("dropped", lost.refused, dropped, 0.003),
                    ("gave up", lost.gave_up, gave_up, 0.003),
                    ("p_wait", waits.p_wait, p_wait, 0.002),
                    ("mean", waits.mean_wait_s, mean, 0.002),
                    ("p95", waits.wait_p95_s, p95, 0.002),
                    ("p99", waits.wait_p99_s, p99, 0.002),
                ] {
                    assert!(
                        (actual - expected).abs() <= 0.06 * expected + slight,
                        "{name} {slots} + {places} of {load}: {actual}, {expected}"
                    );
                }
            }
        }
    }

    proptest! {
        #[test]
        fn every_answer_is_finite_whatever_is_asked(
            utilization in 0.0..3.0_f64,
            service_cv2 in 0.0..12.0_f64,
            servers in 1_u32..500,
            places in prop_oneof![9 => 0_u32..3_000, 1 => any::<u32>()],
            patience_s in prop_oneof![0.0..10.0_f64, Just(1e9), Just(0.0)],
        ) {
            let system = system(utilization * f64::from(servers), servers, service_cv2);
            if let Some(law) = PushOut::of(&system, &bounds(places, patience_s)).unwrap() {
                let waits = law.waits();
                let sound = (0.0..=1.0).contains(&waits.p_wait)
                    && waits.mean_wait_s.is_finite()
                    && waits.wait_p95_s <= waits.wait_p99_s
                    && waits.wait_p99_s.is_finite();
                prop_assert!(sound, "{waits:?}");
            }
        }
    }
}
