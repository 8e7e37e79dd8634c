//! `policy-config.yaml`: the gateway's pack with targets, limits, weights and queue.
//!
//! Keys and their places are the guide's. The gateway's pages disagree about
//! some of them, so the file begins with the command that settles it.

use std::ops::RangeInclusive;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::comment::one_line;
use super::target::{Target, WholeLimit, targets};
use super::yaml::{Noted, fixed, planned};
use super::{Fault, File, Source};
use crate::plan::{Plan, words};
use crate::scenario::{Overflow, Scenario, number::grouped};

/// The key is the guide's, its values are not documented.
const UNATTESTED: &str = "reject or drop_oldest; the guide names the key, not its values";
/// What the audit-logger's page allows.
const RETENTION_DAYS: RangeInclusive<u32> = 1..=36_500;

#[derive(Serialize)]
struct Document<'a> {
    pack: Pack,
    providers: Providers<'a>,
    routing: Routing<'a>,
    gateway: Gateway,
    policies: Policies,
    policy: Policy,
}

#[derive(Serialize)]
struct Pack {
    name: &'static str,
    version: &'static str,
    enabled: bool,
}

#[derive(Serialize)]
struct Providers<'a> {
    targets: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: Noted<&'a str>,
    provider: &'a str,
    model: Noted<&'a str>,
    base_url: Noted<&'static str>,
    secret_key_ref: SecretKeyRef,
    #[serde(skip_serializing_if = "RateLimits::is_empty")]
    rate_limits: RateLimits,
}

#[derive(Serialize)]
struct SecretKeyRef {
    env: &'static str,
}

#[derive(Serialize)]
struct RateLimits {
    #[serde(skip_serializing_if = "Option::is_none")]
    requests_per_minute: Option<Noted<u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens_per_minute: Option<Noted<u64>>,
}

#[derive(Serialize)]
struct Routing<'a> {
    strategy: &'static str,
    weights: Weights<'a>,
}

/// Weights by target id, in the targets' order.
struct Weights<'a>(Vec<(&'a str, Noted<u32>)>);

#[derive(Serialize)]
struct Gateway {
    queue_max_size: Noted<u32>,
    queue_overflow: Noted<&'static str>,
}

#[derive(Serialize)]
struct Policies {
    chain: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Policy {
    audit_logger: AuditLogger,
}

#[derive(Serialize)]
struct AuditLogger {
    immutable: bool,
    retention_days: Noted<u32>,
    log_all_access: bool,
}

impl Serialize for Weights<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, weight) in &self.0 {
            map.serialize_entry(id, weight)?;
        }
        map.end()
    }
}

impl RateLimits {
    fn is_empty(&self) -> bool {
        self.requests_per_minute.is_none() && self.tokens_per_minute.is_none()
    }
}

pub(super) fn file(source: Source) -> File {
    let targets = targets(&source);
    let document = document(source.scenario, source.plan, &targets);
    let faults = faults(source.scenario, &targets, &document);
    let about = [
        "Check before use: kt policy lint --file policy-config.yaml",
        "The guide names these keys. Other pages of the gateway put rate limits and routing \
         elsewhere, so let the lint of your release decide.",
        "Limits are the providers' own, in full. A gateway counts by itself unless Redis or \
         Valkey is configured.",
    ];
    source
        .yaml("policy-config.yaml", &about, &document)
        .checked("Follows the guide's keys", faults)
        .noted(notes(source.scenario, source.plan, &targets))
}

fn document<'a>(scenario: &Scenario, plan: &Plan, targets: &[Target<'a>]) -> Document<'a> {
    Document {
        pack: Pack {
            name: "capacity-plan",
            version: "1.0.0",
            enabled: true,
        },
        providers: Providers {
            targets: targets.iter().map(entry).collect(),
        },
        routing: Routing {
            strategy: "weighted",
            weights: Weights(targets.iter().map(weight).collect()),
        },
        gateway: Gateway {
            queue_max_size: planned(scenario.gateway.queue_max_size, &queue_wait(plan)),
            queue_overflow: match scenario.gateway.queue_overflow {
                Overflow::Reject => planned("reject", UNATTESTED),
                Overflow::DropOldest => planned("drop_oldest", UNATTESTED),
            },
        },
        policies: Policies {
            chain: ["audit-logger"],
        },
        policy: Policy {
            audit_logger: AuditLogger {
                immutable: true,
                retention_days: planned(scenario.storage.audit_retention_days, ""),
                log_all_access: true,
            },
        },
    }
}

fn entry<'a>(target: &Target<'a>) -> Entry<'a> {
    let vendor = target.provider.vendor_row();
    let of_reader = vendor.base_url.contains("my-resource") || vendor.id == "custom";
    let address = if of_reader {
        "put your own address here"
    } else {
        ""
    };
    let noted = |limit: WholeLimit| planned(limit.value, &limit.why);
    Entry {
        id: fixed(&target.plan.id, &target.provider.name),
        provider: &target.provider.vendor,
        model: planned(&target.provider.model, ""),
        base_url: fixed(vendor.base_url, address),
        secret_key_ref: SecretKeyRef {
            env: vendor.key_env,
        },
        rate_limits: RateLimits {
            requests_per_minute: target.requests_per_minute().map(noted),
            tokens_per_minute: target.tokens_per_minute().map(noted),
        },
    }
}

fn weight<'a>(target: &Target<'a>) -> (&'a str, Noted<u32>) {
    let load = format!(
        "{} requests/min at the peak",
        words::significant(target.plan.rpm)
    );
    (&target.plan.id, planned(target.weight, &load))
}

fn queue_wait(plan: &Plan) -> String {
    match plan.queue.wait_at_full_s {
        Some(wait) => format!(
            "each instance; the last in a full queue waits {}",
            words::seconds(wait)
        ),
        None => "each instance".to_owned(),
    }
}

fn faults(scenario: &Scenario, targets: &[Target], document: &Document) -> Vec<Fault> {
    let mut found = Vec::new();
    if targets.is_empty() {
        let message = "No target: give at least one provider a weight above 0";
        found.push(Fault::new("weight", message));
    }
    for (index, target) in targets.iter().enumerate() {
        let (id, shown) = (&target.plan.id, one_line(&target.plan.id));
        if targets[..index]
            .iter()
            .any(|earlier| earlier.plan.id == *id)
        {
            found.push(Fault::new(None, format!("Two targets have the id {shown}")));
        }
        if !document
            .routing
            .weights
            .0
            .iter()
            .any(|(name, _)| name == id)
        {
            found.push(Fault::new("weight", format!("{shown} has no weight")));
        }
        for (name, text) in [("id", id), ("model", &target.provider.model)] {
            if text.trim().is_empty() {
                let message = format!("Target {} has no {name}", index + 1);
                found.push(Fault::new(None, message));
            }
        }
        let env = target.provider.vendor_row().key_env;
        if !is_env_name(env) {
            let message = format!("{env} cannot be the name of an environment variable");
            found.push(Fault::new(None, message));
        }
        let limits = [target.requests_per_minute(), target.tokens_per_minute()];
        for limit in limits
            .into_iter()
            .flatten()
            .filter(|limit| limit.value == 0)
        {
            let message = format!(
                "{shown} may take nothing: give it a limit of at least 1, or a weight of 0"
            );
            found.push(Fault::new(limit.field, message));
        }
    }
    if !RETENTION_DAYS.contains(&scenario.storage.audit_retention_days) {
        let message = format!(
            "retention_days must be from {} to {}",
            RETENTION_DAYS.start(),
            RETENTION_DAYS.end()
        );
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
    let carried = targets.iter().map(|target| {
        let share = words::percent(target.plan.share_ratio);
        format!("{} {share}", one_line(&target.plan.id))
    });
    let mut notes = vec![
        format!(
            "Splits {} requests/min at the peak: {}.",
            words::significant(plan.demand.peak_rpm),
            listed(carried)
        ),
        format!(
            "Each gateway counts limits by itself unless Redis or Valkey is configured: {} could \
             let through {} times a limit.",
            words::counted(plan.gateway.instances_max, "instance"),
            grouped(f64::from(plan.gateway.instances_max))
        ),
    ];
    let apart = targets.iter().filter(|target| {
        let limits = target.provider.limits;
        limits.tpm.is_none() && (limits.itpm.is_some() || limits.otpm.is_some())
    });
    let apart: Vec<String> = apart.map(|target| one_line(&target.plan.id)).collect();
    if !apart.is_empty() {
        notes.push(format!(
            "Input and output are limited apart at {}; the pack has one number, so it holds the \
             total at which the first of them is full.",
            listed(apart.into_iter())
        ));
    }
    let has_daily = |target: &&Target| target.provider.limits.rpd.is_some();
    let unused = scenario.providers.len() - targets.len();
    if targets.iter().any(|target| has_daily(&target)) {
        notes.push("Requests per day have no key in the pack; watch them elsewhere.".to_owned());
    } else if 0 < unused {
        let count = words::counted(u32::try_from(unused).unwrap_or(u32::MAX), "provider");
        notes.push(format!("{count} with weight 0 left out."));
    }
    notes
}

/// The first few, so that a note stays short.
fn listed(items: impl ExactSizeIterator<Item = String>) -> String {
    const SHOWN: usize = 4;
    let more = items.len().saturating_sub(SHOWN);
    let shown: Vec<String> = items.take(SHOWN).collect();
    let shown = shown.join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} and {more} more")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::plan::evaluate;
    use jiff::civil::date;
    use serde_json::{Value, json};

    fn export(scenario: &Scenario) -> File {
        let plan = evaluate(scenario, date(2026, 11, 23));
        file(Source {
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
                "requests_per_minute": 5_000, "tokens_per_minute": 450_000
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
