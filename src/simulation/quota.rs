//! Remaining quotas, and the amounts that calls take.

use super::config::{Counted, Counting, Provider, Quota, QuotaUse, Refill, Scope, Weights};
use super::limit::{Bucket, Tokens};

/// Thousandths in a unit.
const MILLI: i64 = 1_000;

/// Remaining amount of a quota.
///
/// A quota with continuous refill is a bucket whose levels count parts of a unit such that the
/// limit is the refill per millisecond; one that refills at once counts thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    bucket: Bucket,
    /// Parts of the level per thousandth of a unit.
    parts: i64,
    /// Period of a quota that refills at once, and the last period seen.
    period: Option<(i64, i64)>,
    scope: Scope,
}

/// A call, as quotas see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) client: u32,
    pub(super) tokens: Tokens,
    pub(super) now: i64,
}

impl Level {
    pub(super) fn full(quota: &Quota) -> Self {
        let [limit, period] = [quota.limit, quota.period_ms].map(whole);
        let (bucket, parts, period) = match quota.refill {
            Refill::Steady { burst_ms } => {
                let bucket = Bucket::full(limit, whole(burst_ms));
                (bucket, period / MILLI, None)
            }
            Refill::AtOnce => {
                let bucket = Bucket::holding(limit.saturating_mul(MILLI));
                (bucket, 1, Some((period.max(1), 0)))
            }
        };
        Self {
            bucket,
            parts,
            period,
            scope: quota.scope,
        }
    }

    /// Scales a continuously refilling quota from now on; others keep their amount.
    pub(super) fn cut(&mut self, quota: &Quota, permille: u32, now: i64) {
        if let Refill::Steady { burst_ms } = quota.refill {
            let limit = quota.limit.saturating_mul(u64::from(permille)) / 1_000;
            self.bucket.change(whole(limit), whole(burst_ms), now);
        }
    }

    /// Remaining amount, in parts.
    fn left(&mut self, now: i64) -> i64 {
        if let Some((period, last)) = &mut self.period {
            let this = now / *period;
            if *last < this {
                *last = this;
                self.bucket.fill(now);
            }
        }
        self.bucket.level(now)
    }

    fn take(&mut self, amount_m: i64, now: i64) {
        self.left(now);
        self.bucket.take(amount_m.saturating_mul(self.parts), now);
    }
}

impl Weights {
    fn of(&self, input: i64, output: i64) -> i64 {
        let [call, input_m, output_m] = [self.call, self.input, self.output].map(whole);
        let input = input.saturating_mul(input_m);
        let output = output.saturating_mul(output_m);
        call.saturating_add(input).saturating_add(output)
    }
}

impl Counted {
    /// Thousandths counted when the call is made.
    fn asked(&self, tokens: Tokens) -> i64 {
        let longest = tokens.max_output.max(i64::from(self.answer_least));
        self.asked.of(tokens.input, longest)
    }

    /// Thousandths counted when the call is answered.
    fn used(&self, tokens: Tokens) -> i64 {
        self.used.of(tokens.input, tokens.output)
    }
}

impl QuotaUse {
    fn counted(&self, call: Call) -> Counted {
        let counted = self.by_client.get(call.client as usize);
        counted.copied().unwrap_or_default()
    }

    fn has_room(&self, level: &mut Level, call: Call) -> bool {
        let counted = self.counted(call);
        let need = match self.counting {
            Counting::Reserve | Counting::Settle => {
                counted.asked(call.tokens).saturating_mul(level.parts)
            }
            Counting::Postpaid => i64::from(counted != Counted::default()),
        };
        // A call that counts for nothing is never refused, even if the quota is overdrawn.
        need == 0 || need <= level.left(call.now)
    }

    /// Takes the amount due when a call is made.
    fn begin(&self, level: &mut Level, call: Call) {
        if self.counting != Counting::Postpaid {
            level.take(self.counted(call).asked(call.tokens), call.now);
        }
    }

    /// Takes the amount due when a call is answered, or returns the excess.
    fn end(&self, level: &mut Level, call: Call) {
        let counted = self.counted(call);
        let used = || counted.used(call.tokens);
        match self.counting {
            Counting::Reserve => {}
            Counting::Settle => level.take(used() - counted.asked(call.tokens), call.now),
            Counting::Postpaid => level.take(used(), call.now),
        }
    }
}

/// Level of the quota with this index, if it has this scope.
fn of_scope(levels: &mut [Level], place: u32, scope: Scope) -> Option<&mut Level> {
    let level = levels.get_mut(place as usize);
    level.filter(|level| level.scope == scope)
}

impl Provider {
    /// Whether all quotas of a scope have room for a call.
    pub(super) fn has_room(&self, levels: &mut [Level], scope: Scope, call: Call) -> bool {
        self.quotas.iter().all(|used| {
            let level = of_scope(levels, used.quota, scope);
            level.is_none_or(|level| used.has_room(level, call))
        })
    }

    /// Counts a call when it is made.
    pub(super) fn begin(&self, levels: &mut [Level], scope: Scope, call: Call) {
        for used in &self.quotas {
            if let Some(level) = of_scope(levels, used.quota, scope) {
                used.begin(level, call);
            }
        }
    }

    /// Counts a call that is refused for its size, where there is room for one.
    pub(super) fn count_bare(&self, levels: &mut [Level], (client, now): (u32, i64)) {
        for used in &self.quotas {
            let counted = used.by_client.get(client as usize);
            let calls = counted.map_or(0, |counted| whole(counted.asked.call));
            if let Some(level) = of_scope(levels, used.quota, Scope::Shared)
                && 0 < calls
                && calls.saturating_mul(level.parts) <= level.left(now)
            {
                level.take(calls, now);
            }
        }
    }

    /// Counts a call when it is answered.
    pub(super) fn end(&self, levels: &mut [Level], scope: Scope, call: Call) {
        for used in &self.quotas {
            if let Some(level) = of_scope(levels, used.quota, scope) {
                used.end(level, call);
            }
        }
    }
}

fn whole(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: Tokens = Tokens {
        input: 400,
        output: 100,
        max_output: 300,
    };

    fn call(now: i64) -> Call {
        Call {
            client: 0,
            tokens: TOKENS,
            now,
        }
    }

    fn counting(counting: Counting, counted: Counted) -> QuotaUse {
        QuotaUse {
            quota: 0,
            counting,
            by_client: vec![counted],
        }
    }

    fn a_call() -> Counted {
        let call = Weights {
            call: 1_000,
            ..Weights::default()
        };
        Counted {
            asked: call,
            used: call,
            answer_least: 0,
        }
    }

    #[test]
    fn what_a_day_allows_comes_back_at_midnight_and_not_before() {
        let mut level = Level::full(&Quota {
            limit: 2,
            period_ms: 86_400_000,
            refill: Refill::AtOnce,
            scope: Scope::Shared,
        });
        let calls = counting(Counting::Reserve, a_call());
        for now in [0, 50_000] {
            assert!(calls.has_room(&mut level, call(now)));
            calls.begin(&mut level, call(now));
        }
        assert!(!calls.has_room(&mut level, call(86_399_999)));
        assert!(calls.has_room(&mut level, call(86_400_000)));
        // An unused day saves nothing up.
        for now in [259_200_000, 259_200_001] {
            assert!(calls.has_room(&mut level, call(now)));
            calls.begin(&mut level, call(now));
        }
        assert!(!calls.has_room(&mut level, call(259_200_002)));
    }

    #[test]
    fn tokens_are_weighted_and_settled() {
        // 1,000 a minute; 0.5 × 400 + 4 × 300 = 1,400 asked, 200 + 400 = 600 used.
        let weights = Weights {
            call: 0,
            input: 500,
            output: 4_000,
        };
        let counted = Counted {
            asked: weights,
            used: weights,
            answer_least: 0,
        };
        let quota = Quota {
            limit: 1_400,
            period_ms: 60_000,
            refill: Refill::Steady { burst_ms: 60_000 },
            scope: Scope::Shared,
        };
        let mut level = Level::full(&quota);
        let tokens = counting(Counting::Settle, counted);
        assert!(tokens.has_room(&mut level, call(0)));
        tokens.begin(&mut level, call(0));
        assert!(!tokens.has_room(&mut level, call(0)));
        tokens.end(&mut level, call(0));
        // 800 of 1,400 are left, 600 are missing: 600 ÷ 1,400 of a minute, rounded up.
        assert!(!tokens.has_room(&mut level, call(25_714)));
        assert!(tokens.has_room(&mut level, call(25_715)));
        // Half the rate holds 700 at most: this call never fits.
        level.cut(&quota, 500, 30_000);
        assert!(!tokens.has_room(&mut level, call(500_000)));
    }

    #[test]
    fn who_is_counted_afterwards_needs_something_left() {
        let mut level = Level::full(&Quota {
            limit: 1,
            period_ms: 86_400_000,
            refill: Refill::AtOnce,
            scope: Scope::Shared,
        });
        let money = Weights {
            call: 0,
            input: 2,
            output: 2,
        };
        let spent = counting(
            Counting::Postpaid,
            Counted {
                asked: Weights::default(),
                used: money,
                answer_least: 0,
            },
        );
        // Each answer costs 500 × 2 thousandths: the first may be made, a second not.
        assert!(spent.has_room(&mut level, call(0)));
        spent.begin(&mut level, call(0));
        assert!(spent.has_room(&mut level, call(1)));
        spent.end(&mut level, call(2));
        assert!(!spent.has_room(&mut level, call(3)));
    }
}
