//! Text in `PromQL` and in the notation of its tests.

/// Series of constant samples: `value`, then `times` more.
pub(super) fn constant(value: f64, times: u32) -> String {
    format!("{}x{times}", plain(value))
}

/// Series of samples that grow by `step`.
pub(super) fn growing(from: f64, step: f64, times: u32) -> String {
    format!("{}+{}x{times}", plain(from), plain(step))
}

/// Number in `PromQL` notation, without an exponent.
pub(super) fn plain(value: f64) -> String {
    format!("{value}")
}

/// Ratio as Prometheus' `humanizePercentage` prints it, with four significant digits.
pub(super) fn percentage(ratio: f64) -> String {
    let percent = ratio * 100.0;
    let before = if percent < 1.0 {
        1.0
    } else {
        libm::floor(libm::log10(percent)) + 1.0
    };
    let decimals = [3, 2, 1, 0];
    let decimals = decimals
        .into_iter()
        .zip(1..)
        .find(|(_, digits)| before <= f64::from(*digits))
        .map_or(0, |(decimals, _)| decimals);
    let text = format!("{percent:.decimals$}");
    if text.contains('.') {
        format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
    } else {
        format!("{text}%")
    }
}

/// Selector of a series with one label of any value.
pub(super) fn series(metric: &str, label: &str, value: &str) -> String {
    format!("{metric}{{{label}={}}}", quoted(value))
}

/// Text in `PromQL` quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            // The lexer of `PromQL` reads the replacement character as broken text.
            c if c.is_control() || c == char::REPLACEMENT_CHARACTER => {
                let code = format!("\\u{:04x}", u32::from(c));
                quoted.push_str(&code);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_those_of_prometheus() {
        for (ratio, text) in [
            (0.2, "20%"),
            (0.88, "88%"),
            (0.366_63, "36.66%"),
            (1.1, "110%"),
            (0.05, "5%"),
            (0.999_96, "100%"),
        ] {
            assert_eq!(percentage(ratio), text);
        }
    }

    #[test]
    fn a_text_cannot_leave_its_promql_quotes() {
        for (text, promql) in [
            ("openai", r#""openai""#),
            (r#"a"} or vector(1) #"#, r#""a\"} or vector(1) #""#),
            ("a\\", r#""a\\""#),
            ("a\nb\u{0}\u{fffd}", r#""a\nb\u0000\ufffd""#),
            ("{{ x }}🙂", r#""{{ x }}🙂""#),
        ] {
            assert_eq!(quoted(text), promql);
        }
    }
}
