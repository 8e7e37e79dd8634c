//! What of Kong has limits, what has targets, and what sends to them.

use serde_json::Value;

/// A plugin, wherever it hangs.
pub(super) struct Plugin<'a> {
    pub(super) document: usize,
    pub(super) name: &'a str,
    pub(super) config: &'a Value,
    /// Where its configuration stands.
    pub(super) path: String,
    /// The service, route or consumer that it hangs at.
    pub(super) owner: String,
    /// The names that models have for it, if it is a policy of theirs and not of all.
    pub(super) policy: Option<Vec<String>>,
    pub(super) is_off: bool,
    /// Whether it counts for some callers only.
    pub(super) is_callers: bool,
}

impl Plugin<'_> {
    /// Whether it is one that is read.
    pub(super) fn is_known(&self) -> bool {
        ["ai-proxy", "ai-proxy-advanced", "ai-rate-limiting-advanced"].contains(&self.name)
    }
}

/// What has targets: a plugin, or a model.
pub(super) struct Owner {
    pub(super) document: usize,
    /// Where the plugin hangs.
    pub(super) path: String,
    /// The names of a model.
    pub(super) names: Vec<String>,
    /// The policies that a model names.
    pub(super) policies: Option<Vec<String>>,
}

/// A balancer, wherever it stands.
pub(super) struct Balancer<'a> {
    pub(super) own: &'a Value,
    pub(super) place: String,
    /// Its algorithm, where the key around it is that.
    pub(super) named: Option<String>,
}
