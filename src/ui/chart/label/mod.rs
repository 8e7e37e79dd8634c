//! The one engine for the words in all charts. A drawing states lines and words in the values of
//! its axes; the engine finds their places in pixels: no two words overlap, each keeps a halo of
//! the page's ground, and a leader ties words to a place that they had to leave.

mod draw;
mod key;
mod layer;
mod place;
mod room;
mod rows;
mod width;

pub(super) use key::key_rows;
pub(super) use room::Margins;
pub(super) use width::{fitted, width};

use key::{key_words, post_words};
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

#[cfg(test)]
mod tests;
