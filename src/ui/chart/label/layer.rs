//! Text in a layer of a drawing, and the start of a leader from a thin one.

use super::room::{Ground, Rect, Room};

/// Minimum thickness of a layer for a line of text, in pixels.
const THICK: f64 = 15.0;

/// Thickest free place in a layer that holds the text.
pub(super) fn inside(places: &[(f64, f64)], wide: f64, ground: &Ground) -> Option<Rect> {
    let room = ground.room;
    let step = room.width() / (places.len().max(2) - 1) as f64;
    let holds = |rect: Rect| {
        // The layer bends, so the text must fit at both ends too.
        places.iter().enumerate().all(|(index, (middle, thick))| {
            let x = room.left + index as f64 * step;
            let is_under = rect.left <= x && x <= rect.right();
            let (middle, half) = (room.y(*middle), room.length(*thick) / 2.0);
            !is_under || middle - half <= rect.top + 3.0 && rect.bottom() - 3.0 <= middle + half
        })
    };
    let mut best: Option<(f64, Rect)> = None;
    for (index, (middle, thick)) in places.iter().enumerate() {
        let thick = room.length(*thick);
        let x = room.left + index as f64 * step;
        let rect = Rect::row(x - wide / 2.0, room.y(*middle), wide);
        let is_in = room.left <= rect.left && rect.right() <= room.right;
        if THICK <= thick && is_in && best.is_none_or(|(most, _)| most < thick) {
            let is_free = ground.taken.iter().all(|taken| !taken.overlaps(rect));
            let line = |y: &f64| rect.top < *y && *y < rect.bottom();
            if is_free && !ground.lines.iter().any(line) && holds(rect) {
                best = Some((thick, rect));
            }
        }
    }
    best.map(|(_, rect)| rect)
}

/// Point of a thin layer where a leader starts: the last of nearly maximum thickness, where the day
/// falls and leaves room on the right.
pub(super) fn flank(places: &[(f64, f64)], room: Room) -> Option<(f64, f64)> {
    let step = room.width() / (places.len().max(2) - 1) as f64;
    let most = places.iter().map(|(_, thick)| *thick).fold(0.0, f64::max);
    let thick_enough = places.iter().rposition(|(_, thick)| most * 0.6 <= *thick);
    let index = thick_enough.filter(|_| 0.0 < most)?;
    // Near the right end there is no room for text.
    let index = index.min(places.len() * 3 / 4);
    let (middle, _) = places.get(index)?;
    Some((room.left + index as f64 * step, room.y(*middle)))
}
