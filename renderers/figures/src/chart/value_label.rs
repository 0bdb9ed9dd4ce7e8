//! Printed values: where each one stands, or that they are left out. All values of a chart are printed or none.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::sheet::{Drawing, Sheet};

/// A bar whose value is to be printed.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) bar: Rect,
    /// The value lies at the high end of the bar (top or right), not at the low one.
    pub(super) forward: bool,
    /// Colour of the bar.
    pub(super) color: Color,
    /// Only the middle of the bar will do: another bar goes on where this one ends.
    pub(super) middle: bool,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) center: Point,
    /// Reads upwards.
    pub(super) turned: bool,
    pub(super) color: Color,
}

/// A way of placing the values of bars.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Outside,
    Inside,
}

/// Pixels between a bar and its value.
const GAP: f32 = 4.0;

/// Places the values of bars; `None` when not all of them have room inside `limit`. `walls` are what labels outside
/// must keep off.
pub(super) fn for_bars(
    sheet: &Sheet<'_>,
    lying: bool,
    turned: bool,
    limit: &Rect,
    tags: &[Tag],
    walls: &[Rect],
) -> Drawing<Option<Vec<Printed>>> {
    let ways = if sheet.chance("values inside", 0.3) {
        [Way::Inside, Way::Outside]
    } else {
        [Way::Outside, Way::Inside]
    };
    for way in ways {
        let mut printed = Vec::with_capacity(tags.len());
        let mut taken: Vec<Rect> = Vec::with_capacity(tags.len());
        for tag in tags {
            let Some((place, rect)) = place(sheet, lying, turned, limit, tag, walls, &taken, way)? else {
                break;
            };
            taken.push(rect.grown(1.5));
            printed.push(place);
        }
        if printed.len() == tags.len() {
            return Ok(Some(printed));
        }
    }
    Ok(None)
}

#[expect(clippy::too_many_arguments, reason = "one place where a label may stand depends on all of them")]
fn place(
    sheet: &Sheet<'_>,
    lying: bool,
    turned: bool,
    limit: &Rect,
    tag: &Tag,
    walls: &[Rect],
    taken: &[Rect],
    way: Way,
) -> Drawing<Option<(Printed, Rect)>> {
    let (width, height) = size(sheet, sheet.shown(tag.row, tag.column))?;
    let (width, height) = if turned { (height, width) } else { (width, height) };
    let (bar, along) = (tag.bar, if lying { width } else { height });
    let fits = bar.width() >= width + 6.0 && bar.height() >= height + 4.0;
    let inside = tag.middle || (way == Way::Inside && fits);
    if tag.middle && !fits {
        return Ok(None);
    }
    let center = if tag.middle {
        bar.center()
    } else {
        let shift = along / 2.0 + GAP;
        let shift = if inside { -shift } else { shift };
        match (lying, tag.forward) {
            (false, true) => Point::new(bar.center().x, bar.top - shift),
            (false, false) => Point::new(bar.center().x, bar.bottom + shift),
            (true, true) => Point::new(bar.right + shift, bar.center().y),
            (true, false) => Point::new(bar.left - shift, bar.center().y),
        }
    };
    let rect = Rect::sized(center.x - width / 2.0, center.y - height / 2.0, width, height);
    let free = taken.iter().all(|other| !other.overlaps(&rect))
        && limit.grown(0.5).holds(&rect)
        && (inside || walls.iter().all(|wall| !wall.overlaps(&rect)));
    let color = if inside { tag.color.ink() } else { sheet.look.ink };
    let printed = Printed { row: tag.row, column: tag.column, center, turned, color };
    Ok(free.then_some((printed, rect)))
}

/// Room that a printed value takes.
pub(super) fn size(sheet: &Sheet<'_>, text: &str) -> Drawing<(f32, f32)> {
    let px = sheet.tick_px;
    Ok((sheet.label_width(px, text)? + 1.0, sheet.cap(px) + 0.34 * px))
}

/// The widest of the values of some columns.
pub(super) fn widest(sheet: &Sheet<'_>, first: usize, last: usize) -> Drawing<f32> {
    let rows = 0..sheet.rows();
    let texts = rows.flat_map(|row| (first..=last).map(move |column| (row, column)));
    sheet.widest(sheet.tick_px, texts.map(|(row, column)| sheet.shown(row, column)))
}

/// Writes the values.
pub(super) fn paint(sheet: &mut Sheet<'_>, printed: &[Printed]) -> Drawing<()> {
    for label in printed {
        let text = sheet.shown(label.row, label.column);
        let spec = TextSpec::new(text, sheet.face, sheet.tick_px, label.color, Role::ValueLabel)
            .at(label.center.x, label.center.y, Align::Middle, VAlign::Middle)
            .turned(if label.turned { 270.0 } else { 0.0 })
            .showing([Datum::cell(label.row, label.column)]);
        sheet.set(spec)?;
    }
    Ok(())
}

/// Finds free places for labels among lines and other labels.
pub(super) struct Placer {
    /// Labels stay inside.
    pub(super) limit: Rect,
    /// What is taken.
    pub(super) taken: Vec<Rect>,
    /// Lines to keep off.
    pub(super) lines: Vec<(Point, Point)>,
}

impl Placer {
    /// True when nothing lies in the rectangle.
    pub(super) fn free(&self, rect: &Rect) -> bool {
        self.limit.holds(rect)
            && self.taken.iter().all(|other| !other.overlaps(rect))
            && self.lines.iter().all(|(a, b)| !crosses(&rect.grown(1.0), *a, *b))
    }

    /// Takes the first of the candidate middles at which a label of this size is free.
    pub(super) fn take(&mut self, size: (f32, f32), candidates: &[Point]) -> Option<Point> {
        let rect = |c: &Point| Rect::sized(c.x - size.0 / 2.0, c.y - size.1 / 2.0, size.0, size.1);
        let found = *candidates.iter().find(|center| self.free(&rect(center)))?;
        self.taken.push(rect(&found).grown(1.5));
        Some(found)
    }
}

/// True when a segment runs through a rectangle (Liang and Barsky, 1984).
fn crosses(rect: &Rect, a: Point, b: Point) -> bool {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut from, mut to) = (0.0f32, 1.0f32);
    let sides =
        [(-dx, a.x - rect.left), (dx, rect.right - a.x), (-dy, a.y - rect.top), (dy, rect.bottom - a.y)];
    for (p, q) in sides {
        if p == 0.0 {
            if q < 0.0 {
                return false;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_through_a_label_are_found() {
        let rect = Rect::new(10.0, 10.0, 20.0, 20.0);
        assert!(crosses(&rect, Point::new(0.0, 0.0), Point::new(30.0, 30.0)));
        assert!(crosses(&rect, Point::new(15.0, 0.0), Point::new(15.0, 50.0)));
        assert!(!crosses(&rect, Point::new(0.0, 25.0), Point::new(30.0, 25.0)));
        assert!(!crosses(&rect, Point::new(0.0, 12.0), Point::new(9.0, 12.0)));
    }
}
