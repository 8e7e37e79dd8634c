//! Terraform modules: plain values are read, and the rest is reported.

use super::{most, reading, refused, why};

const RELEASE: &str = "# the gateway
terraform { required_version = \">= 1.5\" }
variable \"n\" {
  type = number // how many
}
resource \"helm_release\" \"litellm\" {
  name  = \"litellm\"
  chart = \"litellm-helm\"
  values = [
    <<-EOT
      replicaCount: 2
      autoscaling:
        enabled: true
        minReplicas: 3
        maxReplicas: 20
      resources: {requests: {cpu: 500m}}
    EOT
    ,
    yamlencode({ autoscaling = { minReplicas = 4, targetCPUUtilizationPercentage = 65 } }),
    file(\"${path.module}/values.yaml\"),
  ]
  set {
    name  = \"autoscaling.maxReplicas\"
    value = \"30\"
  }
  set {
    name  = \"replicaCount\"
    value = var.n
  }
}
";

/// Helm lays the second values over the first, and what is set over both: from 4 to 30.
#[test]
fn a_release_of_terraform_has_the_values_of_its_chart() {
    let read = reading(RELEASE);
    let hpa = &read.scenario.gateway.hpa;
    assert_eq!((hpa.replicas_min, most(&read)), (Some(4), Some(30)));
    assert_eq!(read.scenario.gateway.vcpu, Some(0.5));
    assert_eq!(hpa.cpu_percent, Some(65));
    let line = |label: &str| {
        let taken = read.taken.iter().find(|taken| taken.label == label);
        taken.unwrap().line
    };
    let of = |text: &str| {
        1 + RELEASE
            .lines()
            .position(|line| line.contains(text))
            .unwrap()
    };
    assert_eq!(line("CPU, each"), Some(of("500m")));
    assert_eq!(line("HPA maximum"), Some(of("set {")));
    assert!(why(&read, "values.2").contains("filled in by Terraform"));
    assert!(why(&read, "set.1.value").contains("filled in by Terraform"));
}

#[test]
fn a_manifest_of_terraform_is_the_object() {
    let text = "resource \"kubernetes_manifest\" \"hpa\" {\n  manifest = {\n    apiVersion = \
                \"autoscaling/v2\"\n    kind = \"HorizontalPodAutoscaler\"\n    \"metadata\" : { \
                name = \"gateway\" }\n    spec = {\n      minReplicas = 2, maxReplicas = 10\n      \
                scaleTargetRef = { kind = \"Deployment\", name = \"gateway\" }\n    }\n  }\n}\n";
    assert_eq!(most(&reading(text)), Some(10));
    // A bound that a variable has is told, and not taken for a number.
    let open = text.replace("maxReplicas = 10", "maxReplicas = var.most + 1");
    let read = reading(&open);
    assert_eq!(
        most(&read),
        super::Scenario::default().gateway.hpa.replicas_max
    );
    assert!(why(&read, "spec.maxReplicas").contains("it stays"));
    let yaml = "resource \"kubectl_manifest\" \"hpa\" {\n  yaml_body = <<YAML\n".to_owned()
        + super::HPA
        + "YAML\n}\n";
    assert_eq!(most(&reading(&yaml)), Some(31));
    // What nothing plain stands in leads to what came of it.
    let bare = "resource \"helm_release\" \"g\" {\n  values = [var.values]\n}\n";
    assert!(refused(bare).to_string().contains("helm get manifest NAME"));
    for broken in [
        "resource \"a\" \"b\" {\n",
        "resource \"a\" \"b\" {\n  c = <<E\n",
    ] {
        assert!(
            refused(broken).to_string().contains("Terraform"),
            "{broken}"
        );
    }
}

/// A gateway and its autoscaler as the provider of Kubernetes has them, named by each other.
const TYPED: &str = "variable \"name\" { default = \"litellm\" }
variable \"most\" {
  default = 24
}
variable \"cpu\" { type = number }
locals {
  labels = { app = var.name }
  wants  = { cpu = \"500m\", memory = \"1Gi\" }
}
resource \"kubernetes_deployment_v1\" \"gw\" {
  metadata {
    name   = var.name
    labels = local.labels
  }
  spec {
    replicas = 3
    selector { match_labels = local.labels }
    strategy {
      rolling_update { max_surge = \"2\" }
    }
    template {
      metadata { labels = local.labels }
      spec {
        container {
          name  = \"litellm\"
          image = \"ghcr.io/berriai/litellm:main\"
          env {
            name  = \"KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY\"
            value = \"80\"
          }
          dynamic \"env\" {
            for_each = var.extra
            content { name = env.key }
          }
          resources {
            limits   = { memory = \"2Gi\" }
            requests = local.wants
          }
        }
        container {
          name = \"redis\"
          resources { requests = { cpu = 4 } }
        }
      }
    }
  }
  lifecycle { ignore_changes = [spec[0].replicas] }
}
resource \"kubernetes_horizontal_pod_autoscaler_v2\" \"gw\" {
  metadata { name = \"${var.name}-hpa\" }
  spec {
    scale_target_ref {
      api_version = \"apps/v1\"
      kind        = \"Deployment\"
      name        = kubernetes_deployment_v1.gw.metadata[0].name
    }
    min_replicas = \"3\"
    max_replicas = var.most
    metric {
      type = \"Resource\"
      resource {
        name = \"cpu\"
        target {
          type                = \"Utilization\"
          average_utilization = var.cpu
        }
      }
    }
    metric {
      type = \"Pods\"
      pods {
        metric { name = \"kt_request_queue_depth\" }
        target {
          type          = \"AverageValue\"
          average_value = \"9\"
        }
      }
    }
    behavior {
      scale_up {
        policy {
          type = \"Percent\"
          value = 50
          period_seconds = 60
        }
        policy {
          type = \"Pods\"
          value = \"2\"
          period_seconds = 30
        }
      }
      scale_down { select_policy = \"Disabled\" }
    }
  }
}
";

/// The line on which a text stands first.
fn line_of(text: &str, part: &str) -> Option<usize> {
    let found = text.lines().position(|line| line.contains(part));
    found.map(|above| above + 1)
}

#[test]
fn blocks_of_the_provider_are_the_objects() {
    let read = reading(TYPED);
    let (gateway, hpa) = (&read.scenario.gateway, &read.scenario.gateway.hpa);
    // Half a core, 1 GiB = 1,073.741824 MB and 80 slots, of the gateway's container alone.
    assert_eq!(gateway.vcpu, Some(0.5));
    assert_eq!(gateway.memory_mb, Some(1_073.741_824));
    assert_eq!(gateway.concurrency, 80);
    assert_eq!((hpa.replicas_min, most(&read)), (Some(3), Some(24)));
    let taken = |label: &str| {
        read.taken
            .iter()
            .find(|taken| taken.label == label)
            .unwrap()
    };
    let max = taken("HPA maximum");
    assert_eq!(max.line, line_of(TYPED, "max_replicas"));
    assert!(max.note.as_deref().unwrap().contains("default of var.most"));
    for (label, value, part) in [
        ("Update adds, pods", "2 pods", "max_surge"),
        ("Queue target", "9 per pod", "average_value"),
        ("Up step", "50 %", "value = 50"),
        ("Up step, pods", "2 pods", "value = \"2\""),
        ("Up period, pods", "30 s", "period_seconds = 30"),
        ("Policy for shrinking", "disabled", "select_policy"),
    ] {
        let one = taken(label);
        assert_eq!(
            (one.value.as_str(), one.line),
            (value, line_of(TYPED, part)),
            "{label}"
        );
    }
    // A target that nobody knows is no target that there is not.
    let before = super::Scenario::default().gateway.hpa.cpu_percent.unwrap();
    assert_eq!(hpa.cpu_percent, Some(before));
    let cpu = read
        .left
        .iter()
        .find(|left| left.place.ends_with("averageUtilization"));
    assert_eq!(cpu.unwrap().value.as_deref(), Some("${var.cpu}"));
    assert!(
        cpu.unwrap()
            .why
            .contains(&format!("read the rendered file; it stays {before} %"))
    );
    // What Terraform repeats, and what is for it alone.
    assert!(why(&read, "dynamic env.0.for_each").contains("filled in by Terraform"));
    assert!(why(&read, "lifecycle.0.ignore_changes.0").contains("Terraform"));
    assert!(why(&read, "spec.replicas").contains("autoscaler decides"));
    for name in ["variable.name", "variable.cpu", "locals"] {
        assert!(read.left.iter().any(|left| left.place == name), "{name}");
    }
}

#[test]
fn a_module_as_json_says_the_same() {
    let text = r#"{"//": "made", "variable": {"most": {"default": 17}}, "resource": {
      "kubernetes_horizontal_pod_autoscaler": {"g": {"metadata": {"name": "gateway"},
        "spec": [{"scale_target_ref": {"kind": "Deployment", "name": "gateway"},
          "min_replicas": "3", "max_replicas": "${var.most}",
          "target_cpu_utilization_percentage": 60}]}},
      "kubernetes_stateful_set": {"g": [{"metadata": {"name": "gateway"}, "spec": {"template":
        {"spec": {"container": {"name": "gateway", "resources": {"limits": {"cpu": 2}}}}}}}]},
      "helm_release": {"r": {"chart": "web", "count": 0, "values": ["replicaCount: 9"]}}}}"#;
    let read = reading(text);
    let hpa = &read.scenario.gateway.hpa;
    // The autoscaler is of the Deployment, and the workload of that name is none.
    assert_eq!(
        most(&read),
        super::Scenario::default().gateway.hpa.replicas_max
    );
    assert!(why(&read, "HorizontalPodAutoscaler gateway").contains("it scales gateway"));
    assert_eq!(read.scenario.gateway.vcpu, Some(2.0));
    assert!(why(&read, "helm_release.r").contains("creates nothing"));
    let quoted = reading(&text.replace("\"count\": 0", "\"count\": \"0\""));
    assert!(why(&quoted, "helm_release.r").contains("creates nothing"));
    assert_eq!(
        hpa.replicas_min,
        super::Scenario::default().gateway.hpa.replicas_min
    );
    let read = reading(&text.replace("Deployment", "StatefulSet"));
    let hpa = &read.scenario.gateway.hpa;
    assert_eq!(
        (hpa.replicas_min, most(&read), hpa.cpu_percent),
        (Some(3), Some(17), Some(60))
    );
    // With a metric the provider uses a version that is gone.
    let metric = r#""metric": {"type": "Resource", "resource": {"name": "cpu", "target":
        {"type": "Utilization", "average_utilization": 55}}}, "min_replicas""#;
    let text = text
        .replace("Deployment", "StatefulSet")
        .replace("\"min_replicas\"", metric);
    let read = reading(&text.replace("\"target_cpu_utilization_percentage\": 60", "\"a\": 1"));
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(55));
    assert!(why(&read, "apiVersion").contains("gone since Kubernetes 1.26"));
}

#[test]
fn files_in_a_map_of_terraform_are_read() {
    let map = |held: &str| {
        format!(
            "resource \"kubernetes_config_map_v1\" \"c\" {{\n  metadata {{\n    name = \"c\"\n  \
             }}\n  data = {{\n    \"config.yaml\" = {held}\n    \"notes.txt\" = \"a\"\n  }}\n}}\n"
        )
    };
    let encoded = "yamlencode({ model_list = [{ model_name = \"gpt\", litellm_params = { model = \
                   \"openai/gpt-4o\", rpm = 601 } }] })";
    let here = "<<-EOT\n      model_list:\n      - model_name: gpt\n        litellm_params: \
                {model: openai/gpt-4o, rpm: 601}\n    EOT";
    for text in [
        map(encoded),
        map(here),
        map(encoded).replace("config_map_v1", "secret"),
    ] {
        let read = reading(&text);
        assert_eq!(read.scenario.providers[0].limits.rpm, Some(601.0), "{text}");
        let rpm = read
            .taken
            .iter()
            .find(|taken| taken.label.ends_with("RPM"))
            .unwrap();
        assert_eq!(rpm.line, line_of(&text, "601"));
        assert!(
            read.left
                .iter()
                .any(|left| left.place.ends_with("ata.notes.txt")),
            "{text}"
        );
    }
}

/// Names that name each other, in circles and without end, get an answer soon.
#[test]
fn names_without_end_are_bounded() {
    let list = ["local.b"; 400].join(", ");
    let again = ["local.a"; 400].join(", ");
    let text = format!(
        "locals {{\n  a = [{list}]\n  b = [{again}]\n  c = \"${{local.d}}${{local.d}}\"\n  d = \
         \"${{local.c}}\"\n}}\nresource \"kubernetes_manifest\" \"a\" {{\n  manifest = {{ kind = \
         \"HorizontalPodAutoscaler\", a = local.a, b = local.c, spec = {{ maxReplicas = 31 }} \
         }}\n}}\n"
    );
    assert_eq!(most(&super::soon(&text).unwrap()), Some(31));
}

/// Modules beside manifests, and in Markdown.
#[test]
fn a_module_among_others_is_read() {
    let module = "resource \"kubernetes_config_map\" \"a\" {}\n";
    let both = format!("{module}---\n{}", super::HPA);
    assert_eq!(most(&reading(&both)), Some(31));
    let typed = TYPED.replace(
        "resource \"kubernetes_dep",
        "```\n\n```hcl\nresource \"kubernetes_dep",
    );
    let fenced = format!("Some words.\n\n```hcl\n{typed}```\n");
    assert_eq!(most(&reading(&fenced)), Some(24));
}

/// A resource that `count` makes has an index before its fields.
#[test]
fn a_name_of_one_of_several_is_found() {
    let text = r#"
resource "kubernetes_deployment_v1" "gw" {
  count = 1
  metadata {
    name = "gateway"
  }
  spec {
    template {
      spec {
        container {
          name = "gateway"
        }
      }
    }
  }
}
resource "kubernetes_horizontal_pod_autoscaler_v2" "gw" {
  metadata {
    name = "gateway"
  }
  spec {
    max_replicas = 13
    scale_target_ref {
      kind = "Deployment"
      name = kubernetes_deployment_v1.gw[0].metadata[0].name
    }
  }
}
"#;
    assert_eq!(most(&reading(text)), Some(13));
}

/// Values of a chart may say a version of Terraform, too.
#[test]
fn a_version_of_terraform_alone_makes_no_state() {
    let values = "terraform_version: \"1.9.5\"\nreplicaCount: 3\nautoscaling:\n  enabled: true\n  \
                  minReplicas: 3\n  maxReplicas: 9\n";
    let read = reading(values);
    assert_eq!(read.scenario.gateway.hpa.replicas_max, Some(9));
}
