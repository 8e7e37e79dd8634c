//! Slices: mounting of a part, split into tasks so that keys and painting can come between.
//!
//! `public/boot.js` opens the queue by loading a part, then requests one slice after another.
//! Otherwise, as on a change of view, a slice mounts immediately.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use leptos::prelude::*;

type Act = Box<dyn FnOnce()>;

thread_local! {
    static IS_OPEN: Cell<bool> = const { Cell::new(false) };
    static QUEUE: RefCell<VecDeque<Act>> = const { RefCell::new(VecDeque::new()) };
    static ONCE_WHOLE: RefCell<Vec<Act>> = const { RefCell::new(Vec::new()) };
}

/// Queues slices from here on, with `begin` as the first.
pub(super) fn open(begin: impl FnOnce() + 'static) {
    IS_OPEN.set(true);
    push(begin);
}

fn push(mount: impl FnOnce() + 'static) {
    QUEUE.with_borrow_mut(|queue| queue.push_back(Box::new(mount)));
}

/// Mounts the next slice; `false` once none is left, after which slices mount immediately.
pub(super) fn mount_next() -> bool {
    let next = QUEUE.with_borrow_mut(VecDeque::pop_front);
    if let Some(mount) = next {
        mount();
        return true;
    }
    IS_OPEN.set(false);
    for act in ONCE_WHOLE.take() {
        act();
    }
    false
}

/// Runs a function once the current part is completely mounted; immediately if none is.
pub(super) fn once_whole(act: impl FnOnce() + 'static) {
    if IS_OPEN.get() {
        ONCE_WHOLE.with_borrow_mut(|acts| acts.push(Box::new(act)));
    } else {
        act();
    }
}

/// Piece of the page mounted in a separate task.
#[component]
pub(super) fn Slice(
    /// Contents of the slice.
    children: Children,
) -> impl IntoView {
    if !IS_OPEN.get() {
        return children();
    }
    let turn = RwSignal::new(false);
    push(move || {
        // The place may be gone.
        turn.try_set(true);
    });
    let mut children = Some(children);
    let mount = move || {
        turn.get()
            .then(|| children.take().map(|children| children()))
    };
    mount.into_any()
}
