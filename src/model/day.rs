//! Request rate over a day.

/// Samples of a day: one every five minutes.
pub const SAMPLES: usize = 288;
/// Length of a sample, hours.
pub const SAMPLE_H: f64 = 24.0 / 288.0;
/// The same in minutes.
const SAMPLE_MIN: usize = 5;

/// Rate over the day as multiples of the mean: mean 1, highest `peak_multiplier`.
///
/// `hourly` gives the shape, at the middle of each hour, in any unit. It is
/// smoothed, then flattened towards the mean if its own peak is too high, or
/// raised by a bell at its busiest moment if it is too low. The bell is at most
/// half an hour wide and narrower for extreme multipliers. A multiplier that not
/// even one five-minute sample can reach keeps its height, so the line shows it,
/// while the rest of the day shrinks to nothing.
pub fn day_profile(hourly: &[f64; 24], peak_multiplier: f64) -> Vec<f64> {
    let mut day = unbent(hourly);
    let peak_at = busiest(&day);
    let height = day.get(peak_at).copied().unwrap_or(1.0);
    if peak_multiplier <= height {
        // Between the shape and a flat line; the peak lands exactly.
        let keep = if height - 1.0 < 1e-9 {
            0.0
        } else {
            (peak_multiplier - 1.0) / (height - 1.0)
        };
        let keep = keep.max(0.0);
        for x in &mut day {
            *x = 1.0 + (*x - 1.0) * keep;
        }
        return day;
    }
    let bell = bell(peak_at, peak_multiplier);
    let top = bell.get(peak_at).copied().unwrap_or(1.0);
    let raise = ((peak_multiplier - height) / (top - height)).clamp(0.0, 1.0);
    for (x, b) in day.iter_mut().zip(&bell) {
        *x = *x * (1.0 - raise) + b * raise;
    }
    if let Some(peak) = day.get_mut(peak_at) {
        *peak = peak_multiplier;
    }
    day
}

/// Rate over the day as multiples of the mean, with the shape's own peak.
pub fn unbent(hourly: &[f64; 24]) -> Vec<f64> {
    // Both ends repeat the neighboring hours, as on a circle.
    let circle: [f64; 27] = std::array::from_fn(|i| hourly[(i + 23) % 24]);
    let shape: Vec<f64> = (0..SAMPLES).map(|i| smooth(&circle, i)).collect();
    unit_mean(shape)
}

/// Highest of some nonnegative rates.
pub fn highest(rates: &[f64]) -> f64 {
    rates
        .iter()
        .fold(0.0, |high, x| if high < *x { *x } else { high })
}

/// Lowest sample.
pub fn quietest(day: &[f64]) -> f64 {
    day.iter()
        .fold(f64::INFINITY, |low, x| if *x < low { *x } else { low })
}

/// Index of the highest sample.
pub fn busiest(day: &[f64]) -> usize {
    let highest = day
        .iter()
        .enumerate()
        .max_by(|(_, a), (_, b)| a.total_cmp(b));
    highest.map_or(0, |(index, _)| index)
}

/// Time of a sample as minutes after midnight.
pub fn minute_of(sample: usize) -> u32 {
    u32::try_from(sample * SAMPLE_MIN).unwrap_or(0) % 1_440
}

/// The sample that holds a minute after midnight.
pub fn sample_at(minute: usize) -> usize {
    minute / SAMPLE_MIN
}

/// Catmull-Rom through the hourly values, the last one before the first.
fn smooth(circle: &[f64; 27], sample: usize) -> f64 {
    // Values stand at the middle of their hour.
    let mut position = sample as f64 * SAMPLE_H + 23.5;
    if 24.0 <= position {
        position -= 24.0;
    }
    let hour = sample_hour(position);
    let t = position - hour as f64;
    let Some(&[p0, p1, p2, p3]) = circle[hour..].first_chunk() else {
        return 0.0;
    };
    let value = p1
        + 0.5
            * t
            * (p2 - p0
                + t * (2.0 * p0 - 5.0 * p1 + 4.0 * p2 - p3 + t * (3.0 * (p1 - p2) + p3 - p0)));
    value.max(0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the position lies in 0..24"
)]
fn sample_hour(position: f64) -> usize {
    position as usize
}

/// Widths of a bell beyond which nothing of it is left: exp(−9² ÷ 2) is 3e-18.
const FAR: f64 = 9.0;

fn bell(at: usize, peak_multiplier: f64) -> Vec<f64> {
    // Half an hour, or narrower so that the bell reaches twice the wanted height.
    let width_h = (24.0 / (2.0 * peak_multiplier * 2.507)).min(0.5);
    let value = |samples: usize| {
        let apart = samples as f64 * SAMPLE_H / width_h;
        // Farther away it is less than the last digit of the sum.
        if FAR < apart {
            return 0.0;
        }
        libm::exp(-0.5 * apart * apart)
    };
    // The bell is symmetric.
    let side: [f64; SAMPLES / 2 + 1] = std::array::from_fn(value);
    let apart = |i: usize| i.abs_diff(at).min(SAMPLES - i.abs_diff(at));
    unit_mean((0..SAMPLES).map(|i| side[apart(i) % side.len()]).collect())
}

fn unit_mean(mut values: Vec<f64>) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let is_mean = 0.0 < mean && mean.is_finite();
    for value in &mut values {
        *value = if is_mean { *value / mean } else { 1.0 };
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn double_hump() -> [f64; 24] {
        let mut hours = [0.05; 24];
        for (hour, value) in [
            (9, 2.0),
            (10, 3.0),
            (11, 2.8),
            (14, 2.5),
            (15, 2.6),
            (16, 1.5),
        ] {
            hours[hour] = value;
        }
        hours
    }

    #[test]
    fn every_shape_has_mean_one_and_the_peak_that_was_asked_for() {
        for hours in [[1.0; 24], double_hump(), [0.0; 24]] {
            for multiplier in [1.0, 1.2, 3.0, 10.0, 100.0] {
                let day = day_profile(&hours, multiplier);
                let mean = day.iter().sum::<f64>() / day.len() as f64;
                let peak = day.iter().copied().fold(0.0, f64::max);
                assert!((mean - 1.0).abs() < 1e-9, "× {multiplier}: mean {mean}");
                assert!(
                    (peak - multiplier).abs() < 1e-9,
                    "× {multiplier}: peak {peak}"
                );
                assert!(
                    day.iter().all(|x| 0.0 <= *x),
                    "× {multiplier}: negative rate"
                );
            }
        }
    }

    #[test]
    fn a_peak_shorter_than_a_sample_keeps_its_height() {
        let day = day_profile(&[1.0; 24], 432.0);
        assert!((day.iter().copied().fold(0.0, f64::max) - 432.0).abs() < 1e-9);
        assert!(day.iter().all(|x| x.is_finite() && 0.0 <= *x));
    }

    #[test]
    fn values_stand_at_the_middle_of_their_hour() {
        let mut hours = [0.0; 24];
        hours[10] = 1.0;
        assert_eq!(minute_of(busiest(&day_profile(&hours, 5.0))), 10 * 60 + 30);
    }
}
