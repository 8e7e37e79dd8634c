//! Figures about the gateways and what they hold.

use super::{Figure, Formula, Head, figure};
use crate::catalog::guide;
use crate::plan::sizing::guide_row;
use crate::plan::{Chapters, Depth, RuleId, words};
use crate::scenario::Scenario;

pub(super) fn gateways<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let gateway = &chapters.gateway;
    let (formula, words) = D::reason(|| match gateway.decided_by {
        RuleId::Concurrency => by_concurrency(scenario, chapters),
        RuleId::Throughput => by_throughput(scenario, chapters),
        RuleId::WaitTarget => by_wait(scenario, chapters),
        RuleId::Availability => {
            let formula = Formula::new().from("Least", 2.0, "", "the guide's HPA: one may fail");
            (
                formula,
                "Gateways = two, so that one may fail; the load alone needs no more",
            )
        }
        RuleId::GuideTable => (table_formula(gateway.sizing_rps), TABLE_WORDS),
    });
    let head = Head {
        id: "gateways".into(),
        label: "Gateways".into(),
        value: words::counted(gateway.instances, "")
            .trim_end_matches([' ', 's'])
            .to_owned(),
        unit: "".into(),
        sub: gateway.decided_by.by().to_owned(),
        words,
        result: f64::from(gateway.instances),
    };
    figure(head, true, formula)
}

/// Peak × headroom, after what stands before it.
fn sized(scenario: &Scenario, chapters: &Chapters) -> Formula {
    Formula::new()
        .op("⌈")
        .from(
            "Peak rate",
            chapters.demand.peak_rps,
            "rps",
            "figure “Peak requests”",
        )
        .op("×")
        .input("Headroom", scenario.traffic.headroom, "", "headroom")
}

fn by_concurrency(scenario: &Scenario, chapters: &Chapters) -> (Formula, &'static str) {
    let slots = f64::from(scenario.gateway.concurrency);
    let held = "first token + output ÷ speed + overhead, by share; rough, third parties";
    let formula = sized(scenario, chapters)
        .op("×")
        .from(
            "Time in flight",
            chapters.gateway.time_in_flight_s,
            "s",
            held,
        )
        .op("÷")
        .input("Slots each", slots, "", "concurrency")
        .op("⌉");
    let words = "Gateways = requests held at the peak × headroom ÷ slots of each, rounded up";
    (formula, words)
}

fn by_throughput(scenario: &Scenario, chapters: &Chapters) -> (Formula, &'static str) {
    let chain = guide::CHAINS
        .iter()
        .find(|row| row.key == scenario.gateway.chain);
    let rps = chain.map_or(1_000.0, |row| row.rps_per_instance);
    let source = "the gateway's capacity sizing page";
    let formula = sized(scenario, chapters)
        .op("÷")
        .from("Throughput of one", rps, "rps", source)
        .op("⌉");
    let words = "Gateways = peak rate × headroom ÷ throughput of one, rounded up";
    (formula, words)
}

fn by_wait(scenario: &Scenario, chapters: &Chapters) -> (Formula, &'static str) {
    let slots = f64::from(scenario.gateway.concurrency);
    let need = chapters.gateway.rules.first().map_or(0.0, |rule| rule.need);
    let source = format!(
        "fewest at which 99 of 100 requests wait no longer than {} at peak × headroom: Kimura, \
         or Hayward for bursty arrivals",
        words::seconds(scenario.gateway.wait_target_s.unwrap_or(0.0))
    );
    let formula = Formula::new()
        .op("⌈")
        .said("Slots that keep the wait", need * slots, "", &source)
        .op("÷")
        .input("Slots each", slots, "", "concurrency")
        .op("⌉");
    let words = "Gateways = slots that keep the wait target ÷ slots of each, rounded up";
    (formula, words)
}

const TABLE_WORDS: &str =
    "Gateways = the guide's row for peak × headroom, straight between its ends, rounded up";

fn table_formula(rps: f64) -> Formula {
    let row = guide_row(rps);
    let source = ["the guide's row “", row.name, "”"].concat();
    let from = f64::from(row.instances_from);
    let formula = Formula::new()
        .op("⌈")
        .said("Row begins with", from, "", &source);
    let sized = "peak rate × headroom";
    match (row.rps_to, row.instances_to) {
        (Some(rps_to), Some(to)) => formula
            .op("+")
            .op("(")
            .from("Sized for", rps, "rps", sized)
            .op("−")
            .said("Row begins at", row.rps_from, "rps", &source)
            .op(")")
            .op("÷")
            .said("Row is wide", rps_to - row.rps_from, "rps", &source)
            .op("×")
            .said("Row adds", f64::from(to) - from, "", &source)
            .op("⌉"),
        _ => formula
            .op("×")
            .from("Sized for", rps, "rps", sized)
            .op("÷")
            .said("Row begins at", row.rps_from, "rps", &source)
            .op("⌉"),
    }
}

pub(super) fn in_flight<D: Depth>(chapters: &Chapters) -> Figure {
    let gateway = &chapters.gateway;
    let formula = D::reason(|| {
        let (peak_rps, figure) = (chapters.demand.peak_rps, "figure “Peak requests”");
        let held = "first token + output ÷ speed + overhead";
        Formula::new()
            .from("Peak rate", peak_rps, "rps", figure)
            .op("×")
            .from("Time in flight", gateway.time_in_flight_s, "s", held)
    });
    let head = Head {
        id: "in-flight".into(),
        label: "Requests in flight".into(),
        value: words::significant(gateway.in_flight),
        unit: "".into(),
        sub: words::seconds(gateway.time_in_flight_s) + " each",
        words: "Requests in flight = rate × time in flight (Little's law)",
        result: gateway.in_flight,
    };
    figure(head, false, formula)
}

pub(super) fn slots_in_use<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let queue = &chapters.queue;
    let slots = f64::from(scenario.gateway.concurrency);
    let formula = D::reason(|| {
        let (held, figure) = (queue.in_flight, "figure “Requests in flight”");
        let (running, within) = (
            queue.slots / slots,
            "figure “Gateways”, within the HPA's maximum",
        );
        Formula::new()
            .from("Requests in flight", held, "", figure)
            .op("÷")
            .op("(")
            .from("Gateways", running, "", within)
            .op("×")
            .input("Slots each", slots, "", "concurrency")
            .op(")")
    });
    let head = Head {
        id: "slots".into(),
        label: "Slots in use".into(),
        value: words::percent(queue.utilization_ratio)
            .trim_end_matches(words::PERCENT)
            .to_owned(),
        unit: "%".into(),
        sub: words::significant(queue.slots) + " slots",
        words: "Slots in use = requests in flight ÷ slots of all gateways",
        result: queue.utilization_ratio,
    };
    figure(head, false, formula)
}
