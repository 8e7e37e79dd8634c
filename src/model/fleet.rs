//! Number of gateways for a load.

use super::limit::TOLERANCE;

/// Rounds a need for machines up to a whole number.
///
/// A need within one part in a billion of a whole number is that number: 4.0 computed as
/// 4.000000000000001 must not cost a fifth machine.
pub fn whole(need: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast rounds down and keeps to the range of u32"
    )]
    let below = need as u32;
    let floor = f64::from(below);
    if need - floor <= TOLERANCE * floor {
        below
    } else {
        below.saturating_add(1)
    }
}

/// Requests in flight over the whole fleet: rate × time in the system.
///
/// # Source
///
/// Little, "A Proof for the Queuing Formula: L = λW", *Operations Research* 9 (1961).
pub fn in_flight(rps: f64, time_in_flight_s: f64) -> f64 {
    rps * time_in_flight_s
}

/// Instances for a rate if one serves `rps_per_instance`.
pub fn instances_by_throughput(rps: f64, rps_per_instance: f64) -> f64 {
    rps / rps_per_instance
}

/// Instances needed to hold `in_flight` requests with `slots` each.
pub fn instances_by_concurrency(in_flight: f64, slots: u32) -> f64 {
    in_flight / f64::from(slots.max(1))
}

/// One row of a sizing table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Rate at the start of the row.
    pub rps_from: f64,
    /// Rate at the end of the row, if any.
    pub rps_to: Option<f64>,
    /// Instances at the start.
    pub instances_from: u32,
    /// Instances at the end, if any.
    pub instances_to: Option<u32>,
}

/// Instances for a rate by a sizing table, linear between the ends of a row.
///
/// A row without an end extrapolates the ratio of its start: 50 instances from 5,000 requests per
/// second means 100 requests per second each.
pub fn instances_in_row(rps: f64, row: &Row) -> f64 {
    let from = f64::from(row.instances_from);
    match (row.rps_to, row.instances_to) {
        (Some(rps_to), Some(to)) => {
            let along = ((rps - row.rps_from) / (rps_to - row.rps_from)).clamp(0.0, 1.0);
            from + along * (f64::from(to) - from)
        }
        _ => from * (rps / row.rps_from).max(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEPARTMENT: Row = Row {
        rps_from: 10.0,
        rps_to: Some(50.0),
        instances_from: 2,
        instances_to: Some(4),
    };
    const PLATFORM: Row = Row {
        rps_from: 5_000.0,
        rps_to: None,
        instances_from: 50,
        instances_to: None,
    };

    #[test]
    fn a_row_is_straight_between_its_ends() {
        // (rate, row, instances): the guide's ends, and the middle by hand.
        let cases = [
            (10.0, DEPARTMENT, 2.0),
            (30.0, DEPARTMENT, 3.0),
            (50.0, DEPARTMENT, 4.0),
            (5_000.0, PLATFORM, 50.0),
            (7_500.0, PLATFORM, 75.0),
        ];
        for (rps, row, expected) in cases {
            let actual = instances_in_row(rps, &row);
            assert!(
                (actual - expected).abs() < 1e-12,
                "{rps}: {actual}, expected {expected}"
            );
        }
    }

    #[test]
    fn machines_come_whole_and_noise_costs_none() {
        // (need, machines)
        let cases = [
            (0.0, 0),
            (0.2, 1),
            (1.0, 1),
            (4.000_000_000_000_001, 4),
            (4.001, 5),
            (1e12, u32::MAX),
        ];
        for (need, machines) in cases {
            assert_eq!(whole(need), machines, "{need}");
        }
    }

    #[test]
    fn little_holds_for_the_mocks_example() {
        // 50 rps × 6.35 s × 1.5 ÷ 64 = 7.44…: eight gateways.
        let held = in_flight(50.0 * 1.5, 6.35);
        assert_eq!(whole(instances_by_concurrency(held, 64)), 8);
        assert_eq!(whole(instances_by_concurrency(held, 16)), 30);
    }
}
