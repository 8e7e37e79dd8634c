//! Invariants of every simulated day.

use kt_capacity::simulation::{Count, Fate, ProviderCounts, Results};

pub(crate) const COUNTS: [(&str, Count); 11] = [
    ("offered", Count::Offered),
    ("resent", Count::Resent),
    ("started", Count::Started),
    ("ghosts_started", Count::GhostsStarted),
    ("served", Count::Served),
    ("refused", Count::Refused),
    ("gave_up", Count::GaveUp),
    ("timed_out", Count::TimedOut),
    ("limited", Count::Limited),
    ("failed", Count::Failed),
    ("late", Count::Late),
];

/// The laws that hold for every run.
/// `has_ghosts`: the gateway may work on for clients who have left.
pub(crate) fn broken_laws(results: &Results, has_ghosts: bool) -> Vec<String> {
    let totals = &results.totals;
    let of = |count| totals.counts.of(count);
    let fates: u64 = COUNTS[4..10].iter().map(|(_, count)| of(*count)).sum();
    let sent = results.requests.iter().flatten();
    let failed_inside = sent
        .clone()
        .filter(|sent| sent.fate == Fate::Failed && sent.start_ms.is_some())
        .count() as u64;
    let calls = |counts: &ProviderCounts| {
        let over = counts.ok + counts.rejected + counts.errors + counts.timeouts;
        over + counts.cancelled <= counts.calls
    };
    let ended = of(Count::Served) + of(Count::TimedOut) + of(Count::Limited) + failed_inside;
    let open_inside = of(Count::Started).checked_sub(ended);
    let questions = totals.questions_answered + totals.questions_lost + totals.questions_open;
    let mut laws = vec![
        (
            "requests",
            of(Count::Offered) + of(Count::Resent) == fates + totals.open,
        ),
        ("questions", of(Count::Offered) == questions),
        ("answers", of(Count::Served) == totals.questions_answered),
        ("calls", totals.providers.iter().all(calls)),
        ("open", open_inside.is_some_and(|open| open <= totals.open)),
    ];
    if !has_ghosts && totals.open == 0 {
        let held = sent
            .clone()
            .filter_map(|sent| Some(sent.end_ms - sent.start_ms?));
        laws.push(("slots", totals.slot_ms == held.sum::<u64>()));
        let waited = sent.map(|sent| sent.start_ms.unwrap_or(sent.end_ms) - sent.arrival_ms);
        laws.push(("waits", totals.wait_ms_sum == waited.sum::<u64>()));
    }
    let broken = laws.into_iter().filter(|(_, holds)| !holds);
    broken
        .map(|(name, _)| format!("the law of {name} does not hold"))
        .collect()
}
