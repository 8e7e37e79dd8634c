//! Load that a mended constraint holds.

use super::effect::{Holder, Holds};
use super::trial::Trial;
use crate::plan::Chapters;

/// New capacity of the mended constraint, its effect on the first constraint, and its cost.
pub(super) fn holds(before: &Chapters, after: &Trial, scale: Option<f64>) -> Holds {
    let more_usd = after.per_month_usd - before.cost.per_month_usd;
    Holds {
        more_usd,
        is_priced: after.is_priced,
        ..holds_free(before.first_scale(), after.first_scale(), scale)
    }
}

/// `holds` for a change without cost.
pub(super) fn holds_free(
    first_before: Option<f64>,
    first_after: Option<f64>,
    scale: Option<f64>,
) -> Holds {
    let first_moves_to = first_before
        .zip(first_after)
        .filter(|(old, new)| 0.005 * old < (new - old).abs())
        .map(|(_, new)| new);
    Holds {
        holder: Holder::Constraint,
        scale,
        first_moves_to,
        more_usd: 0.0,
        is_priced: true,
        is_inferred: false,
        loss_falls_to: None,
    }
}
