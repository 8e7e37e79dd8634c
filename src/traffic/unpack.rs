//! Unpacking: gzip, ZIP or neither, by the first bytes.

use std::io::{self, Cursor, Read, Write as _};

use flate2::read::DeflateDecoder;
use flate2::write::GzDecoder;
use zip::ZipArchive;

use super::outcome::Reason;

/// Maximum unpacked size, bytes.
const UNPACKED_MOST: u64 = 1 << 30;
/// Size from which on contents of `RATIO_MOST` times their packed size are refused: usage never
/// packs that well.
const UNPACKED_FREE: u64 = 64 << 20;
const RATIO_MOST: u64 = 200;
/// Maximum size of an archive, bytes.
const ARCHIVE_MOST: usize = 256 << 20;
/// Size of pieces: gzip expands by at most 1032, so they stay small.
const PIECE: usize = 16 << 10;

/// Packing of a file.
pub(crate) enum Packing {
    /// Undetermined as yet.
    Unknown(Vec<u8>),
    Plain,
    /// Gzip, whose content may be packed again, as with logs delivered in packed pieces.
    Gzip(Box<GzDecoder<Vec<u8>>>, Box<Unpacker>),
    Zip(Vec<u8>),
    Refused(Reason),
}

/// Unpacks a file incrementally.
pub(crate) struct Unpacker {
    packing: Packing,
    packed: u64,
    unpacked: u64,
    /// Number of enclosing packings.
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

    /// Adds a piece and passes on its content.
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

    /// Passes on the remaining text; archive members with usage follow one another. Returns whether
    /// other members were skipped.
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

/// First bytes of an archive member.
pub(crate) struct Beginning {
    pub(crate) bytes: Vec<u8>,
    /// Whether more bytes follow.
    pub(crate) is_cut: bool,
}

/// Assessment of an archive member, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Worth {
    /// No source, such as a note.
    Nothing,
    /// A recognized kind of file without usage.
    Refused,
    /// Usage, perhaps, if the reader answers a question.
    Possible,
    /// Usage of a source.
    Usage,
}

/// Number of bytes assessed per member.
const BEGINNING: usize = 256 << 10;

/// Maximum nested packings.
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
        // Container of older Excel files.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Packing::Refused(Reason::Spreadsheet),
        _ => Packing::Plain,
    }
}

/// Unpacks a piece. A gzip may be followed by another one, or by zero padding.
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
        // Nested archives and spreadsheets are not opened.
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
        // One member without usage gives the reason.
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

/// Unpacked content of a member, if stored or deflated.
fn content(zip: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize) -> Result<Box<dyn Read + '_>, Reason> {
    let raw = zip.by_index_raw(at).map_err(|_| Reason::TruncatedZip)?;
    let is_stored = raw.compression() == zip::CompressionMethod::Stored;
    Ok(if is_stored {
        Box::new(raw)
    } else {
        Box::new(DeflateDecoder::new(raw))
    })
}

/// First bytes of a member, as far as they can be unpacked.
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
        // For part of a gzip, the first bytes of its content.
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

/// Members that may have usage, and whether any others were skipped. Names are only inspected, and
/// nothing is written: in an archive of `DeepSeek` the amounts count, not the costs.
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
