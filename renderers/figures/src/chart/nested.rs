//! Rings of two levels: nested donuts, named around, and sunbursts, named along their rays.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::legend::{self, Entry, Key};
use super::levels::{self, Group, group_mark, group_shown, part_colors};
use super::round::{self, Slice, polar, sector};
use super::sheet::{Drawing, Name, Sheet};
use crate::FigureError;

const TURN: f32 = 2.0 * std::f32::consts::PI;

/// The two rings.
struct Rings {
    center: Point,
    /// Radii: of the hole, between the groups and the gap, between the gap and the parts, of the whole.
    radii: [f32; 4],
    start: f32,
}

impl Rings {
    fn angle(&self, share: f64) -> f32 {
        self.start + TURN * share as f32
    }

    fn slices(&self, sheet: &Sheet<'_>) -> Vec<Slice> {
        let spans = levels::spans(sheet).into_iter().enumerate();
        spans
            .map(|(row, (from, to))| Slice {
                row,
                from: self.angle(from),
                to: self.angle(to),
                outer: self.radii[3],
            })
            .collect()
    }

    fn paint(&self, sheet: &mut Sheet<'_>, groups: &[Group], colors: &[Color]) {
        let edge = Stroke::new(sheet.look.ground, if sheet.look.flat { 1.5 } else { 1.0 });
        let [hole, inner, between, outer] = self.radii;
        for group in groups {
            let (from, to) = (self.angle(group.from), self.angle(group.to));
            let color = group.color;
            let mark = group_mark(sheet, Role::Slice, group);
            if let Some(path) = sector(self.center, hole, inner, from, to) {
                sheet.scene.fill(mark, path.clone(), color);
                sheet.scene.stroke(mark, path, edge.clone());
            }
            sheet.anchor(mark, polar(self.center, (from + to) / 2.0, (hole + inner) / 2.0));
        }
        for slice in self.slices(sheet) {
            let mark = sheet.cell_mark(Role::Slice, slice.row, 1);
            if let Some(path) = sector(self.center, between, outer, slice.from, slice.to) {
                sheet.scene.fill(mark, path.clone(), colors[slice.row]);
                sheet.scene.stroke(mark, path, edge.clone());
            }
            sheet.anchor(mark, polar(self.center, slice.middle(), (between + outer) / 2.0));
        }
    }
}

/// How the groups are named.
#[derive(Clone, Copy, PartialEq)]
enum Naming {
    Inside,
    Legend,
}

/// Tries to draw with the groups named inside and with a legend, with the values and without.
fn try_ways(
    sheet: &mut Sheet<'_>,
    what: &'static str,
    draw: impl Fn(&mut Sheet<'_>, Naming, bool) -> Drawing<bool>,
) -> Drawing<()> {
    let printed = sheet.wants_values(sheet.rows(), 14);
    let area = sheet.area;
    for values in [true, false].into_iter().filter(|values| printed || !values) {
        for naming in [Naming::Inside, Naming::Legend] {
            sheet.area = area;
            let marks = (sheet.scene.elements.len(), sheet.scene.items.len());
            match draw(sheet, naming, values) {
                Ok(true) => return Ok(()),
                Ok(false) | Err(FigureError::NoRoom { .. }) => {}
                Err(other) => return Err(other),
            }
            sheet.scene.elements.truncate(marks.0);
            sheet.scene.items.truncate(marks.1);
        }
    }
    sheet.no_room(what)
}

fn legend_of(sheet: &mut Sheet<'_>, groups: &[Group], values: bool) -> Drawing<()> {
    let entries: Vec<Entry> = groups
        .iter()
        .map(|group| Entry {
            value: values.then(|| (group_shown(sheet, group).to_owned(), Datum::at(1, group.index, 1))),
            ..Entry::new(group.name.clone(), group.color, Key::Square)
        })
        .collect();
    legend::draw(sheet, &entries)
}

/// The name of each group (and its sum) inside its sector, upright; `None` when one does not fit.
fn inside(
    sheet: &Sheet<'_>,
    rings: &Rings,
    groups: &[Group],
    values: bool,
) -> Drawing<Option<Vec<Vec<String>>>> {
    let px = sheet.tick_px;
    let line = (px * 1.18).round();
    let [hole, inner, ..] = rings.radii;
    let mut all = Vec::new();
    for group in groups {
        let (from, to) = (rings.angle(group.from), rings.angle(group.to));
        let at = polar(rings.center, (from + to) / 2.0, (hole + inner) / 2.0);
        let mut found = None;
        for room in [(inner - hole) * 0.75, (inner - hole) * 0.95, (inner - hole) * 1.25, inner * 0.95] {
            let Some(mut lines) = sheet.lines(sheet.face, px, &group.name.text, room)? else { continue };
            let mut width = sheet.widest(px, lines.iter().map(String::as_str))?;
            if values {
                width = width.max(sheet.width(sheet.bold, px, group_shown(sheet, group))?);
                lines.push(group_shown(sheet, group).to_owned());
            }
            let height = line * (lines.len() - 1) as f32 + sheet.cap(px) + 3.0;
            let rect = Rect::sized(at.x - width / 2.0, at.y - height / 2.0, width, height).grown(2.0);
            if round::holds(rings.center, hole, inner, from, to, &rect) {
                found = Some(lines);
                break;
            }
        }
        match found {
            Some(lines) => all.push(lines),
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}

fn paint_inside(
    sheet: &mut Sheet<'_>,
    rings: &Rings,
    groups: &[Group],
    texts: &[Vec<String>],
    values: bool,
) -> Drawing<()> {
    let px = sheet.tick_px;
    let line = (px * 1.18).round();
    for (group, lines) in groups.iter().zip(texts) {
        let middle = rings.angle((group.from + group.to) / 2.0);
        let at = polar(rings.center, middle, (rings.radii[0] + rings.radii[1]) / 2.0);
        let ink = group.color.ink();
        let first = at.y - line * (lines.len() - 1) as f32 / 2.0;
        for (index, words) in lines.iter().enumerate() {
            let value = values && index + 1 == lines.len();
            let face = if value { sheet.bold } else { sheet.face };
            let role = if value { Role::ValueLabel } else { Role::DirectLabel };
            let data = if value { vec![Datum::at(1, group.index, 1)] } else { group.name.data.clone() };
            let spec = TextSpec::new(words, face, px, ink, role)
                .at(at.x, first + line * index as f32, Align::Middle, VAlign::Middle)
                .showing(data);
            sheet.set(spec)?;
        }
    }
    Ok(())
}

/// Draws a donut of the groups inside a donut of their parts; the parts are named around it.
pub(super) fn donut(sheet: &mut Sheet<'_>) -> Drawing<()> {
    sheet.gather(2.0);
    try_ways(sheet, "names of the slices", |sheet, naming, values| {
        let groups = levels::groups(sheet);
        if naming == Naming::Legend {
            legend_of(sheet, &groups, values)?;
        }
        levels::paint_measure(sheet)?;
        let labels = round::around_labels(sheet, values)?;
        let (column, height) =
            labels.iter().fold((0.0f32, 0.0f32), |(w, h), label| (w.max(label.width), h.max(label.height)));
        let area = sheet.area;
        let radius = ((area.width() / 2.0 - column - 26.0).min(area.height() / 2.0 - height * 0.5 - 6.0)
            - 1.0)
            .min(330.0)
            .floor();
        // A small donut between many labels is none.
        if radius < 84.0 || radius < 0.22 * sheet.spec.width.min(sheet.spec.height) as f32 {
            return Ok(false);
        }
        let hole = radius * sheet.rng("hole").range32(0.2, 0.34);
        let inner = hole + (radius - hole) * sheet.rng("inner ring").range32(0.5, 0.6);
        let gap = if sheet.chance("gap of rings", 0.6) { 4.0 } else { 1.0 };
        let start = if sheet.chance("turned pie", 0.2) { sheet.rng("turn").range32(0.0, TURN) } else { 0.0 };
        let center = Point::new(area.center().x.round(), area.center().y.round());
        let rings = Rings { center, radii: [hole, inner, inner + gap, radius], start };
        let slices = rings.slices(sheet);
        let Some(places) = round::around_places(sheet, center, radius, height, &slices) else {
            return Ok(false);
        };
        let texts = match naming {
            Naming::Inside => inside(sheet, &rings, &groups, values)?,
            Naming::Legend => Some(Vec::new()),
        };
        let Some(texts) = texts else { return Ok(false) };
        let colors = part_colors(sheet, &groups);
        rings.paint(sheet, &groups, &colors);
        if naming == Naming::Inside {
            paint_inside(sheet, &rings, &groups, &texts, values)?;
        }
        for (label, (slice, y)) in labels.iter().zip(slices.iter().zip(&places)) {
            round::paint_around(sheet, center, radius, slice, label, *y)?;
        }
        finish(sheet);
        Ok(true)
    })
}

fn finish(sheet: &mut Sheet<'_>) {
    let total: f64 = sheet.values(1, 1).iter().sum();
    levels::resolve(sheet, 0.02 * total, 1.0);
}

/// A text along a ray.
struct Ray {
    row: usize,
    lines: Vec<String>,
    middle: f32,
    px: f32,
}

/// Draws a sunburst: the groups around a small hole, and outside of them their parts, named along the rays.
pub(super) fn sunburst(sheet: &mut Sheet<'_>) -> Drawing<()> {
    sheet.gather(1.7);
    try_ways(sheet, "names along the rays", |sheet, naming, values| {
        let groups = levels::groups(sheet);
        if naming == Naming::Legend {
            legend_of(sheet, &groups, values)?;
        }
        levels::paint_measure(sheet)?;
        let px = sheet.tick_px;
        let area = sheet.area;
        // Values stand outside, along the rays too.
        let outside = if values {
            let texts = (0..sheet.rows()).map(|row| sheet.shown(row, 1));
            sheet.widest(px, texts)?.ceil() + 8.0
        } else {
            2.0
        };
        let radius = (area.width().min(area.height()) / 2.0 - outside).min(360.0).floor();
        if radius < 110.0 {
            return Ok(false);
        }
        let hole = radius * sheet.rng("hole").range32(0.1, 0.2);
        let inner = radius * sheet.rng("inner ring").range32(0.48, 0.55);
        let start =
            if sheet.chance("turned rings", 0.3) { sheet.rng("turn").range32(0.0, TURN) } else { 0.0 };
        let center = Point::new(area.center().x.round(), area.center().y.round());
        let rings = Rings { center, radii: [hole, inner, inner, radius], start };
        let texts = match naming {
            Naming::Inside => inside(sheet, &rings, &groups, values)?,
            Naming::Legend => Some(Vec::new()),
        };
        let Some(texts) = texts else { return Ok(false) };
        let Some(rays) = rays(sheet, &rings)? else { return Ok(false) };
        let colors = part_colors(sheet, &groups);
        rings.paint(sheet, &groups, &colors);
        if naming == Naming::Inside {
            paint_inside(sheet, &rings, &groups, &texts, values)?;
        }
        for ray in &rays {
            paint_ray(sheet, &rings, ray, colors[ray.row])?;
            if values {
                let name =
                    Name { text: sheet.shown(ray.row, 1).to_owned(), data: vec![Datum::cell(ray.row, 1)] };
                let ink = sheet.look.ink;
                along(sheet, &rings, ray.middle, radius + 6.0, Side::Outside, &name, ink)?;
            }
        }
        finish(sheet);
        Ok(true)
    })
}

/// The names of the parts in one or two lines along their rays, all of one size; `None` when one does not fit.
fn rays(sheet: &Sheet<'_>, rings: &Rings) -> Drawing<Option<Vec<Ray>>> {
    for px in [sheet.tick_px, sheet.tick_px * 0.9, (sheet.tick_px * 0.8).max(9.5)] {
        if let Some(rays) = rays_of(sheet, rings, px.max(9.5))? {
            return Ok(Some(rays));
        }
    }
    Ok(None)
}

fn rays_of(sheet: &Sheet<'_>, rings: &Rings, px: f32) -> Drawing<Option<Vec<Ray>>> {
    let line = (px * 1.15).round();
    let [_, _, inner, outer] = rings.radii;
    let mut rays = Vec::new();
    for slice in rings.slices(sheet) {
        let room = outer - inner - 12.0;
        let Some(lines) = sheet.lines(sheet.face, px, sheet.shown(slice.row, 0), room)? else {
            return Ok(None);
        };
        // The ring is narrowest where the text begins.
        let wide = (slice.to - slice.from) * (inner + 6.0);
        let needed = line * (lines.len() - 1) as f32 + sheet.cap(px) + 4.0;
        if lines.len() > 2 || wide < needed {
            return Ok(None);
        }
        rays.push(Ray { row: slice.row, lines, middle: slice.middle(), px });
    }
    Ok(Some(rays))
}

/// Where along a ray a text stands.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    /// In the ring, in this size.
    Inside(f32),
    Outside,
}

fn paint_ray(sheet: &mut Sheet<'_>, rings: &Rings, ray: &Ray, ground: Color) -> Drawing<()> {
    let line = (ray.px * 1.15).round();
    let middle = (rings.radii[2] + rings.radii[3]) / 2.0;
    let count = ray.lines.len();
    for (index, words) in ray.lines.iter().enumerate() {
        // Lines of one name stand beside each other across the ray.
        let across = line * (index as f32 - (count - 1) as f32 / 2.0);
        let right = libm::sinf(ray.middle) >= 0.0;
        let turn = across / middle * if right { 1.0 } else { -1.0 };
        let name = Name { text: words.clone(), data: vec![Datum::cell(ray.row, 0)] };
        along(sheet, rings, ray.middle + turn, middle, Side::Inside(ray.px), &name, ground.ink())?;
    }
    Ok(())
}

/// Writes a text along a ray so that it is never upside down.
fn along(
    sheet: &mut Sheet<'_>,
    rings: &Rings,
    angle: f32,
    radius: f32,
    side: Side,
    name: &Name,
    ink: Color,
) -> Drawing<()> {
    let right = libm::sinf(angle) >= 0.0;
    let degrees = angle.to_degrees() + if right { -90.0 } else { 90.0 };
    let at = polar(rings.center, angle, radius);
    let (align, role, px) = match (side, right) {
        (Side::Inside(px), _) => (Align::Middle, Role::DirectLabel, px),
        (Side::Outside, true) => (Align::Start, Role::ValueLabel, sheet.tick_px),
        (Side::Outside, false) => (Align::End, Role::ValueLabel, sheet.tick_px),
    };
    let spec = TextSpec::new(&name.text, sheet.face, px, ink, role)
        .at(at.x, at.y, align, VAlign::Middle)
        .turned(degrees.rem_euclid(360.0))
        .showing(name.data.iter().copied());
    sheet.set(spec)?;
    Ok(())
}
