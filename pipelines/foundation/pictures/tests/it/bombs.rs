//! Headers that promise more than is allowed, and blocks that unfold to more than is sane. Whatever is refused is refused
//! before there is room for it: these tests would need terabytes otherwise.

use pixmo_pictures::{Extent, Fault, Limits, Warning, decode, glimpse};

use crate::files::{bytes, decoded};

fn png_chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = (body.len() as u32).to_be_bytes().to_vec();
    chunk.extend(kind);
    chunk.extend(body);
    let sum = crc32fast::hash(&chunk[4..]);
    chunk.extend(sum.to_be_bytes());
    chunk
}

fn png_of(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let pixels = miniz_oxide::deflate::compress_to_vec_zlib(&[0; 4096], 9);
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        png_chunk(b"IHDR", &header),
        more.to_vec(),
        png_chunk(b"IDAT", &pixels),
        png_chunk(b"IEND", b""),
    ]
    .concat()
}

#[test]
fn small_files_of_huge_pictures_are_bombs() {
    let patched = |name: &str, patches: &[(usize, &[u8])]| {
        let mut file = bytes(name);
        for (at, new) in patches {
            file[*at..*at + new.len()].copy_from_slice(new);
        }
        file
    };
    let jpeg = bytes("plain.jpg");
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    let tiff = {
        let mut file = bytes("plain.tif");
        let directory = u32::from_le_bytes(*file[4..].first_chunk().expect("an offset")) as usize;
        let count = usize::from(u16::from_le_bytes([file[directory], file[directory + 1]]));
        for entry in 0..count {
            let at = directory + 2 + 12 * entry;
            // Width, height and rows of a strip, as numbers of four bytes.
            if matches!(u16::from_le_bytes([file[at], file[at + 1]]), 256 | 257 | 278) {
                file[at + 2..at + 4].copy_from_slice(&4u16.to_le_bytes());
                file[at + 8..at + 12].copy_from_slice(&200_000u32.to_le_bytes());
            }
        }
        file
    };
    let files = [
        ("png", png_of(100_000, 100_000, b"")),
        ("jpeg", patched("plain.jpg", &[(frame + 5, &[0xFF; 4])])),
        ("gif", patched("plain.gif", &[(6, &[0xFF; 4])])),
        ("bmp", patched("plain.bmp", &[(18, &100_000u32.to_le_bytes()), (22, &100_000u32.to_le_bytes())])),
        ("webp", patched("clear.webp", &[(24, &[0xFF, 0xFF, 0, 0xFF, 0xFF, 0])])),
        ("tiff", tiff),
    ];
    for (name, file) in files {
        let fault = decoded(&file).expect_err("it is too large");
        assert!(matches!(fault, Fault::Bomb { .. }), "{name}: {fault:?}");
        let seen = glimpse(&file, &Limits::default()).expect_err("it is too large");
        assert!(matches!(seen, Fault::Bomb { .. }), "{name}: {seen:?}");
    }
}

#[test]
fn limits_hold_by_bytes_pixels_and_side() {
    let file = bytes("photo.jpg");
    let usual = Limits::default();
    let cases = [
        (Limits { bytes_max: 100, ..usual }, Extent::Bytes),
        (Limits { pixels_max: 4_799, ..usual }, Extent::Pixels),
        (Limits { side_max: 79, ..usual }, Extent::Side),
    ];
    for (limits, expected) in cases {
        match decode(&file, &limits) {
            Err(Fault::TooLarge { extent, .. }) => assert_eq!(extent, expected),
            other => panic!("{other:?}"),
        }
    }
    assert!(
        decode(&file, &Limits { bytes_max: file.len() as u64, pixels_max: 4_800, side_max: 80, heif: false })
            .is_ok()
    );
}

#[test]
fn a_profile_that_unfolds_without_end_is_left_packed() {
    let mut body = b"bomb\0\0".to_vec();
    body.extend(miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 64 << 20], 9));
    let picture = decoded(&png_of(16, 16, &png_chunk(b"iCCP", &body))).expect("its pixels are fine");
    assert_eq!(picture.warnings, [Warning::ProfileBroken]);
}

#[test]
fn pictures_without_a_size_are_damaged() {
    assert!(matches!(decoded(&png_of(0, 5, b"")), Err(Fault::Damaged { .. })));
}
