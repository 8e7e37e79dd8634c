//! Starts the page; nothing else. `public/boot.js` asks for the later parts.

fn main() {
    kt_capacity::first::start();
}
