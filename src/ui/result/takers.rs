//! The providers that take requests, and those of them that have room in the drawing.

use crate::plan::{LimitState, Plan, ProviderPlan};
use crate::say::page::path as say;

/// Most providers drawn one by one.
pub(super) const MOST: usize = 6;

/// The providers that take requests.
pub(super) fn carrying(plan: &Plan) -> Vec<&ProviderPlan> {
    let providers = plan.providers.iter();
    providers.filter(|p| 0.0 < p.share_ratio).collect()
}

/// The providers that are drawn, in the scenario's order: the fullest where they are many.
pub(super) fn shown(plan: &Plan) -> Vec<&ProviderPlan> {
    let mut shown = carrying(plan);
    while MOST < shown.len() {
        // One of which no limit is known may be fuller than any.
        let room = |provider: &ProviderPlan| match provider.state() {
            LimitState::Used(ratio) => -ratio,
            LimitState::Unknown | LimitState::Closed => f64::NEG_INFINITY,
        };
        let emptiest = (0..shown.len()).max_by(|a, b| room(shown[*a]).total_cmp(&room(shown[*b])));
        if let Some(at) = emptiest {
            shown.remove(at);
        }
    }
    shown
}

/// The providers that are not drawn, in a line.
pub(super) fn rest(plan: &Plan) -> Option<String> {
    let all = carrying(plan).len();
    let hidden = all.checked_sub(MOST).filter(|hidden| 0 < *hidden)?;
    Some(say::more(hidden))
}
