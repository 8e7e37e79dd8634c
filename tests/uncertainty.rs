//! Ranges and draws against what is known in closed form.
#![expect(clippy::unwrap_used, reason = "a broken test may panic")]
#![expect(
    clippy::print_stdout,
    reason = "what a test found is printed where it is asked for"
)]

use kt_capacity::catalog::date::{Date, date};
use kt_capacity::model::drift::Drift;
use kt_capacity::model::fleet::whole;
use kt_capacity::model::normal::{Z95, share_below};
use kt_capacity::model::rank;
use kt_capacity::plan::uncertainty::{
    BATCH, DRAWS, Draws, Outcome, Tornado, Uncertainty, uncertainty,
};
use kt_capacity::plan::{FigureId, evaluate};
use kt_capacity::say::{input, schema, uncertainty as say, wire};
use kt_capacity::scenario::link::{from_fragment, to_fragment};
use kt_capacity::scenario::property::{
    CACHED, GROWTH, HPA_MAX, INPUT_TOKENS, Number, OUTPUT_TOKENS, PROVIDER, REQUESTS, Ranged,
    SCENARIO, Spec, WORKLOAD,
};
use kt_capacity::scenario::{Scenario, Workload, file};

#[path = "uncertainty/ahead.rs"]
mod ahead;
#[path = "uncertainty/found.rs"]
mod found;

const TODAY: Date = date(2026, 11, 23);

fn scenario(link: &str) -> Scenario {
    let (scenario, notices) = from_fragment(link);
    assert_eq!(notices, [], "{link}");
    scenario
}

fn sure(link: &str) -> Uncertainty {
    uncertainty(&scenario(link), TODAY, DRAWS).expect("it has a range")
}

/// 5 % point, median and 95 % point of a figure.
fn points(sure: &Uncertainty, id: &FigureId) -> [f64; 3] {
    let found = sure.figures.iter().find(|one| one.id == *id).unwrap();
    [found.p05, found.p50, found.p95]
}

fn assert_near(found: f64, known: f64, relative: f64) {
    let off = (found - known).abs();
    assert!(off <= relative * known.abs(), "{found} is not {known}");
}

/// Text, the ends and the point, as people write it.
#[test]
fn ranges_are_read_as_people_write_them() {
    let requests = REQUESTS.spec();
    let cases = [
        ("40k..60k", 40_000.0, 60_000.0, 49_000.0),
        ("40k to 60k", 40_000.0, 60_000.0, 49_000.0),
        ("40,000 – 60,000", 40_000.0, 60_000.0, 49_000.0),
        ("40k - 60k", 40_000.0, 60_000.0, 49_000.0),
        ("40k...60k", 40_000.0, 60_000.0, 49_000.0),
        ("40k…60k", 40_000.0, 60_000.0, 49_000.0),
        ("50k ± 20 %", 40_000.0, 60_000.0, 50_000.0),
        ("50k +- 20%", 40_000.0, 60_000.0, 50_000.0),
        ("50k~20pct", 40_000.0, 60_000.0, 50_000.0),
        ("50k ± 10k", 40_000.0, 60_000.0, 50_000.0),
        ("40k..50k..80k", 40_000.0, 80_000.0, 50_000.0),
        ("40k to 50k to 80k", 40_000.0, 80_000.0, 50_000.0),
        ("40k-60k", 40_000.0, 60_000.0, 49_000.0),
        ("40k — 60k", 40_000.0, 60_000.0, 49_000.0),
        ("40K TO 60K", 40_000.0, 60_000.0, 49_000.0),
        ("between 40k and 60k", 40_000.0, 60_000.0, 49_000.0),
        ("1e-3..4e-3", 0.001, 0.004, 0.002),
        // Half and twice are published.
        ("~50k", 25_000.0, 100_000.0, 50_000.0),
        ("≈ 50 000", 25_000.0, 100_000.0, 50_000.0),
        ("about 50k", 25_000.0, 100_000.0, 50_000.0),
        ("0..10", 0.0, 10.0, 5.0),
        ("1.5M..6M", 1.5e6, 6e6, 3e6),
    ];
    for (text, low, high, point) in cases {
        let entry = requests
            .read(text)
            .unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let range = entry.range.unwrap_or_else(|| panic!("{text} is a range"));
        let found = (range.low, range.high, entry.value);
        assert_eq!(found, (low, high, Some(point)), "{text}");
        for again in [range.written(), range.shown(), requests.written(&range)] {
            assert_eq!(requests.read(&again), Ok(entry), "{text} as {again}");
        }
    }
    // Single numbers stay what they were.
    for text in ["50k", "1e3", "50,000", "-3", ""] {
        let (read, parsed) = (requests.read(text), requests.parse(text));
        assert_eq!(
            read.map(|entry| (entry.value, entry.range)),
            parsed.map(|v| (v, None))
        );
    }
}

#[test]
fn a_range_that_is_none_is_told_why() {
    let (requests, cached) = (REQUESTS.spec(), CACHED.spec());
    let cases: [(&Spec, &str, &str); 16] = [
        (
            &cached,
            "~20",
            "No spread is published for it: write a range, as 40..60 or 50 ± 20 %",
        ),
        (
            &requests,
            "~0",
            "No spread is published for it: write a range, as 40..60 or 50 ± 20 %",
        ),
        (&requests, "± 5", "Enter 0 to 1,000,000,000,000"),
        (&requests, "~", "Enter 0 to 1,000,000,000,000"),
        (&requests, "60k..40k", "Write the lower end first: 40k..60k"),
        (
            &requests,
            "50k..50k",
            "Both ends are 50,000: enter one number, or a wider range",
        ),
        (&requests, "40..60k", "Write both ends in full, as 40k..60k"),
        (&requests, "1-5M", "Write both ends in full, as 1M..5M"),
        (
            &requests,
            "40k..90k..80k",
            "The likely value must lie between 40,000 and 80,000",
        ),
        (
            &requests,
            "1..2..3..4",
            "Write a range as low..high or as low..likely..high",
        ),
        (&requests, "50k ± 0", "Write a number above 0 behind ±"),
        (&requests, "50k ± x", "Write a number behind ±"),
        (&requests, "-1..5", "Enter 0 to 1,000,000,000,000"),
        (&requests, "a..b", "Enter 0 to 1,000,000,000,000"),
        (&cached, "50..120", "Enter 0 to 100 %"),
        (&cached, "95 ± 10 %", "That is 85 to 105. Enter 0 to 100 %"),
    ];
    for (spec, text, message) in cases {
        let problem = spec.read(text).expect_err("no range");
        assert_eq!(input::number_problem(&problem), message, "{text}");
    }
    // Whole numbers have whole ends.
    assert!(HPA_MAX.spec().read("1.5..9").is_err());
    assert_eq!(HPA_MAX.spec().read("2..9").unwrap().value, Some(4.0)); // √18 = 4.24
    assert_eq!(GROWTH.spec().read("15 ± 5 %").unwrap().value, Some(15.0));
    let range = GROWTH.spec().read("15 ± 5 %").unwrap().range.unwrap();
    assert_near(range.low, 10.0, 1e-12);
}

#[test]
fn links_files_and_schema_hold_ranges() {
    let link = "v=1&requests-per-day=40k..60k&peak-multiplier=2..4..6&growth=15~5";
    let scenario = scenario(link);
    assert_eq!(to_fragment(&scenario), link);
    let document = file::to_json(&scenario);
    assert_eq!(document["workloads"][0]["requests"], "40k..60k");
    assert_eq!(document["growth"], "15~5");
    assert_eq!(file::from_json(&document), Ok(scenario));
    let validator = jsonschema::validator_for(&schema::schema()).unwrap();
    assert!(validator.is_valid(&document));
    for (range, is_read) in [("60k..40k", false), ("50", false), ("1 to 9", true)] {
        let mut document = document.clone();
        document["growth"] = range.into();
        assert_eq!(file::from_json(&document).is_ok(), is_read, "{range}");
    }
}

/// Setting another number removes its range.
#[test]
fn a_range_lasts_as_long_as_its_number() {
    let mut scenario = scenario("growth=5..15");
    assert!(GROWTH.range(&scenario).is_some());
    (GROWTH.set)(&mut scenario, Some(7.0));
    assert!(GROWTH.range(&scenario).is_none());
    assert_eq!(to_fragment(&scenario), "v=1&growth=7");
    assert_eq!(uncertainty(&scenario, TODAY, 10), None);
}

/// Requests × tokens × peak, each lognormal: so is their product, and its logarithm's variance is
/// the sum of theirs.
#[test]
fn a_product_of_lognormals_has_the_points_of_its_law() {
    let sure = sure("requests-per-day=20k..80k&avg-input-tokens=1k..4k&avg-output-tokens=0");
    let median = 40_000.0 * 2_000.0;
    let spread = (2.0 * 2.0_f64.ln().powi(2)).sqrt();
    let known = [-1.0, 0.0, 1.0].map(|end| median * (end * spread).exp());
    for (found, known) in points(&sure, &FigureId::TokensPerDay)
        .into_iter()
        .zip(known)
    {
        // One hundredth is four standard errors of these quantiles.
        assert_near(found, known, 0.02);
    }
}

/// Input and output tokens, each lognormal: mean and variance of a sum are the sums.
#[test]
fn a_sum_of_lognormals_has_their_mean_and_variance() {
    let scenario = scenario("avg-input-tokens=1k..4k&avg-output-tokens=500..2k");
    let mut draws = Draws::begin(&scenario, TODAY).unwrap();
    draws.step(DRAWS);
    let scale = 2.0_f64.ln() / Z95;
    let mean = |median: f64| median * (scale * scale / 2.0).exp();
    let variance = |median: f64| mean(median).powi(2) * ((scale * scale).exp() - 1.0);
    let tokens = draws.column(&FigureId::TokensPerDay).unwrap();
    let count = tokens.len() as f64;
    let found_mean = tokens.iter().sum::<f64>() / count;
    let known_mean = 50_000.0 * (mean(2_000.0) + mean(1_000.0));
    assert_near(found_mean, known_mean, 0.002);
    let found = tokens.iter().map(|x| (x - found_mean).powi(2)).sum::<f64>() / count;
    let known = 50_000.0_f64.powi(2) * (variance(2_000.0) + variance(1_000.0));
    assert_near(found, known, 0.05);
}

/// Whether a limit is over is a coin: the share of a lognormal beyond it.
#[test]
fn the_chance_of_a_limit_is_the_share_beyond_it() {
    let link = "requests-per-day=20k..80k&avg-input-tokens=1000&avg-output-tokens=0\
                &peak-multiplier=1&p=custom,m,t,100,tpm:40000";
    let sure = sure(link);
    // 40,000 tokens a minute are 57,600 requests a day.
    let z = (57_600.0_f64 / 40_000.0).ln() / (2.0_f64.ln() / Z95);
    let known = 1.0 - share_below(z);
    let error = (known * (1.0 - known) / f64::from(DRAWS)).sqrt();
    let found = sure.over[0].ratio;
    assert!(
        (found - known).abs() < 3.0 * error,
        "{found} is not {known}"
    );
    assert_near(sure.fits_ratio.unwrap(), 1.0 - found, 1e-9);
}

/// A line in one normal number: its points are those of the number.
#[test]
fn a_linear_figure_has_the_points_of_its_input() {
    let sure = sure("requests-per-day=50k~10k");
    let known = [40_000.0, 50_000.0, 60_000.0].map(|requests| requests * 2_300.0);
    for (found, known) in points(&sure, &FigureId::TokensPerDay)
        .into_iter()
        .zip(known)
    {
        assert_near(found, known, 0.002);
    }
}

#[test]
fn tokens_go_together_as_stated() {
    let correlation = |stated: f64| {
        let link =
            format!("avg-input-tokens=1k..4k&avg-output-tokens=500..2k&token-correlation={stated}");
        let mut draws = Draws::begin(&scenario(&link), TODAY).unwrap();
        draws.step(DRAWS);
        let [input, output] = [0, 1].map(|place| draws.values(place).to_vec());
        rank::correlation(&input, &output).unwrap()
    };
    for stated in [-0.8_f64, 0.0, 0.5, 1.0] {
        // Pearson: ranks of two normals correlate by 6 ÷ π × arcsin(ρ ÷ 2).
        let known = 6.0 / std::f64::consts::PI * (stated / 2.0).asin();
        let found = correlation(stated);
        assert!((found - known).abs() < 0.03, "{stated}: {found}, {known}");
    }
}

/// A scenario with more of everything has more in each future.
#[test]
fn more_load_is_more_in_each_future() {
    let column = |link: &str| {
        let mut draws = Draws::begin(&scenario(link), TODAY).unwrap();
        draws.step(BATCH);
        draws.column(&FigureId::Gateways).unwrap().to_vec()
    };
    let small = column("requests-per-day=400k..800k&peak-multiplier=2..6");
    // One more range leaves the draws of the others as they are.
    let large = column("requests-per-day=800k..1600k&peak-multiplier=2..6&growth=1..2");
    assert!(
        small
            .iter()
            .zip(&large)
            .all(|(small, large)| small <= large)
    );
    assert!(small.iter().zip(&large).any(|(small, large)| small < large));
}

/// Worked out by hand: one workload, one limit of 240,000 tokens a minute, a flat day.
///
/// At the points 50,000 × 1,000 ÷ 1,440 × 4 = 138,889 tokens a minute at the peak. Alone, requests
/// of 25,000 and 100,000 make it 69,444 and 277,778; a peak of 2 and 8 likewise; tokens of 900 and
/// 1,100 make it 125,000 and 152,778; the retention moves it by nothing.
#[test]
fn a_tornado_is_as_by_hand() {
    let link = "requests-per-day=25k..50k..100k&avg-input-tokens=1000~100&avg-output-tokens=0\
                &peak-multiplier=2..4..8.5&retention-days=30..300&p=custom,m,t,100,tpm:240000";
    let sure = sure(link);
    let outcome = Outcome::Figure(FigureId::PeakTokens);
    let tornado = sure
        .tornados
        .iter()
        .find(|one| one.outcome == outcome)
        .unwrap();
    assert_near(tornado.base, 138_888.89, 1e-6);
    let found: Vec<(String, f64, f64)> = tornado
        .bars
        .iter()
        .map(|bar| (say::input(&sure, bar.input), bar.at_low, bar.at_high))
        .collect();
    let known = [
        ("Peak over mean", 69_444.44, 295_138.89),
        ("Requests", 69_444.44, 277_777.78),
        ("Input tokens", 125_000.0, 152_777.78),
        ("Retention", 138_888.89, 138_888.89),
    ];
    for ((name, low, high), known) in found.iter().zip(known).take(3) {
        assert_eq!(name, known.0);
        assert_near(*low, known.1, 1e-6);
        assert_near(*high, known.2, 1e-6);
    }
    assert_near(found[3].1, known[3].1, 1e-6);
    assert_near(found[3].2, known[3].2, 1e-6);
    let words = say::measure(&sure, tornado).unwrap();
    let expected = "Measure this first: Peak over mean. Alone it moves tokens in the peak minute \
                    from 69.4 K/min to 295 K/min. A usage export measures it.";
    assert_eq!(words, expected);
    let retention = tornado.bars[3].correlation.unwrap();
    assert!(retention.abs() < 0.05, "it has no part in it: {retention}");
}

/// Growth moves nothing where nobody asks when, and everything of the day until which it fits.
#[test]
fn dates_follow_growth() {
    // Full at 240,000 ÷ 138,889 = 1.728 times: 0.547 ÷ ln(1 + growth) months.
    let link = "requests-per-day=50k&avg-input-tokens=1000&avg-output-tokens=0&peak-multiplier=4\
                &growth=5..20&p=custom,m,t,100,tpm:240000";
    let until = sure(link).until.unwrap();
    let days = |growth: f64| 1.728_f64.ln() / (1.0 + growth).ln() * 365.2425 / 12.0;
    for (found, known) in [(until.p05, 0.2), (until.p50, 0.1), (until.p95, 0.05)] {
        let found = (found.unwrap() - TODAY).num_days() as f64;
        assert!(
            (found - days(known)).abs() < 5.0,
            "{found}: {}",
            days(known)
        );
    }
    assert_eq!(
        until.order_by(),
        until.p05.unwrap().checked_sub_days(chrono::Days::new(30))
    );
    assert_eq!(sure(link).fits_ratio, Some(1.0));
}

/// After a year at 5, 10 and 20 % a month the load is 1.05¹² = 1.7959, 1.1¹² = 3.1384 and
/// 1.2¹² = 8.9161 times today's; √(5 × 20) = 10 is the median. A growth that is known has no band.
#[test]
fn the_load_has_a_band_where_growth_is_a_range() {
    let band = sure("growth=5..20").load([0.0, 12.0].into_iter()).unwrap();
    for (edge, known) in [
        (band.low, 1.795_856),
        (band.middle, 3.138_428),
        (band.high, 8.916_1),
    ] {
        assert_eq!(edge[0].to_bits(), 1.0_f64.to_bits());
        assert_near(edge[1], known, 1e-6);
    }
    let known = sure("requests-per-day=40k..60k&growth=10");
    assert_eq!(known.load([1.0].into_iter()), None);
}

#[test]
fn words_have_no_more_digits_than_the_interval() {
    let sure = sure("requests-per-day=40k..60k&peak-multiplier=2..4..6&growth=5..15");
    let text = |id: &FigureId| {
        let found = sure.figures.iter().find(|one| one.id == *id).unwrap();
        say::interval(found)
    };
    // 40,000 and 60,000 × 2,300 are 92 M and 138 M.
    assert_eq!(text(&FigureId::TokensPerDay), "92 to 138 M");
    assert_eq!(say::chance(1.0), "over 99\u{a0}%");
    assert_eq!(say::chance(0.931), "93\u{a0}%");
    assert_eq!(say::chance(0.0), "under 1\u{a0}%");
}

/// The first draws are the same whoever asks, and so are all of them.
#[test]
fn the_same_seed_gives_the_same_futures() {
    let link = "requests-per-day=40k..60k&cached=10..40&growth=15~5&peak-multiplier=2..4..6";
    let scenario = scenario(link);
    let one = uncertainty(&scenario, TODAY, BATCH);
    let mut steps = Draws::begin(&scenario, TODAY).unwrap();
    for _ in 0..10 {
        steps.step(BATCH / 10);
    }
    assert_eq!(one, Some(steps.answer()));
    let other = uncertainty(
        &self::scenario(&format!("{link}&draw-seed=2")),
        TODAY,
        BATCH,
    );
    assert_ne!(one, other);
    // The bits, as they are in a browser too: `tests/browser` has the same number.
    assert_eq!(steps.fingerprint(), FINGERPRINT);
    let inputs = steps.answer().inputs;
    for (key, known) in FIRST {
        let place = inputs.iter().position(|input| input.spec.key == key);
        let found = &steps.values(place.unwrap())[..3];
        for (found, known) in found.iter().zip(known) {
            // The table of a PERT law is exact to a few hundred-thousandths.
            assert_near(
                *found,
                known,
                if key == "peak-multiplier" { 1e-4 } else { 1e-9 },
            );
        }
    }
}

/// The first three draws of each range, from a program of its own in Python: `SplitMix64` seeded
/// by the mixed FNV-1a hash of the input's name, its strips in random order, then
/// `statistics.NormalDist` for the lognormal, logit and normal laws, and the polynomial
/// 10x³ − 15x⁴ + 6x⁵ of the beta law of 3 and 3, which a PERT of 2, 4 and 6 is.
const FIRST: [(&str, [f64; 3]); 4] = [
    (
        "requests",
        [
            46_467.130_397_453_61,
            60_043.431_904_632_96,
            45_160.931_896_333_76,
        ],
    ),
    (
        "cached",
        [
            7.530_366_212_887_116,
            28.026_031_396_907_4,
            18.841_427_190_945_4,
        ],
    ),
    (
        "peak-multiplier",
        [
            4.923_103_387_093_025,
            2.924_212_767_144_916,
            2.800_927_594_112_105,
        ],
    ),
    (
        "growth",
        [
            15.137_278_428_635_37,
            13.187_364_479_288_14,
            21.989_438_952_569_9,
        ],
    ),
];

/// Bits of the first thousand futures of that scenario, natively: the browser has the same. They
/// say that both are one, not that they are right.
const FINGERPRINT: u64 = 2_032_681_048_766_788_682;

/// A link with ranges is as short as one without.
#[test]
fn a_typical_link_is_short() {
    let link = "v=1&name=Assistant&requests-per-day=40k..60k&avg-input-tokens=1k..2k\
                &avg-output-tokens=600..900&cached=10..40&peak-multiplier=2..4..6&growth=5..15";
    let scenario = scenario(link);
    assert_eq!(to_fragment(&scenario), link);
    assert!(link.len() <= 300);
}

/// Ranges by chance, as a reader may enter them.
struct Fuzz {
    word: u64,
}

impl Fuzz {
    /// Marsaglia, "Xorshift RNGs" (2003).
    fn next(&mut self, most: f64) -> f64 {
        self.word ^= self.word << 13;
        self.word ^= self.word >> 7;
        self.word ^= self.word << 17;
        (self.word >> 11) as f64 / 9_007_199_254_740_992.0 * most
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[whole(self.next(all.len() as f64 - 1.0)) as usize]
    }

    /// A range anywhere between the bounds of a number, some of them at its ends.
    fn text(&mut self, spec: &Spec) -> String {
        let least = spec.low.max(1e-6);
        let far = least * (spec.high / least).powf(self.next(1.0));
        let [a, b, c] = [spec.low, far, spec.high].map(|end| {
            let is_end = self.next(1.0) < 0.3;
            let value = if is_end { end } else { end * self.next(1.0) };
            let is_whole = spec.kind.is_whole();
            let value = if is_whole { value.round() } else { value };
            value.clamp(spec.low, spec.high)
        });
        match whole(self.next(3.0)) {
            1 => format!("{a}..{b}..{c}"),
            2 => format!("{b}~{a}"),
            _ => format!("{a}..{c}"),
        }
    }

    /// Puts a range on a number of an owner; says whether it is one.
    fn put<S: Ranged>(&mut self, table: &[&Number<S>], owner: &mut S) -> bool {
        let number = self.one_of(table);
        let spec = number.spec();
        let text = self.text(&spec);
        let Ok(entry) = spec.read(&text) else {
            return false;
        };
        let Some(range) = entry.range else {
            return false;
        };
        let (key, point) = (spec.key, range.point(&spec));
        let is_allowed = (spec.low..=spec.high).contains(&point);
        assert!(is_allowed, "{key} {text}: {point}");
        for again in [range.written(), range.shown(), spec.written(&range)] {
            assert_eq!(spec.read(&again), Ok(entry), "{key} {text}: {again}");
        }
        number.put(owner, entry);
        true
    }

    /// A scenario with so many ranges.
    fn scenario(&mut self, ranges: u32) -> Scenario {
        let mut scenario = Scenario::default();
        let mut found = 0;
        while found < ranges {
            let is_range = match whole(self.next(3.0)) {
                1 => self.put(WORKLOAD, &mut scenario.workloads[0]),
                2 => {
                    let row = whole(self.next(2.0)) as usize;
                    self.put(PROVIDER, &mut scenario.providers[row])
                }
                _ => self.put(SCENARIO, &mut scenario),
            };
            found += u32::from(is_range);
        }
        scenario
    }
}

/// Ranges of a scenario that is drawn.
const RANGES_EACH: u32 = 25;

/// Chances are shares, points stand in their order, and the words say the chance of the JSON.
fn assert_lawful(sure: &Uncertainty, link: &str) {
    let chances = sure.over.iter().map(|limit| limit.ratio);
    let chances = chances
        .chain(sure.fits_ratio)
        .chain([sure.queue_over_ratio]);
    for chance in chances {
        assert!((0.0..=1.0).contains(&chance), "{link}: {chance}");
    }
    let figures = sure.figures.iter().map(|one| [one.p05, one.p50, one.p95]);
    for [low, median, high] in figures.chain(sure.room) {
        assert!(
            low <= median && median <= high,
            "{link}: {low} {median} {high}"
        );
    }
    let firsts: u32 = sure.first.iter().map(|way| way.futures).sum();
    assert!(firsts <= sure.draws, "{link}");
    if let Some(until) = sure.until {
        let days = [until.p05, until.p50, until.p95].map(|day| day.unwrap_or(Date::MAX));
        assert!(days.is_sorted(), "{link}: {until:?}");
    }
    let (scenario, _) = from_fragment(link);
    let plan = evaluate(&scenario, TODAY);
    let document = serde_json::to_value(wire::plan(&scenario, &plan).with(Some(sure))).unwrap();
    let document = &document["uncertainty"];
    assert_eq!(document["fits_ratio"].as_f64(), sure.fits_ratio, "{link}");
    if let Some(ratio) = sure.fits_ratio {
        let verdict = say::verdict(sure);
        assert!(verdict.contains(&say::chance(ratio)), "{link}: {verdict}");
        assert_eq!(document["text"], verdict.replace('\u{a0}', " "), "{link}");
    }
}

/// Draws scenarios with ranges by chance, and plans each input at its ends; everything that a
/// reader is told of them is a number.
fn no_number_is_none(scenarios: u32, seed: u64) {
    let mut fuzz = Fuzz { word: seed };
    for _ in 0..scenarios {
        let scenario = fuzz.scenario(RANGES_EACH);
        let link = to_fragment(&scenario);
        let mut draws = Draws::begin(&scenario, TODAY).unwrap();
        draws.step(4);
        let (sure, bands) = (draws.answer(), draws.bands());
        let points = sure
            .figures
            .iter()
            .flat_map(|one| [one.point, one.p05, one.p50, one.p95]);
        let tornados = sure.tornados.iter();
        let ends =
            tornados.flat_map(|one| one.bars.iter().flat_map(|bar| [bar.at_low, bar.at_high]));
        let bands = [bands.tokens, bands.gateways, bands.bytes];
        let edges = bands
            .into_iter()
            .flat_map(|band| [band.low, band.middle, band.high]);
        let all = points
            .chain(ends)
            .chain(edges.flatten())
            .chain(sure.room.into_iter().flatten());
        for value in all {
            assert!(value.is_finite(), "{link}: {sure:?}");
        }
        assert_lawful(&sure, &link);
        let said = say::brief(&sure, TODAY)
            .into_iter()
            .chain(sure.figures.iter().map(say::of_figure));
        for text in said {
            assert!(
                !text.contains("NaN") && !text.contains("inf"),
                "{link}: {text}"
            );
        }
    }
    println!("{} ranges drawn", scenarios * RANGES_EACH);
}

#[test]
fn no_range_makes_a_number_that_is_none() {
    no_number_is_none(40, 88_172_645_463_325_252);
}

/// A million ranges take minutes: `cargo test --release --no-default-features --features cli
/// --test uncertainty -- --ignored --nocapture`, with `FUZZ_SEED` for others, and `FUZZ_RANGES` for
/// another number of them.
#[test]
#[ignore = "takes minutes"]
fn no_range_of_a_million_makes_a_number_that_is_none() {
    let given = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    let ranges = given("FUZZ_RANGES").and_then(|ranges| u32::try_from(ranges).ok());
    let scenarios = ranges.unwrap_or(1_000_000) / RANGES_EACH;
    no_number_is_none(scenarios, given("FUZZ_SEED").unwrap_or(2_463_534_242));
}

/// No plan with ranges over all allowed values has a number that is NaN.
#[test]
fn no_plan_of_ranges_has_a_number_that_is_none() {
    let everything = "requests-per-day=1..1e12&avg-input-tokens=0..1e7&avg-output-tokens=1..1e7\
        &cached=0..100&peak-multiplier=1..1e5&burstiness=0..1000&growth=0..1000\
        &concurrency=1..100000&timeout=0.1..86400&retention-days=1..3650&zones=1..100\
        &failures=0..99&headroom=1..100&calls=1..10000&batch=1..99&cache-hit=0..100";
    let sure = uncertainty(&scenario(everything), TODAY, 300).unwrap();
    for one in &sure.figures {
        for value in [one.point, one.p05, one.p50, one.p95] {
            assert!(value.is_finite(), "{one:?}");
        }
        assert!(!say::of_figure(one).contains("NaN"));
    }
    for tornado in &sure.tornados {
        assert!(tornado.bars.iter().all(|bar| bar.swing().is_finite()));
    }
    let _ = say::verdict(&sure);
}

/// Runs of a public trace: intervals made from every other one hold the rest at the stated rate of
/// 90 in 100. A trace drifts, so that the spread of the first half holds too few of the second
/// (65 and 87 in 100, by the same sums in Python); with the walk of the level that the first half
/// shows, 91 and 100 (also in Python). Skipped where the trace is not at hand.
#[test]
fn intervals_from_half_a_trace_hold_the_other_half() {
    let folder = std::env::var("DATA_DIR").unwrap_or_else(|_| "tests/data".to_owned());
    let path = format!("{folder}/azure-llm-2023-conv.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: no {path}");
        return;
    };
    let row = |line: &str| -> [f64; 2] {
        let mut cells = line.trim().split(',').skip(1);
        let mut cell = || cells.next().and_then(|cell| cell.parse().ok()).unwrap();
        [cell(), cell()]
    };
    let rows: Vec<[f64; 2]> = text.lines().skip(1).map(row).collect();
    for (number, at) in [(&INPUT_TOKENS, 0), (&OUTPUT_TOKENS, 1)] {
        let runs = rows.chunks_exact(50);
        let means = runs.map(|run| run.iter().map(|row| row[at]).sum::<f64>() / 50.0);
        let means: Vec<f64> = means.collect();
        let every_other = |first: usize| means.iter().copied().skip(first).step_by(2).collect();
        let others: Vec<f64> = every_other(1);
        let rate = held(number, spread(every_other(0)), &others);
        let (early, late) = means.split_at(means.len() / 2);
        let drift = Drift::of(early).unwrap();
        let later = held(number, drift.ahead(late.len() as f64), late);
        println!(
            "{}: {:.0} of 100 runs between, {:.0} of 100 of the second half",
            number.key,
            rate * 100.0,
            later * 100.0
        );
        // Three standard errors of 190 runs.
        assert!((rate - 0.9).abs() < 0.07, "{}: {rate}", number.key);
        assert!(0.9 <= later, "{}: {later}", number.key);
    }
}

/// The 5 and 95 % points of values.
fn spread(mut values: Vec<f64>) -> [f64; 2] {
    values.sort_by(f64::total_cmp);
    [0.05, 0.95].map(|share| rank::point(&values, share).unwrap())
}

/// Share of values within a range with these ends: by the draws of a plan.
fn held(number: &Number<Workload>, ends: [f64; 2], others: &[f64]) -> f64 {
    let [low, high] = ends.map(f64::round);
    let scenario = scenario(&format!("{}={low}..{high}", number.key));
    let mut draws = Draws::begin(&scenario, TODAY).unwrap();
    draws.step(BATCH);
    let mut values = draws.values(0).to_vec();
    values.sort_by(f64::total_cmp);
    let [low, high] = [0.05, 0.95].map(|share| rank::point(&values, share).unwrap());
    let within = others.iter().filter(|value| (low..=high).contains(*value));
    within.count() as f64 / others.len() as f64
}

#[test]
fn a_plan_without_ranges_is_as_it_was() {
    let scenario = Scenario::default();
    assert_eq!(evaluate(&scenario, TODAY).uncertainty(&scenario), None);
    assert!(INPUT_TOKENS.range(&scenario.workloads[0]).is_none());
}

/// The whole load goes to a limit of 200,000 tokens a minute, of which a request takes 2,300:
/// 200,000 × 1,440 ÷ 3 ÷ 2,300 = 41,739 requests a day fit. Their logarithm is normal about that of
/// √(40,000 × 60,000) = 48,990 with a standard deviation of ln(60 ÷ 40) ÷ 3.29 = 0.1232, so that
/// 9.7 % fit today. In the 30 days of an order the load grows by 5 to 15 %: at 8.7 % only 38,400
/// last, which is 1.98 standard deviations below: 2.4 %.
#[test]
fn an_order_that_mostly_comes_too_late_says_so() {
    let link = "v=2&requests-per-day=40k..60k&growth=5..15&p=custom,,,100,tpm:200000";
    let sure = sure(link);
    assert!((sure.fits_ratio.unwrap() - 0.097).abs() < 0.01);
    let late = sure.until.unwrap().late_ratio;
    assert!((0.96..0.985).contains(&late), "{late}");
    let said = say::order(&sure, TODAY).unwrap();
    let expected = format!("in {:.0} of 100 futures", late * 100.0);
    assert!(said.contains(&expected), "{said}");
    // Most futures fail today: there is no month until which they last.
    let verdict = say::verdict(&sure);
    assert!(
        verdict.contains("In most futures it fails today"),
        "{verdict}"
    );
    assert!(!verdict.contains("about"), "{verdict}");
    // The brief tells with it what its other dates are.
    let brief = say::brief(&sure, TODAY);
    assert!(brief.iter().any(|text| text.starts_with(&said)));
}

/// A million requests a minute hold any peak; $7,500 a month do not hold each load.
#[test]
fn what_fails_by_the_month_is_no_peak() {
    let said = |limits: &str| {
        let link = format!(
            "v=2&requests-per-day=40k..60k&avg-input-tokens=800&avg-output-tokens=300\
             &p=openai,gpt-4o,Own+limits,100,{limits}"
        );
        say::verdict(&sure(&link))
    };
    let month = said("rpm:1000000,spend-month:7500");
    assert!(month.starts_with("It fits today with a"), "{month}");
    let minute = said("rpm:1000000,tpm:120000");
    assert!(minute.starts_with("The peak fits today with a"), "{minute}");
}

/// If more than 5 of 100 futures fail today, the 5th percentile of the dates is today, and no
/// earlier month; today's chance and the share failing today sum to one. Requests from 1 to 10¹²
/// are lognormal around 10⁶, so the share without an end is that of few requests, which exceeds the
/// 5 of 100 beyond the 95th percentile.
#[test]
fn a_verdict_states_the_shares_that_fail_and_last() {
    let some = sure("v=2&requests-per-day=100k..400k");
    let fails = 1.0 - some.fits_ratio.unwrap();
    let until = some.until.unwrap();
    let verdict = say::verdict(&some);
    assert!((until.fails_ratio - fails).abs() < 1e-9);
    assert!((0.05..0.5).contains(&fails), "{verdict}");
    let is_said = verdict.contains("(5 to 95 %: today")
        || verdict.contains(&format!(
            "In {:.0} of 100 futures it fails today",
            fails * 100.0
        ));
    assert!(is_said && !verdict.contains("In 5 of 100"), "{verdict}");
    let wide = sure("v=2&requests-per-day=1..1e12&size=Small");
    let endless = wide.until.unwrap().endless_ratio;
    let verdict = say::verdict(&wide);
    let share = format!("in {:.0} of 100 no end is in sight", endless * 100.0);
    assert!(0.06 < endless && verdict.contains(&share), "{verdict}");
}

/// With no request nothing ends it, and any multiple of the load fits: that end of the bar is not
/// the room at the points.
#[test]
fn no_load_has_all_the_room() {
    let sure = sure("v=2&requests-per-day=0..1M");
    let is_room = |one: &&Tornado| one.outcome == Outcome::Room;
    let room = sure.tornados.iter().find(is_room).unwrap();
    let bar = &room.bars[0];
    assert!(1_000.0 <= bar.at_low && bar.at_high < 1.0, "{bar:?}");
}

/// Room beyond a thousand times is told as no more than that: where all of it is, nothing moves.
#[test]
fn a_room_beyond_what_is_told_is_not_moved() {
    for link in [
        "v=2&requests-per-day=1..2&growth=5..15",
        "v=2&requests-per-day=50&growth=5..15",
    ] {
        let sure = sure(link);
        for one in &sure.tornados {
            let said = say::measure(&sure, one).unwrap();
            assert!(!said.contains("over 1,000× to over 1,000×"), "{said}");
            if one.outcome == Outcome::Room {
                let ends = one.bars.iter().map(|bar| bar.at_low.max(bar.at_high));
                assert!(ends.fold(0.0, f64::max) <= 1_000.0, "{one:?}");
            }
        }
    }
}

/// A higher peak fills the provider's limit before the disk, a lower one the disk before it. Both
/// stand at the load of their day, so that the room at the points lies between the two ends.
#[test]
fn a_room_that_another_limit_ends_lies_between_its_ends() {
    let sure = sure("v=2&growth=8..15&peak-multiplier=2.5..4&requests-per-day=40k..60k");
    let rooms = sure
        .tornados
        .iter()
        .filter(|one| one.outcome == Outcome::Room);
    let room = rooms.into_iter().next().unwrap();
    for bar in &room.bars {
        let (low, high) = (bar.at_low.min(bar.at_high), bar.at_low.max(bar.at_high));
        assert!(low <= room.base && room.base <= high, "{bar:?}");
        assert!(!bar.turns());
    }
}

/// Cents are the smallest part of a price above a dollar; a distance of 4.6 cents has no tenths.
#[test]
fn prices_have_no_parts_of_a_cent() {
    let sure = sure("v=2&growth=8..15&peak-multiplier=2.5..4&requests-per-day=40k..60k");
    for id in [FigureId::Cost, FigureId::CostPerThousand] {
        let found = sure.figures.iter().find(|one| one.id == id).unwrap();
        for text in say::three(found) {
            let cents = text.split('.').nth(1).map_or(0, str::len);
            let most = if found.p95 < 100.0 { 2 } else { 0 };
            assert!(cents <= most, "{text}");
        }
    }
}
