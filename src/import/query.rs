//! Result of a Prometheus query that an autoscaler follows: a multiple of the sum or mean of one
//! metric.

use super::promql::{By, Label, Node};
use crate::scenario::scaling::LoadMetric;

const OTHER: &str = "asks for more than a sum or a mean of one metric, and is held constant";
const QUANTILE: &str = "asks for a quantile of times, which does not follow the requests: held \
                        constant";
const OF_ONE: &str = "asks for one pod's value and not for the sum or the mean: held constant";
const GROUPS: &str = "gives a row for each group, and KEDA takes a query of one row only";
const BOUND: &str = "counts from a bound of its own only, which is not modelled: held constant";

/// Longest window whose delay is negligible, in seconds.
const SHORT_S: f64 = 300.0;

/// Note on a mean over a long window; `None` for a short one.
pub(super) fn late(node: &Node) -> Option<String> {
    let window_s = node.window_s().filter(|window_s| SHORT_S < *window_s)?;
    Some(format!(
        "it is a mean over {}, which follows a change late, and is read as if it followed at once",
        span(window_s)
    ))
}

/// Aggregation of a metric's series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    /// Sum of the series.
    Sum,
    /// Mean of the series.
    Mean,
    /// Single series.
    One,
}

/// Multiple of a sum or mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    pub(crate) function: Function,
    /// Metric; a rate is named as a recording rule would name it: `requests_total:rate5m`.
    pub(crate) name: String,
    /// Factor of the metric.
    pub(crate) factor: f64,
    /// Whether the query selects by labels.
    pub(crate) has_labels: bool,
    /// Note on a long window.
    pub(crate) late: Option<String>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// The reason why the model of an autoscaler cannot follow the query.
    pub(crate) fn read(text: &str) -> Result<Self, &'static str> {
        let node = Node::read(text).ok_or(OTHER)?;
        let query = Self {
            late: late(&node),
            ..of(&node)?
        };
        // A query without a known metric cannot be followed.
        let is_usable = LoadMetric::is_name(&query.name) && 0.0 < query.factor;
        is_usable.then_some(query).ok_or(OTHER)
    }

    /// Threshold converted to the metric itself.
    pub(crate) fn target(&self, threshold: f64) -> f64 {
        threshold / self.factor
    }
}

fn of(node: &Node) -> Result<Query, &'static str> {
    match node {
        Node::Pair(operator, left, right) => pair(operator, left, right),
        Node::Call(name, by, parts) => match (name.as_str(), parts.as_slice()) {
            // Rounding by less than 1, to no less than 0, does not matter for a fleet.
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
        // Only provides a zero where there are no series.
        ("or" | "+" | "-", None, Some(0.0)) => of(left),
        // Only drops values of zero.
        (">" | ">=", None, Some(nothing)) if nothing <= 0.0 => of(left),
        ("*", None, Some(factor)) => scaled(left, factor),
        ("*", Some(factor), None) => scaled(right, factor),
        ("/", None, Some(divisor)) if divisor != 0.0 => scaled(left, 1.0 / divisor),
        ("/", None, None) => by_count(left, right),
        _ => Err(OTHER),
    }
}

/// Sum divided by the number of its series, as a mean.
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

/// Sum, possibly nested; a grouped one is a single series only with label matchers.
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

/// Maximum or minimum of a single series.
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

/// Duration in Prometheus notation.
fn span(seconds: f64) -> String {
    let spans = [("h", 3_600.0), ("m", 60.0), ("s", 1.0), ("ms", 1e-3)];
    let is_whole = |one_s: f64| (seconds / one_s).fract() <= 0.0 && one_s <= seconds;
    let (unit, one_s) = spans
        .into_iter()
        .find(|(_, one_s)| is_whole(*one_s))
        .unwrap_or(("s", 1.0));
    format!("{}{unit}", seconds / one_s)
}

/// Series of a metric or of its rate.
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
                // An increase is the rate times its window.
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
