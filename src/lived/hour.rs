//! The worst hour of a day.

use super::{Lived, Minute};

/// Milliseconds in an hour.
const HOUR_MS: u64 = 3_600_000;

/// An hour of a day by bucket.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hour {
    /// Index of its first bucket.
    pub from: usize,
    /// Buckets of the hour.
    pub minutes: Vec<Minute>,
}

impl Lived {
    /// The hour with the most requests in trouble; `None` if the day has no trouble worth
    /// reporting.
    ///
    /// Trouble shorter than an hour is centered in it.
    pub fn worst_hour(&self) -> Option<Hour> {
        let story = self.story();
        if story.is_kept && story.worst.is_none() {
            return None;
        }
        let minutes = self.minutes();
        let length = usize::try_from(HOUR_MS / self.facts.bucket_ms.max(1)).unwrap_or(1);
        let length = length.clamp(1, minutes.len().max(1));
        let troubled: Vec<u64> = minutes
            .windows(length)
            .map(|hour| hour.iter().map(Minute::troubled).sum())
            .collect();
        let most = troubled.iter().copied().max().filter(|most| 0 < *most)?;
        let first = troubled.iter().position(|sum| *sum == most)?;
        let alike = troubled[first..].iter().take_while(|sum| **sum == most);
        let from = first + (alike.count() - 1) / 2;
        Some(Hour {
            from,
            minutes: minutes[from..from + length].to_vec(),
        })
    }
}
