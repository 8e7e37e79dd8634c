//! Each value of the small public files, and each line of files that are no YAML, is in a list of
//! its reading.

use std::collections::BTreeSet;
use std::fs;

use kt_capacity::import::read;
use serde_json::{Value, json};

use super::accounts::{is_told, leaves, named};
use super::{Scenario, TODAY, reading};

/// The documents of a text as another reader has them; none where that reader reads none.
fn documents(text: &str) -> Vec<Value> {
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(read) = serde_saphyr::from_multiple::<Value>(text) {
        return read;
    }
    let stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    stream.filter_map(Result::ok).collect()
}

/// The items of a list of objects are objects of their own.
fn flat(document: Value) -> Vec<Value> {
    match document {
        Value::Array(items) => items.into_iter().flat_map(flat).collect(),
        Value::Object(ref fields) if fields.contains_key("items") => {
            document["items"].as_array().cloned().unwrap_or_default()
        }
        other => vec![other],
    }
}

#[test]
fn every_value_of_the_public_files_is_in_a_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files");
    let mut read_files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let is_link = path.extension().is_some_and(|end| end == "txt");
        let Ok(reading) = read(&text, &Scenario::default(), TODAY) else {
            continue;
        };
        if is_link {
            continue;
        }
        read_files += 1;
        let [taken, left, alike] = named(&reading);
        let titles: BTreeSet<String> = left.iter().cloned().collect();
        for document in documents(&text).into_iter().flat_map(flat) {
            // One that was not taken is told as a whole, by its kind and its name.
            let kind = document["kind"].as_str().unwrap_or_default();
            let name = document["metadata"]["name"].as_str().unwrap_or_default();
            if titles.contains(format!("{kind} {name}").trim()) || titles.contains(kind) {
                continue;
            }
            let mut all = Vec::new();
            leaves(&document, "", &mut all);
            all.retain(|leaf| {
                !taken.contains(leaf) && !is_told(&left, leaf) && !is_told(&alike, leaf)
            });
            assert_eq!(all, Vec::<String>::new(), "{}", path.display());
        }
    }
    assert!(25 < read_files, "{read_files}");
}

/// Lines that say something, and are on no list: those of a block that is told as a whole are in
/// its place.
fn silent(text: &str, is_said: impl Fn(&str) -> bool) -> Vec<String> {
    let read = reading(text);
    let taken = read.taken.iter().chain(&read.filled);
    let taken = taken.filter_map(|one| one.line);
    let left = read.left.iter().chain(&read.alike);
    let left = left.filter_map(|one| one.line);
    let lines: BTreeSet<usize> = taken.chain(left).collect();
    let all = text.lines().enumerate();
    let open = all.filter(|(above, line)| is_said(line.trim()) && !lines.contains(&(above + 1)));
    open.map(|(above, line)| format!("{}: {line}", above + 1))
        .collect()
}

#[test]
fn every_line_of_other_formats_is_in_a_list() {
    let is_said = |line: &str| {
        let is_blank = line.is_empty() || line.starts_with(['#', ';', '[', '}', ']', ')']);
        !is_blank && !line.ends_with(['{', '[', '(', ':']) && line != "---"
    };
    let none: Vec<String> = Vec::new();
    let ini = "; of ours\n[databases]\nkt = host=db dbname=kt user=app pool_size=9\nlog = host=db \
               zz_odd=7\n[users]\napp = max_user_connections=12 pool_mode=session\n[pgbouncer]\n\
               default_pool_size = 40\nreserve_pool_size=2\nauth_type = scram-sha-256\nzz_odd = 7\n\
               default_pool_size = 30\n";
    assert_eq!(silent(ini, is_said), none);
    let variables = "# of ours\nexport KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY=80\nOPENAI_API_KEY=sk-a\n\
                     LOG_LEVEL='info'\nLOG_LEVEL=debug\nZZ=\n";
    assert_eq!(silent(variables, is_said), none);
    let server = "# tuned\nmax_connections = 200\nshared_buffers = 4GB\nzz_odd 7\n";
    assert_eq!(silent(server, is_said), none);
    let rules = r"groups:
- name: g
  interval: 30s
  rules:
  - alert: a
    expr: kt_request_queue_depth > 30
    for: 5m
    labels: {severity: page}
    zz_odd: 7
  - record: job:a
    expr: other > 2
";
    assert_eq!(silent(rules, is_said), none);
    let module = r#"resource "kubernetes_deployment" "a" {
      count = 1
      metadata {
        name   = "gateway"
        zz_odd = 7
      }
      spec {
        replicas = 3
        zz_odd   = 7
        template {
          spec {
            container {
              name   = "gateway"
              zz_odd = 7
              dynamic "env" {
                for_each = var.a
                content {
                  name = env.key
                }
              }
              resources {
                limits = {
                  cpu    = var.cpu
                  memory = "1Gi"
                }
              }
            }
          }
        }
      }
      lifecycle {
        prevent_destroy = true
      }
    }
"#;
    assert_eq!(silent(module, is_said), none);
}

/// Every value of the module as JSON is listed, with its line.
#[test]
fn every_line_of_a_module_as_json_is_in_a_list() {
    let module = json!({"resource": {"kubernetes_horizontal_pod_autoscaler_v2": {"a": {
        "depends_on": ["b.c"], "metadata": {"name": "gateway", "zz_odd": 7},
        "spec": {"max_replicas": 9, "zz_odd": 7, "scale_target_ref": {"kind": "Deployment",
            "name": "gateway"}, "metric": [{"type": "Resource", "resource": {"name": "cpu",
            "zz_odd": 7, "target": {"type": "Utilization", "average_utilization": 55}}}]},
    }}}});
    let text = serde_json::to_string_pretty(&module).unwrap();
    let is_said = |line: &str| !line.ends_with(['{', '[']) && !line.starts_with(['}', ']']);
    assert_eq!(silent(&text, is_said), Vec::<String>::new());
}
