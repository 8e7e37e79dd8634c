//! Design tokens, read from their file so that all are shown.

use crate::say::page::style as say;
use leptos::prelude::*;

const FILE: &str = include_str!("../../../style/tokens.css");

/// Token: name, value, and comment.
struct Token {
    name: &'static str,
    value: &'static str,
    about: &'static str,
}

/// Tokens with these name prefixes, in file order, without duplicates.
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
        // Later definitions are for user preferences, such as more contrast.
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

/// Colors in both themes, font sizes, spacing.
#[component]
pub(super) fn Tokens() -> impl IntoView {
    let colors = tokens(&[
        "--surface",
        "--veil",
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
    let head = |text: &'static str| view! { <th scope="col">{text}</th> };
    view! {
        <h2>{say::COLORS}</h2>
        <p>{say::COLORS_NOTE}</p>
        <table class="table">
            <thead>
                <tr>{say::COLORS_HEAD.map(head)}</tr>
            </thead>
            <tbody>{colors.into_iter().map(color).collect_view()}</tbody>
        </table>
        <h2>{say::TYPE}</h2>
        <p>{say::TYPE_NOTE}</p>
        <table class="table">
            <tbody>{tokens(&["--text-"]).into_iter().map(size).collect_view()}</tbody>
        </table>
        <h2>{say::SPACE}</h2>
        <p>{say::SPACE_NOTE}</p>
        <table class="table">
            <tbody>{tokens(&["--space-"]).into_iter().map(space).collect_view()}</tbody>
        </table>
    }
}

fn name(token: &Token) -> impl IntoView + use<> {
    view! {
        <th scope="row">
            <code>{token.name}</code>
        </th>
    }
}

fn color(token: Token) -> impl IntoView {
    let swatch = |theme: &'static str| {
        let class = format!("style__swatch style__{theme}");
        view! {
            <svg class=class viewBox="0 0 48 20" aria-hidden="true">
                <rect width="48" height="20" rx="3" fill=format!("var({})", token.name) />
            </svg>
        }
    };
    view! {
        <tr>
            {name(&token)} <td>{swatch("light")}</td> <td>{swatch("dark")}</td>
            <td>
                <code>{token.value}</code>
            </td>
        </tr>
    }
}

fn size(token: Token) -> impl IntoView {
    view! {
        <tr>
            {name(&token)}
            <td>
                <svg class="style__type" viewBox="0 0 360 40" aria-hidden="true">
                    <text y="28" font-size=format!("var({})", token.name)>
                        {say::TYPE_SAMPLE}
                    </text>
                </svg>
            </td>
            <td>{token.value} " " {token.about}</td>
        </tr>
    }
}

fn space(token: Token) -> impl IntoView {
    let rem = token.value.trim_end_matches("rem").parse::<f64>();
    let pixels = rem.unwrap_or(0.0) * 16.0;
    view! {
        <tr>
            {name(&token)}
            <td>
                <svg class="style__space" viewBox="0 0 48 12" aria-hidden="true">
                    <rect width=pixels.to_string() height="12" fill="var(--accent)" />
                </svg>
            </td>
            <td>{token.value} " " {token.about}</td>
        </tr>
    }
}
