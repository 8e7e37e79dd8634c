//! Wrapped records: in arrays under a key of their own, or as pairs of names and values.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::answer::Answers;
use super::format::{Mark, document_of, recognized};
use super::nest;
use super::split::CONTAINERS;

/// Maximum depth of the arrays that are searched.
const DEPTH_MOST: usize = 3;
/// Maximum elements of an array that are examined.
const ASKED_MOST: usize = 20;

/// Keys of arrays with parts of a document rather than records.
const OF_DOCUMENTS: [&str; 5] = [
    "value",
    "MetricDataResults",
    "Datapoints",
    "timeSeries",
    "result",
];

/// Whether the array under a key holds parts of a document.
pub(crate) fn is_of_document(key: &str) -> bool {
    OF_DOCUMENTS.contains(&key)
}

/// Whether a record, or one nested in it, has the names of a source.
pub(crate) fn is_record(value: &Value) -> bool {
    let mark = recognized(&nest::names(value));
    matches!(mark, Mark::Rows(_) | Mark::Refused(..)) || nest::find(value).is_some()
}

/// Whether a document has an array with elements.
pub(crate) fn is_page(value: &Value) -> bool {
    let mut lists = CONTAINERS.iter().filter_map(|key| value.get(*key));
    lists.any(Value::is_array) || value.pointer("/data/result").is_some()
}

/// The first array of records, under any key.
pub(crate) fn list<'v>(value: &'v Value, answers: &Answers) -> Option<&'v [Value]> {
    list_at(value, answers, DEPTH_MOST)
}

fn list_at<'v>(value: &'v Value, answers: &Answers, depth: usize) -> Option<&'v [Value]> {
    if depth == 0 {
        return None;
    }
    let members = value.as_object()?.values();
    let lists = members.clone().filter_map(Value::as_array);
    let is_known = |each: &Value| is_record(each) || document_of("", each, answers).is_some();
    let mut lists = lists.filter(|list| list.iter().take(ASKED_MOST).any(is_known));
    let own = lists.next().map(Vec::as_slice);
    own.or_else(|| {
        let mut objects = members.filter(|member| member.is_object());
        objects.find_map(|member| list_at(member, answers, depth - 1))
    })
}

/// Text of a record. `CloudWatch` Logs Insights writes records as `[{"field":…,"value":…},…]`.
pub(crate) fn record_text(text: &str) -> Cow<'_, str> {
    let pairs = text.starts_with('[').then(|| serde_json::from_str(text));
    let Some(Ok(Value::Array(pairs))) = pairs else {
        return Cow::Borrowed(text);
    };
    let pair = |pair: &Value| {
        let name = pair.get("field")?.as_str()?;
        Some((name.to_owned(), pair.get("value")?.clone()))
    };
    let record: Option<Map<String, Value>> = pairs.iter().map(pair).collect();
    record.map_or(Cow::Borrowed(text), |record| {
        Cow::Owned(Value::Object(record).to_string())
    })
}
