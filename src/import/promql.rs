//! Parser of Prometheus expressions, as far as queries of autoscalers and alert rules use them.
//!
//! # Source
//!
//! prometheus.io, "Querying basics", "Operators" and "Functions" (3.x).

use super::value::seconds;
use crate::model::digits;

/// Maximum nesting depth.
const DEEPEST: usize = 40;
/// Operators in an expression, each of which may lie in the next.
const MOST_PAIRS: usize = 500;
/// Longest expression, bytes.
const LONGEST: usize = 20_000;
/// Aggregation functions.
const SUMS: [&str; 12] = [
    "sum",
    "avg",
    "min",
    "max",
    "count",
    "stddev",
    "stdvar",
    "group",
    "topk",
    "bottomk",
    "quantile",
    "count_values",
];
/// Operators by precedence, lowest first; those on one line are equal.
const OPERATORS: [&[&str]; 6] = [
    &["or"],
    &["and", "unless"],
    &["==", "!=", "<=", ">=", "<", ">"],
    &["+", "-"],
    &["*", "/", "%", "atan2"],
    &["^"],
];

/// Part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// A number.
    Number(f64),
    /// A text.
    Text,
    /// Series of a metric, with label matchers.
    Rows(String, Vec<Label>),
    /// Series over a window, in seconds.
    Over(Box<Node>, f64),
    /// Function call; an aggregation may group by labels.
    Call(String, Option<By>, Vec<Node>),
    /// Operator between two operands.
    Pair(String, Box<Node>, Box<Node>),
}

/// Label matcher.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) operator: String,
    pub(super) value: String,
}

/// Labels that an aggregation groups by or drops.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct By {
    pub(super) is_without: bool,
    pub(super) labels: Vec<String>,
}

impl Node {
    /// Parses an expression; `None` if unknown.
    pub(super) fn read(text: &str) -> Option<Self> {
        if LONGEST < text.len() {
            return None;
        }
        let mut reader = Reader {
            rest: text,
            pairs: 0,
        };
        let node = reader.level(0, 0)?;
        reader.skip();
        reader.rest.is_empty().then_some(node)
    }

    /// Value of a part that only has numbers.
    pub(super) fn number(&self) -> Option<f64> {
        let value = match self {
            Self::Number(value) => *value,
            Self::Pair(operator, left, right) => {
                let (left, right) = (left.number()?, right.number()?);
                match operator.as_str() {
                    "+" => left + right,
                    "-" => left - right,
                    "*" => left * right,
                    "/" => left / right,
                    "^" => libm::pow(left, right),
                    _ => return None,
                }
            }
            Self::Call(name, _, parts) if name == "vector" || name == "scalar" => {
                parts.first()?.number()?
            }
            _ => return None,
        };
        value.is_finite().then_some(value)
    }

    /// Longest window in the expression, in seconds.
    pub(super) fn window_s(&self) -> Option<f64> {
        let longest = |parts: &mut dyn Iterator<Item = &Self>| {
            parts.filter_map(Self::window_s).max_by(f64::total_cmp)
        };
        match self {
            Self::Number(_) | Self::Text | Self::Rows(..) => None,
            Self::Over(_, window_s) => Some(*window_s),
            Self::Call(_, _, parts) => longest(&mut parts.iter()),
            Self::Pair(_, left, right) => longest(&mut [&**left, &**right].into_iter()),
        }
    }

    /// Metrics in the expression, each with its label matchers.
    pub(super) fn metrics(&self) -> Vec<(&str, &[Label])> {
        match self {
            Self::Number(_) | Self::Text => Vec::new(),
            Self::Rows(name, labels) => vec![(name, labels)],
            Self::Over(inner, _) => inner.metrics(),
            Self::Call(_, _, parts) => parts.iter().flat_map(Self::metrics).collect(),
            Self::Pair(_, left, right) => [left, right]
                .into_iter()
                .flat_map(|part| part.metrics())
                .collect(),
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    pairs: usize,
}

impl<'a> Reader<'a> {
    /// Skips white space and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix('#') else {
                return;
            };
            self.rest = comment.find('\n').map_or("", |end| &comment[end..]);
        }
    }

    fn take(&mut self, sign: &str) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Next word, without consuming it.
    fn word(&mut self) -> &'a str {
        self.skip();
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
        let end = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    fn take_word(&mut self) -> Option<&'a str> {
        let word = self.word();
        self.rest = &self.rest[word.len()..];
        (!word.is_empty()).then_some(word)
    }

    fn operator(&mut self, level: usize) -> Option<&'static str> {
        let word = self.word().to_ascii_lowercase();
        let all = OPERATORS[level].iter();
        let found = *all.into_iter().find(|sign| {
            if sign.starts_with(|c: char| c.is_ascii_alphabetic()) {
                word == **sign
            } else {
                self.rest.starts_with(**sign)
            }
        })?;
        self.rest = &self.rest[found.len()..];
        Some(found)
    }

    fn level(&mut self, level: usize, depth: usize) -> Option<Node> {
        if level == OPERATORS.len() {
            return self.signed(depth);
        }
        let mut left = self.level(level + 1, depth)?;
        while let Some(operator) = self.operator(level) {
            let operator = if self.word() == "bool" {
                self.take_word();
                format!("{operator} bool")
            } else {
                operator.to_owned()
            };
            self.matching()?;
            let right = self.level(level + 1, depth)?;
            self.pairs += 1;
            if MOST_PAIRS < self.pairs {
                return None;
            }
            left = Node::Pair(operator, Box::new(left), Box::new(right));
        }
        Some(left)
    }

    /// Skips vector matching clauses.
    fn matching(&mut self) -> Option<()> {
        while ["on", "ignoring", "group_left", "group_right"].contains(&self.word()) {
            let word = self.take_word()?;
            if self.take("(") {
                self.labels()?;
            } else if !word.starts_with("group") {
                return None;
            }
        }
        Some(())
    }

    fn signed(&mut self, depth: usize) -> Option<Node> {
        if DEEPEST < depth {
            return None;
        }
        if self.take("-") {
            let inner = Box::new(self.signed(depth + 1)?);
            return Some(Node::Pair(
                "*".to_owned(),
                Box::new(Node::Number(-1.0)),
                inner,
            ));
        }
        self.take("+");
        let mut node = self.single(depth)?;
        loop {
            if self.take("[") {
                let end = self.rest.find(']')?;
                let span = self.rest[..end].split(':').next()?;
                node = Node::Over(Box::new(node), seconds(span)?);
                self.rest = &self.rest[end + 1..];
            } else if self.word() == "offset" {
                self.take_word();
                self.take("-");
                self.take_word()?;
            } else {
                return Some(node);
            }
        }
    }

    fn single(&mut self, depth: usize) -> Option<Node> {
        if self.take("(") {
            let inner = self.level(0, depth + 1)?;
            return self.take(")").then_some(inner);
        }
        if self.rest.starts_with(['"', '\'', '`']) {
            self.text()?;
            return Some(Node::Text);
        }
        if self.rest.starts_with('{') {
            return self.rows(String::new());
        }
        if self
            .rest
            .starts_with(|c: char| c.is_ascii_digit() || c == '.')
        {
            return self.digits();
        }
        let word = self.take_word()?;
        let lower = word.to_ascii_lowercase();
        let is_sum = SUMS.contains(&lower.as_str());
        let mut by = if is_sum { self.by()? } else { None };
        if by.is_none() && !self.take("(") {
            return self.rows(word.to_owned());
        }
        if by.is_some() && !self.take("(") {
            return None;
        }
        let mut parts = Vec::new();
        while !self.take(")") {
            parts.push(self.level(0, depth + 1)?);
            if !self.take(",") && !self.rest.starts_with(')') {
                return None;
            }
        }
        if is_sum && by.is_none() {
            by = self.by()?;
        }
        Some(Node::Call(lower, by, parts))
    }

    /// Grouping of an aggregation; the outer `None` if unreadable.
    #[expect(clippy::option_option, reason = "none at all, and broken ones")]
    fn by(&mut self) -> Option<Option<By>> {
        let word = self.word().to_ascii_lowercase();
        if word != "by" && word != "without" {
            return Some(None);
        }
        self.take_word();
        if !self.take("(") {
            return None;
        }
        let labels = self.labels()?;
        let is_without = word == "without";
        Some(Some(By { is_without, labels }))
    }

    fn labels(&mut self) -> Option<Vec<String>> {
        let mut labels = Vec::new();
        while !self.take(")") {
            labels.push(self.take_word()?.to_owned());
            self.take(",");
        }
        Some(labels)
    }

    fn rows(&mut self, name: String) -> Option<Node> {
        let mut name = name;
        let mut labels = Vec::new();
        if self.take("{") {
            while !self.take("}") {
                let label = self.take_word()?.to_owned();
                self.skip();
                let signs = ["=~", "!~", "!=", "="];
                let operator = signs.into_iter().find(|sign| self.take(sign))?;
                self.skip();
                let value = self.text()?;
                if label == "__name__" && operator == "=" {
                    name = value;
                } else {
                    let operator = operator.to_owned();
                    labels.push(Label {
                        name: label,
                        operator,
                        value,
                    });
                }
                self.take(",");
            }
        }
        (!name.is_empty() || !labels.is_empty()).then_some(Node::Rows(name, labels))
    }

    fn text(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let mut text = String::new();
        let mut letters = self.rest.char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            if letter == quote {
                self.rest = &self.rest[at + 1..];
                return Some(text);
            }
            if letter == '\\' && quote != '`' {
                text.push(letters.next()?.1);
            } else {
                text.push(letter);
            }
        }
        None
    }

    /// Number, with an optional exponent, or a duration such as `5m`.
    fn digits(&mut self) -> Option<Node> {
        let bytes = self.rest.as_bytes();
        let mut end = 0;
        while let Some(byte) = bytes.get(end) {
            let is_sign = (*byte == b'-' || *byte == b'+')
                && bytes[..end]
                    .last()
                    .is_some_and(|last| last.eq_ignore_ascii_case(&b'e'));
            if !byte.is_ascii_alphanumeric() && *byte != b'.' && *byte != b'_' && !is_sign {
                break;
            }
            end += 1;
        }
        let text = self.rest[..end].replace('_', "");
        self.rest = &self.rest[end..];
        let number = match text.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16).ok().map(f64::from),
            None => digits::read(&text).or_else(|| seconds(&text)),
        };
        number
            .filter(|number: &f64| number.is_finite())
            .map(Node::Number)
    }
}
