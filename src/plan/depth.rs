//! Depth of evaluation: the whole plan, or the outline that the page shows first.
//!
//! Both share their functions, so they cannot differ. Parts that only one of them needs are
//! requested through [`Depth::reason`]; the compiler drops them from programs that contain only the
//! other.

/// Depth of evaluation.
pub(crate) trait Depth {
    /// Explanations and help; the default value in an outline.
    fn reason<T: Default>(make: impl FnOnce() -> T) -> T;

    /// Losses of providers; the default value if nothing asks for them.
    fn losses<T: Default>(make: impl FnOnce() -> T) -> T {
        make()
    }
}

/// The whole plan.
pub(crate) struct Whole;

/// The outline alone.
pub(crate) struct Outline;

/// The plan without provider losses, whose cost grows with the number of providers.
pub(crate) struct Undrilled;

impl Depth for Whole {
    fn reason<T: Default>(make: impl FnOnce() -> T) -> T {
        make()
    }
}

impl Depth for Outline {
    fn reason<T: Default>(_: impl FnOnce() -> T) -> T {
        T::default()
    }
}

impl Depth for Undrilled {
    fn reason<T: Default>(_: impl FnOnce() -> T) -> T {
        T::default()
    }

    fn losses<T: Default>(_: impl FnOnce() -> T) -> T {
        T::default()
    }
}
