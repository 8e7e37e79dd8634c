//! Names and groups of findings.

use std::borrow::Cow;

use super::kind::FindingKind;

impl FindingKind {
    /// Stable name of the finding, for programs and tests.
    pub fn id(&self) -> Cow<'static, str> {
        let name = match self {
            Self::Problem(problem) => return ["problem-", problem.field()].concat().into(),
            Self::UnknownLimits { id, .. } => return ["unknown-", id].concat().into(),
            Self::ProviderLimit(limit) => return ["provider-", &limit.id].concat().into(),
            Self::Nowhere { index, .. } => return ["nowhere-", &index.to_string()].concat().into(),
            Self::OtherModel(other) => return ["kind-", &other.id].concat().into(),
            Self::TooLarge(refused) => return ["too-large-", &refused.id].concat().into(),
            Self::Reserve(offer) => return ["reserve-", &offer.row.to_string()].concat().into(),
            Self::ModelShutdown { row, .. } => return ["model-", &row.to_string()].concat().into(),
            Self::PriceChange(change) => {
                return ["price-", &change.row.to_string()].concat().into();
            }
            Self::OldLimits { row, .. } => return ["stale-", &row.to_string()].concat().into(),
            Self::Unsure(unsure) => {
                let why = unsure.why.key();
                return ["unsure-", why, "-", &unsure.row.to_string()]
                    .concat()
                    .into();
            }
            Self::NoLoad => "no-load",
            Self::NoSecondProvider => "failover-none",
            Self::ProviderLoss(_) => "failover",
            Self::SlotsLoss(_) => "failover-slots",
            Self::LossNowhere { .. } => "failover-nowhere",
            Self::Unserved(_) => "unserved",
            Self::Failures(_) => "failures",
            Self::LateAnswers(_) => "timeout",
            Self::Autoscaler(_) => "hpa-max",
            Self::Stuck(_) => "hpa-stuck",
            Self::Disk(_) => "disk",
            Self::Connections { .. } => "connections",
            Self::ConnectionsAtFullScale { .. } => "connections-surge",
            Self::AuditLog { .. } => "audit-disk",
            Self::ZoneLoss(_) => "zone",
            Self::Queue { .. } => "queue-size",
            Self::PodsInVain { .. } => "pods-in-vain",
            Self::CheaperSplit { .. } => "cheaper-weights",
            Self::Unpriced { .. } => "unpriced",
        };
        name.into()
    }

    /// Whether the finding is about a loss rather than today's load.
    pub fn is_drill(&self) -> bool {
        matches!(
            self,
            Self::ProviderLoss(_)
                | Self::SlotsLoss(_)
                | Self::LossNowhere { .. }
                | Self::ZoneLoss(_)
        )
    }

    /// Whether the remedy must be ordered from a vendor; other remedies are configuration.
    pub fn is_ordered(&self) -> bool {
        matches!(
            self,
            Self::ProviderLimit(_) | Self::ProviderLoss(_) | Self::Disk(_)
        )
    }

    /// Whether the finding is about the disk of the events.
    pub fn is_disk(&self) -> bool {
        matches!(self, Self::Disk(_))
    }

    /// Whether the finding names a provider with load but without a known limit.
    pub fn is_unknown_limit(&self) -> bool {
        matches!(
            self,
            Self::UnknownLimits {
                is_spare: false,
                ..
            }
        )
    }

    /// Whether the finding is about the loss of a provider, or the lack of a second one.
    pub fn is_failover(&self) -> bool {
        matches!(self, Self::ProviderLoss(_) | Self::NoSecondProvider)
    }
}
