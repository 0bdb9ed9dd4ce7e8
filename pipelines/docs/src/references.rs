//! Cells that name a node of a diagram: the ends of an edge, the class of a member, the category of a cause. They are
//! printed where the label of the node is, and this is where that is written down.

use pixmo_render::{Data, Datum, Scene};

/// Columns whose cells name something with a label of its own: table and column.
const REFERENCES: &[(&str, &str)] = &[
    ("edges", "from"),
    ("edges", "to"),
    ("messages", "from"),
    ("messages", "to"),
    ("members", "node"),
    ("membership", "member"),
    ("membership", "set"),
    ("couples", "one"),
    ("couples", "other"),
    ("nodes", "group"),
];

/// Tables whose rows are drawn by where other things stand, not by marks of their own.
const BY_PLACE: &[&str] = &["membership", "nodes"];

/// Lets the texts that print a label show also the cells that refer to this label.
///
/// A reference is linked only when its own row is drawn, or when the row is told by place alone (who is in which
/// circle, which cause hangs on which bone).
pub fn link(data: &Data, scene: &mut Scene) {
    let mut wanted: Vec<(Datum, &str)> = Vec::new();
    for (index, table) in data.tables.iter().enumerate() {
        let columns = REFERENCES.iter().filter(|r| r.0 == table.name).filter_map(|r| table.column(r.1));
        for column in columns {
            for (row, cells) in table.rows.iter().enumerate() {
                let text = cells[column].shown.as_str();
                let drawn = BY_PLACE.contains(&table.name.as_str())
                    || scene.elements.iter().any(|e| {
                        let here = |d: &Datum| usize::from(d.table) == index && usize::from(d.row) == row;
                        e.data.iter().any(here)
                    });
                if !text.is_empty() && drawn {
                    wanted.push((Datum::at(index, row, column), text));
                }
            }
        }
    }
    let labels: Vec<(Datum, &str)> = data
        .tables
        .iter()
        .enumerate()
        .filter(|(_, table)| matches!(table.name.as_str(), "nodes" | "actors" | "sets" | "members"))
        .filter_map(|(index, table)| Some((index, table, table.column("label")?)))
        .flat_map(|(index, table, column)| {
            let rows = table.texts(column).into_iter().enumerate();
            rows.map(move |(row, text)| (Datum::at(index, row, column), text))
        })
        .collect();
    for (datum, text) in labels {
        let own: Vec<Datum> = wanted.iter().filter(|w| w.1 == text).map(|w| w.0).collect();
        for element in scene.elements.iter_mut().filter(|e| e.text.is_some() && e.data.contains(&datum)) {
            let new: Vec<Datum> = own.iter().filter(|d| !element.data.contains(d)).copied().collect();
            element.data.extend(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use pixmo_render::{Seed, Table};
    use pixmo_render_figures::diagram::{self, DiagramKind, DiagramSpec, Direction};
    use pixmo_render_figures::look::Look;

    use super::*;
    use crate::banks::Banks;
    use crate::diagram_content;
    use crate::visibility::Visible;

    fn linked(kind: DiagramKind, number: u64) -> Option<(Data, Scene)> {
        let seed = Seed::from_number(number);
        let content = diagram_content::draw(kind, Banks::bundled(), &mut seed.rng("content"))?;
        let look = Look::draw(&mut seed.rng("look"));
        let spec = DiagramSpec {
            kind,
            data: &content.data,
            title: "",
            look: &look,
            direction: Direction::Down,
            seed,
        };
        let mut scene = diagram::draw(&spec).ok()?.scene;
        link(&content.data, &mut scene);
        Some((content.data, scene))
    }

    #[test]
    fn both_ends_of_every_edge_are_printed_and_print_what_they_say() {
        for number in 0..12 {
            let Some((data, scene)) = linked(DiagramKind::Flowchart, number) else { continue };
            let visible = Visible::in_scene(&scene, &[]);
            let edges: &Table = &data.tables[1];
            for (row, cells) in edges.rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate().take(2) {
                    let texts: Vec<String> =
                        visible.texts_of(Datum::at(1, row, column)).map(|(_, e)| e.label.clone()).collect();
                    assert!(!texts.is_empty(), "{}", cell.shown);
                    let whole = texts.join(" ");
                    assert!(
                        cell.shown.split(' ').all(|word| whole.contains(word)),
                        "{} in {whole}",
                        cell.shown
                    );
                }
            }
        }
    }

    #[test]
    fn causes_are_linked_to_their_category() {
        let (data, scene) =
            (0..9).find_map(|n| linked(DiagramKind::Fishbone, n)).expect("one of nine is drawn");
        let visible = Visible::in_scene(&scene, &[]);
        for (row, cells) in data.tables[0].rows.iter().enumerate().filter(|(_, c)| !c[2].shown.is_empty()) {
            assert!(visible.is_printed(Datum::at(0, row, 2)), "{}", cells[0].shown);
        }
    }
}
