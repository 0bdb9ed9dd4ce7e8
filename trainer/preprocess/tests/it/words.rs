//! Draws, points as text, hints of length, messages.

use pixmo_preprocess::draw::Draw;
use pixmo_preprocess::points::{self, InlinePoints, Point, PointOrder};
use serde_json::Value;

use crate::goldens;

fn floats(value: &Value) -> Vec<f64> {
    value.as_array().expect("numbers").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn golden_draws_are_those_of_the_reference() {
    if !goldens::are_there() {
        return;
    }
    let file = goldens::json("training/numpy_rng.json");
    let mut draw = Draw::new(file["seed"].as_u64().expect("a seed") as u32);
    let of = |draw: &mut dyn FnMut() -> f64, key: &str| {
        for expected in floats(&file[key]) {
            let found = draw();
            assert!(
                (found - expected).abs() <= 1e-12 * expected.abs().max(1.0),
                "{key}: {found}, not {expected}"
            );
        }
    };
    of(&mut || draw.uniform(), "random");
    of(&mut || draw.normal(25.0), "normal_scale25");
    of(&mut || draw.below(7) as f64, "randint_0_7");
    of(&mut || draw.below(1) as f64, "randint_0_1");
    let mut numbers: Vec<f64> = (0..10).map(f64::from).collect();
    draw.shuffle(&mut numbers);
    assert_eq!(numbers, floats(&file["shuffle_arange10"]));
    let mut letters = ["a", "b", "c", "d", "e"];
    draw.shuffle(&mut letters);
    assert_eq!(
        letters.to_vec(),
        file["shuffle_list5"].as_array().expect("letters").iter().map(text).collect::<Vec<_>>()
    );
    let shares = floats(&file["choice_p"]["p"]);
    for expected in floats(&file["choice_p"]["draws"]) {
        assert_eq!(draw.choose(&shares) as f64, expected);
    }
    assert_eq!(draw.uniform(), file["random_after"].as_f64().expect("a number"));
}

fn pairs(value: &Value) -> Vec<[f64; 2]> {
    let points = value.as_array().expect("points").iter();
    points.map(|point| floats(point).try_into().expect("x and y")).collect()
}

fn in_per_cent(value: &Value) -> Vec<Point> {
    pairs(value).into_iter().map(|[x, y]| Point { x, y }).collect()
}

#[test]
fn golden_points_as_text() {
    if !goldens::are_there() {
        return;
    }
    let file = goldens::json("training/point_rendering.json");
    for case in file["cases"].as_array().expect("cases") {
        let points = match text(&case["kind"]) {
            "percent" => in_per_cent(&case["points"]),
            "pixel" => {
                let side = |key: &str| case[key].as_f64().expect("a side");
                let of = |[x, y]: [f64; 2]| Point::of_pixels(x, y, side("w"), side("h"));
                pairs(&case["points"]).into_iter().map(of).collect()
            }
            other => panic!("kind `{other}` is not known"),
        };
        let label = text(&case["label"]).to_lowercase();
        let found = match text(&case["style"]) {
            "pointing" => points::pointing(&points, &label, PointOrder::Columns),
            "point_count" => points::counting(&points, &label, PointOrder::Columns),
            other => panic!("style `{other}` is not known"),
        };
        assert_eq!(found, text(&case["text"]));
    }
    for case in file["inline"].as_array().expect("cases") {
        let annotations: Vec<InlinePoints> = case["annotations"]
            .as_array()
            .expect("annotations")
            .iter()
            .map(|one| InlinePoints {
                points: in_per_cent(&one["points"]),
                text: text(&one["inline_text"]).to_owned(),
                alt: text(&one["alt_text"]).to_owned(),
            })
            .collect();
        assert_eq!(
            points::inline(text(&case["answer"]), &annotations, PointOrder::Columns),
            text(&case["text"])
        );
    }
}

#[test]
fn golden_points_from_text() {
    if !goldens::are_there() {
        return;
    }
    for case in goldens::json("training/point_parsing.json")["cases"].as_array().expect("cases") {
        let response = text(&case["text"]);
        let side = |key: &str| case[key].as_f64().expect("a side");
        let found = points::read(response);
        let expected = pairs(&case["points"]);
        assert_eq!(found.len(), expected.len(), "{response}: {found:?}");
        for (point, [x, y]) in found.iter().zip(expected) {
            let (found_x, found_y) = (point.x / 100.0 * side("w"), point.y / 100.0 * side("h"));
            assert!((found_x - x).abs() < 1e-6 && (found_y - y).abs() < 1e-6, "{response}: {point:?}");
        }
        assert_eq!(
            points::is_strict(response),
            case["valid_format"].as_bool().expect("yes or no"),
            "{response}"
        );
    }
}
