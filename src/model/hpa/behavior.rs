//! Scaling behavior: rules, their policies, and the sizes they allow.

/// Direction of scaling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Scale-up.
    Up,
    /// Scale-down.
    Down,
}

/// Unit of a policy's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// Pods.
    Pods,
    /// Percent of the fleet at the start of the period.
    Percent,
}

/// A scaling policy: a maximum change per period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Unit of `value`.
    pub kind: PolicyKind,
    /// Maximum change, pods or percent.
    pub value: u32,
    /// Period, milliseconds.
    pub period_ms: i64,
}

/// Choice among several policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Select {
    /// The policy that allows the most change.
    #[default]
    Max,
    /// The policy that allows the least change.
    Min,
    /// No change in this direction.
    Disabled,
}

/// The rules of one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Choice among the policies.
    pub select: Select,
    /// Stabilization window, milliseconds; the controller's default if absent.
    pub window_ms: Option<i64>,
    /// The policies.
    pub policies: Vec<Policy>,
    /// Tolerance of the manifest, if any (KEP-4951).
    pub tolerance: Option<f64>,
}

/// The `behavior` block, with the defaults of both directions filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Behavior {
    /// Scale-up rules.
    pub up: Rules,
    /// Scale-down rules.
    pub down: Rules,
}

/// A past change of the fleet, as policies count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScaleEvent {
    /// Pods added or removed.
    pub change: u32,
    /// Time of the change, milliseconds.
    pub at_ms: i64,
    /// Whether every policy ignores it, so that its slot can be reused.
    pub is_outdated: bool,
}

const PERIOD_DEFAULT_MS: i64 = 15_000;

impl Rules {
    /// Scale-up rules by the API server's defaults: four pods or 100 % per 15 s, whichever is
    /// larger, without a window.
    ///
    /// # Source
    ///
    /// `pkg/apis/autoscaling/v2/defaults.go`.
    pub fn default_up() -> Self {
        let policy = |kind, value| Policy {
            kind,
            value,
            period_ms: PERIOD_DEFAULT_MS,
        };
        Self {
            select: Select::Max,
            window_ms: Some(0),
            policies: vec![
                policy(PolicyKind::Pods, 4),
                policy(PolicyKind::Percent, 100),
            ],
            tolerance: None,
        }
    }

    /// Scale-down rules by the API server's defaults: all pods within 15 s, after the controller's
    /// stabilization window.
    ///
    /// # Source
    ///
    /// `pkg/apis/autoscaling/v2/defaults.go`.
    pub fn default_down() -> Self {
        Self {
            select: Select::Max,
            window_ms: None,
            policies: vec![Policy {
                kind: PolicyKind::Percent,
                value: 100,
                period_ms: PERIOD_DEFAULT_MS,
            }],
            tolerance: None,
        }
    }

    /// Size that the rules allow at `now_ms`, starting from `current`; never on the other side of
    /// `current`.
    pub fn limit(&self, direction: Direction, current: u32, logs: &Logs, now_ms: i64) -> u32 {
        let offers = self.policies.iter().map(|policy| {
            let added = changed(&logs.up, policy.period_ms, now_ms);
            let removed = changed(&logs.down, policy.period_ms, now_ms);
            let base = i64::from(current) - added + removed;
            policy.offer(direction, base)
        });
        let offer = match (self.select, direction) {
            (Select::Disabled, _) => return current,
            (Select::Max, Direction::Up) | (Select::Min, Direction::Down) => offers.max(),
            (Select::Min, Direction::Up) | (Select::Max, Direction::Down) => offers.min(),
        };
        let current = i64::from(current);
        let limit = match (offer, direction) {
            (None, _) => current,
            (Some(offer), Direction::Up) => offer.max(current),
            (Some(offer), Direction::Down) => offer.min(current),
        };
        u32::try_from(limit.max(0)).unwrap_or(u32::MAX)
    }

    fn longest_period_ms(&self) -> i64 {
        let periods = self.policies.iter().map(|policy| policy.period_ms);
        periods.max().unwrap_or(0)
    }
}

impl Default for Behavior {
    /// A block that is present and empty.
    fn default() -> Self {
        Self {
            up: Rules::default_up(),
            down: Rules::default_down(),
        }
    }
}

impl Policy {
    /// Size allowed from the fleet at the start of the period.
    fn offer(&self, direction: Direction, base: i64) -> i64 {
        let value = i64::from(self.value);
        let percent = f64::from(self.value) / 100.0;
        // In floating point, as in the controller: 100 pods and 10 % give 111 upward.
        match (self.kind, direction) {
            (PolicyKind::Pods, Direction::Up) => base + value,
            (PolicyKind::Pods, Direction::Down) => base - value,
            (PolicyKind::Percent, Direction::Up) => {
                whole(libm::ceil(base as f64 * (1.0 + percent)))
            }
            (PolicyKind::Percent, Direction::Down) => {
                whole(libm::trunc(base as f64 * (1.0 - percent)))
            }
        }
    }
}

/// Recent changes, by direction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Logs {
    /// Pods added.
    pub up: Vec<ScaleEvent>,
    /// Pods removed.
    pub down: Vec<ScaleEvent>,
}

impl Logs {
    /// Logs a change from `before` to `after` replicas.
    pub fn note(&mut self, behavior: &Behavior, before: u32, after: u32, now_ms: i64) {
        let (events, rules) = if before < after {
            (&mut self.up, &behavior.up)
        } else {
            (&mut self.down, &behavior.down)
        };
        let oldest = now_ms - rules.longest_period_ms();
        let mut place = None;
        for (index, event) in events.iter_mut().enumerate() {
            event.is_outdated |= event.at_ms < oldest;
            if event.is_outdated {
                place = Some(index);
            }
        }
        let event = ScaleEvent {
            change: before.abs_diff(after),
            at_ms: now_ms,
            is_outdated: false,
        };
        match place.and_then(|index| events.get_mut(index)) {
            Some(old) => *old = event,
            None => events.push(event),
        }
    }
}

/// Pods changed within a period; a change exactly as old no longer counts.
pub(super) fn changed(events: &[ScaleEvent], period_ms: i64, now_ms: i64) -> i64 {
    let recent = events
        .iter()
        .filter(|event| now_ms - event.at_ms < period_ms);
    recent.map(|event| i64::from(event.change)).sum()
}

fn whole(replicas: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "saturates, as wanted")]
    let whole = replicas as i64;
    whole
}
