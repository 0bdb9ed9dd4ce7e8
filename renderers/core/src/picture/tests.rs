use tiny_skia::Pixmap;

use super::{png, without_alpha};
use crate::raster;
use crate::scene::{Scene, Stroke};
use crate::{Color, Point, Seed};

#[test]
fn colours_stay_in_order_for_any_number_of_pixels() {
    let mut made = Vec::new();
    for pixels in (0..23_u8).chain([7, 0, 12]) {
        let rgba: Vec<u8> = (0..pixels).flat_map(|p| [p * 4, p * 4 + 1, p * 4 + 2, 255]).collect();
        let rgb: Vec<u8> = (0..pixels).flat_map(|p| [p * 4, p * 4 + 1, p * 4 + 2]).collect();
        without_alpha(&rgba, &mut made);
        assert_eq!(made, rgb);
    }
}

/// Pixels of a file, by a decoder that is not ours.
fn decoded(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader =
        ::png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("our file can be read");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is not too large")];
    let info = reader.next_frame(&mut pixels).expect("our file is whole");
    reader.finish().expect("nothing comes after the pixels");
    assert_eq!((info.color_type, info.bit_depth), (::png::ColorType::Rgb, ::png::BitDepth::Eight));
    (info.width, info.height, pixels)
}

/// A file by the general encoder.
fn by_others(pixels: &Pixmap) -> Vec<u8> {
    let mut rgb = Vec::new();
    without_alpha(pixels.data(), &mut rgb);
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_compression(::png::Compression::Fast);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&rgb)).expect("it is memory");
    file
}

/// Checks what a file shows, and gives its size.
fn check(pixels: &Pixmap) -> usize {
    let file = png(pixels);
    let mut rgb = Vec::new();
    without_alpha(pixels.data(), &mut rgb);
    let (width, height, found) = decoded(&file);
    assert_eq!((width, height), (pixels.width(), pixels.height()));
    assert!(found == rgb, "{width} x {height}");
    file.len()
}

fn drawing(width: u32, height: u32) -> Pixmap {
    let mut scene = Scene::new(width, height, Color::rgb(240, 238, 230));
    let element = scene.ornament();
    for n in 0..12_u8 {
        let at = Point::new(f32::from(n) * 31.0, f32::from(u16::from(n) * 37 % 101) * 3.0);
        scene.circle(element, at, 5.0 + 3.0 * f32::from(n), Color::rgb(n * 20, 90, 200 - n * 13));
        scene.line(element, Point::new(0.0, at.x), at, Stroke::new(Color::BLACK, 1.5));
    }
    raster::paint(&scene)
}

#[test]
fn drawings_of_every_size_come_back_pixel_by_pixel() {
    for (width, height) in [(1, 1), (1, 9), (2, 1), (3, 3), (8, 5), (37, 41), (256, 200), (511, 130)] {
        check(&drawing(width, height));
    }
    assert!(check(&drawing(512, 512)) < by_others(&drawing(512, 512)).len());
}

#[test]
fn noise_of_every_strength_comes_back_pixel_by_pixel() {
    let mut rng = Seed::from_number(5).rng("noise");
    for strength in [1, 2, 5, 20, 128] {
        let mut pixels = drawing(200, 160);
        for pixel in pixels.data_mut().chunks_exact_mut(4) {
            for channel in &mut pixel[..3] {
                let noise = rng.whole(-strength, strength);
                *channel = (i64::from(*channel) + noise).clamp(0, 255) as u8;
            }
        }
        let (ours, others) = (check(&pixels), by_others(&pixels).len());
        assert!(ours * 100 < others * 102, "{strength}: {ours} {others}");
    }
}

#[test]
fn runs_of_every_length_come_back() {
    for dots in 1..140_usize {
        let mut pixels = drawing(700, 3);
        pixels.fill(tiny_skia::Color::WHITE);
        for at in (0..700 * 3).step_by(dots * 5 + 1) {
            pixels.data_mut()[4 * at] = 7;
        }
        check(&pixels);
    }
}
