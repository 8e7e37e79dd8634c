//! What a change brings and costs.

use crate::model::limit::holds as is_held;

/// What a change brings and costs.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The constraint holds more.
    Holds(Holds),
    /// The autoscaler's most gateways hold more.
    Fleet {
        /// Multiple of today's load they hold; none without a limit.
        holds: Option<f64>,
        /// Multiple at which the first thing then gives way, where that moves.
        first_moves_to: Option<f64>,
        /// Gateways at the peak.
        instances: u32,
        /// Dollars a month it costs more, or less than 0 where it saves.
        more_usd: f64,
    },
    /// The events fill less of the disk.
    DiskFilled {
        /// That share.
        ratio: f64,
        /// Dollars a month it costs more, or less than 0 where it saves.
        more_usd: f64,
    },
    /// More connections than the database works on at once.
    ConnectionsWait {
        /// About as many as it works on.
        useful: f64,
    },
    /// The rolling update opens no connection in vain.
    UpdatePasses,
    /// Whoever waits is served within the stated wait.
    WaitKept {
        /// The wait, seconds.
        wait_s: f64,
    },
    /// The autoscaler acts before the wait is that long.
    ScalesInTime {
        /// The wait, seconds.
        wait_s: f64,
    },
    /// The pods that a lost zone leaves carry the peak.
    ZoneCarried {
        /// Dollars a month it costs more.
        more_usd: f64,
    },
    /// So many gateways are always there.
    AlwaysThere {
        /// How many.
        pods: u32,
        /// Dollars a month it costs more.
        more_usd: f64,
    },
    /// The autoscaler acts before a gateway is full.
    ActsInTime,
    /// The slots hold what the other providers take over.
    LossHeld {
        /// Dollars a month it costs more.
        more_usd: f64,
    },
    /// At the peak no more than this share finds no slot in time.
    PeakServed {
        /// That share.
        ratio: f64,
        /// Dollars a month it costs more.
        more_usd: f64,
    },
    /// No more than this share fails after all tries.
    Answered {
        /// That share.
        failed_ratio: f64,
        /// Dollars a month it costs more: answers cost tokens.
        more_usd: f64,
    },
    /// 99 of 100 answers are there before clients give up.
    AnswersInTime,
}

/// What is then full first, of what a change moves.
#[derive(Debug, Clone, PartialEq)]
pub enum Holder {
    /// The constraint that the change is made for.
    Constraint,
    /// The same after the loss of the named provider.
    Without(String),
    /// The fullest provider: other weights move the load of each.
    EveryProvider,
}

/// What the mended constraint then holds, and what that moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Holds {
    /// What holds that multiple.
    pub holder: Holder,
    /// Multiple of today's load; none without a limit.
    pub scale: Option<f64>,
    /// Multiple at which the first thing then gives way, where that moves.
    pub first_moves_to: Option<f64>,
    /// Dollars a month it costs more, or less than 0 where it saves.
    pub more_usd: f64,
    /// Whether that is known: no load moves to or from a provider without a price, and no units
    /// without one are bought.
    pub is_priced: bool,
    /// Whether the new limit is inferred, not published.
    pub is_inferred: bool,
    /// Multiple at which the worst loss of a provider then breaks, where it holds today and no
    /// longer does.
    pub loss_falls_to: Option<f64>,
}

impl Holds {
    /// Whether this holds only after the loss that the finding tells of.
    pub const fn is_after_loss(&self) -> bool {
        matches!(self.holder, Holder::Without(_))
    }
}

impl Effect {
    /// Whether today's load then fits what the change is made for.
    pub fn is_enough(&self) -> bool {
        match self {
            Self::Holds(holds) => holds.scale.is_none_or(is_held),
            Self::Fleet { holds, .. } => holds.is_none_or(is_held),
            Self::DiskFilled { ratio, .. } => *ratio <= 1.0,
            _ => true,
        }
    }

    /// Another cost of the same.
    pub(super) fn set_more_usd(&mut self, usd: f64) {
        match self {
            Self::Holds(holds) => holds.more_usd = usd,
            Self::Fleet { more_usd, .. }
            | Self::DiskFilled { more_usd, .. }
            | Self::ZoneCarried { more_usd }
            | Self::AlwaysThere { more_usd, .. }
            | Self::LossHeld { more_usd }
            | Self::Answered { more_usd, .. }
            | Self::PeakServed { more_usd, .. } => *more_usd = usd,
            Self::ConnectionsWait { .. }
            | Self::UpdatePasses
            | Self::WaitKept { .. }
            | Self::ScalesInTime { .. }
            | Self::ActsInTime
            | Self::AnswersInTime => {}
        }
    }

    /// Dollars a month it costs more, or less than 0 where it saves; none where a price that
    /// matters is not known.
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
