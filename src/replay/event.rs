//! What happens on a day, as somebody writes it down.

use crate::scenario::Scenario;
use crate::simulation::{
    Change, Config, Event, MetricName, MetricOutage, OutageKind, ProviderOutage,
};

use super::Problem;
use super::manifest::Manifest;
use super::time::DAY_MS;

/// What may be written, for messages.
const ALLOWED: &str = "Allowed: zone-loss@12:00, zone-loss@12:00-13:00:1, rollout@14:00, \
                       provider-fails@10:00-11:00:ID, provider-hangs@10:00-11:00:ID, \
                       metrics-out@09:00-10:00, metrics-out@09:00-10:00:queue_depth";
/// `--node-monitor-grace-period` of Kubernetes since 1.32, milliseconds.
const GRACE_MS: u64 = 50_000;
/// Seconds that a pod tolerates an unreachable node, as admission adds them; milliseconds.
const EVICTION_MS: u64 = 300_000;

/// Something that happens on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    kind: Kind,
    from_ms: u64,
    to_ms: Option<u64>,
    /// A zone, a provider or a metric.
    what: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    ZoneLoss,
    Rollout,
    Provider(OutageKind),
    Metrics,
}

/// Reads `KIND@FROM[-TO][:WHAT]`, times as `HH:MM`.
///
/// # Errors
///
/// One sentence that says what is allowed.
pub fn parse(text: &str) -> Result<Happening, String> {
    let refused = || format!("“{text}” cannot be used. {ALLOWED}");
    let (kind, rest) = text.split_once('@').ok_or_else(refused)?;
    let kind = match kind {
        "zone-loss" => Kind::ZoneLoss,
        "rollout" => Kind::Rollout,
        "provider-fails" => Kind::Provider(OutageKind::Fail),
        "provider-hangs" => Kind::Provider(OutageKind::Hang),
        "metrics-out" => Kind::Metrics,
        _ => return Err(refused()),
    };
    let (from, rest) = clock(rest).ok_or_else(refused)?;
    let (to_ms, rest) = match rest.strip_prefix('-') {
        Some(rest) => {
            let (to, rest) = clock(rest).ok_or_else(refused)?;
            (Some(to), rest)
        }
        None => (None, rest),
    };
    let what = rest.strip_prefix(':').map(str::to_owned);
    let is_whole = rest.is_empty() || what.is_some();
    let has_end = to_ms.is_some_and(|to| from < to);
    let needs_end = matches!(kind, Kind::Provider(_) | Kind::Metrics);
    if !is_whole || (needs_end && !has_end) || (to_ms.is_some() && !has_end) {
        return Err(refused());
    }
    Ok(Happening {
        kind,
        from_ms: from,
        to_ms,
        what,
    })
}

/// A time of day at the beginning of a text, and what follows it.
fn clock(text: &str) -> Option<(u64, &str)> {
    let (time, rest) = text.split_at_checked(5)?;
    let (hour, minute) = time.split_once(':')?;
    let is_plain = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain(hour) || !is_plain(minute) {
        return None;
    }
    let (hour, minute): (u64, u64) = (hour.parse().ok()?, minute.parse().ok()?);
    let at_ms = 60_000 * (60 * hour + minute);
    (minute < 60 && at_ms <= DAY_MS).then_some((at_ms, rest))
}

impl Happening {
    /// Puts it into a run.
    pub(super) fn put(
        &self,
        config: &mut Config,
        scenario: &Scenario,
        manifest: &Manifest,
    ) -> Result<(), Problem> {
        match self.kind {
            Kind::ZoneLoss => self.put_zone_loss(config),
            Kind::Rollout => {
                let (surge_percent, unavailable_percent) = manifest.rolling_percent;
                config.events.push(Event {
                    at_ms: self.from_ms,
                    change: Change::Rollout {
                        surge_percent,
                        unavailable_percent,
                    },
                });
                Ok(())
            }
            Kind::Provider(kind) => self.put_outage(kind, config, scenario),
            Kind::Metrics => self.put_silence(config),
        }
    }

    fn put_zone_loss(&self, config: &mut Config) -> Result<(), Problem> {
        let zones = config.gateway.zones;
        let named = self
            .what
            .as_deref()
            .map_or(Some(zones - 1), |what| what.parse().ok());
        let Some(zone) = named.filter(|zone| *zone < zones && 1 < zones) else {
            return Err(Problem::Event(format!(
                "A zone can only be lost from several: there are {zones}, counted from 0"
            )));
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

    fn put_outage(
        &self,
        kind: OutageKind,
        config: &mut Config,
        scenario: &Scenario,
    ) -> Result<(), Problem> {
        let ids = scenario.target_ids();
        let place = ids.iter().position(|id| Some(id) == self.what.as_ref());
        let Some(provider) = place.and_then(|place| config.providers.get_mut(place)) else {
            let known = ids.join(", ");
            return Err(Problem::Event(format!("An outage needs one of {known}")));
        };
        provider.outages.push(ProviderOutage {
            from_ms: self.from_ms,
            to_ms: self.to_ms.unwrap_or(DAY_MS),
            kind,
        });
        Ok(())
    }

    fn put_silence(&self, config: &mut Config) -> Result<(), Problem> {
        let metric = match self.what.as_deref() {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_names_are_read_and_nothing_else() {
        let read = |text| parse(text).map(|each| (each.from_ms, each.to_ms, each.what));
        let noon = 12 * 3_600_000;
        assert_eq!(read("zone-loss@12:00"), Ok((noon, None, None)));
        let outage = read("provider-fails@12:00-12:30:openai");
        let expected = (noon, Some(noon + 1_800_000), Some("openai".to_owned()));
        assert_eq!(outage, Ok(expected));
        for text in [
            "",
            "rollout",
            "rollout@25:00",
            "rollout@12:60",
            "rollout@noon",
            "zone-loss@12:00-11:00",
            "metrics-out@12:00",
            "rollout@12:00x",
            "flood@12:00",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
