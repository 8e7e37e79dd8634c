//! A change that would help and what it brings, in numbers and names.

use super::effect::Effect;
use crate::scenario::Edit;
use crate::scenario::scaling::{List, PodSchedule};

/// A change that would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What to change.
    pub change: Change,
    /// What it brings and what it costs.
    pub effect: Effect,
}

/// What to change, from what to what.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Most pods the autoscaler may run.
    HpaMaximum {
        /// Now.
        from: u32,
        /// Then.
        to: u32,
    },
    /// Fewest pods the autoscaler runs, and the most where those are fewer.
    HpaMinimum {
        /// Fewest now.
        from: u32,
        /// Fewest then.
        to: u32,
        /// The most, now and then, where that must rise too.
        maximum: Option<(u32, u32)>,
    },
    /// Slots of each gateway.
    Concurrency {
        /// Now.
        from: u32,
        /// Then.
        to: u32,
    },
    /// Size of the control plane.
    ControlPlane {
        /// Now.
        from: &'static str,
        /// Then.
        to: &'static str,
        /// What its further connections need.
        connections: Option<Connections>,
    },
    /// Partitions by day that are dropped, instead of deleted rows.
    Partitions,
    /// Days events are kept.
    Retention {
        /// Now.
        from: u32,
        /// Then.
        to: u32,
    },
    /// Connections to the database.
    Connections(Connections),
    /// Requests that may wait in one gateway.
    QueueSize {
        /// Now.
        from: u32,
        /// Then.
        to: u32,
    },
    /// When clients give up, seconds.
    Timeout {
        /// Now.
        from: f64,
        /// Then.
        to: f64,
    },
    /// Queue depth the autoscaler aims for.
    QueueTarget {
        /// Now.
        from: u32,
        /// Then.
        to: u32,
    },
    /// A queue depth for the autoscaler to aim for, where there is none.
    QueueTargetAdded {
        /// Then.
        to: u32,
    },
    /// Requests in flight the autoscaler aims for, which the gateway has to count for it.
    InFlightTarget {
        /// Now, if there is such a target.
        from: Option<u32>,
        /// Then.
        to: u32,
    },
    /// Longest wait for a slot, seconds.
    MaxWait {
        /// Now, if there is such a bound.
        from: Option<f64>,
        /// Then.
        to: f64,
    },
    /// Stabilization window of the autoscaler for fewer pods, seconds.
    DownWindow {
        /// Now.
        from: u32,
        /// Then.
        to: u32,
    },
    /// Growth that the autoscaler allows itself, and its window for more pods.
    UpSteps {
        /// Now.
        from: UpSteps,
        /// Then.
        to: UpSteps,
    },
    /// Pods that KEDA keeps for a time of each day.
    Schedule {
        /// The schedules then, in the order of the scenario.
        all: Vec<PodSchedule>,
        /// The new one.
        added: PodSchedule,
        /// The most pods now, where that must rise too.
        maximum_from: Option<u32>,
    },
    /// Tries of a call, the first included.
    Attempts {
        /// Now.
        from: u32,
        /// Then.
        to: u32,
    },
    /// Tier of a provider.
    Tier {
        /// Row of the provider.
        row: u32,
        /// The other rows of its organization, which change with it.
        also: Vec<u32>,
        /// Its name.
        name: String,
        /// Now.
        from: String,
        /// Then.
        to: &'static str,
    },
    /// Weight of a provider.
    Weight {
        /// Row of the provider.
        row: u32,
        /// Its name.
        name: String,
        /// Now.
        from: f64,
        /// Then.
        to: f64,
    },
    /// Weights of all providers.
    Weights {
        /// Share of each, in the scenario's order.
        share_ratios: Vec<f64>,
        /// Name of each.
        names: Vec<String>,
        /// Row and weight of each.
        weights: Vec<(u32, f64)>,
    },
    /// Reserved units of a provider.
    Units {
        /// Row of the provider.
        row: u32,
        /// Its name.
        name: String,
        /// What the units are called.
        unit: &'static str,
        /// Now.
        from: f64,
        /// Then.
        to: f64,
    },
    /// Reserved units instead of tokens at list price.
    Reserve {
        /// Row of the provider.
        row: u32,
        /// Its name.
        name: String,
        /// What the units are called, and the tier.
        unit: String,
        /// How many.
        units: f64,
    },
}

/// Growth that an autoscaler allows itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpSteps {
    /// Stabilization window for more pods, seconds.
    pub window_s: u32,
    /// Percent of the pods in a period, if there is such a policy.
    pub percent: Option<u32>,
    /// Length of the period, seconds.
    pub period_s: u32,
}

/// Limits on connections to the database; at least one of them changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// `max_connections` of the API, now and then.
    pub configured: Option<(u32, u32)>,
    /// What the server allows then, its reserved ones included.
    pub server: Option<u32>,
}

impl Fix {
    /// The change as edits of the scenario.
    pub fn edits(&self) -> Vec<Edit> {
        self.change.edits()
    }
}

impl Change {
    /// Whether this change also does all that the other does, of the same setting.
    pub fn includes(&self, other: &Self) -> bool {
        match (self, other) {
            // What lowers a maximum is no part of what raises it.
            (
                Self::HpaMaximum { to: most, .. }
                | Self::HpaMinimum {
                    maximum: Some((_, most)),
                    ..
                },
                Self::HpaMaximum { from, to },
            ) => self == other || from < to && to <= most,
            (Self::HpaMinimum { to, .. }, Self::HpaMinimum { to: less, .. })
            | (Self::Concurrency { to, .. }, Self::Concurrency { to: less, .. }) => less <= to,
            _ => self == other,
        }
    }

    /// The change as edits of the scenario.
    pub fn edits(&self) -> Vec<Edit> {
        match self {
            Self::HpaMaximum { to, .. } => vec![count("hpa-max", *to)],
            Self::HpaMinimum { maximum, to, .. } => {
                let maximum = maximum.map(|(_, to)| count("hpa-max", to));
                [count("hpa-min", *to)].into_iter().chain(maximum).collect()
            }
            Self::Concurrency { to, .. } => vec![count("concurrency", *to)],
            Self::ControlPlane {
                to, connections, ..
            } => {
                let size = (*to).to_owned();
                let mut edits = vec![Edit::ControlPlaneSize { size }];
                edits.extend(connections.iter().flat_map(Connections::edits));
                edits
            }
            Self::Partitions => vec![Edit::Choice {
                key: "cleanup",
                word: "partitions".into(),
            }],
            Self::Retention { to, .. } => vec![count("retention-days", *to)],
            Self::Connections(connections) => connections.edits().collect(),
            Self::QueueSize { to, .. } => vec![count("queue-size", *to)],
            Self::Timeout { to, .. } => vec![Edit::Number {
                key: "timeout",
                value: Some(*to),
            }],
            Self::QueueTarget { to, .. } | Self::QueueTargetAdded { to } => {
                vec![count("hpa-queue", *to)]
            }
            Self::InFlightTarget { to, .. } => vec![count("hpa-in-flight", *to)],
            Self::MaxWait { to, .. } => vec![Edit::Number {
                key: "max-wait",
                value: Some(*to),
            }],
            Self::DownWindow { to, .. } => vec![count("hpa-down-window", *to)],
            Self::UpSteps { to, .. } => vec![
                count("hpa-up-window", to.window_s),
                Edit::Number {
                    key: "hpa-up-percent",
                    value: to.percent.map(f64::from),
                },
                count("hpa-up-period", to.period_s),
            ],
            Self::Schedule {
                all,
                added,
                maximum_from,
            } => schedule_edits(all, *added, *maximum_from),
            Self::Attempts { to, .. } => vec![count("attempts", *to)],
            Self::Tier { row, also, to, .. } => {
                let rows = std::iter::once(row).chain(also);
                rows.map(|row| tier(*row, to)).collect()
            }
            Self::Weight { row, to, .. } => vec![provider(*row, "weight", *to)],
            Self::Weights { weights, .. } => weight_edits(weights),
            Self::Units { row, to, .. } => vec![provider(*row, "units", *to)],
            Self::Reserve {
                row, unit, units, ..
            } => vec![tier(*row, unit), provider(*row, "units", *units)],
        }
    }
}

impl Connections {
    fn edits(&self) -> impl Iterator<Item = Edit> + use<> {
        let configured = self.configured.map(|(_, to)| count("max-connections", to));
        let server = self.server.map(|to| count("server-connections", to));
        configured.into_iter().chain(server)
    }
}

/// The schedules, and the most pods where those are fewer.
fn schedule_edits(all: &[PodSchedule], added: PodSchedule, maximum_from: Option<u32>) -> Vec<Edit> {
    let schedules = Edit::Choice {
        key: "hpa-schedule",
        word: List(all.to_vec()).to_string().into(),
    };
    let maximum = maximum_from.map(|_| count("hpa-max", added.pods));
    std::iter::once(schedules).chain(maximum).collect()
}

/// A weight for each row.
pub(in crate::plan) fn weight_edits(weights: &[(u32, f64)]) -> Vec<Edit> {
    let edits = weights.iter();
    edits
        .map(|(row, weight)| provider(*row, "weight", *weight))
        .collect()
}

fn count(key: &'static str, value: u32) -> Edit {
    let value = Some(f64::from(value));
    Edit::Number { key, value }
}

fn provider(id: u32, key: &'static str, value: f64) -> Edit {
    let value = Some(value);
    Edit::Provider { id, key, value }
}

fn tier(id: u32, tier: &str) -> Edit {
    let tier = tier.to_owned();
    Edit::Tier { id, tier }
}
