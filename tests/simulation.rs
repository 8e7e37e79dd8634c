//! Simulated day, checked against invariants and formulas.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "vectors/erlang_a.rs"]
mod erlang_a;
#[path = "vectors/law_of_run.rs"]
mod law_of_run;

use erlang_a::impatient_wait;

use kt_capacity::model::hpa::{Behavior, Limits, Policy, PolicyKind, Timing};
use kt_capacity::model::queueing::{System, markov_wait, single_server, with_bounded_queue};
use kt_capacity::simulation::{
    Action, Activation, Arrivals, Breaker, Calls, Change, Client, Config, Count, Counted, Counting,
    Cpu, Event, Failover, Fallback, Fate, Further, FurtherKind, Gateway, Hpa, Keeps, Load,
    MetricName, MetricOutage, Metrics, OutageKind, Overflow, OwnLimit, Planned, Provider,
    ProviderOutage, Question, Quota, QuotaUse, Random, RandomArrivals, Refill, Regular, Resend,
    Results, Room, Routing, Schedule, Scope, Simulation, Slowdown, Source, Status, Stop, Target,
    Trigger, Weights,
};
use law_of_run::broken_laws;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn run(config: &Config, seed: u64, budget: u32) -> Results {
    let mut simulation = Simulation::new(config.clone(), seed).unwrap().logged();
    while simulation.step(budget) == Status::Running {}
    simulation.results()
}

fn client() -> impl Strategy<Value = Client> {
    let resend = (1_u32..4, 1_u64..3_000, select(&[0_u64, 500][..]));
    let patience = (option::of(0_u64..20_000), option::of(1_u64..40_000));
    (0_u32..3_000, 1_u32..900, 0.0..1.5, patience, resend).prop_map(
        |(input_tokens, output_tokens, cv, (max_wait_ms, max_total_ms), resend)| Client {
            input_tokens,
            output_tokens,
            output_cv: cv,
            max_output_tokens: (input_tokens % 3 == 0).then_some(1_000),
            max_wait_ms,
            max_total_ms,
            resend: Resend {
                sends: resend.0,
                delay_ms: resend.1,
                jitter_ms: resend.2,
                ..Resend::default()
            },
            ..Client::default()
        },
    )
}

fn provider() -> impl Strategy<Value = Provider> {
    let limits = (
        option::of(select(&[0_u64, 6, 60, 600][..])),
        option::of(select(&[5_000_u64, 100_000][..])),
        select(&[Counting::Reserve, Counting::Settle, Counting::Postpaid][..]),
        option::of(1_u32..8),
    );
    let own = (
        option::of(select(&[30_u64, 300][..])),
        select(&[Scope::Pod, Scope::Shared][..]),
        select(&[Action::Reject, Action::Pace][..]),
    );
    let outage = option::of((
        0_u64..200_000,
        1_u64..100_000,
        select(&[OutageKind::Fail, OutageKind::Hang][..]),
    ));
    let slow = option::of((0_u64..200_000, 1_u64..100_000, 0_u32..5_000));
    let speed = (0_u64..1_000, 20.0..200.0, 0_u64..300, 0_u64..300);
    (
        1_u32..60,
        limits,
        own,
        (outage, slow),
        speed,
        0_u32..200_000,
    )
        .prop_map(
            |(weight, limits, own, (outage, slow), speed, failure_ppm)| Provider {
                weight,
                rpm: limits.0,
                tpm: limits.1,
                counting: limits.2,
                max_in_flight: limits.3,
                gateway_limit: own.0.map(|rpm| OwnLimit {
                    rpm: Some(rpm),
                    scope: own.1,
                    action: own.2,
                    ..OwnLimit::default()
                }),
                outages: outage
                    .map(|(from_ms, length, kind)| ProviderOutage {
                        from_ms,
                        to_ms: from_ms + length,
                        kind,
                        over_ms: (from_ms % 2 == 0).then_some(5_000),
                    })
                    .into_iter()
                    .collect(),
                slowdowns: slow
                    .map(|(from_ms, length, permille)| Slowdown {
                        from_ms,
                        to_ms: from_ms + length,
                        permille,
                    })
                    .into_iter()
                    .collect(),
                ttft_ms: speed.0,
                tokens_per_s: speed.1,
                fail_ms: speed.2,
                reject_ms: speed.3,
                failure_ppm,
                // One of two kinds of requests may be refused for its size.
                too_large: if weight % 3 == 0 {
                    vec![weight % 2 == 0, weight % 2 == 1]
                } else {
                    Vec::new()
                },
                ..Provider::default()
            },
        )
}

fn gateway() -> impl Strategy<Value = Gateway> {
    let routings = [
        Routing::Random,
        Routing::Turn,
        Routing::Fewest,
        Routing::Two,
        Routing::Pool,
    ];
    (
        1_u32..5,
        1_u32..5,
        select(&[0_u32, 1, 5, 100][..]),
        select(routings.to_vec()),
        any::<[bool; 2]>(),
        (
            select(&[0_u64, 10][..]),
            select(&[0_u64, 0, 700, 2_000_000][..]),
            option::of(0_u64..10_000),
        ),
        (0_u64..30_000, 0_u64..30_000, 0_u64..20_000),
        1_u32..4,
    )
        .prop_map(
            |(pods, slots, queue_max, routing, flags, own, times, zones)| {
                let (overhead_ms, start_gap_us, stale_ms) = own;
                Gateway {
                    pods,
                    slots,
                    queue_max,
                    routing,
                    overflow: if flags[0] {
                        Overflow::Reject
                    } else {
                        Overflow::DropOldest
                    },
                    stale_ms,
                    notices_leaving: flags[1],
                    overhead_ms,
                    start_gap_us,
                    startup_ms: times.0,
                    pending_ms: Some(times.1),
                    drain_ms: times.2,
                    zones,
                    cpu: Cpu {
                        us_per_start: 200_000,
                        in_flight_m: 100,
                        ..Cpu::default()
                    },
                }
            },
        )
}

fn calls() -> impl Strategy<Value = Calls> {
    let trip_ms = option::of(0_u64..30_000);
    let breaker = option::of((1_u32..4, trip_ms, 0_u64..20_000, 1_u32..3));
    (1_u32..5, any::<bool>(), option::of(1_u64..20_000), breaker).prop_map(
        |(attempts, ordered, timeout_ms, breaker)| Calls {
            attempts,
            failover: if ordered {
                Failover::Ordered
            } else {
                Failover::None
            },
            timeout_ms,
            breaker: breaker.map(|(failures, trip_ms, open_ms, probes)| Breaker {
                failures,
                trip_ms,
                open_ms,
                probes,
            }),
            ..Calls::default()
        },
    )
}

fn hpa() -> impl Strategy<Value = Hpa> {
    let names = [
        MetricName::Cpu,
        MetricName::QueueDepth,
        MetricName::InFlight,
    ];
    let target = (select(names.to_vec()), 1_i64..4).prop_map(|(name, target)| Target {
        name,
        target: if name == MetricName::Cpu {
            30 * target
        } else {
            1_000 * target
        },
        is_summed: name != MetricName::Cpu && target == 2,
    });
    let kinds = [
        FurtherKind::CpuAverage,
        FurtherKind::Pods,
        FurtherKind::Whole,
        FurtherKind::Divided,
    ];
    let further = (select(kinds.to_vec()), 1_i64..3_000, 1_i64..3_000);
    let further = further.prop_map(|(kind, target_m, per_rps_m)| Further {
        kind,
        target_m,
        per_rps_m,
    });
    let policy = (any::<bool>(), 1_u32..200, 1_i64..8);
    (
        (1_u32..4, 0_u32..8),
        vec(target, 1..3),
        vec(further, 0..3),
        option::of((policy, select(&[0_i64, 15_000, 60_000][..]))),
        keda(),
    )
        .prop_map(|((min, more), metrics, further, behavior, keda)| {
            let (schedules, activation, fallback) = keda;
            let behavior = behavior.map(|((is_pods, value, periods), window_ms)| {
                let mut behavior = Behavior::default();
                behavior.up.policies = vec![Policy {
                    kind: if is_pods {
                        PolicyKind::Pods
                    } else {
                        PolicyKind::Percent
                    },
                    value,
                    period_ms: 15_000 * periods,
                }];
                behavior.down.window_ms = Some(window_ms);
                behavior
            });
            Hpa {
                limits: Limits::new(min, min + more, behavior),
                metrics,
                further,
                schedules,
                activation,
                fallback,
                sync_ms: 15_000,
                offset_ms: 0,
                timing: Timing::default(),
            }
        })
}

/// Schedules, the way to nothing and a fallback.
fn keda() -> impl Strategy<Value = (Vec<Schedule>, Option<Activation>, Option<Fallback>)> {
    let schedule =
        (0_u64..300_000, 0_u64..300_000, 0_u32..9).prop_map(|(from_ms, to_ms, pods)| Schedule {
            from_ms,
            to_ms,
            pods,
        });
    let loads = [Load::Waiting, Load::InFlight, Load::PerRps(700)];
    let triggers = [
        (select(loads.to_vec()), 0_i64..2_000)
            .prop_map(|(load, above_m)| Trigger::Above { load, above_m })
            .boxed(),
        (0_u32..3).prop_map(Trigger::Scheduled).boxed(),
    ];
    let activation = (
        vec(select(triggers.to_vec()), 1..3),
        0_u64..90_000,
        0_u32..2,
    )
        .prop_flat_map(|(triggers, cooldown_ms, idle)| {
            triggers.prop_map(move |triggers| Activation {
                polling_ms: 30_000,
                offset_ms: 0,
                cooldown_ms,
                initial_cooldown_ms: 0,
                idle,
                least: 1,
                triggers,
            })
        });
    let keeps = [Keeps::Own, Keeps::Current, Keeps::Higher, Keeps::Lower];
    let fallback =
        (0_u32..4, 0_u32..9, select(keeps.to_vec())).prop_map(|(failures, pods, keeps)| Fallback {
            failures,
            pods,
            keeps,
        });
    (
        vec(schedule, 0..3),
        option::of(activation),
        option::of(fallback),
    )
}

fn event(zones: u32) -> impl Strategy<Value = Event> {
    let kinds = (0_u32..4, 0..zones, 0_u64..40_000, 0_u32..101, 0_u32..101);
    (0_u64..250_000, kinds).prop_map(move |(at_ms, (kind, zone, ms, surge, missing))| Event {
        at_ms,
        change: match kind {
            // One zone must stay.
            0 if zone != 0 => Change::ZoneLoss {
                zone,
                grace_ms: ms,
                eviction_ms: ms,
            },
            1 => Change::ZoneBack { zone },
            2 => Change::Limits {
                provider: zone,
                permille: 10 * surge,
            },
            _ => Change::Rollout {
                // A share of the pods, or some of them.
                surge: if ms % 2 == 0 {
                    Room::Percent(surge)
                } else {
                    Room::Pods(surge / 10)
                },
                unavailable: Room::Percent(missing),
                waits: ms % 3 == 0,
            },
        },
    })
}

fn arrivals() -> impl Strategy<Value = RandomArrivals> {
    let requests = vec(0_u64..200, 5);
    (requests, 1.0..5.0, select(&[0_u64, 3_000][..])).prop_map(
        |(requests, dispersion, spread_ms)| RandomArrivals {
            window_ms: 60_000,
            requests,
            dispersion,
            spread_ms,
        },
    )
}

/// Quotas, and how the clients' calls to each provider count towards them.
fn quotas() -> impl Strategy<Value = Vec<(Quota, QuotaUse)>> {
    let quota = (
        1_u64..100_000,
        select(&[60_000_u64, 120_000][..]),
        option::of(1_000_u64..60_000),
        select(&[Scope::Pod, Scope::Shared][..]),
    );
    let weights = || {
        (select(&[0_u64, 1_000][..]), 0_u64..5_000, 0_u64..5_000).prop_map(
            |(call, input, output)| Weights {
                call,
                input,
                output,
            },
        )
    };
    let counted = (weights(), weights(), 0_u32..500);
    let countings = [Counting::Reserve, Counting::Settle, Counting::Postpaid];
    let one = (quota, counted, select(countings.to_vec())).prop_map(
        |((limit, period_ms, burst_ms, scope), (asked, used, answer_least), counting)| {
            let quota = Quota {
                limit,
                period_ms,
                refill: burst_ms.map_or(Refill::AtOnce, |burst_ms| Refill::Steady { burst_ms }),
                scope,
            };
            let counted = Counted {
                asked,
                used,
                answer_least,
            };
            let counts = QuotaUse {
                quota: 0,
                counting,
                // The last of three kinds of client counts for nothing.
                by_client: vec![counted; 2],
            };
            (quota, counts)
        },
    );
    vec(one, 0..4)
}

/// Quotas, the providers' places, whom clients are bound to and whether the gateway answers them.
type Routes = (Vec<(Quota, QuotaUse)>, [u32; 3], [(Option<u32>, bool); 3]);

/// Some clients bound or answered by the gateway, providers in an order and under quotas.
fn routed(mut config: Config, (quotas, orders, bound): Routes) -> Config {
    for (client, (to, is_answered_here)) in config.clients.iter_mut().zip(bound) {
        (client.to, client.is_answered_here) = (to, is_answered_here);
    }
    for (provider, order) in config.providers.iter_mut().zip(orders) {
        provider.order = order;
    }
    for (place, (quota, mut counts)) in (0..).zip(quotas) {
        counts.quota = place;
        // The first is one of two providers together.
        let rows = config.providers.iter_mut().skip(place as usize % 2);
        rows.take(2).for_each(|row| row.quotas.push(counts.clone()));
        config.quotas.push(quota);
    }
    config
}

fn config() -> impl Strategy<Value = Config> {
    let bound = || (option::of(0_u32..8), any::<bool>());
    let routes = (
        quotas(),
        [0_u32..3, 0_u32..3, 0_u32..3],
        [bound(), bound(), bound()],
    );
    (plain_config(), routes, any::<bool>()).prop_map(|(config, routes, is_routed)| {
        if is_routed {
            routed(config, routes)
        } else {
            config
        }
    })
}

fn plain_config() -> impl Strategy<Value = Config> {
    let metrics = (
        select(&[0_u64, 1, 15_000, 45_000][..]),
        option::of(0_u64..200_000),
    );
    let crowd = (vec(client(), 1..4), arrivals(), vec(provider(), 1..4));
    let rest = (calls(), metrics, option::of(hpa()));
    (crowd, gateway(), rest)
        .prop_flat_map(|(crowd, gateway, rest)| {
            let events = vec(event(gateway.zones), 0..4);
            (Just(crowd), Just(gateway), Just(rest), events)
        })
        .prop_map(
            |(crowd, gateway, (calls, (lag_ms, outage), hpa), events)| Config {
                duration_ms: 290_000,
                bucket_ms: 60_000,
                late_ms: 3_000,
                clients: crowd.0,
                arrivals: Arrivals::Random(crowd.1),
                providers: crowd.2,
                quotas: Vec::new(),
                gateway,
                calls,
                metrics: Metrics {
                    lag_ms: [lag_ms; 3],
                    outages: outage
                        .map(|from_ms| MetricOutage {
                            metric: None,
                            from_ms,
                            to_ms: from_ms + 60_000,
                        })
                        .into_iter()
                        .collect(),
                    ..Metrics::default()
                },
                hpa,
                events,
                stop: None,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_day_keeps_the_laws_and_is_the_same_again(config in config(), seed in 0_u64..100) {
        let question = Question { seed, config };
        let crossed = Question::from_bytes(&question.to_bytes());
        prop_assert_eq!(crossed.as_ref(), Some(&question));
        let config = question.config;
        let results = run(&config, seed, 1_000_000);
        let has_ghosts = !config.gateway.notices_leaving;
        prop_assert_eq!(broken_laws(&results, has_ghosts), Vec::<String>::new());
        prop_assert_eq!(&results, &run(&config, seed, 7));
        if let Some(hpa) = &config.hpa {
            let idle = hpa.activation.as_ref().map(|activation| activation.idle);
            let least = hpa.limits.min.min(idle.unwrap_or(hpa.limits.min));
            let bounds = least..=hpa.limits.max;
            // The first sync brings it there.
            prop_assert!(results.scale.iter().all(|change| bounds.contains(&change.pods)));
            let last = results.buckets.last().unwrap().desired;
            prop_assert!(bounds.contains(&last));
        }
    }

    /// Remaining requests are served no later if others stay away.
    #[test]
    fn fewer_arrivals_are_served_no_worse(
        rows in vec((0_u64..60_000, 1_u32..9_000, any::<bool>()), 1..200),
        slots in 1_u32..6,
    ) {
        let served = |rows: &[(u64, u32, bool)]| {
            let planned = rows.iter().map(|(at_ms, service, _)| Planned {
                at_ms: *at_ms,
                service_ms: Some(*service),
                ..Planned::default()
            });
            let config = Config {
                gateway: Gateway { slots, queue_max: u32::MAX, ..Gateway::default() },
                ..plain(90_000, Arrivals::List(planned.collect()), vec![Client::default()])
            };
            run(&config, 1, 1_000_000).requests
        };
        let mut rows = rows;
        rows.sort_by_key(|(at_ms, ..)| *at_ms);
        let fewer: Vec<_> = rows.iter().copied().filter(|(.., stays)| *stays).collect();
        let all = served(&rows);
        let stayed = all.iter().zip(&rows).filter(|(_, (.., stays))| *stays);
        for ((before, _), after) in stayed.zip(served(&fewer)) {
            if let Some(before) = before {
                prop_assert!(after.is_some_and(|after| after.end_ms <= before.end_ms));
            }
        }
    }
}

/// One pod, one provider, no autoscaler.
fn plain(duration_ms: u64, arrivals: Arrivals, clients: Vec<Client>) -> Config {
    Config {
        duration_ms,
        bucket_ms: duration_ms,
        late_ms: 0,
        clients,
        arrivals,
        providers: vec![Provider::default()],
        quotas: Vec::new(),
        gateway: Gateway::default(),
        calls: Calls::default(),
        metrics: Metrics::default(),
        hpa: None,
        events: Vec::new(),
        stop: None,
    }
}

/// One slot that is taken for the whole time: of 600 requests a minute all but the first are
/// refused, so that the second minute brings the 1,000th.
#[test]
fn a_day_ends_with_the_minute_in_which_enough_is_known() {
    let client = Client {
        service_ms: Some(3_600_000),
        ..Client::default()
    };
    let arrivals = Arrivals::Regular(vec![Regular {
        from_ms: 0,
        to_ms: 600_000,
        gap_ms: 100,
        size: 1,
        request: Planned::default(),
    }]);
    let config = |stop| Config {
        bucket_ms: 60_000,
        gateway: Gateway {
            slots: 1,
            queue_max: 0,
            ..Gateway::default()
        },
        stop,
        ..plain(600_000, arrivals.clone(), vec![client.clone()])
    };
    let cases = [
        (None, 10),
        (Some(1_000), 2),
        (Some(1_199), 3),
        (Some(5_999), 10),
    ];
    for (lost, minutes) in cases {
        let stop = lost.map(|lost| Stop {
            late: u64::MAX,
            lost,
        });
        let results = run(&config(stop), 1, 1_000_000);
        let offered = results.totals.counts.of(Count::Offered);
        assert_eq!(results.buckets.len(), minutes, "{lost:?}");
        assert_eq!(offered, 600 * minutes as u64, "{lost:?}");
        assert_eq!(results.totals.questions_lost, offered - 1, "{lost:?}");
    }
}

/// Requests at these milliseconds, each answered after a second.
fn at(times: &[u64]) -> Arrivals {
    let one = |at_ms: &u64| Planned {
        at_ms: *at_ms,
        service_ms: Some(1_000),
        ..Planned::default()
    };
    Arrivals::List(times.iter().map(one).collect())
}

/// Fate and end of each request, in the order of arrival.
fn fates(config: Config) -> Vec<(Fate, u64)> {
    let mut run = Simulation::new(config, 1).unwrap().logged();
    while run.step(1_000) == Status::Running {}
    let requests = run.results().requests.into_iter();
    requests
        .map(|sent| sent.map(|sent| (sent.fate, sent.end_ms)).unwrap())
        .collect()
}

#[test]
fn a_slow_provider_answers_slowly_those_who_call_meanwhile() {
    let mut config = plain(
        60_000,
        at(&[9_999, 10_000, 19_999, 20_000]),
        vec![Client::default()],
    );
    config.providers[0].slowdowns = vec![Slowdown {
        from_ms: 10_000,
        to_ms: 20_000,
        permille: 3_000,
    }];
    let ends = [10_999, 13_000, 22_999, 21_000].map(|end| (Fate::Served, end));
    assert_eq!(fates(config), ends);
}

/// Pods wanted after two minutes of ten requests a second, each adding a half to a metric.
fn wanted(kind: FurtherKind, target_m: i64, at_first: u32) -> u32 {
    let arrivals = Arrivals::Regular(vec![Regular {
        from_ms: 0,
        to_ms: 120_000,
        gap_ms: 100,
        size: 1,
        request: Planned {
            service_ms: Some(100),
            ..Planned::default()
        },
    }]);
    let mut config = plain(120_000, arrivals, vec![Client::default()]);
    config.gateway.pods = at_first;
    config.gateway.startup_ms = 1_000;
    config.hpa = Some(Hpa {
        limits: Limits::new(1, 50, None),
        metrics: Vec::new(),
        further: vec![Further {
            kind,
            target_m,
            per_rps_m: 500,
        }],
        schedules: Vec::new(),
        activation: None,
        fallback: None,
        sync_ms: 15_000,
        offset_ms: 0,
        timing: Timing::default(),
    });
    let buckets = run(&config, 1, 1_000_000).buckets;
    buckets.last().unwrap().desired
}

#[test]
fn a_load_that_follows_the_requests_decides_the_pods() {
    // The metric is 5 in all: for a target of 1 a pod, or of 0.7, that is 5 or 8 pods.
    for kind in [FurtherKind::Pods, FurtherKind::Divided] {
        assert_eq!(wanted(kind, 1_000, 1), 5, "{kind:?}");
        assert_eq!(wanted(kind, 700, 1), 8, "{kind:?}");
    }
    // As a whole it says nothing of the pods: on its target it leaves them alone, and above it
    // there is no number that is enough.
    assert_eq!(wanted(FurtherKind::Whole, 5_000, 3), 3);
    assert_eq!(wanted(FurtherKind::Whole, 2_500, 3), 50);
}

#[test]
fn a_limit_that_is_cut_holds_what_is_left_of_it() {
    // 60 a minute, of which 45 are taken at once: after ten seconds the bucket has 25, and a
    // fifth of the limit holds 12 of them, then brings 2 in ten seconds.
    let mut times = vec![0; 45];
    times.extend([10_000; 13]);
    times.extend([20_000; 3]);
    let mut config = plain(60_000, at(&times), vec![Client::default()]);
    config.gateway.slots = 100;
    config.providers[0].rpm = Some(60);
    config.events = vec![Event {
        at_ms: 10_000,
        change: Change::Limits {
            provider: 0,
            permille: 200,
        },
    }];
    let fates = fates(config);
    let limited: Vec<usize> = (0..fates.len())
        .filter(|place| fates[*place].0 == Fate::Limited)
        .collect();
    assert_eq!(limited, [57, 60]);
}

/// Two a second from one pod, each answered after a second: the four that come at once go on at 0,
/// 500, 1,000 and 1,500. One that comes when nobody has for a while goes on at once.
#[test]
fn a_pod_goes_on_with_no_more_requests_a_second_than_was_measured() {
    let mut config = plain(60_000, at(&[0, 0, 0, 0, 9_000]), vec![Client::default()]);
    config.gateway.start_gap_us = 500_000;
    let ends = [1_000, 1_500, 2_000, 2_500, 10_000].map(|end| (Fate::Served, end));
    assert_eq!(fates(config.clone()), ends);
    // With two slots the third goes on when the first has ended, which is as late.
    config.gateway.slots = 2;
    assert_eq!(fates(config), ends);
}

/// One call at once, of either provider: of two that come together the second is refused, of two
/// in a row none. Each for itself takes both.
#[test]
fn calls_at_once_under_one_limit_count_together() {
    let mut config = plain(60_000, at(&[0, 0, 5_000, 6_000]), vec![Client::default()]);
    config.providers[0].max_in_flight = Some(1);
    config.providers.push(config.providers[0].clone());
    config.calls.attempts = 1;
    let fates_of = |config: &Config| fates(config.clone()).into_iter().map(|(fate, _)| fate);
    assert!(fates_of(&config).all(|fate| fate == Fate::Served));
    config.providers[1].at_once_with = Some(0);
    let expected = [Fate::Served, Fate::Limited, Fate::Served, Fate::Served];
    assert_eq!(fates_of(&config).collect::<Vec<_>>(), expected);
}

#[test]
fn who_waited_too_long_is_given_up_when_its_turn_has_come() {
    // One slot, a second each: the second waits 900 ms, the third would wait 1,800.
    let mut config = plain(60_000, at(&[0, 100, 200]), vec![Client::default()]);
    config.gateway.slots = 1;
    for (routing, most) in [(Routing::Random, 1_799), (Routing::Pool, 900)] {
        config.gateway.routing = routing;
        config.gateway.stale_ms = Some(most);
        let expected = [
            (Fate::Served, 1_000),
            (Fate::Served, 2_000),
            (Fate::GaveUp, 2_000),
        ];
        assert_eq!(fates(config.clone()), expected, "{routing:?}");
    }
    config.gateway.stale_ms = Some(1_800);
    assert_eq!(fates(config)[2], (Fate::Served, 3_000));
}

/// Mean service time: so long that whole milliseconds do not show.
const SERVICE_MS: u32 = 20_000;
const RUNS: u64 = 12;
const REQUESTS: u64 = 6_000;

/// Poisson arrivals with this load on so many slots; exponential service if no cv is given.
fn queue(load: f64, slots: u32, queue_max: u32, clients: Vec<Client>, seed: u64) -> Config {
    let per_ms = load * f64::from(slots) / f64::from(SERVICE_MS);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a length in milliseconds"
    )]
    let duration_ms = (REQUESTS as f64 / per_ms).round() as u64;
    let random = Arrivals::Random(RandomArrivals {
        window_ms: duration_ms,
        requests: vec![REQUESTS],
        dispersion: 1.0,
        spread_ms: 0,
    });
    let is_exponential = clients.iter().all(|client| client.service_ms.is_none());
    let arrivals = if is_exponential {
        let mut services = Random::numbered(seed, 7);
        let mut service = || {
            let drawn = u128::from(services.exponential()) * u128::from(SERVICE_MS);
            u32::try_from((drawn >> 32).max(1)).unwrap()
        };
        let source = Source::new(&random, &clients, seed);
        let planned = source.map(|arrival| Planned {
            at_ms: arrival.at_ms,
            client: arrival.client,
            service_ms: Some(service()),
            ..Planned::default()
        });
        Arrivals::List(planned.collect())
    } else {
        random
    };
    Config {
        gateway: Gateway {
            slots,
            queue_max,
            ..Gateway::default()
        },
        ..plain(duration_ms, arrivals, clients)
    }
}

fn system(load: f64, slots: u32, service_cv2: f64) -> System {
    let service_time_s = f64::from(SERVICE_MS) / 1e3;
    System {
        arrival_rate_rps: load * f64::from(slots) / service_time_s,
        service_time_s,
        service_cv2,
        arrival_dispersion: 1.0,
        servers: slots,
    }
}

/// Means over independent runs agree with formulas within four standard errors.
#[track_caller]
fn agree<const N: usize>(
    config: impl Fn(u64) -> Config,
    measure: impl Fn(&Results) -> [f64; N],
    formulas: [f64; N],
) {
    let values: Vec<[f64; N]> = (1..=RUNS)
        .map(|seed| measure(&run(&config(seed), seed, 1_000_000)))
        .collect();
    for (at, formula) in formulas.into_iter().enumerate() {
        let runs = RUNS as f64;
        let mean = values.iter().map(|value| value[at]).sum::<f64>() / runs;
        let squares: f64 = values.iter().map(|value| (value[at] - mean).powi(2)).sum();
        let error = (squares / (runs * (runs - 1.0))).sqrt();
        let apart = (mean - formula).abs();
        // A run starts empty, which a hundredth covers.
        let allowed = 4.0 * error + 0.01 * formula;
        assert!(
            apart <= allowed,
            "quantity {at}: {mean} ± {error}, formula {formula}"
        );
    }
}

/// Share that waits, and mean wait of those who are not refused, seconds.
fn waits(results: &Results) -> [f64; 2] {
    let counts = &results.totals.counts;
    let started = counts.of(Count::Started) as f64;
    let late = counts.of(Count::Late) as f64;
    [
        late / started,
        results.totals.wait_ms_sum as f64 / 1e3 / started,
    ]
}

#[test]
fn slots_with_one_queue_wait_as_erlang_says() {
    for (load, slots) in [(0.7, 1), (0.85, 16), (0.6, 4)] {
        let wait = markov_wait(&system(load, slots, 1.0)).unwrap();
        agree(
            |seed| queue(load, slots, u32::MAX, vec![Client::default()], seed),
            waits,
            [wait.p_wait, wait.mean_wait_s],
        );
    }
}

#[test]
fn a_full_queue_refuses_as_the_formula_says() {
    for (load, slots, places) in [(1.1, 4, 6), (0.9, 16, 10), (1.0, 8, 0)] {
        let bounded = with_bounded_queue(&system(load, slots, 1.0), places).unwrap();
        agree(
            |seed| queue(load, slots, places, vec![Client::default()], seed),
            |results| {
                let counts = &results.totals.counts;
                let refused = counts.of(Count::Refused) as f64;
                let [_, mean_wait_s] = waits(results);
                [refused / counts.of(Count::Offered) as f64, mean_wait_s]
            },
            [bounded.loss_ratio, bounded.wait.mean_wait_s],
        );
    }
}

/// A single slot with any service.
#[test]
fn one_slot_waits_as_pollaczek_and_khinchine_say() {
    for (load, cv) in [(0.6, 0.5), (0.7, 1.5)] {
        let client = Client {
            service_ms: Some(SERVICE_MS),
            service_cv: cv,
            ..Client::default()
        };
        let mean_wait_s = single_server(&system(load, 1, cv * cv)).unwrap();
        agree(
            |seed| queue(load, 1, u32::MAX, vec![client.clone()], seed),
            waits,
            [load, mean_wait_s],
        );
    }
}

/// Clients with exponential patience, as many kinds of equal shares of it.
#[test]
fn the_impatient_leave_as_the_formula_says() {
    const KINDS: u32 = 400;
    let clients = |patience_s: f64| -> Vec<Client> {
        let client = |kind: u32| {
            let share = (f64::from(kind) + 0.5) / f64::from(KINDS);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a time in milliseconds"
            )]
            let max_wait_ms = (-1e3 * patience_s * (1.0 - share).ln()).round() as u64;
            Client {
                max_wait_ms: Some(max_wait_ms),
                ..Client::default()
            }
        };
        (0..KINDS).map(client).collect()
    };
    for (load, slots, patience_s) in [(1.1, 4, 20.0), (0.9, 8, 40.0)] {
        let impatient = impatient_wait(&system(load, slots, 1.0), patience_s);
        agree(
            |seed| queue(load, slots, u32::MAX, clients(patience_s), seed),
            |results| {
                let counts = &results.totals.counts;
                let left = counts.of(Count::GaveUp) as f64;
                let length_ms = results.requests.iter().flatten().map(|sent| sent.end_ms);
                let waiting = results.totals.wait_ms_sum as f64;
                [
                    left / counts.of(Count::Offered) as f64,
                    waiting / length_ms.max().unwrap() as f64,
                ]
            },
            [impatient.abandon_ratio, impatient.mean_queue],
        );
    }
}
