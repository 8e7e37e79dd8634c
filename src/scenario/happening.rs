//! Events of a day, in written form.

use std::fmt;

/// Minutes in a day.
const DAY_MIN: u32 = 1_440;

/// An event of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Kind.
    pub kind: HappeningKind,
    /// Start, minutes after midnight.
    pub from_min: u32,
    /// End, minutes after midnight, if any.
    pub to_min: Option<u32>,
    /// Target or number: a zone, a provider, a metric, or the factor of a spike.
    pub what: Option<String>,
    /// Strength: slowdown factor, or percent of the limits left.
    pub by: Option<String>,
}

/// Kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HappeningKind {
    /// A zone is lost.
    ZoneLoss,
    /// A rollout replaces all pods.
    Rollout,
    /// A provider answers with errors.
    ProviderFails,
    /// A provider does not answer.
    ProviderHangs,
    /// A provider is slower by a factor.
    ProviderSlow,
    /// A provider's limits are cut to a percentage.
    LimitCut,
    /// Metrics are lost.
    MetricsOut,
    /// Requests multiply.
    Spike,
}

impl HappeningKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Spike,
        Self::ProviderFails,
        Self::ProviderHangs,
        Self::ProviderSlow,
        Self::LimitCut,
        Self::ZoneLoss,
        Self::MetricsOut,
        Self::Rollout,
    ];

    /// Word in links and flags.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ZoneLoss => "zone-loss",
            Self::Rollout => "rollout",
            Self::ProviderFails => "provider-fails",
            Self::ProviderHangs => "provider-hangs",
            Self::ProviderSlow => "provider-slow",
            Self::LimitCut => "limit-cut",
            Self::MetricsOut => "metrics-out",
            Self::Spike => "spike",
        }
    }

    /// The kind with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == word)
    }

    /// Default strength, for kinds with one.
    pub const fn usual(self) -> Option<&'static str> {
        match self {
            Self::ProviderSlow => Some("3"),
            Self::LimitCut => Some("50"),
            _ => None,
        }
    }

    /// Whether the event affects a provider.
    pub const fn is_of_provider(self) -> bool {
        matches!(
            self,
            Self::ProviderFails | Self::ProviderHangs | Self::ProviderSlow | Self::LimitCut
        )
    }

    /// Whether the event needs an end.
    pub const fn needs_end(self) -> bool {
        !matches!(self, Self::ZoneLoss | Self::Rollout)
    }
}

/// Error for an unreadable event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Parses `KIND@FROM[-TO][:WHAT[:BY]]` with times as `HH:MM`. A `/` may replace the `@`, which
/// links would have to encode.
///
/// # Errors
///
/// [`Unreadable`] for anything else.
pub fn parse(text: &str) -> Result<Happening, Unreadable> {
    let (kind, rest) = text.split_once(['@', '/']).ok_or(Unreadable)?;
    let kind = HappeningKind::parse(kind).ok_or(Unreadable)?;
    let (from_min, rest) = clock(rest).ok_or(Unreadable)?;
    let (to_min, rest) = match rest.strip_prefix('-') {
        Some(rest) => {
            let (to, rest) = clock(rest).ok_or(Unreadable)?;
            (Some(to), rest)
        }
        None => (None, rest),
    };
    let of = rest.strip_prefix(':');
    let (what, by) = match of.and_then(|of| of.split_once(':')) {
        Some((what, by)) => (Some(what), Some(by)),
        None => (of, None),
    };
    let is_whole = (rest.is_empty() || what.is_some())
        && what.is_none_or(is_name)
        && by.is_none_or(|by| is_name(by) && kind.usual().is_some());
    let is_forward = to_min.is_none_or(|to| from_min < to);
    let has_end = to_min.is_some() || !kind.needs_end();
    // A rollout has neither end nor target, and no event starts at the end of the day.
    let is_bare = kind != HappeningKind::Rollout || (to_min.is_none() && what.is_none());
    if !is_whole || !is_forward || !has_end || !is_bare || DAY_MIN <= from_min {
        return Err(Unreadable);
    }
    Ok(Happening {
        kind,
        from_min,
        to_min,
        what: what.map(str::to_owned),
        by: by.map(str::to_owned),
    })
}

/// Whether a text may be a name in a list of events.
fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

/// Parses a time of day at the start of a text; returns the rest as well.
fn clock(text: &str) -> Option<(u32, &str)> {
    // Hours may have one digit: `9:00`.
    let (hour, after) = text.split_once(':')?;
    let (minute, rest) = after.split_at_checked(2)?;
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(hour.len(), 1 | 2) || !is_plain(hour) || !is_plain(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let at = 60 * hour + minute;
    (minute < 60 && at <= DAY_MIN).then_some((at, rest))
}

/// Format that [`parse`] reads, with `/`, which links need not encode.
impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = (self.from_min / 60, self.from_min % 60);
        write!(f, "{}/{hour:02}:{minute:02}", self.kind.key())?;
        if let Some(to) = self.to_min {
            write!(f, "-{:02}:{:02}", to / 60, to % 60)?;
        }
        let of = [&self.what, &self.by].into_iter().flatten();
        of.into_iter().try_for_each(|part| write!(f, ":{part}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_names_are_read_and_nothing_else() {
        let read = |text| parse(text).map(|each| (each.from_min, each.to_min, each.what));
        assert_eq!(read("zone-loss@12:00"), Ok((720, None, None)));
        assert_eq!(read("rollout@9:05"), Ok((545, None, None)));
        let outage = read("provider-fails/12:00-12:30:openai");
        assert_eq!(outage, Ok((720, Some(750), Some("openai".to_owned()))));
        for text in [
            "",
            "rollout",
            "rollout@25:00",
            "rollout@24:00",
            "rollout@14:00-15:00",
            "rollout@14:00:7",
            "rollout@12:60",
            "rollout@noon",
            "zone-loss@12:00-11:00",
            "metrics-out@12:00",
            "spike@12:00:3",
            "rollout@12:00x",
            "rollout@12:00:a b",
            "flood@12:00",
            "provider-slow@12:00",
            "provider-slow@12:00-13:00:openai:",
            "provider-slow@12:00-13:00:openai:3:4",
            "spike@12:00-13:00:3:4",
        ] {
            assert_eq!(read(text), Err(Unreadable), "{text}");
        }
    }

    #[test]
    fn a_happening_is_written_as_it_is_read() {
        for text in [
            "rollout/14:00",
            "zone-loss/09:05-10:00:1",
            "metrics-out/00:00-24:00:queue_depth",
            "spike/10:00-10:30:2.5",
            "provider-slow/10:00-10:30:openai:2.5",
            "limit-cut/10:00-10:30:openai",
        ] {
            assert_eq!(
                parse(text).map(|each| each.to_string()),
                Ok(text.to_owned())
            );
        }
    }
}
