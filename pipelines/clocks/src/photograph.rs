//! One photograph of the user: decoded, made small, and cut to the size of a picture. Everything is whole numbers, so that
//! every machine gives the same pixels.

mod upright;

use std::io::Cursor;

use pixmo_render::{Color, Pixmap, Rng};
use pixmo_render_clocks::photo::Photo;
use serde::{Deserialize, Serialize};

use self::upright::Orientation;

/// Most pixels of a photograph: more than cameras of telephones give.
pub const PIXELS_MAX: u64 = 50_000_000;
/// Shortest side of a photograph in pixels; less shows nothing.
pub const SIDE_MIN: u32 = 64;
/// Longest side that is kept. Pictures of clocks are smaller, and what is behind them is out of focus.
const KEPT_SIDE_MAX: u32 = 1_400;
/// The smallest part of a photograph that is used, as a share of its width or height.
const PART_MIN: f64 = 0.5;
/// Share of photographs that are out of focus behind a clock.
const BLURRED_SHARE: f64 = 0.7;

/// A picture that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PhotographError {
    /// It begins like no picture that is read.
    #[error("its first bytes are those of neither a PNG nor a JPEG file")]
    Unknown,
    /// It is smaller or larger than allowed.
    #[error(
        "it has {width} x {height} pixels, expected sides of at least {SIDE_MIN} and at most {PIXELS_MAX} in all"
    )]
    Size {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// A PNG that is damaged.
    #[error("it is not a whole PNG file")]
    Png(#[from] png::DecodingError),
    /// A JPEG that is damaged.
    #[error("it is not a whole JPEG file: {0}")]
    Jpeg(String),
}

/// Pixels of a photograph, no longer than needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photograph {
    /// The name of its file.
    pub name: String,
    /// SHA-256 of its file, in hexadecimal digits.
    pub sha256: String,
    width: u32,
    height: u32,
    /// Red, green and blue, row by row.
    rgb: Vec<u8>,
}

/// Which part of which photograph is behind a clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Behind {
    /// The name of the file.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// Left edge, top edge, width and height of the part, as shares of width and height of the photograph.
    pub part: [f32; 4],
    /// Deviation of the blur, in pixels; 0 for none.
    pub blur: f32,
}

impl Photograph {
    /// Decodes a PNG or JPEG file to its last pixel and turns it upright. Transparency is laid on white.
    ///
    /// # Errors
    /// [`PhotographError`].
    pub fn decode(name: &str, sha256: &str, bytes: &[u8]) -> Result<Photograph, PhotographError> {
        let (width, height, rgb) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            of_png(bytes)?
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            of_jpeg(bytes)?
        } else {
            return Err(PhotographError::Unknown);
        };
        let whole = Photograph { name: name.to_owned(), sha256: sha256.to_owned(), width, height, rgb };
        let step = width.max(height).div_ceil(KEPT_SIDE_MAX);
        let small = if step > 1 { whole.reduced(step) } else { whole };
        let (width, height, rgb) = Orientation::of(bytes).turn((small.width, small.height), small.rgb);
        Ok(Photograph { width, height, rgb, ..small })
    }

    /// The mean of each square of pixels.
    fn reduced(&self, step: u32) -> Photograph {
        let (width, height) = (self.width / step, self.height / step);
        let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
        for y in 0..height {
            for x in 0..width {
                rgb.extend(self.mean((x * step, y * step), (step, step)));
            }
        }
        Photograph { name: self.name.clone(), sha256: self.sha256.clone(), width, height, rgb }
    }

    /// The mean of the pixels in a rectangle.
    fn mean(&self, (left, top): (u32, u32), (wide, high): (u32, u32)) -> [u8; 3] {
        let mut sums = [0_u32; 3];
        for y in top..top + high {
            let from = (y as usize * self.width as usize + left as usize) * 3;
            for pixel in self.rgb[from..from + wide as usize * 3].as_chunks::<3>().0 {
                sums.iter_mut().zip(pixel).for_each(|(sum, channel)| *sum += u32::from(*channel));
            }
        }
        let count = wide * high;
        sums.map(|sum| ((sum + count / 2) / count) as u8)
    }

    /// A part of the photograph, chosen at random, in the size of a picture.
    pub fn behind(&self, (width, height): (u32, u32), rng: &mut Rng) -> (Pixmap, Behind) {
        // The largest part of the shape of the picture, in pixels of the photograph.
        let across = f64::from(self.width).min(f64::from(self.height) * f64::from(width) / f64::from(height));
        let share = rng.range(PART_MIN, 1.0);
        let part_wide = ((across * share) as u32).clamp(1, self.width);
        let high = across * share * f64::from(height) / f64::from(width);
        let part_high = (high as u32).clamp(1, self.height);
        let left = rng.below((self.width - part_wide + 1) as usize) as u32;
        let top = rng.below((self.height - part_high + 1) as usize) as u32;
        let blur = if rng.chance(BLURRED_SHARE) { rng.range32(0.4, 2.4) } else { 0.0 };

        let part = Part { left, top, wide: part_wide, high: part_high };
        let mut pixels = self.scaled(&part, (width, height));
        if blur > 0.0 {
            let soft = Photo { defocus: Some(blur), ..Photo::default() };
            soft.apply(&mut pixels, rng);
        }
        let of = |part: u32, whole: u32| part as f32 / whole as f32;
        let part = [
            of(left, self.width),
            of(top, self.height),
            of(part_wide, self.width),
            of(part_high, self.height),
        ];
        let (name, sha256) = (self.name.clone(), self.sha256.clone());
        (pixels, Behind { name, sha256, part, blur })
    }

    /// A part in another size: means of squares where it gets smaller, between four pixels where it does not.
    fn scaled(&self, part: &Part, (width, height): (u32, u32)) -> Pixmap {
        let mut pixels = Pixmap::new(width, height).expect("a picture has an area");
        let shrinks = part.wide >= 2 * width && part.high >= 2 * height;
        let mut out = pixels.data_mut().as_chunks_mut::<4>().0.iter_mut();
        for y in 0..height {
            for x in 0..width {
                let color = if shrinks {
                    let from = |at: u32, part: u32, whole: u32| {
                        (u64::from(at) * u64::from(part) / u64::from(whole)) as u32
                    };
                    let (x0, x1) = (from(x, part.wide, width), from(x + 1, part.wide, width));
                    let (y0, y1) = (from(y, part.high, height), from(y + 1, part.high, height));
                    self.mean((part.left + x0, part.top + y0), (x1 - x0, y1 - y0))
                } else {
                    self.between(part, (x, y), (width, height))
                };
                let [red, green, blue] = color;
                *out.next().expect("as many pixels as places") = [red, green, blue, 255];
            }
        }
        pixels
    }

    /// The colour at a place of a part, between the four pixels about it. Fractions are 256ths.
    fn between(&self, part: &Part, (x, y): (u32, u32), (width, height): (u32, u32)) -> [u8; 3] {
        // The middle of a pixel is a half of it from its edge.
        let place = |at: u32, part: u32, whole: u32| {
            let full = (2 * u64::from(at) + 1) * u64::from(part) * 128 / u64::from(whole);
            let full = full.saturating_sub(128).min(u64::from(part - 1) * 256);
            ((full / 256) as u32, (full % 256) as u32)
        };
        let ((x0, right), (y0, down)) = (place(x, part.wide, width), place(y, part.high, height));
        let (x1, y1) = ((x0 + 1).min(part.wide - 1), (y0 + 1).min(part.high - 1));
        let pixel = |x: u32, y: u32| {
            let from = ((part.top + y) as usize * self.width as usize + (part.left + x) as usize) * 3;
            [self.rgb[from], self.rgb[from + 1], self.rgb[from + 2]]
        };
        let four = [pixel(x0, y0), pixel(x1, y0), pixel(x0, y1), pixel(x1, y1)];
        let weights =
            [(256 - right) * (256 - down), right * (256 - down), (256 - right) * down, right * down];
        std::array::from_fn(|channel| {
            let sum: u32 =
                four.iter().zip(weights).map(|(pixel, weight)| u32::from(pixel[channel]) * weight).sum();
            ((sum + 32_768) >> 16) as u8
        })
    }
}

/// A part of a photograph, in its pixels.
struct Part {
    left: u32,
    top: u32,
    wide: u32,
    high: u32,
}

fn checked(width: u32, height: u32) -> Result<(), PhotographError> {
    let fits = width.min(height) >= SIDE_MIN && u64::from(width) * u64::from(height) <= PIXELS_MAX;
    if fits { Ok(()) } else { Err(PhotographError::Size { width, height }) }
}

fn of_png(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>), PhotographError> {
    // Sixteen bits of four channels are the most that a pixel can have.
    let limits = png::Limits { bytes: PIXELS_MAX as usize * 8 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let (width, height) = (reader.info().width, reader.info().height);
    checked(width, height)?;
    let size = reader.output_buffer_size().ok_or(PhotographError::Size { width, height })?;
    let mut buffer = vec![0; size];
    let frame = reader.next_frame(&mut buffer)?;
    reader.finish()?;
    buffer.truncate(frame.buffer_size());
    let on_white = |pixel: &[u8], alpha: u8| {
        let color = match *pixel {
            [red, green, blue] => Color::rgb(red, green, blue),
            _ => Color::rgb(pixel[0], pixel[0], pixel[0]),
        };
        let seen = Color { alpha, ..color }.over(Color::WHITE);
        [seen.red, seen.green, seen.blue]
    };
    let rgb = match frame.color_type {
        png::ColorType::Rgb => buffer,
        png::ColorType::Rgba => buffer.chunks_exact(4).flat_map(|p| on_white(&p[..3], p[3])).collect(),
        png::ColorType::GrayscaleAlpha => {
            buffer.chunks_exact(2).flat_map(|p| on_white(&p[..1], p[1])).collect()
        }
        png::ColorType::Grayscale | png::ColorType::Indexed => {
            buffer.iter().flat_map(|grey| [*grey; 3]).collect()
        }
    };
    Ok((width, height, rgb))
}

fn of_jpeg(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>), PhotographError> {
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::colorspace::ColorSpace;
    use zune_jpeg::zune_core::options::DecoderOptions;

    let failed = |error: zune_jpeg::errors::DecodeErrors| PhotographError::Jpeg(format!("{error:?}"));
    // The same pixels on all machines: `pixmo-pictures` holds the decoder to that.
    let options = DecoderOptions::default().set_strict_mode(true).jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().map_err(failed)?;
    let info = decoder.info().ok_or_else(|| PhotographError::Jpeg("it has no size".to_owned()))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    checked(width, height)?;
    // The decoder fills up what a cut file lacks in its last rows. Behind the last start of a scan there must be the
    // mark of the end; small copies of a picture stand before.
    let last = |mark: [u8; 2]| bytes.windows(2).rposition(|pair| pair == mark);
    if last([0xff, 0xd9]) < last([0xff, 0xda]) {
        return Err(PhotographError::Jpeg("its end is missing".to_owned()));
    }
    let rgb = decoder.decode().map_err(failed)?;
    if rgb.len() as u64 != u64::from(width) * u64::from(height) * 3 {
        return Err(PhotographError::Jpeg(format!("{} bytes for {width} x {height} pixels", rgb.len())));
    }
    Ok((width, height, rgb))
}

#[cfg(test)]
pub(crate) mod tests {
    use pixmo_render::{Picture, Seed};

    use super::upright::tests::held;
    use super::*;

    /// Pixels that differ everywhere: red to the right, green downwards.
    fn pixels(width: u32, height: u32) -> Pixmap {
        let mut pixels = Pixmap::new(width, height).expect("an area");
        for (at, pixel) in pixels.data_mut().as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let (x, y) = (at as u32 % width, at as u32 / width);
            *pixel = [(x * 255 / width) as u8, (y * 255 / height) as u8, 40, 255];
        }
        pixels
    }

    pub(crate) fn png_of(width: u32, height: u32) -> Vec<u8> {
        Picture::encode(&pixels(width, height)).png
    }

    pub(crate) fn jpeg_of(width: u32, height: u32) -> Vec<u8> {
        pixmo_render_clocks::photo::jpeg(&pixels(width, height), 95)
    }

    fn decoded(bytes: &[u8]) -> Result<Photograph, PhotographError> {
        Photograph::decode("a", "00", bytes)
    }

    #[test]
    fn both_formats_give_the_pixels() {
        for bytes in [png_of(120, 90), jpeg_of(120, 90)] {
            let photograph = decoded(&bytes).expect("a picture");
            assert_eq!((photograph.width, photograph.height), (120, 90));
            let at = |x: usize, y: usize| photograph.rgb[(y * 120 + x) * 3..][..3].to_vec();
            for (x, y) in [(0, 0), (119, 0), (60, 45), (119, 89)] {
                let expected = [(x * 255 / 120) as i32, (y * 255 / 90) as i32, 40];
                let found = at(x, y);
                for (channel, expected) in found.iter().zip(expected) {
                    assert!((i32::from(*channel) - expected).abs() < 12, "{found:?} at {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn a_photograph_of_a_camera_on_its_side_stands_upright() {
        // The camera was turned to the left: what it stored as the left edge was the top.
        let photograph = decoded(&held(&jpeg_of(120, 90), 6)).expect("a picture");
        assert_eq!((photograph.width, photograph.height), (90, 120));
        let at = |x: usize, y: usize| &photograph.rgb[(y * 90 + x) * 3..][..2];
        let corners = [(0, 0, [0, 255]), (89, 0, [0, 0]), (0, 119, [255, 255]), (89, 119, [255, 0])];
        for (x, y, expected) in corners {
            let found = at(x, y);
            let off = found.iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max();
            assert!(off < Some(12), "{found:?} at {x}, {y}, expected {expected:?}");
        }
        // Large ones are made small as they are stored.
        let large = decoded(&held(&jpeg_of(3_000, 700), 8)).expect("a picture");
        assert_eq!((large.width, large.height), (233, 1_000));
    }

    #[test]
    fn transparency_is_laid_on_white_and_grey_is_grey() {
        let encoded = |color: png::ColorType, pixel: &[u8]| {
            let mut bytes = Vec::new();
            let mut encoder = png::Encoder::new(&mut bytes, 64, 64);
            encoder.set_color(color);
            let mut writer = encoder.write_header().expect("to memory");
            writer.write_image_data(&pixel.repeat(64 * 64)).expect("to memory");
            writer.finish().expect("to memory");
            decoded(&bytes).expect("a picture").rgb[..3].to_vec()
        };
        assert_eq!(encoded(png::ColorType::Rgba, &[200, 0, 0, 0]), [255, 255, 255]);
        assert_eq!(encoded(png::ColorType::GrayscaleAlpha, &[70, 255]), [70, 70, 70]);
        assert_eq!(encoded(png::ColorType::Grayscale, &[9]), [9, 9, 9]);
    }

    #[test]
    fn whatever_is_cut_off_is_found() {
        for bytes in [png_of(96, 80), jpeg_of(96, 80)] {
            assert!(decoded(&bytes).is_ok());
            for left in (1..bytes.len()).step_by(7) {
                assert!(decoded(&bytes[..left]).is_err(), "{left} of {}", bytes.len());
            }
        }
        assert!(matches!(decoded(b"GIF89a"), Err(PhotographError::Unknown)));
        assert!(matches!(decoded(&png_of(63, 80)), Err(PhotographError::Size { width: 63, height: 80 })));
    }

    #[test]
    fn bytes_that_are_damaged_do_no_harm() {
        for bytes in [png_of(64, 64), jpeg_of(64, 64)] {
            let mut rng = Seed::from_number(5).rng("damage");
            for _ in 0..300 {
                let mut broken = bytes.clone();
                for _ in 0..=rng.below(4) {
                    let at = rng.below(broken.len());
                    broken[at] = rng.below(256) as u8;
                }
                let _either = decoded(&broken);
            }
        }
    }

    #[test]
    fn large_ones_are_made_small() {
        let photograph = decoded(&png_of(3_000, 700)).expect("a picture");
        assert_eq!((photograph.width, photograph.height), (1_000, 233));
        assert_eq!(photograph.rgb.len(), 1_000 * 233 * 3);
        // The mean of three columns and three rows, of which the middle ones are 751 and 301.
        assert_eq!(photograph.rgb[(100 * 1_000 + 250) * 3], (751 * 255 / 3_000) as u8);
    }

    #[test]
    fn a_part_has_the_size_of_the_picture_and_says_where_it_is_from() {
        for (name, bytes) in [("large", png_of(1_200, 900)), ("small", png_of(100, 80))] {
            let photograph = decoded(&bytes).expect("a picture");
            for number in 0..12 {
                let mut rng = Seed::from_number(number).rng("ground");
                let (pixels, behind) = photograph.behind((256, 192), &mut rng);
                assert_eq!((pixels.width(), pixels.height()), (256, 192));
                let [left, top, wide, high] = behind.part;
                assert!(left + wide <= 1.0001 && top + high <= 1.0001 && wide.max(high) > 0.45, "{behind:?}");
                // Red says from which column, green from which row a pixel comes.
                for (x, y) in [(20_u32, 20_u32), (128, 96), (230, 170)] {
                    let pixel = pixels.pixels()[(y * 256 + x) as usize];
                    let expected = |start: f32, long: f32, at: u32, size: f32| {
                        (start + long * (at as f32 + 0.5) / size) * 255.0
                    };
                    let red = expected(left, wide, x, 256.0) - f32::from(pixel.red());
                    let green = expected(top, high, y, 192.0) - f32::from(pixel.green());
                    assert!(
                        red.abs() < 6.0 && green.abs() < 6.0,
                        "{name} {number}: {red} {green} {behind:?}"
                    );
                }
                let again = photograph.behind((256, 192), &mut Seed::from_number(number).rng("ground"));
                assert_eq!(again.0.data(), pixels.data());
            }
        }
    }
}
