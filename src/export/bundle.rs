//! Zip of all files.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, result::ZipResult, write::SimpleFileOptions};

use super::File;
use crate::say::export::bundle as say;
use crate::say::export::origin::PLANNED_ON;

const README: &str = "README.txt";

/// Zip of the valid files and a README that names the files left out as invalid. Equal files give
/// equal bytes.
///
/// Entries are uncompressed, since the files are small, and carry the zip format's first day, since
/// the plan's own day is in the files.
pub fn bundle(files: &[File]) -> Vec<u8> {
    let zip = write(files);
    debug_assert!(zip.is_ok(), "writing to memory: {zip:?}");
    zip.unwrap_or_default()
}

fn write(files: &[File]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::DEFAULT);
    zip.start_file(README, options.unix_permissions(0o644))?;
    zip.write_all(readme(files).as_bytes())?;
    for file in files.iter().filter(|file| file.checked.is_ok()) {
        let mode = if file.text.starts_with("#!") {
            0o755
        } else {
            0o644
        };
        zip.start_file(file.name, options.unix_permissions(mode))?;
        zip.write_all(file.text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// README: the purpose of each file, and the origin from the head of the first.
fn readme(files: &[File]) -> String {
    let mut text = [say::TITLE, "\n\n"].concat();
    for file in files.iter().filter(|file| file.checked.is_ok()) {
        text.push_str(file.name);
        text.push_str(": ");
        text.push_str(say::purpose(file.name));
        text.push('\n');
    }
    let refused = files
        .iter()
        .filter_map(|file| Some((file, file.checked.as_ref().err()?)));
    for (index, (file, faults)) in refused.enumerate() {
        if index == 0 {
            text.push('\n');
            text.push_str(say::HELD_BACK);
            text.push('\n');
        }
        let faults: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        text.push_str(&[file.name, ": ", &faults.join("; "), "\n"].concat());
    }
    let head = files.iter().flat_map(|file| file.text.lines());
    let comments = head.filter_map(|line| line.strip_prefix("# "));
    let mut origin = comments.skip_while(|line| !line.starts_with(PLANNED_ON));
    if let Some(day) = origin.next() {
        text.push('\n');
        text.push_str(day);
        text.push('\n');
        if day.ends_with(':') {
            text.extend(origin.next());
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::catalog::date::date;
    use crate::export::files;
    use crate::plan::evaluate;
    use crate::scenario::Scenario;
    use std::io::Read;
    use zip::ZipArchive;

    fn example() -> Vec<File> {
        let scenario = Scenario::default();
        let plan = evaluate(&scenario, date(2026, 11, 23));
        files(&scenario, &plan, "https://example.org/#v=1&growth=5")
    }

    #[test]
    fn it_opens_and_holds_every_file() {
        let files = example();
        let mut zip = ZipArchive::new(Cursor::new(bundle(&files))).unwrap();
        assert_eq!(zip.len(), files.len() + 1);
        let mut read = |name: &str| {
            let mut text = String::new();
            zip.by_name(name)
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            text
        };
        for file in &files {
            assert_eq!(read(file.name), file.text, "{}", file.name);
        }
        let readme = read(README);
        assert!(
            readme.contains("https://example.org/#v=1&growth=5\n"),
            "{readme}"
        );
        assert!(readme.contains("2026-11-23"), "{readme}");
        assert!(!readme.contains("part of the plan"), "{readme}");
    }

    #[test]
    fn a_refused_file_stays_out_and_the_readme_says_why() {
        let mut scenario = Scenario::default();
        scenario.database.max_connections = Some(1);
        let plan = evaluate(&scenario, date(2026, 11, 23));
        let mut zip = ZipArchive::new(Cursor::new(bundle(&files(&scenario, &plan, "")))).unwrap();
        assert!(zip.by_name("database.yaml").is_err());
        let mut readme = String::new();
        let mut file = zip.by_name(README).unwrap();
        file.read_to_string(&mut readme).unwrap();
        let (_, held) = readme.split_once(say::HELD_BACK).unwrap();
        assert!(
            held.contains("\ndatabase.yaml: max_connections"),
            "{readme}"
        );
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        assert_eq!(bundle(&example()), bundle(&example()));
    }
}
