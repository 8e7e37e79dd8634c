//! Where the guide contradicts itself, and what the calculator does instead.

use serde::Serialize;

/// One contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Note {
    /// The subject.
    pub title: &'static str,
    /// What stands against what, and what is done here.
    pub text: &'static str,
}

pub(super) fn notes() -> Vec<Note> {
    NOTES.to_vec()
}

static NOTES: [Note; 8] = [
    Note {
        title: "HPA maximum",
        text: "The guide's manifest stops at 20 pods, its own table gives Enterprise 10 to 50 and \
               Platform 50 and more. The manifest here keeps the 20 as a value of yours and a \
               finding says when it is too low.",
    },
    Note {
        title: "HPA minimum",
        text: "The manifest keeps 2 pods, the table gives a small team 1 or 2. Two are kept, so \
               that one may fail.",
    },
    Note {
        title: "Connections",
        text: "The formula gives 65, the sample configuration sets 50. If that number is each \
               replica's own pool, four replicas open 200, more than PostgreSQL's default of 100.",
    },
    Note {
        title: "Rate limit alert",
        text: "The expression fires at 0.1 refused requests per second, the summary says 10 %. \
               The rules here compare refused with all requests of a provider.",
    },
    Note {
        title: "Token budget alert",
        text: "Below 100,000 tokens remaining is always true where the limit itself is lower. The \
               rule here uses a tenth of the limit where that is less.",
    },
    Note {
        title: "Scaling triggers",
        text: "An HPA has one target and a tolerance, no second threshold: 70 % acts at 78 and at \
               62 %, after 60 and 300 s. P99 overhead and active connections are not in the \
               manifest at all.",
    },
    Note {
        title: "Peak",
        text: "10,000 requests a day with a peak of 50 rps is a multiplier of 432, the command's \
               example uses 3.0.",
    },
    Note {
        title: "Rate limits in the pack",
        text: "The sample under “Rate Limit Configuration” contains none, and its weights name \
               three targets of which it defines one. The pack here defines every target and \
               writes its limits.",
    },
];
