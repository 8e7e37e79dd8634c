//! Time of day, in the whole numbers of the simulation.

/// A day, milliseconds.
pub const DAY_MS: u64 = 86_400_000;

/// Seconds to whole milliseconds.
pub(super) fn milliseconds(seconds: f64) -> u64 {
    whole(seconds * 1e3)
}

/// Nearest whole number; 0 for negative values.
pub(super) fn whole(value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturating, as wanted"
    )]
    let whole = libm::round(value) as u64;
    whole
}

/// Nearest whole number as `u32`, saturating; 0 for negative values.
pub(super) fn small(value: f64) -> u32 {
    u32::try_from(whole(value)).unwrap_or(u32::MAX)
}
