//! Style of provider bars: colors with their key, lines at target and limit, and marks on cut bars.

use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{ItemStyle, Label, LabelPosition};

use super::super::Palette;
use super::super::draw::{LABEL_SIZE, color};
use super::super::label::{Key, Notes, Post, Spot, Words};
use super::super::limits::Status;
use super::used::{BESIDE, MOST, ROW, Used, percent, said, status};
use crate::plan::{Drill, LimitState};
use crate::say::page::chart as say;

/// Fill and edge colors: solid for now, light for after a loss.
fn colors(status: Status, is_now: bool, palette: &Palette) -> (&str, &str) {
    let (calm, soft, edge) = (
        &palette.series[0],
        &palette.series[2],
        &palette.series_line[2],
    );
    match (status, is_now) {
        (Status::Calm, true) => (calm, calm),
        (Status::Calm, false) => (soft, edge),
        (Status::Near, true) => (&palette.warn, &palette.warn),
        (Status::Near, false) => (&palette.warn_soft, &palette.warn),
        (Status::Over, true) => (&palette.danger, &palette.danger),
        (Status::Over, false) => (&palette.danger_soft, &palette.danger),
    }
}

/// Label at the end of a bar, from its name, since a cut bar shows its full value.
pub(super) fn beside(palette: &Palette) -> Label {
    Label::new()
        .show(true)
        .position(LabelPosition::Right)
        .formatter("{b}")
        .color(color(&palette.ink))
        .border_color(color(&palette.surface))
        .font_size(LABEL_SIZE)
        .font_family(palette.font.as_str())
}

/// Bar with its label.
pub(super) fn point(row: &Used, state: LimitState, is_now: bool, palette: &Palette) -> DataPoint {
    let status = status(state, row.provider.target_ratio);
    let (fill, edge) = colors(status, is_now, palette);
    let style = ItemStyle::new()
        .color(color(fill))
        .border_color(color(edge))
        .border_width(1.0);
    // ECharts reads "-" as no value.
    let value = match state.ratio() {
        Some(_) => CompositeValue::from(percent(state).min(MOST)),
        None => CompositeValue::from("-"),
    };
    let bar = DataPointItem::new(value).name(said(state));
    bar.item_style(style).into()
}

/// Adds marks on cut bars, and text where there is no bar.
pub(super) fn mark(
    notes: &mut Notes,
    used: &[Used],
    (most, has_two): (f64, bool),
    palette: &Palette,
) {
    for (index, row) in used.iter().enumerate() {
        let middle = (used.len() - index) as f64 - 0.5;
        let shift = if has_two { BESIDE / ROW } else { 0.0 };
        let now = Some((row.now, middle + shift));
        let after = has_two.then_some((row.after, middle - shift));
        for (state, y) in now.into_iter().chain(after) {
            if MOST < percent(state) {
                notes.breaks.push((most * 0.92, y));
            }
            if state == LimitState::Closed {
                notes.words.push(Words {
                    text: said(state),
                    tint: palette.danger.clone(),
                    is_strong: false,
                    spot: Spot::Beside(0.0, y),
                    dot: 0.0,
                });
            }
        }
    }
}

/// Lines of the target and the limit, named above the bars.
pub(super) fn posts(target: f64, palette: &Palette) -> [Post; 2] {
    let target = Post {
        at: target,
        name: say::target(target),
        tint: palette.ink_muted.clone(),
        is_dashed: true,
        is_left: true,
    };
    let limit = Post {
        at: 100.0,
        name: say::LIMIT.to_owned(),
        tint: palette.ink.clone(),
        is_dashed: false,
        is_left: false,
    };
    [target, limit]
}

/// Key of the colors used.
pub(super) fn keys(used: &[Used], lost: Option<&Drill>, palette: &Palette) -> Vec<Key> {
    let key = |(fill, edge): (&str, &str), text: &str| Key::area(fill, edge, text);
    let calm = |is_now| colors(Status::Calm, is_now, palette);
    let mut keys = vec![key(calm(true), say::NORMAL)];
    keys.extend(lost.map(|drill| key(calm(false), &say::after_losing(&drill.lost))));
    for (wanted, text) in [
        (Status::Near, say::OVER_THE_TARGET),
        (Status::Over, say::OVER_THE_LIMIT),
    ] {
        let is = |state, row: &Used| status(state, row.provider.target_ratio) == wanted;
        if used
            .iter()
            .any(|row| is(row.now, row) || is(row.after, row))
        {
            keys.push(key(colors(wanted, true, palette), text));
        }
    }
    keys
}
