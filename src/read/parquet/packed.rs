//! The run-length and delta encodings of Parquet, walked before the library decodes them: it trusts their varints, the
//! signs of their lengths and some of their codes. Every function gives `None` where the library would not survive.

/// Passes over a varint of at most ten bytes.
fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..70).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn zigzag(raw: u64) -> i64 {
    (raw >> 1) as i64 ^ -((raw & 1) as i64)
}

/// The number at this bit, of up to 64 bits; bits beyond the end are 0.
fn bits(bytes: &[u8], bit: usize, width: usize) -> u64 {
    let mut window = [0; 16];
    let rest = bytes.get(bit / 8..).unwrap_or_default();
    let n = rest.len().min(9);
    window[..n].copy_from_slice(&rest[..n]);
    let value = u128::from_le_bytes(window) >> (bit % 8);
    (value & ((1u128 << width) - 1)) as u64
}

/// Walks runs of numbers of `width` bits until there are `wanted`, or the bytes end between two runs. With a number
/// of `codes`, all must be below it.
pub(super) fn runs(bytes: &[u8], width: usize, wanted: u64, codes: Option<u64>) -> Option<()> {
    let (mut at, mut seen) = (0, 0u64);
    while seen < wanted && at < bytes.len() {
        let head = varint(bytes, &mut at)?;
        if head == 0 {
            // Some writers pad with zeros; nothing behind them is read.
            return Some(());
        }
        let run = if head & 1 == 1 { (head >> 1).checked_mul(8)? } else { head >> 1 };
        let len =
            if head & 1 == 1 { (head >> 1).checked_mul(width as u64)? } else { width.div_ceil(8) as u64 };
        let rest = bytes.len() - at;
        if let Some(codes) = codes {
            let here = if head & 1 == 1 { run.min(wanted - seen) } else { 1 };
            let width = if head & 1 == 1 { width } else { width.div_ceil(8) * 8 };
            let whole = (rest * 8).checked_div(width).map_or(here.min(1), |fit| here.min(fit as u64));
            let packed = &bytes[at..];
            if (0..whole as usize).any(|i| bits(packed, i * width, width) >= codes) {
                return None;
            }
        }
        seen = seen.saturating_add(run);
        at += usize::try_from(len).unwrap_or(usize::MAX).min(rest);
    }
    Some(())
}

/// Walks runs of levels, the first `wanted` of which must be there and none above `max`: the library takes the lengths
/// of packed runs on trust. Returns how many are `max`.
pub(super) fn levels(bytes: &[u8], max: u16, wanted: u64) -> Option<u64> {
    let width = (u16::BITS - max.leading_zeros()) as usize;
    let (mut at, mut left, mut highest) = (0, wanted, 0);
    while left > 0 {
        let head = varint(bytes, &mut at)?;
        let (is_packed, n) = (head & 1 == 1, head >> 1);
        let run = if is_packed { n.checked_mul(8)? } else { n };
        let here = run.min(left);
        let (width, values) = if is_packed { (width, here) } else { (width.div_ceil(8) * 8, 1) };
        let rest = &bytes[at..];
        if values.checked_mul(width as u64)? > rest.len() as u64 * 8 {
            return None;
        }
        let highest_here = if width == 1 { ones(rest, here) } else { counted(rest, width, values, max)? };
        highest += if is_packed { highest_here } else { highest_here * here };
        left -= here;
        let len = if is_packed { n.checked_mul(width as u64)? } else { width as u64 / 8 };
        at += usize::try_from(len).unwrap_or(usize::MAX).min(rest.len());
    }
    Some(highest)
}

/// How many of the first bits are set.
fn ones(bytes: &[u8], n: u64) -> u64 {
    let whole = (n / 8) as usize;
    let ones: u64 = bytes[..whole].iter().map(|byte| u64::from(byte.count_ones())).sum();
    ones + u64::from(bits(bytes, whole * 8, (n % 8) as usize).count_ones())
}

/// How many of the first numbers are `max`; `None` where one is above it.
fn counted(bytes: &[u8], width: usize, n: u64, max: u16) -> Option<u64> {
    let mut found = 0;
    for i in 0..n as usize {
        let level = bits(bytes, i * width, width);
        if level > u64::from(max) {
            return None;
        }
        found += u64::from(level == u64::from(max));
    }
    Some(found)
}

/// Walks a delta-packed section of at most `most` numbers and returns how many bytes it has; the numbers go to `each`.
pub(super) fn delta(bytes: &[u8], most: u64, each: &mut dyn FnMut(i64)) -> Option<usize> {
    let mut at = 0;
    let block = varint(bytes, &mut at)?;
    let n_minis = varint(bytes, &mut at)?;
    let total = varint(bytes, &mut at)?;
    let mut value = zigzag(varint(bytes, &mut at)?);
    if !(128..=1 << 20).contains(&block)
        || !block.is_multiple_of(128)
        || n_minis == 0
        || !block.is_multiple_of(n_minis)
    {
        return None;
    }
    let mini = (block / n_minis) as usize;
    if !mini.is_multiple_of(32) || total > most {
        return None;
    }
    let mut left = total;
    if left > 0 {
        each(value);
        left -= 1;
    }
    while left > 0 {
        let least = zigzag(varint(bytes, &mut at)?);
        let widths = bytes.get(at..at.checked_add(n_minis as usize)?)?;
        at += widths.len();
        for &width in widths {
            if left == 0 {
                break;
            }
            let width = usize::from(width);
            let packed = bytes.get(at..)?;
            let here = left.min(mini as u64) as usize;
            // The last miniblock need not be padded.
            if width > 64 || packed.len() * 8 < here * width {
                return None;
            }
            for i in 0..here {
                value = value.wrapping_add(least).wrapping_add(bits(packed, i * width, width) as i64);
                each(value);
            }
            left -= here as u64;
            at += (mini * width / 8).min(packed.len());
        }
    }
    Some(at)
}

/// Checks lengths that are delta-packed: none is negative, and together they fit behind themselves. `prefixes`: a
/// section of the lengths of shared prefixes comes first.
pub(super) fn delta_lengths(bytes: &[u8], most: u64, prefixes: bool) -> Option<()> {
    let (mut fine, mut n_prefixes, mut n_suffixes, mut sum) = (true, 0u64, 0u64, 0u64);
    let mut at = 0;
    if prefixes {
        at = delta(bytes, most, &mut |n| {
            fine &= (0..=i64::from(i32::MAX)).contains(&n);
            n_prefixes += 1;
        })?;
    }
    let used = delta(&bytes[at..], most, &mut |n| {
        fine &= (0..=i64::from(i32::MAX)).contains(&n);
        n_suffixes += 1;
        sum = sum.saturating_add(n as u64);
    })?;
    let rest = (bytes.len() - at - used) as u64;
    (fine && sum <= rest && (!prefixes || n_prefixes == n_suffixes)).then_some(())
}

/// How many of the first bytes hold `most` strings with their lengths before them, or as many as there are.
pub(super) fn plain_strings(bytes: &[u8], most: u64) -> Option<usize> {
    let mut at = 0;
    for _ in 0..most {
        if at == bytes.len() {
            break;
        }
        let (len, rest) = bytes[at..].split_first_chunk::<4>()?;
        let len = u32::from_le_bytes(*len) as usize;
        at = (len <= rest.len()).then(|| at + 4 + len)?;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_walked_and_codes_compared() {
        // Eight packed 3-bit codes 0..=7 (the format's own example), then 9 times 2.
        let both = [3, 0b1000_1000, 0b1100_0110, 0b1111_1010, 18, 2];
        let cases: [(&[u8], usize, u64, Option<u64>, bool); 7] = [
            (&both, 3, 17, None, true),
            (&both, 3, 17, Some(8), true),
            (&both, 3, 17, Some(7), false),
            (&[18, 2], 3, 9, Some(2), false),
            (&[18, 2], 3, 9, Some(3), true),
            (&[0xff; 11], 3, 9, None, false),
            (&[], 3, 9, None, true),
        ];
        for (bytes, width, wanted, codes, fine) in cases {
            assert_eq!(runs(bytes, width, wanted, codes).is_some(), fine, "{bytes:?} {codes:?}");
        }
    }

    #[test]
    fn levels_are_all_there_and_none_is_above_the_highest() {
        // Eight packed 2-bit levels 0, 1, 2, 0 …, then 9 times 2.
        let both = [3, 0b0010_0100, 0b0100_1001, 18, 2];
        let cases: [(&[u8], u16, u64, Option<u64>); 11] = [
            (&both, 2, 17, Some(11)),
            (&both, 2, 7, Some(2)),
            (&both, 3, 17, Some(0)),
            (&both, 2, 18, None),
            (&[3, 0b0010_0100, 0b1100_1001], 2, 8, None),
            (&[18, 3], 2, 9, None),
            // A packed run says 16 levels and has 8.
            (&[5, 0b0110_1111], 1, 8, Some(6)),
            (&[5, 0b0110_1111], 1, 5, Some(4)),
            (&[5, 0b0110_1111], 1, 9, None),
            (&[0, 0, 18, 1], 1, 9, Some(9)),
            (&[], 1, 1, None),
        ];
        for (bytes, max, wanted, highest) in cases {
            assert_eq!(levels(bytes, max, wanted), highest, "{bytes:?} {max} {wanted}");
        }
    }

    #[test]
    fn a_delta_section_gives_its_numbers() {
        // The format's own second example: 7, 5, 3, 1, 2, 3, 4, 5.
        let bytes = [&[0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0b1100_0000, 0x3f, 0, 0, 0, 0, 0, 0][..]].concat();
        let mut got = Vec::new();
        assert_eq!(delta(&bytes, 8, &mut |n| got.push(n)), Some(18));
        assert_eq!(got, [7, 5, 3, 1, 2, 3, 4, 5]);
        assert_eq!(delta(&bytes, 7, &mut |_| ()), None);
        assert_eq!(delta(&bytes[..11], 8, &mut |_| ()), None);
    }

    #[test]
    fn strings_are_counted_by_their_lengths() {
        let bytes = [2, 0, 0, 0, b'a', b'b', 0, 0, 0, 0];
        assert_eq!(plain_strings(&bytes, 9), Some(10));
        assert_eq!(plain_strings(&bytes, 1), Some(6));
        assert_eq!(plain_strings(&bytes[..5], 9), None);
    }
}
