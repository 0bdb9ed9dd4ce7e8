//! The shadow that a body casts on what is behind it.

use pixmo_render::scene::{Item, Paint};
use pixmo_render::{Color, ElementId, Path, Rect, Transform};

use super::{Body, Kind};
use crate::backdrop::Setting;
use crate::space::Canvas;

/// Layers of a shadow, the nearest first: how far to the right and down, and how dark.
const LAYERS: [(f32, f32, f32); 3] = [(1.8, 2.6, 0.2), (4.2, 6.0, 0.17), (6.6, 9.8, 0.14)];
/// At most so many parts of a body cast a shadow of their own.
const PARTS_MAX: usize = 40;

impl Body {
    /// Whether anything is near enough behind it to be shaded by it.
    fn casts_shadow(&self) -> bool {
        !matches!(self.kind, Kind::Laptop | Kind::OvenPanel)
            && !matches!(self.kind.setting(), Setting::Outdoors | Setting::Any)
    }

    /// Draws the shadow of all that was drawn on a canvas since it had so many items, and lays it under that.
    pub(super) fn shade(&self, canvas: &mut Canvas, (element, since): (ElementId, usize)) {
        if !self.casts_shadow() {
            return;
        }
        let parts: Vec<(Path, bool)> = silhouette(&canvas.scene.items[since..])
            .into_iter()
            .map(|(path, holes)| (path.clone(), holes))
            .collect();
        let before = canvas.scene.items.len();
        for (right, down, dark) in LAYERS.iter().rev() {
            for (path, holes) in &parts {
                let Some(path) = path.clone().transform(Transform::from_translate(*right, *down)) else {
                    continue;
                };
                let paint = Color::BLACK.faded(*dark);
                if *holes {
                    canvas.scene.fill_even_odd(element, path, paint);
                } else {
                    canvas.scene.fill(element, path, paint);
                }
            }
        }
        let added = canvas.scene.items.len() - before;
        canvas.scene.items[since..].rotate_right(added);
        // Texts know which item they are.
        for text in canvas.scene.elements.iter_mut().filter_map(|element| element.text.as_mut()) {
            if text.item >= since {
                text.item += added;
            }
        }
    }
}

/// The parts that make up the outline of what was drawn: filled, whole, and inside no larger one; with whether they may
/// have holes.
fn silhouette(items: &[Item]) -> Vec<(&Path, bool)> {
    let mut clips = 0;
    let mut parts: Vec<(Rect, &Path, bool)> = Vec::new();
    for item in items {
        match item {
            Item::PushClip(_) => clips += 1,
            Item::PopClip => clips -= 1,
            // What is seen through is a shadow itself, or a glass.
            Item::Fill { paint: Paint::Solid(color), .. } if color.alpha < 200 => {}
            Item::Fill { path, even_odd, .. } if clips == 0 => {
                let b = path.bounds();
                parts.push((Rect::new(b.left(), b.top(), b.right(), b.bottom()), path, *even_odd));
            }
            _ => {}
        }
    }
    // Stable: of equal parts the one that lies lowest is kept.
    parts.sort_by(|a, b| b.0.area().total_cmp(&a.0.area()));
    let mut kept: Vec<(Rect, &Path, bool)> = Vec::new();
    for part in parts {
        if kept.len() < PARTS_MAX && !kept.iter().any(|(rect, _, _)| rect.grown(0.5).holds(&part.0)) {
            kept.push(part);
        }
    }
    kept.into_iter().map(|(_, path, holes)| (path, holes)).collect()
}
