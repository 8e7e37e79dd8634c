//! Ways to split the requests, with their names.

use serde::Serialize;

use crate::plan::{self, Split};
use crate::say::routing;

/// The ways to split the requests over the providers.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct RoutingPlan<'a> {
    /// As given first.
    options: Vec<RoutingOption<'a>>,
}

impl<'a> From<&'a plan::RoutingPlan> for RoutingPlan<'a> {
    fn from(it: &'a plan::RoutingPlan) -> Self {
        let options = it.options.iter().map(RoutingOption::from);
        Self {
            options: options.collect(),
        }
    }
}

/// One way to split the requests.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct RoutingOption<'a> {
    /// Stable name: `given`, `level`, `cheapest`.
    id: &'static str,
    /// Name for people.
    name: &'static str,
    /// Share of each provider, in the scenario's order.
    share_ratios: &'a [f64],
    /// Multiple of today's load at which the first provider is full.
    max_scale: Option<f64>,
    /// Whether the peak stays within every provider's target use; none where a limit is unknown.
    fits: Option<bool>,
    /// Dollars a month for tokens at list price, reserved units apart.
    tokens_per_month_usd: f64,
    /// Whether the prices of all that carry load are known; the others count as nothing.
    is_priced: bool,
}

impl<'a> From<&'a plan::RoutingOption> for RoutingOption<'a> {
    fn from(it: &'a plan::RoutingOption) -> Self {
        Self {
            id: match it.split {
                Split::Given => "given",
                Split::Level => "level",
                Split::Cheapest => "cheapest",
            },
            name: routing::name(it.split),
            share_ratios: &it.share_ratios,
            max_scale: it.max_scale,
            fits: it.fits,
            tokens_per_month_usd: it.tokens_per_month_usd,
            is_priced: it.is_priced,
        }
    }
}
