//! Sequence diagrams: actors side by side, their messages one below the other.

use pixmo_render::scene::Stroke;
use pixmo_render::{Datum, Point, Rect};

use super::DiagramSpec;
use super::board::Board;
use super::edge::{self, EdgeLine, EdgeText};
use super::graph::Source;
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{DiagramStyle, Head};
use crate::{Drawn, FigureError};

/// A row of `messages`.
struct Message {
    from: usize,
    to: usize,
    data: Vec<Datum>,
    text: EdgeText,
    reply: bool,
    /// y of its line, from the top of the diagram.
    y: f32,
}

/// Width and height of the loop of a message to oneself.
const LOOP: (f32, f32) = (30.0, 20.0);

/// Half the width of the bar on the line of an actor who is at work.
const BAR: f32 = 4.0;

/// A time in which an actor is at work, from the top of the diagram.
struct Busy {
    actor: usize,
    from: f32,
    to: f32,
}

/// From each call to the answer to it; times that touch become one.
fn busy(messages: &[Message]) -> Vec<Busy> {
    let mut all: Vec<Busy> = Vec::new();
    for (at, call) in messages.iter().enumerate().filter(|(_, m)| !m.reply && m.from != m.to) {
        let answer = messages[at..].iter().find(|m| m.reply && m.from == call.to && m.to == call.from);
        let Some(answer) = answer else { continue };
        match all.iter_mut().find(|b| b.actor == call.to && call.y <= b.to) {
            Some(bar) => bar.to = bar.to.max(answer.y),
            None => all.push(Busy { actor: call.to, from: call.y, to: answer.y }),
        }
    }
    all
}

/// Draws a sequence diagram.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let sheet = source.need("actors")?;
    let label = sheet.need("label")?;
    let mut boxes = Vec::new();
    for row in 0..sheet.rows() {
        let coat = style.coat(style.color(row));
        let text = (sheet.text(row, label), sheet.datum(row, label));
        boxes.push(NodeBox::measure(style, Shape::Box, text, None, style.text_px * 9.0, coat)?);
    }
    let height = boxes.iter().map(|b| b.height).fold(0.0f32, f32::max);
    boxes.iter_mut().for_each(|b| b.height = height);
    let mut messages = messages(&source, style, &boxes)?;
    let xs = columns(style, &boxes, &messages);
    let mut y = height + style.gap(16.0);
    for message in &mut messages {
        y += message.text.height + style.gap(14.0);
        message.y = y.round();
        y += style.gap(8.0) + if message.from == message.to { LOOP.1 } else { 0.0 };
    }
    let bottom = y + style.gap(16.0);
    let last = boxes.len() - 1;
    let mut right = xs[last] + boxes[last].width / 2.0;
    for m in messages.iter().filter(|m| m.from == m.to) {
        right = right.max(xs[m.from] + LOOP.0 + 8.0 + m.text.width);
    }
    let mut board = Board::open(spec, right.ceil(), bottom.ceil())?;
    let origin = board.origin;
    for (node, x) in boxes.iter_mut().zip(&xs) {
        node.center = Point::new((origin.x + x).round(), origin.y + height / 2.0);
    }
    let place = |m: &Message| {
        let (a, b) = (boxes[m.from].center.x, boxes[m.to].center.x);
        let y = origin.y + m.y;
        match m.from == m.to {
            true => Point::new(a + LOOP.0 + 8.0 + m.text.width / 2.0, y + LOOP.1 / 2.0),
            false => Point::new(((a + b) / 2.0).round(), y - 6.0 - m.text.height / 2.0),
        }
    };
    for node in &boxes {
        let x = node.center.x;
        let (mut from, end) = (node.center.y + height / 2.0, origin.y + bottom);
        let element = board.scene.ornament();
        let pen = Stroke::new(style.look.ground.mix(style.look.ink, 0.38), 1.0).dashed(&[5.0, 4.0]);
        // The line pauses at texts that stand over it.
        for message in &messages {
            let rect: Rect = message.text.gap(place(message));
            if rect.left < x && rect.right > x && rect.top > from {
                board.scene.line(element, Point::new(x, from), Point::new(x, rect.top), pen.clone());
                from = rect.bottom;
            }
        }
        board.scene.line(element, Point::new(x, from), Point::new(x, end), pen);
    }
    let mut busy = if spec.seed.rng("activity").chance(0.5) { busy(&messages) } else { Vec::new() };
    let beside = |bar: &Busy| {
        let (x, top, bottom) = (boxes[bar.actor].center.x, origin.y + bar.from, origin.y + bar.to);
        Rect::new(x - BAR, top, x + BAR, bottom)
    };
    // Bars behind texts would make neither better.
    let covered = |bar: &Busy| {
        let rect = beside(bar).grown(2.0);
        messages.iter().any(|m| m.text.gap(place(m)).overlaps(&rect))
    };
    if busy.iter().any(covered) {
        busy.clear();
    }
    for bar in &busy {
        let element = board.scene.ornament();
        let (fill, line) = (boxes[bar.actor].coat.fill, boxes[bar.actor].coat.line);
        let line = line.unwrap_or(fill).readable_on(style.look.ground, 2.2);
        board.scene.rect(element, beside(bar), fill);
        board.scene.frame(element, beside(bar).grown(-0.5), 0.0, Stroke::new(line, 1.0));
    }
    let at_work = |actor: usize, y: f32| busy.iter().any(|b| b.actor == actor && b.from <= y && y <= b.to);
    for message in &messages {
        let edge_of = |actor: usize, other: usize, y: f32| {
            let x = boxes[actor].center.x;
            match at_work(actor, y) {
                true if boxes[other].center.x < x => x - BAR,
                true => x + BAR,
                false => x,
            }
        };
        let (a, b) =
            (edge_of(message.from, message.to, message.y), edge_of(message.to, message.from, message.y));
        let y = origin.y + message.y;
        let path = match message.from == message.to {
            true => {
                let out = boxes[message.from].center.x + LOOP.0;
                vec![
                    Point::new(a, y),
                    Point::new(out, y),
                    Point::new(out, y + LOOP.1),
                    Point::new(a, y + LOOP.1),
                ]
            }
            false => vec![Point::new(a, y), Point::new(b, y)],
        };
        let name = format!("{} → {}", boxes[message.from].name, boxes[message.to].name);
        let line = EdgeLine {
            path: &path,
            data: &message.data,
            name,
            head: if message.reply { Head::Open } else { style.head },
            tail: Head::None,
            dashed: message.reply,
            color: style.look.ground.mix(style.look.ink, 0.8),
            width: style.stroke,
            bend: style.bend * 0.6,
            gap: None,
        };
        edge::paint(&mut board.scene, style.look.ground, &line);
    }
    for node in &boxes {
        node.paint(&mut board.scene, style)?;
    }
    for message in &messages {
        message.text.paint(&mut board.scene, style, style.look.ground, place(message))?;
    }
    board.finish(Vec::new())
}

fn messages(
    source: &Source<'_>,
    style: &DiagramStyle<'_>,
    boxes: &[NodeBox],
) -> Result<Vec<Message>, FigureError> {
    let sheet = source.need("messages")?;
    let (from, to, label) = (sheet.need("from")?, sheet.need("to")?, sheet.need("label")?);
    let kind = sheet.find("kind");
    let mut list = Vec::new();
    for row in 0..sheet.rows() {
        let actor = |column: usize| {
            let name = sheet.text(row, column);
            boxes
                .iter()
                .position(|b| b.name == name)
                .ok_or_else(|| source.wrong(format!("a message at `{name}`, which is no actor")))
        };
        list.push(Message {
            from: actor(from)?,
            to: actor(to)?,
            data: vec![sheet.datum(row, from), sheet.datum(row, to)],
            text: EdgeText::measure(style, &sheet.printed(row, label), style.text_px * 15.0)?,
            reply: kind.is_some_and(|c| sheet.text(row, c) == "reply"),
            y: 0.0,
        });
    }
    Ok(list)
}

/// The x of each actor: as near as their boxes and the texts between them allow.
fn columns(style: &DiagramStyle<'_>, boxes: &[NodeBox], messages: &[Message]) -> Vec<f32> {
    let count = boxes.len();
    let mut steps: Vec<f32> = boxes
        .windows(2)
        .map(|w| ((w[0].width + w[1].width) / 2.0 + style.gap(26.0)).max(style.gap(110.0)))
        .collect();
    let mut spans: Vec<(usize, usize, f32)> = messages
        .iter()
        .map(|m| match m.from == m.to {
            true => (m.from, m.from + 1, LOOP.0 + m.text.width + 24.0),
            false => (m.from.min(m.to), m.from.max(m.to), m.text.width + 34.0),
        })
        .filter(|s| s.1 < count)
        .collect();
    spans.sort_by_key(|s| s.1 - s.0);
    for (from, to, width) in spans {
        let missing = width - steps[from..to].iter().sum::<f32>();
        if missing > 0.0 {
            let share = missing / (to - from) as f32;
            steps[from..to].iter_mut().for_each(|step| *step += share);
        }
    }
    let mut x = boxes.first().map_or(0.0, |b| b.width / 2.0);
    let mut xs = vec![x];
    for step in steps {
        x += step;
        xs.push(x);
    }
    xs
}
