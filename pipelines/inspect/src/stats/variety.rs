//! How different the pictures look: a descriptor of each picture of a fixed sample, and the mean distance over all pairs.
//!
//! A descriptor has the mean colours of 16 x 16 fields, and a histogram of edges: for each of 4 x 4 fields how much of
//! the picture is flat there, or has an edge that stands, lies, or leans one way or the other. The distance of two
//! pictures is the mean of two numbers from 0 to 1: the root of the mean squared difference of the colours, and half
//! the sum of the differences of the histograms.

use std::collections::BTreeMap;
use std::path::Path;

use pixmo_console::{Failure, Interrupt};

use crate::crew;
use crate::failures;
use crate::pixels::Pixels;
use crate::tables::Part;

/// The most pictures that are compared.
const PICTURES_MAX: u64 = 2_000;
/// Files of a config into which the sample reaches, if they have enough pictures: each is read and hashed as a whole.
const FILES_USUAL: u64 = 8;
const COLOR_FIELDS: usize = 16;
const EDGE_FIELDS: usize = 4;
const EDGE_CLASSES: usize = 5;
/// From this difference of brightness over two pixels on there is an edge, of 255.
const EDGE_MIN: i32 = 24;

/// What is compared of a picture.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Descriptor {
    colors: Vec<f32>,
    edges: Vec<f32>,
}

/// Mean distances of some pictures from each other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Variety {
    pub(crate) pictures: usize,
    pub(crate) colors: f64,
    pub(crate) edges: f64,
}

impl Variety {
    /// One number for both.
    pub(crate) fn both(&self) -> f64 {
        (self.colors + self.edges) / 2.0
    }
}

impl Descriptor {
    pub(crate) fn of(picture: &Pixels) -> Descriptor {
        let (width, height) = (picture.width as usize, picture.height as usize);
        let mut sums = vec![[0u64; 4]; COLOR_FIELDS * COLOR_FIELDS];
        for (y, line) in picture.rgb.chunks_exact(width * 3).enumerate() {
            let across = y * COLOR_FIELDS / height * COLOR_FIELDS;
            for (x, pixel) in line.chunks_exact(3).enumerate() {
                let sum = &mut sums[across + x * COLOR_FIELDS / width];
                (0..3).for_each(|channel| sum[channel] += u64::from(pixel[channel]));
                sum[3] += 1;
            }
        }
        let mean = |sum: &[u64; 4], channel: usize| sum[channel] as f32 / (255 * sum[3].max(1)) as f32;
        let colors = sums.iter().flat_map(|sum| [mean(sum, 0), mean(sum, 1), mean(sum, 2)]).collect();
        Descriptor { colors, edges: edges(picture) }
    }

    /// The distances of colours and of edges.
    fn from(&self, other: &Descriptor) -> (f32, f32) {
        let squares = self.colors.iter().zip(&other.colors).map(|(a, b)| (a - b) * (a - b));
        let colors = (squares.sum::<f32>() / self.colors.len() as f32).sqrt();
        let edges = self.edges.iter().zip(&other.edges).map(|(a, b)| (a - b).abs()).sum::<f32>() / 2.0;
        (colors, edges)
    }
}

fn edges(picture: &Pixels) -> Vec<f32> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let light: Vec<i32> = (picture.rgb.chunks_exact(3))
        .map(|pixel| (i32::from(pixel[0]) * 2 + i32::from(pixel[1]) * 5 + i32::from(pixel[2])) / 8)
        .collect();
    let mut counts = vec![0u64; EDGE_FIELDS * EDGE_FIELDS * EDGE_CLASSES];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let at = y * width + x;
            let across = light[at + 1] - light[at - 1];
            let down = light[at + width] - light[at - width];
            let field = (y * EDGE_FIELDS / height) * EDGE_FIELDS + x * EDGE_FIELDS / width;
            counts[field * EDGE_CLASSES + class(across, down)] += 1;
        }
    }
    // Each field has the same weight, also where the border takes more of it.
    let fields = (EDGE_FIELDS * EDGE_FIELDS) as f32;
    let shares = counts.chunks_exact(EDGE_CLASSES).flat_map(|field| {
        let all = field.iter().sum::<u64>().max(1) as f32 * fields;
        field.iter().map(move |count| *count as f32 / all)
    });
    shares.collect()
}

/// Flat, standing, lying, leaning right, leaning left. An edge leans when the smaller change is more than about the
/// tangent of 22.5 degrees of the larger.
fn class(across: i32, down: i32) -> usize {
    let (a, d) = (across.abs(), down.abs());
    if a.max(d) < EDGE_MIN {
        0
    } else if d * 5 < a * 2 {
        1
    } else if a * 5 < d * 2 {
        2
    } else if (across > 0) == (down > 0) {
        3
    } else {
        4
    }
}

/// The mean over all pairs, worked out on several threads and summed in one order.
///
/// # Errors
/// No thread could be started, or the work was interrupted.
pub(crate) fn variety(
    pictures: &[Descriptor],
    jobs: usize,
    interrupt: &Interrupt,
) -> Result<Variety, Failure> {
    let numbers: Vec<usize> = (0..pictures.len()).collect();
    let with_later = |at: &usize| {
        let mut sums = (0.0f64, 0.0f64);
        if !interrupt.is_requested() {
            for other in &pictures[at + 1..] {
                let (colors, edges) = pictures[*at].from(other);
                sums = (sums.0 + f64::from(colors), sums.1 + f64::from(edges));
            }
        }
        Ok(sums)
    };
    let mut sums = (0.0, 0.0);
    crew::in_order(&numbers, jobs, with_later, |_, more| {
        sums = (sums.0 + more.0, sums.1 + more.1);
        Ok(())
    })?;
    let pairs = (pictures.len() * pictures.len().saturating_sub(1) / 2).max(1) as f64;
    Ok(Variety { pictures: pictures.len(), colors: sums.0 / pairs, edges: sums.1 / pairs })
}

/// Which rows of which parts are compared, by the index of the part: each config in its share, from files that lie
/// evenly among all of it. The same parts give the same rows.
pub(crate) fn sample(parts: &[Part]) -> BTreeMap<usize, Vec<u64>> {
    let all: u64 = parts.iter().map(|part| part.main.rows).sum();
    let mut of_config: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.main.rows > 0) {
        of_config.entry(&part.main.config).or_default().push(at);
    }
    let mut chosen = BTreeMap::new();
    for of in of_config.values() {
        let rows: u64 = of.iter().map(|at| parts[*at].main.rows).sum();
        let quota = if all <= PICTURES_MAX { rows } else { (rows * PICTURES_MAX / all).max(1) };
        // Enough files that a quarter of their rows is the quota, so that neighbours are seldom taken.
        let files = (4 * quota * of.len() as u64).div_ceil(rows).max(FILES_USUAL).min(of.len() as u64);
        let files: Vec<usize> = spread(of.len() as u64, files).map(|at| of[at as usize]).collect();
        let in_files: u64 = files.iter().map(|at| parts[*at].main.rows).sum();
        let mut taken = 0;
        let mut passed = 0;
        for at in files {
            passed += parts[at].main.rows;
            let due = (quota * passed).div_ceil(in_files).min(taken + parts[at].main.rows);
            chosen.insert(at, spread(parts[at].main.rows, due - taken).collect());
            taken = due;
        }
    }
    chosen
}

/// So many of the numbers below a bound, evenly.
fn spread(bound: u64, count: u64) -> impl Iterator<Item = u64> {
    (0..count).map(move |at| (at * bound + bound / 2) / count.max(1))
}

/// The pictures of a folder, to compare with: its PNG files in the order of their names.
///
/// # Errors
/// A request failure if there are fewer than two, a data failure if one is damaged, a world failure if the folder cannot
/// be read.
pub(crate) fn of_folder(folder: &Path, jobs: usize) -> Result<Vec<Descriptor>, Failure> {
    let unreadable = |error| failures::of_file(folder, error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|end| end == "png") {
            files.push(path);
        }
    }
    files.sort();
    files.truncate(PICTURES_MAX as usize);
    if files.len() < 2 {
        return Err(Failure::request("there are not two PNG files to compare with")
            .at(folder.display().to_string())
            .hint("`cargo run -p pixmo-docs --example plain_bars -- FOLDER 500` draws some"));
    }
    let mut described = Vec::with_capacity(files.len());
    let look = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).map_err(|error| failures::of_file(path, error))?;
        let pixels = Pixels::decode(&bytes).map_err(|error| {
            Failure::data("a picture to compare with cannot be shown")
                .cause(&error)
                .at(path.display().to_string())
        })?;
        Ok(Descriptor::of(&pixels))
    };
    crew::in_order(&files, jobs, look, |_, descriptor| {
        described.push(descriptor);
        Ok(())
    })?;
    Ok(described)
}

#[cfg(test)]
mod tests {
    use pixmo_shards::{FileEntry, Split};

    use super::*;

    fn distance(one: &Pixels, other: &Pixels) -> (f32, f32) {
        Descriptor::of(one).from(&Descriptor::of(other))
    }

    #[test]
    fn black_and_white_are_as_far_apart_as_colours_go() {
        let [black, white] = [[0; 3], [255; 3]].map(|color| Pixels::filled(90, 70, color));
        assert_eq!(distance(&black, &white), (1.0, 0.0));
        assert_eq!(distance(&white, &Pixels::filled(300, 40, [255; 3])), (0.0, 0.0), "sizes do not matter");
        let grey = Pixels::filled(64, 64, [51; 3]);
        assert!((distance(&black, &grey).0 - 0.2).abs() < 1e-4);
    }

    #[test]
    fn bars_that_stand_differ_from_bars_that_lie() {
        let striped = |stands: bool| {
            let mut picture = Pixels::filled(64, 64, [255; 3]);
            for (at, pixel) in picture.rgb.chunks_exact_mut(3).enumerate() {
                let place = if stands { at % 64 } else { at / 64 };
                if place / 2 % 2 == 0 {
                    pixel.fill(0);
                }
            }
            picture
        };
        let (colors, edges) = distance(&striped(true), &striped(false));
        assert!(colors < 1e-6 && edges > 0.95, "{colors} {edges}");
        assert_eq!(
            [class(90, 0), class(0, -90), class(60, 60), class(60, -60), class(9, 9)],
            [1, 2, 3, 4, 0]
        );
    }

    #[test]
    fn the_mean_is_over_pairs_and_not_over_pictures_with_themselves() {
        let of = |level: u8| Descriptor::of(&Pixels::filled(32, 32, [level; 3]));
        let interrupt =
            pixmo_console::Console::captured(&pixmo_console::ConsoleArgs::default()).0.interrupt();
        let found = variety(&[of(0), of(255), of(255)], 2, &interrupt).unwrap();
        assert_eq!(found.pictures, 3);
        assert!((found.colors - 2.0 / 3.0).abs() < 1e-6 && found.edges == 0.0, "{found:?}");
        assert_eq!(variety(&[of(7)], 2, &interrupt).unwrap().both(), 0.0);
    }

    #[test]
    fn the_sample_is_bounded_spread_and_has_every_config_in_its_share() {
        let part = |config: &str, rows: u64| {
            let main = FileEntry {
                path: String::new(),
                config: config.to_owned(),
                split: Split::Train,
                rows,
                bytes: 0,
                sha256: String::new(),
                num_bytes: 0,
            };
            Part { shard: 0, main, sides: Vec::new() }
        };
        let mut parts: Vec<Part> = (0..200).map(|_| part("charts", 900)).collect();
        parts.extend((0..100).map(|_| part("other", 200)));
        let chosen = sample(&parts);
        let count =
            |from: usize, to: usize| chosen.range(from..to).map(|(_, rows)| rows.len()).sum::<usize>();
        assert_eq!((count(0, 200), count(200, 300)), (1_800, 200));
        assert_eq!(chosen.range(..200).count(), 8);
        assert!(chosen.keys().next().is_some_and(|at| *at < 20) && chosen.range(180..200).count() == 1);
        for (at, rows) in &chosen {
            assert!(
                rows.windows(2).all(|pair| pair[0] < pair[1])
                    && rows.iter().all(|row| *row < parts[*at].main.rows)
            );
        }
        // Few rows are all taken, however many files they lie in.
        let parts: Vec<Part> = (0..256).map(|_| part("charts", 3)).collect();
        assert_eq!(sample(&parts).values().map(Vec::len).sum::<usize>(), 768);
    }
}
