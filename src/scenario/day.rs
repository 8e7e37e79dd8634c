//! The simulated day: seed, events and goals.

use super::Leaving;
use super::happening::{self, Happening};

/// The simulated day.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Seed of the random numbers; equal seeds give equal days.
    pub seed: u32,
    /// Events, comma-separated, in the syntax of [`happening::parse`]; none if absent.
    pub happens: Option<String>,
    /// Behavior of clients at their timeout.
    pub leaving: Leaving,
    /// Maximum sends of a question, the first one included.
    pub sends: u32,
    /// Goals of the day.
    pub goals: Goals,
}

/// Goals of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Goals {
    /// Maximum share of requests with a slot whose wait exceeds the clients' timeout, percent.
    pub late_percent: f64,
    /// Maximum share of unanswered questions, percent.
    pub unanswered_percent: f64,
    /// Maximum 99th percentile of waits, seconds; no such goal if absent.
    pub wait_p99_s: Option<f64>,
}

impl Default for Day {
    fn default() -> Self {
        Self {
            seed: 1,
            happens: None,
            leaving: Leaving::Stay,
            sends: 1,
            goals: Goals::default(),
        }
    }
}

/// Frozen, since links rely on these defaults.
impl Default for Goals {
    fn default() -> Self {
        Self {
            late_percent: 1.0,
            unanswered_percent: 0.5,
            wait_p99_s: None,
        }
    }
}

impl Day {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.happens.iter().flat_map(|texts| texts.split(','))
    }

    /// Events of the day, without unreadable ones.
    pub fn happenings(&self) -> Vec<Happening> {
        let read = |text| happening::parse(text).ok();
        self.texts().filter_map(read).collect()
    }

    /// The first unreadable event.
    pub fn unreadable(&self) -> Option<&str> {
        self.texts().find(|text| happening::parse(text).is_err())
    }
}
