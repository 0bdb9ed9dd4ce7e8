//! A number over a plane: known at the nodes of a grid, smooth between them, and cut by lines of equal height.

use pixmo_render::{Path, PathBuilder, Point, Table};

/// A number over a plane. Content takes the numbers of places from the same field that the lines are drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The ends of the plane, left and right.
    pub x: (f64, f64),
    /// The ends of the plane, low and high.
    pub y: (f64, f64),
    columns: usize,
    rows: usize,
    /// The nodes, row by row from the low end of y, each from left to right.
    nodes: Vec<f64>,
}

impl Field {
    /// Reads a field from a table: column 0 says y in rising order, the names of the other columns say x, evenly and
    /// with a point as decimal mark; the cells hold the numbers. `None` when the table has another form.
    pub fn read(table: &Table) -> Option<Field> {
        let place = |text: &str| text.parse::<f64>().ok().filter(|v| v.is_finite());
        let xs = table.columns.iter().skip(1).map(|c| place(&c.name)).collect::<Option<Vec<f64>>>()?;
        let ys = table.texts(0).into_iter().map(place).collect::<Option<Vec<f64>>>()?;
        let even = |list: &[f64]| {
            let step = (list[list.len() - 1] - list[0]) / (list.len() - 1) as f64;
            step > 0.0 && list.windows(2).all(|w| (w[1] - w[0] - step).abs() < 1e-6 * step)
        };
        if xs.len() < 4 || ys.len() < 4 || !even(&xs) || !even(&ys) {
            return None;
        }
        let numbers = table.rows.iter().flat_map(|row| row.iter().skip(1).map(|cell| cell.as_f64()));
        let nodes = numbers.collect::<Option<Vec<f64>>>()?;
        let ends = |list: &[f64]| (list[0], list[list.len() - 1]);
        let (columns, rows) = (xs.len(), ys.len());
        (nodes.len() == columns * rows).then(|| Field { x: ends(&xs), y: ends(&ys), columns, rows, nodes })
    }

    /// The number at a node; beyond the edge, that of the line through the last two nodes.
    fn node(&self, column: isize, row: isize) -> f64 {
        let (last_column, last_row) = (self.columns as isize - 1, self.rows as isize - 1);
        if column < 0 {
            return 2.0 * self.node(0, row) - self.node(-column, row);
        }
        if column > last_column {
            return 2.0 * self.node(last_column, row) - self.node(2 * last_column - column, row);
        }
        if row < 0 {
            return 2.0 * self.node(column, 0) - self.node(column, -row);
        }
        if row > last_row {
            return 2.0 * self.node(column, last_row) - self.node(column, 2 * last_row - row);
        }
        self.nodes[row as usize * self.columns + column as usize]
    }

    /// The number at a place, between the nodes by cubics (Catmull and Rom, 1974) along both axes; it is the number of
    /// the node at each node.
    pub fn at(&self, x: f64, y: f64) -> f64 {
        let along = |value: f64, (low, high): (f64, f64), count: usize| {
            let place = ((value - low) / (high - low)).clamp(0.0, 1.0) * (count - 1) as f64;
            let cell = place.floor().min((count - 2) as f64);
            (cell as isize, place - cell)
        };
        let (column, u) = along(x, self.x, self.columns);
        let (row, v) = along(y, self.y, self.rows);
        let line = |row: isize| cubic([-1, 0, 1, 2].map(|step| self.node(column + step, row)), u);
        cubic([-1, 0, 1, 2].map(|step| line(row + step)), v)
    }

    /// The smallest and the largest node.
    pub fn bounds(&self) -> (f64, f64) {
        super::bars::bounds(&self.nodes)
    }
}

/// Between the second and the third of four even numbers.
fn cubic([a, b, c, d]: [f64; 4], t: f64) -> f64 {
    b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
}

/// A function over a rectangle of pixels, sampled finely enough to be cut by straight pieces.
pub(super) struct Relief {
    columns: usize,
    rows: usize,
    points: Vec<Point>,
    heights: Vec<f64>,
}

impl Relief {
    /// Samples a function of shares of the way along x and y, which `place` puts into pixels.
    pub(super) fn new(
        columns: usize,
        rows: usize,
        height: impl Fn(f64, f64) -> f64,
        place: impl Fn(f64, f64) -> Point,
    ) -> Self {
        let share = |index: usize, count: usize| index as f64 / count as f64;
        let heights = (0..=rows)
            .flat_map(|row| (0..=columns).map(move |column| (share(column, columns), share(row, rows))))
            .map(|(u, v)| height(u, v))
            .collect();
        Self::of(columns, rows, heights, place)
    }

    /// A relief of known heights, row by row, at even shares of the way along x and y.
    pub(super) fn of(
        columns: usize,
        rows: usize,
        heights: Vec<f64>,
        place: impl Fn(f64, f64) -> Point,
    ) -> Self {
        let mut points = Vec::with_capacity(heights.len());
        for row in 0..=rows {
            for column in 0..=columns {
                points.push(place(column as f64 / columns as f64, row as f64 / rows as f64));
            }
        }
        Relief { columns, rows, points, heights }
    }

    /// The corners of a cell in their order around it, with their heights.
    fn cell(&self, column: usize, row: usize) -> [(Point, f64); 4] {
        let at = |column: usize, row: usize| {
            let index = row * (self.columns + 1) + column;
            (self.points[index], self.heights[index])
        };
        [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)]
    }

    /// The pieces of the line at a height (marching squares; where two lines meet in one cell, the mean of its corners
    /// says which corners they cut off).
    pub(super) fn line(&self, height: f64) -> Vec<(Point, Point)> {
        let mut pieces = Vec::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                let corners = self.cell(column, row);
                let above = |index: usize| corners[index % 4].1 >= height;
                let cuts: Vec<(usize, Point)> = (0..4)
                    .filter(|index| above(*index) != above(index + 1))
                    .map(|index| (index, crossing(corners[index], corners[(index + 1) % 4], height)))
                    .collect();
                match cuts[..] {
                    [(_, a), (_, b)] => pieces.push((a, b)),
                    [(_, a), (_, b), (_, c), (_, d)] => {
                        let mean = corners.iter().map(|(_, h)| h).sum::<f64>() / 4.0;
                        if (mean >= height) == above(0) {
                            pieces.extend([(a, b), (c, d)]);
                        } else {
                            pieces.extend([(a, d), (b, c)]);
                        }
                    }
                    _ => {}
                }
            }
        }
        pieces
    }

    /// The area at and above a height; cells that lie in it whole are joined along their row.
    pub(super) fn area(&self, height: f64) -> Option<Path> {
        let mut path = PathBuilder::new();
        for row in 0..self.rows {
            let mut run: Option<usize> = None;
            for column in 0..=self.columns {
                let whole = column < self.columns && self.cell(column, row).iter().all(|(_, h)| *h >= height);
                if whole {
                    run.get_or_insert(column);
                    continue;
                }
                if let Some(first) = run.take() {
                    let (start, end) = (self.cell(first, row), self.cell(column - 1, row));
                    polygon(&mut path, &[start[0].0, end[1].0, end[2].0, start[3].0]);
                }
                if column < self.columns {
                    polygon(&mut path, &above(&self.cell(column, row), height));
                }
            }
        }
        path.finish()
    }
}

/// The part of a cell at and above a height.
fn above(corners: &[(Point, f64); 4], height: f64) -> Vec<Point> {
    let mut points = Vec::with_capacity(6);
    for index in 0..4 {
        let (here, next) = (corners[index], corners[(index + 1) % 4]);
        if here.1 >= height {
            points.push(here.0);
        }
        if (here.1 >= height) != (next.1 >= height) {
            points.push(crossing(here, next, height));
        }
    }
    points
}

fn crossing(a: (Point, f64), b: (Point, f64), height: f64) -> Point {
    let t = ((height - a.1) / (b.1 - a.1)) as f32;
    Point::new(a.0.x + (b.0.x - a.0.x) * t, a.0.y + (b.0.y - a.0.y) * t)
}

fn polygon(path: &mut PathBuilder, points: &[Point]) {
    let [first, rest @ ..] = points else { return };
    if rest.len() < 2 {
        return;
    }
    path.move_to(first.x, first.y);
    rest.iter().for_each(|p| path.line_to(p.x, p.y));
    path.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixmo_render::{Cell, Column, NumberFormat};

    fn field(height: impl Fn(f64, f64) -> f64) -> Field {
        let mut table = Table::new("field", vec![Column::text("y")]);
        table.columns.extend((0..5).map(|x| Column::number(format!("{}", x * 2), "", false)));
        for y in 0..6 {
            let mut row = vec![Cell::text(y.to_string())];
            let number = |x| Cell::number(height(f64::from(x * 2), f64::from(y)), &NumberFormat::plain(3));
            row.extend((0..5).map(number));
            table.rows.push(row);
        }
        Field::read(&table).expect("the table has the form of a field")
    }

    #[test]
    fn a_field_keeps_its_nodes_and_planes() {
        let bumps = field(|x, y| libm::round(10.0 * libm::sin(x + y)));
        assert!((bumps.at(4.0, 3.0) - libm::round(10.0 * libm::sin(7.0))).abs() < 1e-9);
        let plane = field(|x, y| 3.0 * x - y);
        for (x, y) in [(0.0, 0.0), (1.3, 4.9), (7.9, 2.2), (8.0, 5.0)] {
            assert!((plane.at(x, y) - (3.0 * x - y)).abs() < 1e-9, "{x} {y}");
        }
        assert_eq!((plane.x, plane.y, plane.bounds()), ((0.0, 8.0), (0.0, 5.0), (-5.0, 24.0)));
    }

    #[test]
    fn lines_lie_at_their_height_and_close() {
        let place = |u: f64, v: f64| Point::new(100.0 * u as f32, 100.0 * v as f32);
        let cone = |u: f64, v: f64| 1.0 - libm::hypot(u - 0.5, v - 0.5);
        let relief = Relief::new(40, 40, cone, place);
        // A height that no corner of a cell has.
        let pieces = relief.line(0.703);
        for (a, _) in &pieces {
            let radius = libm::hypotf(a.x - 50.0, a.y - 50.0);
            assert!((radius - 29.7).abs() < 0.4, "{radius}");
            let ends = pieces.iter().flat_map(|(c, d)| [c, d]);
            assert_eq!(ends.filter(|p| libm::hypotf(p.x - a.x, p.y - a.y) < 1e-3).count(), 2);
        }
        let bounds = relief.area(0.703).expect("the cone is higher in its middle").bounds();
        assert!((bounds.width() - 59.4).abs() < 0.5 && (bounds.height() - 59.4).abs() < 0.5);
    }
}
