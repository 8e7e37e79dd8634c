//! The pods, and those among them that receive requests.

use super::config::{Config, Room};
use super::pod::Pod;

#[derive(Debug, Clone)]
pub(super) struct Fleet {
    /// All pods ever created, by number.
    pub(super) pods: Vec<Pod>,
    /// Numbers of the pods that are not gone.
    pub(super) present: Vec<u32>,
    /// Numbers of the pods that the Service routes to.
    pub(super) endpoints: Vec<u32>,
    /// Endpoints that are not lost.
    served: Vec<u32>,
    /// Pods that the Deployment wants.
    pub(super) wanted: u32,
    /// Requests routed in turn so far.
    pub(super) routed: u64,
    /// Whether each zone is lost.
    pub(super) lost_zones: Vec<bool>,
    /// Most pods above and below the wanted number in a rollout.
    pub(super) rollout: (Room, Room),
    /// Whether a rollout creates no pod until all old ones are gone.
    pub(super) waits: bool,
    /// Round-robin state of each pod by kind of route.
    pub(super) turns: Turns,
    /// Pods that accrue pod time (present and not lost), and the time up to which it is counted.
    using: u64,
    counted_to: u64,
}

/// Round-robin counters by pod and kind of route, contiguous for one lookup.
#[derive(Debug, Clone)]
pub(super) struct Turns {
    counters: Vec<i64>,
    routes: usize,
    providers: usize,
}

impl Turns {
    /// Adds the counters of a new pod.
    fn add(&mut self) {
        let size = self.counters.len() + self.routes * self.providers;
        self.counters.resize(size, 0);
    }

    /// The counters of a pod for a kind of route, by provider.
    #[inline]
    pub(super) fn of(&mut self, pod: u32, route: u32) -> &mut [i64] {
        let start = (pod as usize * self.routes + route as usize) * self.providers;
        &mut self.counters[start..start + self.providers]
    }
}

impl Fleet {
    pub(super) fn new(config: &Config, routes: usize) -> Self {
        let wanted = config.gateway.pods;
        let mut fleet = Self {
            pods: Vec::new(),
            present: Vec::new(),
            endpoints: Vec::new(),
            served: Vec::new(),
            wanted,
            routed: 0,
            lost_zones: vec![false; config.gateway.zones as usize],
            rollout: (Room::Pods(0), Room::Pods(0)),
            waits: false,
            turns: Turns {
                counters: Vec::new(),
                routes,
                providers: config.providers.len(),
            },
            using: 0,
            counted_to: 0,
        };
        for _ in 0..wanted {
            fleet.add(config, None);
        }
        fleet.refresh();
        fleet
    }

    /// Creates a pod in the emptiest zone and returns its number.
    pub(super) fn add(&mut self, config: &Config, now_ms: Option<u64>) -> u32 {
        let number = u32::try_from(self.pods.len()).unwrap_or(u32::MAX);
        let zone = self.emptiest_zone();
        self.pods.push(Pod::new(config, zone, now_ms));
        self.turns.add();
        self.present.push(number);
        self.using += 1;
        number
    }

    fn emptiest_zone(&self) -> u32 {
        let mut pods = vec![0_u32; self.lost_zones.len()];
        for pod in self.live().map(|number| &self.pods[number as usize]) {
            if !pod.is_lost() {
                pods[pod.zone as usize] += 1;
            }
        }
        let zones = (0_u32..).zip(&self.lost_zones).filter(|(_, lost)| !**lost);
        // `min_by_key` keeps the first of equals.
        let zone = zones.min_by_key(|(zone, _)| pods[*zone as usize]);
        zone.map_or(0, |(zone, _)| zone)
    }

    /// Pods that are not being deleted, by number.
    pub(super) fn live(&self) -> impl DoubleEndedIterator<Item = u32> {
        let pods = &self.pods;
        self.present
            .iter()
            .copied()
            .filter(|number| !pods[*number as usize].is_deleting())
    }

    pub(super) fn existing(&self) -> u32 {
        count(self.live())
    }

    pub(super) fn ending(&self) -> u32 {
        let is_deleting = |number: &&u32| self.pods[**number as usize].is_deleting();
        count(self.present.iter().filter(is_deleting))
    }

    /// Pods lost with their zone that are not being deleted yet.
    pub(super) fn lost(&self) -> u32 {
        let is_lost = |number: &u32| self.pods[*number as usize].is_lost();
        count(self.live().filter(is_lost))
    }

    /// Number of pods that receive requests and can serve them.
    pub(super) fn serving(&self) -> u32 {
        u32::try_from(self.served.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn served(&self) -> &[u32] {
        &self.served
    }

    /// Serving pod with the fewest requests in flight, if it has a free slot.
    pub(super) fn freest(&self) -> Option<u32> {
        let in_use = |number: &u32| self.pods[*number as usize].in_use;
        // `min_by_key` keeps the first of equals.
        let freest = self.served.iter().copied().min_by_key(in_use)?;
        self.pods[freest as usize].has_free_slot().then_some(freest)
    }

    /// Recomputes the endpoints after a change.
    pub(super) fn refresh(&mut self) {
        let (pods, present) = (&self.pods, &self.present);
        let is_endpoint = |number: &u32| pods[*number as usize].is_endpoint();
        self.endpoints.clear();
        self.endpoints
            .extend(present.iter().copied().filter(is_endpoint));
        let is_lost = |number: &u32| pods[*number as usize].is_lost();
        self.served.clear();
        let serving = self
            .endpoints
            .iter()
            .copied()
            .filter(|number| !is_lost(number));
        self.served.extend(serving);
    }

    /// A pod stops accruing pod time.
    pub(super) fn stop_using(&mut self, now: u64, pod_ms: &mut u64) {
        self.pass_time(now, pod_ms);
        self.using -= 1;
    }

    /// Accrues pod time until now.
    pub(super) fn pass_time(&mut self, now: u64, pod_ms: &mut u64) {
        *pod_ms += self.using * (now - self.counted_to);
        self.counted_to = now;
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
