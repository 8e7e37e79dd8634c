//! Values are what their own target makes of them, and a text is of one gateway.

use serde_json::json;

use super::{HPA, Scenario, Unreadable, asked, most, reading, refused, why};

/// `LiteLLM` 1.110, `duration_in_seconds`: `<number><unit>` at the start, and months by calendar;
/// `spend_log_cleanup.py`: a plain number is of days, and an error deletes nothing.
#[test]
fn logs_are_kept_as_long_as_litellm_keeps_them() {
    let read = |period: serde_json::Value| {
        let settings = json!({"maximum_spend_logs_retention_period": period});
        reading(&json!({"model_list": [], "general_settings": settings}).to_string())
    };
    for (period, days, note) in [
        (json!("30d"), 30, ""),
        (json!("604800s"), 7, ""),
        (json!("2w"), 14, ""),
        (json!("48h"), 2, ""),
        (json!("36h"), 2, "rounded up"),
        (json!("90m"), 1, "rounded up"),
        (json!("1mo"), 31, "of the calendar"),
        (json!("12mo"), 365, "of the calendar"),
        (json!("1d12h"), 1, "the first number and its unit"),
        (json!("monthly"), 30, ""),
        (json!(14), 14, "a plain number as days"),
    ] {
        let read = read(period.clone());
        assert_eq!(read.scenario.storage.retention_days, days, "{period}");
        let mut taken = read.taken.iter();
        let taken = taken.find(|one| one.place.ends_with("retention_period"));
        let told = taken.and_then(|one| one.note.clone()).unwrap_or_default();
        assert!(told.contains(note), "{period}: {told}");
        assert_eq!(told.is_empty(), note.is_empty(), "{period}: {told}");
    }
    let before = Scenario::default().storage.retention_days;
    for period in ["14", "14 d", "d", "1.5d", "1y", ""] {
        let read = read(json!(period));
        assert_eq!(read.scenario.storage.retention_days, before, "{period}");
        let told = why(&read, "retention_period");
        assert!(
            told.contains("deletes nothing otherwise; it stays"),
            "{told}"
        );
    }
}

#[test]
fn of_two_gateways_one_is_read_alone() {
    let litellm =
        "model_list: [{model_name: g, litellm_params: {model: openai/gpt-4o, rpm: 77}}]\n";
    let portkey = "{\"strategy\":{\"mode\":\"single\"},\"request_timeout\":5000,\"targets\":\
                   [{\"provider\":\"anthropic\",\"override_params\":{\"model\":\
                   \"claude-sonnet-4-5\"}}]}\n";
    let alone = reading(litellm).scenario;
    for text in [
        format!("{litellm}---\n{portkey}"),
        format!("{portkey}---\n{litellm}"),
    ] {
        let both = reading(&text);
        assert_eq!(both.scenario, alone);
        assert!(why(&both, "Portkey config").contains("another gateway than LiteLLM"));
        assert!(both.left.iter().all(|left| !left.place.contains("targets")));
    }
    let text = format!("{litellm}---\n{portkey}");
    assert_eq!(asked(&text, "line 3").scenario, reading(portkey).scenario);
    let map = json!({"kind": "ConfigMap", "metadata": {"name": "gateways"}, "data": {
        "config.yaml": litellm,
        "other.json": "{\"providers\":{\"openai\":{\"keys\":[{\"models\":[\"gpt-4o\"]}]}}}",
    }});
    assert_eq!(reading(&map.to_string()).scenario, alone);
}

/// postgresql.org, "Setting parameters" (18), 19.1.1: names are case-insensitive; integers may be
/// hexadecimal and octal.
#[test]
fn parameters_of_a_server_are_read_in_any_case() {
    for (text, most) in [
        ("max_connections = 250\nMAX_WAL_SIZE = 1GB\n", 250),
        ("MAX_CONNECTIONS = 250\nshared_buffers = 1GB\n", 250),
        ("Max_Connections 250\n", 250),
        ("max_connections = 0xC8\nport = 5433\n", 200),
        ("max_connections = '0310'\n", 200),
        ("max_connections = 90\nMAX_CONNECTIONS = 80\n", 80),
    ] {
        let read = reading(text);
        let server = read.scenario.database.server_max_connections;
        assert_eq!(server, most, "{text}");
    }
    let read = reading("max_connections = 09\n");
    assert!(why(&read, "max_connections").contains("it stays"));
    // A file of variables is none of a server.
    let variables = "MAX_CONNECTIONS=250\nLOG_LEVEL=info\n";
    let told = refused(variables).to_string();
    assert!(told.contains("a file of variables"), "{told}");
}

/// kubernetes.io, "Update API objects in place using kubectl patch": `$patch`, `$retainKeys`,
/// `$setElementOrder` and `$deleteFromPrimitiveList` are directives of a patch.
#[test]
fn a_strategic_merge_patch_is_no_object() {
    let container = "containers: [{name: gateway, resources: {limits: {cpu: 3}}}]";
    let of = |inner: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: gateway}}\nspec:\n  \
             {inner}\n  template: {{spec: {{{container}}}}}\n"
        )
    };
    let behavior = "  behavior: {scaleDown: {$patch: replace, stabilizationWindowSeconds: 60}}\n";
    let patches = [
        format!("{HPA}{behavior}").replace("31", "40"),
        of("strategy: {$retainKeys: [type], type: Recreate}"),
        of("$setElementOrder/volumes: [{name: a}]"),
        of("$deleteFromPrimitiveList/finalizers: [a]"),
    ];
    for patch in patches {
        assert_eq!(refused(&patch), Unreadable::Patch, "{patch}");
        let both = reading(&format!("{patch}---\n{HPA}"));
        assert_eq!(most(&both), Some(31));
        assert_eq!(both.scenario, reading(HPA).scenario);
        let mut left = both.left.iter();
        assert!(left.any(|left| left.why.contains("is a patch")), "{patch}");
    }
    assert!(
        refused("- {op: replace, path: /spec/maxReplicas, value: 4}")
            .to_string()
            .contains("a patch")
    );
}
