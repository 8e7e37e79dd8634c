//! The key of the colors and the names of upright lines, which stand above a drawing.

use super::kinds::{Hold, Key, Placed, Post};
use super::room::{Margins, Rect, Room};
use super::rows::ROW;
use super::width::width;

/// The name of an upright line.
pub(super) fn post_words(post: &Post, room: Room) -> Placed {
    let width = width(&post.name, false);
    let x = room.x(post.at);
    let left = if post.is_left {
        x + 3.0 - width
    } else {
        x - 3.0
    };
    Placed {
        text: post.name.clone(),
        tint: post.tint.clone(),
        is_strong: false,
        has_halo: true,
        rect: Rect::row(left, room.top - 9.0, width),
        hold: if post.is_left {
            Hold::Right
        } else {
            Hold::Left
        },
        leader: None,
    }
}

/// Square of a key with the gap behind it.
pub(super) const SQUARE: f64 = 16.0;
/// Gap behind the words of a key.
const GAP: f64 = 14.0;

/// Rows that the words of a key take at a width.
pub(in super::super) fn key_rows(keys: &[Key], width: f64) -> usize {
    let places = key_places(keys, width);
    places.last().map_or(0, |(_, row)| row + 1)
}

/// Left edge and row of each.
pub(super) fn key_places(keys: &[Key], most: f64) -> Vec<(f64, usize)> {
    let (mut left, mut row) = (0.0, 0);
    let place = |key: &Key| {
        let wide = SQUARE + width(&key.text, false);
        if 0.0 < left && most < left + wide {
            (left, row) = (0.0, row + 1);
        }
        let place = (left, row);
        left += wide + GAP;
        place
    };
    keys.iter().map(place).collect()
}

/// The words of a key.
pub(super) fn key_words(keys: &[Key], margins: Margins, most: f64) -> impl Iterator<Item = Placed> {
    let places = key_places(keys, most - margins.right.min(8.0));
    keys.iter()
        .zip(places)
        .map(move |(key, (left, row))| Placed {
            text: key.text.clone(),
            tint: String::new(),
            is_strong: false,
            has_halo: false,
            rect: Rect::row(
                left + SQUARE,
                8.0 + row as f64 * ROW,
                width(&key.text, false),
            ),
            hold: Hold::Left,
            leader: None,
        })
}
