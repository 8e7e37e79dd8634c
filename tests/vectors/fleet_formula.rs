//! Closed forms of waits in pods with separate slots, compared with the simulations.

use kt_capacity::model::queueing::{Pods, Routing, System, fleet_wait};
use serde_json::Value;

use crate::{Found, number, text};

/// How far a closed form may be from a simulated value, beyond that one's half width.
struct Near {
    /// Share of the simulated chance of waiting and of the wait of the slowest hundredth,
    /// where at least [`OFTEN`] wait.
    often: (f64, f64),
    /// Chance of waiting, and mean service times of that wait, where fewer do.
    seldom: (f64, f64),
}

/// From here on waits are judged by their share.
const OFTEN: f64 = 0.1;

/// The bounds that the README publishes.
const NEAR: [(&str, Routing, Near); 5] = [
    (
        "random",
        Routing::Random,
        Near {
            often: (0.17, 0.29),
            seldom: (0.03, 0.15),
        },
    ),
    (
        "turn",
        Routing::InTurn,
        Near {
            often: (0.37, 0.26),
            seldom: (0.03, 0.15),
        },
    ),
    (
        "fewest",
        Routing::Fewest,
        Near {
            often: (0.20, 0.50),
            seldom: (0.03, 0.15),
        },
    ),
    (
        "two",
        Routing::BestOfTwo,
        Near {
            often: (0.29, 0.29),
            seldom: (0.03, 0.20),
        },
    ),
    (
        "pool",
        Routing::Pool,
        Near {
            often: (0.28, 0.37),
            seldom: (0.03, 0.15),
        },
    ),
];

/// Differences in the probability of a wait and its 99th percentile.
pub(crate) fn differences(case: &Value) -> Vec<(String, Found)> {
    let cv2 = match text(case, "service").strip_prefix("cv ") {
        Some(cv) => cv.parse::<f64>().unwrap().powi(2),
        None => 1.0,
    };
    let (pods, slots) = (number(case, "pods"), number(case, "slots"));
    let system = System {
        arrival_rate_rps: number(case, "load") * pods * slots,
        service_time_s: 1.0,
        service_cv2: cv2,
        arrival_dispersion: number(case, "dispersion"),
        servers: whole(slots),
    };
    let mut differences = Vec::new();
    for (policy, routing, near) in NEAR {
        let simulated = &case["simulated"][policy];
        if simulated.is_null() {
            continue;
        }
        let wait = fleet_wait(
            &system,
            Pods {
                count: whole(pods),
                routing,
            },
        )
        .unwrap();
        let value = |key: &str, place: usize| simulated[key][place].as_f64().unwrap();
        let is_often = OFTEN <= value("p_wait", 0);
        for (key, actual, share, absolute) in [
            ("p_wait", wait.p_wait, near.often.0, near.seldom.0),
            ("p99_wait", wait.wait_p99_s, near.often.1, near.seldom.1),
        ] {
            let expected = value(key, 0);
            let room = if is_often { share * expected } else { absolute };
            let found = Found {
                actual,
                expected,
                tolerance: value(key, 1) + room,
            };
            differences.push((format!("{policy} closed form, {key}"), found));
        }
    }
    differences
}

/// 10th, 50th and 90th of a hundred errors of the closed forms where waits are common, as
/// the README publishes them.
pub(crate) fn published(cases: &[Value]) -> Vec<String> {
    let mut lines = Vec::new();
    for (policy, ..) in NEAR {
        for key in ["p_wait", "p99_wait"] {
            let mut errors: Vec<f64> = Vec::new();
            for case in cases {
                let often = case["simulated"][policy]["p_wait"][0].as_f64();
                if often.is_none_or(|p_wait| p_wait < OFTEN) {
                    continue;
                }
                let name = format!("{policy} closed form, {key}");
                let all = differences(case);
                let found = all.iter().find(|(told, _)| *told == name);
                errors.extend(found.map(|(_, found)| found.actual / found.expected - 1.0));
            }
            errors.sort_by(f64::total_cmp);
            let of = |hundredth: usize| {
                let last = errors.len().saturating_sub(1);
                errors.get(last * hundredth / 100).copied().unwrap_or(0.0) * 100.0
            };
            lines.push(format!(
                "{policy:7} {key:9} of {:2}: {:+.1} … {:+.1} … {:+.1} %, all {:+.1} … {:+.1} %",
                errors.len(),
                of(10),
                of(50),
                of(90),
                of(0),
                of(100),
            ));
        }
    }
    lines
}

fn whole(value: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of pods or slots"
    )]
    let whole = value as u32;
    whole
}
