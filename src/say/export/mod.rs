//! Comments, notes, gaps and faults of the exported files, one module per file.

pub mod autoscaler;
pub mod bundle;
pub mod check;
pub mod command_line;
pub mod dashboard;
pub mod database;
pub mod deployment;
pub mod disruption;
pub mod document;
pub mod keda;
pub mod kustomization;
pub mod load_test;
pub mod origin;
pub mod pack;
pub mod report;
pub mod rules;
pub mod rules_operator;
pub mod rules_test;
pub mod service;
pub mod set;
pub mod table;
