//! User's own metrics, as in `hpa.yaml`.

use serde::Serialize;

use super::super::node::Quoted;
use super::super::yaml::{Noted, planned};
use super::GATEWAY;
use crate::model::digits;
use crate::say::export::autoscaler as say;
use crate::scenario::scaling::{LoadMetric, MetricSource};

/// Metric of pods, of an object, or external.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outside {
    #[serde(skip_serializing_if = "Option::is_none")]
    described_object: Option<Described>,
    metric: Named,
    target: Target,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    api_version: &'static str,
    kind: &'static str,
    name: Noted<&'static str>,
}

#[derive(Serialize)]
struct Named {
    name: String,
}

/// Target quantity; the API takes text here.
#[derive(Serialize)]
#[serde(tag = "type")]
enum Target {
    Value {
        value: Noted<Quoted>,
    },
    #[serde(rename_all = "camelCase")]
    AverageValue {
        average_value: Noted<Quoted>,
    },
}

/// Source of a metric, without its type.
pub(super) fn outside(metric: &LoadMetric) -> Outside {
    let quantity = Quoted(digits::shortest(metric.target));
    let amount = planned(quantity, &say::metric_why(metric));
    let is_of_object = matches!(
        metric.source,
        MetricSource::Object | MetricSource::ObjectAverage
    );
    Outside {
        described_object: is_of_object.then(|| Described {
            api_version: "v1",
            kind: "Service",
            name: planned(GATEWAY, say::DESCRIBED),
        }),
        metric: Named {
            name: metric.name.clone(),
        },
        target: if metric.source.is_whole() {
            Target::Value { value: amount }
        } else {
            Target::AverageValue {
                average_value: amount,
            }
        },
    }
}
