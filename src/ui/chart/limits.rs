//! Limits as labelled lines.

use super::draw::literal;
use super::minutes::Minutes;
use super::{Palette, label};
use crate::model::limit::is_over;
use crate::plan::{LimitKind, LimitUse, Plan, tightest};
use crate::say::page::chart as say;
use crate::say::words;

/// Limit as a line: value, and texts at the ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LimitLine {
    pub(super) at: f64,
    pub(super) name: String,
    /// Details, omitted if they do not fit.
    pub(super) detail: String,
    pub(super) end: String,
    pub(super) kind: Kind,
    pub(super) status: Status,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Limit reached first.
    First,
    /// Other limit.
    Hard,
    /// Target, or end of a range.
    Soft,
}

/// Status of a limit under today's peak; gives the colors of all charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Within its target.
    Calm,
    /// Above its target: amber.
    Near,
    /// Above the limit: red.
    Over,
}

/// Default target utilization.
pub(super) const TARGET_RATIO: f64 = 0.8;

impl Status {
    /// Status at a utilization, with its target.
    pub(super) fn of(used: f64, target: f64) -> Self {
        if is_over(used) {
            Self::Over
        } else if is_over(used / target) {
            Self::Near
        } else {
            Self::Calm
        }
    }

    /// Status of a limit reached at a multiple of today's load.
    pub(super) fn at_scale(scale: f64) -> Self {
        if 0.0 < scale {
            Self::of(1.0 / scale, TARGET_RATIO)
        } else {
            Self::Over
        }
    }

    /// Color of the status; `calm` within the target.
    pub(super) fn tint<'a>(self, palette: &'a Palette, calm: &'a str) -> &'a str {
        match self {
            Self::Calm => calm,
            Self::Near => &palette.warn,
            Self::Over => &palette.danger,
        }
    }
}

/// Limit as a line of the label engine.
pub(super) fn limit_line(limit: LimitLine, palette: &Palette) -> label::Line {
    let calm = match limit.kind {
        Kind::First | Kind::Hard => &palette.limit,
        Kind::Soft => &palette.mark,
    };
    label::Line {
        at: limit.at,
        name: limit.name,
        detail: limit.detail,
        end: limit.end,
        tint: limit.status.tint(palette, calm).to_owned(),
        is_strong: limit.kind == Kind::First,
        is_dashed: limit.kind == Kind::Soft,
    }
}

/// Limits as lines of the label engine, in the chart's unit.
pub(super) fn limit_lines(
    limits: impl IntoIterator<Item = LimitLine>,
    unit: f64,
    palette: &Palette,
) -> Vec<label::Line> {
    let line = |limit: LimitLine| {
        let at = limit.at / unit;
        limit_line(LimitLine { at, ..limit }, palette)
    };
    limits.into_iter().map(line).collect()
}

/// Tightest limit per provider as the total load at which it is reached, including concurrent
/// batches. Monthly and batch queue limits do not apply to the minutes of a day.
pub(super) fn provider_limits(plan: &Plan, is_wide: bool) -> Vec<LimitLine> {
    let load = Minutes::of(plan);
    let mut limits: Vec<LimitLine> = plan
        .providers
        .iter()
        .filter_map(|provider| {
            let limits = provider.limits.iter();
            let is_of_minutes = |kind: LimitKind| !kind.is_of_month() && !kind.is_of_batches();
            let minutes = limits.filter(|used| is_of_minutes(used.kind));
            let used: &LimitUse = tightest(minutes, |used| used.state)?;
            let scale = used.max_scale?;
            let detail = say::full_detail(used);
            Some(LimitLine {
                at: load.batch_tpm + load.direct_peak_tpm * scale,
                name: say::full(&literal(&provider.name), used),
                detail: if is_wide { detail } else { String::new() },
                end: words::multiple(scale),
                kind: Kind::Hard,
                status: match used.state.ratio() {
                    Some(ratio) => Status::of(ratio, provider.target_ratio),
                    None => Status::Over,
                },
            })
        })
        .collect();
    limits.sort_by(|a, b| a.at.total_cmp(&b.at));
    if let Some(first) = limits.first_mut() {
        first.kind = Kind::First;
    }
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceeded_is_red_near_is_amber_and_what_is_just_full_is_not_exceeded() {
        // 100 % of a limit does not exceed it, nor 80 % a target of 80 %.
        for (used, status) in [
            (0.5, Status::Calm),
            (0.8, Status::Calm),
            (0.81, Status::Near),
            (1.0, Status::Near),
            (1.01, Status::Over),
        ] {
            assert_eq!(Status::of(used, 0.8), status, "{used}");
        }
        // Reached at 1.2 times today's load: 1 ÷ 1.2 = 83 % is used.
        assert_eq!(Status::at_scale(1.2), Status::Near);
        // Any load exceeds a limit of zero.
        assert_eq!(Status::at_scale(0.0), Status::Over);
    }
}
