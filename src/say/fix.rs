//! Fixes: the change, its benefit and its cost.

use crate::model::limit::holds as is_held;
use crate::plan::{Change, Connections, Effect, Holder, Holds, UpSteps};
use crate::say::words::{self, clock};
use crate::scenario::number::grouped;
use crate::scenario::scaling::PodSchedule;

/// Suffix of an insufficient change.
const TOO_LITTLE: &str = ", which still does not fit";

/// Label of a change.
pub fn label(change: &Change) -> String {
    match change {
        Change::HpaMaximum { from, to } => format!("HPA maximum {from} → {to}"),
        Change::HpaMinimum { from, to, maximum } => minimum(*from, *to, *maximum),
        Change::Concurrency { from, to } => {
            format!("Requests at once, each gateway {from} → {to}")
        }
        Change::ControlPlane {
            from,
            to,
            connections: further,
        } => {
            let mut parts = vec![format!("Control plane {from} → {to}")];
            parts.extend(further.iter().flat_map(connections));
            parts.join(", ")
        }
        Change::Partitions => "Old events: drop partitions by day".to_owned(),
        Change::Retention { from, to } => count("Retention", *from, *to, "day"),
        Change::Connections(change) => connections(change).join(", "),
        Change::QueueSize { from, to } => count("Queue", *from, *to, "request"),
        Change::Timeout { from, to } => time("Client timeout", Some(*from), *to),
        Change::MaxWait { from, to } => time("Longest wait", *from, *to),
        Change::DownWindow { from, to } => {
            let window = "Autoscaler’s window for fewer gateways";
            time(window, Some(f64::from(*from)), f64::from(*to))
        }
        Change::QueueTarget { from, to } => format!("Autoscaler’s queue target {from} → {to}"),
        Change::QueueTargetAdded { to } => format!("Autoscaler’s queue target {to}, new"),
        Change::InFlightTarget { from, to } => in_flight(*from, *to),
        Change::UpSteps { from, to } => growth(from, to),
        Change::Schedule { added, .. } => schedule(change, added),
        Change::Attempts { from, to } => format!("Tries of a call {from} → {to}"),
        Change::Tier {
            name,
            also,
            from,
            to,
            ..
        } => tier([name, from, to], !also.is_empty()),
        Change::Weight { name, from, to, .. } => format!("{name} weight {from} → {to}"),
        Change::Weights {
            share_ratios,
            names,
            ..
        } => weights(share_ratios, names),
        Change::Prices { name, to, .. } => {
            let (input, output) = (words::usd(to.input), words::usd(to.output));
            format!("{name} prices {input} in, {output} out")
        }
        Change::Units {
            name,
            unit,
            from,
            to,
            ..
        } => {
            let (units, from, to) = (words::units(unit), grouped(*from), grouped(*to));
            format!("{name} {units} {from} → {to}")
        }
        Change::Reserve {
            name, unit, units, ..
        } => [name, " ", &words::bought(*units, unit)].concat(),
    }
}

/// `Weights: OpenAI 5, Azure OpenAI 95`.
fn weights(share_ratios: &[f64], names: &[String]) -> String {
    let each = || {
        share_ratios
            .iter()
            .zip(names)
            .filter(|(share, _)| 0.0 < **share)
    };
    if let (1, Some((_, name))) = (each().count(), each().next())
        && 1 < share_ratios.len()
    {
        return format!("Send all requests to {name}, which gives up failover");
    }
    let each: Vec<String> = each()
        .map(|(share, name)| [name, " ", &hundredths(*share)].concat())
        .collect();
    let rest = match share_ratios.len() - each.len() {
        0 => "",
        1 => ", the other 0",
        _ => ", the others 0",
    };
    ["Weights: ", &each.join(", "), rest].concat()
}

/// `Retention 90 → 30 days`.
fn count(what: &str, from: u32, to: u32, noun: &str) -> String {
    [
        what,
        " ",
        &grouped(f64::from(from)),
        " → ",
        &words::counted(to, noun),
    ]
    .concat()
}

fn minimum(from: u32, to: u32, maximum: Option<(u32, u32)>) -> String {
    let maximum = maximum.map_or_else(String::new, |(from, to)| format!(", maximum {from} → {to}"));
    format!("HPA minimum {from} → {to}{maximum}")
}

/// `KEDA schedule, new: 12 gateways, 07:30 to 19:00`, and the maximum if it rises too.
fn schedule(change: &Change, added: &PodSchedule) -> String {
    let maximum = match change {
        Change::Schedule {
            maximum_from: Some(maximum),
            ..
        } => format!(", maximum {maximum} → {}", added.pods),
        _ => String::new(),
    };
    let [from, to] = [added.from_min, added.to_min].map(|minute| clock(minute as usize));
    let pods = words::counted(added.pods, "gateway");
    format!("KEDA schedule, new: {pods}, {from} to {to}{maximum}")
}

/// `OpenAI tier Build → Grow`.
fn tier([name, from, to]: [&str; 3], is_for_all: bool) -> String {
    let all = if is_for_all {
        " for the whole organization"
    } else {
        ""
    };
    [name, " tier ", from, " → ", to, all].concat()
}

fn growth(from: &UpSteps, to: &UpSteps) -> String {
    ["Autoscaler grows by ", &steps(from), " → ", &steps(to)].concat()
}

/// `50 % in 60 s, window 60 s`.
fn steps(steps: &UpSteps) -> String {
    let window = words::seconds(f64::from(steps.window_s));
    let period = words::seconds(f64::from(steps.period_s));
    let percent = steps.percent.map_or_else(
        || "steps of pods alone".to_owned(),
        |percent| {
            [
                &words::plain_percent(f64::from(percent) / 100.0),
                " in ",
                &period,
            ]
            .concat()
        },
    );
    [&percent, ", window ", &window].concat()
}

/// A duration that changes, or is new.
fn time(what: &str, from: Option<f64>, to: f64) -> String {
    let to = words::seconds(to);
    match from {
        None => format!("{what} {to}, new"),
        Some(from) => format!("{what} {} → {to}", words::seconds(from)),
    }
}

fn in_flight(from: Option<f64>, to: u32) -> String {
    let target = "Autoscaler’s target of requests in flight";
    match from {
        None => format!("{target} {to}, new"),
        Some(from) => format!("{target} {from} → {to}"),
    }
}

/// A share in percent, with two decimals.
fn hundredths(share: f64) -> String {
    words::significant(libm::round(share * 1e4) / 1e2)
}

fn connections(change: &Connections) -> Vec<String> {
    let configured = change
        .configured
        .map(|(from, to)| format!("max_connections {from} → {to}"));
    let server = change.server.map(|to| format!("PostgreSQL allows {to}"));
    configured.into_iter().chain(server).collect()
}

/// Benefit and cost.
pub fn effect(effect: &Effect) -> String {
    [&brought(effect), "; ", &cost(effect.more_usd())].concat()
}

/// Additional or saved cost per month, for a table.
pub fn cost_in_short(effect: &Effect) -> String {
    let Some(more_usd) = effect.more_usd() else {
        return "unknown".to_owned();
    };
    let usd = words::usd(more_usd.abs());
    if 1.0 <= more_usd {
        ["+ ", &usd].concat()
    } else if more_usd <= -1.0 {
        ["− ", &usd].concat()
    } else {
        words::usd(0.0)
    }
}

/// Benefit.
pub fn brought(effect: &Effect) -> String {
    match effect {
        Effect::Holds(holds) => held(holds),
        Effect::Fleet {
            holds,
            first_moves_to,
            instances,
            ..
        } => {
            let holds = holds.map_or_else(|| "holds any load".to_owned(), multiple);
            let pods = words::counted(*instances, "gateway");
            let first = first_moves_to.map(|scale| first_moves(scale) + "; ");
            let first = first.unwrap_or_default();
            [&holds, "; ", &first, &pods, " at the peak"].concat()
        }
        Effect::DiskFilled { ratio, .. } => {
            let share = words::plain_percent(*ratio);
            let short = if 1.0 < *ratio { TOO_LITTLE } else { "" };
            ["the events then fill ", &share, " of the disk", short].concat()
        }
        Effect::ConnectionsWait { useful } => format!(
            "the database works on about {} at once; the rest wait their turn",
            words::significant(*useful)
        ),
        Effect::UpdatePasses => "the update passes without refused connections".to_owned(),
        Effect::WaitKept { wait_s } => [
            "every request that waits is served within ",
            &words::seconds(*wait_s),
        ]
        .concat(),
        Effect::ScalesInTime { wait_s } => {
            let wait = words::seconds(*wait_s);
            ["the autoscaler acts before the wait reaches ", &wait].concat()
        }
        Effect::AlwaysThere { pods, .. } => {
            words::counted(*pods, "gateway")
                + if *pods == 1 { " is" } else { " are" }
                + " always there"
        }
        Effect::ActsInTime => "the autoscaler acts before a gateway is full".to_owned(),
        Effect::ZoneCarried { .. } => "the pods left carry the peak".to_owned(),
        Effect::LossHeld { .. } => "the slots hold what the others take over".to_owned(),
        Effect::PeakServed { ratio, .. } => {
            let share = words::plain_percent(*ratio);
            ["at the peak at most ", &share, " find no slot in time"].concat()
        }
        Effect::Answered {
            failed_ratio,
            late_ratio,
            ..
        } => answered(*failed_ratio, *late_ratio),
        Effect::PricesCounted { .. } => "the plan counts the price in force".to_owned(),
        Effect::AnswersInTime => "99 of 100 answers are there in time".to_owned(),
    }
}

fn answered(failed_ratio: f64, late_ratio: Option<f64>) -> String {
    let failed = [&words::percent(failed_ratio), " fail after all tries"].concat();
    match late_ratio.map(words::percent) {
        Some(late) => [&failed, ", and ", &late, " of answers come too late"].concat(),
        None => failed,
    }
}

/// Additional or saved cost.
fn cost(more_usd: Option<f64>) -> String {
    let Some(more_usd) = more_usd else {
        return "its cost is unknown, as a price is missing".to_owned();
    };
    let usd = words::usd(more_usd.abs());
    if 1.0 <= more_usd {
        ["costs ", &usd, " more a month"].concat()
    } else if more_usd <= -1.0 {
        ["saves ", &usd, " a month"].concat()
    } else {
        "costs no more".to_owned()
    }
}

/// New position of the first limit.
fn first_moves(scale: f64) -> String {
    ["the first limit moves to ", &words::multiple(scale)].concat()
}

fn held(holds: &Holds) -> String {
    let own = match holds.scale {
        Some(scale) => multiple(scale),
        None => "no limit left here".to_owned(),
    };
    let mut parts = vec![match &holds.holder {
        Holder::Without(lost) => ["without ", lost, ", ", &own].concat(),
        Holder::EveryProvider if holds.scale.is_some() => ["every provider ", &own].concat(),
        Holder::Constraint | Holder::EveryProvider => own,
    }];
    if let Some(scale) = holds.first_moves_to {
        parts.push(first_moves(scale));
    }
    if let Some(scale) = holds.loss_falls_to {
        let scale = words::multiple(scale);
        parts.push(["the loss of a provider then holds only ", &scale].concat());
    }
    if holds.is_inferred {
        parts.push("limit inferred, not published".to_owned());
    }
    parts.join("; ")
}

/// `holds 2×`, and whether that is insufficient.
fn multiple(scale: f64) -> String {
    let short = if is_held(scale) { "" } else { TOO_LITTLE };
    ["holds ", &words::multiple(scale), short].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_from_what_to_what() {
        let connections = |configured, server| Connections { configured, server };
        let both = connections(Some((50, 80)), Some(83));
        for (change, said) in [
            (
                Change::HpaMaximum { from: 20, to: 30 },
                "HPA maximum 20 → 30",
            ),
            (
                Change::HpaMinimum {
                    from: 2,
                    to: 8,
                    maximum: None,
                },
                "HPA minimum 2 → 8",
            ),
            (
                Change::HpaMinimum {
                    from: 2,
                    to: 8,
                    maximum: Some((4, 8)),
                },
                "HPA minimum 2 → 8, maximum 4 → 8",
            ),
            (
                Change::Concurrency { from: 16, to: 24 },
                "Requests at once, each gateway 16 → 24",
            ),
            (
                Change::ControlPlane {
                    from: "Small",
                    to: "Medium",
                    connections: Some(both),
                },
                "Control plane Small → Medium, max_connections 50 → 80, PostgreSQL allows 83",
            ),
            (
                Change::Retention { from: 90, to: 30 },
                "Retention 90 → 30 days",
            ),
            (
                Change::Connections(connections(None, Some(83))),
                "PostgreSQL allows 83",
            ),
            (
                Change::Retention { from: 90, to: 1 },
                "Retention 90 → 1 day",
            ),
            (
                Change::QueueSize { from: 100, to: 1 },
                "Queue 100 → 1 request",
            ),
            (
                Change::QueueSize { from: 100, to: 40 },
                "Queue 100 → 40 requests",
            ),
            (
                Change::QueueTarget { from: 50.0, to: 36 },
                "Autoscaler’s queue target 50 → 36",
            ),
        ] {
            assert_eq!(label(&change), said);
        }
    }

    #[test]
    fn a_change_of_a_provider_names_it() {
        let name = || "Own".to_owned();
        for (change, said) in [
            (
                Change::Tier {
                    row: 1,
                    also: Vec::new(),
                    name: name(),
                    from: "Build".to_owned(),
                    to: "Grow",
                },
                "Own tier Build → Grow",
            ),
            (
                Change::Weight {
                    row: 1,
                    name: name(),
                    from: 50.0,
                    to: 0.25,
                },
                "Own weight 50 → 0.25",
            ),
            (
                Change::Weights {
                    share_ratios: vec![0.05, 0.95],
                    names: vec![name(), "Other".to_owned()],
                    weights: vec![(1, 5.0), (2, 95.0)],
                },
                "Weights: Own 5, Other 95",
            ),
            (
                Change::Weights {
                    share_ratios: vec![0.0, 1.0],
                    names: vec![name(), "Other".to_owned()],
                    weights: vec![(1, 0.0), (2, 100.0)],
                },
                "Send all requests to Other, which gives up failover",
            ),
            (
                Change::Units {
                    row: 1,
                    name: name(),
                    unit: "PTU",
                    from: 15.0,
                    to: 110.0,
                },
                "Own PTU 15 → 110",
            ),
            (
                Change::Reserve {
                    row: 1,
                    name: name(),
                    unit: "PTU".to_owned(),
                    units: 110.0,
                },
                "Own 110 PTU",
            ),
        ] {
            assert_eq!(label(&change), said);
        }
    }

    #[test]
    fn tries_that_answer_more_cost_more() {
        let answered = |late_ratio| Effect::Answered {
            failed_ratio: 0.0016,
            late_ratio,
            more_usd: 90.0,
        };
        let said = "0.2 % fail after all tries; costs $90 more a month";
        assert_eq!(effect(&answered(None)), said);
        let said = "0.2 % fail after all tries, and 41 % of answers come too late; costs $90 more \
                    a month";
        assert_eq!(effect(&answered(Some(0.41))), said);
    }

    #[test]
    fn what_holds_too_little_says_so_and_whose_it_is() {
        let every = Effect::Holds(Holds {
            holder: Holder::EveryProvider,
            scale: Some(0.143),
            first_moves_to: None,
            more_usd: 0.0,
            is_priced: true,
            is_inferred: false,
            loss_falls_to: None,
        });
        let said = "every provider holds 0.143×, which still does not fit; costs no more";
        assert_eq!(effect(&every), said);
    }

    #[test]
    fn an_effect_says_what_it_holds_moves_and_costs() {
        let holds = || Holds {
            holder: Holder::Constraint,
            scale: Some(2.0),
            first_moves_to: None,
            more_usd: 0.5,
            is_priced: true,
            is_inferred: false,
            loss_falls_to: None,
        };
        for (brought, said) in [
            (Effect::Holds(holds()), "holds 2×; costs no more"),
            (
                Effect::Holds(Holds {
                    is_priced: false,
                    more_usd: -900.0,
                    ..holds()
                }),
                "holds 2×; its cost is unknown, as a price is missing",
            ),
            (
                Effect::Holds(Holds {
                    scale: None,
                    first_moves_to: Some(1.5),
                    more_usd: -1_200.0,
                    ..holds()
                }),
                "no limit left here; the first limit moves to 1.50×; saves $1,200 a month",
            ),
            (
                Effect::Holds(Holds {
                    more_usd: 7.0,
                    holder: Holder::Without("Groq".to_owned()),
                    is_inferred: true,
                    ..holds()
                }),
                "without Groq, holds 2×; limit inferred, not published; costs $7 more a \
                 month",
            ),
            (
                Effect::Fleet {
                    holds: Some(2.0),
                    first_moves_to: Some(1.5),
                    instances: 22,
                    more_usd: 0.0,
                },
                "holds 2×; the first limit moves to 1.50×; 22 gateways at the peak; \
                 costs no more",
            ),
            (
                Effect::Fleet {
                    holds: None,
                    first_moves_to: None,
                    instances: 1,
                    more_usd: 30.0,
                },
                "holds any load; 1 gateway at the peak; costs $30 more a month",
            ),
        ] {
            assert_eq!(effect(&brought), said);
        }
    }

    #[test]
    fn an_effect_on_one_thing_says_that_thing() {
        for (brought, said) in [
            (
                Effect::DiskFilled {
                    ratio: 0.8,
                    more_usd: -12.0,
                },
                "the events then fill 80 % of the disk; saves $12 a month",
            ),
            (
                Effect::ConnectionsWait { useful: 9.0 },
                "the database works on about 9 at once; the rest wait their turn; costs no more",
            ),
            (
                Effect::UpdatePasses,
                "the update passes without refused connections; costs no more",
            ),
            (
                Effect::WaitKept { wait_s: 5.0 },
                "every request that waits is served within 5 s; costs no more",
            ),
            (
                Effect::ScalesInTime { wait_s: 0.25 },
                "the autoscaler acts before the wait reaches 250 ms; costs no more",
            ),
            (
                Effect::ZoneCarried { more_usd: 90.0 },
                "the pods left carry the peak; costs $90 more a month",
            ),
            (
                Effect::LossHeld { more_usd: 90.0 },
                "the slots hold what the others take over; costs $90 more a month",
            ),
            (
                Effect::AnswersInTime,
                "99 of 100 answers are there in time; costs no more",
            ),
        ] {
            assert_eq!(effect(&brought), said);
        }
    }
}
