//! Finished pictures of clocks with hands, read back from their pixels and the homography of the row alone.

use std::io::Cursor;

use pixmo_clockread::blind;
use pixmo_clockread::pixels::Pixels;
use pixmo_clocks::picture::{self, Kept, Made};
use pixmo_clocks::settings::Settings;
use pixmo_clocks::stage::Clocks;
use pixmo_render_clocks::watch::Dial;
use pixmo_schemas::Dataset;
use pixmo_stage::{Context, Group, Split, Stage as _, Task};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The seed of the campaign that these pictures belong to.
const SEED: u64 = 20_261_201;
/// One picture of each design, and of some two.
const STRIDE: u64 = 3;
/// Pictures that are read.
const PICTURES: usize = 400;
/// In wild pictures, hour and minute hand are this far apart at least, in degrees.
const APART_MIN: f64 = 8.0;

/// Pictures with hands that show the time, all still or all wild, with the numbers of their tasks.
fn pictures(wild: bool) -> Vec<(u64, Made)> {
    let settings = Settings { wild_share: if wild { 1.0 } else { 0.0 }, ..Settings::default() };
    let clocks =
        Clocks::open(settings, &Context::new(Dataset::Clocks, SEED, "data")).expect("the settings are right");
    let group = Group { config: "default", split: Split::Train, tasks: 800_269 };
    let mut kept = Kept::default();
    let made = (0..).map(|n| {
        let task = Task::new(SEED, Dataset::Clocks, &group, n * STRIDE);
        (task.index, picture::make(&clocks.order(&task), &mut kept))
    });
    made.filter(|(_, made)| {
        let [Some((hour, _)), Some((minute, _)), _] = made.hands else { return false };
        let apart = ((hour - minute + 180.0).rem_euclid(360.0) - 180.0).abs();
        matches!(made.watch.dial, Dial::Hands(_)) && made.shows.time && (!wild || apart >= APART_MIN)
    })
    .take(PICTURES)
    .collect()
}

/// Width, and four bytes a pixel.
fn decoded(made: &Made) -> (usize, Vec<u8>) {
    let (width, rgb) = if made.format == "png" {
        let mut decoder = png::Decoder::new(Cursor::new(&made.file));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
        let frame = reader.next_frame(&mut bytes).expect("a whole PNG");
        bytes.truncate(frame.buffer_size());
        let channels = bytes.len() / (frame.width * frame.height) as usize;
        let rgb = bytes.chunks_exact(channels).flat_map(|pixel| match pixel {
            [gray] | [gray, _] => [*gray; 3],
            _ => [pixel[0], pixel[1], pixel[2]],
        });
        (frame.width as usize, rgb.collect())
    } else {
        let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&made.file), options);
        let rgb = decoder.decode().expect("a JPEG");
        (decoder.dimensions().expect("a size").0, rgb)
    };
    (width, rgb.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect())
}

/// Fails where the time is read rightly, to a minute more or less, of fewer pictures than so many per cent, and says of
/// which.
fn check(wild: bool, right_min: f64) {
    let (mut read, mut wrong) = (0, Vec::new());
    for (number, made) in pictures(wild) {
        let (width, bytes) = decoded(&made);
        let reading = blind::read(&Pixels { width, bytes: &bytes }, &made.camera.view().rows());
        let wanted = u32::from(made.choice.moment.hour()) % 12 * 60 + u32::from(made.choice.moment.minute());
        let apart = reading.map_or(360, |reading| reading.minutes().abs_diff(wanted));
        read += 1;
        if apart.min(720 - apart) > 1 {
            let said = reading.map(|reading| format!("{}:{:02}", reading.hour, reading.minute as u32));
            let radius = made.radii.0;
            wrong.push(format!(
                "task {number}: {}:{:02}, read {said:?}, dial of {radius:.0} pixels",
                wanted / 60,
                wanted % 60
            ));
        }
    }
    let share = 100.0 - 100.0 * wrong.len() as f64 / read as f64;
    assert!(share >= right_min, "{share:.2} % of {read} are right; wrong are\n{}", wrong.join("\n"));
}

#[test]
fn still_clocks_are_read_from_their_pixels() {
    check(false, 99.0);
}

#[test]
fn wild_clocks_are_read_from_their_pixels() {
    check(true, 97.0);
}
