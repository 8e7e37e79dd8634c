//! Metrics of the pods, their age, and the autoscaler's use of them.

use crate::model::hpa::{self, Metric, MetricError, Observation, Phase, Proposal, Resource};

use super::config::{Further, FurtherKind, MetricName, Routing, Target};
use super::engine::Simulation;
use super::event::Rare;
use super::result::Scaled;
use super::scrape::Scrape;

/// Thousandths in one.
const MILLI: i64 = 1_000;

impl Simulation {
    /// Scrapes every running pod.
    pub(super) fn scrape(&mut self) {
        let now = i64::try_from(self.now).unwrap_or(i64::MAX);
        let mut samples = Vec::with_capacity(self.fleet.present.len());
        for index in 0..self.fleet.present.len() {
            let number = self.fleet.present[index];
            let waiting = self.waiting_in(number);
            let pod = &mut self.fleet.pods[number as usize];
            if now < pod.runs_from || pod.is_lost() || pod.is_deleting() {
                continue;
            }
            let in_flight = i64::from(pod.in_use);
            let used = pod.scrape_cpu(self.now);
            let cpu = used.map(|(starts, slot_ms)| self.cpu_m(starts, slot_ms));
            let sample = [cpu, Some(waiting * MILLI), Some(in_flight * MILLI)];
            samples.push((number, sample));
        }
        let at = self.now;
        let before = self.scrapes.arrived.replace(self.requests_made());
        let arrived = before.map(|before| self.requests_made() - before);
        self.scrapes.kept.push_back(Scrape {
            at,
            arrived,
            samples,
        });
        let lag_ms = self
            .config
            .metrics
            .lag_ms
            .iter()
            .copied()
            .max()
            .unwrap_or(0);
        self.scrapes.forget(self.now, lag_ms);
    }

    /// CPU used by a pod over one scrape interval, thousandths of a core.
    fn cpu_m(&self, starts: u64, slot_ms: u64) -> i64 {
        let cpu = &self.config.gateway.cpu;
        let work = starts * cpu.us_per_start + slot_ms * cpu.in_flight_m;
        let used = cpu.idle_m + work / self.config.metrics.scrape_ms;
        let used = cpu.limit_m.map_or(used, |limit| used.min(limit));
        i64::try_from(used).unwrap_or(i64::MAX)
    }

    /// Requests waiting in a pod, or its share of the shared queue.
    fn waiting_in(&self, number: u32) -> i64 {
        if self.config.gateway.routing != Routing::Pool {
            return i64::from(self.fleet.pods[number as usize].queue.len);
        }
        let served = self.fleet.served();
        let Some(place) = served.iter().position(|other| *other == number) else {
            return 0;
        };
        let (waiting, pods) = (self.pool.len as usize, served.len());
        let share = waiting / pods + usize::from(place < waiting % pods);
        i64::try_from(share).unwrap_or(i64::MAX)
    }

    /// One sync of the autoscaler; the Deployment follows its decision.
    pub(super) fn sync(&mut self) {
        // Taken out for the sync, and put back.
        let Some(hpa) = self.config.hpa.take() else {
            return;
        };
        self.control.add(self.now + hpa.sync_ms, Rare::Sync);
        self.scrapes.reported = [None; 3];
        let mut proposals = Vec::with_capacity(hpa.metrics.len());
        for (place, target) in hpa.metrics.iter().enumerate() {
            let proposal = self.proposal(*target, &hpa);
            let reported = &mut self.scrapes.reported[target.name as usize];
            *reported = proposal.ok().map(|proposal| proposal.reported);
            // CPU metrics come from the metrics server, not from KEDA.
            let served = Some(target.target).filter(|_| target.name != MetricName::Cpu);
            let served = (FurtherKind::Divided, served);
            proposals.push(self.or_fallback(place, served, proposal, &hpa));
        }
        for (place, further) in (hpa.metrics.len()..).zip(&hpa.further) {
            let proposal = self.further(*further, &hpa);
            let served = Some(further.target_m).filter(|_| further.kind != FurtherKind::CpuAverage);
            let served = (further.kind, served);
            proposals.push(self.or_fallback(place, served, proposal, &hpa));
        }
        let schedules = hpa.schedules.iter();
        proposals.extend(schedules.map(|schedule| self.scheduled(*schedule, &hpa)));
        let proposals: Vec<_> = proposals
            .into_iter()
            .map(|proposal| proposal.map(|proposal| proposal.replicas))
            .collect();
        self.config.hpa = Some(hpa);
        let now = i64::try_from(self.now).unwrap_or(i64::MAX);
        let wanted = self.fleet.wanted;
        let decision = self
            .controller
            .as_mut()
            .map(|each| each.sync(now, wanted, &proposals));
        self.want(decision.map_or(wanted, |decision| decision.replicas));
    }

    /// Sets the wanted number of pods.
    pub(super) fn want(&mut self, pods: u32) {
        if pods != self.fleet.wanted {
            self.fleet.wanted = pods;
            self.tally.totals.most_pods = self.tally.totals.most_pods.max(pods);
            let at_ms = self.now;
            self.scaled.push(Scaled { at_ms, pods });
            self.deploy();
        }
    }

    /// Proposal of one metric.
    fn proposal(&self, target: Target, hpa: &super::config::Hpa) -> Result<Proposal, MetricError> {
        let (scrape, pods) = self.measured(target.name)?;
        let sum = |scrape: &Scrape| scrape.sum_m(target.name);
        let metric = match target.name {
            _ if target.is_summed => Metric::AverageValue {
                target_m: target.target,
                values_m: scrape.map(sum).into_iter().collect(),
            },
            MetricName::Cpu => Metric::ResourceUtilization {
                resource: Resource::Cpu,
                percent: target.target,
            },
            MetricName::QueueDepth | MetricName::InFlight => Metric::PodsAverage {
                target_m: target.target,
            },
        };
        hpa::proposal(&metric, &self.observation(&pods, hpa))
    }

    /// Proposal of a further metric, which is not reported by bucket.
    fn further(&self, further: Further, hpa: &super::config::Hpa) -> Result<Proposal, MetricError> {
        let Further {
            kind,
            target_m,
            per_rps_m,
        } = further;
        // Loads come from the same adapter as the queue depth, with the same lag.
        let name = match kind {
            FurtherKind::CpuAverage => MetricName::Cpu,
            _ => MetricName::QueueDepth,
        };
        let (scrape, mut pods) = self.measured(name)?;
        let scrape_ms = self.config.metrics.scrape_ms;
        let load_m = scrape.and_then(|scrape| scrape.load_m(per_rps_m, scrape_ms));
        let values_m = load_m.into_iter().collect();
        let metric = match kind {
            FurtherKind::CpuAverage => Metric::ResourceAverage {
                resource: Resource::Cpu,
                target_m,
            },
            FurtherKind::Pods => {
                let serving = i64::from(self.fleet.serving()).max(1);
                for pod in &mut pods {
                    let own = load_m.filter(|_| pod.value_m.is_some());
                    let is_serving = pod.ready == Some(true);
                    pod.value_m = own.map(|load| if is_serving { load / serving } else { 0 });
                }
                Metric::PodsAverage { target_m }
            }
            FurtherKind::Whole => Metric::Value { target_m, values_m },
            FurtherKind::Divided => Metric::AverageValue { target_m, values_m },
        };
        hpa::proposal(&metric, &self.observation(&pods, hpa))
    }

    /// Scrape that a metric is read from, and the pods as the controller sees them.
    fn measured(&self, name: MetricName) -> Result<(Option<&Scrape>, Vec<hpa::Pod>), MetricError> {
        let scrape = self.scrape_of(name)?;
        Ok((scrape, self.live_pods(name, scrape)))
    }

    /// Pods as the controller sees them.
    pub(super) fn live_pods(&self, name: MetricName, scrape: Option<&Scrape>) -> Vec<hpa::Pod> {
        let live = self.fleet.live();
        live.map(|number| self.seen(number, scrape, name)).collect()
    }

    /// Scrape that a metric is read from, if there is one yet.
    pub(super) fn scrape_of(&self, name: MetricName) -> Result<Option<&Scrape>, MetricError> {
        let is_out = self.config.metrics.outages.iter().any(|outage| {
            outage.metric.is_none_or(|metric| metric == name)
                && outage.from_ms <= self.now
                && self.now < outage.to_ms
        });
        if is_out {
            return Err(MetricError::Unavailable);
        }
        let lag_ms = self.config.metrics.lag_ms[name as usize];
        Ok(self.scrapes.readable(self.now, lag_ms))
    }

    /// Inputs of the autoscaler's algorithm for one metric.
    pub(super) fn observation<'a>(
        &self,
        pods: &'a [hpa::Pod],
        hpa: &super::config::Hpa,
    ) -> Observation<'a> {
        Observation {
            spec_replicas: self.fleet.wanted,
            status_replicas: self.fleet.existing(),
            pods,
            stray_values_m: &[],
            tolerance: hpa.limits.tolerances(),
            timing: hpa.timing,
            version: hpa.limits.version,
        }
    }

    /// A pod as the controller sees it.
    fn seen(&self, number: u32, scrape: Option<&Scrape>, name: MetricName) -> hpa::Pod {
        let now = i64::try_from(self.now).unwrap_or(i64::MAX);
        let pod = &self.fleet.pods[number as usize];
        let sample = scrape.and_then(|scrape| {
            let place = scrape
                .samples
                .binary_search_by_key(&number, |(pod, _)| *pod);
            scrape.samples.get(place.ok()?)
        });
        let scraped = scrape.map_or(0, |scrape| scrape.at);
        let window = self.config.metrics.scrape_ms;
        hpa::Pod {
            phase: if now < pod.runs_from {
                Phase::Pending
            } else {
                Phase::Running
            },
            is_deleting: false,
            ready: Some(pod.is_ready),
            start_age_ms: Some(now - pod.created),
            ready_change_age_ms: now - pod.ready_change,
            value_m: sample.and_then(|(_, values)| values[name as usize]),
            sample_age_ms: i64::try_from(self.now - scraped).unwrap_or(i64::MAX),
            sample_window_ms: i64::try_from(window).unwrap_or(i64::MAX),
            request_m: self.config.gateway.cpu.request_m,
        }
    }
}
