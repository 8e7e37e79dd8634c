//! Benchmark for `make bench`: plans ten workloads and six providers, natively or in a browser,
//! with identical code and timing.

#[path = "../../benches/large/mod.rs"]
mod large;

use std::hint::black_box;

use kt_capacity::catalog::date::date;
use kt_capacity::plan;

/// Plans per sample, and number of samples.
const ROUNDS: u32 = 200;
const SAMPLES: usize = 25;

/// Median time per plan, in microseconds.
fn median_us(now_ms: impl Fn() -> f64) -> f64 {
    let scenario = large::large_scenario();
    let today = date(2026, 11, 23);
    let sample = |_| {
        let start = now_ms();
        for _ in 0..ROUNDS {
            black_box(plan::evaluate(black_box(&scenario), today));
        }
        (now_ms() - start) * 1e3 / f64::from(ROUNDS)
    };
    let mut samples: Vec<f64> = (0..SAMPLES).map(sample).collect();
    samples.sort_by(f64::total_cmp);
    samples[SAMPLES / 2]
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::io::Write as _;

    let start = std::time::Instant::now();
    let time = median_us(|| start.elapsed().as_secs_f64() * 1e3);
    writeln!(std::io::stdout(), "{time:.1}")
}

/// Writes the result to the page title.
#[cfg(target_arch = "wasm32")]
fn main() {
    let window = web_sys::window().expect("a page runs this");
    let clock = window.performance().expect("every browser has one");
    let time = median_us(|| clock.now());
    let document = window.document().expect("a page runs this");
    document.set_title(&format!("{time:.1}"));
}
