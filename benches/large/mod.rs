//! The scenario that is timed, natively and in the browser.

use kt_capacity::catalog::profile::PROFILES;
use kt_capacity::catalog::provider::vendors;
use kt_capacity::scenario::{Period, Provider, Scenario, Workload};

/// Ten workloads, two of each profile, over six providers.
pub(crate) fn large_scenario() -> Scenario {
    let mut scenario = Scenario::default();
    let profiles = PROFILES.iter().chain(&PROFILES);
    scenario.workloads = (1..)
        .zip(profiles)
        .map(|(id, profile)| Workload {
            name: format!("{} {id}", profile.name),
            profile: Some(profile.key.to_owned()),
            requests: 20_000.0 * f64::from(id),
            period: Period::Day,
            input_tokens: profile.input_tokens,
            output_tokens: profile.output_tokens,
            cached_percent: 20.0,
            ..Workload::empty(id)
        })
        .collect();
    scenario.providers = (100..)
        .zip(vendors().iter().cycle())
        .take(6)
        .map(|(id, vendor)| Provider::first_of(id, vendor.id, f64::from(id)))
        .collect();
    assert_eq!(scenario.workloads.len(), 10);
    assert_eq!(scenario.providers.len(), 6);
    scenario
}
