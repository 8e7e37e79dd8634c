//! Contradictions in the guide, and their resolution.

use crate::plan::NoteId;

/// Title.
pub fn title(note: NoteId) -> &'static str {
    match note {
        NoteId::AutoscalerMaximum => "HPA maximum",
        NoteId::AutoscalerMinimum => "HPA minimum",
        NoteId::Connections => "Connections",
        NoteId::RateLimitAlert => "Rate limit alert",
        NoteId::TokenBudgetAlert => "Token budget alert",
        NoteId::ScalingTriggers => "Scaling triggers",
        NoteId::Peak => "Peak",
        NoteId::RateLimitsInThePack => "Rate limits in the pack",
        NoteId::RateOfAnInstance => "Rate of an instance",
        NoteId::QueueAlert => "Queue alert",
        NoteId::AuditRetention => "Audit retention",
        NoteId::Overhead => "Overhead",
        NoteId::CpuSignal => "CPU as the signal",
    }
}

/// The contradiction, and its resolution here.
pub fn text(note: NoteId) -> &'static str {
    match note {
        NoteId::AutoscalerMaximum => {
            "The guide's manifest stops at 20 pods, its own table gives Enterprise 10 to 50 and \
             Platform 50 and more. The manifest here keeps the 20 as a value of yours and a \
             finding says when it is too low."
        }
        NoteId::AutoscalerMinimum => {
            "The manifest keeps 2 pods, the table gives a small team 1 or 2. Two are kept, so \
             that one may fail."
        }
        NoteId::Connections => {
            "The formula gives 65, the sample configuration sets 50. If that number is each \
             replica's own pool, four replicas open 200, more than PostgreSQL's default of 100."
        }
        NoteId::RateLimitAlert => {
            "The expression fires at 0.1 refused requests per second, the summary says 10 %. \
             The rules here compare refused with all requests of a provider."
        }
        NoteId::TokenBudgetAlert => {
            "Below 100,000 tokens remaining is always true where the limit itself is lower. The \
             rule here uses a tenth of the limit where that is less."
        }
        NoteId::ScalingTriggers => {
            "An HPA has one target and a tolerance, no second threshold: 70 % acts at 78 and at \
             62 %, after 60 and 300 s. P99 overhead and active connections are not in the \
             manifest at all."
        }
        NoteId::Peak => {
            "10,000 requests a day with a peak of 50 rps is a multiplier of 432, the command's \
             example uses 3.0."
        }
        NoteId::RateLimitsInThePack => {
            "The sample under “Rate Limit Configuration” contains none, and its weights name \
             three targets of which it defines one. The pack here defines every target and \
             writes its limits."
        }
        NoteId::RateOfAnInstance => {
            "The table gives one instance 5 to 100 rps, the sizing page measured 500 to 5,000. \
             Here the table sizes and the measured rate bounds; one of yours replaces both."
        }
        NoteId::QueueAlert => {
            "The table of triggers has the queue above 100 for 1 minute, the alert for 2. The \
             rules here keep the alert's 2, and a depth that comes before clients leave."
        }
        NoteId::AuditRetention => {
            "Storage is sized for 30 and 90 days, the sample's audit-logger keeps 365: four times \
             as much. A finding says when that outgrows the disk."
        }
        NoteId::Overhead => {
            "The gateway is said to add under 10 ms, the trigger for its overhead is 20 ms. The \
             plan counts with 10; the alert fires at 20, or at twice the time that the plan \
             expects in a gateway, its waits included."
        }
        NoteId::CpuSignal => {
            "The HPA follows CPU, but a gateway mostly waits for providers: slots can be full \
             while the CPU idles. The manifest also follows the queue, which shows full slots."
        }
    }
}
