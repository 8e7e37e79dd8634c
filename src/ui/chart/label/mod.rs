//! The one engine for the words in all charts. A drawing states lines and words in the values of
//! its axes; the engine finds their places in pixels: no two words overlap, each keeps a halo of
//! the page's ground, and a leader ties words to a place that they had to leave.

mod draw;
mod place;
mod room;
mod rows;
mod width;

pub(super) use room::Margins;
pub(super) use width::{fitted, width};

use room::{Rect, Room};
pub(super) use rows::{ROW, headroom};

/// Everything that is written into a drawing, in the values of its axes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Notes {
    /// Space around the axes.
    pub(super) margins: Margins,
    /// Ends of the axes, from zero: along the bottom, up the side.
    pub(super) ends: (f64, f64),
    /// Heights of what is filled, evenly from the left end to the right one.
    pub(super) outline: Vec<f64>,
    /// Lines across the drawing, each with its words.
    pub(super) lines: Vec<Line>,
    /// Lines from the bottom to the top, named above.
    pub(super) posts: Vec<Post>,
    /// Words at a place, the most important first.
    pub(super) words: Vec<Words>,
    /// The key of the colors, from the left above the drawing.
    pub(super) keys: Vec<Key>,
    /// Places at which something is cut: a mark across a bar.
    pub(super) breaks: Vec<(f64, f64)>,
    /// Colors and font.
    pub(super) inks: Inks,
}

/// Colors and font of the engine's own strokes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Inks {
    pub(super) halo: String,
    pub(super) leader: String,
    pub(super) ink: String,
    pub(super) font: String,
}

/// A line across the drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) at: f64,
    pub(super) name: String,
    /// Further words behind the name, left out where they do not fit.
    pub(super) detail: String,
    /// Stands at the right end.
    pub(super) end: String,
    /// Color of words and line.
    pub(super) tint: String,
    pub(super) is_strong: bool,
    pub(super) is_dashed: bool,
}

/// A line from the bottom to the top.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Post {
    pub(super) at: f64,
    pub(super) name: String,
    pub(super) tint: String,
    pub(super) is_dashed: bool,
    /// Whether its name ends at it; else it starts there.
    pub(super) is_left: bool,
}

/// Words at a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) tint: String,
    pub(super) is_strong: bool,
    pub(super) spot: Spot,
    /// A dot at the place, in pixels across; none at zero.
    pub(super) dot: f64,
}

/// Where words belong.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Spot {
    /// At a point: above it, or beside.
    At(f64, f64),
    /// Right of a point, or left of it.
    Beside(f64, f64),
    /// In a layer, given as the middle and the thickness at places evenly from the left to the
    /// right. Where it is too thin, the words stand outside in the second color.
    In(Vec<(f64, f64)>, String),
}

/// A color and its meaning.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    pub(super) fill: String,
    pub(super) edge: String,
    pub(super) text: String,
}

/// Words with their place in pixels.
#[derive(Debug, Clone, PartialEq)]
struct Placed {
    text: String,
    tint: String,
    is_strong: bool,
    has_halo: bool,
    rect: Rect,
    /// The part of the box that the words keep to: a font may be narrower than the box.
    hold: Hold,
    /// From the point that is meant to the words.
    leader: Option<Vec<(f64, f64)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    Left,
    Middle,
    Right,
}

impl Notes {
    /// The words with their places in a drawing of this size, in pixels.
    fn placed(&self, size: (f64, f64)) -> Vec<Placed> {
        let room = Room::of(self.margins, size, self.ends);
        let mut placed = rows::placed(&self.lines, room);
        for post in &self.posts {
            placed.push(post_words(post, room));
        }
        placed.extend(key_words(&self.keys, self.margins, size.0));
        let lines: Vec<f64> = self.lines.iter().map(|line| room.y(line.at)).collect();
        for words in &self.words {
            let taken: Vec<Rect> = placed.iter().map(|placed| placed.rect).collect();
            let ground = place::Ground {
                room,
                taken: &taken,
                lines: &lines,
                outline: &self.outline,
            };
            placed.extend(place::placed(words, &ground));
        }
        placed
    }
}

fn post_words(post: &Post, room: Room) -> Placed {
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
const SQUARE: f64 = 16.0;
/// Gap behind the words of a key.
const GAP: f64 = 14.0;

/// Rows that the words of a key take at a width.
pub(super) fn key_rows(keys: &[Key], width: f64) -> usize {
    let places = key_places(keys, width);
    places.last().map_or(0, |(_, row)| row + 1)
}

/// Left edge and row of each.
fn key_places(keys: &[Key], most: f64) -> Vec<(f64, usize)> {
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

fn key_words(keys: &[Key], margins: Margins, most: f64) -> impl Iterator<Item = Placed> {
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

#[cfg(test)]
mod tests;
