//! Findings: title, status, reason and dates.

mod platform;
mod price;
mod provider;
mod unsure;

pub(super) use provider::{is_closed, status as limit_status};

use super::problem;
use crate::model::limit::holds;
use crate::plan::{Finding, FindingKind, Group, LimitKind, Severity, When};
use crate::say::words;
use crate::scenario::number::grouped;

/// Whether the finding is about a monthly volume, which does not depend on the peak.
pub(super) fn is_monthly(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::ProviderLimit(limit) if limit.used.kind.is_of_month())
}

/// Whether the finding is about monthly spending.
pub(super) fn is_spending(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::ProviderLimit(limit) if limit.used.kind == LimitKind::SpendMonth)
}

/// Whether the finding is about a daily volume, which does not depend on the peak.
pub(super) fn is_daily(kind: &FindingKind) -> bool {
    let is_daily = |kind: LimitKind| kind.is_of_volume() && !kind.is_of_month();
    matches!(kind, FindingKind::ProviderLimit(limit) if is_daily(limit.used.kind))
}

/// Load that a finding's multiple refers to.
pub(super) fn load(kind: &FindingKind) -> &'static str {
    if is_monthly(kind) || is_daily(kind) {
        "today’s load"
    } else {
        "today’s peak"
    }
}

/// Title of a group of findings.
pub const fn group(group: Group) -> &'static str {
    match group {
        Group::Now => "Now",
        Group::Quarter => "Within three months",
        Group::Later => "Later, or with more load",
        Group::Risk => "If something fails",
        Group::Note => "Notes",
    }
}

/// Title: the constraint in a few words.
pub fn title(kind: &FindingKind) -> String {
    match kind {
        FindingKind::Problem(problem) => problem::title(*problem).to_owned(),
        FindingKind::NoLoad => "No requests yet".to_owned(),
        FindingKind::UnknownLimits { name, .. } => [name, "’s limits are unknown"].concat(),
        FindingKind::ProviderLimit(limit) => [&limit.name, " ", &limit.used.noun()].concat(),
        FindingKind::TooLarge(refused) => {
            [&refused.name, " refuses “", &refused.workload, "”"].concat()
        }
        FindingKind::Nowhere { workload, .. } => ["“", workload, "” goes nowhere"].concat(),
        FindingKind::OtherModel(other) => provider::other_model_title(other),
        FindingKind::NoSecondProvider => "No second provider".to_owned(),
        FindingKind::ProviderLoss(loss) => [&loss.name, ", if ", &loss.lost, " is lost"].concat(),
        FindingKind::SlotsLoss(loss) => ["Slots, if ", &loss.lost, " is lost"].concat(),
        FindingKind::LossNowhere { lost, .. } => ["Requests of ", lost, ", if it is lost"].concat(),
        FindingKind::Unserved(_) => "Requests without a slot in time".to_owned(),
        FindingKind::LateAnswers(_) => "Answers outlast clients’ patience".to_owned(),
        FindingKind::Autoscaler(autoscaler) => {
            ["HPA maximum of ", &autoscaler.instances_max.to_string()].concat()
        }
        FindingKind::Stuck(_) => "The autoscaler never grows".to_owned(),
        FindingKind::Disk(disk) => ["PostgreSQL disk, ", &words::bytes(disk.disk_bytes)].concat(),
        FindingKind::Connections { .. } => "Database connections".to_owned(),
        FindingKind::ConnectionsAtFullScale { .. } => {
            "Database connections at full scale".to_owned()
        }
        FindingKind::AuditLog { .. } => "The audit log outgrows the disk".to_owned(),
        FindingKind::ZoneLoss(drill) => ["Loss of ", &zone(drill.zones)].concat(),
        FindingKind::Queue { is_target, .. } => platform::queue_title(*is_target).to_owned(),
        FindingKind::PodsInVain { .. } => "More gateways cannot help".to_owned(),
        FindingKind::Reserve(offer) => [&offer.name, " reserved would cost less"].concat(),
        FindingKind::CheaperSplit { .. } => "A cheaper split would fit".to_owned(),
        FindingKind::ModelShutdown {
            name,
            model,
            on,
            is_gone,
            ..
        } => {
            let verb = if *is_gone { "was shut down" } else { "ends" };
            let date = words::day_month_year(on);
            [name, ": ", model, " ", verb, " on ", &date].concat()
        }
        FindingKind::PriceChange(change) => price::title(change),
        FindingKind::OldLimits { name, .. } => [name, " limits are old"].concat(),
        FindingKind::Unsure(unsure) => unsure::title(unsure),
        FindingKind::Failures(_) => "Calls fail after all tries".to_owned(),
        FindingKind::Unpriced { .. } => "Cost is incomplete".to_owned(),
    }
}

/// The finding in a short sentence, with its extent.
pub(super) fn sentence(kind: &FindingKind) -> String {
    let status = status(kind);
    match kind {
        FindingKind::LateAnswers(_) => status + " of answers arrive after clients give up.",
        FindingKind::Unserved(_) => status + " of requests find no slot in time.",
        FindingKind::Failures(_) => status + " of requests fail after all tries.",
        FindingKind::Disk(disk) => {
            let size = words::bytes(disk.disk_bytes);
            [
                "Stored events take ",
                &status,
                " of the PostgreSQL disk of ",
                &size,
                ".",
            ]
            .concat()
        }
        kind if status.is_empty() => title(kind) + ".",
        kind => [&title(kind), ": ", &status, "."].concat(),
    }
}

/// Title after a colon, in lower case unless it starts with a name.
pub fn clause(kind: &FindingKind) -> String {
    match kind {
        FindingKind::Problem(problem) => problem::clause(*problem).to_owned(),
        FindingKind::Connections { .. } => "database connections".to_owned(),
        FindingKind::LateAnswers(_) => "answers outlast clients’ patience".to_owned(),
        FindingKind::Unserved(_) => "requests without a slot in time".to_owned(),
        FindingKind::Failures(_) => "calls fail after all tries".to_owned(),
        // Titles of other failures start with a name.
        _ => title(kind),
    }
}

/// Status: how full the constraint is, in a few words; may be empty.
pub fn status(kind: &FindingKind) -> String {
    match kind {
        FindingKind::ProviderLimit(limit) => provider::status(&limit.used),
        FindingKind::ProviderLoss(loss) => provider::status(&loss.used),
        FindingKind::SlotsLoss(loss) => platform::slots_status(loss),
        FindingKind::LossNowhere { homeless_ratio, .. } => {
            words::percent(*homeless_ratio) + " go nowhere"
        }
        FindingKind::Unserved(unserved) => words::percent(unserved.ratio),
        FindingKind::Failures(failures) => words::percent(failures.ratio),
        FindingKind::LateAnswers(late) => words::percent(late.over_ratio),
        FindingKind::Autoscaler(autoscaler) => {
            words::short(f64::from(autoscaler.instances)) + " needed"
        }
        FindingKind::Stuck(stuck) => format!("{} of {} needed", stuck.pods, stuck.needed),
        FindingKind::Disk(disk) => words::percent(disk.utilization_ratio),
        FindingKind::Connections { database, .. } => platform::connections_status(database),
        FindingKind::ConnectionsAtFullScale { most, usable } => {
            let [most, usable] = [most, usable].map(|count| grouped(f64::from(*count)));
            format!("{most} possible, {usable} allowed")
        }
        FindingKind::ZoneLoss(drill) => platform::zone_status(drill),
        _ => String::new(),
    }
}

/// Reason, with the reader's numbers.
pub fn message(kind: &FindingKind) -> String {
    match kind {
        FindingKind::Problem(problem) => problem::message(*problem),
        FindingKind::NoLoad => "Give a workload some requests to see what they need.".to_owned(),
        FindingKind::UnknownLimits {
            model,
            tier,
            is_spare,
            ..
        } => provider::unknown(model, tier, *is_spare),
        FindingKind::ProviderLimit(limit) => provider::limit(limit),
        FindingKind::TooLarge(refused) => provider::too_large(refused),
        FindingKind::Nowhere { .. } => provider::NOWHERE.to_owned(),
        FindingKind::OtherModel(other) => provider::other_model(other),
        FindingKind::NoSecondProvider => provider::NO_SECOND.to_owned(),
        FindingKind::ProviderLoss(loss) => provider::loss(loss),
        FindingKind::SlotsLoss(loss) => platform::slots_loss(loss),
        FindingKind::LossNowhere {
            lost,
            homeless_ratio,
            ..
        } => provider::loss_nowhere(lost, *homeless_ratio),
        FindingKind::Unserved(unserved) => platform::unserved(unserved),
        FindingKind::LateAnswers(late) => platform::late_answers(late),
        FindingKind::Autoscaler(autoscaler) => platform::autoscaler(autoscaler),
        FindingKind::Stuck(stuck) => platform::stuck(stuck),
        FindingKind::Disk(disk) => platform::disk(disk),
        FindingKind::Connections {
            database,
            api_replicas,
        } => platform::connections(database, *api_replicas),
        FindingKind::ConnectionsAtFullScale { most, usable } => {
            platform::connections_at_full_scale(*most, *usable)
        }
        FindingKind::AuditLog {
            days,
            bytes,
            disk_bytes,
        } => platform::audit_log(*days, *bytes, *disk_bytes),
        FindingKind::ZoneLoss(drill) => platform::zone(drill),
        FindingKind::Queue {
            size,
            wait_at_full_s,
            stated_wait_s,
            is_target,
        } => platform::queue(*size, *wait_at_full_s, *stated_wait_s, *is_target),
        FindingKind::PodsInVain {
            name,
            scale,
            instances_max,
        } => provider::pods_in_vain(name, *scale, *instances_max),
        FindingKind::Reserve(offer) => provider::reserve(offer),
        FindingKind::CheaperSplit {
            saved_per_month_usd,
        } => provider::cheaper_split(*saved_per_month_usd),
        FindingKind::ModelShutdown { .. } => "Pick a replacement model.".to_owned(),
        FindingKind::PriceChange(change) => price::message(change),
        FindingKind::OldLimits {
            name,
            tier,
            as_of,
            age_days,
            ..
        } => provider::old_limits(name, tier, as_of, *age_days),
        FindingKind::Unsure(unsure) => unsure::message(unsure),
        FindingKind::Failures(failures) => platform::failures(failures),
        FindingKind::Unpriced { names } => provider::unpriced(names),
    }
}

/// Date of an existing failure.
pub const TODAY: &str = "today";

/// Date at which it breaks, as far as growth tells: `today`, or month and year.
pub fn due(finding: &Finding) -> Option<String> {
    match finding.scale {
        Some(scale) if !holds(scale) => Some(TODAY.to_owned()),
        _ => finding.when.on.map(words::month_year),
    }
}

/// Order date, as a sentence after the reason; empty if nothing is to be ordered.
pub fn order(when: &When) -> String {
    match when.order {
        Some(order) if order.is_late => {
            " Order more now: the lead time is longer than what is left.".to_owned()
        }
        Some(order) => {
            let day = words::day_of(order.by);
            [" Order more by ", &day, " to have it in time."].concat()
        }
        None => String::new(),
    }
}

/// Reason why no fix is offered, as a sentence; empty if one is, or if the message itself names the
/// remedy.
pub fn no_fix(finding: &Finding) -> &'static str {
    if !finding.fixes.is_empty() || finding.severity == Severity::Info {
        return "";
    }
    match &finding.kind {
        FindingKind::ProviderLimit(limit) if limit.too_large.is_none() && !limit.is_first => {
            " No higher tier is known: ask for a higher limit, send less there, or add a provider."
        }
        FindingKind::ProviderLimit(limit) if limit.too_large.is_none() => {
            " No higher tier is known and no other split holds more: ask for a higher limit, or \
             add a provider."
        }
        FindingKind::ProviderLoss(_) => {
            " No higher tier is known: ask for a higher limit, or add a provider."
        }
        FindingKind::TooLarge(_) | FindingKind::ProviderLimit(_) => {
            " No higher tier takes it: send shorter requests, or choose a model with more room."
        }
        FindingKind::Autoscaler(_)
        | FindingKind::ZoneLoss(_)
        | FindingKind::SlotsLoss(_)
        | FindingKind::Unserved(_) => " No number of gateways that can be set holds it.",
        FindingKind::Disk(_) => " No size of the guide has a disk that large: keep events shorter.",
        FindingKind::LateAnswers(late) if late.is_overload => {
            " The slots are too few for this load, and the queue grows until it is full: run more \
             gateways first. A longer timeout only lets more requests wait."
        }
        FindingKind::LateAnswers(_) => " No timeout that can be set is long enough.",
        _ => "",
    }
}

/// One of the zones.
pub(super) fn zone(zones: u32) -> String {
    format!("one of {zones} zones")
}

#[cfg(test)]
mod tests;
