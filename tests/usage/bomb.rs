//! Archives that unpack to far more than their size.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use kt_capacity::traffic::{Answers, Reader};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{expectations, folder, judge};

const DEEPSEEK: &str =
    "user_id,start_time_iso,end_time_iso,model,api_key_name,api_key,type,price,amount\n";
const DEEPSEEK_LINE: &str =
    "u,2026-10-06T01:00:00Z,2026-10-06T02:00:00Z,m,k,s,output_tokens,0.1,12\n";
const PLAIN: &str = "timestamp,input_tokens,output_tokens\n";
const PLAIN_LINE: &str = "2026-10-05T09:00:02Z,749,279\n";
/// Large enough to be refused, small enough for a test: what comes after the limit is not read.
const UNPACKED: usize = 70_000_000;

/// The header and one line repeated.
fn repeated(mut to: impl std::io::Write, header: &str, line: &str) {
    to.write_all(header.as_bytes()).unwrap();
    let lines = line.repeat(10_000);
    for _ in 0..=UNPACKED / lines.len() {
        to.write_all(lines.as_bytes()).unwrap();
    }
}

/// A ZIP with one deflated member, by hand: the size that its headers give may be a lie.
fn zip_of(name: &str, unpacked: u32, deflated: &[u8]) -> Vec<u8> {
    let packed = u32::try_from(deflated.len()).unwrap();
    let length = u16::try_from(name.len()).unwrap();
    let mut shared = Vec::new();
    shared.extend_from_slice(&[20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
    shared.extend_from_slice(&0_u32.to_le_bytes());
    shared.extend_from_slice(&packed.to_le_bytes());
    shared.extend_from_slice(&unpacked.to_le_bytes());
    shared.extend_from_slice(&length.to_le_bytes());
    shared.extend_from_slice(&[0, 0]);
    let mut zip = b"PK\x03\x04".to_vec();
    zip.extend_from_slice(&shared);
    zip.extend_from_slice(name.as_bytes());
    zip.extend_from_slice(deflated);
    let start = u32::try_from(zip.len()).unwrap();
    zip.extend_from_slice(b"PK\x01\x02\x14\x00");
    zip.extend_from_slice(&shared);
    zip.extend_from_slice(&[0; 14]);
    zip.extend_from_slice(name.as_bytes());
    let size = u32::try_from(zip.len()).unwrap() - start;
    zip.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend_from_slice(&size.to_le_bytes());
    zip.extend_from_slice(&start.to_le_bytes());
    zip.extend_from_slice(&[0, 0]);
    zip
}

fn deflated(write: impl FnOnce(&mut DeflateEncoder<Vec<u8>>)) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    write(&mut encoder);
    encoder.finish().unwrap()
}

fn stored(name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file(name, options).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

fn made(name: &str) -> Vec<u8> {
    let file = format!("{DEEPSEEK}{DEEPSEEK_LINE}");
    let large = || deflated(|to| repeated(to, DEEPSEEK, DEEPSEEK_LINE));
    match name {
        "zip-bomb" => zip_of(
            "amount-2026-10.csv",
            u32::try_from(UNPACKED).unwrap(),
            &large(),
        ),
        "zip-bomb-lying" => zip_of("amount-2026-10.csv", 1000, &large()),
        "gzip-bomb" => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            repeated(&mut encoder, PLAIN, PLAIN_LINE);
            encoder.finish().unwrap()
        }
        "zip-in-zip" => stored("inner.zip", &stored("amount-2026-10.csv", file.as_bytes())),
        "path-traversal" => stored("../../amount-2026-10.csv", file.as_bytes()),
        _ => panic!("{name} is a recipe that this test does not know"),
    }
}

#[test]
fn archives_made_to_harm_are_refused_early() {
    let expected = expectations(&folder());
    for case in expected["described"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let found = judge::outcome(&Reader::read(&made(name), &Answers::default()));
        for (key, value) in case["expect"].as_object().unwrap() {
            if key != "how" {
                assert_eq!(found.get(key), Some(value), "{name}: {key}");
            }
        }
    }
}

#[test]
fn a_gzip_that_breaks_off_is_refused() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(format!("{PLAIN}{}", PLAIN_LINE.repeat(500)).as_bytes())
        .unwrap();
    let whole = encoder.finish().unwrap();
    let cut = judge::outcome(&Reader::read(
        &whole[..whole.len() / 2],
        &Answers::default(),
    ));
    assert_eq!(cut["reason"], json!("truncated_gzip"));
    let read = judge::outcome(&Reader::read(&whole, &Answers::default()));
    assert_eq!(
        read["rows"],
        json!({ "read": 500, "skipped": Value::Object(serde_json::Map::new()) })
    );
}
