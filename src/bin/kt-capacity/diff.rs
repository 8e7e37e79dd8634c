//! `kt-capacity diff BEFORE AFTER`: what differs between two files or links.

use std::fs;
use std::io::{self, Write as _};
use std::process::ExitCode;

use kt_capacity::catalog::date::Date;
use kt_capacity::compare::{Comparison, Difference, Side, compare};
use kt_capacity::import;
use kt_capacity::say::words;
use kt_capacity::scenario::Scenario;

use super::args::Diff;
use super::{Failure, input, share_link};

/// Prints the differences; status 1 if there are any, as `diff` does.
pub(crate) fn run(diff: &Diff) -> Result<ExitCode, Failure> {
    let today = input::day(diff.today.as_deref())?;
    // What the second leaves open is as in the first: a manifest says only a part.
    let before = read(&diff.before, &Scenario::default(), today)?;
    let after = read(&diff.after, &before, today)?;
    let links = [&before, &after].map(|scenario| share_link(scenario, &diff.page));
    let [before, after] =
        [(&before, &links[0]), (&after, &links[1])].map(|(scenario, link)| Side { scenario, link });
    let compared = compare(&before, &after, today);
    let mut out = io::stdout().lock();
    if diff.patch {
        write!(out, "{}", compared.patch())?;
    } else {
        let mut text = Vec::new();
        print(&mut text, &compared)?;
        write!(
            out,
            "{}",
            words::plain_spaces(&String::from_utf8_lossy(&text))
        )?;
    }
    let is_same = compared.inputs.is_empty() && compared.files.is_empty();
    Ok(if is_same {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A file, or a link where there is no such file.
fn read(source: &str, base: &Scenario, today: Date) -> Result<Scenario, Failure> {
    let failed = |problem: String| Failure::Input(vec![format!("“{source}”: {problem}")]);
    let text = match fs::read_to_string(source) {
        Ok(text) => text,
        Err(_) if source.contains(['#', '?']) => source.to_owned(),
        Err(error) => return Err(failed(error.to_string())),
    };
    let reading = import::read(&text, base, today).map_err(|error| failed(error.to_string()))?;
    for left in &reading.left {
        eprintln!("kt-capacity: “{source}”: {} {}", left.place, left.why);
    }
    Ok(reading.scenario)
}

fn print(out: &mut impl io::Write, compared: &Comparison) -> io::Result<()> {
    table(out, "Inputs", &compared.inputs)?;
    table(out, "Results", &compared.results)?;
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
