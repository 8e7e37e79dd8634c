//! A figure: identity, value, and a supplementary fact.

use std::borrow::Cow;

use crate::plan::{LimitKind, RuleId};

/// A figure in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Identity.
    pub id: FigureId,
    /// Unrounded value: dollars, bytes, requests per second; utilization as a ratio.
    pub result: f64,
    /// A supplementary fact.
    pub aside: Aside,
}

/// Identity of a figure, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FigureId {
    /// Requests per second at the peak.
    PeakRequests,
    /// Tokens per minute at the peak.
    PeakTokens,
    /// Utilization of the tightest provider limit.
    TightestLimit,
    /// Gateways at the peak, with headroom.
    Gateways,
    /// Bytes of events held once the retention is reached.
    StoredEvents,
    /// Database connections.
    Connections,
    /// Dollars per month.
    Cost,
    /// Tokens per day.
    TokensPerDay,
    /// Requests per second on average.
    MeanRate,
    /// Requests in flight at the peak.
    InFlight,
    /// Utilization of the gateways' slots at the peak.
    SlotsInUse,
    /// Bytes of events per day.
    StoredPerDay,
    /// Dollars per thousand requests.
    CostPerThousand,
    /// Share of requests that fail after all attempts.
    FailedRequests,
    /// Utilization of a provider's tightest limit; with the provider's target id.
    Use(String),
}

impl FigureId {
    /// Whether the figure counts whole things.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::Gateways | Self::Connections)
    }

    /// Stable name, for data and pages.
    pub fn key(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::PeakRequests => "peak-requests",
            Self::PeakTokens => "peak-tokens",
            Self::TightestLimit => "tightest-limit",
            Self::Gateways => "gateways",
            Self::StoredEvents => "stored-events",
            Self::Connections => "connections",
            Self::Cost => "cost",
            Self::TokensPerDay => "tokens-per-day",
            Self::MeanRate => "mean-rate",
            Self::InFlight => "in-flight",
            Self::SlotsInUse => "slots",
            Self::StoredPerDay => "stored-per-day",
            Self::CostPerThousand => "cost-per-1000",
            Self::FailedRequests => "failed-requests",
            Self::Use(target) => return Cow::Owned(["use-", target].concat()),
        })
    }

    /// Whether the figure is a headline of the page.
    pub fn is_headline(&self) -> bool {
        matches!(
            self,
            Self::PeakRequests
                | Self::PeakTokens
                | Self::TightestLimit
                | Self::Gateways
                | Self::StoredEvents
                | Self::Connections
                | Self::Cost
        )
    }
}

/// A supplementary fact of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Aside {
    /// No fact.
    Nothing,
    /// Mean rate, and peak multiplier.
    Mean {
        /// Requests per second.
        rps: f64,
        /// Peak over mean.
        peak_multiplier: f64,
    },
    /// Tokens per day.
    TokensPerDay(f64),
    /// Mean tokens per request.
    TokensPerRequest(f64),
    /// Requests per minute at the peak.
    PeakPerMinute(f64),
    /// The deciding rule, and the running gateways if they are more.
    DecidedBy {
        /// The rule.
        rule: RuleId,
        /// Gateways running at the peak, if more than needed.
        running: Option<u32>,
    },
    /// Mean time in flight per request, seconds.
    HeldEach(f64),
    /// Total slots of the gateways.
    Slots(f64),
    /// Bytes per day.
    BytesPerDay(f64),
    /// Bytes held after 30 and after 90 days.
    BytesLater([f64; 2]),
    /// Connections that the API's configuration allows.
    Configured(u32),
    /// Connections that the server allows.
    LetIn(u32),
    /// Dollars per thousand requests; `None` without requests.
    PerThousand(Option<f64>),
    /// Names of the providers without a known price.
    Unpriced(Vec<String>),
    /// The tightest limit.
    Tightest {
        /// Name of the provider.
        provider: String,
        /// Kind of limit.
        limit: LimitKind,
    },
    /// A limit of 0 on a provider with load.
    Closed {
        /// Name of the provider.
        provider: String,
        /// Kind of limit.
        limit: LimitKind,
    },
    /// No limit is known.
    NoLimit,
    /// A limit of one provider.
    FullAt {
        /// Name of the provider.
        provider: String,
        /// Kind of limit.
        limit: LimitKind,
        /// Multiple of today's load at which it is full.
        scale: Option<f64>,
    },
}
