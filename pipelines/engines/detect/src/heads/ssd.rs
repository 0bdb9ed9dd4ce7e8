//! Single-shot detectors that decode their boxes themselves: scores with the background first, and edges from 0 to 1.

use pixmo_engines::Area;

use crate::heads::{Candidate, Frame, best};
use crate::session::Output;

pub(super) fn read(outputs: &[Output], frame: &Frame) -> Result<Vec<Candidate>, String> {
    let columns = 1 + frame.classes;
    let expected = || format!("one output [1, boxes, {columns}] of scores and one [1, boxes, 4] of edges");
    let [first, second] = outputs else { return Err(expected()) };
    // A model of three classes has two outputs of the same form; scores come first there, as they do in the field.
    let is = |output: &Output, last: usize| matches!(*output.shape, [1, _, n] if n == last);
    let (scores, edges) = if is(first, columns) && is(second, 4) {
        (first, second)
    } else if is(first, 4) && is(second, columns) {
        (second, first)
    } else {
        return Err(expected());
    };
    if scores.shape[1] != edges.shape[1] {
        return Err(expected());
    }
    let (width, height) = (frame.width as f32, frame.height as f32);
    let each = scores.values.chunks_exact(columns).zip(edges.values.chunks_exact(4));
    let candidates = each.filter_map(|(scores, edges)| {
        let (class, score) = best(scores[1..].iter().copied(), frame.score_min)?;
        let area = Area {
            left: edges[0] * width,
            top: edges[1] * height,
            right: edges[2] * width,
            bottom: edges[3] * height,
        };
        Some(Candidate { class, score, area })
    });
    Ok(candidates.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_and_edges_are_told_apart_by_their_form() {
        let scores = Output { shape: vec![1, 2, 2], values: vec![0.9, 0.1, 0.2, 0.8] };
        let edges = Output { shape: vec![1, 2, 4], values: vec![0.0, 0.0, 0.1, 0.1, 0.25, 0.5, 0.75, 1.0] };
        let frame = Frame { width: 320, height: 240, classes: 1, score_min: 0.5 };
        let area = Area { left: 80.0, top: 120.0, right: 240.0, bottom: 240.0 };
        let wanted = [Candidate { class: 0, score: 0.8, area }];
        assert_eq!(read(&[scores.clone(), edges.clone()], &frame).unwrap(), wanted);
        assert_eq!(read(&[edges.clone(), scores.clone()], &frame).unwrap(), wanted);
        assert!(read(std::slice::from_ref(&scores), &frame).unwrap_err().contains("[1, boxes, 2]"));
        assert!(read(&[scores.clone(), scores], &frame).is_err());
    }
}
