//! Text and lines as series on hidden axes in pixels.

use charming::Chart;
use charming::component::Axis;
use charming::datatype::{CompositeValue, DataPoint};
use charming::element::font_settings::FontWeight;
use charming::element::{
    AxisType, ItemStyle, Label, LabelPosition, LineStyle, LineStyleType, Symbol, SymbolSize,
};
use charming::series::{Line as Stroke, Scatter};

use super::super::draw::{LABEL_SIZE, color, literal};
use super::key::{SQUARE, key_places};
use super::kinds::{Hold, Mark, Notes, Placed};
use super::room::Room;

/// Index of the hidden axes.
const PIXELS: f64 = 1.0;

impl Notes {
    /// Chart with its text, in a drawing of this size in pixels.
    pub(in super::super) fn drawn(&self, chart: &Chart, size: (f64, f64)) -> Chart {
        let room = Room::of(self.margins, size, self.ends);
        let pixels = |most: f64| {
            let axis = Axis::new().type_(AxisType::Value).show(false);
            axis.min(0.0).max(most)
        };
        let mut chart = chart.clone();
        // The hidden axes include the key and post names above the drawing.
        chart = chart
            .x_axis(pixels(room.width()))
            .y_axis(pixels(room.height()));
        let pen = Pen { room, notes: self };
        for line in &self.lines {
            let y = room.y(line.at);
            let wide = if line.is_strong { 1.5 } else { 1.0 };
            let ends = [(room.left, y), (room.right, y)];
            chart = chart.series(pen.stroke(&ends, (&line.tint, wide, line.is_dashed)));
        }
        for post in &self.posts {
            let x = room.x(post.at);
            let ends = [(x, room.bottom), (x, room.top)];
            // Behind the bars and their text.
            let stroke = pen.stroke(&ends, (&post.tint, 1.0, post.is_dashed));
            chart = chart.series(stroke.z(1));
        }
        for (x, y) in &self.breaks {
            chart = pen.cut(chart, (room.x(*x), room.y(*y)));
        }
        chart = pen.keys(chart, size.0);
        let placed = self.placed(size);
        for leader in placed.iter().filter_map(|placed| placed.leader.as_ref()) {
            chart = chart.series(pen.stroke(leader, (&self.inks.leader, 1.0, false)));
        }
        for words in self.words.iter().filter(|words| 0.0 < words.dot) {
            if let super::Spot::At(x, y) | super::Spot::Beside(x, y) = words.spot {
                let at = (room.x(x), room.y(y));
                chart = chart.series(pen.dot(at, &words.tint, words.dot));
            }
        }
        for words in &placed {
            chart = chart.series(pen.words(words));
        }
        chart
    }
}

struct Pen<'a> {
    room: Room,
    notes: &'a Notes,
}

impl Pen<'_> {
    /// Point from the top left, on the hidden axes.
    fn point(&self, (x, y): (f64, f64)) -> DataPoint {
        let (x, y) = (x - self.room.left, self.room.bottom - y);
        DataPoint::Value(CompositeValue::from(vec![x, y]))
    }

    fn stroke(&self, points: &[(f64, f64)], (tint, wide, is_dashed): (&str, f64, bool)) -> Stroke {
        let dash = if is_dashed {
            LineStyleType::Dashed
        } else {
            LineStyleType::Solid
        };
        let style = LineStyle::new().color(color(tint)).width(wide).type_(dash);
        let points: Vec<DataPoint> = points.iter().map(|at| self.point(*at)).collect();
        Stroke::new()
            .x_axis_index(PIXELS)
            .y_axis_index(PIXELS)
            .show_symbol(false)
            .symbol(Symbol::None)
            .line_style(style)
            .silent(true)
            .data(points)
    }

    fn symbol(&self, at: (f64, f64), symbol: Symbol, size: f64) -> Scatter {
        Scatter::new()
            .x_axis_index(PIXELS)
            .y_axis_index(PIXELS)
            .symbol(symbol)
            .symbol_size(SymbolSize::Number(size))
            .data(vec![self.point(at)])
    }

    fn dot(&self, at: (f64, f64), tint: &str, size: f64) -> Scatter {
        let style = ItemStyle::new().color(color(tint)).opacity(1.0);
        self.symbol(at, Symbol::Circle, size).item_style(style)
    }

    /// Gap between two slanted strokes across a bar.
    fn cut(&self, mut chart: Chart, (x, y): (f64, f64)) -> Chart {
        let inks = &self.notes.inks;
        let slant = |x: f64| [(x - 2.0, y + 8.0), (x + 2.0, y - 8.0)];
        for (shift, tint, wide) in [
            (0.0, &inks.halo, 4.0),
            (-2.5, &inks.ink, 1.0),
            (2.5, &inks.ink, 1.0),
        ] {
            chart = chart.series(self.stroke(&slant(x + shift), (tint, wide, false)));
        }
        chart
    }

    fn keys(&self, mut chart: Chart, wide: f64) -> Chart {
        let keys = &self.notes.keys;
        let places = key_places(keys, wide - self.notes.margins.right.min(8.0));
        for (key, (left, row)) in keys.iter().zip(places) {
            let (x, y) = (left + SQUARE / 2.0 - 2.0, 8.0 + row as f64 * super::ROW);
            chart = match &key.mark {
                Mark::Area { fill, edge } => {
                    let style = ItemStyle::new()
                        .color(color(fill))
                        .border_color(color(edge))
                        .border_width(1.0)
                        .opacity(1.0);
                    chart.series(self.symbol((x, y), Symbol::Rect, 10.0).item_style(style))
                }
                Mark::Line { tint, is_dashed } => {
                    let ends = [(x - 6.0, y), (x + 6.0, y)];
                    chart.series(self.stroke(&ends, (tint, 1.5, *is_dashed)))
                }
            };
        }
        chart
    }

    fn words(&self, words: &Placed) -> Scatter {
        let inks = &self.notes.inks;
        let tint = if words.tint.is_empty() {
            &inks.ink
        } else {
            &words.tint
        };
        let (x, position) = match words.hold {
            Hold::Left => (words.rect.left, LabelPosition::Right),
            Hold::Middle => (words.rect.center(), LabelPosition::Inside),
            Hold::Right => (words.rect.right(), LabelPosition::Left),
        };
        let mut label = Label::new()
            .show(true)
            .position(position)
            .distance(0.0)
            .formatter(literal(&words.text).as_str())
            .color(color(tint))
            .font_size(LABEL_SIZE)
            .font_family(inks.font.as_str());
        if words.is_strong {
            label = label.font_weight(FontWeight::Bold);
        }
        if words.has_halo {
            // `echarts.js` draws this color around the letters.
            label = label.border_color(color(&inks.halo));
        }
        let dot = self.symbol((x, words.rect.middle()), Symbol::Circle, 0.1);
        // ECharts makes such dots and their text translucent otherwise.
        dot.label(label).item_style(ItemStyle::new().opacity(1.0))
    }
}
