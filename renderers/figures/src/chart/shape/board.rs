//! The check of data of a dashboard: cards, and a table for each panel.

use pixmo_render::{ColumnKind, Data};

use super::{Count, Differs, Shape};
use crate::chart::ChartKind;

/// Cards and panels; see [`super::Shape::Board`].
pub(super) fn board(data: &Data, panels: Count, cards: Count) -> Differs {
    let table = &data.tables[0];
    if !cards.holds(table.rows.len()) || !(2..=3).contains(&table.columns.len()) {
        return Some((format!("{cards} cards of 2 or 3 texts"), table.rows.len().to_string()));
    }
    if let Some(column) = table.columns.iter().find(|c| c.kind != ColumnKind::Text) {
        return Some((format!("text in `{}`", column.name), format!("{:?}", column.kind)));
    }
    let digit = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    if let Some(row) = table.rows.iter().find(|row| row[1..].iter().any(|cell| !digit(&cell.shown))) {
        return Some(("a figure on each card".into(), format!("`{}`", row[1].shown)));
    }
    let Some(list) = data.tables.get(1).filter(|list| list.columns.len() == 2) else {
        return Some(("a table of panels".into(), "none".into()));
    };
    if !panels.holds(list.rows.len()) || data.tables.len() < 2 + list.rows.len() {
        return Some((format!("{panels} panels with a table each"), list.rows.len().to_string()));
    }
    for (row, own) in list.rows.iter().zip(&data.tables[2..]) {
        let single = |kind: &ChartKind| !matches!(kind.shape(), Shape::Board { .. });
        let Some(kind) = ChartKind::from_slug(&row[1].shown).filter(single) else {
            return Some(("the kind of a chart".into(), format!("`{}`", row[1].shown)));
        };
        let alone = Data { tables: vec![own.clone()] };
        if let Some(differs) = kind.shape().differs(&alone) {
            return Some(differs);
        }
    }
    None
}
