//! Components of an answer: verdict, figures with formulas and reasons, tables. `result` arranges
//! them on the page.

mod figure;
mod formula;
mod numbers;
mod reason;
mod table;
mod verdict;

pub(super) use figure::{FigureBox, Figures, close_on_escape};
pub(super) use formula::OnlyFields;
pub(super) use numbers::Numbers;
pub(super) use reason::inside as reason;
pub(super) use table::{Folded, Row};
pub(super) use verdict::{VerdictSection, VerdictState};
