//! Files made from a plan: each is built from typed values, checked against the
//! rules of what reads it, and says where its numbers come from.
//!
//! Nothing is computed here that the plan knows; names typed by a reader reach a
//! file only through a serializer or a quoting function.

mod bundle;
pub mod check;
mod command_line;
mod comment;
mod database;
mod hpa;
mod pack;
mod rules;
mod target;
mod yaml;

pub use bundle::bundle;

use serde::Serialize;

use crate::plan::Plan;
use crate::scenario::Scenario;

const YAML: &str = "application/yaml";

/// A generated file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Name to save it under.
    pub name: &'static str,
    /// Label of its tab.
    pub title: &'static str,
    /// Media type of the download.
    pub media_type: &'static str,
    /// The whole file; ends with one newline.
    pub text: String,
    /// What it was found valid for, or what its target would refuse.
    pub checked: Result<&'static str, Vec<Fault>>,
    /// Short sentences about it, in the plan's numbers.
    pub notes: Vec<String>,
    /// 0-based numbers of the lines whose value the plan or the reader decided.
    pub planned_lines: Vec<usize>,
}

/// Something the target would refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong and what is allowed.
    pub message: String,
    /// Key of the input that causes it, as in `scenario::property`.
    pub field: Option<&'static str>,
}

/// What the exports are made from.
#[derive(Clone, Copy)]
struct Source<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    link: &'a str,
}

/// All files of a plan. `link` leads back to the scenario and is repeated in a comment.
pub fn files(scenario: &Scenario, plan: &Plan, link: &str) -> Vec<File> {
    let source = Source {
        scenario,
        plan,
        link,
    };
    vec![
        pack::file(source),
        hpa::file(source),
        rules::file(source),
        database::file(source),
        command_line::file(source),
    ]
}

impl Source<'_> {
    /// The first lines of a file: what is special about it, then where it comes from.
    fn head(&self, about: &[&str]) -> Vec<String> {
        let about = about.iter().map(|line| comment::one_line(line));
        let origin = comment::origin(self.scenario, self.plan, self.link);
        about.chain(origin).collect()
    }

    /// A YAML file of a document.
    fn yaml(&self, name: &'static str, about: &[&str], document: &impl Serialize) -> File {
        let written = yaml::write(&self.head(about), document);
        let (text, planned_lines, checked) = match written {
            Ok(written) => (written.text, written.planned_lines, Ok("Readable YAML")),
            Err(error) => {
                let message = format!("Cannot be written: {error}");
                let fault = Fault {
                    message,
                    field: None,
                };
                ("# Not written\n".to_owned(), Vec::new(), Err(vec![fault]))
            }
        };
        File {
            name,
            title: name,
            media_type: YAML,
            text,
            checked,
            notes: Vec::new(),
            planned_lines,
        }
    }
}

impl File {
    /// Adds what the target's own rules say.
    fn checked(mut self, verdict: &'static str, mut faults: Vec<Fault>) -> Self {
        if let Err(earlier) = self.checked {
            faults.extend(earlier);
        }
        self.checked = if faults.is_empty() {
            Ok(verdict)
        } else {
            Err(faults)
        };
        self
    }

    /// Adds the sentences about it.
    fn noted(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }
}

impl Fault {
    fn new(field: impl Into<Option<&'static str>>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            field: field.into(),
        }
    }
}
