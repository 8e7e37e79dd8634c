//! Wire format of an answer's parts.

use super::super::result::{Bucket, Counts, ProviderCounts, Results, Scaled, Totals};
use super::{Wire, record};

record! {
    ProviderCounts {
        calls, ok, rejected, errors, timeouts, cancelled, limited_here, spilled, tokens,
    }
    Bucket {
        counts, providers, pod_ms, wait_ms, wait_ms_sum, total_ms, total_ms_sum, waiting,
        in_flight, desired, existing, ready, ending, lost, cpu_percent, queue_m, in_flight_m,
    }
    Totals {
        counts, providers, pod_ms, most_pods, wait_ms, wait_ms_sum, total_ms, total_ms_sum,
        slot_ms, open, waiting, in_flight, questions_answered, questions_lost, questions_open,
    }
    Scaled { at_ms, pods }
}

impl Wire for Counts {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Wire::take(from).map(Self)
    }
}

/// Without the request log, which is not part of a day's answer.
impl Wire for Results {
    fn put(&self, out: &mut Vec<u8>) {
        self.totals.put(out);
        self.buckets.put(out);
        self.scale.put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Some(Self {
            totals: Wire::take(from)?,
            buckets: Wire::take(from)?,
            scale: Wire::take(from)?,
            requests: Vec::new(),
        })
    }
}
