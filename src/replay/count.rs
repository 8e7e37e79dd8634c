//! Pod counts in a file.

use serde_json::Value;

use super::time::whole;
use crate::import::number;

/// A pod count, written as a number or as text.
pub(super) fn count(value: &Value) -> Option<u32> {
    let count = number(value).filter(|count| 0.0 <= *count && count.fract() <= 0.0);
    count.and_then(|count| u32::try_from(whole(count)).ok())
}
