//! Sheets of a simple clock under glass and through a camera, as PNG files in a folder.

#![allow(clippy::print_stdout, reason = "an example prints where it wrote")]

use pixmo_render::{Color, Picture, Pixmap, Point, Role, Seed, View, raster};
use pixmo_render_clocks::backdrop::{Backdrop, Setting};
use pixmo_render_clocks::glass::{Glass, Occluder};
use pixmo_render_clocks::photo::Photo;
use pixmo_render_clocks::{Canvas, Outline, polar};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    for part in ["glass", "photo"] {
        let (side, across) = (380_u32, 5_u32);
        let mut sheet = Pixmap::new(side * across, side * 4).ok_or("a sheet has an area")?;
        for at in 0..across * 4 {
            let seed = Seed::from_number(4).child(&format!("{part} {at}"));
            let pixels = picture(part, seed, side);
            let (x, y) = ((at % across * side) as usize, (at / across * side) as usize);
            let (row, wide) = (side as usize * 4, (side * across) as usize * 4);
            for (line, from) in pixels.data().chunks_exact(row).enumerate() {
                let to = (y + line) * wide + x * 4;
                sheet.data_mut()[to..to + row].copy_from_slice(from);
            }
        }
        let path = folder.join(format!("{part}.png"));
        std::fs::write(&path, Picture::encode(&sheet).png)?;
        println!("{}", path.display());
    }
    Ok(())
}

fn picture(part: &str, seed: Seed, side: u32) -> Pixmap {
    let mut rng = seed.rng("all");
    let mut scene = pixmo_render::Scene::new(side, side, Color::WHITE);
    Backdrop::fitting(Setting::Hand, true, &mut rng).draw(&mut scene);
    let mut pixels = raster::paint(&scene);
    let mut canvas = Canvas::new();
    let outline = Outline::Round;
    let tips = clock(&mut canvas, &mut rng);
    if part == "glass" {
        if let Some(occluder) = Occluder::drawn(&outline, &tips, &mut rng).filter(|_| rng.chance(0.6)) {
            occluder.draw(&mut canvas);
        }
        Glass::drawn(&mut rng).draw(&outline, &mut canvas);
    }
    let scale = f64::from(side) / 290.0;
    let middle = f64::from(side) / 2.0;
    let view = View::scaled(scale).then(&View::moved(middle, middle));
    raster::paint_over(&mut pixels, &canvas.scene.seen(&view, side, side));
    if part == "photo" {
        let photo = Photo::drawn(&mut rng);
        photo.apply(&mut pixels, &mut rng);
    }
    pixels
}

fn clock(canvas: &mut Canvas, rng: &mut pixmo_render::Rng) -> Vec<Point> {
    let (middle, dark) = (Point::default(), rng.chance(0.3));
    let (ground, ink) =
        if dark { (Color::rgb(30, 34, 44), Color::WHITE) } else { (Color::rgb(246, 244, 238), Color::BLACK) };
    canvas.begin(Role::Dial, "dial");
    canvas.disc(middle, 112.0, Color::rgb(120, 122, 126));
    canvas.disc(middle, 100.0, ground);
    for mark in 0..60 {
        let (from, width) = if mark % 5 == 0 { (84.0, 3.4) } else { (90.0, 1.0) };
        canvas.bar(middle, f64::from(mark) * 6.0, from, 95.0, width, ink);
    }
    let time = rng.range(0.0, 720.0);
    let hands = [(time / 2.0, 52.0, 6.0), (time * 6.0, 82.0, 4.0)];
    for (degrees, length, width) in hands {
        canvas.bar(middle, degrees, -14.0, length, width, ink);
    }
    canvas.disc(middle, 5.0, ink);
    hands.iter().map(|(degrees, length, _)| polar(*degrees, *length)).collect()
}
