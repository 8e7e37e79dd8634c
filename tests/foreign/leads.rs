//! Texts that are not configurations: numbers in them are read, or the error names a file that can
//! be read.

use kt_capacity::import::Kind;
use kt_capacity::scenario::Scenario;

use serde_json::json;

use super::{asked, most, reading, refused, why};

#[test]
fn the_files_in_prose_are_read_and_its_commands_are_not() {
    let text = "# How we run it\n\nThis is it: see\n\n```yaml\nkind: HorizontalPodAutoscaler\n\
                spec: {minReplicas: 2, maxReplicas: 8}\n```\nthen\n```sh\nhelm upgrade gw .\n```\n\
                ```json\n{\"model_list\": [{\"model_name\": \"a\", \"litellm_params\": \
                {\"model\": \"openai/gpt-4o\", \"rpm\": 5}}]}\n```\n";
    let read = reading(text);
    assert_eq!(read.kinds, [Kind::Autoscaler, Kind::LiteLlm]);
    assert_eq!(most(&read), Some(8));
    assert_eq!(read.scenario.providers[0].limits.rpm, Some(5.0));
    let most = read
        .taken
        .iter()
        .find(|taken| taken.place == "spec.maxReplicas");
    assert_eq!(most.map(|taken| taken.line), Some(Some(7)));
}

#[test]
fn terraform_and_variables_lead_to_what_can_be_read() {
    let of = |resource: &str| {
        let text = format!("resource \"{resource}\" \"gw\" {{\n  spec {{\n    max = 4\n  }}\n}}\n");
        (refused(text.trim_end_matches("}\n")).to_string(), text)
    };
    let (problem, whole) = of("kubernetes_horizontal_pod_autoscaler_v2");
    // What is whole is read as the object that it makes.
    assert_eq!(reading(&whole).kinds, [Kind::Autoscaler]);
    assert!(problem.contains("Terraform"), "{problem}");
    assert!(
        problem.contains("kubectl get hpa NAME -o yaml"),
        "{problem}"
    );
    // A release without values leads there also as a whole.
    let (cut, whole) = of("helm_release");
    for problem in [cut, refused(&whole).to_string()] {
        assert!(problem.contains("helm get manifest NAME"), "{problem}");
    }
    let problem = refused("OPENAI_API_KEY=sk-abc\nexport WORKERS=4\n# none\n").to_string();
    assert!(problem.contains("OPENAI_API_KEY, WORKERS"), "{problem}");
    assert!(!problem.contains("sk-abc"), "{problem}");
}

#[test]
fn the_servers_own_file_says_how_many_connections_it_takes() {
    let text = "# tuned\nmax_connections = 200\nshared_buffers = 4GB\nmax_connections 300 # more\n";
    let read = reading(text);
    assert_eq!(read.kinds, [Kind::Postgres]);
    assert_eq!(read.scenario.database.server_max_connections, 300);
    assert_eq!(read.taken[0].line, Some(4));
    assert!(why(&read, "(line 2)").contains("earlier line"));
    assert!(why(&read, "shared_buffers").contains("not part of the model"));
}

#[test]
fn a_flag_that_is_set_twice_counts_once() {
    let text = "$ kt capacity estimate --requests-per-day=1M --avg-input 7 --requests-per-day 20";
    let read = reading(text);
    assert_eq!(read.scenario.workloads[0].requests.to_string(), "20");
    let own = read
        .taken
        .iter()
        .filter(|taken| taken.place == "--requests-per-day");
    let own: Vec<&str> = own.map(|taken| &*taken.value).collect();
    assert_eq!(own, ["20"]);
    assert!(why(&read, "--requests-per-day").contains("the last one counts"));
    assert!(why(&read, "--avg-input").contains("--avg-input-tokens is"));
}

#[test]
fn a_flag_of_a_simulation_is_taken_or_told() {
    let text = "kt-capacity simulate --seed 4 --event outage:openai@10:00 --today 2026-01-02 \
                --trace usage.csv --scenario plan.json\n";
    let read = reading(text);
    assert_eq!(read.scenario.day.seed, 4);
    assert!(why(&read, "--event").contains("that simulation alone"));
    assert!(why(&read, "--today").contains("that plan alone"));
    assert!(why(&read, "--trace").contains("a file that is not here"));
    assert!(why(&read, "--scenario").contains("a file that is not here"));
}

#[test]
fn a_limit_or_a_row_that_stands_alone_says_why() {
    let bifrost = json!({
        "providers": {
            "groq": {"keys": [{"models": ["llama"]}], "network_config":
                {"retry_backoff_initial": 500}},
            "openai": {"keys": [{"models": ["gpt-4o", "gpt-4o-mini"]}], "network_config":
                {"retry_backoff_initial": 250}},
        },
        "governance": {
            "rate_limits": [{"id": "a", "request_max_limit": 7, "request_reset_duration": "1m"}],
            "model_configs": [{"model_name": "gpt-4o-mini", "provider": "openai",
                "rate_limit_id": "a"}],
        },
    });
    let read = reading(&bifrost.to_string());
    assert!(why(&read, "request_max_limit").contains("a row has one model"));
    // A value without a note has no empty one.
    let delay = read.taken.iter().find(|one| one.value == "250 ms").unwrap();
    assert_eq!(delay.note, None);
    let litellm = json!({"model_list": [
        {"model_name": "a", "litellm_params": {"model": "openai/gpt-4o"}},
        {"litellm_params": {"model": "groq/llama"}},
    ]});
    let read = reading(&litellm.to_string());
    assert_eq!(read.scenario.providers.len(), 1);
    assert!(why(&read, "model_list.1").contains("a deployment has a model_name"));
}

const BROKEN: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cfg}\ndata:\n  \
                      config.yaml: |\n    model_list:\n    - model_name: gpt\n     \
                      litellm_params: {rpm: 1}\n";

#[test]
fn a_broken_file_in_an_object_is_told_with_its_line() {
    let problem = refused(BROKEN).to_string();
    assert!(problem.contains("data.config.yaml"), "{problem}");
    assert!(problem.contains("line 8"), "{problem}");
    let both = reading(&format!("{BROKEN}---\n{}", super::HPA));
    assert_eq!(most(&both), Some(31));
    assert!(why(&both, "data.config.yaml").contains("line 8"));
}

#[test]
fn a_secret_holds_files_as_well() {
    let text = BROKEN
        .replace("ConfigMap", "Secret")
        .replace("\ndata:", "\nstringData:")
        .replace(
            "     litellm_params: {rpm: 1}",
            "      litellm_params: {model: openai/gpt-4o, rpm: 9}",
        );
    let read = reading(&text);
    assert_eq!(read.scenario.providers[0].limits.rpm, Some(9.0));
}

/// The text is `model_list:` with one deployment of 9 requests a minute.
#[test]
fn what_a_secret_holds_in_base64_is_read_and_a_password_is_not_told() {
    const FILE: &str = "bW9kZWxfbGlzdDoKLSBtb2RlbF9uYW1lOiBhCiAgbGl0ZWxsbV9wYXJhbXM6IHttb2Rl\
                        bDogb3BlbmFpL2dwdC00bywgcnBtOiA5fQo=";
    let coded = |file: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata: {{name: litellm}}\ndata:\n  config.yaml: \
             {file}\n  password: aHVudGVyMg==\n"
        )
    };
    let read = reading(&coded(FILE));
    assert_eq!(read.scenario.providers[0].limits.rpm, Some(9.0));
    let told = format!("{:?}{:?}{:?}", read.left, read.alike, read.taken);
    assert!(
        !told.contains("hunter2") && !told.contains("aHVudGVyMg"),
        "{told}"
    );
    // What is no base64 is no file.
    let broken = reading(&format!("{}---\n{}", coded("'%%'"), super::HPA));
    assert!(why(&broken, "Secret").contains("nothing this calculator models"));
}

#[test]
fn of_two_files_in_one_object_the_reader_chooses() {
    let file = |name: &str, rpm: u32| {
        format!(
            "  {name}: |\n    model_list:\n    - model_name: gpt\n      litellm_params: {{model: \
             openai/gpt-4o, rpm: {rpm}}}\n"
        )
    };
    let head = "kind: ConfigMap\nmetadata: {name: cfg}\ndata:\n";
    let text = format!(
        "{head}{}{}  SIZE: '4'\n",
        file("config.yaml", 3),
        file("proxy.yaml", 4)
    );
    let problem = refused(&text).to_string();
    assert!(
        problem.contains("cfg/config.yaml, cfg/proxy.yaml"),
        "{problem}"
    );
    let read = asked(&text, "cfg/config.yaml");
    assert_eq!(read.scenario.providers[0].limits.rpm, Some(3.0));
    assert!(why(&read, "cfg/proxy.yaml").contains("cfg/config.yaml, which was taken"));
    assert!(why(&read, "data.SIZE").contains("no file"));
}

#[test]
fn what_has_no_value_and_what_is_replaced_is_listed() {
    let read = reading(&format!("{}  minReplicas: null\n", super::HPA));
    let nothing = read
        .alike
        .iter()
        .find(|one| one.place == "spec.minReplicas");
    assert!(nothing.unwrap().why.contains("no value"));
    let text = "kind: Application\nmetadata: {name: a}\nspec: {source: {helm: {values: \
                'replicaCount: 3', valuesObject: {replicaCount: 4}}}}\n";
    let read = reading(text);
    assert_eq!(most(&read), Some(4));
    assert!(why(&read, "helm.values").contains("valuesObject goes before it"));
    let text = "[databases]\na = pool_size=7\n[pgbouncer]\ndefault_pool_size = 20\n\
                reserve_pool_size = 5\n";
    let read = reading(text);
    // 7 of the pool and 5 of the reserve.
    assert_eq!(read.scenario.database.pooler_connections, Some(12));
    for place in [
        "default_pool_size",
        "reserve_pool_size",
        "databases.a.pool_size",
    ] {
        assert!(
            read.taken.iter().any(|taken| taken.place.ends_with(place)),
            "{place}"
        );
    }
    let text = "include: [models.yaml]\nrouter_settings: {num_retries: 1}\n";
    let left = &reading(text).left[0];
    assert_eq!(left.value.as_deref(), Some("models.yaml"));
    assert!(left.why.contains("not read"));
}

#[test]
fn a_pack_says_its_calls_and_all_its_lines_are_listed() {
    let text = "pack: {name: x, version: '1'}\nproviders:\n  targets:\n  - {id: a, provider: \
                openai, model: gpt-4o}\ngateway:\n  retry: {max_attempts: 5, initial_delay: \
                250ms}\n";
    let read = reading(text);
    let retry = &read.scenario.gateway.retry;
    assert_ne!(Scenario::default().gateway.retry.attempts, 5);
    assert_eq!(
        (retry.attempts, retry.delay_ms.to_string().as_str()),
        (5, "250")
    );
    for place in ["pack.name", "pack.version"] {
        assert!(
            read.alike.iter().any(|one| one.place == place),
            "{place}: {:#?}",
            read.alike
        );
    }
}
