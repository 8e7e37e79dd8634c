//! What matters most.

use super::interval::value;
use crate::plan::FigureId;
use crate::plan::uncertainty::{Bar, Input, Outcome, Place, Tornado, Uncertainty};
use crate::say::words;
use crate::scenario::Scenario;
use crate::scenario::number::grouped;
use crate::scenario::property::{Entry, Form, REQUESTS, Range};

/// Name of an input: `Requests`, `OpenAI: TPM`; of a workload only where there are several.
pub fn input(sure: &Uncertainty, index: usize) -> String {
    let Some(input) = sure.inputs.get(index) else {
        return String::new();
    };
    let is_several = |input: &Input| match input.place {
        Place::Scenario => false,
        Place::Provider(_) => true,
        Place::Workload(at) => sure
            .inputs
            .iter()
            .any(|other| matches!(other.place, Place::Workload(place) if place != at)),
    };
    let label = match input.spec.key {
        "avg-input-tokens" => "Input tokens",
        "avg-output-tokens" => "Output tokens",
        _ => input.spec.label,
    };
    if is_several(input) {
        [&input.row, ": ", label].concat()
    } else {
        label.to_owned()
    }
}

/// An outcome in a sentence: `the load until the first limit`.
pub fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Room => "the multiple of today’s load that fits",
        Outcome::Figure(id) => match id {
            FigureId::Gateways => "gateways at the peak",
            FigureId::TightestLimit => "use of the tightest limit",
            FigureId::PeakTokens => "tokens in the peak minute",
            FigureId::InFlight => "requests in flight at the peak",
            FigureId::StoredEvents => "stored events",
            FigureId::Cost => "cost per month",
            _ => "this figure",
        },
    }
}

/// The question that a tornado answers.
pub fn question(of: &Outcome) -> String {
    format!("What moves {}?", outcome(of))
}

/// A value of an outcome, in its unit.
pub fn axis_end(of: &Outcome, result: f64) -> String {
    match of {
        Outcome::Room => words::multiple(result),
        Outcome::Figure(id) => value(id, result),
    }
}

/// Every range with its ends; none where no number is one.
pub(in crate::say) fn ranges(scenario: &Scenario, sure: &Uncertainty) -> Option<String> {
    let each = sure.inputs.iter().enumerate();
    let each = each.map(|(index, ranged)| {
        let period = match ranged.place {
            Place::Workload(at) if ranged.spec.key == REQUESTS.key => {
                scenario.workloads.get(at).map(|row| row.period.key())
            }
            _ => None,
        };
        let unit = period.map_or_else(|| unit(ranged.spec.unit), |period| [" a ", period].concat());
        format!("{} {}{unit}", input(sure, index), span(&ranged.range))
    });
    let all = each.collect::<Vec<_>>().join("; ");
    (!all.is_empty()).then(|| format!("Ranges, by their 5 and 95 % points: {all}."))
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

/// A unit behind its number inside a sentence: ` a minute`, ` %`.
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

/// The words at a bar: the input's ends, and the outcome at each.
pub fn bar(sure: &Uncertainty, of: &Outcome, bar: &Bar) -> String {
    let Some(ranged) = sure.inputs.get(bar.input) else {
        return String::new();
    };
    let range = span(&ranged.range) + &unit(ranged.spec.unit);
    let other = if bar.is_other_first {
        "; another limit is reached first at an end"
    } else {
        ""
    };
    format!(
        "{} ({range}): {} to {}{other}",
        input(sure, bar.input),
        axis_end(of, bar.at_low),
        axis_end(of, bar.at_high)
    )
}

/// Which guess to replace by a measurement first.
pub fn measure(sure: &Uncertainty, tornado: &Tornado) -> Option<String> {
    let first = tornado.bars.first()?;
    let [low, high] = [first.at_low, first.at_high].map(|end| axis_end(&tornado.outcome, end));
    if low == high && 0.0 < first.swing() {
        return Some(format!(
            "Measure this first: {}. Alone it moves {} by less than the digits shown.",
            input(sure, first.input),
            outcome(&tornado.outcome)
        ));
    }
    if low == high {
        return Some(format!(
            "Measure this first: {}. No number alone moves {}; over all futures this one goes \
             with it most closely.",
            input(sure, first.input),
            outcome(&tornado.outcome)
        ));
    }
    Some(format!(
        "Measure this first: {}. Alone it moves {} from {} to {}.",
        input(sure, first.input),
        outcome(&tornado.outcome),
        low,
        high
    ))
}

/// Where one at a time and the draws disagree: inputs that act together.
pub fn together(sure: &Uncertainty, tornado: &Tornado) -> Option<String> {
    if let Some(strongest) = tornado.first_by_draws {
        return Some(format!(
            "Over all futures {} goes with it most closely: inputs act together here, or a limit \
             cuts one of them off.",
            input(sure, strongest)
        ));
    }
    let acting: Vec<String> = tornado
        .bars
        .iter()
        .filter(|bar| bar.interacts())
        .map(|bar| input(sure, bar.input))
        .collect();
    (!acting.is_empty()).then(|| {
        format!(
            "{} matters together with others, and hardly alone.",
            acting.join(", ")
        )
    })
}
