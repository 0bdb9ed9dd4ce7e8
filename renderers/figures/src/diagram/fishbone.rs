//! Fishbone diagrams: an effect at the head, categories on bones above and below the spine, causes on the bones.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Fonts, Point, Rect, Role};

use super::DiagramSpec;
use super::board::Board;
use super::edge::{self, EdgeLine, between};
use super::graph::{GraphNode, Source};
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{DiagramStyle, Head, NodeLook};
use crate::{Drawn, FigureError};

/// A category with its causes.
struct Bone<'a> {
    head: NodeBox,
    causes: Vec<(&'a GraphNode, f32)>,
    color: pixmo_render::Color,
}

/// How far a bone leans for each pixel of its height.
const LEAN: f32 = 0.42;

/// Draws a fishbone diagram.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let nodes = source.nodes()?;
    let effects: Vec<&GraphNode> = nodes.iter().filter(|n| n.kind == "effect").collect();
    let [effect] = effects[..] else { return Err(source.wrong(format!("{} effects", effects.len()))) };
    let coat = style.coat_of(style.look.accent, NodeLook::Solid);
    let wrap = style.text_px * 9.0;
    let mut head = NodeBox::measure(style, Shape::Box, (&effect.label, effect.data), None, wrap, coat)?;
    let mut bones = bones(&source, style, &nodes)?;
    if bones.is_empty() {
        return Err(source.wrong("no category"));
    }
    let step = (style.line_px + 9.0).round();
    let most = bones.iter().map(|b| b.causes.len()).max().unwrap_or(0) as f32;
    let reach = (most * step + 22.0).max(70.0).round();
    let lean = reach * LEAN;
    // Above the spine a bone leans over the texts of its causes.
    let clearance = (LEAN * (style.text_px + 4.0)).ceil();
    let tallest = bones.iter().map(|b| b.head.height).fold(0.0f32, f32::max);
    let half = reach + tallest;
    // Bones stand in pairs; each pair is as wide as its longest cause, and its boxes must not meet either.
    let mut x = 0.0f32;
    let mut feet = Vec::new();
    for pair in bones.chunks(2) {
        let widest = pair.iter().flat_map(|b| &b.causes).map(|c| c.1).fold(0.0f32, f32::max);
        let box_width = pair.iter().map(|b| b.head.width).fold(0.0f32, f32::max);
        let width =
            (widest + 30.0 + clearance + lean).max(box_width + 18.0).max(box_width / 2.0 + lean + 30.0);
        x += width.ceil();
        feet.push(x);
    }
    let first_left = bones.chunks(2).next().map_or(0.0, |pair| {
        pair.iter().map(|b| feet[0] - lean - b.head.width / 2.0).fold(f32::INFINITY, f32::min)
    });
    let left = first_left.min(0.0);
    let spine_end = x + 26.0;
    let width = spine_end + head.width - left;
    let single = bones.len() == 1;
    let mut board = Board::open(spec, width.ceil(), (2.0 * half).ceil())?;
    let origin = board.at(Point::new(-left, half));
    let spine_y = origin.y.round();
    head.center = Point::new((origin.x + spine_end + head.width / 2.0).round(), spine_y);
    let spine = board.scene.ornament();
    let pen = Stroke::new(style.edge, style.stroke + 1.6);
    let start = Point::new(origin.x + left.max(0.0) + if single { 0.0 } else { 4.0 }, spine_y);
    board.scene.line(spine, start, Point::new(head.rect().left, spine_y), pen);
    for (index, bone) in bones.iter_mut().enumerate() {
        let up = if index % 2 == 0 { -1.0 } else { 1.0 };
        let foot = Point::new((origin.x + feet[index / 2]).round(), spine_y);
        let tip = Point::new((foot.x - lean).round(), spine_y + up * reach);
        bone.head.center = Point::new(tip.x, (tip.y + up * bone.head.height / 2.0).round());
        let path = [tip, foot];
        let line = EdgeLine {
            path: &path,
            data: &[bone.head.data, effect.data],
            name: format!("{} → {}", bone.head.name, effect.label),
            head: Head::None,
            tail: Head::None,
            dashed: false,
            color: style.edge,
            width: style.stroke + 0.4,
            bend: 0.0,
            gap: None,
        };
        edge::paint(&mut board.scene, style.look.ground, &line);
        for (number, (cause, text_width)) in bone.causes.iter().enumerate() {
            // Twigs begin near the box and go on towards the spine; their texts stand above them.
            let first = if up < 0.0 { step - 2.0 } else { 10.0 };
            let away = reach - first - number as f32 * step;
            let joint = between(foot, tip, (away / reach).clamp(0.02, 0.98));
            let y = joint.y.round();
            let element = board.scene.mark(Role::Node, cause.label.clone(), [cause.data]);
            let room = if up < 0.0 { clearance } else { 0.0 };
            let end = (joint.x - text_width - 10.0 - room).round();
            let color = bone.color.readable_on(style.look.ground, 1.8);
            board.scene.rect(element, Rect::new(end, y, joint.x, y + 1.0), color);
            let text =
                TextSpec::new(&cause.label, style.plain(), style.text_px, style.look.ink, Role::NodeLabel)
                    .at(end + 2.0, y - 4.0, Align::Start, VAlign::Bottom)
                    .showing([cause.data]);
            board.scene.text(text)?;
        }
    }
    for bone in &bones {
        bone.head.paint(&mut board.scene, style)?;
    }
    head.paint(&mut board.scene, style)?;
    board.finish(Vec::new())
}

fn bones<'a>(
    source: &Source<'_>,
    style: &DiagramStyle<'_>,
    nodes: &'a [GraphNode],
) -> Result<Vec<Bone<'a>>, FigureError> {
    let fonts = Fonts::bundled();
    let mut bones: Vec<Bone<'a>> = Vec::new();
    for node in nodes.iter().filter(|n| n.kind == "category") {
        let color = style.color(bones.len());
        let label = (node.label.as_str(), node.data);
        let head = NodeBox::measure(style, Shape::Box, label, None, style.text_px * 10.0, style.coat(color))?;
        bones.push(Bone { head, causes: Vec::new(), color });
    }
    for node in nodes.iter().filter(|n| n.kind == "cause") {
        let group = node.group.as_ref().map_or("", |g| g.0.as_str());
        let bone = bones.iter_mut().find(|b| b.head.name == group).ok_or_else(|| {
            source.wrong(format!("the cause `{}` of category `{group}`, which is not there", node.label))
        })?;
        bone.causes.push((node, fonts.width(style.plain(), style.text_px, &node.label)?));
    }
    Ok(bones)
}
