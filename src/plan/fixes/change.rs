//! A change that would help, with its effect, as numbers and names.

use super::effect::Effect;
use crate::scenario::scaling::{List, PodSchedule};
use crate::scenario::{Edit, Prices};

/// A change that would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// The change.
    pub change: Change,
    /// Benefit and cost.
    pub effect: Effect,
}

/// A change of settings.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Maximum replicas of the autoscaler.
    HpaMaximum {
        /// Current value.
        from: u32,
        /// New value.
        to: u32,
    },
    /// Minimum replicas of the autoscaler, and the maximum if it must rise too.
    HpaMinimum {
        /// Current minimum.
        from: u32,
        /// New minimum.
        to: u32,
        /// Current and new maximum, if it must rise too.
        maximum: Option<(u32, u32)>,
    },
    /// Slots per gateway.
    Concurrency {
        /// Current value.
        from: u32,
        /// New value.
        to: u32,
    },
    /// Size of the control plane.
    ControlPlane {
        /// Current size.
        from: &'static str,
        /// New size.
        to: &'static str,
        /// Limits for its additional connections.
        connections: Option<Connections>,
    },
    /// Daily partitions that are dropped, instead of deleted rows.
    Partitions,
    /// Retention of events, days.
    Retention {
        /// Current value.
        from: u32,
        /// New value.
        to: u32,
    },
    /// Limits on connections to the database.
    Connections(Connections),
    /// Queue length per gateway.
    QueueSize {
        /// Current value.
        from: u32,
        /// New value.
        to: u32,
    },
    /// Clients' timeout, seconds.
    Timeout {
        /// Current value.
        from: f64,
        /// New value.
        to: f64,
    },
    /// Queue-depth target of the autoscaler.
    QueueTarget {
        /// Current value.
        from: f64,
        /// New value.
        to: u32,
    },
    /// An additional queue-depth target of the autoscaler.
    QueueTargetAdded {
        /// New value.
        to: u32,
    },
    /// In-flight target of the autoscaler, a metric that the gateway has to export.
    InFlightTarget {
        /// Current value, if any.
        from: Option<f64>,
        /// New value.
        to: u32,
    },
    /// Maximum wait for a slot, seconds.
    MaxWait {
        /// Current value, if any.
        from: Option<f64>,
        /// New value.
        to: f64,
    },
    /// Scale-down stabilization window, seconds.
    DownWindow {
        /// Current value.
        from: u32,
        /// New value.
        to: u32,
    },
    /// Scale-up policy and stabilization window.
    UpSteps {
        /// Current values.
        from: UpSteps,
        /// New values.
        to: UpSteps,
    },
    /// A daily schedule of pods in KEDA.
    Schedule {
        /// All schedules after the change, in the order of the scenario.
        all: Vec<PodSchedule>,
        /// The added schedule.
        added: PodSchedule,
        /// Current maximum replicas, if they must rise too.
        maximum_from: Option<u32>,
    },
    /// Attempts per call, the first one included.
    Attempts {
        /// Current value.
        from: u32,
        /// New value.
        to: u32,
    },
    /// Tier of a provider.
    Tier {
        /// Row of the provider.
        row: u32,
        /// Rows of the same organization that change tier as well.
        also: Vec<u32>,
        /// Name of the provider.
        name: String,
        /// Current tier.
        from: String,
        /// New tier.
        to: &'static str,
    },
    /// Weight of a provider.
    Weight {
        /// Row of the provider.
        row: u32,
        /// Name of the provider.
        name: String,
        /// Current value.
        from: f64,
        /// New value.
        to: f64,
    },
    /// Weights of all providers.
    Weights {
        /// Share of each provider, in the order of the scenario.
        share_ratios: Vec<f64>,
        /// Name of each.
        names: Vec<String>,
        /// Row and weight of each.
        weights: Vec<(u32, f64)>,
    },
    /// List prices of a provider in force.
    Prices {
        /// Row of the provider.
        row: u32,
        /// Name of the provider.
        name: String,
        /// New prices.
        to: Prices,
    },
    /// Reserved units of a provider.
    Units {
        /// Row of the provider.
        row: u32,
        /// Name of the provider.
        name: String,
        /// Name of the unit.
        unit: &'static str,
        /// Current value.
        from: f64,
        /// New value.
        to: f64,
    },
    /// Reserved units in place of tokens at list price.
    Reserve {
        /// Row of the provider.
        row: u32,
        /// Name of the provider.
        name: String,
        /// Name of the unit and tier.
        unit: String,
        /// Number of units.
        units: f64,
    },
}

/// Scale-up rules of an autoscaler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpSteps {
    /// Scale-up stabilization window, seconds.
    pub window_s: u32,
    /// Percentage policy per period, if any.
    pub percent: Option<u32>,
    /// Period, seconds.
    pub period_s: u32,
}

/// Limits on connections to the database; at least one of them changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// Current and new `max_connections` of the API.
    pub configured: Option<(u32, u32)>,
    /// New `max_connections` of the server, including its reserved ones.
    pub server: Option<u32>,
}

impl Fix {
    /// The change as edits of the scenario.
    pub fn edits(&self) -> Vec<Edit> {
        self.change.edits()
    }
}

impl Change {
    /// Whether this change covers another change of the same setting.
    pub fn includes(&self, other: &Self) -> bool {
        match (self, other) {
            // A lower maximum is not covered by a higher one.
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
            Self::Prices { row, to, .. } => price_edits(*row, to),
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

/// Edits of the schedules, and of the maximum if it must rise.
fn schedule_edits(all: &[PodSchedule], added: PodSchedule, maximum_from: Option<u32>) -> Vec<Edit> {
    let schedules = Edit::Choice {
        key: "hpa-schedule",
        word: List(all.to_vec()).to_string().into(),
    };
    let maximum = maximum_from.map(|_| count("hpa-max", added.pods));
    std::iter::once(schedules).chain(maximum).collect()
}

/// Edits that set the list prices of a row.
fn price_edits(row: u32, prices: &Prices) -> Vec<Edit> {
    [
        ("price-input", prices.input),
        ("price-cached", prices.cached),
        ("price-write", prices.write),
        ("price-output", prices.output),
        ("price-long-input", prices.long_input),
        ("price-long-cached", prices.long_cached),
        ("price-long-output", prices.long_output),
    ]
    .map(|(key, usd)| provider(row, key, usd))
    .to_vec()
}

/// Edits that set the weight of each row.
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
