//! Needs of the sizing rules at a rate.

use super::{Demand, RuleId};
use crate::catalog::guide::{self, FleetRow};
use crate::model::day;
use crate::model::fleet as model;
use crate::model::limit;
use crate::model::queueing::{self, Pods, Routing, System};
use crate::scenario::scaling::PodSchedule;
use crate::scenario::{Gateway, Traffic};

/// Squared coefficient of variation of the time in flight, for one kind of request at one provider.
/// Our choice: answers of the Azure conversation trace vary with a coefficient of 0.77, those of
/// its code trace with 2.1; 1 lies between.
pub(super) const SERVICE_CV2: f64 = 1.0;
/// Number of slots above which the queueing formula is not used.
pub(super) const SLOTS_MOST: f64 = 200_000.0;
/// Share of requests that a wait target covers.
const WAIT_SHARE: f64 = 0.99;
/// Maximum pods tried for a wait target: more than any load within the formula needs.
const PODS_MOST: u32 = 100_000_000;

/// Inputs of the sizing rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizing {
    times: Times,
    slots: u32,
    routing: Routing,
    rps_per_instance: f64,
    /// Whether the throughput was measured, which overrides the guide's table.
    is_measured: bool,
    /// Requests per second by an instance's measured tokens per second, if measured.
    rps_by_tokens: Option<f64>,
    /// Instances per request per second, by slots, throughput and tokens.
    instances_per_rps: f64,
    pub(super) wait_target_s: Option<f64>,
    burstiness: f64,
    /// Requests per second that one instance carries.
    each_rps: f64,
}

impl Sizing {
    pub(super) fn of(gateway: &Gateway, traffic: &Traffic, demand: &Demand, times: Times) -> Self {
        let tokens = demand.tokens_per_request;
        let rps_per_instance = gateway.rps_each.unwrap_or_else(|| chain_rps(gateway));
        let tps_each = gateway.tps_each.filter(|_| 0.0 < tokens);
        let rps_by_tokens = tps_each.map(|tps| tps / tokens);
        let by_slots = model::instances_by_concurrency(times.mean_s, gateway.concurrency);
        let by_throughput = model::instances_by_throughput(1.0, rps_per_instance);
        let by_tokens = rps_by_tokens.map_or(0.0, |each| 1.0 / each);
        let sizing = Self {
            times,
            slots: gateway.concurrency,
            routing: gateway.routing,
            rps_per_instance,
            is_measured: gateway.rps_each.is_some(),
            rps_by_tokens,
            instances_per_rps: by_slots.max(by_throughput).max(by_tokens),
            wait_target_s: gateway.wait_target_s,
            burstiness: traffic.burstiness_over(times.mean_s),
            each_rps: 0.0,
        };
        let each_rps = sizing.each_rps();
        let by_both = 1.0 / each_rps;
        Self {
            each_rps,
            instances_per_rps: if by_both.is_finite() {
                sizing.instances_per_rps.max(by_both)
            } else {
                sizing.instances_per_rps
            },
            ..sizing
        }
    }

    /// Requests per second that one instance carries: by its slots, or by its throughput. A request
    /// that waits to be taken up holds a slot, so that a measured throughput and the slots together
    /// carry less than either.
    fn each_rps(self) -> f64 {
        let by_slots = if 0.0 < self.times.mean_s {
            f64::from(self.slots) / self.times.mean_s
        } else {
            f64::INFINITY
        };
        let rps = self.taken_up_rps();
        let is_measured = self.is_measured || self.rps_by_tokens.is_some();
        if is_measured && by_slots.is_finite() {
            carried_rps(self.slots, self.times.mean_s, rps)
        } else {
            by_slots.min(rps)
        }
    }

    /// Random arrivals at a rate, before what bounds one pod: its slots, or its throughput, which
    /// takes requests up one after another at even intervals.
    pub(super) fn system(self, rps: f64) -> System {
        let slots = f64::from(self.slots);
        let (service_time_s, service_cv2, servers) = match self.interval_s() {
            Some(interval_s) => (interval_s, 0.0, 1),
            // With the time that a request waits in its slot to be taken up.
            None if self.each_rps * self.times.mean_s < slots => {
                (slots / self.each_rps, self.times.cv2, self.slots)
            }
            None => (self.times.mean_s, self.times.cv2, self.slots),
        };
        System {
            arrival_rate_rps: rps,
            service_time_s,
            service_cv2,
            arrival_dispersion: self.burstiness,
            servers,
        }
    }

    /// Requests per second that one pod takes up, by its requests or by its tokens.
    fn taken_up_rps(self) -> f64 {
        let by_tokens = self.rps_by_tokens.unwrap_or(f64::INFINITY);
        self.rps_per_instance.min(by_tokens)
    }

    /// Time between two requests that one pod takes up, if its throughput bounds it before its
    /// slots do.
    fn interval_s(self) -> Option<f64> {
        let slots = f64::from(self.slots);
        (self.taken_up_rps() * self.times.mean_s < slots * (1.0 - limit::TOLERANCE))
            .then(|| 1.0 / self.each_rps)
            .filter(|interval_s| interval_s.is_finite() && 0.0 < *interval_s)
    }

    /// Slots of one pod that are full of requests to be taken up before any waits for a slot.
    pub(super) fn spare_slots(self) -> f64 {
        let held = |interval_s: f64| self.times.mean_s / interval_s;
        self.interval_s()
            .map_or(0.0, |interval_s| f64::from(self.slots) - held(interval_s))
    }

    /// Pods with the reader's routing. Who counts the requests of a pod does not see how many of
    /// them wait to be taken up, so that before a throughput such a choice is hardly one.
    pub(super) fn pods(self, count: u32) -> Pods {
        let chooses = matches!(self.routing, Routing::Fewest | Routing::BestOfTwo);
        let routing = if chooses && self.interval_s().is_some() {
            Routing::Random
        } else {
            self.routing
        };
        Pods { count, routing }
    }

    /// Instances whose slots keep the wait target; 0 without a target. Beyond the formula's range
    /// the need is extrapolated in proportion.
    fn instances_by_wait(self, rps: f64, hint: u32) -> f64 {
        let (Some(most_s), true) = (self.wait_target_s, 0.0 < rps) else {
            return 0.0;
        };
        let held = model::in_flight(rps, self.times.mean_s);
        let within = (held / SLOTS_MOST).max(rps / queueing::INPUT_MAX).max(1.0);
        // A rate divided by itself may come out just above the maximum.
        let system = self.system((rps / within).min(queueing::INPUT_MAX));
        let asked = (WAIT_SHARE, most_s);
        let routing = self.pods(1).routing;
        let pods = queueing::fewest_pods(&system, routing, asked, (hint, PODS_MOST));
        f64::from(pods.ok().flatten().unwrap_or(PODS_MOST)) * within
    }

    /// Whether `instances` keep the wait target at a rate.
    fn keeps_wait(self, rps: f64, instances: u32) -> bool {
        let Some(most_s) = self.wait_target_s else {
            return true;
        };
        let slots = f64::from(self.slots) * f64::from(instances);
        if SLOTS_MOST <= slots || rps <= 0.0 {
            return rps <= self.capacity_rps(f64::from(instances));
        }
        queueing::fleet_wait(&self.system(rps), self.pods(instances))
            .is_ok_and(|wait| wait.wait_p99_s <= most_s)
    }

    /// Instances by the guide's table; 0 if the throughput was measured.
    fn by_table(&self, rps: f64, row: &model::Row) -> f64 {
        if self.is_measured {
            0.0
        } else {
            model::instances_in_row(rps, row)
        }
    }

    fn by_tokens(&self, rps: f64) -> f64 {
        self.rps_by_tokens.map_or(0.0, |each| rps / each)
    }

    /// Whether slots and a measured throughput carry less together than either of them.
    fn is_less_together(self) -> bool {
        let by_slots = f64::from(self.slots) / self.times.mean_s;
        limit::is_over(by_slots.min(self.taken_up_rps()) / self.each_rps)
    }

    pub(super) fn needs(self, rps: f64) -> [(RuleId, f64); 7] {
        let held = model::in_flight(rps, self.times.mean_s);
        [
            (
                RuleId::Concurrency,
                model::instances_by_concurrency(held, self.slots),
            ),
            (
                RuleId::GuideTable,
                self.by_table(rps, &table_row(guide_row(rps))),
            ),
            (
                RuleId::Throughput,
                model::instances_by_throughput(rps, self.rps_per_instance),
            ),
            (RuleId::Tokens, self.by_tokens(rps)),
            (RuleId::SlotsAndThroughput, rps / self.each_rps),
            (RuleId::WaitTarget, self.instances_by_wait(rps, 1)),
            (RuleId::Availability, 2.0),
        ]
    }

    /// Whether a rule applies.
    pub(super) fn asks(self, rule: RuleId) -> bool {
        match rule {
            RuleId::WaitTarget => self.wait_target_s.is_some(),
            RuleId::GuideTable => !self.is_measured,
            RuleId::Tokens => self.rps_by_tokens.is_some(),
            RuleId::SlotsAndThroughput => self.is_less_together(),
            RuleId::Concurrency | RuleId::Throughput | RuleId::Availability => true,
        }
    }

    /// Instances for many rates up to a highest one: the staffing formula is evaluated at a few of
    /// them and interpolated linearly.
    pub(super) fn instances_of(self, rates: impl Iterator<Item = f64>, highest: f64) -> Vec<u32> {
        const POINTS: u32 = 8;
        // Consecutive rates mostly share a row of the table.
        let mut row = table_row(guide_row(0.0));
        let mut plain = |rps: f64| {
            if rps < row.rps_from || row.rps_to.is_some_and(|to| to <= rps) {
                row = table_row(guide_row(rps));
            }
            self.instances_without_wait(rps, &row)
        };
        if self.wait_target_s.is_none() || highest <= 0.0 {
            return rates.map(plain).collect();
        }
        let step = highest / f64::from(POINTS);
        let mut by_wait = Vec::with_capacity(POINTS as usize + 2);
        let mut hint = 1;
        for point in 0..=POINTS + 1 {
            let need = self.instances_by_wait(step * f64::from(point), hint);
            hint = model::whole(need).max(1);
            by_wait.push(need);
        }
        let along = |rps: f64| {
            let position = (rps / step).clamp(0.0, f64::from(POINTS));
            let point = model::whole(libm::floor(position)) as usize;
            let (low, high) = (by_wait[point], by_wait[point + 1]);
            low + (high - low) * (position - libm::floor(position))
        };
        rates
            .map(|rps| plain(rps).max(model::whole(along(rps))))
            .collect()
    }

    /// Pod-hours per day: a profile sampled over the day, times `rate`, within the autoscaler's
    /// bounds and the minimums of schedules.
    pub(super) fn pod_hours(
        self,
        profile: &[f64],
        rate: f64,
        (min, max): (u32, u32),
        schedules: &[PodSchedule],
    ) -> f64 {
        let highest = day::highest(profile) * rate;
        let within = |instances: u32| f64::from(instances.clamp(min, max));
        let hours = day::SAMPLE_H * profile.len() as f64;
        if !schedules.is_empty() {
            let instances = self.instances_of(profile.iter().map(|x| rate * x), highest);
            let kept = |sample: usize| {
                let on = |each: &&PodSchedule| each.is_on(day::minute_of(sample));
                schedules.iter().filter(on).map(|each| each.pods).max()
            };
            let pods = instances.into_iter().enumerate();
            let pods = pods.map(|(sample, need)| within(need.max(kept(sample).unwrap_or(0))));
            return pods.sum::<f64>() * day::SAMPLE_H;
        }
        if self.instances(highest) <= min {
            return within(min) * hours;
        }
        let instances = self.instances_of(profile.iter().map(|x| rate * x), highest);
        let pods: f64 = instances.into_iter().map(within).sum();
        pods * day::SAMPLE_H
    }

    /// Instances for a rate that already includes headroom, by the rule with the largest need.
    pub(super) fn instances(self, rps: f64) -> u32 {
        let plain = self.instances_without_wait(rps, &table_row(guide_row(rps)));
        plain.max(model::whole(self.instances_by_wait(rps, plain)))
    }

    fn instances_without_wait(&self, rps: f64, row: &model::Row) -> u32 {
        let mut most = 2.0;
        for need in [rps * self.instances_per_rps, self.by_table(rps, row)] {
            if most < need {
                most = need;
            }
        }
        model::whole(most)
    }

    /// Requests per second that `instances` carry without headroom.
    pub(super) fn capacity_rps(self, instances: f64) -> f64 {
        instances * self.each_rps
    }
}

/// Time in flight: a mixture in which each kind of request has its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) mean_s: f64,
    /// Squared coefficient of variation over all requests.
    pub(super) cv2: f64,
}

/// Requests per second through slots whose requests are taken up one after another, at most `rps`
/// a second, and then held for a time: mean value analysis of a closed network with one place that
/// serves in even times and one that holds all (Reiser and Lavenberg, "Mean-Value Analysis of
/// Closed Multichain Queuing Networks", *Journal of the ACM* 27, 1980), and 0.3 of the way from
/// there to the lower bound of both. The part is ours: with eight slots or more the result is
/// within −2 and +2.5 % of simulations, and below with fewer.
fn carried_rps(slots: u32, held_s: f64, rps: f64) -> f64 {
    /// Slots above which the two bounds hardly meet.
    const SLOTS_MOST: u32 = 4_096;
    const TOWARDS_BOUND: f64 = 0.3;
    let bound = rps.min(f64::from(slots) / held_s);
    if SLOTS_MOST < slots {
        return bound;
    }
    let each_s = 1.0 / rps;
    let (mut waiting, mut carried) = (0.0, 0.0);
    for held in 1..=slots {
        // A request finds the others, and one of them half taken up.
        let up_s = each_s * (1.0 + waiting) - carried * each_s * each_s / 2.0;
        carried = f64::from(held) / (held_s + up_s);
        // More requests carry no less.
        if bound <= carried {
            return bound;
        }
        waiting = carried * up_s;
    }
    carried + TOWARDS_BOUND * (bound - carried)
}

fn chain_rps(gateway: &Gateway) -> f64 {
    let chain = guide::CHAINS.iter().find(|row| row.key == gateway.chain);
    chain.map_or(1_000.0, |row| row.rps_per_instance)
}

/// The guide's row for a rate; a boundary belongs to the row that begins there.
pub(super) fn guide_row(rps: f64) -> &'static FleetRow {
    guide::FLEET
        .iter()
        .rev()
        .find(|row| row.rps_from <= rps)
        .unwrap_or(&guide::FLEET[0])
}

fn table_row(row: &FleetRow) -> model::Row {
    model::Row {
        rps_from: row.rps_from,
        rps_to: row.rps_to,
        instances_from: row.instances_from,
        instances_to: row.instances_to,
    }
}

/// Largest multiple of the load that `instances` carry without headroom, by slots, throughput and
/// wait target; `None` without load or beyond a million.
pub(super) fn largest_scale(sizing: Sizing, peak_rps: f64, instances: u32) -> Option<f64> {
    const FAR: f64 = 1e6;
    let rps = sizing.capacity_rps(f64::from(instances));
    let scale = rps / peak_rps;
    if peak_rps <= 0.0 || FAR <= scale {
        return None;
    }
    if sizing.keeps_wait(rps, instances) {
        return Some(scale);
    }
    // The wait has no closed inverse, so it is found by bisection.
    let (mut low, mut high) = (0.0, rps);
    for _ in 0..44 {
        let middle = f64::midpoint(low, high);
        if sizing.keeps_wait(middle, instances) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low / peak_rps)
}
