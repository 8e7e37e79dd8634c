//! Unit prices.

use leptos::prelude::*;

use super::group::Group;
use super::setting::Setting;
use crate::catalog::provider::EDITION;
use crate::plan::words;
use crate::scenario::property;

/// Unit prices of the infrastructure; token prices stand at each provider.
#[component]
pub(super) fn CostsPanel() -> impl IntoView {
    let summary = Signal::stored(format!(
        "token prices of {}",
        words::day_month_year(EDITION)
    ));
    view! {
        <Group title="Costs" summary>
            <div class="fields">
                <Setting number=&property::VCPU_USD />
                <Setting number=&property::MEMORY_USD />
                <Setting number=&property::DISK_USD />
                <Setting number=&property::LOST_USD />
            </div>
            <p class="row__meta">
                "Round figures near the list prices of large clouds: enter yours."
            </p>
        </Group>
    }
}
