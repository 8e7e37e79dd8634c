//! Further formats of real files, each with its target's behavior.

use serde_json::json;

use super::{asked, changed, most, reading, refused, why};
use kt_capacity::import::Unreadable;

#[test]
fn a_rollout_surges_by_its_own_strategy() {
    let rollout = |strategy: &str| {
        let text = format!(
            "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {{name: gateway}}\nspec: \
             {{strategy: {strategy}, template: {{spec: {{containers: [{{name: gateway}}]}}}}}}\n"
        );
        let database = reading(&text).scenario.database;
        (database.surge_percent, database.surge_pods)
    };
    assert_eq!(rollout("{canary: {maxSurge: 2}}").1, Some(2));
    assert_eq!(rollout("{canary: {maxSurge: 40%}}"), (40.0, None));
    // Argo Rollouts' own default is 25 %, and blueGreen runs two whole sets of pods.
    assert_eq!(rollout("{canary: {steps: []}}"), (25.0, None));
    assert_eq!(rollout("{blueGreen: {activeService: a}}"), (100.0, None));
}

#[test]
fn a_component_that_is_off_is_none() {
    let values = "controller:\n  autoscaling: {enabled: true, minReplicas: 3, maxReplicas: 11}\n\
                  defaultBackend: {enabled: false, replicaCount: 1}\n";
    let read = reading(values);
    assert_eq!(most(&read), Some(11));
    assert!(why(&read, "defaultBackend.replicaCount").contains("another component"));
    assert_eq!(most(&asked(values, "defaultBackend")), Some(1));
    let both = values.replace("false", "true");
    assert_eq!(refused(&both).names(), ["controller", "defaultBackend"]);
}

#[test]
fn a_deployment_of_litellm_says_its_model_and_a_row_for_all_is_none() {
    let text = "model_list:\n\
                - model_name: gpt\n  litellm_params: {model: azure/my-deployment, rpm: 90_0}\n  \
                model_info: {base_model: azure/gpt-4o}\n\
                - {model_name: \"*\", litellm_params: {model: \"*\"}}\n\
                - model_name: all\n  litellm_params: {model: \"groq/*\", tpm: os.environ/TPM}\n";
    let read = reading(text);
    let rows: Vec<(&str, &str)> = read
        .scenario
        .providers
        .iter()
        .map(|row| (&*row.vendor, &*row.model))
        .collect();
    assert_eq!(rows[0], ("azure-openai", "gpt-4o"));
    assert_eq!(read.scenario.providers[0].limits.rpm, Some(900.0));
    assert_eq!((rows.len(), rows[1].0), (2, "groq"));
    assert!(!rows[1].1.contains('*'));
    assert!(why(&read, "model_list.1").contains("names none"));
    assert!(why(&read, "model_list.2.litellm_params.tpm").contains("a placeholder"));
}

#[test]
fn an_autoscaler_that_is_paused_is_told() {
    let object = |value: &str| {
        json!({
            "kind": "ScaledObject",
            "metadata": {"name": "g", "annotations": {"autoscaling.keda.sh/paused": value}},
            "spec": {"maxReplicaCount": 31, "triggers": [{"type": "cpu", "metricType":
                "Utilization", "metadata": {"value": "72"}}]},
        })
        .to_string()
    };
    let paused = reading(&object("true"));
    assert_eq!(most(&paused), Some(31));
    assert!(why(&paused, "keda.sh/paused").contains("as if it ran"));
    let running = reading(&object("false"));
    assert!(why(&running, "keda.sh/paused").contains("not part of the model"));
}

#[test]
fn numbers_that_nothing_can_hold_are_told_with_what_is_allowed() {
    let hpa = |least: &str, most: &str| {
        reading(&format!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: \
             g}}\nspec: {{minReplicas: {least}, maxReplicas: {most}}}\n"
        ))
    };
    for (least, part) in [
        ("-2", "HPA minimum takes a whole number"),
        ("0", "0 pods need a metric"),
        ("1.5", "HPA minimum takes a whole number"),
        ("'３'", "HPA minimum takes a whole number"),
        ("soon", "HPA minimum takes a whole number"),
    ] {
        assert!(
            why(&hpa(least, "9"), "spec.minReplicas").contains(part),
            "{least}"
        );
    }
    for most in ["99999999999999999999", "1e30", "0", "-1", "'1e400'", ".inf"] {
        let read = hpa("2", most);
        assert!(
            why(&read, "spec.maxReplicas").contains("HPA maximum takes"),
            "{most}"
        );
        assert_eq!(changed(&read)["hpa-max"], json!(null));
    }
    assert_eq!(most(&hpa("2", "1e1")), Some(10));
    assert_eq!(most(&hpa("2", "0x1f")), Some(31));
    assert_eq!(most(&hpa("2", "\"12\"")), Some(12));
}

#[test]
fn pages_are_pages_however_they_begin() {
    for page in [
        "\n<!-- proxy --><html><body>502</body></html>",
        "<p>Sign in</p>",
        "<table><tr><td>x</td></tr></table>",
        "<Error><Code>AccessDenied</Code></Error>",
    ] {
        assert!(matches!(refused(page), Unreadable::NoText(_)), "{page}");
    }
    let link = "<https://a.example/#v=1&growth=3>";
    assert_eq!(changed(&reading(link))["growth"], 3);
}

#[test]
fn a_route_of_the_cluster_has_its_plugins() {
    let text = r"
apiVersion: apisix.apache.org/v2
kind: ApisixRoute
metadata: {name: llm}
spec:
  http:
  - name: r
    plugins:
    - name: ai-proxy
      enable: true
      config: {provider: deepseek, options: {model: deepseek-chat}}
    - name: ai-rate-limiting
      config: {limit: 900, time_window: 60}
";
    let read = reading(text);
    let row = &read.scenario.providers[0];
    assert_eq!(
        (row.vendor.as_str(), row.limits.tpm),
        ("deepseek", Some(900.0))
    );
    let off = reading(&text.replace("enable: true", "enable: false"));
    assert!(why(&off, "http.0.plugins.0.config").contains("switched off"));
}

#[test]
fn a_service_of_kong_has_retries_and_a_timeout_for_its_routes() {
    let text = r"
_format_version: '3.0'
services:
- name: ai
  read_timeout: 42000
  retries: 4
  routes:
  - name: a
    plugins:
    - {name: ai-proxy, config: {model: {provider: openai, name: gpt-4o}}}
  - name: b
    plugins:
    - {name: ai-proxy, config: {model: {provider: groq, name: m}}}
";
    let read = reading(text);
    assert_eq!(read.scenario.providers.len(), 2);
    assert_eq!(read.scenario.gateway.retry.attempts, 5);
    assert_eq!(read.scenario.gateway.client_timeout_s.to_string(), "42");
    assert!(
        !read
            .left
            .iter()
            .any(|left| left.why.contains("says it already"))
    );
}

#[test]
fn what_a_chart_has_and_does_not_switch_on_is_told_so() {
    let text = "replicaCount: 3\nautoscaling: {enabled: false, maxReplicas: 100}\nkeda: {enabled: \
                false, maxReplicas: 90}\n";
    let read = reading(text);
    assert_eq!(most(&read), Some(3));
    assert_eq!(why(&read, "autoscaling"), "is switched off");
    assert_eq!(why(&read, "keda"), "is switched off");
}

#[test]
fn what_steers_a_gateway_is_not_the_gateway() {
    let workload = |name: &str, cpu: u32| {
        format!(
            "kind: Deployment\nmetadata: {{name: {name}}}\nspec: {{template: {{spec: {{containers: \
             [{{name: main, resources: {{requests: {{cpu: {cpu}}}}}}}]}}}}}}\n"
        )
    };
    for (own, other) in [
        ("envoy-gw", "envoy-ai-gateway-controller"),
        ("kong-proxy", "kong-controller"),
        ("litellm", "litellm-migrations"),
        ("ai-gateway", "ai-gateway-operator"),
    ] {
        let (own, other) = (workload(own, 3), workload(other, 1));
        for text in [format!("{own}---\n{other}"), format!("{other}---\n{own}")] {
            assert_eq!(reading(&text).scenario.gateway.vcpu, Some(3.0), "{text}");
        }
    }
    // Alone it is what there is.
    let alone = workload("ingress-nginx-controller", 2);
    assert_eq!(reading(&alone).scenario.gateway.vcpu, Some(2.0));
}
