//! Texts and lines of a drawing, and their placement.

use super::room::{Margins, Rect};

/// Texts and lines of a drawing, in axis values.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in super::super) struct Notes {
    /// Space around the axes.
    pub(in super::super) margins: Margins,
    /// Ends of the axes from zero: x, y.
    pub(in super::super) ends: (f64, f64),
    /// Heights of the filled area, at equal distances.
    pub(in super::super) outline: Vec<f64>,
    /// Curves without fill, which texts avoid, at equal distances.
    pub(in super::super) curves: Vec<Vec<f64>>,
    /// Horizontal lines with texts.
    pub(in super::super) lines: Vec<Line>,
    /// Vertical lines with names above.
    pub(in super::super) posts: Vec<Post>,
    /// Texts at a place, most important first.
    pub(in super::super) words: Vec<Words>,
    /// Color keys, from the left above the drawing.
    pub(in super::super) keys: Vec<Key>,
    /// Points at which a bar is cut, with a mark.
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

/// Horizontal line.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Line {
    pub(in super::super) at: f64,
    pub(in super::super) name: String,
    /// Details after the name, omitted if they do not fit.
    pub(in super::super) detail: String,
    /// Text at the right end.
    pub(in super::super) end: String,
    /// Color of text and line.
    pub(in super::super) tint: String,
    pub(in super::super) is_strong: bool,
    pub(in super::super) is_dashed: bool,
}

/// Vertical line.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Post {
    pub(in super::super) at: f64,
    pub(in super::super) name: String,
    pub(in super::super) tint: String,
    pub(in super::super) is_dashed: bool,
    /// Whether the name ends at the line; otherwise it starts there.
    pub(in super::super) is_left: bool,
}

/// Text at a place.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Words {
    pub(in super::super) text: String,
    pub(in super::super) tint: String,
    pub(in super::super) is_strong: bool,
    pub(in super::super) spot: Spot,
    /// Diameter of a dot at the place in pixels; 0 for none.
    pub(in super::super) dot: f64,
}

/// Place of a text.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Spot {
    /// At a point: above, or beside.
    At(f64, f64),
    /// Right of a point, or left.
    Beside(f64, f64),
    /// In a layer, given as middle and thickness at equal distances from left to right. If the
    /// layer is too thin, the text is outside in the second color.
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
    /// Alignment in the box: a font may be narrower than the box.
    pub(super) hold: Hold,
    /// Line from the point referred to, to the text.
    pub(super) leader: Option<Vec<(f64, f64)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    Left,
    Middle,
    Right,
}
