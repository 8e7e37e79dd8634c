//! Label engine of all charts. A drawing gives lines and texts in axis values; the engine places
//! them in pixels without overlaps, with a halo in the background color, and with leaders for texts
//! moved away from their point.

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

/// Maximum share of a drawing's width for names at its side.
pub(super) const NAMES: f64 = 0.42;

impl Notes {
    /// Texts with their places in a drawing of this size, in pixels.
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
