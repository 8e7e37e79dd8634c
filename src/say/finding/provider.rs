//! Why findings about providers are made.

use crate::plan::{LimitState, LimitUse, ProviderLimit, ProviderLoss, ReservedOffer, words};
use crate::say::one_or_many;

/// Whether a limit lets nothing through.
pub(in crate::say) fn is_closed(used: &LimitUse) -> bool {
    used.state == LimitState::Closed
}

/// How full a limit is.
pub(in crate::say) fn status(used: &LimitUse) -> String {
    match used.state {
        // Twice and more is no excess any more but another size.
        LimitState::Used(ratio) if 2.0 <= ratio => {
            ["at ", &words::significant(ratio), " times its limit"].concat()
        }
        LimitState::Used(ratio) if 1.0 < ratio => {
            ["over by ", &words::percent(ratio - 1.0)].concat()
        }
        LimitState::Used(ratio) => words::percent(ratio) + " at peak",
        LimitState::Closed => "nothing allowed".to_owned(),
        LimitState::Unknown => "no limit known".to_owned(),
    }
}

pub(super) fn limit(limit: &ProviderLimit) -> String {
    let window = if limit.used.usable_ratio < 1.0 {
        let left = words::percent(limit.used.usable_ratio);
        format!(" It is judged over less than a minute, and bursts leave {left} of it.")
    } else {
        String::new()
    };
    [
        &words::percent(limit.share_ratio),
        " of the requests are ",
        &words::significant(limit.rps),
        " rps at the peak: ",
        &load(&limit.used),
        ".",
        &window,
        &others(&limit.others),
    ]
    .concat()
}

/// `150 K of 450 K tokens/min`.
fn load(used: &LimitUse) -> String {
    let (load, limit) = (words::short(used.load), words::short(used.limit));
    [&load, " of ", &limit, " ", used.kind.unit()].concat()
}

/// The other limits, as far as a share of them can be told.
fn others(limits: &[LimitUse]) -> String {
    let uses = limits.iter().filter_map(|used| {
        let ratio = used.state.ratio()?;
        Some([used.kind.abbreviation(), " ", &words::percent(ratio)].concat())
    });
    let uses: Vec<String> = uses.collect();
    if uses.is_empty() {
        return String::new();
    }
    [" Its other limits: ", &uses.join(", "), "."].concat()
}

pub(super) fn loss(loss: &ProviderLoss) -> String {
    let served = if loss.served_ratio < 1.0 {
        let served = words::percent(loss.served_ratio);
        [" ", &served, " of the requests could be served."].concat()
    } else {
        String::new()
    };
    let trip = loss.held_before_trip.map_or_else(String::new, |held| {
        format!(
            " Until the breaker opens, {} requests hang on the lost provider, more than the free \
             slots: others wait too.",
            words::short(libm::ceil(held))
        )
    });
    [
        "The requests of ",
        &loss.lost,
        " fall to the others by weight. ",
        &loss.name,
        " then gets ",
        &words::percent(loss.share_ratio),
        ": ",
        &load(&loss.used),
        ".",
        &served,
        &trip,
    ]
    .concat()
}

pub(super) fn reserve(offer: &ReservedOffer) -> String {
    format!(
        "{} {} for {} a month carry the peak; the same tokens cost {} at list price. They would \
         be {} full on average.",
        offer.units,
        offer.unit,
        words::usd(offer.reserved_per_month_usd),
        words::usd(offer.pay_as_you_go_per_month_usd),
        words::percent(offer.mean_utilization_ratio),
    )
}

pub(super) fn old_limits(name: &str, tier: &str, as_of: &str, age_days: i64) -> String {
    format!(
        "{name} {tier} was read {} {}, {age_days} days ago. Check it in the provider’s console and \
         correct it here if it changed.",
        // A month has no day.
        if as_of.len() < 10 { "in" } else { "on" },
        words::day_month_year(as_of)
    )
}

pub(super) fn unpriced(names: &[String]) -> String {
    format!(
        "No price is known for {}; {} tokens count as free.",
        names.join(", "),
        one_or_many(names.len(), "its", "their")
    )
}
