//! Words of lines: each above its own, and where lines are closer than words are high, in rows
//! above each other that leaders tie to the lines.

use super::room::{Rect, Room};
use super::{Hold, Line, Placed, fitted, width};
use crate::say::page::chart as say;

/// Height of a row of words.
pub(in super::super) const ROW: f64 = 16.0;
/// From a line to the middle of its words.
const ABOVE: f64 = 9.0;
/// From the edge to the words.
const INSET: f64 = 4.0;
/// The same where a leader stands before them.
const LEADER: f64 = 20.0;
/// The most of the height that rows in one heap may take.
const MOST: f64 = 0.62;

/// The words of the lines, in pixels.
pub(super) fn placed(lines: &[Line], room: Room) -> Vec<Placed> {
    let mut named: Vec<&Line> = lines.iter().filter(|line| !line.name.is_empty()).collect();
    named.sort_by(|a, b| a.at.total_cmp(&b.at));
    let named = few(&named, room);
    let wanted: Vec<f64> = named.iter().map(|line| room.y(line.at) - ABOVE).collect();
    let found = spread(&wanted, (room.top - 2.0, room.bottom - ABOVE));
    let rows = named.iter().zip(wanted.iter().zip(found));
    rows.flat_map(|(line, (wanted, found))| row(line, (*wanted, found), room))
        .collect()
}

/// At most so many lines as there is room for: the lowest, and the others in one.
fn few(lines: &[&Line], room: Room) -> Vec<Line> {
    let most = ((room.height() * MOST / ROW) as usize).max(2);
    let mut kept: Vec<Line> = lines.iter().map(|line| (*line).clone()).collect();
    if most < kept.len() {
        let others = kept.split_off(most - 1);
        let end = others.last().map_or("", |last| &last.end);
        let first = others.first().cloned();
        kept.extend(first.map(|first| Line {
            name: say::further(others.len(), end),
            detail: String::new(),
            end: String::new(),
            is_strong: false,
            ..first
        }));
    }
    kept
}

/// Middles a row apart, each at its wanted place or above; `wanted` falls from the bottom up.
fn spread(wanted: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut below = bottom + ROW;
    let up = wanted.iter().map(|wanted| {
        below = wanted.min(below - ROW);
        below
    });
    let mut found: Vec<f64> = up.collect();
    // What would leave the drawing at the top moves down again, and the others with it.
    let mut above = top - ROW;
    for middle in found.iter_mut().rev() {
        *middle = middle.max(above + ROW);
        above = *middle;
    }
    found
}

/// The words of a line: its name at the left, its end at the right; both at the left where the
/// row stands away from its line.
fn row(line: &Line, (wanted, middle): (f64, f64), room: Room) -> Vec<Placed> {
    let is_moved = 1.0 < (wanted - middle).abs();
    let left = room.left + if is_moved { LEADER } else { INSET };
    let most = room.right - INSET - left;
    let end = width(&line.end, line.is_strong);
    let gap = if line.end.is_empty() { 0.0 } else { ROW };
    let full = [&*line.name, &*line.detail].concat();
    let fits = width(&full, line.is_strong) + gap + end <= most;
    let name = if fits { full } else { line.name.clone() };
    let name = fitted(&name, most - gap - end, line.is_strong);
    let words = |text: String, left: f64, hold, leader| Placed {
        hold,
        rect: Rect::row(left, middle, width(&text, line.is_strong)),
        text,
        tint: line.tint.clone(),
        is_strong: line.is_strong,
        has_halo: true,
        leader,
    };
    if is_moved {
        let y = wanted + ABOVE;
        let elbow = room.left + LEADER / 2.0;
        let leader = vec![(elbow, y), (elbow, middle), (left - 2.0, middle)];
        let text = [&name, "  ", &line.end].concat();
        return vec![words(
            text.trim_end().to_owned(),
            left,
            Hold::Left,
            Some(leader),
        )];
    }
    let mut both = vec![words(name, left, Hold::Left, None)];
    if !line.end.is_empty() {
        let left = room.right - INSET - end;
        both.push(words(line.end.clone(), left, Hold::Right, None));
    }
    both
}
