//! How a tensor of a file becomes one of the model, or a part of one.

use crate::encoder::converted;

/// A tensor of a file. Several of them stand below each other in one tensor of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name in the file.
    pub name: String,
    /// What is done with it.
    pub turn: Turn,
}

/// What is done with a tensor of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nothing.
    Keep,
    /// Rows become columns.
    Transpose,
    /// A convolution, `[out, 3, side, side]`, becomes a matrix over patches whose channels are last.
    Patches,
    /// Leading dimensions of 1 are dropped until so many are left.
    Squeeze(usize),
    /// A table of positions, `[.., positions, width]`, of which so many first rows are no grid, is resized to so many rows.
    Positions {
        /// Rows before the grid.
        first: usize,
        /// Rows of the model's table.
        rows: usize,
    },
}

impl Part {
    /// A tensor as it is.
    pub fn keep(name: impl Into<String>) -> Part {
        Part { name: name.into(), turn: Turn::Keep }
    }

    /// A tensor that something is done with.
    pub fn with(name: impl Into<String>, turn: Turn) -> Part {
        Part { name: name.into(), turn }
    }
}

impl Turn {
    /// The shape that comes out of one; none where it cannot be done.
    pub(super) fn shape(self, shape: &[usize]) -> Option<Vec<usize>> {
        match (self, shape) {
            (Turn::Keep, _) => Some(shape.to_vec()),
            (Turn::Transpose, [rows, columns]) => Some(vec![*columns, *rows]),
            (Turn::Patches, [out, channels, height, width]) => Some(vec![*out, channels * height * width]),
            (Turn::Squeeze(left), _) => {
                let drop = shape.len().checked_sub(left)?;
                shape[..drop].iter().all(|size| *size == 1).then(|| shape[drop..].to_vec())
            }
            (Turn::Positions { first, rows }, [.., stored, width]) => {
                let leading = &shape[..shape.len() - 2];
                let grid = stored.checked_sub(first)?;
                let fits = leading.iter().all(|size| *size == 1)
                    && (*stored == rows || (is_square(grid) && rows >= first && is_square(rows - first)));
                fits.then(|| vec![rows, *width])
            }
            _ => None,
        }
    }

    /// The values that come out of those of a shape; the shape was accepted by [`Turn::shape`].
    pub(super) fn apply(self, values: Vec<f32>, shape: &[usize]) -> Vec<f32> {
        match (self, shape) {
            (Turn::Transpose, [rows, columns]) => {
                let mut out = Vec::with_capacity(values.len());
                for column in 0..*columns {
                    out.extend((0..*rows).map(|row| values[row * columns + column]));
                }
                out
            }
            (Turn::Patches, [_, channels, height, width]) => {
                let mut out = Vec::with_capacity(values.len());
                let area = height * width;
                for filter in values.chunks((channels * area).max(1)) {
                    for pixel in 0..area {
                        out.extend((0..*channels).map(|channel| filter[channel * area + pixel]));
                    }
                }
                out
            }
            (Turn::Positions { first, rows }, [.., stored, width]) if *stored != rows => {
                let mut out = values[..first * width].to_vec();
                let (from, to) = ((stored - first).isqrt(), (rows - first).isqrt());
                out.extend(converted(&values[first * width..], from, to, *width));
                out
            }
            _ => values,
        }
    }
}

fn is_square(count: usize) -> bool {
    count > 0 && count.isqrt().pow(2) == count
}
