//! How much of the answer is worked out: all of it, or what the page shows first.
//!
//! Both are the same functions, so they cannot differ. What only one of them needs is
//! asked for through [`Depth::reason`]; the compiler drops it from a program that has
//! only the other.

/// How much of the answer is worked out.
pub(crate) trait Depth {
    /// What explains, or helps: the default where only the answer is asked for.
    fn reason<T: Default>(make: impl FnOnce() -> T) -> T;

    /// The losses of providers: none where nobody asks what they leave.
    fn losses<T: Default>(make: impl FnOnce() -> T) -> T {
        make()
    }
}

/// The answer with its reasons.
pub(crate) struct Whole;

/// The answer alone.
pub(crate) struct Outline;

/// The answer before any loss of a provider: of as many providers as there may be, one loss each.
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
