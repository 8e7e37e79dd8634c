//! Changes to a scenario as values, so that a fix can be shown, applied and undone.

use std::borrow::Cow;

use super::Scenario;
use super::property::{self, Number, Ranged};

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// A number of the scenario itself.
    Number {
        /// Key of the property.
        key: &'static str,
        /// New value; `None` leaves an optional number to the plan.
        value: Option<f64>,
    },
    /// A number of a provider.
    Provider {
        /// Id of the row.
        id: u32,
        /// Key of the property.
        key: &'static str,
        /// New value.
        value: Option<f64>,
    },
    /// The tier of a provider, with its limits.
    Tier {
        /// Id of the row.
        id: u32,
        /// Name of the tier.
        tier: String,
    },
    /// A choice of the scenario itself.
    Choice {
        /// Key of the property.
        key: &'static str,
        /// New word.
        word: Cow<'static, str>,
    },
    /// The control plane's size.
    ControlPlaneSize {
        /// Small, Medium or Large.
        size: String,
    },
}

impl Edit {
    /// Applies the change; without effect if the row no longer exists.
    pub fn apply(&self, scenario: &mut Scenario) {
        match self {
            Self::Number { key, value } => write(property::SCENARIO, key, scenario, *value),
            Self::Provider { id, key, value } => {
                if let Some(provider) = scenario.provider_mut(*id) {
                    write(property::PROVIDER, key, provider, *value);
                }
            }
            Self::Tier { id, tier } => {
                if let Some(provider) = scenario.provider_mut(*id) {
                    provider.move_to_tier(tier);
                }
            }
            Self::Choice { key, word } => {
                let choice = property::SCENARIO_CHOICES
                    .iter()
                    .find(|row| row.key == *key);
                if let Some(choice) = choice {
                    // Words of the table are always accepted.
                    choice.read(scenario, word).ok();
                }
            }
            Self::ControlPlaneSize { size } => scenario.control_plane.size = Some(size.clone()),
        }
    }
}

fn write<S: Ranged>(table: &[&Number<S>], key: &str, owner: &mut S, value: Option<f64>) {
    if let Some(number) = table.iter().find(|number| number.key == key) {
        number.put(owner, value.into());
    }
}
