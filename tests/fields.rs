//! Every field that a manifest or a configuration can have is read or told: the fields come from
//! the schemas of Kubernetes, from KEDA's and from what `LiteLLM` documents, so that none can be
//! forgotten.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use kt_capacity::catalog::date::{Date, date};
use kt_capacity::import::read;
use kt_capacity::scenario::Scenario;
use serde_json::{Map, Value, json};

const TODAY: Date = date(2026, 11, 23);
/// An object with each field of a schema once.
fn example(schema: &Value, root: &Value, depth: usize) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let inner = root.pointer(reference.trim_start_matches('#')).unwrap();
        return example(inner, root, depth);
    }
    for many in ["anyOf", "oneOf", "allOf"] {
        if let Some(first) = schema[many].as_array().and_then(|all| all.first()) {
            return example(first, root, depth);
        }
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds[0].as_str().unwrap_or_default(),
        kind => kind.as_str().unwrap_or_default(),
    };
    match kind {
        _ if 40 < depth => json!("deep"),
        "object" => match schema["properties"].as_object() {
            Some(fields) => {
                let fields = fields.iter();
                let fields =
                    fields.map(|(key, field)| (key.clone(), example(field, root, depth + 1)));
                Value::Object(fields.collect::<Map<_, _>>())
            }
            None => json!({"key": "7"}),
        },
        "array" => json!([example(&schema["items"], root, depth + 1)]),
        "integer" | "number" => json!(7),
        "boolean" => json!(true),
        _ => json!("7"),
    }
}

fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    let join = |step: &str| {
        if path.is_empty() {
            step.to_owned()
        } else {
            format!("{path}.{step}")
        }
    };
    match value {
        Value::Object(fields) => {
            fields
                .iter()
                .for_each(|(key, field)| leaves(field, &join(key), found));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, item)| leaves(item, &join(&index.to_string()), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// The leaves of a document that no list of its reading names.
fn forgotten(document: &Value) -> Vec<String> {
    let reading = read(&document.to_string(), &Scenario::default(), TODAY).unwrap();
    let taken = reading
        .taken
        .iter()
        .chain(&reading.filled)
        .map(|taken| &taken.place);
    let left = reading
        .left
        .iter()
        .chain(&reading.alike)
        .map(|left| &left.place);
    let named: Vec<&String> = taken.chain(left).collect();
    let mut all = Vec::new();
    leaves(document, "", &mut all);
    all.retain(|leaf| {
        let is_named = named.iter().any(|place| {
            let rest = leaf.strip_prefix(place.as_str());
            !place.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        !is_named
    });
    all
}

fn document<T: schemars::JsonSchema>(kind: &str, version: &str) -> Value {
    let schema = schemars::schema_for!(T).to_value();
    let mut document = example(&schema, &schema, 0);
    document["kind"] = json!(kind);
    document["apiVersion"] = json!(version);
    document
}

#[test]
fn every_field_of_an_autoscaler_is_read_or_told() {
    let mut hpa = document::<HorizontalPodAutoscaler>("HorizontalPodAutoscaler", "autoscaling/v2");
    let all = {
        let mut all = Vec::new();
        leaves(&hpa, "", &mut all);
        all.len()
    };
    assert!(80 < all, "{all} fields of the schema");
    for kind in [
        "Resource",
        "ContainerResource",
        "Pods",
        "Object",
        "External",
        "7",
    ] {
        hpa["spec"]["metrics"][0]["type"] = json!(kind);
        for policy in ["Pods", "Percent"] {
            hpa["spec"]["behavior"]["scaleUp"]["policies"][0]["type"] = json!(policy);
            assert_eq!(forgotten(&hpa), Vec::<String>::new(), "{kind} {policy}");
            assert_eq!(strange(&hpa), Vec::<String>::new(), "{kind} {policy}");
        }
    }
}

#[test]
fn every_field_of_a_deployment_is_read_or_told() {
    let deployment = document::<Deployment>("Deployment", "apps/v1");
    let mut all = Vec::new();
    leaves(&deployment, "", &mut all);
    assert!(500 < all.len(), "{} fields of the schema", all.len());
    let reading = read(&deployment.to_string(), &Scenario::default(), TODAY).unwrap();
    // More than are named apart are counted; the first thousand stand for them.
    let is_counted = reading
        .left
        .iter()
        .any(|left| left.place.ends_with(" more"));
    if !is_counted {
        assert_eq!(forgotten(&deployment), Vec::<String>::new());
    }
}

/// A whole Deployment has more parts than are named apart, so each part of a pod is read alone.
#[test]
fn every_part_of_a_pod_is_read_or_told_and_none_is_strange() {
    let deployment = document::<Deployment>("Deployment", "apps/v1");
    let stateful = document::<StatefulSet>("StatefulSet", "apps/v1");
    for whole in [deployment, stateful] {
        let pod = whole["spec"]["template"]["spec"].as_object().unwrap();
        assert_eq!(pod.len(), 40, "parts of a pod");
        for (key, value) in pod {
            let mut part = whole.clone();
            // Its volumes have more parts than are named apart.
            part["spec"]
                .as_object_mut()
                .unwrap()
                .remove("volumeClaimTemplates");
            part["spec"]["template"]["spec"] = json!({ key: value });
            assert_eq!(forgotten(&part), Vec::<String>::new(), "{key}");
            assert_eq!(strange(&part), Vec::<String>::new(), "{key}");
            part["spec"]["template"]["spec"] = json!({ format!("{key}x"): 7 });
            assert_eq!(strange(&part), [format!("spec.template.spec.{key}x")]);
        }
    }
}

/// The places that are told to be no field, or no object.
fn strange(document: &Value) -> Vec<String> {
    let reading = read(&document.to_string(), &Scenario::default(), TODAY).unwrap();
    let is_strange = |why: &str| why.contains("is no field") || why.contains("is no object");
    let strange = reading
        .left
        .into_iter()
        .filter(|left| is_strange(&left.why));
    strange.map(|left| left.place).collect()
}

/// The fields of KEDA's custom resource, and the metadata of its scalers that are known.
#[test]
fn every_field_of_a_scaled_object_is_read_or_told() {
    let policy = |kind: &str| json!([{"type": kind, "value": 7, "periodSeconds": 7}]);
    let way = |kind: &str| {
        json!({
            "stabilizationWindowSeconds": 7, "selectPolicy": "Min", "tolerance": "0.05",
            "policies": policy(kind),
        })
    };
    let trigger = |kind: &str, metric: &str| {
        json!({
            "type": kind, "name": "t", "metricType": metric, "useCachedMetrics": true,
            "authenticationRef": {"name": "a", "kind": "b"},
            "metadata": {
                "value": "70", "containerName": "gateway", "serverAddress": "http://a",
                "query": "sum(kt_request_queue_depth)", "threshold": "9",
                "activationThreshold": "1", "namespace": "n", "ignoreNullValues": "true",
                "unsafeSsl": "false", "timeout": "3000", "customHeaders": "a=b",
                "queryParameters": "a=b", "authModes": "basic", "cortexOrgID": "o",
            },
        })
    };
    for (kind, metric) in [
        ("cpu", "Utilization"),
        ("memory", "AverageValue"),
        ("cpu", "Value"),
        ("prometheus", "AverageValue"),
        ("kafka", "AverageValue"),
    ] {
        let object = json!({
            "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
            "metadata": {
                "name": "a", "annotations": {"autoscaling.keda.sh/paused-replicas": "3"},
            },
            "spec": {
                "scaleTargetRef": {
                    "apiVersion": "apps/v1", "kind": "Deployment", "name": "a",
                    "envSourceContainerName": "c",
                },
                "pollingInterval": 7, "initialCooldownPeriod": 7, "cooldownPeriod": 7,
                "idleReplicaCount": 0, "minReplicaCount": 1, "maxReplicaCount": 7,
                "fallback": {"failureThreshold": 3, "replicas": 7, "behavior": "static"},
                "advanced": {
                    "restoreToOriginalReplicaCount": true,
                    "horizontalPodAutoscalerConfig": {
                        "name": "a",
                        "behavior": {"scaleUp": way("Pods"), "scaleDown": way("Percent")},
                    },
                    "scalingModifiers": {
                        "formula": "a", "target": "1", "activationTarget": "1",
                        "metricType": "Value",
                    },
                },
                "triggers": [trigger(kind, metric)],
            },
        });
        assert_eq!(forgotten(&object), Vec::<String>::new(), "{kind} {metric}");
    }
}

/// The keys that `LiteLLM` documents for its models, its router, and its settings.
#[test]
fn every_documented_key_of_litellm_is_read_or_told() {
    let of = |keys: &str| -> Map<String, Value> {
        let keys = keys.split_whitespace();
        keys.map(|key| (key.to_owned(), json!("7"))).collect()
    };
    let mut params = of(
        "api_key api_base api_version rpm tpm rpd tpd weight order max_parallel_requests timeout \
         stream_timeout max_retries organization custom_llm_provider region_name aws_region_name \
         vertex_project vertex_location input_cost_per_token output_cost_per_token tags \
         max_budget budget_duration cooldown_time drop_params extra_headers",
    );
    params.insert("model".to_owned(), json!("azure/gpt-4o"));
    let document = json!({
        "model_list": [{
            "model_name": "gpt", "litellm_params": params,
            "model_info": of("id mode base_model max_input_tokens max_output_tokens"),
        }],
        "router_settings": of(
            "routing_strategy redis_host redis_port redis_password redis_url num_retries timeout \
             retry_after allowed_fails cooldown_time fallbacks context_window_fallbacks \
             content_policy_fallbacks retry_policy allowed_fails_policy enable_pre_call_checks \
             optional_pre_call_checks cache_responses disable_cooldowns routing_strategy_args \
             stream_timeout max_fallbacks model_group_alias default_max_parallel_requests \
             enable_tag_filtering",
        ),
        "litellm_settings": of(
            "request_timeout num_retries fallbacks cache cache_params success_callback \
             failure_callback callbacks drop_params set_verbose json_logs max_budget \
             budget_duration context_window_fallbacks default_fallbacks force_ipv4 \
             turn_off_message_logging ssl_verify",
        ),
        "general_settings": of(
            "database_url database_connection_pool_limit database_connection_timeout master_key \
             max_parallel_requests global_max_parallel_requests \
             maximum_spend_logs_retention_period proxy_batch_write_at token_rate_limit_type \
             allow_requests_on_db_unavailable disable_spend_logs background_health_checks \
             health_check_interval alerting alerting_threshold store_model_in_db \
             proxy_budget_rescheduler_min_time",
        ),
        "environment_variables": of("REDIS_HOST"),
    });
    assert_eq!(forgotten(&document), Vec::<String>::new());
}

/// Lists of the API, as the blocks that Terraform's provider of Kubernetes has for them.
const BLOCKS: [(&str, &str); 13] = [
    ("metrics", "metric"),
    ("policies", "policy"),
    ("containers", "container"),
    ("initContainers", "init_container"),
    ("volumes", "volume"),
    ("tolerations", "toleration"),
    ("topologySpreadConstraints", "topology_spread_constraint"),
    ("readinessGates", "readiness_gate"),
    ("volumeClaimTemplates", "volume_claim_template"),
    ("ports", "port"),
    ("volumeMounts", "volume_mount"),
    ("volumeDevices", "volume_device"),
    ("managedFields", "managed_field"),
];

/// `averageUtilization` as `average_utilization`, and `hostIPC` as `host_ipc`.
fn snake(key: &str) -> String {
    let signs: Vec<char> = key.chars().collect();
    let mut name = String::new();
    for (index, sign) in signs.iter().enumerate() {
        let after_small = 0 < index && signs[index - 1].is_lowercase();
        if sign.is_uppercase() && after_small {
            name.push('_');
        }
        name.extend(sign.to_lowercase());
    }
    name
}

/// An object in the blocks of Terraform's provider: maps of own names are attributes.
fn blocks(fields: &Map<String, Value>, text: &mut String) {
    for (key, value) in fields {
        let block = BLOCKS.iter().find(|(list, _)| list == key);
        let name = block.map_or_else(|| snake(key), |(_, name)| (*name).to_owned());
        match value {
            Value::Array(items) if items.iter().all(Value::is_object) => {
                for item in items {
                    *text += &[name.as_str(), " {\n"].concat();
                    blocks(item.as_object().unwrap(), text);
                    text.push_str("}\n");
                }
            }
            Value::Object(inner) if !inner.contains_key("key") || 1 < inner.len() => {
                *text += &[name.as_str(), " {\n"].concat();
                blocks(inner, text);
                text.push_str("}\n");
            }
            value => *text += &[name.as_str(), " = ", &value.to_string(), "\n"].concat(),
        }
    }
}

fn terraform(object: &Value, resource: &str) -> String {
    let mut fields = object.as_object().unwrap().clone();
    fields.retain(|key, _| ["metadata", "spec"].contains(&key.as_str()));
    // Terraform's provider has the name, the labels and the like alone.
    fields.insert("metadata".to_owned(), json!({"name": "a"}));
    let mut text = format!("resource \"{resource}\" \"a\" {{\n");
    blocks(&fields, &mut text);
    text + "}\n"
}

/// Each field of an autoscaler in Terraform's blocks is the field of the manifest.
#[test]
fn every_field_of_an_autoscaler_in_blocks_is_that_of_the_manifest() {
    let mut hpa = document::<HorizontalPodAutoscaler>("HorizontalPodAutoscaler", "autoscaling/v2");
    hpa["metadata"] = json!({"name": "a"});
    hpa.as_object_mut().unwrap().remove("status");
    for kind in [
        "Resource",
        "ContainerResource",
        "Pods",
        "Object",
        "External",
        "7",
    ] {
        hpa["spec"]["metrics"][0]["type"] = json!(kind);
        let text = terraform(&hpa, "kubernetes_horizontal_pod_autoscaler_v2");
        let read = |text: &str| read(text, &Scenario::default(), TODAY).unwrap();
        let (one, two) = (read(&hpa.to_string()), read(&text));
        let taken = |reading: &kt_capacity::import::Reading| -> Vec<(String, String)> {
            let all = reading.taken.iter().chain(&reading.filled);
            all.map(|one| (one.place.clone(), one.value.clone()))
                .collect()
        };
        assert_eq!(taken(&one), taken(&two), "{kind}");
        let left = |reading: &kt_capacity::import::Reading| -> Vec<(String, String)> {
            let all = reading.left.iter().chain(&reading.alike);
            let own = all.filter(|left| left.object.starts_with("Horizontal"));
            let mut own: Vec<_> = own
                .map(|one| (one.place.clone(), one.why.clone()))
                .collect();
            own.sort();
            own
        };
        assert_eq!(left(&one), left(&two), "{kind}");
        assert_eq!(one.scenario, two.scenario);
    }
}

/// No field of a pod is strange in Terraform's blocks.
#[test]
fn no_field_of_a_pod_is_strange_in_blocks() {
    for (whole, resource) in [
        (
            document::<Deployment>("Deployment", "apps/v1"),
            "kubernetes_deployment",
        ),
        (
            document::<StatefulSet>("StatefulSet", "apps/v1"),
            "kubernetes_stateful_set_v1",
        ),
    ] {
        let pod = whole["spec"]["template"]["spec"].as_object().unwrap();
        for (key, value) in pod {
            let mut part = whole.clone();
            part["spec"]["template"]["spec"] = json!({ key: value });
            let text = terraform(&part, resource);
            let reading = read(&text, &Scenario::default(), TODAY).unwrap();
            let mut left = reading.left.iter();
            let odd =
                left.find(|one| one.why.contains("is no field") || one.why.contains("no object"));
            assert!(odd.is_none(), "{key}: {odd:?}");
            let is_named = |left: &kt_capacity::import::Leftover| {
                left.place.starts_with(&format!("spec.template.spec.{key}"))
            };
            let taken = reading.taken.iter().any(|one| one.place.contains(key));
            let named = reading.left.iter().chain(&reading.alike).any(is_named);
            assert!(named || taken, "{key}: {:#?}", reading.left);
        }
    }
}
