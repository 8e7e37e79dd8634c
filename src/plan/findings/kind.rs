//! Subjects of findings, with the numbers for their words.

use super::other_model::OtherModel;
use super::price_change::PriceChange;
use super::share::{Falling, ShareOf};
use super::stuck::Stuck;
use crate::plan::{DatabasePlan, LimitUse, ReservedOffer, RuleId, TooLargeFor, ZoneDrill};
use crate::scenario::validate::Problem;

/// Subject of a finding. Its only texts are names: the reader's and the catalogue's.
#[derive(Debug, Clone, PartialEq)]
pub enum FindingKind {
    /// Fields contradict each other.
    Problem(Problem),
    /// No workload has requests.
    NoLoad,
    /// A provider without a known limit that carries load or takes it over.
    UnknownLimits {
        /// Whether it carries no load today and only takes over from others.
        is_spare: bool,
        /// Target id of the provider.
        id: String,
        /// Name of the provider.
        name: String,
        /// Model.
        model: String,
        /// Tier.
        tier: String,
    },
    /// The tightest limit of a provider.
    ProviderLimit(ProviderLimit),
    /// Requests that a provider always refuses.
    TooLarge(RefusedAlways),
    /// A workload bound to providers that do not take part.
    Nowhere {
        /// Index of the workload.
        index: usize,
        /// Name of the workload.
        workload: String,
    },
    /// A provider whose model cannot answer a workload's requests, or any requests.
    OtherModel(OtherModel),
    /// All requests go to one provider.
    NoSecondProvider,
    /// The provider loss that leaves the least room.
    ProviderLoss(ProviderLoss),
    /// A provider loss after which the slots are too few.
    SlotsLoss(SlotsLoss),
    /// A provider loss after which some requests have no provider.
    LossNowhere {
        /// Row of the lost provider.
        lost_row: u32,
        /// Name of the lost provider.
        lost: String,
        /// Share of all requests then without a provider.
        homeless_ratio: f64,
    },
    /// Requests at the peak that find no slot in time.
    Unserved(Unserved),
    /// Answers that take longer than the clients' patience.
    LateAnswers(LateAnswers),
    /// The autoscaler's maximum.
    Autoscaler(Autoscaler),
    /// An autoscaler that never adds a gateway.
    Stuck(Stuck),
    /// The disk of the stored events.
    Disk(Disk),
    /// Clients that may open more connections than are configured or allowed.
    Connections {
        /// Connections needed, configured and allowed.
        database: DatabasePlan,
        /// Replicas of the API.
        api_replicas: u32,
    },
    /// Too many connections during a rolling update at full scale only.
    ConnectionsAtFullScale {
        /// Maximum connections of the clients then.
        most: u32,
        /// Connections that the server allows.
        usable: u32,
    },
    /// The pack's audit log outgrows the disk of the events.
    AuditLog {
        /// Retention of the audit log, days.
        days: u32,
        /// Size of events kept for as long, bytes.
        bytes: f64,
        /// Size of the disk, bytes.
        disk_bytes: f64,
    },
    /// The loss of a zone.
    ZoneLoss(ZoneDrill),
    /// A full queue exceeds the wait to be kept.
    Queue {
        /// Queue length per gateway.
        size: u32,
        /// Wait of the last request in a full queue, seconds.
        wait_at_full_s: f64,
        /// Wait to be kept, seconds: the reader's target or else the clients' patience.
        stated_wait_s: f64,
        /// Whether the reader stated a target.
        is_target: bool,
    },
    /// A provider refuses requests that additional gateways cannot help.
    PodsInVain {
        /// Name of the provider.
        name: String,
        /// Multiple of today's load above which the provider refuses.
        scale: f64,
        /// The autoscaler's maximum.
        instances_max: u32,
    },
    /// Reserved units that cost less than their tokens.
    Reserve(ReservedOffer),
    /// Another split of the requests that costs less and still fits.
    CheaperSplit {
        /// Dollars saved per month.
        saved_per_month_usd: f64,
    },
    /// A model that was or will soon be shut down.
    ModelShutdown {
        /// Row of the provider.
        row: u32,
        /// Name of the provider.
        name: String,
        /// The model.
        model: String,
        /// Day of the shutdown, from the catalogue.
        on: &'static str,
        /// Whether that day has passed.
        is_gone: bool,
    },
    /// A list price that changes, or has changed.
    PriceChange(PriceChange),
    /// Limits that may have changed since they were read.
    OldLimits {
        /// Row of the provider.
        row: u32,
        /// Name of the provider.
        name: String,
        /// Tier.
        tier: String,
        /// Date on which the limits were read, from the catalogue.
        as_of: &'static str,
        /// Age of the limits, days.
        age_days: i64,
    },
    /// A limit of a provider that cannot be judged as it stands.
    Unsure(Unsure),
    /// Calls that fail after all attempts.
    Failures(Failures),
    /// Providers without a price.
    Unpriced {
        /// Names of the providers.
        names: Vec<String>,
    },
}

/// A limit of a provider that cannot be judged as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsure {
    /// Row of the provider.
    pub row: u32,
    /// Name of the provider.
    pub name: String,
    /// Model.
    pub model: String,
    /// Reason.
    pub why: UnsureWhy,
}

/// Reason why a limit cannot be judged as it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UnsureWhy {
    /// No `max_tokens` is sent, so the model's maximum output is reserved, and it is unknown.
    LongestAnswer,
    /// Spending is limited, but the tokens have no known price.
    NoPrice {
        /// Limit per month, dollars.
        month: Option<f64>,
        /// Limit in ten minutes, dollars.
        ten_minutes: Option<f64>,
    },
    /// The vendor does not publish this tier's limits on requests or tokens.
    Unpublished,
    /// The limits per minute are a baseline; requests beyond it are served if there is room.
    Baseline,
}

impl UnsureWhy {
    /// Stable name of the reason.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::LongestAnswer => "answer",
            Self::NoPrice { .. } => "price",
            Self::Unpublished => "unpublished",
            Self::Baseline => "baseline",
        }
    }
}

/// Calls that fail after all attempts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Failures {
    /// Share of requests that fail.
    pub ratio: f64,
    /// Share of calls that fail.
    pub failure_ratio: f64,
    /// Attempts per call.
    pub attempts: u32,
    /// Share of requests that the reader's goal allows to fail.
    pub goal_ratio: f64,
}

/// The tightest limit of a provider under its share of the load.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderLimit {
    /// Row of the provider.
    pub row: u32,
    /// Target id of the provider.
    pub id: String,
    /// Name of the provider.
    pub name: String,
    /// Share of the requests.
    pub share_ratio: f64,
    /// Share of the peak in its busiest stretch.
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
    /// The other limits.
    pub others: Vec<LimitUse>,
    /// The refused request, if all are refused.
    pub too_large: Option<RefusedAlways>,
    /// Maximum output that it reserves if no `max_tokens` is sent.
    pub assumed_answer: Option<f64>,
}

/// Requests that a provider always refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedAlways {
    /// Row of the provider.
    pub row: u32,
    /// Target id of the provider.
    pub id: String,
    /// Name of the provider.
    pub name: String,
    /// Model.
    pub model: String,
    /// Name of their workload.
    pub workload: String,
    /// Bound that they exceed.
    pub what: TooLargeFor,
    /// Tokens that one of them counts for.
    pub counts: f64,
    /// Maximum tokens of one request.
    pub limit: f64,
    /// Share of the provider's requests that are refused.
    pub refused_ratio: f64,
}

/// A provider that takes over from a lost one.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderLoss {
    /// Row of the lost provider.
    pub lost_row: u32,
    /// Name of the lost provider.
    pub lost: String,
    /// Share of requests still served.
    pub served_ratio: f64,
    /// Share of requests that no other provider can take.
    pub homeless_ratio: f64,
    /// How the others share the requests.
    pub falling: Falling,
    /// Requests that hang on the lost provider until the breaker opens, where they are more
    /// than the free slots.
    pub held_before_trip: Option<f64>,
    /// Row of the provider that is full first.
    pub row: u32,
    /// Name of that provider.
    pub name: String,
    /// Share of the requests it gets after the loss.
    pub share_ratio: f64,
    /// Tightest limit of the provider after the loss.
    pub used: LimitUse,
    /// Other limits of the provider after the loss.
    pub others: Vec<LimitUse>,
}

/// The gateways' slots while others take over from a lost provider.
#[derive(Debug, Clone, PartialEq)]
pub struct SlotsLoss {
    /// Row of the lost provider.
    pub lost_row: u32,
    /// Name of the lost provider.
    pub lost: String,
    /// Share of requests still served, by limits and by slots.
    pub served_ratio: f64,
    /// Requests per second at the peak that the others’ limits admit.
    pub admitted_rps: f64,
    /// Mean time in flight after the loss, seconds.
    pub time_in_flight_s: f64,
    /// Requests in flight after the loss.
    pub held: f64,
    /// Slots of the gateways running at the peak.
    pub slots: f64,
}

/// Requests at the peak that find no slot in time, although the slots suffice on average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unserved {
    /// Share of the requests.
    pub ratio: f64,
    /// Part of these that the queue refuses or drops; the other clients give up.
    pub refused_part: f64,
    /// Whether a full queue drops its oldest request for a new one.
    pub drops_oldest: bool,
    /// Queue length per gateway.
    pub queue_size: u32,
    /// Seconds after which a client gives up waiting.
    pub longest_wait_s: f64,
    /// Utilization of the slots.
    pub utilization_ratio: f64,
    /// Share of requests that the reader's goal allows.
    pub goal_ratio: f64,
}

/// Answers that take longer than the clients' patience.
#[derive(Debug, Clone, PartialEq)]
pub struct LateAnswers {
    /// Clients' timeout, seconds.
    pub timeout_s: f64,
    /// Share of the answers that take longer.
    pub over_ratio: f64,
    /// The workload with the highest such share, if there are several, and that share.
    pub worst: Option<(String, f64)>,
    /// Whether the slots are too few for the load regardless of patience.
    pub is_overload: bool,
}

/// The gateways needed, with the deciding rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Autoscaler {
    /// Gateways needed at the peak.
    pub instances: u32,
    /// The autoscaler's maximum.
    pub instances_max: u32,
    /// Headroom over the peak, a multiple.
    pub headroom: f64,
    /// Headroom at the maximum, if it is less.
    pub headroom_left: Option<f64>,
    /// Rule with the largest need.
    pub decided_by: RuleId,
    /// Slots per gateway.
    pub concurrency: u32,
    /// Mean time in flight per request, seconds.
    pub time_in_flight_s: f64,
    /// Requests in flight per gateway, if above its default capacity.
    pub concurrency_over_default: Option<f64>,
    /// Growth of the queue per minute of the peak, requests; 0 without overload.
    pub backlog_per_minute: f64,
}

/// The disk for the events.
#[derive(Debug, Clone, PartialEq)]
pub struct Disk {
    /// Size of the disk, bytes.
    pub disk_bytes: f64,
    /// Share of the disk that events fill.
    pub utilization_ratio: f64,
    /// Size of the events once the retention is reached, bytes.
    pub retained_bytes: f64,
    /// Retention of events, days.
    pub retention_days: u32,
    /// Events per day.
    pub events_per_day: f64,
    /// Bytes per event.
    pub event_bytes: f64,
    /// Dead rows that deletes leave until vacuum, as a share of the live ones.
    pub dead_ratio: f64,
    /// Days until an empty disk is full with the entered growth, if ever.
    pub full_in_days: Option<f64>,
}
