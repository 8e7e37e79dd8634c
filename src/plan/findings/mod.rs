//! What gives way first, at what multiple of today's load, and why.
//!
//! The kinds of findings are in the files below; here they get their dates and
//! their order.

mod platform;
pub(super) mod provider;

use chrono::Days;
use serde::Serialize;

use super::{Chapters, Depth, Fix, Whole, words};
use crate::catalog::date::Date;
use crate::model::growth::months_to_scale;
use crate::model::order::sorted_by;
use crate::scenario::validate::Problem;
use crate::scenario::{Scenario, Traffic};

/// Something the reader should know.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Stable name, for programs and tests.
    pub id: String,
    /// How urgent it is.
    pub severity: Severity,
    /// The constraint, in a few words.
    pub title: String,
    /// How full it is, in a few words.
    pub status: String,
    /// Why, with the reader's own numbers.
    pub message: String,
    /// Multiple of today's load at which it breaks.
    pub breaks_at_scale: Option<f64>,
    /// Months of growth until then.
    pub breaks_in_months: Option<f64>,
    /// That date, as month and year.
    pub breaks_on: Option<String>,
    /// Day on which capacity must be ordered to be there by then; today if that has passed.
    pub order_by: Option<String>,
    /// Whether that day has passed, so that what is ordered today comes late.
    pub order_is_late: bool,
    /// Changes that would help, cheapest first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// When to order more, as a sentence after the reason; empty where nothing need be ordered.
    pub fn order(&self) -> String {
        match &self.order_by {
            Some(_) if self.order_is_late => {
                " Order more now: the lead time is longer than what is left.".to_owned()
            }
            Some(day) => [" Order more by ", day, " to have it in time."].concat(),
            None => String::new(),
        }
    }
}

/// How urgent a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Fails today.
    Critical,
    /// Close to it, or fails when something else does.
    Warning,
    /// Good to know.
    Info,
}

/// A finding before fixes and dates.
fn plain<D: Depth>(
    id: impl Into<String>,
    severity: Severity,
    title: String,
    message: impl FnOnce() -> String,
) -> Finding {
    Finding {
        id: id.into(),
        severity,
        title,
        status: String::new(),
        message: D::reason(message),
        breaks_at_scale: None,
        breaks_in_months: None,
        breaks_on: None,
        order_by: None,
        order_is_late: false,
        fixes: Vec::new(),
    }
}

/// Where only the answer is asked for, those that may decide it, without their reasons.
pub(super) fn findings<D: Depth>(
    scenario: &Scenario,
    chapters: &Chapters,
    problems: &[Problem],
    today: Date,
) -> Vec<Finding> {
    // Room for the usual ones.
    let mut found = Vec::with_capacity(12 + 2 * chapters.rows.len());
    for problem in problems {
        let title = match problem.field {
            "weight" => "No provider has a weight".to_owned(),
            _ => "The HPA maximum is below its minimum".to_owned(),
        };
        let id = ["problem-", problem.field].concat();
        found.push(plain::<D>(id, Severity::Critical, title, || {
            problem.message.clone()
        }));
    }
    found.extend(D::reason(|| no_load(chapters)));
    found.extend(provider::unknown_limits::<D>(chapters));
    found.extend(provider::limits::<D>(scenario, chapters));
    found.extend(provider::worst_drill::<D>(scenario, chapters));
    found.extend(platform::autoscaler::<D>(scenario, chapters));
    found.extend(platform::disk::<D>(scenario, chapters));
    found.extend(D::reason(|| platform::audit(scenario, chapters)));
    found.extend(platform::connections::<D>(chapters));
    found.extend(platform::connections_at_full_scale::<D>(chapters));
    found.extend(D::reason(|| platform::queue(scenario, chapters)));
    found.extend(platform::zone::<D>(chapters));
    found.extend(D::reason(|| provider::more_pods_in_vain(chapters)));
    found.extend(D::reason(|| provider::reserve(scenario, chapters)));
    found.extend(D::reason(|| provider::cheaper_weights(scenario, chapters)));
    for row in chapters.rows.iter().filter(|row| 0.0 < row.weight) {
        found.extend(provider::dated_facts::<D>(row, today));
    }
    found.extend(D::reason(|| provider::unpriced(chapters)));
    for finding in &mut found {
        add_dates(finding, &scenario.traffic, today);
    }
    // Stable: findings without a multiple keep their order behind those with one.
    sorted_by(found, |finding| {
        match (finding.severity, finding.breaks_at_scale) {
            (Severity::Critical, None) => (0, 0.0),
            (_, Some(scale)) => (1, scale),
            (Severity::Warning, None) => (2, 0.0),
            (Severity::Info, None) => (3, 0.0),
        }
    })
}

fn no_load(chapters: &Chapters) -> Option<Finding> {
    (chapters.demand.requests_per_day == 0.0).then(|| {
        let message = || "Give a workload some requests to see what they need.".to_owned();
        plain::<Whole>(
            "no-load",
            Severity::Info,
            "No requests yet".to_owned(),
            message,
        )
    })
}

fn add_dates(finding: &mut Finding, traffic: &Traffic, today: Date) {
    let growth_ratio = traffic.growth_percent / 100.0;
    let months = finding
        .breaks_at_scale
        .and_then(|scale| months_to_scale(scale, growth_ratio));
    finding.breaks_in_months = months;
    let date = months.and_then(|months| words::date_in(today, months));
    finding.breaks_on = date.map(words::month_year);
    let lead = Days::new(u64::from(traffic.lead_days));
    let order = date
        .filter(|date| today < *date)
        .and_then(|date| date.checked_sub_days(lead));
    finding.order_is_late = order.is_some_and(|date| date < today);
    finding.order_by = order.map(|date| words::day_of(date.max(today)));
}

fn by_scale(scale: f64, target_ratio: f64) -> Severity {
    if scale < 1.0 {
        Severity::Critical
    } else if scale * target_ratio <= 1.0 {
        Severity::Warning
    } else {
        Severity::Info
    }
}
