//! Details behind the findings: splits, losses, waits, events, reservations.

use leptos::prelude::*;

use super::super::answer::{Folded, Row};
use super::super::store::ScenarioStore;
use super::depth_platform as platform;
use crate::plan::{Drill, Plan, words};
use crate::say::routing;

/// The tables, closed at first.
#[component]
pub(super) fn Depth() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let rows = move |read: fn(&Plan) -> Vec<Row>| -> Signal<Vec<Row>> { store.answer(read).into() };
    view! {
        <section aria-labelledby="depth">
            <div class="section__head">
                <h2 id="depth">"Behind the findings"</h2>
                <p>"Splits, losses, waits, events, reservations"</p>
            </div>
        <Folded
            title="Ways to split the requests"
            head=&["Split", "Shares", "First limit full at", "Within targets", "Tokens a month", ""]
            rows=rows(splits)
        />
        <Folded
            title="If a provider or a zone is lost at the peak"
            head=&["Lost", "Served", "Tightest of the rest", "Holds", "Until the breaker opens"]
            rows=rows(losses)
        />
        <Folded
            title="Waiting at the peak"
            head=&["", "Value"]
            rows=rows(platform::waits)
            note="All slots count as one pool before random arrivals of your burstiness."
        />
        <Folded
            title="What an event takes in PostgreSQL"
            head=&["Event", "Row", "Indexes", "WAL", "On disk", "Kept"]
            rows=rows(platform::events)
            note="Rows, indexes and WAL as measured on PostgreSQL 15; text grows with your tokens."
        />
        <Folded
            title="When a disk is full"
            head=&["Control plane", "Disk", "Full in"]
            rows=rows(platform::disks)
        />
        <Folded
            title="Reserved throughput against pay as you go"
            head=&[
                "Provider",
                "For the peak",
                "Reserved a month",
                "Same tokens at list price",
                "Mean use",
                "Cheaper above a mean use of",
                "Fewest units pay from",
            ]
            rows=rows(platform::reserved)
            note="Shown where a unit has a price, of the catalogue or entered at the provider."
        />
        </section>
    }
}

fn scale(scale: Option<f64>) -> String {
    scale.map_or_else(|| "any load".to_owned(), words::multiple)
}

fn splits(plan: &Plan) -> Vec<Row> {
    let options = plan.routing.options.iter();
    options
        .map(|option| {
            let shares = option
                .share_ratios
                .iter()
                .map(|share| words::percent(*share));
            let fits = match option.fits {
                Some(true) => "yes",
                Some(false) => "no",
                None => "unknown",
            };
            Row {
                cells: vec![
                    routing::name(option.split).to_owned(),
                    shares.collect::<Vec<_>>().join(" / "),
                    scale(option.max_scale),
                    fits.to_owned(),
                    words::usd(option.tokens_per_month_usd),
                ],
                edits: option.edits(),
                ..Row::default()
            }
        })
        .collect()
}

fn losses(plan: &Plan) -> Vec<Row> {
    let mut rows: Vec<Row> = plan.drills.iter().map(loss).collect();
    if let Some(zone) = &plan.zone_drill {
        let slots = zone.utilization_ratio.map_or_else(
            || "no pod left".to_owned(),
            |ratio| format!("slots {}", words::percent(ratio)),
        );
        let back = zone.recovery_s.map_or_else(
            || "never at that size again".to_owned(),
            |seconds| format!("back in about {}", words::seconds(seconds)),
        );
        rows.push(Row::new([
            format!(
                "One of {} zones, {}",
                zone.zones,
                words::counted(zone.pods_lost, "pod")
            ),
            words::percent(zone.served_ratio),
            slots,
            scale(zone.max_scale),
            back,
        ]));
    }
    rows
}

fn loss(drill: &Drill) -> Row {
    let tightest = drill.tightest().and_then(|row| Some((row, row.tightest?)));
    let tightest = tightest.map_or_else(
        || "no limit known".to_owned(),
        |(row, used)| {
            let ratio = used.state.ratio().map(words::percent);
            let ratio = ratio.unwrap_or_else(|| "nothing allowed".to_owned());
            format!("{} {} {ratio}", row.name, used.kind.noun())
        },
    );
    let trip = format!(
        "{} requests sent in vain{}",
        words::short(libm::ceil(drill.hit_before_trip)),
        if drill.trip_matters {
            "; they fill the slots"
        } else {
            ""
        }
    );
    Row::new([
        drill.lost.clone(),
        if drill.is_known {
            words::percent(drill.served_ratio)
        } else {
            ["at most ", &words::percent(drill.served_ratio)].concat()
        },
        tightest,
        scale(drill.max_scale),
        trip,
    ])
}
