use super::*;
use pixmo_render::{Color, Point, Scene, Seed, raster};

/// Grey stripes and a disc, with soft and hard edges.
fn picture() -> Pixmap {
    let mut scene = Scene::new(130, 97, Color::rgb(180, 170, 150));
    let element = scene.ornament();
    scene.circle(element, Point::new(60.0, 50.0), 31.0, Color::rgb(40, 60, 90));
    scene.line(
        element,
        Point::new(10.0, 10.0),
        Point::new(120.0, 80.0),
        pixmo_render::scene::Stroke::new(Color::WHITE, 3.0),
    );
    raster::paint(&scene)
}

fn flat(value: u8, side: u32) -> Pixmap {
    raster::paint(&Scene::new(side, side, Color::rgb(value, value, value)))
}

fn channel(pixels: &Pixmap, channel: usize) -> impl Iterator<Item = f64> + '_ {
    pixels.data().chunks_exact(4).map(move |pixel| f64::from(pixel[channel]))
}

fn mean(pixels: &Pixmap, of: usize) -> f64 {
    channel(pixels, of).sum::<f64>() / f64::from(pixels.width() * pixels.height())
}

fn deviation(pixels: &Pixmap, of: usize) -> f64 {
    let middle = mean(pixels, of);
    let squares: f64 = channel(pixels, of).map(|value| (value - middle) * (value - middle)).sum();
    (squares / f64::from(pixels.width() * pixels.height())).sqrt()
}

fn after(photo: &Photo, mut pixels: Pixmap) -> Pixmap {
    photo.apply(&mut pixels, &mut Seed::from_number(3).rng("noise"));
    pixels
}

#[test]
fn no_effect_changes_nothing() {
    let still = Photo {
        defocus: Some(0.0),
        motion: Some(Motion { length: 0.0, degrees: 40.0 }),
        exposure: Some(0.0),
        cast: Some(Cast { warmth: 0.0, tint: 0.0 }),
        contrast: Some(1.0),
        low_light: Some(0.0),
        vignette: Some(Vignette { strength: 0.0, x: 0.5, y: 0.5 }),
        noise: Some(Noise { deviation: 0.0 }),
        resampling: Some(1.0),
        ..Photo::default()
    };
    for photo in [Photo::default(), still] {
        assert!(after(&photo, picture()).data() == picture().data(), "{photo:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_pixels_and_pixels_stay_opaque() {
    let seed = Seed::from_number(11);
    let mut differing = 0;
    for number in 0..60 {
        let photo = Photo::drawn(&mut seed.rng(&format!("photo {number}")));
        let text = serde_json::to_string(&photo).expect("a photo can be written");
        assert_eq!(serde_json::from_str::<Photo>(&text).expect("and read"), photo);
        let (first, second) = (after(&photo, picture()), after(&photo, picture()));
        assert!(first.data() == second.data(), "{photo:?}");
        assert!(first.pixels().iter().all(|pixel| pixel.alpha() == 255), "{photo:?}");
        differing += usize::from(first.data() != picture().data());
    }
    assert!(differing > 50, "{differing}");
}

#[test]
fn noise_has_the_mean_0_and_the_deviation_that_was_asked_for() {
    for asked in [2.0, 6.0, 12.0] {
        let photo = Photo { noise: Some(Noise { deviation: asked }), ..Photo::default() };
        let grey = after(&photo, flat(128, 256));
        for of in 0..3 {
            assert!((mean(&grey, of) - 128.0).abs() < 0.15, "{asked}: {}", mean(&grey, of));
            let found = deviation(&grey, of);
            assert!((found / f64::from(asked) - 1.0).abs() < 0.05, "{asked}: {found}");
        }
        let (dark, light) = (after(&photo, flat(60, 256)), after(&photo, flat(200, 256)));
        assert!(deviation(&dark, 1) > deviation(&grey, 1) && deviation(&grey, 1) > deviation(&light, 1));
        // Channels share most of it, not all.
        let (mut shared, middle) = (0.0, [mean(&grey, 0), mean(&grey, 1)]);
        for pixel in grey.data().chunks_exact(4) {
            shared += (f64::from(pixel[0]) - middle[0]) * (f64::from(pixel[1]) - middle[1]);
        }
        let correlation = shared / 65_536.0 / deviation(&grey, 0) / deviation(&grey, 1);
        assert!((0.5..0.8).contains(&correlation), "{correlation}");
    }
}

#[test]
fn noise_does_not_repeat_from_row_to_row() {
    let photo = Photo { noise: Some(Noise { deviation: 8.0 }), ..Photo::default() };
    let pixels = after(&photo, flat(128, 256));
    let values: Vec<f64> = channel(&pixels, 1).map(|value| value - 128.0).collect();
    for step in [1, 2, 4, 16, 255, 256, 257, 512, 4096] {
        let count = values.len() - step;
        let product: f64 = values.iter().zip(&values[step..]).map(|(a, b)| a * b).sum();
        let correlation = product / count as f64 / 64.0;
        assert!(correlation.abs() < 0.03, "{step}: {correlation}");
    }
}

#[test]
fn blurs_keep_the_brightness_and_soften_edges() {
    let sharp = picture();
    let edges = |pixels: &Pixmap| -> f64 {
        let row = pixels.width() as usize;
        let values: Vec<f64> = channel(pixels, 0).collect();
        values.chunks_exact(row).flat_map(|line| line.windows(2).map(|two| (two[0] - two[1]).abs())).sum()
    };
    let blurs = [
        Photo { defocus: Some(0.6), ..Photo::default() },
        Photo { defocus: Some(2.5), ..Photo::default() },
        Photo { motion: Some(Motion { length: 5.0, degrees: 0.0 }), ..Photo::default() },
        Photo { motion: Some(Motion { length: 6.0, degrees: 63.0 }), ..Photo::default() },
        Photo { resampling: Some(0.5), ..Photo::default() },
    ];
    for photo in blurs {
        let soft = after(&photo, picture());
        for of in 0..3 {
            let (before, now) = (mean(&sharp, of), mean(&soft, of));
            assert!((before - now).abs() < 0.6, "{photo:?}: {before} {now}");
        }
        assert!(edges(&soft) < edges(&sharp) * 0.98, "{photo:?}");
        assert!(after(&photo, flat(77, 40)).data() == flat(77, 40).data(), "{photo:?}");
    }
}

#[test]
fn motion_blurs_along_its_direction_alone() {
    let mut scene = Scene::new(60, 60, Color::WHITE);
    let element = scene.ornament();
    scene.rect(element, pixmo_render::Rect::new(0.0, 20.0, 60.0, 40.0), Color::BLACK);
    let pixels = raster::paint(&scene);
    let along = Photo { motion: Some(Motion { length: 6.0, degrees: 0.0 }), ..Photo::default() };
    let across = Photo { motion: Some(Motion { length: 6.0, degrees: 90.0 }), ..Photo::default() };
    assert!(after(&along, pixels.clone()).data() == pixels.data());
    assert!(after(&across, pixels.clone()).data() != pixels.data());
}

#[test]
fn colours_go_where_they_are_sent() {
    let grey = || flat(120, 64);
    let brighter = Photo { exposure: Some(0.5), ..Photo::default() };
    let warm = Photo { cast: Some(Cast { warmth: 0.5, tint: 0.0 }), ..Photo::default() };
    let dim = Photo { low_light: Some(0.8), ..Photo::default() };
    let corners = Photo { vignette: Some(Vignette { strength: 0.5, x: 0.5, y: 0.5 }), ..Photo::default() };
    assert!(mean(&after(&brighter, grey()), 0) > 135.0);
    let warm = after(&warm, grey());
    assert!(mean(&warm, 0) > mean(&warm, 2) + 20.0);
    assert!(mean(&after(&dim, grey()), 0) < 95.0);
    let corners = after(&corners, grey());
    let at = |x: usize, y: usize| corners.pixels()[y * 64 + x].red();
    assert!(at(32, 32) >= 119 && (58..66).contains(&at(0, 0)) && at(0, 0).abs_diff(at(63, 63)) < 2);
}

#[test]
fn a_small_dial_is_blurred_less() {
    let photo = Photo {
        defocus: Some(2.0),
        motion: Some(Motion { length: 6.0, degrees: 1.0 }),
        resampling: Some(0.3),
        ..Photo::default()
    };
    assert_eq!(photo.clone().within(700.0), photo);
    let small = photo.within(100.0);
    assert!(small.defocus < Some(0.7) && small.motion.is_some_and(|motion| motion.length < 1.6));
    assert_eq!(small.resampling, Some(1.0));
}

#[test]
fn a_jpeg_shows_what_was_encoded() {
    let pixels = picture();
    let mut last = 0;
    for quality in [30, 60, 95] {
        let file = jpeg(&pixels, quality);
        assert!(file == jpeg(&pixels, quality) && file.len() > last);
        last = file.len();
        let mut decoder = zune_jpeg::JpegDecoder::new(std::io::Cursor::new(&file));
        let rgb = decoder.decode().expect("our JPEG can be read");
        assert_eq!(decoder.dimensions(), Some((130, 97)));
        let apart: f64 = rgb
            .chunks_exact(3)
            .zip(pixels.data().chunks_exact(4))
            .flat_map(|(a, b)| (0..3).map(move |of| f64::from(a[of].abs_diff(b[of]))))
            .sum::<f64>()
            / rgb.len() as f64;
        assert!(apart < 6.0, "{quality}: {apart}");
    }
}
