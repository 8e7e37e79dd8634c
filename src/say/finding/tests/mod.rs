//! Words and dates of each kind of finding.

mod platform;
mod provider;

use super::{clause, due, message, order, status, title};
use crate::catalog::date::date;
use crate::plan::{Finding, FindingKind, Order, Severity, When};
use crate::say::words;
use crate::scenario::validate::Problem;

/// Id, title, status and message.
#[track_caller]
fn check(kind: &FindingKind, [id, title_of, status_of, message_of]: [&str; 4]) {
    assert_eq!(kind.id(), id);
    assert_eq!(title(kind), title_of);
    assert_eq!(words::plain_spaces(&status(kind)), status_of);
    assert_eq!(words::plain_spaces(&message(kind)), message_of);
}

#[test]
fn contradictions_and_missing_load() {
    check(
        &FindingKind::Problem(Problem::NoWeight),
        [
            "problem-weight",
            "No provider has a weight",
            "",
            "Give at least one provider a weight above 0",
        ],
    );
    check(
        &FindingKind::NoLoad,
        [
            "no-load",
            "No requests yet",
            "",
            "Give a workload some requests to see what they need.",
        ],
    );
}

#[test]
fn what_breaks_says_when_and_when_to_order() {
    let mut when = When {
        in_months: Some(8.2),
        on: Some(date(2027, 7, 29)),
        order: Some(Order {
            by: date(2027, 6, 29),
            is_late: false,
        }),
    };
    assert_eq!(
        order(&when),
        " Order more by 29 Jun 2027 to have it in time."
    );
    when.order = when.order.map(|order| Order {
        is_late: true,
        ..order
    });
    assert_eq!(
        order(&when),
        " Order more now: the lead time is longer than what is left."
    );
    when.order = None;
    assert_eq!(order(&when), "");
    let mut finding = Finding {
        kind: FindingKind::NoLoad,
        severity: Severity::Info,
        scale: Some(3.1),
        when,
        fixes: Vec::new(),
    };
    assert_eq!(due(&finding).as_deref(), Some("Jul 2027"));
    finding.scale = Some(0.9);
    assert_eq!(due(&finding).as_deref(), Some("today"));
}
