//! Reads `pgbouncer.ini` for the number of connections its pools open to the server.
//!
//! # Source
//!
//! pgbouncer.org, "Configuration" (1.25): one pool per database and user.

use serde_json::{Map, Value, json};

use super::fact::{Facts, Of};
use super::lines::{Document, Lines, join};
use super::placeholder;
use super::value::{at, number};
use crate::scenario::number::grouped;
use crate::scenario::property::POOLER_CONNECTIONS;

/// Default pool size.
const POOL: f64 = 20.0;
const DEFAULT: &str = "pgbouncer.default_pool_size";
const INCLUDE: &str = "%include";
/// Key for text that is not a parameter, after those of a database or on its own line.
const STRAY: &str = "(rest)";
const PART: &str = "Part of the pools";
const NO_NUMBER: &str = "is no number, and a remark may stand on a line of its own only";

/// Sections of an INI file, if it is `PgBouncer`'s: the first significant line opens a section, and
/// at least one section is known.
pub(super) fn document(text: &str) -> Option<Document> {
    let lines = || text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let is_silent = |line: &str| line.is_empty() || line.starts_with([';', '#', '%']);
    let first = lines().find(|line| !is_silent(line))?;
    section(first)?;
    if !lines().any(|line| matches!(section(line), Some("pgbouncer" | "databases"))) {
        return None;
    }
    let mut sections = Map::new();
    sections.insert("pgbouncer".to_owned(), json!({}));
    let mut found = Lines::default();
    let mut owner = String::new();
    for (above, line) in lines().enumerate() {
        if let Some(name) = section(line) {
            name.clone_into(&mut owner);
            sections.entry(name).or_insert_with(|| json!({}));
            continue;
        }
        if let Some(file) = line.strip_prefix(INCLUDE) {
            found.note(INCLUDE.to_owned(), above + 1);
            let before = sections.get(INCLUDE).and_then(Value::as_str);
            let files: Vec<&str> = before.into_iter().chain([file.trim()]).collect();
            let files = json!(files.join(", "));
            sections.insert(INCLUDE.to_owned(), files);
            continue;
        }
        if is_silent(line) {
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            let name = format!("line {}", above + 1);
            found.note(join(STRAY, &name), above + 1);
            let rest = sections.entry(STRAY).or_insert_with(|| json!({}));
            rest[name] = json!(line);
            continue;
        };
        let (key, value) = (key.trim(), value.trim());
        let value = match owner.as_str() {
            "databases" | "users" => parameters(value),
            _ => json!(value),
        };
        let Some(fields) = sections.get_mut(&owner).and_then(Value::as_object_mut) else {
            continue;
        };
        // The last line for a key counts; all are accounted for.
        let mut name = key.to_owned();
        if fields.contains_key(key) {
            name = format!("{key} (line {})", above + 1);
            let before = fields.insert(key.to_owned(), value);
            fields.insert(name.clone(), before.unwrap_or_default());
        } else {
            fields.insert(name.clone(), value);
        }
        found.note(join(&owner, &name), above + 1);
    }
    Some(Document {
        value: Value::Object(sections),
        lines: found,
        ..Document::default()
    })
}

/// Name of the section opened by a line.
fn section(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!name.is_empty() && name.chars().all(is_plain)).then_some(name)
}

/// Parameters of a database, such as `host=a pool_size = 80`: spaces around `=` are allowed, and
/// single quotes, doubled within quotes.
fn parameters(text: &str) -> Value {
    let mut pairs = Map::new();
    let mut rest = text.trim_start();
    while let Some((key, after)) = rest.split_once('=') {
        let mut value = String::new();
        rest = after.trim_start();
        if let Some(mut quoted) = rest.strip_prefix('\'') {
            while let Some((part, after)) = quoted.split_once('\'') {
                value.push_str(part);
                quoted = after;
                let Some(more) = after.strip_prefix('\'') else {
                    break;
                };
                value.push('\'');
                quoted = more;
            }
            rest = quoted.trim_start();
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            value.push_str(&rest[..end]);
            rest = rest[end..].trim_start();
        }
        pairs.insert(key.trim().to_owned(), json!(value));
    }
    if !rest.is_empty() {
        pairs.insert(STRAY.to_owned(), json!(rest));
    }
    Value::Object(pairs)
}

/// Reads the default sizes of databases.
fn for_all(document: &Value, facts: &mut Facts) {
    for (key, usual) in [
        ("default_pool_size", POOL),
        ("reserve_pool_size", 0.0),
        ("max_db_connections", 0.0),
        ("max_user_connections", 0.0),
    ] {
        match document["pgbouncer"].get(key).map(number) {
            Some(Some(_)) => facts.understood.push(join("pgbouncer", key)),
            Some(None) => {
                let why = format!("{NO_NUMBER}: {} stands instead", grouped(usual));
                let value = &document["pgbouncer"][key];
                facts.unused(join("pgbouncer", key), placeholder::reason(value, &why));
            }
            None => {}
        }
    }
}

/// Number in a section; an invalid one is reported with the default in its place.
fn said(
    (section, name): (&str, &str),
    key: &str,
    for_all: &str,
    document: &Value,
    facts: &mut Facts,
) -> Option<f64> {
    let value = document[section][name].get(key).map(number);
    let place = format!("{section}.{name}.{key}");
    match value {
        Some(Some(_)) => facts.understood.push(place),
        Some(None) => {
            let why = format!("{NO_NUMBER}: {for_all} stands instead");
            let value = &document[section][name][key];
            facts.unused(place, placeholder::reason(value, &why));
        }
        None => {}
    }
    value.flatten()
}

/// Pool of a database.
struct Pool<'d> {
    /// User of the pool, if named.
    user: Option<&'d str>,
    /// Connections for one user.
    most: f64,
    /// Connections with any number of users, if bounded.
    bound: Option<f64>,
}

/// Connections opened by a database's pool for one user: the size plus reserve, at most the bound
/// of the database. User settings override those of the database.
fn pool<'d>(
    (name, database): (&'d str, &'d Value),
    document: &Value,
    facts: &mut Facts,
) -> Pool<'d> {
    let user = database["user"].as_str();
    let all = |key: &str| document["pgbouncer"].get(key).and_then(number);
    let mut of = |key: &str, for_all: &str, of_user: &str| {
        let by_user = user.map(|user| said(("users", user), of_user, for_all, document, facts));
        let Some(by_user) = by_user.flatten() else {
            let own = said(("databases", name), key, for_all, document, facts);
            return own.or_else(|| all(for_all));
        };
        if database.get(key).is_some() {
            let why = "the number of its user counts instead";
            facts.unused(format!("databases.{name}.{key}"), why);
        }
        Some(by_user)
    };
    let size = of("pool_size", "default_pool_size", "pool_size");
    // Name of the setting before PgBouncer 1.24: `reserve_pool`.
    let reserve = ["reserve_pool_size", "reserve_pool"];
    let reserve = reserve.into_iter().find(|key| database.get(*key).is_some());
    let key = "reserve_pool_size";
    let reserve = of(reserve.unwrap_or(key), key, key);
    let one = size.unwrap_or(POOL) + reserve.unwrap_or(0.0);
    // A database's bound covers the pools of all its users; a named user has one of them.
    let key = "max_db_connections";
    let most = said(("databases", name), key, key, document, facts).or_else(|| all(key));
    let most = most.filter(|most| 0.0 < *most);
    Pool {
        user,
        most: most.map_or(one, |most| most.min(one)),
        bound: most.filter(|_| user.is_none()),
    }
}

/// Limits the pools of each user to the user's total; pools of databases without a named user count
/// separately.
fn bound_by_users(pools: &mut [Pool], document: &Value, facts: &mut Facts) {
    const KEY: &str = "max_user_connections";
    let for_all = document["pgbouncer"].get(KEY).and_then(number);
    let bound = |most: Option<f64>| most.or(for_all).filter(|most| 0.0 < *most);
    let mut users: Vec<&str> = pools.iter().filter_map(|pool| pool.user).collect();
    users.sort_unstable();
    users.dedup();
    for user in users {
        let own = said(("users", user), KEY, KEY, document, facts);
        let mut left = bound(own).unwrap_or(f64::INFINITY);
        for pool in pools.iter_mut().filter(|pool| pool.user == Some(user)) {
            pool.most = pool.most.min(left);
            left -= pool.most;
        }
    }
    for pool in pools.iter_mut().filter(|pool| pool.user.is_none()) {
        pool.most = pool.most.min(bound(None).unwrap_or(f64::INFINITY));
    }
}

/// The values that decide how many connections pools open, each with its place.
fn sizes(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    const KEYS: [&str; 6] = [
        "default_pool_size",
        "reserve_pool_size",
        "reserve_pool",
        "max_db_connections",
        "max_user_connections",
        "pool_size",
    ];
    let rows = ["databases", "users"].into_iter().flat_map(move |section| {
        let rows = document[section].as_object().into_iter().flatten();
        rows.map(move |(name, row)| (join(section, name), row))
    });
    let owners = [("pgbouncer".to_owned(), &document["pgbouncer"])];
    owners.into_iter().chain(rows).flat_map(|(owner, fields)| {
        let own = KEYS
            .iter()
            .filter_map(|key| Some((*key, fields.get(*key)?)));
        let own: Vec<_> = own.map(|(key, value)| (join(&owner, key), value)).collect();
        own
    })
}

/// What the pools of all databases open, each for one user: its size with the reserve, up to its
/// bound.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    for owner in ["pgbouncer", "databases", "users"] {
        let fields = document[owner].as_object().into_iter().flatten();
        for (key, _) in fields.filter(|(key, _)| key.ends_with(')') && key.contains(" (line ")) {
            let why = "is the value of an earlier line: the same key is set again, and that counts";
            facts.unused(join(owner, key), why);
        }
    }
    if document.get(INCLUDE).is_some() {
        facts.unused(INCLUDE, "names another file, which is not read");
    }
    for_all(document, facts);
    let whole = json!({"*": {}});
    let databases = document["databases"].as_object();
    let databases = databases.filter(|databases| !databases.is_empty());
    let databases = databases.or(whole.as_object()).into_iter().flatten();
    let mut opened: Vec<Pool> = databases
        .filter(|(name, _)| !name.contains(" (line "))
        .map(|(name, database)| pool((name, database), document, facts))
        .collect();
    bound_by_users(&mut opened, document, facts);
    let of_all = opened
        .iter()
        .map(|pool| pool.bound.unwrap_or(pool.most).max(pool.most));
    let of_all: f64 = of_all.sum();
    let pools: Vec<f64> = opened.into_iter().map(|pool| pool.most).collect();
    let total: f64 = pools.iter().sum();
    let mut read = std::mem::take(&mut facts.understood);
    // The sum is reported at a line that adds to it, if any.
    let adds = |place: &String| {
        let value = at(document, place).and_then(number);
        value.is_some_and(|value| 0.0 < value)
    };
    let first = read.iter().position(adds).unwrap_or_default();
    let said = (first < read.len()).then(|| read.remove(first));
    for place in read {
        let value = at(document, &place).and_then(Value::as_str);
        let value = value.unwrap_or_default().to_owned();
        facts.also(place, PART, value);
    }
    let pools: Vec<String> = pools.into_iter().map(grouped).collect();
    let mut note = format!("pools of {}, each for one user", pools.join(" and "));
    if total < of_all {
        note = format!("{note}; with more users up to {}", grouped(of_all));
    }
    let open = sizes(document).find(|(_, value)| placeholder::holds_placeholder(value));
    if let Some((place, _)) = open {
        facts.unused.retain(|(told, _)| *told != place);
        facts.unread(place, Of::Number(&POOLER_CONNECTIONS), placeholder::GAP);
        if let Some(place) = said {
            let value = at(document, &place).and_then(Value::as_str);
            let value = value.unwrap_or_default().to_owned();
            facts.also(place, PART, value);
        }
    } else if let Some(place) = said {
        facts.noted(place, &POOLER_CONNECTIONS, total, note);
    } else if document.get(INCLUDE).is_none() {
        let why = "PgBouncer fills in a pool of 20 for each database and user";
        facts.filled(DEFAULT, &POOLER_CONNECTIONS, Some(total), why);
    }
}
