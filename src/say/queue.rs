//! Waits for the gateways.

use crate::model::queueing::Routing;
use crate::say::words;

/// Routing to the gateways, and the source of its formula.
pub fn reached(routing: Routing) -> &'static str {
    match routing {
        Routing::Random => {
            "each gateway by itself, as a Service spreads requests at random: Erlang C and Kimura, \
             with Hayward's division for bursts"
        }
        Routing::InTurn => {
            "each gateway by itself, every one in its turn: Hayward's division for even arrivals"
        }
        Routing::Fewest => {
            "each request to the gateway that holds fewest: nearly one pool, corrected by a fit to \
             simulations"
        }
        Routing::BestOfTwo => {
            "each request to the better of two gateways: an interpolation between them alone and \
             one pool, fitted to simulations"
        }
        Routing::Pool => "one queue before all gateways: Erlang C, Kimura and Hayward's division",
    }
}

/// Routing in a few words, to follow “requests reach the gateways”.
pub fn by(routing: Routing) -> &'static str {
    match routing {
        Routing::Random => "at random, as kube-proxy spreads them",
        Routing::InTurn => "in turn",
        Routing::Fewest => "where fewest are held",
        Routing::BestOfTwo => "at the better of two taken at random",
        Routing::Pool => "from one queue",
    }
}

/// Workers by a vendor's rule, with its least and its most redundancy.
pub fn vendor_workers([least, most]: [f64; 2]) -> String {
    let whole = |workers: f64| words::short(libm::ceil(workers).max(1.0));
    let (least, most) = (whole(least), whole(most));
    if least == most {
        return least;
    }
    [&least, " to ", &most].concat()
}
