//! Observed traffic: readers of usage exports, their sums, and the derived values of a scenario.
//!
//! ```text
//! bytes → unpack → decode → csv | json → format/* → Observed → Facts → Fit → Digest
//! ```
//!
//! Only a [`Digest`] leaves a reader's worker: numbers, and names of models, providers and columns.
//!
//! A file is pushed in pieces ([`Reader::push`]) and never held: rows become sums of buckets while
//! they are read. Readers ignore names, keys, addresses and texts; of a file's texts only the names
//! of models, providers and columns are kept.
//!
//! Values that a file lacks are unknown (`None`), never zero.

mod ahead;
mod amounts;
mod answer;
mod as_it_is;
mod band;
mod buckets;
mod busiest;
mod callees;
mod calls;
mod coarse;
mod collector;
mod common_width;
mod coverage;
mod csv;
mod day;
mod decode;
mod digest;
mod earlier;
mod facts;
mod fit;
mod flag;
mod format;
mod fullest_day;
mod groups;
mod growth;
mod held_out;
mod hours;
mod ids;
mod json;
mod json_source;
mod listed;
mod measure;
mod model_sums;
mod model_table;
mod nest;
mod notation;
mod number;
mod observed;
mod outcome;
mod pages;
mod part;
mod pick;
mod reader;
mod records;
mod row;
mod scenario_values;
mod sellers;
mod series;
mod sheet;
mod shown;
mod skip;
mod source;
mod split;
mod spread;
mod stamped;
mod status;
mod time;
mod unfinished;
mod unknown;
mod unpack;
mod unread;
mod usual;
mod waiting;
mod within;
mod workloads;
mod wrapped;

pub use amounts::Amounts;
pub use answer::{Answers, Column, Measure, SeriesUse, Unit, Window};
pub use band::Band;
pub use busiest::{Busiest, Minute};
pub use day::{DaysOfWeek, Week};
pub use digest::{Digest, Value, digest};
pub use facts::Facts;
pub use fit::{Fit, Level, PeakChoice, PeakChoices, fit};
pub use flag::Flag;
pub use format::is_meaning;
pub use fullest_day::fullest_day;
pub use groups::By;
pub use growth::Growth;
pub use held_out::{HeldOut, Trial, held_out};
pub use measure::facts;
pub use notation::{DateOrder, DecimalMark};
pub use observed::{Kind, Observed};
pub use outcome::{Outcome, Question, Reason, Refusal};
pub use reader::{Reader, may_be_export};
pub use scenario_values::ScenarioValues;
pub use skip::Skip;
pub use source::Format;
pub use status::{Measured, Status};
pub use unfinished::Unfinished;
pub use workloads::{Called, Workload, Workloads, joined};
