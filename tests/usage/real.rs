//! Real traces, which are not part of this repository: found in `../shared/data` beside it or
//! in the folder that `VECTORS_DIR` names.

use std::path::PathBuf;
use std::{env, fs};

use kt_capacity::traffic::Answers;

use super::{expectations, folder, judge};

fn real_folder() -> PathBuf {
    env::var_os("VECTORS_DIR").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from)
}

#[test]
fn real_traces_say_what_is_expected() {
    let expected = expectations(&folder());
    for case in expected["real"].as_array().unwrap() {
        let name = case["file"].as_str().unwrap().trim_start_matches("../");
        let Ok(bytes) = fs::read(real_folder().join(name)) else {
            println!("{name}: skipped");
            continue;
        };
        let (format, faults) = judge::reading(&case["expect"], &bytes, &Answers::default());
        assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
        println!("{name}: judged as {format}");
    }
}
