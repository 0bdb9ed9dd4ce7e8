//! Draws documents of every kind, with contact sheets and the questions about each, and counts their defects:
//! `cargo run --release -p pixmo-docs --example documents -- OUT 12 [KIND] [FIRST_SEED]`. With `-` for OUT nothing is
//! written or counted, so that `time` tells the cost of the documents alone.

#![expect(clippy::disallowed_methods, reason = "it takes the time of what it draws")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use pixmo_docs::banks::Banks;
use pixmo_docs::document::{Document, DocumentKind, make};
use pixmo_docs::question::{self, Family};
use pixmo_docs::visibility::Visible;
use pixmo_render::defect::{self, Limits};
use pixmo_render::{Color, Picture, Scene, Seed, raster};
use pixmo_render_figures::look::Look;

/// Width of one picture on a contact sheet.
const THUMB: u32 = 460;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("give a folder")?);
    let count: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(6);
    let only = arguments.next().filter(|slug| slug != "all");
    let first: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(0);
    let only_time = out.as_os_str() == "-";
    if !only_time {
        std::fs::create_dir_all(&out)?;
    }
    let mut tell = std::io::stdout().lock();
    let (mut made, mut bad, mut spent) = (0u64, 0u64, [Duration::ZERO; 3]);
    let asked = 0u64;
    for kind in DocumentKind::ALL {
        if only.as_deref().is_some_and(|slug| slug != kind.slug()) {
            continue;
        }
        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
        let mut thumbs = Vec::new();
        let (mut majority, mut asked): (f32, usize) = (0.0, 0);
        for number in first..first + count {
            let seed = Seed::from_number(number * 1000 + *kind as u64);
            let look = Look::draw(&mut seed.rng("look"));
            let begin = Instant::now();
            let document = match make(*kind, Banks::bundled(), &look, &seed) {
                Ok(document) => document,
                Err(error) => {
                    bad += 1;
                    let cause = error.source().map(ToString::to_string).unwrap_or_default();
                    writeln!(tell, "  {} {number}: {error}: {cause}", kind.slug())?;
                    continue;
                }
            };
            let set = begin.elapsed();
            let pixmap = raster::paint(&document.scene);
            let painted = begin.elapsed();
            let picture = Picture::encode(&pixmap);
            for (sum, part) in spent.iter_mut().zip([set, painted - set, begin.elapsed() - painted]) {
                *sum += part;
            }
            made += 1;
            if only_time {
                continue;
            }
            let defects = defect::find(&document.scene, &Limits::default());
            bad += u64::from(!defects.is_empty());
            majority = majority.max(picture.majority);
            if picture.majority > 0.95 {
                *counted.entry(format!("one colour ({number})")).or_default() += 1;
            }
            for defect in &defects {
                let (defect::Defect::Clipped(id)
                | defect::Defect::TextOverText(_, id)
                | defect::Defect::TextCovered(id, _)
                | defect::Defect::LineThroughText(id, _)
                | defect::Defect::Faint(id, _)
                | defect::Defect::Small(id, _)
                | defect::Defect::MarkOutside(id)) = defect;
                let label = &document.scene.element(*id).label;
                *counted
                    .entry(format!("{} `{label}` ({number}, {})", defect.kind(), document.design))
                    .or_default() += 1;
            }
            let name = format!("{}-{number:03}", kind.slug());
            std::fs::write(out.join(format!("{name}.png")), &picture.png)?;
            std::fs::write(out.join(format!("{name}.typ")), &document.source)?;
            let questions = questions(&document, &seed);
            asked += questions.lines().count();
            std::fs::write(out.join(format!("{name}.txt")), questions)?;
            thumbs.push(Thumb::of(pixmap.width(), pixmap.height(), pixmap.data()));
        }
        if only_time {
            continue;
        }
        let mean = asked as f64 / thumbs.len().max(1) as f64;
        writeln!(tell, "{}: majority up to {majority:.3}, {mean:.1} questions each", kind.slug())?;
        for (what, times) in counted.iter().take(12) {
            writeln!(tell, "  {times} {what}")?;
        }
        std::fs::write(out.join(format!("sheet-{}.png", kind.slug())), sheet(&thumbs))?;
    }
    let each = |part: Duration| part.as_secs_f64() * 1000.0 / made.max(1) as f64;
    writeln!(
        tell,
        "{made} documents, {bad} failed or with defects, {:.1} questions each; {:.1} ms each to write and set, {:.1} to paint, {:.1} to encode: {:.1} a second",
        asked as f64 / made.max(1) as f64,
        each(spent[0]),
        each(spent[1]),
        each(spent[2]),
        1000.0 / spent.iter().map(|part| each(*part)).sum::<f64>().max(1e-9)
    )?;
    Ok(())
}

/// The questions about a document with their answers, one a line.
fn questions(document: &Document, seed: &Seed) -> String {
    let content = document.content("");
    let visible = Visible::in_scene(&document.scene, &[]);
    let (list, _) = question::make(Family::Page, &content, &visible, &mut seed.rng("questions"));
    list.iter().map(|q| format!("[{}] {} -> {}\n", q.kind, q.question, q.answer)).collect()
}

/// A picture shrunk to the width of a thumb: rows of RGB.
struct Thumb {
    height: u32,
    rgb: Vec<u8>,
}

impl Thumb {
    /// Each thumb pixel is the mean of the picture's pixels under it.
    fn of(width: u32, height: u32, rgba: &[u8]) -> Self {
        let scale = f64::from(width) / f64::from(THUMB);
        let low = (f64::from(height) / scale) as u32;
        let mut rgb = Vec::with_capacity((THUMB * low * 3) as usize);
        let span = |at: u32, end: u32| {
            let from = (f64::from(at) * scale) as u32;
            from..((f64::from(at + 1) * scale) as u32).max(from + 1).min(end)
        };
        for y in 0..low {
            for x in 0..THUMB {
                let (mut sum, mut count) = ([0u32; 3], 0);
                for row in span(y, height) {
                    for column in span(x, width) {
                        let at = ((row * width + column) * 4) as usize;
                        (0..3).for_each(|c| sum[c] += u32::from(rgba[at + c]));
                        count += 1;
                    }
                }
                rgb.extend(sum.map(|s| (s / count.max(1)) as u8));
            }
        }
        Self { height: low, rgb }
    }
}

/// Thumbs side by side, four a row.
fn sheet(thumbs: &[Thumb]) -> Vec<u8> {
    let columns = thumbs.len().clamp(1, 4);
    let rows: Vec<u32> =
        thumbs.chunks(columns).map(|row| row.iter().map(|t| t.height).max().unwrap_or(1) + 10).collect();
    let width = columns as u32 * (THUMB + 10);
    let ground = Scene::new(width, rows.iter().sum::<u32>().max(1), Color::rgb(120, 124, 130));
    let mut canvas = raster::paint(&ground);
    let data = canvas.data_mut();
    for (index, thumb) in thumbs.iter().enumerate() {
        let (row, column) = (index / columns, (index % columns) as u32);
        let top: u32 = rows[..row].iter().sum::<u32>() + 5;
        for (line, pixels) in thumb.rgb.chunks(THUMB as usize * 3).enumerate() {
            let start = (((top + line as u32) * width + column * (THUMB + 10) + 5) * 4) as usize;
            for (x, pixel) in pixels.chunks(3).enumerate() {
                data[start + x * 4..start + x * 4 + 3].copy_from_slice(pixel);
            }
        }
    }
    Picture::encode(&canvas).png
}
