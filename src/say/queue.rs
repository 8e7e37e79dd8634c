//! Waiting before the gateways.

use crate::model::queueing::Routing;

/// How requests reach the gateways, and whose formula gives their waits.
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

/// The same in a few words, after “requests reach the gateways”.
pub fn by(routing: Routing) -> &'static str {
    match routing {
        Routing::Random => "at random, as kube-proxy spreads them",
        Routing::InTurn => "in turn",
        Routing::Fewest => "where fewest are held",
        Routing::BestOfTwo => "at the better of two taken at random",
        Routing::Pool => "from one queue",
    }
}
