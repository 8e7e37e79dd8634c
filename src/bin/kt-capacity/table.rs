//! Plan for people.

use std::io::{self, Write};

use kt_capacity::plan::uncertainty::Uncertainty;
use kt_capacity::plan::{LimitState, Plan, Severity};
use kt_capacity::say::verdict::Broken;
use kt_capacity::say::{command, figure as say, finding, fix, verdict};
use kt_capacity::say::{uncertainty as said, words};

/// Uncertainty of the plan, line on a failed day, and model error against measured traffic.
type Told<'a> = (Option<&'a Uncertainty>, Option<&'a str>, Option<&'a str>);

/// Prints verdict, figures, providers and findings; after the verdict, the model error against
/// measured traffic, if relevant.
pub(crate) fn print(
    out: &mut impl Write,
    plan: &Plan,
    ((sure, broken_day, wrong), broken): (Told, Broken),
    share: &str,
) -> io::Result<()> {
    if broken.is_any() && plan.verdict.state.fits() {
        writeln!(out, "{}.", verdict::label_with(&plan.verdict, broken))?;
    }
    writeln!(out, "{}", verdict::text_with(plan, broken))?;
    let more = verdict::more(plan);
    if !more.is_empty() {
        writeln!(out, "{more}")?;
    }
    if let Some(wrong) = wrong {
        writeln!(out, "{wrong}")?;
    }
    if let Some(sure) = sure {
        writeln!(out, "{}", said::verdict(sure))?;
    }
    if let Some(day) = broken_day {
        writeln!(out, "{day}")?;
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
    print_providers(out, plan)?;
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
    if let Some(sure) = sure {
        print_sure(out, plan, sure)?;
    }
    writeln!(out)?;
    writeln!(out, "{share}")
}

/// Prints the load of each provider.
fn print_providers(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    writeln!(out)?;
    let [name, share, rpm, tpm, used, full] = command::PROVIDER_HEADS;
    writeln!(
        out,
        "{name:<18} {share:>7} {rpm:>9} {tpm:>11} {used:>8}   {full}"
    )?;
    for provider in &plan.providers {
        let (use_of, full) = match provider.state() {
            LimitState::Unknown => ("–".to_owned(), command::NO_LIMIT.to_owned()),
            LimitState::Closed => {
                let (used, full) = (command::CLOSED, command::NOTHING_ALLOWED);
                (used.to_owned(), full.to_owned())
            }
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
    Ok(())
}

/// Prints the uncertainty, if inputs are ranges.
fn print_sure(out: &mut impl Write, plan: &Plan, sure: &Uncertainty) -> io::Result<()> {
    writeln!(out, "\n{}: {}", said::TITLE, said::basis(sure))?;
    let [low, median, high] = said::POINTS;
    writeln!(out, "{:<26} {low:>14} {median:>14} {high:>14}", "")?;
    for one in &sure.figures {
        let named = plan.figures.iter().find(|figure| figure.id == one.id);
        let label = named.map(say::label).unwrap_or_default();
        let [low, median, high] = said::three(one);
        writeln!(out, "{label:<26} {low:>14} {median:>14} {high:>14}")?;
    }
    writeln!(out)?;
    let chances = sure.over.iter().map(said::over);
    for (name, chance) in chances.chain([said::queue_over(sure)]) {
        writeln!(out, "{chance:>10}  {name}")?;
    }
    for way in &sure.first {
        let share = said::share_of_futures(way.futures, sure.draws);
        writeln!(out, "{share:>10}  {}", said::first_name(way))?;
    }
    let raised = said::raised(sure).map(|fix| format!("  → {fix}"));
    let lines = [said::gateways(sure), raised, said::order(sure, plan.today)];
    for line in lines.iter().flatten() {
        writeln!(out, "{line}")?;
    }
    for [share, day] in said::orders(sure, plan.today) {
        writeln!(out, "{share:>10}  {day}")?;
    }
    let Some(tornado) = sure.tornados.first() else {
        return Ok(());
    };
    writeln!(out, "\n{}", said::question(&tornado.outcome))?;
    for bar in &tornado.bars {
        writeln!(out, "  {}", said::bar(sure, &tornado.outcome, bar))?;
    }
    let lines = [said::measure(sure, tornado), said::together(sure, tornado)];
    for line in lines.iter().flatten() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
