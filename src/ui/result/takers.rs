//! Providers that take requests, and those drawn.

use crate::plan::{LimitState, Plan, ProviderPlan};
use crate::say::page::path as say;

/// Maximum number of providers drawn individually.
pub(super) const MOST: usize = 6;

/// Providers that take requests.
pub(super) fn carrying(plan: &Plan) -> Vec<&ProviderPlan> {
    let providers = plan.providers.iter();
    providers.filter(|p| 0.0 < p.share_ratio).collect()
}

/// Providers drawn: in scenario order, or the fullest if there are many.
pub(super) fn shown(plan: &Plan) -> Vec<&ProviderPlan> {
    let mut shown = carrying(plan);
    if MOST < shown.len() {
        shown.sort_by(|one, other| fullness(other).total_cmp(&fullness(one)));
        shown.truncate(MOST);
    }
    shown
}

/// Sort value by utilization: a provider without a known limit comes after those over a limit and
/// before those within theirs.
fn fullness(provider: &ProviderPlan) -> f64 {
    match provider.state() {
        LimitState::Used(ratio) => ratio,
        LimitState::Unknown => 1.0,
        LimitState::Closed => f64::INFINITY,
    }
}

/// Providers not drawn, in one line.
pub(super) fn rest(plan: &Plan) -> Option<String> {
    let all = carrying(plan).len();
    let hidden = all.checked_sub(MOST).filter(|hidden| 0 < *hidden)?;
    Some(say::more(hidden))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    /// By hand, utilization of each provider's tightest limit: Cohere 183 times, Groq 37.5,
    /// `OpenAI` 32.3, Anthropic 12.9, Google Gemini API 5.6, Mistral 1.5; “custom” has no known
    /// limit, and the others use 5 % or less.
    #[test]
    fn the_fullest_of_many_providers_are_drawn_and_the_fullest_first() {
        let (scenario, _) = from_fragment(
            "v=2&w=Chat,200000,900,350&p=openai,,,50&p=azure-openai,,,10&p=anthropic,,,10\
             &p=aws-bedrock,,,5&p=google-vertex,,,5&p=google-gemini-api,,,5&p=groq,,,3\
             &p=mistral,,,3&p=cohere,,,3&p=deepseek,,,3&p=custom,,,3&growth=8",
        );
        let plan = evaluate(&scenario, date(2026, 11, 28));
        let names: Vec<&str> = shown(&plan).iter().map(|row| &*row.name).collect();
        let fullest = [
            "Cohere",
            "Groq",
            "OpenAI",
            "Anthropic",
            "Google Gemini API",
            "Mistral",
        ];
        assert_eq!(names, fullest);
        let said = rest(&plan).unwrap_or_default();
        // The narrow drawing has space for 44 letters.
        assert!(said.chars().count() <= 44, "{said}");
    }
}
