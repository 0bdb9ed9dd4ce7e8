//! What a whole figure lies on, and the band that carries its title.

use pixmo_render::scene::Stroke;
use pixmo_render::{Color, Rect, Rng, Scene};

use crate::look::{Look, Mount};

/// Pixels that the mount takes from each edge of a figure with such a margin.
pub(crate) fn edge(look: &Look, margin: f32) -> f32 {
    match look.mount {
        Mount::Bare | Mount::Part => 0.0,
        Mount::Card => (0.8 * margin).clamp(11.0, 20.0).round(),
        Mount::Frame => 2.0,
    }
}

/// A scene with nothing but its mount.
pub(crate) fn scene(look: &Look, width: u32, height: u32, edge: f32) -> Scene {
    let mut scene = Scene::new(width, height, look.ground);
    match look.mount {
        Mount::Bare | Mount::Part => {}
        Mount::Card => {
            scene.ground = look.page;
            let card = scene.bounds().grown(-edge);
            let mark = scene.ornament();
            let corner = if look.corner > 0.0 { look.corner + 4.0 } else { 0.0 };
            scene.round_rect(mark, card, corner, look.ground);
            let line = look.ground.mix(look.ink, if look.dark { 0.16 } else { 0.12 });
            scene.frame(mark, card.grown(-0.5), corner, Stroke::new(line, 1.0));
        }
        Mount::Frame => {
            let mark = scene.ornament();
            let Rect { left, top, right, bottom } = scene.bounds().grown(-2.0);
            let color = look.ground.mix(look.ink, 0.55);
            // Rectangles on whole pixels: a stroke has a seam in the middle of each long side.
            for side in [
                Rect::new(left, top, right, top + 1.0),
                Rect::new(left, bottom - 1.0, right, bottom),
                Rect::new(left, top + 1.0, left + 1.0, bottom - 1.0),
                Rect::new(right - 1.0, top + 1.0, right, bottom - 1.0),
            ] {
                scene.rect(mark, side, color);
            }
        }
    }
    scene
}

/// The colour of the band that carries the title: strong on light houses, a lighter night on dark ones.
pub(crate) fn band(look: &Look, rng: &mut Rng) -> Color {
    if look.dark {
        return look.ground.mix(look.accent, rng.range32(0.22, 0.42));
    }
    match rng.below(3) {
        0 => look.ink.mix(look.accent, 0.35),
        1 => look.ground.mix(look.accent, rng.range32(0.14, 0.24)),
        _ => look.accent,
    }
}
