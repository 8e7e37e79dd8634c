//! Sensitivity of outcomes to inputs.

use super::interval::{three, three_in, value};
use crate::model::fleet::whole;
use crate::model::growth::DAYS_PER_MONTH;
use crate::plan::FigureId;
use crate::plan::uncertainty::{
    Bar, Input, Interval, MOST_DAYS, MOST_USE, Outcome, Place, Tornado, Uncertainty,
};
use crate::say::words;
use crate::scenario::Scenario;
use crate::scenario::number::grouped;
use crate::scenario::property::{
    BATCH, BURSTINESS, CACHE_HIT, CACHED, Entry, Form, GROWTH, INPUT_TOKENS, MAX_OUTPUT,
    OUTPUT_TOKENS, PEAK_MULTIPLIER, REQUESTS, Range,
};

/// Name of an input: `Requests`, `OpenAI: TPM`; with the workload if there are several.
pub fn input(sure: &Uncertainty, index: usize) -> String {
    sure.inputs.get(index).map(named).unwrap_or_default()
}

/// Name of an input, with its row if there are several.
pub fn named(input: &Input) -> String {
    let label = match input.spec.key {
        "avg-input-tokens" => "Input tokens",
        "avg-output-tokens" => "Output tokens",
        _ => input.spec.label,
    };
    if input.is_named {
        [&input.row, ": ", label].concat()
    } else {
        label.to_owned()
    }
}

/// An outcome inside a sentence: `the load until the first limit`.
pub fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Room => "the multiple of today’s load that fits",
        Outcome::Days => "the time until the load no longer fits",
        Outcome::Wait => "the wait that 99 of 100 requests stay within at the peak",
        Outcome::Late => "the share of requests answered after clients give up",
        Outcome::Figure(id) => match id {
            FigureId::Gateways => "gateways at the peak",
            FigureId::TightestLimit => "use of the tightest limit",
            FigureId::PeakTokens => "tokens in the peak minute",
            FigureId::InFlight => "requests in flight at the peak",
            FigureId::FailedRequests => "requests that fail after all tries",
            FigureId::Connections => "database connections",
            FigureId::StoredEvents => "stored events",
            FigureId::Cost => "cost per month",
            _ => "this figure",
        },
    }
}

/// Question that a tornado answers.
pub fn question(of: &Outcome) -> String {
    format!("What moves {}?", outcome(of))
}

/// A value of an outcome, with its unit.
pub fn axis_end(of: &Outcome, result: f64) -> String {
    match of {
        Outcome::Room => words::multiple(result),
        Outcome::Days => time(result),
        Outcome::Wait => words::seconds(result),
        Outcome::Late => words::percent(result),
        Outcome::Figure(FigureId::TightestLimit) if MOST_USE <= result => {
            ["over ", &words::percent(MOST_USE)].concat()
        }
        Outcome::Figure(id) => value(id, result),
    }
}

/// `45 days`, `16 months`.
fn time(days: f64) -> String {
    if days < SHORT_DAYS {
        in_days(days)
    } else {
        in_months(days)
    }
}

/// Times shorter than this are told in days.
const SHORT_DAYS: f64 = 100.0;

fn in_days(days: f64) -> String {
    if MOST_DAYS <= days {
        return "10 years or more".to_owned();
    }
    words::counted(whole(days), "day")
}

fn in_months(days: f64) -> String {
    if MOST_DAYS <= days {
        return in_days(days);
    }
    words::counted(whole(libm::round(days / DAYS_PER_MONTH)), "month")
}

/// All ranges with their ends; `None` without ranges.
pub fn ranges(scenario: &Scenario, inputs: &[Input]) -> Option<String> {
    let each = inputs.iter().map(|ranged| {
        let period = match ranged.place {
            Place::Workload(at) if ranged.spec.key == REQUESTS.key => {
                scenario.workloads.get(at).map(|row| row.period.key())
            }
            _ => None,
        };
        let unit = period.map_or_else(|| unit(ranged.spec.unit), |period| [" a ", period].concat());
        format!("{} {}{unit}", named(ranged), span(&ranged.range))
    });
    let all = each.collect::<Vec<_>>().join("; ");
    (!all.is_empty()).then(|| format!("Ranges, by their 5th and 95th percentiles: {all}."))
}

/// A number or a range inside a sentence: `40,000 to 60,000`.
pub(in crate::say) fn entry(entry: Entry) -> String {
    let range = entry.range.as_ref().map(span);
    range.unwrap_or_else(|| entry.shown())
}

/// `40,000 to 60,000`, `40,000 to 80,000, likely 50,000`, `50,000 ± 20 %`.
fn span(range: &Range) -> String {
    let ends = || [&grouped(range.low), " to ", &grouped(range.high)].concat();
    match range.form {
        Form::Between => ends(),
        Form::Likely(likely) => [&ends(), ", likely ", &grouped(likely)].concat(),
        Form::Around {
            center,
            spread,
            is_percent,
        } => {
            let percent = if is_percent { words::PERCENT } else { "" };
            [&grouped(center), " ± ", &grouped(spread), percent].concat()
        }
    }
}

/// A unit after its number inside a sentence: ` a minute`, ` %`.
fn unit(unit: &str) -> String {
    match unit {
        "" => String::new(),
        "%" => words::PERCENT.to_owned(),
        "% / month" => [words::PERCENT, " a month"].concat(),
        "/min" => " a minute".to_owned(),
        unit => match unit.strip_prefix('/') {
            Some(period) => [" a ", period].concat(),
            None => [" ", unit].concat(),
        },
    }
}

/// Text of a bar: the input's ends, and the outcome at each.
pub fn bar(sure: &Uncertainty, of: &Outcome, bar: &Bar) -> String {
    let Some(ranged) = sure.inputs.get(bar.input) else {
        return String::new();
    };
    let range = span(&ranged.range) + &unit(ranged.spec.unit);
    // The point may be better, or worse, than both ends: another limit is full first there.
    let (ends, point) = if bar.turns() {
        let [low, high, at_point] = apart(of, [bar.at_low, bar.at_high, bar.at_point]);
        ([low, high], ["; ", &at_point, " at its point"].concat())
    } else {
        (apart(of, [bar.at_low, bar.at_high]), String::new())
    };
    let [low, high] = ends;
    let ends = if low == high {
        low + " at both ends"
    } else {
        [&low, " to ", &high].concat()
    };
    format!("{} ({range}): {ends}{point}", input(sure, bar.input))
}

/// Values of an outcome beside each other: in one unit, and with the digits that tell them apart
/// where they are close.
fn apart<const N: usize>(of: &Outcome, values: [f64; N]) -> [String; N] {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(0.0, f64::max);
    if *of == Outcome::Days {
        let is_told_apart = in_months(least) != in_months(most);
        let is_months = SHORT_DAYS <= least && (is_told_apart || least >= most);
        return values.map(if is_months { in_months } else { in_days });
    }
    let is_whole = matches!(of, Outcome::Figure(id) if id.is_whole());
    if !is_whole && most - least < NOISE * most {
        return values.map(|_| axis_end(of, least));
    }
    if least >= most || least * CLOSE <= most {
        return values.map(|value| axis_end(of, value));
    }
    values.map(|value| {
        let points = [least, value, most];
        let [_, text, _] = match of {
            Outcome::Figure(id) => three(&Interval {
                id: id.clone(),
                point: least,
                p05: least,
                p50: value,
                p95: most,
            }),
            Outcome::Late => three_in(points, 0.01, words::PERCENT),
            Outcome::Wait if most < 1.0 => three_in(points, 0.001, " ms"),
            Outcome::Wait => three_in(points, 1.0, " s"),
            Outcome::Room | Outcome::Days => three_in(points, 1.0, "×"),
        };
        text
    })
}

/// Values whose distance is below this share of them are equal but for rounding.
const NOISE: f64 = 1e-6;

/// Values that are closer than this to each other need digits of their own.
const CLOSE: f64 = 1.1;

/// The estimate to replace by a measurement first, and how to measure it.
pub fn measure(sure: &Uncertainty, tornado: &Tornado) -> Option<String> {
    let first = tornado.bars.first()?;
    let outcome = outcome(&tornado.outcome);
    if !tornado.is_moved() {
        return Some(format!(
            "None of the ranges moves {outcome}, nor any other answer here."
        ));
    }
    let name = input(sure, first.input);
    let alone = alone(&tornado.outcome, first);
    let source = sure.inputs.get(first.input);
    let source = source.and_then(|input| measured_by(input.spec.key));
    let source = source.map(|source| [" ", source].concat());
    Some(format!(
        "Measure this first: {name}. {alone}{}",
        source.unwrap_or_default()
    ))
}

/// Sentence about the effect of an input alone.
fn alone(of: &Outcome, bar: &Bar) -> String {
    let outcome = outcome(of);
    let ends = if bar.turns() {
        bar.span()
    } else {
        [bar.at_low, bar.at_high]
    };
    let [low, high] = apart(of, ends);
    if low == high && 0.0 < bar.swing() {
        return format!("Alone it moves {outcome} by less than the digits shown.");
    }
    if low == high {
        return format!(
            "Between its 5th and 95th percentiles it does not move {outcome} alone; over all \
             futures it goes with it most closely."
        );
    }
    if bar.turns() {
        return format!("Alone it moves {outcome} between {low} and {high}.");
    }
    format!("Alone it moves {outcome} from {low} to {high}.")
}

/// How a number can be measured; `None` if no file or account has it.
fn measured_by(key: &str) -> Option<&'static str> {
    Some(match key {
        "growth" => "A usage export of three weeks or more measures it.",
        "burstiness" => "A log with the time of each request measures it.",
        "rpm" | "tpm" | "itpm" | "otpm" | "rpd" | "tpd" => {
            "The provider’s console states it for your account."
        }
        key if is_imported(key) => "A usage export measures it.",
        _ => return None,
    })
}

/// Whether a usage export has a number.
pub fn is_imported(key: &str) -> bool {
    [
        REQUESTS.key,
        INPUT_TOKENS.key,
        OUTPUT_TOKENS.key,
        CACHED.key,
        MAX_OUTPUT.key,
        BATCH.key,
        CACHE_HIT.key,
        PEAK_MULTIPLIER.key,
        BURSTINESS.key,
        GROWTH.key,
    ]
    .contains(&key)
}

/// Note on interacting inputs, where single effects and draws disagree.
pub fn together(sure: &Uncertainty, tornado: &Tornado) -> Option<String> {
    if let Some(strongest) = tornado.first_by_draws {
        return Some(format!(
            "Over all futures {} goes with it most closely: inputs act together here, or a limit \
             cuts one of them off.",
            input(sure, strongest)
        ));
    }
    let acting: Vec<String> = tornado.acting().map(|at| input(sure, at)).collect();
    acting_together(&acting)
}

fn acting_together(inputs: &[String]) -> Option<String> {
    let names: Vec<&str> = inputs.iter().map(String::as_str).collect();
    let acts = match names.len() {
        0 => return None,
        1 => "matters together with others",
        _ => "matter together",
    };
    Some(format!(
        "{} {acts}, and hardly alone.",
        words::listed(&names)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_that_matter_together_are_told_in_their_number() {
        let said = |inputs: &[&str]| {
            let inputs: Vec<String> = inputs.iter().map(|it| (*it).to_owned()).collect();
            acting_together(&inputs).unwrap_or_default()
        };
        assert_eq!(said(&[]), "");
        assert_eq!(
            said(&["Requests"]),
            "Requests matters together with others, and hardly alone."
        );
        assert_eq!(
            said(&["Output tokens", "Requests", "Input tokens"]),
            "Output tokens, Requests and Input tokens matter together, and hardly alone."
        );
    }

    /// Shares of 0.050731 % that differ by 5e-12 are equal; 1.25 and 1.35 % are not.
    #[test]
    fn ends_apart_by_noise_are_one() {
        let late = |low: f64, high: f64| apart(&Outcome::Late, [low, high]);
        let [low, high] = late(0.000_507_308_629, 0.000_507_308_634);
        assert_eq!([low, high], ["0.1\u{a0}%", "0.1\u{a0}%"]);
        let [low, high] = late(0.012_5, 0.013_5);
        assert_ne!(low, high);
    }
}
