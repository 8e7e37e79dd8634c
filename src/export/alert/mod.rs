//! Alerts: expressions, thresholds from the plan, and for each alert a series that fires it and one
//! that does not. The rules, their test, the operator's form and the dashboard share them.
//!
//! `PromQL` here never contains a user's own names: provider limits and ids are recorded as series,
//! and their labels are plain YAML texts.

mod evidence;
mod operator;
mod platform;
mod promql;
mod provider;
mod rules;
mod rules_test;
mod watch;

use super::{Fault, Source};
use crate::say::export::rules as say;
use evidence::Alert;

pub(super) use operator::file as operator;
pub(super) use platform::DISK_DAYS;
pub(super) use provider::{REFUSED_SHARE, tokens_left};
pub(super) use rules::file as rules;
pub(super) use rules_test::file as rules_test;

/// Name of the rule group, as in the guide.
const GROUP: &str = "kt-capacity";

/// Alerts that can fire under this plan.
fn alerts(source: &Source) -> Vec<Alert> {
    let mut alerts = vec![platform::queue(source)];
    alerts.extend(provider::alerts(source));
    alerts.push(platform::overhead(source));
    alerts.push(platform::slow(source));
    alerts.extend(platform::at_maximum(source));
    alerts.push(platform::disk(source));
    alerts
}

/// Conditions from the plan or the guide that these rules cannot watch.
fn gaps(source: &Source) -> Vec<String> {
    let mut gaps = provider::gaps(source);
    gaps.extend(platform::gaps(source));
    gaps
}

/// Faults shared by the three alert files.
pub(super) fn faults(source: &Source) -> Vec<Fault> {
    if source.plan.queue.alert_depth == 0 {
        return vec![Fault::new("queue-size", say::DEPTH_OF_NOTHING)];
    }
    Vec::new()
}
