//! The answer in a sentence.

use crate::catalog::date::Date;
use serde::Serialize;

use super::findings::provider::NOTHING_ALLOWED;
use super::{Chapters, Finding, Severity, words};
use crate::scenario::Scenario;

/// The answer in a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Verdict {
    /// Whether it fits.
    pub state: VerdictState,
    /// The state in words.
    pub label: String,
    /// The sentence.
    pub text: String,
    /// What else matters, in one or two sentences.
    pub more: String,
}

/// Whether today's peak fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerdictState {
    /// It does.
    Fits,
    /// It does, but something is close or fails with something else.
    FitsWithRisk,
    /// It does not.
    Fails,
    /// Nobody can say: of a provider that carries load no limit is known.
    Unknown,
    /// There is nothing to judge.
    Empty,
}

impl VerdictState {
    /// Its status, by which style sheets color it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fits => "ok",
            Self::FitsWithRisk | Self::Unknown => "warn",
            Self::Fails => "danger",
            Self::Empty => "info",
        }
    }
}

pub(super) fn verdict(
    scenario: &Scenario,
    chapters: &Chapters,
    findings: &[Finding],
    today: Date,
) -> Verdict {
    let count = |severity| {
        u32::try_from(findings.iter().filter(|f| f.severity == severity).count()).unwrap_or(0)
    };
    let (critical, risks) = (count(Severity::Critical), count(Severity::Warning));
    let state = if chapters.demand.requests_per_day == 0.0 {
        VerdictState::Empty
    } else if 0 < critical {
        VerdictState::Fails
    } else if unknown(findings).is_some() {
        VerdictState::Unknown
    } else if 0 < risks {
        VerdictState::FitsWithRisk
    } else {
        VerdictState::Fits
    };
    let label = match state {
        VerdictState::Empty => "Nothing to size yet".to_owned(),
        VerdictState::Fails => "Does not fit today".to_owned(),
        VerdictState::Unknown => "Cannot be judged yet".to_owned(),
        VerdictState::FitsWithRisk => {
            "Fits today, with ".to_owned() + &words::counted(risks, "risk")
        }
        VerdictState::Fits => "Fits today".to_owned(),
    };
    let (text, told) = sentence(scenario, state, findings, today);
    let more = more(state, told, findings);
    Verdict {
        state,
        label,
        text,
        more,
    }
}

fn unknown(findings: &[Finding]) -> Option<&Finding> {
    findings
        .iter()
        .find(|finding| finding.id.starts_with("unknown-"))
}

/// The constraint that gives way first; a drill is not today's load.
pub(super) fn first(findings: &[Finding]) -> Option<&Finding> {
    findings
        .iter()
        .filter(|finding| !matches!(finding.id.as_str(), "failover" | "zone"))
        .filter(|finding| finding.breaks_at_scale.is_some())
        .min_by(|a, b| {
            let scale = |finding: &Finding| finding.breaks_at_scale.unwrap_or(f64::INFINITY);
            scale(a).total_cmp(&scale(b))
        })
}

/// The sentence, and the finding it tells.
fn sentence<'a>(
    scenario: &Scenario,
    state: VerdictState,
    findings: &'a [Finding],
    today: Date,
) -> (String, Option<&'a Finding>) {
    if state == VerdictState::Empty {
        return ("Give a workload some requests.".to_owned(), None);
    }
    let Some((finding, scale)) = first(findings).and_then(|f| Some((f, f.breaks_at_scale?))) else {
        return ("Cannot be judged: no limit is known.".to_owned(), None);
    };
    if let Some(unknown) = unknown(findings).filter(|_| state == VerdictState::Unknown) {
        let text = ["Cannot be judged: ", &unknown.title, "."].concat();
        return (text, Some(unknown));
    }
    let fails = findings
        .iter()
        .find(|finding| finding.severity == Severity::Critical)
        .filter(|_| state == VerdictState::Fails);
    if let Some(reason) = fails.filter(|_| 1.0 <= scale) {
        let title = in_sentence(&reason.title);
        let text = ["Does not fit as configured: ", &title, "."].concat();
        return (text, Some(reason));
    }
    (fit(scenario, finding, scale, today), Some(finding))
}

/// How what gives way first fits.
fn fit(scenario: &Scenario, finding: &Finding, scale: f64, today: Date) -> String {
    let what = subject(finding);
    let at = words::multiple(scale);
    if 0.0 < scale && scale < 0.5 {
        let times = words::significant(1.0 / scale);
        let peak = ": today’s peak is ";
        return ["Does not fit. ", &what, peak, &times, " times what fits."].concat();
    }
    if scale < 1.0 {
        return ["Does not fit. ", &what, ", at ", &at, " today’s peak."].concat();
    }
    let until = finding
        .breaks_in_months
        .filter(|_| 0.0 < scenario.traffic.growth_percent)
        .and_then(|months| words::date_in(today, months))
        .map(words::about_date);
    let fits = until.map_or_else(
        || "Fits".to_owned(),
        |date| "Fits until about ".to_owned() + &date,
    );
    [&fits, ". ", &what, ", at ", &at, " today’s peak."].concat()
}

/// A title after a colon: its first word is no longer the first.
fn in_sentence(title: &str) -> String {
    match title.split_once(' ') {
        Some((first @ ("The" | "No" | "Database"), rest)) => {
            format!("{} {rest}", first.to_ascii_lowercase())
        }
        _ => title.to_owned(),
    }
}

fn subject(finding: &Finding) -> String {
    let name = if finding.id.starts_with("provider-") {
        // "Anthropic output tokens" reads better as "Anthropic's output tokens".
        let nouns = [" input tokens", " output tokens", " tokens", " requests"];
        let split = nouns.iter().find_map(|noun| {
            finding
                .title
                .strip_suffix(noun)
                .map(|name| (name, noun.trim_start()))
        });
        split.map_or_else(
            || finding.title.clone(),
            |(name, noun)| [name, "’s ", noun].concat(),
        )
    } else {
        // "PostgreSQL disk, 50 GB" is a name on a list.
        ["The ", &finding.title.replacen(", ", " of ", 1)].concat()
    };
    let verb = if name.starts_with("The ") {
        "gives"
    } else {
        "give"
    };
    [&name, " ", verb, " way first"].concat()
}

/// What the sentence does not say.
fn more(state: VerdictState, told: Option<&Finding>, findings: &[Finding]) -> String {
    let mut sentences = Vec::new();
    if let Some(drill) = findings.iter().find(|finding| finding.id == "failover") {
        let lost = drill.title.split_once(", if ").map_or("", |(_, lost)| lost);
        let lost = lost.strip_suffix(" is lost").unwrap_or(lost);
        match drill.breaks_at_scale {
            Some(scale) if scale < 1.0 => {
                let name = drill.title.split(',').next().unwrap_or("");
                let fit = " at the peak would not fit: ";
                let (would, how) = match drill.status.as_str() {
                    NOTHING_ALLOWED => (" would allow nothing", ""),
                    status => (" would be ", status),
                };
                sentences.push(["Losing ", lost, fit, name, would, how, "."].concat());
            }
            Some(scale) if 1_000.0 <= scale || state == VerdictState::Unknown => {}
            Some(scale) => {
                sentences.push(format!(
                    "Losing any one provider fits up to {} today’s peak.",
                    words::multiple(scale)
                ));
            }
            None => {}
        }
    }
    let zone = findings.iter().find(|finding| finding.id == "zone");
    if let Some(zone) = zone.filter(|zone| zone.severity <= Severity::Warning) {
        let what = zone.title.strip_prefix("Loss of ").unwrap_or(&zone.title);
        let it = if zone.status.starts_with("needs") {
            "it "
        } else {
            ""
        };
        let fit = " at the peak would not fit: ";
        sentences.push(["Losing ", what, fit, it, &zone.status, "."].concat());
    }
    let other = findings.iter().find(|finding| {
        finding.severity <= Severity::Warning
            && finding.breaks_at_scale.is_none()
            && !matches!(finding.id.as_str(), "failover" | "zone")
            && told.is_none_or(|told| told.id != finding.id)
    });
    if let Some(finding) = other {
        let colon = if finding.status.is_empty() { "" } else { ": " };
        sentences.push([&finding.title, colon, &finding.status, "."].concat());
    }
    sentences.join(" ")
}
