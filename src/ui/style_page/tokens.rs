//! The tokens, read from their file, so that none is forgotten.

use leptos::prelude::*;

const FILE: &str = include_str!("../../../style/tokens.css");

/// A token: name, value, and what its line says about it.
struct Token {
    name: &'static str,
    value: &'static str,
    about: &'static str,
}

/// The tokens whose names begin so, in the order of the file, each once.
fn tokens(begin: &[&str]) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for line in FILE.lines() {
        let Some((name, rest)) = line.trim().split_once(':') else {
            continue;
        };
        let is_wanted = begin.iter().any(|begin| name.starts_with(begin));
        let Some((value, about)) = rest.split_once(';').filter(|_| is_wanted) else {
            continue;
        };
        let about = about.trim().trim_start_matches("/*").trim_end_matches("*/");
        // A later line of the same name is for a wish of the reader, such as more contrast.
        if found.iter().all(|token| token.name != name) {
            found.push(Token {
                name,
                value: value.trim(),
                about: about.trim(),
            });
        }
    }
    found
}

/// Colors in both themes, sizes of type, spaces.
#[component]
pub(super) fn Tokens() -> impl IntoView {
    let colors = tokens(&[
        "--surface",
        "--ink",
        "--line",
        "--accent",
        "--on-",
        "--focus",
        "--ok",
        "--warn",
        "--danger",
        "--series",
        "--mark",
        "--limit",
        "--code",
    ]);
    let swatch = |token: &Token, theme: &'static str| {
        view! {
            <svg class=format!("style__swatch style__{theme}") viewBox="0 0 48 20" aria-hidden="true">
                <rect width="48" height="20" rx="3" fill=format!("var({})", token.name) />
            </svg>
        }
    };
    let color = |token: Token| {
        view! {
            <tr>
                <th scope="row">
                    <code>{token.name}</code>
                </th>
                <td>{swatch(&token, "light")}</td>
                <td>{swatch(&token, "dark")}</td>
                <td>
                    <code>{token.value}</code>
                </td>
            </tr>
        }
    };
    let size = |token: Token| {
        view! {
            <tr>
                <th scope="row">
                    <code>{token.name}</code>
                </th>
                <td>
                    <svg class="style__type" viewBox="0 0 360 40" aria-hidden="true">
                        <text y="28" font-size=format!("var({})", token.name)>
                            "1,736 rps fits until March"
                        </text>
                    </svg>
                </td>
                <td>{token.value} " " {token.about}</td>
            </tr>
        }
    };
    let space = |token: Token| {
        let pixels = token
            .value
            .trim_end_matches("rem")
            .parse::<f64>()
            .unwrap_or(0.0)
            * 16.0;
        view! {
            <tr>
                <th scope="row">
                    <code>{token.name}</code>
                </th>
                <td>
                    <svg class="style__space" viewBox="0 0 48 12" aria-hidden="true">
                        <rect width=pixels.to_string() height="12" fill="var(--accent)" />
                    </svg>
                </td>
                <td>{token.value} " " {token.about}</td>
            </tr>
        }
    };
    view! {
        <h2>"Colors"</h2>
        <p>"Roles, never hues; light and dark side by side."</p>
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">"Role"</th>
                    <th scope="col">"Light"</th>
                    <th scope="col">"Dark"</th>
                    <th scope="col">"Value"</th>
                </tr>
            </thead>
            <tbody>{colors.into_iter().map(color).collect_view()}</tbody>
        </table>
        <h2>"Type"</h2>
        <p>"System fonts, six sizes, tabular numerals, line heights in steps of 4 px."</p>
        <table class="table">
            <tbody>{tokens(&["--text-"]).into_iter().map(size).collect_view()}</tbody>
        </table>
        <h2>"Space"</h2>
        <p>"A grid of 4 px."</p>
        <table class="table">
            <tbody>{tokens(&["--space-"]).into_iter().map(space).collect_view()}</tbody>
        </table>
    }
}
