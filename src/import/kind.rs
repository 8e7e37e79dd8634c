//! Kinds of documents and how to recognize them.

use serde_json::{Map, Value};

use super::env;
use super::gateway::kong_list;
use super::hcl;
use crate::catalog::provider as catalog;
use crate::scenario::property;

/// Key for the parameters of a server.
pub(super) const POSTGRES: &str = "postgresql.conf";

/// Kind of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Gateway's policy pack.
    Pack,
    /// `HorizontalPodAutoscaler`.
    Autoscaler,
    /// `ScaledObject` of KEDA.
    ScaledObject,
    /// Deployment of the gateway.
    Deployment,
    /// `ConfigMap` with the API's settings.
    Settings,
    /// File of environment variables with settings of the gateway.
    Variables,
    /// Database settings of the API.
    Database,
    /// Scenario file, `scenario.json`.
    Scenario,
    /// Link of this calculator.
    Link,
    /// Command line, `kt capacity estimate …`.
    Command,
    /// Helm chart values.
    HelmValues,
    /// `config.yaml` of `LiteLLM`.
    LiteLlm,
    /// Plugins of Kong.
    Kong,
    /// Plugins of APISIX.
    Apisix,
    /// Objects of Envoy AI Gateway.
    Envoy,
    /// `config.json` of Bifrost.
    Bifrost,
    /// Config of Portkey.
    Portkey,
    /// Rules of Prometheus.
    Rules,
    /// `pgbouncer.ini`.
    PgBouncer,
    /// `postgresql.conf`.
    Postgres,
    /// Summary of a k6 run.
    LoadTest,
}

impl Kind {
    /// Display name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pack => "policy pack",
            Self::Autoscaler => "HorizontalPodAutoscaler",
            Self::ScaledObject => "KEDA ScaledObject",
            Self::Deployment => "Deployment",
            Self::Settings => "ConfigMap with API settings",
            Self::Variables => "file of variables",
            Self::Database => "database block",
            Self::Scenario => "scenario file",
            Self::Link => "link to a scenario",
            Self::Command => "kt command line",
            Self::HelmValues => "Helm values file",
            Self::LiteLlm => "LiteLLM configuration",
            Self::Kong => "Kong configuration",
            Self::Apisix => "APISIX configuration",
            Self::Envoy => "Envoy AI Gateway configuration",
            Self::Bifrost => "Bifrost configuration",
            Self::Portkey => "Portkey config",
            Self::Rules => "Prometheus rules file",
            Self::PgBouncer => "PgBouncer configuration",
            Self::Postgres => "PostgreSQL configuration",
            Self::LoadTest => "k6 summary",
        }
    }

    /// Plural display name.
    pub(super) fn names(self) -> &'static str {
        match self {
            Self::Pack => "policy packs",
            Self::Autoscaler | Self::ScaledObject => "autoscalers",
            Self::Deployment => "Deployments",
            Self::Settings => "ConfigMaps with API settings",
            Self::Variables => "files of variables",
            Self::Database => "database blocks",
            Self::Scenario => "scenario files",
            Self::Link => "links",
            Self::Command => "commands",
            Self::HelmValues => "Helm values files",
            Self::LiteLlm => "LiteLLM configurations",
            Self::Kong => "Kong configurations",
            Self::Apisix => "APISIX configurations",
            Self::Envoy => "Envoy AI Gateway configurations",
            Self::Bifrost => "Bifrost configurations",
            Self::Portkey => "Portkey configs",
            Self::Rules => "Prometheus rules files",
            Self::PgBouncer => "PgBouncer configurations",
            Self::Postgres => "PostgreSQL configurations",
            Self::LoadTest => "k6 summaries",
        }
    }

    /// Whether a `ConfigMap` may carry files of this kind.
    pub(super) fn is_carried(self) -> bool {
        use Kind::{Pack, PgBouncer, Postgres, Rules, Variables};
        let is_gateway = self.is_gateway() && self != Self::Envoy;
        is_gateway || matches!(self, Pack | Rules | PgBouncer | Postgres | Variables)
    }

    /// Whether a gateway has only one document of this kind.
    pub(super) fn is_whole(self) -> bool {
        use Kind::{Apisix, Envoy, Kong, Rules};
        !matches!(self, Apisix | Envoy | Kong | Rules)
    }

    /// Whether the kind is another gateway's configuration, with related documents.
    pub(super) fn is_gateway(self) -> bool {
        use Kind::{Apisix, Bifrost, Envoy, Kong, LiteLlm, Portkey};
        matches!(self, LiteLlm | Kong | Apisix | Envoy | Bifrost | Portkey)
    }
}

/// Kind of a document; `None` if the model has nothing of it.
pub(super) fn of(document: &Value) -> Option<Kind> {
    let fields = document.as_object()?;
    if fields.contains_key(hcl::RESOURCE) {
        // The objects it makes are separate documents.
        return None;
    }
    let is_object = ["apiVersion", "metadata", "spec", "data"];
    let is_object = is_object.iter().any(|key| fields.contains_key(*key));
    // Chart values may also have a key of that name.
    let is_values = !is_object && super::component::is_one(document);
    if let Some(kind) = fields.get("kind").and_then(Value::as_str)
        && !is_values
    {
        return of_object(kind, document).filter(|_| !super::patch::is_one(document));
    }
    let has = |key: &str| fields.contains_key(key);
    if is_load_test(document) {
        Some(Kind::LoadTest)
    } else if is_pgbouncer(document) {
        Some(Kind::PgBouncer)
    } else if document[POSTGRES].is_object() {
        Some(Kind::Postgres)
    } else if document[env::NAME].is_object() {
        Some(Kind::Variables)
    } else if is_pack(document) {
        Some(Kind::Pack)
    } else if document["database"].is_object()
        && !has("verdict")
        && !super::component::is_one(document)
    {
        Some(Kind::Database)
    } else if has("model_list") || has("router_settings") || has("litellm_settings") {
        Some(Kind::LiteLlm)
    } else if is_apisix(document) {
        Some(Kind::Apisix)
    } else if is_kong(document) {
        Some(Kind::Kong)
    } else if is_portkey(document) {
        Some(Kind::Portkey)
    } else if is_bifrost(document) {
        Some(Kind::Bifrost)
    } else if is_rules(document) {
        Some(Kind::Rules)
    } else if is_scenario(fields) {
        Some(Kind::Scenario)
    } else if super::component::is_one(document) {
        Some(Kind::HelmValues)
    } else {
        None
    }
}

/// Kind by the `kind` of a cluster object.
fn of_object(kind: &str, document: &Value) -> Option<Kind> {
    match kind {
        "HorizontalPodAutoscaler" => Some(Kind::Autoscaler),
        "ScaledObject" => Some(Kind::ScaledObject),
        "Deployment" | "StatefulSet" | "Rollout" => Some(Kind::Deployment),
        "ConfigMap" => env::is_one(&document["data"]).then_some(Kind::Settings),
        "AIGatewayRoute" | "AIServiceBackend" | "BackendTrafficPolicy" | "QuotaPolicy" => {
            Some(Kind::Envoy)
        }
        "KongPlugin" | "KongClusterPlugin" => {
            is_ai_plugin(document, "plugin").then_some(Kind::Kong)
        }
        "ApisixPluginConfig" | "PluginConfig" => {
            let plugins = document["spec"]["plugins"].as_array();
            let mut plugins = plugins.into_iter().flatten();
            plugins
                .any(|plugin| is_ai_plugin(plugin, "name"))
                .then_some(Kind::Apisix)
        }
        "AIGatewayModel" | "AIGatewayModelProvider" => Some(Kind::Kong),
        "ApisixRoute" => {
            let rules = document["spec"]["http"].as_array().into_iter().flatten();
            let mut plugins = rules
                .filter_map(|rule| rule["plugins"].as_array())
                .flatten();
            plugins
                .any(|plugin| is_ai_plugin(plugin, "name"))
                .then_some(Kind::Apisix)
        }
        "PrometheusRule" => Some(Kind::Rules),
        _ => None,
    }
}

/// Whether the document has the metrics of every k6 summary: number and duration of requests.
fn is_load_test(document: &Value) -> bool {
    let parts = ["http_reqs", "http_req_duration"];
    parts
        .iter()
        .all(|part| document["metrics"][*part].is_object())
}

/// Whether the keys are those of our scenario file, and of no other tool's.
fn is_scenario(fields: &Map<String, Value>) -> bool {
    let number = |key: &str| property::SCENARIO.iter().any(|number| number.key == key);
    let choice = |key: &str| property::SCENARIO_CHOICES.iter().any(|one| one.key == key);
    let is_head = |key: &str| matches!(key, "version" | "name");
    let is_own = |key: &str| number(key) || choice(key);
    let is_rare = |key: &str| matches!(key, "growth" | "kubernetes");
    let has_version = fields.contains_key("version");
    let is_whole = has_version || fields.keys().any(|key| is_own(key));
    let of_rows = |key: &str, is_row: fn(&Map<String, Value>, bool) -> bool| {
        let rows = fields.get(key).and_then(Value::as_array);
        let rows = rows.filter(|rows| !rows.is_empty());
        let is_row = |row: &Value| row.as_object().is_some_and(|row| is_row(row, is_whole));
        // One row of ours is enough beside a version: the others are told.
        rows.is_some_and(|rows| has_version && rows.iter().any(is_row) || rows.iter().all(is_row))
    };
    if !fields.get("version").is_none_or(Value::is_u64) {
        return false;
    }
    if of_rows("workloads", is_workload) || of_rows("providers", is_provider) {
        return true;
    }
    let mut keys = fields.keys().filter(|key| !is_head(key)).peekable();
    // Words like `timeout` or `memory` are everybody's: a version or a key of ours has to vouch.
    let is_vouched = has_version
        || keys
            .clone()
            .any(|key| is_own(key) && (key.contains('-') || is_rare(key)));
    keys.peek().is_some() && is_vouched && keys.all(|key| is_own(key))
}

/// Whether a row has workload keys; if nothing else is ours, some must be unique to us.
fn is_workload(row: &Map<String, Value>, is_whole: bool) -> bool {
    let mut numbers = property::WORKLOAD.iter().map(|number| number.key);
    numbers.any(|key| row.contains_key(key) && (is_whole || key.contains('-')))
}

/// Whether a row is a provider with a name in our catalogue.
fn is_provider(row: &Map<String, Value>, is_whole: bool) -> bool {
    let is_known = row.get("provider").and_then(Value::as_str);
    let is_known = is_known.is_some_and(|id| id == "custom" || catalog::vendor(id).is_some());
    let words = ["provider", "name", "model", "tier"];
    let is_own = |key: &str| {
        let mut numbers = property::PROVIDER.iter();
        let mut choices = property::PROVIDER_CHOICES.iter();
        words.contains(&key)
            || numbers.any(|number| number.key == key)
            || choices.any(|choice| choice.key == key)
    };
    is_known && (is_whole && !row.contains_key("api_key") || row.keys().all(|key| is_own(key)))
}

/// Whether the document has the sections of `PgBouncer`'s INI file, and is not chart values.
fn is_pgbouncer(document: &Value) -> bool {
    const SECTIONS: [&str; 6] = [
        "pgbouncer",
        "databases",
        "users",
        "peers",
        "%include",
        "(rest)",
    ];
    let mut keys = document.as_object().into_iter().flatten();
    document["pgbouncer"].is_object() && keys.all(|(key, _)| SECTIONS.contains(&key.as_str()))
}

fn is_pack(document: &Value) -> bool {
    let providers = &document["providers"];
    let mut rows = providers.as_array().into_iter().flatten();
    let is_target =
        |row: &Value| row["rate_limits"].is_object() || row["secret_key_ref"].is_object();
    let is_ours = document["pack"].is_object() || rows.any(is_target);
    providers["targets"].is_array() || is_ours && document.get("kind").is_none()
}

fn is_ai_plugin(plugin: &Value, key: &str) -> bool {
    let name = plugin[key].as_str();
    name.is_some_and(|name| name.starts_with("ai-"))
}

fn is_apisix(document: &Value) -> bool {
    let has_plugins = |route: &Value| {
        let mut plugins = route["plugins"].as_object().into_iter().flatten();
        plugins.any(|(name, _)| name.starts_with("ai-"))
    };
    let owners = ["routes", "services", "global_rules", "plugin_configs"];
    let mut owners = owners
        .iter()
        .filter_map(|key| document[*key].as_array())
        .flatten();
    let in_owner = |owner: &Value| {
        let mut routes = owner["routes"].as_array().into_iter().flatten();
        has_plugins(owner) || routes.any(has_plugins)
    };
    has_plugins(document) || owners.any(in_owner) || has_plugins(&document["value"])
}

fn is_kong(document: &Value) -> bool {
    let has_plugin = |owner: &Value| {
        let plugins = owner["plugins"].as_array().into_iter();
        let lists = kong_list::POLICIES.iter();
        let policies = lists.filter_map(|list| owner[*list].as_array());
        let named = |plugin: &Value| is_ai_plugin(plugin, "name") || is_ai_plugin(plugin, "type");
        plugins.chain(policies).flatten().any(named)
    };
    let owners = ["services", "routes", "consumers"];
    let mut owners = owners
        .iter()
        .filter_map(|key| document[*key].as_array())
        .flatten();
    let in_route = |owner: &Value| {
        let routes = owner["routes"].as_array().into_iter().flatten();
        has_plugin(owner) || routes.into_iter().any(has_plugin)
    };
    has_plugin(document) || owners.any(in_route) || kong_list::is_one(document)
}

fn is_portkey(document: &Value) -> bool {
    let is_target = |row: &Value| {
        [
            "provider",
            "virtual_key",
            "targets",
            "override_params",
            "strategy",
        ]
        .iter()
        .any(|key| row.get(*key).is_some())
    };
    let targets = document["targets"].as_array();
    targets.is_some_and(|rows| !rows.is_empty() && rows.iter().all(is_target))
        || document["strategy"]["mode"].is_string()
        || (document["provider"].is_string()
            && ["retry", "override_params", "virtual_key"]
                .iter()
                .any(|key| document.get(*key).is_some()))
}

fn is_bifrost(document: &Value) -> bool {
    let providers = document["providers"].as_object();
    let is_one = |row: &Value| {
        ["keys", "network_config", "concurrency_and_buffer_size"]
            .iter()
            .any(|key| row.get(*key).is_some())
    };
    providers.is_some_and(|rows| rows.values().any(is_one))
        || document["client"].get("initial_pool_size").is_some()
        || document["client"].get("drop_excess_requests").is_some()
}

fn is_rules(document: &Value) -> bool {
    let mut groups = document["groups"].as_array().into_iter().flatten();
    groups.any(|group| group["rules"].is_array())
}

/// Title of a document of unknown kind.
pub(super) fn title(document: &Value) -> String {
    let resource = document[hcl::RESOURCE].as_str();
    match (document["kind"].as_str().or(resource), document) {
        (Some(kind), _) => kind.to_owned(),
        (None, Value::Object(fields)) => {
            let keys: Vec<&str> = fields.keys().take(3).map(String::as_str).collect();
            let noun = if keys.len() == 1 { "key" } else { "keys" };
            format!("A document with the {noun} “{}”", keys.join("”, “"))
        }
        (None, Value::Array(_)) => "A list".to_owned(),
        (None, Value::Null) => "An empty document".to_owned(),
        (None, _) => "This text".to_owned(),
    }
}
