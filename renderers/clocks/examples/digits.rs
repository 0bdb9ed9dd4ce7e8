//! Draws sheets of digital faces into a folder: `cargo run --example digits -- FOLDER [SEED [CELL]]`.

#![expect(clippy::print_stdout, reason = "an example talks")]

use pixmo_render::raster::{paint, paint_over};
use pixmo_render::{Color, Picture, Scene, Seed, View};
use pixmo_render_clocks::{Calling, Canvas, Digital, Display, Frame, Moment, Outline};

/// Width and height of a sheet in pixels.
const SHEET: u32 = 1840;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = std::path::PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let seed: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let cell: u32 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(230).clamp(40, SHEET);
    let columns = SHEET / cell;
    let watch = Outline::Rectangle { wide: 82.0, high: 100.0, corner: 26.0 };
    let phone = Outline::Rectangle { wide: 47.0, high: 100.0, corner: 9.0 };
    let band = Outline::Rectangle { wide: 36.0, high: 100.0, corner: 12.0 };
    let oblong = Outline::Rectangle { wide: 100.0, high: 62.0, corner: 6.0 };
    let low = Outline::Rectangle { wide: 100.0, high: 36.0, corner: 5.0 };
    let frames = |name: &str| -> Vec<(Outline, Display)> {
        match name {
            "screens" => vec![
                (Outline::Round, Display::Screen { wide: 100.0, high: 100.0 }),
                (watch, Display::Screen { wide: 82.0, high: 100.0 }),
                (phone, Display::Screen { wide: 47.0, high: 100.0 }),
                (watch, Display::Screen { wide: 76.0, high: 94.0 }),
                (Outline::Round, Display::Screen { wide: 92.0, high: 92.0 }),
                (band, Display::Screen { wide: 36.0, high: 100.0 }),
                (low, Display::Screen { wide: 100.0, high: 36.0 }),
                (oblong, Display::Screen { wide: 100.0, high: 62.0 }),
            ],
            "segments" => vec![
                (oblong, Display::Segments { wide: 88.0, high: 44.0 }),
                (low, Display::Segments { wide: 100.0, high: 36.0 }),
                (Outline::Round, Display::Segments { wide: 66.0, high: 40.0 }),
                (oblong, Display::Segments { wide: 100.0, high: 62.0 }),
            ],
            _ => vec![
                (oblong, Display::Flip { wide: 100.0, high: 62.0 }),
                (low, Display::Flip { wide: 96.0, high: 33.0 }),
                (watch, Display::Flip { wide: 82.0, high: 100.0 }),
            ],
        }
    };
    for name in ["screens", "segments", "cards"] {
        for with_time in [true, false] {
            let mut sheet = paint(&Scene::new(SHEET, SHEET, Color::rgb(120, 122, 126)));
            let kinds = frames(name);
            for n in 0..(columns * columns) {
                let (outline, display) = kinds[n as usize % kinds.len()];
                let frame = Frame { outline, display, tells_top: true, calling: Calling::Watch };
                let mut rng = Seed::from_number(seed * 1000 + u64::from(n)).rng(name);
                let face = if with_time {
                    Digital::drawn(&frame, &mut rng)
                } else {
                    Digital::without_time(&frame, &mut rng)
                };
                let at = rng.below(86_400);
                let (hour, minute, second) = (at / 3600, at / 60 % 60, at % 60);
                let moment =
                    Moment::new(2024, 1 + (n % 12) as i8, 28, hour as i8, minute as i8, second as i8)
                        .expect("it exists");
                let mut canvas = Canvas::new();
                face.dial(&frame, &mut canvas);
                face.moving(&frame, &moment, &mut canvas);
                let half = f64::from(cell) / 2.0;
                let view = View::scaled(half / 106.0).then(&View::moved(
                    f64::from(n % columns * cell) + half,
                    f64::from(n / columns * cell) + half,
                ));
                paint_over(&mut sheet, &canvas.scene.seen(&view, SHEET, SHEET));
            }
            let path = folder.join(format!("{name}-{}.png", if with_time { "time" } else { "none" }));
            std::fs::write(&path, Picture::encode(&sheet).png)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}
