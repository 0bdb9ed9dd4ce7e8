//! Timelines: events in order along a line, evenly spaced.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Fonts, Point, Rect, Role, Scene, TextError};

use super::board::Board;
use super::graph::{Sheet, Source};
use super::style::{Coat, DiagramStyle, NodeLook};
use super::{DiagramSpec, Direction};
use crate::table::captions::balanced;
use crate::{Drawn, FigureError};

/// An event: its texts broken into lines.
struct Event {
    date: (String, Datum),
    name: String,
    data: Datum,
    label: Vec<String>,
    detail: Vec<String>,
    detail_data: Option<Datum>,
    width: f32,
    height: f32,
    coat: Coat,
    color: Color,
}

/// Draws a timeline.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let sheet = source.need("events")?;
    match spec.direction {
        Direction::Right => across(spec, style, &sheet),
        Direction::Down => down(spec, style, &sheet),
    }
}

fn events(
    style: &DiagramStyle<'_>,
    sheet: &Sheet<'_>,
    wrap: f32,
    card: bool,
) -> Result<Vec<Event>, FigureError> {
    let (date, label, detail) = (sheet.need("date")?, sheet.need("label")?, sheet.find("detail"));
    let fonts = Fonts::bundled();
    let mut list = Vec::new();
    for row in 0..sheet.rows() {
        let color = style.color(row);
        let coat =
            style.coat_of(color, if style.nodes == NodeLook::Solid { NodeLook::Tint } else { style.nodes });
        let lines = balanced(style.strong(), style.text_px, sheet.text(row, label), wrap)?;
        let detail = detail.filter(|&c| !sheet.text(row, c).is_empty());
        let small = match detail {
            Some(column) => balanced(style.plain(), style.small_px(), sheet.text(row, column), wrap)?,
            None => Vec::new(),
        };
        let mut width = 0.0f32;
        for line in &lines {
            width = width.max(fonts.width(style.strong(), style.text_px, line)?);
        }
        for line in &small {
            width = width.max(fonts.width(style.plain(), style.small_px(), line)?);
        }
        let text = lines.len() as f32 * style.line_px + small.len() as f32 * detail_step(style);
        let (pad_x, pad_y) = if card { (22.0, 18.0) } else { (0.0, 0.0) };
        list.push(Event {
            date: sheet.printed(row, date),
            name: sheet.text(row, label).to_owned(),
            data: sheet.datum(row, label),
            label: lines,
            detail: small,
            detail_data: detail.map(|c| sheet.datum(row, c)),
            width: (width + pad_x).ceil(),
            height: (text + pad_y).ceil(),
            coat,
            color: color.readable_on(style.look.ground, 2.0),
        });
    }
    Ok(list)
}

fn detail_step(style: &DiagramStyle<'_>) -> f32 {
    (style.small_px() * 1.28).round()
}

/// Cards above and below a line in turn.
fn across(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>, sheet: &Sheet<'_>) -> Result<Drawn, FigureError> {
    let wrap = style.text_px * if style.compact { 8.5 } else { 11.0 };
    let events = events(style, sheet, wrap, true)?;
    let fonts = Fonts::bundled();
    let widest = events.iter().map(|e| e.width).fold(0.0f32, f32::max);
    let mut date = 0.0f32;
    for event in &events {
        date = date.max(fonts.width(style.strong(), style.text_px, &event.date.0)?);
    }
    // Neighbours on the same side are two steps apart.
    let step = ((widest + style.gap(16.0)) / 2.0).max(date + 20.0).ceil();
    let tallest = events.iter().map(|e| e.height).fold(0.0f32, f32::max);
    let stem = style.gap(24.0);
    let reach = tallest + stem + 8.0;
    let last = events.len() - 1;
    let left = events[0].width.max(date) / 2.0;
    let width = left + step * last as f32 + events[last].width.max(date) / 2.0;
    let mut board =
        Board::open(spec, width.ceil().max(events.get(1).map_or(0.0, |e| e.width)), (2.0 * reach).ceil())?;
    let middle = board.origin.y + reach.round();
    let (start, end) = (board.origin.x - 6.0, board.origin.x + width + 6.0);
    let axis = board.scene.mark(Role::Axis, "", []);
    let line = style.look.ground.mix(style.look.ink, 0.45);
    board.scene.rect(axis, Rect::new(start, middle - 1.5, end, middle + 1.5), line);
    for (index, event) in events.iter().enumerate() {
        let x = (board.origin.x + left + step * index as f32).round();
        let above = index % 2 == 0;
        // Cards of the ends stay inside; the stem stands at the event all the same.
        let card_left = (x - event.width / 2.0).round();
        let top = if above { middle - 8.0 - stem - event.height } else { middle + 8.0 + stem };
        let rect = Rect::sized(card_left, top.round(), event.width, event.height);
        let stem_element = board.scene.ornament();
        let (a, b) = if above { (rect.bottom, middle) } else { (middle, rect.top) };
        board.scene.line(stem_element, Point::new(x, a), Point::new(x, b), Stroke::new(event.color, 1.4));
        paint_card(&mut board.scene, style, event, &rect)?;
        board.scene.circle(stem_element, Point::new(x, middle), 6.0, event.color);
        board.scene.circle(stem_element, Point::new(x, middle), 3.0, style.look.ground);
        // The date stands on the other side of the line.
        let y = if above { middle + 8.0 + style.text_px * 0.75 } else { middle - 8.0 - style.text_px * 0.75 };
        let ink = event.color.readable_on(style.look.ground, 4.6);
        let text = TextSpec::new(&event.date.0, style.strong(), style.text_px, ink, Role::TickLabel)
            .at(x, y, Align::Middle, VAlign::Middle)
            .showing([event.date.1]);
        board.scene.text(text)?;
    }
    board.finish(Vec::new())
}

fn paint_card(
    scene: &mut Scene,
    style: &DiagramStyle<'_>,
    event: &Event,
    rect: &Rect,
) -> Result<(), TextError> {
    let element = scene.mark(Role::Node, event.name.clone(), [event.data]);
    scene.round_rect(element, *rect, style.corner, event.coat.fill);
    if let Some(line) = event.coat.line {
        scene.frame(element, rect.grown(-0.5), style.corner, Stroke::new(line, 1.1));
    }
    paint_lines(
        scene,
        style,
        event,
        rect.center().x,
        rect.top + 9.0,
        Align::Middle,
        (event.coat.ink, event.coat.soft),
    )
}

fn paint_lines(
    scene: &mut Scene,
    style: &DiagramStyle<'_>,
    event: &Event,
    x: f32,
    mut y: f32,
    align: Align,
    (ink, soft): (Color, Color),
) -> Result<(), TextError> {
    for line in &event.label {
        let spec = TextSpec::new(line, style.strong(), style.text_px, ink, Role::NodeLabel)
            .at(x, y + style.line_px / 2.0, align, VAlign::Middle)
            .showing([event.data]);
        scene.text(spec)?;
        y += style.line_px;
    }
    for line in &event.detail {
        let spec = TextSpec::new(line, style.plain(), style.small_px(), soft, Role::NodeLabel)
            .at(x, y + detail_step(style) / 2.0, align, VAlign::Middle)
            .showing(event.detail_data);
        scene.text(spec)?;
        y += detail_step(style);
    }
    Ok(())
}

/// Dates at the left of a line, texts at its right.
fn down(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>, sheet: &Sheet<'_>) -> Result<Drawn, FigureError> {
    let cards = style.outlined;
    let events = events(style, sheet, style.text_px * 24.0, cards)?;
    let fonts = Fonts::bundled();
    let mut date = 0.0f32;
    for event in &events {
        date = date.max(fonts.width(style.strong(), style.text_px, &event.date.0)?);
    }
    let (date, widest) = (date.ceil(), events.iter().map(|e| e.width).fold(0.0f32, f32::max));
    let gap = style.gap(if cards { 14.0 } else { 22.0 });
    let total: f32 =
        events.iter().map(|e| e.height.max(style.line_px)).sum::<f32>() + gap * (events.len() - 1) as f32;
    let (line_x, text_x) = (date + 22.0, date + 44.0);
    let mut board = Board::open(spec, text_x + widest, total.ceil())?;
    let (left, top) = (board.origin.x, board.origin.y);
    let axis = board.scene.mark(Role::Axis, "", []);
    let line = style.look.ground.mix(style.look.ink, 0.3);
    let x = (left + line_x).round();
    board.scene.rect(axis, Rect::new(x - 1.0, top, x + 1.0, top + total), line);
    let mut y = top;
    for event in &events {
        let height = event.height.max(style.line_px);
        // Without cards the dot stands at the first line.
        let at = (y + if cards { height / 2.0 } else { style.line_px / 2.0 }).round();
        let dot = match cards {
            true => board.scene.ornament(),
            false => board.scene.mark(Role::Node, event.name.clone(), [event.data]),
        };
        if cards {
            let rect = Rect::sized((left + text_x).round(), y.round(), widest, height);
            board.scene.line(
                dot,
                Point::new(x, at),
                Point::new(rect.left, at),
                Stroke::new(event.color, 1.3),
            );
            paint_card_left(&mut board.scene, style, event, &rect)?;
        } else {
            let inks = (style.look.ink, style.look.soft_ink);
            paint_lines(&mut board.scene, style, event, left + text_x - 6.0, y, Align::Start, inks)?;
        }
        board.scene.circle(dot, Point::new(x, at), 6.0, event.color);
        board.scene.circle(dot, Point::new(x, at), 3.0, style.look.ground);
        let ink = event.color.readable_on(style.look.ground, 4.6);
        let text = TextSpec::new(&event.date.0, style.strong(), style.text_px, ink, Role::TickLabel)
            .at(left + date, at, Align::End, VAlign::Middle)
            .showing([event.date.1]);
        board.scene.text(text)?;
        y += height + gap;
    }
    board.finish(Vec::new())
}

fn paint_card_left(
    scene: &mut Scene,
    style: &DiagramStyle<'_>,
    event: &Event,
    rect: &Rect,
) -> Result<(), TextError> {
    let element = scene.mark(Role::Node, event.name.clone(), [event.data]);
    scene.round_rect(element, *rect, style.corner, event.coat.fill);
    if let Some(line) = event.coat.line {
        scene.frame(element, rect.grown(-0.5), style.corner, Stroke::new(line, 1.1));
    }
    let inks = (event.coat.ink, event.coat.soft);
    paint_lines(scene, style, event, rect.left + 11.0, rect.top + 9.0, Align::Start, inks)
}
