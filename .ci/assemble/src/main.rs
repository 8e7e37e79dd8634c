//! `assemble PROGRAM.wasm FOLDER NAME`: splits a program that was linked with
//! `--emit-relocs` and writes `NAME.js`, `NAME_bg.wasm`, the later parts and the script
//! that loads them into the folder.
//!
//! `assemble PROGRAM.wasm FOLDER`: writes the script and the program of a worker, which has no
//! parts, named as the program is.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [program, folder, name] => in_parts(program, Path::new(folder), name),
        [program, folder] => whole(program, Path::new(folder)),
        _ => Err(anyhow!("usage: assemble PROGRAM.wasm FOLDER [NAME]")),
    }
}

fn in_parts(program: &str, folder: &Path, name: &str) -> Result<()> {
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

fn whole(program: &str, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(program)
        .web(true)?
        .typescript(false)
        .generate(folder)
}
