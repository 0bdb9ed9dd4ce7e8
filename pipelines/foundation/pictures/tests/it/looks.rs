//! Copies that were changed look alike, and others do not.

use pixmo_pictures::{
    Decoded, Look, Placeholder, VIEWS, encode_jpeg, look, mirrored, placeholder, shrink, view_window,
};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

use crate::files::{decoded, photograph, picture};

fn distance(a: &[u8; 32], b: &[u8; 32]) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}

/// The nearest view of one picture to the whole of the other, either way round.
fn view_distance(a: &Look, b: &Look) -> u32 {
    let to_whole = |views: &Look, whole: &Look| {
        views.views.iter().map(|view| (view ^ whole.views[0]).count_ones()).min()
    };
    to_whole(a, b).min(to_whole(b, a)).expect("views")
}

/// A picture of soft spots in random places: like a photograph in that each frequency has something.
fn scene(seed: u64, width: u32, height: u32) -> Decoded {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut unit = || f64::from(random.next_u32()) / f64::from(u32::MAX);
    let spots = (0..40)
        .map(|_| {
            (
                [unit(), unit()],
                0.02 + 0.15 * unit() * unit(),
                [unit(), unit(), unit()].map(|value| 200.0 * (value - 0.5)),
            )
        })
        .collect::<Vec<_>>();
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let place = [f64::from(x) / f64::from(width), f64::from(y) / f64::from(height)];
            let mut colour = [128.0; 3];
            for (middle, reach, light) in &spots {
                let far = ((place[0] - middle[0]) * (place[0] - middle[0])
                    + (place[1] - middle[1]) * (place[1] - middle[1]))
                    / (reach * reach);
                let share = 1.0 / (1.0 + far * far);
                colour.iter_mut().zip(light).for_each(|(colour, light)| *colour += light * share);
            }
            pixels.extend(colour.map(|value: f64| value.clamp(0.0, 255.0) as u8));
        }
    }
    Decoded { pixels, width, height, ..picture("plain.png") }
}

fn cropped(whole: &Decoded, left: u32, top: u32, right: u32, bottom: u32) -> Decoded {
    let rows = (top..whole.height - bottom).flat_map(|y| {
        let row = &whole.pixels[3 * (y * whole.width) as usize..][..3 * whole.width as usize];
        row[3 * left as usize..3 * (whole.width - right) as usize].to_vec()
    });
    let pixels = rows.collect();
    Decoded {
        pixels,
        width: whole.width - left - right,
        height: whole.height - top - bottom,
        ..whole.clone()
    }
}

fn mirror(whole: &Decoded) -> Decoded {
    let rows = whole.pixels.chunks_exact(3 * whole.width as usize);
    let pixels = rows.flat_map(|row| row.rchunks_exact(3).flatten().copied().collect::<Vec<_>>()).collect();
    Decoded { pixels, ..whole.clone() }
}

fn changed_colours(whole: &Decoded) -> Decoded {
    let pixels = whole.pixels.chunks_exact(3).flat_map(|pixel| {
        [pixel[0] as f32 * 0.8 + 30.0, pixel[1] as f32 * 0.9 + 5.0, pixel[2] as f32 * 0.7]
            .map(|value| value as u8)
    });
    Decoded { pixels: pixels.collect(), ..whole.clone() }
}

/// A band with strokes over the bottom tenth.
fn with_caption(whole: &Decoded) -> Decoded {
    let mut picture = whole.clone();
    let from = whole.height * 9 / 10;
    for y in from..whole.height {
        for x in whole.width / 4..whole.width * 3 / 4 {
            let at = 3 * (y * whole.width + x) as usize;
            let ink = if (x / 3) % 3 == 0 && y % 12 > 3 { 255 } else { 20 };
            picture.pixels[at..at + 3].fill(ink);
        }
    }
    picture
}

#[test]
fn changed_copies_are_found() {
    for seed in 0..12 {
        let whole = scene(seed, 320, 240);
        let of_whole = look(&whole);
        let again =
            |picture: &Decoded, quality| decoded(&encode_jpeg(picture, quality)).expect("a whole picture");
        let copies = [
            ("coded again", again(&whole, 40)),
            ("smaller", again(&shrink(&whole, 96), 80)),
            ("other colours", changed_colours(&whole)),
            ("with a caption", with_caption(&whole)),
        ];
        for (name, copy) in copies {
            let of_copy = look(&copy);
            let far = distance(&of_whole.hash, &of_copy.hash);
            let view = view_distance(&of_whole, &of_copy);
            assert!(far <= 31 || view <= 12, "{name} of {seed}: {far} of 256, {view} of 64");
        }
    }
}

#[test]
fn crops_up_to_a_tenth_are_found_by_views() {
    let (mut worst, mut sum, mut count) = (0, 0, 0);
    for seed in 0..12 {
        let whole = scene(seed, 320, 240);
        let of_whole = look(&whole);
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        for _ in 0..12 {
            let mut share = |side: u32| {
                let off = random.next_u32() % (side / 10 + 1);
                let one = random.next_u32() % (off + 1);
                (one, off - one)
            };
            let ((left, right), (top, bottom)) = (share(320), share(240));
            let far = view_distance(&of_whole, &look(&cropped(&whole, left, top, right, bottom)));
            worst = worst.max(far);
            sum += far;
            count += 1;
        }
    }
    assert!(worst <= 12 && sum <= 5 * count, "worst {worst}, {sum} in {count}");
}

#[test]
fn mirrored_copies_are_found() {
    for seed in 0..12 {
        let whole = scene(seed, 320, 240);
        let (a, b) = (look(&whole), look(&mirror(&whole)));
        assert!(distance(&a.hash_mirrored, &b.hash) <= 12, "{seed}");
        assert!((mirrored(a.views[0]) ^ b.views[0]).count_ones() <= 3, "{seed}");
        // Windows are mirrored as well.
        for (view, of_mirror) in [(2, 3), (3, 2), (7, 8)] {
            assert!((mirrored(a.views[view]) ^ b.views[of_mirror]).count_ones() <= 4, "{seed}");
        }
        assert!(distance(&a.hash, &b.hash) > 60, "{seed}");
    }
}

#[test]
fn others_stay_apart() {
    let looks = (0..60).map(|seed| look(&scene(seed, 160, 120))).collect::<Vec<_>>();
    let mut nearest = (256, 64);
    for (number, a) in looks.iter().enumerate() {
        for b in &looks[..number] {
            let far = distance(&a.hash, &b.hash).min(distance(&a.hash_mirrored, &b.hash));
            nearest = (nearest.0.min(far), nearest.1.min(view_distance(a, b)));
        }
    }
    assert!(nearest.0 > 70 && nearest.1 > 8, "{nearest:?}");
}

#[test]
fn a_thumbnail_is_the_picture() {
    let photograph = photograph();
    let seen = look(&photograph);
    let mean =
        |values: &[u8]| values.iter().map(|value| f64::from(*value)).sum::<f64>() / values.len() as f64;
    let lights = photograph
        .pixels
        .chunks_exact(3)
        .map(|pixel| 0.299 * f64::from(pixel[0]) + 0.587 * f64::from(pixel[1]) + 0.114 * f64::from(pixel[2]));
    let expected = lights.clone().sum::<f64>() / lights.count() as f64;
    assert!((mean(&seen.thumbnail) - expected).abs() < 2.0);
    assert!(!seen.flat && seen.placeholder.is_none());
}

#[test]
fn bits_do_not_change() {
    // What is written into files must be found again by later versions.
    let seen = look(&photograph());
    let text = seen.hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(text, "5ad67ac1b12e85368552a65136563136f1a9c5a9a5ada52fb529d5394ad15ad6");
    assert_eq!(format!("{:016x} {}", seen.views[0], seen.quality), "baa3d788ff620d7a 90");
    assert_eq!(view_window(0), [0, 0, 1000, 1000]);
    assert_eq!(view_window(VIEWS - 1), [75, 75, 925, 925]);
}

#[test]
fn what_stands_in_for_pictures_is_marked() {
    let of = |width: u32, height: u32, paint: fn(u32, u32) -> [u8; 3]| {
        let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| paint(x, y))).collect();
        placeholder(&Decoded { pixels, width, height, ..picture("plain.png") })
    };
    assert_eq!(of(1, 1, |_, _| [255; 3]), Some(Placeholder::Tiny));
    assert_eq!(of(300, 200, |_, _| [221, 221, 221]), Some(Placeholder::Blank));
    // Words on a grey ground.
    let words = |x: u32, y: u32| {
        if y / 8 == 12 && (100..200).contains(&x) && (x / 3).is_multiple_of(2) { [150; 3] } else { [238; 3] }
    };
    assert_eq!(of(300, 200, words), Some(Placeholder::Sparse));
    assert_eq!(
        of(161, 81, |x, y| if (x + y) % 5 == 0 { [90, 90, 90] } else { [30, 30, 30] }),
        Some(Placeholder::KnownSize)
    );
    assert_eq!(of(300, 200, |x, y| [(x % 256) as u8, (y % 256) as u8, 99]), None);
    assert_eq!(placeholder(&photograph()), None);
}
