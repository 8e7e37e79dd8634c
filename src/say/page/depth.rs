//! Tables behind the findings: titles, columns, notes and cells.

use crate::plan::{DiskFill, Drill, EventSize, Plan, ReservedOffer, RoutingOption, ZoneDrill};
use crate::say::event::kind_name;
use crate::say::routing;
use crate::say::words;

pub(crate) const TITLE: &str = "Behind the findings";
pub(crate) const NOTE: &str = "Splits, losses, waits, events, reservations";

/// A missing value.
const NONE: &str = "–";

pub(crate) const SPLITS: &str = "Ways to split the requests";
pub(crate) const SPLITS_HEAD: [&str; 6] = [
    "Split",
    "Shares",
    "First limit full at",
    "Within targets",
    "Tokens a month",
    "",
];

/// Cells of a split of the requests.
pub(crate) fn split(option: &RoutingOption) -> [String; 5] {
    let shares = option.share_ratios.iter();
    let shares: Vec<String> = shares.map(|share| words::percent(*share)).collect();
    let fits = match option.fits {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    [
        routing::name(option.split).to_owned(),
        shares.join(" / "),
        match (option.max_scale, option.fits) {
            (None, None) => NONE.to_owned(),
            (Some(known), None) => ["at most ", &words::multiple(known)].concat(),
            (full, Some(_)) => scale(full),
        },
        fits.to_owned(),
        match (option.is_priced, words::usd(option.tokens_per_month_usd)) {
            (true, usd) => usd,
            (false, usd) => ["at least ", &usd].concat(),
        },
    ]
}

pub(crate) const LOSSES: &str = "If a provider or a zone is lost at the peak";
pub(crate) const LOSSES_HEAD: [&str; 5] = [
    "Lost",
    "Served",
    "Tightest of the rest",
    "Holds",
    "Until the breaker opens",
];

fn scale(scale: Option<f64>) -> String {
    scale.map_or_else(|| "any load".to_owned(), words::multiple)
}

/// Cells of the loss of a provider.
pub(crate) fn provider_loss(drill: &Drill) -> [String; 5] {
    let tightest = drill.tightest().and_then(|row| Some((row, row.tightest?)));
    let tightest = tightest.map_or_else(
        || "no limit known".to_owned(),
        |(row, used)| {
            let ratio = used.state.ratio().map(words::percent);
            let ratio = ratio.unwrap_or_else(|| "nothing allowed".to_owned());
            format!("{} {} {ratio}", row.name, used.noun())
        },
    );
    let tightest = match drill.slots_scale() {
        Some(scale) if scale < drill.max_scale.unwrap_or(f64::INFINITY) => {
            format!("slots {}", words::percent(1.0 / scale))
        }
        _ => tightest,
    };
    let tightest = if 0.0 < drill.homeless_ratio {
        words::percent(drill.homeless_ratio) + " go nowhere"
    } else {
        tightest
    };
    let end = if drill.trip_matters {
        "; they fill the slots"
    } else {
        ""
    };
    let sent = words::short(libm::ceil(drill.hit_before_trip));
    [
        drill.lost.clone(),
        if drill.is_known {
            words::percent(drill.served_ratio)
        } else {
            ["at most ", &words::percent(drill.served_ratio)].concat()
        },
        tightest,
        match (drill.scale(), drill.is_known) {
            (None, false) => NONE.to_owned(),
            (Some(known), false) => ["at most ", &words::multiple(known)].concat(),
            (full, true) => scale(full),
        },
        format!("{sent} requests sent in vain{end}"),
    ]
}

/// Cells of the loss of a zone.
pub(crate) fn zone_loss(zone: &ZoneDrill) -> [String; 5] {
    let slots = zone.utilization_ratio.map_or_else(
        || "no pod left".to_owned(),
        |ratio| format!("slots {}", words::percent(ratio)),
    );
    let back = format!("back in about {}", words::seconds(zone.recovery_s));
    let pods = words::counted(zone.pods_lost, "pod");
    [
        format!("One of {} zones, {pods}", zone.zones),
        words::percent(zone.served_ratio),
        slots,
        scale(zone.max_scale),
        back,
    ]
}

pub(crate) const WAITS: &str = "Waiting at the peak";
pub(crate) const WAITS_HEAD: [&str; 2] = ["", "Value"];
pub(crate) const WAITS_NOTE: &str = "Random arrivals of your burstiness, spread over the pods as \
     the gateway’s settings say. The waits are of requests that get a slot: some find the queue \
     full, and some clients give up.";

/// Facts about the waits.
pub(crate) fn waits(plan: &Plan) -> Vec<[String; 2]> {
    let (queue, vendor_workers) = (&plan.queue, plan.gateway.vendor_workers);
    let seconds = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), words::seconds);
    let percent = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), words::percent);
    let number = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), words::significant);
    let whole = |value: Option<u32>| value.map_or_else(|| NONE.to_owned(), |n| n.to_string());
    let named = |name: &str, value: String| [name.to_owned(), value];
    let stated = words::seconds(queue.stated_wait_s);
    let mut rows = vec![
        named("Requests that wait for a slot", percent(queue.p_wait)),
        named("Mean wait", seconds(queue.mean_wait_s)),
        named("Wait, P95", seconds(queue.wait_p95_s)),
        named("Wait, P99", seconds(queue.wait_p99_s)),
        named(
            "Mean queue of one gateway",
            number(queue.mean_queue_per_instance),
        ),
        named(
            if queue.drops_oldest {
                "Dropped from a full queue for a newer one"
            } else {
                "Turned away by a full queue"
            },
            percent(queue.loss_ratio),
        ),
        named("Given up while waiting", percent(queue.gave_up_ratio)),
        named(
            "Refused by the providers",
            words::percent(queue.limited_ratio),
        ),
        named("Failed after all tries", words::percent(queue.failed_ratio)),
        named("Answered too late", percent(queue.timed_out_ratio)),
        named(
            "Without an answer, these five together",
            percent(queue.unserved_ratio),
        ),
        [
            format!("Queue that keeps {stated}"),
            whole(queue.size_for_wait),
        ],
        [
            format!("Autoscaler’s queue target that keeps {stated}"),
            whole(queue.hpa_target_for_wait),
        ],
    ];
    rows.push(named(
        "Workers by Kong’s published rule, a second opinion",
        crate::say::queue::vendor_workers(vendor_workers),
    ));
    if 0.0 < queue.backlog_per_minute {
        let grows = format!("{} a minute", words::short(queue.backlog_per_minute));
        rows.push(named("Overload: the queue grows by", grows));
    }
    rows
}

pub(crate) const EVENTS: &str = "What an event takes in PostgreSQL";
pub(crate) const EVENTS_HEAD: [&str; 6] = ["Event", "Row", "Indexes", "WAL", "On disk", "Kept"];
pub(crate) const EVENTS_NOTE: &str =
    "Rows, indexes and WAL as measured on PostgreSQL 15; text grows with your tokens.";

/// Cells of a kind of event.
pub(crate) fn event(kind: &EventSize) -> [String; 6] {
    let bytes = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), words::bytes);
    [
        kind_name(kind.kind).to_owned(),
        words::bytes(kind.row_bytes),
        bytes(kind.index_bytes),
        bytes(kind.wal_bytes),
        words::bytes(kind.event_bytes),
        words::bytes(kind.retained_bytes),
    ]
}

pub(crate) const DISKS: &str = "When a disk is full";
pub(crate) const DISKS_HEAD: [&str; 3] = ["Control plane", "Disk", "Full in"];

/// Cells of a disk.
pub(crate) fn disk(disk: &DiskFill) -> [String; 3] {
    let full_in = disk.full_in_days.map_or_else(
        || "never at this retention".to_owned(),
        |days| words::several(&words::significant(libm::floor(days)), "day"),
    );
    [disk.size.to_owned(), words::bytes(disk.bytes), full_in]
}

pub(crate) const RESERVED: &str = "Reserved throughput against pay as you go";
pub(crate) const RESERVED_HEAD: [&str; 7] = [
    "Provider",
    "For the peak",
    "Reserved a month",
    "Same tokens at list price",
    "Mean use",
    "Cheaper above a mean use of",
    "Fewest units pay from",
];
pub(crate) const RESERVED_NOTE: &str =
    "Shown for providers whose units have a price: from the catalogue, or entered.";

/// Cells of a provider's reserved units.
pub(crate) fn reserved(offer: &ReservedOffer) -> [String; 7] {
    let use_ratio = offer.break_even_utilization_ratio;
    [
        offer.name.clone(),
        words::bought(offer.units, &offer.unit),
        words::usd(offer.reserved_per_month_usd),
        words::usd(offer.pay_as_you_go_per_month_usd),
        words::percent(offer.mean_utilization_ratio),
        use_ratio.map_or_else(|| NONE.to_owned(), words::percent),
        offer.break_even_scale.map_or_else(
            || "no load".to_owned(),
            |scale| format!("{} today’s load", words::multiple(scale)),
        ),
    ]
}
