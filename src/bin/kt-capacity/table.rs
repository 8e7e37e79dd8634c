//! The plan for people.

use std::io::{self, Write};

use kt_capacity::plan::{LimitState, Plan, Severity};
use kt_capacity::say::words;
use kt_capacity::say::{figure as say, finding, fix, verdict};

/// Prints verdict, figures, providers and findings.
pub(crate) fn print(out: &mut impl Write, plan: &Plan, share: &str) -> io::Result<()> {
    writeln!(out, "{}", verdict::text(plan))?;
    let more = verdict::more(plan);
    if !more.is_empty() {
        writeln!(out, "{more}")?;
    }
    writeln!(out)?;
    for figure in &plan.figures {
        writeln!(
            out,
            "{:<26} {:>14}   {}",
            say::label(figure),
            say::value(figure),
            say::sub(figure)
        )?;
    }
    writeln!(out)?;
    writeln!(
        out,
        "{:<18} {:>7} {:>9} {:>11} {:>8}   full at",
        "Provider", "share", "RPM", "TPM", "use"
    )?;
    for provider in &plan.providers {
        let (use_of, full) = match provider.state() {
            LimitState::Unknown => ("–".to_owned(), "no limit known".to_owned()),
            LimitState::Closed => ("closed".to_owned(), "nothing allowed".to_owned()),
            LimitState::Used(ratio) => {
                let full = provider
                    .max_scale()
                    .map_or_else(String::new, words::multiple);
                (words::percent(ratio), full)
            }
        };
        writeln!(
            out,
            "{:<18} {:>7} {:>9} {:>11} {use_of:>8}   {full}",
            provider.id,
            words::percent(provider.share_ratio),
            words::short(provider.rpm),
            words::short(provider.tpm),
        )?;
    }
    writeln!(out)?;
    for found in &plan.findings {
        let mark = match found.severity {
            Severity::Critical => "critical",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let scale = found.scale.map_or_else(|| "–".to_owned(), words::multiple);
        let (title, status) = (finding::title(&found.kind), finding::status(&found.kind));
        writeln!(out, "{scale:>8}  {mark:<8}  {title} {status}")?;
        for fix in &found.fixes {
            let (label, effect) = (fix::label(&fix.change), fix::effect(&fix.effect));
            writeln!(out, "{:20}  → {label}: {effect}", "")?;
        }
    }
    writeln!(out)?;
    writeln!(out, "{share}")
}
