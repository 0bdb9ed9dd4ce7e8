use super::*;
use pixmo_render::{Pixmap, Scene, View, raster};

const OUTLINES: [Outline; 5] = [
    Outline::Round,
    Outline::Rectangle { wide: 70.0, high: 100.0, corner: 8.0 },
    Outline::Tonneau { wide: 80.0 },
    Outline::Octagon,
    Outline::Cushion,
];

fn painted(ground: Color, draw: impl FnOnce(&mut Canvas)) -> Pixmap {
    let mut canvas = Canvas::new();
    draw(&mut canvas);
    let mut scene: Scene = canvas.scene.seen(&View::moved(130.0, 130.0), 260, 260);
    scene.ground = ground;
    raster::paint(&scene)
}

#[test]
fn glare_replaces_no_more_than_its_share_and_stays_on_the_dial() {
    let mut rng = Seed::from_number(2).rng("glare");
    for number in 0..150 {
        let outline = OUTLINES[number % OUTLINES.len()];
        let glare = Glare { opacity: 1.0, ..Glare::drawn(&mut rng) };
        let pixels = painted(Color::BLACK, |canvas| {
            canvas.begin(Role::Ornament, "");
            glare.draw(&outline, canvas);
        });
        let most = pixels.pixels().iter().map(|p| p.red().max(p.green()).max(p.blue())).max().unwrap_or(0);
        assert!(most <= 91, "{most} of {glare:?}");
        let dial = painted(Color::BLACK, |canvas| canvas.fill(outline.path(1.0), Color::WHITE));
        for (over, dial) in pixels.pixels().iter().zip(dial.pixels()) {
            assert!(over.red() == 0 || dial.red() > 0, "{glare:?} beside {outline:?}");
        }
        assert!(most > 20, "nothing to be seen of {glare:?}");
    }
}

#[test]
fn shadows_leave_more_than_half_of_the_light() {
    let mut rng = Seed::from_number(3).rng("shade");
    for _ in 0..80 {
        let shade = Shade { opacity: 1.0, ..Shade::drawn(&mut rng) };
        let pixels = painted(Color::WHITE, |canvas| shade.draw(canvas));
        let least = pixels.pixels().iter().map(|p| p.green()).min().unwrap_or(0);
        assert!(least >= 128, "{least} under {shade:?}");
    }
}

#[test]
fn the_same_glass_is_drawn_the_same_and_no_glass_is_nothing() {
    let mut rng = Seed::from_number(4).rng("glass");
    for _ in 0..30 {
        let glass = Glass::drawn(&mut rng);
        let text = serde_json::to_string(&glass).expect("a glass can be written");
        let read: Glass = serde_json::from_str(&text).expect("and read");
        assert_eq!(read, glass);
        let picture = |glass: &Glass| painted(Color::WHITE, |canvas| glass.draw(&Outline::Round, canvas));
        assert!(picture(&glass).data() == picture(&read).data());
    }
    let mut canvas = Canvas::new();
    Glass::default().draw(&Outline::Round, &mut canvas);
    assert!(canvas.scene.items.is_empty());
}

#[test]
fn occluders_keep_their_distance_from_the_hands() {
    let mut rng = Seed::from_number(5).rng("occluder");
    let mut found = 0;
    for number in 0..300 {
        let outline = OUTLINES[number % OUTLINES.len()];
        let tips: Vec<Point> = [55.0, 85.0, 90.0]
            .iter()
            .map(|length| polar(rng.range(0.0, 360.0), length * outline.circle() / 100.0))
            .collect();
        let Some(occluder) = Occluder::drawn(&outline, &tips, &mut rng) else { continue };
        found += 1;
        // By pixels: its shape is painted, and every place on a hand looked around at.
        let pixels = painted(Color::WHITE, |canvas| canvas.fill(occluder.path(), Color::BLACK));
        let dark = |at: Point| {
            let (x, y) = ((at.x + 130.0) as usize, (at.y + 130.0) as usize);
            x < 260 && y < 260 && pixels.pixels()[y * 260 + x].red() < 128
        };
        for tip in &tips {
            for step in 0..=20_u8 {
                let t = f32::from(step) / 20.0;
                for around in 0..12 {
                    let off = polar(f64::from(around) * 30.0, DISTANCE - 1.5);
                    let at = Point::new(tip.x * t + off.x, tip.y * t + off.y);
                    assert!(!dark(at), "{occluder:?} is too near to {tip:?}");
                }
            }
        }
        let covered = occluder.covered(&outline);
        assert!(covered > 0.0 && covered <= 0.3);
    }
    assert!(found > 200, "{found}");
}

#[test]
fn the_covered_share_is_that_of_the_pixels() {
    let mut rng = Seed::from_number(6).rng("occluder");
    for outline in OUTLINES {
        let dial = painted(Color::WHITE, |canvas| canvas.fill(outline.path(0.0), Color::BLACK));
        let occluder = Occluder::drawn(&outline, &[], &mut rng).expect("without hands there is room");
        let thing = painted(Color::WHITE, |canvas| canvas.fill(occluder.path(), Color::BLACK));
        let (mut all, mut hidden) = (0.0_f32, 0.0_f32);
        for (dial, thing) in dial.pixels().iter().zip(thing.pixels()) {
            if dial.red() < 128 {
                all += 1.0;
                hidden += if thing.red() < 128 { 1.0 } else { 0.0 };
            }
        }
        let covered = occluder.covered(&outline);
        assert!((covered - hidden / all).abs() < 0.02, "{occluder:?}: {covered} {}", hidden / all);
    }
}

#[test]
fn a_polygon_is_cut_to_a_convex_one() {
    let square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)].map(|(x, y)| Point::new(x, y));
    let moved = square.map(|p| Point::new(p.x + 5.0, p.y + 5.0));
    let both = cut(&moved, &square);
    assert_eq!(both.len(), 4);
    assert!(both.iter().all(|p| (5.0..=10.0).contains(&p.x) && (5.0..=10.0).contains(&p.y)));
    assert!(cut(&square.map(|p| Point::new(p.x + 50.0, p.y)), &square).is_empty());
}
