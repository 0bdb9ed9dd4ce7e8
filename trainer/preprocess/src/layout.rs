//! Which tokens stand for an image, and where the pooled features of each crop go.

use crate::tiling::Tiling;
use crate::vision::{CropMode, Vision};

/// The index of a cell whose features go nowhere.
pub const DROPPED: i32 = -100;

/// The ids of the tokens that stand for parts of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageTokens {
    /// Begins a block.
    pub start: i32,
    /// Ends a block.
    pub end: i32,
    /// Takes the features of one cell.
    pub patch: i32,
    /// Ends a row.
    pub column: i32,
    /// Stands in a text where an image belongs.
    pub image: i32,
}

impl ImageTokens {
    /// The five ids from `base` on, in the order in which all released models have them.
    pub fn from_base(base: i32) -> ImageTokens {
        ImageTokens { start: base, end: base + 1, patch: base + 2, column: base + 3, image: base + 4 }
    }
}

/// The tokens of an image and the places of its cells among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Ids of tokens: the overview, then the grid.
    pub tokens: Vec<i32>,
    /// For each crop (the overview first) and each of its cells in rows, the index of its token, or [`DROPPED`]:
    /// crops x cells.
    pub cells: Vec<i32>,
}

impl Layout {
    /// The layout of an image that is cut like this.
    pub fn of(tiling: Tiling, vision: &Vision, ids: ImageTokens) -> Layout {
        let side = vision.tokens_per_side();
        let mut layout = Layout { tokens: Vec::new(), cells: Vec::new() };
        let overview = layout.block(side, side, vision.column_tokens, ids);
        for row in 0..side {
            layout.cells.extend((0..side).map(|column| overview.token(row, column)));
        }
        if vision.mode == CropMode::Overview {
            return layout;
        }
        let down = spans(tiling.rows, vision);
        let across = spans(tiling.columns, vision);
        let total = |spans: &[Span]| spans.iter().map(|span| span.cells).sum();
        let grid = layout.block(total(&down), total(&across), vision.column_tokens, ids);
        for rows in &down {
            for columns in &across {
                for row in 0..side {
                    for column in 0..side {
                        layout.cells.push(match (rows.place(row), columns.place(column)) {
                            (Some(row), Some(column)) => grid.token(row, column),
                            _ => DROPPED,
                        });
                    }
                }
            }
        }
        layout
    }

    /// Appends a block of rows of patch tokens.
    fn block(&mut self, rows: usize, columns: usize, column_tokens: bool, ids: ImageTokens) -> Block {
        self.tokens.push(ids.start);
        let block = Block { begin: self.tokens.len(), stride: columns + usize::from(column_tokens) };
        for _ in 0..rows {
            self.tokens.extend(std::iter::repeat_n(ids.patch, columns));
            if column_tokens {
                self.tokens.push(ids.column);
            }
        }
        self.tokens.push(ids.end);
        block
    }
}

/// Where a block of rows lies among the tokens.
struct Block {
    begin: usize,
    stride: usize,
}

impl Block {
    fn token(&self, row: usize, column: usize) -> i32 {
        i32::try_from(self.begin + row * self.stride + column).unwrap_or(i32::MAX)
    }
}

/// What one crop gives to the grid along an axis.
struct Span {
    /// Its first cell that is used.
    from: usize,
    /// How many are.
    cells: usize,
    /// Where the first of them lies in the grid.
    start: usize,
}

impl Span {
    fn place(&self, cell: usize) -> Option<usize> {
        (self.from..self.from + self.cells).contains(&cell).then(|| self.start + cell - self.from)
    }
}

/// The spans of the crops along an axis. Outer crops also give their outer margin; each crop's patches are pooled by
/// themselves, so that an odd window gives half a cell to both sides of a seam.
fn spans(tiles: usize, vision: &Vision) -> Vec<Span> {
    let mut start = 0;
    (0..tiles)
        .map(|tile| {
            let before = if tile == 0 { vision.margins.0 } else { 0 };
            let after = if tile + 1 == tiles { vision.margins.1 } else { 0 };
            let cells = (vision.window_patches() + before + after).div_ceil(vision.pool);
            let from = if tile == 0 { 0 } else { vision.margins.0 / vision.pool };
            let span = Span { from, cells, start };
            start += cells;
            span
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_patch_token_gets_exactly_one_cell() {
        for vision in [Vision::clip(12), Vision::siglip(12), Vision { margins: (2, 2), ..Vision::clip(12) }] {
            for (rows, columns) in [(1, 1), (1, 2), (2, 3), (12, 1), (3, 4)] {
                let ids = ImageTokens::from_base(100);
                let layout = Layout::of(Tiling { rows, columns }, &vision, ids);
                let mut given: Vec<i32> = layout.cells.iter().copied().filter(|cell| *cell >= 0).collect();
                given.sort_unstable();
                let wanted: Vec<i32> =
                    (0..).zip(&layout.tokens).filter(|(_, id)| **id == ids.patch).map(|(at, _)| at).collect();
                assert_eq!(given, wanted, "{rows} x {columns}");
            }
        }
    }

    #[test]
    fn counts_are_those_of_the_formula() {
        let tokens = |rows, columns| {
            Layout::of(Tiling { rows, columns }, &Vision::clip(36), ImageTokens::from_base(0)).tokens.len()
        };
        assert_eq!((tokens(1, 1), tokens(12, 1), tokens(1, 12), tokens(36, 1)), (316, 1460, 1372, 3956));
    }
}
