//! Clients of a day, from the workloads of the scenario.

use crate::scenario::Scenario;
use crate::simulation::{Client, Resend};

use super::share::in_proportion;
use super::time::small;

/// Coefficient of variation of the output tokens. Our choice: answers of the Azure conversation
/// trace vary with 0.77, those of its code trace with 2.1.
const OUTPUT_CV: f64 = 1.0;
/// Random jitter before a question is sent again, in addition to the backoff. Our choice: as long
/// as the first delay.
const RESEND_JITTER_MS: u64 = 1_000;

/// Source of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// Index of its workload.
    pub(super) workload: usize,
    /// Whether the gateway answers its requests itself: from its cache, or into a batch.
    pub(super) is_answered_here: bool,
}

/// One kind of client per workload, and one more for requests that do not go to a provider
/// directly.
pub(super) fn kinds(scenario: &Scenario) -> Vec<Kind> {
    let rows = scenario.workloads.iter().enumerate();
    let kinds = rows.flat_map(|(workload, row)| {
        let kind = |is_answered_here| Kind {
            workload,
            is_answered_here,
        };
        let rest = (row.direct_ratio() < 1.0).then(|| kind(true));
        std::iter::once(kind(false)).chain(rest)
    });
    kinds.collect()
}

/// Clients in the order of [`kinds`]; `patience_ms` is their patience for a slot.
pub(super) fn clients(scenario: &Scenario, patience_ms: Option<u64>) -> Vec<Client> {
    let ways = scenario.ways();
    let resend = Resend {
        sends: scenario.day.sends,
        jitter_ms: RESEND_JITTER_MS,
        ..Resend::default()
    };
    let kinds = kinds(scenario);
    let requests = |kind: &Kind| {
        let workload = &scenario.workloads[kind.workload];
        let direct = workload.direct_ratio();
        let part = if kind.is_answered_here {
            1.0 - direct
        } else {
            direct
        };
        workload.requests_per_day() * part
    };
    let weights = in_proportion(&kinds.iter().map(requests).collect::<Vec<_>>());
    let client = |(kind, weight): (Kind, u32)| {
        let workload = &scenario.workloads[kind.workload];
        let base = Client {
            weight: u64::from(weight),
            max_wait_ms: patience_ms,
            resend,
            ..Client::default()
        };
        // The answer's length is unknown in advance: without `max_tokens`, its mean is reserved.
        let sent = workload.max_output_tokens.unwrap_or(0.0);
        let longest = sent.max(workload.output_tokens);
        if kind.is_answered_here {
            return Client {
                is_answered_here: true,
                ..base
            };
        }
        Client {
            input_tokens: small(workload.input_tokens),
            output_tokens: small(workload.output_tokens),
            output_cv: OUTPUT_CV,
            max_output_tokens: Some(small(longest)),
            to: bound(&ways, kind.workload),
            ..base
        }
    };
    kinds.into_iter().zip(weights).map(client).collect()
}

/// Bitmap of the providers that a workload may use; `None` if it may use all.
fn bound(ways: &[Vec<bool>], workload: usize) -> Option<u32> {
    let may_go = |ways: &Vec<bool>| ways.get(workload).is_none_or(|way| *way);
    if ways.iter().all(may_go) {
        return None;
    }
    let bits = (0..u32::BITS).zip(ways);
    let bits = bits.filter(|(_, ways)| may_go(ways));
    Some(bits.fold(0, |all, (bit, _)| all | 1 << bit))
}
