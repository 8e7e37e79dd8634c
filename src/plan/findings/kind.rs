//! What a finding is about, with the numbers its words need.

use super::other_model::OtherModel;
use super::share::{Falling, ShareOf};
use super::stuck::Stuck;
use crate::plan::{DatabasePlan, LimitUse, ReservedOffer, RuleId, TooLargeFor, ZoneDrill};
use crate::scenario::validate::Problem;

/// What a finding is about. The only texts in it are names: the reader's and the catalogue's.
#[derive(Debug, Clone, PartialEq)]
pub enum FindingKind {
    /// Fields contradict each other.
    Problem(Problem),
    /// No workload has requests.
    NoLoad,
    /// A provider that carries load, or takes it over, and of which no limit is known.
    UnknownLimits {
        /// Whether it carries nothing today: it takes what others pass on, or lose.
        is_spare: bool,
        /// Target id of the provider.
        id: String,
        /// Its name.
        name: String,
        /// Its model.
        model: String,
        /// Its tier.
        tier: String,
    },
    /// The tightest limit of a provider.
    ProviderLimit(ProviderLimit),
    /// Requests that a provider refuses always.
    TooLarge(RefusedAlways),
    /// A workload that goes to providers of which none takes part.
    Nowhere {
        /// Place of the workload in the scenario.
        index: usize,
        /// Its name.
        workload: String,
    },
    /// A provider whose model cannot answer the requests that go there, or none of all.
    OtherModel(OtherModel),
    /// All requests go to one provider.
    NoSecondProvider,
    /// The loss of a provider that leaves the least room.
    ProviderLoss(ProviderLoss),
    /// The loss of a provider after which the slots hold too little.
    SlotsLoss(SlotsLoss),
    /// The loss of a provider whose requests no other one takes.
    LossNowhere {
        /// Row of the lost provider.
        lost_row: u32,
        /// Its name.
        lost: String,
        /// Share of all requests that then go nowhere.
        homeless_ratio: f64,
    },
    /// Requests at the peak that find no slot in time.
    Unserved(Unserved),
    /// Answers that outlast the clients.
    LateAnswers(LateAnswers),
    /// The most gateways the autoscaler may run.
    Autoscaler(Autoscaler),
    /// The autoscaler, where it never adds a gateway.
    Stuck(Stuck),
    /// The disk of the stored events.
    Disk(Disk),
    /// Clients may open more connections than are configured or allowed.
    Connections {
        /// Connections needed, configured and allowed.
        database: DatabasePlan,
        /// Replicas of the API.
        api_replicas: u32,
    },
    /// Only a rolling update at full scale may open too many connections.
    ConnectionsAtFullScale {
        /// Most the clients may open then.
        most: u32,
        /// What the server lets in.
        usable: u32,
    },
    /// The audit log of the pack outgrows the disk of the events.
    AuditLog {
        /// Days the audit log is kept.
        days: u32,
        /// What events kept as long would take, bytes.
        bytes: f64,
        /// The disk, bytes.
        disk_bytes: f64,
    },
    /// The loss of a zone.
    ZoneLoss(ZoneDrill),
    /// A full queue outlasts the wait it is to keep.
    Queue {
        /// Requests that may wait in one gateway.
        size: u32,
        /// Seconds the last one in a full queue waits.
        wait_at_full_s: f64,
        /// The wait to keep, seconds: the reader's target or else the clients' patience.
        stated_wait_s: f64,
        /// Whether the reader stated a target.
        is_target: bool,
    },
    /// A provider refuses requests, and the autoscaler would add gateways in vain.
    PodsInVain {
        /// Name of the provider.
        name: String,
        /// Multiple of today's load above which it refuses.
        scale: f64,
        /// Most gateways the autoscaler may run.
        instances_max: u32,
    },
    /// Reserved units cost less than their tokens.
    Reserve(ReservedOffer),
    /// Another split of the requests costs less and still fits.
    CheaperSplit {
        /// Dollars a month it saves.
        saved_per_month_usd: f64,
    },
    /// A model that was or soon will be shut down.
    ModelShutdown {
        /// Row of the provider.
        row: u32,
        /// Its name.
        name: String,
        /// The model.
        model: String,
        /// Day of the shutdown, as the catalogue gives it.
        on: &'static str,
        /// Whether that day has passed.
        is_gone: bool,
    },
    /// Limits that were read so long ago that they may have changed.
    OldLimits {
        /// Row of the provider.
        row: u32,
        /// Its name.
        name: String,
        /// Its tier.
        tier: String,
        /// When the limits were read, as the catalogue gives it.
        as_of: &'static str,
        /// Days since then.
        age_days: i64,
    },
    /// A limit of a provider that cannot be judged as it stands.
    Unsure(Unsure),
    /// Calls that fail after all tries.
    Failures(Failures),
    /// Providers without a price.
    Unpriced {
        /// Their names.
        names: Vec<String>,
    },
}

/// A limit of a provider that cannot be judged as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsure {
    /// Row of the provider.
    pub row: u32,
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: String,
    /// Why.
    pub why: UnsureWhy,
}

/// Why a limit cannot be judged as it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UnsureWhy {
    /// The longest answer is reserved where no `max_tokens` is sent, and it is not known.
    LongestAnswer,
    /// Spending is limited, and nothing has a price: dollars a month and in ten minutes.
    NoPrice {
        /// A month.
        month: Option<f64>,
        /// In ten minutes.
        ten_minutes: Option<f64>,
    },
    /// The vendor publishes no limit on requests or tokens of this tier, although it has some.
    Unpublished,
    /// The limits per minute are a baseline, beyond which requests are served where there is room.
    Baseline,
}

impl UnsureWhy {
    /// Stable word of it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::LongestAnswer => "answer",
            Self::NoPrice { .. } => "price",
            Self::Unpublished => "unpublished",
            Self::Baseline => "baseline",
        }
    }
}

/// Calls that fail after all tries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Failures {
    /// Share of the requests.
    pub ratio: f64,
    /// Share of the calls that fail.
    pub failure_ratio: f64,
    /// Tries of a call.
    pub attempts: u32,
    /// Share of the requests that the reader's goal allows.
    pub goal_ratio: f64,
}

/// The tightest limit of a provider under its share of the load.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderLimit {
    /// Row of the provider.
    pub row: u32,
    /// Its target id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its share of the requests.
    pub share_ratio: f64,
    /// Its share of the peak in its busiest stretch.
    pub peak_share_ratio: f64,
    /// Of which requests these are shares.
    pub of: ShareOf,
    /// Calls per second at the peak.
    pub rps: f64,
    /// Whether these are more than its requests, because some are tried again.
    pub with_retries: bool,
    /// Whether it is full before the others, so that other splits are tried against it.
    pub is_first: bool,
    /// The tightest limit.
    pub used: LimitUse,
    /// Its other limits.
    pub others: Vec<LimitUse>,
    /// The request that it refuses, where it refuses all.
    pub too_large: Option<RefusedAlways>,
    /// Longest answer that it reserves where no `max_tokens` is sent.
    pub assumed_answer: Option<f64>,
}

/// Requests that a provider refuses always, however few they are.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedAlways {
    /// Row of the provider.
    pub row: u32,
    /// Its target id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: String,
    /// The workload they belong to.
    pub workload: String,
    /// What they are too large for.
    pub what: TooLargeFor,
    /// Tokens one of them counts for.
    pub counts: f64,
    /// Tokens it may count for.
    pub limit: f64,
    /// Share of the provider's requests that it refuses so.
    pub refused_ratio: f64,
}

/// A provider that takes over from one that is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderLoss {
    /// Row of the lost provider.
    pub lost_row: u32,
    /// Its name.
    pub lost: String,
    /// Share of the requests that can still be served.
    pub served_ratio: f64,
    /// Share of the requests that none of the others ever takes.
    pub homeless_ratio: f64,
    /// How the others share the requests.
    pub falling: Falling,
    /// Requests that hang on the lost provider until the breaker opens, where they are more
    /// than the free slots.
    pub held_before_trip: Option<f64>,
    /// Row of the one that is full first.
    pub row: u32,
    /// Its name.
    pub name: String,
    /// Its share of the requests then.
    pub share_ratio: f64,
    /// Its tightest limit then.
    pub used: LimitUse,
    /// Its other limits then.
    pub others: Vec<LimitUse>,
}

/// The slots of the gateways while others take over from a lost provider.
#[derive(Debug, Clone, PartialEq)]
pub struct SlotsLoss {
    /// Row of the lost provider.
    pub lost_row: u32,
    /// Its name.
    pub lost: String,
    /// Share of the requests that can still be served, by limits and by slots.
    pub served_ratio: f64,
    /// Requests per second at the peak.
    pub peak_rps: f64,
    /// Mean time a request is then held, seconds.
    pub time_in_flight_s: f64,
    /// Requests that would be held.
    pub held: f64,
    /// Slots of the gateways that run at the peak.
    pub slots: f64,
}

/// Requests at the peak that find no slot in time, though the slots are as many as are held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unserved {
    /// Share of the requests.
    pub ratio: f64,
    /// Part of these that the queue turns away or drops; the clients of the others give up.
    pub refused_part: f64,
    /// Whether a full queue drops its oldest request for a new one.
    pub drops_oldest: bool,
    /// Requests that may wait in one gateway.
    pub queue_size: u32,
    /// Seconds after which a client gives up waiting.
    pub longest_wait_s: f64,
    /// Share of the slots in use.
    pub utilization_ratio: f64,
    /// Share of the requests that the reader's goal allows.
    pub goal_ratio: f64,
}

/// Answers against the clients' patience.
#[derive(Debug, Clone, PartialEq)]
pub struct LateAnswers {
    /// When clients give up, seconds.
    pub timeout_s: f64,
    /// Share of the answers that take longer.
    pub over_ratio: f64,
    /// The workload whose answers do so most often, where there are several, and its share.
    pub worst: Option<(String, f64)>,
    /// Whether the slots are too few for the load, whatever the patience.
    pub is_overload: bool,
}

/// The gateways needed, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Autoscaler {
    /// Needed at the peak.
    pub instances: u32,
    /// Most that may run.
    pub instances_max: u32,
    /// Headroom over the peak, a multiple.
    pub headroom: f64,
    /// The headroom that the most gateways leave, where that is less.
    pub headroom_left: Option<f64>,
    /// The rule that asks for most.
    pub decided_by: RuleId,
    /// Slots of each.
    pub concurrency: u32,
    /// Mean time a request is held, seconds.
    pub time_in_flight_s: f64,
    /// Requests one gateway holds at once, where they are more than it takes by default.
    pub concurrency_over_default: Option<f64>,
    /// Requests by which the queue grows each minute of the peak, in overload; else 0.
    pub backlog_per_minute: f64,
}

/// The disk and the events on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Disk {
    /// The disk, bytes.
    pub disk_bytes: f64,
    /// Share of it that the events fill.
    pub utilization_ratio: f64,
    /// The events once the retention is reached, bytes.
    pub retained_bytes: f64,
    /// Days events are kept.
    pub retention_days: u32,
    /// Events a day.
    pub events_per_day: f64,
    /// Bytes of one event.
    pub event_bytes: f64,
    /// Dead rows that deletes leave until vacuum, as a share of the live ones.
    pub dead_ratio: f64,
    /// Days until the disk is full with the entered growth, from empty, if it ever is.
    pub full_in_days: Option<f64>,
}
