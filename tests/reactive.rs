//! Store without a browser: notifications, and extent of an undo step.
#![cfg(all(feature = "ui", not(target_arch = "wasm32")))]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use kt_capacity::catalog::date::date;
use kt_capacity::scenario::property::Entry;
use kt_capacity::scenario::{Edit, Scenario, property};
use kt_capacity::ui::store::{Field, ScenarioStore};
use leptos::prelude::*;

/// A store of the default scenario; the owner keeps its signals alive.
fn store() -> (Owner, ScenarioStore) {
    let owner = Owner::new();
    owner.set();
    let store = ScenarioStore::new(Scenario::default(), date(2026, 11, 23));
    (owner, store)
}

/// Something done to a store.
type Act = fn(ScenarioStore);

fn requests(store: ScenarioStore) -> Field<Entry> {
    store.workload_number(1, &property::REQUESTS)
}

fn growth(store: ScenarioStore) -> Field<Entry> {
    store.number(&property::GROWTH)
}

/// A reader of `read` and how often it ran.
fn counted<T>(read: impl Fn() -> T + Send + Sync + 'static) -> (Memo<T>, Arc<AtomicU32>)
where
    T: PartialEq + Send + Sync + 'static,
{
    let runs = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&runs);
    let memo = Memo::new(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        read()
    });
    (memo, runs)
}

#[test]
fn editing_one_property_leaves_the_others_quiet() {
    let (_owner, store) = store();
    let (growth, requests) = (growth(store), requests(store));
    let (reader, runs) = counted(move || growth.get.get().value);
    reader.get_untracked();
    for thousands in 60..65 {
        requests
            .set
            .run(Some(f64::from(thousands) * 1_000.0).into());
        reader.get_untracked();
    }
    assert_eq!(runs.load(Ordering::Relaxed), 1, "edits of another property");
    growth.set.run(Some(5.0).into());
    assert_eq!(reader.get_untracked(), Some(5.0));
    assert_eq!(runs.load(Ordering::Relaxed), 2, "an edit of its own");
}

#[test]
fn an_answer_notifies_only_when_it_changes() {
    let (_owner, store) = store();
    let connections = store.answer(|plan| plan.database.connections_needed);
    let (reader, runs) = counted(move || connections.get());
    reader.get_untracked();
    requests(store).set.run(Some(60_000.0).into());
    reader.get_untracked();
    assert_eq!(runs.load(Ordering::Relaxed), 1);
    store
        .number(&property::CONNECTION_HEADROOM)
        .set
        .run(Some(20.0).into());
    assert_eq!(reader.get_untracked(), 55);
}

#[test]
fn typing_on_in_one_field_is_one_step_to_undo() {
    let (_owner, store) = store();
    let (growth, requests) = (growth(store), requests(store));
    for typed in [7.0, 70.0, 700.0, 70_000.0] {
        requests.set.run(Some(typed).into());
    }
    growth.set.run(Some(1.0).into());
    growth.set.run(Some(15.0).into());

    store.undo();
    assert_eq!(growth.get.get_untracked().value, Some(0.0));
    assert_eq!(requests.get.get_untracked().value, Some(70_000.0));
    store.undo();
    assert_eq!(requests.get.get_untracked().value, Some(50_000.0));
    assert!(!store.can_undo());

    store.redo();
    store.redo();
    assert_eq!(growth.get.get_untracked().value, Some(15.0));
    assert_eq!(requests.get.get_untracked().value, Some(70_000.0));
    assert!(!store.can_redo());
}

#[test]
fn typing_after_an_undo_is_a_step_of_its_own_and_ends_redo() {
    let (_owner, store) = store();
    let growth = growth(store);
    growth.set.run(Some(5.0).into());
    store.undo();
    assert!(store.can_redo());
    growth.set.run(Some(6.0).into());
    assert!(!store.can_redo());
    growth.set.run(Some(6.0).into());
    store.undo();
    assert_eq!(growth.get.get_untracked().value, Some(0.0));
    assert!(!store.can_undo(), "writing the same value is no step");
}

#[test]
fn the_same_field_of_two_rows_is_two_steps() {
    let (_owner, store) = store();
    let weight = |id| store.provider_number(id, &property::WEIGHT);
    weight(2).set.run(Some(50.0).into());
    weight(3).set.run(Some(35.0).into());
    store.undo();
    assert_eq!(weight(2).get.get_untracked().value, Some(50.0));
    assert_eq!(weight(3).get.get_untracked().value, Some(25.0));
}

#[test]
fn replacing_and_resetting_are_one_step_each() {
    let (_owner, store) = store();
    let mut other = Scenario {
        name: "Other".to_owned(),
        ..Scenario::default()
    };
    other.traffic.growth_percent = 15.0;
    store
        .unread
        .update(|unread| unread.lines.push("something".to_owned()));

    store.replace(other.clone());
    assert_eq!(store.with(Scenario::clone), other);
    store.reset();
    assert_eq!(store.with(Scenario::clone), Scenario::default());
    assert!(store.unread.get_untracked().lines.is_empty());

    store.undo();
    assert_eq!(store.with(Scenario::clone), other);
    store.undo();
    assert_eq!(store.with(Scenario::clone), Scenario::default());
    assert!(!store.can_undo());
}

#[test]
fn the_edits_of_a_fix_are_one_step() {
    let (_owner, store) = store();
    let weight = |id, value| Edit::Provider {
        id,
        key: "weight",
        value: Some(value),
    };
    store.apply(&[weight(2, 20.0), weight(3, 30.0), weight(4, 50.0)]);
    let weights = || store.with(|s| s.providers.iter().map(|p| p.weight).collect::<Vec<_>>());
    assert_eq!(weights(), [20.0, 30.0, 50.0]);
    store.undo();
    assert_eq!(weights(), [60.0, 25.0, 15.0]);
    assert!(!store.can_undo());
}

#[test]
fn whatever_replaces_the_scenario_voids_what_was_being_typed() {
    let (_owner, store) = store();
    growth(store).set.run(Some(5.0).into());
    // (what was done, how)
    let acts: [(&str, Act); 5] = [
        ("undo", ScenarioStore::undo),
        ("redo", ScenarioStore::redo),
        ("replace", |store| store.replace(Scenario::default())),
        ("a fix", |store| store.apply(&[])),
        ("reset", ScenarioStore::reset),
    ];
    for (what, act) in acts {
        let epoch = store.epoch.get_untracked();
        store.invalid.update(|invalid| {
            invalid.insert("w1-requests".to_owned());
        });
        act(store);
        assert!(store.invalid.get_untracked().is_empty(), "{what}");
        assert!(epoch < store.epoch.get_untracked(), "{what}");
    }
}

#[test]
fn a_lens_outlives_its_row() {
    let (_owner, store) = store();
    let weight = store.provider_number(3, &property::WEIGHT);
    store.edit("", |scenario| scenario.providers.retain(|p| p.id != 3));
    assert_eq!(weight.get.get_untracked().value, None);
    weight.set.run(Some(5.0).into());
    assert_eq!(store.with(|s| s.providers.len()), 2);
    store.undo();
    assert_eq!(weight.get.get_untracked().value, Some(25.0));
}

#[test]
fn the_past_is_bounded() {
    let (_owner, store) = store();
    for step in 0..500 {
        store.edit("", |scenario| scenario.name = format!("step {step}"));
    }
    let mut steps = 0;
    while store.can_undo() {
        store.undo();
        steps += 1;
    }
    assert_eq!(steps, 200);
    assert_eq!(store.with(|s| s.name.clone()), "step 299");
}
