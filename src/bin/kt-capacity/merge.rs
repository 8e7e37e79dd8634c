//! `fit --merge NAME=PART,PART`: merges workloads of a file.

use kt_capacity::import::merged_workload;
use kt_capacity::say::traffic as say;
use kt_capacity::traffic::{By, Workload};

/// All workloads not named by another merge.
const OTHERS: &str = "*";

/// Workloads of a file by a property, merged ones first; empty if not requested.
///
/// # Errors
///
/// If the file has no workloads by the property, or a merge does not match them.
pub(crate) fn workloads(
    asked: Option<(By, &[Workload])>,
    merges: &[String],
) -> Result<Option<Vec<Workload>>, String> {
    let Some((by, workloads)) = asked else {
        return Ok(None);
    };
    if workloads.is_empty() {
        return Err(say::no_workloads(by).to_owned());
    }
    let names: Vec<String> = workloads.iter().map(say::workload_name).collect();
    let merges: Vec<(Option<&str>, Vec<&str>)> = merges.iter().map(|it| parts(it)).collect();
    if 1 < merges
        .iter()
        .filter(|(_, parts)| parts.contains(&OTHERS))
        .count()
    {
        return Err(say::part_twice(OTHERS));
    }
    let mut places: Vec<Option<usize>> = vec![None; workloads.len()];
    for (merge, (_, parts)) in merges.iter().enumerate() {
        if parts.is_empty() {
            return Err(say::NO_PARTS.to_owned());
        }
        for part in parts.iter().filter(|part| **part != OTHERS) {
            let at = names
                .iter()
                .position(|name| name.eq_ignore_ascii_case(part));
            let at = at.ok_or_else(|| say::no_such_part(part, &names))?;
            if places[at].replace(merge).is_some() {
                return Err(say::part_twice(part));
            }
        }
    }
    let others = merges.iter().position(|(_, parts)| parts.contains(&OTHERS));
    let mut taken = Vec::new();
    for (merge, (name, _)) in merges.iter().enumerate() {
        let is_part = |place: &Option<usize>| place.or(others) == Some(merge);
        let all = workloads.iter().zip(&places);
        let parts: Vec<&Workload> = all
            .filter(|(_, at)| is_part(at))
            .map(|(it, _)| it)
            .collect();
        taken.extend(merged_workload(&parts).map(|whole| Workload {
            model: name.map(str::to_owned).or(whole.model),
            ..whole
        }));
    }
    let alone = workloads.iter().zip(&places);
    let alone = alone.filter(|(_, at)| at.or(others).is_none());
    taken.extend(alone.map(|(it, _)| it.clone()));
    Ok(Some(taken))
}

/// Whether a merge names one of these workloads.
pub(crate) fn names_one(merges: &[String], workloads: &[Workload]) -> bool {
    let names: Vec<String> = workloads.iter().map(say::workload_name).collect();
    let is_named = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    let mut merges = merges.iter().map(|merge| parts(merge).1);
    merges.any(|parts| parts.into_iter().any(is_named))
}

/// Name and parts of a merge.
fn parts(text: &str) -> (Option<&str>, Vec<&str>) {
    let (name, parts) = match text.split_once('=') {
        Some((name, parts)) => (Some(name.trim()).filter(|name| !name.is_empty()), parts),
        None => (None, text),
    };
    let parts = parts.split(',').map(str::trim);
    (name, parts.filter(|part| !part.is_empty()).collect())
}
