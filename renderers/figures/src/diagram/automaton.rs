//! Finite automata: which states are first and accepting, and how that is seen.

use pixmo_render::scene::Stroke;
use pixmo_render::{Datum, Role, Scene};

use super::graph::Source;
use super::node::NodeBox;
use crate::FigureError;

/// The states that say `yes` in this column of `nodes`.
pub(super) fn marked(source: &Source<'_>, name: &str) -> Result<Vec<usize>, FigureError> {
    let sheet = source.need("nodes")?;
    let column = sheet.need(name)?;
    Ok((0..sheet.rows()).filter(|&row| sheet.text(row, column) == "yes").collect())
}

/// The second circle of an accepting state.
pub(super) fn ring(scene: &mut Scene, node: &NodeBox) {
    let Some(element) =
        scene.iter().find_map(|(id, e)| (e.role == Role::Node && e.data == [node.data]).then_some(id))
    else {
        return;
    };
    let color = node.coat.line.unwrap_or(node.coat.ink);
    if let Some(path) = node.outline(0.0, -4.5) {
        scene.stroke(element, path, Stroke::new(color, 1.3));
    }
}

/// Circles and the arrow from nowhere say what the columns `start` and `accepting` say, so the names of the states show
/// these cells.
pub(super) fn show_marks(scene: &mut Scene, source: &Source<'_>) -> Result<(), FigureError> {
    let sheet = source.need("nodes")?;
    let label = sheet.need("label")?;
    let columns = [sheet.need("start")?, sheet.need("accepting")?];
    for row in 0..sheet.rows() {
        let datum = sheet.datum(row, label);
        let own: [Datum; 2] = columns.map(|column| sheet.datum(row, column));
        for element in scene.elements.iter_mut().filter(|e| e.text.is_some() && e.data.contains(&datum)) {
            element.data.extend(own);
        }
    }
    Ok(())
}
