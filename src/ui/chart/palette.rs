//! Colors of the design tokens, for ECharts, which does not inherit CSS.

use leptos::prelude::*;

/// Colors for charts; read again when the theme changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    /// Text color.
    pub ink: String,
    /// Muted text.
    pub ink_muted: String,
    /// Axis labels.
    pub ink_faint: String,
    /// Grid lines.
    pub line: String,
    /// Base lines.
    pub line_control: String,
    /// Background of the page.
    pub surface: String,
    /// Areas, largest first.
    pub series: [String; 3],
    /// Edges of the areas.
    pub series_line: [String; 3],
    /// Text on the areas.
    pub on_series: [String; 3],
    /// Limit lines.
    pub limit: String,
    /// Status near a limit.
    pub warn: String,
    /// Status near a limit after a loss.
    pub warn_soft: String,
    /// Status over a limit.
    pub danger: String,
    /// Status over a limit after a loss.
    pub danger_soft: String,
    /// Leaders and target lines.
    pub mark: String,
    /// Font of the page.
    pub font: String,
}

impl Palette {
    /// Reads the design tokens as resolved by the page.
    pub(super) fn read() -> Self {
        let root = document().document_element();
        let probe = document().create_element("span").ok();
        let value = |name: &str| {
            let root = root.as_ref()?;
            let probe = probe.as_ref()?;
            // `light-dark()` is resolved only in a property.
            probe
                .set_attribute("class", &format!("probe probe--{name}"))
                .ok()?;
            root.append_child(probe).ok()?;
            let style = window().get_computed_style(probe).ok().flatten()?;
            style.get_property_value("color").ok()
        };
        let color = |name: &str| value(name).unwrap_or_default();
        let three = |name: &str| [1, 2, 3].map(|n| color(&format!("{name}-{n}")));
        let palette = Self {
            ink: color("ink"),
            ink_muted: color("ink-muted"),
            ink_faint: color("ink-faint"),
            line: color("line"),
            line_control: color("line-control"),
            surface: color("surface"),
            series: three("series"),
            series_line: three("series-line"),
            on_series: three("on-series"),
            limit: color("limit"),
            warn: color("warn"),
            warn_soft: color("warn-soft"),
            danger: color("danger"),
            danger_soft: color("danger-soft"),
            mark: color("mark"),
            font: document()
                .body()
                .and_then(|body| window().get_computed_style(&body).ok().flatten())
                .and_then(|style| style.get_property_value("font-family").ok())
                .unwrap_or_default(),
        };
        if let Some(probe) = probe {
            probe.remove();
        }
        palette
    }
}
