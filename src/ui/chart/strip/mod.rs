//! Strips of the simulated day: three drawings on one time axis, and their frame.

mod fates;
mod frame;
mod pods;
mod tokens;

pub(in crate::ui) use fates::fates_strip;
pub(in crate::ui) use frame::StripFrame;
pub(in crate::ui) use pods::pods_strip;
pub(in crate::ui) use tokens::tokens_strip;

use super::label::{Key, Margins, ROW, key_rows};
use super::tip::{Tip, TipRow};
use super::{Palette, axis, clock_labels, draw};
use crate::lived::Minute;
use crate::say::page::tip::Unit;

/// Empty strip; the cursor over it uses the margins too (`public/day.css`).
fn base(margins: Margins, width: f64, palette: &Palette) -> charming::Chart {
    draw::base(margins)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::hours(width, palette))
}

/// Tooltip at a step: names, colors and values.
fn tip(unit: Unit, rows: &[(&str, &str, &[f64])]) -> Tip {
    let row = |(name, tint, values): &(&str, &str, &[f64])| TipRow {
        name: (*name).to_owned(),
        tint: (*tint).to_owned(),
        values: values.to_vec(),
    };
    Tip {
        heads: clock_labels(),
        unit,
        rows: rows.iter().map(row).collect(),
        ..Tip::default()
    }
}

/// Value per step.
fn each(steps: &[Minute], value: impl Fn(&Minute) -> f64) -> Vec<f64> {
    steps
        .iter()
        .map(|step| draw::rounded(value(step)))
        .collect()
}

/// Space around the axes below a key, which stands above the unit.
fn below(keys: &[Key], width: f64) -> Margins {
    Margins {
        top: draw::MARGINS.top + key_rows(keys, width) as f64 * ROW,
        ..draw::MARGINS
    }
}

/// The largest of some values.
fn most(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}
