//! Draws bodies with a plain disc and two hands in place of a face: `bodies FOLDER [FIRST COUNT] [SLUG ...]`.
use pixmo_render::{Color, Role, Scene, Seed, View, raster};
use pixmo_render_clocks::body::{Body, Kind};
use pixmo_render_clocks::{Canvas, Display};

const CELL: u32 = 420;
const COLUMNS: u32 = 5;

#[allow(clippy::print_stdout, reason = "an example tells where it wrote")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("usage: bodies FOLDER [SLUG ...]")?;
    let wanted: Vec<String> = words.collect();
    let kinds: Vec<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| wanted.is_empty() || wanted.iter().any(|slug| slug == kind.slug()))
        .collect();
    for (sheet, some) in kinds.chunks(4).enumerate() {
        let height = CELL * some.len() as u32;
        let mut picture = raster::paint(&Scene::new(CELL * COLUMNS, height, Color::rgb(205, 204, 200)));
        for (row, kind) in some.iter().enumerate() {
            for column in 0..COLUMNS {
                let body = Body::drawn(*kind, &mut Seed::from_number(u64::from(column) + 1).rng(kind.slug()));
                let view = placed(&body, column, row as u32);
                let seen = drawn(&body).scene.seen(&view, CELL * COLUMNS, height);
                raster::paint_over(&mut picture, &seen);
            }
        }
        let name = format!("{folder}/bodies-{sheet:02}.png");
        std::fs::write(&name, pixmo_render::Picture::encode(&picture).png)?;
        let slugs: Vec<&str> = some.iter().map(|kind| kind.slug()).collect();
        println!("{name}: {}", slugs.join(", "));
    }
    Ok(())
}

fn placed(body: &Body, column: u32, row: u32) -> View {
    let extent = body.extent();
    let size = f64::from(extent.width().max(extent.height()));
    let (middle, cell) = (extent.center(), f64::from(CELL));
    View::moved(-f64::from(middle.x), -f64::from(middle.y))
        .then(&View::scaled(cell * 0.94 / size))
        .then(&View::moved(cell * (f64::from(column) + 0.5), cell * (f64::from(row) + 0.5)))
}

fn drawn(body: &Body) -> Canvas {
    let mut canvas = Canvas::new();
    body.back(&mut canvas);
    let frame = body.frame();
    if frame.display != Display::Nothing {
        canvas.begin(Role::Dial, "dial");
        let hands = frame.display == Display::Hands;
        let ground = if hands { Color::rgb(224, 224, 222) } else { Color::rgb(40, 52, 60) };
        canvas.fill(frame.outline.path(0.0), ground);
        if hands {
            canvas.begin(Role::Hand, "hour");
            let middle = pixmo_render::Point::new(0.0, 0.0);
            canvas.bar(middle, 305.0, -10.0, 50.0, 6.0, Color::BLACK);
            canvas.bar(middle, 60.0, -10.0, 80.0, 4.0, Color::BLACK);
        }
    }
    body.front(&mut canvas);
    canvas
}
