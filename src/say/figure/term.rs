//! The values of formulas: what each is, and its unit.

use crate::plan::{TermId, Unit};

pub(super) fn label(id: TermId) -> &'static str {
    match id {
        TermId::Requests => "Requests",
        TermId::SecondsInADay => "Seconds in a day",
        TermId::SecondsInAMinute => "Seconds in a minute",
        TermId::DaysInAMonth => "Days in a month",
        TermId::AThousand => "A thousand",
        TermId::PeakOverMean => "Peak over mean",
        TermId::PeakRate => "Peak rate",
        TermId::TokensOfARequest => "Tokens of a request",
        TermId::ShareOfTheRequests => "Share of the requests",
        TermId::CallsOfARequest => "Calls of a request",
        TermId::TimeAtTheProvider => "Time at the provider",
        TermId::TokensCounted => "Tokens counted",
        TermId::Units => "Units",
        TermId::InputOfAUnit => "Input of a unit",
        TermId::Limit => "Limit",
        TermId::Limits => "Limits",
        TermId::MinutesJudged => "Minutes judged",
        TermId::CostOfARequest => "Cost of a request",
        TermId::LeftByBursts => "Left by bursts",
        TermId::Least => "Least",
        TermId::Headroom => "Headroom",
        TermId::TimeInFlight => "Time in flight",
        TermId::SlotsEach => "Slots each",
        TermId::ThroughputOfOne => "Throughput of one",
        TermId::TokensOfOne => "Tokens of one",
        TermId::SlotsThatKeepTheWait => "Slots that keep the wait",
        TermId::RowBeginsWith => "Row begins with",
        TermId::RowBeginsAt => "Row begins at",
        TermId::RowIsWide => "Row is wide",
        TermId::RowAdds => "Row adds",
        TermId::SizedFor => "Sized for",
        TermId::RequestsInFlight => "Requests in flight",
        TermId::Gateways => "Gateways",
        TermId::EventSize => "Event size",
        TermId::Retention => "Retention",
        TermId::ApiReplicas => "API replicas",
        TermId::EachReplica => "Each replica",
        TermId::Workers => "Workers",
        TermId::EachWorker => "Each worker",
        TermId::Spare => "Spare",
        TermId::Tokens => "Tokens",
        TermId::Infrastructure => "Infrastructure",
        TermId::CostPerMonth => "Cost per month",
    }
}

pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::One => "",
        Unit::PerDay => "/day",
        Unit::Seconds => "s",
        Unit::Rps => "rps",
        Unit::Tokens => "tokens",
        Unit::TokensPerMinute => "tok/min",
        Unit::TokensPerSecond => "tok/s",
        Unit::Days => "days",
        Unit::Bytes => "B",
        Unit::Usd => "$",
        Unit::Limit(kind) => kind.unit(),
    }
}
