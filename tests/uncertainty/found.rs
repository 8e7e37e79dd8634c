//! Ranges whose answers were once not those of a calculation by hand.

use super::{TODAY, assert_near, points, scenario, sure};
use kt_capacity::model::normal::{Z95, share_below};
use kt_capacity::plan::evaluate;
use kt_capacity::plan::uncertainty::{BATCH, Draws, Outcome, Tornado, Uncertainty, uncertainty};
use kt_capacity::plan::{FigureId, LimitKind};
use kt_capacity::say::{input, uncertainty as say};
use kt_capacity::scenario::link::{from_fragment, to_fragment};
use kt_capacity::scenario::property::{
    CLIENT_TIMEOUT, FAILURES, GROWTH, HEADROOM, HPA_MAX, PEAK_MULTIPLIER, REQUESTS, RETENTION,
    TOKEN_CORRELATION,
};
use kt_capacity::scenario::{Scenario, file};

fn tornado<'a>(sure: &'a Uncertainty, outcome: &Outcome) -> &'a Tornado {
    let mut all = sure.tornados.iter();
    all.find(|one| one.outcome == *outcome).expect("a tornado")
}

/// √(10 × 2,000,000) = 4,472, √(100 × 2,000,000) = 14,142 and √(1 × 10¹²) = 10⁶: three digits of
/// the median, however far away the upper end is.
#[test]
fn a_wide_range_has_a_point_of_its_own_digits() {
    for (text, point) in [("10..2M", 4_470.0), ("100..2M", 14_100.0), ("1..1e12", 1e6)] {
        let entry = REQUESTS.spec().read(text).expect(text);
        assert_eq!(entry.value, Some(point), "{text}");
    }
    // logit 20 % = −1.386 and logit 90 % = 2.197 have 0.405 between them: 60 %.
    let failures = FAILURES.spec().read("20..90").expect("a share");
    assert_eq!(failures.value, Some(60.0));
}

/// Full at 1.728 times, which growth of 10 % reaches after ln 1.728 ÷ ln 1.1 = 5.739 months, 174.7
/// days. An order takes 10 to 100 days, 31.6 in the middle: 74.7 days are left where 95 of 100
/// shall come in time, and 143 where half of them shall.
#[test]
fn an_order_date_counts_the_time_that_an_order_may_take() {
    let link = "requests-per-day=50k&avg-input-tokens=1000&avg-output-tokens=0&peak-multiplier=4\
                &growth=10&lead-days=10..100&p=custom,m,t,100,tpm:240000";
    let until = sure(link).until.expect("it ends");
    let days = |share: f64| {
        let order = until.orders.iter().find(|order| order.share <= share);
        let day = order.and_then(|order| order.day).expect("a day");
        (day - TODAY).num_days() as f64
    };
    assert_eq!(
        until.order_by().map(|day| (day - TODAY).num_days() as f64),
        Some(days(0.95))
    );
    assert!((days(0.95) - 74.7).abs() < 2.0, "{}", days(0.95));
    assert!((days(0.5) - 143.0).abs() < 2.0, "{}", days(0.5));
    assert!(until.orders.is_sorted_by_key(|order| order.day));
    assert!(until.late_ratio < 0.01);
}

/// A request of more than 128,000 tokens is too large, 800 of them output: the logarithm of
/// √(60 × 200) = 109.545 thousand is ln (127.2 ÷ 109.545) = 0.1494 below, and its deviation is
/// ln (200 ÷ 60) ÷ 3.29 = 0.366: 34.2 %. No other limit is over.
#[test]
fn a_chance_is_that_of_its_own_limit() {
    let sure = sure("requests-per-day=1000&avg-input-tokens=60k..200k&p=openai,gpt-4o,Grow,100");
    let [over] = sure.over.as_slice() else {
        panic!("one limit is over: {:?}", sure.over);
    };
    assert_eq!(over.limit, LimitKind::Request);
    let z = (127_200.0_f64 / (60_000.0_f64 * 200_000.0).sqrt()).ln()
        / ((200.0_f64 / 60.0).ln() / (2.0 * Z95));
    assert!(
        (over.ratio - (1.0 - share_below(z))).abs() < 0.015,
        "{over:?}"
    );
}

/// At the points of the ranges, the deployed plan and the future are identical, bit for bit.
#[test]
fn the_future_at_the_points_is_the_plan() {
    for link in [
        "requests-per-day=40k..60k",
        "requests-per-day=2M..2.2M&avg-input-tokens=100&avg-output-tokens=50\
         &p=custom,x,,100,tpm:100000000",
        "requests-per-day=400k..600k&avg-input-tokens=200&avg-output-tokens=100",
        "requests-per-day=1172846..7161052&avg-input-tokens=4533&avg-output-tokens=1809\
         &retention-days=30&batch=30&p=custom,x,,100,tpm:497919",
        "retention-days=0..36500",
    ] {
        let scenario = scenario(link);
        let plan = evaluate(&scenario, TODAY);
        let sure = uncertainty(&scenario, TODAY, 20).expect("ranges");
        assert_eq!(sure.figures.len(), plan.figures.len(), "{link}");
        for (one, figure) in sure.figures.iter().zip(&plan.figures) {
            assert_eq!(one.id, figure.id, "{link}");
            assert_eq!(
                one.point.to_bits(),
                figure.result.to_bits(),
                "{link}: {one:?}"
            );
        }
    }
}

/// A peak of 50,000 × 2,300 ÷ 1,440 × 3 = 239,583 tokens a minute is 48 % of the highest limit; a
/// limit of 0 is no use of none, but one above all others.
#[test]
fn a_closed_limit_is_used_most_of_all() {
    let sure = sure("p=custom,m,t,100,tpm:0..500k");
    let [low, _, high] = points(&sure, &FigureId::TightestLimit);
    assert_near(low, 239_583.0 / 500_000.0, 0.02);
    assert!(10.0 < high, "{high}");
}

/// Ends far apart have two digits each: the lower one is not nothing.
#[test]
fn the_low_end_of_a_wide_interval_keeps_its_digits() {
    let sure = sure("requests-per-day=1k..200k");
    let of = |id: FigureId| {
        let found = sure.figures.iter().find(|one| one.id == id);
        say::of_figure(found.expect("a figure"))
    };
    // 1,000 and 200,000 × 2,300 tokens; √200 × 1,000 × 2,300 = 32.5 M in the middle.
    let budget = of(FigureId::TokensPerDay);
    assert!(
        budget.starts_with("5 to 95 %: 2.3 to 460 M, median 33 M"),
        "{budget}"
    );
    let cost = of(FigureId::Cost);
    assert!(!cost.contains("$0"), "{cost}");
}

#[test]
fn the_unit_of_a_field_may_stand_behind_a_range() {
    for (spec, text, low, high) in [
        (CLIENT_TIMEOUT.spec(), "10..60 s", 10.0, 60.0),
        (RETENTION.spec(), "30..90 days", 30.0, 90.0),
        (HPA_MAX.spec(), "10..20 pods", 10.0, 20.0),
        (HEADROOM.spec(), "1.5..2x", 1.5, 2.0),
        (PEAK_MULTIPLIER.spec(), "2..4×", 2.0, 4.0),
        (GROWTH.spec(), "5..15 % / month", 5.0, 15.0),
        (GROWTH.spec(), "5..15 percent", 5.0, 15.0),
        (REQUESTS.spec(), "From 40k To 60k", 40_000.0, 60_000.0),
        (REQUESTS.spec(), "Between 40k and 60k", 40_000.0, 60_000.0),
        (REQUESTS.spec(), "About 50k", 25_000.0, 100_000.0),
    ] {
        let entry = spec.read(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let range = entry.range.expect(text);
        assert_eq!((range.low, range.high), (low, high), "{text}");
    }
    let problem = PEAK_MULTIPLIER
        .spec()
        .read("3 ± 90 %")
        .expect_err("too wide");
    let told = input::number_problem(&problem);
    assert!(told.starts_with("That is 0.3 to 5.7."), "{told}");
}

/// A seed is no quantity.
#[test]
fn a_number_that_is_no_quantity_takes_no_range() {
    let problem = TOKEN_CORRELATION
        .spec()
        .read("0.5..0.9")
        .expect_err("no range");
    assert_eq!(
        input::number_problem(&problem),
        "Enter one number: it takes no range"
    );
    let (scenario, notices) = from_fragment("v=2&draw-seed=1..5");
    assert_eq!((scenario, notices.len()), (from_fragment("v=2").0, 1));
}

/// A point before three digits may group thousands: who wrote 40.000 is asked, in a link, a flag
/// and a file as in a field. Nothing of ours writes a 0 behind decimals.
#[test]
fn a_number_of_two_meanings_is_asked_about_everywhere() {
    for text in ["40.000", "40.000..60.000", "12.500", "50.000 ± 20 %"] {
        let (read, notices) = from_fragment(&format!("v=2&requests-per-day={text}"));
        assert_eq!(notices.len(), 1, "{text}");
        assert_eq!(read, from_fragment("v=2").0, "{text}");
    }
    let told = REQUESTS
        .spec()
        .read_written("40.000..60.000")
        .expect_err("either");
    let told = input::number_problem(&told);
    assert_eq!(told, "Write 40..60 or 40k..60k: the point can mean either");
    let mut document = file::to_json(&Scenario::default());
    document["workloads"][0]["requests"] = "40.000..60.000".into();
    assert!(file::from_json(&document).is_err());
    // What we write ourselves is read as it was.
    for text in ["12.125", "12.125..60.375", "40.5..60.25"] {
        let link = format!("v=2&requests-per-day={text}");
        let (read, notices) = from_fragment(&link);
        assert_eq!((to_fragment(&read), notices), (link, Vec::new()));
    }
    // And what a field offers instead of it is clear.
    let asked = REQUESTS.spec().read_typed("12.125").expect_err("either");
    let told = input::number_problem(&asked);
    assert_eq!(told, "Write 12.1250 or 12,125: the point can mean either");
    let entry = REQUESTS.spec().read_typed("12.1250").expect("clear");
    assert_eq!(entry.value, Some(12.125));
}

/// 239,583 tokens a minute at the peak. With a weight of 30 beside 50 the other provider is full
/// first, at 400,000 ÷ 239,583 ÷ 0.625 = 2.671; with 10 at ÷ 0.8333 = 2.003; with 90 this one is,
/// at ÷ 0.6429 = 2.597. Both ends are worse than the middle.
#[test]
fn an_input_that_is_best_in_the_middle_moves_as_far_as_that() {
    let sure = sure("v=2&p=custom,a,t,10..90,tpm:400k&p=custom,b,t,50,tpm:400k");
    let bar = &tornado(&sure, &Outcome::Room).bars[0];
    for (found, known) in [
        (bar.at_low, 2.003),
        (bar.at_point, 2.671),
        (bar.at_high, 2.597),
    ] {
        assert_near(found, known, 0.001);
    }
    assert!(bar.turns());
    assert_near(bar.swing(), 2.671 - 2.003, 0.002);
    let said = say::bar(&sure, &Outcome::Room, bar);
    assert!(
        said.ends_with("2.00× to 2.60×; 2.67× at its point"),
        "{said}"
    );
    let said = say::measure(&sure, tornado(&sure, &Outcome::Room)).expect("a sentence");
    assert!(said.contains("between 2.00× and 2.67×"), "{said}");
}

/// Growth alone moves the day: full at 1.728 times, so that 5 % a month lasts ln 1.728 ÷ ln 1.05 =
/// 11.21 months, 341 days, and 20 % 3.00 months, 91 days: both ends in one unit. The same growths
/// against a limit twice as high, at 3.456 times, last ln 3.456 ÷ ln 1.05 = 25.4 months and 6.8.
#[test]
fn growth_moves_the_time_that_is_left() {
    let link = "requests-per-day=50k&avg-input-tokens=1000&avg-output-tokens=0&peak-multiplier=4\
                &growth=5..20&p=custom,m,t,100,tpm:240000";
    let sure = sure(link);
    let bar = &tornado(&sure, &Outcome::Days).bars[0];
    assert!((bar.at_low - 341.1).abs() < 1.5, "{bar:?}");
    assert!((bar.at_high - 91.3).abs() < 1.5, "{bar:?}");
    let said = say::bar(&sure, &Outcome::Days, bar);
    assert!(said.ends_with("341 days to 91 days"), "{said}");
    let far = self::sure(&link.replace("240000", "480000"));
    let bar = &tornado(&far, &Outcome::Days).bars[0];
    let said = say::bar(&far, &Outcome::Days, bar);
    assert!(said.ends_with("25 months to 7 months"), "{said}");
}

/// Any range has a bar, also one that moves no figure of the page's first part.
#[test]
fn every_range_has_a_bar() {
    let some = sure("v=2&burstiness=1..400");
    let moved = some.tornados.iter().filter(|one| one.is_moved());
    assert_ne!(moved.count(), 0);
    let none = sure("v=2&goal-late=1..5");
    let [only] = none.tornados.as_slice() else {
        panic!("one tornado says it: {:?}", none.tornados);
    };
    assert_eq!(only.bars.len(), 1);
    let said = say::measure(&none, only).expect("a sentence");
    assert!(said.starts_with("None of the ranges moves"), "{said}");
}

/// The charts and the figures of one page are of the same futures: the band at the busiest moment
/// is the interval of the peak, but for the digits that a column keeps.
#[test]
fn bands_are_those_of_the_figures() {
    let scenario = scenario("requests-per-day=40k..60k&peak-multiplier=2..4..6&growth=5..15");
    let mut draws = Draws::begin(&scenario, TODAY).expect("ranges");
    draws.step(BATCH);
    let (sure, bands) = (draws.answer(), draws.bands());
    for (band, id) in [
        (&bands.tokens, FigureId::PeakTokens),
        (&bands.gateways, FigureId::Gateways),
    ] {
        let highest = |edge: &[f64]| edge.iter().copied().fold(0.0, f64::max);
        let found = [&band.low, &band.middle, &band.high].map(|edge| highest(edge));
        for (found, known) in found.into_iter().zip(points(&sure, &id)) {
            assert_near(found, known, 1e-6);
        }
        assert_eq!(band.low.len(), 288);
    }
}

/// 50,000 events of 2,000 B are 100 MB a day. On day 52 of the chart, which ends at twice √(30 ×
/// 90) = 52 days, a retention of 30 days holds 3 GB, and one of 52 or more 5.2 GB.
#[test]
fn a_range_of_the_retention_has_a_band() {
    let scenario = scenario("retention-days=30..90&dead-rows=0");
    let mut draws = Draws::begin(&scenario, TODAY).expect("a range");
    draws.step(BATCH);
    let [low, _, high] = draws.bands().bytes.at(30).expect("a point");
    assert_near(low, 3.0e9, 0.02);
    assert_near(high, 5.2e9, 1e-6);
}

/// Ten requests a second all day, of which one gateway takes 4 and two take 8: 6 and 2 a second are
/// lost, 6 × 86,400 × 30.4375 = 15,778,800 a month and 5,259,600. At 1 to 4 cents each, 2 in the
/// middle, that is $157,788, $315,576 and $631,152 with one gateway, a third of it with two, and
/// nothing with three; machines are free here.
#[test]
fn gateways_and_what_they_lose_have_a_band() {
    let link = "requests-per-day=864k&peak-multiplier=1&gateway-rps=4&concurrency=100000&vcpu-usd=0\
                &memory-usd=0&lost-usd=0.01..0.04";
    let mut draws = Draws::begin(&scenario(link), TODAY).expect("a range");
    draws.step(BATCH);
    let costs = draws.bands().costs;
    for (at, part) in [(0, 1.0), (1, 1.0 / 3.0)] {
        let found = costs.at(at).expect("a number of gateways");
        for (found, known) in found.into_iter().zip([157_788.0, 315_576.0, 631_152.0]) {
            assert_near(found, known * part, 0.005);
        }
    }
    let [.., high] = costs.at(2).expect("three gateways");
    assert!(high.abs() < 1e-6, "{high}");
    // Pods that are deployed do not shrink with the load: where nothing is paid for what is lost, a
    // number of them costs the same in each future.
    let free = scenario("requests-per-day=100k..5M&lost-usd=0");
    let mut draws = Draws::begin(&free, TODAY).expect("a range");
    draws.step(BATCH);
    let [low, _, high] = draws.bands().costs.at(1).expect("a number of gateways");
    assert!(0.0 < low);
    assert_near(low, high, 1e-6);
}

/// A range of the requests that reaches down to nothing has a future without an end, which has
/// more room than any: the less is asked for, the more room. A single input acts with no other.
#[test]
fn a_future_without_end_has_a_rank() {
    let sure = sure("v=2&requests-per-day=0..100k&p=custom,m,t,100,tpm:240000");
    let room = tornado(&sure, &Outcome::Room);
    let correlation = room.bars[0].correlation.expect("all futures have a rank");
    assert!(correlation < -0.99, "{correlation}");
    assert_eq!(room.acting().count(), 0);
}

/// Of 60,000 requests a day 4.6 % are late, whoever asks; 1 % more of them move that by less than
/// a tenth of a percent, which both ends of the bar tell apart, as those of the room do.
#[test]
fn close_ends_of_shares_and_multiples_have_digits_of_their_own() {
    let sure = sure("v=2&requests-per-day=60000..60600&avg-output-tokens=800..803&growth=5");
    for outcome in [Outcome::Room, Outcome::Late, Outcome::Days] {
        let of = sure.tornados.iter().find(|one| one.outcome == outcome);
        for bar in of.iter().flat_map(|one| &one.bars) {
            let said = say::bar(&sure, &outcome, bar);
            let is_one = said.ends_with(" at both ends");
            assert_eq!(is_one, bar.swing() == 0.0, "{said}");
            let ends = said.rsplit(": ").next().expect("ends");
            let ends = ends.split_once(" to ").filter(|_| !is_one);
            assert!(ends.is_none_or(|(low, high)| low != high), "{said}");
        }
    }
}

/// Answers cost tokens and failures none: of some $18,000 a month 5 % of the calls that fail after
/// three tries, 0.0125 %, are about $2, which both ends of the bar tell apart. Where no call fails,
/// no request does.
#[test]
fn the_ends_of_a_bar_have_the_digits_that_tell_them_apart() {
    let sure = sure("requests-per-day=85000&failures=0..5");
    let cost = Outcome::Figure(FigureId::Cost);
    let bar = &tornado(&sure, &cost).bars[0];
    let said = say::bar(&sure, &cost, bar);
    let ends: Vec<&str> = said
        .rsplit(": ")
        .next()
        .expect("ends")
        .split(" to ")
        .collect();
    assert_ne!(ends[0], ends[1], "{said}");
    let failed = Outcome::Figure(FigureId::FailedRequests);
    let bar = tornado(&sure, &failed).bars.first().expect("a bar");
    assert!(bar.at_low.abs() < 1e-12, "{}", bar.at_low);
    assert_near(bar.at_high, 0.05_f64.powi(3), 1e-6);
}

/// Two keys share one load by weights of 20 to 140 against 50: whoever answers, as many requests
/// are in flight, and rounding moves no bar.
#[test]
fn rounding_alone_moves_no_outcome() {
    let sure = sure("p=custom,a,t,20..140,tpm:400k&p=custom,b,t,50,tpm:400k");
    for id in [FigureId::InFlight, FigureId::PeakTokens] {
        let outcome = Outcome::Figure(id);
        assert!(
            !sure.tornados.iter().any(|one| one.outcome == outcome),
            "{outcome:?}"
        );
    }
}
