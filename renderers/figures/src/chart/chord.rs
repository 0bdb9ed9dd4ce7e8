//! Chord diagrams: nodes as arcs of a ring, and bands across it from where a flow begins to where it ends.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Path, PathBuilder, Point, Rect, Role};

use super::ValueLabels;
use super::flow::Flows;
use super::round::{arc, polar, sector};
use super::sankey::band_name;
use super::sheet::{Drawing, Sheet};
use crate::Resolution;

const TURN: f32 = 2.0 * std::f32::consts::PI;

/// The ring and what stands on it.
struct Ring {
    center: Point,
    /// Radius of the outer edge of the arcs, and of the edge on which bands end.
    outer: f32,
    inner: f32,
    /// Begin and end of each node.
    arcs: Vec<(f32, f32)>,
    /// For each band the arc on which it begins and the one on which it ends.
    ends: Vec<[(f32, f32); 2]>,
}

/// Draws a chord diagram.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let flows = Flows::read(sheet);
    let order = around(sheet, &flows);
    let totals = sheet.spec.value_labels != ValueLabels::Never && sheet.chance("totals", 0.8);
    let labels = labels(sheet, &flows, totals)?;
    let ring = ring(sheet, &flows, &order, &labels)?;
    let colors: Vec<Color> = {
        let mut colors = vec![sheet.look.ink; flows.nodes.len()];
        order.iter().enumerate().for_each(|(place, node)| colors[*node] = sheet.color(place));
        colors
    };
    let opacity = sheet.rng("bands").range32(0.45, 0.6);
    let mut bands: Vec<usize> = (0..flows.bands.len()).collect();
    bands.sort_by(|a, b| flows.bands[*b].amount.total_cmp(&flows.bands[*a].amount));
    for index in bands {
        let band = &flows.bands[index];
        let name = band_name(sheet, band.row);
        let mark = sheet.scene.mark(Role::Ribbon, name, [Datum::cell(band.row, 2)]);
        let color = colors[band.through[0]];
        if let Some(path) = chord(&ring, index) {
            // A seam keeps neighbours of one colour apart.
            let seam = Stroke::new(sheet.look.ground.faded(0.8), 1.0);
            sheet.scene.fill(mark, path.clone(), color.faded(opacity));
            sheet.scene.stroke(mark, path, seam);
        }
        let [from, _] = ring.ends[index];
        let element = sheet.scene.element_mut(mark);
        element.color = Some(color);
        // Near its beginning a band is apart from all others.
        element.anchor = polar(ring.center, (from.0 + from.1) / 2.0, ring.inner * 0.88);
    }
    for (index, node) in flows.nodes.iter().enumerate() {
        let mark = sheet.scene.mark(Role::Slice, node.name.text.clone(), [node.total.1]);
        let (from, to) = ring.arcs[index];
        if let Some(path) = sector(ring.center, ring.inner + 3.0, ring.outer, from, to) {
            sheet.scene.fill(mark, path, colors[index]);
        }
        let middle = polar(ring.center, (from + to) / 2.0, (ring.inner + ring.outer) / 2.0);
        sheet.anchor(mark, middle);
    }
    names(sheet, &flows, &ring, &labels)?;
    let printed = values(sheet, &flows, &ring, &colors, opacity)?;
    let turn = ring.inner * TURN * 0.9;
    let whole: f64 = flows.nodes.iter().map(|node| node.amount).sum();
    let difference = 4.0 * whole / f64::from(turn);
    sheet.resolve(2, (difference, if printed { 1.0 } else { 1.2 }));
    sheet.resolutions.push(Resolution {
        table: 1,
        column: flows.total as u16,
        difference,
        ratio: 1.15,
        scale: false,
        in_row: None,
    });
    Ok(())
}

/// The nodes clockwise, so that those which exchange much are near each other.
fn around(sheet: &Sheet<'_>, flows: &Flows) -> Vec<usize> {
    let count = flows.nodes.len();
    let cost = |order: &[usize]| -> f64 {
        let place = |node: usize| order.iter().position(|n| *n == node).unwrap_or(0);
        flows
            .bands
            .iter()
            .map(|band| {
                let apart = place(band.through[0]).abs_diff(place(band.through[1]));
                band.amount * apart.min(count - apart) as f64
            })
            .sum()
    };
    let mut order: Vec<usize> = (0..count).collect();
    if sheet.chance("order of the table", 0.3) {
        return order;
    }
    for _ in 0..4 {
        for a in 0..count {
            for b in a + 1..count {
                let before = cost(&order);
                order.swap(a, b);
                if cost(&order) >= before {
                    order.swap(a, b);
                }
            }
        }
    }
    order
}

/// The names as lines, and the total below them.
fn labels(sheet: &Sheet<'_>, flows: &Flows, totals: bool) -> Drawing<Vec<(Vec<String>, bool, f32)>> {
    let room = (0.24 * sheet.area.width()).max(sheet.text_px * 5.0);
    let mut labels = Vec::new();
    for node in &flows.nodes {
        let Some(lines) = sheet.lines(sheet.face, sheet.text_px, &node.name.text, room)? else {
            return sheet.no_room("names around the ring");
        };
        if lines.len() > 3 {
            return sheet.no_room("names around the ring");
        }
        let total = if totals { sheet.width(sheet.bold, sheet.text_px, &node.total.0)? } else { 0.0 };
        let width = sheet.widest(sheet.text_px, lines.iter().map(String::as_str))?.max(total);
        labels.push((lines, totals, width));
    }
    Ok(labels)
}

fn line(sheet: &Sheet<'_>) -> f32 {
    (sheet.text_px * 1.2).round()
}

fn ring(
    sheet: &Sheet<'_>,
    flows: &Flows,
    order: &[usize],
    labels: &[(Vec<String>, bool, f32)],
) -> Drawing<Ring> {
    let area = sheet.area;
    let mut rng = sheet.rng("ring");
    let pad = rng.range32(0.03, 0.07);
    let start = rng.range32(0.0, TURN);
    let whole: f64 = flows.nodes.iter().map(|node| node.amount).sum();
    let mut arcs = vec![(0.0, 0.0); flows.nodes.len()];
    let open = TURN - pad * order.len() as f32;
    let mut angle = start;
    for node in order {
        let share = (flows.nodes[*node].amount / whole) as f32 * open;
        arcs[*node] = (angle, angle + share);
        angle += share + pad;
    }
    // The largest ring beside which all names have room.
    let mut outer = area.width().min(area.height()) / 2.0;
    let center = area.center();
    loop {
        let fits = arcs.iter().zip(labels).all(|(arc, label)| {
            let b = label_box(sheet, center, outer, *arc, label);
            area.grown(0.5).holds(&b)
        });
        if fits {
            break;
        }
        outer -= 2.0;
        if outer < 85.0 {
            return sheet.no_room("ring between its names");
        }
    }
    let boxes: Vec<Rect> =
        arcs.iter().zip(labels).map(|(arc, label)| label_box(sheet, center, outer, *arc, label)).collect();
    let clash = |a: usize| (0..a).any(|b| boxes[a].grown(2.0).overlaps(&boxes[b].grown(2.0)));
    if (0..boxes.len()).any(clash) {
        return sheet.no_room("names around the ring");
    }
    let inner = outer - (outer * rng.range32(0.05, 0.09)).max(8.0).round();
    Ok(Ring { center, outer, inner, ends: ends(flows, order, &arcs), arcs })
}

/// The ends of the bands on the arcs: a band to the next node clockwise stands last, one to the node before first.
fn ends(flows: &Flows, order: &[usize], arcs: &[(f32, f32)]) -> Vec<[(f32, f32); 2]> {
    let count = order.len();
    let mut place = vec![0; count];
    order.iter().enumerate().for_each(|(index, node)| place[*node] = index);
    let mut ends = vec![[(0.0, 0.0); 2]; flows.bands.len()];
    for (node, arc) in arcs.iter().enumerate() {
        let mut here: Vec<(usize, usize, usize)> = Vec::new();
        for (index, band) in flows.bands.iter().enumerate() {
            for side in 0..2 {
                if band.through[side] == node {
                    let other = band.through[1 - side];
                    here.push((count - (place[other] + count - place[node]) % count, index, side));
                }
            }
        }
        // Two bands between the same nodes must not cross: their order turns round at the other end.
        here.sort_by_key(|(far, index, side)| {
            let other = flows.bands[*index].through[1 - side];
            let index = *index as isize;
            (*far, if place[node] < place[other] { index } else { -index })
        });
        let mut angle = arc.0;
        for (_, index, side) in here {
            let share = (flows.bands[index].amount / flows.nodes[node].amount) as f32 * (arc.1 - arc.0);
            ends[index][side] = (angle, angle + share);
            angle += share;
        }
    }
    ends
}

/// A band from an arc to the point of an arrow on another one.
fn chord(ring: &Ring, index: usize) -> Option<Path> {
    let [from, to] = ring.ends[index];
    let head = (ring.inner * 0.055).min(ring.inner * (to.1 - to.0) * 0.9).max(3.0);
    let c = ring.center;
    let mut path = PathBuilder::new();
    arc(&mut path, c, ring.inner, from.0, from.1, true);
    let near = polar(c, to.0, ring.inner - head);
    path.quad_to(c.x, c.y, near.x, near.y);
    let tip = polar(c, (to.0 + to.1) / 2.0, ring.inner);
    path.line_to(tip.x, tip.y);
    let far = polar(c, to.1, ring.inner - head);
    path.line_to(far.x, far.y);
    let back = polar(c, from.0, ring.inner);
    path.quad_to(c.x, c.y, back.x, back.y);
    path.close();
    path.finish()
}

/// Where a name begins: beside its arc, from the side that faces the ring.
fn place(ring: (Point, f32), arc: (f32, f32)) -> (Point, Align, f32) {
    let middle = (arc.0 + arc.1) / 2.0;
    let at = polar(ring.0, middle, ring.1 + 9.0);
    let (sin, cos) = (libm::sinf(middle), libm::cosf(middle));
    let align = match sin {
        s if s > 0.2 => Align::Start,
        s if s < -0.2 => Align::End,
        _ => Align::Middle,
    };
    (at, align, cos)
}

fn label_box(
    sheet: &Sheet<'_>,
    center: Point,
    outer: f32,
    arc: (f32, f32),
    (lines, total, width): &(Vec<String>, bool, f32),
) -> Rect {
    let (at, align, cos) = place((center, outer), arc);
    let height = line(sheet) * (lines.len() + usize::from(*total)) as f32;
    let left = match align {
        Align::Start => at.x,
        Align::Middle => at.x - width / 2.0,
        Align::End => at.x - width,
    };
    // Above the ring a name stands on its point, below it hangs from it.
    let top = at.y - height * (0.5 + 0.5 * cos);
    Rect::sized(left, top, *width, height)
}

fn names(
    sheet: &mut Sheet<'_>,
    flows: &Flows,
    ring: &Ring,
    labels: &[(Vec<String>, bool, f32)],
) -> Drawing<()> {
    let px = sheet.text_px;
    for (index, node) in flows.nodes.iter().enumerate() {
        let (at, align, _) = place((ring.center, ring.outer), ring.arcs[index]);
        let own = label_box(sheet, ring.center, ring.outer, ring.arcs[index], &labels[index]);
        let step = line(sheet);
        let mut y = own.top + step / 2.0;
        for words in &labels[index].0 {
            let spec = TextSpec::new(words, sheet.face, px, sheet.look.ink, Role::DirectLabel).at(
                at.x,
                y,
                align,
                VAlign::Middle,
            );
            sheet.set(spec.showing(node.name.data.iter().copied()))?;
            y += step;
        }
        if labels[index].1 {
            let spec = TextSpec::new(&node.total.0, sheet.bold, px, sheet.look.ink, Role::ValueLabel)
                .at(at.x, y, align, VAlign::Middle)
                .showing([node.total.1]);
            sheet.set(spec)?;
        }
    }
    Ok(())
}

/// Prints the amounts where the bands begin, if all of them have room there.
fn values(
    sheet: &mut Sheet<'_>,
    flows: &Flows,
    ring: &Ring,
    colors: &[Color],
    opacity: f32,
) -> Drawing<bool> {
    if !sheet.wants_values(flows.bands.len(), 12) {
        return Ok(false);
    }
    let px = sheet.tick_px;
    let mut texts = Vec::new();
    for (band, [from, _]) in flows.bands.iter().zip(&ring.ends) {
        let text = sheet.shown(band.row, 2);
        let (width, height) = (sheet.label_width(px, text)?, sheet.cap(px));
        let middle = (from.0 + from.1) / 2.0;
        let (sin, cos) = (libm::sinf(middle).abs(), libm::cosf(middle).abs());
        let radius = ring.inner - (width * sin + height * cos) / 2.0 - 6.0;
        if width * cos + height * sin + 5.0 > radius * (from.1 - from.0) {
            return Ok(false);
        }
        texts.push((text, polar(ring.center, middle, radius), band));
    }
    for (text, at, band) in texts {
        let ground = colors[band.through[0]].faded(opacity).over(sheet.look.ground);
        let spec = TextSpec::new(text, sheet.face, px, ground.ink(), Role::ValueLabel)
            .at(at.x, at.y, Align::Middle, VAlign::Middle)
            .showing([Datum::cell(band.row, 2)]);
        sheet.set(spec)?;
    }
    Ok(true)
}
