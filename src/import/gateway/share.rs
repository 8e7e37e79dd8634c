//! Shares of the targets in all requests, and the maximum number of targets.

use std::collections::BTreeMap;

use crate::import::fact::Facts;
use crate::scenario::link::MOST_ROWS;
use crate::scenario::number::grouped;

/// Sum per group, if the sums differ.
const WHOLE: f64 = 100.0;

const ALIKE: &str = "what each group gets the file does not say, so all get alike";

/// Keeps as many targets as a scenario can have and reports the others.
pub(super) fn cap(facts: &mut [Facts]) {
    let mut room = MOST_ROWS;
    for facts in facts {
        let kept = facts.targets.len().min(room);
        room -= kept;
        for target in facts.targets.split_off(kept) {
            let why = format!("there is room for {MOST_ROWS} providers");
            facts.unused(target.place, why);
        }
    }
}

/// Scales groups to equal sums: weights are relative within a group and an order level, that is a
/// model, rule or plugin, and no file gives the groups' shares.
pub(super) fn even(facts: &mut [Facts]) {
    let mut totals: BTreeMap<(usize, usize, usize), f64> = BTreeMap::new();
    for (document, facts) in facts.iter().enumerate() {
        for target in &facts.targets {
            let key = (target.order, document, target.group);
            *totals.entry(key).or_default() += target.weight.unwrap_or(1.0);
        }
    }
    let sums: Vec<(usize, u64)> = totals
        .iter()
        .map(|((order, ..), total)| (*order, total.to_bits()))
        .collect();
    if sums
        .windows(2)
        .all(|two| two[0].0 != two[1].0 || two[0].1 == two[1].1)
    {
        return;
    }
    for (document, facts) in facts.iter_mut().enumerate() {
        for target in &mut facts.targets {
            let total = totals[&(target.order, document, target.group)];
            let weight = target.weight.unwrap_or(1.0);
            if total <= 0.0 || weight <= 0.0 {
                continue;
            }
            if target.weight.is_none() {
                target.fill("weight", ALIKE);
            }
            let share = libm::round(weight / total * WHOLE * 100.0) / 100.0;
            target.weight = Some(share);
            let part = format!("{} of {} in its group", grouped(weight), grouped(total));
            target.weight_note = Some(format!("{part}; {ALIKE}"));
        }
    }
}
