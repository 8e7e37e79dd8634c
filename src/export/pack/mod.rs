//! `policy-config.yaml`: the gateway's pack with targets, limits, weights and queue.
//!
//! The gateway's pages disagree on keys and places, so there are two dialects; each file begins
//! with the command that shows which one applies. `place` maps facts to paths; this module writes
//! their values.

pub mod place;
mod tree;

use std::ops::RangeInclusive;

use super::comment::name_line;
use super::target::{Target, WholeLimit, targets};
use super::yaml::{Noted, fixed, planned};
use super::{Fault, File, Source};
use crate::catalog::guide;
use crate::plan::Plan;
use crate::say::export::pack as say;
use crate::scenario::{Scenario, Scope};
use place::{Dialect, Fact};
use tree::Node;

/// Allowed range of the audit-logger page, in days.
const RETENTION_DAYS: RangeInclusive<u32> = 1..=36_500;

/// Pack in the guide's dialect.
pub(super) fn as_the_guide(source: Source) -> File {
    let targets = targets(&source);
    let limits = say::limits(most(source.plan), scopes(&targets));
    let about = [say::CHECK, say::OF_GUIDE, &limits];
    source
        .yaml(
            "policy-config.yaml",
            &about,
            &document(&source, &targets, Dialect::Guide),
        )
        .checked(
            say::CHECKED,
            faults(source.scenario, &targets, most(source.plan)),
        )
        .noted(notes(source.scenario, source.plan, &targets))
        .lacking(gaps(&source, &targets, Dialect::Guide))
}

/// Pack with the five top-level keys of the strict schema.
pub(super) fn as_strict(source: Source) -> File {
    let scenario = source.scenario;
    let gateway = &scenario.gateway;
    let queue = say::left_out(gateway.queue_max_size, gateway.queue_overflow.key());
    let about = [say::CHECK_STRICT, say::OF_STRICT, &queue];
    let targets = targets(&source);
    source
        .yaml(
            "policy-config.strict.yaml",
            &about,
            &document(&source, &targets, Dialect::Strict),
        )
        .checked(
            say::CHECKED_STRICT,
            faults(scenario, &targets, most(source.plan)),
        )
        .noted(vec![say::NOTE_STRICT.to_owned()])
        .lacking(gaps(&source, &targets, Dialect::Strict))
}

/// Maximum number of pods.
fn most(plan: &Plan) -> u32 {
    plan.gateway.instances_max.max(plan.gateway.instances_min)
}

/// Whether any target's limit is shared per provider, and whether any is per gateway.
fn scopes(targets: &[Target]) -> (bool, bool) {
    let is_shared = |target: &Target| target.provider.scope == Scope::Provider;
    let has_shared = targets.iter().any(is_shared);
    (has_shared, !targets.iter().all(is_shared))
}

/// Faults that the gateway would find in either dialect.
pub(super) fn refused(source: &Source) -> Vec<Fault> {
    faults(source.scenario, &targets(source), most(source.plan))
}

fn document(source: &Source, targets: &[Target], dialect: Dialect) -> Node {
    let (scenario, plan) = (source.scenario, source.plan);
    let mut document = Node::Map(Vec::new());
    for place in &place::PACK {
        let Some(path) = place.path(dialect) else {
            continue;
        };
        let part = match place.fact {
            Fact::Name => text("capacity-plan"),
            Fact::Version => text("1.0.0"),
            Fact::Enabled | Fact::AuditImmutable | Fact::AuditAccess => Node::Flag(true),
            Fact::Targets => {
                let most = plan.gateway.instances_max.max(plan.gateway.instances_min);
                let entries = targets.iter().map(|target| entry(target, most, dialect));
                Node::List(entries.collect())
            }
            Fact::Strategy => {
                let lacks = [
                    (has_order(targets), say::STRATEGY_ORDER),
                    (is_bound(scenario), say::STRATEGY_BINDING),
                ];
                let lacks = lacks.into_iter().filter(|(lacks, _)| *lacks);
                let lacks: Vec<&str> = lacks.map(|(_, why)| why).collect();
                Node::Text(fixed("weighted".to_owned(), &lacks.join("; ")))
            }
            Fact::Weights => Node::Map(targets.iter().map(weight).collect()),
            Fact::QueueSize => Node::Number(planned(
                u64::from(scenario.gateway.queue_max_size),
                &say::queue_why(plan.queue.wait_at_full_s, plan.queue.drops_oldest),
            )),
            Fact::QueueOverflow => Node::Text(planned(
                scenario.gateway.queue_overflow.key().to_owned(),
                say::OVERFLOW_WHY,
            )),
            Fact::Chain => Node::List(vec![text("audit-logger")]),
            Fact::AuditDays => {
                let days = scenario.storage.audit_retention_days;
                let why = say::days_why(days, guide::AUDIT_RETENTION_DAYS);
                Node::Number(planned(u64::from(days), &why))
            }
            _ => continue,
        };
        document.put(path, part);
    }
    document
}

fn text(text: &str) -> Node {
    Node::Text(fixed(text.to_owned(), ""))
}

fn entry(target: &Target, most: u32, dialect: Dialect) -> Node {
    let vendor = target.provider.vendor_row();
    let of_reader = vendor.base_url.contains("my-resource") || vendor.id == "custom";
    let address = if of_reader { say::ADDRESS } else { "" };
    let mut entry = Node::Map(Vec::new());
    for place in &place::TARGET {
        let Some(path) = place.path(dialect) else {
            continue;
        };
        let each = |limit: WholeLimit| target.each(target.with_shared(limit), most);
        let noted = |limit: WholeLimit| Node::Number(planned(limit.value, &limit.why));
        let part = match place.fact {
            Fact::Id => Some(Node::Text(fixed(
                target.plan.id.clone(),
                &about(target, most, dialect),
            ))),
            Fact::Vendor => Some(text(&target.provider.vendor)),
            Fact::Model => Some(Node::Text(planned(target.provider.model.clone(), ""))),
            Fact::Address => Some(Node::Text(fixed(vendor.base_url.to_owned(), address))),
            Fact::KeyEnv => Some(text(vendor.key_env)),
            Fact::RequestsPerMinute => target.requests_per_minute().map(each).map(noted),
            Fact::TokensPerMinute => target.tokens_per_minute().map(each).map(noted),
            _ => None,
        };
        if let Some(part) = part {
            entry.put(path, part);
        }
    }
    entry
}

/// Provider name; in the strict dialect also the limits that have no key there.
fn about(target: &Target, most: u32, dialect: Dialect) -> String {
    let name = name_line(&target.provider.name);
    if dialect == Dialect::Guide {
        return name;
    }
    let limits = [
        ("requests_per_minute", target.requests_per_minute()),
        ("tokens_per_minute", target.tokens_per_minute()),
    ];
    let limits = limits.into_iter().filter_map(|(key, limit)| {
        let value = target.each(limit?, most).value;
        Some(format!("{key} {value}"))
    });
    let limits: Vec<String> = limits.collect();
    if limits.is_empty() {
        return name;
    }
    say::target_with_limits(&name, &limits)
}

fn weight(target: &Target) -> (String, Node) {
    let load = say::weight_why(target.plan.rpm);
    let weight: Noted<u64> = planned(u64::from(target.weight), &load);
    (target.plan.id.clone(), Node::Number(weight))
}

fn faults(scenario: &Scenario, targets: &[Target], most: u32) -> Vec<Fault> {
    let mut found = Vec::new();
    if targets.is_empty() {
        found.push(Fault::new("weight", say::NO_TARGET));
    }
    for (index, target) in targets.iter().enumerate() {
        let (id, shown) = (&target.plan.id, name_line(&target.plan.id));
        if targets[..index]
            .iter()
            .any(|earlier| earlier.plan.id == *id)
        {
            found.push(Fault::new(None, say::same_id(&shown)));
        }
        for (name, text) in [("id", id), ("model", &target.provider.model)] {
            if text.trim().is_empty() {
                found.push(Fault::new(None, say::nameless(index + 1, name)));
            }
        }
        let env = target.provider.vendor_row().key_env;
        if !is_env_name(env) {
            found.push(Fault::new(None, say::bad_variable(env)));
        }
        let limits = [target.requests_per_minute(), target.tokens_per_minute()];
        let limits = limits.into_iter().flatten();
        for limit in limits
            .map(|limit| target.each(limit, most))
            .filter(|limit| limit.value == 0)
        {
            found.push(Fault::new(limit.field, say::takes_nothing(&shown)));
        }
    }
    if !RETENTION_DAYS.contains(&scenario.storage.audit_retention_days) {
        let message = say::bad_days(*RETENTION_DAYS.start(), *RETENTION_DAYS.end());
        found.push(Fault::new("audit-days", message));
    }
    found
}

fn is_env_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let starts_well = bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    starts_well && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn notes(scenario: &Scenario, plan: &Plan, targets: &[Target]) -> Vec<String> {
    let shares = targets.iter().map(|target| &target.plan);
    let shares = shares.map(|row| (name_line(&row.id), row.share_ratio));
    let mut notes = vec![
        say::split_note(plan.demand.peak_rpm, shares),
        say::counts_apart_note(plan.gateway.instances_max),
    ];
    let unused = scenario.providers.len() - targets.len();
    if 0 < unused {
        notes.push(say::unused_note(u32::try_from(unused).unwrap_or(u32::MAX)));
    }
    notes
}

/// Whether some targets get only what others refuse.
fn has_order(targets: &[Target]) -> bool {
    let mut orders = targets.iter().map(|target| target.provider.order);
    let first = orders.next();
    orders.any(|order| Some(order) != first)
}

/// Whether some workloads go to certain targets only.
fn is_bound(scenario: &Scenario) -> bool {
    scenario.workloads.iter().any(|it| it.to.is_some())
}

/// Scenario settings that a pack cannot express.
fn gaps(source: &Source, targets: &[Target], dialect: Dialect) -> Vec<String> {
    let mut gaps = Vec::new();
    let apart = targets.iter().filter(|target| {
        let limits = target.provider.limits;
        limits.tpm.is_none() && (limits.itpm.is_some() || limits.otpm.is_some())
    });
    let apart: Vec<String> = apart.map(|target| name_line(&target.plan.id)).collect();
    if dialect == Dialect::Strict {
        gaps.push(say::NO_LIMITS.to_owned());
    } else if !apart.is_empty() {
        gaps.push(say::limited_apart(apart));
    }
    let has_other = |target: &Target| {
        let limits = target.provider.limits;
        let of_month = [limits.requests_per_month, limits.tokens_per_month];
        let others = [limits.rpd, limits.tpd, limits.concurrency, limits.window_s];
        of_month.iter().chain(&others).any(Option::is_some)
    };
    if has_order(targets) {
        gaps.push(say::NO_ORDER.to_owned());
    }
    if is_bound(source.scenario) {
        gaps.push(say::NO_BINDING.to_owned());
    }
    if targets.iter().any(|target| target.provider.units.is_some()) {
        gaps.push(say::NO_UNITS.to_owned());
    }
    if targets.iter().any(has_other) {
        gaps.push(say::NO_OTHER_LIMITS.to_owned());
    }
    let mut workloads = source.scenario.workloads.iter();
    if 0.0 < source.scenario.gateway.retry.failure_percent
        || workloads.any(|w| 0.0 < w.cache_hit_percent)
    {
        gaps.push(say::NO_RETRIES.to_owned());
    }
    if targets
        .iter()
        .any(|target| target.provider.weight.fract() != 0.0)
    {
        gaps.push(say::WHOLE_WEIGHTS.to_owned());
    }
    let timeout = source.scenario.gateway.client_timeout_s;
    if source.plan.queue.outlasts_clients {
        gaps.push(say::no_queue_timeout(timeout));
    }
    gaps
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use serde_json::{Value, json};

    fn export(scenario: &Scenario) -> File {
        let plan = evaluate(scenario, date(2026, 11, 23));
        as_the_guide(Source {
            scenario,
            plan: &plan,
            link: "#v=1",
        })
    }

    fn faults_of(change: impl Fn(&mut Scenario)) -> Vec<Option<&'static str>> {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let faults = export(&scenario).checked.unwrap_err();
        faults.iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn every_weight_has_its_target() {
        let file = export(&Scenario::default());
        let read: Value = serde_saphyr::from_str(&file.text).unwrap();
        assert_eq!(
            read["routing"],
            json!({
                "strategy": "weighted",
                "weights": {"openai": 60, "azure-openai": 25, "anthropic": 15}
            })
        );
        let targets = read["providers"]["targets"].as_array().unwrap();
        let ids: Vec<&str> = targets.iter().map(|t| t["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["openai", "azure-openai", "anthropic"]);
        assert_eq!(
            targets[0]["rate_limits"],
            json!({
                "requests_per_minute": 10_000, "tokens_per_minute": 30_000_000
            })
        );
        assert_eq!(
            read["gateway"],
            json!({"queue_max_size": 100, "queue_overflow": "reject"})
        );
        assert_eq!(file.checked, Ok("Follows the guide's keys"));
        assert!(file.text.starts_with("# Check before use: kt policy lint"));
    }

    #[test]
    fn decided_lines_are_marked() {
        let file = export(&Scenario::default());
        let lines: Vec<&str> = file.text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let key = line.trim().split(':').next().unwrap();
            let decided = [
                "model",
                "requests_per_minute",
                "tokens_per_minute",
                "openai",
                "azure-openai",
                "anthropic",
                "queue_max_size",
                "queue_overflow",
                "retention_days",
            ];
            let expected = line.contains(':') && decided.contains(&key);
            assert_eq!(file.planned_lines.contains(&number), expected, "{line}");
        }
    }

    #[test]
    fn a_provider_without_weight_is_no_target() {
        let mut scenario = Scenario::default();
        scenario.providers[1].weight = 0.0;
        let read: Value = serde_saphyr::from_str(&export(&scenario).text).unwrap();
        assert_eq!(
            read["routing"]["weights"],
            json!({"openai": 60, "anthropic": 15})
        );
        assert_eq!(read["providers"]["targets"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn what_the_gateway_would_refuse_names_its_field() {
        let weightless = |s: &mut Scenario| s.providers.iter_mut().for_each(|p| p.weight = 0.0);
        assert_eq!(faults_of(weightless), [Some("weight")]);
        assert_eq!(
            faults_of(|s| s.providers[0].limits.rpm = Some(0.0)),
            [Some("rpm")]
        );
        assert_eq!(
            faults_of(|s| s.providers[0].limits.tpm = Some(0.5)),
            [Some("tpm")]
        );
        assert_eq!(faults_of(|s| s.providers[0].model = " ".to_owned()), [None]);
        assert_eq!(
            faults_of(|s| s.storage.audit_retention_days = 0),
            [Some("audit-days")]
        );
    }

    #[test]
    fn names_of_environment_variables_are_plain() {
        for (name, good) in [
            ("OPENAI_API_KEY", true),
            ("_a1", true),
            ("", false),
            ("1A", false),
            ("A-B", false),
        ] {
            assert_eq!(is_env_name(name), good, "{name}");
        }
    }
}
