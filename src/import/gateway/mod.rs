//! Reads configurations of other gateways: providers with shares and limits, retries, timeouts,
//! queue and pool.

mod apisix;
mod bifrost;
mod bifrost_store;
mod cost;
mod envoy;
mod governance;
mod kong;
mod kong_balancer;
mod kong_hung;
mod kong_limit;
pub(super) mod kong_list;
mod kong_model;
mod kong_owner;
mod limit;
mod litellm;
mod litellm_fallback;
mod litellm_model;
mod pattern;
mod policy;
mod portkey;
mod quota;
mod scope;
mod setting;
mod share;

use serde_json::Value;

use super::fact::Facts;
use super::kind::Kind;
use super::open;
use super::target::Target;
use super::value::at;
use super::workers::Workers;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT};

/// Facts of related documents of one kind, per document.
pub(super) fn facts(
    kind: Kind,
    all: &[&Value],
    workers: Option<&Workers>,
    asked: &[String],
) -> Vec<Facts> {
    let mut facts = match kind {
        Kind::Kong => kong::facts(all),
        Kind::Envoy => envoy::facts(all, asked),
        _ => each(kind, all, workers),
    };
    // One number stands for all, whatever the order of the documents.
    setting::across(setting::Stands::Smallest, &ATTEMPTS, &mut facts);
    setting::across(setting::Stands::Longest, &CLIENT_TIMEOUT, &mut facts);
    for (document, facts) in all.iter().zip(&mut facts) {
        open::settle(document, facts);
        for target in &mut facts.targets {
            let is_absent = |place: &str| at(document, place).is_none();
            target.settle(|place| is_absent(place) && open::of(document, place).is_some());
        }
    }
    for index in 0..facts.len() {
        // Some limits of a target are in other documents.
        let targets = facts[index].targets.iter();
        let places: Vec<_> = targets.flat_map(Target::places).collect();
        for (document, place) in places {
            let document = document.unwrap_or(index);
            // Objects with contents are not understood as a whole.
            if at(all[document], &place).is_none_or(|value| !value.is_object()) {
                facts[document].understood.push(place);
            }
        }
    }
    facts
}

/// Facts of independent documents.
fn each(kind: Kind, all: &[&Value], workers: Option<&Workers>) -> Vec<Facts> {
    let read = |document: &Value, facts: &mut Facts| match kind {
        Kind::LiteLlm => litellm::facts(document, workers, facts),
        Kind::Apisix => apisix::facts(document, facts),
        Kind::Bifrost => bifrost::facts(document, facts),
        Kind::Portkey => portkey::facts(document, facts),
        _ => {}
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
