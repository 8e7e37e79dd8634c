//! Messages of findings about providers.

use crate::catalog::model_kind::ModelKind;
use crate::plan::{
    Falling, LimitKind, LimitState, LimitUse, OtherModel, ProviderLimit, ProviderLoss,
    RefusedAlways, ReservedOffer, ShareOf, TooLargeFor,
};
use crate::say::one_or_many;
use crate::say::words;
use crate::scenario::names::OWN_TIER;
use crate::scenario::number::grouped;

/// Whether a limit is 0.
pub(in crate::say) fn is_closed(used: &LimitUse) -> bool {
    used.state == LimitState::Closed
}

/// How full a limit is.
pub(in crate::say) fn status(used: &LimitUse) -> String {
    match used.state {
        // From twice the limit on, a multiple is clearer.
        LimitState::Used(ratio) if 2.0 <= ratio => {
            ["at ", &words::significant(ratio), " times its limit"].concat()
        }
        LimitState::Used(ratio) if 1.0 < ratio => {
            ["over by ", &words::percent(ratio - 1.0)].concat()
        }
        LimitState::Used(ratio) if used.kind.is_of_month() => words::percent(ratio) + " used",
        LimitState::Used(ratio) => words::percent(ratio) + " at peak",
        LimitState::Closed if matches!(used.kind, LimitKind::Request | LimitKind::RequestPrice) => {
            "refused always".to_owned()
        }
        LimitState::Closed => "nothing allowed".to_owned(),
        LimitState::Unknown => "no limit known".to_owned(),
    }
}

/// Message: a workload without a provider.
pub(super) const NOWHERE: &str =
    "None of the providers it may go to takes part: give one a weight, or let it go to others.";

/// What a model makes.
fn made(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Text => "text",
        ModelKind::Embeddings => "embeddings",
        ModelKind::Ranks => "ranks",
        ModelKind::Speech => "speech",
        ModelKind::Images => "images",
    }
}

/// `OpenAI refuses “Search”: gpt-4o makes text`.
pub(super) fn other_model_title(other: &OtherModel) -> String {
    let (name, model, made) = (&other.name, &other.model, made(other.makes));
    match &other.workload {
        Some(workload) => format!("{name} refuses “{workload}”: {model} makes {made}"),
        None => format!("No workload asks for {name}’s {made}"),
    }
}

/// Why a model of another kind is no place for requests.
pub(super) fn other_model(other: &OtherModel) -> String {
    let (model, made) = (&other.model, made(other.makes));
    match &other.workload {
        Some(workload) => format!(
            "{model} makes {made}, and “{workload}” asks for something else: it is refused there. \
             Bind it to providers whose models answer it."
        ),
        None => format!(
            "{model} makes {made}, and no workload asks for that: the plan sends nothing there, \
             but a gateway would. Give it a weight of 0, or bind a workload to it."
        ),
    }
}

/// Message: no second provider.
pub(super) const NO_SECOND: &str = "All requests go to one provider: if it fails, nothing is \
    served. Add a second one with a weight above 0.";

pub(super) fn unknown(model: &str, tier: &str, is_spare: bool) -> String {
    let spare = if is_spare {
        " It takes over what the others refuse or lose: nobody can say whether that fits."
    } else {
        ""
    };
    let tier = match tier {
        OWN_TIER => String::new(),
        tier => [" at tier ", tier].concat(),
    };
    format!("No limits known for {model}{tier}: enter them, or choose a model and a tier.{spare}")
}

pub(super) fn limit(limit: &ProviderLimit) -> String {
    if let Some(refused) = &limit.too_large {
        return too_large(refused);
    }
    let window = bursts(&limit.used);
    let reserved = limit.assumed_answer.map_or_else(String::new, |tokens| {
        let tokens = words::several(&words::short(tokens), "token");
        format!(
            " No max_tokens is sent, so the model’s longest answer of {tokens} is reserved while a \
             request runs: send one."
        )
    });
    let paired = limit
        .used
        .per_1000_tokens
        .map_or_else(String::new, |requests| {
            let requests = words::significant(requests);
            format!(" That limit is the published ratio of {requests} for each 1,000 tokens/min.")
        });
    let (when, midnight) = at_peak(limit);
    let of = match limit.of {
        ShareOf::Requests => " of the requests",
        ShareOf::AtOnce => " of the requests that go on at once",
        ShareOf::InBatches => " of the requests in batches",
    };
    let rate = if limit.of == ShareOf::InBatches || limit.rps <= 0.0 {
        " go there".to_owned()
    } else {
        let tries = if limit.with_retries {
            ", retries included"
        } else {
            ""
        };
        let rps = words::significant(limit.rps);
        [&when, &*rps, " rps at the peak", tries].concat()
    };
    [
        &words::percent(limit.share_ratio),
        of,
        &rate,
        ": ",
        &load(&limit.used),
        ".",
        midnight,
        &window,
        &pods(&limit.used),
        &paired,
        &reserved,
        &others(&limit.others),
    ]
    .concat()
}

/// Share of the peak, if it exceeds the provider's share because others are closed.
fn at_peak(limit: &ProviderLimit) -> (String, &'static str) {
    let is_more = limit.share_ratio * (1.0 + 1e-9) < limit.peak_share_ratio;
    if !is_more || limit.used.kind.is_of_volume() {
        return (" are ".to_owned(), "");
    }
    let most = words::percent(limit.peak_share_ratio);
    let when = [
        ", and ",
        &most,
        " of the peak while another provider has spent what its day, month or ten minutes allow, \
         are ",
    ];
    (
        when.concat(),
        " A provider’s day is taken to begin at midnight of the traffic’s day.",
    )
}

/// Sum over pods that count separately.
fn pods(used: &LimitUse) -> String {
    if used.counters <= 1.0 {
        return String::new();
    }
    let (pods, each) = (words::short(used.counters), used.published / used.counters);
    let (each, all) = (words::short(each), words::short(used.published));
    format!(
        " Each of the {pods} pods of the peak counts for itself: {each} each let {all} through; \
         the autoscaler’s other numbers of pods let more or less."
    )
}

/// Usable part of a limit under bursts, and the reason.
fn bursts(used: &LimitUse) -> String {
    if 1.0 <= used.usable_ratio {
        return String::new();
    }
    let left = words::percent(used.usable_ratio);
    if let Some(each_s) = used.few.and_then(|few| few.one_in_s()) {
        let each = words::seconds(each_s);
        return format!(
            " Its window holds less than one request, so that one is taken every {each} at most: \
             bursts leave {left} of it."
        );
    }
    let refused = used.refused_ratio.map(words::percent);
    match (used.kind, refused) {
        (LimitKind::Concurrency, Some(refused)) => {
            let taken = words::short(used.taken_at_once());
            let limit = words::short(used.published);
            format!(
                " On average {taken} of {limit} are in use, and {refused} of the requests are \
                 refused. At most {left} can be used before 1 % of requests are refused."
            )
        }
        _ => format!(" It is judged over less than a minute, and bursts leave {left} of it."),
    }
}

/// Message: requests that are always refused.
pub(super) fn too_large(refused: &RefusedAlways) -> String {
    let RefusedAlways {
        name,
        model,
        workload,
        ..
    } = refused;
    let is_money = refused.what.is_money();
    let (counts, limit) = if is_money {
        let [counts, limit] = [refused.counts, refused.limit].map(words::usd);
        (["costs ", &counts].concat(), limit)
    } else {
        let counts = grouped(refused.counts.round());
        let counts = ["counts for ", &words::several(&counts, "token")].concat();
        (counts, grouped(refused.limit.floor()))
    };
    let tokens = |noun| words::several(&limit, noun);
    let bound = match refused.what {
        TooLargeFor::Tokens => format!("{name} counts at most {} at a time", tokens("token")),
        TooLargeFor::Input => format!("{name} counts at most {} at a time", tokens("input token")),
        TooLargeFor::Output => {
            format!("{name} counts at most {} at a time", tokens("output token"))
        }
        TooLargeFor::Context => format!("the context window of {model} holds {limit}"),
        TooLargeFor::Answer => format!("an answer of {model} has at most {limit}"),
        TooLargeFor::Day => format!("{name} counts at most {} a day", tokens("token")),
        TooLargeFor::MonthTokens => format!("{name} counts at most {} a month", tokens("token")),
        TooLargeFor::Queue => {
            let tokens = tokens("input token");
            format!("the queue of {name} holds at most {tokens} in batches at once")
        }
        TooLargeFor::TenMinutes => format!("{name} allows {limit} in ten minutes"),
        TooLargeFor::Month => format!("{name} allows {limit} a month"),
    };
    let share = if refused.refused_ratio < 1.0 {
        let share = words::percent(refused.refused_ratio);
        format!(", {share} of what goes there")
    } else {
        String::new()
    };
    format!(
        "A request of “{workload}” {counts}; {bound}. Such requests are refused \
         always, however few they are{share}."
    )
}

/// `150 K of 450 K tokens/min`, and the organization's other load.
fn load(used: &LimitUse) -> String {
    let load = crate::say::limit::load(used);
    if 0.0 < used.beside {
        let beside = if used.kind.is_money() {
            words::usd(used.beside)
        } else {
            words::short(used.beside)
        };
        return [
            &load,
            ", ",
            &beside,
            " of it by the organization’s other rows",
        ]
        .concat();
    }
    load
}

/// Other limits with a known utilization.
fn others(limits: &[LimitUse]) -> String {
    let uses = limits.iter().filter_map(|used| {
        let ratio = used.state.ratio()?;
        Some([&used.abbreviation(), " ", &words::percent(ratio)].concat())
    });
    let uses: Vec<String> = uses.collect();
    if uses.is_empty() {
        return String::new();
    }
    [" Its other limits: ", &uses.join(", "), "."].concat()
}

/// Message: a cheaper split.
pub(super) fn cheaper_split(saved_per_month_usd: f64) -> String {
    format!(
        "Filling the cheapest provider up to its target use first, then the next, saves {} a \
         month in tokens. Check that the models give comparable answers.",
        words::usd(saved_per_month_usd)
    )
}

/// Message: requests that only the lost provider takes.
pub(super) fn loss_nowhere(lost: &str, homeless_ratio: f64) -> String {
    format!(
        "Without {lost}, {} of all requests have nowhere to go: no other provider takes them, \
         because their workload is bound to this one or they are too large for the others. Let \
         the workload go to a second provider.",
        words::percent(homeless_ratio),
    )
}

pub(super) fn loss(loss: &ProviderLoss) -> String {
    let served = if loss.served_ratio < 1.0 {
        let served = if 0.995 <= loss.served_ratio {
            "Almost all".to_owned()
        } else {
            words::capitalized(&words::percent(loss.served_ratio))
        };
        [" ", &served, " of the requests could be served."].concat()
    } else {
        String::new()
    };
    let trip = loss.held_before_trip.map_or_else(String::new, |held| {
        format!(
            " Until the breaker opens, the lost provider holds {}, more than the free slots: \
             others wait too.",
            words::several(&words::short(libm::ceil(held)), "request")
        )
    });
    let fall = if 0.0 < loss.homeless_ratio {
        [
            "The others take what they may of the requests of ",
            &loss.lost,
            ". ",
        ]
        .concat()
    } else {
        let falling = match loss.falling {
            Falling::ByWeight => " fall to the others by weight. ",
            Falling::InOrder => " fall to the others in their order. ",
            Falling::WhereBound => " fall to the others that they may go to, by weight. ",
        };
        ["The requests of ", &loss.lost, falling].concat()
    };
    [
        &fall,
        &loss.name,
        " then gets ",
        &words::percent(loss.share_ratio),
        " of the requests: ",
        &load(&loss.used),
        ".",
        &others(&loss.others),
        &served,
        &trip,
    ]
    .concat()
}

pub(super) fn reserve(offer: &ReservedOffer) -> String {
    format!(
        "{} for {} a month carry the peak; the same tokens cost {} at list price. They would be {} \
         full on average.",
        words::bought(offer.units, &offer.unit),
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
        "No price is known for {}; {} counts as free.",
        names.join(", "),
        one_or_many(names.len(), "its use", "their use")
    )
}

/// Message: gateways that cannot help against a provider's limit.
pub(super) fn pods_in_vain(name: &str, scale: f64, instances_max: u32) -> String {
    let refused = if scale <= 0.0 {
        "all requests".to_owned()
    } else {
        format!("the load above {} today’s peak", words::times(scale))
    };
    format!(
        "{name} refuses {refused}. That fills the queue, the autoscaler \
         answers with up to {}, and nothing gets faster: raise that limit first.",
        words::counted(instances_max, "gateway"),
    )
}
