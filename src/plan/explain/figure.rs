//! A figure: its name, its value and one more fact.

use std::borrow::Cow;

use crate::plan::{LimitKind, RuleId};

/// A figure, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Which.
    pub id: FigureId,
    /// The value in full: dollars, bytes, requests per second; a share of a limit or of the
    /// slots as a ratio.
    pub result: f64,
    /// One more fact.
    pub aside: Aside,
}

/// Which figure, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FigureId {
    /// Requests per second at the peak.
    PeakRequests,
    /// Tokens per minute at the peak.
    PeakTokens,
    /// Share of the tightest provider limit in use.
    TightestLimit,
    /// Gateways at the peak, with headroom.
    Gateways,
    /// Bytes of events held once the retention is reached.
    StoredEvents,
    /// Database connections.
    Connections,
    /// Dollars a month.
    Cost,
    /// Tokens a day.
    TokensPerDay,
    /// Requests per second on average.
    MeanRate,
    /// Requests held at once at the peak.
    InFlight,
    /// Share of the gateways' slots in use at the peak.
    SlotsInUse,
    /// Bytes of events a day.
    StoredPerDay,
    /// Dollars for a thousand requests.
    CostPerThousand,
    /// Share of the requests that fail after all tries.
    FailedRequests,
    /// Share of a provider's tightest limit in use; with the provider's target id.
    Use(String),
}

impl FigureId {
    /// Whether it counts things of which there are no parts.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::Gateways | Self::Connections)
    }

    /// Stable name, in data and pages.
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

    /// Whether it stands at the top of the page.
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

/// One more fact beside a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Aside {
    /// None.
    Nothing,
    /// The mean rate, and the peak as a multiple of it.
    Mean {
        /// Requests per second.
        rps: f64,
        /// Peak over mean.
        peak_multiplier: f64,
    },
    /// Tokens a day.
    TokensPerDay(f64),
    /// Mean tokens of a request.
    TokensPerRequest(f64),
    /// Requests per minute at the peak.
    PeakPerMinute(f64),
    /// The rule that decides, and the gateways that run at the peak where they are more.
    DecidedBy {
        /// The rule.
        rule: RuleId,
        /// More that run.
        running: Option<u32>,
    },
    /// Seconds each request is held on average.
    HeldEach(f64),
    /// Requests that all gateways hold at once.
    Slots(f64),
    /// Bytes a day.
    BytesPerDay(f64),
    /// Bytes held after 30 and after 90 days.
    BytesLater([f64; 2]),
    /// Connections the API's configuration lets in.
    Configured(u32),
    /// Connections the server lets in.
    LetIn(u32),
    /// Dollars for a thousand requests, where there are requests.
    PerThousand(Option<f64>),
    /// Names of the providers whose price is not known.
    Unpriced(Vec<String>),
    /// The limit that is tightest.
    Tightest {
        /// Name of the provider.
        provider: String,
        /// What it limits.
        limit: LimitKind,
    },
    /// A limit of nothing on a provider that carries load.
    Closed {
        /// Name of the provider.
        provider: String,
        /// What it limits.
        limit: LimitKind,
    },
    /// No limit is known.
    NoLimit,
    /// A limit of one provider.
    FullAt {
        /// Name of the provider.
        provider: String,
        /// What it limits.
        limit: LimitKind,
        /// Multiple of today's load at which it is full.
        scale: Option<f64>,
    },
}
