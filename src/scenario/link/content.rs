//! The content of a link.

use super::fragment::Fragment;
use crate::scenario::{Scenario, Theme, View, WhatIf};

/// A scenario and its presentation, as one text to share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Link {
    /// The scenario.
    pub scenario: Scenario,
    /// Requested view.
    pub view: View,
    /// Supposition for the charts.
    pub what_if: WhatIf,
    /// Requested theme, if any.
    pub theme: Option<Theme>,
    /// Origin of the embedding page, in a frame; empty if the frame communicates with no page.
    pub embed: Option<String>,
    /// Scenarios to compare it with.
    pub beside: Vec<Fragment>,
}
