//! Numbers of gateways along an axis.

use crate::model::steps::round_step;
use crate::plan::CurvePoint;

/// Points at equal distances, for the axis.
pub(super) fn in_steps(curve: &[CurvePoint]) -> Vec<CurvePoint> {
    let step = match curve {
        [.., before, last] => last.instances - before.instances,
        _ => 1,
    };
    let of_step = |point: &&CurvePoint| point.instances.is_multiple_of(step.max(1));
    curve.iter().filter(of_step).cloned().collect()
}

/// Axis labels of the points: multiples of a round number.
pub(super) fn marks(curve: &[CurvePoint], width: f64) -> Vec<String> {
    let (first, last) = match curve {
        [first, .., last] => (first.instances, last.instances),
        _ => (0, 0),
    };
    let step = round_step((last - first) / if width < 480.0 { 4 } else { 8 });
    let mark = |point: &CurvePoint| {
        let is_marked = point.instances.is_multiple_of(step);
        is_marked.then(|| point.instances.to_string())
    };
    let marks = curve.iter().map(mark);
    marks.map(Option::unwrap_or_default).collect()
}

/// Position of a number of gateways on the axis, possibly between points.
pub(super) fn place(curve: &[CurvePoint], own: u32) -> Option<f64> {
    let after = curve.iter().position(|point| own <= point.instances)?;
    let Some(before) = after.checked_sub(1) else {
        return (curve[after].instances == own).then_some(0.0);
    };
    let step = f64::from(curve[after].instances - curve[before].instances);
    Some(after as f64 - f64::from(curve[after].instances - own) / step)
}

/// Visible part of the curve: of the points above the ceiling only the last, so that the drop from
/// it is visible.
pub(super) fn from_cliff(curve: &[CurvePoint], own: u32, ceiling: f64) -> &[CurvePoint] {
    let is_cut = |point: &CurvePoint| point.instances < own && ceiling < total(point);
    let last = curve.iter().rposition(is_cut).unwrap_or(0);
    curve.get(last..).unwrap_or(curve)
}

/// Cost of the gateways and of requests lost, in dollars.
pub(super) fn total(point: &CurvePoint) -> f64 {
    point.provisioned_usd + point.lost_usd
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    #[test]
    fn the_axis_counts_in_equal_round_steps() {
        for requests in ["50000", "700000", "5000000", "33000000", "900000000"] {
            let link = format!("v=2&requests-per-day={requests}&hpa-max=10000");
            let (scenario, _) = from_fragment(&link);
            let plan = evaluate(&scenario, date(2026, 11, 28));
            let steps = in_steps(&plan.cost.curve);
            let counts: Vec<u32> = steps.iter().map(|point| point.instances).collect();
            let step = counts[1] - counts[0];
            let is_even = counts.windows(2).all(|two| two[1] - two[0] == step);
            assert!(is_even && round_step(step) == step, "{counts:?}");
            // The planned number is between its neighbors.
            let own = plan.gateway.instances;
            let at = place(&steps, own).expect("the planned number");
            let read = f64::from(counts[0]) + at * f64::from(step);
            assert!(
                (read - f64::from(own)).abs() < 1e-6,
                "{own} at {at} of {counts:?}"
            );
        }
    }
}
