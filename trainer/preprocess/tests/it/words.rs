//! Draws, points as text, hints of length, messages.

use pixmo_preprocess::draw::Draw;
use pixmo_preprocess::messages::{Annotation, Content, Formatting, Options, Tags, length_hint};
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

#[test]
fn golden_options() {
    if !goldens::are_there() {
        return;
    }
    for case in goldens::json("training/multiple_choice_rendering.json")["cases"].as_array().expect("cases") {
        let options = options(case).expect("options");
        assert_eq!(options.prompt(text(&case["question"])), text(&case["prompt"]));
        assert_eq!(options.answer().as_deref(), case["output"].as_str());
    }
}

fn options(value: &Value) -> Option<Options> {
    let (list, lettered) = match (value["options"].as_array(), value["unlabelled_options"].as_array()) {
        (Some(list), _) => (list, true),
        (None, Some(list)) => (list, false),
        (None, None) => return None,
    };
    Some(Options {
        options: list.iter().map(|option| text(option).to_owned()).collect(),
        lettered,
        answer: value["answer_idx"].as_u64().map(|at| at as usize),
    })
}

#[test]
fn golden_hints_of_length() {
    if !goldens::are_there() {
        return;
    }
    let file = goldens::json("training/length_hint.json");
    let chars = |case: &Value| case["length_chars"].as_u64().expect("a length") as usize;
    for case in file["deterministic"].as_array().expect("cases") {
        let hint = length_hint(chars(case), case["noise"].as_f64().expect("noise"));
        assert!(text(&case["prefix"]).ends_with(&format!(" {hint}:")), "{case}");
    }
    let mut draws: Option<(u64, Draw)> = None;
    for case in file["seeded"].as_array().expect("cases") {
        let seed = case["seed"].as_u64().expect("a seed");
        if draws.as_ref().is_none_or(|(of, _)| *of != seed) {
            draws = Some((seed, Draw::new(seed as u32)));
        }
        let (_, draw) = draws.as_mut().expect("a generator");
        let style = text(&case["prefix"]).split(' ').next().expect("a style");
        let annotation = Annotation::new(style, Content::Text("x".repeat(chars(case))));
        let formatting = Formatting { leading_space: false, ..Formatting::pretraining() };
        let turns = formatting.turns(&annotation, draw).expect("turns");
        assert_eq!(turns[0], text(&case["prefix"]), "seed {seed}, {} characters", chars(case));
    }
}

/// An example of the goldens as an annotation.
fn annotation(example: &Value, asked: bool) -> Annotation {
    let owned = |key: &str| example[key].as_str().map(str::to_owned);
    let content = if let Some(turns) = example["messages"].as_array() {
        Content::Conversation(turns.iter().map(|turn| text(turn).to_owned()).collect())
    } else if let Some(mut options) = options(example) {
        if asked {
            options.answer = None;
        }
        Content::Choice(options)
    } else if asked {
        Content::Asked
    } else if example["points"].is_array() {
        assert_eq!(example["point_scale"], 100, "points in per cent");
        Content::Points(in_per_cent(&example["points"]))
    } else if let Some(annotations) = example["answer_annotations"].as_array() {
        Content::Pointing {
            answer: text(&example["answer"]).to_owned(),
            points: annotations
                .iter()
                .map(|one| InlinePoints {
                    points: in_per_cent(&one["points"]),
                    text: text(&one["inline_text"]).to_owned(),
                    alt: text(&one["alt_text"]).to_owned(),
                })
                .collect(),
        }
    } else if let Some(answers) = example["answers"].as_array() {
        Content::Answers(answers.iter().map(|answer| text(answer).to_owned()).collect())
    } else {
        Content::Text(owned("answer").or_else(|| owned("text")).expect("an answer or a text"))
    };
    Annotation {
        style: text(&example["style"]).to_owned(),
        prompt: owned("prompt"),
        question: owned("question"),
        label: owned("label"),
        content,
    }
}

#[test]
fn golden_messages() {
    if !goldens::are_there() {
        return;
    }
    for case in goldens::json("training/messages.json")["cases"].as_array().expect("cases") {
        let mut formatting = match text(&case["config"]) {
            "caption_pretrain" => Formatting::pretraining(),
            "sft" => Formatting { draws_at_inference: true, ..Formatting::finetuning() },
            "style_only" => {
                Formatting { tags: Tags::Style, leading_space: false, ..Formatting::pretraining() }
            }
            other => panic!("settings `{other}` are not known"),
        };
        for (key, value) in case["overrides"].as_object().expect("settings by name") {
            match key.as_str() {
                "default_inference_len" => formatting.inference_hint = value.as_i64(),
                other => panic!("setting `{other}` is not known"),
            }
        }
        let asked = case["for_inference"].as_bool().expect("yes or no");
        let mut draw = Draw::new(case["seed"].as_u64().expect("a seed") as u32);
        let example = &case["example"];
        let mut turns =
            |example: &Value| formatting.turns(&annotation(example, asked), &mut draw).expect("turns");
        let found = match example["message_list"].as_array() {
            Some(list) => Value::from(list.iter().map(&mut turns).collect::<Vec<_>>()),
            None => Value::from(turns(example)),
        };
        assert_eq!(found, case["messages"], "{example}");
    }
}

#[test]
fn one_in_ten_has_a_tag() {
    let ask = Annotation {
        question: Some("Why?".to_owned()),
        ..Annotation::new("user_qa", Content::Text("So.".to_owned()))
    };
    let mut draw = Draw::new(7);
    let tagged = (0..10_000)
        .filter(|_| Formatting::finetuning().turns(&ask, &mut draw).expect("turns")[0].contains("user_qa:"))
        .count();
    assert!((900..1100).contains(&tagged), "{tagged} of 10,000");
    let asked = Annotation { content: Content::Asked, ..ask };
    let turns = Formatting::finetuning().turns(&asked, &mut draw).expect("turns");
    assert_eq!(turns, [" User: Why? Assistant:"]);
}
