//! How long an answer takes: `make bench`.
//!
//! The plan is worked out anew with every key that is pressed, so it must cost far
//! less than a frame of the page.

#[cfg(not(target_arch = "wasm32"))]
#[path = "large/mod.rs"]
mod large;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    divan::main();
}

/// `src/bin/timing.rs` times the plan in the browser; this still has to build for it.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod benches {
    use divan::{Bencher, black_box};
    use kt_capacity::catalog::date::date;
    use kt_capacity::model::queueing::{
        Promise, System, loss_probability, servers_for_wait, wait, wait_probability,
        with_bounded_queue,
    };
    use kt_capacity::plan;
    use kt_capacity::plan::uncertainty::{DRAWS, uncertainty};
    use kt_capacity::scenario::Scenario;

    use super::large::large_scenario;

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

    /// What a key's first pass evaluates: verdict and key figures.
    #[divan::bench]
    fn outline_of_ten_workloads_and_six_providers(bencher: Bencher) {
        let scenario = large_scenario();
        let today = date(2026, 11, 23);
        bencher.bench_local(|| plan::outline(black_box(&scenario), today));
    }

    /// Places of an order: what one refuses goes to the next, at any load.
    #[divan::bench(args = [2, 5, 10], sample_count = 5)]
    fn evaluate_places_of_an_order(bencher: Bencher, places: usize) {
        let row = |place| format!("&p=custom,m{place},,1,order:{place},rpm:200,ttft:{place}");
        let rows: String = (1..=places).map(row).collect();
        let link = format!("v=2&requests-per-day=400000{rows}");
        let (scenario, _) = kt_capacity::scenario::link::from_fragment(&link);
        let today = date(2026, 11, 23);
        bencher.bench_local(|| plan::evaluate(black_box(&scenario), today));
    }

    /// Keys of one organization, each over its limit, with all that may be done about it.
    #[divan::bench(args = [20, 80, 200], sample_count = 3)]
    fn evaluate_keys_of_one_organization(bencher: Bencher, keys: usize) {
        let rows = "&p=openai,gpt-4o,Build,1,rpm:5".repeat(keys);
        let (scenario, _) = kt_capacity::scenario::link::from_fragment(&format!("v=2{rows}"));
        let today = date(2026, 11, 23);
        bencher.bench_local(|| plan::evaluate(black_box(&scenario), today));
    }

    /// All futures of a scenario with three ranges, with their answers.
    #[divan::bench(sample_count = 5)]
    fn ten_thousand_futures(bencher: Bencher) {
        let link = "requests-per-day=40k..60k&peak-multiplier=2..4..6&growth=5..15";
        let (scenario, _) = kt_capacity::scenario::link::from_fragment(link);
        let today = date(2026, 11, 23);
        bencher.bench_local(|| uncertainty(black_box(&scenario), today, DRAWS));
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
