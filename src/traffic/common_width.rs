//! Width of buckets, inferred from their times.

/// Common width of all times of a file, in their unit.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct CommonWidth {
    first: Option<i64>,
    width: i64,
}

impl CommonWidth {
    /// Adds a time.
    pub(crate) fn add(&mut self, time: i64) {
        let first = *self.first.get_or_insert(time);
        self.width = greatest_common_divisor(self.width, (time - first).abs());
    }

    /// The width; `None` unless two times differ.
    pub(crate) fn width(&self) -> Option<i64> {
        (0 < self.width).then_some(self.width)
    }
}

/// Nominal step of times with small deviations, such as those of a scrape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    first_ms: i64,
    step_ms: i64,
}

impl Step {
    /// Nominal step in whole seconds, from ascending series of milliseconds. `None` if all times
    /// are multiples of it, or if one deviates by more than 1 %.
    pub(crate) fn of(series: &[Vec<i64>], common: CommonWidth) -> Option<Self> {
        let first_ms = common.first?;
        let differences = series.iter().flat_map(|times| times.windows(2));
        let differences = differences.map(|pair| pair[1] - pair[0]);
        let mut differences: Vec<i64> = differences.filter(|ms| 0 < *ms).collect();
        differences.sort_unstable();
        let usual_ms = *differences.get(differences.len() / 2)?;
        let step_ms = (usual_ms + 500) / 1000 * 1000;
        let step = Self { first_ms, step_ms };
        let near = |ms: i64, to_ms: i64| (ms - to_ms).abs() <= step_ms / 100;
        let is_steady = 0 < step_ms && near(usual_ms, step_ms);
        let is_told = common.width % step_ms.max(1) == 0;
        let mut times = series.iter().flatten();
        (is_steady && !is_told && times.all(|ms| near(*ms, step.put(*ms)))).then_some(step)
    }

    /// Time of the nearest step.
    pub(crate) fn put(self, ms: i64) -> i64 {
        let steps = (ms - self.first_ms + self.step_ms / 2).div_euclid(self.step_ms);
        self.first_ms + steps * self.step_ms
    }

    /// Length of the step, milliseconds.
    pub(crate) fn length_ms(self) -> i64 {
        self.step_ms
    }
}

fn greatest_common_divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_width_divides_all_differences() {
        let mut width = CommonWidth::default();
        assert_eq!(width.width(), None);
        for time in [600_000, 0, 360_000, 360_000] {
            width.add(time);
        }
        assert_eq!(width.width(), Some(120_000));
    }

    /// Minutes that are up to 2 ms late; not those with a half minute between, nor exact ones.
    #[test]
    fn late_times_have_the_usual_step() {
        let of = |times: Vec<i64>| {
            let mut width = CommonWidth::default();
            for ms in &times {
                width.add(*ms);
            }
            Step::of(&[times], width)
        };
        let step = of(vec![0, 60_001, 120_002, 180_000]);
        assert_eq!(step.map(Step::length_ms), Some(60_000));
        assert_eq!(step.map(|step| step.put(120_002)), Some(120_000));
        assert_eq!(of(vec![0, 60_001, 120_000, 150_000]), None);
        assert_eq!(of(vec![0, 60_000, 120_000]), None);
    }
}
