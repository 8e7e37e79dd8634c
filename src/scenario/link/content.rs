//! The content of a link.

use super::fragment::Fragment;
use crate::scenario::{Scenario, Theme, View, WhatIf};

/// A scenario and how a page shows it, as one text that people pass around.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Link {
    /// The scenario.
    pub scenario: Scenario,
    /// The reading that is asked for.
    pub view: View,
    /// The supposition under which the charts are drawn.
    pub what_if: WhatIf,
    /// Light or dark, if it is asked for.
    pub theme: Option<Theme>,
    /// The origin of the page around, in a frame; empty where the frame talks to nobody.
    pub embed: Option<String>,
    /// The scenarios it is compared with.
    pub beside: Vec<Fragment>,
}
