//! Unit prices.

use leptos::prelude::*;

use super::group::Group;
use super::setting::Setting;
use crate::catalog::provider::EDITION;
use crate::say::page::panel as say;
use crate::scenario::property;

/// Unit prices of the infrastructure; token prices are with each provider.
#[component]
pub(super) fn CostsPanel() -> impl IntoView {
    let summary = Signal::stored(say::token_prices(EDITION));
    view! {
        <Group title=say::COSTS summary>
            <div class="fields">
                <Setting number=&property::VCPU_USD />
                <Setting number=&property::MEMORY_USD />
                <Setting number=&property::DISK_USD />
                <Setting number=&property::LOST_USD />
            </div>
            <p class="row__meta">
                {say::ROUND_FIGURES}
            </p>
        </Group>
    }
}
