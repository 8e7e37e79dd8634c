//! A formula as a tree that can be worked out and read.

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
    /// Two formulas and what is done with them.
    Pair {
        /// What stands first.
        left: Box<Expr>,
        /// What is done.
        op: Op,
        /// What stands second.
        right: Box<Expr>,
    },
    /// Rounded up to whole machines.
    Ceil(Box<Expr>),
}

/// What is done with two values.
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

/// A value of a formula and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What it is.
    pub id: TermId,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: Unit,
    /// Where it comes from.
    pub source: Source,
}

impl Term {
    /// Key of the field it was typed into, if it has one of its own.
    pub fn field(&self) -> Option<&'static str> {
        match self.source {
            Source::Field(key) => Some(key),
            _ => None,
        }
    }
}

/// What a value of a formula is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermId {
    /// Requests a day.
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
    /// Mean tokens of a request.
    TokensOfARequest,
    /// A provider's share of the requests.
    ShareOfTheRequests,
    /// Calls to providers for each request.
    CallsOfARequest,
    /// Seconds a request is held at its provider.
    TimeAtTheProvider,
    /// Tokens of a request as its provider counts them.
    TokensCounted,
    /// Units of reserved throughput.
    Units,
    /// Tokens per minute one of them carries.
    InputOfAUnit,
    /// A limit.
    Limit,
    /// All limits.
    Limits,
    /// Minutes over which spending is judged.
    MinutesJudged,
    /// Dollars of a request.
    CostOfARequest,
    /// Dollars that the other rows of an organization spend.
    SpentByOthers,
    /// Counted of the other rows under one limit.
    CountedOfOthers,
    /// Share of a limit that bursts leave.
    LeftByBursts,
    /// The fewest gateways.
    Least,
    /// Spare capacity over the peak.
    Headroom,
    /// Seconds a request is held.
    TimeInFlight,
    /// Requests one gateway holds at once.
    SlotsEach,
    /// Requests per second of one gateway.
    ThroughputOfOne,
    /// Tokens per second of one gateway.
    TokensOfOne,
    /// Share of the requests that go to a provider at once.
    GoToAProvider,
    /// Chance that a try fails.
    FailingTry,
    /// Slots that keep the wait target.
    SlotsThatKeepTheWait,
    /// Instances at the start of a row of the guide.
    RowBeginsWith,
    /// Rate at the start of a row of the guide.
    RowBeginsAt,
    /// Width of a row of the guide.
    RowIsWide,
    /// Instances a row of the guide adds.
    RowAdds,
    /// Peak × headroom.
    SizedFor,
    /// Requests held at the peak.
    RequestsInFlight,
    /// Gateways.
    Gateways,
    /// Bytes of an event.
    EventSize,
    /// Days an event is kept.
    Retention,
    /// Replicas of the API.
    ApiReplicas,
    /// Connections of each replica.
    EachReplica,
    /// Connections of each gateway.
    EachGateway,
    /// Processes of each API replica.
    Processes,
    /// Connections a process may open beside its pool.
    PoolOverflow,
    /// Connections a pooler opens.
    Pooler,
    /// Background workers.
    Workers,
    /// Connections of each worker.
    EachWorker,
    /// Connections kept free.
    Spare,
    /// Dollars a month for tokens.
    Tokens,
    /// Dollars a month for machines and disk.
    Infrastructure,
    /// Dollars a month for everything.
    CostPerMonth,
}

/// What a value is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A plain number.
    One,
    /// Each day.
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
    /// What such a limit counts.
    Limit(LimitKind),
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// Typed into the field of this key.
    Field(&'static str),
    /// Requests a minute by a published ratio: so many for each 1,000 tokens.
    Per1000Tokens(f64),
    /// Typed into the row of a provider.
    Input,
    /// Typed in, each request with the calls it sets off.
    InputWithCalls,
    /// The mean of the reader's workloads.
    MeanOfWorkloads,
    /// Another figure.
    Figure(FigureId),
    /// The gateways of that figure, no more than the autoscaler's maximum.
    RunningGateways,
    /// Peak rate × headroom.
    SizedRate,
    /// The clock: 24 × 60 × 60.
    SecondsOfTheDay,
    /// The calendar: 365.2425 ÷ 12.
    MeanMonth,
    /// A plain number, which comes from nowhere.
    Number,
    /// The guide.
    Guide,
    /// The guide's autoscaler, which keeps two.
    GuideAutoscaler,
    /// A row of the guide's fleet table, by its name.
    GuideRow(&'static str),
    /// A control plane of the guide, by its name, or the reader.
    GuideControlPlane(&'static str),
    /// The gateway's page about sizing.
    SizingPage,
    /// Slots of the fewest gateways at which 99 of 100 requests wait no longer than these
    /// seconds, by the way requests reach them.
    WaitTarget(f64, Routing),
    /// Weight over the sum of the weights.
    Weights,
    /// Where the requests go by an order of providers, and by whom each may go to.
    Places,
    /// What cache and batches leave, each try by itself.
    DirectTries,
    /// First token, output and the gateway's own time, of a mean request.
    Held,
    /// The same by the providers' shares.
    HeldByShare,
    /// First token of each try, and output.
    HeldAtProvider,
    /// A provider, as it counts tokens.
    CountedBy {
        /// Its name.
        provider: String,
        /// Where its way of counting is published.
        source: &'static str,
    },
    /// A dated row of the catalogue.
    Catalogue {
        /// Name of the tier, or of the reserved unit.
        name: &'static str,
        /// Its date.
        as_of: &'static str,
        /// Where it was read.
        source: &'static str,
    },
    /// A hundredth chance that the counts of a limit's window pass it.
    Window,
    /// Token prices, by share.
    TokenPrices,
    /// A vendor holds all models of an organization to one limit.
    OneOrganization,
    /// The reader's unit prices.
    UnitPrices,
    /// Measured rows of such an event.
    EventRow(EventKind),
    /// Nothing is allowed.
    NothingAllowed,
    /// None is known.
    NoneKnown,
}

impl Expr {
    /// What it comes to.
    pub fn value(&self) -> f64 {
        match self {
            Self::Value(term) => term.value,
            Self::Pair { left, op, right } => {
                let (left, right) = (left.value(), right.value());
                match op {
                    Op::Add => left + right,
                    Op::Subtract => left - right,
                    Op::Multiply => left * right,
                    // No load is no share of any limit, not even of a limit of nothing.
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
