//! The figures and their formulas.

use super::{Chapters, Figure, Formula, words};
use crate::catalog::guide;
use crate::model::demand::{SECONDS_PER_DAY, SECONDS_PER_MINUTE};
use crate::plan::fleet::guide_row;
use crate::plan::providers::counted_tokens;
use crate::plan::{LimitKind, ProviderPlan, RuleId};
use crate::scenario::Scenario;

const GUIDE: &str = "the guide";

pub(super) fn all(scenario: &Scenario, chapters: &Chapters) -> Vec<Figure> {
    let mut figures = vec![
        peak_requests(scenario, chapters),
        peak_tokens(chapters),
        tightest_limit(scenario, chapters),
        gateways(scenario, chapters),
        stored_events(scenario, chapters),
        connections(scenario, chapters),
        cost(chapters),
    ];
    figures.extend([
        tokens_per_day(chapters),
        mean_rate(chapters),
        in_flight(chapters),
        slots_in_use(scenario, chapters),
        stored_per_day(scenario, chapters),
    ]);
    figures.extend(cost_per_thousand(chapters));
    let carrying = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio);
    figures.extend(carrying.filter_map(|plan| provider(scenario, chapters, plan)));
    figures
}

struct Head<'a> {
    id: &'a str,
    label: &'a str,
    value: String,
    unit: &'a str,
    sub: String,
    words: &'a str,
    result: f64,
}

fn figure(head: Head<'_>, is_headline: bool, formula: Formula) -> Figure {
    Figure {
        id: head.id.to_owned(),
        label: head.label.to_owned(),
        value: head.value,
        unit: head.unit.to_owned(),
        sub: head.sub,
        is_headline,
        words: head.words.to_owned(),
        result: head.result,
        parts: formula.parts,
        terms: formula.terms,
    }
}

fn requests_of(chapters: &Chapters, formula: Formula) -> Formula {
    let label = "Requests";
    formula.input(label, chapters.demand.requests_per_day, "/day", "requests")
}

fn peak_requests(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let demand = &chapters.demand;
    let formula = requests_of(chapters, Formula::new())
        .op("÷")
        .from("Seconds in a day", SECONDS_PER_DAY, "s", "24 × 60 × 60")
        .op("×")
        .input(
            "Peak over mean",
            scenario.traffic.peak_multiplier,
            "",
            "peak-multiplier",
        );
    let head = Head {
        id: "peak-requests",
        label: "Peak requests",
        value: words::significant(demand.peak_rps),
        unit: "rps",
        sub: format!(
            "{} mean × {}",
            words::significant(demand.mean_rps),
            words::significant(scenario.traffic.peak_multiplier)
        ),
        words: "Peak rate = requests per day ÷ seconds in a day × peak over mean",
        result: demand.peak_rps,
    };
    figure(head, true, formula)
}

fn peak_tokens(chapters: &Chapters) -> Figure {
    let demand = &chapters.demand;
    let formula = Formula::new()
        .from(
            "Peak rate",
            demand.peak_rps,
            "rps",
            "figure “Peak requests”",
        )
        .op("×")
        .from(
            "Tokens of a request",
            demand.tokens_per_request,
            "tokens",
            "mean of your workloads",
        )
        .op("×")
        .from("Seconds in a minute", SECONDS_PER_MINUTE, "s", GUIDE);
    let (value, prefix) = words::scaled(demand.peak_tpm);
    let head = Head {
        id: "peak-tokens",
        label: "Peak tokens",
        value,
        unit: &format!("{prefix}/min"),
        sub: format!("{} per day", words::short(demand.tokens_per_day)),
        words: "Peak tokens per minute = peak rate × tokens of a request × 60, as if the peak \
                lasted the whole minute",
        result: demand.peak_tpm,
    };
    figure(head, true, formula)
}

/// Load on the tightest limit over that limit.
fn utilization(
    scenario: &Scenario,
    chapters: &Chapters,
    plan: &ProviderPlan,
) -> Option<(f64, Formula)> {
    let used = plan
        .limits
        .iter()
        .find(|used| Some(used.kind) == plan.binding_limit)?;
    let ratio = used.utilization_ratio?;
    let provider = scenario.provider(plan.row)?;
    let counted = counted_tokens(scenario, provider, &chapters.demand);
    let base = if used.kind == LimitKind::Rpd {
        requests_of(chapters, Formula::new())
    } else {
        Formula::new()
            .from(
                "Peak rate",
                chapters.demand.peak_rps,
                "rps",
                "figure “Peak requests”",
            )
            .op("×")
            .from("Seconds in a minute", SECONDS_PER_MINUTE, "s", GUIDE)
    };
    let share = "weight over the sum of the weights";
    let shared = base
        .op("×")
        .from("Share of the requests", plan.share_ratio, "", share);
    let tokens = match used.kind {
        LimitKind::Rpm | LimitKind::Rpd => None,
        LimitKind::Tpm => Some(counted.combined),
        LimitKind::Itpm => Some(counted.input),
        LimitKind::Otpm => Some(counted.output),
    };
    let loaded = match tokens {
        Some(tokens) => {
            let vendor = provider.vendor_row();
            let source = format!("as {} counts them: {}", provider.name, vendor.source);
            shared
                .op("×")
                .from("Tokens counted", tokens, "tokens", &source)
        }
        None => shared,
    };
    let row = provider.tier_row();
    let source = row.map_or_else(
        || "your input".to_owned(),
        |row| {
            format!(
                "{}, {}; {}",
                row.name,
                words::day_month_year(row.as_of),
                row.source
            )
        },
    );
    let formula = loaded
        .op("÷")
        .from("Limit", used.limit, used.kind.unit(), &source);
    Some((ratio, formula))
}

fn tightest_limit(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let tightest = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio && plan.utilization_ratio.is_some())
        .max_by(|a, b| {
            let ratio = |plan: &ProviderPlan| plan.utilization_ratio.unwrap_or(0.0);
            ratio(a).total_cmp(&ratio(b))
        });
    let explained = tightest.and_then(|plan| {
        let (ratio, formula) = utilization(scenario, chapters, plan)?;
        let noun = plan.binding_limit.map_or("", LimitKind::noun);
        Some((ratio, formula, format!("{} {noun}", plan.name)))
    });
    let words = "Use of a limit = peak load on it ÷ the limit";
    let (id, label, unit) = ("tightest-limit", "Tightest limit", "%");
    match explained {
        Some((ratio, formula, sub)) => {
            let value = words::percent(ratio).trim_end_matches(" %").to_owned();
            figure(
                Head {
                    id,
                    label,
                    value,
                    unit,
                    sub,
                    words,
                    result: ratio,
                },
                true,
                formula,
            )
        }
        None => {
            let formula = Formula::new().from("Limits", 0.0, "", "none is known");
            let sub = "no limit known".to_owned();
            let head = Head {
                id,
                label,
                value: "–".to_owned(),
                unit: "",
                sub,
                words,
                result: 0.0,
            };
            figure(head, true, formula)
        }
    }
}

fn provider(scenario: &Scenario, chapters: &Chapters, plan: &ProviderPlan) -> Option<Figure> {
    let (ratio, formula) = utilization(scenario, chapters, plan)?;
    let noun = plan.binding_limit.map_or("", LimitKind::noun);
    let head = Head {
        id: &format!("use-{}", plan.id),
        label: &format!("{} {noun}", plan.name),
        value: words::percent(ratio).trim_end_matches(" %").to_owned(),
        unit: "%",
        sub: plan
            .max_scale
            .map_or_else(String::new, |s| format!("full at {}", words::multiple(s))),
        words: "Use of a limit = peak load on it ÷ the limit",
        result: ratio,
    };
    Some(figure(head, false, formula))
}

fn gateways(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let gateway = &chapters.gateway;
    let headroom = scenario.traffic.headroom;
    let sized = |formula: Formula| {
        formula
            .from(
                "Peak rate",
                chapters.demand.peak_rps,
                "rps",
                "figure “Peak requests”",
            )
            .op("×")
            .input("Headroom", headroom, "", "headroom")
    };
    let (formula, words) = match gateway.decided_by {
        RuleId::Concurrency => {
            let slots = f64::from(scenario.gateway.concurrency);
            let held = "first token + output ÷ speed + overhead, by share; rough, third parties";
            let formula = sized(Formula::new().op("⌈"))
                .op("×")
                .from("Time in flight", gateway.time_in_flight_s, "s", held)
                .op("÷")
                .input("Slots each", slots, "", "concurrency")
                .op("⌉");
            (
                formula,
                "Gateways = requests held at the peak × headroom ÷ slots of each, rounded up",
            )
        }
        RuleId::Throughput => {
            let chain = guide::CHAINS
                .iter()
                .find(|row| row.key == scenario.gateway.chain);
            let rps = chain.map_or(1_000.0, |row| row.rps_per_instance);
            let formula = sized(Formula::new().op("⌈"))
                .op("÷")
                .from(
                    "Throughput of one",
                    rps,
                    "rps",
                    "the gateway's capacity sizing page",
                )
                .op("⌉");
            (
                formula,
                "Gateways = peak rate × headroom ÷ throughput of one, rounded up",
            )
        }
        RuleId::Availability => {
            let formula = Formula::new().from("Least", 2.0, "", "the guide's HPA: one may fail");
            (
                formula,
                "Gateways = two, so that one may fail; the load alone needs no more",
            )
        }
        RuleId::GuideTable => (table_formula(gateway.sizing_rps), TABLE_WORDS),
    };
    let head = Head {
        id: "gateways",
        label: "Gateways",
        value: words::counted(gateway.instances, "")
            .trim_end_matches([' ', 's'])
            .to_owned(),
        unit: "",
        sub: gateway.decided_by.by().to_owned(),
        words,
        result: f64::from(gateway.instances),
    };
    figure(head, true, formula)
}

const TABLE_WORDS: &str =
    "Gateways = the guide's row for peak × headroom, straight between its ends, rounded up";

fn table_formula(rps: f64) -> Formula {
    let row = guide_row(rps);
    let source = format!("the guide's row “{}”", row.name);
    let from = f64::from(row.instances_from);
    let formula = Formula::new()
        .op("⌈")
        .from("Row begins with", from, "", &source);
    let sized = "peak rate × headroom";
    match (row.rps_to, row.instances_to) {
        (Some(rps_to), Some(to)) => formula
            .op("+")
            .op("(")
            .from("Sized for", rps, "rps", sized)
            .op("−")
            .from("Row begins at", row.rps_from, "rps", &source)
            .op(")")
            .op("÷")
            .from("Row is wide", rps_to - row.rps_from, "rps", &source)
            .op("×")
            .from("Row adds", f64::from(to) - from, "", &source)
            .op("⌉"),
        _ => formula
            .op("×")
            .from("Sized for", rps, "rps", sized)
            .op("÷")
            .from("Row begins at", row.rps_from, "rps", &source)
            .op("⌉"),
    }
}

fn stored_formula(scenario: &Scenario, chapters: &Chapters) -> Formula {
    requests_of(chapters, Formula::new()).op("×").input(
        "Event size",
        scenario.storage.event_bytes,
        "B",
        "event-bytes",
    )
}

fn stored_events(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let storage = &chapters.storage;
    let (value, prefix) = words::scaled(storage.retained_bytes);
    let days = f64::from(scenario.storage.retention_days);
    let head = Head {
        id: "stored-events",
        label: "Stored events",
        value,
        unit: &format!("{}B", if prefix == "K" { "k" } else { prefix }),
        sub: format!("{} a day", words::bytes(storage.bytes_per_day)),
        words: "Stored = requests per day × event size × days kept",
        result: storage.retained_bytes,
    };
    let formula = stored_formula(scenario, chapters).op("×").input(
        "Retention",
        days,
        "days",
        "retention-days",
    );
    figure(head, true, formula)
}

fn stored_per_day(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let storage = &chapters.storage;
    let (value, prefix) = words::scaled(storage.bytes_per_day);
    let head = Head {
        id: "stored-per-day",
        label: "Stored a day",
        value,
        unit: &format!("{}B", if prefix == "K" { "k" } else { prefix }),
        sub: format!(
            "{} at 30 days, {} at 90",
            words::bytes(storage.bytes_30_days),
            words::bytes(storage.bytes_90_days)
        ),
        words: "Stored a day = requests per day × event size",
        result: storage.bytes_per_day,
    };
    figure(head, false, stored_formula(scenario, chapters))
}

fn connections(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let database = &scenario.database;
    let plane = &chapters.control_plane;
    let source = format!(
        "the guide's {} control plane, or your input",
        plane.size.to_lowercase()
    );
    let count = |value: u32| f64::from(value);
    let formula = Formula::new()
        .from("API replicas", count(plane.api_replicas), "", &source)
        .op("×")
        .input(
            "Each replica",
            count(database.connections_per_replica),
            "",
            "connections-per-replica",
        )
        .op("+")
        .input("Workers", count(database.workers), "", "workers")
        .op("×")
        .input(
            "Each worker",
            count(database.connections_per_worker),
            "",
            "connections-per-worker",
        )
        .op("+")
        .input("Spare", count(database.headroom), "", "connection-headroom");
    let needed = chapters.database.connections_needed;
    let head = Head {
        id: "connections",
        label: "Connections",
        value: words::significant(count(needed)),
        unit: "",
        sub: format!("{} configured", chapters.database.connections_configured),
        words: "Connections = API replicas × connections each + workers × connections each + spare",
        result: count(needed),
    };
    figure(head, true, formula)
}

fn cost(chapters: &Chapters) -> Figure {
    let cost = &chapters.cost;
    let prices = "your workloads × token prices by share (genai-prices, litellm)";
    let machines = "gateways, API, PostgreSQL and disk × your unit prices";
    let formula = Formula::new()
        .from("Tokens", cost.tokens_per_month_usd, "$", prices)
        .op("+")
        .from(
            "Infrastructure",
            cost.infrastructure_per_month_usd,
            "$",
            machines,
        );
    let (value, prefix) = words::scaled(cost.per_month_usd);
    let unit = if prefix.is_empty() {
        "$".to_owned()
    } else {
        format!("{}$", prefix.replace('K', "k"))
    };
    let head = Head {
        id: "cost",
        label: "Cost per month",
        value,
        unit: &unit,
        sub: match cost.per_1000_requests_usd {
            Some(usd) => format!("{} per 1,000 requests", words::usd(usd)),
            None => "no requests".to_owned(),
        },
        words: "Cost = tokens + infrastructure, a month of 30.4 days",
        result: cost.per_month_usd,
    };
    figure(head, true, formula)
}

fn cost_per_thousand(chapters: &Chapters) -> Option<Figure> {
    let usd = chapters.cost.per_1000_requests_usd?;
    let month = crate::model::growth::DAYS_PER_MONTH;
    let formula = Formula::new()
        .from(
            "Cost per month",
            chapters.cost.per_month_usd,
            "$",
            "figure “Cost per month”",
        )
        .op("÷")
        .op("(")
        .input(
            "Requests",
            chapters.demand.requests_per_day,
            "/day",
            "requests",
        )
        .op("×")
        .from("Days in a month", month, "days", "365.2425 ÷ 12")
        .op(")")
        .op("×")
        .from("A thousand", 1_000.0, "", "");
    let head = Head {
        id: "cost-per-1000",
        label: "Cost of 1,000 requests",
        value: words::usd(usd).trim_start_matches('$').to_owned(),
        unit: "$",
        sub: String::new(),
        words: "Cost per month ÷ requests per month × 1,000",
        result: usd,
    };
    Some(figure(head, false, formula))
}

fn tokens_per_day(chapters: &Chapters) -> Figure {
    let demand = &chapters.demand;
    let (value, prefix) = words::scaled(demand.tokens_per_day);
    let formula = requests_of(chapters, Formula::new()).op("×").from(
        "Tokens of a request",
        demand.tokens_per_request,
        "tokens",
        "mean of your workloads",
    );
    let head = Head {
        id: "tokens-per-day",
        label: "Daily token budget",
        value,
        unit: prefix,
        sub: format!("{} per request", words::short(demand.tokens_per_request)),
        words: "Daily token budget = requests per day × tokens of a request",
        result: demand.tokens_per_day,
    };
    figure(head, false, formula)
}

fn mean_rate(chapters: &Chapters) -> Figure {
    let formula = requests_of(chapters, Formula::new()).op("÷").from(
        "Seconds in a day",
        SECONDS_PER_DAY,
        "s",
        "24 × 60 × 60",
    );
    let head = Head {
        id: "mean-rate",
        label: "Mean rate",
        value: words::significant(chapters.demand.mean_rps),
        unit: "rps",
        sub: format!(
            "{} RPM at the peak",
            words::significant(chapters.demand.peak_rpm)
        ),
        words: "Mean rate = requests per day ÷ seconds in a day",
        result: chapters.demand.mean_rps,
    };
    figure(head, false, formula)
}

fn in_flight(chapters: &Chapters) -> Figure {
    let gateway = &chapters.gateway;
    let formula = Formula::new()
        .from(
            "Peak rate",
            chapters.demand.peak_rps,
            "rps",
            "figure “Peak requests”",
        )
        .op("×")
        .from(
            "Time in flight",
            gateway.time_in_flight_s,
            "s",
            "first token + output ÷ speed + overhead",
        );
    let head = Head {
        id: "in-flight",
        label: "Requests in flight",
        value: words::significant(gateway.in_flight),
        unit: "",
        sub: format!("{} each", words::seconds(gateway.time_in_flight_s)),
        words: "Requests in flight = rate × time in flight (Little's law)",
        result: gateway.in_flight,
    };
    figure(head, false, formula)
}

fn slots_in_use(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let queue = &chapters.queue;
    let slots = f64::from(scenario.gateway.concurrency);
    let running = queue.slots / slots;
    let formula = Formula::new()
        .from(
            "Requests in flight",
            queue.in_flight,
            "",
            "figure “Requests in flight”",
        )
        .op("÷")
        .op("(")
        .from(
            "Gateways",
            running,
            "",
            "figure “Gateways”, within the HPA's maximum",
        )
        .op("×")
        .input("Slots each", slots, "", "concurrency")
        .op(")");
    let head = Head {
        id: "slots",
        label: "Slots in use",
        value: words::percent(queue.utilization_ratio)
            .trim_end_matches(" %")
            .to_owned(),
        unit: "%",
        sub: format!("{} slots", words::significant(queue.slots)),
        words: "Slots in use = requests in flight ÷ slots of all gateways",
        result: queue.utilization_ratio,
    };
    figure(head, false, formula)
}
