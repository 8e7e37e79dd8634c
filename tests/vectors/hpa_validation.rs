//! Edits of a manifest that an API server accepts or rejects.

use kt_capacity::export::check;
use serde_json::Value;

use crate::{Report, fields, list, only, text};

pub(crate) fn judge(file: &Value, report: &mut Report) {
    only(file, &["about", "base", "cases"]);
    for case in list(file, "cases") {
        only(
            case,
            &["id", "set", "remove", "valid", "why", "schema_validators"],
        );
        let faults = check::hpa(&edited(&file["base"], case));
        let valid = case["valid"].as_bool().unwrap();
        if faults.is_empty() != valid {
            let message = format!("valid should be {valid}: {faults:?}");
            report.fault(text(case, "id"), message);
        }
        report.count(if valid { "accepted" } else { "refused" });
    }
}

fn edited(base: &Value, case: &Value) -> Value {
    let mut manifest = base.clone();
    if case.get("set").is_some() {
        for (path, value) in fields(case, "set") {
            *place(&mut manifest, path) = value.clone();
        }
    }
    if case.get("remove").is_some() {
        let (parent, name) = text(case, "remove").rsplit_once('.').unwrap();
        let parent = place(&mut manifest, parent);
        parent.as_object_mut().unwrap().remove(name).unwrap();
    }
    manifest
}

/// The value at a path of the file's notation; made if it is absent.
fn place<'a>(manifest: &'a mut Value, path: &str) -> &'a mut Value {
    path.split('.')
        .fold(manifest, |node, step| match step.parse::<usize>() {
            Ok(index) => &mut node[index],
            Err(_) => &mut node[step],
        })
}
