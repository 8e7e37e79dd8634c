//! Positions calculated by hand; no two texts overlap in any drawing, and none is cut.

use super::*;
use crate::model::fleet::whole;

#[track_caller]
fn assert_near(actual: f64, expected: f64) {
    assert!(
        (actual - expected).abs() < 1e-9,
        "{actual} is not {expected}"
    );
}

/// Notes in 400 × 200 pixels between the axes.
fn notes() -> Notes {
    Notes {
        margins: Margins {
            left: 40.0,
            right: 10.0,
            top: 20.0,
            bottom: 30.0,
        },
        ends: (100.0, 10.0),
        ..Notes::default()
    }
}

const SIZE: (f64, f64) = (450.0, 250.0);

fn line(at: f64, name: &str, end: &str) -> Line {
    Line {
        at,
        name: name.to_owned(),
        detail: String::new(),
        end: end.to_owned(),
        tint: String::new(),
        is_strong: false,
        is_dashed: false,
    }
}

fn words(text: &str, spot: Spot) -> Words {
    Words {
        text: text.to_owned(),
        tint: "inside".to_owned(),
        is_strong: false,
        spot,
        dot: 0.0,
    }
}

/// Checks that nothing overlaps or leaves the drawing, and no leader crosses earlier text.
fn hold(placed: &[Placed]) {
    for (index, one) in placed.iter().enumerate() {
        let rect = one.rect;
        assert!(0.0 <= rect.left && rect.right() <= SIZE.0 + 1.0, "{one:?}");
        assert!(0.0 <= rect.top && rect.bottom() <= SIZE.1, "{one:?}");
        for other in &placed[index + 1..] {
            assert!(!rect.overlaps(other.rect), "{one:?}\n{other:?}");
        }
        for ends in one.leader.iter().flat_map(|leader| leader.windows(2)) {
            let mut before = placed[..index].iter();
            let struck = before.find(|other| other.rect.is_struck((ends[0], ends[1])));
            assert!(struck.is_none(), "{one:?}\n{struck:?}");
        }
    }
}

#[test]
fn a_line_on_its_own_has_its_words_above_it_at_both_ends() {
    let mut notes = notes();
    notes.lines = vec![line(5.0, "limit", "2×")];
    let placed = notes.placed(SIZE);
    // Half of 200 px above the bottom at 220: the line at 120, the middle of its text 9 above.
    assert_near(placed[0].rect.middle(), 111.0);
    assert_near(placed[0].rect.left, 44.0);
    assert!(placed.iter().all(|placed| placed.leader.is_none()));
    // The right end of the drawing is at 440; the text ends 4 px before.
    assert_near(placed[1].rect.right(), 436.0);
    hold(&placed);
}

#[test]
fn lines_in_overload_have_a_row_each_and_leaders() {
    let mut notes = notes();
    // 0.2 of 10 on 200 px: 4 px between the lines.
    notes.lines = [0.1, 0.3, 0.5]
        .map(|at| line(at, "limit", "0.05×"))
        .to_vec();
    let placed = notes.placed(SIZE);
    hold(&placed);
    let middles: Vec<f64> = placed
        .iter()
        .filter(|placed| placed.text.starts_with("limit"))
        .map(|placed| placed.rect.middle())
        .collect();
    // The highest line is 10 px above the bottom at 220: the first text is 9 above it, at 201, the
    // others 16 px above each other, and no line crosses any.
    for (middle, expected) in middles.iter().zip([201.0, 185.0, 169.0]) {
        assert!((middle - expected).abs() < 1e-9, "{middles:?}");
    }
    // Each leader starts at its line, 2, 6 and 10 px above the bottom.
    let starts: Vec<f64> = placed
        .iter()
        .filter_map(|placed| placed.leader.as_ref()?.first().map(|(_, y)| *y))
        .collect();
    for (start, expected) in starts.iter().zip([218.0, 214.0, 210.0]) {
        assert!((start - expected).abs() < 1e-9, "{starts:?}");
    }
    assert_eq!(starts.len(), 3);
}

#[test]
fn more_lines_than_rows_are_counted_and_none_is_lost() {
    let mut notes = notes();
    let at = |index: u32| f64::from(index) / 100.0;
    notes.lines = (0..20)
        .map(|index| line(at(index), "limit", "3×"))
        .collect();
    let placed = notes.placed(SIZE);
    hold(&placed);
    // 62 % of 200 px are 124, that is 7 rows of 16 px: six lines, and the other fourteen.
    let said: Vec<&str> = placed.iter().map(|placed| &*placed.text).collect();
    assert!(said.contains(&"and 14 more, up to 3×"), "{said:?}");
    let named = said.iter().filter(|text| text.starts_with("limit"));
    assert_eq!(named.count(), 6);
}

#[test]
fn words_leave_the_place_of_a_line_and_of_its_words() {
    let mut notes = notes();
    notes.lines = vec![line(5.5, "a limit with a long name of its own", "2×")];
    notes.words = vec![words("peak 7.03 M at 10:50", Spot::At(20.0, 5.0))];
    let placed = notes.placed(SIZE);
    hold(&placed);
    let peak = placed.last().expect("a place");
    // The line is at 220 − 110 = 110 px, 10 px above the peak.
    assert!(peak.rect.bottom() <= 110.0 || 110.0 <= peak.rect.top);
}

#[test]
fn words_stand_beside_a_curve_and_not_on_it() {
    let mut notes = notes();
    notes.curves = vec![vec![5.5; 9]];
    notes.words = vec![words("peak 238 K at 10:55", Spot::At(50.0, 5.0))];
    // The curve is at 220 − 110 = 110 px, 10 px above the peak, where the text would be.
    let rect = notes.placed(SIZE)[0].rect;
    assert!(rect.bottom() <= 110.0 || 110.0 <= rect.top, "{rect:?}");
}

#[test]
fn a_name_stands_in_a_thick_layer_and_beside_a_thin_one() {
    let mut notes = notes();
    let thick = vec![(2.0, 2.0); 11];
    let thin = vec![(4.0, 0.1); 11];
    notes.words = vec![
        words("thick", Spot::In(thick, "outside".to_owned())),
        words("thin", Spot::In(thin, "outside".to_owned())),
    ];
    let placed = notes.placed(SIZE);
    hold(&placed);
    // 2 of 10 on 200 px are 40 px, enough; 0.1 are 2 px.
    assert_eq!(placed[0].tint, "inside");
    assert_near(placed[0].rect.middle(), 180.0);
    assert_eq!(placed[1].tint, "outside");
    assert!(placed[1].has_halo);
}

#[test]
fn whatever_is_written_nothing_overlaps_and_nothing_is_cut() {
    let mut random = 7_u32;
    let mut next = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(random >> 8) / f64::from(1_u32 << 24)
    };
    for _ in 0..500 {
        let mut notes = notes();
        let lines = whole(libm::floor(next() * 12.0)) as usize;
        let name = "Anthropic second account output tokens full (limit 400 K tokens/min)";
        let tall = if next() < 0.5 { 10.0 } else { 0.4 };
        notes.lines = (0..lines)
            .map(|_| {
                line(
                    next() * tall,
                    &name[..whole(libm::floor(next() * 60.0)) as usize + 4],
                    "0.0501×",
                )
            })
            .collect();
        for _ in 0..4 {
            let spot = match next() {
                chance if chance < 0.3 => Spot::At(next() * 100.0, next() * 10.0),
                chance if chance < 0.6 => Spot::Beside(next() * 100.0, next() * 10.0),
                _ => Spot::In(vec![(next() * 10.0, next()); 9], String::new()),
            };
            notes.words.push(words("peak 7.03 M at 10:50", spot));
        }
        hold(&notes.placed(SIZE));
    }
}
