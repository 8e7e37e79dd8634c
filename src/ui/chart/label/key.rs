//! Color key and names of vertical lines, above a drawing.

use super::kinds::{Hold, Key, Placed, Post};
use super::room::{Margins, Rect, Room};
use super::rows::ROW;
use super::width::width;

/// Name of a vertical line.
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

/// Width of a key's square and gap, in pixels.
pub(super) const SQUARE: f64 = 16.0;
/// Gap after a key's text, in pixels.
const GAP: f64 = 14.0;

/// Number of rows of the keys at a width.
pub(in super::super) fn key_rows(keys: &[Key], width: f64) -> usize {
    let places = key_places(keys, width);
    places.last().map_or(0, |(_, row)| row + 1)
}

/// Left edge and row of each key.
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

/// Text of each key, placed.
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
