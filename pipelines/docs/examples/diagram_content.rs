//! Draws diagrams of every kind from the word banks, with contact sheets, and prints the questions about each:
//! `cargo run -p pixmo-docs --example diagram_content -- OUT 12 [KIND|all] [FIRST_SEED]`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use pixmo_docs::banks::Banks;
use pixmo_docs::diagram_content;
use pixmo_docs::question::{self, Family};
use pixmo_docs::references;
use pixmo_docs::visibility::Visible;
use pixmo_render::defect::{self, Limits};
use pixmo_render::{Color, Picture, Scene, Seed, raster};
use pixmo_render_figures::diagram::{self, DiagramKind, DiagramSpec, Direction};
use pixmo_render_figures::look::Look;

/// Width of a contact sheet.
const SHEET: u32 = 2400;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("give a folder")?);
    let count: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(6);
    let only = arguments.next().filter(|slug| slug != "all");
    let first: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(0);
    std::fs::create_dir_all(&out)?;
    let mut tell = std::io::stdout().lock();
    for kind in DiagramKind::ALL {
        if only.as_deref().is_some_and(|slug| slug != kind.slug()) {
            continue;
        }
        let mut tally: BTreeMap<&str, u64> = BTreeMap::new();
        let mut asked: BTreeMap<String, u64> = BTreeMap::new();
        let mut thumbs = Vec::new();
        for number in first..first + count {
            let seed = Seed::from_number(number);
            let Some(content) = diagram_content::draw(kind, Banks::bundled(), &mut seed.rng(kind.slug()))
            else {
                *tally.entry("no content").or_default() += 1;
                continue;
            };
            let look = Look::draw(&mut seed.child(kind.slug()).rng("look"));
            let spec = DiagramSpec {
                kind,
                data: &content.data,
                title: &content.title,
                look: &look,
                direction: if seed.rng("direction").chance(0.6) { Direction::Down } else { Direction::Right },
                seed,
            };
            let mut drawn = match diagram::draw(&spec) {
                Ok(drawn) => drawn,
                Err(error) => {
                    *tally.entry("not drawn").or_default() += 1;
                    writeln!(tell, "{} {number}: {error}", kind.slug())?;
                    continue;
                }
            };
            let defects = defect::find(&drawn.scene, &Limits::default());
            if !defects.is_empty() {
                *tally.entry("defects").or_default() += 1;
                writeln!(tell, "{} {number}: {defects:?}", kind.slug())?;
            }
            let picture = Picture::of(&drawn.scene);
            std::fs::write(out.join(format!("{}-{number:03}.png", kind.slug())), &picture.png)?;
            references::link(&content.data, &mut drawn.scene);
            let visible = Visible::in_scene(&drawn.scene, &drawn.resolutions);
            let (questions, dropped) =
                question::make(Family::Graph, &content, &visible, &mut seed.rng("questions"));
            *tally.entry("drawn").or_default() += 1;
            *tally.entry("questions").or_default() += questions.len() as u64;
            if questions.len() < question::QUESTIONS_MIN {
                *tally.entry("too few questions").or_default() += 1;
            }
            writeln!(
                tell,
                "\n{} {number}: {} | {} | {dropped:?}",
                kind.slug(),
                content.title,
                content.topic
            )?;
            for question in &questions {
                *asked.entry(question.kind.clone()).or_default() += 1;
                let mark = if question.turn > 1 { "   >" } else { "   " };
                writeln!(tell, "{mark} [{}] {} -> {}", question.kind, question.question, question.answer)?;
            }
            thumbs.push(drawn.scene);
        }
        writeln!(tell, "\n{}: {tally:?} {asked:?}\n", kind.slug())?;
        std::fs::write(out.join(format!("sheet-{}.png", kind.slug())), sheet(&thumbs))?;
    }
    Ok(())
}

/// Pictures at half their size, row by row.
fn sheet(scenes: &[Scene]) -> Vec<u8> {
    let gap = 12;
    let mut places = Vec::new();
    let (mut x, mut y, mut row) = (gap, gap, 0);
    for scene in scenes {
        let (width, height) = (scene.width / 2, scene.height / 2);
        if x + width + gap > SHEET && x > gap {
            (x, y, row) = (gap, y + row + gap, 0);
        }
        places.push((x, y));
        x += width + gap;
        row = row.max(height);
    }
    let ground = Scene::new(SHEET, y + row + gap, Color::rgb(120, 124, 130));
    let mut canvas = raster::paint(&ground);
    for (scene, (left, top)) in scenes.iter().zip(places) {
        let painted = raster::paint(scene);
        let (width, data) = (scene.width as usize, painted.data());
        for line in 0..scene.height as usize / 2 {
            for column in 0..width / 2 {
                let target = ((top as usize + line) * SHEET as usize + left as usize + column) * 4;
                for channel in 0..3 {
                    // The mean of the four pixels under this one.
                    let at = |dx: usize, dy: usize| {
                        u32::from(data[((line * 2 + dy) * width + column * 2 + dx) * 4 + channel])
                    };
                    let mean = (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
                    canvas.data_mut()[target + channel] = mean as u8;
                }
            }
        }
    }
    Picture::encode(&canvas).png
}
