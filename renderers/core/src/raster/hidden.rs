//! What is painted over later on, and need not be painted before: most of a ground under a clock, most of its case under
//! the dial.

use tiny_skia::{Path, Rect};

use super::cover::{Alpha, Rule, cover};
use crate::scene::{Item, Paint, Scene};

/// Pixels that something large covers at least; to look for what less hides would cost more than it spares.
const AREA_MIN: f32 = 8192.0;
/// How much larger what hides has to be than what lies over it and hides as well.
const GROWTH: f32 = 1.25;

/// Of each row the columns in which nothing of before is seen, from the first to the one after the last.
type Rows = Vec<(usize, usize)>;

/// What hides what was painted before.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// Numbers of items that hide something, the last first, and what each hides with all that come after it.
    by: Vec<(usize, Rows)>,
}

impl Hidden {
    pub(super) fn of(scene: &Scene, size: (u32, u32)) -> Hidden {
        let area = |bounds: Rect| {
            let side = |from: f32, to: f32, most: u32| (to.min(most as f32) - from.max(0.0)).max(0.0);
            side(bounds.left(), bounds.right(), size.0) * side(bounds.top(), bounds.bottom(), size.1)
        };
        let (mut clips, mut before) = (0_u32, 0.0);
        let mut large = Vec::new();
        for (number, item) in scene.items.iter().enumerate() {
            match item {
                Item::Fill { path, paint, even_odd, .. } => {
                    let own = area(path.bounds());
                    if own >= AREA_MIN && clips == 0 && before >= own / 2.0 && is_opaque(paint) {
                        large.push((
                            number,
                            own,
                            path,
                            if *even_odd { Rule::EvenOdd } else { Rule::NonZero },
                        ));
                    }
                    before += own;
                }
                Item::Stroke { path, .. } => before += area(path.bounds()),
                Item::PushClip(_) => clips += 1,
                Item::PopClip => clips = clips.saturating_sub(1),
                Item::Text { .. } => {}
            }
        }
        let mut by: Vec<(usize, Rows)> = Vec::new();
        let mut last = 0.0;
        for (number, area, path, rule) in large.into_iter().rev() {
            if area < last * GROWTH {
                continue;
            }
            last = area;
            let mut rows = by.last().map_or_else(|| vec![(0, 0); size.1 as usize], |(_, rows)| rows.clone());
            cover(path, rule, size, &mut |row, column, count, alpha| {
                if matches!(alpha, Alpha::Same(255)) {
                    rows[row] = joined(rows[row], (column, column + count));
                }
            });
            by.push((number, rows));
        }
        Hidden { by }
    }

    /// Forgets what hides nothing of an item of a number, nor of any after it.
    pub(super) fn until(&mut self, number: usize) {
        while self.by.last().is_some_and(|(by, _)| *by <= number) {
            self.by.pop();
        }
    }

    /// The columns of a row in which nothing is seen; none as an empty range.
    pub(super) fn row(&self, row: usize) -> (usize, usize) {
        self.by.last().map_or((0, 0), |(_, rows)| rows[row])
    }

    /// Whether nothing is seen of an outline.
    pub(super) fn hides(&self, path: &Path) -> bool {
        let Some((_, rows)) = self.by.last() else { return false };
        let bounds = path.bounds();
        let (top, bottom) = (bounds.top().floor().max(0.0), bounds.bottom().ceil().min(rows.len() as f32));
        let (left, right) = (bounds.left().floor(), bounds.right().ceil());
        top < bottom
            && rows[top as usize..bottom as usize]
                .iter()
                .all(|(from, until)| *from as f32 <= left && right <= *until as f32)
    }
}

/// Two ranges as one if they meet; if not, the longer one.
fn joined(a: (usize, usize), b: (usize, usize)) -> (usize, usize) {
    if a.0 <= b.1 && b.0 <= a.1 && a.0 < a.1 {
        (a.0.min(b.0), a.1.max(b.1))
    } else if b.1 - b.0 > a.1 - a.0 {
        b
    } else {
        a
    }
}

/// Whether nothing shines through.
fn is_opaque(paint: &Paint) -> bool {
    match paint {
        Paint::Solid(color) => color.alpha == 255,
        Paint::Linear { stops, .. } | Paint::Radial { stops, .. } => {
            stops.iter().all(|(_, color)| color.alpha == 255)
        }
    }
}
