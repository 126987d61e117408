//! The bytes of one column chunk in, its pages out, decompressed and checked: what the Parquet library would index or
//! allocate by without asking is compared with the bytes there are.

use std::sync::{Arc, OnceLock};

use ::parquet::basic::{Compression, Encoding, Type as Physical};
use ::parquet::column::page::{Page, PageMetadata, PageReader};
use ::parquet::errors::{ParquetError, Result as ParquetResult};
use ::parquet::schema::types::ColumnDescPtr;
use bytes::Bytes;

use super::kept::Kept;
use super::thrift::{PageHeader, PageKind};
use super::{codec, packed};
use crate::cell::limits;
use crate::error::{Error, Kind, Result};
use crate::read::columnar::damaged;

/// A page may always become as large as this.
const FREE_BYTES: usize = 64 << 20;
/// Values that a page of a few bytes may always claim.
const FREE_VALUES: usize = 16 << 20;

/// Where the first error of a row group is left, because the library keeps only the texts of errors.
pub(super) type FirstError = Arc<OnceLock<Error>>;

/// The pages of a column chunk.
pub(super) struct Pages {
    chunk: Kept,
    at: usize,
    codec: Compression,
    column: ColumnDescPtr,
    /// The values of its dictionary.
    dictionary: Option<u32>,
    error: FirstError,
}

impl Pages {
    /// The pages of this column chunk.
    pub(super) fn new(chunk: Kept, codec: Compression, column: ColumnDescPtr, error: FirstError) -> Self {
        Pages { chunk, at: 0, codec, column, dictionary: None, error }
    }

    /// The next header that is not an index page's, and the bytes of its page.
    fn peek(&mut self) -> Result<Option<(PageHeader, Bytes)>> {
        loop {
            let rest = self.chunk.from(self.at);
            if rest.is_empty() {
                return Ok(None);
            }
            let header = PageHeader::read(&rest).ok_or_else(|| damaged("its header is malformed"))?;
            let left = rest.len() - header.len;
            if header.compressed > left {
                return Err(damaged(format!("expected {} bytes, found {left}", header.compressed)));
            }
            let end = header.len + header.compressed;
            if header.kind != PageKind::Index {
                let page = rest.slice(header.len..end);
                return Ok(Some((header, page)));
            }
            self.at += end;
        }
    }

    fn next_page(&mut self) -> Result<Option<Page>> {
        if self.chunk.gap_at(self.at).is_some() {
            return Err(damaged("a page is read that was to be left out"));
        }
        let Some((header, page)) = self.peek()? else { return Ok(None) };
        self.at += header.len + header.compressed;
        let most = header.compressed.saturating_mul(limits::INFLATION as usize).max(FREE_BYTES);
        if header.uncompressed > most {
            let (small, large) = (header.compressed, header.uncompressed);
            return Err(Error::new(Kind::Limit, format!("{small} bytes would become {large}")));
        }
        let levels = (header.definition_len as usize).saturating_add(header.repetition_len as usize);
        let buf = self.body(&header, levels, &page)?;
        if header.kind == PageKind::Dictionary {
            self.dictionary(&header, buf).map(Some)
        } else {
            self.data(&header, levels, buf).map(Some)
        }
    }

    /// The decompressed bytes of a page; the levels of version 2 are never compressed.
    fn body(&self, header: &PageHeader, levels: usize, page: &Bytes) -> Result<Bytes> {
        if levels > header.compressed.min(header.uncompressed) {
            return Err(damaged("its levels are longer than the page"));
        }
        if self.codec == Compression::UNCOMPRESSED || !header.is_compressed {
            if header.compressed != header.uncompressed {
                return Err(damaged("its two lengths differ though it is not compressed"));
            }
            return Ok(page.clone());
        }
        let mut out = page[..levels].to_vec();
        let size = header.uncompressed - levels;
        if size > 0 {
            codec::decompress(self.codec, &page[levels..], size, &mut out)
                .map_err(|e| damaged(format!("it cannot be decompressed: {e}")))?;
        }
        Ok(out.into())
    }

    fn dictionary(&mut self, header: &PageHeader, buf: Bytes) -> Result<Page> {
        if self.dictionary.is_some() {
            return Err(damaged("the column has two dictionaries"));
        }
        let bits = self.value_bits();
        let needed = u64::from(header.values) * bits;
        if needed > buf.len() as u64 * 8 || bits == 0 {
            return Err(damaged(format!("{} bytes cannot hold {} values", buf.len(), header.values)));
        }
        let buf = match self.column.physical_type() {
            Physical::BYTE_ARRAY => buf.slice(..strings(&buf, header.values.into())?),
            _ => buf,
        };
        self.dictionary = Some(header.values);
        let encoding = encoding(header.encoding)?;
        Ok(Page::DictionaryPage { buf, num_values: header.values, encoding, is_sorted: false })
    }

    /// The bits of a plain value, at least.
    fn value_bits(&self) -> u64 {
        match self.column.physical_type() {
            Physical::BOOLEAN => 1,
            Physical::INT32 | Physical::FLOAT | Physical::BYTE_ARRAY => 32,
            Physical::INT64 | Physical::DOUBLE => 64,
            Physical::INT96 => 96,
            Physical::FIXED_LEN_BYTE_ARRAY => u64::try_from(self.column.type_length()).unwrap_or(0) * 8,
        }
    }

    fn data(&self, header: &PageHeader, levels: usize, mut buf: Bytes) -> Result<Page> {
        let encoding = encoding(header.encoding)?;
        let version_1 = header.kind == PageKind::Data;
        let (values_at, present) = if version_1 {
            self.version_1_levels(header, &buf)?
        } else {
            let (repetition, definition) = buf[..levels].split_at(header.repetition_len as usize);
            check_levels(repetition, self.column.max_rep_level(), header.values)?;
            (levels, check_levels(definition, self.column.max_def_level(), header.values)?)
        };
        if header.nulls > header.values {
            return Err(damaged(format!("{} of {} values are missing", header.nulls, header.values)));
        }
        buf = self.values(encoding, buf, values_at, header.values - header.nulls, present)?;
        Ok(if version_1 {
            Page::DataPage {
                buf,
                num_values: header.values,
                encoding,
                def_level_encoding: level_encoding(header.definition_encoding)?,
                rep_level_encoding: level_encoding(header.repetition_encoding)?,
                statistics: None,
            }
        } else {
            Page::DataPageV2 {
                buf,
                num_values: header.values,
                encoding,
                num_nulls: header.nulls,
                num_rows: header.rows,
                def_levels_byte_len: header.definition_len,
                rep_levels_byte_len: header.repetition_len,
                is_compressed: false,
                statistics: None,
            }
        })
    }

    /// Checks the section of the values; there are at most so many, and so many by their levels.
    fn values(&self, encoding: Encoding, buf: Bytes, at: usize, most: u32, present: u64) -> Result<Bytes> {
        let section = &buf[at..];
        let malformed = || damaged(format!("its {encoding} values are malformed"));
        let physical = self.column.physical_type();
        let delta_most = u64::from(most).min(section.len().saturating_mul(8).max(FREE_VALUES) as u64);
        match encoding {
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => {
                let codes = self.dictionary.ok_or_else(|| damaged("its dictionary is not there"))?;
                let Some((&width, runs)) = section.split_first() else {
                    // Writers leave out the codes of a page without values; the library wants their width.
                    return Ok([&buf[..], &[0]].concat().into());
                };
                if width > 32 {
                    return Err(damaged(format!("its codes are {width} bits wide")));
                }
                // Of these the library takes the codes on trust.
                let codes = (physical == Physical::FIXED_LEN_BYTE_ARRAY).then_some(codes.into());
                packed::runs(runs, width.into(), most.into(), codes).ok_or_else(malformed)?;
            }
            Encoding::DELTA_BINARY_PACKED if !section.is_empty() => {
                let mut held = 0u64;
                packed::delta(section, delta_most, &mut |_| held += 1).ok_or_else(malformed)?;
                // The library takes one from none.
                if held == 0 && present > 0 {
                    return Err(malformed());
                }
            }
            Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY => {
                let prefixes = encoding == Encoding::DELTA_BYTE_ARRAY;
                packed::delta_lengths(section, delta_most, prefixes).ok_or_else(malformed)?;
            }
            Encoding::RLE => {
                let (len, rest) = section.split_first_chunk::<4>().ok_or_else(malformed)?;
                let runs = rest.get(..u32::from_le_bytes(*len) as usize).ok_or_else(malformed)?;
                packed::runs(runs, 1, most.into(), None).ok_or_else(malformed)?;
            }
            Encoding::BYTE_STREAM_SPLIT => {
                // The library finds the bytes of a value by the number of values, and does not ask whether it is right.
                let needed = present.checked_mul(self.value_bits()).ok_or_else(malformed)?;
                if needed > section.len() as u64 * 8 {
                    return Err(malformed());
                }
            }
            Encoding::PLAIN if physical == Physical::BYTE_ARRAY => {
                // Bytes behind the last value would be divided by the 0 values that are left.
                let end = at + strings(section, most.into())?;
                return Ok(buf.slice(..end));
            }
            _ => {}
        }
        Ok(buf)
    }

    /// Where the values begin behind the levels of version 1, and how many there are.
    fn version_1_levels(&self, header: &PageHeader, buf: &Bytes) -> Result<(usize, u64)> {
        let (mut at, mut present) = (0, u64::from(header.values));
        let kinds = [
            (self.column.max_rep_level(), header.repetition_encoding),
            (self.column.max_def_level(), header.definition_encoding),
        ];
        for (max, encoding) in kinds {
            if max <= 0 {
                continue;
            }
            let len = match level_encoding(encoding)? {
                Encoding::RLE => {
                    buf.get(at..at + 4).map(|b| 4 + u64::from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])))
                }
                _ => Some((u64::from(header.values) * u64::from(16 - max.leading_zeros())).div_ceil(8)),
            };
            let left = (buf.len() - at) as u64;
            let len =
                len.filter(|&n| n <= left).ok_or_else(|| damaged("its levels are longer than the page"))?;
            let level = &buf[at..at + len as usize];
            if level_encoding(encoding)? == Encoding::RLE {
                // The definition levels come last.
                present = check_levels(&level[4..], max, header.values)?;
            }
            at += level.len();
        }
        Ok((at, present))
    }

    /// Says where, keeps the error for the caller, and gives the library something to stop on.
    fn fail(&self, error: &Error) -> ParquetError {
        let name = self.column.path().string();
        let message = format!("column {name:?}, page that ends at byte {} of its chunk: {error}", self.at);
        let _ = self.error.set(Error::new(error.kind(), message.clone()));
        ParquetError::General(message)
    }
}

/// Checks the levels of so many values and returns how many are the highest.
fn check_levels(runs: &[u8], max: i16, values: u32) -> Result<u64> {
    match u16::try_from(max) {
        // Without levels the library reads none.
        Ok(0) | Err(_) => Ok(values.into()),
        Ok(max) => {
            packed::levels(runs, max, values.into()).ok_or_else(|| damaged("its levels are malformed"))
        }
    }
}

fn strings(bytes: &[u8], most: u64) -> Result<usize> {
    packed::plain_strings(bytes, most).ok_or_else(|| damaged("its values end in the middle"))
}

fn encoding(id: i32) -> Result<Encoding> {
    #[expect(deprecated, reason = "old files have it")]
    let packed = Encoding::BIT_PACKED;
    Ok(match id {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        4 => packed,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        _ => return Err(Error::new(Kind::Unsupported, format!("its encoding {id} is not known"))),
    })
}

fn level_encoding(id: i32) -> Result<Encoding> {
    match id {
        3 | 4 => encoding(id),
        _ => Err(damaged(format!("its levels have the encoding {id}"))),
    }
}

impl Iterator for Pages {
    type Item = ParquetResult<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> ParquetResult<Option<Page>> {
        self.next_page().map_err(|e| self.fail(&e))
    }

    fn peek_next_page(&mut self) -> ParquetResult<Option<PageMetadata>> {
        if let Some(gap) = self.chunk.gap_at(self.at) {
            let rows = Some(gap.rows as usize);
            return Ok(Some(PageMetadata { num_rows: rows, num_levels: rows, is_dict: false }));
        }
        let peeked = self.peek().map_err(|e| self.fail(&e))?;
        // Without repetition a row is a value, whatever the header says.
        let has_rows = self.column.max_rep_level() > 0;
        Ok(peeked.map(|(header, _)| PageMetadata {
            num_rows: (has_rows && header.kind == PageKind::DataV2).then_some(header.rows as usize),
            num_levels: (header.kind != PageKind::Dictionary).then_some(header.values as usize),
            is_dict: header.kind == PageKind::Dictionary,
        }))
    }

    fn skip_next_page(&mut self) -> ParquetResult<()> {
        if let Some(gap) = self.chunk.gap_at(self.at) {
            self.at = gap.end;
        } else if let Some((header, _)) = self.peek().map_err(|e| self.fail(&e))? {
            self.at += header.len + header.compressed;
        }
        Ok(())
    }
}
