//! Starts the page; `public/boot.js` requests the later parts.

fn main() {
    kt_capacity::first::start();
}
