//! Set of files: names, purposes, writers and faults. The page writes only the file it shows.

use super::{
    Fault, File, Group, Source, alert, command_line, dashboard, database, document, kubernetes,
    load_test, pack, report, table,
};
use crate::plan::Plan;
use crate::say::export::set as say;
use crate::scenario::Scenario;

/// File of the set, not yet written.
struct Maker {
    name: &'static str,
    title: &'static str,
    group: Group,
    write: fn(Source) -> File,
    faults: fn(&Source) -> Vec<Fault>,
}

/// File of the set, as listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// File name to save under.
    pub name: &'static str,
    /// Label of the tab.
    pub title: &'static str,
    /// Purpose of the file.
    pub group: Group,
    /// Whether the file's target would accept it.
    pub is_valid: bool,
}

/// No faults: nothing in the file can be invalid.
fn none(_: &Source) -> Vec<Fault> {
    Vec::new()
}

static SET: [Maker; 18] = {
    use Group::{Documents, Gateway, Kubernetes, Monitoring};
    [
        named(
            "policy-config.yaml",
            Gateway,
            pack::as_the_guide,
            pack::refused,
        ),
        named(
            "policy-config.strict.yaml",
            Gateway,
            pack::as_strict,
            pack::refused,
        ),
        named("database.yaml", Gateway, database::file, database::faults),
        Maker {
            title: say::COMMAND,
            ..named(
                "kt-command.sh",
                Gateway,
                command_line::file,
                command_line::faults,
            )
        },
        named(
            "deployment.yaml",
            Kubernetes,
            kubernetes::deployment,
            kubernetes::deployment_faults,
        ),
        named("service.yaml", Kubernetes, kubernetes::service, none),
        named(
            "hpa.yaml",
            Kubernetes,
            kubernetes::autoscaler,
            kubernetes::autoscaler_faults,
        ),
        named("pdb.yaml", Kubernetes, kubernetes::disruption, none),
        named(
            "kustomization.yaml",
            Kubernetes,
            kubernetes::kustomization,
            kubernetes::kustomization_faults,
        ),
        named(
            "keda-scaledobject.yaml",
            Kubernetes,
            kubernetes::keda,
            kubernetes::keda_faults,
        ),
        named(
            "prometheus-rules.yaml",
            Monitoring,
            alert::rules,
            alert::faults,
        ),
        named(
            "prometheus-rules.test.yaml",
            Monitoring,
            alert::rules_test,
            alert::faults,
        ),
        named(
            "prometheusrule.yaml",
            Monitoring,
            alert::operator,
            alert::faults,
        ),
        named("grafana-dashboard.json", Monitoring, dashboard::file, none),
        named("load-test.js", Monitoring, load_test::file, none),
        named("report.md", Documents, report::file, none),
        named("plan.csv", Documents, table::file, none),
        named("scenario.json", Documents, document::file, none),
    ]
};

const fn named(
    name: &'static str,
    group: Group,
    write: fn(Source) -> File,
    faults: fn(&Source) -> Vec<Fault>,
) -> Maker {
    Maker {
        name,
        title: name,
        group,
        write,
        faults,
    }
}

impl Maker {
    fn file(&self, source: Source) -> File {
        let mut file = (self.write)(source);
        debug_assert_eq!(file.name, self.name);
        (file.title, file.group) = (self.title, self.group);
        file
    }
}

/// All files of a plan. `link` leads back to the scenario and is repeated in a comment.
pub fn files(scenario: &Scenario, plan: &Plan, link: &str) -> Vec<File> {
    let source = Source {
        scenario,
        plan,
        link,
    };
    SET.iter().map(|maker| maker.file(source)).collect()
}

/// File with this name; `None` if unknown.
pub fn file(name: &str, scenario: &Scenario, plan: &Plan, link: &str) -> Option<File> {
    let source = Source {
        scenario,
        plan,
        link,
    };
    let maker = SET.iter().find(|maker| maker.name == name)?;
    Some(maker.file(source))
}

/// Entries of all files, without writing any.
pub fn entries(scenario: &Scenario, plan: &Plan) -> Vec<Entry> {
    let source = Source {
        scenario,
        plan,
        link: "",
    };
    let entry = |maker: &Maker| Entry {
        name: maker.name,
        title: maker.title,
        group: maker.group,
        is_valid: (maker.faults)(&source).is_empty(),
    };
    SET.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::say::verdict;
    use crate::say::words;

    /// Terminals, mail and search know plain spaces only.
    #[test]
    fn no_file_holds_the_no_break_space_of_the_page() {
        let scenario = Scenario::default();
        let plan = evaluate(&scenario, date(2026, 11, 23));
        let more = verdict::more(&plan);
        assert!(more.contains(words::PERCENT), "{more}");
        let (mail, ticket) = (
            crate::export::brief_text(&scenario, &plan, ""),
            crate::export::brief_markdown(&scenario, &plan, (None, None), ""),
        );
        let files = files(&scenario, &plan, "");
        let texts = files.iter().map(|file| (file.name, file.text.as_str()));
        let texts = texts.chain([("mail", mail.as_str()), ("ticket", ticket.as_str())]);
        let held: Vec<_> = texts.filter(|(_, text)| text.contains('\u{a0}')).collect();
        assert_eq!(held, []);
    }

    /// A list that disagrees with the files would offer an invalid one.
    #[test]
    fn the_list_agrees_with_the_files() {
        let mut weightless = Scenario::default();
        for row in &mut weightless.providers {
            row.weight = 0.0;
        }
        let mut turned = Scenario::default();
        turned.gateway.hpa.replicas_min = Some(30);
        let mut few = Scenario::default();
        few.database.max_connections = Some(1);
        few.providers[0].model.clear();
        let mut refused = Vec::new();
        for scenario in [Scenario::default(), weightless, turned, few] {
            let plan = evaluate(&scenario, date(2026, 11, 23));
            let entries = entries(&scenario, &plan);
            let files = files(&scenario, &plan, "");
            for (entry, file) in entries.iter().zip(&files) {
                let told = (file.name, file.title, file.group, file.checked.is_ok());
                let listed = (entry.name, entry.title, entry.group, entry.is_valid);
                assert_eq!(listed, told);
                let one = super::file(entry.name, &scenario, &plan, "");
                assert_eq!(one.as_ref(), Some(file));
            }
            let bad = entries.iter().filter(|entry| !entry.is_valid);
            refused.extend(bad.map(|entry| entry.name));
        }
        refused.dedup();
        let expected = [
            "policy-config.yaml",
            "policy-config.strict.yaml",
            "kustomization.yaml",
            "hpa.yaml",
            "kustomization.yaml",
            "keda-scaledobject.yaml",
            "policy-config.yaml",
            "policy-config.strict.yaml",
            "database.yaml",
            "kt-command.sh",
            "kustomization.yaml",
        ];
        assert_eq!(refused, expected);
    }
}
