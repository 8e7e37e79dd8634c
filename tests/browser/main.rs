//! Components in a real browser.
#![cfg(all(target_arch = "wasm32", feature = "ui"))]
#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

use kt_capacity::ui::App;
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Event, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn typing_changes_figures_and_verdict() {
    let (root, _mounted) = mount("#v=1").await;
    let before = text(&root, "#verdict");
    type_into(&root, "#w1-requests", "500k").await;
    // 500,000 / 86,400 × 3 = 17.4 a second.
    assert!(text(&root, "[data-figure=peak-requests] .figure__value").contains("17.4"));
    assert_ne!(text(&root, "#verdict"), before);
}

#[wasm_bindgen_test]
async fn a_bad_draft_shows_an_error_and_keeps_the_last_result() {
    let (root, _mounted) = mount("#v=1").await;
    type_into(&root, "#s-growth", "15").await;
    let before = text(&root, "#verdict");

    type_into(&root, "#s-growth", "1O").await;

    let message = text(&root, "#s-growth-error");
    assert!(message.contains("0 to 1,000 %"), "{message}");
    assert_eq!(attribute(&root, "#s-growth", "aria-invalid"), "true");
    assert_eq!(value(&root, "#s-growth"), "1O");
    assert_eq!(text(&root, "#verdict"), before);

    press(&root, "[aria-label=Undo]").await;
    assert_eq!(value(&root, "#s-growth"), "0");
    assert_eq!(attribute(&root, "#s-growth", "aria-invalid"), "");
    assert_eq!(text(&root, "#s-growth-error"), "");
}

#[wasm_bindgen_test]
async fn leaving_a_field_groups_its_number() {
    let (root, _mounted) = mount("#v=1").await;
    type_into(&root, "#w1-requests", "60000").await;
    assert_eq!(value(&root, "#w1-requests"), "60000", "as typed");
    let blur = Event::new("blur").unwrap();
    find(&root, "#w1-requests").dispatch_event(&blur).unwrap();
    settle().await;
    assert_eq!(value(&root, "#w1-requests"), "60,000");
}

#[wasm_bindgen_test]
async fn the_link_of_the_page_is_what_it_begins_with() {
    let (root, _mounted) = mount("#v=1&name=A+%3Cb%3E&w=Chat,30/min,900,350&gpu=8").await;
    assert_eq!(value(&root, "[aria-label='Scenario name']"), "A <b>");
    assert_eq!(value(&root, "#w1-requests"), "30");
    assert!(text(&root, "[role=alert]").contains("“gpu” is not known"));
    press(&root, "[role=alert] button").await;
    assert!(!has(&root, "[role=alert]"));
}

#[wasm_bindgen_test]
fn a_panic_shows_its_message_and_keeps_the_link() {
    let page = web_sys::window().unwrap().document().unwrap();
    let failure = page.create_element("div").unwrap();
    failure.set_id("failure");
    failure.set_attribute("hidden", "").unwrap();
    failure.set_inner_html("<p data-reason></p>");
    page.body().unwrap().append_child(&failure).unwrap();
    let address = page.location().unwrap().href().unwrap();

    kt_capacity::first::browser::show_failure("index out of bounds");

    assert!(!failure.has_attribute("hidden"));
    assert_eq!(failure.text_content().unwrap(), "index out of bounds");
    assert_eq!(page.location().unwrap().href().unwrap(), address);
    failure.remove();
}

#[wasm_bindgen_test]
async fn a_row_comes_and_goes() {
    let (root, _mounted) = mount("#v=1&growth=7").await;
    assert!(!has(&root, "#w5-requests"));
    press(&root, "div.chips .chip").await;
    assert!(has(&root, "#w5-requests"), "the first id that no row has");
    press(&root, "[aria-label=Undo]").await;
    assert!(!has(&root, "#w5-requests"));
}

#[wasm_bindgen_test]
async fn without_a_clipboard_the_text_to_copy_is_shown() {
    let clipboard = js_sys::Object::new();
    let refuse = js_sys::Function::new_no_args("return Promise.reject(new Error('denied'))");
    js_sys::Reflect::set(&clipboard, &"writeText".into(), &refuse).unwrap();
    let property = js_sys::Object::new();
    js_sys::Reflect::set(&property, &"value".into(), &clipboard).unwrap();
    js_sys::Reflect::set(&property, &"configurable".into(), &JsValue::TRUE).unwrap();
    let navigator: js_sys::Object = window().navigator().unchecked_into();
    js_sys::Object::define_property(&navigator, &"clipboard".into(), &property);

    let (root, _mounted) = mount("#v=1&growth=7").await;
    press(&root, ".header__share .button").await;
    let area = find(&root, "textarea.copy__text");
    let area: web_sys::HtmlTextAreaElement = area.unchecked_into();
    assert!(area.value().ends_with("#v=1&growth=7"), "{}", area.value());
    assert!(text(&root, ".header__share .copy__state").contains("Ctrl+C"));
}

/// The page on a fresh element, begun with a link; unmounts when dropped.
async fn mount(hash: &str) -> (HtmlElement, impl Drop) {
    let history = window().history().unwrap();
    history
        .replace_state_with_url(&JsValue::NULL, "", Some(hash))
        .unwrap();
    kt_capacity::first::kept::open();
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    let root: HtmlElement = root.unchecked_into();
    let mounted = leptos::mount::mount_to(root.clone(), App);
    settle().await;
    (root.clone(), Mounted(Some((root, mounted))))
}

/// Unmounts the page and removes its element.
struct Mounted<T>(Option<(HtmlElement, T)>);

impl<T> Drop for Mounted<T> {
    fn drop(&mut self) {
        if let Some((root, mounted)) = self.0.take() {
            drop(mounted);
            root.remove();
        }
    }
}

fn find(root: &HtmlElement, selector: &str) -> HtmlElement {
    let found = root.query_selector(selector).unwrap();
    found.expect(selector).unchecked_into()
}

fn has(root: &HtmlElement, selector: &str) -> bool {
    root.query_selector(selector).unwrap().is_some()
}

fn text(root: &HtmlElement, selector: &str) -> String {
    find(root, selector).text_content().unwrap_or_default()
}

fn value(root: &HtmlElement, selector: &str) -> String {
    find(root, selector)
        .unchecked_into::<HtmlInputElement>()
        .value()
}

fn attribute(root: &HtmlElement, selector: &str, name: &str) -> String {
    find(root, selector).get_attribute(name).unwrap_or_default()
}

async fn type_into(root: &HtmlElement, selector: &str, typed: &str) {
    let input: HtmlInputElement = find(root, selector).unchecked_into();
    input.set_value(typed);
    input.dispatch_event(&Event::new("input").unwrap()).unwrap();
    settle().await;
}

async fn press(root: &HtmlElement, selector: &str) {
    find(root, selector).click();
    settle().await;
}

/// Lets effects run, and all that follows once a key is painted.
async fn settle() {
    for _ in 0..5 {
        tick().await;
    }
    let painted = js_sys::Promise::new(&mut |done, _| {
        kt_capacity::first::browser::after_paint(move || drop(done.call0(&JsValue::NULL)));
    });
    wasm_bindgen_futures::JsFuture::from(painted).await.unwrap();
    tick().await;
}

/// The bits of a thousand futures, as `tests/uncertainty.rs` has them natively.
#[wasm_bindgen_test]
fn futures_are_those_of_the_command() {
    use kt_capacity::catalog::date::date;
    use kt_capacity::plan::uncertainty::{BATCH, Draws};
    let link = "requests-per-day=40k..60k&cached=10..40&growth=15~5&peak-multiplier=2..4..6";
    let (scenario, _) = kt_capacity::scenario::link::from_fragment(link);
    let mut draws = Draws::begin(&scenario, date(2026, 11, 23)).unwrap();
    draws.step(BATCH);
    assert_eq!(draws.fingerprint(), 2_032_681_048_766_788_682);
}

#[wasm_bindgen_test]
fn the_browser_reads_and_writes_the_digits_of_the_standard_library() {
    use kt_capacity::model::digits::{read, shortest, to_places};
    let mut bits = 0x9E37_79B9_7F4A_7C15_u64;
    for n in 0..4_000_u32 {
        // Xorshift: every size of number, and the sizes that people type.
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        let any = f64::from_bits(bits);
        let usual = f64::from(n) / 1000.0 + f64::from(n % 7) * 1e9;
        for value in [any, usual, -usual, usual * 1e-9, usual * 1e18] {
            if !value.is_finite() {
                continue;
            }
            let text = value.to_string();
            // Two shortest texts may be equally near; each reads back as the number.
            let own = shortest(value);
            assert_eq!(own.len(), text.len(), "{own} {text}");
            assert_eq!(read(&own).map(f64::to_bits), Some(value.to_bits()), "{own}");
            if value.abs().to_bits() == usual.to_bits() {
                assert_eq!(own, text);
            }
            assert_eq!(
                read(&text).map(f64::to_bits),
                Some(value.to_bits()),
                "{text}"
            );
            let short = format!("{value:e}");
            assert_eq!(
                read(&short).map(f64::to_bits),
                Some(value.to_bits()),
                "{short}"
            );
        }
        let tiny = f64::from(n % 1000) / 1e6;
        assert_eq!(to_places(tiny, 4), format!("{tiny:.4}"));
    }
}
