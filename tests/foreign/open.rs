//! What an expression or a template makes is unknown, and not absent: nothing is filled in for it,
//! and it is told.

use super::{Reading, Scenario, most, reading, why};

/// Labels of the values that the file's target filled in.
fn filled(read: &Reading) -> Vec<&str> {
    read.filled.iter().map(|one| one.label.as_str()).collect()
}

/// Whether a label is among those filled in.
#[track_caller]
fn fills(read: &Reading, labels: &[&str], expected: bool) {
    let all = filled(read);
    for label in labels {
        assert_eq!(all.contains(label), expected, "{label}: {all:?}");
    }
}

const OF_METRICS: [&str; 2] = ["CPU target", "Queue target"];
const OF_UP: [&str; 3] = ["Up window", "Up step", "Up step, pods"];

/// Each way to leave a list of metrics open keeps the scenario's own targets.
#[test]
fn metrics_that_nobody_knows_are_not_filled_in() {
    let own = Scenario::default().gateway.hpa;
    for (metrics, place) in [
        ("metrics: \"${M}\"", "spec.metrics"),
        ("metrics: \"{{ metrics }}\"", "spec.metrics"),
        ("metrics: [\"$(M)\"]", "spec.metrics.0"),
        ("metrics: [{type: \"${T}\"}]", "spec.metrics.0"),
        ("metrics: 5", "spec.metrics"),
    ] {
        let read = reading(&format!("{}  {metrics}\n", super::HPA));
        let hpa = &read.scenario.gateway.hpa;
        assert_eq!(hpa.cpu_percent, own.cpu_percent, "{metrics}");
        assert_eq!(hpa.queue_depth, own.queue_depth, "{metrics}");
        fills(&read, &OF_METRICS, false);
        // What does not depend on them is filled in as ever.
        fills(&read, &OF_UP, true);
        let told = why(&read, place);
        let is_gap = told.contains("a placeholder") != metrics.ends_with('5');
        assert!(is_gap, "{metrics}: {told}");
    }
}

/// A known target beside an open one counts, and nothing is said to be absent.
#[test]
fn a_known_metric_beside_an_open_one_counts() {
    let cpu = "{type: Resource, resource: {name: cpu, target: {type: Utilization, \
               averageUtilization: 64}}}";
    let read = reading(&format!(
        "{}  metrics: [{cpu}, \"${{MORE}}\"]\n",
        super::HPA
    ));
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(64));
    fills(&read, &["Queue target"], false);
    // A metric of pods without a target is no metric that there is not.
    let pods = "{type: Pods, pods: {metric: {name: kt_request_queue_depth}}}";
    let read = reading(&format!("{}  metrics: [{cpu}, {pods}]\n", super::HPA));
    let own = Scenario::default().gateway.hpa.queue_depth;
    assert_eq!(read.scenario.gateway.hpa.queue_depth, own);
    fills(&read, &["Queue target"], false);
    // That there is no target for memory is known all the same.
    assert!(why(&read, "metrics.1").contains("no target"));
    let gap = pods.replace("queue_depth}", "queue_depth}, target: \"${T}\"");
    let read = reading(&format!("{}  metrics: [{gap}]\n", super::HPA));
    assert!(why(&read, "metrics.0").contains("placeholder"));
    fills(&read, &["Queue target"], false);
    // With a metric there is no CPU target of the API's own.
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, None);
}

#[test]
fn a_behavior_that_nobody_knows_is_not_filled_in() {
    let own = Scenario::default().gateway.hpa;
    let of = |text: &str| reading(&format!("{}  {text}\n", super::HPA));
    let read = of("behavior: \"${B}\"");
    assert_eq!(read.scenario.gateway.hpa.up_percent, own.up_percent);
    assert_eq!(read.scenario.gateway.hpa.down_percent, own.down_percent);
    fills(&read, &OF_UP, false);
    assert!(why(&read, "spec.behavior").contains("nothing is filled in for it"));
    // One direction alone; and one list, whose window is known to be absent.
    let read = of("behavior: {scaleDown: \"${B}\"}");
    fills(&read, &OF_UP, true);
    fills(&read, &["Down window", "Down step"], false);
    let read = of("behavior: {scaleUp: {policies: \"${P}\"}}");
    fills(&read, &["Up window", "Down window"], true);
    fills(&read, &["Up step", "Up step, pods"], false);
    let read =
        of("behavior: {scaleUp: {policies: [{type: \"${P}\", value: 4, periodSeconds: 9}]}}");
    fills(&read, &["Up step", "Up step, pods"], false);
    assert!(why(&read, "policies.0").contains("placeholder"));
}

#[test]
fn triggers_that_nobody_knows_are_not_filled_in() {
    let own = Scenario::default().gateway.hpa;
    let of = |triggers: &str| {
        reading(&format!(
            "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {{name: gateway}}\nspec: \
             {{triggers: {triggers}}}\n"
        ))
    };
    for triggers in [
        "\"${T}\"",
        "[\"${T}\"]",
        "[{type: \"${T}\", metadata: {value: \"5\"}}]",
    ] {
        let read = of(triggers);
        assert_eq!(read.scenario.gateway.hpa.cpu_percent, own.cpu_percent);
        assert_eq!(read.scenario.gateway.hpa.schedules, own.schedules);
        fills(&read, &OF_METRICS, false);
        fills(&read, &["HPA minimum", "HPA maximum"], true);
        assert!(
            why(
                &read,
                if triggers.starts_with('"') {
                    "triggers"
                } else {
                    "triggers.0"
                }
            )
            .contains("placeholder")
        );
    }
    // A CPU trigger of an unknown type leaves the queue's absence known.
    let read = of("[{type: cpu, metricType: \"${T}\", metadata: {value: \"5\"}}]");
    fills(&read, &["CPU target"], false);
    fills(&read, &["Queue target"], true);
    assert!(why(&read, "triggers.0").contains("placeholder"));
}

const WORKLOAD: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: gateway}\nspec:\n  \
                        STRATEGY\n  template: {spec: {containers: [CONTAINERS]}}\n";

#[test]
fn a_request_that_nobody_knows_is_not_the_limit() {
    let own = Scenario::default().gateway;
    let of = |strategy: &str, containers: &str| {
        let text = WORKLOAD.replace("STRATEGY", strategy);
        reading(&text.replace("CONTAINERS", containers))
    };
    for resources in [
        "{requests: \"${R}\", limits: {cpu: 7}}",
        "\"${R}\"",
        "{requests: {cpu: \"${R}\"}, limits: {cpu: 7}}",
    ] {
        let read = of("", &format!("{{name: gateway, resources: {resources}}}"));
        assert_eq!(read.scenario.gateway.vcpu, own.vcpu, "{resources}");
        let told = read
            .left
            .iter()
            .filter(|one| one.why.contains("placeholder"));
        assert!(0 < told.count(), "{resources}: {:#?}", read.left);
    }
    // Beside a container that nobody knows a sidecar is not the gateway.
    let read = of(
        "",
        "\"${GATEWAY}\", {name: redis, resources: {requests: {cpu: 7}}}",
    );
    assert_eq!(read.scenario.gateway.vcpu, own.vcpu);
    assert!(why(&read, "containers").contains("placeholder"));
    let read = of(
        "",
        "\"${SIDECAR}\", {name: gateway, resources: {requests: {cpu: 7}}}",
    );
    assert_eq!(read.scenario.gateway.vcpu, Some(7.0));
    // A flag goes before the variable also where its value is a placeholder.
    let read = of(
        "",
        "{name: gateway, args: [\"--max-concurrency=$(N)\"], env: [{name: \
         KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY, value: \"7\"}]}",
    );
    assert_eq!(read.scenario.gateway.concurrency, own.concurrency);
    for strategy in ["strategy: \"${S}\"", "strategy: {type: \"${S}\"}"] {
        let read = of(strategy, "{name: gateway}");
        fills(&read, &["Update adds"], false);
        assert!(
            read.left
                .iter()
                .any(|one| one.why.contains("a placeholder")),
            "{strategy}"
        );
    }
}

/// A name that nobody knows may be the workload's.
#[test]
fn an_autoscaler_of_a_placeholder_is_read() {
    let hpa = super::HPA.replace(
        "kind: Deployment, name: gateway",
        "kind: Deployment, name: \"${N}\"",
    );
    let workload = WORKLOAD
        .replace("STRATEGY", "")
        .replace("CONTAINERS", "{name: gateway}");
    assert_eq!(most(&reading(&format!("{workload}---\n{hpa}"))), Some(31));
    let other = super::HPA.replace(
        "kind: Deployment, name: gateway",
        "kind: Deployment, name: web",
    );
    let before = Scenario::default().gateway.hpa.replicas_max;
    assert_eq!(most(&reading(&format!("{workload}---\n{other}"))), before);
}

#[test]
fn values_of_a_chart_and_a_pooler_that_nobody_knows_are_told() {
    let own = Scenario::default().gateway.hpa;
    for (values, place) in [
        (
            "replicaCount: 3\nautoscaling: {enabled: \"${E}\", maxReplicas: 9}\n",
            "enabled",
        ),
        ("replicaCount: 3\nautoscaling: \"{{ a }}\"\n", "autoscaling"),
    ] {
        let read = reading(values);
        assert_eq!(
            read.scenario.gateway.hpa.replicas_min, own.replicas_min,
            "{values}"
        );
        assert!(why(&read, place).contains("placeholder"));
        assert!(why(&read, "replicaCount").contains("placeholder"));
    }
    let read = reading(
        "autoscaling: {enabled: true, maxReplicas: 9, metrics: \"${M}\", \
         targetCPUUtilizationPercentage: 61}\n",
    );
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(61));
    fills(&read, &["Queue target"], false);
    let before = Scenario::default().database.pooler_connections;
    for text in [
        "[databases]\n* = host=a\n[pgbouncer]\ndefault_pool_size = ${POOL}\n",
        "[databases]\nkt = host=a pool_size={{pool}}\n[pgbouncer]\nmax_client_conn = 9\n",
        "%include sizes.ini\n[databases]\n* = host=a\n[pgbouncer]\nmax_client_conn = 9\n",
    ] {
        let read = reading(text);
        assert_eq!(read.scenario.database.pooler_connections, before, "{text}");
        fills(&read, &["Connections behind the pooler"], false);
        assert!(filled(&read).is_empty(), "{text}: {:?}", read.filled);
    }
}

const TYPED: &str = "resource \"kubernetes_horizontal_pod_autoscaler_v2\" \"gw\" {
  metadata { name = \"gateway\" }
  spec {
    max_replicas = 13
    scale_target_ref {
      kind = \"Deployment\"
      name = \"gateway\"
    }
    dynamic \"metric\" {
      for_each = var.metrics
      content { type = metric.value }
    }
    BEHAVIOR
  }
}
";

/// Blocks that Terraform repeats: the metrics are open, and the behavior too where it is one.
#[test]
fn dynamic_blocks_of_terraform_are_open() {
    let own = Scenario::default().gateway.hpa;
    let read = reading(&TYPED.replace("BEHAVIOR", ""));
    assert_eq!(
        (most(&read), read.scenario.gateway.hpa.cpu_percent),
        (Some(13), own.cpu_percent)
    );
    fills(&read, &OF_METRICS, false);
    fills(&read, &OF_UP, true);
    assert!(why(&read, "spec.metrics.0").contains("nothing is filled in for it"));
    let behavior = "dynamic \"behavior\" {\n      for_each = var.b\n      content {}\n    }";
    let read = reading(&TYPED.replace("BEHAVIOR", behavior));
    assert_eq!(read.scenario.gateway.hpa.up_percent, own.up_percent);
    fills(&read, &OF_UP, false);
    // The same in JSON, and in a manifest whose list is an expression.
    let json = r#"{"resource": {"kubernetes_horizontal_pod_autoscaler_v2": {"g": {"metadata":
      {"name": "gateway"}, "spec": {"max_replicas": 13, "dynamic": {"metric": {"for_each":
      "${var.m}", "content": {"type": "${metric.value}"}}}}}}}}"#;
    let read = reading(json);
    assert_eq!(most(&read), Some(13));
    fills(&read, &OF_METRICS, false);
    for metrics in [
        "var.m",
        "[for m in var.m : { type = m }]",
        "concat([], var.m)",
    ] {
        let text = format!(
            "resource \"kubernetes_manifest\" \"hpa\" {{\n  manifest = {{\n    apiVersion = \
             \"autoscaling/v2\"\n    kind = \"HorizontalPodAutoscaler\"\n    metadata = {{ name = \
             \"gateway\" }}\n    spec = {{\n      maxReplicas = 13\n      metrics = {metrics}\n    \
             }}\n  }}\n}}\n"
        );
        let read = reading(&text);
        assert_eq!(
            read.scenario.gateway.hpa.cpu_percent, own.cpu_percent,
            "{metrics}"
        );
        fills(&read, &OF_METRICS, false);
    }
}

/// What is set over a chart's values and only Terraform knows goes before them.
#[test]
fn a_value_that_terraform_sets_is_not_the_one_below_it() {
    let text = "resource \"helm_release\" \"g\" {\n  values = [\"replicaCount: 2\"]\n  set {\n    \
                name = \"replicaCount\"\n    value = var.n\n  }\n}\n";
    let read = reading(text);
    let own = Scenario::default().gateway.hpa;
    assert_eq!(read.scenario.gateway.hpa.replicas_min, own.replicas_min);
    assert!(why(&read, "replicaCount").contains("a placeholder"));
}

/// A remark on a whole holds for its parts; scalars and `ephemeral` blocks are told.
#[test]
fn what_a_default_decides_is_said_of_its_parts() {
    let text = TYPED
        .replace("BEHAVIOR", "")
        .replace(
            "resource \"kub",
            "variable \"b\" {\n  default = 13\n}\nresource \"kub",
        )
        .replace("max_replicas = 13", "max_replicas = var.b");
    let read = reading(&text);
    let max = read
        .taken
        .iter()
        .find(|one| one.label == "HPA maximum")
        .unwrap();
    assert!(max.note.as_deref().unwrap().contains("default of var.b"));
    let whole = "variable \"spec\" {\n  default = { maxReplicas = 12, minReplicas = 5 }\n}\n\
                 ephemeral \"random_password\" \"p\" {\n  length = 16\n}\nresource \
                 \"kubernetes_manifest\" \"hpa\" {\n  manifest = {\n    apiVersion = \
                 \"autoscaling/v2\"\n    kind = \"HorizontalPodAutoscaler\"\n    metadata = { name \
                 = \"gateway\" }\n    spec = var.spec\n  }\n}\n";
    let read = reading(whole);
    let max = read
        .taken
        .iter()
        .find(|one| one.label == "HPA maximum")
        .unwrap();
    assert!(
        max.note
            .as_deref()
            .unwrap_or_default()
            .contains("default of var.spec"),
        "{max:?}"
    );
    assert!(why(&read, "ephemeral.random_password.p").contains("for Terraform alone"));
    let json = r#"{"resource": {"kubernetes_manifest": {"h": {"manifest": {"apiVersion":
      "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "gateway"},
      "spec": {"maxReplicas": 12}}}}}, "output": {"x": 5}, "variable": {"n": "three"}}"#;
    let read = reading(json);
    assert_eq!(most(&read), Some(12));
    for place in ["output.x", "variable.n"] {
        assert!(
            read.left.iter().any(|one| one.place == place),
            "{place}: {:#?}",
            read.left
        );
    }
}

/// What `terraform show -json` prints of a plan, and the file of a state.
#[test]
fn a_plan_and_a_state_of_terraform_are_their_resources() {
    let own = Scenario::default().gateway.hpa;
    let head = |values: &str| {
        format!(
            r#"{{"address": "module.g.kubernetes_horizontal_pod_autoscaler_v2.g", "mode":
            "managed", "type": "kubernetes_horizontal_pod_autoscaler_v2", "name": "g",
            "values": {values}}}"#
        )
    };
    let spec = |metric: &str| {
        format!(
            r#"{{"metadata": [{{"name": "gateway", "annotations": null}}], "spec":
            [{{"max_replicas": 14, "min_replicas": 3, "metric": {metric}, "behavior": [],
            "target_cpu_utilization_percentage": 0, "scale_target_ref": [{{"api_version":
            "apps/v1", "kind": "Deployment", "name": "gateway"}}]}}]}}"#
        )
    };
    let cpu = r#"[{"type": "Resource", "resource": [{"name": "cpu", "target": [{"type":
        "Utilization", "average_utilization": 58, "average_value": "", "value": ""}]}],
        "pods": [], "object": [], "external": []}]"#;
    let show = |root: &str, resource: &str, changes: &str| {
        format!(
            r#"{{"format_version": "1.0", "terraform_version": "1.9.2", "{root}":
            {{"root_module": {{"resources": [], "child_modules": [{{"resources":
            [{resource}]}}]}}}}, "resource_changes": {changes}}}"#
        )
    };
    for root in ["values", "planned_values"] {
        let read = reading(&show(root, &head(&spec(cpu)), "[]"));
        let hpa = &read.scenario.gateway.hpa;
        assert_eq!(
            (hpa.replicas_min, most(&read), hpa.cpu_percent),
            (Some(3), Some(14), Some(58))
        );
        // Nobody set a behavior, so that Kubernetes fills one in.
        fills(&read, &OF_UP, true);
        assert!(why(&read, "terraform.resource_changes").contains("for Terraform alone"));
    }
    // What only applying the plan brings is open.
    let changes = r#"[{"address": "module.g.kubernetes_horizontal_pod_autoscaler_v2.g", "change":
        {"after_unknown": {"id": true, "spec": [{"max_replicas": true, "metric": true}]}}}]"#;
    let read = reading(&show("planned_values", &head(&spec("[]")), changes));
    assert_eq!(read.scenario.gateway.hpa.replicas_min, Some(3));
    assert_eq!(most(&read), own.replicas_max);
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, own.cpu_percent);
    fills(&read, &OF_METRICS, false);
    // A state file, with what a release was given.
    let state = r#"{"version": 4, "terraform_version": "1.9.2", "serial": 3, "lineage": "a",
        "outputs": {"secret": {"value": "hunter2"}}, "resources": [{"mode": "managed", "type":
        "helm_release", "name": "gw", "instances": [{"attributes": {"chart": "litellm", "values":
        ["autoscaling: {enabled: true, maxReplicas: 19}"], "set": []}}]}]}"#;
    let read = reading(state);
    assert_eq!(most(&read), Some(19));
    assert!(!format!("{read:?}").contains("hunter2"));
    assert!(why(&read, "terraform.outputs").contains("for Terraform alone"));
}

/// Other gateways: what a placeholder decides is neither a default nor a wrong number.
#[test]
fn placeholders_of_other_gateways_are_told_and_not_filled_in() {
    let bifrost = r#"{"providers": {"openai": {"keys": [{"models": ["gpt-4o"]}],
        "concurrency_and_buffer_size": "env.SIZES"}}, "client": {"drop_excess_requests":
        "env.DROP"}}"#;
    let read = reading(bifrost);
    // Bifrost's 1,000 calls at once hold only where the file is silent.
    assert_eq!(read.scenario.providers[0].limits.concurrency, None);
    assert!(!filled(&read).iter().any(|label| label.ends_with("At once")));
    assert!(why(&read, "concurrency_and_buffer_size").contains("nothing is filled in for it"));
    assert!(why(&read, "drop_excess_requests").contains("a placeholder"));
    let silent = bifrost.replace(r#""concurrency_and_buffer_size": "env.SIZES""#, r#""a": 1"#);
    assert_eq!(
        reading(&silent).scenario.providers[0].limits.concurrency,
        Some(1_000.0)
    );
    let litellm = "model_list:\n- model_name: a\n  litellm_params: {model: openai/gpt-4o, rpm: \
                   os.environ/RPM, weight: \"${W}\"}\nrouter_settings: \"os.environ/ROUTER\"\n";
    let read = reading(litellm);
    assert!(why(&read, "rpm").contains("is a placeholder"));
    fills(&read, &["Attempts", "Client timeout"], false);
    let weight = read.filled.iter().find(|one| one.label.ends_with("Weight"));
    let note = weight
        .and_then(|one| one.note.as_deref())
        .unwrap_or_default();
    assert!(note.contains("cannot be read"), "{:#?}", read.filled);
    // A pool of PgBouncer that is known counts as a part, and the sum is open.
    let read = reading(
        "[databases]\nkt = host=a pool_size=${POOL}\n[pgbouncer]\ndefault_pool_size = 25\n",
    );
    assert!(
        read.taken.iter().any(|one| one.value == "25"),
        "{:#?}",
        read.taken
    );
}

/// A template may stand for a whole that would be read, in any format; what Kubernetes fills in
/// itself, and a secret, are no gap of the file.
#[test]
fn a_template_in_place_of_a_whole_is_told_as_one() {
    let policy = "apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: BackendTrafficPolicy\n\
                  metadata: {name: p}\nspec:\n  targetRefs: [{group: \
                  gateway.networking.k8s.io, kind: HTTPRoute, name: r}]\n  rateLimit: \
                  \"${LIMIT}\"\n";
    let route = "apiVersion: aigateway.envoyproxy.io/v1alpha1\nkind: AIGatewayRoute\nmetadata: \
                 {name: r}\nspec:\n  rules:\n  - matches: [{headers: [{name: x-ai-eg-model, \
                 value: gpt-4o}]}]\n    backendRefs: [{name: a}]\n";
    let kong = "_format_version: \"3.0\"\nplugins:\n- name: ai-proxy-advanced\n  config:\n    \
                balancer: \"${B}\"\n    targets:\n    - {route_type: llm/v1/chat, auth: \
                {header_value: \"${KEY}\"}, model: {provider: openai, name: gpt-4o}}\n- name: \
                ai-rate-limiting-advanced\n  config: {llm_providers: \"$(P)\"}\n";
    let pod = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: gateway}\nspec:\n  \
               template:\n    spec:\n      containers:\n      - name: gateway\n        env: \
               [{name: IP, value: \"$(POD_IP)\"}]\n        resources: {requests: {cpu: 2}}\n";
    let envoy = [route, policy].join("---\n");
    for (text, place, is_gap) in [
        (&*envoy, "spec.rateLimit", true),
        (kong, "config.balancer", true),
        (kong, "config.llm_providers", true),
        (kong, "auth.header_value", false),
        (pod, "env.0.value", false),
    ] {
        let told = why(&reading(text), place);
        assert_eq!(told.contains("is a placeholder"), is_gap, "{place}: {told}");
    }
}
