//! Pieces of a file for one of two files in, what the file is made of out: long stretches as byte ranges of the source, which a
//! host hands on without reading them, short ones as their bytes.

/// A stretch from so many bytes on is a range: a browser needs more time for a range than to copy fewer.
const LONG: u64 = 64 << 10;

/// A part of a file that is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chunk {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The source's bytes from the first offset to before the second.
    Range(u64, u64),
}

/// Gathers the pieces of one file.
#[derive(Debug, Default)]
pub struct Outlet {
    /// Whether offsets are not those of the source: it is compressed.
    copies: bool,
    chunks: Vec<Chunk>,
    /// Bytes to be written, those of the open stretch last unless it is long.
    held: Vec<u8>,
    /// The stretch that may go on: its first byte, the one behind its last.
    open: Option<(u64, u64)>,
}

impl Outlet {
    /// An outlet; where `copies`, offsets are not those of the source.
    pub fn new(copies: bool) -> Outlet {
        Outlet { copies, ..Outlet::default() }
    }

    /// Takes a piece that stands at this offset.
    pub fn put(&mut self, offset: u64, bytes: &[u8]) {
        let end = offset + bytes.len() as u64;
        if self.copies {
            self.held.extend_from_slice(bytes);
            return;
        }
        let start = match self.open {
            Some((start, before)) if before == offset => start,
            _ => {
                self.close();
                offset
            }
        };
        let was_long = offset - start >= LONG;
        self.open = Some((start, end));
        if was_long {
            return;
        }
        if end - start >= LONG {
            self.held.truncate(self.held.len() - (offset - start) as usize);
        } else {
            self.held.extend_from_slice(bytes);
        }
    }

    /// Takes bytes that are not the source's.
    pub fn add(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.close();
            self.held.extend_from_slice(bytes);
        }
    }

    /// Ends the stretch.
    fn close(&mut self) {
        if let Some((start, end)) = self.open.take().filter(|(start, end)| end - start >= LONG) {
            self.flush();
            self.chunks.push(Chunk::Range(start, end));
        }
    }

    fn flush(&mut self) {
        if !self.held.is_empty() {
            self.chunks.push(Chunk::Bytes(std::mem::take(&mut self.held)));
        }
    }

    /// What was gathered since the last call.
    pub fn taken(&mut self) -> Vec<Chunk> {
        self.close();
        self.flush();
        std::mem::take(&mut self.chunks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file that chunks make of a source.
    fn made(chunks: &[Chunk], source: &[u8]) -> Vec<u8> {
        let bytes = |chunk: &Chunk| match chunk {
            Chunk::Bytes(bytes) => bytes.clone(),
            Chunk::Range(start, end) => source[*start as usize..*end as usize].to_vec(),
        };
        chunks.iter().flat_map(bytes).collect()
    }

    #[test]
    fn chunks_are_the_pieces_whatever_their_lengths() {
        let source: Vec<u8> = (0..1_000_000u32).map(|i| (i * 7 % 251) as u8).collect();
        let long = LONG as usize;
        for lengths in [vec![1, 2, 3], vec![long, 1, long - 1, 1], vec![10, 3 * long, 5, 7], vec![long / 3]] {
            for copies in [false, true] {
                let mut outlets = [Outlet::new(copies), Outlet::new(copies)];
                let mut expected = [Vec::new(), Vec::new()];
                let (mut at, mut chunks) = (0, [Vec::new(), Vec::new()]);
                for i in 0.. {
                    let length = lengths[i % lengths.len()];
                    if at + length > source.len() || i > 3000 {
                        break;
                    }
                    let to = usize::from(i % 5 == 4);
                    let piece = &source[at..at + length];
                    outlets[to].put(at as u64, piece);
                    expected[to].extend_from_slice(piece);
                    at += length;
                    if i % 11 == 10 {
                        chunks[to].extend(outlets[to].taken());
                    }
                }
                for to in 0..2 {
                    chunks[to].extend(outlets[to].taken());
                    assert!(made(&chunks[to], &source) == expected[to], "{lengths:?} {copies}");
                }
            }
        }
    }

    #[test]
    fn other_bytes_stand_between_stretches() {
        let source = vec![7; 2 * LONG as usize];
        let mut outlet = Outlet::new(false);
        outlet.put(0, &source[..10]);
        outlet.add(b"");
        outlet.put(10, &source[10..]);
        outlet.add(b",");
        outlet.put(0, &source[..2]);
        let end = 2 * LONG;
        assert_eq!(outlet.taken(), [Chunk::Range(0, end), Chunk::Bytes(b",\x07\x07".to_vec())]);
    }

    #[test]
    fn long_stretches_are_ranges() {
        let source = vec![7; 3 * LONG as usize];
        let mut outlet = Outlet::new(false);
        for at in (10..source.len()).step_by(10) {
            outlet.put(at as u64 - 10, &source[at - 10..at]);
        }
        let end = (source.len() - 1) / 10 * 10;
        assert_eq!(outlet.taken(), [Chunk::Range(0, end as u64)]);
    }
}
