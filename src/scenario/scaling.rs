//! Autoscaler settings in lists: further policies, the reader's metrics, and schedules.

use std::fmt;
use std::ops::RangeInclusive;

use crate::model::digits;

/// Maximum entries of a list.
pub const MOST: usize = 10;
/// Maximum length of a metric's name, bytes.
const LONGEST: usize = 120;
/// Range of a policy's pods or percent.
const STEP: RangeInclusive<u32> = 1..=10_000;
/// Range of a policy's period, seconds.
const PERIOD_S: RangeInclusive<u32> = 1..=1_800;
/// Range of targets and loads, as Kubernetes quantities allow.
const AMOUNT: RangeInclusive<f64> = 1e-3..=1e12;

/// A list entry in written form.
pub trait Item: Sized + fmt::Display {
    /// Parses the format that [`Display`](fmt::Display) writes.
    fn parse(text: &str) -> Option<Self>;
}

/// A comma-separated list, as in links and files.
#[derive(Debug, Clone, PartialEq)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Item> List<T> {
    /// Parses a list; `None` if an entry is unreadable or there are too many.
    pub fn parse(text: &str) -> Option<Self> {
        let items: Option<Vec<T>> = text.split(',').map(T::parse).collect();
        items.filter(|items| items.len() <= MOST).map(Self)
    }
}

impl<T: Item> fmt::Display for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{item}")?;
        }
        Ok(())
    }
}

/// Unit of a scaling policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Percent of the pods at the start of the period.
    Percent,
    /// Pods.
    Pods,
}

impl Step {
    /// Word in the Kubernetes API.
    pub const fn api(self) -> &'static str {
        match self {
            Self::Percent => "Percent",
            Self::Pods => "Pods",
        }
    }
}

/// A scaling policy, written as `percent:100:15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScalingPolicy {
    /// Unit of `value`.
    pub step: Step,
    /// Pods, or percent of them.
    pub value: u32,
    /// Period, seconds.
    pub period_s: u32,
}

impl Item for ScalingPolicy {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (step, value, period) = (parts.next()?, parts.next()?, parts.next()?);
        let step = match step {
            "percent" => Step::Percent,
            "pods" => Step::Pods,
            _ => return None,
        };
        let whole = |text: &str, range: RangeInclusive<u32>| {
            let number: u32 = text.parse().ok()?;
            range.contains(&number).then_some(number)
        };
        let policy = Self {
            step,
            value: whole(value, STEP)?,
            period_s: whole(period, PERIOD_S)?,
        };
        parts.next().is_none().then_some(policy)
    }
}

impl fmt::Display for ScalingPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = match self.step {
            Step::Percent => "percent",
            Step::Pods => "pods",
        };
        write!(f, "{step}:{}:{}", self.value, self.period_s)
    }
}

/// Source of a metric, and interpretation of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricSource {
    /// A pod metric, compared as a mean.
    Pods,
    /// A metric of another object, compared as a total.
    Object,
    /// A metric of another object, divided by the pods.
    ObjectAverage,
    /// A metric from outside the cluster, compared as a total.
    External,
    /// A metric from outside the cluster, divided by the pods.
    ExternalAverage,
}

impl MetricSource {
    /// All sources.
    pub const ALL: [Self; 5] = [
        Self::Pods,
        Self::Object,
        Self::ObjectAverage,
        Self::External,
        Self::ExternalAverage,
    ];

    /// Word in links and files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pods => "pods",
            Self::Object => "object",
            Self::ObjectAverage => "object-average",
            Self::External => "external",
            Self::ExternalAverage => "external-average",
        }
    }

    /// Whether the metric is compared as a total rather than per pod.
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Object | Self::External)
    }
}

/// A metric of the autoscaler besides the gateway's own, written as `external-average/rps/100/1`.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadMetric {
    /// Source of the metric.
    pub source: MetricSource,
    /// Name of the metric at its API.
    pub name: String,
    /// Target.
    pub target: f64,
    /// Total over all pods that each request per second adds; the metric is constant if absent.
    pub per_rps: Option<f64>,
}

impl LoadMetric {
    /// Whether a name is valid.
    pub fn is_name(text: &str) -> bool {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        !text.is_empty() && text.len() <= LONGEST && text.bytes().all(is_plain)
    }
}

impl Item for LoadMetric {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let (source, name, target) = (parts.next()?, parts.next()?, parts.next()?);
        let per_rps = parts.next();
        let amount = |text: &str| {
            let number = digits::read(text)?;
            AMOUNT.contains(&number).then_some(number)
        };
        let per_rps = match per_rps {
            Some(text) => Some(amount(text)?),
            None => None,
        };
        let metric = Self {
            source: MetricSource::ALL
                .into_iter()
                .find(|each| each.key() == source)?,
            name: Some(name).filter(|name| Self::is_name(name))?.to_owned(),
            target: amount(target)?,
            per_rps,
        };
        parts.next().is_none().then_some(metric)
    }
}

impl fmt::Display for LoadMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = digits::shortest(self.target);
        write!(f, "{}/{}/{target}", self.source.key(), self.name)?;
        match self.per_rps {
            Some(load) => write!(f, "/{}", digits::shortest(load)),
            None => Ok(()),
        }
    }
}

/// A daily schedule of KEDA, with an exclusive end, written as `08:00-19:00:12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PodSchedule {
    /// Start, minutes after midnight; a start after the end means the day before.
    pub from_min: u32,
    /// End, minutes after midnight.
    pub to_min: u32,
    /// Pods kept during the period.
    pub pods: u32,
}

impl PodSchedule {
    /// Whether the schedule is active in a minute of the day.
    pub fn is_on(&self, minute: u32) -> bool {
        if self.from_min <= self.to_min {
            (self.from_min..self.to_min).contains(&minute)
        } else {
            self.from_min <= minute || minute < self.to_min
        }
    }
}

impl Item for PodSchedule {
    fn parse(text: &str) -> Option<Self> {
        let (times, pods) = text.rsplit_once(':')?;
        let (from, to) = times.split_once('-')?;
        let clock = |text: &str| {
            let (hour, minute) = text.split_once(':')?;
            let part = |text: &str, end: u32| {
                let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
                let number: u32 = text.parse().ok()?;
                (is_plain && number < end).then_some(number)
            };
            Some(60 * part(hour, 24)? + part(minute, 60)?)
        };
        let (from_min, to_min) = (clock(from)?, clock(to)?);
        let pods: u32 = pods.parse().ok()?;
        let is_one = from_min != to_min && STEP.contains(&pods);
        is_one.then_some(Self {
            from_min,
            to_min,
            pods,
        })
    }
}

impl fmt::Display for PodSchedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [from, to] = [self.from_min, self.to_min].map(|minute| (minute / 60, minute % 60));
        let ((hour, minute), (to_hour, to_minute)) = (from, to);
        write!(
            f,
            "{hour:02}:{minute:02}-{to_hour:02}:{to_minute:02}:{}",
            self.pods
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again<T: Item>(text: &str) -> Option<String> {
        List::<T>::parse(text).map(|list| list.to_string())
    }

    #[test]
    fn a_list_is_written_as_it_is_read() {
        for text in ["percent:100:15", "pods:4:15,percent:200:60"] {
            assert_eq!(again::<ScalingPolicy>(text).as_deref(), Some(text));
        }
        for text in [
            "pods/http_requests_per_second/100",
            "external-average/rps/0.5/1,object/queue:depth/1000000/2.5",
        ] {
            assert_eq!(again::<LoadMetric>(text).as_deref(), Some(text));
        }
        for text in ["08:00-19:30:12", "22:00-02:00:5,00:00-23:59:1"] {
            assert_eq!(again::<PodSchedule>(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_schedule_may_run_over_midnight() {
        let on = |text: &str| {
            let schedule = PodSchedule::parse(text).expect("a schedule");
            [0, 119, 120, 479, 480, 1_319, 1_320, 1_439].map(|minute| schedule.is_on(minute))
        };
        let [day, night] = ["08:00-22:00:5", "22:00-02:00:5"].map(on);
        assert_eq!(day, [false, false, false, false, true, true, false, false]);
        assert_eq!(night, [true, true, false, false, false, false, true, true]);
    }

    #[test]
    fn nothing_else_is_read() {
        let eleven = ["pods:1:1"; 11].join(",");
        for text in [
            "",
            "pods",
            "pods:0:15",
            "pods:4:0",
            "pods:4:1801",
            "pods:1.5:15",
            "pods:4:15:1",
            "cores:4:15",
            "pods:4:15,",
            &eleven,
        ] {
            assert_eq!(again::<ScalingPolicy>(text), None, "{text}");
        }
        for text in [
            "",
            "pods/rps",
            "pods//5",
            "pods/rps/0",
            "pods/rps/-1",
            "pods/rps/nan",
            "pods/rps/5/",
            "pods/rps/5/1/1",
            "cores/rps/5",
            "pods/a b/5",
            "pods/rps/1e13",
        ] {
            assert_eq!(again::<LoadMetric>(text), None, "{text}");
        }
        for text in [
            "",
            "08:00-19:00",
            "8:00-19:00:5",
            "08:00-08:00:5",
            "08:00-24:00:5",
            "08:60-19:00:5",
            "08:00-19:00:0",
            "08:00-19:00:+5:1",
            "08:00:5",
        ] {
            assert_eq!(again::<PodSchedule>(text), None, "{text}");
        }
    }
}
