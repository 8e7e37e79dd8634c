//! Providers that each client may use, and their places in the order.

use super::config::Config;

/// Routes from clients to providers.
#[derive(Debug, Clone)]
pub(super) struct Routes {
    /// Providers that each client may use, one bit each.
    allowed: Vec<u32>,
    /// Index of each client's round robin; clients with the same providers share one.
    pub(super) robins: Vec<u32>,
    /// Number of distinct round robins.
    pub(super) count: usize,
    /// Place of each provider in the order.
    pub(super) places: Vec<u32>,
    /// Whether all clients may use all providers and there is one place.
    pub(super) is_plain: bool,
}

impl Routes {
    pub(super) fn new(config: &Config) -> Self {
        let allowed = config.clients.iter();
        let allowed: Vec<u32> = allowed.map(|each| each.to.unwrap_or(u32::MAX)).collect();
        let mut distinct: Vec<u32> = Vec::new();
        let robin = |to: &u32| {
            let known = distinct.iter().position(|other| other == to);
            let place = known.unwrap_or_else(|| {
                distinct.push(*to);
                distinct.len() - 1
            });
            u32::try_from(place).unwrap_or(0)
        };
        let robins = allowed.iter().map(robin).collect();
        let places: Vec<u32> = config.providers.iter().map(|each| each.order).collect();
        let has_one_place = places.iter().all(|place| Some(place) == places.first());
        Self {
            robins,
            count: distinct.len().max(1),
            is_plain: has_one_place && allowed.iter().all(|to| *to == u32::MAX),
            places,
            allowed,
        }
    }

    /// Whether a client's request may go to a provider.
    #[inline]
    pub(super) fn may_go(&self, client: u32, provider: usize) -> bool {
        self.is_plain || self.allowed[client as usize] & (1 << provider) != 0
    }
}
