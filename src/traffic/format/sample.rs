//! Samples of series, before the width of their buckets is known.

use std::collections::BTreeSet;

use crate::traffic::answer::{Measure, Unit};
use crate::traffic::buckets::{Cell, Sign};
use crate::traffic::collector::Collector;
use crate::traffic::common_width::{CommonWidth, Step};
use crate::traffic::flag::Flag;
use crate::traffic::observed::Known;
use crate::traffic::time::seconds;

/// Nanoseconds per millisecond.
pub(crate) const MS_NS: i64 = 1_000_000;

/// Width of buckets, from times in milliseconds.
pub(crate) fn width_ns(width: CommonWidth) -> Option<i64> {
    width.width().map(|ms| ms.saturating_mul(MS_NS))
}

/// Width of buckets whose times may have been rounded to a step, which sets a flag.
pub(crate) fn width_of(
    width: CommonWidth,
    step: Option<Step>,
    flags: &mut BTreeSet<Flag>,
) -> Option<i64> {
    let Some(step) = step else {
        return width_ns(width);
    };
    flags.insert(Flag::TimesRounded);
    Some(step.length_ms().saturating_mul(MS_NS))
}

/// A count of a measure.
pub(crate) fn cell(measure: Measure, count: f64) -> Cell {
    let mut cell = Cell::default();
    match measure {
        Measure::Answered => cell.answered = count,
        Measure::Failed => cell.failed = count,
        Measure::Throttled => cell.throttled = count,
        Measure::Input => cell.tokens.input = count,
        Measure::Cached => cell.tokens.cached = count,
        Measure::Output => cell.tokens.output = count,
    }
    cell
}

/// Evidence that a number of a measure gives for a bucket.
pub(crate) fn sign(measure: Measure) -> Sign {
    match measure {
        Measure::Answered | Measure::Failed | Measure::Throttled => Sign::Requests,
        Measure::Input | Measure::Cached | Measure::Output => Sign::Tokens,
    }
}

/// Quantities that a file with a measure has.
pub(crate) fn known(measure: Measure) -> Known {
    match measure {
        Measure::Answered => Known::REQUESTS,
        Measure::Failed => Known::REQUESTS.and(Known::FAILED),
        Measure::Throttled => Known::REQUESTS.and(Known::THROTTLED),
        Measure::Input => Known::INPUT,
        Measure::Cached => Known::CACHED,
        Measure::Output => Known::OUTPUT,
    }
}

/// Numbers of a series, with their meaning.
#[derive(Debug)]
pub(crate) struct Samples<'s> {
    pub(crate) measure: Measure,
    pub(crate) unit: Unit,
    pub(crate) model: &'s str,
    /// Milliseconds since 1970, and number.
    pub(crate) points: &'s [(i64, f64)],
    pub(crate) width_ns: i64,
    /// Whether times end their buckets.
    pub(crate) are_ends: bool,
    /// Whether the numbers may be rates from a query.
    pub(crate) is_rate: bool,
}

impl Samples<'_> {
    /// Adds all numbers to their buckets.
    pub(crate) fn add_to(&self, collector: &mut Collector) {
        collector.known.add(known(self.measure));
        if self.is_rate && !matches!(self.unit, Unit::PerBucket) {
            collector.flags.insert(Flag::SmoothedRates);
        }
        let width_s = seconds(self.width_ns);
        for (ms, number) in self.points {
            let time_ns = ms.saturating_mul(MS_NS);
            let start_ns = if self.are_ends {
                time_ns - self.width_ns
            } else {
                time_ns
            };
            let count = self.unit.count(*number, width_s);
            collector.see(start_ns, sign(self.measure));
            let counted = collector.cell(start_ns, self.model, &cell(self.measure, count));
            collector.count(counted);
        }
    }
}
