//! How many requests of a day are simulated in a second: `make bench`.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    divan::main();
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod benches {
    use divan::Bencher;
    use divan::counter::ItemsCount;
    use kt_capacity::model::hpa::{Behavior, Limits, Timing};
    use kt_capacity::simulation::{
        Arrivals, Calls, Client, Config, Cpu, Gateway, Hpa, MetricName, Metrics, Provider,
        RandomArrivals, Routing, Simulation, Status, Target,
    };

    const DAY_MS: u64 = 86_400_000;

    /// A day of the guide's mix at this mean rate, twice as busy at noon as at midnight.
    fn day(requests_per_s: u64, pods: u32) -> Config {
        let window = |hour: u64| requests_per_s * 3_600 * (8 + 24 - 2 * hour.abs_diff(12)) / 20;
        let provider = |weight, ttft_ms, tokens_per_s| Provider {
            weight,
            ttft_ms,
            tokens_per_s,
            ..Provider::default()
        };
        let target = |name, target| Target { name, target };
        Config {
            duration_ms: DAY_MS,
            bucket_ms: 60_000,
            late_ms: 30_000,
            clients: vec![Client {
                input_tokens: 1_500,
                output_tokens: 800,
                output_cv: 1.0,
                max_wait_ms: Some(30_000),
                ..Client::default()
            }],
            arrivals: Arrivals::Random(RandomArrivals {
                window_ms: DAY_MS / 24,
                requests: (0..24).map(window).collect(),
                dispersion: 1.0,
                spread_ms: 0,
            }),
            providers: vec![
                provider(60, 450, 131.0),
                provider(25, 1_000, 60.0),
                provider(15, 1_000, 60.0),
            ],
            quotas: Vec::new(),
            gateway: Gateway {
                pods,
                slots: 16,
                routing: Routing::Random,
                overhead_ms: 10,
                zones: 3,
                cpu: Cpu {
                    us_per_start: 1_000,
                    idle_m: 5,
                    ..Cpu::default()
                },
                ..Gateway::default()
            },
            calls: Calls {
                attempts: 3,
                ..Calls::default()
            },
            metrics: Metrics {
                lag_ms: [15_000; 3],
                ..Metrics::default()
            },
            hpa: Some(Hpa {
                further: Vec::new(),
                schedules: Vec::new(),
                activation: None,
                fallback: None,
                limits: Limits::new(pods, 40 * pods, Some(Behavior::default())),
                metrics: vec![
                    target(MetricName::Cpu, 70),
                    target(MetricName::InFlight, 11_000),
                ],
                sync_ms: 15_000,
                offset_ms: 0,
                timing: Timing::default(),
            }),
            events: Vec::new(),
        }
    }

    fn lived(config: Config) -> u64 {
        let Ok(mut run) = Simulation::new(config, 1) else {
            return 0;
        };
        while run.step(1_000_000) == Status::Running {}
        run.requests_made()
    }

    /// Requests that are expected in a day.
    fn expected(config: &Config) -> u64 {
        match &config.arrivals {
            Arrivals::Random(random) => random.requests.iter().sum(),
            _ => 0,
        }
    }

    fn time(bencher: Bencher, requests_per_s: u64, pods: u32) {
        let config = day(requests_per_s, pods);
        bencher
            .counter(ItemsCount::new(expected(&config)))
            .with_inputs(|| config.clone())
            .bench_local_values(lived);
    }

    /// Near the default scenario, and ten times it.
    #[divan::bench(args = [(1, 2), (6, 11)], sample_count = 20)]
    fn ordinary_day(bencher: Bencher, (requests_per_s, pods): (u64, u32)) {
        time(bencher, requests_per_s, pods);
    }

    /// Forty-three million requests.
    #[divan::bench(sample_count = 2)]
    fn day_at_500_a_second(bencher: Bencher) {
        time(bencher, 500, 600);
    }
}
