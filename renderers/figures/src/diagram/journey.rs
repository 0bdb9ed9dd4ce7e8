//! User journeys: stages and their steps from left to right, and how each step felt.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Path, PathBuilder, Point, Rect, Role, Scene, TextError};

use super::DiagramSpec;
use super::board::Board;
use super::edge;
use super::graph::{GraphNode, Source};
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{DiagramStyle, NodeLook};
use crate::table::captions::balanced;
use crate::{Drawn, FigureError};

/// The least and the best score.
const SCORES: (f32, f32) = (1.0, 5.0);

/// A stage: its name, its cells, its steps.
struct Stage {
    lines: Vec<String>,
    data: Vec<Datum>,
    steps: (usize, usize),
}

/// A step with its card and its score.
struct Step {
    card: NodeBox,
    score: f32,
    shown: (String, Datum),
}

/// What a journey leaves to its seed.
#[derive(Clone, Copy)]
struct Habits {
    /// The curve stands below the cards.
    below: bool,
    smooth: bool,
    area: bool,
    /// Faces instead of dots.
    faces: bool,
    /// Faces are red to green; otherwise all of one colour.
    traffic: bool,
    /// Stages are arrows.
    arrows: bool,
}

/// Draws a journey.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let mut rng = spec.seed.rng("journey");
    let mut habits = Habits {
        below: rng.chance(0.6),
        smooth: rng.chance(0.6),
        area: rng.chance(0.3),
        faces: rng.chance(0.75),
        traffic: rng.chance(0.6),
        arrows: rng.chance(0.5),
    };
    let nodes = source.nodes()?;
    let wrap = style.text_px * if style.compact { 5.6 } else { 7.0 };
    let mut steps = steps(&source, &nodes, style, wrap)?;
    // A steep line would run through the number at its end; a curve arrives level.
    habits.smooth |= steps.windows(2).any(|pair| (pair[0].score - pair[1].score).abs() >= 2.0);
    let widest = steps.iter().map(|s| s.card.width).fold(0.0f32, f32::max);
    let tallest = steps.iter().map(|s| s.card.height).fold(0.0f32, f32::max);
    let column = (widest + style.gap(14.0)).ceil();
    let stages = stages(&source, &nodes, style, column)?;
    let stage_lines = stages.iter().map(|s| s.lines.len()).max().unwrap_or(1) as f32;
    let head = stage_lines * style.line_px + 14.0;
    let plot = (style.text_px * if style.compact { 9.0 } else { 12.0 }).round();
    let scale = style.small_px() + 14.0;
    // The value stands above its face: room for it above the best score and below the worst.
    let (over, under) = (style.small_px() + 22.0, 18.0);
    let gap = style.gap(14.0);
    let width = scale + column * steps.len() as f32;
    let height = head + gap + tallest + gap + over + plot + under;
    let mut board = Board::open(spec, width, height)?;
    let (left, top) = (board.origin.x + scale, board.origin.y);
    let (cards, curve) = match habits.below {
        true => (top + head + gap, top + head + gap + tallest + gap),
        false => (top + head + gap + over + plot + under + gap, top + head + gap),
    };
    let area = Rect::new(left, curve + over, left + column * steps.len() as f32, curve + over + plot);
    for (index, stage) in stages.iter().enumerate() {
        let x = |step: usize| left + step as f32 * column;
        let band = Rect::new(x(stage.steps.0) + 2.0, top, x(stage.steps.1 + 1) - 2.0, top + head);
        let whole = Rect::new(band.left, band.top, band.right, top + height);
        paint_stage(&mut board.scene, style, stage, index, &band, &whole, habits.arrows)?;
    }
    paint_scale(&mut board.scene, style, &area)?;
    for (index, step) in steps.iter_mut().enumerate() {
        let x = (left + (index as f32 + 0.5) * column).round();
        step.card.width = (column - style.gap(14.0)).max(widest);
        step.card.height = tallest;
        step.card.center = Point::new(x, (cards + tallest / 2.0).round());
    }
    paint_curve(&mut board.scene, style, &steps, &area, habits)?;
    for step in &steps {
        step.card.paint(&mut board.scene, style)?;
    }
    board.finish(Vec::new())
}

fn steps(
    source: &Source<'_>,
    nodes: &[GraphNode],
    style: &DiagramStyle<'_>,
    wrap: f32,
) -> Result<Vec<Step>, FigureError> {
    let sheet = source.need("nodes")?;
    let column = sheet.need("score")?;
    let mut number = 0;
    let mut steps: Vec<Step> = Vec::new();
    for (row, node) in nodes.iter().enumerate() {
        let score = sheet.cell(row, column).as_f64().map(|s| s as f32);
        let score = score.filter(|s| (SCORES.0..=SCORES.1).contains(s)).ok_or_else(|| {
            source.wrong(format!("the score `{}` of `{}`", sheet.text(row, column), node.label))
        })?;
        if row > 0 && nodes[row - 1].group.as_ref().map(|g| &g.0) != node.group.as_ref().map(|g| &g.0) {
            number += 1;
        }
        let look = if style.nodes == NodeLook::Solid { NodeLook::Tint } else { style.nodes };
        let coat = style.coat_of(style.color(number), look);
        let label = (node.label.as_str(), node.data);
        let card = NodeBox::measure(style, Shape::Box, label, node.detail.as_ref(), wrap, coat)?;
        steps.push(Step { card, score, shown: sheet.printed(row, column) });
    }
    Ok(steps)
}

fn stages(
    source: &Source<'_>,
    nodes: &[GraphNode],
    style: &DiagramStyle<'_>,
    column: f32,
) -> Result<Vec<Stage>, FigureError> {
    let mut found: Vec<(String, Vec<Datum>, (usize, usize))> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let (name, datum) =
            node.group.as_ref().ok_or_else(|| source.wrong(format!("no lane for `{}`", node.label)))?;
        let earlier = found.iter().position(|s| s.0 == *name);
        match earlier {
            Some(at) if at + 1 == found.len() => {
                let stage = &mut found[at];
                stage.1.push(*datum);
                stage.2.1 = index;
            }
            Some(_) => {
                return Err(source.wrong(format!("steps of `{name}` in two places")));
            }
            None => found.push((name.clone(), vec![*datum], (index, index))),
        }
    }
    found
        .into_iter()
        .map(|(name, data, steps)| {
            let width = (steps.1 - steps.0 + 1) as f32 * column - 32.0;
            let lines = balanced(style.strong(), style.text_px, &name, width)?;
            Ok(Stage { lines, data, steps })
        })
        .collect()
}

/// The band of a stage with its name, and the ground below it.
fn paint_stage(
    scene: &mut Scene,
    style: &DiagramStyle<'_>,
    stage: &Stage,
    index: usize,
    band: &Rect,
    whole: &Rect,
    arrow: bool,
) -> Result<(), TextError> {
    let look = style.look;
    let color = style.color(index);
    let fill = if look.dark { look.ground.mix(color, 0.5) } else { look.ground.mix(color, 0.32) };
    let group = scene.mark(Role::Group, stage.lines.join(" "), stage.data.iter().copied());
    scene.round_rect(group, *whole, style.corner.min(6.0), look.ground.mix(color, 0.05));
    match arrow_path(band).filter(|_| arrow) {
        Some(path) => scene.fill(group, path, fill),
        None => scene.round_rect(group, *band, style.corner.min(6.0), fill),
    }
    scene.element_mut(group).anchor = band.center();
    scene.element_mut(group).color = Some(fill);
    let ink = look.ink.readable_on(fill, 4.8);
    let top = band.center().y - stage.lines.len() as f32 * style.line_px / 2.0;
    for (number, line) in stage.lines.iter().enumerate() {
        let spec = TextSpec::new(line, style.strong(), style.text_px, ink, Role::GroupLabel)
            .at(band.center().x, top + (number as f32 + 0.5) * style.line_px, Align::Middle, VAlign::Middle)
            .showing(stage.data.iter().copied());
        scene.text(spec)?;
    }
    Ok(())
}

/// A band that points to the right.
fn arrow_path(band: &Rect) -> Option<Path> {
    let tip = 9.0;
    let middle = band.center().y;
    let mut path = PathBuilder::new();
    path.move_to(band.left, band.top);
    path.line_to(band.right - tip, band.top);
    path.line_to(band.right, middle);
    path.line_to(band.right - tip, band.bottom);
    path.line_to(band.left, band.bottom);
    path.close();
    path.finish()
}

/// Lines at the five scores, numbered at the left.
fn paint_scale(scene: &mut Scene, style: &DiagramStyle<'_>, area: &Rect) -> Result<(), TextError> {
    let look = style.look;
    let axis = scene.mark(Role::Axis, "", []);
    for score in 1..=5 {
        let y = height_of(score as f32, area).round() + 0.5;
        let pen = Stroke::new(look.ground.mix(look.ink, 0.2), 1.0).dashed(&[3.0, 4.0]);
        scene.line(axis, Point::new(area.left, y), Point::new(area.right, y), pen);
        let number = score.to_string();
        let spec = TextSpec::new(&number, style.plain(), style.small_px(), look.soft_ink, Role::TickLabel)
            .at(area.left - 8.0, y, Align::End, VAlign::Middle);
        scene.text(spec)?;
    }
    Ok(())
}

fn height_of(score: f32, area: &Rect) -> f32 {
    area.bottom - (score - SCORES.0) / (SCORES.1 - SCORES.0) * area.height()
}

fn paint_curve(
    scene: &mut Scene,
    style: &DiagramStyle<'_>,
    steps: &[Step],
    area: &Rect,
    habits: Habits,
) -> Result<(), TextError> {
    let look = style.look;
    let points: Vec<Point> =
        steps.iter().map(|s| Point::new(s.card.center.x, height_of(s.score, area).round())).collect();
    let mut path = vec![points[0]];
    for pair in points.windows(2) {
        let middle = (pair[0].x + pair[1].x) / 2.0;
        if habits.smooth {
            let (b, c) = (Point::new(middle, pair[0].y), Point::new(middle, pair[1].y));
            path.extend(edge::curve(pair[0], b, c, pair[1], 16));
        } else {
            path.push(pair[1]);
        }
    }
    let line = scene.mark(Role::Line, "", []);
    let strong = look.accent.readable_on(look.ground, 2.6);
    if habits.area {
        let mut outline = path.clone();
        let last = points[points.len() - 1];
        outline.extend([Point::new(last.x, area.bottom), Point::new(points[0].x, area.bottom)]);
        scene.polygon(line, &outline, look.ground.mix(strong, 0.14).faded(0.7));
    }
    scene.polyline(line, &path, Stroke::new(strong, (style.stroke * 1.3).max(1.8)).rounded());
    for (step, at) in steps.iter().zip(&points) {
        let dot = scene.mark(Role::Dot, step.card.name.clone(), [step.shown.1]);
        let color = match habits.traffic {
            true => mood(step.score).readable_on(look.ground, 1.6),
            false => strong,
        };
        if habits.faces {
            paint_face(scene, dot, *at, step.score, color, look.ground);
        } else {
            scene.circle(dot, *at, 7.0, look.ground);
            scene.circle(dot, *at, 5.5, color);
        }
        scene.element_mut(dot).anchor = *at;
        scene.element_mut(dot).color = Some(color);
        let ink = look.ink.readable_on(look.ground, 5.0);
        let above = if habits.faces { 13.0 } else { 9.0 };
        let spec = TextSpec::new(&step.shown.0, style.strong(), style.small_px(), ink, Role::ValueLabel)
            .at(at.x, at.y - above - style.small_px() * 0.55, Align::Middle, VAlign::Middle)
            .showing([step.shown.1]);
        scene.text(spec)?;
    }
    Ok(())
}

/// Red for the least score, green for the best.
fn mood(score: f32) -> Color {
    let t = (score - SCORES.0) / (SCORES.1 - SCORES.0);
    let (low, middle, high) = (Color::rgb(214, 69, 65), Color::rgb(232, 178, 58), Color::rgb(56, 158, 96));
    if t < 0.5 { low.mix(middle, t * 2.0) } else { middle.mix(high, t * 2.0 - 1.0) }
}

/// A face that is as glad as its score.
fn paint_face(
    scene: &mut Scene,
    element: pixmo_render::ElementId,
    at: Point,
    score: f32,
    color: Color,
    ground: Color,
) {
    let radius = 11.0;
    scene.circle(element, at, radius + 1.5, ground);
    scene.circle(element, at, radius, color);
    let ink = if color.contrast(Color::WHITE) > 2.6 { Color::WHITE } else { Color::rgb(40, 36, 30) };
    for side in [-1.0, 1.0] {
        scene.circle(element, Point::new(at.x + side * 3.8, at.y - 2.8), 1.5, ink);
    }
    // From −1 (sad) to 1 (glad): how far the middle of the mouth hangs below its corners.
    let glad = (score - 3.0) / 2.0;
    let (half, base) = (4.8, at.y + 4.2);
    let bow = glad * 3.4;
    let (a, b) = (Point::new(at.x - half, base - bow * 0.5), Point::new(at.x + half, base - bow * 0.5));
    let low = base + bow * 0.9;
    let mut path = vec![a];
    path.extend(edge::curve(
        a,
        Point::new(at.x - half * 0.5, low),
        Point::new(at.x + half * 0.5, low),
        b,
        10,
    ));
    scene.polyline(element, &path, Stroke::new(ink, 1.5).rounded());
}
