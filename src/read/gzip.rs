//! Gzip bytes in as they come, the bytes inside out; members one after the other are one text, as `cat a.gz b.gz` makes
//! them. Checksums and lengths are compared, the format is RFC 1952.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use crate::cell::limits;
use crate::error::{Error, Kind, Result};

/// The bytes a call of [`Inflate::feed`] adds at most, but for a little.
pub const OUT_BYTES: usize = 4 << 20;
/// What is written may always be as long as this, in bytes.
const FREE_BYTES: u64 = 64 << 20;
/// The longest header of a member, with its names and comments.
const HEADER_BYTES: usize = 256 << 10;
const PIECE: usize = 256 << 10;

/// A decompressor that is fed.
pub struct Inflate {
    state: State,
    /// Bytes of an unfinished header or trailer.
    kept: Vec<u8>,
    raw: Decompress,
    crc: Crc,
    members: u64,
    read: u64,
    written: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Header,
    Body,
    Trailer,
}

impl Default for Inflate {
    fn default() -> Self {
        Inflate {
            state: State::Header,
            kept: Vec::new(),
            raw: Decompress::new(false),
            crc: Crc::new(),
            members: 0,
            read: 0,
            written: 0,
        }
    }
}

impl Inflate {
    /// Decompresses the next bytes of the file, adds what they hold to `out`, about [`OUT_BYTES`] at most, and returns
    /// how many of them it took. Where that is fewer than all, the rest is to be fed again; where it is all, nothing is
    /// held back.
    ///
    /// # Errors
    /// `NotThisFormat` where the first bytes are not gzip's; `Damaged` for a wrong checksum or length, malformed data,
    /// and anything but zero bytes behind the last member; `Limit` where [`limits::INFLATION`] is passed.
    pub fn feed(&mut self, compressed: &[u8], out: &mut Vec<u8>) -> Result<usize> {
        let start = out.len();
        let mut at = 0;
        while at < compressed.len() && out.len() - start < OUT_BYTES {
            let used = match self.state {
                State::Header => self.header(&compressed[at..])?,
                State::Body => self.body(&compressed[at..], out)?,
                State::Trailer => self.trailer(&compressed[at..])?,
            };
            at += used;
            self.read += used as u64;
        }
        // The decoder may hold back the end of a match, because a piece was full.
        while at == compressed.len() && self.state == State::Body {
            let before = out.len();
            self.body(&[], out)?;
            if out.len() == before {
                break;
            }
        }
        Ok(at)
    }

    /// Says that the file has ended.
    ///
    /// # Errors
    /// `Damaged` where it ended inside of a member.
    pub fn finish(&self) -> Result<()> {
        if self.state == State::Header && self.kept.is_empty() && self.members > 0 {
            return Ok(());
        }
        Err(damaged(format!("the gzip file ends in the middle: {} bytes were read", self.read))
            .with_hint("it was probably cut off while being written or copied"))
    }

    fn header(&mut self, bytes: &[u8]) -> Result<usize> {
        if self.kept.is_empty() && self.members > 0 {
            let zeros = bytes.iter().take_while(|&&b| b == 0).count();
            if zeros > 0 {
                return Ok(zeros);
            }
        }
        let before = self.kept.len();
        self.kept.extend_from_slice(&bytes[..bytes.len().min(HEADER_BYTES + 1 - before)]);
        let magic = [0x1f, 0x8b, 8];
        if self.kept.iter().zip(magic).any(|(&found, expected)| found != expected) {
            return Err(if self.members == 0 {
                Error::new(Kind::NotThisFormat, "expected a gzip file, found other first bytes")
            } else {
                damaged(format!("something that is not gzip follows the gzip data at byte {}", self.read))
            });
        }
        match header_len(&self.kept) {
            Some(len) => {
                self.kept.clear();
                self.state = State::Body;
                self.raw.reset(false);
                self.crc = Crc::new();
                Ok(len - before)
            }
            None if self.kept.len() > HEADER_BYTES => Err(damaged("the gzip header does not end")),
            None => Ok(bytes.len()),
        }
    }

    fn body(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<usize> {
        let start = out.len();
        let (read, written) = (self.raw.total_in(), self.raw.total_out());
        out.resize(start + PIECE, 0);
        let status = self.raw.decompress(bytes, &mut out[start..], FlushDecompress::None);
        let used = (self.raw.total_in() - read) as usize;
        let added = (self.raw.total_out() - written) as usize;
        out.truncate(start + added);
        self.written += added as u64;
        self.crc.update(&out[start..]);
        let status = status.map_err(|_| {
            damaged(format!("the gzip data is malformed near byte {}", self.read + used as u64))
        })?;
        let most = (self.read + used as u64).saturating_mul(limits::INFLATION).max(FREE_BYTES);
        if self.written > most {
            let (small, large) = (self.read + used as u64, self.written);
            return Err(Error::new(Kind::Limit, format!("{small} bytes of gzip became {large}")));
        }
        if status == Status::StreamEnd {
            self.state = State::Trailer;
        } else if used == 0 && added == 0 && !bytes.is_empty() {
            return Err(damaged(format!("the gzip data makes no sense at byte {}", self.read)));
        }
        Ok(used)
    }

    fn trailer(&mut self, bytes: &[u8]) -> Result<usize> {
        let used = bytes.len().min(8 - self.kept.len());
        self.kept.extend_from_slice(&bytes[..used]);
        if let &[a, b, c, d, e, f, g, h] = &self.kept[..] {
            if self.crc.sum() != u32::from_le_bytes([a, b, c, d]) {
                return Err(damaged("the checksum of the gzip data is wrong: its bytes have changed"));
            }
            if self.crc.amount() != u32::from_le_bytes([e, f, g, h]) {
                return Err(damaged("the length of the gzip data is wrong"));
            }
            self.kept.clear();
            self.members += 1;
            self.state = State::Header;
        }
        Ok(used)
    }
}

fn damaged(message: impl Into<String>) -> Error {
    Error::new(Kind::Damaged, message)
}

/// The length of the header at the start of these bytes, once they have all of it.
fn header_len(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(3)?;
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(u16::from_le_bytes([*bytes.get(10)?, *bytes.get(11)?]));
    }
    for text in [8, 16] {
        if flags & text != 0 {
            at += bytes.get(at..)?.iter().position(|&b| b == 0)? + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    (at <= bytes.len()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, GzBuilder};
    use std::io::Write;

    fn gz(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzBuilder::new().filename("f.csv").write(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// Feeds pieces of this size; checks that the output grows by little more than its bound.
    fn inflate(bytes: &[u8], piece: usize) -> Result<Vec<u8>> {
        let (mut inflate, mut out) = (Inflate::default(), Vec::new());
        for mut part in bytes.chunks(piece) {
            while !part.is_empty() {
                let before = out.len();
                let used = inflate.feed(part, &mut out)?;
                assert!(out.len() - before < OUT_BYTES + 2 * PIECE);
                part = &part[used..];
            }
        }
        inflate.finish().map(|()| out)
    }

    #[test]
    fn members_and_zero_padding_are_one_text_in_any_pieces() {
        let file = [gz(b"one,"), gz(b""), gz(&b"two".repeat(999)), vec![0; 700]].concat();
        let expected = [&b"one,"[..], &b"two".repeat(999)].concat();
        for piece in [1, 2, 3, 7, 100, file.len()] {
            assert_eq!(inflate(&file, piece).unwrap(), expected, "pieces of {piece}");
        }
    }

    #[test]
    fn every_truncation_is_damage() {
        let file = gz(b"some text that is long enough, some text that is long enough");
        for len in 0..file.len() {
            let error = inflate(&file[..len], 5).unwrap_err();
            assert_eq!(error.kind(), Kind::Damaged, "{len} bytes");
            assert_eq!(error.message(), format!("the gzip file ends in the middle: {len} bytes were read"));
        }
    }

    #[test]
    fn no_changed_byte_changes_the_text_unseen() {
        let text = b"some text that is long enough, some text that is long enough";
        let file = gz(text);
        for i in 0..file.len() {
            for flip in [1, 0x80, 0xff] {
                let mut wrong = file.clone();
                wrong[i] ^= flip;
                assert!(inflate(&wrong, 9).map_or(true, |t| t == text), "byte {i}");
            }
        }
    }

    #[test]
    fn other_files_and_what_follows_are_told_apart() {
        assert_eq!(inflate(b"a,b\n1,2\n", 3).unwrap_err().kind(), Kind::NotThisFormat);
        let followed = [gz(b"text"), vec![0, 0], b"garbage".to_vec()].concat();
        let error = inflate(&followed, 1000).unwrap_err();
        assert_eq!(error.kind(), Kind::Damaged);
        let at = gz(b"text").len() + 2;
        assert_eq!(error.message(), format!("something that is not gzip follows the gzip data at byte {at}"));
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        // Deflate itself reaches 1,032; only its repetition in a member without end passes more.
        let zeros = vec![0; 70 << 20];
        assert_eq!(inflate(&gz(&zeros), 1 << 16).unwrap().len(), zeros.len());
        let mut inflate = Inflate { written: FREE_BYTES, ..Inflate::default() };
        let error = inflate.feed(&gz(&zeros[..1 << 20]), &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), Kind::Limit);
    }
}
