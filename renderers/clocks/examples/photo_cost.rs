//! What each photographic effect costs: milliseconds for a picture of 512 x 512 pixels, each the least of some runs.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example prints, and measures time")]

use std::time::Instant;

use pixmo_render::{Color, Pixmap, Point, Scene, Seed, raster};
use pixmo_render_clocks::photo::{self, Cast, Motion, Noise, Photo, Screen, Vignette};

fn main() {
    let seed = Seed::from_number(1);
    let mut scene = Scene::new(512, 512, Color::rgb(200, 190, 170));
    let element = scene.ornament();
    for n in 0..40_u8 {
        let at = Point::new(f32::from(n) * 12.0, f32::from(u16::from(n) * 37 % 101) * 5.0);
        scene.circle(element, at, 14.0, Color::rgb(n * 6, 90, 200 - n * 3));
    }
    let sharp = raster::paint(&scene);
    let none = Photo::default;
    let colour = Photo {
        exposure: Some(0.3),
        cast: Some(Cast { warmth: 0.3, tint: 0.1 }),
        contrast: Some(1.1),
        low_light: Some(0.4),
        ..none()
    };
    let motion = Some(Motion { length: 6.0, degrees: 33.0 });
    let vignette = Some(Vignette { strength: 0.4, x: 0.5, y: 0.5 });
    let noise = Some(Noise { deviation: 6.0 });
    let all = Photo {
        defocus: Some(1.2),
        motion: Some(Motion { length: 4.0, degrees: 33.0 }),
        vignette,
        noise,
        resampling: Some(0.7),
        ..colour.clone()
    };
    let screen = Screen { line: 3.0, depth: 0.2, band: 40.0, degrees: 30.0, moire: 0.1 };
    let cases = [
        ("defocus 0.6", Photo { defocus: Some(0.6), ..none() }),
        ("defocus 1.2", Photo { defocus: Some(1.2), ..none() }),
        ("defocus 2.5", Photo { defocus: Some(2.5), ..none() }),
        ("motion 6 px", Photo { motion, ..none() }),
        ("colour", colour),
        ("vignette", Photo { vignette, ..none() }),
        ("noise", Photo { noise, ..none() }),
        ("down and up", Photo { resampling: Some(0.6), ..none() }),
        ("screen", Photo { screen: Some(screen), ..none() }),
        ("all but the screen", all),
    ];
    for (name, photo) in cases {
        report(name, &sharp, |pixels| photo.apply(pixels, &mut seed.rng("noise")));
    }
    for quality in [50, 90] {
        report(&format!("JPEG {quality}"), &sharp, |pixels| drop(photo::jpeg(pixels, quality)));
    }
    let drawn: Vec<Photo> = (0..200).map(|n| Photo::drawn(&mut seed.rng(&format!("photo {n}")))).collect();
    let start = Instant::now();
    for photo in &drawn {
        let mut pixels = sharp.clone();
        photo.apply(&mut pixels, &mut seed.rng("noise"));
    }
    println!("{:>20} {:6.2} ms", "mean of 200 drawn", start.elapsed().as_secs_f64() * 1000.0 / 200.0);
}

fn report(name: &str, sharp: &Pixmap, mut act: impl FnMut(&mut Pixmap)) {
    let mut pixels = sharp.clone();
    let least = (0..30)
        .map(|_| {
            pixels.data_mut().copy_from_slice(sharp.data());
            let start = Instant::now();
            act(&mut pixels);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .fold(f64::INFINITY, f64::min);
    println!("{name:>20} {least:6.2} ms");
}
