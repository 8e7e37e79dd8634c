//! `kt-capacity diff BEFORE AFTER`: the differences between two files or links.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use kt_capacity::catalog::date::Date;
use kt_capacity::compare::{Comparison, Difference, Side, compare};
use kt_capacity::import::{self, Reading, Unreadable};
use kt_capacity::say::{command as say, words};
use kt_capacity::scenario::Scenario;
use serde_json::{Value, json};

use super::args::Diff;
use super::{Failure, input, reading, share_link};

/// Prints the outcome of each value of the files, and the differences; exit status 1 if there are
/// any, as with `diff`.
pub(crate) fn run(diff: &Diff) -> Result<ExitCode, Failure> {
    let today = input::day(diff.today.as_deref())?;
    let mut readings = Vec::new();
    // The second starts from the first, since a manifest sets only part of a scenario.
    let base = Scenario::default();
    if diff.before == "-" && diff.after == "-" {
        let problem = say::ONE_INPUT.to_owned();
        return Err(Failure::Input(vec![problem]));
    }
    let before = read(&diff.before, (&base, today), &diff.object, &mut readings)?;
    let after = read(&diff.after, (&before, today), &diff.object, &mut readings)?;
    let links = [&before, &after].map(|scenario| share_link(scenario, &diff.page));
    let [before, after] =
        [(&before, &links[0]), (&after, &links[1])].map(|(scenario, link)| Side { scenario, link });
    let compared = compare(&before, &after, today);
    let mut listed = Vec::new();
    for (source, reading) in &readings {
        reading::list(&mut listed, source, reading)?;
    }
    let listed = words::plain_spaces(&String::from_utf8_lossy(&listed));
    let mut out = io::stdout().lock();
    if diff.json {
        let all = as_json(&readings, &compared, &links[1]);
        writeln!(out, "{all:#}")?;
    } else if diff.patch {
        // Standard output is only the patch, for programs to read.
        write!(io::stderr(), "{listed}")?;
        write!(out, "{}", compared.patch())?;
    } else {
        let mut text = Vec::new();
        print(&mut text, &compared)?;
        let text = words::plain_spaces(&String::from_utf8_lossy(&text));
        write!(out, "{listed}{text}")?;
    }
    let is_same = compared.inputs.is_empty() && compared.files.is_empty();
    Ok(if is_same {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Reads a file, standard input, or a link if there is no such file.
fn read(
    source: &str,
    (base, today): (&Scenario, Date),
    objects: &[String],
    readings: &mut Vec<(String, Reading)>,
) -> Result<Scenario, Failure> {
    let failed = |problem: String| Failure::Input(vec![format!("“{source}”: {problem}")]);
    let read = if source == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(source)
    };
    let text = match read {
        Ok(bytes) => import::text(&bytes).map_err(|error| failed(error.to_string()))?,
        Err(_) if source.contains(['#', '?']) || source.contains("://") => source.to_owned(),
        Err(error) => return Err(failed(error.to_string())),
    };
    let reading = import::read_object(&text, base, today, objects).map_err(|error| {
        let more = match &error {
            Unreadable::Several(..) => say::CHOOSE_BY_OBJECT,
            _ => "",
        };
        failed(format!("{error}{more}"))
    })?;
    let scenario = reading.scenario.clone();
    readings.push((source.to_owned(), reading));
    Ok(scenario)
}

/// JSON with the outcome of each value, the differences, and the link of the second.
fn as_json(readings: &[(String, Reading)], compared: &Comparison, link: &str) -> Value {
    let plain = |text: &str| words::plain_spaces(text);
    let rows = |rows: &[Difference]| -> Vec<Value> {
        let rows = rows.iter().map(|row| {
            let [label, before, after] = [&row.label, &row.before, &row.after];
            json!({"label": plain(label), "before": plain(before), "after": plain(after)})
        });
        rows.collect()
    };
    let files = readings.iter();
    let files: Vec<Value> = files
        .map(|(source, reading)| reading::as_json(source, reading))
        .collect();
    let generated: Vec<Value> = compared
        .files
        .iter()
        .map(|file| json!({"name": file.name, "added": file.added, "removed": file.removed}))
        .collect();
    json!({
        "files": files,
        "inputs": rows(&compared.inputs),
        "results": rows(&compared.results),
        "generated": generated,
        "link": link,
    })
}

fn print(out: &mut impl io::Write, compared: &Comparison) -> io::Result<()> {
    table(out, say::INPUTS, &compared.inputs)?;
    table(out, say::RESULTS, &compared.results)?;
    for file in &compared.files {
        writeln!(out, "{}  +{} -{}", file.name, file.added, file.removed)?;
    }
    Ok(())
}

fn table(out: &mut impl io::Write, title: &str, rows: &[Difference]) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}")?;
    for row in rows {
        writeln!(out, "  {}: {} → {}", row.label, row.before, row.after)?;
    }
    writeln!(out)
}
