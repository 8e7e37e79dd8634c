//! Reads a fragment tolerantly: reports the unusable parts and keeps the rest.

use super::bound::{MOST_ROWS, VERSION, clean_name};
use super::content::Link;
use super::fragment::Fragment;
use super::notice::{Allowed, Notice, Rows};
use super::pair::{self, decode, is_around};
use super::repeated::repeated;
use super::unlisted::unlisted;
use super::write::{GUESS, short_key};
use crate::catalog::provider as catalog;
use crate::scenario::guess::Guessed as _;
use crate::scenario::property::{self, Choice, Entry, Number, Options, Ranged};
use crate::scenario::{Period, Provider, Scenario, Workload};

/// Reads a fragment up to a length, and reports its unusable parts. Compared scenarios are
/// separated out, and their content is not read here.
pub(super) fn read(fragment: &str, longest: usize) -> (Link, Vec<Notice>) {
    let mut reader = Reader {
        link: Link::default(),
        notices: Vec::new(),
    };
    let (beside, own) = pair::of(fragment).partition(|pair| pair.starts_with("with="));
    reader.link.beside = Vec::into_iter(beside)
        .filter_map(Fragment::of_pair)
        .collect();
    let pairs = reader.within(own, longest);
    reader.link.scenario = Scenario::of_version(pair::version_of(&pairs));
    reader.read_rows(&pairs);
    for (key, value) in &pairs {
        reader.read_pair(key, value);
    }
    let repeated = repeated(&pairs, &reader.notices);
    reader.notices.extend(repeated);
    reader.number_rows();
    (reader.link, reader.notices)
}

pub(super) struct Reader {
    pub(super) link: Link,
    notices: Vec<Notice>,
}

impl Reader {
    /// Keys with encoded values, up to a length; rows are split at commas before decoding. The
    /// presentation follows the scenario and is read regardless of length.
    fn within<'a>(&mut self, own: Vec<&'a str>, longest: usize) -> Vec<(String, &'a str)> {
        let mut length = 0_usize;
        let mut is_within = |pair: &str| {
            length = length.saturating_add(pair.len() + 1);
            length <= longest.saturating_add(1)
        };
        let count = own.len();
        let kept: Vec<&str> = own
            .into_iter()
            .filter(|pair| is_within(pair) || is_around(pair))
            .collect();
        if kept.len() < count {
            self.notices.push(Notice::TooLong);
        }
        let parts = kept.into_iter();
        let parts = parts.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        parts.map(|(key, value)| (decode(key), value)).collect()
    }

    /// Rows replace the defaults, so they are read before simple keys.
    fn read_rows(&mut self, pairs: &[(String, &str)]) {
        let rows = |wanted: &'static str| pairs.iter().filter(move |(key, _)| key == wanted);
        if MOST_ROWS < rows("w").count() {
            self.notices.push(Notice::TooManyRows(Rows::Workloads));
        }
        if MOST_ROWS < rows("p").count() {
            self.notices.push(Notice::TooManyRows(Rows::Providers));
        }
        let workloads: Vec<Workload> = rows("w")
            .take(MOST_ROWS)
            .filter_map(|(_, row)| self.workload(row))
            .collect();
        let providers: Vec<Provider> = rows("p")
            .take(MOST_ROWS)
            .filter_map(|(_, row)| self.provider(row))
            .collect();
        if workloads.is_empty() {
            for notice in &mut self.notices {
                if let Notice::RowLeftOut { is_last, .. } = notice {
                    *is_last = true;
                }
            }
        } else {
            self.link.scenario.workloads = workloads;
        }
        if !providers.is_empty() {
            self.link.scenario.providers = providers;
        }
        if let Some((_, vendor)) = rows("provider").next() {
            let vendor = decode(vendor);
            if catalog::vendor(&vendor).is_some() {
                self.link.scenario.providers = vec![Provider::first_of(0, &vendor, 100.0)];
            } else {
                self.bad("provider", &vendor, vendors());
            }
        }
        // A model brings its first tier, so the tier is chosen after it.
        for key in ["model", "tier"] {
            for (_, value) in rows(key) {
                self.choose(key, &clean_name(&decode(value)));
            }
        }
        self.tell_unlisted();
    }

    fn read_pair(&mut self, key: &str, raw: &str) {
        if let Some(number) = property::SCENARIO.iter().find(|number| number.key == key) {
            if let Some(entry) = self.number(number, key, &decode(raw)) {
                number.put(&mut self.link.scenario, entry);
            }
            return;
        }
        let value = decode(raw);
        let mut choices = property::SCENARIO_CHOICES.iter();
        if let Some(choice) = choices.find(|choice| choice.link_key == key) {
            let read = choice.read(&mut self.link.scenario, chosen(&value));
            return self.told(key, &value, read);
        }
        match key {
            "w" | "p" | "provider" | "model" | "tier" => {}
            "view" | "theme" | "embed" | "lost" | "month" => self.around(key, value),
            "v" => self.version(&value),
            "name" => self.link.scenario.name = clean_name(&value),
            _ => self.first_workload(key, &value),
        }
    }

    fn first_workload(&mut self, key: &str, value: &str) {
        let Some(mut workload) = self.link.scenario.workloads.first().cloned() else {
            return;
        };
        match key {
            "workload" => workload.name = clean_name(value),
            "requests-per-day" | "requests-per-hour" | "requests-per-minute" => {
                if let Some(entry) = self.number(&property::REQUESTS, key, value) {
                    property::REQUESTS.put(&mut workload, entry);
                    workload.period = match key {
                        "requests-per-day" => Period::Day,
                        "requests-per-hour" => Period::Hour,
                        _ => Period::Minute,
                    };
                }
            }
            _ => {
                let mut choices = property::WORKLOAD_CHOICES[1..].iter();
                let choice = choices.find(|choice| choice.link_key == key);
                let mut numbers = property::WORKLOAD[1..].iter();
                let number = numbers.find(|number| number.key == key);
                self.either(number.copied(), choice.copied(), &mut workload, key, value);
            }
        }
        self.link.scenario.workloads[0] = workload;
    }

    /// Reports models and tiers missing in the catalogue if the row has no limits, since they are
    /// then more likely mistyped.
    fn tell_unlisted(&mut self) {
        let unlisted = self.link.scenario.providers.iter().filter_map(unlisted);
        let unlisted: Vec<Notice> = unlisted.collect();
        self.notices.extend(unlisted);
    }

    fn choose(&mut self, key: &str, value: &str) {
        let Some(provider) = self.link.scenario.providers.first_mut() else {
            return;
        };
        match key {
            _ if value.is_empty() => {}
            "model" => choose_model(provider, value),
            _ => choose_tier(provider, value),
        }
    }

    fn version(&mut self, value: &str) {
        match value.parse::<u32>() {
            Ok(1..=VERSION) => {}
            Ok(0) | Err(_) => self.bad("v", value, Allowed::Versions),
            Ok(_) => self.notices.push(Notice::NewerVersion(value.to_owned())),
        }
    }

    fn workload(&mut self, row: &str) -> Option<Workload> {
        let mut parts = row.split(',');
        let mut workload = Workload::empty(0);
        workload.name = clean_name(&decode(parts.next()?));
        let requests = parts.next().map(decode).unwrap_or_default();
        let (count, period) = requests.split_once('/').unwrap_or((&requests, "day"));
        workload.period = match period {
            "min" | "minute" | "m" => Period::Minute,
            "hour" | "h" => Period::Hour,
            "day" | "d" => Period::Day,
            _ => {
                let words = vec!["/day", "/hour", "/min"];
                self.bad("w", &requests, Allowed::Words(words));
                return self.without(workload);
            }
        };
        let Some(requests) = self.number(&property::REQUESTS, property::REQUESTS.key, count) else {
            return self.without(workload);
        };
        property::REQUESTS.put(&mut workload, requests);
        for number in [&property::INPUT_TOKENS, &property::OUTPUT_TOKENS] {
            let text = parts.next().map(decode).unwrap_or_default();
            let entry = self.number(number, number.key, &text).unwrap_or_else(|| {
                let usual = Scenario::default();
                number.entry(&usual.workloads[0])
            });
            number.put(&mut workload, entry);
        }
        let (guesses, parts): (Vec<&str>, Vec<&str>) = parts.partition(|part| *part == GUESS);
        for part in parts {
            let (key, value) = split_extra(part);
            let choices = &property::WORKLOAD_CHOICES[1..];
            self.extra(property::WORKLOAD, choices, &mut workload, &key, &value);
        }
        if !guesses.is_empty() {
            workload.guess();
        }
        Some(workload)
    }

    /// A row whose requests are not known is no row: any number for them would be a guess.
    fn without(&mut self, workload: Workload) -> Option<Workload> {
        let name = workload.name;
        let is_last = false;
        self.notices.push(Notice::RowLeftOut { name, is_last });
        None
    }

    fn provider(&mut self, row: &str) -> Option<Provider> {
        let mut parts = row.split(',');
        let vendor = decode(parts.next()?);
        if catalog::vendor(&vendor).is_none() {
            self.bad("p", &vendor, vendors());
            return None;
        }
        let mut provider = Provider::first_of(0, &vendor, 0.0);
        let mut named = || Some(clean_name(&decode(parts.next()?))).filter(|name| !name.is_empty());
        if let Some(model) = named() {
            choose_model(&mut provider, &model);
        }
        if let Some(tier) = named() {
            choose_tier(&mut provider, &tier);
        }
        let weight = parts.next().map_or_else(|| "100".to_owned(), decode);
        if let Some(weight) = self.number(&property::WEIGHT, "weight", &weight) {
            property::WEIGHT.put(&mut provider, weight);
        }
        let (guesses, parts): (Vec<&str>, Vec<&str>) = parts.partition(|part| *part == GUESS);
        for part in parts {
            let (key, value) = split_extra(part);
            if key == "name" {
                provider.name = clean_name(&value);
            } else {
                let choices = property::PROVIDER_CHOICES;
                self.extra(property::PROVIDER, choices, &mut provider, &key, &value);
            }
        }
        if !guesses.is_empty() {
            provider.guess();
        }
        Some(provider)
    }

    fn extra<S: Ranged>(
        &mut self,
        numbers: &[&'static Number<S>],
        choices: &[&'static Choice<S>],
        owner: &mut S,
        key: &str,
        value: &str,
    ) {
        let named = |number: &&&Number<S>| number.key == key || short_key(number.key) == key;
        let number = numbers.iter().find(named).copied();
        let choice = choices.iter().find(|choice| choice.key == key).copied();
        self.either(number, choice, owner, key, value);
    }

    fn either<S: Ranged>(
        &mut self,
        number: Option<&Number<S>>,
        choice: Option<&Choice<S>>,
        owner: &mut S,
        key: &str,
        value: &str,
    ) {
        if let Some(number) = number {
            if let Some(entry) = self.number(number, key, value) {
                number.put(owner, entry);
            }
        } else if let Some(choice) = choice {
            let read = choice.read(owner, chosen(value));
            self.told(key, value, read);
        } else {
            self.notices.push(Notice::UnknownKey(key.to_owned()));
        }
    }

    /// Reads a number or a range within its bounds; `None`, with a notice, leaves the value
    /// unchanged.
    fn number<S>(&mut self, number: &Number<S>, key: &str, text: &str) -> Option<Entry> {
        match number.spec().read_written(chosen(text)) {
            Ok(entry) => Some(entry),
            Err(problem) => {
                self.bad(key, text, Allowed::Number(problem));
                None
            }
        }
    }

    fn told(&mut self, key: &str, value: &str, read: Result<(), Options>) {
        if let Err(options) = read {
            self.bad(key, value, Allowed::Choice(options));
        }
    }

    pub(super) fn bad(&mut self, key: &str, value: &str, allowed: Allowed) {
        let (key, value) = (key.to_owned(), value.to_owned());
        self.notices.push(Notice::BadValue {
            key,
            value,
            allowed,
        });
    }

    fn number_rows(&mut self) {
        let mut id = 0;
        let mut next = || {
            id += 1;
            id
        };
        self.link
            .scenario
            .workloads
            .iter_mut()
            .for_each(|workload| workload.id = next());
        self.link
            .scenario
            .providers
            .iter_mut()
            .for_each(|provider| provider.id = next());
    }
}

/// Matches names of models regardless of case.
fn choose_model(provider: &mut Provider, name: &str) {
    let known = catalog::model_spelled(&provider.vendor, name);
    provider.choose_model(known.unwrap_or(name));
}

fn choose_tier(provider: &mut Provider, name: &str) {
    let known = catalog::tier_spelled(&provider.vendor, &provider.model, name);
    provider.choose_tier(known.unwrap_or(name));
}

/// Empty text for the word `none`.
fn chosen(text: &str) -> &str {
    if text == "none" { "" } else { text }
}

fn split_extra(part: &str) -> (String, String) {
    let (key, value) = part.split_once(':').unwrap_or((part, ""));
    (decode(key), decode(value))
}

fn vendors() -> Allowed {
    Allowed::Words(catalog::vendors().iter().map(|vendor| vendor.id).collect())
}
