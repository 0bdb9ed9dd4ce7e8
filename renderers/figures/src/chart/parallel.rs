//! Parallel coordinates: one upright axis for each measure, one line across all of them for each thing.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Point, Rect, Role};

use super::bars::bounds;
use super::cross::format_of;
use super::legend::{self, Entry, Key};
use super::lines::path;
use super::plane::least_step;
use super::scale::Scale;
use super::sheet::{Drawing, Sheet, around};
use super::spread::spread;
use crate::look::LegendPlace;

/// One axis.
struct Axis {
    x: f32,
    scale: Scale,
    title: Vec<String>,
}

/// Draws parallel coordinates.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let names = direct_room(sheet)?;
    if names.is_none() {
        let entries: Vec<Entry> = (0..sheet.rows())
            .map(|row| Entry::new(sheet.row_name(row), sheet.color(row), Key::Line(Vec::new(), false)))
            .collect();
        legend::draw(sheet, &entries)?;
    }
    let (plot, axes) = lay_out(sheet, names.unwrap_or(0.0))?;
    paint_axes(sheet, &plot, &axes)?;
    let smooth = sheet.rows() <= 5 && sheet.chance("smooth lines", 0.3);
    let dots = sheet.look.markers || sheet.chance("dots on axes", 0.4);
    for row in 0..sheet.rows() {
        paint_line(sheet, &axes, row, smooth, dots);
    }
    if names.is_some() {
        paint_names(sheet, &plot, &axes)?;
    }
    for (index, axis) in axes.iter().enumerate() {
        sheet.resolve(index + 1, axis.scale.resolution());
    }
    Ok(())
}

/// Room right of the last axis for the names of the lines; `None` for a legend.
fn direct_room(sheet: &Sheet<'_>) -> Drawing<Option<f32>> {
    if sheet.look.legend != LegendPlace::Direct && !sheet.chance("names at the lines", 0.3) {
        return Ok(None);
    }
    let names = (0..sheet.rows()).map(|row| sheet.shown(row, 0));
    let width = sheet.widest(sheet.text_px, names)?.ceil() + 14.0;
    let pitch = sheet.text_px * 1.22 * sheet.rows() as f32;
    Ok((width <= 0.26 * sheet.area.width() && pitch < 0.55 * sheet.area.height()).then_some(width))
}

/// The scale of a column, from and to a tick, over its numbers alone.
fn scale_of(sheet: &Sheet<'_>, column: usize) -> Scale {
    let (low, high) = bounds(&sheet.values(column, column));
    let format = format_of(sheet.table, column, sheet.spec.value_format);
    let from = if low >= 0.0 && low < 0.3 * high { 0.0 } else { low };
    let least = least_step(&format).min((high - from).max(1e-9));
    Scale::linear(from, high, 5, least).printed(&format)
}

fn lay_out(sheet: &Sheet<'_>, after: f32) -> Drawing<(Rect, Vec<Axis>)> {
    let (area, px, text) = (sheet.area, sheet.tick_px, sheet.text_px);
    let columns = sheet.series();
    let scales: Vec<Scale> = (1..=columns).map(|column| scale_of(sheet, column)).collect();
    let ends = |scale: &Scale| -> Drawing<f32> {
        let texts = [scale.ticks.first(), scale.ticks.last()];
        sheet.widest(px, texts.into_iter().flatten().map(|tick| tick.text.as_str()))
    };
    let widths = scales.iter().map(ends).collect::<Drawing<Vec<f32>>>()?;
    // Titles are as wide as the way between two axes, those at the edges reach over them by half of it.
    let mut pitch = (area.width() - after) / columns as f32;
    let mut titles: Vec<Vec<String>> = Vec::new();
    for _ in 0..2 {
        titles.clear();
        for column in 1..=columns {
            let name = sheet.header_with_unit(column);
            match sheet.lines(sheet.face, text, &name.text, pitch - 10.0)? {
                Some(lines) if lines.len() <= 3 => titles.push(lines),
                _ => return sheet.no_room("titles of the axes"),
            }
        }
        let widest = |column: usize| -> Drawing<f32> {
            Ok(sheet.widest(text, titles[column].iter().map(String::as_str))?.max(widths[column]))
        };
        let (first, last) = (widest(0)? / 2.0, widest(columns - 1)? / 2.0);
        let left = area.left + first.max(4.0);
        let right = area.right - last.max(after).max(4.0);
        pitch = (right - left) / (columns - 1) as f32;
        if widths.windows(2).any(|w| (w[0] + w[1]) / 2.0 + 8.0 > pitch) || pitch < 54.0 {
            return sheet.no_room("axes");
        }
        let lines = titles.iter().map(Vec::len).max().unwrap_or(1) as f32;
        let line = (text * 1.2).round();
        let cap = sheet.cap(px);
        let top = (area.top + line * lines + cap + 14.0).round();
        let bottom = (area.bottom - cap - 10.0).round();
        let plot = Rect::new(left.round(), top, right.round(), bottom);
        if plot.height() < 110.0 {
            return sheet.no_room("plot");
        }
        let fits = (0..columns).all(|i| {
            sheet.widest(text, titles[i].iter().map(String::as_str)).is_ok_and(|width| width <= pitch - 6.0)
        });
        if fits {
            let axes = scales.into_iter().zip(titles).enumerate().map(|(index, (scale, title))| Axis {
                x: (plot.left + pitch * index as f32).round(),
                scale: scale.spanning(plot.bottom, plot.top),
                title,
            });
            return Ok((plot, axes.collect()));
        }
    }
    sheet.no_room("titles of the axes")
}

/// Paints the axes with a title and the number at each end; ticks between have no text, so that lines stay free.
fn paint_axes(sheet: &mut Sheet<'_>, plot: &Rect, axes: &[Axis]) -> Drawing<()> {
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let (ink, soft) = (sheet.look.ink, sheet.look.soft_ink);
    let strong = ink.mix(sheet.look.ground, 0.35);
    if sheet.look.panel != sheet.look.ground {
        let panel = sheet.scene.ornament();
        sheet.scene.rect(panel, plot.grown(1.0), sheet.look.panel);
    }
    let mark = sheet.scene.mark(Role::Axis, "", []);
    for (index, axis) in axes.iter().enumerate() {
        let x = axis.x;
        sheet.scene.rect(mark, Rect::new(x - 0.5, plot.top, x + 1.0, plot.bottom + 1.0), strong);
        for tick in &axis.scale.ticks {
            let y = axis.scale.at(tick.value).round();
            sheet.scene.rect(mark, Rect::new(x - 4.0, y, x + 4.5, y + 1.0), strong);
        }
        let ends = [
            (axis.scale.ticks.first(), plot.bottom + 6.0, VAlign::Top),
            (axis.scale.ticks.last(), plot.top - 6.0, VAlign::Baseline),
        ];
        for (tick, y, valign) in ends {
            let Some(tick) = tick else { continue };
            let spec = TextSpec::new(&tick.text, sheet.face, px, soft, Role::TickLabel);
            sheet.set(spec.at(x, y, Align::Middle, valign))?;
        }
        let line = (text * 1.2).round();
        let data = sheet.header(index + 1).data;
        for (number, words) in axis.title.iter().rev().enumerate() {
            let y = plot.top - 12.0 - sheet.cap(px) - line * number as f32;
            let spec = TextSpec::new(words, sheet.face, text, ink, Role::AxisTitle)
                .at(x, y, Align::Middle, VAlign::Bottom)
                .showing(data.iter().copied());
            sheet.set(spec)?;
        }
    }
    Ok(())
}

fn at(sheet: &Sheet<'_>, axes: &[Axis], row: usize) -> Vec<Point> {
    let place = |(index, axis): (usize, &Axis)| {
        Point::new(axis.x + 0.25, axis.scale.at(sheet.value(row, index + 1).unwrap_or(0.0)))
    };
    axes.iter().enumerate().map(place).collect()
}

fn paint_line(sheet: &mut Sheet<'_>, axes: &[Axis], row: usize, smooth: bool, dots: bool) {
    let color: Color = sheet.color(row);
    let points = at(sheet, axes, row);
    let name = sheet.row_name(row);
    let line = sheet.scene.mark(Role::Line, name.text, name.data);
    if let Some(path) = path(&points, smooth) {
        sheet.scene.stroke(line, path, Stroke::new(color, sheet.look.stroke.max(1.8)).rounded());
    }
    for (index, point) in points.into_iter().enumerate() {
        let mark = sheet.cell_mark(Role::LinePoint, row, index + 1);
        if dots {
            sheet.scene.circle(mark, point, sheet.look.stroke + 1.9, color);
        }
        sheet.locate(mark, around(point, 3.5), point, color);
    }
}

/// Writes the names of the things at the ends of their lines.
fn paint_names(sheet: &mut Sheet<'_>, plot: &Rect, axes: &[Axis]) -> Drawing<()> {
    let ends: Vec<f32> =
        (0..sheet.rows()).filter_map(|row| at(sheet, axes, row).last().map(|p| p.y)).collect();
    let pitch = sheet.text_px * 1.22;
    let Some(places) = spread(&ends, pitch, plot.top - 2.0, plot.bottom + 2.0) else {
        return sheet.no_room("names at the ends of lines");
    };
    for (row, y) in places.into_iter().enumerate() {
        let name = sheet.row_name(row);
        let color = sheet.readable(sheet.color(row));
        let spec = TextSpec::new(&name.text, sheet.face, sheet.text_px, color, Role::DirectLabel)
            .at(plot.right + 12.0, y, Align::Start, VAlign::Middle)
            .showing(name.data);
        sheet.set(spec)?;
    }
    Ok(())
}
