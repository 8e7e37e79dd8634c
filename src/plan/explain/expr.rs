//! A formula as an expression tree.

use std::ops::{Add, Div, Mul, Sub};

use super::FigureId;
use crate::model::fleet::whole;
use crate::model::queueing::Routing;
use crate::plan::LimitKind;
use crate::scenario::EventKind;

/// A formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A value.
    Value(Term),
    /// A binary operation.
    Pair {
        /// Left operand.
        left: Box<Expr>,
        /// Operator.
        op: Op,
        /// Right operand.
        right: Box<Expr>,
    },
    /// Rounded up to whole machines.
    Ceil(Box<Expr>),
}

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// Ratio.
    Divide,
}

/// A value of a formula, with its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Meaning.
    pub id: TermId,
    /// Value.
    pub value: f64,
    /// Unit.
    pub unit: Unit,
    /// Source.
    pub source: Source,
}

impl Term {
    /// Key of the field that holds the value, if it has one of its own.
    pub fn field(&self) -> Option<&'static str> {
        match self.source {
            Source::Field(key) => Some(key),
            _ => None,
        }
    }
}

/// Meaning of a value in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermId {
    /// Requests per day.
    Requests,
    /// Seconds in a day.
    SecondsInADay,
    /// Seconds in a minute.
    SecondsInAMinute,
    /// Days in a month.
    DaysInAMonth,
    /// A thousand.
    AThousand,
    /// Peak over mean.
    PeakOverMean,
    /// Requests per second at the peak.
    PeakRate,
    /// Mean tokens per request.
    TokensOfARequest,
    /// A provider's share of the requests.
    ShareOfTheRequests,
    /// Calls to providers per request.
    CallsOfARequest,
    /// Seconds that a request is held at its provider.
    TimeAtTheProvider,
    /// Tokens per request, as its provider counts them.
    TokensCounted,
    /// Units of reserved throughput.
    Units,
    /// Tokens per minute of one unit.
    InputOfAUnit,
    /// A limit.
    Limit,
    /// All limits.
    Limits,
    /// Minutes of the spending window.
    MinutesJudged,
    /// Dollars per request.
    CostOfARequest,
    /// Dollars spent by the other rows of an organization.
    SpentByOthers,
    /// Amount counted for the other rows under one limit.
    CountedOfOthers,
    /// Usable share of a limit under bursts.
    LeftByBursts,
    /// Minimum gateways.
    Least,
    /// Headroom over the peak.
    Headroom,
    /// Seconds that a request is in flight.
    TimeInFlight,
    /// Slots per gateway.
    SlotsEach,
    /// Requests per second per gateway.
    ThroughputOfOne,
    /// Rate that slots and throughput of a gateway carry together.
    CarriedByOne,
    /// Tokens per second per gateway.
    TokensOfOne,
    /// Share of requests that go to a provider directly.
    GoToAProvider,
    /// Probability that an attempt fails.
    FailingTry,
    /// Slots that keep the wait target.
    SlotsThatKeepTheWait,
    /// Instances at the start of a row of the guide.
    RowBeginsWith,
    /// Rate at the start of a row of the guide.
    RowBeginsAt,
    /// Width of a row of the guide.
    RowIsWide,
    /// Instances added over a row of the guide.
    RowAdds,
    /// Peak × headroom.
    SizedFor,
    /// Requests in flight at the peak.
    RequestsInFlight,
    /// Gateways.
    Gateways,
    /// Bytes per event.
    EventSize,
    /// Retention of events, days.
    Retention,
    /// Replicas of the API.
    ApiReplicas,
    /// Connections per replica.
    EachReplica,
    /// Connections per gateway.
    EachGateway,
    /// Processes per API replica.
    Processes,
    /// Overflow connections per process.
    PoolOverflow,
    /// Connections of the pooler.
    Pooler,
    /// Background workers.
    Workers,
    /// Connections per worker.
    EachWorker,
    /// Spare connections.
    Spare,
    /// Tokens, dollars per month.
    Tokens,
    /// Machines and disk, dollars per month.
    Infrastructure,
    /// Total, dollars per month.
    CostPerMonth,
}

/// Unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A plain number.
    One,
    /// Per day.
    PerDay,
    /// Seconds.
    Seconds,
    /// Requests per second.
    Rps,
    /// Tokens.
    Tokens,
    /// Tokens per minute of a reserved unit.
    TokensPerMinute,
    /// Tokens per second.
    TokensPerSecond,
    /// Days.
    Days,
    /// Bytes.
    Bytes,
    /// Dollars.
    Usd,
    /// Unit of a limit of this kind.
    Limit(LimitKind),
}

/// Source of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// Typed into the field of this key.
    Field(&'static str),
    /// Requests per minute by a published ratio, per 1,000 tokens.
    Per1000Tokens(f64),
    /// Typed into the row of a provider.
    Input,
    /// Typed in, multiplied by the calls per request.
    InputWithCalls,
    /// Mean over the reader's workloads.
    MeanOfWorkloads,
    /// Another figure.
    Figure(FigureId),
    /// The gateways of another figure, capped at the autoscaler's maximum.
    RunningGateways,
    /// Peak rate × headroom.
    SizedRate,
    /// Seconds per day: 24 × 60 × 60.
    SecondsOfTheDay,
    /// Mean month: 365.2425 ÷ 12 days.
    MeanMonth,
    /// A plain number without a source.
    Number,
    /// The guide.
    Guide,
    /// The minimum of two in the guide's autoscaler.
    GuideAutoscaler,
    /// A row of the guide's fleet table, by name.
    GuideRow(&'static str),
    /// A control plane of the guide, by name, or the reader's.
    GuideControlPlane(&'static str),
    /// The gateway's sizing page.
    SizingPage,
    /// Mean value analysis of slots before a throughput.
    SlotsWithThroughput,
    /// Slots of the fewest gateways whose 99th percentile of waits is within these seconds, by
    /// routing.
    WaitTarget(f64, Routing),
    /// Weight over the sum of the weights.
    Weights,
    /// Where the requests go by an order of providers, and by whom each may go to.
    Places,
    /// What cache and batches leave, each try by itself.
    DirectTries,
    /// First token, output and gateway overhead of a mean request.
    Held,
    /// First token, output and gateway overhead, weighted by the providers' shares.
    HeldByShare,
    /// First token of each attempt, and output.
    HeldAtProvider,
    /// A provider's way of counting tokens.
    CountedBy {
        /// Name of the provider.
        provider: String,
        /// Source of the counting rule.
        source: &'static str,
    },
    /// A dated row of the catalogue.
    Catalogue {
        /// Name of the tier, or of the reserved unit.
        name: &'static str,
        /// Date of the row.
        as_of: &'static str,
        /// Source page.
        source: &'static str,
    },
    /// The 1 % tail of the counts in a limit's window.
    Window,
    /// Token prices, by share.
    TokenPrices,
    /// A vendor's limit over all models of an organization.
    OneOrganization,
    /// The reader's unit prices.
    UnitPrices,
    /// Measured rows of such events.
    EventRow(EventKind),
    /// A limit of 0.
    NothingAllowed,
    /// No known value.
    NoneKnown,
}

impl Expr {
    /// Value of the formula.
    pub fn value(&self) -> f64 {
        match self {
            Self::Value(term) => term.value,
            Self::Pair { left, op, right } => {
                let (left, right) = (left.value(), right.value());
                match op {
                    Op::Add => left + right,
                    Op::Subtract => left - right,
                    Op::Multiply => left * right,
                    // Without load the ratio is 0, even to a limit of 0.
                    Op::Divide if left == 0.0 => 0.0,
                    Op::Divide => left / right,
                }
            }
            Self::Ceil(inner) => f64::from(whole(inner.value())),
        }
    }

    pub(super) fn ceil(self) -> Self {
        Self::Ceil(Box::new(self))
    }

    fn pair(self, op: Op, right: Self) -> Self {
        Self::Pair {
            left: Box::new(self),
            op,
            right: Box::new(right),
        }
    }
}

impl Add for Expr {
    type Output = Self;

    fn add(self, right: Self) -> Self {
        self.pair(Op::Add, right)
    }
}

impl Sub for Expr {
    type Output = Self;

    fn sub(self, right: Self) -> Self {
        self.pair(Op::Subtract, right)
    }
}

impl Mul for Expr {
    type Output = Self;

    fn mul(self, right: Self) -> Self {
        self.pair(Op::Multiply, right)
    }
}

impl Div for Expr {
    type Output = Self;

    fn div(self, right: Self) -> Self {
        self.pair(Op::Divide, right)
    }
}
