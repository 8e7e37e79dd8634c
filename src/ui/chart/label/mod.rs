//! The one engine for the words in all charts. A drawing states lines and words in the values of
//! its axes; the engine finds their places in pixels: no two words overlap, each keeps a halo of
//! the page's ground, and a leader ties words to a place that they had to leave.

mod draw;
mod key;
mod kinds;
mod layer;
mod place;
mod room;
mod rows;
mod width;

pub(super) use key::key_rows;
pub(super) use kinds::{Inks, Key, Line, Notes, Post, Spot, Words};
pub(super) use room::Margins;
pub(super) use width::{fitted, width};

use key::{key_words, post_words};
use kinds::Placed;
use room::{Ground, Rect, Room};
pub(super) use rows::{ROW, headroom};

/// The most of a drawing's width that names at its side may take.
pub(super) const NAMES: f64 = 0.42;

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
            let ground = Ground {
                room,
                taken: &taken,
                lines: &lines,
                outline: &self.outline,
                curves: &self.curves,
            };
            placed.extend(place::placed(words, &ground));
        }
        placed
    }
}

#[cfg(test)]
mod tests;
