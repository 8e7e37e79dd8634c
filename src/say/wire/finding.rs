//! Verdict, findings and fixes, with their words.

use serde::Serialize;

use crate::plan::{self, FindingKind, Severity, VerdictState};
use crate::say::verdict::{self, Broken};
use crate::say::words;
use crate::say::{finding, fix};

/// The answer in a sentence.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Verdict {
    /// Whether it fits.
    state: VerdictState,
    /// The state in words.
    label: String,
    /// The sentence.
    text: String,
    /// What else matters, in one or two sentences.
    more: String,
    /// The simulated day in a sentence, where it breaks its goals.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
}

impl Verdict {
    pub(super) fn of(plan: &plan::Plan) -> Self {
        Self {
            state: plan.verdict.state,
            label: verdict::label(&plan.verdict),
            text: verdict::text(plan),
            more: verdict::more(plan),
            day: None,
        }
    }

    /// The same with what does not fit beside the peak, and the line of a simulated day that
    /// breaks its goals.
    pub(super) fn with(self, plan: &plan::Plan, broken: Broken, day: Option<&str>) -> Self {
        Self {
            state: self.state.with_day(broken.is_any()),
            label: verdict::label_with(&plan.verdict, broken),
            text: verdict::text_with(plan, broken),
            day: day.map(str::to_owned),
            ..self
        }
    }
}

/// Something the reader should know.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Finding {
    /// Stable name, for programs and tests.
    id: String,
    /// What it is about: the same for all providers.
    kind: Kind,
    /// How urgent it is.
    severity: Severity,
    /// The constraint, in a few words.
    title: String,
    /// How full it is, in a few words.
    status: String,
    /// Why, with the reader's own numbers.
    message: String,
    /// Multiple of today's load at which it breaks.
    breaks_at_scale: Option<f64>,
    /// Months of growth until then.
    breaks_in_months: Option<f64>,
    /// That date, as month and year.
    breaks_on: Option<String>,
    /// Day on which capacity must be ordered to be there by then; today if that has passed.
    order_by: Option<String>,
    /// Whether that day has passed, so that what is ordered today comes late.
    order_is_late: bool,
    /// Changes that would help, cheapest first.
    fixes: Vec<Fix>,
}

impl From<&plan::Finding> for Finding {
    fn from(it: &plan::Finding) -> Self {
        let order = it.when.order;
        Self {
            id: it.kind.id().into_owned(),
            kind: Kind::from(&it.kind),
            severity: it.severity,
            title: finding::title(&it.kind),
            status: finding::status(&it.kind),
            message: finding::message(&it.kind),
            breaks_at_scale: it.scale,
            breaks_in_months: it.when.in_months,
            breaks_on: it.when.on.map(words::month_year),
            order_by: order.map(|order| words::day_of(order.by)),
            order_is_late: order.is_some_and(|order| order.is_late),
            fixes: it.fixes.iter().map(Fix::from).collect(),
        }
    }
}

/// A change that would help.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Fix {
    /// What to change.
    label: String,
    /// What it brings and what it costs.
    effect: String,
}

impl From<&plan::Fix> for Fix {
    fn from(it: &plan::Fix) -> Self {
        Self {
            label: fix::label(&it.change),
            effect: fix::effect(&it.effect),
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// Fields contradict each other.
    Problem,
    /// No workload has requests.
    NoLoad,
    /// A provider that carries load and of which no limit is known.
    UnknownLimits,
    /// The tightest limit of a provider.
    ProviderLimit,
    /// Requests that a provider refuses always.
    TooLarge,
    /// A workload that goes to providers of which none takes part.
    Nowhere,
    /// A provider whose model cannot answer the requests that go there, or none of all.
    OtherModel,
    /// All requests go to one provider.
    NoSecondProvider,
    /// The loss of a provider that leaves the least room.
    ProviderLoss,
    /// The loss of a provider after which the slots hold too little.
    SlotsLoss,
    /// The loss of a provider whose requests no other one takes.
    LossNowhere,
    /// Requests at the peak that find no slot in time.
    Unserved,
    /// Answers that outlast the clients.
    LateAnswers,
    /// The most gateways the autoscaler may run.
    Autoscaler,
    /// The autoscaler, where it never adds a gateway.
    Stuck,
    /// The disk of the stored events.
    Disk,
    /// Clients may open more connections than are configured or allowed.
    Connections,
    /// Only a rolling update at full scale may open too many connections.
    ConnectionsAtFullScale,
    /// The audit log of the pack outgrows the disk of the events.
    AuditLog,
    /// The loss of a zone.
    ZoneLoss,
    /// A full queue outlasts the wait it is to keep.
    Queue,
    /// A provider refuses requests, and the autoscaler would add gateways in vain.
    PodsInVain,
    /// Reserved units cost less than their tokens.
    Reserve,
    /// Another split of the requests costs less and still fits.
    CheaperSplit,
    /// A model that was or soon will be shut down.
    ModelShutdown,
    /// A list price that changes, or has changed since it was read.
    PriceChange,
    /// Limits that were read so long ago that they may have changed.
    OldLimits,
    /// A limit of a provider that cannot be judged as it stands.
    Unsure,
    /// Calls that fail after all tries.
    Failures,
    /// Providers without a price.
    Unpriced,
}

impl From<&FindingKind> for Kind {
    fn from(kind: &FindingKind) -> Self {
        match kind {
            FindingKind::Problem(_) => Self::Problem,
            FindingKind::NoLoad => Self::NoLoad,
            FindingKind::UnknownLimits { .. } => Self::UnknownLimits,
            FindingKind::ProviderLimit(_) => Self::ProviderLimit,
            FindingKind::TooLarge(_) => Self::TooLarge,
            FindingKind::Nowhere { .. } => Self::Nowhere,
            FindingKind::OtherModel(_) => Self::OtherModel,
            FindingKind::NoSecondProvider => Self::NoSecondProvider,
            FindingKind::ProviderLoss(_) => Self::ProviderLoss,
            FindingKind::SlotsLoss(_) => Self::SlotsLoss,
            FindingKind::LossNowhere { .. } => Self::LossNowhere,
            FindingKind::Unserved(_) => Self::Unserved,
            FindingKind::LateAnswers(_) => Self::LateAnswers,
            FindingKind::Autoscaler(_) => Self::Autoscaler,
            FindingKind::Stuck(_) => Self::Stuck,
            FindingKind::Disk(_) => Self::Disk,
            FindingKind::Connections { .. } => Self::Connections,
            FindingKind::ConnectionsAtFullScale { .. } => Self::ConnectionsAtFullScale,
            FindingKind::AuditLog { .. } => Self::AuditLog,
            FindingKind::ZoneLoss(_) => Self::ZoneLoss,
            FindingKind::Queue { .. } => Self::Queue,
            FindingKind::PodsInVain { .. } => Self::PodsInVain,
            FindingKind::Reserve(_) => Self::Reserve,
            FindingKind::CheaperSplit { .. } => Self::CheaperSplit,
            FindingKind::ModelShutdown { .. } => Self::ModelShutdown,
            FindingKind::PriceChange(_) => Self::PriceChange,
            FindingKind::OldLimits { .. } => Self::OldLimits,
            FindingKind::Unsure(_) => Self::Unsure,
            FindingKind::Failures(_) => Self::Failures,
            FindingKind::Unpriced { .. } => Self::Unpriced,
        }
    }
}
