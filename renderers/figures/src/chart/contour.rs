//! Contour plots: lines of equal height over a plane, with named places on it.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, PathBuilder, Point, Rect, Role};

use super::cross::{Axis, Cross, format_of};
use super::field::{Field, Relief};
use super::heat_map::{RAMP_WIDTH, Shades, paint_ramp};
use super::scale::Scale;
use super::shade;
use super::sheet::{Drawing, Sheet, around};
use super::value_label::{self, Placer};

/// Columns of the table of places.
const VALUE: usize = 3;
/// Cells of the relief along the longer side.
const FINE: usize = 84;

/// How the plane is drawn.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// Bands of colour between the lines.
    Bands,
    /// Lines with their heights, all in one colour.
    Lines,
    /// Lines in the colours of their heights.
    Tints,
}

/// Draws a contour plot.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let Some(field) = Field::read(&sheet.spec.data.tables[1]) else { return sheet.no_room("field") };
    let way = [Way::Bands, Way::Lines, Way::Tints][sheet.rng("contours").weighted(&[0.5, 0.25, 0.25])];
    shade::heading(sheet, VALUE)?;
    let (low, high) = field.bounds();
    let shades = Shades::of(sheet, &[low, high]);
    let steps = sheet.rng("levels").whole(6, 10) as usize;
    let levels =
        Scale::linear(low, high, steps, 0.0).printed(&format_of(sheet.table, VALUE, sheet.spec.value_format));
    let room = shades.width(sheet)? + sheet.tick_px * 1.4;
    let full = sheet.area;
    let with_ramp = way == Way::Bands || (way == Way::Tints && sheet.chance("ramp beside lines", 0.5));
    if with_ramp {
        sheet.area.right -= room;
    }
    let cross = lay_out(sheet, &field)?;
    cross.paint(sheet)?;
    let plot = cross.plot;
    let place = |u: f64, v: f64| {
        let along = |(low, high): (f64, f64), share: f64| low + (high - low) * share;
        cross.point(along(field.x, u), along(field.y, v))
    };
    let height = |u: f64, v: f64| {
        field.at(field.x.0 + (field.x.1 - field.x.0) * u, field.y.0 + (field.y.1 - field.y.0) * v)
    };
    let fine = |length: f32| ((FINE as f32 * length / plot.width().max(plot.height())) as usize).max(24);
    let relief = Relief::new(fine(plot.width()), fine(plot.height()), height, place);
    if way == Way::Bands {
        paint_bands(sheet, &cross, &relief, &levels, &shades);
    }
    let names = place_names(sheet, &cross)?;
    let labels = if way == Way::Bands && sheet.chance("bare bands", 0.5) {
        Vec::new()
    } else {
        place_heights(sheet, &cross, &relief, &levels, &names)?
    };
    let gaps: Vec<Rect> =
        names.iter().map(|n| n.2).chain(labels.iter().map(|l| l.2)).map(|rect| rect.grown(1.5)).collect();
    paint_lines(sheet, &relief, &levels, &shades, way, &gaps);
    paint_heights(sheet, &labels, way)?;
    paint_places(sheet, &cross, &names, way)?;
    if with_ramp {
        let x = plot.right + sheet.tick_px * 1.4;
        if x + shades.width(sheet)? > full.right + 1.0 {
            return sheet.no_room("ramp of colours");
        }
        paint_ramp(sheet, &shades, Rect::new(x, plot.top, x + RAMP_WIDTH, plot.bottom))?;
    }
    sheet.resolve(1, cross.x.resolution());
    sheet.resolve(2, cross.y.resolution());
    sheet.resolve(VALUE, (levels.step(), 1.0));
    Ok(())
}

/// The axes end where the field ends.
fn lay_out(sheet: &Sheet<'_>, field: &Field) -> Drawing<Cross> {
    let axis = |column: usize, (low, high): (f64, f64)| {
        let format = format_of(sheet.table, column, sheet.spec.value_format);
        let mut axis = Axis::linear(low, high, format, sheet.header_with_unit(column));
        axis.scale = Some(Scale::linear_with(low, high, 5));
        axis
    };
    Cross::lay_out(sheet, &axis(1, field.x), &axis(2, field.y))
}

/// The heights of lines: ticks strictly between the ends of the field.
fn heights(levels: &Scale) -> impl Iterator<Item = (f64, &str)> {
    let inner = &levels.ticks[1..levels.ticks.len() - 1];
    inner.iter().map(|tick| (tick.value, tick.text.as_str()))
}

fn paint_bands(sheet: &mut Sheet<'_>, cross: &Cross, relief: &Relief, levels: &Scale, shades: &Shades) {
    let ground = sheet.scene.ornament();
    let middle = levels.step() / 2.0;
    let within = |value: f64| value.clamp(shades.scale.low, shades.scale.high);
    sheet.scene.rect(ground, cross.plot, shades.color(within(levels.low + middle)));
    for (height, _) in heights(levels) {
        if let Some(path) = relief.area(height) {
            sheet.scene.fill(ground, path, shades.color(within(height + middle)));
        }
    }
}

/// A label with its middle and its box.
type Placed = (String, Point, Rect);

/// Places the names of all places beside them.
fn place_names(sheet: &Sheet<'_>, cross: &Cross) -> Drawing<Vec<Placed>> {
    let points = points(sheet, cross);
    let radius = radius(sheet);
    let mut placer = Placer { limit: cross.plot.grown(-2.0), taken: Vec::new(), lines: Vec::new() };
    placer.taken.extend(points.iter().map(|p| around(*p, radius + 1.0)));
    let mut names = Vec::new();
    for (row, p) in points.iter().enumerate() {
        let text = sheet.shown(row, 0).to_owned();
        let (width, height) = value_label::size(sheet, &text)?;
        let size = (width + 6.0, height + 4.0);
        let (w, h) = (size.0 / 2.0 + radius + 2.0, size.1 / 2.0 + radius + 2.0);
        let beside = [(w, 0.0), (-w, 0.0), (0.0, -h), (0.0, h), (w, -h), (-w, -h), (w, h), (-w, h)];
        let candidates: Vec<Point> = beside.iter().map(|(dx, dy)| Point::new(p.x + dx, p.y + dy)).collect();
        let Some(center) = placer.take(size, &candidates) else { return sheet.no_room("names of places") };
        let rect = Rect::sized(center.x - size.0 / 2.0, center.y - size.1 / 2.0, size.0, size.1);
        names.push((text, center, rect));
    }
    Ok(names)
}

/// Places the height of each line on it, where it runs most level; lines without room go without.
fn place_heights(
    sheet: &Sheet<'_>,
    cross: &Cross,
    relief: &Relief,
    levels: &Scale,
    names: &[Placed],
) -> Drawing<Vec<Placed>> {
    let taken = names
        .iter()
        .map(|name| name.2.grown(3.0))
        .chain(points(sheet, cross).into_iter().map(|p| around(p, radius(sheet) + 4.0)));
    let mut placer = Placer { limit: cross.plot.grown(-4.0), taken: taken.collect(), lines: Vec::new() };
    let mut labels = Vec::new();
    for (height, text) in heights(levels) {
        let size = value_label::size(sheet, text)?;
        let size = (size.0 + 3.0, size.1 + 1.0);
        let mut pieces = relief.line(height);
        let slope = |(a, b): &(Point, Point)| (b.y - a.y).abs() / ((b.x - a.x).abs() + 0.01);
        pieces.sort_by(|a, b| slope(a).total_cmp(&slope(b)));
        let middles: Vec<Point> =
            pieces.iter().step_by(3).map(|(a, b)| super::sheet::middle(*a, *b)).collect();
        let mut first: Option<Point> = None;
        for _ in 0..if pieces.len() > 150 { 2 } else { 1 } {
            // Two labels of one line stand far apart.
            let far = |p: &&Point| {
                let reach = cross.plot.width().min(cross.plot.height()) * 0.45;
                first.is_none_or(|first| libm::hypotf(p.x - first.x, p.y - first.y) > reach)
            };
            let candidates: Vec<Point> = middles.iter().filter(far).copied().collect();
            if let Some(center) = placer.take(size, &candidates) {
                let rect = Rect::sized(center.x - size.0 / 2.0, center.y - size.1 / 2.0, size.0, size.1);
                placer.taken.push(rect.grown(8.0));
                labels.push((text.to_owned(), center, rect));
                first = Some(center);
            }
        }
    }
    Ok(labels)
}

fn paint_lines(
    sheet: &mut Sheet<'_>,
    relief: &Relief,
    levels: &Scale,
    shades: &Shades,
    way: Way,
    gaps: &[Rect],
) {
    let mark = sheet.scene.ornament();
    let panel = sheet.look.panel;
    let width = sheet.look.stroke.clamp(1.0, 1.8);
    for (height, _) in heights(levels) {
        let color = match way {
            Way::Bands => shades.color(height).ink().faded(0.35),
            Way::Lines => sheet.color(0).readable_on(panel, 2.2),
            Way::Tints => shades.color(height).readable_on(panel, 2.0),
        };
        let mut path = PathBuilder::new();
        for (a, b) in relief.line(height) {
            let both = Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x) + 0.01, a.y.max(b.y) + 0.01);
            if gaps.iter().all(|gap| !gap.overlaps(&both)) {
                path.move_to(a.x, a.y);
                path.line_to(b.x, b.y);
            }
        }
        if let Some(path) = path.finish() {
            let pen = if way == Way::Bands { 1.0 } else { width };
            sheet.scene.stroke(mark, path, Stroke::new(color, pen).rounded());
        }
    }
}

fn paint_heights(sheet: &mut Sheet<'_>, labels: &[Placed], way: Way) -> Drawing<()> {
    for (text, center, rect) in labels {
        let ink = match way {
            Way::Bands => {
                // On both sides of the line lie different colours: the label brings its own ground.
                let chip = sheet.scene.ornament();
                sheet.scene.round_rect(chip, *rect, 2.0, sheet.look.panel);
                sheet.look.ink
            }
            Way::Lines => sheet.readable(sheet.color(0)),
            Way::Tints => sheet.look.soft_ink,
        };
        let spec = TextSpec::new(text, sheet.face, sheet.tick_px, ink, Role::TickLabel);
        sheet.set(spec.at(center.x, center.y, Align::Middle, VAlign::Middle))?;
    }
    Ok(())
}

fn points(sheet: &Sheet<'_>, cross: &Cross) -> Vec<Point> {
    (0..sheet.rows())
        .map(|row| cross.point(sheet.value(row, 1).unwrap_or(0.0), sheet.value(row, 2).unwrap_or(0.0)))
        .collect()
}

fn radius(sheet: &Sheet<'_>) -> f32 {
    sheet.rng("places").range32(3.4, 4.8) * sheet.grow
}

fn paint_places(sheet: &mut Sheet<'_>, cross: &Cross, names: &[Placed], way: Way) -> Drawing<()> {
    let radius = radius(sheet);
    let (ink, panel) = (sheet.look.ink, sheet.look.panel);
    let chips = way == Way::Bands || sheet.chance("grounds of names", 0.5);
    for (row, point) in points(sheet, cross).into_iter().enumerate() {
        for column in [VALUE, 1, 2] {
            let mark = sheet.cell_mark(Role::Dot, row, column);
            if column == VALUE {
                sheet.scene.element_mut(mark).color = Some(ink);
                sheet.scene.circle(mark, point, radius + 1.4, panel);
                sheet.scene.circle(mark, point, radius, ink);
            }
            sheet.locate(mark, around(point, radius), point, ink);
        }
        let (text, center, rect) = &names[row];
        if chips {
            let chip = sheet.scene.ornament();
            sheet.scene.round_rect(chip, *rect, 3.0, panel);
        }
        let spec = TextSpec::new(text, sheet.face, sheet.tick_px, ink, Role::DirectLabel)
            .at(center.x, center.y, Align::Middle, VAlign::Middle)
            .showing([Datum::cell(row, 0)]);
        sheet.set(spec)?;
    }
    Ok(())
}
