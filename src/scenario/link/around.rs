//! Reads the presentation of a scenario from the pairs after it.

use super::notice::Allowed;
use super::read::Reader;
use crate::scenario::{Theme, View, WhatIf};

impl Reader {
    /// Reads a pair of the presentation: the last value counts, but the first origin.
    pub(super) fn around(&mut self, key: &str, value: String) {
        match key {
            "view" => {
                let view = View::parse(&value);
                if view.is_none() {
                    let words = View::ALL.map(View::word).to_vec();
                    self.bad(key, &value, Allowed::Words(words));
                }
                self.link.view = view.unwrap_or_default();
            }
            "theme" => {
                self.link.theme = Theme::parse(&value);
                if self.link.theme.is_none() {
                    let words = Theme::ALL.map(Theme::word).to_vec();
                    self.bad(key, &value, Allowed::Words(words));
                }
            }
            "lost" => {
                let losses = WhatIf::losses(&self.link.scenario);
                if losses.contains(&value) {
                    self.link.what_if.lost = Some(value);
                } else {
                    self.bad(key, &value, Allowed::Losses(losses));
                }
            }
            "month" => match WhatIf::read_months(&value) {
                Some(months) => self.link.what_if.months = months,
                None => self.bad(key, &value, Allowed::Months),
            },
            _ => {
                self.link.embed.get_or_insert(value);
            }
        }
    }
}
