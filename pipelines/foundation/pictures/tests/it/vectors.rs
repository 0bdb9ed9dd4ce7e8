//! The decoder of JPEG takes other code where the processor has vector units. Here its pixels and its faults are held to
//! those of the plain code, over whole and damaged files of all kinds of sampling.
//!
//! The sums below were made by `zune-jpeg` 0.5.15 without its features `x86` and `neon`, and are the same with AVX2. A
//! machine on which they differ gives other pixels than all others; a new release of the decoder that gives other pixels
//! on purpose needs new sums, from a build without those features.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// Files of each kind.
const FILES: u32 = 100;

const SAMPLINGS: [SamplingFactor; 5] = [
    SamplingFactor::R_4_4_4,
    SamplingFactor::R_4_2_2,
    SamplingFactor::R_4_4_0,
    SamplingFactor::R_4_2_0,
    SamplingFactor::R_4_1_1,
];

/// Of the files, and of what the plain code gave: grey, then each sampling; whole, then damaged.
const SUMS: [[(u64, u64); 2]; 6] = [
    [(0x0769_1a94_3be3_ed09, 0x5a94_9bd3_b92b_d56f), (0xdee0_4f2a_56c4_3f02, 0x8a41_c4ae_948f_8c5c)],
    [(0x969c_a3c4_84eb_a770, 0xd34b_e359_0853_d225), (0x7a03_99c7_eb72_c7dd, 0x0e70_4eee_86c1_a8d8)],
    [(0x0fa6_ffe0_2c88_82d7, 0x5a0c_79a3_a095_96cf), (0x43dd_7426_7d7e_affd, 0xe210_52ae_68ba_f309)],
    [(0x0e4e_5a5e_a658_738d, 0xc27e_b041_b3a8_9e17), (0xde32_cca3_a2b9_5c8d, 0x1554_8b0e_a534_36aa)],
    [(0xe1de_3ef3_c144_88dd, 0x3a7e_a095_49c8_b933), (0x28c3_eda2_467b_be8f, 0xd407_e380_72fc_8fa4)],
    [(0x5757_aa9f_2891_2f3d, 0xa607_acd0_553a_1cf1), (0x22dd_e379_8e5a_bee9, 0xd3c7_e5e5_a944_af7f)],
];

/// Numbers that look random (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 24) as u32 % end
    }
}

/// FNV-1a.
struct Sum(u64);

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Noise, black and white, ramps, or nearly nothing.
fn samples(numbers: &mut Numbers, width: u16, count: usize) -> Vec<u8> {
    let kind = numbers.below(4);
    let sample = |at: usize| match kind {
        0 => numbers.below(256) as u8,
        1 => (numbers.below(2) * 255) as u8,
        2 => ((at / 3 % usize::from(width)) * 3) as u8 ^ (at % 8) as u8,
        _ => (128 + numbers.below(9)) as u8,
    };
    (0..count).map(sample).collect()
}

fn file(numbers: &mut Numbers, sampling: Option<SamplingFactor>) -> Vec<u8> {
    let (width, height) = (1 + numbers.below(130) as u16, 1 + numbers.below(130) as u16);
    let quality = [1, 10, 30, 60, 80, 95, 100][numbers.below(7) as usize];
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, quality);
    encoder.set_progressive(numbers.below(3) == 0);
    let (kind, channels) = if sampling.is_some() { (ColorType::Rgb, 3) } else { (ColorType::Luma, 1) };
    if let Some(sampling) = sampling {
        encoder.set_sampling_factor(sampling);
    }
    let samples = samples(numbers, width, usize::from(width) * usize::from(height) * channels);
    encoder.encode(&samples, width, height, kind).expect("a picture with as many samples as it has pixels");
    file
}

/// Changes a few bytes, most of them in the code of the picture, and makes no marker.
fn damage(numbers: &mut Numbers, file: &mut [u8]) {
    for _ in 0..=numbers.below(4) {
        let first = if numbers.below(4) == 0 { 20 } else { file.len() * 3 / 5 };
        let at = first + numbers.below((file.len() - 2 - first) as u32) as usize;
        let byte = numbers.below(255) as u8;
        if file[at] != 255 && file[at - 1] != 255 {
            file[at] = byte;
        }
    }
}

/// What the decoder gives, into a sum: pixels, or that there is a fault.
fn decode(file: &[u8], is_grey: bool, is_strict: bool, sum: &mut Sum) {
    let space = if is_grey { ColorSpace::Luma } else { ColorSpace::RGB };
    let options = DecoderOptions::default().set_strict_mode(is_strict).jpeg_set_out_colorspace(space);
    match JpegDecoder::new_with_options(ZCursor::new(file), options).decode() {
        Ok(pixels) => sum.add(&pixels),
        Err(_) => sum.add(b"fault"),
    }
}

fn sums_of(sampling: Option<SamplingFactor>, is_damaged: bool, seed: u64) -> (u64, u64) {
    let mut numbers = Numbers(seed);
    let (mut files, mut pixels) = (Sum(0xcbf2_9ce4_8422_2325), Sum(0xcbf2_9ce4_8422_2325));
    for _ in 0..FILES {
        let mut file = file(&mut numbers, sampling);
        if is_damaged {
            damage(&mut numbers, &mut file);
        }
        files.add(&file);
        for is_strict in [true, false] {
            decode(&file, sampling.is_none(), is_strict, &mut pixels);
        }
    }
    (files.0, pixels.0)
}

/// As [`SUMS`].
fn sums() -> [[(u64, u64); 2]; 6] {
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    let mut samplings = [None; 6];
    samplings[1..].iter_mut().zip(SAMPLINGS).for_each(|(to, sampling)| *to = Some(sampling));
    samplings.map(|sampling| {
        [false, true].map(|is_damaged| {
            seed += 2;
            sums_of(sampling, is_damaged, seed)
        })
    })
}

#[test]
fn vector_units_give_the_pixels_of_the_plain_code() {
    let found = sums();
    assert_eq!(found.map(|sums| sums.map(|(file, _)| file)), SUMS.map(|sums| sums.map(|(file, _)| file)));
    assert_eq!(found, SUMS);
}
