//! Charts: pure functions from the plan to an ECharts option, and the frame that draws them.
//! ECharts' own terms are used only here.

mod axis;
mod bands;
mod canvas;
mod capacity;
mod cost;
mod cross;
mod draw;
mod drawn;
mod frame;
mod gateways;
mod grips;
mod growth;
mod handle;
mod hold;
mod instances;
mod label;
mod library;
mod limits;
mod measured;
mod minutes;
mod overlay;
mod palette;
mod providers;
mod save;
mod sight;
mod spread;
mod storage;
mod strip;
mod table;
mod tip;
mod tokens;
mod view;

pub use capacity::capacity_chart;
pub use cost::cost_chart;
pub(super) use cross::{Cross, Reading, use_cross};
pub(super) use frame::PictureFrame;
pub use gateways::gateways_chart;
pub(super) use growth::{grows_into_a_limit, growth_chart};
pub(super) use library::provide_charts;
#[cfg(feature = "ssr")]
pub(super) use library::provide_frames;
pub(super) use overlay::{Overlaid, gateways_overlay, tokens_overlay};
pub use palette::Palette;
pub use providers::providers_chart;
pub(super) use sight::use_sight;
pub use storage::storage_chart;
pub(super) use strip::{StripFrame, fates_strip, pods_strip, tokens_strip};
pub use tokens::tokens_chart;
pub(super) use tokens::tokens_measured;
pub(super) use view::{ChartFrame, TOKENS, reading_of, told};

use crate::model::order::ascending;
use crate::plan::WorkloadDemand;
use crate::say::page::chart::clock;

/// Contents of a chart, apart from the drawing.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// Option for ECharts, without text.
    pub chart: charming::Chart,
    /// Lines and texts, placed when drawn.
    notes: label::Notes,
    /// Tooltip at the pointer.
    tip: tip::Tip,
    /// Height in pixels, if the contents need more than the page's default.
    height: Option<f64>,
    /// Width in pixels used for layout.
    width: f64,
    /// Summary in one sentence.
    pub summary: String,
    /// Column headings of the table.
    pub head: Vec<String>,
    /// Rows of the table.
    pub rows: Vec<Vec<String>>,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            chart: charming::Chart::new(),
            notes: label::Notes::default(),
            tip: tip::Tip::default(),
            height: None,
            width: 0.0,
            summary: String::new(),
            head: Vec::new(),
            rows: Vec::new(),
        }
    }
}

/// Function from the plan, the colors and the width in pixels to a chart.
pub type Drawing = fn(&crate::plan::Plan, &Palette, f64) -> Picture;

/// Workloads with a color, largest first; the rest are "other".
pub fn rank(workloads: &[WorkloadDemand]) -> Vec<usize> {
    let sizes: Vec<(u8, f64)> = workloads.iter().map(|w| (0, -w.tokens_per_day)).collect();
    let mut order = ascending(&sizes);
    order.truncate(3);
    order
}

/// Labels of the 288 samples of a day.
fn clock_labels() -> Vec<String> {
    (0..crate::model::day::SAMPLES)
        .map(|sample| clock(sample * 5))
        .collect()
}
