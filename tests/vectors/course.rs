//! A queue while its load and its servers change.

use kt_capacity::model::ModelError;
use kt_capacity::model::queueing::INPUT_MAX;

/// Most states × events that are worked through.
const WORK_MAX: f64 = 1e10;
/// Events taken at once; the weight of none of them, e^−256, is still a number.
const EVENTS_AT_ONCE: f64 = 256.0;

/// A course of rates and servers for an M(t)/M/c(t)/K queue that starts empty.
///
/// When servers go, work in progress is not interrupted, but only `servers` requests
/// make progress from then on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Course<'a> {
    /// Requests per second from each time on, in order of time; 0 before the first.
    pub(crate) arrival_rates_rps: &'a [(f64, f64)],
    /// Servers from each time on, in order of time; none before the first.
    pub(crate) servers: &'a [(f64, u32)],
    /// Mean service time, exponentially distributed.
    pub(crate) service_time_s: f64,
    /// Requests in the system at most, those in service included.
    pub(crate) places_total: u32,
}

/// The queue at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moment {
    /// When.
    pub(crate) time_s: f64,
    /// Mean number of requests in the system.
    pub(crate) mean_in_system: f64,
    /// Mean number of requests waiting.
    pub(crate) mean_queue: f64,
    /// Chance that every server is busy.
    pub(crate) p_all_busy: f64,
    /// Chance that the system is full.
    pub(crate) p_full: f64,
    /// Mean number of requests turned away so far.
    pub(crate) lost_so_far: f64,
}

/// The queue at each of `times_s`, which must be in order.
///
/// Rates and servers that change at such a time count as changed.
///
/// # Errors
///
/// [`ModelError::OutOfDomain`] if a number is not in 0..=10⁹, times are not in
/// order, or the course has too many states and events to be worked through.
///
/// # Source
///
/// Jensen, "Markoff Chains as an Aid in the Study of Markoff Processes",
/// *Skandinavisk Aktuarietidskrift* 36 (1953): uniformization.
pub(crate) fn moments(course: &Course, times_s: &[f64]) -> Result<Vec<Moment>, ModelError> {
    let service = positive_service_time(course.service_time_s)?;
    let mut changes: Vec<f64> = Vec::new();
    for (time, rate) in course.arrival_rates_rps {
        within("arrival_rate_rps", *rate, INPUT_MAX)?;
        changes.push(*time);
    }
    changes.extend(course.servers.iter().map(|(time, _)| *time));
    changes.extend(times_s);
    for time in &changes {
        within("time_s", *time, INPUT_MAX)?;
    }
    in_order(times_s.iter().copied())?;
    in_order(course.arrival_rates_rps.iter().map(|(time, _)| *time))?;
    in_order(course.servers.iter().map(|(time, _)| *time))?;
    changes.sort_by(f64::total_cmp);

    let mut chain = Chain::empty(course.places_total)?;
    let mut found = Vec::with_capacity(times_s.len());
    let mut wanted = times_s.iter().copied().peekable();
    let (mut now, mut work) = (0.0, 0.0);
    for change in changes {
        let step = Step {
            arrival_rate: last_before(course.arrival_rates_rps, now).unwrap_or(0.0),
            servers: last_before(course.servers, now).unwrap_or(0),
            completion_rate: service.recip(),
        };
        work += step.events_per_s(&chain) * (change - now) * chain.shares.len() as f64;
        if WORK_MAX < work {
            return Err(ModelError::OutOfDomain {
                input: "times_s",
                value: change,
            });
        }
        chain.advance(&step, change - now);
        now = change;
        while let Some(time_s) = wanted.next_if(|time| *time <= now) {
            let servers = last_before(course.servers, now).unwrap_or(0);
            found.push(chain.moment(time_s, servers));
        }
    }
    Ok(found)
}

/// `value` if it lies in `0..=most`; NaN does not.
fn within(input: &'static str, value: f64, most: f64) -> Result<f64, ModelError> {
    if (0.0..=most).contains(&value) {
        Ok(value)
    } else {
        Err(ModelError::OutOfDomain { input, value })
    }
}

fn positive_service_time(service_time_s: f64) -> Result<f64, ModelError> {
    let service = within("service_time_s", service_time_s, INPUT_MAX)?;
    if service < 1e-9 {
        return Err(ModelError::OutOfDomain {
            input: "service_time_s",
            value: service,
        });
    }
    Ok(service)
}

fn in_order(mut times: impl Iterator<Item = f64>) -> Result<(), ModelError> {
    let mut last = 0.0;
    match times.find(|time| std::mem::replace(&mut last, *time) > *time) {
        Some(value) => Err(ModelError::OutOfDomain {
            input: "time_s",
            value,
        }),
        None => Ok(()),
    }
}

fn last_before<T: Copy>(course: &[(f64, T)], now: f64) -> Option<T> {
    let last = course.iter().rev().find(|(time, _)| *time <= now);
    last.map(|(_, value)| *value)
}

/// Rates between two changes.
struct Step {
    arrival_rate: f64,
    servers: u32,
    completion_rate: f64,
}

impl Step {
    /// Events of the fastest state.
    fn events_per_s(&self, chain: &Chain) -> f64 {
        let busy = f64::from(self.servers).min(chain.last());
        self.arrival_rate + busy * self.completion_rate
    }
}

/// How likely each number of requests in the system is.
struct Chain {
    shares: Vec<f64>,
    lost: f64,
}

impl Chain {
    fn empty(places_total: u32) -> Result<Self, ModelError> {
        let states = within("places", f64::from(places_total), 1e6).map(|_| places_total)?;
        let mut shares = vec![0.0; states as usize + 1];
        if let Some(first) = shares.first_mut() {
            *first = 1.0;
        }
        Ok(Self { shares, lost: 0.0 })
    }

    fn last(&self) -> f64 {
        (self.shares.len() - 1) as f64
    }

    /// Lets `time_s` pass, in pieces of a bounded number of events.
    fn advance(&mut self, step: &Step, time_s: f64) {
        let rate = step.events_per_s(self);
        let mut left = rate * time_s;
        while 0.0 < left {
            let events = left.min(EVENTS_AT_ONCE);
            self.advance_events(step, rate, events);
            left -= events;
        }
    }

    /// Averages the states after 0, 1, 2, … events over the Poisson number of them.
    fn advance_events(&mut self, step: &Step, rate: f64, events: f64) {
        let mut now = self.shares.clone();
        let mut next = vec![0.0; now.len()];
        let mut mixed = vec![0.0; now.len()];
        let (mut weight, mut covered, mut k) = (libm::exp(-events), 0.0, 0.0);
        let mut full_events = 0.0;
        // Nothing is left to add well before this many.
        let most = events + 12.0 * events.sqrt() + 40.0;
        while k <= most && covered < 1.0 {
            covered += weight;
            for (sum, share) in mixed.iter_mut().zip(&now) {
                *sum += weight * share;
            }
            // The mean time spent after exactly k events is P(more than k) / rate.
            full_events += (1.0 - covered).max(0.0) * now.last().copied().unwrap_or(0.0);
            next_event(&now, &mut next, step, rate);
            std::mem::swap(&mut now, &mut next);
            k += 1.0;
            weight *= events / k;
        }
        self.lost += step.arrival_rate / rate * full_events;
        self.shares = mixed;
    }

    fn moment(&self, time_s: f64, servers: u32) -> Moment {
        let servers = f64::from(servers);
        let (mut mean_in_system, mut mean_queue, mut p_all_busy) = (0.0, 0.0, 0.0);
        for (n, share) in self.shares.iter().enumerate() {
            let n = n as f64;
            mean_in_system += n * share;
            if servers <= n {
                p_all_busy += share;
                mean_queue += (n - servers) * share;
            }
        }
        Moment {
            time_s,
            mean_in_system,
            mean_queue,
            p_all_busy,
            p_full: self.shares.last().copied().unwrap_or(0.0),
            lost_so_far: self.lost,
        }
    }
}

/// One event of the uniformized chain: an arrival, a completion, or nothing.
fn next_event(shares: &[f64], after: &mut [f64], step: &Step, rate: f64) {
    let arrives = step.arrival_rate / rate;
    let completes = step.completion_rate / rate;
    let servers = f64::from(step.servers);
    let mut from_below = 0.0;
    let mut n = 0.0;
    for (at, (share, after)) in shares.iter().zip(after).enumerate() {
        // Who finds the last state full is turned away and changes nothing.
        let above = shares.get(at + 1).copied();
        let joins = if above.is_some() { arrives } else { 0.0 };
        let leaves = servers.min(n) * completes;
        n += 1.0;
        let from_above = above.unwrap_or(0.0) * servers.min(n) * completes;
        *after = share * (1.0 - joins - leaves) + from_below + from_above;
        from_below = share * joins;
    }
}

mod tests {
    use super::*;
    use kt_capacity::model::queueing::{BoundedQueue, System, with_bounded_queue};

    #[test]
    fn after_a_long_time_the_queue_is_in_its_steady_state() {
        let course = Course {
            arrival_rates_rps: &[(0.0, 9.0)],
            servers: &[(0.0, 10)],
            service_time_s: 1.0,
            places_total: 25,
        };
        let late = moments(&course, &[500.0, 501.0]).unwrap();
        let system = System {
            arrival_rate_rps: 9.0,
            service_time_s: 1.0,
            service_cv2: 1.0,
            arrival_dispersion: 1.0,
            servers: 10,
        };
        let steady = with_bounded_queue(&system, 15).unwrap();
        assert!((late[0].p_full / steady.loss_ratio - 1.0).abs() < 1e-9);
        assert!((late[0].mean_queue / steady.wait.mean_queue - 1.0).abs() < 1e-9);
        let lost_per_s = late[1].lost_so_far - late[0].lost_so_far;
        assert!((lost_per_s / (9.0 * steady.loss_ratio) - 1.0).abs() < 1e-6);
        assert!(BoundedQueue::markov(&system, 15).is_ok());
    }

    #[test]
    fn without_servers_everything_piles_up() {
        let course = Course {
            arrival_rates_rps: &[(0.0, 3.0)],
            servers: &[],
            service_time_s: 1.0,
            places_total: 1_000,
        };
        let moment = moments(&course, &[0.0, 100.0]).unwrap();
        assert!(moment[0].mean_in_system.abs() < 1e-300);
        assert!(
            (moment[1].mean_in_system - 300.0).abs() < 1e-9,
            "{moment:?}"
        );
    }

    #[test]
    fn nonsense_and_endless_work_are_refused() {
        let course = Course {
            arrival_rates_rps: &[(0.0, 3.0)],
            servers: &[(0.0, 4)],
            service_time_s: 1.0,
            places_total: 10,
        };
        let backwards = Course {
            servers: &[(5.0, 4), (1.0, 3)],
            ..course
        };
        let instant = Course {
            service_time_s: 0.0,
            ..course
        };
        let huge = Course {
            places_total: u32::MAX,
            ..course
        };
        assert!(moments(&backwards, &[1.0]).is_err());
        assert!(moments(&instant, &[1.0]).is_err());
        assert!(moments(&huge, &[1.0]).is_err());
        assert!(moments(&course, &[1e9]).is_err());
        assert!(moments(&course, &[2.0, 1.0]).is_err());
        assert!(moments(&course, &[f64::NAN]).is_err());
        assert_eq!(moments(&course, &[]), Ok(vec![]));
    }
}
