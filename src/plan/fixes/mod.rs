//! Changes that would help, found by solving the model again with each of them.

mod platform;
mod provider;
mod trial;

pub(super) use platform::{
    for_autoscaler, for_connections, for_disk, for_queue, for_server, for_zone,
};
pub(super) use provider::{for_drill, for_provider, reserve, weights};

use serde::Serialize;

use super::{Chapters, words};
use crate::scenario::Edit;
pub(super) use trial::Trial;

/// A change that would help.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Fix {
    /// What to change.
    pub label: String,
    /// What it brings and what it costs.
    pub effect: String,
    /// The change itself.
    #[serde(skip)]
    pub edits: Vec<Edit>,
}

/// Says what the mended constraint then holds, whether that moves the first limit,
/// and what it costs.
fn effect(before: &Chapters, after: &Trial, holds: Option<f64>) -> String {
    let more_usd = after.per_month_usd - before.cost.per_month_usd;
    effect_of(before.first_scale(), after.first_scale(), holds, more_usd)
}

/// The same where the first limit and the further cost are known.
fn effect_of(
    first_before: Option<f64>,
    first_after: Option<f64>,
    holds: Option<f64>,
    more_usd: f64,
) -> String {
    let mut text = match holds {
        Some(scale) => ["holds ", &words::multiple(scale)].concat(),
        None => "no limit left here".to_owned(),
    };
    if let (Some(old), Some(new)) = (first_before, first_after)
        && old * 1.005 < new
    {
        text = [&text, "; the first limit moves to ", &words::multiple(new)].concat();
    }
    if 1.0 <= more_usd.abs() {
        let verb = if 0.0 < more_usd { "costs" } else { "saves" };
        let more = if 0.0 < more_usd { " more" } else { "" };
        let usd = words::usd(more_usd.abs());
        text = [&text, "; ", verb, " ", &usd, more, " a month"].concat();
    }
    text
}
