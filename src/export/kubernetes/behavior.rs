//! `behavior` block shared by `hpa.yaml` and `keda-scaledobject.yaml`.

use serde::Serialize;

use super::super::node::Quoted;
use super::super::yaml::{Noted, fixed, planned};
use crate::model::digits;
use crate::say::export::autoscaler as say;
use crate::scenario::{Hpa, ScalingPolicy, Scenario, Select};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Behavior {
    scale_up: Direction,
    scale_down: Direction,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Direction {
    stabilization_window_seconds: Noted<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    select_policy: Option<Noted<&'static str>>,
    /// Absent takes the API's defaults; an empty list is a fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    policies: Option<Vec<Policy>>,
    /// Quantity; the API takes text here.
    #[serde(skip_serializing_if = "Option::is_none")]
    tolerance: Option<Noted<Quoted>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    r#type: &'static str,
    value: Noted<u32>,
    period_seconds: Noted<u32>,
}

/// Scaling settings of one direction.
struct Way {
    window_s: u32,
    percent: Option<u32>,
    period_s: u32,
    pods: Option<u32>,
    pods_period_s: u32,
    more: Vec<ScalingPolicy>,
    select: Select,
    tolerance_percent: Option<f64>,
}

fn ways(hpa: &Hpa) -> [Way; 2] {
    [
        Way {
            window_s: hpa.up_window_s,
            percent: hpa.up_percent,
            period_s: hpa.up_period_s,
            pods: hpa.up_pods,
            pods_period_s: hpa.up_pods_period_s,
            more: hpa.up_more.0.clone(),
            select: hpa.up_select,
            tolerance_percent: hpa.up_tolerance_percent,
        },
        Way {
            window_s: hpa.down_window_s,
            percent: hpa.down_percent,
            period_s: hpa.down_period_s,
            pods: hpa.down_pods,
            pods_period_s: hpa.down_pods_period_s,
            more: hpa.down_more.0.clone(),
            select: hpa.down_select,
            tolerance_percent: hpa.down_tolerance_percent,
        },
    ]
}

/// Scaling policies and windows of a scenario; the guide's values are marked as such.
pub(super) fn behavior(hpa: &Hpa) -> Behavior {
    let [up, down] = ways(hpa);
    let [guide_up, guide_down] = ways(&Scenario::default().gateway.hpa);
    Behavior {
        scale_up: direction(&up, &guide_up),
        scale_down: direction(&down, &guide_down),
    }
}

fn direction(way: &Way, guide: &Way) -> Direction {
    let percent = way.percent.map(|value| Policy {
        r#type: "Percent",
        value: own(value, guide.percent),
        period_seconds: own(way.period_s, guide.period_s),
    });
    let pods = way.pods.map(|value| Policy {
        r#type: "Pods",
        value: planned(value, say::OWN_TARGET),
        period_seconds: planned(way.pods_period_s, say::OWN_TARGET),
    });
    let more = way.more.iter().map(|policy| Policy {
        r#type: policy.step.api(),
        value: planned(policy.value, say::OWN_TARGET),
        period_seconds: planned(policy.period_s, say::OWN_TARGET),
    });
    let policies: Vec<Policy> = percent.into_iter().chain(pods).chain(more).collect();
    let is_moot = policies.is_empty() && way.select == Select::Disabled;
    let select = (way.select != Select::Max).then_some(way.select);
    Direction {
        stabilization_window_seconds: own(way.window_s, guide.window_s),
        select_policy: select.map(|select| planned(select.api(), say::OWN_TARGET)),
        policies: (!is_moot).then_some(policies),
        tolerance: way.tolerance_percent.map(|percent| {
            // The resolution of a quantity.
            let ratio = libm::round(percent * 1e7) / 1e9;
            let ratio = digits::shortest(ratio);
            planned(Quoted(ratio), say::OWN_TARGET)
        }),
    }
}

/// Value marked as the guide's, or as the user's own.
pub(super) fn own(value: u32, guide: impl Into<Option<u32>>) -> Noted<u32> {
    match guide.into() {
        Some(guide) if guide == value => fixed(value, say::OF_GUIDE),
        Some(guide) => planned(value, &say::own(guide)),
        None => planned(value, say::OWN_TARGET),
    }
}
