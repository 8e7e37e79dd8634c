//! Files made from a plan: built from typed values, checked against the rules of their reader, and
//! annotated with the origin of their numbers.
//!
//! Nothing is computed here that the plan contains. Users' own names reach a file only through a
//! serializer or a quoting function.

mod alert;
mod brief;
mod brief_markdown;
mod bundle;
pub mod check;
mod command_line;
mod comment;
mod dashboard;
mod database;
mod document;
mod kubernetes;
mod load_test;
mod node;
mod pack;
mod report;
mod set;
mod table;
mod target;
mod yaml;

pub use brief::{brief_text, brief_text_with};
pub use brief_markdown::brief_markdown;
pub use bundle::bundle;
pub use kubernetes::autoscaler_name;
pub use pack::place;
pub use set::{Entry, entries, file, files};

use serde::Serialize;

use crate::plan::Plan;
use crate::say::export::{origin as say, set as say_set};
use crate::scenario::Scenario;

const YAML: &str = "application/yaml";

/// A generated file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// File name to save under.
    pub name: &'static str,
    /// Label of the tab.
    pub title: &'static str,
    /// Purpose of the file.
    pub group: Group,
    /// Media type of the download.
    pub media_type: &'static str,
    /// Contents; end with one newline.
    pub text: String,
    /// Format the file is valid for, or the faults its target would find.
    pub checked: Result<&'static str, Vec<Fault>>,
    /// Short notes on the file, in the plan's numbers.
    pub notes: Vec<String>,
    /// Settings of the scenario or the guide that the file cannot express.
    pub gaps: Vec<String>,
    /// 0-based numbers of the lines with a value decided by the plan or the user.
    pub planned_lines: Vec<usize>,
}

/// Purpose of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// For the gateway and its API.
    Gateway,
    /// For their Kubernetes cluster.
    Kubernetes,
    /// For monitoring and tests.
    Monitoring,
    /// For people, spreadsheets and this calculator.
    Documents,
}

impl Group {
    /// Display name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gateway => say_set::GATEWAY,
            Self::Kubernetes => say_set::KUBERNETES,
            Self::Monitoring => say_set::MONITORING,
            Self::Documents => say_set::DOCUMENTS,
        }
    }
}

/// Violation of a rule of the file's target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Problem and allowed values.
    pub message: String,
    /// Key of the input behind the fault, as in `scenario::property`.
    pub field: Option<&'static str>,
}

/// Inputs of every export.
#[derive(Clone, Copy)]
struct Source<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    link: &'a str,
}

impl Source<'_> {
    /// Head of a file: its notes, then its origin.
    fn head(&self, about: &[&str]) -> Vec<String> {
        let about = about.iter().map(|line| comment::one_line(line));
        let origin = comment::origin(self.scenario, self.plan, self.link);
        about.chain(origin).collect()
    }

    /// YAML file with a document.
    fn yaml(&self, name: &'static str, about: &[&str], document: &impl Serialize) -> File {
        let mut file = File::plain(name, YAML);
        file.append(yaml::write(&self.head(about), document));
        file
    }
}

impl File {
    /// File without text, titled with its name.
    fn plain(name: &'static str, media_type: &'static str) -> Self {
        Self {
            name,
            title: name,
            group: Group::Gateway,
            media_type,
            text: String::new(),
            checked: Ok(say::READABLE),
            notes: Vec::new(),
            gaps: Vec::new(),
            planned_lines: Vec::new(),
        }
    }

    /// Appends a YAML document.
    fn and(mut self, document: &impl Serialize) -> Self {
        self.text.push_str("---\n");
        self.append(yaml::write(&[], document));
        self
    }

    fn append(&mut self, written: Result<yaml::Written, serde_saphyr::ser::Error>) {
        match written {
            Ok(written) => {
                let above = self.text.lines().count();
                let lines = written.planned_lines.iter().map(|line| above + line);
                self.planned_lines.extend(lines);
                self.text.push_str(&written.text);
            }
            Err(error) => {
                let comment = ["# ", say::UNWRITTEN, "\n"].concat();
                self.text.push_str(&comment);
                let message = say::unwritten(&error.to_string());
                self.checked = Err(vec![Fault::new(None, message)]);
            }
        }
    }

    /// Adds the settings that the file cannot express.
    fn lacking(mut self, gaps: Vec<String>) -> Self {
        self.gaps = gaps;
        self
    }

    /// Adds the result of the target's own rules.
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

    /// Adds notes on the file.
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
