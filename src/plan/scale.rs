//! Multiples of the load.

/// Multiple of today's load at which a growing quantity reaches a value.
pub(super) fn scale_at(wanted: f64, far: f64, of: impl Fn(f64) -> f64) -> Option<f64> {
    const ALIKE: f64 = 1e-10;
    /// What rounding makes of one value.
    const SAME: f64 = 1e-13;
    const STEPS: usize = 400;
    let mut high = 1.0;
    let mut above = of(high);
    let (mut low, mut below) = (0.0, 0.0);
    while above < wanted {
        if far <= high {
            return None;
        }
        (low, below) = (high, above);
        high = (high * 2.0).min(far);
        above = of(high);
    }
    // Regula falsi as Illinois has it: most of the course is lines. Where a step between them keeps
    // the bracket wide, its middle is taken.
    let (mut low_weight, mut high_weight) = (1.0, 1.0);
    let mut wide = high - low;
    for step in 0..STEPS {
        if high - low <= ALIKE * high {
            break;
        }
        let is_slow = step % 3 == 2 && wide / 2.0 < high - low;
        if step % 3 == 2 {
            wide = high - low;
        }
        let (missing, beyond) = (
            (wanted - below) * low_weight,
            (above - wanted) * high_weight,
        );
        let chord = low + (high - low) * missing / (missing + beyond);
        let is_inside = low < chord && chord < high;
        let middle = if is_inside && !is_slow {
            chord
        } else {
            f64::midpoint(low, high)
        };
        let value = of(middle);
        if (value - wanted).abs() <= SAME * wanted {
            return Some(middle);
        }
        if value < wanted {
            (low, below) = (middle, value);
            (low_weight, high_weight) = (1.0, high_weight / 2.0);
        } else {
            (high, above) = (middle, value);
            (low_weight, high_weight) = (low_weight / 2.0, 1.0);
        }
    }
    Some(high)
}
