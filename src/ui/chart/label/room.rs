//! Pixel geometry of a drawing.

/// Space around the axes, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in super::super) struct Margins {
    pub(in super::super) left: f64,
    pub(in super::super) right: f64,
    pub(in super::super) top: f64,
    pub(in super::super) bottom: f64,
}

/// Plot area: edges in pixels from the top left, and ends of the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    ends: (f64, f64),
}

impl Room {
    pub(super) fn of(margins: Margins, (width, height): (f64, f64), ends: (f64, f64)) -> Self {
        let positive = |end: f64| if 0.0 < end { end } else { 1.0 };
        Self {
            left: margins.left,
            right: (width - margins.right).max(margins.left + 1.0),
            top: margins.top,
            bottom: (height - margins.bottom).max(margins.top + 1.0),
            ends: (positive(ends.0), positive(ends.1)),
        }
    }

    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// Pixels from the left of an x value.
    pub(super) fn x(self, value: f64) -> f64 {
        let part = (value / self.ends.0).clamp(0.0, 1.0);
        self.left + part * self.width()
    }

    /// Pixels from the top of a y value.
    pub(super) fn y(self, value: f64) -> f64 {
        let part = (value / self.ends.1).clamp(0.0, 1.0);
        self.bottom - part * self.height()
    }

    /// Pixels of a length along the y axis.
    pub(super) fn length(self, value: f64) -> f64 {
        value / self.ends.1 * self.height()
    }
}

/// Height of a line of text, in pixels.
const HIGH: f64 = 14.0;

/// Box in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    /// Box of a line of text, by left edge and middle.
    pub(super) fn row(left: f64, middle: f64, width: f64) -> Self {
        Self {
            left,
            top: middle - HIGH / 2.0,
            width,
            height: HIGH,
        }
    }

    pub(super) fn right(self) -> f64 {
        self.left + self.width
    }

    pub(super) fn bottom(self) -> f64 {
        self.top + self.height
    }

    pub(super) fn center(self) -> f64 {
        self.left + self.width / 2.0
    }

    pub(super) fn middle(self) -> f64 {
        self.top + self.height / 2.0
    }

    /// Whether a straight line crosses the box.
    pub(super) fn is_struck(self, (from, to): ((f64, f64), (f64, f64))) -> bool {
        const PARTS: u32 = 24;
        (0..=PARTS).any(|part| {
            let part = f64::from(part) / f64::from(PARTS);
            let x = from.0 + (to.0 - from.0) * part;
            let y = from.1 + (to.1 - from.1) * part;
            self.left < x && x < self.right() && self.top < y && y < self.bottom()
        })
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }
}

/// Contents already in the drawing.
pub(super) struct Ground<'a> {
    pub(super) room: Room,
    pub(super) taken: &'a [Rect],
    /// Heights of horizontal lines.
    pub(super) lines: &'a [f64],
    /// Heights of the filled area.
    pub(super) outline: &'a [f64],
    /// Heights of curves without fill.
    pub(super) curves: &'a [Vec<f64>],
}
