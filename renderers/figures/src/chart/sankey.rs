//! Sankey and alluvial diagrams: nodes as upright bars in stages, and bands between them as thick as their amounts.

use pixmo_render::scene::{Align, Paint, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::flow::{Band, Flows, ribbon};
use super::kind::ChartKind;
use super::sheet::{Drawing, Sheet};
use super::{ValueLabels, value_label};
use crate::Resolution;

/// Where the colour of a band comes from.
#[derive(Clone, Copy, PartialEq)]
enum Dye {
    From,
    To,
    Both,
    Plain,
}

/// The texts at a node.
struct Label {
    lines: Vec<String>,
    /// The total stands on the line of the name, not on one of its own.
    inline: bool,
    printed: bool,
    width: f32,
    height: f32,
}

/// Everything measured.
struct Layout {
    bars: Vec<Rect>,
    labels: Vec<Label>,
    /// Pixels of one unit.
    scale: f64,
    /// For each band and each of its hops, where it leaves and where it arrives: heights of its upper edge.
    slots: Vec<Vec<(f32, f32)>>,
    /// The first stage is named left of its bars.
    outside: bool,
}

/// Draws a Sankey or an alluvial diagram.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let flows = Flows::read(sheet);
    let order = flows.order();
    let streams = sheet.spec.kind == ChartKind::Alluvial;
    let amounts = sheet.table.columns.len() - 1;
    let values = sheet.wants_values(flows.bands.len(), 14);
    let totals = streams || sheet.spec.value_labels != ValueLabels::Never;
    let heads = if streams { (sheet.text_px * 1.9).round() } else { 0.0 };
    sheet.area.top += heads;
    let outside = sheet.chance("first names outside", 0.65);
    let ways = [(values, outside), (values, true), (false, outside), (false, true)];
    let mut found = None;
    for (printed, outside) in ways {
        found = layout(sheet, &flows, &order, (totals, printed), outside)?.map(|layout| (layout, printed));
        if found.is_some() {
            break;
        }
    }
    let Some((layout, printed)) = found else { return sheet.no_room("flows and their names") };
    if streams {
        headings(sheet, &flows, &layout, heads)?;
    }
    let colors = colors(sheet, &flows, &order);
    bands(sheet, &flows, &layout, &colors);
    for (index, node) in flows.nodes.iter().enumerate() {
        let mark = sheet.scene.mark(Role::Bar, node.name.text.clone(), [node.total.1]);
        let corner = sheet.look.corner.min(3.0);
        sheet.scene.round_rect(mark, layout.bars[index], corner, colors[index]);
    }
    for index in 0..flows.nodes.len() {
        paint_label(sheet, &flows, &layout, index)?;
    }
    if printed {
        for (band, slots) in flows.bands.iter().zip(&layout.slots) {
            let to = layout.bars[band.through[band.through.len() - 1]];
            let y = slots[slots.len() - 1].1 + (band.amount * layout.scale) as f32 / 2.0;
            let text = sheet.shown(band.row, amounts);
            let spec = TextSpec::new(text, sheet.face, sheet.tick_px, sheet.look.ink, Role::ValueLabel)
                .at(to.left - 5.0, y, Align::End, VAlign::Middle)
                .showing([Datum::cell(band.row, amounts)]);
            sheet.set(spec)?;
        }
    }
    // Thickness is compared at places far apart: three pixels, and a tenth of the whole.
    let difference = 3.0 / layout.scale;
    sheet.resolve(amounts, (difference, 1.1));
    let column = flows.total as u16;
    sheet.resolutions.push(Resolution {
        table: 1,
        column,
        difference,
        ratio: 1.1,
        scale: false,
        in_row: None,
    });
    Ok(())
}

fn layout(
    sheet: &Sheet<'_>,
    flows: &Flows,
    order: &[Vec<usize>],
    (totals, values): (bool, bool),
    outside: bool,
) -> Drawing<Option<Layout>> {
    let area = sheet.area;
    let last = flows.stages - 1;
    let mut rng = sheet.rng("bars of nodes");
    let thick = (rng.range32(8.0, 20.0) * sheet.grow).round();
    let gap = (rng.range32(0.7, 1.5) * sheet.text_px).round();
    let inline = rng.chance(0.55);
    let spread = rng.chance(0.4);
    let beside = 0.24 * area.width();
    let value = if values {
        value_label::widest(sheet, sheet.table.columns.len() - 1, sheet.table.columns.len() - 1)? + 10.0
    } else {
        0.0
    };
    // The names at both ends say how wide the rest is; the names between have the room of a stage.
    let mut labels: Vec<Option<Label>> = flows.nodes.iter().map(|_| None).collect();
    let (mut left, mut right) = (area.left, area.right);
    for (index, node) in flows.nodes.iter().enumerate() {
        let first = node.stage == 0 && outside;
        if first || node.stage == last {
            let Some(label) = measure(sheet, flows, index, beside, totals, inline)? else { return Ok(None) };
            if first {
                left = left.max(area.left + label.width + 8.0);
            } else {
                right = right.min(area.right - label.width - 8.0);
            }
            labels[index] = Some(label);
        }
    }
    let (left, right) = (left.ceil(), right.floor());
    let pitch = (right - left - thick) / last as f32;
    let room = pitch - thick - 14.0 - value;
    if pitch < 90.0 || room < 24.0 {
        return Ok(None);
    }
    for (index, label) in labels.iter_mut().enumerate() {
        if label.is_none() {
            let Some(found) = measure(sheet, flows, index, room, totals, inline)? else { return Ok(None) };
            *label = Some(found);
        }
    }
    let labels: Vec<Label> = labels.into_iter().flatten().collect();
    let most = order.iter().map(Vec::len).max().unwrap_or(1);
    let stage_sum = |stage: &Vec<usize>| stage.iter().map(|n| flows.nodes[*n].amount).sum::<f64>();
    let largest = order.iter().map(stage_sum).fold(0.0, f64::max);
    let mut scale = f64::from(area.height() - gap * (most - 1) as f32) / largest;
    let stack = |stage: &Vec<usize>, scale: f64| -> (Vec<f32>, f32) {
        let (mut tops, mut bottom, mut middle, mut half) = (Vec::new(), 0.0f32, 0.0f32, 0.0f32);
        for (place, node) in stage.iter().enumerate() {
            let height = (flows.nodes[*node].amount * scale) as f32;
            let need = labels[*node].height / 2.0;
            let top = if place == 0 {
                (need - height / 2.0).max(0.0)
            } else {
                (bottom + gap).max(middle + half + need + 4.0 - height / 2.0)
            };
            tops.push(top);
            (bottom, middle, half) = (top + height, top + height / 2.0, need);
        }
        (tops, bottom.max(middle + half))
    };
    for _ in 0..60 {
        if order.iter().all(|stage| stack(stage, scale).1 <= area.height()) {
            break;
        }
        scale *= 0.97;
    }
    let thinnest = flows.bands.iter().map(|band| band.amount * scale).fold(f64::INFINITY, f64::min);
    let least = if values { f64::from(sheet.tick_px) * 1.05 } else { 1.6 };
    if thinnest < least || largest * scale < 0.4 * f64::from(area.height()) {
        return Ok(None);
    }
    let mut bars = vec![Rect::EMPTY; flows.nodes.len()];
    for (stage, nodes) in order.iter().enumerate() {
        let (tops, total) = stack(nodes, scale);
        if total > area.height() {
            return Ok(None);
        }
        let spare = area.height() - total;
        let x = (left + pitch * stage as f32).round();
        for (place, node) in nodes.iter().enumerate() {
            let share = if spread && nodes.len() > 1 {
                (0.08 + 0.84 * place as f32 / (nodes.len() - 1) as f32).min(1.0)
            } else {
                0.5
            };
            let top = area.top + tops[place] + spare * share;
            let height = (flows.nodes[*node].amount * scale) as f32;
            bars[*node] = Rect::new(x, top, x + thick, top + height);
        }
    }
    let slots = slots(flows, &bars, scale, sheet.spec.kind == ChartKind::Alluvial);
    Ok(Some(Layout { bars, labels, scale, slots, outside }))
}

/// Breaks the name of a node, and makes room for its total.
fn measure(
    sheet: &Sheet<'_>,
    flows: &Flows,
    node: usize,
    room: f32,
    printed: bool,
    inline: bool,
) -> Drawing<Option<Label>> {
    let node = &flows.nodes[node];
    let px = sheet.text_px;
    let total = if printed { sheet.width(sheet.bold, px, &node.total.0)? } else { 0.0 };
    let name = sheet.label_width(px, &node.name.text)?;
    if printed && inline && name + 6.0 + total <= room {
        let lines = vec![node.name.text.clone()];
        let (width, height) = (name + 6.0 + total, px * 1.25);
        return Ok(Some(Label { lines, inline: true, printed, width, height }));
    }
    let Some(lines) = sheet.lines(sheet.face, px, &node.name.text, room)? else { return Ok(None) };
    if lines.len() > 3 || total > room {
        return Ok(None);
    }
    let width = sheet.widest(px, lines.iter().map(String::as_str))?.max(total);
    let height = (lines.len() + usize::from(printed)) as f32 * (px * 1.22).round();
    Ok(Some(Label { lines, inline: false, printed, width, height }))
}

/// Stacks the bands at the bars: those that come from above above those that come from below.
fn slots(flows: &Flows, bars: &[Rect], scale: f64, streams: bool) -> Vec<Vec<(f32, f32)>> {
    let mut slots: Vec<Vec<(f32, f32)>> =
        flows.bands.iter().map(|band| vec![(0.0, 0.0); band.through.len() - 1]).collect();
    let middle = |node: usize| bars[node].center().y;
    for (node, bar) in bars.iter().enumerate() {
        let here: Vec<(usize, usize)> = flows
            .bands
            .iter()
            .enumerate()
            .filter_map(|(index, band)| Some((index, band.through.iter().position(|n| *n == node)?)))
            .collect();
        let beside = |(index, place): (usize, usize), step: isize| -> Option<f32> {
            let place = place.checked_add_signed(step)?;
            flows.bands[index].through.get(place).map(|n| middle(*n))
        };
        let mut fill =
            |mut list: Vec<(usize, usize)>, key: &dyn Fn((usize, usize)) -> f32, leaves, arrives| {
                list.sort_by(|a, b| key(*a).total_cmp(&key(*b)).then(a.0.cmp(&b.0)));
                let mut y = bar.top;
                for (index, place) in list {
                    if leaves && place < slots[index].len() {
                        slots[index][place].0 = y;
                    }
                    if arrives && place > 0 {
                        slots[index][place - 1].1 = y;
                    }
                    y += (flows.bands[index].amount * scale) as f32;
                }
            };
        if streams {
            // A stream goes through a bar at one height, so both sides have a say.
            let key = |at| {
                let (before, after) = (beside(at, -1), beside(at, 1));
                let near = before.or(after).unwrap_or(0.0) + after.or(before).unwrap_or(0.0);
                // Streams between the same bars lie as they will lie further on, or they would cross at once.
                let far: f32 = [-3, -2, 2, 3].iter().filter_map(|step| beside(at, *step)).sum();
                near + 0.001 * far
            };
            fill(here, &key, true, true);
        } else {
            let leaving: Vec<_> = here.iter().copied().filter(|at| at.1 == 0).collect();
            let arriving: Vec<_> = here.iter().copied().filter(|at| at.1 > 0).collect();
            fill(leaving, &|at| beside(at, 1).unwrap_or(0.0), true, false);
            fill(arriving, &|at| beside(at, -1).unwrap_or(0.0), false, true);
        }
    }
    slots
}

/// The colours of the nodes: one for each name, and in alluvial diagrams only for those of the first step.
fn colors(sheet: &Sheet<'_>, flows: &Flows, order: &[Vec<usize>]) -> Vec<Color> {
    let streams = sheet.spec.kind == ChartKind::Alluvial;
    let mut names: Vec<&str> = Vec::new();
    for node in order.iter().flatten() {
        let node = &flows.nodes[*node];
        if !names.contains(&node.name.text.as_str()) && (!streams || node.stage == leading(sheet, flows)) {
            names.push(&node.name.text);
        }
    }
    let plain = sheet.look.ink.mix(sheet.look.ground, 0.45);
    let color = |name: &str| names.iter().position(|n| *n == name).map_or(plain, |i| sheet.color(i));
    flows.nodes.iter().map(|node| color(&node.name.text)).collect()
}

/// The step that gives streams their colours.
fn leading(sheet: &Sheet<'_>, flows: &Flows) -> usize {
    if sheet.chance("colours of the last step", 0.25) { flows.stages - 1 } else { 0 }
}

fn bands(sheet: &mut Sheet<'_>, flows: &Flows, layout: &Layout, colors: &[Color]) {
    let streams = sheet.spec.kind == ChartKind::Alluvial;
    let mut rng = sheet.rng("bands");
    let dye = [Dye::From, Dye::To, Dye::Both, Dye::Plain][rng.weighted(&[3.0, 1.5, 3.0, 1.0])];
    let opacity = rng.range32(0.32, 0.44);
    let bend = rng.range32(0.42, 0.58);
    let lead = if streams { leading(sheet, flows) } else { 0 };
    let amounts = sheet.table.columns.len() - 1;
    let mut order: Vec<&Band> = flows.bands.iter().collect();
    order.sort_by(|a, b| b.amount.total_cmp(&a.amount));
    for band in order {
        let label = band_name(sheet, band.row);
        let mark = sheet.scene.mark(Role::Ribbon, label, [Datum::cell(band.row, amounts)]);
        let thick = (band.amount * layout.scale) as f32;
        let own = if streams { colors[band.through[lead]] } else { colors[band.through[0]] };
        for (hop, pair) in band.through.windows(2).enumerate() {
            let (from, to) = (layout.bars[pair[0]], layout.bars[pair[1]]);
            let (leaves, arrives) = layout.slots[band.row][hop];
            let Some(path) = ribbon((from.right, leaves), (to.left, arrives), thick, bend) else { continue };
            let neutral = sheet.look.ink.mix(sheet.look.ground, 0.4);
            let (a, b) = match dye {
                _ if streams => (own, own),
                Dye::From => (own, own),
                Dye::To => (colors[pair[1]], colors[pair[1]]),
                Dye::Both => (own, colors[pair[1]]),
                Dye::Plain => (neutral, neutral),
            };
            let paint = if a == b {
                Paint::Solid(a.faded(opacity))
            } else {
                Paint::Linear {
                    from: Point::new(from.right, 0.0),
                    to: Point::new(to.left, 0.0),
                    stops: vec![(0.0, a.faded(opacity)), (1.0, b.faded(opacity))],
                }
            };
            if streams {
                let edge = Stroke::new(sheet.look.ground.faded(0.7), 0.7);
                sheet.scene.fill(mark, path.clone(), paint);
                sheet.scene.stroke(mark, path, edge);
            } else {
                sheet.scene.fill(mark, path, paint);
            }
        }
        let (from, to) = (layout.bars[band.through[0]], layout.bars[band.through[1]]);
        let (leaves, arrives) = layout.slots[band.row][0];
        let element = sheet.scene.element_mut(mark);
        element.color = Some(own);
        element.anchor = Point::new((from.right + to.left) / 2.0, (leaves + arrives + thick) / 2.0);
    }
}

/// What a band is called: `Coal to Power stations`, or the names of a stream.
pub(super) fn band_name(sheet: &Sheet<'_>, row: usize) -> String {
    let last = sheet.table.columns.len() - 1;
    let names: Vec<&str> = (0..last).map(|column| sheet.shown(row, column)).collect();
    names.join(if sheet.spec.kind == ChartKind::Alluvial { ", " } else { " to " })
}

fn paint_label(sheet: &mut Sheet<'_>, flows: &Flows, layout: &Layout, index: usize) -> Drawing<()> {
    let (node, label, bar) = (&flows.nodes[index], &layout.labels[index], layout.bars[index]);
    let px = sheet.text_px;
    let left = node.stage == 0 && layout.outside;
    let (x, align) = if left { (bar.left - 7.0, Align::End) } else { (bar.right + 7.0, Align::Start) };
    let line = (px * 1.22).round();
    let count = label.lines.len() + usize::from(label.printed && !label.inline);
    let mut y = bar.center().y - line * (count - 1) as f32 / 2.0;
    let ink = sheet.look.ink;
    let total = |at: f32, y: f32| {
        TextSpec::new(&node.total.0, sheet.bold, px, ink, Role::ValueLabel)
            .at(at, y, align, VAlign::Middle)
            .showing([node.total.1])
    };
    let mut texts = Vec::new();
    if label.inline {
        let name = sheet.label_width(px, &node.name.text)?;
        let amount = sheet.width(sheet.bold, px, &node.total.0)?;
        let (name_x, total_x) = if left { (x - amount - 6.0, x) } else { (x, x + name + 6.0) };
        let spec = TextSpec::new(&node.name.text, sheet.face, px, ink, Role::DirectLabel).at(
            name_x,
            y,
            align,
            VAlign::Middle,
        );
        texts.push(spec.showing(node.name.data.iter().copied()));
        texts.push(total(total_x, y));
    } else {
        for words in &label.lines {
            let spec =
                TextSpec::new(words, sheet.face, px, ink, Role::DirectLabel).at(x, y, align, VAlign::Middle);
            texts.push(spec.showing(node.name.data.iter().copied()));
            y += line;
        }
        if label.printed {
            texts.push(total(x, y));
        }
    }
    if !left && node.stage + 1 < flows.stages {
        // Names in the midst of bands stand on a plate, or the edges of bands run through them.
        let plate =
            Rect::sized(x - 4.0, bar.center().y - label.height / 2.0, label.width + 8.0, label.height);
        let mark = sheet.scene.ornament();
        sheet.scene.round_rect(mark, plate, 3.0, sheet.look.ground.faded(0.7));
    }
    for text in texts {
        sheet.set(text)?;
    }
    Ok(())
}

/// The names of the steps above their bars.
fn headings(sheet: &mut Sheet<'_>, flows: &Flows, layout: &Layout, height: f32) -> Drawing<()> {
    let top = sheet.area.top - height;
    let step = |stage: usize| layout.bars.iter().zip(&flows.nodes).find(|(_, node)| node.stage == stage);
    let mut end = f32::NEG_INFINITY;
    for stage in 0..flows.stages {
        let Some((bar, _)) = step(stage) else { continue };
        let mut name = sheet.header(stage);
        let own = flows.nodes.iter().enumerate().filter(|(_, node)| node.stage == stage);
        name.data.extend(own.map(|(index, _)| Datum::at(1, index, 1)));
        let width = sheet.width(sheet.bold, sheet.text_px, &name.text)?;
        let x = (bar.center().x - width / 2.0).clamp(sheet.area.left, sheet.area.right - width);
        if x < end + 8.0 {
            return sheet.no_room("names of the steps");
        }
        end = x + width;
        let spec = TextSpec::new(&name.text, sheet.bold, sheet.text_px, sheet.look.ink, Role::AxisTitle).at(
            x,
            top,
            Align::Start,
            VAlign::Top,
        );
        sheet.set(spec.showing(name.data))?;
    }
    Ok(())
}
