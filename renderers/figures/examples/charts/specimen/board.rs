//! Made-up dashboards.

use pixmo_render::{Cell, Column, Data, Table};

use super::super::figures::chart::{ChartKind, Shape};
use super::Maker;

impl Maker {
    pub(super) fn board(&mut self, panels: (usize, usize), cards: (usize, usize)) -> Data {
        let kinds = [
            ChartKind::Line,
            ChartKind::VerticalBar,
            ChartKind::HorizontalBar,
            ChartKind::Donut,
            ChartKind::MultiLine,
            ChartKind::GroupedBar,
        ];
        let changes = self.rng.chance(0.6);
        let mut columns = vec![Column::text("Indicator"), Column::text("Figure")];
        if changes {
            columns.push(Column::text("Change"));
        }
        let mut board = Table::new("cards", columns);
        let short = ["Industry", "Exports", "Services", "Schools", "Transport"];
        let count = self.count(cards.0, cards.1.min(4));
        for name in self.rng.sample(short.len(), count) {
            let mut cells = vec![Cell::text(short[name]), Cell::text(self.number(self.largest).shown)];
            if changes {
                cells.push(Cell::text(format!("+{}.{}%", self.rng.whole(0, 9), self.rng.whole(0, 9))));
            }
            board.rows.push(cells);
        }
        let mut list = Table::new("panels", vec![Column::text("Panel"), Column::text("Chart")]);
        let mut tables = Vec::new();
        for index in 0..self.count(panels.0, panels.1) {
            let kind = *self.rng.pick(&kinds);
            let Shape::Wide(mut wide) = kind.shape() else { continue };
            wide.rows.max = wide.rows.max.min(7);
            wide.series.max = wide.series.max.min(3);
            wide.missing = false;
            tables.push(self.wide(&wide));
            let name = ["Harvest so far", "By field", "Where it went", "Compared"][index];
            list.rows.push(vec![Cell::text(name), Cell::text(kind.slug())]);
        }
        Data { tables: [vec![board, list], tables].concat() }
    }
}
