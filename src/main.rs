//! Mounts the page; nothing else.

fn main() {
    kt_capacity::ui::start();
}
