//! Messages about limits that cannot be judged.

use crate::plan::{Unsure, UnsureWhy};
use crate::say::words;

/// Title.
pub(super) fn title(unsure: &Unsure) -> String {
    let name = &unsure.name;
    match unsure.why {
        UnsureWhy::LongestAnswer => [name, ": longest answer unknown"].concat(),
        UnsureWhy::NoPrice { .. } => [name, ": spend limit without prices"].concat(),
        UnsureWhy::Unpublished => [name, ": no limit on requests or tokens known"].concat(),
        UnsureWhy::Baseline => [name, ": the limits are a baseline"].concat(),
    }
}

/// Reason, and the value to enter.
pub(super) fn message(unsure: &Unsure) -> String {
    let Unsure { name, model, .. } = unsure;
    match unsure.why {
        UnsureWhy::LongestAnswer => format!(
            "No max_tokens is sent, and {name} then reserves the longest answer of {model}, which \
             is not known: only the mean answer is counted. Enter the longest answer, or send \
             max_tokens."
        ),
        UnsureWhy::NoPrice { month, ten_minutes } => {
            let month = month.map(|usd| words::usd(usd) + " a month");
            let window = ten_minutes.map(|usd| words::usd(usd) + " in ten minutes");
            let limits: Vec<String> = month.into_iter().chain(window).collect();
            format!(
                "{name} allows {}, and no price is known: enter the price of input and output to \
                 see how much fits.",
                limits.join(" and ")
            )
        }
        UnsureWhy::Unpublished => format!(
            "{name} shows the limits of {model} on requests and tokens to its customers alone: the \
             plan is held to the others. Enter those of your account."
        ),
        UnsureWhy::Baseline => format!(
            "{name} serves requests above these limits as far as it has room. The plan counts on \
             the limits alone."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsure(why: UnsureWhy) -> Unsure {
        Unsure {
            row: 1,
            name: "Mine".into(),
            model: "m".into(),
            why,
        }
    }

    #[test]
    fn a_limit_without_prices_says_what_to_enter() {
        let both = UnsureWhy::NoPrice {
            month: Some(500.0),
            ten_minutes: Some(10.0),
        };
        assert_eq!(
            message(&unsure(both)),
            "Mine allows $500 a month and $10 in ten minutes, and no price is known: enter \
             the price of input and output to see how much fits."
        );
        assert_eq!(title(&unsure(both)), "Mine: spend limit without prices");
    }
}
