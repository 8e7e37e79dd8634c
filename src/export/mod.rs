//! Files made from a plan: each is built from typed values, checked against the
//! rules of what reads it, and says where its numbers come from.
//!
//! Nothing is computed here that the plan knows; names typed by a reader reach a
//! file only through a serializer or a quoting function.

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
    /// Name to save it under.
    pub name: &'static str,
    /// Label of its tab.
    pub title: &'static str,
    /// Its purpose.
    pub group: Group,
    /// Media type of the download.
    pub media_type: &'static str,
    /// The whole file; ends with one newline.
    pub text: String,
    /// The format it is valid for, or the faults that its target would refuse.
    pub checked: Result<&'static str, Vec<Fault>>,
    /// Short sentences about it, in the plan's numbers.
    pub notes: Vec<String>,
    /// Settings of the scenario or the guide that this kind of file cannot express.
    pub gaps: Vec<String>,
    /// 0-based numbers of the lines whose value the plan or the reader decided.
    pub planned_lines: Vec<usize>,
}

/// The purpose of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The gateway and its API.
    Gateway,
    /// The cluster they run in.
    Kubernetes,
    /// Monitoring and tests.
    Monitoring,
    /// People, spreadsheets and this calculator.
    Documents,
}

impl Group {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gateway => say_set::GATEWAY,
            Self::Kubernetes => say_set::KUBERNETES,
            Self::Monitoring => say_set::MONITORING,
            Self::Documents => say_set::DOCUMENTS,
        }
    }
}

/// Something the target would refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The problem and the allowed values.
    pub message: String,
    /// Key of the input that causes it, as in `scenario::property`.
    pub field: Option<&'static str>,
}

/// The inputs of every export.
#[derive(Clone, Copy)]
struct Source<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    link: &'a str,
}

impl Source<'_> {
    /// The head of a file: its own notes, then its origin.
    fn head(&self, about: &[&str]) -> Vec<String> {
        let about = about.iter().map(|line| comment::one_line(line));
        let origin = comment::origin(self.scenario, self.plan, self.link);
        about.chain(origin).collect()
    }

    /// A YAML file of a document.
    fn yaml(&self, name: &'static str, about: &[&str], document: &impl Serialize) -> File {
        let mut file = File::plain(name, YAML);
        file.append(yaml::write(&self.head(about), document));
        file
    }
}

impl File {
    /// A file without text; its tab has its name.
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

    /// Adds the settings it cannot express.
    fn lacking(mut self, gaps: Vec<String>) -> Self {
        self.gaps = gaps;
        self
    }

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
