//! Values of charts in the objects that install them, and files in files.

use serde_json::json;

use super::{asked, most, reading, refused, why};
use kt_capacity::import::{Kind, Reading};

fn least(reading: &Reading) -> Option<u32> {
    reading.scenario.gateway.hpa.replicas_min
}

/// An Application of Argo CD with the parts of its `spec`.
fn argo(spec: &str) -> String {
    format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: ai}}\nspec:\n{spec}"
    )
}

const REDIS: &str = "    - chart: redis\n      helm: {values: \"replicaCount: 9\"}\n";
const GATEWAY: &str = "    - chart: litellm-helm\n      helm:\n        values: |\n          \
                       replicaCount: 4\n          resources: {requests: {cpu: 500m}}\n";

#[test]
fn of_several_sources_the_gateways_chart_is_read_in_any_order() {
    for sources in [format!("{REDIS}{GATEWAY}"), format!("{GATEWAY}{REDIS}")] {
        let read = reading(&argo(&format!("  sources:\n{sources}")));
        assert_eq!((least(&read), most(&read)), (Some(4), Some(4)), "{sources}");
        assert_eq!(read.scenario.gateway.vcpu, Some(0.5));
        assert!(
            read.left
                .iter()
                .any(|left| left.why.contains("another one than"))
        );
    }
    // Charts whose names say nothing are asked for by them.
    let two = |one: &str, other: &str| {
        argo(&format!(
            "  sources:\n    - {{chart: {one}, helm: {{valuesObject: {{replicaCount: 3}}}}}}\n    \
             - {{chart: {other}, helm: {{valuesObject: {{replicaCount: 7}}}}}}\n"
        ))
    };
    let text = two("web", "api");
    let problem = refused(&text);
    assert_eq!(problem.names(), ["ai/api", "ai/web"]);
    assert!(
        problem
            .to_string()
            .starts_with("Nothing says which of these Helm values files")
    );
    assert_eq!(most(&asked(&text, "ai/api")), Some(7));
}

#[test]
fn parameters_go_before_values_and_objects_before_texts() {
    let helm = [
        "valuesObject:",
        "  replicaCount: 2",
        "values: \"replicaCount: 3\"",
        "parameters:",
        "  - {name: resources.requests.cpu, value: \"1\"}",
        "  - {name: replicaCount, value: \"5\"}",
    ];
    let helm: Vec<String> = helm.iter().map(|line| format!("      {line}\n")).collect();
    let helm = helm.concat();
    let text = argo(&format!(
        "  source:\n    chart: litellm-helm\n    helm:\n{helm}"
    ));
    let read = reading(&text);
    assert_eq!((least(&read), most(&read)), (Some(5), Some(5)));
    assert_eq!(read.scenario.gateway.vcpu, Some(1.0));
    let count = read
        .taken
        .iter()
        .find(|taken| taken.place == "replicaCount")
        .unwrap();
    assert_eq!(count.line, Some(13));
    let object = reading(&text.replace("- {name: replicaCount", "- {name: other"));
    assert_eq!(most(&object), Some(2));
    // Where there are no values, single parameters make some.
    let alone = argo("  source:\n    helm: {parameters: [{name: replicaCount, value: \"6\"}]}\n");
    assert_eq!(most(&reading(&alone)), Some(6));
}

#[test]
fn a_configuration_in_a_charts_values_is_read_wherever_they_are() {
    let values = json!({
        "replicaCount": 2, "resources": {"limits": {"cpu": 2}},
        "proxy_config": {"model_list": [{"model_name": "a", "litellm_params":
            {"model": "groq/llama-3.3-70b-versatile", "tpm": "80_000"}}]},
    });
    for object in [
        json!({"kind": "HelmRelease", "metadata": {"name": "l"}, "spec": {"values": values}}),
        json!({"kind": "Application", "metadata": {"name": "l"}, "spec": {"source": {"helm":
            {"valuesObject": values}}}}),
        values.clone(),
    ] {
        let read = reading(&object.to_string());
        assert_eq!(most(&read), Some(2));
        let mut kinds = read.kinds.clone();
        kinds.sort();
        assert_eq!(kinds, [Kind::HelmValues, Kind::LiteLlm], "{object}");
        let row = &read.scenario.providers[0];
        assert_eq!(
            (row.vendor.as_str(), row.limits.tpm),
            ("groq", Some(80_000.0))
        );
    }
}

#[test]
fn what_has_to_be_built_first_is_said() {
    let overlay = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n\
                   resources: [base]\nreplicas: [{name: gateway, count: 6}]\n";
    assert!(
        refused(overlay)
            .to_string()
            .contains("kubectl kustomize DIR")
    );
    let beside = reading(&format!("{overlay}---\n{}", super::HPA));
    assert_eq!(most(&beside), Some(31));
    assert!(why(&beside, "Kustomization").contains("kubectl kustomize DIR"));
}
