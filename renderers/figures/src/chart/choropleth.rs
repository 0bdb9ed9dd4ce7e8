//! Choropleth maps of invented lands: each region coloured by its number, named inside or beside.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign, polyline_path};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::land::{Land, holds};
use super::shade::{self, Shade};
use super::sheet::{Drawing, Sheet};
use super::spread::spread;

/// Where a name stands.
enum Place {
    /// In its region: the lines and their size, around this point.
    Inside(Vec<String>, f32, Point),
    /// At the left (or right) edge, with a leader; its height comes later.
    Beside(bool),
}

/// Draws a choropleth map.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let shade = Shade::new(sheet);
    shade::heading(sheet, 1)?;
    sheet.gather(2.0);
    shade.legend(sheet)?;
    let area = sheet.area;
    let wanted = sheet.wants_values(rows, 20);
    let margin = names_beside(sheet, wanted)?;
    // Names that fit into no region need the edges; without them the land may be larger.
    for (gutter, values) in [(0.0, wanted), (margin, wanted), (0.0, false), (margin, false)] {
        let frame = Rect { left: area.left + gutter, right: area.right - gutter, ..area };
        if frame.width() < 0.42 * area.width() {
            continue;
        }
        let land = Land::new(rows, &frame.grown(-4.0), &mut sheet.rng("land"));
        let Some(places) = places(sheet, &land, values, gutter > 0.0)? else { continue };
        let Some(beside) = callouts(sheet, &land, &places, &frame, values)? else { continue };
        paint(sheet, &shade, &land);
        letter(sheet, &shade, (&land, &frame), &places, &beside, values)?;
        sheet.resolve(1, shade.resolution());
        return Ok(());
    }
    sheet.no_room("names of the regions")
}

/// Width of the widest name with its value, and of a leader.
fn names_beside(sheet: &Sheet<'_>, values: bool) -> Drawing<f32> {
    let mut widest = 0.0f32;
    for row in 0..sheet.rows() {
        widest = widest.max(beside_width(sheet, row, values)?);
    }
    Ok((widest + 16.0).ceil())
}

fn beside_width(sheet: &Sheet<'_>, row: usize, values: bool) -> Drawing<f32> {
    let px = sheet.tick_px;
    let value = if values && sheet.value(row, 1).is_some() {
        5.0 + sheet.width(sheet.bold, px, sheet.shown(row, 1))?
    } else {
        0.0
    };
    Ok(sheet.label_width(px, sheet.shown(row, 0))? + value)
}

/// A place for every name; `None` when one fits nowhere and none may stand at the edges.
fn places(sheet: &Sheet<'_>, land: &Land, values: bool, edges: bool) -> Drawing<Option<Vec<Place>>> {
    let mut places = Vec::new();
    let middle = sheet.area.center().x;
    for (row, region) in land.regions.iter().enumerate() {
        match inside(sheet, region, land.middles[row], row, values)? {
            Some((lines, px, at)) => places.push(Place::Inside(lines, px, at)),
            None if edges => places.push(Place::Beside(land.middles[row].x < middle)),
            None => return Ok(None),
        }
    }
    Ok(Some(places))
}

/// The name of a region in lines that its outline holds, at its inmost point or a little off.
fn inside(
    sheet: &Sheet<'_>,
    region: &[Point],
    middle: Point,
    row: usize,
    values: bool,
) -> Drawing<Option<(Vec<String>, f32, Point)>> {
    let name = sheet.shown(row, 0);
    let value = values && sheet.value(row, 1).is_some();
    for px in [sheet.text_px, sheet.tick_px, 9.5] {
        for most in [1, 2, 3] {
            let whole = sheet.label_width(px, name)?;
            let room = if most == 1 { whole + 1.0 } else { whole / most as f32 * 1.3 };
            let Some(lines) = sheet.lines(sheet.face, px, name, room.max(px))? else { continue };
            if lines.len() > most {
                continue;
            }
            let mut width = sheet.widest(px, lines.iter().map(String::as_str))?;
            if value {
                width = width.max(sheet.width(sheet.bold, px, sheet.shown(row, 1))?);
            }
            let height = (px * 1.18).round() * (lines.len() + usize::from(value)) as f32;
            for (dx, dy) in [(0.0, 0.0), (0.0, -0.4), (0.0, 0.4), (-0.25, 0.0), (0.25, 0.0)] {
                let at = Point::new(middle.x + dx * width, middle.y + dy * height);
                let own = Rect::sized(at.x - width / 2.0, at.y - height / 2.0, width, height).grown(3.0);
                if has_room(region, &own) {
                    return Ok(Some((lines, px, at)));
                }
            }
        }
    }
    Ok(None)
}

/// True when a box lies in an outline: its edges do in many places, and no corner of the outline lies in the box.
fn has_room(region: &[Point], own: &Rect) -> bool {
    let mut edge = (0..=8).flat_map(|i| {
        let x = own.left + own.width() * i as f32 / 8.0;
        [Point::new(x, own.top), Point::new(x, own.center().y), Point::new(x, own.bottom)]
    });
    edge.all(|p| holds(region, p)) && !region.iter().any(|p| own.contains(*p))
}

/// A name at the edge: its row, the height of its line, whether at the left.
type Callout = (usize, f32, bool);

/// Heights of the names at the edges; `None` when a leader would run through a name.
fn callouts(
    sheet: &Sheet<'_>,
    land: &Land,
    places: &[Place],
    frame: &Rect,
    values: bool,
) -> Drawing<Option<Vec<Callout>>> {
    let mut found = Vec::new();
    for left in [true, false] {
        let own: Vec<usize> =
            (0..places.len()).filter(|row| matches!(places[*row], Place::Beside(l) if l == left)).collect();
        let wishes: Vec<f32> = own.iter().map(|row| land.middles[*row].y).collect();
        let (low, high) = (sheet.area.top + sheet.tick_px * 0.6, sheet.area.bottom - sheet.tick_px * 0.6);
        let Some(heights) = spread(&wishes, sheet.tick_px * 1.5, low, high) else { return Ok(None) };
        found.extend(own.into_iter().zip(heights).map(|(row, y)| (row, y, left)));
    }
    for (row, y, left) in &found {
        let end = leader(land, frame, *row, *y, *left);
        for place in places.iter() {
            let Place::Inside(lines, px, at) = place else { continue };
            let width = sheet.widest(*px, lines.iter().map(String::as_str))?.max(24.0);
            let height = px * 1.2 * (lines.len() + usize::from(values)) as f32;
            let own = Rect::sized(at.x - width / 2.0, at.y - height / 2.0, width, height).grown(3.0);
            for t in 0..=40 {
                let t = t as f32 / 40.0;
                let p =
                    Point::new(end[0].x + (end[1].x - end[0].x) * t, end[0].y + (end[1].y - end[0].y) * t);
                if own.contains(p) {
                    return Ok(None);
                }
            }
        }
    }
    Ok(Some(found))
}

/// From the inside of a region to its name.
fn leader(land: &Land, frame: &Rect, row: usize, y: f32, left: bool) -> [Point; 2] {
    [land.middles[row], Point::new(if left { frame.left - 2.0 } else { frame.right + 2.0 }, y)]
}

fn paint(sheet: &mut Sheet<'_>, shade: &Shade, land: &Land) {
    let mut rng = sheet.rng("borders");
    let border = if rng.chance(0.6) {
        Stroke::new(sheet.look.ground, rng.range32(1.0, 1.8)).rounded()
    } else {
        Stroke::new(sheet.look.ink.mix(sheet.look.ground, 0.35), 0.9).rounded()
    };
    // The outer half of this line is left around the land; borders cover it everywhere else.
    let coast = sheet.scene.ornament();
    let outline = Stroke::new(sheet.look.ink.mix(sheet.look.ground, 0.4), border.width + 1.4).rounded();
    for path in land.regions.iter().filter_map(|region| polyline_path(region, true)) {
        sheet.scene.stroke(coast, path, outline.clone());
    }
    for (row, region) in land.regions.iter().enumerate() {
        let color = shade.color(sheet.value(row, 1));
        let mark = if sheet.value(row, 1).is_some() {
            sheet.cell_mark(Role::Region, row, 1)
        } else {
            sheet.scene.mark(Role::Ornament, sheet.shown(row, 0), [Datum::cell(row, 0)])
        };
        if let Some(path) = polyline_path(region, true) {
            sheet.scene.fill(mark, path.clone(), color);
            sheet.scene.stroke(mark, path, border.clone());
        }
        sheet.anchor(mark, land.middles[row]);
    }
}

fn letter(
    sheet: &mut Sheet<'_>,
    shade: &Shade,
    (land, frame): (&Land, &Rect),
    places: &[Place],
    beside: &[Callout],
    values: bool,
) -> Drawing<()> {
    for (row, place) in places.iter().enumerate() {
        let Place::Inside(lines, px, at) = place else { continue };
        let ink = shade.color(sheet.value(row, 1)).ink();
        let value = values && sheet.value(row, 1).is_some();
        let step = (px * 1.18).round();
        let mut y = at.y - step * (lines.len() + usize::from(value) - 1) as f32 / 2.0;
        for text in lines {
            name(sheet, row, text, (*px, ink), (at.x, y, Align::Middle))?;
            y += step;
        }
        if value {
            amount(sheet, row, (*px, ink), (at.x, y, Align::Middle))?;
        }
    }
    let ink = sheet.look.ink;
    for (row, y, left) in beside {
        let [from, to] = leader(land, frame, *row, *y, *left);
        let line = sheet.scene.ornament();
        let dark = shade.color(sheet.value(*row, 1)).ink();
        sheet.scene.circle(line, from, 2.2, dark);
        sheet.scene.line(line, from, to, Stroke::new(ink.mix(sheet.look.ground, 0.3), 1.0));
        let px = sheet.tick_px;
        let value = values && sheet.value(*row, 1).is_some();
        let text = sheet.shown(*row, 0).to_owned();
        let wide = sheet.label_width(px, &text)?;
        let amount_wide = if value { sheet.width(sheet.bold, px, sheet.shown(*row, 1))? + 5.0 } else { 0.0 };
        let start = if *left { to.x - 4.0 - wide - amount_wide } else { to.x + 4.0 };
        name(sheet, *row, &text, (px, ink), (start, *y, Align::Start))?;
        if value {
            amount(sheet, *row, (px, ink), (start + wide + 5.0, *y, Align::Start))?;
        }
    }
    Ok(())
}

fn name(
    sheet: &mut Sheet<'_>,
    row: usize,
    text: &str,
    (px, ink): (f32, Color),
    (x, y, align): (f32, f32, Align),
) -> Drawing<()> {
    let spec = TextSpec::new(text, sheet.face, px, ink, Role::DirectLabel)
        .at(x, y, align, VAlign::Middle)
        .showing([Datum::cell(row, 0)]);
    sheet.set(spec).map(|_| ())
}

fn amount(
    sheet: &mut Sheet<'_>,
    row: usize,
    (px, ink): (f32, Color),
    (x, y, align): (f32, f32, Align),
) -> Drawing<()> {
    let spec = TextSpec::new(sheet.shown(row, 1), sheet.bold, px, ink, Role::ValueLabel)
        .at(x, y, align, VAlign::Middle)
        .showing([Datum::cell(row, 1)]);
    sheet.set(spec).map(|_| ())
}
