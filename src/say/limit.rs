//! Names of providers’ limits.

use super::words;
use crate::plan::{LimitKind, LimitUse};

/// `450 K tokens/min`, `1 token in one request`, `$500 a month`.
pub(crate) fn amount(used: &LimitUse) -> String {
    let kind = used.kind;
    if kind.is_money() {
        return [&words::usd(used.limit), " ", time(kind)].concat();
    }
    words::with_unit(&words::short(used.limit), kind.unit())
}

/// `150 K of 450 K tokens/min`.
pub(crate) fn load(used: &LimitUse) -> String {
    let load = if used.kind.is_money() {
        words::usd(used.load)
    } else {
        words::short(used.load)
    };
    [&load, " of ", &amount(used)].concat()
}

impl LimitUse {
    /// The counted quantity, and its scope.
    pub(crate) fn noun(&self) -> String {
        [self.kind.noun(), of_whom(self.of_organization)].concat()
    }

    /// Name of the limit, to follow its owner’s name.
    pub(crate) fn limited(&self) -> String {
        [self.kind.limited(), of_whom(self.of_organization)].concat()
    }

    /// Usual abbreviation, and scope.
    pub(crate) fn abbreviation(&self) -> String {
        let whose = if self.of_organization {
            "organization "
        } else {
            ""
        };
        [whose, self.kind.abbreviation()].concat()
    }
}

/// Scope of a limit that is not the row's own.
pub(crate) fn of_whom(of_organization: bool) -> &'static str {
    if of_organization {
        " of the organization"
    } else {
        ""
    }
}

fn time(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::SpendMonth => "a month",
        LimitKind::RequestPrice => "for one request",
        _ => "in ten minutes",
    }
}

impl LimitKind {
    /// The counted quantity.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Rpm | Self::Rpd => "requests",
            Self::Concurrency => "concurrent requests",
            Self::Units => "reserved throughput",
            Self::Tpm | Self::Tpd => "tokens",
            Self::Itpm => "input tokens",
            Self::Otpm => "output tokens",
            Self::RequestsMonth => "monthly requests",
            Self::TokensMonth => "monthly tokens",
            Self::SpendMonth => "monthly spend",
            Self::Spend10Min => "spend in ten minutes",
            Self::BatchQueue => "queued batches",
            Self::BatchRequests => "queued batch requests",
            Self::Request => "tokens of one request",
            Self::RequestPrice => "price of one request",
        }
    }

    /// Name of the limit, to follow its owner’s name.
    pub(crate) fn limited(self) -> &'static str {
        match self {
            Self::Rpm | Self::Rpd => "request limit",
            Self::Concurrency => "limit of concurrent requests",
            Self::Units => "reserved throughput",
            Self::Tpm | Self::Tpd => "token limit",
            Self::Itpm => "input token limit",
            Self::Otpm => "output token limit",
            Self::RequestsMonth => "monthly request limit",
            Self::TokensMonth => "monthly token limit",
            Self::SpendMonth => "monthly spend limit",
            Self::Spend10Min => "spend limit of ten minutes",
            Self::BatchQueue => "limit of queued batches",
            Self::BatchRequests => "limit of queued batch requests",
            Self::Request => "token limit of one request",
            Self::RequestPrice => "spend limit of one request",
        }
    }

    /// Unit of the limit.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Rpm => "requests/min",
            Self::Rpd => "requests/day",
            Self::Tpm => "tokens/min",
            Self::Itpm => "input tokens/min",
            Self::Otpm => "output tokens/min",
            Self::Tpd => "tokens/day",
            Self::Concurrency => "requests at once",
            Self::Units => "weighted tokens/min",
            Self::RequestsMonth => "requests/month",
            Self::TokensMonth => "tokens/month",
            Self::SpendMonth => "$/month",
            Self::Spend10Min => "$ in ten minutes",
            Self::BatchQueue => "tokens a day in batches",
            Self::BatchRequests => "requests a day in batches",
            Self::Request => "tokens in one request",
            Self::RequestPrice => "$ for one request",
        }
    }

    /// Usual abbreviation.
    pub fn abbreviation(self) -> &'static str {
        match self {
            Self::Rpm => "RPM",
            Self::Tpm => "TPM",
            Self::Itpm => "ITPM",
            Self::Otpm => "OTPM",
            Self::Rpd => "RPD",
            Self::Tpd => "TPD",
            Self::Concurrency => "concurrency",
            Self::Units => "units",
            Self::RequestsMonth => "requests a month",
            Self::TokensMonth => "tokens a month",
            Self::SpendMonth => "$ a month",
            Self::Spend10Min => "$ in 10 min",
            Self::BatchQueue => "batches",
            Self::BatchRequests => "batch requests",
            Self::Request | Self::RequestPrice => "one request",
        }
    }
}
