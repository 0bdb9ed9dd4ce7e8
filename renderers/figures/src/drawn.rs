//! What a figure gives back, and why one cannot be drawn.

use pixmo_render::{Data, Datum, Scene, TextError};

/// A drawn figure: its scene, and how finely a reader can tell its values apart where they are not printed.
#[derive(Debug)]
pub struct Drawn {
    /// What is drawn where.
    pub scene: Scene,
    /// One entry for each column of numbers that is drawn to scale.
    pub resolutions: Vec<Resolution>,
}

/// The smallest difference of two values of a column that a reader can see without printed values.
///
/// On a scale it is two pixels or a quarter of the distance between grid lines, whichever is larger; for angles, areas
/// and colours the drawing says what can be told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolution {
    /// Index of the table.
    pub table: u16,
    /// Index of the column.
    pub column: u16,
    /// The difference, in units of the column. For scales that are not linear, see `ratio`.
    pub difference: f64,
    /// The smallest ratio (above 1) of two values that can be seen; 1 on linear scales. Used instead of the difference
    /// on logarithmic scales and for areas.
    pub ratio: f64,
    /// There is a scale against which a number can be held; without one, values can only be compared with each other.
    pub scale: bool,
    /// The smallest difference of two values of one row, where rows are drawn as shares and only values of the same row
    /// can be compared.
    pub in_row: Option<f64>,
}

/// Why a figure cannot be drawn from its data.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// A text has a character that the chosen font lacks.
    #[error("cannot set a text")]
    Text(#[from] TextError),
    /// The data has another form than this kind of figure needs.
    #[error("`{kind}` needs {needed}, found {found}")]
    Data {
        /// The kind of figure.
        kind: &'static str,
        /// What it needs.
        needed: String,
        /// What was given.
        found: String,
    },
    /// The figure does not fit into the size asked for without clipping or overlap.
    #[error("`{kind}` does not fit into {width} x {height} pixels: {what}")]
    NoRoom {
        /// The kind of figure.
        kind: &'static str,
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
        /// What has no room.
        what: &'static str,
    },
}

/// Largest number that is drawn. Behind it, sums and products of a picture's numbers leave what decimals can hold, and the
/// steps of an axis what a float can tell apart.
const NUMBER_MAX: f64 = 1e15;

/// Refuses data that no figure is drawn from: rows of another length than the header, more rows than cells have
/// addresses, numbers out of bounds.
pub(crate) fn admit(kind: &'static str, data: &Data) -> Result<(), FigureError> {
    let differs = |needed: String, found: String| Err(FigureError::Data { kind, needed, found });
    for table in &data.tables {
        if table.rows.len() >= usize::from(Datum::HEADER) {
            return differs(format!("fewer than {} rows", Datum::HEADER), table.rows.len().to_string());
        }
        let width = table.columns.len();
        for (row, cells) in table.rows.iter().enumerate() {
            if cells.len() != width {
                return differs(
                    format!("{width} cells in each row"),
                    format!("{} in row {row}", cells.len()),
                );
            }
            let large = |n: &f64| n.abs() > NUMBER_MAX;
            if let Some((column, number)) =
                cells.iter().enumerate().find_map(|(c, cell)| Some((c, cell.as_f64().filter(large)?)))
            {
                let name = &table.columns[column].name;
                return differs(
                    format!("numbers of at most {NUMBER_MAX:e}"),
                    format!("{number:e} in row {row} of `{name}`"),
                );
            }
        }
    }
    Ok(())
}
