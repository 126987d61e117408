//! The bytes in which a partial crosses from a worker to its host: a sketch in, its canonical bytes out, and back.
//!
//! Little-endian, without field names or versions: both ends are the same build. What saved files hold is another
//! type. Equal states give equal bytes, so the tests compare bytes. Unpacking never panics, and allocates no more than a small
//! multiple of its input.

use std::collections::BTreeMap;

use crate::error::{Error, Kind, Result};

/// What can be packed. Every value takes at least one byte.
pub trait Pack: Sized {
    /// Appends the canonical bytes.
    fn pack(&self, out: &mut Vec<u8>);

    /// Takes a value off the front of the input.
    ///
    /// # Errors
    /// `Damaged` where the input ends early or holds what `pack` does not write.
    fn unpack(input: &mut &[u8]) -> Result<Self>;

    /// Appends many values.
    fn pack_all(items: &[Self], out: &mut Vec<u8>) {
        for item in items {
            item.pack(out);
        }
    }

    /// Takes this many values off the front of the input.
    ///
    /// # Errors
    /// As [`Pack::unpack`].
    fn unpack_all(count: usize, input: &mut &[u8]) -> Result<Vec<Self>> {
        let mut items = Vec::with_capacity(count.min(1024));
        for _ in 0..count {
            items.push(Self::unpack(input)?);
        }
        Ok(items)
    }
}

/// The canonical bytes of a value.
pub fn to_bytes<T: Pack>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    value.pack(&mut out);
    out
}

/// The value of these bytes, all of them.
///
/// # Errors
/// `Damaged` where the bytes are not those of one value.
pub fn from_bytes<T: Pack>(mut bytes: &[u8]) -> Result<T> {
    let value = T::unpack(&mut bytes)?;
    if bytes.is_empty() { Ok(value) } else { Err(damaged("bytes behind its end")) }
}

/// The error of every unpacking.
#[cold]
pub fn damaged(why: &str) -> Error {
    Error::new(Kind::Damaged, format!("packed partial is damaged: {why}"))
}

/// Takes this many bytes off the front.
///
/// # Errors
/// `Damaged` where there are fewer.
pub fn take<'a>(input: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (head, tail) = input.split_at_checked(count).ok_or_else(|| damaged("it ends early"))?;
    *input = tail;
    Ok(head)
}

/// Takes a number of elements, of which each takes at least a byte of the input.
///
/// # Errors
/// `Damaged` where the input cannot hold as many.
pub fn take_count(input: &mut &[u8]) -> Result<usize> {
    let count = u64::unpack(input)?;
    usize::try_from(count).ok().filter(|&c| c <= input.len()).ok_or_else(|| damaged("a count beyond its end"))
}

impl Pack for u8 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }
    fn unpack(input: &mut &[u8]) -> Result<u8> {
        Ok(take(input, 1)?[0])
    }
    fn pack_all(items: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(items);
    }
    fn unpack_all(count: usize, input: &mut &[u8]) -> Result<Vec<u8>> {
        take(input, count).map(<[u8]>::to_vec)
    }
}

/// Seven bits a byte, the lowest first; the last byte has its top bit clear. Sketches in saved profiles are written so.
impl Pack for u64 {
    #[inline]
    fn pack(&self, out: &mut Vec<u8>) {
        if *self < 0x80 {
            return out.push(*self as u8);
        }
        let mut bytes = [0; 10];
        let (mut rest, mut count) = (*self, 0);
        while rest >= 0x80 {
            bytes[count] = rest as u8 | 0x80;
            rest >>= 7;
            count += 1;
        }
        bytes[count] = rest as u8;
        out.extend_from_slice(&bytes[..=count]);
    }
    #[inline]
    fn unpack(input: &mut &[u8]) -> Result<u64> {
        if let [byte @ 0..0x80, rest @ ..] = *input {
            *input = rest;
            return Ok((*byte).into());
        }
        let mut value = 0u64;
        for (at, &byte) in input.iter().enumerate().take(10) {
            let bits = u64::from(byte & 0x7f);
            if at == 9 && bits > 1 || at > 0 && byte == 0 {
                return Err(damaged("a number that is not canonical"));
            }
            value |= bits << (7 * at);
            if byte < 0x80 {
                *input = &input[at + 1..];
                return Ok(value);
            }
        }
        Err(damaged(if input.len() < 10 { "it ends early" } else { "a number that is too long" }))
    }
}

macro_rules! pack_as {
    ($($narrow:ty as $wide:ty),+) => {$(
        impl Pack for $narrow {
            fn pack(&self, out: &mut Vec<u8>) {
                <$wide>::from(*self).pack(out);
            }
            fn unpack(input: &mut &[u8]) -> Result<$narrow> {
                <$narrow>::try_from(<$wide>::unpack(input)?).map_err(|_| damaged("a number out of range"))
            }
        }
    )+};
}

pack_as!(u16 as u64, u32 as u64, i32 as i64);

/// Zigzag: 0, −1, 1, −2…
impl Pack for i64 {
    fn pack(&self, out: &mut Vec<u8>) {
        (((self << 1) ^ (self >> 63)) as u64).pack(out);
    }
    fn unpack(input: &mut &[u8]) -> Result<i64> {
        u64::unpack(input).map(|z| (z >> 1) as i64 ^ -((z & 1) as i64))
    }
}

/// The number of bytes, then the bytes, without leading zeros.
impl Pack for u128 {
    fn pack(&self, out: &mut Vec<u8>) {
        let count = 16 - (self.leading_zeros() / 8) as usize;
        out.push(count as u8);
        out.extend_from_slice(&self.to_le_bytes()[..count]);
    }
    fn unpack(input: &mut &[u8]) -> Result<u128> {
        let count = usize::from(u8::unpack(input)?);
        let mut bytes = [0; 16];
        let room = bytes.get_mut(..count).ok_or_else(|| damaged("a number that is too long"))?;
        room.copy_from_slice(take(input, count)?);
        if count > 0 && bytes[count - 1] == 0 {
            return Err(damaged("a number that is not canonical"));
        }
        Ok(u128::from_le_bytes(bytes))
    }
}

/// Zigzag, as [`i64`].
impl Pack for i128 {
    fn pack(&self, out: &mut Vec<u8>) {
        (((self << 1) ^ (self >> 127)) as u128).pack(out);
    }
    fn unpack(input: &mut &[u8]) -> Result<i128> {
        u128::unpack(input).map(|z| (z >> 1) as i128 ^ -((z & 1) as i128))
    }
}

/// The eight bytes of its bits.
impl Pack for f64 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_bits().to_le_bytes());
    }
    fn unpack(input: &mut &[u8]) -> Result<f64> {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(take(input, 8)?);
        Ok(f64::from_bits(u64::from_le_bytes(bytes)))
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn unpack(input: &mut &[u8]) -> Result<bool> {
        match u8::unpack(input)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(damaged("neither true nor false")),
        }
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }
    fn unpack(input: &mut &[u8]) -> Result<Option<T>> {
        if bool::unpack(input)? { T::unpack(input).map(Some) } else { Ok(None) }
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        T::pack_all(self, out);
    }
    fn unpack(input: &mut &[u8]) -> Result<Vec<T>> {
        let count = take_count(input)?;
        T::unpack_all(count, input)
    }
}

impl<T: Pack> Pack for Box<[T]> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        T::pack_all(self, out);
    }
    fn unpack(input: &mut &[u8]) -> Result<Box<[T]>> {
        Vec::unpack(input).map(Vec::into_boxed_slice)
    }
}

/// Its UTF-8 bytes.
impl Pack for String {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        out.extend_from_slice(self.as_bytes());
    }
    fn unpack(input: &mut &[u8]) -> Result<String> {
        String::from_utf8(Vec::unpack(input)?).map_err(|_| damaged("text that is not UTF-8"))
    }
}

/// Its pairs, by strictly rising key.
impl<K: Pack + Ord, V: Pack> Pack for BTreeMap<K, V> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        for (key, value) in self {
            key.pack(out);
            value.pack(out);
        }
    }
    fn unpack(input: &mut &[u8]) -> Result<BTreeMap<K, V>> {
        let mut map = BTreeMap::new();
        for _ in 0..take_count(input)? {
            let (key, value) = <(K, V)>::unpack(input)?;
            if map.last_key_value().is_some_and(|(last, _)| *last >= key) {
                return Err(damaged("keys out of order"));
            }
            map.insert(key, value);
        }
        Ok(map)
    }
}

macro_rules! pack_tuple {
    ($($name:ident $index:tt),+) => {
        impl<$($name: Pack),+> Pack for ($($name,)+) {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$index.pack(out);)+
            }
            fn unpack(input: &mut &[u8]) -> Result<Self> {
                Ok(($($name::unpack(input)?,)+))
            }
        }
    };
}

pack_tuple!(A 0, B 1);
pack_tuple!(A 0, B 1, C 2);
pack_tuple!(A 0, B 1, C 2, D 3);

/// Implements [`Pack`] for a struct by its fields: `pack_struct! { Name { field, … } }`.
#[allow(unused_macros, reason = "for the sketches that other files add")]
macro_rules! pack_struct {
    ($name:ty { $($field:ident),+ $(,)? }) => {
        impl $crate::sketch::pack::Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                $($crate::sketch::pack::Pack::pack(&self.$field, out);)+
            }
            fn unpack(input: &mut &[u8]) -> $crate::error::Result<Self> {
                Ok(Self { $($field: $crate::sketch::pack::Pack::unpack(input)?),+ })
            }
        }
    };
}

/// Implements [`Pack`] for an enum without fields: `pack_enum! { Name { Variant = 0, … } }`.
#[allow(unused_macros, reason = "for the sketches that other files add")]
macro_rules! pack_enum {
    ($name:ty { $($variant:ident = $number:literal),+ $(,)? }) => {
        impl $crate::sketch::pack::Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                out.push(match self { $(Self::$variant => $number),+ });
            }
            fn unpack(input: &mut &[u8]) -> $crate::error::Result<Self> {
                match <u8 as $crate::sketch::pack::Pack>::unpack(input)? {
                    $($number => Ok(Self::$variant),)+
                    _ => Err($crate::sketch::pack::damaged("an unknown variant")),
                }
            }
        }
    };
}

#[allow(unused_imports, reason = "for the sketches that other files add")]
pub(crate) use {pack_enum, pack_struct};

#[cfg(test)]
mod tests;
