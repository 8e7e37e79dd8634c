//! The plan for people.

use std::io::{self, Write};

use kt_capacity::plan::{Plan, Severity, words};
use kt_capacity::say::figure as say;

/// Prints verdict, figures, providers and findings.
pub(crate) fn print(out: &mut impl Write, plan: &Plan, share: &str) -> io::Result<()> {
    writeln!(out, "{}", plan.verdict.text)?;
    if !plan.verdict.more.is_empty() {
        writeln!(out, "{}", plan.verdict.more)?;
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
        let use_of = provider
            .utilization_ratio
            .map_or_else(|| "–".to_owned(), words::percent);
        let full = provider
            .max_scale
            .map_or_else(|| "no limit known".to_owned(), words::multiple);
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
    for finding in &plan.findings {
        let mark = match finding.severity {
            Severity::Critical => "critical",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let scale = finding
            .breaks_at_scale
            .map_or_else(|| "–".to_owned(), words::multiple);
        writeln!(
            out,
            "{scale:>8}  {mark:<8}  {} {}",
            finding.title, finding.status
        )?;
        for fix in &finding.fixes {
            writeln!(out, "{:20}  → {}: {}", "", fix.label, fix.effect)?;
        }
    }
    writeln!(out)?;
    writeln!(out, "{share}")
}
