//! Independent reader of links, written by hand: it detects a row of the tables that names another
//! property.

use kt_capacity::catalog::provider::Counting;
use kt_capacity::model::queueing::Routing;
use kt_capacity::scenario::link::{Link, from_fragment};
use kt_capacity::scenario::{
    Cleanup, DayShape, EventKind, Overflow, Period, Provider, Scenario, Scope, Select, Theme,
    Workload,
};

/// The value of a property.
#[derive(Debug, PartialEq)]
pub(crate) enum Said {
    /// A number.
    Number(f64),
    /// A word or a name; `none` where there is nothing.
    Word(String),
}

impl From<f64> for Said {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Said {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<&str> for Said {
    fn from(word: &str) -> Self {
        Self::Word(word.to_owned())
    }
}

impl<T: Into<Said>> From<Option<T>> for Said {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(|| "none".into(), Into::into)
    }
}

/// The value of a name in the list: a key, `w1.key`, `p1.key`, or `b1.` before one of them
/// for what stands beside.
pub(crate) fn said(link: &Link, name: &str) -> Said {
    let scenario = &link.scenario;
    let (owner, key) = name.split_once('.').unwrap_or(("", name));
    let kind = owner.get(..1).unwrap_or_default();
    let place = || owner[1..].parse::<usize>().expect("a place") - 1;
    match (kind, key) {
        ("w", key) => workload(&scenario.workloads[place()], key),
        ("p", key) => provider(&scenario.providers[place()], key),
        ("b", key) => {
            let (scenario, _) = from_fragment(link.beside[place()].as_str());
            let link = Link {
                scenario,
                ..Link::default()
            };
            said(&link, key)
        }
        (_, "view") => link.view.word().into(),
        (_, "theme") => link.theme.map(Theme::word).into(),
        (_, "lost") => link.what_if.lost.as_deref().into(),
        (_, "month") => link.what_if.months.into(),
        (_, "embed") => link.embed.as_deref().into(),
        (_, "beside") => Said::Number(link.beside.len() as f64),
        (_, "name") => scenario.name.as_str().into(),
        (_, key) => traffic(scenario, key)
            .or_else(|| gateway(scenario, key))
            .or_else(|| autoscaler(scenario, key))
            .or_else(|| platform(scenario, key))
            .or_else(|| choice(scenario, key))
            .unwrap_or_else(|| panic!("{name} is nothing that a link says")),
    }
}

fn traffic(scenario: &Scenario, key: &str) -> Option<Said> {
    let (traffic, costs) = (&scenario.traffic, &scenario.costs);
    Some(match key {
        "peak-multiplier" => traffic.peak_multiplier.into(),
        "headroom" => traffic.headroom.into(),
        "burstiness" => traffic.burstiness.into(),
        "burstiness-window" => traffic.burstiness_window_s.into(),
        "growth" => traffic.growth_percent.into(),
        "lead-days" => traffic.lead_days.into(),
        "vcpu-usd" => costs.vcpu_usd_per_hour.into(),
        "memory-usd" => costs.memory_usd_per_gb_hour.into(),
        "disk-usd" => costs.disk_usd_per_gb_month.into(),
        "lost-usd" => costs.lost_request_usd.into(),
        "draw-seed" => scenario.draw_seed.into(),
        "seed" => scenario.day.seed.into(),
        "sends" => scenario.day.sends.into(),
        "leaving" => scenario.day.leaving.key().into(),
        "happens" => scenario.day.happens.as_deref().into(),
        "goal-late" => scenario.day.goals.late_percent.into(),
        "goal-unanswered" => scenario.day.goals.unanswered_percent.into(),
        "goal-wait" => scenario.day.goals.wait_p99_s.into(),
        _ => return None,
    })
}

fn gateway(scenario: &Scenario, key: &str) -> Option<Said> {
    let gateway = &scenario.gateway;
    Some(match key {
        "concurrency" => gateway.concurrency.into(),
        "overhead" => gateway.overhead_ms.into(),
        "vcpu" => gateway.vcpu.into(),
        "memory" => gateway.memory_mb.into(),
        "queue-size" => gateway.queue_max_size.into(),
        "timeout" => gateway.client_timeout_s.into(),
        "max-wait" => gateway.wait_most_s.into(),
        "gateway-rps" => gateway.rps_each.into(),
        "gateway-tps" => gateway.tps_each.into(),
        "wait-target" => gateway.wait_target_s.into(),
        "zones" => gateway.zones.into(),
        "startup" => gateway.startup_s.into(),
        "failures" => gateway.retry.failure_percent.into(),
        "attempts" => gateway.retry.attempts.into(),
        "retry-delay" => gateway.retry.delay_ms.into(),
        "trip" => gateway.retry.trip_s.into(),
        _ => return None,
    })
}

fn autoscaler(scenario: &Scenario, key: &str) -> Option<Said> {
    let hpa = &scenario.gateway.hpa;
    Some(match key {
        "hpa-in-flight" => hpa.in_flight.into(),
        "hpa-min" => hpa.replicas_min.into(),
        "hpa-max" => hpa.replicas_max.into(),
        "hpa-cpu" => hpa.cpu_percent.into(),
        "hpa-queue" => hpa.queue_depth.into(),
        "hpa-up-window" => hpa.up_window_s.into(),
        "hpa-up-percent" => hpa.up_percent.into(),
        "hpa-up-period" => hpa.up_period_s.into(),
        "hpa-down-window" => hpa.down_window_s.into(),
        "hpa-down-percent" => hpa.down_percent.into(),
        "hpa-down-period" => hpa.down_period_s.into(),
        "hpa-cpu-average" => hpa.cpu_average.into(),
        "hpa-memory" => hpa.memory_percent.into(),
        "hpa-memory-average" => hpa.memory_average_mb.into(),
        "hpa-up-pods" => hpa.up_pods.into(),
        "hpa-up-pods-period" => hpa.up_pods_period_s.into(),
        "hpa-up-tolerance" => hpa.up_tolerance_percent.into(),
        "hpa-down-pods" => hpa.down_pods.into(),
        "hpa-down-pods-period" => hpa.down_pods_period_s.into(),
        "hpa-down-tolerance" => hpa.down_tolerance_percent.into(),
        "hpa-up-more" => listed(&hpa.up_more.to_string()),
        "hpa-down-more" => listed(&hpa.down_more.to_string()),
        "hpa-metrics" => listed(&hpa.metrics.to_string()),
        "hpa-schedule" => listed(&hpa.schedules.to_string()),
        "hpa-up-select" => selected(hpa.up_select),
        "hpa-down-select" => selected(hpa.down_select),
        "kubernetes" => format!("1.{}", hpa.kubernetes.minor()).as_str().into(),
        _ => return None,
    })
}

fn listed(list: &str) -> Said {
    Some(list).filter(|list| !list.is_empty()).into()
}

fn selected(select: Select) -> Said {
    match select {
        Select::Max => "max",
        Select::Min => "min",
        Select::Disabled => "disabled",
    }
    .into()
}

fn platform(scenario: &Scenario, key: &str) -> Option<Said> {
    let (storage, database) = (&scenario.storage, &scenario.database);
    Some(match key {
        "api-replicas" => scenario.control_plane.api_replicas.into(),
        "event-bytes" => storage.event_bytes.into(),
        "dead-rows" => storage.dead_percent.into(),
        "retention-days" => storage.retention_days.into(),
        "copies" => storage.copies.into(),
        "audit-days" => storage.audit_retention_days.into(),
        "connections-per-replica" => database.connections_per_replica.into(),
        "processes" => database.processes.into(),
        "pool-overflow" => database.pool_overflow.into(),
        "pooler-connections" => database.pooler_connections.into(),
        "workers" => database.workers.into(),
        "connections-per-worker" => database.connections_per_worker.into(),
        "connections-per-gateway" => database.connections_per_gateway.into(),
        "surge" => database.surge_percent.into(),
        "surge-pods" => database.surge_pods.into(),
        "connection-headroom" => database.headroom.into(),
        "max-connections" => database.max_connections.into(),
        "server-connections" => database.server_max_connections.into(),
        _ => return None,
    })
}

fn choice(scenario: &Scenario, key: &str) -> Option<Said> {
    Some(match key {
        "shape" => match scenario.traffic.shape {
            DayShape::Flat => "flat",
            DayShape::Office => "office",
            DayShape::Global => "global",
            DayShape::Custom(_) => "24 numbers",
        }
        .into(),
        "chain" => scenario.gateway.chain.as_str().into(),
        "overflow" => match scenario.gateway.queue_overflow {
            Overflow::Reject => "reject",
            Overflow::DropOldest => "drop_oldest",
        }
        .into(),
        "events" => match scenario.storage.event_kind {
            EventKind::Flat => "flat",
            EventKind::Metadata => "metadata",
            EventKind::Attributes => "attributes",
            EventKind::FullText => "text",
        }
        .into(),
        "pod-routing" => match scenario.gateway.routing {
            Routing::Random => "random",
            Routing::InTurn => "in-turn",
            Routing::Fewest => "fewest",
            Routing::BestOfTwo => "best-of-two",
            Routing::Pool => "pool",
        }
        .into(),
        "cleanup" => match scenario.storage.cleanup {
            Cleanup::Delete => "delete",
            Cleanup::Partitions => "partitions",
        }
        .into(),
        "size" => scenario.control_plane.size.as_deref().into(),
        _ => return None,
    })
}

fn workload(workload: &Workload, key: &str) -> Said {
    match key {
        "name" => workload.name.as_str().into(),
        "from" => workload.profile.as_deref().into(),
        "requests" => workload.requests.into(),
        "period" => match workload.period {
            Period::Day => "day".into(),
            Period::Hour => "hour".into(),
            Period::Minute => "minute".into(),
        },
        "avg-input-tokens" => workload.input_tokens.into(),
        "avg-output-tokens" => workload.output_tokens.into(),
        "cached" => workload.cached_percent.into(),
        "cache-write" => workload.cache_write_percent.into(),
        "to" => workload.to.as_deref().into(),
        "max-output-tokens" => workload.max_output_tokens.into(),
        "users" => workload.users.into(),
        "calls" => workload.calls.into(),
        "cache-hit" => workload.cache_hit_percent.into(),
        "batch" => workload.batch_percent.into(),
        "token-correlation" => workload.token_correlation.into(),
        _ => panic!("a workload has no {key}"),
    }
}

fn provider(provider: &Provider, key: &str) -> Said {
    let (limits, unit, prices) = (&provider.limits, &provider.unit, &provider.prices);
    match key {
        "provider" => provider.vendor.as_str().into(),
        "name" => provider.name.as_str().into(),
        "model" => provider.model.as_str().into(),
        "tier" => provider.tier.as_str().into(),
        "weight" => provider.weight.into(),
        "rpm" => limits.rpm.into(),
        "tpm" => limits.tpm.into(),
        "itpm" => limits.itpm.into(),
        "otpm" => limits.otpm.into(),
        "rpd" => limits.rpd.into(),
        "tpd" => limits.tpd.into(),
        "requests-month" => limits.requests_per_month.into(),
        "tokens-month" => limits.tokens_per_month.into(),
        "in-flight" => limits.concurrency.into(),
        "window" => limits.window_s.into(),
        "token-window" => limits.token_window_s.into(),
        "spend-month" => limits.usd_per_month.into(),
        "spend-10-min" => limits.usd_per_10_min.into(),
        "batch-queue" => limits.batch_tokens.into(),
        "batch-requests" => limits.batch_requests.into(),
        "batch-hours" => provider.batch_hours.into(),
        "context" => provider.context.into(),
        "answer-max" => provider.answer_max.into(),
        "order" => provider.order.into(),
        "counting" => match provider.counting {
            Counting::Input => "input".into(),
            Counting::Reserved => "reserved".into(),
            Counting::Corrected => "corrected".into(),
            Counting::Produced => "produced".into(),
        },
        "scope" => match provider.scope {
            Scope::Provider => "provider".into(),
            Scope::Gateway => "gateway".into(),
            Scope::Divided => "divided".into(),
        },
        "output-weight" => provider.output_weight.into(),
        "units" => provider.units.into(),
        "unit-tpm" => unit.input_tpm.into(),
        "unit-output" => unit.output_weight.into(),
        "unit-cached" => unit.cached_percent.into(),
        "unit-min" => unit.units_min.into(),
        "unit-step" => unit.units_step.into(),
        "unit-usd" => unit.usd_per_month.into(),
        "price-input" => prices.input.into(),
        "price-cached" => prices.cached.into(),
        "price-output" => prices.output.into(),
        "price-batch" => prices.batch_percent.into(),
        "price-write" => prices.write.into(),
        "long-from" => prices.long_from.into(),
        "price-long-input" => prices.long_input.into(),
        "price-long-cached" => prices.long_cached.into(),
        "price-long-output" => prices.long_output.into(),
        "ttft" => provider.ttft_s.into(),
        "tps" => provider.output_tps.into(),
        "target" => provider.target_percent.into(),
        _ => panic!("a provider has no {key}"),
    }
}
