//! An alert, the series that test it, and a recorded number.

/// An alert with the series that test it.
pub(super) struct Alert {
    pub(super) name: &'static str,
    /// `PromQL` expression; on several lines if one would be too wide.
    pub(super) expr: String,
    /// Time the condition must hold before the alert fires: the rule's `for`.
    pub(super) hold: &'static str,
    pub(super) severity: Severity,
    /// Summary and description, as Go templates.
    pub(super) summary: String,
    pub(super) description: String,
    /// Origin of the threshold.
    pub(super) why: String,
    pub(super) cases: Vec<Case>,
}

#[derive(Clone, Copy)]
pub(super) enum Severity {
    Warning,
    Critical,
}

/// Test case: series over time, and the expected outcome.
pub(super) struct Case {
    /// Ending of the test's name, after the alert's name.
    pub(super) name: &'static str,
    /// Interval between samples.
    pub(super) interval: &'static str,
    pub(super) series: Vec<(String, String)>,
    pub(super) at: &'static str,
    pub(super) fires: Option<Fired>,
}

/// Alert expected to fire: labels without the severity, and texts with templates filled in.
pub(super) struct Fired {
    pub(super) labels: Vec<(&'static str, String)>,
    pub(super) summary: String,
    pub(super) description: String,
}

/// Number recorded as a series for alerts and dashboards to compare with.
pub(super) struct Recorded {
    pub(super) name: &'static str,
    pub(super) value: f64,
    pub(super) provider: String,
    pub(super) why: String,
}

impl Severity {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

impl Alert {
    /// Firing alert with these labels; for texts without templates.
    pub(super) fn fired(&self, labels: Vec<(&'static str, String)>) -> Fired {
        Fired {
            labels,
            summary: self.summary.clone(),
            description: self.description.clone(),
        }
    }
}
