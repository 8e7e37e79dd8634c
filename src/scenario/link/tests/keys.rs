//! Links that a person or a program writes, and addresses of others.

use super::super::found;

/// A person or a program writes a link by its keys, and the version is not one of them.
#[test]
fn a_link_without_a_version_is_known_by_its_keys() {
    for text in [
        "https://a.example/#requests-per-day=123000",
        "https://a.example/#requests-per-day=50000&avg-input-tokens=1500",
        "https://a.example/?utm_source=mail#growth=5&view=brief",
        "https://a.example/?growth=5&peak-multiplier=4",
        "#p=groq,llama-3.3-70b,Developer,60&p=openai",
        "https://a.example/#requests-per-day=5&avg-inptu-tokens=9&growth=5",
        "https://a.example/#growth=much",
    ] {
        assert!(found(text).is_some(), "{text}");
    }
    for text in [
        "https://docs.example/guide#events",
        "https://docs.example/guide#size",
        "https://docs.example/#page=3",
        "https://docs.example/#size=9&page=3",
        "https://maps.example/#p=48.1,11.5",
        "https://shop.example/?size=9&page=3",
        "https://shop.example/?growth=5&utm_source=mail",
        "https://shop.example/#name=a&theme=dark",
        "https://shop.example/#",
        "name=://&w=%23,5/min,1,1&p=openai",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
}
