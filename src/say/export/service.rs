//! `service.yaml`.

use crate::model::queueing::Routing;

/// Further use of the port.
pub const PORT: &str = "also where /metrics is scraped";

/// Result of the check.
pub const CHECKED: &str = "Valid for v1";

/// Content.
pub const NOTE: &str =
    "Spreads requests over the gateways; only its comment depends on the scenario.";

/// Modelled routing to the gateways, and who provides it.
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
