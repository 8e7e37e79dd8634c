//! A provider whose model makes something else than the requests ask for.

use crate::catalog::model_kind::ModelKind;

/// A provider whose model cannot answer the requests that go there, or none of all.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherModel {
    /// Its target id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: String,
    /// The things that the model makes.
    pub makes: ModelKind,
    /// The workload that goes there; none where none does.
    pub workload: Option<String>,
}
