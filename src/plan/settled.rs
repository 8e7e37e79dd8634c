//! A row of a place once it has taken its part: counted for that, and where it stands.

use std::rc::Rc;

use super::counting::CountedRow;
use super::member::Taken;
use super::recount::recounted;
use super::shares::Parts;
use super::standing::{Asked, Standing};
use super::streams::Streams;

/// What comes to a row.
pub(super) struct Comes {
    /// Of each stream at once, at the peak or in the busiest stretch; none in batches.
    pub(super) peak: Vec<f64>,
    /// Of each stream over a day.
    pub(super) day: Vec<f64>,
    /// Share of the peak that it is at once, and the part of it that no later place takes.
    pub(super) live: (f64, f64),
    /// Share of a day's requests that it is in batches, and the part of it that stays.
    pub(super) batched: (f64, f64),
}

impl Comes {
    /// Whether any of it may go on.
    pub(super) fn can_move(&self, moves: &[bool]) -> bool {
        let (live, batched) = (self.live, self.batched);
        let nothing = live.0 + batched.0 == 0.0;
        live.1 < live.0 || batched.1 < batched.0 || nothing && moves.contains(&true)
    }
}

/// A row that has taken its part.
pub(super) struct Settled<'a> {
    /// Counted for it.
    pub(super) row: CountedRow<'a>,
    /// Share of all requests at the peak.
    pub(super) share: f64,
    /// Share of each stream.
    pub(super) parts: Parts,
}

/// Counts a row for what it takes; rows may have been closed for a time.
pub(super) fn settled<'a>(
    streams: &Streams<'_>,
    (row, is_cut): (&CountedRow<'a>, bool),
    base: &[f64],
    comes: &Comes,
    taken: Taken,
) -> Settled<'a> {
    let batched = streams.in_batches(&taken.days);
    let share = taken.share + batched;
    let ratio = (taken.busiest + batched) / share;
    let is_moved = is_cut && ratio.is_finite() && 1e-9 < (ratio - 1.0).abs();
    let live = if is_moved { taken.busiest } else { taken.share };
    let mut mix = mix(streams, comes, &taken, live);
    if streams.of_all(&mix) <= 0.0 {
        mix.copy_from_slice(base);
    }
    let (mut peak, day) = (taken.peak, taken.days);
    peak.truncate(streams.live);
    peak.extend_from_slice(&day[streams.live..]);
    let over_day = streams.of_all(&day);
    let asked = asked(streams, row, comes, (&mix, &day));
    let at = row.at.clone();
    let offered_ratio = comes.live.0 / live;
    let row = CountedRow {
        at: Standing {
            asked: asked
                .filter(|_| at.spills && !at.passes_all_on())
                .map(Rc::new),
            offered_ratio: if offered_ratio.is_finite() {
                offered_ratio
            } else {
                1.0
            },
            day_ratio: if 0.0 < share { over_day / share } else { 1.0 },
            peak_ratio: if is_moved { ratio } else { 1.0 },
            ten_minutes: if 0.0 < live {
                at.ten_minutes * (live + batched) / live
            } else {
                at.ten_minutes
            },
            ..at
        },
        ..recounted(streams.scenario, streams.demand, row, &mix)
    };
    Settled {
        row,
        share,
        parts: Parts {
            peak,
            day,
            workloads: streams.live,
        },
    }
}

/// What a row takes of each stream where it is busiest: so much at once.
fn mix(streams: &Streams<'_>, comes: &Comes, taken: &Taken, live: f64) -> Vec<f64> {
    let is_mixed = 0.0 < comes.live.1 && comes.live.1 < comes.live.0;
    let shape = if is_mixed {
        &taken.busiest_of
    } else {
        &comes.peak
    };
    let shape = &shape[..streams.live];
    let all = streams.of_all(shape);
    let part = if 0.0 < all { live / all } else { 0.0 };
    let mut mix: Vec<f64> = shape.iter().map(|it| it * part).collect();
    mix.extend_from_slice(&taken.days[streams.live..]);
    mix
}

/// All that comes to a row, but for what goes on as a whole once it is refused.
fn asked(
    streams: &Streams<'_>,
    row: &CountedRow<'_>,
    comes: &Comes,
    (mix, day): (&[f64], &[f64]),
) -> Option<Asked> {
    let (live, batched) = (0.0 < comes.live.1, 0.0 < comes.batched.1);
    if !live && !batched {
        return None;
    }
    let of = |at_once: &[f64]| {
        let at_once = at_once[..streams.live].iter();
        let of_batches = if batched { &comes.day } else { day };
        let all: Vec<f64> = at_once
            .chain(&of_batches[streams.live..])
            .copied()
            .collect();
        let row = recounted(streams.scenario, streams.demand, row, &all);
        (row.tokens, streams.of_all(&all))
    };
    Some(Asked {
        peak: of(if live { &comes.peak } else { mix }),
        day: of(if live { &comes.day } else { day }),
    })
}
