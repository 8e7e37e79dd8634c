//! Benefit and cost of a change.

use crate::model::limit::holds as is_held;

/// Benefit and cost of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The constraint holds a higher load.
    Holds(Holds),
    /// The autoscaler's maximum holds a higher load.
    Fleet {
        /// Multiple of today's load that it holds; `None` without a limit.
        holds: Option<f64>,
        /// New multiple at which the first constraint gives way, if it moves.
        first_moves_to: Option<f64>,
        /// Gateways at the peak.
        instances: u32,
        /// Additional dollars per month; negative for savings.
        more_usd: f64,
    },
    /// The events fill a smaller share of the disk.
    DiskFilled {
        /// New share.
        ratio: f64,
        /// Additional dollars per month; negative for savings.
        more_usd: f64,
    },
    /// More connections than the database processes at once.
    ConnectionsWait {
        /// Approximate number that it processes at once.
        useful: f64,
    },
    /// A rolling update no longer exceeds the connections.
    UpdatePasses,
    /// Requests in the queue are served within the stated wait.
    WaitKept {
        /// The wait, seconds.
        wait_s: f64,
    },
    /// The autoscaler acts before this wait is reached.
    ScalesInTime {
        /// The wait, seconds.
        wait_s: f64,
    },
    /// The pods left by a lost zone carry the peak.
    ZoneCarried {
        /// Additional dollars per month.
        more_usd: f64,
    },
    /// A minimum of always running gateways.
    AlwaysThere {
        /// Number of gateways.
        pods: u32,
        /// Additional dollars per month.
        more_usd: f64,
    },
    /// The autoscaler acts before a gateway is full.
    ActsInTime,
    /// The slots hold the load that the other providers take over.
    LossHeld {
        /// Additional dollars per month.
        more_usd: f64,
    },
    /// At the peak at most this share finds no slot in time.
    PeakServed {
        /// Share of the requests.
        ratio: f64,
        /// Additional dollars per month.
        more_usd: f64,
    },
    /// At most this share fails after all attempts.
    Answered {
        /// Share of the requests.
        failed_ratio: f64,
        /// Share of the answers that then come too late, where more of them do.
        late_ratio: Option<f64>,
        /// Additional dollars per month, since answers cost tokens.
        more_usd: f64,
    },
    /// The plan counts the prices in force.
    PricesCounted {
        /// Additional dollars per month.
        more_usd: f64,
    },
    /// The 99th percentile of answers is within the clients' timeout.
    AnswersInTime,
}

/// Subject whose new multiple a change reports.
#[derive(Debug, Clone, PartialEq)]
pub enum Holder {
    /// The constraint that the change is made for.
    Constraint,
    /// The constraint after the loss of the named provider.
    Without(String),
    /// The fullest provider, since weights move the load of all.
    EveryProvider,
}

/// New capacity of the constraint, and further effects.
#[derive(Debug, Clone, PartialEq)]
pub struct Holds {
    /// Subject of the multiple.
    pub holder: Holder,
    /// Multiple of today's load; `None` without a limit.
    pub scale: Option<f64>,
    /// New multiple at which the first constraint gives way, if it moves.
    pub first_moves_to: Option<f64>,
    /// Additional dollars per month; negative for savings.
    pub more_usd: f64,
    /// Whether the cost is known: no load moves to or from a provider without a price, and no units
    /// without a price are bought.
    pub is_priced: bool,
    /// Whether the new limit is inferred, not published.
    pub is_inferred: bool,
    /// New multiple of the worst provider loss, if it holds today and no longer does.
    pub loss_falls_to: Option<f64>,
}

impl Holds {
    /// Whether the multiple refers to the situation after a loss.
    pub const fn is_after_loss(&self) -> bool {
        matches!(self.holder, Holder::Without(_))
    }
}

impl Effect {
    /// Whether today's load then fits the constraint.
    pub fn is_enough(&self) -> bool {
        match self {
            Self::Holds(holds) => holds.scale.is_none_or(is_held),
            Self::Fleet { holds, .. } => holds.is_none_or(is_held),
            Self::DiskFilled { ratio, .. } => *ratio <= 1.0,
            _ => true,
        }
    }

    /// Replaces the additional cost.
    pub(super) fn set_more_usd(&mut self, usd: f64) {
        match self {
            Self::Holds(holds) => holds.more_usd = usd,
            Self::Fleet { more_usd, .. }
            | Self::DiskFilled { more_usd, .. }
            | Self::ZoneCarried { more_usd }
            | Self::AlwaysThere { more_usd, .. }
            | Self::LossHeld { more_usd }
            | Self::Answered { more_usd, .. }
            | Self::PricesCounted { more_usd }
            | Self::PeakServed { more_usd, .. } => *more_usd = usd,
            Self::ConnectionsWait { .. }
            | Self::UpdatePasses
            | Self::WaitKept { .. }
            | Self::ScalesInTime { .. }
            | Self::ActsInTime
            | Self::AnswersInTime => {}
        }
    }

    /// Additional dollars per month, negative for savings; `None` if a relevant price is unknown.
    pub fn more_usd(&self) -> Option<f64> {
        let more_usd = match self {
            Self::Holds(holds) if !holds.is_priced => return None,
            Self::Holds(holds) => holds.more_usd,
            Self::Fleet { more_usd, .. }
            | Self::DiskFilled { more_usd, .. }
            | Self::ZoneCarried { more_usd }
            | Self::AlwaysThere { more_usd, .. }
            | Self::LossHeld { more_usd }
            | Self::Answered { more_usd, .. }
            | Self::PricesCounted { more_usd }
            | Self::PeakServed { more_usd, .. } => *more_usd,
            Self::ConnectionsWait { .. }
            | Self::UpdatePasses
            | Self::WaitKept { .. }
            | Self::ScalesInTime { .. }
            | Self::ActsInTime
            | Self::AnswersInTime => 0.0,
        };
        Some(more_usd)
    }
}
