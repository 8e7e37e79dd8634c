//! A provider whose model has another kind of output than the requests need.

use crate::catalog::model_kind::ModelKind;

/// A provider whose model cannot answer a workload's requests, or any requests.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherModel {
    /// Target id of the provider.
    pub id: String,
    /// Name of the provider.
    pub name: String,
    /// Model.
    pub model: String,
    /// Output kind of the model.
    pub makes: ModelKind,
    /// The workload that goes there; `None` if the model suits no workload.
    pub workload: Option<String>,
}
