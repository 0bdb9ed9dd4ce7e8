//! Draws sheets of faces with hands: `cargo run -p pixmo-render-clocks --example sheets -- OUTDIR FIRST COUNT [SIZE]`.
#![expect(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![expect(clippy::disallowed_methods, reason = "it takes the time of what it draws")]

use std::path::PathBuf;
use std::time::Instant;

use pixmo_render::{Color, Picture, Point, Rect, Role, Scene, Seed, View, raster};
use pixmo_render_clocks::{Calling, Canvas, Display, Face, Frame, Moment, Outline};

/// Width of a sheet in pixels.
const SHEET_WIDE: u32 = 1560;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().expect("the folder to write to is the first argument"));
    let number =
        |at: usize, otherwise: u32| arguments.get(at).and_then(|n| n.parse().ok()).unwrap_or(otherwise);
    let (first, count, size) = (number(1, 0), number(2, 60), number(3, 190));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let columns = (SHEET_WIDE / size).clamp(1, count.max(1));
    let (width, height) = (columns * size, count.div_ceil(columns) * size);
    let mut sheet = Scene::new(width, height, Color::rgb(120, 122, 126));
    let outlines = [
        Outline::Rectangle { wide: 70.0, high: 100.0, corner: 8.0 },
        Outline::Tonneau { wide: 76.0 },
        Outline::Octagon,
        Outline::Cushion,
        Outline::Rectangle { wide: 100.0, high: 100.0, corner: 12.0 },
    ];
    let (mut drawing, mut painting) = (0.0, 0.0);
    for index in 0..count {
        let seed = Seed::from_number(u64::from(first + index));
        let mut rng = seed.rng("face");
        let outline = if index % 4 == 3 { outlines[(index / 4) as usize % 5] } else { Outline::Round };
        let frame = Frame { outline, display: Display::Hands, tells_top: false, calling: Calling::Watch };
        let face = if index % 30 == 29 {
            Face::without_time(&frame, &mut rng)
        } else {
            Face::drawn(&frame, &mut rng)
        };
        let second = seed.rng("time").below(86_400) as i32;
        let (hour, minute) = ((second / 3600) as i8, (second / 60 % 60) as i8);
        let moment = Moment::new(
            2024,
            1 + (index % 12) as i8,
            1 + (index % 28) as i8,
            hour,
            minute,
            (second % 60) as i8,
        )
        .expect("it exists");
        let start = Instant::now();
        let mut canvas = Canvas::new();
        canvas.begin(Role::Ornament, "");
        canvas.fill(outline.path(5.0), Color::rgb(70, 70, 74));
        face.dial(&frame, &mut canvas);
        face.moving(&frame, &moment, &mut canvas);
        let scale = f64::from(size) / 222.0;
        let view = View::scaled(scale).then(&View::moved(f64::from(size) / 2.0, f64::from(size) / 2.0));
        let seen = canvas.scene.seen(&view, size, size);
        drawing += start.elapsed().as_secs_f64();
        // The shortest of three, for other work may be in the way.
        let once = || {
            let start = Instant::now();
            raster::recycle(raster::paint(&seen));
            start.elapsed().as_secs_f64()
        };
        let paint = [once(), once(), once()].into_iter().fold(f64::INFINITY, f64::min);
        painting += paint;
        let at = Point::new((index % columns * size) as f32, (index / columns * size) as f32);
        // Clips are in the space of one face; a sheet takes them along.
        sheet.absorb(seen, at, |datum| datum);
        let label = sheet.ornament();
        sheet.rect(label, Rect::new(at.x, at.y, at.x, at.y), Color::WHITE);
        println!(
            "{} {hour:02}:{minute:02}:{:02} {:?} {:.2} ms",
            first + index,
            second % 60,
            face.ground.finish,
            paint * 1e3
        );
    }
    let path = folder.join(format!("faces-{first}.png"));
    std::fs::write(&path, Picture::of(&sheet).png).expect("the sheet can be written");
    let per = 1000.0 / f64::from(count);
    println!("{}: {:.2} ms to draw, {:.2} ms to paint each", path.display(), drawing * per, painting * per);
}
