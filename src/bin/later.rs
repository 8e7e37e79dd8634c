//! The rest of the page, loaded once the form answers.

fn main() {
    kt_capacity::ui::start_later();
}
