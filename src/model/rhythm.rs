//! The rhythm of a week in the values of days.
//!
//! Days that follow have the same weekdays, so that the rhythm of a week does not move their mean.
//! A rhythm is told where it explains more than chance does, by the F test of an analysis of
//! variance (R. A. Fisher, *Statistical Methods for Research Workers*, 1925).

/// Days of a week, and the fewest days that tell each weekday twice.
const WEEK: usize = 7;
const TWO_WEEKS: usize = 14;
/// The 95 % points of F with 6 and 7 degrees of freedom (fourteen days by weekday) and with 1 and 6
/// (eight days by weekend); more days have lower ones.
const WEEKDAYS_LEAST: f64 = 3.87;
const WEEKEND_LEAST: f64 = 5.99;

/// Values of days in order, above 0, without the rhythm of a week: of fourteen days and more by
/// their weekday, of fewer by `is_weekend`, which is empty if nobody knows. What is left varies as
/// much as the days would without a rhythm.
pub fn without_week(values: &[f64], is_weekend: &[bool]) -> Vec<f64> {
    let count = values.len();
    let (class_of, classes, least): (Vec<usize>, _, _) = if TWO_WEEKS <= count {
        (
            (0..count).map(|at| at % WEEK).collect(),
            WEEK,
            WEEKDAYS_LEAST,
        )
    } else if is_weekend.len() == count {
        let class_of = is_weekend.iter().map(|is| usize::from(*is)).collect();
        (class_of, 2, WEEKEND_LEAST)
    } else {
        return values.to_vec();
    };
    let logs: Vec<f64> = values.iter().map(|value| libm::log(*value)).collect();
    let mut sums = vec![(0.0, 0.0); classes];
    for (class, log) in class_of.iter().zip(&logs) {
        let (sum, held) = &mut sums[*class];
        (*sum, *held) = (*sum + log, *held + 1.0);
    }
    if sums.iter().any(|(_, held)| *held < 2.0) {
        return values.to_vec();
    }
    let middle = logs.iter().sum::<f64>() / count as f64;
    let own = |class: usize| sums[class].0 / sums[class].1;
    let (mut within, mut between) = (0.0, 0.0);
    for (class, log) in class_of.iter().zip(&logs) {
        within += (log - own(*class)) * (log - own(*class));
        between += (own(*class) - middle) * (own(*class) - middle);
    }
    let free = (count - classes) as f64;
    if between * free <= least * within * (classes - 1) as f64 {
        return values.to_vec();
    }
    // The means of the classes took a part of the noise with them.
    let widened = libm::sqrt(count as f64 / free);
    let steady = |(class, log): (&usize, &f64)| middle + (log - own(*class)) * widened;
    let steady = class_of.iter().zip(&logs).map(steady);
    steady.map(libm::exp).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK_OF_AN_OFFICE: [f64; 7] = [1e3, 1e3, 1e3, 1e3, 1e3, 100.0, 100.0];

    fn assert_near(found: f64, known: f64) {
        assert!((found / known - 1.0).abs() < 1e-9, "{found} is not {known}");
    }

    #[test]
    fn identical_weeks_have_equal_days_without_their_rhythm() {
        for count in [8, 10, 14, 28] {
            let days = WEEK_OF_AN_OFFICE.into_iter().cycle();
            let days: Vec<f64> = days.take(count).collect();
            let is_weekend: Vec<bool> = (0..count).map(|at| 5 <= at % 7).collect();
            let steady = without_week(&days, &is_weekend);
            assert_eq!(steady.len(), count);
            for day in &steady {
                assert_near(*day, steady[0]);
            }
        }
    }

    /// A second week of e times the first: each day is half a unit below or above the mean of its
    /// weekday, which √(14 ÷ 7) widens.
    #[test]
    fn what_weeks_do_not_share_is_kept() {
        let days = WEEK_OF_AN_OFFICE.into_iter();
        let grown = days.clone().map(|day| day * std::f64::consts::E);
        let days: Vec<f64> = days.chain(grown).collect();
        let steady = without_week(&days, &[]);
        for (before, after) in steady.iter().zip(&steady[7..]) {
            assert_near(after / before, 2.0_f64.sqrt().exp());
        }
    }

    /// A step after a week, and days without known dates.
    #[test]
    fn days_without_a_rhythm_stay_as_they_are() {
        let step: Vec<f64> = (0..14).map(|at| if at < 7 { 1.0 } else { 2.0 }).collect();
        assert_eq!(without_week(&step, &[]), step);
        assert_eq!(without_week(&WEEK_OF_AN_OFFICE, &[]), WEEK_OF_AN_OFFICE);
    }
}
