//! Manifest types, compared with those generated from the Kubernetes API description.
//!
//! A field the API does not know is dropped on the way through its types, and one of
//! another type is refused; so a file that comes out as it went in has neither.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod scenes;

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::core::v1::{ConfigMap, Service};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Object after a round trip through the API's type.
fn through<T: DeserializeOwned + Serialize>(object: &Value) -> Value {
    let typed: T = serde_json::from_value(object.clone()).unwrap();
    serde_json::to_value(typed).unwrap()
}

#[test]
fn the_api_reads_each_manifest_as_it_was_written() {
    let mut seen = 0;
    for (name, scenario) in scenes::all() {
        for file in scenes::export(&scenario) {
            if !["deployment.yaml", "service.yaml", "hpa.yaml", "pdb.yaml"].contains(&file.name) {
                continue;
            }
            let objects: Vec<Value> = serde_saphyr::from_multiple(&file.text).unwrap();
            for object in objects {
                let read = match object["kind"].as_str().unwrap() {
                    "Deployment" => through::<Deployment>(&object),
                    "ConfigMap" => through::<ConfigMap>(&object),
                    "Service" => through::<Service>(&object),
                    "HorizontalPodAutoscaler" => through::<HorizontalPodAutoscaler>(&object),
                    "PodDisruptionBudget" => through::<PodDisruptionBudget>(&object),
                    other => panic!("{name}: {other} in {}", file.name),
                };
                assert_eq!(read, object, "{name}: {}", file.name);
                seen += 1;
            }
        }
    }
    assert_eq!(seen, scenes::all().len() * 5);
}
