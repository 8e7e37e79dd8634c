//! The breaker that one pod keeps for one provider.

use super::config::Breaker;

/// State of a circuit breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Calls pass. `failures` counts failures in a row; `opens_ms` is set once the provider has
    /// failed for good.
    Closed {
        failures: u32,
        opens_ms: Option<u64>,
    },
    /// Calls are rejected until this time.
    Open { until_ms: u64 },
    /// Half-open: a few probes may pass.
    Half { begun: u32, good: u32 },
}

impl State {
    const CLOSED: Self = Self::Closed {
        failures: 0,
        opens_ms: None,
    };
}

/// A breaker and how often it has opened; calls from an earlier epoch are ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BreakerState {
    state: State,
    epoch: u32,
}

/// The breaker's state when a call passed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Pass {
    epoch: u32,
    is_probe: bool,
}

/// Outcome of a call, as the breaker counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// An answer.
    Good,
    /// An error or a timeout.
    Bad,
    /// Refused by a rate limit.
    Refused,
    /// Cancelled.
    Unknown,
}

impl BreakerState {
    pub(super) fn closed() -> Self {
        Self {
            state: State::CLOSED,
            epoch: 0,
        }
    }

    /// Notes a call to a provider that stays down for longer than the breaker takes to open.
    pub(super) fn lose(&mut self, rule: &Breaker, now_ms: u64) {
        if let (State::Closed { opens_ms, .. }, Some(trip_ms)) = (&mut self.state, rule.trip_ms) {
            opens_ms.get_or_insert(now_ms.saturating_add(trip_ms));
        }
    }

    /// Current state; a scheduled opening may have come due.
    fn now(&self, rule: &Breaker, now_ms: u64) -> State {
        match self.state {
            State::Closed {
                opens_ms: Some(opens_ms),
                ..
            } if opens_ms <= now_ms => State::Open {
                until_ms: opens_ms.saturating_add(rule.open_ms),
            },
            state => state,
        }
    }

    /// Whether a call may pass at `now_ms`.
    #[inline]
    pub(super) fn is_up(&self, rule: &Breaker, now_ms: u64) -> bool {
        match self.now(rule, now_ms) {
            State::Closed { .. } => true,
            State::Open { until_ms } => until_ms <= now_ms && 0 < rule.probes,
            State::Half { begun, .. } => begun < rule.probes,
        }
    }

    /// Starts a call.
    pub(super) fn begin(&mut self, rule: &Breaker, now_ms: u64) -> Pass {
        self.come_to(rule, now_ms);
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

    /// Opens the breaker if its scheduled time has come.
    fn come_to(&mut self, rule: &Breaker, now_ms: u64) {
        let state = self.now(rule, now_ms);
        if state != self.state {
            self.state = state;
            self.epoch = self.epoch.wrapping_add(1);
        }
    }

    /// Ends a call that passed the breaker.
    pub(super) fn end(&mut self, pass: Pass, verdict: Verdict, rule: &Breaker, now_ms: u64) {
        self.come_to(rule, now_ms);
        if pass.epoch != self.epoch {
            return;
        }
        let opens = match &mut self.state {
            State::Closed { failures, .. } => {
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
                    self.state = State::CLOSED;
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
