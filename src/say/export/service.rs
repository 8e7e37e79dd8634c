//! `service.yaml`.

use crate::model::queueing::Routing;

/// What else the port is for.
pub const PORT: &str = "also where /metrics is scraped";

/// What was checked.
pub const CHECKED: &str = "Valid for v1";

/// What it does.
pub const NOTE: &str =
    "Spreads requests over the gateways; only its comment depends on the scenario.";

/// How the plan takes requests to reach the gateways, and who does that.
pub fn reached(routing: Routing) -> &'static str {
    match routing {
        Routing::Random => {
            "The plan counts with requests spread at random over the pods, as kube-proxy does."
        }
        Routing::InTurn => {
            "The plan counts with requests in turn: put a round-robin load balancer before them."
        }
        Routing::Fewest => {
            "The plan counts with the pod that holds fewest: put a least-connections load balancer \
             before the pods."
        }
        Routing::BestOfTwo => {
            "The plan counts with the better of two pods: put a load balancer with two random \
             choices before them."
        }
        Routing::Pool => {
            "The plan counts with one queue before all pods, which no Service has: it is a bound."
        }
    }
}
