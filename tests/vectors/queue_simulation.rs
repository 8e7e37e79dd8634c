//! Any arrivals before c servers of any service, with or without an end to the
//! queue: the independent road to the cases that were simulated.

use std::collections::VecDeque;

use super::law::{Law, Random};

pub(crate) struct Setup {
    pub(crate) arrival_rate: f64,
    pub(crate) service_time: f64,
    pub(crate) servers: usize,
    /// Requests that may wait, if there is an end.
    pub(crate) places: Option<usize>,
    pub(crate) arrivals: Law,
    pub(crate) service: Law,
    /// A wait that few exceed; decides how finely waits are told apart.
    pub(crate) long_wait: f64,
}

const BINS: usize = 400_000;

/// A run that can be taken further.
pub(crate) struct Simulation {
    setup: Setup,
    // One stream each, so that a change of one law leaves the other's draws alone.
    gaps: Random,
    works: Random,
    now: f64,
    free: FreeTimes,
    /// When those that wait will start.
    starts: VecDeque<f64>,
    accepted: u32,
    refused: u32,
    waits: u32,
    wait_sum: f64,
    histogram: Vec<u32>,
    bin: f64,
}

impl Simulation {
    /// Starts empty and forgets the first `warm_up` arrivals.
    pub(crate) fn new(setup: Setup, warm_up: u32) -> Self {
        let mut simulation = Self {
            gaps: Random(0x243f_6a88_85a3_08d3),
            works: Random(0x1319_8a2e_0370_7344),
            now: 0.0,
            free: FreeTimes(vec![0.0; setup.servers]),
            starts: VecDeque::new(),
            accepted: 0,
            refused: 0,
            waits: 0,
            wait_sum: 0.0,
            histogram: Vec::new(),
            bin: 4.0 * setup.long_wait / BINS as f64,
            setup,
        };
        simulation.histogram = vec![0; BINS + 1];
        simulation.run(warm_up);
        simulation.histogram.fill(0);
        (simulation.accepted, simulation.refused) = (0, 0);
        (simulation.waits, simulation.wait_sum) = (0, 0.0);
        simulation
    }

    /// Lets so many more requests arrive.
    pub(crate) fn run(&mut self, arrivals: u32) {
        for _ in 0..arrivals {
            self.now += self.setup.arrivals.sample(&mut self.gaps) / self.setup.arrival_rate;
            self.arrive(self.now);
        }
    }

    fn arrive(&mut self, now: f64) {
        let earliest = self.free.earliest();
        if let Some(places) = self.setup.places {
            while self.starts.front().is_some_and(|start| *start <= now) {
                self.starts.pop_front();
            }
            if now < earliest {
                if places <= self.starts.len() {
                    self.refused += 1;
                    return;
                }
                self.starts.push_back(earliest);
            }
        }
        let start = if now < earliest { earliest } else { now };
        let work = self.setup.service.sample(&mut self.works) * self.setup.service_time;
        self.free.replace_earliest(start + work);
        self.accepted += 1;
        if now < start {
            let wait = start - now;
            self.waits += 1;
            self.wait_sum += wait;
            self.histogram[bin_of(wait / self.bin)] += 1;
        }
    }

    pub(crate) fn blocking(&self) -> f64 {
        f64::from(self.refused) / f64::from(self.accepted + self.refused)
    }

    pub(crate) fn p_wait(&self) -> f64 {
        f64::from(self.waits) / f64::from(self.accepted)
    }

    pub(crate) fn mean_wait(&self) -> f64 {
        self.wait_sum / f64::from(self.accepted)
    }

    /// By Little: the rate that joins, times how long it stays.
    pub(crate) fn mean_queue(&self) -> f64 {
        self.setup.arrival_rate * (1.0 - self.blocking()) * self.mean_wait()
    }

    /// Wait that this share of the requests stays within.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        let mut longer = f64::from(self.accepted) * (1.0 - share);
        if f64::from(self.waits) <= longer {
            return 0.0;
        }
        for (at, count) in self.histogram.iter().enumerate().rev() {
            let count = f64::from(*count);
            if longer < count {
                return (at as f64 + 1.0 - longer / count) * self.bin;
            }
            longer -= count;
        }
        0.0
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut off at the last bin"
)]
fn bin_of(position: f64) -> usize {
    position.min(BINS as f64) as usize
}

/// When each server is free, the earliest first: a heap.
struct FreeTimes(Vec<f64>);

impl FreeTimes {
    fn earliest(&self) -> f64 {
        self.0[0]
    }

    fn replace_earliest(&mut self, time: f64) {
        let heap = &mut self.0;
        let mut hole = 0;
        loop {
            let mut child = 2 * hole + 1;
            if heap.len() <= child {
                break;
            }
            if child + 1 < heap.len() && heap[child + 1] < heap[child] {
                child += 1;
            }
            if time <= heap[child] {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = time;
    }
}
