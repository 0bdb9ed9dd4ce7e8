//! Draws random diagrams of all kinds: `cargo run -p pixmo-render-figures --example diagrams -- OUTDIR N [--time]`.
#![expect(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![expect(clippy::disallowed_methods, reason = "it takes the time of what it draws")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use pixmo_render::defect::{self, Limits};
use pixmo_render::{Picture, Seed};
use pixmo_render_figures::diagram::{self, DiagramKind, DiagramSpec, Direction};
use pixmo_render_figures::look::Look;

#[path = "samples/contact.rs"]
mod contact;
#[path = "samples/diagrams.rs"]
mod samples;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().expect("the folder to write to is the first argument"));
    let count: u64 = arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(40);
    let timed = arguments.iter().any(|a| a == "--time");
    let only = arguments.iter().find_map(|a| a.strip_prefix("--only=")).and_then(DiagramKind::from_slug);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let mut scenes = Vec::new();
    let mut found: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let (mut layout_time, mut paint_time) = (0.0, 0.0);
    for number in 0..count {
        let kind = only.unwrap_or(DiagramKind::ALL[number as usize % DiagramKind::ALL.len()]);
        let seed = Seed::from_number(number);
        let look = Look::draw(&mut seed.rng("look"));
        let sample = samples::sample(kind, &seed);
        let spec = DiagramSpec {
            kind,
            data: &sample.data,
            title: &sample.title,
            look: &look,
            direction: if seed.rng("direction").chance(0.6) { Direction::Down } else { Direction::Right },
            seed,
        };
        if timed {
            let _ = diagram::draw(&spec);
        }
        let start = Instant::now();
        let drawn = diagram::draw(&spec);
        layout_time += start.elapsed().as_secs_f64();
        let tally = found.entry(kind.slug()).or_default();
        tally.0 += 1;
        match drawn {
            Err(error) => {
                tally.1 += 1;
                println!("{number} {}: {error}", kind.slug());
            }
            Ok(drawn) => {
                let defects = defect::find(&drawn.scene, &Limits::default());
                if !defects.is_empty() {
                    tally.1 += 1;
                    println!("{number} {} ({}): {defects:?}", kind.slug(), look.theme);
                }
                if timed {
                    let start = Instant::now();
                    let picture = Picture::of(&drawn.scene);
                    paint_time += start.elapsed().as_secs_f64();
                    assert!(!picture.png.is_empty());
                } else {
                    scenes.push(drawn.scene);
                }
            }
        }
    }
    for (slug, (all, bad)) in &found {
        println!("{slug}: {bad} of {all} with defects");
    }
    if timed {
        let each = 1000.0 / count as f64;
        println!("layout {:.3} ms, pixels and PNG {:.3} ms a picture", layout_time * each, paint_time * each);
    } else {
        for (number, scene) in scenes.iter().enumerate() {
            let path = folder.join(format!("diagram-{number:04}.png"));
            std::fs::write(path, Picture::of(scene).png).expect("a picture can be written");
        }
        contact::write(&scenes, 0.7, 1900, 1900, &folder, "contact");
    }
}
