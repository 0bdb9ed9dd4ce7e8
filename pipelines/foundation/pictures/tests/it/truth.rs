//! Our pixels against Pillow's: every format, every orientation, every kind of profile.

use pixmo_pictures::{Fault, Format, Model, Profile, Warning, glimpse};

use crate::files::{Known, all, bytes, decoded, picture};

/// Largest and mean difference.
fn difference(known: &Known, pixels: &[u8]) -> (u8, f64) {
    let differences = known.pixels.iter().zip(pixels).map(|(a, b)| a.abs_diff(*b));
    let largest = differences.clone().max().unwrap_or(0);
    (largest, differences.map(f64::from).sum::<f64>() / pixels.len() as f64)
}

#[test]
fn pixels_are_those_that_pillow_sees() {
    let mut wrong = Vec::new();
    for known in all() {
        match decoded(&known.bytes) {
            Err(fault) => wrong.push(format!("{}: {fault}", known.name)),
            Ok(picture) if (picture.width, picture.height) != (known.width, known.height) => {
                wrong.push(format!("{}: {} x {}", known.name, picture.width, picture.height));
            }
            Ok(picture) => {
                let (largest, mean) = difference(&known, &picture.pixels);
                if largest > known.largest || mean > known.mean {
                    wrong.push(format!("{}: off by {largest}, {mean:.2} on average", known.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn formats_are_told_by_content_and_a_glimpse_agrees() {
    for known in all() {
        let picture = decoded(&known.bytes).expect("a whole picture");
        let ending = known.name.rsplit('.').next();
        assert_eq!(Some(picture.format.extension()), ending, "{}", known.name);
        let seen = glimpse(&known.bytes, &pixmo_pictures::Limits::default()).expect("a whole file");
        assert_eq!(
            (picture.format, picture.width, picture.height, picture.orientation),
            (seen.format, seen.width, seen.height, seen.orientation),
            "{}",
            known.name
        );
        let unknown = seen.warnings.iter().find(|warning| !picture.warnings.contains(warning));
        assert_eq!(unknown, None, "{}", known.name);
        // What is missing are those that only samples show.
        let missed = picture.warnings.iter().filter(|warning| !seen.warnings.contains(warning));
        let of_samples = |warning: &&Warning| {
            use Warning::*;
            matches!(
                warning,
                AlphaOverWhite | BitsReduced | ProfileBroken | ProfileOfOtherColours | InksWithoutProfile
            )
        };
        assert_eq!(missed.clone().find(|warning| !of_samples(warning)), None, "{}", known.name);
    }
}

#[test]
fn what_is_odd_is_named() {
    use Warning::*;
    let cases: [(&str, &[Warning]); 15] = [
        ("plain.jpg", &[]),
        ("plain.png", &[]),
        ("srgb.jpg", &[]),
        ("turned-6.jpg", &[]),
        ("trailing.jpg", &[TrailingBytes]),
        ("broken-profile.jpg", &[ProfileBroken]),
        ("inks.jpg", &[InksWithoutProfile]),
        ("inks-8.jpg", &[]),
        ("sixteen.png", &[BitsReduced]),
        ("clear.png", &[AlphaOverWhite]),
        ("moving.png", &[FirstFrameOnly]),
        ("moving.webp", &[FirstFrameOnly]),
        ("moving.gif", &[FirstFrameOnly]),
        ("pages.tif", &[FirstFrameOnly]),
        ("partly.gif", &[CanvasPartlyCovered, AlphaOverWhite]),
    ];
    for (name, warnings) in cases {
        assert_eq!(picture(name).warnings, warnings, "{name}");
    }
}

#[test]
fn colours_are_told() {
    let colour = |name| picture(name).colour;
    assert_eq!(colour("plain.jpg").profile, Profile::Absent);
    assert_eq!(colour("srgb.jpg").profile, Profile::Srgb);
    assert_eq!(colour("wide.jpg").profile, Profile::Applied("wide".to_owned()));
    assert_eq!(colour("broken-profile.jpg").profile, Profile::Unusable);
    let model = |name| (colour(name).model, colour(name).bits, colour(name).alpha);
    assert_eq!(model("grey.jpg"), (Model::Grey, 8, false));
    assert_eq!(model("inks-ycck.jpg"), (Model::Cmyk, 8, false));
    assert_eq!(model("palette-2.png"), (Model::Palette, 2, false));
    assert_eq!(model("sixteen.png"), (Model::Rgb, 16, false));
    assert_eq!(model("clear.webp"), (Model::Rgb, 8, true));
    assert_eq!(model("fax.tif"), (Model::Grey, 1, false));
}

#[test]
fn orientation_is_told_and_applied() {
    for turned in 1..=8u8 {
        assert_eq!(picture(&format!("turned-{turned}.jpg")).orientation, turned);
    }
    for name in ["turned-6.png", "turned-6.webp", "turned-6.tif"] {
        assert_eq!(picture(name).orientation, 6, "{name}");
    }
}

#[test]
fn what_is_not_read_is_named() {
    let fault = decoded(&bytes("plain.avif")).expect_err("it is not read");
    assert!(matches!(&fault, Fault::Unsupported { format: Format::Avif, .. }), "{fault:?}");
    assert!(fault.to_string().starts_with("AVIF is not read here: "), "{fault}");
    assert_eq!(fault.name(), "unsupported");
    assert_eq!(decoded(b""), Err(Fault::Empty));
    let page = decoded(b"<!doctype html><title>Not found</title>").expect_err("a web page");
    assert_eq!(page.to_string(), "the file is no picture but a web page");
}

#[test]
fn pictures_coded_arithmetically_are_named() {
    let mut file = bytes("plain.jpg");
    let frame = file.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    for (marker, words) in [(0xC9, "arithmetically"), (0xC3, "without loss"), (0xC5, "in layers")] {
        file[frame + 1] = marker;
        let fault = decoded(&file).expect_err("it is not read");
        assert!(fault.to_string().contains(words), "{fault}");
    }
}
