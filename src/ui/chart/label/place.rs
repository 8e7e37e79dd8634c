//! Placement of text at a point or in a layer: the best free place.

use std::cmp::Ordering;

use super::kinds::{Hold, Placed, Spot, Words};
use super::layer::{flank, inside};
use super::room::{Ground, Rect, Room};
use super::width::width;

/// Distance from a point to its text, in pixels.
const NEAR: f64 = 5.0;
/// Distance from which a leader is drawn, in pixels.
const FAR: f64 = 14.0;
/// Distances tried, in pixels.
const STEPS: [f64; 7] = [NEAR, 16.0, 28.0, 42.0, 58.0, 76.0, 96.0];
/// Penalty for a place crossed by a line, in pixels.
const CROSSED: f64 = 36.0;
/// Penalty for a place over a filled area, in pixels.
const FILLED: f64 = 20.0;
/// Penalty for a place on the edge of a filled area, in pixels.
const EDGED: f64 = 12.0;

/// Text with its place; `None` if nothing is free.
pub(super) fn placed(words: &Words, ground: &Ground) -> Option<Placed> {
    let wide = width(&words.text, words.is_strong);
    let room = ground.room;
    let (x, y, tint, orders) = match &words.spot {
        Spot::At(x, y) => (room.x(*x), room.y(*y), &words.tint, POINT),
        Spot::Beside(x, y) => (room.x(*x), room.y(*y), &words.tint, BESIDE),
        Spot::In(places, outside) => {
            if let Some(rect) = inside(places, wide, ground) {
                return Some(found(words, &words.tint, (rect, Hold::Middle, None), false));
            }
            let (x, y) = flank(places, room)?;
            (x, y, outside, BESIDE)
        }
    };
    let (rect, hold, distance) = free((x, y), wide, orders, ground)?;
    // A dot needs no leader.
    let leader = (FAR < distance).then(|| leader((x, y), rect));
    Some(found(words, tint, (rect, hold, leader), true))
}

fn found(
    words: &Words,
    tint: &str,
    (rect, hold, leader): (Rect, Hold, Option<Vec<(f64, f64)>>),
    has_halo: bool,
) -> Placed {
    Placed {
        text: words.text.clone(),
        tint: tint.to_owned(),
        is_strong: words.is_strong,
        has_halo,
        rect,
        hold,
        leader,
    }
}

/// Directions from a point, with the penalty of each.
type Orders = &'static [(f64, f64, f64)];
/// Above, then beside, then below.
const POINT: Orders = &[
    (0.0, -1.0, 0.0),
    (0.7, -1.0, 4.0),
    (-0.7, -1.0, 4.0),
    (1.0, 0.0, 6.0),
    (-1.0, 0.0, 6.0),
    (0.7, 1.0, 9.0),
    (-0.7, 1.0, 9.0),
    (0.0, 1.0, 10.0),
];
/// Right, then above and below it, then left.
const BESIDE: Orders = &[
    (1.0, 0.0, 0.0),
    (1.0, -0.7, 1.0),
    (0.7, -1.0, 2.0),
    (1.0, 0.7, 3.0),
    (-1.0, 0.0, 5.0),
    (-1.0, -0.7, 6.0),
    (0.0, -1.0, 7.0),
    (-0.7, -1.0, 7.0),
    (0.7, 1.0, 8.0),
    (-0.7, 1.0, 9.0),
];

/// Best free place around a point, and its distance.
fn free(
    (x, y): (f64, f64),
    wide: f64,
    orders: Orders,
    ground: &Ground,
) -> Option<(Rect, Hold, f64)> {
    let room = ground.room;
    let mut best: Option<(f64, Rect, Hold, f64)> = None;
    for distance in STEPS {
        for (right, down, order) in orders {
            let middle = x + right * (distance + wide / 2.0);
            let last = (room.right - wide).max(room.left);
            let wish = middle - wide / 2.0;
            let left = wish.clamp(room.left, last);
            // Moved in from an edge, or beside the point.
            let moved = left - wish;
            let side = if 0.0 < moved.abs() { moved } else { *right };
            let hold = match side.total_cmp(&0.0) {
                Ordering::Greater => Hold::Left,
                Ordering::Less => Hold::Right,
                Ordering::Equal => Hold::Middle,
            };
            let rect = Rect::row(left, y + down * (distance + 7.0), wide);
            let is_in = room.top - 12.0 <= rect.top && rect.bottom() <= room.bottom - 1.0;
            let own = Rect::row(x - 3.0, y, 6.0);
            let own = Rect {
                top: y - 3.0,
                height: 6.0,
                ..own
            };
            let is_free = ground.taken.iter().all(|taken| !taken.overlaps(rect));
            if !is_in || !is_free || rect.overlaps(own) {
                continue;
            }
            // A leader must not cross other text.
            if FAR < distance && is_striking(&leader((x, y), rect), ground) {
                continue;
            }
            let worth = distance + order + burden(rect, ground);
            if best.is_none_or(|(least, ..)| worth < least) {
                best = Some((worth, rect, hold, distance));
            }
        }
    }
    best.map(|(_, rect, hold, distance)| (rect, hold, distance))
}

/// Whether a leader crosses placed text.
fn is_striking(leader: &[(f64, f64)], ground: &Ground) -> bool {
    leader.windows(2).any(|ends| {
        let ends = (ends[0], ends[1]);
        ground.taken.iter().any(|taken| taken.is_struck(ends))
    })
}

/// Penalty of a place: lines and edges across it, and filled areas below.
fn burden(rect: Rect, ground: &Ground) -> f64 {
    let room = ground.room;
    let is_through = |y: &&f64| rect.top - 1.0 < **y && **y < rect.bottom() + 1.0;
    let crossed = ground.lines.iter().filter(is_through).count() as f64 * CROSSED;
    let (is_filled, is_edged) = met(ground.outline, rect, room);
    let mut curves = ground.curves.iter();
    let is_run_through = curves.any(|curve| met(curve, rect, room).1);
    let worth = |is: bool, worth: f64| if is { worth } else { 0.0 };
    crossed + worth(is_filled, FILLED) + worth(is_edged, EDGED) + worth(is_run_through, CROSSED)
}

/// Whether a curve is above the bottom of a place, and whether it crosses the place.
fn met(curve: &[f64], rect: Rect, room: Room) -> (bool, bool) {
    let step = room.width() / (curve.len().max(2) - 1) as f64;
    let (mut is_above, mut is_through) = (false, false);
    for (index, height) in curve.iter().enumerate() {
        let x = room.left + index as f64 * step;
        let edge = room.y(*height);
        // The edge continues between two of its points.
        if rect.left - step < x && x < rect.right() + step {
            is_above |= edge < rect.bottom();
            is_through |= rect.top < edge && edge < rect.bottom();
        }
    }
    (is_above, is_through)
}

/// Leader from a point to the nearest edge of its text.
fn leader((x, y): (f64, f64), rect: Rect) -> Vec<(f64, f64)> {
    let is_beside = x < rect.left || rect.right() < x;
    let end = if is_beside {
        let edge = if x < rect.left {
            rect.left - 2.0
        } else {
            rect.right() + 2.0
        };
        (edge, rect.middle())
    } else if rect.middle() < y {
        (x, rect.bottom())
    } else {
        (x, rect.top)
    };
    vec![(x, y), end]
}
