//! How long an answer takes: `make bench`.
//!
//! The plan is worked out anew with every key that is pressed, so it must cost far
//! less than a frame of the page.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    divan::main();
}

/// Nothing is timed in the browser; the crate still has to build for it.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod benches {
    use divan::{Bencher, black_box};
    use jiff::civil::date;
    use kt_capacity::catalog::profile::PROFILES;
    use kt_capacity::catalog::provider::vendors;
    use kt_capacity::model::queueing::{
        Promise, System, loss_probability, servers_for_wait, wait, wait_probability,
        with_bounded_queue,
    };
    use kt_capacity::plan;
    use kt_capacity::scenario::{Period, Provider, Scenario, Workload};

    /// Ten workloads, two of each profile, over six providers.
    fn large_scenario() -> Scenario {
        let mut scenario = Scenario::default();
        let profiles = PROFILES.iter().chain(&PROFILES);
        scenario.workloads = (1..)
            .zip(profiles)
            .map(|(id, profile)| Workload {
                id,
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

    #[divan::bench]
    fn evaluate_the_default_scenario(bencher: Bencher) {
        let scenario = Scenario::default();
        let today = date(2026, 11, 23);
        bencher.bench_local(|| plan::evaluate(black_box(&scenario), today));
    }

    #[divan::bench]
    fn evaluate_ten_workloads_and_six_providers(bencher: Bencher) {
        let scenario = large_scenario();
        let today = date(2026, 11, 23);
        bencher.bench_local(|| plan::evaluate(black_box(&scenario), today));
    }

    /// 99.9 % busy, where the sums are longest.
    #[divan::bench(args = [100, 10_000, 100_000])]
    fn erlang_c(servers: u32) -> f64 {
        let servers = f64::from(black_box(servers));
        wait_probability(servers, 0.999 * servers).unwrap_or(f64::NAN)
    }

    #[divan::bench(args = [100_000])]
    fn erlang_b_overloaded(servers: u32) -> f64 {
        let servers = f64::from(black_box(servers));
        loss_probability(servers, 1.001 * servers).unwrap_or(f64::NAN)
    }

    /// Hundreds of slots and bursty arrivals, as a gateway for language models has.
    const GATEWAY: System = System {
        arrival_rate_rps: 46.0,
        service_time_s: 8.0,
        service_cv2: 1.2,
        arrival_dispersion: 2.0,
        servers: 400,
    };

    #[divan::bench]
    fn wait_of_a_gateway() -> f64 {
        wait(black_box(&GATEWAY)).map_or(f64::NAN, |wait| wait.wait_p99_s)
    }

    #[divan::bench]
    fn bounded_queue_of_a_gateway() -> f64 {
        with_bounded_queue(black_box(&GATEWAY), 1_000)
            .map_or(f64::NAN, |bounded| bounded.wait.wait_p99_s)
    }

    #[divan::bench]
    fn servers_for_a_promise() -> u32 {
        let promise = Promise::WaitWithin {
            share: 0.99,
            most_s: 0.5,
        };
        servers_for_wait(black_box(&GATEWAY), promise).unwrap_or(0)
    }
}
