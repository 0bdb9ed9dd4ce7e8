//! Designs differ: in their names, and in what a person sees of their dials.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_clocks::picture::{Kept, Sitting};
use pixmo_render::{Color, Point, Scene, View, raster};
use pixmo_render_clocks::watch::{Dial, Watch};
use pixmo_render_clocks::{Canvas, Moment};

use super::{clocks, task};

/// Designs that are compared, and ten times as many where there is time.
const DESIGNS: usize = 400;
const MANY: usize = 4_000;
/// Tasks from one design to the next that is looked at, so that they lie all over a build.
const APART: u64 = 1_999;
/// Hashes that differ in fewer of 64 bits look alike.
const BITS_MIN: u32 = 4;
/// Small pictures that differ by less than this in the mean over their cells have one colour as well, 0 to 255.
const COLOR_MIN: f64 = 10.0;
/// A small picture says little: what passes for alike in it are dials with other marks on one ground, and digits of other
/// segments in one colour. Share of the designs that may have a hash like another of their body, and that may have its colours as well, in per cent: of
/// 400 designs, and of 4,000. The more designs of a body there are, the more of them are near another.
const TWINS_MAX: [(usize, usize); 2] = [(4, 1), (15, 3)];
/// Columns and rows of the small picture that a hash is made of.
const SMALL: (usize, usize) = (9, 8);
/// Pixels of the dial that become one of the small picture.
const CELL: usize = 16;

/// The dial alone from the front, without hands; digits at one time for all.
fn dial(watch: &Watch) -> Scene {
    let frame = watch.body.frame();
    let mut canvas = Canvas::new();
    match &watch.dial {
        Dial::Hands(face) => face.dial(&frame, &mut canvas),
        Dial::Digits(face) => {
            face.dial(&frame, &mut canvas);
            let moment = Moment::new(2022, 3, 14, 10, 8, 36).expect("it exists");
            face.moving(&frame, &moment, &mut canvas);
        }
        Dial::Nothing => {}
    }
    let (wide, high) = (SMALL.0 * CELL, SMALL.1 * CELL);
    let bounds = frame.outline.path(0.0).bounds();
    // The box of the dial fills the picture.
    let across = wide as f64 / f64::from(bounds.width());
    let down = high as f64 / f64::from(bounds.height());
    let (left, top) = (-f64::from(bounds.left()) * across, -f64::from(bounds.top()) * down);
    let view =
        View::from_rows([across, 0.0, left, 0.0, down, top, 0.0, 0.0, 1.0]).expect("a dial has an area");
    let seen = canvas.scene.seen(&view, wide as u32, high as u32);
    let mut scene = Scene::new(wide as u32, high as u32, Color::WHITE);
    scene.absorb(seen, Point::default(), |datum| datum);
    scene
}

/// What a design looks like.
struct Look {
    name: String,
    /// The difference hash of the dial: whether each cell of the small grey picture is lighter than its right neighbour.
    bits: u64,
    /// The colours of the small picture.
    cells: Vec<[f64; 3]>,
}

impl Look {
    fn of(watch: &Watch) -> Look {
        let pixels = raster::paint(&dial(watch));
        let wide = SMALL.0 * CELL;
        let cell = |column: usize, row: usize| {
            let mut sum = [0.0; 3];
            for y in row * CELL..(row + 1) * CELL {
                for pixel in &pixels.pixels()[y * wide + column * CELL..][..CELL] {
                    let channels = [pixel.red(), pixel.green(), pixel.blue()];
                    sum.iter_mut().zip(channels).for_each(|(sum, channel)| *sum += f64::from(channel));
                }
            }
            sum.map(|sum| sum / (CELL * CELL) as f64)
        };
        let cells: Vec<[f64; 3]> =
            (0..SMALL.0 * SMALL.1).map(|at| cell(at % SMALL.0, at / SMALL.0)).collect();
        let grey = |[red, green, blue]: [f64; 3]| 0.299 * red + 0.587 * green + 0.114 * blue;
        let pairs = cells.chunks(SMALL.0).flat_map(|row| row.windows(2));
        let bits = pairs.fold(0, |bits, pair| bits << 1 | u64::from(grey(pair[0]) > grey(pair[1])));
        Look { name: watch.id(), bits, cells }
    }

    fn has_hash_of(&self, other: &Look) -> bool {
        (self.bits ^ other.bits).count_ones() < BITS_MIN
    }

    fn has_colors_of(&self, other: &Look) -> bool {
        let channels = self.cells.iter().flatten().zip(other.cells.iter().flatten());
        let sum: f64 = channels.map(|(a, b)| (a - b).abs()).sum();
        sum < COLOR_MIN * (3 * self.cells.len()) as f64
    }
}

/// Designs of a default build, by body.
fn designs(count: usize) -> BTreeMap<&'static str, Vec<Look>> {
    let clocks = clocks(|_| {});
    let mut kept = Kept::default();
    let mut designs: BTreeMap<&str, Vec<Look>> = BTreeMap::new();
    let tasks = (0..).map(|number| task(number * APART % 800_269));
    let sittings = tasks.map(|task| Sitting::of(&clocks.order(&task), &mut kept));
    for sitting in sittings.filter(|sitting| !sitting.choice.not_shown).take(count) {
        designs.entry(sitting.watch.body.kind().slug()).or_default().push(Look::of(&sitting.watch));
    }
    designs
}

/// Names differ, and all but a share of the designs look like no other of their body.
fn are_distinct(count: usize, (like_max, same_max): (usize, usize)) {
    let designs = designs(count);
    assert!(designs.len() >= 60, "{} bodies", designs.len());
    let names: BTreeSet<&String> = designs.values().flatten().map(|look| &look.name).collect();
    assert_eq!(names.len(), count, "two designs have one name");
    let (mut like, mut same) = (BTreeMap::<&str, usize>::new(), Vec::new());
    for (kind, looks) in &designs {
        for (at, look) in looks.iter().enumerate() {
            let others =
                || looks.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
            if others().any(|other| look.has_hash_of(other)) {
                *like.entry(*kind).or_insert(0) += 1;
            }
            let twin = others().find(|other| look.has_hash_of(other) && look.has_colors_of(other));
            same.extend(twin.map(|twin| format!("{kind} {} {}", look.name, twin.name)));
        }
    }
    let all: usize = like.values().sum();
    assert!(same.len() * 100 <= count * same_max, "{} of {count} look alike: {same:?}", same.len());
    assert!(all * 100 <= count * like_max, "{all} of {count} designs have a hash like another: {like:?}");
}

#[test]
fn designs_have_names_and_looks_of_their_own() {
    are_distinct(DESIGNS, TWINS_MAX[0]);
}

#[test]
#[ignore = "takes a minute; run it when faces or bodies change"]
fn four_thousand_designs_have_names_and_looks_of_their_own() {
    are_distinct(MANY, TWINS_MAX[1]);
}
