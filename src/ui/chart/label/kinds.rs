//! What is written into a drawing, and where it stands then.

use super::room::{Margins, Rect};

/// Everything that is written into a drawing, in the values of its axes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in super::super) struct Notes {
    /// Space around the axes.
    pub(in super::super) margins: Margins,
    /// Ends of the axes, from zero: along the bottom, up the side.
    pub(in super::super) ends: (f64, f64),
    /// Heights of what is filled, evenly from the left end to the right one.
    pub(in super::super) outline: Vec<f64>,
    /// Curves without a filling, likewise: words stand beside them.
    pub(in super::super) curves: Vec<Vec<f64>>,
    /// Lines across the drawing, each with its words.
    pub(in super::super) lines: Vec<Line>,
    /// Lines from the bottom to the top, named above.
    pub(in super::super) posts: Vec<Post>,
    /// Words at a place, the most important first.
    pub(in super::super) words: Vec<Words>,
    /// The key of the colors, from the left above the drawing.
    pub(in super::super) keys: Vec<Key>,
    /// Places at which something is cut: a mark across a bar.
    pub(in super::super) breaks: Vec<(f64, f64)>,
    /// Colors and font.
    pub(in super::super) inks: Inks,
}

/// Colors and font of the engine's own strokes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in super::super) struct Inks {
    pub(in super::super) halo: String,
    pub(in super::super) leader: String,
    pub(in super::super) ink: String,
    pub(in super::super) font: String,
}

/// A line across the drawing.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Line {
    pub(in super::super) at: f64,
    pub(in super::super) name: String,
    /// Further words behind the name, left out where they do not fit.
    pub(in super::super) detail: String,
    /// Stands at the right end.
    pub(in super::super) end: String,
    /// Color of words and line.
    pub(in super::super) tint: String,
    pub(in super::super) is_strong: bool,
    pub(in super::super) is_dashed: bool,
}

/// A line from the bottom to the top.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Post {
    pub(in super::super) at: f64,
    pub(in super::super) name: String,
    pub(in super::super) tint: String,
    pub(in super::super) is_dashed: bool,
    /// Whether its name ends at it; else it starts there.
    pub(in super::super) is_left: bool,
}

/// Words at a place.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Words {
    pub(in super::super) text: String,
    pub(in super::super) tint: String,
    pub(in super::super) is_strong: bool,
    pub(in super::super) spot: Spot,
    /// A dot at the place, in pixels across; none at zero.
    pub(in super::super) dot: f64,
}

/// Where words belong.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Spot {
    /// At a point: above it, or beside.
    At(f64, f64),
    /// Right of a point, or left of it.
    Beside(f64, f64),
    /// In a layer, given as the middle and the thickness at places evenly from the left to the
    /// right. Where it is too thin, the words stand outside in the second color.
    In(Vec<(f64, f64)>, String),
}

/// A mark and its meaning.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Key {
    pub(in super::super) mark: Mark,
    pub(in super::super) text: String,
}

impl Key {
    /// An area with its edge.
    pub(in super::super) fn area(fill: &str, edge: &str, text: &str) -> Self {
        let (fill, edge) = (fill.to_owned(), edge.to_owned());
        Self {
            mark: Mark::Area { fill, edge },
            text: text.to_owned(),
        }
    }

    /// A line.
    pub(in super::super) fn line(tint: &str, is_dashed: bool, text: &str) -> Self {
        let tint = tint.to_owned();
        Self {
            mark: Mark::Line { tint, is_dashed },
            text: text.to_owned(),
        }
    }
}

/// How the key shows something.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Mark {
    Area { fill: String, edge: String },
    Line { tint: String, is_dashed: bool },
}

/// Words with their place in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) text: String,
    pub(super) tint: String,
    pub(super) is_strong: bool,
    pub(super) has_halo: bool,
    pub(super) rect: Rect,
    /// The part of the box that the words keep to: a font may be narrower than the box.
    pub(super) hold: Hold,
    /// From the point that is meant to the words.
    pub(super) leader: Option<Vec<(f64, f64)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    Left,
    Middle,
    Right,
}
