use tiny_skia::Pixmap;

use super::{Detail, encode, steps};
use crate::raster;
use crate::scene::{Scene, Stroke};
use crate::{Color, Point, Seed};

/// Soft and hard edges, with noise.
fn picture(width: u32, height: u32, noise: i64) -> Pixmap {
    let mut scene = Scene::new(width, height, Color::rgb(180, 170, 150));
    let element = scene.ornament();
    for n in 0..12_u8 {
        let at = Point::new(f32::from(n) * 41.0, f32::from(u16::from(n) * 37 % 101) * 4.0);
        scene.circle(element, at, 5.0 + 4.0 * f32::from(n), Color::rgb(n * 20, 90, 240 - n * 15));
        scene.line(element, Point::new(0.0, at.x), at, Stroke::new(Color::BLACK, 2.5));
    }
    let mut pixels = raster::paint(&scene);
    let mut rng = Seed::from_number(3).rng("noise");
    for pixel in pixels.data_mut().chunks_exact_mut(4) {
        let common = rng.whole(-noise, noise);
        for channel in &mut pixel[..3] {
            *channel = (i64::from(*channel) + common + rng.whole(-noise, noise) / 2).clamp(0, 255) as u8;
        }
    }
    pixels
}

/// The mean square by which a file differs from the pixels.
fn apart(file: &[u8], pixels: &Pixmap) -> f64 {
    let mut decoder = zune_jpeg::JpegDecoder::new(std::io::Cursor::new(file));
    let rgb = decoder.decode().expect("our file can be read");
    assert_eq!(decoder.dimensions(), Some((pixels.width() as usize, pixels.height() as usize)));
    let squares = rgb
        .chunks_exact(3)
        .zip(pixels.data().chunks_exact(4))
        .flat_map(|(a, b)| (0..3).map(move |of| f64::from(a[of].abs_diff(b[of]))))
        .map(|difference| difference * difference);
    squares.sum::<f64>() / rgb.len() as f64
}

/// A file by the general encoder.
fn by_others(pixels: &Pixmap, quality: u8, detail: Detail) -> Vec<u8> {
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, quality);
    encoder.set_sampling_factor(match detail {
        Detail::Full => SamplingFactor::F_1_1,
        Detail::Half => SamplingFactor::F_2_2,
    });
    let size = (pixels.width() as u16, pixels.height() as u16);
    encoder.encode(pixels.data(), size.0, size.1, ColorType::Rgba).expect("it is memory");
    file
}

#[test]
fn files_are_as_good_and_as_small_as_those_of_others() {
    let (mut decibels, mut cases) = (0.0, 0);
    for noise in [0, 3, 12] {
        let pixels = picture(333, 270, noise);
        for quality in [10, 45, 70, 89, 95, 100] {
            for detail in [Detail::Full, Detail::Half] {
                let (ours, others) = (encode(&pixels, quality, detail), by_others(&pixels, quality, detail));
                let case = format!("noise {noise}, quality {quality}, {detail:?}");
                let better = 10.0 * libm::log10(apart(&others, &pixels) / apart(&ours, &pixels));
                // Without noise much depends on how the one colour of a ground is rounded.
                assert!(better > if noise == 0 { -1.0 } else { -0.15 }, "{case}: {better}");
                let (size, others_size) = (ours.len() as f64, others.len() as f64);
                assert!(size <= others_size * 1.01, "{case}: {size} {others_size}");
                if noise > 0 {
                    (decibels, cases) = (decibels + better, cases + 1);
                }
            }
        }
    }
    assert!(decibels / f64::from(cases) > -0.05, "{decibels}");
}

#[test]
fn pictures_of_every_size_can_be_read() {
    for (width, height) in
        [(1, 1), (7, 9), (8, 8), (16, 16), (17, 15), (64, 3), (65, 33), (128, 129), (500, 20)]
    {
        for detail in [Detail::Full, Detail::Half] {
            let pixels = picture(width, height, 0);
            let limit = if detail == Detail::Full { 100.0 } else { 1500.0 };
            let off = apart(&encode(&pixels, 90, detail), &pixels);
            assert!(off < limit, "{width} x {height}, {detail:?}: {off}");
        }
    }
}

#[test]
fn the_strongest_waves_have_a_code() {
    let mut rng = Seed::from_number(9).rng("extremes");
    let mut pixels = picture(64, 64, 0);
    for pattern in 0..20 {
        for (at, pixel) in pixels.data_mut().chunks_exact_mut(4).enumerate() {
            let (x, y) = (at % 64, at / 64);
            for (of, channel) in pixel[..3].iter_mut().enumerate() {
                let light = match pattern {
                    0 => (x + y) % 2 == 0,
                    1 => x % 8 < 4,
                    2 => y % 8 < 4,
                    3 => (x % 8 < 4) == (of == 2),
                    4 => (x / 8 + y / 8) % 2 == 0,
                    _ => rng.chance(0.5),
                };
                *channel = if light { 255 } else { 0 };
            }
        }
        let off = apart(&encode(&pixels, 100, Detail::Full), &pixels);
        assert!(off < 3.0, "{pattern}: {off}");
    }
}

#[test]
fn the_same_pixels_give_the_same_bytes_everywhere() {
    let hash =
        |quality, detail| blake3::hash(&encode(&picture(200, 150, 5), quality, detail)).to_hex().to_string();
    insta::assert_snapshot!(format!("{}\n{}", hash(75, Detail::Half), hash(92, Detail::Full)));
}

#[test]
fn steps_grow_as_the_quality_falls() {
    assert_eq!(steps(0, 50)[..3], [16, 11, 10]);
    assert_eq!((steps(1, 50)[0], steps(1, 50)[63]), (17, 99));
    assert!(steps(0, 100).iter().chain(&steps(1, 100)).all(|step| *step == 1));
    assert!(steps(1, 1).iter().all(|step| *step == 255));
}
