//! Draws whole clocks, straight and in even light: `watches FILE FIRST COLUMNS CELL SLUG ...`, a row for each kind. A slug
//! of `any` takes kinds in turn; one that ends in `-` shows no time, and one that ends in `+` is seen from near.
#![expect(clippy::print_stdout, reason = "an example talks to the person who runs it")]

use pixmo_render::{Color, Rect, Scene, Seed, View, raster};
use pixmo_render_clocks::body::Kind;
use pixmo_render_clocks::watch::Watch;
use pixmo_render_clocks::{Moment, Shows};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let usage = "usage: watches FILE FIRST COLUMNS CELL SLUG ...";
    let file = words.next().ok_or(usage)?;
    let mut number = || words.next().and_then(|word| word.parse::<u32>().ok()).ok_or(usage);
    let (first, columns, cell) = (number()?, number()?.clamp(1, 100), number()?.clamp(16, 2000));
    let rows: Vec<String> = words.collect();
    let (wide, high) = (columns * cell, rows.len().max(1) as u32 * cell);
    let mut sheet = raster::paint(&Scene::new(wide, high, Color::rgb(205, 204, 200)));
    for (row, slug) in rows.iter().enumerate() {
        for column in 0..columns {
            let number = first + column;
            let seed = Seed::from_number(u64::from(number));
            let (name, with_time) = (slug.trim_end_matches(['-', '+']), !slug.ends_with('-'));
            let turn = (number as usize + row * columns as usize) % Kind::ALL.len();
            let kind = Kind::ALL.iter().copied().find(|kind| kind.slug() == name).unwrap_or(Kind::ALL[turn]);
            let watch = Watch::drawn(kind, with_time, &mut seed.rng(&format!("{slug} {row}")));
            let second = seed.rng("time").below(86_400) as i32;
            let (hour, minute) = ((second / 3600) as i8, (second / 60 % 60) as i8);
            let (month, day) = (1 + (number % 12) as i8, 1 + (number % 28) as i8);
            let moment =
                Moment::new(2024, month, day, hour, minute, (second % 60) as i8).ok_or("no such moment")?;
            let extent = if slug.ends_with('+') {
                watch.extent().intersection(&Rect::new(-132.0, -132.0, 132.0, 132.0))
            } else {
                watch.extent()
            };
            let (middle, side) = (extent.center(), f64::from(cell));
            let scale = side * 0.96 / f64::from(extent.width().max(extent.height()));
            let view = View::moved(-f64::from(middle.x), -f64::from(middle.y))
                .then(&View::scaled(scale))
                .then(&View::moved(side / 2.0, side / 2.0));
            let mut one = raster::paint(&Scene::new(cell, cell, Color::rgb(205, 204, 200)));
            for scene in [watch.still(), watch.moving(&moment), watch.front()] {
                raster::paint_over(&mut one, &scene.seen(&view, cell, cell));
            }
            let (row_bytes, sheet_bytes) = (cell as usize * 4, wide as usize * 4);
            let start = row * cell as usize * sheet_bytes + column as usize * row_bytes;
            for (line, from) in one.data().chunks_exact(row_bytes).enumerate() {
                let to = start + line * sheet_bytes;
                sheet.data_mut()[to..to + row_bytes].copy_from_slice(from);
            }
            let Shows { time, seconds, .. } = watch.shows();
            println!(
                "{row}:{column} {} {hour:02}:{minute:02}:{:02} time {time}, seconds {seconds}",
                kind.slug(),
                second % 60
            );
        }
    }
    std::fs::write(&file, pixmo_render::Picture::encode(&sheet).png)?;
    Ok(())
}
