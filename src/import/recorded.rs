//! Measurements and response headers: no configuration, but recognized.

use serde_json::Value;

use super::env;
use super::reading::Unreadable;
use crate::model::digits;

/// Maximum number of headers listed.
const MOST: usize = 12;
const LIMITS: &str = "a table of limits, which is not read as one: type them into the rows of the \
                      providers, or write each as a row of a scenario file, as in providers: \
                      [{provider: openai, model: gpt-4o, rpm: 500, tpm: 30000}]";
const TABLE: &str = "a table in Markdown, which is not read: write it as a scenario file, as in \
                     hpa-min: 4";

/// Error for a text recognized as something other than a configuration.
pub(super) fn told(text: &str) -> Option<Unreadable> {
    let series = || is_series(text).then_some(Unreadable::Series);
    let table = || table(text);
    let source = || {
        terraform(text)
            .or_else(|| variables(text))
            .map(Unreadable::Source)
    };
    headers(text).or_else(table).or_else(series).or_else(source)
}

/// Error for a table: one in Markdown anywhere in a text, or a text with separators.
fn table(text: &str) -> Option<Unreadable> {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let is_rule = |line: &str| {
        line.contains('-') && line.contains('|') && line.chars().all(|c| "|-: ".contains(c))
    };
    let heads = lines.windows(2);
    let heads = heads.filter(|pair| pair[0].contains('|') && is_rule(pair[1].trim()));
    let heads: Vec<Head> = heads.map(|pair| head(pair[0])).collect();
    let is_csv = || is_rows(text) && head(lines[0]) == Head::Limits;
    if heads.contains(&Head::Limits) || is_csv() {
        return Some(Unreadable::Source(LIMITS.to_owned()));
    }
    if heads.contains(&Head::Course) {
        return Some(Unreadable::Series);
    }
    // What is wrong within a block of code goes before a table beside it.
    let is_table = !heads.is_empty() && !text.contains("```");
    is_table.then(|| Unreadable::Source(TABLE.to_owned()))
}

/// What the columns of a table hold.
#[derive(PartialEq)]
enum Head {
    Limits,
    /// With a time in each row they are a course, and no limits.
    Course,
    Other,
}

fn head(line: &str) -> Head {
    let line = line.to_ascii_lowercase();
    let of_any = |cell: &str, names: &[&str]| {
        let mut words = cell.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| names.contains(&word))
    };
    let spans = ["minute", "min", "hour", "day", "second", "sec"];
    let counted = ["requests", "request", "req", "tokens", "token"];
    let cells = || line.split(['|', ',', ';', '\t']);
    let is_limit = |cell: &str| {
        of_any(cell, &["rpm", "tpm", "rpd", "tpd"])
            || of_any(cell, &counted) && of_any(cell, &spans)
    };
    let is_time = |cell: &str| {
        of_any(cell, &["time", "timestamp", "date"])
            || of_any(cell, &spans) && !of_any(cell, &counted)
    };
    if cells().any(is_time) {
        Head::Course
    } else if cells().any(is_limit) {
        Head::Limits
    } else {
        Head::Other
    }
}

/// Description of a Terraform module, with the commands that show its result.
fn terraform(text: &str) -> Option<String> {
    let opens = |line: &str, word: &str| {
        let rest = line.strip_prefix(word).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with(['"', '{']) && line.trim_end().ends_with('{'))
    };
    let words = [
        "resource",
        "module",
        "variable",
        "provider",
        "terraform",
        "locals",
        "data",
    ];
    let blocks: Vec<&str> = text
        .lines()
        .filter(|line| words.iter().any(|word| opens(line, word)))
        .collect();
    if blocks.is_empty() {
        return None;
    }
    let has = |word: &str| blocks.iter().any(|line| line.contains(word));
    let mut kinds = Vec::new();
    for (word, kind) in [
        ("kubernetes_horizontal_pod_autoscaler", "hpa"),
        ("kubernetes_deployment", "deployment"),
        ("kubernetes_stateful_set", "statefulset"),
        ("kubernetes_config_map", "configmap"),
    ] {
        if has(word) {
            kinds.push(format!("kubectl get {kind} NAME -o yaml"));
        }
    }
    if has("helm_release") {
        kinds.push("helm get manifest NAME".to_owned());
    }
    if kinds.is_empty() {
        kinds.push("kubectl get hpa,deployment -o yaml".to_owned());
    }
    let commands = kinds.join(", or ");
    Some(format!(
        "Terraform without a plain value that is read here: read what it made, with {commands}"
    ))
}

/// Description of a file of variables without a known setting; names only, since values may be
/// secret.
fn variables(text: &str) -> Option<String> {
    let mut names = env::pairs(text)?.into_iter().map(|(_, name, _)| name);
    let list = names.by_ref().take(MOST).collect::<Vec<_>>().join(", ");
    (!list.is_empty()).then(|| {
        format!(
            "a file of variables ({list}), and says not whose they are: read the Deployment or \
             the values that set them"
        )
    })
}

/// Limits in response headers; `None` if any line is not a header.
fn headers(text: &str) -> Option<Unreadable> {
    let mut limits = Vec::new();
    for line in text.lines() {
        let line = line.trim().trim_start_matches(['<', '>', '*']).trim();
        if line.is_empty() || line.starts_with("HTTP/") {
            continue;
        }
        let (name, value) = line.split_once(':')?;
        let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || !name.chars().all(is_sign) {
            return None;
        }
        let plain = name.to_ascii_lowercase().replace("rate-limit", "ratelimit");
        let own = plain.split_once("ratelimit").map(|(_, own)| own);
        let is_limit = own.is_some_and(|own| own.split('-').any(|word| word == "limit"));
        if is_limit && !value.trim().is_empty() {
            limits.push(format!("{name} {}", value.trim()));
        }
    }
    limits.truncate(MOST);
    (!limits.is_empty()).then_some(Unreadable::Headers(limits))
}

/// Whether a text has series in the format of Prometheus, its clients or Grafana.
fn is_series(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().next();
    let first = first.unwrap_or_default().to_ascii_lowercase();
    let is_table = first.contains(',')
        && ["time", "date"]
            .iter()
            .any(|start| first.trim_start_matches('"').starts_with(start));
    let sample = |line: &str| {
        let (name, value) = line.rsplit_once(' ').unwrap_or_default();
        let end = name.find(['{', ' ']).unwrap_or(name.len());
        let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
        end != 0 && name[..end].chars().all(is_sign) && digits::read(value).is_some()
    };
    let is_exposed = text.lines().any(|line| line.starts_with("# TYPE "))
        && text.lines().any(|line| sample(line.trim()));
    let answer: Value = serde_json::from_str(text).unwrap_or_default();
    let mut frames = answer["results"].as_object().into_iter().flatten();
    let is_answer = answer["data"]["resultType"].is_string()
        || frames.any(|(_, result)| result["frames"].is_array());
    is_table || is_rows(text) || is_exposed || is_answer
}

/// Whether a text is a table: a head, and rows with as many fields.
fn is_rows(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let fields = |line: &str| line.split([',', ';', '\t']).count();
    let is_head = |head: &&str| 1 < fields(head) && !head.contains([':', '{', '=']);
    let head = lines.next().filter(is_head).map(fields);
    let mut rows = lines.take(3).peekable();
    rows.peek().is_some() && rows.all(|row| Some(fields(row)) == head)
}

/// Rows in a scenario's lists without a known key, each with its keys.
pub(super) fn rows(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for list in ["workloads", "providers"] {
        let rows = document[list].as_array().into_iter().flatten();
        for (index, row) in rows.enumerate() {
            let has = match row {
                Value::Object(fields) if fields.is_empty() => "nothing".to_owned(),
                Value::Object(fields) => {
                    let word = |key: &String, value: &Value| match value.as_str() {
                        // The name shows whether it is a known provider.
                        Some(text) if key == "provider" => format!("{key}: {text}"),
                        _ => key.clone(),
                    };
                    let keys = fields.iter().take(3).map(|(key, value)| word(key, value));
                    keys.collect::<Vec<_>>().join(", ")
                }
                other => other.to_string().chars().take(40).collect(),
            };
            found.push(format!("{list}[{index}] has {has}"));
        }
    }
    found
}
