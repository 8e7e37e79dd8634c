//! The day that is lived: its chance, what happens on it, what it must keep.

use super::Leaving;
use super::happening::{self, Happening};

/// The day that is lived.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Seed of its chance; the same seed is the same day.
    pub seed: u32,
    /// What happens on it, as [`happening::parse`] reads it, divided by commas; nothing if absent.
    pub happens: Option<String>,
    /// What clients do who have waited as long as their timeout.
    pub leaving: Leaving,
    /// How often a question is sent until it is answered.
    pub sends: u32,
    /// What it must keep.
    pub goals: Goals,
}

/// What a day must keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Goals {
    /// Most of those who get a slot that may have waited longer than clients do, percent.
    pub late_percent: f64,
    /// Most that may get no answer, percent.
    pub unanswered_percent: f64,
    /// Wait that 99 of 100 stay within, seconds; no such goal if absent.
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

/// Frozen, as all that a link means by saying nothing.
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

    /// What happens on it; a text that cannot be read is left out.
    pub fn happenings(&self) -> Vec<Happening> {
        let read = |text| happening::parse(text).ok();
        self.texts().filter_map(read).collect()
    }

    /// The first text that cannot be read.
    pub fn unreadable(&self) -> Option<&str> {
        self.texts().find(|text| happening::parse(text).is_err())
    }
}
