//! Plans of links, as users open them.

use kt_capacity::catalog::date::date;
use kt_capacity::plan::{Finding, Plan, evaluate};
use kt_capacity::scenario::link::from_fragment;

/// The plan of a link that is read without a notice.
pub(crate) fn plan(fragment: &str) -> Plan {
    let (scenario, notices) = from_fragment(fragment);
    assert_eq!(notices, [], "{fragment}");
    evaluate(&scenario, date(2026, 11, 23))
}

/// The finding with this id.
pub(crate) fn finding<'a>(plan: &'a Plan, id: &str) -> Option<&'a Finding> {
    plan.findings.iter().find(|finding| finding.kind.id() == id)
}

/// Equal but for the rounding of the last digits.
#[track_caller]
pub(crate) fn assert_close(actual: f64, expected: f64) {
    let close = (actual - expected).abs() <= 1e-9 * expected.abs().max(1e-9);
    assert!(close, "{actual}, expected {expected}");
}
