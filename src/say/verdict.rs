//! The verdict in a sentence.

use super::finding::{self, clause, is_closed, limit_status, title, zone};
use crate::catalog::date::full_date;
use crate::model::limit::holds;
use crate::plan::{
    Drill, Finding, FindingKind, Plan, ProviderLoss, Reason, Severity, Verdict, VerdictState,
};
use crate::say::words;

/// The state in words.
pub fn label(verdict: &Verdict) -> String {
    match verdict.state {
        VerdictState::Empty => "Nothing to size yet".to_owned(),
        VerdictState::Fails => "Does not fit today".to_owned(),
        VerdictState::Unknown => "Cannot be judged yet".to_owned(),
        VerdictState::FitsWithRisk => {
            "Fits today, with ".to_owned() + &words::counted(verdict.risks, "risk")
        }
        VerdictState::Fits => "Fits today".to_owned(),
    }
}

/// Failure besides the planned peak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Broken {
    /// No known failure.
    #[default]
    Nothing,
    /// The simulated day breaks its goals.
    Day,
    /// Measured minutes exceed a limit; this takes precedence over a simulated day.
    Traffic,
}

impl Broken {
    /// Failures of a simulated day and of measured minutes.
    pub fn of(is_day: bool, is_traffic: bool) -> Self {
        match (is_traffic, is_day) {
            (true, _) => Self::Traffic,
            (_, true) => Self::Day,
            _ => Self::Nothing,
        }
    }

    /// Whether there is a failure.
    pub fn is_any(self) -> bool {
        self != Self::Nothing
    }
}

/// The state in words, with failures besides the peak.
pub fn label_with(verdict: &Verdict, broken: Broken) -> String {
    match broken {
        Broken::Day if verdict.state.fits() => "Fits the peak, not the day".to_owned(),
        Broken::Traffic if verdict.state.fits() => {
            "Fits the peak, not the measured traffic".to_owned()
        }
        _ => label(verdict),
    }
}

/// The sentence without the state that precedes it.
pub fn after_label(text: &str) -> &str {
    const STATES: [&str; 3] = ["Does not fit. ", "Fits. ", "Cannot be judged: "];
    let rest = STATES.iter().find_map(|state| text.strip_prefix(state));
    rest.unwrap_or(text)
}

/// The title of the page: `Support: Fits today – Capacity calculator`.
pub fn page_title(name: &str, label: &str) -> String {
    let name = name.trim();
    let parts: [&str; 4] = match name {
        "" => ["", "", label, PRODUCT],
        name => [name, ": ", label, PRODUCT],
    };
    parts.concat()
}

/// Suffix of page titles.
const PRODUCT: &str = " – Capacity calculator";

/// The verdict in a sentence.
pub fn text(plan: &Plan) -> String {
    text_as(plan, "Fits")
}

/// The verdict in a sentence, with failures besides the peak.
pub fn text_with(plan: &Plan, broken: Broken) -> String {
    let is_peak = broken.is_any() && plan.verdict.state.fits();
    text_as(
        plan,
        if is_peak {
            "The peak load fits"
        } else {
            "Fits"
        },
    )
}

fn text_as(plan: &Plan, fits: &str) -> String {
    let reason = plan.verdict.reason;
    let told = reason.finding().and_then(|at| plan.findings.get(at));
    match (reason, told) {
        (Reason::NoLoad, _) => "Give a workload some requests.".to_owned(),
        (Reason::Unknown(_), Some(told)) => {
            ["Cannot be judged: ", &title(&told.kind), "."].concat()
        }
        (Reason::Configuration(_), Some(told)) => {
            ["Does not fit as configured: ", &clause(&told.kind), "."].concat()
        }
        (Reason::First(_), Some(told)) => fit(plan, told, fits),
        _ if plan.verdict.state == VerdictState::Unknown => {
            "Cannot be judged: no limit is known.".to_owned()
        }
        _ => [fits, ". This load reaches no limit that is known."].concat(),
    }
}

/// How far the first constraint to give way fits.
fn fit(plan: &Plan, told: &Finding, fits: &str) -> String {
    let until = plan.verdict.until.map(words::about_date);
    // A disk fills over time, without a multiple of the load.
    if let (None, Some(date)) = (told.scale, &until) {
        let what = reached_first(&told.kind);
        return [fits, " until about ", date, ". ", &what, "."].concat();
    }
    let scale = told.scale.unwrap_or(0.0);
    if let FindingKind::ProviderLimit(limit) = &told.kind
        && limit.too_large.is_some()
    {
        return [
            "Does not fit. ",
            &limit.name,
            " refuses every request: it is too large.",
        ]
        .concat();
    }
    if let FindingKind::ProviderLimit(limit) = &told.kind
        && is_closed(&limit.used)
    {
        let limited = limit.used.limited();
        return [
            "Does not fit. ",
            &limit.name,
            "’s ",
            &limited,
            " allows nothing.",
        ]
        .concat();
    }
    let what = reached_first(&told.kind);
    let at = words::times(scale);
    if 0.0 < scale && scale < 0.5 {
        // What is spent over a time is told by its use: behind other providers, which take a part
        // of the load, that is more than what the load exceeds.
        let over = match &told.kind {
            FindingKind::ProviderLimit(limit) if limit.used.kind.is_of_volume() => {
                limit.used.state.ratio()
            }
            _ => None,
        };
        let times = words::significant(over.unwrap_or(1.0 / scale));
        let (load, most) = if finding::is_spending(&told.kind) {
            (": a month of this load costs ", " times the limit.")
        } else if finding::is_monthly(&told.kind) {
            (": a month of this load is ", " times the limit.")
        } else if finding::is_daily(&told.kind) {
            (": a day of this load is ", " times the limit.")
        } else {
            (": today’s peak is ", " times what fits.")
        };
        return ["Does not fit. ", &what, load, &times, most].concat();
    }
    let fits = match until {
        _ if !holds(scale) => "Does not fit".to_owned(),
        Some(date) => [fits, " until about ", &date].concat(),
        None => fits.to_owned(),
    };
    let load = finding::load(&told.kind);
    [&fits, ". ", &what, ", at ", &at, " ", load, "."].concat()
}

/// `OpenAI shuts gpt-5 down before that, on 11 Dec 2026.`, where the answer has a later date.
fn model_ends(plan: &Plan) -> Option<String> {
    let ends = plan.findings.iter().filter_map(|finding| {
        let FindingKind::ModelShutdown {
            name, model, on, ..
        } = &finding.kind
        else {
            return None;
        };
        Some((full_date(on)?, name, model))
    });
    let (date, name, model) = ends.min_by_key(|(date, ..)| *date)?;
    let day = words::day_of(date);
    let is_before = plan.verdict.until.is_some_and(|until| date < until);
    is_before.then(|| [name, " shuts ", model, " down before that, on ", &day, "."].concat())
}

/// `The HPA maximum of 20 is reached first`.
pub(in crate::say) fn reached_first(kind: &FindingKind) -> String {
    match kind {
        FindingKind::ProviderLimit(limit) => {
            let limited = limit.used.limited();
            [&limit.name, "’s ", &limited, " is reached first"].concat()
        }
        FindingKind::Disk(disk) => {
            let size = words::bytes(disk.disk_bytes);
            ["The PostgreSQL disk of ", &size, " fills up first"].concat()
        }
        // Nothing else is reached by itself but the gateways, whose title is a name.
        kind => ["The ", &title(kind), " is reached first"].concat(),
    }
}

/// One or two further sentences.
pub fn more(plan: &Plan) -> String {
    let findings = &plan.findings;
    let mut sentences = Vec::new();
    let ends = model_ends(plan);
    let is_end_told = ends.is_some();
    sentences.extend(ends);
    let loss = findings.iter().find_map(|finding| match &finding.kind {
        FindingKind::ProviderLoss(loss) => Some((finding, loss)),
        _ => None,
    });
    if let Some((finding, told)) = loss {
        sentences.extend(loss_of_provider(plan, finding, told));
    }
    sentences.extend(findings.iter().find_map(loss_of_slots));
    sentences.extend(findings.iter().find_map(loss_nowhere));
    sentences.extend(findings.iter().find_map(loss_of_zone));
    let told = plan.verdict.reason.finding();
    let mut others = findings.iter().enumerate().filter(|(at, finding)| {
        finding.severity <= Severity::Warning
            && finding.scale.is_none()
            && !finding.kind.is_drill()
            && !(is_end_told && matches!(finding.kind, FindingKind::ModelShutdown { .. }))
            && told != Some(*at)
    });
    if let Some((_, other)) = others.next() {
        sentences.push(finding::sentence(&other.kind));
    }
    sentences.join(" ")
}

fn loss_of_provider(plan: &Plan, finding: &Finding, loss: &ProviderLoss) -> Option<String> {
    let scale = finding.scale?;
    if !holds(scale) {
        let status = limit_status(&loss.used);
        let would = if is_closed(&loss.used) {
            " would allow nothing"
        } else {
            " would be "
        };
        let how = if is_closed(&loss.used) { "" } else { &status };
        let fit = " at the peak would not fit: ";
        return Some(["Losing ", &loss.lost, fit, &loss.name, would, how, "."].concat());
    }
    // If today's load does not fit, neither does a loss.
    if plan.verdict.state == VerdictState::Fails {
        return None;
    }
    // A provider with unknown limits may take over, the slots may be too few, and the rows of one
    // vendor are lost together.
    let mut kinds = plan.findings.iter().map(|finding| &finding.kind);
    let is_known = !kinds.any(|kind| {
        let is_alone = matches!(kind, FindingKind::NoSecondProvider);
        is_alone || kind.is_unknown_limit() || matches!(kind, FindingKind::SlotsLoss(_))
    });
    // A loss may leave requests without a provider, or the slots too full, although the limits
    // hold.
    let mut losses = plan.drills.iter().filter_map(Drill::scale);
    let all_hold = losses.all(holds) && plan.drills.iter().all(|drill| drill.is_known);
    // The autoscaler adds gateways, up to its maximum.
    let by_slots = |drill: &Drill| Some(drill.slots_scale()? * plan.gateway.grown_ratio());
    let each = plan.drills.iter();
    let scales = each.flat_map(|drill| [drill.max_scale, by_slots(drill)]);
    let scale = scales.flatten().fold(scale, f64::min);
    (is_known && all_hold && scale < 1_000.0).then(|| {
        let scale = words::times(scale);
        [
            "With any one provider lost, the others carry up to ",
            &scale,
            " today’s peak.",
        ]
        .concat()
    })
}

fn loss_of_slots(finding: &Finding) -> Option<String> {
    let FindingKind::SlotsLoss(loss) = &finding.kind else {
        return None;
    };
    let status = finding::status(&finding.kind);
    let gone = " fails at the peak, ";
    Some(["If ", &loss.lost, gone, &status, "."].concat())
}

fn loss_nowhere(finding: &Finding) -> Option<String> {
    let FindingKind::LossNowhere {
        lost,
        homeless_ratio,
        ..
    } = &finding.kind
    else {
        return None;
    };
    let share = words::percent(*homeless_ratio);
    Some(
        [
            "If ",
            lost,
            " is lost, ",
            &share,
            " of the requests go nowhere.",
        ]
        .concat(),
    )
}

fn loss_of_zone(finding: &Finding) -> Option<String> {
    let FindingKind::ZoneLoss(drill) = &finding.kind else {
        return None;
    };
    if Severity::Warning < finding.severity {
        return None;
    }
    let (zone, status) = (zone(drill.zones), finding::status(&finding.kind));
    Some(["If ", &zone, " fails at the peak, ", &status, "."].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::{
        Autoscaler, DatabasePlan, Disk, Falling, LimitKind, LimitState, LimitUse, ProviderLimit,
        RuleId, ShareOf, When, ZoneDrill, evaluate,
    };
    use crate::scenario::validate::Problem;
    use crate::scenario::{Scenario, Scope};

    fn used(kind: LimitKind, state: LimitState) -> LimitUse {
        LimitUse {
            kind,
            load: 1.0,
            limit: 1.0,
            published: 1.0,
            usable_ratio: 1.0,
            state,
            max_scale: None,
            refused_ratio: None,
            per_1000_tokens: None,
            scope: Scope::Provider,
            counters: 1.0,
            beside: 0.0,
            before: 0.0,
            of_organization: false,
            few: None,
        }
    }

    fn limit(name: &str, kind: LimitKind) -> FindingKind {
        FindingKind::ProviderLimit(ProviderLimit {
            row: 1,
            id: "own".to_owned(),
            name: name.to_owned(),
            share_ratio: 1.0,
            peak_share_ratio: 1.0,
            of: ShareOf::Requests,
            with_retries: false,
            rps: 1.0,
            is_first: true,
            used: used(kind, LimitState::Used(1.0)),
            others: Vec::new(),
            too_large: None,
            assumed_answer: None,
        })
    }

    fn autoscaler() -> FindingKind {
        FindingKind::Autoscaler(Autoscaler {
            instances: 2,
            instances_max: 20,
            headroom: 1.5,
            headroom_left: None,
            decided_by: RuleId::Concurrency,
            concurrency: 16,
            time_in_flight_s: 9.5,
            concurrency_over_default: None,
            backlog_per_minute: 0.0,
        })
    }

    fn disk() -> FindingKind {
        FindingKind::Disk(Disk {
            disk_bytes: 50e9,
            utilization_ratio: 0.18,
            retained_bytes: 9e9,
            retention_days: 90,
            events_per_day: 50_000.0,
            event_bytes: 2_000.0,
            dead_ratio: 0.0,
            full_in_days: None,
        })
    }

    fn connections() -> FindingKind {
        FindingKind::Connections {
            database: DatabasePlan {
                connections_needed: 65,
                client_connections: 65,
                api_connections: 65,
                has_pooler: false,
                pool_that_fits: None,
                each_that_fits: None,
                connections_configured: 50,
                connections_usable: 97,
                connections_useful: 9.0,
                connections_if_per_replica: 200,
                connections_at_full_scale: 75,
            },
            api_replicas: 4,
        }
    }

    fn loss(state: LimitState) -> FindingKind {
        FindingKind::ProviderLoss(ProviderLoss {
            lost_row: 1,
            lost: "The one".to_owned(),
            served_ratio: 1.0,
            homeless_ratio: 0.0,
            falling: Falling::ByWeight,
            held_before_trip: None,
            row: 2,
            name: "A, B".to_owned(),
            share_ratio: 1.0,
            used: used(LimitKind::Tpm, state),
            others: Vec::new(),
        })
    }

    fn zone(utilization_ratio: Option<f64>) -> FindingKind {
        FindingKind::ZoneLoss(ZoneDrill {
            zones: 3,
            pods_lost: 1,
            pods_left: 1,
            utilization_ratio,
            served_ratio: 0.9,
            max_scale: None,
            limited: None,
            pods_for_peak: 4,
            recovery_s: 380.0,
        })
    }

    fn unknown() -> FindingKind {
        FindingKind::UnknownLimits {
            is_spare: false,
            id: "own".to_owned(),
            name: "Own".to_owned(),
            model: String::new(),
            tier: String::new(),
        }
    }

    fn finding(severity: Severity, scale: Option<f64>, kind: FindingKind) -> Finding {
        Finding {
            kind,
            severity,
            scale,
            when: When::default(),
            fixes: Vec::new(),
        }
    }

    /// A plan with this state, reason and findings.
    fn plan(state: VerdictState, reason: Reason, findings: Vec<Finding>) -> Plan {
        Plan {
            verdict: Verdict {
                state,
                risks: 2,
                reason,
                until: None,
            },
            findings,
            ..evaluate(&Scenario::default(), date(2026, 11, 23))
        }
    }

    #[test]
    fn the_state_has_a_label() {
        let label_of = |state, risks| {
            label(&Verdict {
                state,
                risks,
                reason: Reason::NoLimit,
                until: None,
            })
        };
        assert_eq!(label_of(VerdictState::Empty, 0), "Nothing to size yet");
        assert_eq!(label_of(VerdictState::Fails, 1), "Does not fit today");
        assert_eq!(label_of(VerdictState::Unknown, 1), "Cannot be judged yet");
        assert_eq!(
            label_of(VerdictState::FitsWithRisk, 1),
            "Fits today, with 1 risk"
        );
        assert_eq!(
            label_of(VerdictState::FitsWithRisk, 3),
            "Fits today, with 3 risks"
        );
        assert_eq!(label_of(VerdictState::Fits, 0), "Fits today");
    }

    #[test]
    fn what_gives_way_is_named_with_its_verb() {
        for (kind, said) in [
            (
                limit("The one", LimitKind::Tpm),
                "The one’s token limit is reached",
            ),
            (
                limit("x tokens", LimitKind::Rpm),
                "x tokens’s request limit is reached",
            ),
            (
                limit("Own", LimitKind::Concurrency),
                "Own’s limit of concurrent requests is reached",
            ),
            (
                limit("Own", LimitKind::Units),
                "Own’s reserved throughput is reached",
            ),
            (autoscaler(), "The HPA maximum of 20 is reached"),
            (disk(), "The PostgreSQL disk of 50 GB fills up"),
        ] {
            assert_eq!(reached_first(&kind), [said, " first"].concat());
        }
    }

    #[test]
    fn the_sentence_tells_the_reason() {
        use {Reason::*, VerdictState::*};
        let text_of = |state, reason, scale, kind| {
            text(&plan(
                state,
                reason,
                vec![finding(Severity::Info, scale, kind)],
            ))
        };
        assert_eq!(
            text_of(Empty, NoLoad, None, FindingKind::NoLoad),
            "Give a workload some requests."
        );
        assert_eq!(
            text_of(Fits, NoLimit, None, FindingKind::NoLoad),
            "Fits. This load reaches no limit that is known."
        );
        assert_eq!(
            text_of(VerdictState::Unknown, NoLimit, None, FindingKind::NoLoad),
            "Cannot be judged: no limit is known."
        );
        assert_eq!(
            text_of(VerdictState::Unknown, Reason::Unknown(0), None, unknown()),
            "Cannot be judged: Own’s limits are unknown."
        );
        assert_eq!(
            text_of(Fails, Configuration(0), None, connections()),
            "Does not fit as configured: database connections."
        );
        let weightless = FindingKind::Problem(Problem::NoWeight);
        assert_eq!(
            text_of(Fails, Configuration(0), None, weightless),
            "Does not fit as configured: no provider has a weight."
        );
        assert_eq!(
            text_of(Fails, First(0), Some(0.25), autoscaler()),
            "Does not fit. The HPA maximum of 20 is reached first: today’s peak is 4 times what \
             fits."
        );
        assert_eq!(
            text_of(Fails, First(0), Some(0.0), autoscaler()),
            "Does not fit. The HPA maximum of 20 is reached first, at 0 times today’s peak."
        );
        assert_eq!(
            text_of(Fails, First(0), Some(0.75), disk()),
            "Does not fit. The PostgreSQL disk of 50 GB fills up first, at 0.750 times \
             today’s peak."
        );
        let mut fits = plan(
            Fits,
            First(0),
            vec![finding(Severity::Info, Some(3.0), disk())],
        );
        let way = "The PostgreSQL disk of 50 GB fills up first, at 3 times today’s peak.";
        assert_eq!(text(&fits), format!("Fits. {way}"));
        fits.verdict.until = Some(date(2027, 3, 29));
        assert_eq!(
            text(&fits),
            format!("Fits until about late March 2027. {way}")
        );
        // A model that ends earlier is the end.
        let ends = |on| {
            let kind = FindingKind::ModelShutdown {
                row: 2,
                name: "OpenAI".to_owned(),
                model: "gpt-5".to_owned(),
                on,
                is_gone: false,
            };
            finding(Severity::Warning, None, kind)
        };
        fits.findings.push(ends("2027-05-01"));
        assert_eq!(model_ends(&fits), None);
        fits.findings.push(ends("2026-12-11"));
        let told = "OpenAI shuts gpt-5 down before that, on 11 Dec 2026.";
        assert_eq!(model_ends(&fits).as_deref(), Some(told));
        // Without growth no other constraint has a date.
        fits.verdict.until = None;
        assert_eq!(model_ends(&fits), None);
    }

    #[test]
    fn more_tells_of_losses_and_of_one_further_risk() {
        use Severity::{Info, Warning};
        let more_of =
            |state, findings| words::plain_spaces(&more(&plan(state, Reason::First(0), findings)));
        let fits = VerdictState::FitsWithRisk;
        let first = || finding(Info, Some(3.0), disk());
        assert_eq!(more_of(fits, vec![first()]), "");
        let lost = vec![
            first(),
            finding(Warning, Some(0.5), loss(LimitState::Used(1.28))),
            finding(Warning, Some(0.9), zone(Some(1.05))),
            finding(Warning, None, connections()),
            finding(Warning, None, unknown()),
        ];
        assert_eq!(
            more_of(fits, lost),
            "Losing The one at the peak would not fit: A, B would be over by 28 %. If one of 3 \
             zones fails at the peak, the rest are 4.8 % short. Database connections: 65 needed, \
             50 allowed."
        );
        let closed = vec![
            first(),
            finding(Warning, Some(0.0), loss(LimitState::Closed)),
            finding(Warning, Some(0.0), zone(None)),
        ];
        assert_eq!(
            more_of(fits, closed),
            "Losing The one at the peak would not fit: A, B would allow nothing. If one of 3 \
             zones fails at the peak, no pod is left."
        );
        let roomy = || {
            vec![
                first(),
                finding(Info, Some(2.0), loss(LimitState::Used(0.5))),
                finding(Info, Some(2.0), zone(Some(0.5))),
            ]
        };
        assert_eq!(
            more_of(fits, roomy()),
            "With any one provider lost, the others carry up to 2 times today’s peak."
        );
        // The provider that takes over may have unknown limits.
        let mut unsure = roomy();
        unsure.push(finding(Warning, None, unknown()));
        for state in [VerdictState::Unknown, VerdictState::Fails] {
            assert_eq!(more_of(state, unsure.clone()), "Own’s limits are unknown.");
        }
    }
}
