//! Events of a day, applied to a run's configuration.

use std::collections::BTreeSet;

use crate::model::digits;
use crate::say::words::clock;
use crate::scenario::Scenario;
use crate::scenario::happening::{self, Happening, HappeningKind};
use crate::simulation::{
    Arrivals, Change, Config, Event, MetricName, MetricOutage, OutageKind, ProviderOutage, Slowdown,
};

use super::demand;
use super::manifest::Manifest;
use super::problem::Problem;
use super::share::carried;
use super::time::{DAY_MS, whole};

/// Allowed events, for messages.
const ALLOWED: &str = "Allowed, the end after the beginning: spike@10:00-10:30:3, \
                       zone-loss@12:00, zone-loss@12:00-13:00:1, \
                       rollout@14:00, provider-fails@10:00-11:00:ID, \
                       provider-hangs@10:00-11:00:ID, provider-slow@10:00-11:00:ID:3, \
                       limit-cut@10:00-11:00:ID:50, metrics-out@09:00-10:00, \
                       metrics-out@09:00-10:00:queue_depth";
/// Default `--node-monitor-grace-period` since Kubernetes 1.32, milliseconds.
const GRACE_MS: u64 = 50_000;
/// Default toleration of an unreachable node, set at admission, milliseconds.
const EVICTION_MS: u64 = 300_000;
/// One minute, the resolution of event times, milliseconds.
const MINUTE_MS: u64 = 60_000;
/// Default factor of a spike.
const SPIKE: f64 = 3.0;
/// Maximum slowdown factor of a provider.
const SLOWEST: f64 = 100.0;
/// Maximum factor of a spike.
const SPIKE_MOST: f64 = 1e3;

/// Parses an event as typed.
///
/// # Errors
///
/// A sentence that lists the allowed events.
pub fn parse(text: &str) -> Result<Happening, String> {
    happening::parse(text).map_err(|_| unreadable(text))
}

/// Message for an unreadable event.
pub(super) fn unreadable(text: &str) -> String {
    // Links write `/` where commands write `@`.
    if text.contains('/') && !text.contains('@') {
        return format!("“{text}” cannot be used. {}", ALLOWED.replace('@', "/"));
    }
    format!("“{text}” cannot be used. {ALLOWED}")
}

/// Applies all events to a run's configuration.
///
/// # Errors
///
/// A [`Problem`] if one of them cannot happen.
pub(super) fn put_all(
    happenings: &[Happening],
    config: &mut Config,
    scenario: &Scenario,
    manifest: &Manifest,
) -> Result<(), Problem> {
    for happening in happenings {
        put(happening, config, scenario, manifest)?;
    }
    // A zone comes back at the end of its last loss.
    let is_lost = |zone: u32, at_ms: u64| {
        let mut losses = happenings
            .iter()
            .filter(|it| it.kind == HappeningKind::ZoneLoss);
        losses.any(|it| {
            let until_ms = it.to_min.map_or(u64::MAX, milliseconds);
            let is_then = (milliseconds(it.from_min)..until_ms).contains(&at_ms);
            is_then && zone_of(it.what.as_deref()) == Some(zone)
        })
    };
    config.events.retain(|event| match event.change {
        Change::ZoneBack { zone } => !is_lost(zone, event.at_ms),
        _ => true,
    });
    zones_left(config)
}

/// The named zone; the first by default, since a small fleet may leave the last zones empty.
fn zone_of(name: Option<&str>) -> Option<u32> {
    name.map_or(Some(0), |name| name.parse().ok())
}

/// Applies one event.
fn put(
    happening: &Happening,
    config: &mut Config,
    scenario: &Scenario,
    manifest: &Manifest,
) -> Result<(), Problem> {
    let place = Placed {
        from_ms: milliseconds(happening.from_min),
        to_ms: happening.to_min.map(milliseconds),
        what: happening.what.as_deref(),
        by: happening.by.as_deref().or(happening.kind.usual()),
    };
    match happening.kind {
        HappeningKind::ZoneLoss => place.zone_loss(config),
        HappeningKind::Rollout => {
            let (surge, unavailable) = manifest.rolling;
            let waits = manifest.recreates;
            config.events.push(Event {
                at_ms: place.from_ms,
                change: Change::Rollout {
                    surge,
                    unavailable,
                    waits,
                },
            });
            Ok(())
        }
        HappeningKind::ProviderFails => place.outage(OutageKind::Fail, config, scenario),
        HappeningKind::ProviderHangs => place.outage(OutageKind::Hang, config, scenario),
        HappeningKind::ProviderSlow => place.slowdown(config, scenario),
        HappeningKind::LimitCut => place.limits(config, scenario),
        HappeningKind::MetricsOut => place.silence(config),
        HappeningKind::Spike => place.spike(config),
    }
}

/// Refuses a day on which all zones are lost at once. A zone that comes back at the instant at
/// which another is lost counts as present.
fn zones_left(config: &Config) -> Result<(), Problem> {
    let mut events: Vec<&Event> = config.events.iter().collect();
    let is_loss = |change: &Change| matches!(change, Change::ZoneLoss { .. });
    events.sort_by_key(|event| (event.at_ms, is_loss(&event.change)));
    let mut lost = BTreeSet::new();
    for event in events {
        match event.change {
            Change::ZoneLoss { zone, .. } => {
                lost.insert(zone);
            }
            Change::ZoneBack { zone } => {
                lost.remove(&zone);
            }
            _ => {}
        }
        if u32::try_from(lost.len()).is_ok_and(|lost| config.gateway.zones <= lost) {
            let at = clock(usize::try_from(event.at_ms / 60_000).unwrap_or(0));
            return Err(Problem::Event(format!(
                "All {} zones are lost at {at}: one must stay",
                config.gateway.zones
            )));
        }
    }
    Ok(())
}

fn milliseconds(minutes: u32) -> u64 {
    60_000 * u64::from(minutes)
}

/// Time, target and strength of an event.
struct Placed<'a> {
    from_ms: u64,
    to_ms: Option<u64>,
    what: Option<&'a str>,
    by: Option<&'a str>,
}

/// A period in which only a part of a provider's limits is left.
#[derive(Clone, Copy)]
struct Cut {
    from_ms: u64,
    to_ms: u64,
    permille: u32,
}

/// Adds a cut to those of a provider; the deepest of overlapping cuts applies.
fn cut(config: &mut Config, place: usize, new: Cut) {
    let number = u32::try_from(place).unwrap_or(u32::MAX);
    let mut steps: Vec<(u64, u32)> = Vec::new();
    config.events.retain(|event| match event.change {
        Change::Limits { provider, permille } if provider == number => {
            steps.push((event.at_ms, permille));
            false
        }
        _ => true,
    });
    steps.sort_unstable();
    // Part left at a time, by the steps so far.
    let left = |at_ms: u64| {
        let before = steps.iter().rev().find(|(from_ms, _)| *from_ms <= at_ms);
        before.map_or(1_000, |(_, permille)| *permille)
    };
    let mut times: Vec<u64> = steps.iter().map(|(at_ms, _)| *at_ms).collect();
    times.extend([new.from_ms, new.to_ms]);
    times.sort_unstable();
    times.dedup();
    let mut last = 1_000;
    for at_ms in times {
        let is_new = (new.from_ms..new.to_ms).contains(&at_ms);
        let most = if is_new { new.permille } else { 1_000 };
        let permille = left(at_ms).min(most);
        if permille != last {
            let change = Change::Limits {
                provider: number,
                permille,
            };
            config.events.push(Event { at_ms, change });
            last = permille;
        }
    }
}

impl Placed<'_> {
    fn zone_loss(&self, config: &mut Config) -> Result<(), Problem> {
        let zones = config.gateway.zones;
        let Some(zone) = zone_of(self.what).filter(|zone| *zone < zones && 1 < zones) else {
            let why = if zones < 2 {
                "Losing a zone takes at least two zones. Here there is only one, or the Deployment \
                 has no topologySpreadConstraints that spread its pods over zones"
                    .to_owned()
            } else {
                format!("A zone can only be lost from several: there are {zones}, counted from 0")
            };
            return Err(Problem::Event(why));
        };
        let mut add = |at_ms, change| config.events.push(Event { at_ms, change });
        add(
            self.from_ms,
            Change::ZoneLoss {
                zone,
                grace_ms: GRACE_MS,
                eviction_ms: EVICTION_MS,
            },
        );
        if let Some(to_ms) = self.to_ms {
            add(to_ms, Change::ZoneBack { zone });
        }
        Ok(())
    }

    fn outage(
        &self,
        kind: OutageKind,
        config: &mut Config,
        scenario: &Scenario,
    ) -> Result<(), Problem> {
        let provider = self.provider(scenario)?;
        config.calls.breaker = Some(demand::breaker(scenario));
        config.providers[provider].outages.push(ProviderOutage {
            from_ms: self.from_ms,
            to_ms: self.to_ms.unwrap_or(DAY_MS),
            kind,
            over_ms: Some(config.late_ms),
        });
        Ok(())
    }

    fn slowdown(&self, config: &mut Config, scenario: &Scenario) -> Result<(), Problem> {
        let provider = self.provider(scenario)?;
        let permille = self.permille(1e3, (0.1, SLOWEST))?;
        config.providers[provider].slowdowns.push(Slowdown {
            from_ms: self.from_ms,
            to_ms: self.to_ms.unwrap_or(DAY_MS),
            permille,
        });
        Ok(())
    }

    fn limits(&self, config: &mut Config, scenario: &Scenario) -> Result<(), Problem> {
        let place = self.provider(scenario)?;
        let permille = self.permille(10.0, (0.0, 100.0))?;
        let provider = &config.providers[place];
        let has_limits = scenario.providers.get(place).is_some_and(|row| {
            let limits = &row.limits;
            // Reserved units are a limit per minute, too.
            [limits.rpm, limits.tpm, limits.itpm, limits.otpm, row.units]
                .iter()
                .any(Option::is_some)
        });
        if !has_limits {
            let what = format!(
                "No limit per minute is known of {}",
                self.what.unwrap_or_default()
            );
            return Err(Problem::Event(what));
        }
        // Without limits the fleet is simulated alone, and cutting them has no effect.
        if provider.rpm.is_none() && provider.tpm.is_none() && provider.quotas.is_empty() {
            return Ok(());
        }
        cut(
            config,
            place,
            Cut {
                from_ms: self.from_ms,
                to_ms: self.to_ms.unwrap_or(DAY_MS),
                permille,
            },
        );
        Ok(())
    }

    /// The event's strength, in thousandths.
    fn permille(&self, each: f64, (least, most): (f64, f64)) -> Result<u32, Problem> {
        let by = self.by.and_then(digits::read);
        let Some(by) = by.filter(|by| (least..=most).contains(by)) else {
            return Err(Problem::Event(format!(
                "The last part of this event is a number from {least} to {most}"
            )));
        };
        Ok(u32::try_from(whole(by * each)).unwrap_or(u32::MAX))
    }

    /// Index of the affected provider.
    fn provider(&self, scenario: &Scenario) -> Result<usize, Problem> {
        let ids = scenario.target_ids();
        let place = ids.iter().position(|id| Some(id.as_str()) == self.what);
        place.ok_or_else(|| {
            let known = ids.join(", ");
            Problem::Event(format!("This event needs one of {known}"))
        })
    }

    fn silence(&self, config: &mut Config) -> Result<(), Problem> {
        let metric = match self.what {
            None => None,
            Some("cpu") => Some(MetricName::Cpu),
            Some("queue_depth") => Some(MetricName::QueueDepth),
            Some("in_flight") => Some(MetricName::InFlight),
            Some(other) => {
                return Err(Problem::Event(format!(
                    "“{other}” is no metric of a pod: cpu, queue_depth or in_flight"
                )));
            }
        };
        config.metrics.outages.push(MetricOutage {
            metric,
            from_ms: self.from_ms,
            to_ms: self.to_ms.unwrap_or(DAY_MS),
        });
        Ok(())
    }

    /// Scales the requests of each window within the spike.
    fn spike(&self, config: &mut Config) -> Result<(), Problem> {
        let times = self.what.map_or(Some(SPIKE), digits::read);
        let Some(times) = times.filter(|times| (0.0..=SPIKE_MOST).contains(times)) else {
            let what = format!("A spike is 0 to {SPIKE_MOST} times the requests");
            return Err(Problem::Event(what));
        };
        let Arrivals::Random(random) = &mut config.arrivals else {
            return Ok(());
        };
        let (from_ms, to_ms) = (self.from_ms, self.to_ms.unwrap_or(DAY_MS));
        // Arrivals are uniform within a window: a window cut by the spike is split into minutes.
        let is_cut = |at_ms: u64| !at_ms.is_multiple_of(random.window_ms);
        let is_fine = is_cut(from_ms) || is_cut(to_ms);
        let parts = if is_fine {
            random.window_ms / MINUTE_MS
        } else {
            1
        }
        .max(1);
        let window_ms = random.window_ms / parts;
        let whole = random.requests.iter();
        let each = whole.flat_map(|requests| (0..parts).map(|_| *requests as f64 / parts as f64));
        let expected = (0..).zip(each).map(|(place, requests)| {
            let start: u64 = place * window_ms;
            let is_within = (from_ms..to_ms).contains(&start);
            if is_within {
                requests * times
            } else {
                requests
            }
        });
        (random.window_ms, random.requests) = (window_ms, carried(expected));
        Ok(())
    }
}
