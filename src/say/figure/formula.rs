//! A formula with its values, in reading order.

use std::borrow::Cow;

use serde::Serialize;

use super::{source, term};
use crate::plan::{Expr, Op, Term};
use crate::say::words;
use crate::scenario::number::{EXACT, decimal, grouped, in_tenths};

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// An operator or a bracket: `×`, `÷`, `+`, `−`, `(`, `)`, `⌈`, `⌉`.
    Op(&'static str),
    /// A value.
    Value {
        /// As shown.
        text: String,
        /// In full.
        exact: f64,
        /// Key of the field it comes from, if it is typed in.
        field: Option<&'static str>,
    },
}

/// A value of a formula and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "Term")]
pub struct Told {
    /// What it is.
    pub label: &'static str,
    /// Its value as shown.
    pub text: String,
    /// Where it comes from.
    pub source: Cow<'static, str>,
}

/// Parts of the formula, from left to right.
pub fn parts(formula: &Expr) -> Vec<Part> {
    // Capacity for most formulas.
    let mut parts = Vec::with_capacity(9);
    read(formula, &mut parts);
    parts
}

/// The formula in one line.
pub fn line(formula: &Expr) -> String {
    let texts = parts(formula).into_iter().map(|part| match part {
        Part::Op(op) => Cow::Borrowed(op),
        Part::Value { text, .. } => Cow::Owned(text),
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// The distinct values with their sources.
pub fn terms(formula: &Expr) -> Vec<Told> {
    let mut terms: Vec<&Term> = Vec::with_capacity(5);
    gather(formula, &mut terms);
    let told = |term: &Term| Told {
        label: term::label(term.id),
        text: text(term),
        source: source::source(&term.source),
    };
    terms.into_iter().map(told).collect()
}

fn gather<'a>(formula: &'a Expr, terms: &mut Vec<&'a Term>) {
    match formula {
        Expr::Value(term) if terms.iter().any(|known| known.id == term.id) => {}
        Expr::Value(term) => terms.push(term),
        Expr::Pair { left, right, .. } => {
            gather(left, terms);
            gather(right, terms);
        }
        Expr::Ceil(inner) => gather(inner, terms),
    }
}

fn read(formula: &Expr, parts: &mut Vec<Part>) {
    match formula {
        Expr::Value(term) => parts.push(Part::Value {
            text: text(term),
            exact: term.value,
            field: term.field(),
        }),
        Expr::Pair { left, op, right } => {
            bracketed(left, binds(left) < strength(*op), parts);
            parts.push(Part::Op(sign(*op)));
            bracketed(right, binds(right) <= strength(*op), parts);
        }
        Expr::Ceil(inner) => {
            parts.push(Part::Op("⌈"));
            read(inner, parts);
            parts.push(Part::Op("⌉"));
        }
    }
}

fn bracketed(formula: &Expr, is_needed: bool, parts: &mut Vec<Part>) {
    if is_needed {
        parts.push(Part::Op("("));
        read(formula, parts);
        parts.push(Part::Op(")"));
    } else {
        read(formula, parts);
    }
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Add => "+",
        Op::Subtract => "−",
        Op::Multiply => "×",
        Op::Divide => "÷",
    }
}

fn strength(op: Op) -> u8 {
    match op {
        Op::Add | Op::Subtract => 1,
        Op::Multiply | Op::Divide => 2,
    }
}

/// Precedence of a formula's operator.
fn binds(formula: &Expr) -> u8 {
    match formula {
        Expr::Pair { op, .. } => strength(*op),
        Expr::Value(_) | Expr::Ceil(_) => 3,
    }
}

fn text(term: &Term) -> String {
    shown(term.value, term::unit(term.unit))
}

/// A value inside a formula: whole numbers exactly, others to four digits.
fn shown(exact: f64, unit: &str) -> String {
    let size = exact.abs();
    let digits = if (exact.fract() == 0.0 && size < EXACT) || size.is_nan() {
        grouped(exact)
    } else if size < 1_000.0 {
        // Small values need more decimals.
        let mut digits = if size < 0.01 {
            format!("{exact:.9}")
        } else {
            four_places(exact)
        };
        let end = digits.trim_end_matches('0').trim_end_matches('.').len();
        digits.truncate(end);
        digits
    } else {
        in_tenths(exact)
    };
    match unit {
        "" => digits,
        "$" => ["$", &digits].concat(),
        unit if unit.starts_with('/') => digits + unit,
        unit => words::with_unit(&digits, unit),
    }
}

/// Four decimals, for values below a thousand.
fn four_places(exact: f64) -> String {
    let units = exact * 1e4;
    // The product itself is rounded: near a half only the exact value decides.
    let is_clear = 1e-6 < (units.fract().abs() - 0.5).abs();
    if is_clear && units.abs() < 9_999_999.0 {
        decimal(libm::round(units), 4)
    } else {
        format!("{exact:.4}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_people_write_them() {
        let cases = [
            (1_440_000.0, "/day", "1,440,000/day"),
            (1.736_111_1, "rps", "1.7361 rps"),
            (239_583.333, "", "239,583.3"),
            (0.000_012, "", "0.000012"),
            (64.0, "", "64"),
            (12.5, "$", "$12.5"),
        ];
        for (exact, unit, text) in cases {
            assert_eq!(shown(exact, unit), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn four_places_by_division_are_those_of_the_standard_library(
            exact in 0.01..1_000.0,
            units in 0_i32..20_000_000,
        ) {
            for exact in [exact, f64::from(units) / 2e4, 999.999_96] {
                proptest::prop_assert_eq!(four_places(exact), format!("{exact:.4}"));
            }
        }
    }
}
