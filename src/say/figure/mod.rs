//! Figures: label, value, unit, supplementary fact, and the formula in words.

mod formula;
mod source;
mod term;

use std::borrow::Cow;

use crate::plan::{Aside, Figure, FigureId, Fullness, LimitKind, RuleId};
use crate::say::words;
use crate::scenario::number::grouped;
pub use formula::{Part, Told, line, parts, terms};

/// Label of a figure.
pub fn label(figure: &Figure) -> Cow<'static, str> {
    Cow::Borrowed(match (&figure.id, &figure.aside) {
        (
            FigureId::Use(_),
            Aside::FullAt {
                provider, limit, ..
            },
        ) => return Cow::Owned(limited(provider, *limit)),
        (id, _) => name(id),
    })
}

/// Generic name of a figure, without a provider.
fn name(id: &FigureId) -> &'static str {
    match id {
        FigureId::PeakRequests => "Peak requests",
        FigureId::PeakTokens => "Peak tokens",
        FigureId::TightestLimit => "Tightest limit",
        FigureId::Gateways => "Gateways",
        FigureId::StoredEvents => "Stored events",
        FigureId::Connections => "Connections",
        FigureId::Cost => "Cost per month",
        FigureId::TokensPerDay => "Daily token budget",
        FigureId::MeanRate => "Mean rate",
        FigureId::InFlight => "Requests in flight",
        FigureId::SlotsInUse => "Slots in use",
        FigureId::StoredPerDay => "Stored a day",
        FigureId::CostPerThousand => "Cost of 1,000 requests",
        FigureId::FailedRequests => "Failed after all tries",
        FigureId::Use(_) => "Use of a limit",
    }
}

/// `OpenAI tokens`.
fn limited(provider: &str, limit: LimitKind) -> String {
    [provider, " ", limit.noun()].concat()
}

/// Multiple of a limit from which on its use is told as a multiple.
const MANY_TIMES: f64 = 1_000.0;

/// Value and unit: `(1.74, rps)`, `(9, GB)`.
pub fn shown(figure: &Figure) -> (String, Cow<'static, str>) {
    let value = figure.result;
    let plain = |digits: String, unit: &'static str| (digits, Cow::Borrowed(unit));
    let bytes = || {
        let (digits, prefix) = words::scaled(value);
        (digits, Cow::Owned(words::bytes_unit(prefix)))
    };
    match figure.id {
        FigureId::PeakRequests | FigureId::MeanRate => plain(words::significant(value), "rps"),
        FigureId::PeakTokens => {
            let (digits, prefix) = words::scaled(value);
            (digits, Cow::Owned([prefix, "/min"].concat()))
        }
        FigureId::TightestLimit if !matches!(figure.aside, Aside::Tightest { .. }) => {
            plain("–".to_owned(), "")
        }
        // A tile has no room for more digits.
        FigureId::TightestLimit | FigureId::Use(_) | FigureId::SlotsInUse
            if MANY_TIMES <= value =>
        {
            plain([&words::significant(value), "×"].concat(), "")
        }
        FigureId::TightestLimit
        | FigureId::Use(_)
        | FigureId::SlotsInUse
        | FigureId::FailedRequests => plain(percent_digits(value), "%"),
        FigureId::Gateways => plain(grouped(value), ""),
        FigureId::StoredEvents | FigureId::StoredPerDay => bytes(),
        FigureId::Connections => plain(words::short(value), ""),
        FigureId::TokensPerDay => {
            let (digits, prefix) = words::scaled(value);
            plain(digits, prefix)
        }
        FigureId::InFlight => plain(words::significant(value), ""),
        FigureId::Cost | FigureId::CostPerThousand => plain(words::usd(value), ""),
    }
}

/// Value and unit in one text.
pub fn value(figure: &Figure) -> String {
    let (value, unit) = shown(figure);
    [&value, " ", unit.as_ref()].concat().trim().to_owned()
}

/// Digits of a percentage.
fn percent_digits(ratio: f64) -> String {
    let text = words::percent(ratio);
    let digits = text.trim_end_matches(words::PERCENT);
    digits.replace("under", "<")
}

/// Supplementary fact of a figure.
pub fn sub(figure: &Figure) -> String {
    match &figure.aside {
        Aside::Nothing => String::new(),
        Aside::Mean {
            rps,
            peak_multiplier,
        } => [
            &words::significant(*rps),
            " mean × ",
            &grouped(*peak_multiplier),
        ]
        .concat(),
        Aside::TokensPerDay(tokens) => words::short(*tokens) + " per day",
        Aside::TokensPerRequest(tokens) => words::short(*tokens) + " per request",
        Aside::PeakPerMinute(rpm) => words::significant(*rpm) + " RPM at the peak",
        Aside::DecidedBy {
            rule,
            running: None,
        } => rule.by().to_owned(),
        Aside::DecidedBy {
            rule,
            running: Some(running),
        } => [rule.by(), "; ", &running.to_string(), " always run"].concat(),
        Aside::HeldEach(seconds) => words::seconds(*seconds) + " each",
        Aside::Slots(slots) => words::several(&words::significant(*slots), "slot"),
        Aside::BytesPerDay(bytes) => words::bytes(*bytes) + " a day",
        Aside::BytesLater([in_30_days, in_90_days]) => [
            &words::bytes(*in_30_days),
            " at 30 days, ",
            &words::bytes(*in_90_days),
            " at 90",
        ]
        .concat(),
        Aside::Configured(count) => ["the API’s limit is ", &grouped(f64::from(*count))].concat(),
        Aside::LetIn(count) => ["the server lets ", &grouped(f64::from(*count)), " in"].concat(),
        Aside::PerThousand(Some(usd)) => words::usd(*usd) + " per 1,000 requests",
        Aside::PerThousand(None) => "no requests".to_owned(),
        Aside::Unpriced(names) => format!("without {}", names.join(", ")),
        Aside::Tightest { provider, limit } => limited(provider, *limit),
        Aside::Closed { provider, limit } => limited(provider, *limit) + ": nothing allowed",
        Aside::NoLimit => "no limit known".to_owned(),
        Aside::FullAt { scale, .. } => scale.map_or_else(String::new, |scale| {
            ["full at ", &words::multiple(scale)].concat()
        }),
    }
}

/// State against the limit, in words; empty if calm.
pub fn fullness(fullness: Fullness) -> &'static str {
    match fullness {
        Fullness::Calm => "",
        Fullness::Near => "near the limit",
        Fullness::Later => "over the limit later",
        Fullness::Over => "over the limit",
    }
}

/// The formula in words.
pub fn in_words(figure: &Figure) -> &'static str {
    match figure.id {
        FigureId::PeakRequests => {
            "Peak rate = requests per day ÷ seconds in a day × peak over mean"
        }
        FigureId::PeakTokens => {
            "Peak tokens per minute = peak rate × tokens of a request × 60, as if the peak \
             lasted the whole minute"
        }
        FigureId::TightestLimit | FigureId::Use(_) => {
            "Use of a limit = peak load on it ÷ the limit"
        }
        FigureId::Gateways => match figure.aside {
            Aside::DecidedBy { rule, .. } => gateways(rule),
            _ => "",
        },
        FigureId::StoredEvents => "Stored = requests per day × event size × days kept",
        FigureId::Connections => {
            "Connections = API replicas × connections each + workers × connections each + spare"
        }
        FigureId::Cost => "Cost = tokens + infrastructure, a month of 30.4 days",
        FigureId::TokensPerDay => "Daily token budget = requests per day × tokens of a request",
        FigureId::MeanRate => "Mean rate = requests per day ÷ seconds in a day",
        FigureId::InFlight => "Requests in flight = rate × time in flight (Little’s law)",
        FigureId::SlotsInUse => "Slots in use = requests in flight ÷ slots of all gateways",
        FigureId::StoredPerDay => "Stored a day = requests per day × event size",
        FigureId::FailedRequests => {
            "Failed requests = those that go to a provider × the chance that each of their tries \
             fails"
        }
        FigureId::CostPerThousand => "Cost per month ÷ requests per month × 1,000",
    }
}

fn gateways(rule: RuleId) -> &'static str {
    match rule {
        RuleId::Concurrency => {
            "Gateways = requests held at the peak × headroom ÷ slots of each, rounded up"
        }
        RuleId::Throughput => "Gateways = peak rate × headroom ÷ throughput of one, rounded up",
        RuleId::Tokens => {
            "Gateways = peak rate × headroom × tokens of a request ÷ tokens of one, rounded up"
        }
        RuleId::SlotsAndThroughput => {
            "Gateways = peak rate × headroom ÷ rate that slots and throughput of one carry \
             together, rounded up"
        }
        RuleId::WaitTarget => {
            "Gateways = slots that keep the wait target ÷ slots of each, rounded up"
        }
        RuleId::Availability => {
            "Gateways = two, so that one may fail; the load alone needs no more"
        }
        RuleId::GuideTable => {
            "Gateways = the guide’s row for peak × headroom, straight between its ends, rounded up"
        }
    }
}

#[cfg(test)]
mod tests;
