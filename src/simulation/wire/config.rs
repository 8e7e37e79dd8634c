//! Wire format of a question's parts.

use super::super::config::{
    Action, Activation, Arrivals, Breaker, Calls, Change, Client, Config, Counted, Counting, Cpu,
    Event, Failover, Fallback, Further, FurtherKind, Gateway, Hpa, Keeps, Load, MetricName,
    MetricOutage, Metrics, OutageKind, Overflow, OwnLimit, Planned, Provider, ProviderOutage,
    Quota, QuotaUse, RandomArrivals, Refill, Regular, Resend, Room, Routing, Schedule, Scope,
    Slowdown, Stop, Target, Trigger, Weights,
};
use super::{Question, Wire, byte, choice, record};
use crate::model::hpa::{Behavior, Limits, Policy, PolicyKind, Rules, Select, Timing, Version};

record! {
    Question { seed, config }
    Config {
        duration_ms, bucket_ms, late_ms, clients, arrivals, providers, quotas, gateway, calls,
        metrics, hpa, events, stop,
    }
    Stop { late, lost }
    Client {
        weight, input_tokens, output_tokens, max_output_tokens, service_ms, input_cv, output_cv,
        service_cv, max_wait_ms, max_total_ms, resend, to, is_answered_here,
    }
    Resend { sends, delay_ms, factor, max_delay_ms, jitter_ms }
    Planned { at_ms, client, input_tokens, output_tokens, service_ms }
    Regular { from_ms, to_ms, gap_ms, size, request }
    RandomArrivals { window_ms, requests, dispersion, spread_ms }
    Provider {
        weight, order, rpm, tpm, burst_ms, counting, max_in_flight, at_once_with, gateway_limit,
        too_large, quotas, outages, slowdowns, fail_ms, reject_ms, failure_ppm, ttft_ms,
        tokens_per_s,
    }
    Quota { limit, period_ms, refill, scope }
    QuotaUse { quota, counting, by_client }
    Counted { asked, used, answer_least }
    Weights { call, input, output }
    OwnLimit { rpm, tpm, burst_ms, counting, scope, action }
    ProviderOutage { from_ms, to_ms, kind, over_ms }
    Slowdown { from_ms, to_ms, permille }
    Calls { attempts, failover, delay_ms, factor, max_delay_ms, timeout_ms, breaker }
    Breaker { failures, trip_ms, open_ms, probes }
    Gateway {
        pods, slots, queue_max, overflow, stale_ms, routing, overhead_ms, start_gap_us,
        notices_leaving, startup_ms, pending_ms, drain_ms, zones, cpu,
    }
    Cpu { request_m, us_per_start, in_flight_m, idle_m, limit_m }
    Metrics { scrape_ms, offset_ms, lag_ms, outages }
    MetricOutage { metric, from_ms, to_ms }
    Hpa { limits, metrics, further, schedules, activation, fallback, sync_ms, offset_ms, timing }
    Schedule { from_ms, to_ms, pods }
    Activation {
        polling_ms, offset_ms, cooldown_ms, initial_cooldown_ms, idle, least, triggers,
    }
    Fallback { failures, pods, keeps }
    Further { kind, target_m, per_rps_m }
    Target { name, target, is_summed }
    Event { at_ms, change }
    Limits { min, max, behavior, down_window_ms, tolerance, version }
    Behavior { up, down }
    Rules { select, window_ms, policies, tolerance }
    Policy { kind, value, period_ms }
    Timing { cpu_initialization_ms, readiness_delay_ms }
}

choice! {
    Counting { 0 Reserve, 1 Settle, 2 Postpaid }
    Scope { 0 Pod, 1 Shared }
    Action { 0 Reject, 1 Pace }
    OutageKind { 0 Fail, 1 Hang }
    Failover { 0 Ordered, 1 None }
    Overflow { 0 Reject, 1 DropOldest }
    Routing { 0 Random, 1 Turn, 2 Fewest, 3 Two, 4 Pool }
    MetricName { 0 Cpu, 1 QueueDepth, 2 InFlight }
    FurtherKind { 0 CpuAverage, 1 Pods, 2 Whole, 3 Divided }
    PolicyKind { 0 Pods, 1 Percent }
    Select { 0 Max, 1 Min, 2 Disabled }
    Keeps { 0 Own, 1 Current, 2 Higher, 3 Lower }
}

impl Wire for Version {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        u32::take(from).map(Self)
    }
}

impl Wire for Arrivals {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::List(list) => {
                out.push(0);
                list.put(out);
            }
            Self::Regular(streams) => {
                out.push(1);
                streams.put(out);
            }
            Self::Random(random) => {
                out.push(2);
                random.put(out);
            }
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Wire::take(from).map(Self::List),
            1 => Wire::take(from).map(Self::Regular),
            2 => Wire::take(from).map(Self::Random),
            _ => None,
        }
    }
}

impl Wire for Room {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Percent(percent) => {
                out.push(0);
                percent.put(out);
            }
            Self::Pods(pods) => {
                out.push(1);
                pods.put(out);
            }
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Wire::take(from).map(Self::Percent),
            1 => Wire::take(from).map(Self::Pods),
            _ => None,
        }
    }
}

impl Wire for Trigger {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Above { load, above_m } => {
                out.push(0);
                load.put(out);
                above_m.put(out);
            }
            Self::Scheduled(place) => {
                out.push(1);
                place.put(out);
            }
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Some(Self::Above {
                load: Wire::take(from)?,
                above_m: Wire::take(from)?,
            }),
            1 => Wire::take(from).map(Self::Scheduled),
            _ => None,
        }
    }
}

impl Wire for Load {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Waiting => out.push(0),
            Self::InFlight => out.push(1),
            Self::PerRps(each_m) => {
                out.push(2);
                each_m.put(out);
            }
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Some(Self::Waiting),
            1 => Some(Self::InFlight),
            2 => Wire::take(from).map(Self::PerRps),
            _ => None,
        }
    }
}

impl Wire for Refill {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Steady { burst_ms } => {
                out.push(0);
                burst_ms.put(out);
            }
            Self::AtOnce => out.push(1),
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Wire::take(from).map(|burst_ms| Self::Steady { burst_ms }),
            1 => Some(Self::AtOnce),
            _ => None,
        }
    }
}

impl Wire for Change {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::ZoneLoss {
                zone,
                grace_ms,
                eviction_ms,
            } => {
                out.push(0);
                zone.put(out);
                grace_ms.put(out);
                eviction_ms.put(out);
            }
            Self::ZoneBack { zone } => {
                out.push(1);
                zone.put(out);
            }
            Self::Rollout {
                surge,
                unavailable,
                waits,
            } => {
                out.push(2);
                surge.put(out);
                unavailable.put(out);
                waits.put(out);
            }
            Self::Limits { provider, permille } => {
                out.push(3);
                provider.put(out);
                permille.put(out);
            }
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Some(Self::ZoneLoss {
                zone: Wire::take(from)?,
                grace_ms: Wire::take(from)?,
                eviction_ms: Wire::take(from)?,
            }),
            1 => Some(Self::ZoneBack {
                zone: Wire::take(from)?,
            }),
            2 => Some(Self::Rollout {
                surge: Wire::take(from)?,
                unavailable: Wire::take(from)?,
                waits: Wire::take(from)?,
            }),
            3 => Some(Self::Limits {
                provider: Wire::take(from)?,
                permille: Wire::take(from)?,
            }),
            _ => None,
        }
    }
}
