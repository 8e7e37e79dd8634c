//! The Deployment controller: creates, deletes and replaces pods.

use super::config::{Change, Routing};
use super::engine::Simulation;
use super::event::Rare;
use super::pod::{Pod, Stage};
use super::request::{Place, Request};
use super::result::{Count, Fate};

impl Simulation {
    /// Creates missing pods and deletes surplus ones; a rollout proceeds step by step.
    pub(super) fn deploy(&mut self) {
        let wanted = i64::from(self.fleet.wanted);
        let (surge, missing) = self.fleet.rollout;
        let surge = (surge.hundredths(wanted) + 99) / 100;
        let missing = missing.hundredths(wanted) / 100;
        // With both at 0 the Deployment could not progress.
        let missing = if surge == 0 && missing == 0 {
            1
        } else {
            missing
        };
        loop {
            let surplus = self.count(|pod| !pod.is_old) - wanted;
            self.delete_first(surplus, |pod| !pod.is_old);
            while self.lacks_new(wanted, surge) {
                self.create();
            }
            let least = wanted - missing;
            let unready = self.count(|pod| !pod.is_old && !pod.is_ready);
            let spare = self.count(|_| true) - least - unready;
            self.delete_first(spare, |pod| pod.is_old && !pod.is_ready);
            let spare = self.count(|pod| pod.is_ready) - least;
            self.delete_first(spare, |pod| pod.is_old && pod.is_ready);
            if !self.lacks_new(wanted, surge) {
                break;
            }
        }
    }

    fn lacks_new(&self, wanted: i64, surge: i64) -> bool {
        if self.fleet.waits && self.has_old() {
            return false;
        }
        self.count(|pod| !pod.is_old) < wanted && self.count(|_| true) < wanted + surge
    }

    /// Whether a pod from before the rollout is left, even if only draining.
    fn has_old(&self) -> bool {
        let mut present = self.fleet.present.iter();
        present.any(|number| self.fleet.pods[*number as usize].is_old)
    }

    fn count(&self, is_counted: impl Fn(&Pod) -> bool) -> i64 {
        let pods = self
            .fleet
            .live()
            .map(|number| &self.fleet.pods[number as usize]);
        pods.filter(|pod| is_counted(pod))
            .fold(0, |count, _| count + 1)
    }

    /// Deletes up to `most` of these pods: unready ones first, then the youngest.
    fn delete_first(&mut self, most: i64, is_meant: impl Fn(&Pod) -> bool) {
        let most = usize::try_from(most).unwrap_or(0);
        if most == 0 {
            return;
        }
        let pods = &self.fleet.pods;
        let live = self
            .fleet
            .live()
            .filter(|number| is_meant(&pods[*number as usize]));
        let mut meant: Vec<u32> = live.rev().collect();
        meant.sort_by_key(|number| pods[*number as usize].is_ready);
        for number in meant.into_iter().take(most) {
            self.delete(number);
        }
    }

    fn create(&mut self) {
        self.fleet.pass_time(self.now, &mut self.tally.pod_ms);
        let number = self.fleet.add(&self.config, Some(self.now));
        let ready_at = self.now.saturating_add(self.config.gateway.startup_ms);
        self.control.add(ready_at, Rare::Ready(number));
    }

    /// Deletes a pod; a ready one drains first.
    fn delete(&mut self, number: u32) {
        let pod = &mut self.fleet.pods[number as usize];
        pod.stage = Stage::Deleting;
        let drains = pod.is_ready && !pod.is_lost() && 0 < pod.held();
        if drains {
            let over = self.now.saturating_add(self.config.gateway.drain_ms);
            self.control.add(over, Rare::Drained(number));
            self.fleet.refresh();
        } else {
            self.vanish(number);
        }
    }

    /// Removes an empty pod.
    pub(super) fn vanish(&mut self, number: u32) {
        let pod = &mut self.fleet.pods[number as usize];
        let was_using = !pod.is_lost();
        if self.fleet.waits && pod.is_old {
            self.control.add(self.now, Rare::Gone);
        }
        pod.forget();
        self.fleet.present.retain(|present| *present != number);
        self.fleet.refresh();
        if was_using {
            self.fleet.stop_using(self.now, &mut self.tally.pod_ms);
        }
    }

    /// Ends a deleted pod's grace period.
    pub(super) fn end_drain(&mut self, number: u32) {
        if self.fleet.pods[number as usize].is_deleting() {
            for place in self.fleet.pods[number as usize].contents(number, &self.arena) {
                if !self.arena.get(place).is_ghost {
                    self.tally.counts.add(Count::CutOff);
                }
            }
            self.fail_contents(number);
            self.vanish(number);
        }
    }

    /// Fails all requests of a pod: slots in order, then the queue.
    fn fail_contents(&mut self, number: u32) {
        let contents = self.fleet.pods[number as usize].contents(number, &self.arena);
        for place in contents {
            let request: Request = *self.arena.get(place);
            let pod = &mut self.fleet.pods[number as usize];
            if request.place == Place::Queue {
                pod.queue.remove(&mut self.arena, place);
                self.drop_waiting(place, Fate::Failed);
                continue;
            }
            pod.release(request.slot, self.now);
            self.tally.slot_ms += self.now - request.start;
            self.tally.in_flight -= 1;
            self.cut_off(place);
            if !request.is_ghost {
                self.end_with(&request, Fate::Failed);
            }
            self.arena.remove(place);
        }
    }

    /// A new pod becomes ready.
    pub(super) fn become_ready(&mut self, number: u32) {
        let pod = &mut self.fleet.pods[number as usize];
        if pod.stage != Stage::Live || pod.is_lost() {
            return;
        }
        pod.is_ready = true;
        pod.ready_change = i64::try_from(self.now).unwrap_or(i64::MAX);
        self.fleet.refresh();
        if self.config.gateway.routing == Routing::Pool {
            self.fill_from_pool();
        }
        self.deploy();
    }

    /// Applies a scheduled event.
    pub(super) fn change(&mut self, place: u32) {
        let Some(event) = self.config.events.get(place as usize).copied() else {
            return;
        };
        match event.change {
            Change::ZoneLoss {
                zone,
                grace_ms,
                eviction_ms,
            } => {
                self.lose_zone(zone, place);
                let noticed = self.now.saturating_add(grace_ms);
                self.control.add(noticed, Rare::Notice(zone, place));
                let evicted = noticed.saturating_add(eviction_ms);
                self.control.add(evicted, Rare::Evict(zone, place));
            }
            Change::ZoneBack { zone } => {
                if let Some(lost) = self.fleet.lost_zones.get_mut(zone as usize) {
                    *lost = false;
                }
            }
            Change::Rollout {
                surge,
                unavailable,
                waits,
            } => {
                self.fleet.rollout = (surge, unavailable);
                self.fleet.waits = waits;
                for number in self.fleet.live().collect::<Vec<_>>() {
                    self.fleet.pods[number as usize].is_old = true;
                }
                self.deploy();
            }
            Change::Limits { provider, permille } => {
                let place = provider as usize;
                if let (Some(given), Some(upstream)) = (
                    self.config.providers.get(place),
                    self.upstreams.get_mut(place),
                ) {
                    let now = i64::try_from(self.now).unwrap_or(i64::MAX);
                    let part = |limit: u64| limit.saturating_mul(u64::from(permille)) / 1_000;
                    let limits = [given.rpm, given.tpm].map(|limit| limit.map(part));
                    upstream.limit.change(limits, given.burst_ms, now);
                    for used in &given.quotas {
                        let place = used.quota as usize;
                        let quota = self.config.quotas.get(place);
                        if let (Some(quota), Some(level)) = (quota, self.levels.get_mut(place)) {
                            level.cut(quota, permille, now);
                        }
                    }
                }
            }
        }
    }

    fn lose_zone(&mut self, zone: u32, event: u32) {
        if let Some(lost) = self.fleet.lost_zones.get_mut(zone as usize) {
            *lost = true;
        }
        for number in self.fleet.present.clone() {
            let pod = &mut self.fleet.pods[number as usize];
            if pod.zone != zone || pod.is_lost() {
                continue;
            }
            pod.lost_to = Some(event);
            let is_deleting = pod.is_deleting();
            self.fleet.refresh();
            self.fail_contents(number);
            self.fleet.stop_using(self.now, &mut self.tally.pod_ms);
            if is_deleting {
                self.vanish(number);
            }
        }
    }

    /// Pods still present that were lost to this event.
    fn lost_to(&self, event: u32) -> Vec<u32> {
        let lost_to = |number: &u32| self.fleet.pods[*number as usize].lost_to;
        self.fleet
            .live()
            .filter(|number| lost_to(number) == Some(event))
            .collect()
    }

    /// The API marks lost pods as not ready.
    pub(super) fn notice(&mut self, event: u32) {
        for number in self.lost_to(event) {
            let pod = &mut self.fleet.pods[number as usize];
            if pod.is_ready {
                pod.is_ready = false;
                pod.ready_change = i64::try_from(self.now).unwrap_or(i64::MAX);
            }
        }
        self.fleet.refresh();
        self.deploy();
    }

    /// Lost pods are evicted and thereby replaced.
    pub(super) fn evict(&mut self, event: u32) {
        for number in self.lost_to(event) {
            self.delete(number);
        }
        self.deploy();
    }
}
