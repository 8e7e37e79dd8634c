//! `assemble PROGRAM.wasm FOLDER NAME`: splits a program that was linked with
//! `--emit-relocs` and writes `NAME.js`, `NAME_bg.wasm`, the later parts and the script
//! that loads them into the folder.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, folder, name] = arguments.as_slice() else {
        return Err(anyhow!("usage: assemble PROGRAM.wasm FOLDER NAME"));
    };
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let bytes = std::fs::read(program).with_context(|| format!("reading {program}"))?;

    let first = folder.join("first.wasm");
    let script = format!("./{name}.js");
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &first;
    options.main_module = &script;
    transform(options).map_err(|error| anyhow!("splitting {program}: {error:?}"))?;

    Bindgen::new()
        .input_path(&first)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .keep_lld_exports(true)
        .remove_producers_section(true)
        .generate(folder)?;
    std::fs::remove_file(&first)?;
    Ok(())
}
