//! From the bytes of a file to those of its content: gzip, ZIP or neither, by the first bytes.

use std::io::{self, Cursor, Read, Write as _};

use flate2::read::DeflateDecoder;
use flate2::write::GzDecoder;
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
    /// What it holds may be packed again, as where a log is delivered in packed pieces.
    Gzip(Box<GzDecoder<Vec<u8>>>, Box<Unpacker>),
    Zip(Vec<u8>),
    Refused(Reason),
}

/// Unpacks a file piece by piece.
pub(crate) struct Unpacker {
    packing: Packing,
    packed: u64,
    unpacked: u64,
    /// How often the content was packed before this.
    depth: usize,
}

impl Unpacker {
    pub(crate) fn new() -> Self {
        Self::at(0)
    }

    fn at(depth: usize) -> Self {
        Self {
            packing: Packing::Unknown(Vec::new()),
            packed: 0,
            unpacked: 0,
            depth,
        }
    }

    /// Takes a piece and hands on what it holds.
    ///
    /// # Errors
    ///
    /// The content is refused.
    pub(crate) fn push(&mut self, bytes: &[u8], to: &mut dyn FnMut(&[u8])) -> Result<(), Reason> {
        self.packed += bytes.len() as u64;
        if let Packing::Unknown(start) = &mut self.packing {
            start.extend_from_slice(bytes);
            if start.len() < 4 {
                return Ok(());
            }
            let start = std::mem::take(start);
            self.packing = packing_of(&start, self.depth);
            return self.unpack(&start, to);
        }
        self.unpack(bytes, to)
    }

    fn unpack(&mut self, bytes: &[u8], to: &mut dyn FnMut(&[u8])) -> Result<(), Reason> {
        match &mut self.packing {
            Packing::Refused(reason) => return Err(*reason),
            Packing::Unknown(_) | Packing::Plain => to(bytes),
            Packing::Zip(archive) => {
                if ARCHIVE_MOST < archive.len() + bytes.len() {
                    return Err(Reason::TooLargeUnpacked);
                }
                archive.extend_from_slice(bytes);
            }
            Packing::Gzip(decoder, inner) => {
                for piece in bytes.chunks(PIECE) {
                    inflate(decoder, piece).map_err(|_| Reason::TruncatedGzip)?;
                    let content = std::mem::take(decoder.get_mut());
                    self.unpacked += content.len() as u64;
                    check(self.unpacked, self.packed)?;
                    inner.push(&content, to)?;
                }
            }
        }
        Ok(())
    }

    /// Passes on the remaining text; the members of an archive that hold usage follow one
    /// another. Says whether others were left out.
    ///
    /// # Errors
    ///
    /// The content is refused.
    pub(crate) fn finish(
        mut self,
        judge: &dyn Fn(&Beginning) -> Worth,
        to: &mut dyn FnMut(Member),
    ) -> Result<bool, Reason> {
        match &mut self.packing {
            Packing::Refused(reason) => Err(*reason),
            Packing::Plain => Ok(false),
            Packing::Unknown(start) => {
                to(Member::Piece(start));
                Ok(false)
            }
            Packing::Gzip(decoder, inner) => {
                decoder.try_finish().map_err(|_| Reason::TruncatedGzip)?;
                let content = std::mem::take(decoder.get_mut());
                let mut inner = std::mem::replace(inner, Box::new(Self::new()));
                inner.push(&content, &mut |piece| to(Member::Piece(piece)))?;
                inner.finish(judge, to)
            }
            Packing::Zip(archive) => members(std::mem::take(archive), judge, to),
        }
    }
}

/// Content of a file, or the end of a member of an archive.
pub(crate) enum Member<'a> {
    Piece(&'a [u8]),
    End,
}

/// The first bytes of a member of an archive.
pub(crate) struct Beginning {
    pub(crate) bytes: Vec<u8>,
    /// Whether more follows.
    pub(crate) is_cut: bool,
}

/// How a member of an archive is to be taken, by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Worth {
    /// A note or the like: it tells no source anything.
    Nothing,
    /// It is known for what it is, and is no usage.
    Refused,
    /// It may be usage, if the reader says how.
    Possible,
    /// Usage of a source.
    Usage,
}

/// The bytes of a member that are judged.
const BEGINNING: usize = 256 << 10;

/// The most times that a content is packed, one in the other.
const DEPTH_MOST: usize = 3;

fn packing_of(start: &[u8], depth: usize) -> Packing {
    match start {
        [0x1F, 0x8B, ..] if depth < DEPTH_MOST => {
            let inner = Unpacker::at(depth + 1);
            Packing::Gzip(Box::new(GzDecoder::new(Vec::new())), Box::new(inner))
        }
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Packing::Zip(Vec::new()),
        [b'P', b'A', b'R', b'1', ..] => Packing::Refused(Reason::Parquet),
        [b'%', b'P', b'D', b'F', ..] | [0x89, b'P', b'N', b'G', ..] => {
            Packing::Refused(Reason::Picture)
        }
        // The container of the older Excel.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Packing::Refused(Reason::Spreadsheet),
        _ => Packing::Plain,
    }
}

/// Unpacks a piece. Where a gzip ends, another one may follow, or zeros that fill up a block.
fn inflate(decoder: &mut GzDecoder<Vec<u8>>, piece: &[u8]) -> io::Result<()> {
    let mut rest = piece;
    while !rest.is_empty() {
        let length = decoder.write(rest)?;
        rest = &rest[length..];
        if length == 0 {
            decoder.try_finish()?;
            let zeros = rest.iter().take_while(|byte| **byte == 0).count();
            rest = &rest[zeros..];
            if !rest.is_empty() {
                *decoder = GzDecoder::new(std::mem::take(decoder.get_mut()));
            }
        }
    }
    Ok(())
}

fn check(unpacked: u64, packed: u64) -> Result<(), Reason> {
    let is_bomb = UNPACKED_FREE < unpacked && packed.saturating_mul(RATIO_MOST) < unpacked;
    if UNPACKED_MOST < unpacked || is_bomb {
        return Err(Reason::TooLargeUnpacked);
    }
    Ok(())
}

fn members(
    archive: Vec<u8>,
    judge: &dyn Fn(&Beginning) -> Worth,
    to: &mut dyn FnMut(Member),
) -> Result<bool, Reason> {
    let packed = archive.len() as u64;
    let mut zip = ZipArchive::new(Cursor::new(archive)).map_err(|_| Reason::TruncatedZip)?;
    let (named, mut is_any_left) = usage_of(&mut zip)?;
    let mut probed = 0;
    let mut judged = Vec::new();
    for at in named {
        let beginning = beginning(&mut zip, at)?;
        probed += beginning.bytes.len() as u64;
        check(probed, packed)?;
        // Archives and spreadsheets are not followed inwards.
        let is_plain = matches!(packing_of(&beginning.bytes, 0), Packing::Plain);
        if is_plain && !beginning.bytes.is_empty() {
            judged.push((at, judge(&beginning)));
        } else {
            is_any_left = true;
        }
    }
    let most = judged.iter().map(|(_, worth)| *worth).max();
    let most = most.ok_or(Reason::NoUsageInArchive)?;
    let mut kept: Vec<usize> = judged
        .iter()
        .filter(|(_, worth)| *worth == most)
        .map(|it| it.0)
        .collect();
    if most < Worth::Possible {
        // One of those that hold no usage says why.
        kept.truncate(1);
    }
    is_any_left |= kept.len() < judged.len();
    let mut unpacked = 0;
    for at in kept {
        let mut content = content(&mut zip, at)?;
        let mut piece = vec![0; PIECE];
        let mut inner = Unpacker::at(1);
        loop {
            let length = content.read(&mut piece).map_err(|_| Reason::TruncatedZip)?;
            if length == 0 {
                break;
            }
            unpacked += length as u64;
            check(unpacked, packed)?;
            inner.push(&piece[..length], &mut |piece| to(Member::Piece(piece)))?;
        }
        inner.finish(judge, to)?;
        to(Member::End);
    }
    Ok(is_any_left)
}

/// A member unpacked, as far as it is stored or deflated.
fn content(zip: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize) -> Result<Box<dyn Read + '_>, Reason> {
    let raw = zip.by_index_raw(at).map_err(|_| Reason::TruncatedZip)?;
    let is_stored = raw.compression() == zip::CompressionMethod::Stored;
    Ok(if is_stored {
        Box::new(raw)
    } else {
        Box::new(DeflateDecoder::new(raw))
    })
}

/// The first bytes of a member, as far as they can be unpacked.
fn beginning(zip: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize) -> Result<Beginning, Reason> {
    let mut content = content(zip, at)?;
    let mut bytes = vec![0; BEGINNING + 1];
    let mut length = 0;
    while length < bytes.len() {
        match content.read(&mut bytes[length..]) {
            Ok(0) | Err(_) => break,
            Ok(more) => length += more,
        }
    }
    let mut is_cut = BEGINNING < length;
    bytes.truncate(length.min(BEGINNING));
    if let Packing::Gzip(..) = packing_of(&bytes, 0) {
        // Of a part of a gzip, the beginning of its content is known.
        let mut content = Vec::new();
        let mut inner = Unpacker::at(1);
        inner
            .push(&bytes, &mut |piece| content.extend_from_slice(piece))
            .and_then(|()| {
                let to = &mut |member: Member| match member {
                    Member::Piece(piece) => content.extend_from_slice(piece),
                    Member::End => {}
                };
                inner.finish(&|_| Worth::Nothing, to)
            })
            .ok();
        is_cut |= BEGINNING < content.len();
        content.truncate(BEGINNING);
        bytes = content;
    }
    Ok(Beginning { bytes, is_cut })
}

/// The members that may hold usage, and whether any was passed over whose name says nothing.
/// Names are only looked at, and nothing is written anywhere: of an archive of `DeepSeek` the
/// amounts count, not the costs beside them.
fn usage_of(zip: &mut ZipArchive<Cursor<Vec<u8>>>) -> Result<(Vec<usize>, bool), Reason> {
    let (mut amounts, mut others) = (Vec::new(), Vec::new());
    for at in 0..zip.len() {
        let member = zip.by_index_raw(at).map_err(|_| Reason::TruncatedZip)?;
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        if name == "[Content_Types].xml" || name.starts_with("xl/") || name == "content.xml" {
            return Err(Reason::Spreadsheet);
        }
        match name.rsplit(['/', '\\']).next().unwrap_or_default() {
            last if last.starts_with("amount-") => amounts.push(at),
            last if last.is_empty() || last.starts_with('.') || last.starts_with("cost-") => {}
            _ => others.push(at),
        }
    }
    if amounts.is_empty() {
        return Ok((others, false));
    }
    Ok((amounts, !others.is_empty()))
}
