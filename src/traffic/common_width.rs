//! The width of buckets, read off their times.

/// The width that all times of a file have in common, in the unit of the times.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct CommonWidth {
    first: Option<i64>,
    width: i64,
}

impl CommonWidth {
    /// Takes a time.
    pub(crate) fn add(&mut self, time: i64) {
        let first = *self.first.get_or_insert(time);
        self.width = greatest_common_divisor(self.width, (time - first).abs());
    }

    /// The width; `None` unless two times differ.
    pub(crate) fn width(&self) -> Option<i64> {
        (0 < self.width).then_some(self.width)
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
}
