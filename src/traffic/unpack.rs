//! From the bytes of a file to those of its content: gzip, ZIP or neither, by the first bytes.

use std::io::{Cursor, Read, Write as _};

use flate2::read::DeflateDecoder;
use flate2::write::MultiGzDecoder;
use zip::ZipArchive;

use super::outcome::Reason;

/// The most that is unpacked, in bytes.
const UNPACKED_MOST: u64 = 1 << 30;
/// From here on a content is refused that is `RATIO_MOST` times its packed size or more:
/// usage never packs that well.
const UNPACKED_FREE: u64 = 64 << 20;
const RATIO_MOST: u64 = 200;
/// The most of an archive that is held, in bytes.
const ARCHIVE_MOST: usize = 256 << 20;
/// A gzip grows by 1032 at most, so pieces of this size stay small unpacked.
const PIECE: usize = 16 << 10;

/// How a file is packed.
pub(crate) enum Packing {
    /// Too little has been seen.
    Unknown(Vec<u8>),
    Plain,
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
    Zip(Vec<u8>),
    Refused(Reason),
}

/// Unpacks a file piece by piece.
pub(crate) struct Unpacker {
    packing: Packing,
    packed: u64,
    unpacked: u64,
}

impl Unpacker {
    pub(crate) fn new() -> Self {
        Self {
            packing: Packing::Unknown(Vec::new()),
            packed: 0,
            unpacked: 0,
        }
    }

    /// Takes a piece and hands on what it holds.
    ///
    /// # Errors
    ///
    /// The content is refused.
    pub(crate) fn push(&mut self, bytes: &[u8], to: &mut impl FnMut(&[u8])) -> Result<(), Reason> {
        self.packed += bytes.len() as u64;
        if let Packing::Unknown(start) = &mut self.packing {
            start.extend_from_slice(bytes);
            if start.len() < 4 {
                return Ok(());
            }
            let start = std::mem::take(start);
            self.packing = packing_of(&start);
            return self.unpack(&start, to);
        }
        self.unpack(bytes, to)
    }

    fn unpack(&mut self, bytes: &[u8], to: &mut impl FnMut(&[u8])) -> Result<(), Reason> {
        match &mut self.packing {
            Packing::Refused(reason) => return Err(*reason),
            Packing::Unknown(_) | Packing::Plain => to(bytes),
            Packing::Zip(archive) => {
                if ARCHIVE_MOST < archive.len() + bytes.len() {
                    return Err(Reason::TooLargeUnpacked);
                }
                archive.extend_from_slice(bytes);
            }
            Packing::Gzip(decoder) => {
                for piece in bytes.chunks(PIECE) {
                    decoder
                        .write_all(piece)
                        .map_err(|_| Reason::TruncatedGzip)?;
                    let content = std::mem::take(decoder.get_mut());
                    self.unpacked += content.len() as u64;
                    check(self.unpacked, self.packed)?;
                    to(&content);
                }
            }
        }
        Ok(())
    }

    /// Hands on what is left; of an archive the members, one after another.
    ///
    /// # Errors
    ///
    /// The content is refused.
    pub(crate) fn finish(mut self, to: &mut impl FnMut(Member)) -> Result<(), Reason> {
        match &mut self.packing {
            Packing::Refused(reason) => Err(*reason),
            Packing::Plain => Ok(()),
            Packing::Unknown(start) => {
                to(Member::Piece(start));
                Ok(())
            }
            Packing::Gzip(decoder) => {
                decoder.try_finish().map_err(|_| Reason::TruncatedGzip)?;
                let content = std::mem::take(decoder.get_mut());
                to(Member::Piece(&content));
                Ok(())
            }
            Packing::Zip(archive) => members(std::mem::take(archive), to),
        }
    }
}

/// Content of a file, or the end of a member of an archive.
pub(crate) enum Member<'a> {
    Piece(&'a [u8]),
    End,
}

fn packing_of(start: &[u8]) -> Packing {
    match start {
        [0x1F, 0x8B, ..] => Packing::Gzip(Box::new(MultiGzDecoder::new(Vec::new()))),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Packing::Zip(Vec::new()),
        // The container of the older Excel.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Packing::Refused(Reason::Spreadsheet),
        _ => Packing::Plain,
    }
}

fn check(unpacked: u64, packed: u64) -> Result<(), Reason> {
    let is_bomb = UNPACKED_FREE < unpacked && packed.saturating_mul(RATIO_MOST) < unpacked;
    if UNPACKED_MOST < unpacked || is_bomb {
        return Err(Reason::TooLargeUnpacked);
    }
    Ok(())
}

fn members(archive: Vec<u8>, to: &mut impl FnMut(Member)) -> Result<(), Reason> {
    let packed = archive.len() as u64;
    let mut zip = ZipArchive::new(Cursor::new(archive)).map_err(|_| Reason::NoUsageInArchive)?;
    let mut usage = Vec::new();
    for at in 0..zip.len() {
        let member = zip.by_index_raw(at).map_err(|_| Reason::NoUsageInArchive)?;
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        if name == "[Content_Types].xml" || name.starts_with("xl/") || name == "content.xml" {
            return Err(Reason::Spreadsheet);
        }
        // The name is only looked at: its last part, and nothing is written anywhere.
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if last.starts_with("amount-") && last.to_ascii_lowercase().ends_with(".csv") {
            usage.push(at);
        }
    }
    if usage.is_empty() {
        return Err(Reason::NoUsageInArchive);
    }
    let mut unpacked = 0;
    for at in usage {
        let raw = zip.by_index_raw(at).map_err(|_| Reason::NoUsageInArchive)?;
        let is_stored = raw.compression() == zip::CompressionMethod::Stored;
        let mut content: Box<dyn Read> = if is_stored {
            Box::new(raw)
        } else {
            Box::new(DeflateDecoder::new(raw))
        };
        let mut piece = vec![0; PIECE];
        loop {
            let length = content
                .read(&mut piece)
                .map_err(|_| Reason::NoUsageInArchive)?;
            if length == 0 {
                break;
            }
            unpacked += length as u64;
            check(unpacked, packed)?;
            to(Member::Piece(&piece[..length]));
        }
        to(Member::End);
    }
    Ok(())
}
