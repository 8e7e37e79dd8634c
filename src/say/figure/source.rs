//! Sources of the values in formulas.

use std::borrow::Cow;

use super::name;
use crate::model::queueing::Routing;
use crate::plan::Source;
use crate::say::event::kind_name;
use crate::say::queue::reached;
use crate::say::words;

pub(super) fn source(source: &Source) -> Cow<'static, str> {
    match source {
        Source::Field(_) | Source::Input => "your input".into(),
        Source::InputWithCalls => "your requests, each with the calls it sets off".into(),
        Source::MeanOfWorkloads => "mean of your workloads".into(),
        Source::Figure(id) => ["figure “", name(id), "”"].concat().into(),
        Source::RunningGateways => "figure “Gateways”, within the HPA's maximum".into(),
        Source::SizedRate => "peak rate × headroom".into(),
        Source::SecondsOfTheDay => "24 × 60 × 60".into(),
        Source::MeanMonth => "365.2425 ÷ 12".into(),
        Source::Number => "".into(),
        Source::Guide => "the guide".into(),
        Source::GuideAutoscaler => "the guide’s HPA: one may fail".into(),
        Source::GuideRow(row) => ["the guide’s row “", row, "”"].concat().into(),
        Source::GuideControlPlane(size) => {
            let size = size.to_ascii_lowercase();
            ["the guide’s ", &size, " control plane, or your input"]
                .concat()
                .into()
        }
        Source::SlotsWithThroughput => {
            "a request that waits to be taken up holds a slot, so both carry less than either"
                .into()
        }
        Source::SizingPage => "the gateway’s capacity sizing page".into(),
        Source::WaitTarget(seconds, routing) => wait_target(*seconds, *routing).into(),
        Source::Weights => "weight over the sum of the weights".into(),
        Source::Places => "where the order of providers and the workloads' own send it".into(),
        Source::DirectTries => "what the cache and batches leave, each try by itself".into(),
        Source::Held => "first token + output ÷ speed + overhead".into(),
        Source::HeldByShare => {
            "first token + output ÷ speed + overhead, weighted; third-party estimates".into()
        }
        Source::HeldAtProvider => {
            "first token × tries + output ÷ speed; third-party estimates".into()
        }
        Source::CountedBy { provider, source } => {
            ["as ", provider, " counts them: ", source].concat().into()
        }
        Source::Catalogue {
            name,
            as_of,
            source,
        } => [name, ", ", &words::day_month_year(as_of), "; ", source]
            .concat()
            .into(),
        Source::Window => WINDOW.into(),
        Source::Per1000Tokens(requests) => per_1000_tokens(*requests).into(),
        Source::TokenPrices => {
            "your workloads × token prices by share (genai-prices, litellm)".into()
        }
        Source::OneOrganization => {
            "the vendor holds all models of an organization to one limit".into()
        }
        Source::UnitPrices => {
            "hours that gateways run, API, PostgreSQL, disk × your unit prices".into()
        }
        Source::EventRow(kind) => {
            let kind = kind_name(*kind).to_ascii_lowercase();
            (kind + ": row, TOAST and indexes as measured on PostgreSQL 15").into()
        }
        Source::NothingAllowed => "nothing is allowed".into(),
        Source::NoneKnown => "none is known".into(),
    }
}

const WINDOW: &str = "counts within the window pass it once in a hundred (normal approximation, \
                      your burstiness); of few at once one in a hundred is refused (Erlang B)";

fn per_1000_tokens(requests: f64) -> String {
    let requests = words::significant(requests);
    [
        "the published ratio of ",
        &requests,
        " for each 1,000 tokens/min",
    ]
    .concat()
}

fn wait_target(seconds: f64, routing: Routing) -> String {
    format!(
        "fewest gateways at which 99 of 100 requests wait no longer than {} at peak × headroom, \
         {}",
        words::seconds(seconds),
        reached(routing)
    )
}
