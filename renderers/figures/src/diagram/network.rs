//! Network diagrams: distances between nodes follow their distances in the graph (stress majorisation after Gansner,
//! Koren and North, 2004), then boxes are pushed apart and off the links that are not theirs.

use pixmo_render::{Point, Rect, Rng};

use super::DiagramSpec;
use super::board::Board;
use super::edge::{self, EdgeLine, EdgeText, between, inside_part};
use super::graph::{Graph, Source};
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{DiagramStyle, Head};
use crate::{Drawn, FigureError};

/// First layouts that are tried.
const STARTS: usize = 8;

/// Draws a network.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let graph = source.graph()?;
    let mut boxes = Vec::new();
    let mut kinds: Vec<&str> = Vec::new();
    for node in &graph.nodes {
        let shape = match node.kind.as_str() {
            "router" => Shape::Hexagon,
            "switch" => Shape::Slanted,
            "database" => Shape::Drum,
            "client" => Shape::Pill,
            "cloud" => Shape::Ellipse,
            _ => Shape::Box,
        };
        let number = kinds.iter().position(|k| *k == node.kind).unwrap_or_else(|| {
            kinds.push(&node.kind);
            kinds.len() - 1
        });
        let coat = style.coat(style.color(number));
        let label = (node.label.as_str(), node.data);
        boxes.push(NodeBox::measure(style, shape, label, node.detail.as_ref(), style.text_px * 9.0, coat)?);
    }
    let labels = graph
        .edges
        .iter()
        .map(|e| {
            e.label.as_ref().map(|label| EdgeText::measure(style, label, style.text_px * 8.0)).transpose()
        })
        .collect::<Result<Vec<_>, _>>()?;
    let hops = hops(&source, &graph)?;
    let mut rng = spec.seed.rng("network");
    let mut best: Option<(usize, Vec<Point>, Vec<Option<Point>>)> = None;
    for _ in 0..STARTS {
        let mut places = stress(&graph, &boxes, &hops, style, labels.iter().any(Option::is_some), &mut rng);
        if !push_apart(&graph, &boxes, &mut places) {
            continue;
        }
        let Some(labels_at) = place_labels(&graph, &boxes, &places, &labels) else { continue };
        let crossings = crossings(&graph, &places);
        if best.as_ref().is_none_or(|b| crossings < b.0) {
            best = Some((crossings, places, labels_at));
        }
        if crossings == 0 {
            break;
        }
    }
    let Some((_, places, labels_at)) = best else {
        return Err(FigureError::NoRoom {
            kind: spec.kind.slug(),
            width: 1500,
            height: 1500,
            what: "links that keep off other nodes",
        });
    };
    for (node, place) in boxes.iter_mut().zip(&places) {
        node.center = *place;
    }
    let mut all = boxes.iter().fold(Rect::EMPTY, |all, b| all.union(&b.rect()));
    for (label, at) in labels.iter().zip(&labels_at) {
        if let (Some(label), Some(at)) = (label, at) {
            all = all.union(&label.rect(*at));
        }
    }
    let mut board = Board::open(spec, all.width().ceil(), all.height().ceil())?;
    let shift = board.at(Point::new(-all.left, -all.top));
    for node in &mut boxes {
        node.center = Point::new((node.center.x + shift.x).round(), (node.center.y + shift.y).round());
    }
    let ground = style.look.ground;
    let mut texts = Vec::new();
    for (index, edge) in graph.edges.iter().enumerate() {
        let (from, to) = (&boxes[edge.from], &boxes[edge.to]);
        let path = [from.border(to.center, from.center), to.border(from.center, to.center)];
        let label = labels[index].as_ref().zip(labels_at[index]);
        let label = label.map(|(text, at)| (text, Point::new(at.x + shift.x, at.y + shift.y)));
        let line = EdgeLine {
            path: &path,
            data: &edge.data,
            name: format!("{} – {}", graph.nodes[edge.from].label, graph.nodes[edge.to].label),
            head: Head::None,
            tail: Head::None,
            dashed: false,
            color: style.edge,
            width: style.stroke + 0.2,
            bend: 0.0,
            gap: label.map(|(text, at)| text.gap(at)),
        };
        edge::paint(&mut board.scene, ground, &line);
        texts.extend(label);
    }
    for node in &boxes {
        node.paint(&mut board.scene, style)?;
    }
    for (text, at) in texts {
        text.paint(&mut board.scene, style, ground, at)?;
    }
    board.finish(Vec::new())
}

/// Links between all pairs of nodes (Floyd and Warshall).
fn hops(source: &Source<'_>, graph: &Graph) -> Result<Vec<Vec<f32>>, FigureError> {
    let count = graph.nodes.len();
    let mut hops = vec![vec![f32::INFINITY; count]; count];
    for (node, row) in hops.iter_mut().enumerate() {
        row[node] = 0.0;
    }
    for edge in &graph.edges {
        if edge.from == edge.to {
            return Err(source.wrong(format!("a link from `{}` to itself", graph.nodes[edge.from].label)));
        }
        hops[edge.from][edge.to] = 1.0;
        hops[edge.to][edge.from] = 1.0;
    }
    for via in 0..count {
        for a in 0..count {
            for b in 0..count {
                hops[a][b] = hops[a][b].min(hops[a][via] + hops[via][b]);
            }
        }
    }
    match hops[0].iter().position(|h| h.is_infinite()) {
        Some(node) => Err(source.wrong(format!("no way to `{}`", graph.nodes[node].label))),
        None => Ok(hops),
    }
}

/// Places whose distances are as near to those in the graph as they can be.
fn stress(
    graph: &Graph,
    boxes: &[NodeBox],
    hops: &[Vec<f32>],
    style: &DiagramStyle<'_>,
    labelled: bool,
    rng: &mut Rng,
) -> Vec<Point> {
    let count = boxes.len();
    let size = boxes.iter().map(|b| (b.width + b.height) / 2.0).sum::<f32>() / count as f32;
    let step = size + style.gap(if labelled { 78.0 } else { 52.0 });
    let degree = |node: usize| graph.edges.iter().filter(|e| e.from == node || e.to == node).count() as f32;
    let degrees: Vec<f32> = (0..count).map(degree).collect();
    // Busy nodes need more room around them.
    let goal = |a: usize, b: usize| {
        let busy =
            if hops[a][b] <= 1.0 { 1.0 + 0.05 * (degrees[a].max(degrees[b]) - 3.0).max(0.0) } else { 1.0 };
        hops[a][b] * step * busy
    };
    let turn = rng.range32(0.0, std::f32::consts::TAU);
    let mut order: Vec<usize> = (0..count).collect();
    rng.shuffle(&mut order);
    let mut places = vec![Point::default(); count];
    for (index, &node) in order.iter().enumerate() {
        let angle = turn + std::f32::consts::TAU * index as f32 / count as f32;
        places[node] = Point::new(step * 2.0 * libm::cosf(angle), step * 2.0 * libm::sinf(angle));
    }
    for _ in 0..70 {
        for node in 0..count {
            let (mut x, mut y, mut weights) = (0.0f32, 0.0f32, 0.0f32);
            for other in (0..count).filter(|&o| o != node) {
                let wanted = goal(node, other);
                let weight = 1.0 / (wanted * wanted);
                let (dx, dy) = (places[node].x - places[other].x, places[node].y - places[other].y);
                let ratio = wanted / libm::hypotf(dx, dy).max(1.0);
                x += weight * (places[other].x + dx * ratio);
                y += weight * (places[other].y + dy * ratio);
                weights += weight;
            }
            places[node] = Point::new(x / weights, y / weights);
        }
    }
    // Boxes are wider than high, and so are pictures.
    places.iter_mut().for_each(|p| *p = Point::new(p.x * 1.28, p.y * 0.92));
    places
}

fn at(node: &NodeBox, place: Point) -> Rect {
    Rect::sized(place.x - node.width / 2.0, place.y - node.height / 2.0, node.width, node.height)
}

/// Moves boxes until none lies over another or over a foreign link; false when that does not settle.
fn push_apart(graph: &Graph, boxes: &[NodeBox], places: &mut [Point]) -> bool {
    for _ in 0..160 {
        let mut moved = false;
        for a in 0..boxes.len() {
            for b in 0..a {
                let (ra, rb) = (at(&boxes[a], places[a]).grown(13.0), at(&boxes[b], places[b]).grown(13.0));
                let both = ra.intersection(&rb);
                if both.is_empty() {
                    continue;
                }
                moved = true;
                if both.width() < both.height() {
                    let push = (both.width() / 2.0 + 1.0).copysign(places[a].x - places[b].x);
                    places[a].x += push;
                    places[b].x -= push;
                } else {
                    let push = (both.height() / 2.0 + 1.0).copysign(places[a].y - places[b].y);
                    places[a].y += push;
                    places[b].y -= push;
                }
            }
        }
        for edge in &graph.edges {
            for node in (0..boxes.len()).filter(|&n| n != edge.from && n != edge.to) {
                let (a, b) = (places[edge.from], places[edge.to]);
                let rect = at(&boxes[node], places[node]).grown(10.0);
                if inside_part(&rect, a, b).is_none() {
                    continue;
                }
                moved = true;
                let length = edge::distance(a, b).max(1.0);
                let (nx, ny) = ((a.y - b.y) / length, (b.x - a.x) / length);
                let side = (places[node].x - a.x) * nx + (places[node].y - a.y) * ny;
                let push = 9.0f32.copysign(side);
                places[node].x += nx * push;
                places[node].y += ny * push;
                for end in [edge.from, edge.to] {
                    places[end].x -= nx * push * 0.3;
                    places[end].y -= ny * push * 0.3;
                }
            }
        }
        if !moved {
            return true;
        }
    }
    false
}

/// The middle of each label: on its link, clear of boxes, other labels and other links.
fn place_labels(
    graph: &Graph,
    boxes: &[NodeBox],
    places: &[Point],
    labels: &[Option<EdgeText>],
) -> Option<Vec<Option<Point>>> {
    let mut taken: Vec<Rect> =
        boxes.iter().zip(places).map(|(node, place)| at(node, *place).grown(4.0)).collect();
    let mut found = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let Some(label) = label else {
            found.push(None);
            continue;
        };
        let edge = &graph.edges[index];
        let (a, b) = (places[edge.from], places[edge.to]);
        let spot = [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7]
            .into_iter()
            .map(|t| between(a, b, t))
            .find(|&p| {
                let gap = label.gap(p).grown(2.0);
                taken.iter().all(|r| !r.overlaps(&gap))
                    && graph.edges.iter().enumerate().all(|(other, e)| {
                        other == index || inside_part(&gap, places[e.from], places[e.to]).is_none()
                    })
            })?;
        taken.push(label.gap(spot).grown(2.0));
        found.push(Some(spot));
    }
    Some(found)
}

fn crossings(graph: &Graph, places: &[Point]) -> usize {
    let cross = |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let mut count = 0;
    for (index, one) in graph.edges.iter().enumerate() {
        for other in &graph.edges[..index] {
            if one.from == other.from || one.from == other.to || one.to == other.from || one.to == other.to {
                continue;
            }
            let (a, b, c, d) = (places[one.from], places[one.to], places[other.from], places[other.to]);
            let apart = cross(a, b, c) * cross(a, b, d) < 0.0 && cross(c, d, a) * cross(c, d, b) < 0.0;
            count += usize::from(apart);
        }
    }
    count
}
