//! Related parts in several places: pods described by another object, values from elsewhere, an
//! autoscaler beside its component, a policy for part of a route.

use super::{most, reading, refused, why};

const ROLLOUT: &str = "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n\
                       metadata: {name: ai-gateway}\n\
                       spec:\n  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: \
                       pods}\n  \
                       strategy: {canary: {maxSurge: 2}}\n";
const PODS: &str = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: pods}\nspec:\n  \
                    replicas: 0\n  template:\n    spec:\n      containers:\n      - name: \
                    gateway\n        \
                    resources: {requests: {cpu: \"3\"}}\n";
const SCALER: &str = "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n\
                      metadata: {name: h}\nspec:\n  scaleTargetRef: {apiVersion: \
                      argoproj.io/v1alpha1, kind: Rollout, name: ai-gateway}\n  maxReplicas: 12\n";

#[test]
fn a_rollout_runs_the_pods_of_the_deployment_that_it_refers_to() {
    for text in [
        format!("{ROLLOUT}{PODS}{SCALER}"),
        format!("{}\n{SCALER}\n---\n{ROLLOUT}", &PODS[4..]),
    ] {
        let read = reading(&text);
        assert_eq!(read.scenario.gateway.vcpu, Some(3.0));
        assert_eq!(read.scenario.database.surge_pods, Some(2));
        assert_eq!(most(&read), Some(12));
        assert!(why(&read, "Deployment pods").contains("pods of Rollout ai-gateway"));
        let cpu = read.taken.iter().find(|taken| taken.label == "CPU, each");
        let line = 1 + text
            .lines()
            .position(|line| line.contains("cpu: \"3\""))
            .unwrap();
        assert_eq!(cpu.unwrap().line, Some(line));
    }
    let alone = reading(ROLLOUT);
    assert!(why(&alone, "spec.workloadRef").contains("not in this text"));
    // Another namespace has another Deployment of that name.
    let far = PODS.replace("{name: pods}", "{name: pods, namespace: b}");
    let near = ROLLOUT.replace("{name: ai-gateway}", "{name: ai-gateway, namespace: a}");
    let names = refused(&format!("{near}{far}"));
    assert_eq!(names.names(), ["ai-gateway", "pods"]);
}

/// The values of APISIX's chart 1.x: the autoscaler stands at the top, the rest below `apisix`.
#[test]
fn an_autoscaler_at_the_top_scales_the_component_that_has_the_size() {
    const APISIX: &str = "autoscaling: {enabled: true, minReplicas: 2, maxReplicas: 9}\n\
                          apisix:\n  replicaCount: 3\n  resources: {requests: {cpu: 500m}}\n\
                          etcd: {replicaCount: 3}\n";
    let read = reading(APISIX);
    assert_eq!(
        (most(&read), read.scenario.gateway.vcpu),
        (Some(9), Some(0.5))
    );
    assert!(why(&read, "apisix.replicaCount").contains("autoscaler decides"));
    let off = reading(&APISIX.replace("true", "false"));
    assert_eq!(most(&off), Some(3));
    assert!(why(&off, "autoscaling").contains("switched off"));
    // With a size of its own the top is another component.
    let two = reading(&format!("{APISIX}replicaCount: 7\n"));
    assert_eq!(most(&two), Some(3));
    assert!(why(&two, "autoscaling").contains("another component"));
}

#[test]
fn values_that_stand_elsewhere_are_told() {
    let flux = "kind: HelmRelease\nmetadata: {name: litellm}\nspec:\n  valuesFrom: [{kind: \
                ConfigMap, name: v}]\n  postRenderers: [{kustomize: {patches: []}}]\n  values: \
                {replicaCount: 5}\n";
    let read = reading(flux);
    assert_eq!(most(&read), Some(5));
    assert!(why(&read, "spec.valuesFrom").contains("helm get values"));
    assert!(why(&read, "spec.postRenderers").contains("helm get manifest"));
    // Where they stand in the same text they are below the release's own: its 5 go before the 7 of
    // the map, whose quarter of a CPU stays.
    let map = "---\nkind: ConfigMap\nmetadata: {name: v}\ndata:\n  values.yaml: |\n    \
               replicaCount: \
               7\n    resources: {requests: {cpu: 250m}}\n";
    for text in [format!("{flux}{map}"), format!("{}---\n{flux}", &map[4..])] {
        let read = reading(&text);
        assert_eq!(
            (most(&read), read.scenario.gateway.vcpu),
            (Some(5), Some(0.25))
        );
        assert!(read.left.iter().all(|left| left.place != "spec.valuesFrom"));
        assert!(why(&read, "ConfigMap").contains("values of a HelmRelease"));
    }
    let argo = "kind: Application\nmetadata: {name: litellm}\nspec:\n  sources:\n  - helm: \
                {valueFiles: [a.yaml], valuesObject: {replicaCount: 4}}\n";
    let read = reading(argo);
    assert_eq!(most(&read), Some(4));
    assert!(why(&read, "sources.0.helm.valueFiles").contains("argocd app manifests"));
}

#[test]
fn variables_of_a_file_are_read_and_no_other_value_is_told() {
    let file = "# gateway\nexport KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY=\"64\"\n\
                KEEPTRUSTS_EVENT_RETENTION_HOURS=72 # three days\nSESSION=hunter2\n\
                KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY=48\n";
    let read = reading(file);
    assert_eq!(read.scenario.gateway.concurrency, 48);
    assert_eq!(read.scenario.storage.retention_days.to_string(), "3");
    assert!(why(&read, "SESSION").contains("not part of the model"));
    assert!(why(&read, "(line 2)").contains("set again"));
    assert!(!format!("{read:?}").contains("hunter2"));
    assert!(refused("SESSION=hunter2\n").to_string().contains("SESSION"));
    // The same in a ConfigMap, which a Deployment takes over with envFrom.
    let map = "kind: ConfigMap\ndata: {KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY: \"32\"}\n";
    assert_eq!(reading(map).scenario.gateway.concurrency, 32);
}

/// Of two rules the policy of one limits that one alone, and a listener that a route is not at
/// limits nothing of it.
#[test]
fn a_policy_of_a_section_is_for_that_section() {
    let route = "kind: AIGatewayRoute\nmetadata: {name: r}\nspec:\n  parentRefs: [{kind: Gateway, \
                 name: g, sectionName: https}]\n  rules:\n  - {name: chat, backendRefs: [{name: \
                 openai}]}\n  - {name: other, backendRefs: [{name: anthropic}]}\n";
    let policy = |name: &str, target: &str, rpm: u32| {
        format!(
            "---\nkind: BackendTrafficPolicy\nmetadata: {{name: {name}}}\nspec:\n  targetRefs: \
             [{target}]\n  rateLimit: {{type: Global, global: {{rules: [{{limit: {{requests: \
             {rpm}, unit: Minute}}}}]}}}}\n"
        )
    };
    let limits = |text: &str| -> Vec<Option<f64>> {
        let read = reading(text);
        let rows = read.scenario.providers.iter();
        rows.map(|row| row.limits.rpm).collect()
    };
    let usual = limits(route);
    let chat = policy("c", "{kind: HTTPRoute, name: r, sectionName: chat}", 77);
    assert_eq!(limits(&format!("{route}{chat}")), [Some(77.0), usual[1]]);
    // The rule's goes before the route's, and the route's holds for the other rule.
    let whole = policy("w", "{kind: HTTPRoute, name: r}", 55);
    for text in [
        format!("{route}{chat}{whole}"),
        format!("{route}{whole}{chat}"),
    ] {
        assert_eq!(limits(&text), [Some(77.0), Some(55.0)]);
    }
    for (listener, own) in [
        ("https", [Some(20.0), Some(20.0)]),
        ("http", [usual[0], usual[1]]),
    ] {
        let target = format!("{{kind: Gateway, name: g, sectionName: {listener}}}");
        let text = format!("{route}{}", policy("l", &target, 40));
        assert_eq!(limits(&text), own, "{listener}");
    }
    let far = policy("l", "{kind: Gateway, name: g, sectionName: http}", 40);
    assert!(why(&reading(&format!("{route}{far}")), "spec").contains("listener"));
}

/// A policy of 9,000 s is refused by the API server, and its 3 pods with it.
#[test]
fn half_a_policy_is_none() {
    let text = format!(
        "{}  behavior:\n    scaleUp:\n      policies:\n      - {{type: Pods, value: 3, \
         periodSeconds: 9000}}\n      - {{type: Percent, value: 40, periodSeconds: 90}}\n    \
         scaleDown:\n      policies: [{{type: Percent, value: 0, periodSeconds: 60}}]\n",
        super::HPA
    );
    let read = reading(&text);
    let before = super::Scenario::default().gateway.hpa;
    let hpa = &read.scenario.gateway.hpa;
    assert_eq!(hpa.up_percent, Some(40));
    assert_eq!(hpa.up_pods, before.up_pods);
    assert_eq!(hpa.down_percent, before.down_percent);
    assert!(why(&read, "scaleUp.policies.0").contains("nothing of it was taken"));
    assert!(why(&read, "scaleDown.policies.0").contains("nothing of it was taken"));
}

#[test]
fn a_model_that_a_variable_names_is_no_name() {
    let text = "_format_version: '3.0'\nplugins:\n- name: ai-proxy-advanced\n  config:\n    \
                targets: [{weight: 5, model: {provider: openai, name: '${{ env \
                \"DECK_MODEL\" }}'}}]\n\
                - name: ai-rate-limiting-advanced\n  config: {llm_providers: [{name: openai, \
                limit: [600], window_size: [60]}]}\n";
    let read = reading(text);
    let row = &read.scenario.providers[0];
    assert!(
        !row.model.contains("DECK") && !row.model.is_empty(),
        "{}",
        row.model
    );
    let mut filled = read
        .filled
        .iter()
        .filter_map(|filled| filled.note.as_deref());
    assert!(
        filled
            .clone()
            .any(|note| note.contains("variable ${{ env \"DECK_MODEL\" }}"))
    );
    // Nothing says for whom Kong counts, and its default is each caller.
    assert!(filled.any(|note| note.contains("each caller")));
    assert_eq!(row.limits.tpm, Some(600.0));
}
