//! Texts of lines: each above its line; for lines too close together, in stacked rows with leaders.

use super::kinds::{Hold, Line, Placed};
use super::room::{Rect, Room};
use super::width::{fitted, width};
use crate::model::fleet::whole;
use crate::say::page::chart as say;

/// Height of a row of text, in pixels.
pub(in super::super) const ROW: f64 = 16.0;
/// Distance from a line to the middle of its text, in pixels.
const ABOVE: f64 = 9.0;
/// Distance from the edge to the text, in pixels.
const INSET: f64 = 4.0;
/// Distance between leaders, in pixels.
const LEADER: f64 = 5.0;
/// Maximum share of the height for stacked rows.
const MOST: f64 = 0.62;

/// Texts of the lines, placed in pixels.
pub(super) fn placed(lines: &[Line], room: Room) -> Vec<Placed> {
    let mut named: Vec<&Line> = lines.iter().filter(|line| !line.name.is_empty()).collect();
    named.sort_by(|a, b| a.at.total_cmp(&b.at));
    let named = few(&named, room);
    let heights: Vec<f64> = named.iter().map(|line| room.y(line.at)).collect();
    let heaps = spread(&heaps(&heights), (room.top - 2.0, room.bottom - ABOVE));
    let mut lines = named.iter().zip(heights);
    let mut placed = Vec::new();
    for heap in heaps {
        for index in 0..heap.rows {
            let Some((line, height)) = lines.next() else {
                break;
            };
            let middle = heap.lowest - index as f64 * ROW;
            placed.extend(row(line, (height, middle), (index, heap.rows), room));
        }
    }
    placed
}

/// Headroom above the highest of some heights for stacked texts, as a multiple of it.
pub(in super::super) fn headroom(heights: impl Iterator<Item = f64>) -> f64 {
    /// Approximate share of the height for a row, and the distance within which lines share a
    /// stack.
    const PART: f64 = 0.085;
    let heights: Vec<f64> = heights.collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    let close = heights.iter().filter(|at| highest * (1.0 - PART) <= **at);
    let more = close.count().saturating_sub(1).min(5);
    1.12 + PART * more as f64
}

/// Stacked rows of text.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Heap {
    /// Middle of the lowest row.
    lowest: f64,
    rows: usize,
}

/// Groups of lines whose texts would overlap or be crossed by another line; a group is stacked
/// above its highest line. `heights` are pixels from the top, lowest line first.
fn heaps(heights: &[f64]) -> Vec<Heap> {
    let mut heaps: Vec<Heap> = Vec::new();
    for height in heights {
        let own = Heap {
            lowest: height - ABOVE,
            rows: 1,
        };
        let joined = heaps.last_mut().filter(|heap| {
            let top = heap.lowest - (heap.rows as f64 - 0.5) * ROW;
            top < *height
        });
        match joined {
            Some(heap) => {
                heap.lowest = own.lowest;
                heap.rows += 1;
            }
            None => heaps.push(own),
        }
    }
    heaps
}

/// Lines as far as there is room: the lowest, and the others combined into one.
fn few(lines: &[&Line], room: Room) -> Vec<Line> {
    let most = (whole(libm::floor(room.height() * MOST / ROW)) as usize).max(2);
    let mut kept: Vec<Line> = lines.iter().map(|line| (*line).clone()).collect();
    if most < kept.len() {
        let others = kept.split_off(most - 1);
        let end = others.last().map(|last| &*last.end);
        let end = end.filter(|end| !end.is_empty());
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

/// Stacks placed within the drawing without overlaps, each at its place or above.
fn spread(heaps: &[Heap], (top, bottom): (f64, f64)) -> Vec<Heap> {
    let mut below = bottom + ROW;
    let mut found: Vec<Heap> = Vec::new();
    for heap in heaps {
        let lowest = heap.lowest.min(below - ROW);
        below = lowest - (heap.rows - 1) as f64 * ROW;
        found.push(Heap { lowest, ..*heap });
    }
    // Stacks that would leave the drawing at the top move down, with the others.
    let mut above = top - ROW;
    for heap in found.iter_mut().rev() {
        let rows = heap.rows as f64 * ROW;
        heap.lowest = heap.lowest.max(above + rows);
        above = heap.lowest;
    }
    found
}

/// Texts of a line: name on the left, end on the right. In a stack both are on the left, with a
/// leader from the line; leaders run in parallel.
fn row(
    line: &Line,
    (height, middle): (f64, f64),
    (index, rows): (usize, usize),
    room: Room,
) -> Vec<Placed> {
    let is_alone = rows == 1 && (height - ABOVE - middle).abs() < 1.0;
    let indent = if is_alone {
        0.0
    } else {
        LEADER * rows as f64 + INSET
    };
    let left = room.left + INSET + indent;
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
    if !is_alone {
        // The highest row has the leftmost leader, so that leaders do not cross.
        let elbow = room.left + LEADER * (rows - index) as f64;
        let leader = vec![(elbow, height), (elbow, middle), (left - 2.0, middle)];
        let text = [&name, "  ", &line.end].concat();
        let text = text.trim_end().to_owned();
        return vec![words(text, left, Hold::Left, Some(leader))];
    }
    let mut both = vec![words(name, left, Hold::Left, None)];
    if !line.end.is_empty() {
        let left = room.right - INSET - end;
        both.push(words(line.end.clone(), left, Hold::Right, None));
    }
    both
}
