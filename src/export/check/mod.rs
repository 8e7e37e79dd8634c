//! Faults by the rules of a file's target, in the target's own words.
//!
//! Schema validators check types and unknown fields, but neither ranges nor rules between fields.
//! These rules are written out here, one file per kind of object. Source: Kubernetes 1.33,
//! `pkg/apis/*/validation`, and strict field validation for unknown fields.

mod hpa;
mod keda;
mod workload;

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::Fault;
use crate::model::digits;
use crate::say::export::check as say;

pub use hpa::{hpa, hpa_of};
pub use keda::needs_a_pod;
pub use workload::{deployment, disruption_budget, service};

/// Faults that an API server would find in a manifest; `None` for an unknown kind.
pub fn manifest(manifest: &Value) -> Option<Vec<Fault>> {
    match manifest.get("kind").and_then(Value::as_str)? {
        "HorizontalPodAutoscaler" => Some(hpa(manifest)),
        "Deployment" => Some(deployment(manifest)),
        "Service" => Some(service(manifest)),
        "PodDisruptionBudget" => Some(disruption_budget(manifest)),
        _ => None,
    }
}

fn is_dns_subdomain(name: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let label_ok = |label: &str| {
        !label.is_empty()
            && label.bytes().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(label_ok)
}

/// Whether a quantity is positive, such as `50`, `"50"`, `"500m"`, `"1.5Gi"` or `"2e3"`.
fn is_positive_quantity(quantity: &Value) -> bool {
    amount(quantity).is_some_and(|amount| 0.0 < amount)
}

/// Numeric value of a quantity; `None` if the API would not accept it.
pub fn amount(quantity: &Value) -> Option<f64> {
    // Divided, not multiplied: a thousandth has no exact binary fraction, and 700m is 700 / 1,000.
    const PARTS: [(&str, f64); 3] = [("n", 1e9), ("u", 1e6), ("m", 1e3)];
    const SUFFIXES: [(&str, f64); 13] = [
        ("", 1.0),
        ("k", 1e3),
        ("M", 1e6),
        ("G", 1e9),
        ("T", 1e12),
        ("P", 1e15),
        ("E", 1e18),
        ("Ki", 1_024.0),
        ("Mi", 1_048_576.0),
        ("Gi", 1_073_741_824.0),
        ("Ti", 1_099_511_627_776.0),
        ("Pi", 1_125_899_906_842_624.0),
        ("Ei", 1_152_921_504_606_846_976.0),
    ];
    let text = match quantity {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let text = text.strip_prefix('+').unwrap_or(&text);
    let end = text.find(|c: char| c != '.' && !c.is_ascii_digit());
    let (number, suffix) = text.split_at(end.unwrap_or(text.len()));
    let number = digits::read(number)?;
    if let Some((_, parts)) = PARTS.iter().find(|(name, _)| *name == suffix) {
        return Some(number / parts);
    }
    if let Some((_, factor)) = SUFFIXES.iter().find(|(name, _)| *name == suffix) {
        return Some(number * factor);
    }
    let exponent: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    let amount = number * libm::pow(10.0, f64::from(exponent));
    amount.is_finite().then_some(amount)
}

/// Faults of a file, each with the input behind it.
struct Faults {
    found: Vec<Fault>,
    /// Paths in the exported object, each with the input behind it.
    fields: &'static [(&'static str, &'static str)],
    /// API version of the known fields.
    api: &'static str,
}

impl Faults {
    fn of(api: &'static str, fields: &'static [(&'static str, &'static str)]) -> Self {
        let found = Vec::new();
        Self { found, fields, api }
    }

    fn add(&mut self, path: &str, message: &str) {
        let field = self.fields.iter().find(|(known, _)| *known == path);
        let message = format!("{path} {message}");
        self.found
            .push(Fault::new(field.map(|(_, key)| *key), message));
    }
}

/// Object in the manifest, and its path.
struct Node<'a> {
    fields: &'a Map<String, Value>,
    path: String,
}

impl<'a> Node<'a> {
    fn root(value: &'a Value, faults: &mut Faults) -> Option<Self> {
        Self::object(value, String::new(), faults)
    }

    fn object(value: &'a Value, path: String, faults: &mut Faults) -> Option<Self> {
        if let Value::Object(fields) = value {
            return Some(Self { fields, path });
        }
        faults.add(&path, say::OBJECT);
        None
    }

    fn at(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn known(&self, names: &[&str], faults: &mut Faults) {
        for name in self.fields.keys() {
            if !names.contains(&name.as_str()) {
                let message = say::unknown(faults.api);
                faults.add(&self.at(name), &message);
            }
        }
    }

    fn present(&self, name: &str, faults: &mut Faults) -> Option<&'a Value> {
        let value = self.fields.get(name);
        if value.is_none() {
            faults.add(&self.at(name), say::REQUIRED);
        }
        value
    }

    fn required(&self, name: &str, faults: &mut Faults) -> Option<Self> {
        let value = self.present(name, faults)?;
        Self::object(value, self.at(name), faults)
    }

    fn optional(&self, name: &str, faults: &mut Faults) -> Option<Self> {
        let value = self.fields.get(name)?;
        Self::object(value, self.at(name), faults)
    }

    /// Objects of a list; `None` if there is no list.
    fn items(&self, name: &str, faults: &mut Faults) -> Option<Vec<Self>> {
        let path = self.at(name);
        let Value::Array(items) = self.fields.get(name)? else {
            faults.add(&path, say::LIST);
            return None;
        };
        let items = items.iter().enumerate();
        let objects =
            items.filter_map(|(n, item)| Self::object(item, format!("{path}.{n}"), faults));
        Some(objects.collect())
    }

    /// Checks `metadata.name`.
    fn named(&self, faults: &mut Faults) {
        if let Some(metadata) = self.required("metadata", faults)
            && let Some(name) = metadata.text("name", faults)
            && !is_dns_subdomain(name)
        {
            faults.add(&metadata.at("name"), say::NAME);
        }
    }

    fn text(&self, name: &str, faults: &mut Faults) -> Option<&'a str> {
        let text = self.present(name, faults)?.as_str();
        if text.is_none_or(str::is_empty) {
            faults.add(&self.at(name), say::TEXT);
        }
        text
    }

    fn word(&self, name: &str, allowed: &[&str], faults: &mut Faults) -> Option<&'a str> {
        let text = self.text(name, faults)?;
        if !allowed.contains(&text) {
            faults.add(&self.at(name), &say::word(allowed));
        }
        Some(text)
    }

    fn integer(&self, name: &str, range: RangeInclusive<i64>, faults: &mut Faults) -> Option<i64> {
        let value = self.fields.get(name)?;
        let whole = value.as_i64();
        if whole.is_none_or(|whole| !range.contains(&whole)) {
            let message = say::integer(&range, &value.to_string());
            faults.add(&self.at(name), &message);
        }
        whole
    }
}
