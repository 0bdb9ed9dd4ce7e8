use std::collections::BTreeSet;

use pixmo_render::{Color, Pixmap, Role, Scene, Seed, View, raster};

use super::{Body, Kind};
use crate::frame::Display;
use crate::space::{Canvas, polar};

const SIDE: u32 = 240;

fn body(kind: Kind, seed: u64) -> Body {
    Body::drawn(kind, &mut Seed::from_number(seed).rng("body"))
}

/// Pixels of a body with a dial of one colour in it, and the scale from units to pixels.
fn painted(body: &Body, dial: Color) -> (Pixmap, f64) {
    let mut canvas = Canvas::new();
    body.back(&mut canvas);
    canvas.begin(Role::Dial, "dial");
    canvas.fill(body.frame().outline.path(0.0), dial);
    body.front(&mut canvas);
    let scale = f64::from(SIDE) / 2.0 / 110.0;
    let view = View::scaled(scale).then(&View::moved(f64::from(SIDE) / 2.0, f64::from(SIDE) / 2.0));
    (raster::paint(&canvas.scene.seen(&view, SIDE, SIDE)), scale)
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    let slugs: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.slug()).collect();
    assert_eq!(slugs.len(), Kind::ALL.len());
    assert!(Kind::ALL.len() >= 56, "{}", Kind::ALL.len());
    for slug in slugs {
        assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{slug}");
        assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"), "{slug}");
    }
}

#[test]
fn every_kind_can_be_drawn_and_varies() {
    for kind in Kind::ALL {
        let mut seen = Vec::new();
        for seed in 0..30 {
            let body = body(*kind, seed);
            let mut canvas = Canvas::new();
            body.back(&mut canvas);
            assert!((4..700).contains(&canvas.scene.items.len()), "{kind:?}: {}", canvas.scene.items.len());
            body.front(&mut canvas);
            let extent = body.extent();
            assert!(extent.width() >= 80.0 && extent.width() < 900.0, "{kind:?}: {extent:?}");
            assert!(extent.height() >= 60.0 && extent.height() < 900.0, "{kind:?}: {extent:?}");
            if !seen.contains(&body) {
                seen.push(body);
            }
        }
        assert!(seen.len() >= 25, "{kind:?}: {}", seen.len());
    }
}

#[test]
fn what_lies_over_a_dial_hides_nothing() {
    for kind in Kind::ALL {
        for seed in 0..4 {
            let body = body(*kind, seed);
            let outline = body.frame().outline;
            let (black, scale) = painted(&body, Color::BLACK);
            let (white, _) = painted(&body, Color::WHITE);
            for degrees in (0..360).step_by(5) {
                for share in [0.15, 0.4, 0.6, 0.8] {
                    let reach = (outline.reach(f64::from(degrees)) - 14.0) * share;
                    let p = polar(f64::from(degrees), reach);
                    let at = |v: f32| (f64::from(SIDE) / 2.0 + f64::from(v) * scale) as usize;
                    let place = at(p.y) * SIDE as usize + at(p.x);
                    let (low, high) = (black.pixels()[place], white.pixels()[place]);
                    assert!(low.red().max(low.blue()) <= 30, "{kind:?} {seed} {degrees} {share}");
                    assert!(high.red().min(high.blue()) >= 225, "{kind:?} {seed} {degrees} {share}");
                }
            }
        }
    }
}

#[test]
fn all_ink_lies_in_the_extent() {
    for kind in Kind::ALL {
        let body = body(*kind, 3);
        let extent = body.extent();
        let mut canvas = Canvas::new();
        body.back(&mut canvas);
        body.front(&mut canvas);
        let size = extent.width().max(extent.height()) + 40.0;
        let scale = SIDE as f32 / size;
        let view = View::moved(f64::from(20.0 - extent.left), f64::from(20.0 - extent.top))
            .then(&View::scaled(f64::from(scale)));
        let mut seen: Scene = canvas.scene.seen(&view, SIDE, SIDE);
        seen.ground = Color::rgb(255, 0, 255);
        let pixels = raster::paint(&seen);
        let inside = |x: u32, y: u32| {
            let (x, y) = ((x as f32 + 0.5) / scale - 20.0, (y as f32 + 0.5) / scale - 20.0);
            let slack = 1.5 / scale;
            (-slack..extent.width() + slack).contains(&x) && (-slack..extent.height() + slack).contains(&y)
        };
        for y in 0..SIDE {
            for x in 0..SIDE {
                let pixel = pixels.pixels()[(y * SIDE + x) as usize];
                let ground = pixel.red() == 255 && pixel.green() == 0 && pixel.blue() == 255;
                assert!(ground || inside(x, y), "{kind:?} {x} {y}");
            }
        }
    }
}

#[test]
fn what_tells_no_time_has_a_pointer_and_no_other_hand() {
    for kind in Kind::ALL {
        let body = body(*kind, 5);
        let mut canvas = Canvas::new();
        body.back(&mut canvas);
        let hands: Vec<&str> =
            canvas.scene.elements.iter().filter(|e| e.role == Role::Hand).map(|e| e.label.as_str()).collect();
        let wanted: &[&str] = if body.frame().display == Display::Nothing { &["pointer"] } else { &[] };
        assert_eq!(hands, wanted, "{kind:?}");
    }
}

#[test]
fn parameters_survive_a_file() {
    for kind in Kind::ALL {
        let body = body(*kind, 9);
        let text = serde_json::to_string(&body).expect("parameters are plain");
        assert_eq!(serde_json::from_str::<Body>(&text).expect("what was written"), body);
    }
}
