//! Draws random tables of all layouts: `cargo run -p pixmo-render-figures --example tables -- OUTDIR N [--time]`.
#![expect(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![expect(clippy::disallowed_methods, reason = "it takes the time of what it draws")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use pixmo_render::defect::{self, Limits};
use pixmo_render::{Picture, Seed};
use pixmo_render_figures::look::Look;
use pixmo_render_figures::table::{self, TableLayout, TableSpec};

#[path = "samples/contact.rs"]
mod contact;
#[path = "samples/tables.rs"]
mod samples;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().expect("the folder to write to is the first argument"));
    let count: u64 = arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(40);
    let timed = arguments.iter().any(|a| a == "--time");
    let only = arguments.iter().find_map(|a| a.strip_prefix("--only=")).and_then(TableLayout::from_slug);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let mut scenes = Vec::new();
    let mut found: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let (mut layout_time, mut paint_time) = (0.0, 0.0);
    for number in 0..count {
        let layout = only.unwrap_or(TableLayout::ALL[number as usize % TableLayout::ALL.len()]);
        let seed = Seed::from_number(number);
        let look = Look::draw(&mut seed.rng("look"));
        let sample = samples::sample(layout, &seed);
        let spec = TableSpec {
            layout,
            data: &sample.data,
            title: &sample.title,
            subtitle: &sample.subtitle,
            note: &sample.note,
            look: &look,
            width_max: [700, 900, 1200, 1400][number as usize % 4],
            seed,
        };
        if timed {
            let _ = table::draw(&spec);
        }
        let start = Instant::now();
        let drawn = table::draw(&spec);
        layout_time += start.elapsed().as_secs_f64();
        let tally = found.entry(layout.slug()).or_default();
        tally.0 += 1;
        match drawn {
            Err(error) => {
                tally.1 += 1;
                println!("{number} {}: {error}", layout.slug());
            }
            Ok(drawn) => {
                let defects = defect::find(&drawn.scene, &Limits::default());
                if !defects.is_empty() {
                    tally.1 += 1;
                    println!("{number} {} ({}): {defects:?}", layout.slug(), look.theme);
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
            let path = folder.join(format!("table-{number:04}.png"));
            std::fs::write(path, Picture::of(scene).png).expect("a picture can be written");
        }
        contact::write(&scenes, 0.7, 1900, 1900, &folder, "contact");
    }
}
