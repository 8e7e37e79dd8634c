//! Reads configurations of other gateways: who answers with which share, limits, retries,
//! timeouts, queue and pool.

mod apisix;
mod bifrost;
mod envoy;
mod governance;
mod kong;
mod kong_limit;
pub(super) mod kong_list;
mod kong_model;
mod kong_owner;
mod limit;
mod litellm;
mod portkey;
mod quota;
mod setting;
mod share;

use serde_json::Value;

use super::fact::Facts;
use super::kind::Kind;

/// The facts of each of some documents of a kind, which belong together.
pub(super) fn facts(kind: Kind, all: &[&Value]) -> Vec<Facts> {
    let read = match kind {
        Kind::Kong => return kong::facts(all),
        Kind::Envoy => return envoy::facts(all),
        Kind::LiteLlm => litellm::facts,
        Kind::Apisix => apisix::facts,
        Kind::Bifrost => bifrost::facts,
        Kind::Portkey => portkey::facts,
        _ => return Vec::new(),
    };
    let each = all.iter().enumerate().map(|(index, document)| {
        let mut facts = Facts::default();
        read(document, &mut facts);
        let limits = facts.targets.iter_mut().flat_map(|target| &mut target.more);
        limits.for_each(|limit| limit.document = Some(index));
        facts
    });
    let mut facts: Vec<Facts> = each.collect();
    share::cap(&mut facts);
    share::even(&mut facts);
    facts
}
