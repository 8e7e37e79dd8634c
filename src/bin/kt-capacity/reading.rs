//! Outcome of each value of a file: taken, filled in, alike, or left.

use std::io;

use kt_capacity::import::{Kind, Leftover, Reading, Taken};
use kt_capacity::say::command as say;
use kt_capacity::say::words::plain_spaces;
use serde_json::{Value, json};

/// Lists a reading; for a link only the parts that could not be used.
pub(crate) fn list(out: &mut impl io::Write, source: &str, reading: &Reading) -> io::Result<()> {
    let lists = [&reading.taken, &reading.filled];
    let is_silent = lists.iter().all(|list| list.is_empty())
        && reading.left.is_empty()
        && reading.alike.is_empty();
    if is_silent {
        return Ok(());
    }
    let mut kinds: Vec<&str> = reading.kinds.iter().copied().map(Kind::name).collect();
    kinds.dedup();
    writeln!(out, "“{source}”: {}", kinds.join(", "))?;
    taken(out, say::TAKEN, &reading.taken)?;
    taken(out, say::FILLED_IN, &reading.filled)?;
    left(out, say::NOT_USED, &reading.left)?;
    left(out, say::NOTHING_TO_TAKE, &reading.alike)?;
    writeln!(out)
}

/// Reading as JSON.
pub(crate) fn as_json(source: &str, reading: &Reading) -> Value {
    let kinds: Vec<&str> = reading.kinds.iter().copied().map(Kind::name).collect();
    let taken = |list: &[Taken]| -> Vec<Value> {
        let list = list.iter().map(|one| {
            json!({
                "object": one.object, "place": one.place, "line": one.line,
                "label": one.label, "value": plain_spaces(&one.value), "note": one.note,
            })
        });
        list.collect()
    };
    let left = |list: &[Leftover]| -> Vec<Value> {
        let list = list.iter().map(|one| {
            json!({
                "object": one.object, "place": one.place, "line": one.line,
                "value": one.value, "why": one.why,
            })
        });
        list.collect()
    };
    json!({
        "source": source,
        "kinds": kinds,
        "taken": taken(&reading.taken),
        "filled_in": taken(&reading.filled),
        "not_used": left(&reading.left),
        "nothing_to_take": left(&reading.alike),
    })
}

fn taken(out: &mut impl io::Write, title: &str, list: &[Taken]) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}")?;
    for taken in list {
        let note = taken
            .note
            .as_ref()
            .map_or_else(String::new, |note| format!(" ({note})"));
        let place = place(&taken.object, &taken.place, taken.line);
        writeln!(out, "  {}: {}{note}{place}", taken.label, taken.value)?;
    }
    Ok(())
}

fn left(out: &mut impl io::Write, title: &str, list: &[Leftover]) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}")?;
    for left in list {
        let value = left
            .value
            .as_ref()
            .map_or_else(String::new, |value| format!(" = {value}"));
        let line = place(&left.object, "", left.line);
        writeln!(out, "  {}{value}: {}{line}", left.place, left.why)?;
    }
    Ok(())
}

/// Place of a value, for the end of a line.
fn place(object: &str, place: &str, line: Option<usize>) -> String {
    let line = line.map(say::line);
    let parts = [
        object.to_owned(),
        place.to_owned(),
        line.unwrap_or_default(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("  [{}]", parts.join(", "))
    }
}
