//! What a query of Prometheus comes to that an autoscaler follows: a multiple of a sum or of a
//! mean of one metric.

use super::promql::{By, Label, Node};
use crate::scenario::scaling::LoadMetric;

const OTHER: &str = "asks for more than a sum or a mean of one metric, and is held constant";
const QUANTILE: &str = "asks for a quantile of times, which does not follow the requests: held \
                        constant";
const OF_ONE: &str = "asks for one pod's value and not for the sum or the mean: held constant";
const GROUPS: &str = "gives a row for each group, and KEDA takes a query of one row only";
const BOUND: &str = "counts from a bound of its own only, which is not modelled: held constant";

/// Longest window that follows the requests as if it had none, seconds.
const SHORT_S: f64 = 300.0;

/// The remark on a mean over a long time; none of a short one.
pub(super) fn late(node: &Node) -> Option<String> {
    let window_s = node.window_s().filter(|window_s| SHORT_S < *window_s)?;
    Some(format!(
        "it is a mean over {}, which follows a change late, and is read as if it followed at once",
        span(window_s)
    ))
}

/// How the rows of a metric come to one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    /// Added up.
    Sum,
    /// Their mean.
    Mean,
    /// The one row that there is.
    One,
}

/// A multiple of a sum or of a mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    pub(crate) function: Function,
    /// The metric; a rate is named as a rule that records it would be: `requests_total:rate5m`.
    pub(crate) name: String,
    /// What it is multiplied by.
    pub(crate) factor: f64,
    /// Whether it asks for some rows by their labels.
    pub(crate) has_labels: bool,
    /// The remark on a long window.
    pub(crate) late: Option<String>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// Why it is none that an autoscaler's model could follow.
    pub(crate) fn read(text: &str) -> Result<Self, &'static str> {
        let node = Node::read(text).ok_or(OTHER)?;
        let query = Self {
            late: late(&node),
            ..of(&node)?
        };
        // What nothing is asked of cannot be followed.
        let is_usable = LoadMetric::is_name(&query.name) && 0.0 < query.factor;
        is_usable.then_some(query).ok_or(OTHER)
    }

    /// The threshold of the metric itself.
    pub(crate) fn target(&self, threshold: f64) -> f64 {
        threshold / self.factor
    }
}

fn of(node: &Node) -> Result<Query, &'static str> {
    match node {
        Node::Pair(operator, left, right) => pair(operator, left, right),
        Node::Call(name, by, parts) => match (name.as_str(), parts.as_slice()) {
            // Rounded by less than one, and not below nothing: the same for a fleet.
            ("ceil" | "floor" | "round" | "scalar" | "abs", [inner, ..]) => of(inner),
            ("clamp_min", [inner, least]) => match least.number() {
                Some(least) if least <= 0.0 => of(inner),
                _ => Err(BOUND),
            },
            ("clamp_max" | "clamp", _) => Err(BOUND),
            ("histogram_quantile" | "quantile" | "histogram_avg", _) => Err(QUANTILE),
            ("sum", [inner]) => sum(inner, by.as_ref()),
            ("avg", [inner]) => mean(inner, by.as_ref()),
            ("max" | "min", [inner]) => one(inner),
            _ => rows(node, Function::One),
        },
        _ => rows(node, Function::One),
    }
}

fn pair(operator: &str, left: &Node, right: &Node) -> Result<Query, &'static str> {
    let scaled = |inner: &Node, factor: f64| {
        let query = of(inner)?;
        let factor = query.factor * factor;
        Ok(Query { factor, ..query })
    };
    match (operator, left.number(), right.number()) {
        // Nothing where there are no rows.
        ("or" | "+" | "-", None, Some(0.0)) => of(left),
        // Leaves out what is nothing anyway.
        (">" | ">=", None, Some(nothing)) if nothing <= 0.0 => of(left),
        ("*", None, Some(factor)) => scaled(left, factor),
        ("*", Some(factor), None) => scaled(right, factor),
        ("/", None, Some(divisor)) if divisor != 0.0 => scaled(left, 1.0 / divisor),
        ("/", None, None) => by_count(left, right),
        _ => Err(OTHER),
    }
}

/// A sum divided by the number of the same rows is their mean.
fn by_count(left: &Node, right: &Node) -> Result<Query, &'static str> {
    let counted = match right {
        Node::Call(name, None, parts) if name == "count" => parts.first(),
        _ => None,
    };
    let query = of(left)?;
    let counted = counted.and_then(|rows| self::rows(rows, Function::One).ok());
    match (query.function, counted) {
        (Function::Sum, Some(counted)) if counted.name == query.name => Ok(Query {
            function: Function::Mean,
            ..query
        }),
        _ => Err(OTHER),
    }
}

/// A sum, also of sums; kept apart by labels it is one row only where those are asked for.
fn sum(inner: &Node, by: Option<&By>) -> Result<Query, &'static str> {
    let query = match inner {
        Node::Call(name, _, parts) if name == "sum" && parts.len() == 1 => sum(&parts[0], None)?,
        _ => of(inner)?,
    };
    is_one_row(inner, by)?;
    match query.function {
        Function::One | Function::Sum => Ok(Query {
            function: Function::Sum,
            ..query
        }),
        Function::Mean => Ok(query),
    }
}

fn mean(inner: &Node, by: Option<&By>) -> Result<Query, &'static str> {
    let query = rows(inner, Function::Mean)?;
    is_one_row(inner, by)?;
    Ok(query)
}

/// The largest or the least of one row is that row.
fn one(inner: &Node) -> Result<Query, &'static str> {
    let query = of(inner)?;
    match query.function {
        Function::One => Err(OF_ONE),
        _ => Ok(query),
    }
}

fn is_one_row(inner: &Node, by: Option<&By>) -> Result<(), &'static str> {
    let Some(by) = by else { return Ok(()) };
    let metrics = inner.metrics();
    let is_fixed = |name: &String| {
        let of = |labels: &[Label]| {
            let mut own = labels.iter();
            own.any(|label| label.name == *name && label.operator == "=")
        };
        metrics.iter().all(|(_, labels)| of(labels))
    };
    let is_one = !by.is_without && by.labels.iter().all(is_fixed);
    is_one.then_some(()).ok_or(GROUPS)
}

/// A span of time as Prometheus writes it.
fn span(seconds: f64) -> String {
    let spans = [("h", 3_600.0), ("m", 60.0), ("s", 1.0), ("ms", 1e-3)];
    let is_whole = |one_s: f64| (seconds / one_s).fract() <= 0.0 && one_s <= seconds;
    let (unit, one_s) = spans
        .into_iter()
        .find(|(_, one_s)| is_whole(*one_s))
        .unwrap_or(("s", 1.0));
    format!("{}{unit}", seconds / one_s)
}

/// The rows of a metric, or of its rate.
fn rows(node: &Node, function: Function) -> Result<Query, &'static str> {
    let of = |name: String, labels: &[Label]| Query {
        function,
        name,
        factor: 1.0,
        has_labels: !labels.is_empty(),
        late: None,
    };
    match node {
        Node::Rows(name, labels) => Ok(of(name.clone(), labels)),
        Node::Call(rate, None, parts) => match (rate.as_str(), parts.as_slice()) {
            ("rate" | "irate" | "increase", [Node::Over(inner, window_s)]) => {
                let Node::Rows(name, labels) = &**inner else {
                    return Err(OTHER);
                };
                let name = format!("{name}:rate{}", span(*window_s));
                // Over its window a rate adds up to the increase.
                let factor = if rate == "increase" { *window_s } else { 1.0 };
                let query = of(name, labels);
                Ok(Query { factor, ..query })
            }
            ("histogram_quantile", _) => Err(QUANTILE),
            _ => Err(OTHER),
        },
        _ => Err(OTHER),
    }
}
