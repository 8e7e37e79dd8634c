//! Reads configurations of other gateways: who answers with which share, limits, retries,
//! timeouts, queue and pool.

mod apisix;
mod bifrost;
mod envoy;
mod kong;
mod litellm;
mod portkey;
mod quota;
mod setting;

use serde_json::Value;

use super::fact::Facts;
use super::kind::Kind;

/// The facts of a document, which others of its kind in the same text belong to.
pub(super) fn facts(document: &Value, kind: Kind, all: &[&Value]) -> Facts {
    let mut facts = Facts::default();
    match kind {
        Kind::LiteLlm => litellm::facts(document, &mut facts),
        Kind::Kong => kong::facts(document, all, &mut facts),
        Kind::Apisix => apisix::facts(document, &mut facts),
        Kind::Envoy => envoy::facts(document, all, &mut facts),
        Kind::Bifrost => bifrost::facts(document, &mut facts),
        Kind::Portkey => portkey::facts(document, &mut facts),
        _ => {}
    }
    facts
}
