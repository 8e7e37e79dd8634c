//! The series that rules of Prometheus record, so that an alert on one is read as if it asked for
//! its expression.

use std::collections::BTreeMap;

use serde_json::Value;

use super::promql::{Label, Node};

/// Recordings that name each other.
const DEEPEST: usize = 8;
/// Parts of an expression with all recordings in it.
const MOST: usize = 5_000;
/// Parts inside each other.
const MOST_NESTED: usize = 600;

/// The rules of a document, each with its place.
pub(super) fn rules(document: &Value) -> Vec<(String, &Value)> {
    let (groups, path) = match document["spec"]["groups"].as_array() {
        Some(groups) => (Some(groups), "spec.groups"),
        None => (document["groups"].as_array(), "groups"),
    };
    let groups = groups.into_iter().flatten().enumerate();
    let rules = groups.flat_map(|(group, one)| {
        let rules = one["rules"].as_array().into_iter().flatten().enumerate();
        rules.map(move |(index, rule)| (format!("{path}.{group}.rules.{index}"), rule))
    });
    rules.collect()
}

/// Expressions by the name of their series; none where two rules of a name differ.
#[derive(Default)]
pub(super) struct Recordings(BTreeMap<String, Option<Node>>);

impl Recordings {
    /// Those of some documents, without those that are known here by their own name.
    pub(super) fn of<'d>(
        documents: impl Iterator<Item = &'d Value>,
        is_known: fn(&str) -> bool,
    ) -> Self {
        let mut found = BTreeMap::new();
        for (_, rule) in documents.flat_map(rules) {
            let Some(name) = rule["record"].as_str().filter(|name| !is_known(name)) else {
                continue;
            };
            let node = rule["expr"].as_str().and_then(Node::read);
            let own = found.entry(name.to_owned()).or_insert_with(|| node.clone());
            if *own != node {
                *own = None;
            }
        }
        Self(found)
    }

    /// Whether a rule that names this series is read by its expression.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(Option::is_some)
    }

    /// An expression with those of its recordings, and the names of these; as it is where it
    /// would grow without end.
    pub(super) fn follow(&self, node: &Node) -> (Node, Vec<String>) {
        let (mut names, mut room) = (Vec::new(), MOST);
        match self.whole(node, (&mut names, &mut room), (0, 0)) {
            Some(whole) => (whole, names),
            None => (node.clone(), Vec::new()),
        }
    }

    fn whole(
        &self,
        node: &Node,
        (names, room): (&mut Vec<String>, &mut usize),
        (depth, nested): (usize, usize),
    ) -> Option<Node> {
        *room = room.checked_sub(1)?;
        if MOST_NESTED < nested {
            return None;
        }
        let nested = nested + 1;
        let mut inner = |node: &Node| self.whole(node, (names, room), (depth, nested));
        Some(match node {
            Node::Rows(name, labels) => match self.0.get(name) {
                Some(Some(own)) if depth < DEEPEST => {
                    if !names.contains(name) {
                        names.push(name.clone());
                    }
                    let mut own = self.whole(own, (names, room), (depth + 1, nested))?;
                    narrow(&mut own, labels);
                    own
                }
                _ => node.clone(),
            },
            Node::Over(of, window_s) => Node::Over(Box::new(inner(of)?), *window_s),
            Node::Call(name, by, parts) => {
                let parts: Option<Vec<Node>> = parts.iter().map(inner).collect();
                Node::Call(name.clone(), by.clone(), parts?)
            }
            Node::Pair(sign, left, right) => {
                let (left, right) = (inner(left)?, inner(right)?);
                Node::Pair(sign.clone(), Box::new(left), Box::new(right))
            }
            Node::Number(_) | Node::Text => node.clone(),
        })
    }
}

/// Asks for rows with these labels as well.
fn narrow(node: &mut Node, labels: &[Label]) {
    match node {
        Node::Rows(_, own) => own.extend(labels.iter().cloned()),
        Node::Over(inner, _) => narrow(inner, labels),
        Node::Call(_, _, parts) => parts.iter_mut().for_each(|part| narrow(part, labels)),
        Node::Pair(_, left, right) => {
            narrow(left, labels);
            narrow(right, labels);
        }
        Node::Number(_) | Node::Text => {}
    }
}
