//! Slices: the mounting of a part, cut into tasks so that keys and paints come between.
//!
//! `public/boot.js` opens the queue by loading a part and asks for one slice after another.
//! Outside of that, as in a change of the view, a slice mounts at once.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use leptos::prelude::*;

type Act = Box<dyn FnOnce()>;

thread_local! {
    static IS_OPEN: Cell<bool> = const { Cell::new(false) };
    static QUEUE: RefCell<VecDeque<Act>> = const { RefCell::new(VecDeque::new()) };
    static ONCE_WHOLE: RefCell<Vec<Act>> = const { RefCell::new(Vec::new()) };
}

/// Lets slices wait for their turn from here on; `begin` is the first of them.
pub(super) fn open(begin: impl FnOnce() + 'static) {
    IS_OPEN.set(true);
    push(begin);
}

fn push(mount: impl FnOnce() + 'static) {
    QUEUE.with_borrow_mut(|queue| queue.push_back(Box::new(mount)));
}

/// Mounts the next slice; false once none is left, and from then on slices mount at once.
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

/// Acts once the part is whole that is being mounted: at once if none is.
pub(super) fn once_whole(act: impl FnOnce() + 'static) {
    if IS_OPEN.get() {
        ONCE_WHOLE.with_borrow_mut(|acts| acts.push(Box::new(act)));
    } else {
        act();
    }
}

/// A piece of the page that mounts in a task of its own.
#[component]
pub(super) fn Slice(
    /// The piece.
    children: Children,
) -> impl IntoView {
    if !IS_OPEN.get() {
        return children();
    }
    let turn = RwSignal::new(false);
    push(move || {
        // Its place may be gone by now.
        turn.try_set(true);
    });
    let mut children = Some(children);
    let mount = move || {
        turn.get()
            .then(|| children.take().map(|children| children()))
    };
    mount.into_any()
}
