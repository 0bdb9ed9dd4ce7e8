//! Venn diagrams of two or three sets. Circles grow until the members of every region fit into it.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, Fonts, Point, Rect, Role};

use super::DiagramSpec;
use super::board::Board;
use super::edge::distance;
use super::graph::Source;
use super::style::DiagramStyle;
use crate::table::captions::balanced;
use crate::{Drawn, FigureError};

/// A member and the region (bits of sets) that it belongs to.
struct Member {
    label: (String, Datum),
    sets_data: Datum,
    region: usize,
    width: f32,
}

/// Circles about the origin.
struct Circles {
    centers: Vec<Point>,
    radius: f32,
}

/// Radius of the dot before a member.
const DOT: f32 = 3.0;

/// Free room between members and circles.
const CLEAR: f32 = 7.0;
/// Places tried on each side of the picture.
const GRID: usize = 30;

/// Draws a Venn diagram.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let sheet = source.need("sets")?;
    let label = sheet.need("label")?;
    let sets: Vec<(String, Datum)> = (0..sheet.rows()).map(|row| sheet.printed(row, label)).collect();
    if !(2..=3).contains(&sets.len()) {
        return Err(source.wrong(format!("{} sets", sets.len())));
    }
    let members = members(&source, style, &sets)?;
    let step = (style.text_px * 1.4).round();
    let mut radius = if style.compact { 95.0 } else { 120.0 };
    let (circles, spots) = loop {
        let circles = Circles::new(sets.len(), radius);
        let spots: Option<Vec<Option<Point>>> =
            (1..1 << sets.len()).map(|region| circles.spot(region, &block(&members, region, step))).collect();
        if let Some(spots) = spots {
            break (circles, spots);
        }
        if radius > 380.0 {
            return Err(FigureError::NoRoom {
                kind: spec.kind.slug(),
                width: 1500,
                height: 1500,
                what: "the members of a region",
            });
        }
        radius *= 1.08;
    };
    let fonts = Fonts::bundled();
    let mut all = circles.bounds();
    let mut names = Vec::new();
    for (index, (name, _)) in sets.iter().enumerate() {
        let lines = balanced(style.strong(), style.text_px + 1.0, name, style.text_px * 12.0)?;
        let mut width = 0.0f32;
        for line in &lines {
            width = width.max(fonts.width(style.strong(), style.text_px + 1.0, line)?);
        }
        let height = lines.len() as f32 * style.line_px;
        let at = circles.name_place(index, width, height);
        all = all.union(&Rect::sized(at.x - width / 2.0, at.y - height / 2.0, width, height));
        names.push((lines, at));
    }
    let mut board = Board::open(spec, all.width().ceil(), all.height().ceil())?;
    let shift = board.at(Point::new(-all.left, -all.top));
    let moved = |p: Point| Point::new(p.x + shift.x, p.y + shift.y);
    let look = style.look;
    let mut ground = vec![look.ground; 1 << sets.len()];
    for (index, (name, data)) in sets.iter().enumerate() {
        let color = look.color(index);
        let veil = color.faded(if look.dark { 0.34 } else { 0.26 });
        let group = board.scene.mark(Role::Group, name.clone(), [*data]);
        board.scene.circle(group, moved(circles.centers[index]), circles.radius, veil);
        board.scene.element_mut(group).color = Some(veil.over(look.ground));
        for (region, ground) in ground.iter_mut().enumerate() {
            if region & (1 << index) != 0 {
                *ground = veil.over(*ground);
            }
        }
        // Point into the part that is of this set alone.
        board.scene.element_mut(group).anchor = moved(circles.own_part(index));
    }
    for (index, _) in sets.iter().enumerate() {
        let ring = board.scene.ornament();
        let line = look.color(index).readable_on(look.ground, 2.2);
        if let Some(path) = pixmo_render::PathBuilder::from_circle(
            moved(circles.centers[index]).x,
            moved(circles.centers[index]).y,
            circles.radius,
        ) {
            board.scene.stroke(ring, path, Stroke::new(line, style.stroke));
        }
    }
    for ((lines, at), (_, data)) in names.iter().zip(&sets) {
        let mut y = moved(*at).y - lines.len() as f32 * style.line_px / 2.0;
        for line in lines {
            let text = TextSpec::new(line, style.strong(), style.text_px + 1.0, look.ink, Role::GroupLabel)
                .at(moved(*at).x, y + style.line_px / 2.0, Align::Middle, VAlign::Middle)
                .showing([*data]);
            board.scene.text(text)?;
            y += style.line_px;
        }
    }
    for (region, spot) in (1usize..).zip(spots) {
        let Some(spot) = spot.map(moved) else { continue };
        let inside: Vec<&Member> = members.iter().filter(|m| m.region == region).collect();
        let (width, height) = block(&members, region, step);
        let ink = look.ink.readable_on(ground[region], 5.0);
        for (number, member) in inside.iter().enumerate() {
            let y = (spot.y - height / 2.0 + (number as f32 + 0.5) * step).round();
            let x = (spot.x - width / 2.0).round();
            let data = [member.label.1, member.sets_data];
            let dot = board.scene.mark(Role::Node, member.label.0.clone(), data);
            board.scene.circle(dot, Point::new(x + DOT, y), DOT, ink);
            let text = TextSpec::new(&member.label.0, style.face(), style.text_px, ink, Role::NodeLabel)
                .at(x + DOT * 2.0 + 5.0, y, Align::Start, VAlign::Middle)
                .showing([member.label.1]);
            board.scene.text(text)?;
        }
    }
    board.finish(Vec::new())
}

fn members(
    source: &Source<'_>,
    style: &DiagramStyle<'_>,
    sets: &[(String, Datum)],
) -> Result<Vec<Member>, FigureError> {
    let sheet = source.need("members")?;
    let (label, of) = (sheet.need("label")?, sheet.need("sets")?);
    let mut list = Vec::new();
    for row in 0..sheet.rows() {
        let mut region = 0;
        for name in sheet.text(row, of).split(" & ") {
            let at = sets
                .iter()
                .position(|s| s.0 == name)
                .ok_or_else(|| source.wrong(format!("a member of `{name}`, which is no set")))?;
            region |= 1 << at;
        }
        let text = sheet.text(row, label);
        let width = Fonts::bundled().width(style.face(), style.text_px, text)? + DOT * 2.0 + 5.0;
        list.push(Member {
            label: sheet.printed(row, label),
            sets_data: sheet.datum(row, of),
            region,
            width,
        });
    }
    Ok(list)
}

/// Width and height of the members of a region.
fn block(members: &[Member], region: usize, step: f32) -> (f32, f32) {
    let inside = members.iter().filter(|m| m.region == region);
    let width = inside.clone().map(|m| m.width).fold(0.0f32, f32::max);
    (width, inside.count() as f32 * step)
}

impl Circles {
    fn new(count: usize, radius: f32) -> Circles {
        let centers = match count {
            2 => vec![Point::new(-0.56 * radius, 0.0), Point::new(0.56 * radius, 0.0)],
            _ => {
                let away = 0.66 * radius;
                [-150.0f32, -30.0, 90.0]
                    .iter()
                    .map(|a| Point::new(away * libm::cosf(a.to_radians()), away * libm::sinf(a.to_radians())))
                    .collect()
            }
        };
        Circles { centers, radius }
    }

    fn bounds(&self) -> Rect {
        let r = self.radius + 2.0;
        self.centers
            .iter()
            .fold(Rect::EMPTY, |all, c| all.union(&Rect::new(c.x - r, c.y - r, c.x + r, c.y + r)))
    }

    /// How far a point lies inside a region (negative outside).
    fn depth(&self, region: usize, point: Point) -> f32 {
        self.centers
            .iter()
            .enumerate()
            .map(|(index, center)| {
                let inside = self.radius - distance(*center, point);
                if region & (1 << index) != 0 { inside } else { -inside }
            })
            .fold(f32::INFINITY, f32::min)
    }

    /// A place for a block in a region: `Some(None)` when the block is empty, `None` when it does not fit.
    fn spot(&self, region: usize, &(width, height): &(f32, f32)) -> Option<Option<Point>> {
        if height == 0.0 {
            return Some(None);
        }
        let bounds = self.bounds();
        let mut best: Option<(f32, Point)> = None;
        let (w, h) = (width / 2.0, height / 2.0);
        for row in 0..GRID {
            for column in 0..GRID {
                let p = Point::new(
                    bounds.left + bounds.width() * (column as f32 + 0.5) / GRID as f32,
                    bounds.top + bounds.height() * (row as f32 + 0.5) / GRID as f32,
                );
                // Nowhere does the block reach less far than half of its shorter side.
                if self.depth(region, p) < CLEAR + w.min(h) {
                    continue;
                }
                let edge = [(-w, -h), (0.0, -h), (w, -h), (w, 0.0), (w, h), (0.0, h), (-w, h), (-w, 0.0)];
                let depth = edge
                    .iter()
                    .map(|(dx, dy)| self.depth(region, Point::new(p.x + dx, p.y + dy)))
                    .fold(f32::INFINITY, f32::min);
                if best.is_none_or(|b| depth > b.0 + 0.01) {
                    best = Some((depth, p));
                }
            }
        }
        best.filter(|b| b.0 >= CLEAR).map(|b| Some(b.1))
    }

    /// A point in the part that belongs to one set alone.
    fn own_part(&self, index: usize) -> Point {
        let c = self.centers[index];
        let length = libm::hypotf(c.x, c.y).max(1.0);
        Point::new(c.x + c.x / length * self.radius * 0.62, c.y + c.y / length * self.radius * 0.62)
    }

    /// Where the name of a set stands: outside of its circle.
    fn name_place(&self, index: usize, width: f32, height: f32) -> Point {
        let c = self.centers[index];
        let above = c.y - self.radius - 9.0 - height / 2.0;
        match (self.centers.len(), index) {
            (3, 2) => Point::new(c.x, c.y + self.radius + 9.0 + height / 2.0),
            // Names above do not meet in the middle.
            (_, 0) => Point::new((c.x - 0.15 * self.radius).min(-8.0 - width / 2.0), above),
            _ => Point::new((c.x + 0.15 * self.radius).max(8.0 + width / 2.0), above),
        }
    }
}
