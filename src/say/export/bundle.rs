//! The README of the bundle.

/// First line.
pub const TITLE: &str = "A capacity plan for an AI gateway.";

/// Heading of the omitted files.
pub const HELD_BACK: &str = "Left out, because its own check refuses it:";

/// Purpose of a file.
pub fn purpose(name: &str) -> &'static str {
    match name {
        "policy-config.yaml" => {
            "the gateway's pack: providers, limits, routing and queue. \
             Run kt policy lint --file policy-config.yaml before use."
        }
        "policy-config.strict.yaml" => "the pack for releases that refuse the guide's keys.",
        "database.yaml" => "the API's connection pool, a block of its configuration.",
        "kt-command.sh" => "the same question to the gateway's own command.",
        "deployment.yaml" => "the gateways, and the API's retention setting.",
        "service.yaml" => "one address for all gateways.",
        "hpa.yaml" => "the gateway's autoscaler. kubectl apply -f hpa.yaml",
        "pdb.yaml" => "how many gateways a drain may take at once.",
        "kustomization.yaml" => "ties the manifests and the pack. kubectl apply -k .",
        "keda-scaledobject.yaml" => "the autoscaler for clusters with KEDA, instead of hpa.yaml.",
        "prometheus-rules.yaml" => "alerts. promtool check rules prometheus-rules.yaml",
        "prometheus-rules.test.yaml" => {
            "their proof. promtool test rules prometheus-rules.test.yaml"
        }
        "prometheusrule.yaml" => "the alerts for clusters with the Prometheus operator.",
        "grafana-dashboard.json" => "a dashboard with the plan's limits as lines.",
        "load-test.js" => "a k6 script that produces the modelled peak and mix.",
        "report.md" => "the plan for people.",
        "plan.csv" => "the plan for spreadsheets.",
        "scenario.json" => "the question itself, for the calculator and its command.",
        _ => "part of the plan.",
    }
}
