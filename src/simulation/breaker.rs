//! The breaker that one pod keeps for one provider.

use super::config::Breaker;

/// Where a breaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Calls go through; so many failed in a row.
    Closed { failures: u32 },
    /// No call before this moment.
    Open { until_ms: u64 },
    /// A few calls may try.
    Half { begun: u32, good: u32 },
}

/// A breaker and how often it has opened: older calls change nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BreakerState {
    state: State,
    epoch: u32,
}

/// What a call remembers of the breaker it passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Pass {
    epoch: u32,
    is_probe: bool,
}

/// How a call ended, to a breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// An answer.
    Good,
    /// An error or a time-out.
    Bad,
    /// Refused for a limit.
    Refused,
    /// Cut off.
    Unknown,
}

impl BreakerState {
    pub(super) fn closed() -> Self {
        Self {
            state: State::Closed { failures: 0 },
            epoch: 0,
        }
    }

    /// Whether it lets a call through at `now_ms`.
    #[inline]
    pub(super) fn is_up(&self, rule: &Breaker, now_ms: u64) -> bool {
        match self.state {
            State::Closed { .. } => true,
            State::Open { until_ms } => until_ms <= now_ms && 0 < rule.probes,
            State::Half { begun, .. } => begun < rule.probes,
        }
    }

    /// A call begins.
    pub(super) fn begin(&mut self, now_ms: u64) -> Pass {
        if let State::Open { until_ms } = self.state
            && until_ms <= now_ms
        {
            self.state = State::Half { begun: 0, good: 0 };
        }
        let is_probe = if let State::Half { begun, .. } = &mut self.state {
            *begun += 1;
            true
        } else {
            false
        };
        Pass {
            epoch: self.epoch,
            is_probe,
        }
    }

    /// A call that passed it is over.
    pub(super) fn end(&mut self, pass: Pass, verdict: Verdict, rule: &Breaker, now_ms: u64) {
        if pass.epoch != self.epoch {
            return;
        }
        let opens = match &mut self.state {
            State::Closed { failures } => {
                match verdict {
                    Verdict::Good => *failures = 0,
                    Verdict::Bad => *failures += 1,
                    Verdict::Refused | Verdict::Unknown => {}
                }
                rule.failures <= *failures
            }
            State::Half { begun, good } if pass.is_probe => {
                match verdict {
                    Verdict::Good | Verdict::Refused => *good += 1,
                    Verdict::Unknown => *begun -= 1,
                    Verdict::Bad => {}
                }
                if rule.probes <= *good {
                    self.state = State::Closed { failures: 0 };
                }
                verdict == Verdict::Bad
            }
            State::Half { .. } | State::Open { .. } => false,
        };
        if opens {
            self.epoch = self.epoch.wrapping_add(1);
            self.state = State::Open {
                until_ms: now_ms.saturating_add(rule.open_ms),
            };
        }
    }
}
