//! How many requests of a day are simulated in a second: `make bench`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    divan::main();
    benches::beside()
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod benches {
    use std::io::Write as _;
    use std::process::Command;
    use std::time::Instant;

    use divan::Bencher;
    use divan::counter::ItemsCount;
    use kt_capacity::model::hpa::{Behavior, Limits, Timing};
    use kt_capacity::simulation::{
        Arrivals, Calls, Client, Config, Count, Cpu, Gateway, Hpa, MetricName, Metrics, Provider,
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
        let target = |name, target| Target {
            name,
            target,
            is_summed: false,
        };
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
            stop: None,
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

    /// The fleet that `SimPy` runs too: no autoscaler, no limits, one provider.
    fn fleet(rate: u64, seconds: u64) -> Config {
        let mut config = day(rate, 12);
        config.duration_ms = 1_000 * seconds;
        config.arrivals = Arrivals::Random(RandomArrivals {
            window_ms: config.duration_ms,
            requests: vec![rate * seconds],
            dispersion: 1.0,
            spread_ms: 0,
        });
        config.providers.truncate(1);
        config.providers[0].tokens_per_s = 100.0;
        config.gateway.notices_leaving = true;
        config.hpa = None;
        config
    }

    /// The same fleet here and in `SimPy` (`SIMPY` names its Python), in one run: an
    /// hour of a load near its slots there, ten here.
    ///
    /// # Errors
    ///
    /// What the standard output refuses.
    pub(super) fn beside() -> std::io::Result<()> {
        let mut out = std::io::stdout();
        let (rate, is_asked) = (21, std::env::args().any(|word| word == "--bench"));
        let Some(python) = std::env::var_os("SIMPY").filter(|_| is_asked) else {
            return writeln!(
                out,
                "beside SimPy: skipped, SIMPY names no Python that has it"
            );
        };
        let config = fleet(rate, 36_000);
        let (gateway, provider) = (&config.gateway, &config.providers[0]);
        let [slots, queue, pods] = [gateway.slots, gateway.queue_max, gateway.pods].map(u64::from);
        let patience = config.clients[0].max_wait_ms.unwrap_or(0);
        let (overhead, ttft) = (gateway.overhead_ms, provider.ttft_ms);
        let numbers = [rate, pods, slots, queue, overhead, patience, ttft, 3_600];
        let begun = Instant::now();
        let Ok(mut run) = Simulation::new(config, 1) else {
            return Ok(());
        };
        while run.step(1_000_000) == Status::Running {}
        let ours = run.requests_made() as f64 / begun.elapsed().as_secs_f64();
        let totals = run.results().totals;
        let share = |count| {
            let [some, all] = [count, Count::Offered].map(|each| totals.counts.of(each));
            10_000.0 * some as f64 / all as f64
        };
        let output = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/day.py"))
            .args(numbers.map(|number| number.to_string()))
            .output();
        let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let theirs: Vec<f64> = text
            .iter()
            .flat_map(|text| text.split_whitespace())
            .filter_map(|word| word.parse().ok())
            .collect();
        let [speed, refused, gave_up] = theirs[..] else {
            return writeln!(out, "beside SimPy: it gave no answer");
        };
        writeln!(
            out,
            "beside SimPy, one fleet: {ours:.0} requests/s here, {speed:.0} there: {:.0} times as \
             many (bound 100)\n  refused {:.0} and {refused:.0}, left {:.0} and {gave_up:.0} of \
             10,000",
            ours / speed,
            share(Count::Refused),
            share(Count::GaveUp),
        )
    }

    /// Forty-three million requests.
    #[divan::bench(sample_count = 2)]
    fn day_at_500_a_second(bencher: Bencher) {
        time(bencher, 500, 600);
    }
}
