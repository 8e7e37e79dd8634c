//! Explanations: each figure, and its formula as a tree with the reader's values and their sources.
//!
//! A formula is evaluated on request: a page opens few of them, and each key pressed makes a new
//! plan.

mod expr;
mod figure;
mod figures;
mod formula;
mod fullness;

pub use expr::{Expr, Op, Source, Term, TermId, Unit};
pub use figure::{Aside, Figure, FigureId};
pub(super) use figures::figures;
pub use formula::formula;
pub use fullness::Fullness;

#[cfg(test)]
mod tests;
