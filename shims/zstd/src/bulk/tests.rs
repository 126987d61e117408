//! Frames written by libzstd 1.5.7 (python's zstandard 0.25.0), and damaged ones.

use std::io::{Cursor, ErrorKind};

use super::*;

/// [`table`] at level 19, with its size in the header.
const TABLE: [u8; 230] = [
    0x28, 0xb5, 0x2f, 0xfd, 0x60, 0x1f, 0x02, 0xe5, 0x06, 0x00, 0x76, 0x10, 0x27, 0x14, 0xb0, 0x27, 0x1d,
    0x50, 0x98, 0x88, 0x28, 0xa8, 0x21, 0x67, 0xb9, 0xb7, 0x94, 0x49, 0x26, 0xb1, 0xd3, 0x1c, 0xcd, 0xc5,
    0x27, 0x00, 0x1d, 0x00, 0x1f, 0x00, 0x2d, 0x77, 0x0e, 0x31, 0xa2, 0x59, 0x99, 0x55, 0x56, 0xfe, 0x47,
    0xa2, 0xd3, 0x2e, 0xdb, 0x62, 0x2a, 0x30, 0x1c, 0xc0, 0x61, 0x20, 0x20, 0x0c, 0xc4, 0x81, 0x53, 0x20,
    0x8e, 0x84, 0xa1, 0x60, 0x70, 0x50, 0x30, 0x0e, 0x0a, 0x08, 0x01, 0xac, 0xbb, 0x89, 0x2f, 0x57, 0x4c,
    0x22, 0x56, 0xa6, 0xad, 0x6c, 0xb6, 0xec, 0xca, 0xf9, 0x59, 0x69, 0xf4, 0x97, 0xe5, 0xba, 0x7c, 0x67,
    0x4a, 0x4e, 0x5b, 0xe8, 0xbb, 0x31, 0x43, 0x7d, 0x61, 0xef, 0x85, 0x70, 0xca, 0x99, 0xd0, 0x88, 0x11,
    0x63, 0x59, 0xd9, 0xf8, 0x32, 0x52, 0xa4, 0x9f, 0x8b, 0xa6, 0x97, 0xb3, 0xee, 0xcf, 0xe9, 0xcc, 0x69,
    0xe3, 0x1a, 0x05, 0xc5, 0x54, 0xa0, 0xae, 0xf2, 0xf7, 0xbf, 0xa4, 0x72, 0x46, 0xa5, 0x89, 0x5d, 0xad,
    0xec, 0x72, 0xca, 0xaa, 0xa5, 0xfd, 0x4a, 0xd1, 0x3d, 0xe5, 0x5d, 0x3b, 0x52, 0x67, 0x8e, 0x0e, 0x4f,
    0xa8, 0x11, 0xf0, 0x11, 0x72, 0xb4, 0xfb, 0x77, 0xe0, 0xe5, 0x6a, 0x20, 0x0a, 0x0b, 0x3f, 0x21, 0x51,
    0x8d, 0xd2, 0x4a, 0x54, 0xa3, 0xd4, 0x85, 0x13, 0x4d, 0x5a, 0x45, 0xce, 0xe2, 0x3c, 0x4b, 0x55, 0xdc,
    0xa5, 0x36, 0x79, 0x9b, 0xb2, 0xa8, 0x4d, 0x20, 0xb7, 0x8f, 0xc0, 0xf6, 0x1f, 0x47, 0x7f, 0x8e, 0xe8,
    0xaf, 0x39, 0x7c, 0xef, 0x74, 0x2e, 0xa1, 0xb3, 0xab,
];

/// 300 times "ab", streamed: no size in the header, a checksum at the end.
const AB: [u8; 22] = [
    0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58, 0x4d, 0x00, 0x00, 0x10, 0x61, 0x62, 0x01, 0x00, 0x53, 0xaa, 0x1c,
    0x16, 0xed, 0x6b, 0xfd, 0xed,
];

/// 1 MiB of zeros, streamed, in 54 bytes.
const ZEROS: [u8; 54] = [
    0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58, 0x54, 0x00, 0x00, 0x10, 0x00, 0x00, 0x01, 0x00, 0xfb, 0xff, 0x39,
    0xc0, 0x02, 0x02, 0x00, 0x10, 0x00, 0x02, 0x00, 0x10, 0x00, 0x02, 0x00, 0x10, 0x00, 0x02, 0x00, 0x10,
    0x00, 0x02, 0x00, 0x10, 0x00, 0x02, 0x00, 0x10, 0x00, 0x02, 0x00, 0x10, 0x00, 0x01, 0x00, 0x00, 0xf1,
    0x3e, 0x16, 0xe1,
];

const SKIPPABLE: [u8; 11] = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];

fn table() -> Vec<u8> {
    let rows = (0..40).map(|i| format!("{i},station {},{}.50\n", i % 7, i * i));
    std::iter::once("id,name,amount\n".to_owned()).chain(rows).collect::<String>().into_bytes()
}

fn decompress(data: &[u8], capacity: usize) -> Result<Vec<u8>> {
    Decompressor::new()?.decompress(data, capacity)
}

#[test]
fn frames_of_libzstd_give_their_bytes() {
    let cases: [(Vec<u8>, Vec<u8>); 5] = [
        (TABLE.to_vec(), table()),
        (AB.to_vec(), b"ab".repeat(300)),
        (ZEROS.to_vec(), vec![0; 1 << 20]),
        ([&AB[..], &SKIPPABLE, &TABLE, &SKIPPABLE].concat(), [b"ab".repeat(300), table()].concat()),
        (Vec::new(), Vec::new()),
    ];
    for (compressed, plain) in cases {
        for spare in [0, 1, 1 << 40] {
            assert_eq!(decompress(&compressed, plain.len() + spare).unwrap(), plain, "{spare}");
        }
        if let Some(less) = plain.len().checked_sub(1) {
            assert_eq!(decompress(&compressed, less).unwrap_err().kind(), ErrorKind::WriteZero);
        }
    }
}

#[test]
fn a_buffer_is_filled_behind_the_cursor_and_never_moves() {
    let mut out = Vec::with_capacity(3 + 600);
    out.extend_from_slice(b"cut and dropped");
    let (before, capacity) = (out.as_ptr(), out.capacity());
    let mut cursor = Cursor::new(&mut out);
    cursor.set_position(3);
    let n = Decompressor::new().unwrap().decompress_to_buffer(&AB, &mut cursor).unwrap();
    assert_eq!((n, &out[..5], out.len()), (600, &b"cutab"[..], 603));
    assert_eq!((out.as_ptr(), out.capacity()), (before, capacity));
}

#[test]
fn a_buffer_that_is_too_small_stays_as_it_was() {
    let mut out = Vec::with_capacity(100);
    out.extend_from_slice(b"cut");
    let capacity = out.capacity();
    let mut cursor = Cursor::new(&mut out);
    cursor.set_position(3);
    let error = Decompressor::new().unwrap().decompress_to_buffer(&ZEROS, &mut cursor).unwrap_err();
    assert_eq!((error.kind(), &out[..], out.capacity()), (ErrorKind::WriteZero, &b"cut"[..], capacity));
    assert_eq!(error.to_string(), "zstd data decompresses to more than the 97 bytes expected");
}

#[test]
fn memory_follows_the_data_and_not_what_a_header_or_caller_claims() {
    assert!(decompress(&AB, usize::MAX).unwrap().capacity() < 2048);
    // A window of 3.75 TiB (descriptor 0xff) in place of the 2 MiB one at byte 5.
    let mut claim = AB;
    claim[5] = 0xff;
    assert_eq!(decompress(&claim, 600).unwrap(), b"ab".repeat(300));
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    for frame in [&TABLE[..], &AB, &ZEROS] {
        let plain = decompress(frame, 1 << 20).unwrap();
        for len in 1..frame.len() {
            assert!(decompress(&frame[..len], 1 << 20).is_err(), "cut to {len} bytes");
        }
        let mut bytes = frame.to_vec();
        for i in 0..frame.len() {
            for bit in 0..8 {
                bytes[i] = frame[i] ^ (1 << bit);
                // A frame without a checksum may decode to something else, but within the limit.
                if let Ok(got) = decompress(&bytes, 1 << 20) {
                    assert!(got.len() <= 1 << 20);
                    assert!(bytes[4] & 4 == 0 || got == plain, "bit {bit} of byte {i}");
                }
            }
            bytes[i] = frame[i];
        }
    }
}

#[test]
fn errors_say_what_is_wrong() {
    let mut sum = AB;
    sum[21] ^= 1;
    let mut dictionary = AB[..5].to_vec();
    dictionary[4] |= 1;
    dictionary.extend_from_slice(&[0x58, 7]);
    let mut size = TABLE;
    size[5] += 1;
    let cases: [(&[u8], ErrorKind, &str); 5] = [
        (b"PAR1", ErrorKind::InvalidData, "not a zstd frame: expected 0xfd2fb528, found 0x31524150"),
        (&AB[..3], ErrorKind::UnexpectedEof, "zstd frame is cut short"),
        (&sum, ErrorKind::InvalidData, "damaged zstd frame: its checksum does not match"),
        (&dictionary, ErrorKind::Unsupported, "zstd dictionary 7 is not at hand"),
        (&size, ErrorKind::InvalidData, "damaged zstd frame: expected 800 bytes, found 799"),
    ];
    for (bytes, kind, message) in cases {
        let error = decompress(bytes, 1 << 20).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
    }
}

#[test]
fn what_is_compressed_comes_out_again() {
    let noise = |n: u32| (0..n).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8);
    let texts = [
        Vec::new(),
        b"x".to_vec(),
        table(),
        vec![0; 1 << 20],
        noise(1000).collect(),
        noise(300_000).collect(),
        (0..200_000u32).flat_map(|i| (i / 7 % 1000).to_le_bytes()).collect(),
        (0..100_000u32).flat_map(|i| f64::from(i).sqrt().to_le_bytes()).collect(),
        noise(400_000).map(|byte| b'a' + byte % 3).collect(),
    ];
    for plain in texts {
        let mut out = b"before".to_vec();
        let mut cursor = Cursor::new(&mut out);
        cursor.set_position(6);
        let n = Compressor::new(3).unwrap().compress_to_buffer(&plain, &mut cursor).unwrap();
        assert_eq!((&out[..6], out.len()), (&b"before"[..], 6 + n));
        assert!(decompress(&out[6..], plain.len()).unwrap() == plain, "{} bytes", plain.len());
        assert!(n <= crate::zstd_safe::compress_bound(plain.len()), "{n} of {}", plain.len());
    }
    let mut empty = Vec::new();
    let mut cursor = Cursor::new(&mut empty);
    cursor.set_position(1);
    let past = Compressor::default().compress_to_buffer(b"x", &mut cursor);
    assert_eq!(past.unwrap_err().kind(), ErrorKind::InvalidInput);
}
