//! Every choice among words: key, labels, words and help in one table for the form, the links, the
//! files and the docs, like the table of numbers. A row: constant, key in files and rows, key in
//! links if it differs, label in the form, title among compared inputs, then the words, other
//! accepted values and the place in the document, then one explaining sentence.

use super::pick::Pick;
use super::{Helps, Options};
use crate::catalog::provider::Counting;
use crate::catalog::{guide, profile, provider};
use crate::model::queueing::Routing;
use crate::scenario::scaling::{List, PodSchedule};
use crate::scenario::{
    Cleanup, DayShape, EventKind, Kubernetes, Leaving, LoadMetric, Overflow, Period, Provider,
    ScalingPolicy, Scenario, Scope, Select, Workload,
};

/// A choice among words, one property of `S`.
pub struct Choice<S: 'static> {
    /// Key in files and link rows; a released key keeps its meaning for good.
    pub key: &'static str,
    /// Key in links outside of rows.
    pub link_key: &'static str,
    /// Label in the form.
    pub label: &'static str,
    /// Title among compared inputs.
    pub title: &'static str,
    /// Words.
    pub words: fn() -> Vec<Word>,
    /// Accepted values besides the words.
    pub takes: Takes,
    /// Reads the value; `None` only if it may be empty.
    pub get: fn(&S) -> Option<String>,
    /// Writes a checked word.
    set: fn(&mut S, Option<&str>),
}

/// A selectable value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Word in links and files.
    pub key: &'static str,
    /// Label in the form.
    pub name: &'static str,
}

/// Accepted values of a choice besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Words only.
    Words,
    /// Words or an empty value.
    WordsOrNone,
    /// Words, or 24 comma-separated numbers.
    WordsOrHours,
    /// Empty, or ids of providers joined by `/`; further rows of a vendor have a numbered id.
    IdsOrNone,
    /// Empty, or comma-separated events of a day.
    HappeningsOrNone,
    /// Empty, or comma-separated scaling policies.
    PoliciesOrNone,
    /// Empty, or comma-separated metrics with targets.
    MetricsOrNone,
    /// Empty, or comma-separated daily schedules with pods.
    SchedulesOrNone,
}

impl Takes {
    /// Whether a text is one of these values.
    fn accepts(self, text: &str) -> bool {
        match self {
            Self::Words | Self::WordsOrNone => false,
            Self::WordsOrHours => DayShape::parse(text).is_ok(),
            Self::IdsOrNone => are_ids(text),
            Self::HappeningsOrNone => are_happenings(text),
            Self::PoliciesOrNone => List::<ScalingPolicy>::parse(text).is_some(),
            Self::MetricsOrNone => List::<LoadMetric>::parse(text).is_some(),
            Self::SchedulesOrNone => List::<PodSchedule>::parse(text).is_some(),
        }
    }

    /// Whether values are free text rather than words of a list.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Words | Self::WordsOrNone | Self::WordsOrHours)
    }
}

impl<S> Choice<S> {
    /// Sets a word that was typed, linked or read from a file; an empty one if allowed.
    ///
    /// # Errors
    ///
    /// The accepted values.
    pub fn read(&self, owner: &mut S, text: &str) -> Result<(), Options> {
        let is_none = text.is_empty() && self.may_be_empty();
        if !is_none
            && !self.takes.accepts(text)
            && !(self.words)().iter().any(|word| word.key == text)
        {
            return Err(self.options());
        }
        (self.set)(owner, Some(text).filter(|_| !is_none));
        Ok(())
    }

    /// Whether the value may be empty.
    pub fn may_be_empty(&self) -> bool {
        self.takes == Takes::WordsOrNone || self.takes.is_text()
    }

    /// The accepted values.
    pub fn options(&self) -> Options {
        Options {
            words: (self.words)().iter().map(|word| word.key).collect(),
            takes: self.takes,
        }
    }
}

macro_rules! choices {
    (
        $owner:ty, $list:ident, $helps:ident, $about:literal;
        $($name:ident $key:literal $(as $link_key:literal)? $label:literal $title:literal
          $words:ident $takes:ident $($path:ident).+, $help:literal;)*
    ) => {
        $(
            #[doc = concat!("The choice with the key `", $key, "`.")]
            pub static $name: Choice<$owner> = Choice {
                key: $key, link_key: [$($link_key,)? $key][0], label: $label, title: $title,
                words: $words, takes: Takes::$takes,
                get: |owner| owner.$($path).+.read(),
                set: |owner, word| owner.$($path).+.write(word),
            };
        )*
        #[doc = $about]
        pub static $list: &[&Choice<$owner>] = &[$(&$name),*];
        pub(super) static $helps: Helps = &[$(($key, $help)),*];
    };
}

#[rustfmt::skip]
choices! {
    Scenario, SCENARIO_CHOICES, SCENARIO_CHOICE_HELPS,
    "Choices of the scenario itself, in the order of its link.";
    SHAPE "shape" "Shape of the day" "Day" shapes WordsOrHours traffic.shape,
        "Shape of the day; 24 numbers divided by commas are one of your own.";
    CHAIN "chain" "Policy chain" "Policy chain" chains Words gateway.chain,
        "Steps that a request takes through the gateway.";
    OVERFLOW "overflow" "A full queue" "Full queue" overflows Words gateway.queue_overflow,
        "What a full queue does.";
    EVENTS "events" "Event holds" "An event holds" events Words storage.event_kind,
        "What is stored of a request.";
    POD_ROUTING "pod-routing" "Requests reach pods" "Requests reach pods"
        routings Words gateway.routing,
        "How requests reach the pods: a Service spreads them at random, so slots are not one pool.";
    CLEANUP "cleanup" "Old events" "Old events" cleanups Words storage.cleanup,
        "How events that are old enough go: deletes leave dead rows until vacuum.";
    SIZE "size" "Control plane" "Control plane" sizes WordsOrNone control_plane.size,
        "Size of the control plane; without it the plan chooses.";
    HPA_UP_SELECT "hpa-up-select" "Growing follows" "Policy for growing" selects Words
        gateway.hpa.up_select, "selectPolicy of scaleUp: which of its policies holds.";
    HPA_DOWN_SELECT "hpa-down-select" "Shrinking follows" "Policy for shrinking" selects Words
        gateway.hpa.down_select, "selectPolicy of scaleDown: which of its policies holds.";
    HPA_UP_MORE "hpa-up-more" "Further steps up" "Further policies for growing"
        lists PoliciesOrNone gateway.hpa.up_more,
        "Further policies of scaleUp, divided by commas: unit, value and seconds, as pods:4:15.";
    HPA_DOWN_MORE "hpa-down-more" "Further steps down" "Further policies for shrinking"
        lists PoliciesOrNone gateway.hpa.down_more,
        "Further policies of scaleDown, divided by commas, as percent:10:60.";
    HPA_METRICS "hpa-metrics" "Further metrics" "Further metrics" lists MetricsOrNone
        gateway.hpa.metrics,
        "Further metrics of the autoscaler, divided by commas, as external-average/NAME/100/1: \
         source (pods, object, object-average, external or external-average), name, target, and \
         the value that each request a second adds; without that it is held constant.";
    HPA_SCHEDULE "hpa-schedule" "Schedule" "Schedule" lists SchedulesOrNone gateway.hpa.schedules,
        "Times of each day for which KEDA keeps pods, divided by commas: from, to and pods, as \
         08:00-19:00:12.";
    KUBERNETES "kubernetes" "Kubernetes" "Kubernetes" clusters Words gateway.hpa.kubernetes,
        "Version of the cluster; it decides what an autoscaler may say.";
    HAPPENS "happens" "On that day" "Happens on the day" lists HappeningsOrNone day.happens,
        "What happens on the day that is lived, divided by commas: kind, times, and of what.";
    LEAVING "leaving" "Clients past their timeout" "Clients past their timeout" leavings
        Words day.leaving,
        "What clients do on the day that is lived when they have waited for a slot as long as \
         their timeout: unnoticed, the gateway answers them all the same.";
}

#[rustfmt::skip]
choices! {
    Workload, WORKLOAD_CHOICES, WORKLOAD_CHOICE_HELPS,
    "Choices of a workload; the head of a row says the first.";
    PERIOD "period" "Requests counted" "Requests per" periods Words period,
        "What the requests are counted over.";
    PROFILE "from" as "profile" "Profile" "Profile" profiles WordsOrNone profile,
        "Kind of the first workload; says where its numbers come from.";
    TO "to" "Goes to" "Goes to" vendors IdsOrNone to,
        "Providers it may go to, by their ids; without it all of them.";
}

#[rustfmt::skip]
choices! {
    Provider, PROVIDER_CHOICES, PROVIDER_CHOICE_HELPS, "Choices of a provider.";
    COUNTING "counting" "Tokens count" "Tokens count" countings Words counting,
        "How the tokens of a request count towards the limits per minute.";
    SCOPE "scope" "Whose limits" "Whose limits" scopes Words scope,
        "Limits of the provider are shared by all gateways; a limiter of your own counts in each \
         pod, unless its limit is divided over them.";
}

/// Whether a text is a list of target ids: vendor ids, numbered from the second row on.
fn are_ids(text: &str) -> bool {
    let is_id = |id: &str| {
        let numbered = id.rsplit_once('-').filter(|(_, number)| {
            !number.starts_with('0') && number.parse::<u32>().is_ok_and(|number| 2 <= number)
        });
        provider::vendor(id).is_some()
            || numbered.is_some_and(|(vendor, _)| provider::vendor(vendor).is_some())
    };
    text.split('/').all(is_id)
}

/// Whether a text may be a list of events; the simulated day parses it and reports errors.
fn are_happenings(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_./:@,".contains(&byte))
}

fn word(key: &'static str, name: &'static str) -> Word {
    Word { key, name }
}

fn shapes() -> Vec<Word> {
    let name = |shape: &DayShape| match shape {
        DayShape::Flat => "Flat",
        DayShape::Office => "Office",
        DayShape::Global => "Global",
        DayShape::Custom(_) => "Custom",
    };
    DayShape::NAMED
        .map(|shape| word(shape.key(), name(&shape)))
        .to_vec()
}

fn chains() -> Vec<Word> {
    guide::CHAINS.map(|row| word(row.key, row.name)).to_vec()
}

fn overflows() -> Vec<Word> {
    let name = |rule: Overflow| match rule {
        Overflow::Reject => "refuse the new one",
        Overflow::DropOldest => "drop the oldest",
    };
    Overflow::ALL
        .map(|rule| word(rule.key(), name(rule)))
        .to_vec()
}

fn leavings() -> Vec<Word> {
    let name = |way: Leaving| match way {
        Leaving::Stay => "stay, counted as late",
        Leaving::Leave => "leave",
        Leaving::Unnoticed => "leave unnoticed",
    };
    Leaving::ALL.map(|way| word(way.key(), name(way))).to_vec()
}

fn selects() -> Vec<Word> {
    let name = |way: Select| match way {
        Select::Max => "the policy that allows most",
        Select::Min => "the policy that allows least",
        Select::Disabled => "no change at all",
    };
    Select::ALL
        .map(|rule| word(rule.key(), name(rule)))
        .to_vec()
}

fn clusters() -> Vec<Word> {
    Kubernetes::all()
        .map(|version| word(version.key(), version.key()))
        .collect()
}

fn routings() -> Vec<Word> {
    let name = |way: Routing| match way {
        Routing::Random => "at random, as kube-proxy",
        Routing::InTurn => "in turn",
        Routing::Fewest => "to the one that holds fewest",
        Routing::BestOfTwo => "to the better of two",
        Routing::Pool => "one queue before all",
    };
    Routing::ALL.map(|way| word(way.key(), name(way))).to_vec()
}

fn cleanups() -> Vec<Word> {
    let name = |way: Cleanup| match way {
        Cleanup::Delete => "rows are deleted",
        Cleanup::Partitions => "partitions by day are dropped",
    };
    Cleanup::ALL.map(|way| word(way.key(), name(way))).to_vec()
}

fn events() -> Vec<Word> {
    let name = |kind: EventKind| match kind {
        EventKind::Flat => "Size entered",
        EventKind::Metadata => "Metadata only",
        EventKind::Attributes => "With attributes",
        EventKind::FullText => "With full text",
    };
    EventKind::ALL
        .map(|kind| word(kind.key(), name(kind)))
        .to_vec()
}

fn sizes() -> Vec<Word> {
    guide::CONTROL_PLANE
        .map(|row| word(row.name, row.name))
        .to_vec()
}

fn periods() -> Vec<Word> {
    let name = |period: Period| match period {
        Period::Day => "per day",
        Period::Hour => "per hour",
        Period::Minute => "per minute",
    };
    Period::ALL
        .map(|period| word(period.key(), name(period)))
        .to_vec()
}

fn vendors() -> Vec<Word> {
    let rows = provider::vendors().iter();
    rows.map(|row| word(row.id, row.name)).collect()
}

fn countings() -> Vec<Word> {
    Counting::ALL
        .map(|way| word(way.key(), way.name()))
        .to_vec()
}

fn scopes() -> Vec<Word> {
    let name = |scope: Scope| match scope {
        Scope::Provider => "The provider’s, shared",
        Scope::Gateway => "Each gateway’s own",
        Scope::Divided => "Divided over the gateways",
    };
    Scope::ALL
        .map(|scope| word(scope.key(), name(scope)))
        .to_vec()
}

/// Lists have no words.
fn lists() -> Vec<Word> {
    Vec::new()
}

fn profiles() -> Vec<Word> {
    profile::PROFILES
        .map(|row| word(row.key, row.name))
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_table<S: Clone + PartialEq + std::fmt::Debug>(table: &[&Choice<S>], default: &S) {
        for choice in table {
            let mut owner = default.clone();
            for word in (choice.words)() {
                assert_eq!(choice.read(&mut owner, word.key), Ok(()), "{}", word.key);
                assert_eq!((choice.get)(&owner).as_deref(), Some(word.key));
                assert_ne!(word.name, "", "{}", word.key);
            }
            let before = owner.clone();
            let refused = choice.read(&mut owner, "no such word");
            assert_eq!(refused, Err(choice.options()), "{}", choice.key);
            assert_eq!(owner, before, "{} keeps what it had", choice.key);
            assert_eq!(
                choice.read(&mut owner, "").is_ok(),
                choice.may_be_empty(),
                "{}",
                choice.key
            );
            let nothing = (choice.get)(&owner).is_none();
            assert_eq!(nothing, choice.may_be_empty(), "{}", choice.key);
        }
    }

    #[test]
    fn every_choice_reads_back_each_of_its_words() {
        let scenario = Scenario::default();
        check_table(SCENARIO_CHOICES, &scenario);
        check_table(WORKLOAD_CHOICES, &scenario.workloads[0]);
        check_table(PROVIDER_CHOICES, &scenario.providers[0]);
    }

    #[test]
    fn what_is_allowed_are_the_words_of_links() {
        let mut scenario = Scenario::default();
        let mut options = |choice: &Choice<Scenario>| {
            let wrong = choice.read(&mut scenario, "1,2");
            wrong.expect_err("not allowed").words
        };
        assert_eq!(options(&SHAPE), ["flat", "office", "global"]);
        assert_eq!(options(&OVERFLOW), ["reject", "drop_oldest"]);
        assert_eq!(options(&CHAIN), ["passthrough", "one", "five", "knowledge"]);
        assert_eq!(options(&EVENTS), ["flat", "metadata", "attributes", "text"]);
        assert_eq!(options(&SIZE), ["Small", "Medium", "Large"]);
        let ones = ["1"; 24].join(",");
        assert_eq!(SHAPE.read(&mut scenario, &ones), Ok(()));
        assert_eq!((SHAPE.get)(&scenario), Some(ones));
    }
}
