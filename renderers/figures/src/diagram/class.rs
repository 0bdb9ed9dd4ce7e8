//! Class and entity diagrams: boxes with members, placed in layers.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, FaceId, Fonts, Point, Rect, Role, Scene, Style, TextError};

use super::edge::EdgeText;
use super::flow::{Flow, FlowEdge};
use super::graph::{GraphEdge, Source};
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{Coat, DiagramStyle, Head, NodeLook};
use super::{DiagramKind, DiagramSpec};
use crate::{Drawn, FigureError};

/// A member of a class or a field of an entity.
#[derive(Clone, Debug)]
struct Member {
    name: (String, Datum),
    of: (String, Datum),
    kind: String,
}

/// The members of one box, in sections with a line between them.
#[derive(Clone, Debug, Default)]
struct Members {
    sections: Vec<Vec<Member>>,
}

/// Draws a class diagram or an entity-relationship diagram.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let graph = source.graph()?;
    let entities = spec.kind == DiagramKind::EntityRelationship;
    let members = members(&source, &graph.nodes.iter().map(|n| n.label.as_str()).collect::<Vec<_>>())?;
    if let Some(edge) = graph.edges.iter().find(|e| e.from == e.to) {
        return Err(source.wrong(format!("an edge from `{}` to itself", graph.nodes[edge.from].label)));
    }
    let mut boxes = Vec::new();
    for (node, members) in graph.nodes.iter().zip(&members) {
        let look = if style.nodes == NodeLook::Solid { NodeLook::Tint } else { style.nodes };
        let coat = style.coat_of(style.look.accent, look);
        let coat = Coat { line: coat.line.or(Some(style.look.ground.mix(style.look.ink, 0.4))), ..coat };
        let wrap = style.text_px * 14.0;
        let mut measured = NodeBox::measure(style, Shape::Box, (&node.label, node.data), None, wrap, coat)?;
        (measured.width, measured.height) = size(style, &measured, members)?;
        boxes.push(measured);
    }
    let mut edges = Vec::new();
    for edge in &graph.edges {
        let label = edge
            .label
            .as_ref()
            .map(|label| EdgeText::measure(style, label, style.text_px * 8.0))
            .transpose()?;
        let (tail, head) = if entities { entity_ends(edge) } else { class_ends(edge) };
        edges.push(FlowEdge {
            from: edge.from,
            to: edge.to,
            data: edge.data.clone(),
            name: format!("{} → {}", graph.nodes[edge.from].label, graph.nodes[edge.to].label),
            label,
            head,
            tail,
            dashed: edge.kind == "uses",
            upwards: !entities && edge.kind == "inherits",
        });
    }
    let lane_of = vec![0; boxes.len()];
    let flow =
        Flow { boxes, edges, lanes: Vec::new(), lane_of, initial: Vec::new(), pad: 27.0, framed: false };
    flow.draw(spec, style, |scene, node, index| paint(scene, style, node, &members[index]))
}

fn members(source: &Source<'_>, nodes: &[&str]) -> Result<Vec<Members>, FigureError> {
    let sheet = source.need("members")?;
    let (node, name, of) = (sheet.need("node")?, sheet.need("name")?, sheet.need("type")?);
    let kind = sheet.find("kind");
    let mut list = vec![Members::default(); nodes.len()];
    for row in 0..sheet.rows() {
        let owner = sheet.text(row, node);
        let index = nodes
            .iter()
            .position(|n| *n == owner)
            .ok_or_else(|| source.wrong(format!("a member of `{owner}`, which is no node")))?;
        let kind = kind.map_or("", |c| sheet.text(row, c)).to_owned();
        let section = usize::from(kind == "method");
        let sections = &mut list[index].sections;
        sections.resize(sections.len().max(section + 1), Vec::new());
        sections[section].push(Member { name: sheet.printed(row, name), of: sheet.printed(row, of), kind });
    }
    Ok(list)
}

fn class_ends(edge: &GraphEdge) -> (Head, Head) {
    match edge.kind.as_str() {
        "inherits" => (Head::None, Head::Hollow),
        "contains" => (Head::Diamond, Head::None),
        "refers" => (Head::None, Head::None),
        _ => (Head::None, Head::Open),
    }
}

fn entity_ends(edge: &GraphEdge) -> (Head, Head) {
    let head = |name: &str, otherwise: bool| match name {
        "one" => Head::Crow { zero: false, many: false },
        "many" => Head::Crow { zero: false, many: true },
        "zero_or_one" => Head::Crow { zero: true, many: false },
        "zero_or_many" => Head::Crow { zero: true, many: true },
        _ => Head::Crow { zero: false, many: otherwise },
    };
    (head(&edge.ends.0, false), head(&edge.ends.1, true))
}

fn row_px(style: &DiagramStyle<'_>) -> f32 {
    (style.text_px * 1.45).round()
}

fn member_face(style: &DiagramStyle<'_>, member: &Member) -> FaceId {
    style.look.face(match member.kind.as_str() {
        "key" => Style::Bold,
        "reference" => Style::Italic,
        _ => Style::Regular,
    })
}

fn header_px(style: &DiagramStyle<'_>, node: &NodeBox) -> f32 {
    node.label.len() as f32 * style.line_px + 14.0
}

fn size(style: &DiagramStyle<'_>, node: &NodeBox, members: &Members) -> Result<(f32, f32), TextError> {
    let fonts = Fonts::bundled();
    let mut width = node.width;
    for line in &node.label {
        width = width.max(fonts.width(style.strong(), style.text_px, line)? + 28.0);
    }
    let mut height = header_px(style, node);
    for section in members.sections.iter().filter(|s| !s.is_empty()) {
        height += section.len() as f32 * row_px(style) + 10.0;
        for member in section {
            let name = fonts.width(member_face(style, member), style.text_px, &member.name.0)?;
            let of = fonts.width(style.plain(), style.small_px(), &member.of.0)?;
            width = width.max(name + of + 24.0 + 22.0);
        }
    }
    Ok(((width / 2.0).ceil() * 2.0, (height / 2.0).ceil() * 2.0))
}

fn paint(
    scene: &mut Scene,
    style: &DiagramStyle<'_>,
    node: &NodeBox,
    members: &Members,
) -> Result<(), TextError> {
    let look = style.look;
    let rect = node.rect();
    let body = if look.dark { look.ground.mix(Color::WHITE, 0.05) } else { Color::WHITE };
    let line = node.coat.line.unwrap_or(look.line);
    let head_fill = match style.nodes {
        NodeLook::Solid => look.accent,
        NodeLook::Tint => node.coat.fill,
        NodeLook::Outline => body,
    };
    let ink =
        if style.nodes == NodeLook::Solid { head_fill.ink() } else { look.ink.readable_on(head_fill, 4.6) };
    let element = scene.mark(Role::Node, node.name.clone(), [node.data]);
    let header = header_px(style, node);
    let corner = style.corner.min(5.0);
    scene.round_rect(element, rect, corner, body);
    if head_fill != body {
        let band = Rect::new(rect.left, rect.top, rect.right, rect.top + header);
        scene.round_rect(element, band, corner, head_fill);
        scene.rect(element, Rect::new(band.left, band.bottom - corner, band.right, band.bottom), head_fill);
    }
    scene.frame(element, rect.grown(-0.5), corner, Stroke::new(line, 1.2));
    scene.element_mut(element).color = Some(head_fill);
    let mut y = rect.top + 7.0;
    for text in &node.label {
        let spec = TextSpec::new(text, style.strong(), style.text_px, ink, Role::NodeLabel)
            .at(rect.center().x, y + style.line_px / 2.0, Align::Middle, VAlign::Middle)
            .showing([node.data]);
        scene.text(spec)?;
        y += style.line_px;
    }
    let mut y = rect.top + header;
    let ink = look.ink.readable_on(body, 4.6);
    let soft = look.soft_ink.readable_on(body, 4.6);
    for section in members.sections.iter().filter(|s| !s.is_empty()) {
        let rule = scene.mark(Role::Rule, "", []);
        scene.rect(rule, Rect::new(rect.left + 1.0, y.round(), rect.right - 1.0, y.round() + 1.0), line);
        y += 5.0;
        for member in section {
            let middle = y + row_px(style) / 2.0;
            let face = member_face(style, member);
            let spec = TextSpec::new(&member.name.0, face, style.text_px, ink, Role::FieldName)
                .at(rect.left + 11.0, middle, Align::Start, VAlign::Middle)
                .showing([member.name.1]);
            let name = scene.text(spec)?;
            if member.kind == "key" {
                let bounds = scene.element(name).bounds;
                let base = (middle + style.text_px * 0.55).round();
                let rule = scene.mark(Role::Rule, "", []);
                scene.line(
                    rule,
                    Point::new(bounds.left, base),
                    Point::new(bounds.right, base),
                    Stroke::new(ink, 1.0),
                );
            }
            let spec = TextSpec::new(&member.of.0, style.plain(), style.small_px(), soft, Role::FieldValue)
                .at(rect.right - 11.0, middle, Align::End, VAlign::Middle)
                .showing([member.of.1]);
            scene.text(spec)?;
            y += row_px(style);
        }
        y += 5.0;
    }
    Ok(())
}
