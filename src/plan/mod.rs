//! The answer: `evaluate` turns a scenario into a `Plan`, one file per chapter.
//!
//! `chapters` counts what findings are made from; `answer` adds findings, fixes and figures.

mod account;
mod admission;
mod allowed;
mod answer;
mod carried;
mod chapters;
mod checklist;
mod clients;
mod control_plane;
mod cost;
mod counted;
mod counting;
mod course;
mod curve;
mod database;
mod dated;
mod day;
mod demand;
mod depth;
mod drill;
mod explain;
mod fates;
mod findings;
mod fixes;
mod fleet;
mod left;
mod limit_kind;
mod limits;
mod list_price;
mod load;
mod mates;
mod measured;
mod member;
mod minute;
mod mix;
mod month;
mod names;
mod notes;
mod patience;
mod places;
mod pods;
mod providers;
mod queueing;
mod quota;
mod recount;
mod refused;
mod reserved;
mod routing;
mod rows;
mod rule;
mod scale;
mod served;
mod settled;
mod shares;
mod sizing;
mod spill;
mod spilled;
mod spread;
mod standing;
mod storage;
mod streams;
mod stretch;
mod tested;
mod times;
pub mod uncertainty;
mod verdict;
pub mod what_if;
mod zone_drill;

pub use admission::{TooLarge, TooLargeFor, size_refusals};
pub use answer::{Plan, evaluate, outline};
pub use carried::Few;
pub use checklist::{Answer, Check, CheckId, Detail};
pub use control_plane::{ControlPlanePlan, SizeReason};
pub use cost::{CostPlan, CurvePoint, NamedCost};
pub use database::DatabasePlan;
pub use dated::oldest_limit;
pub use day::{DayPlan, gateways_needed};
pub use demand::{Demand, WorkloadDemand};
pub use drill::{Drill, DrillRow};
pub use explain::{
    Aside, Expr, Figure, FigureId, Fullness, Op, Source, Term, TermId, Unit, formula,
};
pub use findings::{
    Autoscaler, Disk, Failures, Falling, Finding, FindingKind, Group, LateAnswers, Order,
    OtherModel, PriceChange, ProviderLimit, ProviderLoss, RefusedAlways, Severity, ShareOf,
    SlotsLoss, Stuck, StuckBy, Unserved, Unsure, UnsureWhy, When,
};
pub use fixes::{Change, Connections, Effect, Fix, Holder, Holds, UpSteps};
pub use fleet::{FleetRule, GatewayPlan};
pub use limit_kind::LimitKind;
pub use limits::{LimitState, LimitUse, tightest};
pub use measured::{
    ErrorOf, Judged, LARGE_ERROR_RATIO, Minutes, ModelError, NearLimit, errors_of, is_over,
    model_errors, near_limits,
};
pub use mix::bring as bring_mix;
pub use month::SpentMonth;
pub use notes::NoteId;
pub use patience::{NEAR_RATIO, Patience, answer_times};
pub use providers::ProviderPlan;
pub use queueing::QueuePlan;
pub use quota::{
    CallCount, CallLimit, CallLimits, RowCount, Weights, WhenCounted, at_once_with, call_limits,
};
pub use reserved::ReservedOffer;
pub use routing::{RoutingOption, RoutingPlan, Split};
pub use rule::RuleId;
pub use spread::{bring as bring_places, is_missed};
pub use storage::{DiskFill, EventSize, StoragePlan, StoragePoint};
pub use tested::{Tested, tested};
pub use verdict::{Reason, Verdict, VerdictState};
pub use zone_drill::ZoneDrill;

pub(crate) use chapters::Chapters;
pub(crate) use depth::{Depth, Outline, Undrilled, Whole};
