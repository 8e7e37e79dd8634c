//! Numbers of a provider, by section of the form.

use crate::scenario::Provider;
use crate::scenario::property::{self, Number};

pub(super) type Numbers = &'static [&'static Number<Provider>];

pub(super) const LIMITS: Numbers = &[
    &property::RPM,
    &property::TPM,
    &property::ITPM,
    &property::OTPM,
    &property::RPD,
    &property::SPEND_MONTH,
];
pub(super) const PRICES: Numbers = &[
    &property::PRICE_INPUT,
    &property::PRICE_CACHED,
    &property::PRICE_OUTPUT,
    &property::TTFT,
    &property::OUTPUT_TPS,
    &property::TARGET,
];
pub(super) const MORE: Numbers = &[
    &property::TPD,
    &property::REQUESTS_MONTH,
    &property::TOKENS_MONTH,
    &property::IN_FLIGHT,
    &property::WINDOW,
    &property::TOKEN_WINDOW,
    &property::SPEND_10_MIN,
    &property::BATCH_QUEUE,
    &property::BATCH_REQUESTS,
    &property::BATCH_HOURS,
    &property::CONTEXT,
    &property::ANSWER_MAX,
    &property::ORDER,
    &property::OUTPUT_WEIGHT,
];
pub(super) const MORE_PRICES: Numbers = &[
    &property::PRICE_BATCH,
    &property::PRICE_WRITE,
    &property::LONG_FROM,
    &property::PRICE_LONG_INPUT,
    &property::PRICE_LONG_CACHED,
    &property::PRICE_LONG_OUTPUT,
];
pub(super) const RESERVED: Numbers = &[
    &property::UNITS,
    &property::UNIT_TPM,
    &property::UNIT_OUTPUT,
    &property::UNIT_CACHED,
    &property::UNIT_MIN,
    &property::UNIT_STEP,
    &property::UNIT_USD,
];
