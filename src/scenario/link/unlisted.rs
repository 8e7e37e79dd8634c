//! Names of models and tiers missing in the catalogue.

use super::notice::{Listed, Notice};
use crate::catalog::provider as catalog;
use crate::scenario::Provider;
use crate::scenario::names::{OWN_MODEL, OWN_TIER};

/// Notice about a model or a tier without limits in catalogue or link.
pub(super) fn unlisted(provider: &Provider) -> Option<Notice> {
    let vendor = provider.vendor_row();
    if !provider.limits.is_empty() || provider.units.is_some() {
        return None;
    }
    let notice = |of_kind, name: &str, of: &str, known: Vec<&'static str>| {
        let (name, of) = (name.to_owned(), of.to_owned());
        (!known.is_empty()).then_some(Notice::Unlisted {
            of_kind,
            name,
            of,
            known,
        })
    };
    match provider.model_row() {
        None if provider.model != OWN_MODEL => {
            let models = catalog::models(&provider.vendor).map(|model| model.name);
            notice(
                Listed::Model,
                &provider.model,
                vendor.name,
                models.collect(),
            )
        }
        Some(model) if provider.tier_row().is_none() && provider.tier != OWN_TIER => {
            let tiers = model.tiers.iter().map(|tier| tier.name);
            notice(Listed::Tier, &provider.tier, model.name, tiers.collect())
        }
        _ => None,
    }
}
