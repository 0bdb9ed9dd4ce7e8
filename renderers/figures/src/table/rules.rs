//! Fills and rules of a table, painted before its texts.

use pixmo_render::scene::Stroke;
use pixmo_render::{Color, Path, PathBuilder, Rect, Role, Scene};

use super::TableLayout;
use super::line_kind::LineKind;
use super::paint::Painter;
use super::sheet::HeaderCell;
use super::style::HeaderStyle;

impl Painter<'_> {
    pub(super) fn fills(&mut self) {
        let element = self.scene.mark(Role::Ornament, "", []);
        let whole = Rect::new(self.left, self.top, self.right(), self.bottom());
        let corner = self.style.corner;
        if let Some(fill) = self.style.body_fill {
            self.scene.round_rect(element, whole, corner, fill);
        }
        let head = self.y(0);
        if let Some(fill) = self.style.header_fill.filter(|_| self.sheet.header_rows > 0) {
            let rect = Rect::new(whole.left, whole.top, whole.right, head);
            self.band(element, rect, corner, 0.0, fill);
        }
        for line in 0..self.sheet.lines.len() {
            if let Some(fill) = self.line_fill(line) {
                let rect = Rect::new(whole.left, self.y(line), whole.right, self.y(line + 1));
                let first = if line == 0 && self.sheet.header_rows == 0 { corner } else { 0.0 };
                let last = if line + 1 == self.sheet.lines.len() { corner } else { 0.0 };
                self.band(element, rect, first, last, fill);
            }
        }
        if self.style.zebra.is_some() {
            self.whole_cells(element);
        }
        if self.layout == TableLayout::LeagueStandings {
            self.zones();
        }
    }

    /// Grounds of cells over several lines: stripes behind them would cut through their texts.
    fn whole_cells(&mut self, element: pixmo_render::ElementId) {
        let sheet = self.sheet;
        for (index, line) in sheet.lines.iter().enumerate() {
            for cell in line.cells.iter().filter(|cell| cell.span.1 > 1) {
                let rect = self.cell_rect(index, cell);
                let ends = index + cell.span.1 == sheet.lines.len();
                let corner = if ends { self.style.corner } else { 0.0 };
                let ground = self.body_ground();
                self.band(element, rect, 0.0, corner, ground);
            }
        }
    }

    /// Coloured strips at the first and the last places of a league.
    fn zones(&mut self) {
        let count = self.sheet.lines.len();
        if count < 6 {
            return;
        }
        let zone = (count / 5).max(1);
        for (lines, color) in [(0..zone, self.look.color(0)), (count - zone..count, self.look.color(1))] {
            let element = self.scene.mark(Role::Ornament, "", []);
            let rect = Rect::new(self.left, self.y(lines.start), self.left + 4.0, self.y(lines.end));
            self.scene.rect(element, rect, color);
        }
    }

    fn band(&mut self, element: pixmo_render::ElementId, rect: Rect, above: f32, below: f32, fill: Color) {
        match band_path(&rect, above, below) {
            Some(path) => self.scene.fill(element, path, fill),
            None => self.scene.rect(element, rect, fill),
        }
    }

    pub(super) fn rules(&mut self) {
        let element = self.scene.mark(Role::Rule, "", []);
        let style = self.style;
        let (left, right, top, bottom) = (self.left, self.right(), self.top, self.bottom());
        let across = |scene: &mut Scene, y: f32, width: f32, color: Color| {
            let y = y.round() - (width / 2.0).floor();
            scene.rect(element, Rect::new(left, y, right, y + width), color);
        };
        let lines = &self.sheet.lines;
        for index in 1..lines.len() {
            let y = self.y(index);
            let (above, below) = (&lines[index - 1], &lines[index]);
            let sum = matches!(below.kind, LineKind::Total | LineKind::Subtotal);
            if sum && above.kind == LineKind::Item {
                let color = if below.kind == LineKind::Total { style.strong_rule } else { style.rule };
                self.rule_above_sum(element, y, color, below.kind);
            } else if below.kind == LineKind::Total {
                across(self.scene, y, 1.0, style.strong_rule);
            } else if style.row_rules {
                self.row_rule(element, index);
            } else if self.begins_group(index) {
                across(self.scene, y, 1.0, style.rule);
            }
        }
        if style.column_rules {
            let body = self.y(0);
            for column in 1..self.sheet.columns.len() {
                let x = self.x(column).round();
                for (from, to) in self.upright(column) {
                    let color = if to <= body + 0.5 { self.header_line() } else { style.rule };
                    self.scene.rect(element, Rect::new(x, from, x + 1.0, to), color);
                }
            }
        }
        if self.sheet.header_rows == 2 {
            self.group_rules(element);
        }
        if self.sheet.header_rows > 0 && style.header_rule > 0.0 {
            let color = if style.outer_rule > 0.0 || style.header_rule > 1.0 {
                style.strong_rule
            } else {
                style.rule
            };
            across(self.scene, self.y(0), style.header_rule, color);
        }
        if style.frame {
            let rect = Rect::new(left + 0.5, top + 0.5, right - 0.5, bottom - 0.5);
            let color = if self.layout == TableLayout::Boxed {
                style.rule
            } else {
                style.rule.mix(self.look.ink, 0.2)
            };
            self.scene.frame(element, rect, style.corner, Stroke::new(color, 1.0));
        } else if style.outer_rule > 0.0 && style.corner == 0.0 {
            if style.header != HeaderStyle::Accent || self.sheet.header_rows == 0 {
                across(self.scene, top, style.outer_rule, style.strong_rule);
            }
            across(self.scene, bottom, style.outer_rule, style.strong_rule);
        }
        if self.layout == TableLayout::FinancialStatement
            && lines.last().is_some_and(|l| l.kind == LineKind::Total)
            && style.outer_rule == 0.0
        {
            // Accountants close an account with a double line.
            self.rule_above_sum(element, bottom - 3.0, style.strong_rule, LineKind::Subtotal);
            self.rule_above_sum(element, bottom, style.strong_rule, LineKind::Subtotal);
        }
    }

    /// A rule above a sum: only over the numbers in accounts, else across the table.
    fn rule_above_sum(&mut self, element: pixmo_render::ElementId, y: f32, color: Color, kind: LineKind) {
        let numbers_only = self.layout == TableLayout::FinancialStatement && kind != LineKind::Total;
        let y = y.round();
        if numbers_only {
            for column in 1..self.sheet.columns.len() {
                let (from, to) =
                    (self.x(column) + self.style.pad_x * 0.5, self.x(column + 1) - self.style.pad_x * 0.5);
                self.scene.rect(element, Rect::new(from.round(), y, to.round(), y + 1.0), color);
            }
        } else {
            self.scene.rect(element, Rect::new(self.left, y, self.right(), y + 1.0), color);
        }
    }

    /// True for lines with which a new merged cell begins, or which follow one, in the first column.
    fn begins_group(&self, index: usize) -> bool {
        let lines = &self.sheet.lines;
        let merges = lines.iter().any(|l| l.cells.first().is_some_and(|c| c.column == 0 && c.span.1 > 1));
        merges && lines[index].cells.first().is_some_and(|c| c.column == 0)
    }

    /// A rule between two lines that leaves cells over several lines whole.
    fn row_rule(&mut self, element: pixmo_render::ElementId, index: usize) {
        let whole = |column: usize| {
            let above = self.sheet.lines[..index].iter().enumerate();
            let mut cells = above.flat_map(|(i, l)| l.cells.iter().map(move |c| (i, c)));
            cells.any(|(i, c)| c.column == column && i + c.span.1 > index && c.span.1 > 1)
        };
        let first = (0..self.sheet.columns.len()).find(|&c| !whole(c)).unwrap_or(0);
        let y = self.y(index).round();
        let rect = Rect::new(self.x(first), y, self.right(), y + 1.0);
        self.scene.rect(element, rect, self.style.rule);
    }

    /// The pieces of the upright rule left of a column: none where a cell covers both sides.
    fn upright(&self, column: usize) -> Vec<(f32, f32)> {
        let mut pieces: Vec<(f32, f32)> = Vec::new();
        let mut add = |from: f32, to: f32| match pieces.last_mut() {
            Some(last) if (last.1 - from).abs() < 0.5 => last.1 = to,
            _ => pieces.push((from, to)),
        };
        for row in 0..self.sheet.header_rows {
            let covers = |c: &HeaderCell| {
                c.rows.0 <= row && row <= c.rows.1 && c.columns.0 < column && column <= c.columns.1
            };
            if !self.sheet.header.iter().any(covers) {
                add(self.top + self.sizes.y[row], self.top + self.sizes.y[row + 1]);
            }
        }
        let mut body: Vec<(f32, f32)> = Vec::new();
        for (index, line) in self.sheet.lines.iter().enumerate() {
            if line.cells.iter().any(|c| c.span.0 > 1) {
                continue;
            }
            let (from, to) = (self.y(index), self.y(index + 1));
            match body.last_mut() {
                Some(last) if (last.1 - from).abs() < 0.5 => last.1 = to,
                _ => body.push((from, to)),
            }
        }
        pieces.extend(body);
        pieces
    }

    fn header_line(&self) -> Color {
        match self.style.header_fill {
            Some(fill) => fill.mix(self.style.header_ink, 0.25),
            None => self.style.rule,
        }
    }

    fn group_rules(&mut self, element: pixmo_render::ElementId) {
        let color = match self.style.header_fill {
            Some(fill) => fill.mix(self.style.header_ink, 0.45),
            None => self.style.strong_rule.mix(self.look.ground, 0.3),
        };
        let y = (self.top + self.sizes.y[1]).round();
        let inset = if self.style.column_rules { 0.0 } else { (self.style.pad_x * 0.6).round() };
        for cell in self.sheet.header.iter().filter(|c| c.rows == (0, 0)) {
            let (from, to) = (self.x(cell.columns.0) + inset, self.x(cell.columns.1 + 1) - inset);
            self.scene.rect(element, Rect::new(from, y, to, y + 1.0), color);
        }
    }
}

/// A rectangle whose upper and lower corners have their own radius; `None` when none is round.
fn band_path(rect: &Rect, above: f32, below: f32) -> Option<Path> {
    if above <= 0.0 && below <= 0.0 {
        return None;
    }
    // Control points of a quarter circle by a cubic lie 0.5523 of the radius away.
    let (a, b) = (above * (1.0 - 0.552_284_8), below * (1.0 - 0.552_284_8));
    let Rect { left: l, top: t, right: r, bottom: e } = *rect;
    let mut path = PathBuilder::new();
    path.move_to(l + above, t);
    path.line_to(r - above, t);
    path.cubic_to(r - a, t, r, t + a, r, t + above);
    path.line_to(r, e - below);
    path.cubic_to(r, e - b, r - b, e, r - below, e);
    path.line_to(l + below, e);
    path.cubic_to(l + b, e, l, e - b, l, e - below);
    path.line_to(l, t + above);
    path.cubic_to(l, t + a, l + a, t, l + above, t);
    path.close();
    path.finish()
}
