//! Further autoscaler settings: metrics, windows, policies.

use leptos::prelude::*;

use super::list::Listed;
use super::setting::{Chosen, Setting};
use crate::say::page::panel as say;
use crate::scenario::property;

/// Further HPA settings.
#[component]
pub(super) fn Behavior() -> impl IntoView {
    let none = Signal::stored(say::NONE.to_owned());
    let tenth = Signal::stored("10".to_owned());
    view! {
        <details class="more">
            <summary class="more__head">{say::AUTOSCALER}</summary>
            <div class="fields">
                <Setting number=&property::HPA_CPU placeholder=none />
                <Setting number=&property::HPA_QUEUE placeholder=none />
                <Setting number=&property::HPA_IN_FLIGHT placeholder=none />
                <Setting number=&property::HPA_UP_WINDOW />
                <Setting number=&property::HPA_DOWN_WINDOW />
                <Setting number=&property::HPA_UP_PERCENT placeholder=none />
                <Setting number=&property::HPA_DOWN_PERCENT placeholder=none />
                <Setting number=&property::HPA_UP_PERIOD />
                <Setting number=&property::HPA_DOWN_PERIOD />
            </div>
        </details>
        <details class="more">
            <summary class="more__head">{say::MORE_AUTOSCALER}</summary>
            <div class="fields">
                <Setting number=&property::HPA_CPU_AVERAGE placeholder=none />
                <Setting number=&property::HPA_MEMORY placeholder=none />
                <Setting number=&property::HPA_MEMORY_AVERAGE placeholder=none />
                <Chosen choice=&property::KUBERNETES />
                <Setting number=&property::HPA_UP_PODS placeholder=none />
                <Setting number=&property::HPA_DOWN_PODS placeholder=none />
                <Setting number=&property::HPA_UP_PODS_PERIOD />
                <Setting number=&property::HPA_DOWN_PODS_PERIOD />
                <Chosen choice=&property::HPA_UP_SELECT />
                <Chosen choice=&property::HPA_DOWN_SELECT />
                <Setting number=&property::HPA_UP_TOLERANCE placeholder=tenth />
                <Setting number=&property::HPA_DOWN_TOLERANCE placeholder=tenth />
                <Listed choice=&property::HPA_UP_MORE placeholder="pods:4:15" />
                <Listed choice=&property::HPA_DOWN_MORE placeholder="percent:10:60" />
                <Listed choice=&property::HPA_METRICS placeholder="pods/NAME/100/1" />
                <Listed choice=&property::HPA_SCHEDULE placeholder="08:00-19:00:12" />
            </div>
        </details>
    }
}
