//! Sheets of backdrops, as PNG files in a folder, and what each kind costs.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example prints, and measures time")]

use std::collections::BTreeMap;
use std::time::Instant;

use pixmo_render::{Color, Picture, Pixmap, Scene, Seed, raster};
use pixmo_render_clocks::backdrop::{Backdrop, Setting};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    let mut costs: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let settings = [Setting::Any, Setting::Hand, Setting::Standing, Setting::Wall, Setting::Outdoors];
    for (number, setting) in settings.into_iter().enumerate() {
        let (side, across) = (360_u32, 5_u32);
        let mut sheet = Pixmap::new(side * across, side * 4).ok_or("a sheet has an area")?;
        for at in 0..across * 4 {
            let name = format!("{number} {at}");
            let backdrop = Backdrop::fitting(setting, at > 2, &mut Seed::from_number(9).rng(&name));
            let mut scene = Scene::new(side, side, Color::WHITE);
            backdrop.draw(&mut scene);
            let pixels = raster::paint(&scene);
            let (x, y) = ((at % across * side) as usize, (at / across * side) as usize);
            let (row, wide) = (side as usize * 4, (side * across) as usize * 4);
            for (line, from) in pixels.data().chunks_exact(row).enumerate() {
                let to = (y + line) * wide + x * 4;
                sheet.data_mut()[to..to + row].copy_from_slice(from);
            }
            let least = (0..5)
                .map(|_| {
                    let start = Instant::now();
                    let mut scene = Scene::new(512, 512, Color::WHITE);
                    backdrop.draw(&mut scene);
                    raster::recycle(raster::paint(&scene));
                    start.elapsed().as_secs_f64() * 1000.0
                })
                .fold(f64::INFINITY, f64::min);
            costs.entry(backdrop.ground.slug()).or_default().push(least);
        }
        let path = folder.join(format!("backdrops-{number}.png"));
        std::fs::write(&path, Picture::encode(&sheet).png)?;
        println!("{}", path.display());
    }
    for (kind, costs) in costs {
        let mean = costs.iter().sum::<f64>() / costs.len() as f64;
        let most = costs.iter().fold(0.0_f64, |a, b| a.max(*b));
        println!("{kind:>10} {mean:6.2} ms, at most {most:.2} ms ({})", costs.len());
    }
    Ok(())
}
