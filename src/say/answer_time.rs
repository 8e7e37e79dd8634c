//! Measured times to answer at a provider.

use super::words;

/// Note on the times of a provider: mean answer and first token, seconds, and output tokens per
/// second.
pub fn times(name: &str, [answer_s, ttft_s, output_tps]: [f64; 3], is_measured: bool) -> String {
    let [answer, first, speed] = [answer_s, ttft_s, output_tps].map(words::significant);
    let how = how(is_measured);
    format!(
        "{name} answers in {answer} s on average, as measured: {first} s to the first token \
         ({how}), then {speed} tokens a second."
    )
}

/// Origin of a time to the first token.
fn how(is_measured: bool) -> &'static str {
    if is_measured {
        "measured"
    } else {
        "a guess: the file does not tell it"
    }
}

/// Label of a provider's time to the first token.
pub fn first_token(name: &str) -> String {
    format!("First token, {name} (s)")
}

/// Label of a provider's output speed.
pub fn speed(name: &str) -> String {
    format!("Speed, {name} (tokens a second)")
}

/// Certainty of a time to the first token.
pub fn first_token_is(is_measured: bool) -> String {
    how(is_measured).to_owned()
}

/// Certainty of an output speed.
pub fn speed_is(answer_s: f64, is_measured: bool) -> String {
    if is_measured {
        return "measured".to_owned();
    }
    let answer = words::significant(answer_s);
    format!("so that a mean answer takes the measured {answer} s, with the first token beside it")
}

/// A time or a speed, as listed.
pub fn value(of: f64) -> String {
    words::significant(of)
}
