//! Scenarios of every kind, for tests of what holds for all of them.
//!
//! A scenario is made from the property tables: every number at its ends, just above zero, or
//! anywhere between, so that a new number is covered the day it gets its row.

use kt_capacity::catalog::{guide, profile::PROFILES, provider as catalog};
use kt_capacity::scenario::property::{self, Number, Spec, WORKLOAD};
use kt_capacity::scenario::{DayShape, EventKind, Overflow, Period, Provider, Scenario, Workload};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Settings of properties with so many cases, times `FUZZ`, by which `make fuzz` asks for more.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let factor = std::env::var("FUZZ").map(|text| text.parse().expect("FUZZ is a whole number"));
    ProptestConfig {
        cases: cases.saturating_mul(factor.unwrap_or(1)),
        // A seed means nothing once a strategy changes: a bug that was found gets a test by name.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// How one number is filled, and where between its ends it lies.
type Pick = (u8, f64);

/// Shrinks towards the default, the first choice.
fn picks(count: usize) -> impl Strategy<Value = Vec<Pick>> {
    vec((0_u8..10, 0.0..1.0), count)
}

/// Value of a number by a pick; `before` is the current one.
fn value(spec: Spec, (choice, along): Pick, before: Option<f64>) -> Option<f64> {
    let tiny = spec.low.max(1e-9);
    let number = match choice {
        0..=3 => return before,
        4 if spec.kind.may_be_empty() => return None,
        4 | 5 => spec.low,
        6 => spec.high,
        7 => tiny,
        8 => tiny * (spec.high / tiny).powf(along),
        _ => spec.low + (spec.high - spec.low) * along,
    };
    let whole = spec.kind.is_whole();
    let number = if whole { number.ceil() } else { number };
    Some(number.clamp(spec.low, spec.high))
}

fn fill<S>(table: &[&Number<S>], owner: &mut S, picks: &[Pick]) {
    for (number, pick) in table.iter().zip(picks) {
        let before = (number.get)(owner);
        (number.set)(owner, value(number.spec(), *pick, before));
    }
}

fn workload(name: impl Strategy<Value = String>) -> impl Strategy<Value = Workload> {
    let profile = proptest::option::of(select(&PROFILES[..]));
    (name, profile, any::<bool>(), picks(WORKLOAD.len())).prop_map(
        |(name, profile, daily, picks)| {
            let mut workload = profile.map_or_else(
                || Workload::empty(1),
                |profile| Workload::from_profile(1, &profile),
            );
            workload.name = name;
            workload.period = if daily { Period::Day } else { Period::Minute };
            fill(WORKLOAD, &mut workload, &picks);
            workload
        },
    )
}

/// A row of the catalogue, or a model that no table knows.
fn provider(name: impl Strategy<Value = String>) -> impl Strategy<Value = Provider> {
    let row = (any::<Index>(), any::<Index>(), any::<Index>(), 0_u8..5);
    (row, name, picks(property::PROVIDER.len())).prop_map(|(row, name, picks)| {
        let (vendor, model, tier, kind) = row;
        let vendor = vendor.get(catalog::vendors()).id;
        let mut provider = Provider::first_of(1, vendor, 10.0);
        let models: Vec<_> = catalog::models(vendor).collect();
        if kind == 0 || models.is_empty() {
            provider.choose_model(&format!("m{name}"));
            provider.choose_tier(&format!("t{name}"));
        } else {
            let model = model.get(&models);
            provider.choose_model(model.name);
            if !model.tiers.is_empty() {
                provider.choose_tier(tier.get(model.tiers).name);
            }
        }
        if kind == 1 {
            provider.name = name;
        }
        fill(property::PROVIDER, &mut provider, &picks);
        // Most readers set none, and a spill-over is lived through the whole day.
        if kind != 2 {
            provider.order = 0;
        }
        provider
    })
}

fn shape() -> impl Strategy<Value = DayShape> {
    let hour = prop_oneof![Just(0.0), Just(1e-9), Just(1e6), 0.0..1e6].boxed();
    let custom = vec(hour, 24).prop_map(|mut hours| {
        if hours.iter().all(|x| *x == 0.0) {
            hours[0] = 1.0;
        }
        DayShape::Custom(hours.try_into().expect("24 of them"))
    });
    prop_oneof![
        Just(DayShape::Office),
        Just(DayShape::Flat),
        Just(DayShape::Global),
        custom
    ]
}

/// Any scenario the form or a link can make, with names from this strategy.
pub(crate) fn scenario<N>(name: impl Fn() -> N) -> impl Strategy<Value = Scenario>
where
    N: Strategy<Value = String> + 'static,
{
    // Boxed, because the tree of one scenario is larger than the stack of a test.
    let rows = (
        vec(workload(name()).boxed(), 1..5),
        vec(provider(name()).boxed(), 1..5),
    );
    let sizes = guide::CONTROL_PLANE.iter().map(|row| row.name.to_owned());
    let words = (
        shape().boxed(),
        select(&guide::CHAINS[..]),
        (any::<bool>(), select(&EventKind::ALL[..])),
        proptest::option::of(select(sizes.collect::<Vec<_>>())),
    );
    let numbers = picks(property::SCENARIO.len());
    (name(), rows, words, numbers).prop_map(|(name, (workloads, providers), words, numbers)| {
        let mut scenario = Scenario {
            name,
            workloads,
            providers,
            ..Scenario::default()
        };
        let (shape, chain, (rejects, events), size) = words;
        scenario.storage.event_kind = events;
        scenario.traffic.shape = shape;
        chain.key.clone_into(&mut scenario.gateway.chain);
        scenario.gateway.queue_overflow = if rejects {
            Overflow::Reject
        } else {
            Overflow::DropOldest
        };
        scenario.control_plane.size = size;
        fill(property::SCENARIO, &mut scenario, &numbers);
        number_rows(scenario)
    })
}

/// Rows numbered as the link parser numbers them.
pub(crate) fn number_rows(mut scenario: Scenario) -> Scenario {
    let workloads = scenario.workloads.iter_mut().map(|row| &mut row.id);
    let providers = scenario.providers.iter_mut().map(|row| &mut row.id);
    for (id, number) in workloads.chain(providers).zip(1..) {
        *id = number;
    }
    scenario
}

fn plain_name() -> impl Strategy<Value = String> {
    "[a-m]{0,8}"
}

pub(crate) fn any_scenario() -> impl Strategy<Value = Scenario> {
    scenario(plain_name)
}
