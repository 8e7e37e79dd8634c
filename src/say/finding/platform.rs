//! Messages of findings about the platform.

use crate::catalog::guide;
use crate::model::limit::is_over;
use crate::plan::{
    Autoscaler, DatabasePlan, Disk, Failures, LateAnswers, SlotsLoss, Stuck, StuckBy, Unserved,
    ZoneDrill,
};
use crate::say::one_or_many;
use crate::say::words;
use crate::scenario::number::grouped;

pub(super) fn autoscaler(autoscaler: &Autoscaler) -> String {
    let over_default = autoscaler
        .concurrency_over_default
        .map_or_else(String::new, |held| {
            format!(
                " One gateway holds {} at once, more than the {} it takes if nothing is set.",
                words::significant(held),
                guide::CONCURRENCY_DEFAULT
            )
        });
    let missed = autoscaler.headroom_left.map_or_else(String::new, |left| {
        format!(
            " The maximum leaves {} instead of {} × headroom: nothing breaks at the peak, and less \
             is spare.",
            words::multiple(left),
            grouped(autoscaler.headroom)
        )
    });
    let overload = if 0.0 < autoscaler.backlog_per_minute {
        format!(
            " Overload: while the peak lasts the queue grows by {} a minute.",
            words::several(&words::short(autoscaler.backlog_per_minute), "request")
        )
    } else {
        String::new()
    };
    [
        &words::counted(autoscaler.instances, "gateway"),
        " at the peak with ",
        &grouped(autoscaler.headroom),
        " × headroom, ",
        autoscaler.decided_by.by(),
        ": ",
        &words::counted(autoscaler.concurrency, "slot"),
        " each, ",
        &words::seconds(autoscaler.time_in_flight_s),
        " in flight for each request.",
        &missed,
        &over_default,
        &overload,
    ]
    .concat()
}

/// Cause of a stuck autoscaler, and its remedy.
pub(super) fn stuck(stuck: &Stuck) -> String {
    let stays = [
        "It stays at ",
        &words::counted(stuck.pods, "gateway"),
        "; the peak needs ",
        &stuck.needed.to_string(),
        ". ",
    ]
    .concat();
    let why = match stuck.by {
        StuckBy::Disabled => "selectPolicy: Disabled under scaleUp forbids growth.".to_owned(),
        StuckBy::PercentOfNothing => "In hpa.yaml the steps for growing are in percent, and a \
             percentage of no pods is none: add a step in pods. KEDA starts the first pod itself."
            .to_owned(),
        StuckBy::OutOfReach {
            in_flight,
            queue,
            acts,
        } => {
            let above = |target: f64| words::significant(target * acts);
            let in_flight = in_flight.map(|(target, slots)| {
                [
                    "The in-flight target acts above ",
                    &above(target),
                    ", and a gateway has ",
                    &words::counted(slots, "slot"),
                    ".",
                ]
                .concat()
            });
            let queue = queue.map(|(target, most)| {
                [
                    "The queue target acts above ",
                    &above(target),
                    ", and ",
                    &most.to_string(),
                    " may wait in a gateway.",
                ]
                .concat()
            });
            let said: Vec<String> = in_flight.into_iter().chain(queue).collect();
            said.join(" ")
        }
    };
    stays + &why
}

/// Load on the slots after a loss.
pub(super) fn slots_status(loss: &SlotsLoss) -> String {
    fullness("the slots are ", loss.held / loss.slots)
}

/// How full the remainder is, or the share of the need that it lacks.
fn fullness(of: &str, ratio: f64) -> String {
    if is_over(ratio) {
        return [of, &words::percent(1.0 - 1.0 / ratio), " short"].concat();
    }
    [of, &words::percent(ratio), " full"].concat()
}

pub(super) fn slots_loss(loss: &SlotsLoss) -> String {
    format!(
        "The others take {} on average: {} rps hold {}, and {} run at the peak. Until more \
         gateways are there {} of the requests could be served.",
        words::seconds(loss.time_in_flight_s),
        words::significant(loss.admitted_rps),
        words::several(&words::short(libm::ceil(loss.held)), "slot"),
        words::short(loss.slots),
        words::percent(loss.served_ratio),
    )
}

/// Requests that find no slot in time.
pub(super) fn unserved(unserved: &Unserved) -> String {
    let places = words::counted(unserved.queue_size, "place");
    let full = if unserved.drops_oldest {
        format!("are dropped from a full queue for newer ones: {places} in each gateway")
    } else {
        format!("find the queue full: {places} in each gateway")
    };
    let wait = words::seconds(unserved.longest_wait_s);
    let how = match unserved.refused_part {
        part if part < 0.05 => format!("leave after a wait of {wait}"),
        part if part < 0.95 => format!("leave after a wait of {wait}, or {full}"),
        _ => full,
    };
    format!(
        "At the peak {} of the requests {how}. The slots are {} full on average; requests come at \
         random, so that at times more come than there is room for. The goal is {}.",
        words::percent(unserved.ratio),
        words::percent(unserved.utilization_ratio),
        words::plain_percent(unserved.goal_ratio),
    )
}

pub(super) fn late_answers(late: &LateAnswers) -> String {
    let worst = late
        .worst
        .as_ref()
        .map_or_else(String::new, |(name, share)| {
            format!(" Of “{name}” it is {}.", words::percent(*share))
        });
    format!(
        "At the peak {} of the requests that get a slot are answered after more than the {} after \
         which clients give up, the wait for the slot included.{worst} Assumes \
         lognormal answer times.",
        words::percent(late.over_ratio),
        words::seconds(late.timeout_s),
    )
}

pub(super) fn disk(disk: &Disk) -> String {
    let dead = if 0.0 < disk.dead_ratio {
        format!(
            " With the dead rows that deletes leave until vacuum, {} of these, it is {}; dropped \
             partitions leave none.",
            words::plain_percent(disk.dead_ratio),
            words::bytes(disk.retained_bytes * (1.0 + disk.dead_ratio)),
        )
    } else {
        String::new()
    };
    let full = disk.full_in_days.map_or_else(String::new, |days| {
        let days = words::significant(days);
        let days = words::several(&days, "day");
        [" From empty the disk is full after ", &days, "."].concat()
    });
    [
        &words::bytes(disk.retained_bytes),
        " at ",
        &words::counted(disk.retention_days, "day"),
        ": ",
        &words::several(&words::short(disk.events_per_day), "event"),
        " a day of ",
        &words::bytes(disk.event_bytes),
        ".",
        &dead,
        &full,
    ]
    .concat()
}

/// Calls that fail after all attempts.
pub(super) fn failures(failures: &Failures) -> String {
    let tries = match failures.attempts {
        1 => "none is tried again".to_owned(),
        attempts => format!("each is made {attempts} times at most"),
    };
    format!(
        "{} of the calls fail, and {tries}: {} of the requests get no answer. The goal is {}.",
        words::percent(failures.failure_ratio),
        words::percent(failures.ratio),
        words::percent(failures.goal_ratio),
    )
}

/// Connections during a rolling update at full scale.
pub(super) fn connections_at_full_scale(most: u32, usable: u32) -> String {
    format!(
        "During a rolling update at full scale the clients may open {}; the server lets \
         {usable} in.",
        words::counted(most, "connection")
    )
}

/// `65 needed, 50 allowed`, whether server or API is the bound.
pub(super) fn connections_status(database: &DatabasePlan) -> String {
    let is_over = database.connections_usable < database.connections_needed;
    let allowed = database.connections_usable;
    let [needed, allowed] = if is_over && database.has_pooler {
        [database.connections_needed, allowed]
    } else if is_over {
        let allowed = database.connections_configured.min(allowed);
        [database.connections_needed, allowed]
    } else {
        [database.api_connections, database.connections_configured]
    };
    let [needed, allowed] = [needed, allowed].map(|count| grouped(f64::from(count)));
    format!("{needed} needed, {allowed} allowed")
}

pub(super) fn connections(database: &DatabasePlan, api_replicas: u32) -> String {
    let fits = match (database.pool_that_fits, database.each_that_fits) {
        (Some(0), Some(0)) => " No pool fits so many processes of the API.".to_owned(),
        (Some(0), Some(each)) => format!(
            " {} for each process of the API would fit, the overflow included: the overflow \
             alone is larger.",
            words::counted(each, "connection")
        ),
        (Some(pool), _) => format!(" A pool of {pool} for each process of the API would fit."),
        _ => String::new(),
    };
    if database.has_pooler {
        return format!(
            "The clients may open {} at the pooler, {} of them the API’s, whose configuration \
             allows {}; the pooler opens {}, and the server allows {} (3 are reserved).",
            words::counted(database.client_connections, "connection"),
            grouped(f64::from(database.api_connections)),
            grouped(f64::from(database.connections_configured)),
            grouped(f64::from(database.connections_needed)),
            grouped(f64::from(database.connections_usable)),
        );
    }
    format!(
        "The clients may open {}; the configuration allows {}, the server {} (3 are reserved). {} \
         with that pool each would open {}.{fits}",
        words::counted(database.connections_needed, "connection"),
        grouped(f64::from(database.connections_configured)),
        grouped(f64::from(database.connections_usable)),
        words::counted(api_replicas, "API replica"),
        grouped(f64::from(database.connections_if_per_replica)),
    )
}

pub(super) fn audit_log(days: u32, bytes: f64, disk_bytes: f64) -> String {
    format!(
        "The pack’s audit-logger keeps {}. If the events are kept as long, they take {}, more \
         than the disk of {}.",
        words::counted(days, "day"),
        words::bytes(bytes),
        words::bytes(disk_bytes),
    )
}

pub(super) fn zone(drill: &ZoneDrill) -> String {
    let back = format!(
        " As many pods run again after about {}: the cluster notices after {} and evicts after {} \
         by default, then new pods start.",
        words::seconds(drill.recovery_s),
        words::seconds(guide::NODE_GRACE_S),
        words::seconds(guide::EVICTION_S),
    );
    let counted = drill.limited.as_ref().map_or_else(String::new, |name| {
        format!(" Each pod counts the limit for {name} by itself, so that fewer let less through.")
    });
    format!(
        "{} of {} {} lost with it; {} {} of the requests at the peak.{counted}{back}",
        drill.pods_lost,
        words::counted(drill.pods_lost + drill.pods_left, "pod"),
        one_or_many(drill.pods_lost as usize, "is", "are"),
        one_or_many(
            drill.pods_left as usize,
            "the other carries",
            "the others carry"
        ),
        words::percent(drill.served_ratio),
    )
}

/// How far the remaining pods carry the peak.
pub(super) fn zone_status(drill: &ZoneDrill) -> String {
    if let (Some(name), Some(scale)) = (&drill.limited, drill.max_scale) {
        if is_over(1.0 / scale) {
            let missing = words::percent(1.0 - scale);
            return ["the rest let ", &missing, " too little through to ", name].concat();
        }
        let used = words::percent(1.0 / scale);
        return ["the rest use ", &used, " of the limit for ", name].concat();
    }
    match drill.utilization_ratio {
        Some(ratio) => fullness("the rest are ", ratio),
        None => "no pod is left".to_owned(),
    }
}

pub(super) fn queue_title(is_target: bool) -> &'static str {
    if is_target {
        "A full queue misses the wait target"
    } else {
        "Requests can wait longer than clients do"
    }
}

pub(super) fn queue(size: u32, wait_at_full_s: f64, stated_wait_s: f64, is_target: bool) -> String {
    let stated = words::seconds(stated_wait_s);
    let stated = if is_target {
        ["the target of ", &stated].concat()
    } else {
        [
            "the ",
            &stated,
            " that the clients’ patience leaves beside an answer",
        ]
        .concat()
    };
    format!(
        "With {size} waiting in a gateway the last one waits {}, longer than {stated}. A shorter \
         queue would refuse them at once.",
        words::seconds(wait_at_full_s),
    )
}
