//! Precedence of Kong plugins: for each name, the one nearest to the request applies.
//!
//! # Source
//!
//! developer.konghq.com, "Plugin precedence": consumer, route, service, global, in this order.

use std::collections::BTreeSet;

use serde_json::Value;

use super::kong_list::name;
use super::kong_owner::Plugin;
use crate::import::lines::join;

/// Reason for a plugin that applies to no request.
pub(super) const REPLACED: &str = "is replaced by a plugin of the same name on each route below: \
                                   of a route, its service and all, the nearest counts";

/// Whether a plugin at the first place also applies to the second: global, a service, or a route of
/// the service.
pub(super) fn holds(outer: &str, inner: &str) -> bool {
    let mut steps = inner.split('.');
    outer.is_empty() || outer.split('.').all(|step| steps.next() == Some(step))
}

/// Places of the plugins enabled for all callers, and of the routes.
pub(super) struct Hung<'a> {
    plugins: BTreeSet<(usize, &'a str, String)>,
    routes: Vec<Vec<String>>,
}

impl<'a> Hung<'a> {
    /// Places of the plugins and routes in some documents.
    pub(super) fn of(plugins: &[Plugin<'a>], all: &[&Value]) -> Self {
        let counts = |one: &&Plugin| !one.is_off && !one.is_callers && one.policy.is_none();
        let places = plugins.iter().filter(counts);
        let places = places.map(|one| (one.document, one.name, one.owner.clone()));
        Self {
            plugins: places.collect(),
            routes: all.iter().map(|document| routes(document)).collect(),
        }
    }

    /// Whether a plugin of the same name is nearer to the place, and so replaces this one.
    pub(super) fn replaces(&self, plugin: &Plugin, place: &str) -> bool {
        let ends = place.match_indices('.').map(|(end, _)| end);
        let mut outer = ends.chain([place.len()]).map(|end| &place[..end]);
        outer.any(|outer| {
            let is_nearer = plugin.owner.len() < outer.len() && holds(&plugin.owner, outer);
            let key = || (plugin.document, plugin.name, outer.to_owned());
            is_nearer && self.plugins.contains(&key())
        })
    }

    /// Whether every route below a plugin has one of the same name itself.
    pub(super) fn replaces_on_all(&self, plugin: &Plugin) -> bool {
        let first = (plugin.document, plugin.name, plugin.owner.clone());
        let mut more = self.plugins.range(first..).skip(1);
        let is_alike =
            |other: &(usize, &str, String)| (other.0, other.1) == (plugin.document, plugin.name);
        if !more.next().is_some_and(is_alike) {
            return false;
        }
        let routes = self.routes[plugin.document].iter();
        let mut below = routes
            .filter(|route| holds(&plugin.owner, route))
            .peekable();
        below.peek().is_some() && below.all(|route| self.replaces(plugin, route))
    }
}

/// Places of all routes, by service and route index.
fn routes(document: &Value) -> Vec<String> {
    let rows = |owner: &Value| owner["routes"].as_array().map_or(0, Vec::len);
    let mut found = Vec::new();
    let services = document["services"].as_array().into_iter().flatten();
    for (index, service) in services.enumerate() {
        found.extend((0..rows(service)).map(|route| format!("services.{index}.routes.{route}")));
    }
    let alone = document["routes"].as_array().into_iter().flatten();
    found.extend(
        alone
            .enumerate()
            .map(|(index, row)| of_route(document, row, index)),
    );
    found
}

/// Place of a route in the top-level list: below the service it names.
pub(super) fn of_route(document: &Value, row: &Value, index: usize) -> String {
    let service = name(&row["service"]).and_then(|name| place(document, "services", &name));
    match service {
        Some(service) => join(&service, &format!("routes.of-{index}")),
        None => format!("routes.{index}"),
    }
}

/// Place of a list item by name.
fn place(document: &Value, list: &str, wanted: &str) -> Option<String> {
    let mut rows = document[list].as_array().into_iter().flatten();
    let is_it = |row: &Value| row["name"] == wanted || row["id"] == wanted;
    Some(format!("{list}.{}", rows.position(is_it)?))
}

/// Place named by a plugin in the top-level list: a route, a service, or none.
pub(super) fn referred(document: &Value, plugin: &Value) -> String {
    if let Some(wanted) = name(&plugin["route"]) {
        let is_it = |row: &Value| row["name"] == wanted.as_str() || row["id"] == wanted.as_str();
        let mut alone = document["routes"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate();
        if let Some((index, row)) = alone.find(|(_, row)| is_it(row)) {
            return of_route(document, row, index);
        }
        let services = document["services"].as_array().into_iter().flatten();
        for (index, service) in services.enumerate() {
            if let Some(inner) = place(service, "routes", &wanted) {
                return format!("services.{index}.{inner}");
            }
        }
    }
    let service = name(&plugin["service"]);
    let service = service.and_then(|name| place(document, "services", &name));
    service.unwrap_or_default()
}
