//! Parts of a Kong configuration: plugins, owners of targets, and balancers.

use serde_json::Value;

/// Plugin at any place.
pub(super) struct Plugin<'a> {
    pub(super) document: usize,
    pub(super) name: &'a str,
    pub(super) config: &'a Value,
    /// Path of the plugin's configuration.
    pub(super) path: String,
    /// Service, route or consumer of the plugin.
    pub(super) owner: String,
    /// Names of the policy in models, if it is attached to models and not global.
    pub(super) policy: Option<Vec<String>>,
    pub(super) is_off: bool,
    /// Whether the plugin applies to some callers only.
    pub(super) is_callers: bool,
}

impl Plugin<'_> {
    /// Whether the plugin is one that is read.
    pub(super) fn is_known(&self) -> bool {
        ["ai-proxy", "ai-proxy-advanced", "ai-rate-limiting-advanced"].contains(&self.name)
    }
}

/// Owner of targets: a plugin or a model.
pub(super) struct Owner {
    pub(super) document: usize,
    /// Place of the plugin.
    pub(super) path: String,
    /// Names of the model.
    pub(super) names: Vec<String>,
    /// Policies attached to the model.
    pub(super) policies: Option<Vec<String>>,
}

/// Balancer at any place.
pub(super) struct Balancer<'a> {
    pub(super) own: &'a Value,
    pub(super) place: String,
    /// Algorithm, if it is the key around the balancer.
    pub(super) named: Option<String>,
}
