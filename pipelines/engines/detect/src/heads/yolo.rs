//! YOLOv8 and its kin: columns of centre, size and scores.

use pixmo_engines::Area;

use crate::heads::{Candidate, Frame, best};
use crate::session::Output;

pub(super) fn read(outputs: &[Output], frame: &Frame) -> Result<Vec<Candidate>, String> {
    let rows = 4 + frame.classes;
    let expected = || format!("one output [1, {rows}, boxes]");
    let [Output { shape, values }] = outputs else { return Err(expected()) };
    let [1, found_rows, boxes] = **shape else { return Err(expected()) };
    if found_rows != rows {
        return Err(expected());
    }
    let at = |row: usize, column: usize| values[row * boxes + column];
    let candidates = (0..boxes).filter_map(|column| {
        let scores = (4..rows).map(|row| at(row, column));
        let (class, score) = best(scores, frame.score_min)?;
        let (x, y, width, height) = (at(0, column), at(1, column), at(2, column), at(3, column));
        let area = Area {
            left: x - width / 2.0,
            top: y - height / 2.0,
            right: x + width / 2.0,
            bottom: y + height / 2.0,
        };
        Some(Candidate { class, score, area })
    });
    Ok(candidates.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_a_box() {
        // Two boxes, two classes: rows are x, y, width, height, score of class 0, score of class 1.
        let values = vec![10.0, 50.0, 20.0, 60.0, 4.0, 8.0, 6.0, 2.0, 0.1, 0.3, 0.7, 0.2];
        let frame = Frame { width: 100, height: 100, classes: 2, score_min: 0.3 };
        let outputs = [Output { shape: vec![1, 6, 2], values }];
        let found = read(&outputs, &frame).unwrap();
        let first = Area { left: 8.0, top: 17.0, right: 12.0, bottom: 23.0 };
        let second = Area { left: 46.0, top: 59.0, right: 54.0, bottom: 61.0 };
        assert_eq!(
            found,
            [
                Candidate { class: 1, score: 0.7, area: first },
                Candidate { class: 0, score: 0.3, area: second }
            ]
        );
        let other = Frame { classes: 3, ..frame };
        assert_eq!(read(&outputs, &other).unwrap_err(), "one output [1, 7, boxes]");
    }
}
