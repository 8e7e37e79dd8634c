//! Changes that would help, found by solving the model again with each of them.

mod platform;
mod provider;

pub(super) use platform::{
    for_autoscaler, for_connections, for_disk, for_queue, for_server, for_zone,
};
pub(super) use provider::{for_drill, for_provider, reserve, weights};

use std::fmt::Write as _;

use serde::Serialize;

use super::{Chapters, ProviderPlan, without_drills, words};
use crate::scenario::{Edit, Scenario};

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

/// Multiple of today's load at which the first thing gives way, drills apart.
fn first_scale(chapters: &Chapters) -> Option<f64> {
    first_scale_with(chapters, |plan| plan.max_scale)
}

/// The same with other multiples for the providers.
fn first_scale_with(
    chapters: &Chapters,
    scale: impl Fn(&ProviderPlan) -> Option<f64>,
) -> Option<f64> {
    let providers = chapters.providers.iter().filter_map(scale);
    let rest = [
        chapters.gateway.max_scale,
        chapters.control_plane.disk_max_scale,
    ];
    providers
        .chain(rest.into_iter().flatten())
        .min_by(f64::total_cmp)
}

/// The model with the edits made; none of them touches the shape of the day.
fn solved(scenario: &Scenario, before: &Chapters, edits: &[Edit]) -> Chapters {
    let mut changed = scenario.clone();
    for edit in edits {
        edit.apply(&mut changed);
    }
    without_drills(&changed, before.profile.clone())
}

/// Says what the mended constraint then holds, whether that moves the first limit,
/// and what it costs.
fn effect(before: &Chapters, after: &Chapters, holds: Option<f64>) -> String {
    let more_usd = after.cost.per_month_usd - before.cost.per_month_usd;
    effect_of(before, first_scale(after), holds, more_usd)
}

/// The same where the first limit afterwards and the further cost are known without
/// solving everything again.
fn effect_of(
    before: &Chapters,
    first_after: Option<f64>,
    holds: Option<f64>,
    more_usd: f64,
) -> String {
    let mut text = match holds {
        Some(scale) => format!("holds {}", words::multiple(scale)),
        None => "no limit left here".to_owned(),
    };
    if let (Some(old), Some(new)) = (first_scale(before), first_after)
        && old * 1.005 < new
    {
        write!(text, "; the first limit moves to {}", words::multiple(new))
            .expect("writing to a string cannot fail");
    }
    if 1.0 <= more_usd.abs() {
        let verb = if 0.0 < more_usd { "costs" } else { "saves" };
        let more = if 0.0 < more_usd { " more" } else { "" };
        write!(
            text,
            "; {verb} {}{more} a month",
            words::usd(more_usd.abs())
        )
        .expect("writing to a string cannot fail");
    }
    text
}
