//! How long a fleet takes to grow, where its policies alone decide.

use super::behavior::{Behavior, Direction, Logs, Rules, Select};

/// The controller looks every so often, milliseconds.
const SYNC_MS: i64 = 15_000;
/// Changes after which nobody waits for the rest.
const CHANGES_MOST: u32 = 20_000;

/// Seconds from the first change to the one that reaches `to` pods; `None` if the rules never
/// get there.
pub fn growth_s(rules: &Rules, from: u32, to: u32) -> Option<f64> {
    let behavior = Behavior {
        up: rules.clone(),
        ..Behavior::default()
    };
    let mut logs = Logs::default();
    let (mut size, mut now_ms) = (from.max(1), 0_i64);
    for _ in 0..CHANGES_MOST {
        if to <= size {
            return Some(now_ms as f64 / 1e3);
        }
        let next = rules.limit(Direction::Up, size, &logs, now_ms).min(to);
        if next == size {
            now_ms = next_look(rules, &logs, now_ms)?;
            continue;
        }
        logs.note(&behavior, size, next, now_ms);
        size = next;
    }
    None
}

/// The first look at which a policy has forgotten something.
fn next_look(rules: &Rules, logs: &Logs, now_ms: i64) -> Option<i64> {
    if rules.select == Select::Disabled {
        return None;
    }
    let ends = rules.policies.iter().flat_map(|policy| {
        let events = logs.up.iter();
        events.map(move |event| event.at_ms + policy.period_ms)
    });
    let next_ms = ends.filter(|end| now_ms < *end).min()?;
    Some(next_ms.div_euclid(SYNC_MS) * SYNC_MS + if next_ms % SYNC_MS == 0 { 0 } else { SYNC_MS })
}

#[cfg(test)]
mod tests {
    use super::super::behavior::{Policy, PolicyKind};
    use super::*;

    fn policy(kind: PolicyKind, value: u32, seconds: i64) -> Policy {
        Policy {
            kind,
            value,
            period_ms: 1_000 * seconds,
        }
    }

    fn rules(select: Select, policies: Vec<Policy>) -> Rules {
        Rules {
            select,
            window_ms: Some(0),
            policies,
            tolerance: None,
        }
    }

    #[test]
    fn policies_grow_the_fleet_as_the_controller_allows() {
        // Doubled or four more, whichever is more, each 15 s: 2, 6, 12, 24.
        assert_eq!(growth_s(&Rules::default_up(), 2, 20), Some(30.0));
        // The lesser: 2, 4, 8, 12, 16, 20, the first at once.
        let mut least = Rules::default_up();
        least.select = Select::Min;
        assert_eq!(growth_s(&least, 2, 20), Some(60.0));
        // Half more each minute, rounded up: 2, 3, 5, 8, 12, 18, 20.
        let halves = rules(Select::Max, vec![policy(PolicyKind::Percent, 50, 60)]);
        assert_eq!(growth_s(&halves, 2, 20), Some(300.0));
        // One pod in 40 s, seen at 45: 2, 3, 4.
        let ones = rules(Select::Max, vec![policy(PolicyKind::Pods, 1, 40)]);
        assert_eq!(growth_s(&ones, 2, 4), Some(45.0));
        assert_eq!(growth_s(&rules(Select::Disabled, Vec::new()), 2, 3), None);
        assert_eq!(growth_s(&rules(Select::Max, Vec::new()), 3, 3), Some(0.0));
    }
}
