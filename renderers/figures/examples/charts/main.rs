//! Draws charts of all kinds with made-up data and random looks, to be looked at.
//!
//! `cargo run -p pixmo-render-figures --example charts -- OUTDIR COUNT [KIND] [--time]` writes COUNT charts as PNG, a
//! contact sheet for each 20 of them, and prints the defects of each kind. With `--time` it writes no file and prints
//! milliseconds for each stage.

#![expect(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![expect(clippy::disallowed_methods, reason = "it takes the time of what it draws")]

mod specimen;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use figures::chart::{self, ChartKind};
use pixmo_render::defect::{self, Limits};
use pixmo_render::{Color, Picture, Scene, raster};
use pixmo_render_figures as figures;

use specimen::Specimen;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let timed = words.iter().any(|w| w == "--time");
    words.retain(|w| w != "--time");
    let folder = words.first().cloned().unwrap_or_else(|| "charts".to_owned());
    let count: u64 = words.get(1).map_or(Ok(ChartKind::ALL.len() as u64), |w| w.parse())?;
    let only = words.get(2).and_then(|slug| ChartKind::from_slug(slug));
    let kind = |i: u64| only.unwrap_or(ChartKind::ALL[i as usize % ChartKind::ALL.len()]);
    let number = |i: u64| if only.is_some() { i } else { i / ChartKind::ALL.len() as u64 };
    if timed {
        return time(count, &kind, &number);
    }
    std::fs::create_dir_all(&folder)?;
    let mut report: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut sheet = Contact::new();
    for i in 0..count {
        let specimen = Specimen::new(kind(i), number(i));
        let slug = specimen.kind.slug();
        match chart::draw(&specimen.spec()) {
            Err(error) => report.entry(slug).or_default().push(format!("{}: {error}", number(i))),
            Ok(drawn) => {
                for defect in defect::find(&drawn.scene, &Limits::default()) {
                    let (id, other) = elements(&defect);
                    let label = |id: pixmo_render::ElementId| {
                        let e = drawn.scene.element(id);
                        format!("{:?} `{}`", e.role, e.label)
                    };
                    let line = format!(
                        "{}: {} {} / {}",
                        number(i),
                        defect_name(&defect),
                        label(id),
                        other.map_or(String::new(), label)
                    );
                    report.entry(slug).or_default().push(line);
                }
                let pixels = raster::paint(&drawn.scene);
                let picture = Picture::encode(&pixels);
                std::fs::write(
                    Path::new(&folder).join(format!("{slug}-{:03}.png", number(i))),
                    &picture.png,
                )?;
                sheet.add(pixels.data(), picture.width as usize, picture.height as usize);
            }
        }
        if sheet.used == 20 || i + 1 == count {
            let name = format!("sheet-{:02}.png", i / 20);
            std::fs::write(Path::new(&folder).join(name), sheet.png())?;
            sheet = Contact::new();
        }
    }
    for (kind, defects) in &report {
        println!("{kind}: {} defects or failures", defects.len());
        for line in defects.iter().take(6) {
            println!("    {line}");
        }
    }
    println!("{count} charts, {} with something wrong", report.values().map(Vec::len).sum::<usize>());
    Ok(())
}

fn defect_name(defect: &defect::Defect) -> &'static str {
    use defect::Defect as D;
    match defect {
        D::Clipped(_) => "clipped",
        D::TextOverText(..) => "text over text",
        D::TextCovered(..) => "covered",
        D::LineThroughText(..) => "line through",
        D::Faint(..) => "faint",
        D::Small(..) => "small",
        D::MarkOutside(_) => "mark outside",
    }
}

fn elements(defect: &defect::Defect) -> (pixmo_render::ElementId, Option<pixmo_render::ElementId>) {
    use defect::Defect as D;
    match *defect {
        D::Clipped(a) | D::Faint(a, _) | D::Small(a, _) | D::MarkOutside(a) => (a, None),
        D::TextOverText(a, b) | D::TextCovered(a, b) | D::LineThroughText(a, b) => (a, Some(b)),
    }
}

fn time(
    count: u64,
    kind: &dyn Fn(u64) -> ChartKind,
    number: &dyn Fn(u64) -> u64,
) -> Result<(), Box<dyn std::error::Error>> {
    let specimens: Vec<Specimen> = (0..count).map(|i| Specimen::new(kind(i), number(i))).collect();
    // Twice: the first round fills the caches of shaped texts and glyphs.
    for round in 0..2 {
        let (mut layout, mut paint, mut encode, mut pixels, mut drawn) = (0.0, 0.0, 0.0, 0.0, 0.0f64);
        for specimen in &specimens {
            let start = Instant::now();
            let Ok(figure) = chart::draw(&specimen.spec()) else { continue };
            let scene_made = Instant::now();
            let pixmap = raster::paint(&figure.scene);
            let painted = Instant::now();
            let picture = Picture::encode(&pixmap);
            encode += painted.elapsed().as_secs_f64();
            layout += (scene_made - start).as_secs_f64();
            paint += (painted - scene_made).as_secs_f64();
            pixels += f64::from(picture.width) * f64::from(picture.height);
            drawn += 1.0;
        }
        let ms = |total: f64| total / drawn * 1e3;
        println!(
            "round {}: layout {:.2} ms, paint {:.2} ms, encode {:.2} ms a chart ({} charts, mean {:.0} kilopixels)",
            round + 1,
            ms(layout),
            ms(paint),
            ms(encode),
            drawn,
            pixels / drawn / 1e3
        );
    }
    Ok(())
}

/// Twenty small pictures on one page.
struct Contact {
    pixels: tiny::Pixels,
    used: usize,
}

mod tiny {
    /// Plain RGBA pixels.
    pub(super) struct Pixels {
        pub(super) width: usize,
        pub(super) data: Vec<u8>,
    }
}

const CELL: (usize, usize) = (480, 360);

impl Contact {
    fn new() -> Self {
        let (width, height) = (CELL.0 * 4 + 50, CELL.1 * 5 + 60);
        Self { pixels: tiny::Pixels { width, data: vec![90; width * height * 4] }, used: 0 }
    }

    /// Shrinks a picture by averaging and puts it into the next cell.
    fn add(&mut self, data: &[u8], width: usize, height: usize) {
        let scale = (CELL.0 as f64 / width as f64).min(CELL.1 as f64 / height as f64);
        let (w, h) = ((width as f64 * scale) as usize, (height as f64 * scale) as usize);
        let (left, top) = (10 + (self.used % 4) * (CELL.0 + 10), 10 + (self.used / 4) * (CELL.1 + 10));
        for y in 0..h {
            for x in 0..w {
                let range = |i: usize, n: usize, full: usize| {
                    (i * full / n, ((i + 1) * full / n).max(i * full / n + 1))
                };
                let ((x0, x1), (y0, y1)) = (range(x, w, width), range(y, h, height));
                let mut sum = [0usize; 3];
                for row in y0..y1 {
                    for column in x0..x1 {
                        let at = (row * width + column) * 4;
                        (0..3).for_each(|c| sum[c] += usize::from(data[at + c]));
                    }
                }
                let count = (x1 - x0) * (y1 - y0);
                let at = ((top + y) * self.pixels.width + left + x) * 4;
                (0..3).for_each(|c| self.pixels.data[at + c] = (sum[c] / count) as u8);
            }
        }
        self.used += 1;
    }

    fn png(&self) -> Vec<u8> {
        let height = self.pixels.data.len() / 4 / self.pixels.width;
        let mut page = raster::paint(&Scene::new(self.pixels.width as u32, height as u32, Color::WHITE));
        for (to, from) in page.data_mut().chunks_exact_mut(4).zip(self.pixels.data.chunks_exact(4)) {
            to[..3].copy_from_slice(&from[..3]);
        }
        Picture::encode(&page).png
    }
}
