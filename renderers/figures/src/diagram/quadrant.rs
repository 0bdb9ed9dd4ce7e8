//! Quadrant diagrams: things in a plane of two properties, divided in the middle.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, Fonts, Point, Rect, Role};

use super::DiagramSpec;
use super::board::Board;
use super::graph::{Sheet, Source};
use super::style::DiagramStyle;
use crate::{Drawn, FigureError, Resolution};

/// A thing in the plane.
struct Thing {
    label: (String, Datum),
    x: f64,
    y: f64,
    width: f32,
}

/// Radius of the dots.
const DOT: f32 = 5.0;

/// Draws a quadrant diagram.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let sheet = source.need("nodes")?;
    let label = sheet.need("label")?;
    let numbers = sheet.table.number_columns();
    let [x_column, y_column] = numbers[..] else {
        return Err(source.wrong(format!("{} columns of numbers in `nodes`", numbers.len())));
    };
    let things = things(&source, style, &sheet, (label, x_column, y_column))?;
    let most = things.iter().map(|t| t.x.max(t.y)).fold(0.0f64, f64::max);
    let full = if most > 10.0 { 100.0 } else { 10.0 };
    if things.iter().any(|t| t.x < 0.0 || t.y < 0.0) || most > full {
        return Err(source.wrong("a number below 0 or above 100"));
    }
    let mut rng = spec.seed.rng("quadrant");
    let start = rng.range32(380.0, 460.0).round();
    let names = source.find("quadrants");
    for side in [start, start * 1.15, start * 1.32, start * 1.55, start * 1.85] {
        let side = (side / 2.0).round() * 2.0;
        let plane = Plane { side, full };
        if let Some(spots) = plane.labels(style, &things, names.as_ref())? {
            return paint(spec, style, &sheet, &things, names.as_ref(), (x_column, y_column), &plane, &spots);
        }
    }
    Err(FigureError::NoRoom {
        kind: spec.kind.slug(),
        width: 1500,
        height: 1500,
        what: "the names of the dots",
    })
}

fn things(
    source: &Source<'_>,
    style: &DiagramStyle<'_>,
    sheet: &Sheet<'_>,
    (label, x, y): (usize, usize, usize),
) -> Result<Vec<Thing>, FigureError> {
    (0..sheet.rows())
        .map(|row| {
            let number = |column: usize| {
                sheet
                    .cell(row, column)
                    .as_f64()
                    .ok_or_else(|| source.wrong(format!("no number for `{}`", sheet.text(row, label))))
            };
            let width = Fonts::bundled().width(style.plain(), style.small_px(), sheet.text(row, label))?;
            Ok(Thing { label: sheet.printed(row, label), x: number(x)?, y: number(y)?, width })
        })
        .collect()
}

/// The plane, its left top corner at the origin.
struct Plane {
    side: f32,
    full: f64,
}

impl Plane {
    fn at(&self, x: f64, y: f64) -> Point {
        Point::new((x / self.full) as f32 * self.side, (1.0 - y / self.full) as f32 * self.side)
    }

    /// The boxes of the names of the quadrants: top right, top left, bottom left, bottom right.
    /// Each stands in the outer corner of its quadrant, or in another one where a dot is in the way.
    fn name_rects(
        &self,
        style: &DiagramStyle<'_>,
        names: Option<&Sheet<'_>>,
        dots: &[Rect],
    ) -> Result<Vec<Rect>, FigureError> {
        let Some(sheet) = names else { return Ok(Vec::new()) };
        let column = sheet.need("label")?;
        let (height, pad) = (style.line_px, 8.0);
        let mut list = Vec::new();
        for row in 0..sheet.rows().min(4) {
            let width = Fonts::bundled().width(style.strong(), style.text_px, sheet.text(row, column))?;
            let half = self.side / 2.0;
            let (x, y) = (if row == 0 || row == 3 { half } else { 0.0 }, if row < 2 { 0.0 } else { half });
            let xs = [x + pad, x + half - pad - width];
            let ys = [y + pad, y + half - pad - height];
            let (outer_x, outer_y) = (usize::from(row == 0 || row == 3), usize::from(row >= 2));
            let corners = [
                (xs[outer_x], ys[outer_y]),
                (xs[1 - outer_x], ys[outer_y]),
                (xs[outer_x], ys[1 - outer_y]),
                (xs[1 - outer_x], ys[1 - outer_y]),
            ];
            let rects = corners.map(|(left, top)| Rect::sized(left, top, width, height));
            let free = rects.iter().find(|rect| dots.iter().all(|dot| !dot.grown(2.0).overlaps(rect)));
            list.push(*free.unwrap_or(&rects[0]));
        }
        Ok(list)
    }

    fn dots(&self, things: &[Thing]) -> Vec<Rect> {
        let side = 2.0 * DOT + 2.0;
        let box_at = |p: Point| Rect::sized(p.x - side / 2.0, p.y - side / 2.0, side, side);
        things.iter().map(|t| box_at(self.at(t.x, t.y))).collect()
    }

    /// Where the names of the dots stand: clear of dots, other names and the edges; `None` when there is no such place.
    fn labels(
        &self,
        style: &DiagramStyle<'_>,
        things: &[Thing],
        names: Option<&Sheet<'_>>,
    ) -> Result<Option<Vec<Rect>>, FigureError> {
        let height = style.small_px() * 1.15;
        let dots = self.dots(things);
        let taken: Vec<Rect> = self.name_rects(style, names, &dots)?;
        if taken.iter().any(|name| dots.iter().any(|dot| dot.overlaps(name))) {
            return Ok(None);
        }
        let mut by_height: Vec<usize> = (0..things.len()).collect();
        let mut by_width = by_height.clone();
        let first = by_height.clone();
        by_height.sort_by(|&a, &b| things[a].y.total_cmp(&things[b].y));
        by_width.sort_by(|&a, &b| things[b].width.total_cmp(&things[a].width));
        let last = first.iter().rev().copied().collect();
        // What finds no place in one order may find it in another.
        for order in [first, by_height, by_width, last] {
            if let Some(found) = self.place_all(things, &order, &dots, taken.clone(), height) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn place_all(
        &self,
        things: &[Thing],
        order: &[usize],
        dots: &[Rect],
        mut taken: Vec<Rect>,
        height: f32,
    ) -> Option<Vec<Rect>> {
        let plane = Rect::new(2.0, 2.0, self.side - 2.0, self.side - 2.0);
        let mut found = vec![Rect::EMPTY; things.len()];
        for &index in order {
            let thing = &things[index];
            let p = self.at(thing.x, thing.y);
            let (w, h, d) = (thing.width, height, DOT + 3.0);
            let corners = [
                (p.x + d, p.y - h / 2.0),
                (p.x - d - w, p.y - h / 2.0),
                (p.x - w / 2.0, p.y - d - h),
                (p.x - w / 2.0, p.y + d),
                (p.x + d * 0.6, p.y - d * 0.6 - h),
                (p.x + d * 0.6, p.y + d * 0.6),
                (p.x - d * 0.6 - w, p.y - d * 0.6 - h),
                (p.x - d * 0.6 - w, p.y + d * 0.6),
            ];
            let spot = corners.iter().map(|&(x, y)| Rect::sized(x, y, w, h)).find(|rect| {
                // Names keep off the lines in the middle.
                let middle = self.side / 2.0;
                let off = (rect.left > middle + 2.0 || rect.right < middle - 2.0)
                    && (rect.top > middle + 1.0 || rect.bottom < middle - 1.0);
                off && plane.holds(rect)
                    && taken.iter().all(|t| !t.grown(2.0).overlaps(rect))
                    && dots.iter().enumerate().all(|(other, dot)| other == index || !dot.overlaps(rect))
            });
            let spot = spot?;
            taken.push(spot);
            found[index] = spot;
        }
        Some(found)
    }
}

#[expect(clippy::too_many_arguments, reason = "one caller; everything that was read and placed")]
fn paint(
    spec: &DiagramSpec<'_>,
    style: &DiagramStyle<'_>,
    sheet: &Sheet<'_>,
    things: &[Thing],
    names: Option<&Sheet<'_>>,
    (x_column, y_column): (usize, usize),
    plane: &Plane,
    spots: &[Rect],
) -> Result<Drawn, FigureError> {
    let look = style.look;
    let side = plane.side;
    let (left, below) = (style.line_px * 2.0 + 16.0, style.line_px * 2.0 + 12.0);
    let mut board = Board::open(spec, left + side + 8.0, side + below)?;
    let corner = Point::new((board.origin.x + left).round(), board.origin.y.round());
    let half = side / 2.0;
    let quarters = [(half, 0.0), (0.0, 0.0), (0.0, half), (half, half)];
    let tints: Vec<_> =
        (0..4).map(|i| look.ground.mix(look.color(i), if look.dark { 0.2 } else { 0.11 })).collect();
    for (index, (x, y)) in quarters.iter().enumerate() {
        let label =
            names.and_then(|s| s.find("label").filter(|_| index < s.rows()).map(|c| s.printed(index, c)));
        let rect = Rect::sized(corner.x + x, corner.y + y, half, half);
        let group = match &label {
            Some((name, data)) => board.scene.mark(Role::Group, name.clone(), [*data]),
            None => board.scene.ornament(),
        };
        board.scene.rect(group, rect, tints[index]);
    }
    let axis = board.scene.mark(Role::Axis, "", []);
    let line = look.ground.mix(look.ink, 0.55);
    board.scene.rect(axis, Rect::sized(corner.x + half - 0.5, corner.y, 1.0, side), line);
    board.scene.rect(axis, Rect::sized(corner.x, corner.y + half - 0.5, side, 1.0), line);
    let frame = Rect::sized(corner.x + 0.5, corner.y + 0.5, side - 1.0, side - 1.0);
    board.scene.frame(axis, frame, 0.0, Stroke::new(line, 1.0));
    let px = style.small_px();
    for value in [0.0, plane.full / 2.0, plane.full] {
        let label = format!("{value}");
        let (x, y) =
            (corner.x + (value / plane.full) as f32 * side, corner.y + side + 4.0 + style.line_px / 2.0);
        let text = TextSpec::new(&label, style.plain(), px, look.soft_ink, Role::TickLabel);
        board.scene.text(text.at(x, y, Align::Middle, VAlign::Middle))?;
        let y = corner.y + (1.0 - value / plane.full) as f32 * side;
        let text = TextSpec::new(&label, style.plain(), px, look.soft_ink, Role::TickLabel);
        board.scene.text(text.at(corner.x - 7.0, y, Align::End, VAlign::Middle))?;
    }
    let title = |column: usize| sheet.table.columns[column].name.as_str();
    let text = TextSpec::new(title(x_column), style.strong(), style.text_px, look.ink, Role::AxisTitle)
        .at(corner.x + half, corner.y + side + 8.0 + style.line_px * 1.5, Align::Middle, VAlign::Middle)
        .showing([Datum::header(sheet.index, x_column)]);
    board.scene.text(text)?;
    let text = TextSpec::new(title(y_column), style.strong(), style.text_px, look.ink, Role::AxisTitle)
        .at(board.origin.x + style.line_px / 2.0, corner.y + half, Align::Middle, VAlign::Middle)
        .turned(270.0)
        .showing([Datum::header(sheet.index, y_column)]);
    board.scene.text(text)?;
    if let Some(names) = names {
        let column = names.need("label")?;
        for (row, rect) in plane.name_rects(style, Some(names), &plane.dots(things))?.iter().enumerate() {
            let ink = look.color(row).readable_on(tints[row], 4.5);
            let text =
                TextSpec::new(names.text(row, column), style.strong(), style.text_px, ink, Role::GroupLabel)
                    .at(corner.x + rect.left, corner.y + rect.center().y, Align::Start, VAlign::Middle)
                    .showing([names.datum(row, column)]);
            board.scene.text(text)?;
        }
    }
    for (row, (thing, spot)) in things.iter().zip(spots).enumerate() {
        let p = plane.at(thing.x, thing.y);
        let data = [thing.label.1, sheet.datum(row, x_column), sheet.datum(row, y_column)];
        let dot = board.scene.mark(Role::Dot, thing.label.0.clone(), data);
        board.scene.circle(dot, Point::new(corner.x + p.x, corner.y + p.y), DOT, look.accent);
        let quarter = match (p.x >= half, p.y < half) {
            (true, true) => 0,
            (false, true) => 1,
            (false, false) => 2,
            (true, false) => 3,
        };
        let ink = look.ink.readable_on(tints[quarter], 5.0);
        let text = TextSpec::new(&thing.label.0, style.plain(), px, ink, Role::NodeLabel)
            .at(corner.x + spot.left, corner.y + spot.center().y, Align::Start, VAlign::Middle)
            .showing([thing.label.1]);
        board.scene.text(text)?;
    }
    let difference = (2.0 * plane.full / f64::from(side)).max(plane.full / 8.0);
    let resolution = |column: usize| Resolution {
        scale: true,
        in_row: None,
        table: sheet.index as u16,
        column: column as u16,
        difference,
        ratio: 1.0,
    };
    board.finish(vec![resolution(x_column), resolution(y_column)])
}
