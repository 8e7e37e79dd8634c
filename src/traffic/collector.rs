//! State while a file is read, and its final sums.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::answer::Window;
use super::buckets::{Buckets, Cell, Plan, Sign, Totals};
use super::callees::{Callees, callees_of_models};
use super::calls::{Call, Calls};
use super::coarse::{Coarse, Meaning};
use super::coverage::{Coverage, without_gaps};
use super::flag::Flag;
use super::groups::Groups;
use super::hours::Hours;
use super::ids::Ids;
use super::model_sums::ModelSums;
use super::model_table::ModelTable;
use super::observed::{Kind, Known, Observed};
use super::outcome::{Outcome, Reason, Refusal};
use super::sellers::Sellers;
use super::shown;
use super::skip::Skip;
use super::source::Format;
use super::time::MINUTE_NS;
use super::unread::unread;

/// Maximum unused column names kept, and their maximum length.
const UNUSED_MOST: usize = 60;
const NAME_MOST: usize = 80;

/// State while a file is read.
#[derive(Debug, Clone)]
pub(crate) struct Collector {
    pub(crate) format: Format,
    pub(crate) known: Known,
    pub(crate) flags: BTreeSet<Flag>,
    /// Width of the file's own buckets, the longest of several; `None` until a row gives one.
    pub(crate) width_ns: Option<i64>,
    /// Whether the next rows tell their cached input tokens.
    pub(crate) tells_cached: bool,
    /// Input tokens, by model, of rows that do not tell cached ones.
    untold: BTreeMap<u32, f64>,
    is_last_page: bool,
    pub(crate) coverage: Coverage,
    window: Option<Window>,
    rows_read: u64,
    rows_skipped: BTreeMap<Skip, u64>,
    /// First column that caused rows to be skipped, by reason.
    blamed: BTreeMap<Skip, String>,
    ids: Ids,
    models: ModelTable,
    keys: Groups,
    tags: Groups,
    sellers: Sellers,
    calls: Option<Box<Calls>>,
    /// Rows of a plain trace while their times are coarse.
    coarse: Coarse,
    buckets: Buckets,
    unused: Vec<String>,
}

impl Collector {
    pub(crate) fn new(format: Format, window: Option<Window>) -> Self {
        Self {
            format,
            known: Known::NOTHING,
            flags: BTreeSet::new(),
            width_ns: None,
            tells_cached: true,
            untold: BTreeMap::new(),
            is_last_page: false,
            coverage: Coverage::default(),
            window,
            rows_read: 0,
            rows_skipped: BTreeMap::new(),
            blamed: BTreeMap::new(),
            ids: Ids::default(),
            models: ModelTable::default(),
            keys: Groups::default(),
            tags: Groups::default(),
            sellers: Sellers::default(),
            calls: None,
            coarse: Coarse::default(),
            buckets: Buckets::default(),
            unused: Vec::new(),
        }
    }

    /// Counts a row as read or skipped.
    pub(crate) fn count(&mut self, row: Result<(), Skip>) {
        match row {
            Ok(()) => self.rows_read += 1,
            Err(skip) => self.skip(skip, 1),
        }
    }

    /// Counts rows as skipped.
    pub(crate) fn skip(&mut self, skip: Skip, rows: u64) {
        if 0 < rows {
            *self.rows_skipped.entry(skip).or_default() += rows;
        }
    }

    /// Notes the column that caused a row to be skipped.
    pub(crate) fn blame(&mut self, skip: Skip, column: &str) {
        self.blamed.entry(skip).or_insert_with(|| column.to_owned());
    }

    /// Whether this id occurred before; an empty id never has.
    pub(crate) fn is_duplicate(&mut self, id: &str) -> bool {
        if id.is_empty() {
            return false;
        }
        let seen = self.ids.see(id);
        if seen.is_none() {
            self.flags.insert(Flag::KeptCoarsely);
        }
        seen.unwrap_or_else(|| self.ids.holds(id))
    }

    /// Notes a column, key or series that is not counted.
    pub(crate) fn note_unused(&mut self, name: &str) {
        let name: String = shown::column(name).chars().take(NAME_MOST).collect();
        if self.unused.len() < UNUSED_MOST && !self.unused.contains(&name) {
            self.unused.push(name);
        }
    }

    /// Sets the key, tag and provider of the next requests.
    pub(crate) fn whose(&mut self, [key, tag, provider]: [&str; 3]) {
        self.keys.choose(key);
        self.tags.choose(tag);
        self.sellers.choose(provider);
    }

    /// Adds to a key sums that the buckets have already.
    pub(crate) fn of_key(&mut self, key: &str, cell: &Cell) {
        self.keys.choose(key);
        self.keys.add(&cell.sums());
        self.keys.choose("");
    }

    /// Adds a request.
    pub(crate) fn call(&mut self, call: &Call) -> Result<(), Skip> {
        self.within(call.at.ns)?;
        if !call.at.has_zone && self.format.has_no_zone_of_its_own() {
            self.flags.insert(Flag::TimeZoneAssumedUtc);
        }
        self.coverage.see(call.at.ns);
        let model = self.models.number(call.model);
        let callee = self.add_sums(model, &call.sums());
        let calls = self.calls.get_or_insert_default();
        calls.add(call, model, callee);
        if self.format == Format::PlainTrace {
            self.coarse.add(call, model);
        }
        Ok(())
    }

    /// Checks an instant against the reader's window.
    fn within(&self, ns: i64) -> Result<(), Skip> {
        match self.window {
            Some(window) if !window.holds(ns) => Err(Skip::OutsideWindow),
            _ => Ok(()),
        }
    }

    /// Notes that the file mentions a bucket.
    pub(crate) fn see(&mut self, start_ns: i64, sign: Sign) {
        if self.within(start_ns).is_ok() {
            self.coverage.see(start_ns);
            self.buckets.see(start_ns, sign);
        }
    }

    /// Adds to the bucket of a row or an object.
    pub(crate) fn bucket(
        &mut self,
        start_ns: i64,
        width_ns: i64,
        model: &str,
        cell: &Cell,
    ) -> Result<(), Skip> {
        self.see(start_ns, Sign::Row);
        self.widen(width_ns);
        self.cell(start_ns, model, cell)
    }

    /// Notes the width of a bucket.
    pub(crate) fn widen(&mut self, width_ns: i64) {
        let known_ns = *self.width_ns.get_or_insert(width_ns);
        if known_ns != width_ns {
            self.flags.insert(Flag::MixedWidths);
            self.width_ns = Some(known_ns.max(width_ns));
        }
    }

    /// Notes whether a page announces further pages.
    pub(crate) fn page(&mut self, has_more: Option<&Value>) {
        match has_more.and_then(Value::as_bool) {
            Some(true) if !self.is_last_page => {
                self.flags.insert(Flag::MorePages);
            }
            Some(false) => {
                self.is_last_page = true;
                self.flags.remove(&Flag::MorePages);
            }
            _ => {}
        }
    }

    /// Adds to a bucket without marking it as existing.
    pub(crate) fn cell(&mut self, start_ns: i64, model: &str, cell: &Cell) -> Result<(), Skip> {
        self.within(start_ns)?;
        let model = self.models.number(model);
        self.buckets.add(start_ns, model, cell);
        self.add_sums(model, &cell.sums());
        Ok(())
    }

    /// Adds a count since an instant to the totals only.
    pub(crate) fn loose(&mut self, start_ns: i64, model: &str, cell: &Cell) -> Result<(), Skip> {
        self.within(start_ns)?;
        let model = self.models.number(model);
        self.buckets.add_loose(model, cell);
        self.sellers.add(model, &cell.sums());
        Ok(())
    }

    /// Adds to the groups of the current row; the number of the callee.
    fn add_sums(&mut self, model: u32, sums: &ModelSums) -> u16 {
        let mut sums = *sums;
        if !self.tells_cached {
            sums.untold = sums.tokens.input;
            *self.untold.entry(model).or_default() += sums.untold;
        }
        let sums = &sums;
        self.keys.add(sums);
        self.tags.add(sums);
        self.sellers.add(model, sums)
    }

    /// Final sums, or the reason why there are none.
    pub(crate) fn finish(mut self) -> Outcome {
        if let Some(refusal) = self.nothing() {
            return refusal.into();
        }
        self.mean();
        let observed = match self.calls.take() {
            Some(calls) => self.of_calls(*calls),
            None => self.of_buckets(),
        };
        Outcome::Read(Box::new(observed.flagged()))
    }

    /// Reinterprets rows with coarse times as sums, or as requests of an hour or a day.
    fn mean(&mut self) {
        let (buckets, known) = match std::mem::take(&mut self.coarse).meaning() {
            Some(Meaning::Sums(buckets)) => (buckets, Known::NOTHING),
            Some(Meaning::Requests(buckets)) => (buckets, Known::REQUESTS),
            Some(Meaning::OneAMinute) => {
                self.flags.insert(Flag::OneRowAMinute);
                return;
            }
            None => return,
        };
        let is_counted = known == Known::REQUESTS;
        self.flags.insert(if is_counted {
            Flag::CoarseTimes
        } else {
            Flag::RowsAreSums
        });
        self.format = Format::PlainSums;
        self.known.add(known);
        self.buckets = buckets;
        self.calls = None;
    }

    /// Reason why nothing can be taken over.
    fn nothing(&self) -> Option<Refusal> {
        if self.calls.is_some() {
            return None;
        }
        let rows = self.rows_read + self.rows_skipped.values().sum::<u64>();
        let refusal = |reason| Refusal::new(reason, Some(self.format)).after(rows);
        let is_unread = self.rows_read == 0;
        let unread = is_unread.then(|| unread(&self.rows_skipped, self.format));
        if let Some((reason, skip)) = unread.flatten() {
            let column = self.blamed.get(&skip).map_or("", String::as_str);
            return Some(refusal(reason).at(column));
        }
        let totals = self.buckets.totals();
        let is_traffic = 0.0 < totals.classes.all() + totals.tokens.all();
        match (is_traffic, self.buckets.is_empty()) {
            (true, _) => None,
            (false, false) => Some(refusal(Reason::NoTraffic)),
            (false, true) => Some(refusal(Reason::NoRows)),
        }
    }

    fn of_calls(self, mut calls: Calls) -> Observed {
        let is_coarse = calls.is_coarse();
        let series = calls.series(self.window, &self.coverage.gaps(0));
        let callees = calls.callees(&series, &self.sellers);
        let mut observed = self.named(&calls.models, callees);
        if is_coarse {
            observed.flags.insert(Flag::KeptCoarsely);
        }
        observed.known.add(Known::REQUESTS);
        Observed {
            kind: Kind::Requests,
            width_ns: MINUTE_NS,
            requests: calls.classes,
            tokens: calls.tokens,
            batch: calls.batch,
            at_gateway: calls.at_gateway,
            with_tokens: calls.with_tokens,
            max_output: calls.max_output,
            series,
            hours: calls.hours,
            within_minute: calls.within,
            latency: calls.latency.summary(),
            first_token: calls.first_token.summary(),
            ..observed
        }
    }

    fn of_buckets(mut self) -> Observed {
        let width_ns = self.width_ns.or_else(|| self.buckets.common_width_ns());
        let width_ns = width_ns.unwrap_or(MINUTE_NS);
        if self.flags.contains(&Flag::MixedWidths) {
            self.buckets.regroup(width_ns);
        }
        if !self.buckets.settle() {
            self.known = self.known.without(Known::CACHED);
        }
        let totals: Totals = self.buckets.totals();
        let plan = Plan {
            format: self.format,
            known: self.known,
            width_ns,
            window: self.window,
        };
        let series = self.buckets.series(&plan).joined();
        let series = without_gaps(series, &self.coverage.gaps(width_ns));
        let is_coarse = self.buckets.is_coarse();
        let callees = callees_of_models(&self.buckets, &self.sellers, &series);
        let mut observed = self.named(&totals.models, callees);
        if is_coarse {
            observed.flags.insert(Flag::KeptCoarsely);
        }
        Observed {
            kind: Kind::Buckets,
            width_ns,
            requests: totals.classes,
            tokens: totals.tokens,
            batch: totals.batch,
            with_tokens: totals.classes.answered + totals.classes.batch,
            hours: Hours::of(&series),
            series,
            latency: totals.latency.summary(),
            first_token: totals.first_token.summary(),
            ..observed
        }
    }

    /// Rows, flags, models and their minutes, with all sums still empty.
    fn named(self, models: &BTreeMap<u32, ModelSums>, mut callees: Callees) -> Observed {
        let mut named: Vec<(Option<String>, ModelSums)> = models
            .iter()
            .map(|(number, sums)| {
                let untold = self.untold.get(number).copied().unwrap_or_default();
                let name = self.models.name(*number).map(str::to_owned);
                (name, ModelSums { untold, ..*sums })
            })
            .collect();
        named.sort_by(|(a, _), (b, _)| (a.is_none(), a).cmp(&(b.is_none(), b)));
        let sellers = self.sellers.finish(&self.models, models).into_iter();
        let (minutes, sellers) = sellers
            .map(|(number, seller)| (callees.remove(&number).unwrap_or_default(), seller))
            .unzip();
        Observed {
            format: self.format,
            kind: Kind::Buckets,
            width_ns: MINUTE_NS,
            rows_read: self.rows_read,
            rows_skipped: self.rows_skipped,
            known: self.known,
            keys: self.keys.finish(&named),
            tags: self.tags.finish(&named),
            sellers,
            by_seller: minutes,
            models: named,
            flags: self.flags,
            unused: self.unused,
            ..Observed::empty(self.format)
        }
    }
}
