//! A pod: its slots, its queue, and its local limits.

use super::breaker::BreakerState;
use super::config::{Config, Provider, Scope};
use super::limit::Limit;
use super::quota::Level;
use super::request::{Arena, NONE, Queue};

/// Age of the initial pods, milliseconds.
const OLD_MS: i64 = 86_400_000;

/// CPU counters of a pod at a scrape.
#[derive(Debug, Clone, Copy)]
pub(super) struct CpuBase {
    starts: u64,
    slot_ms: u64,
}

/// Lifecycle stage of a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Running or starting.
    Live,
    /// Draining.
    Deleting,
    /// Deleted.
    Gone,
}

/// A pod. Every request needs the fields down to `changed_at`, so they share one cache line.
#[derive(Debug, Clone)]
#[repr(C, align(64))]
pub(super) struct Pod {
    pub(super) in_use: u32,
    slots: u32,
    pub(super) queue: Queue,
    pub(super) stage: Stage,
    /// Event in which the pod was lost.
    pub(super) lost_to: Option<u32>,
    /// Bitmap of the free slots: the first 64; the others follow in `free_beyond`.
    free: u64,
    starts: u64,
    /// Slot time in use until `changed_at`, milliseconds.
    slot_ms: u64,
    changed_at: u64,
    free_beyond: Vec<u64>,
    /// Earliest time to take up the next request, microseconds.
    goes_on_us: u64,
    pub(super) zone: u32,
    pub(super) created: i64,
    /// Time from which the pod runs.
    pub(super) runs_from: i64,
    /// Readiness according to the API, and the time of its last change.
    pub(super) is_ready: bool,
    pub(super) ready_change: i64,
    /// Whether the pod predates the last rollout.
    pub(super) is_old: bool,
    pub(super) cpu_base: Option<CpuBase>,
    pub(super) breakers: Vec<BreakerState>,
    pub(super) own: Vec<Option<Limit>>,
    /// Remaining quotas that each pod counts for itself.
    pub(super) levels: Vec<Level>,
}

impl Pod {
    /// A pod created at `now_ms`; one of the initial pods if `None`.
    pub(super) fn new(config: &Config, zone: u32, now_ms: Option<u64>) -> Self {
        let gateway = &config.gateway;
        let created = now_ms.map_or(-OLD_MS, |now| i64::try_from(now).unwrap_or(i64::MAX));
        let pending = gateway.pending_ms.unwrap_or(gateway.startup_ms);
        let pending = i64::try_from(pending).unwrap_or(i64::MAX);
        let providers = config.providers.len();
        let own = |provider: &Provider| {
            let own = provider
                .gateway_limit
                .filter(|own| own.scope == Scope::Pod)?;
            Some(Limit::full(own.rpm, own.tpm, own.burst_ms, own.counting))
        };
        let slots = gateway.slots as usize;
        let mut words = vec![u64::MAX; slots / 64];
        if !slots.is_multiple_of(64) {
            words.push((1 << (slots % 64)) - 1);
        }
        let mut words = words.into_iter();
        Self {
            zone,
            created,
            runs_from: if now_ms.is_some() {
                created.saturating_add(pending)
            } else {
                created
            },
            is_ready: now_ms.is_none(),
            ready_change: created,
            is_old: false,
            stage: Stage::Live,
            lost_to: None,
            in_use: 0,
            slots: gateway.slots,
            free: words.next().unwrap_or(0),
            free_beyond: words.collect(),
            goes_on_us: 0,
            queue: Queue::empty(),
            starts: 0,
            slot_ms: 0,
            changed_at: now_ms.unwrap_or(0),
            // An initial pod has run since long before the first scrape.
            cpu_base: now_ms.is_none().then_some(CpuBase {
                starts: 0,
                slot_ms: 0,
            }),
            breakers: vec![BreakerState::closed(); providers],
            own: config.providers.iter().map(own).collect(),
            levels: if config.quotas.iter().any(|quota| quota.scope == Scope::Pod) {
                config.quotas.iter().map(Level::full).collect()
            } else {
                Vec::new()
            },
        }
    }

    pub(super) fn is_deleting(&self) -> bool {
        self.stage == Stage::Deleting
    }

    pub(super) fn is_lost(&self) -> bool {
        self.lost_to.is_some()
    }

    /// Whether the Service routes to the pod.
    pub(super) fn is_endpoint(&self) -> bool {
        self.is_ready && self.stage == Stage::Live
    }

    /// Requests in slots and queue.
    #[inline]
    pub(super) fn held(&self) -> u32 {
        self.in_use + self.queue.len
    }

    #[inline]
    pub(super) fn has_free_slot(&self) -> bool {
        self.in_use < self.slots
    }

    /// Puts a request into the first free slot and returns the slot's number.
    #[inline]
    pub(super) fn occupy(&mut self, now: u64) -> u32 {
        self.pass_time(now);
        self.in_use += 1;
        self.starts += 1;
        let words = std::iter::once(&mut self.free).chain(&mut self.free_beyond);
        for (index, word) in words.enumerate() {
            if *word != 0 {
                let slot = index * 64 + word.trailing_zeros() as usize;
                *word &= *word - 1;
                return u32::try_from(slot).unwrap_or(NONE);
            }
        }
        NONE
    }

    /// Time at which the pod takes up a request that has a slot: one per `gap_us`.
    pub(super) fn goes_on_ms(&mut self, now: u64, gap_us: u64) -> u64 {
        let from_us = self.goes_on_us.max(now.saturating_mul(1_000));
        self.goes_on_us = from_us.saturating_add(gap_us);
        from_us.div_ceil(1_000)
    }

    #[inline]
    pub(super) fn release(&mut self, slot: u32, now: u64) {
        self.pass_time(now);
        self.in_use -= 1;
        let slot = slot as usize;
        let word = match slot / 64 {
            0 => &mut self.free,
            beyond => &mut self.free_beyond[beyond - 1],
        };
        *word |= 1 << (slot % 64);
    }

    /// Requests in the pod of this number: slots in order, then the queue.
    pub(super) fn contents(&self, number: u32, arena: &Arena) -> Vec<u32> {
        let inside = arena.in_slots();
        let mut all: Vec<u32> = inside
            .filter(|place| arena.get(*place).pod == number)
            .collect();
        all.sort_unstable_by_key(|place| arena.get(*place).slot);
        let mut place = self.queue.head;
        while place != NONE {
            all.push(place);
            place = arena.get(place).after;
        }
        all
    }

    /// Starts and slot time since the last scrape; resets the base.
    pub(super) fn scrape_cpu(&mut self, now: u64) -> Option<(u64, u64)> {
        self.pass_time(now);
        let base = self.cpu_base.replace(CpuBase {
            starts: self.starts,
            slot_ms: self.slot_ms,
        })?;
        Some((self.starts - base.starts, self.slot_ms - base.slot_ms))
    }

    /// Frees the memory that only a live pod needs.
    pub(super) fn forget(&mut self) {
        self.free_beyond = Vec::new();
        self.breakers = Vec::new();
        self.own = Vec::new();
        self.levels = Vec::new();
        self.stage = Stage::Gone;
    }

    #[inline]
    fn pass_time(&mut self, now: u64) {
        self.slot_ms += u64::from(self.in_use) * (now - self.changed_at);
        self.changed_at = now;
    }
}
