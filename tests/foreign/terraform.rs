//! Modules of Terraform: what stands in them plainly is read, and the rest is told.

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
