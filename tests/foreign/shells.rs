//! Command lines from terminals, scripts and chat answers.

use super::{reading, refused, why};
use kt_capacity::import::Kind;

/// Requests a day that a pasted command asks for.
#[track_caller]
fn requests(text: &str) -> f64 {
    let read = reading(text);
    assert_eq!(read.kinds, [Kind::Command], "{text}");
    assert!(read.left.is_empty(), "{text}: {:#?}", read.left);
    read.scenario.workloads[0].requests
}

#[test]
fn a_command_is_read_behind_any_prompt_path_and_program() {
    for text in [
        "./kt-capacity estimate --requests-per-day 70000",
        "$ kt-capacity estimate --requests-per-day=70000 --json | jq .",
        "user@host:~$ sudo kt-capacity estimate --requests-per-day 70000 2>/dev/null && echo",
        "PS C:\\> .\\kt-capacity.exe estimate `\n --requests-per-day 70000 `\n --json\n",
        "kt-capacity.exe estimate ^\r\n  --requests-per-day 70000 ^\r\n --json > a.json\r\n",
        "docker run --rm example/kt-capacity estimate --requests-per-day 70000",
        "N=70000\nkt-capacity estimate --requests-per-day \"$N\"",
        "export N=70000\nkt capacity estimate --requests-per-day ${N}",
        "$env:N = 70000\n.\\kt-capacity.exe estimate --requests-per-day $env:N",
        "set N=70000\r\nkt-capacity.exe estimate --requests-per-day %N%\r\n",
        "```sh\nkt capacity estimate --requests-per-day 70000\n```",
    ] {
        assert!((requests(text) - 70_000.0).abs() < 1e-9, "{text}");
    }
}

#[test]
fn a_variable_that_the_text_does_not_set_is_told_and_nothing_else_is_lost() {
    let read = reading(
        "kt-capacity estimate --requests-per-day 70000 \\\n  --set 'hpa-max=40' --set hpa-min=$MIN \
         --model \"$MODEL\" --json",
    );
    let hpa = &read.scenario.gateway.hpa;
    assert_eq!(hpa.replicas_max, Some(40));
    for flag in ["--set", "--model"] {
        assert!(why(&read, flag).contains("variable"), "{flag}");
    }
    assert_eq!(read.left.len(), 2, "{:#?}", read.left);
}

#[test]
fn a_sentence_about_the_command_is_none() {
    let told = refused("Run kt-capacity estimate to see what it says.").to_string();
    assert!(told.contains("says nothing"), "{told}");
}
