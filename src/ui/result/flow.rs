//! Flow along the request path, at the plan's peak or in a minute of the simulated day.

use super::takers::{MOST, rest, shown};
use crate::lived::{Moment, Taking};
use crate::plan::{Plan, ProviderPlan};
use crate::say::page::path as say;

/// Texts of the boxes along the path, and streams to the providers.
pub(in crate::ui) struct Flow {
    pub(super) clients: Vec<String>,
    pub(super) gateways: (String, Vec<String>),
    pub(super) streams: Vec<Stream>,
    /// Providers without a box, in one line.
    pub(super) rest: Option<String>,
}

/// Stream to a provider.
pub(super) struct Stream {
    pub(super) name: String,
    pub(super) share_ratio: f64,
    pub(super) lines: Vec<String>,
    /// Utilization of the limit.
    pub(super) end: String,
    /// Whether the provider is above its target.
    pub(super) is_near: bool,
    /// Whether the provider is above its limit, or rejects requests.
    pub(super) is_over: bool,
}

impl Flow {
    /// Flow at the plan's peak.
    pub(super) fn of(plan: &Plan) -> Self {
        let texts = say::texts(plan);
        let stream = |provider: &ProviderPlan| {
            let (lines, end) = say::provider_lines(provider);
            Stream {
                name: provider.name.clone(),
                share_ratio: provider.share_ratio,
                lines,
                end,
                is_near: provider.is_near(),
                is_over: provider.state().is_over(),
            }
        };
        Self {
            clients: texts.clients,
            gateways: texts.gateways,
            streams: shown(plan).into_iter().map(stream).collect(),
            rest: rest(plan),
        }
    }

    /// Flow in a minute of the day, with a fixed set of providers so that nothing jumps.
    pub(in crate::ui) fn at(moment: &Moment) -> Self {
        let called = moment.providers.iter().filter(|each| 0 < each.calls_of_day);
        let mut called: Vec<&Taking> = called.collect();
        let mut hidden = 0;
        while MOST < called.len() {
            let least = (0..called.len()).min_by_key(|place| called[*place].calls_of_day);
            called.remove(least.unwrap_or(0));
            hidden += 1;
        }
        let stream = |taking: &Taking| {
            let (lines, end) = say::taking_lines(taking);
            Stream {
                name: taking.name.clone(),
                share_ratio: taking.share_ratio,
                lines,
                end,
                is_near: false,
                is_over: 0 < taking.rejected + taking.failed,
            }
        };
        Self {
            clients: say::arriving(moment),
            gateways: say::gateways_at(moment),
            streams: called.into_iter().map(stream).collect(),
            rest: (0 < hidden).then(|| say::others(hidden)),
        }
    }
}
