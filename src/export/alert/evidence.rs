//! An alert, the series that test it, and a recorded number.

/// An alert with the series that test it.
pub(super) struct Alert {
    pub(super) name: &'static str,
    /// `PromQL`; several lines where one would be too wide.
    pub(super) expr: String,
    /// How long it must hold.
    pub(super) hold: &'static str,
    pub(super) severity: Severity,
    /// Go templates.
    pub(super) summary: String,
    pub(super) description: String,
    /// Where the number comes from.
    pub(super) why: String,
    pub(super) cases: Vec<Case>,
}

#[derive(Clone, Copy)]
pub(super) enum Severity {
    Warning,
    Critical,
}

/// Series over time, and the expected outcome.
pub(super) struct Case {
    /// Ending of the sentence that begins with the alert's name.
    pub(super) name: &'static str,
    /// Distance of two samples.
    pub(super) interval: &'static str,
    pub(super) series: Vec<(String, String)>,
    pub(super) at: &'static str,
    pub(super) fires: Option<Fired>,
}

/// A firing alert: its labels beside the severity, and its texts with the templates
/// filled in.
pub(super) struct Fired {
    pub(super) labels: Vec<(&'static str, String)>,
    pub(super) summary: String,
    pub(super) description: String,
}

/// A number recorded as a series, so that alerts and dashboards can compare with it.
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
    /// The firing alert with these labels, for texts without templates.
    pub(super) fn fired(&self, labels: Vec<(&'static str, String)>) -> Fired {
        Fired {
            labels,
            summary: self.summary.clone(),
            description: self.description.clone(),
        }
    }
}
