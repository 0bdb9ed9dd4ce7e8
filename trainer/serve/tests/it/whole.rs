//! Caption, point and lineage with a real model, from end to end.

use pixmo_molmo::captioner::{Request, Sampling};
use pixmo_pictures::Limits;
use pixmo_preprocess::Picture;

use crate::house::{House, answer};

const TAGS: &str = r#"<points x1="25.0" y1="50.0" x2="75.0" y2="50.0" alt="cats">cats</points>"#;

#[test]
fn captions_are_what_the_model_says() {
    let house = House::new(1);
    house.picture("a.png", 150, 100);
    let bytes = std::fs::read(house.path("a.png")).unwrap();
    let request = Request {
        picture: Some(Picture::decode(&bytes, &Limits::default()).unwrap()),
        turns: vec!["Describe this image in detail.".to_owned()],
        sampling: Sampling { tokens_max: 12, ..Sampling::default() },
    };
    let expected = answer(&house.path("model"), request);
    let run = house.run(&["caption", "a.png", "--max-tokens", "12"]).good();
    assert_eq!(run.out, format!("{}\n", expected.text));
    let run = house.run(&["caption", "a.png", "--max-tokens", "12", "--json"]).good();
    let objects = run.objects();
    assert_eq!(objects[0]["text"], expected.text);
    assert_eq!(objects[0]["prompt_tokens"], expected.prompt_tokens);
    assert_eq!((&objects[0]["width"], &objects[0]["tokens"]), (&150.into(), &expected.tokens.len().into()));
    assert_eq!(objects[1]["exit"], 0);
    assert!(!run.err.contains("warning"), "{}", run.err);
    // The same seed draws the same words, and another one others.
    let drawn = |seed: &str| {
        let words =
            ["caption", "a.png", "--temperature", "1.5", "--max-tokens", "12", "--json", "--seed", seed];
        house.run(&words).good().objects()[0]["text"].clone()
    };
    assert_eq!(drawn("3"), drawn("3"));
    assert_ne!(drawn("3"), drawn("4"));
}

#[test]
fn how_a_model_was_trained_decides_how_it_is_asked() {
    let house = House::new(1);
    house.picture("a.png", 20, 20);
    let tokens = |words: &[&str]| {
        let all = [&["caption", "a.png", "--max-tokens", "1", "--json"], words].concat();
        let run = house.run(&all).good();
        (run.objects()[0]["prompt_tokens"].as_u64().unwrap(), run.err)
    };
    // A token is a byte: ` long_caption 65:` against ` User: Describe this image in detail. Assistant:`.
    let (finetuned, _) = tokens(&[]);
    let (pretrained, _) = tokens(&["--recipe", "pretraining"]);
    assert_eq!(finetuned - pretrained, 48 - 17);
    let (hinted, said) = tokens(&["--recipe", "pretraining", "--length-hint", "120"]);
    assert_eq!((hinted - pretrained, said.contains("may not heed")), (1, false));
    let (_, said) = tokens(&["--length-hint", "120"]);
    assert!(said.contains("may not heed"));
    // The file beside the weights says it, too.
    house.write(
        "model/lineage.json",
        br#"{"version": 1, "recipe": "pretraining", "trained_on": [{"dataset": "cap", "manifest_sha256": null, "rows": 7}]}"#,
    );
    assert_eq!(tokens(&[]).0, pretrained);
    let lineage = house.run(&["lineage"]).good().objects().remove(0);
    assert_eq!((&lineage["training"], &lineage["spoken_captions_only"]), (&"stated".into(), &true.into()));
    assert_eq!(lineage["stated"]["trained_on"][0]["rows"], 7);
    house.write("model/lineage.json", br#"{"version": 1, "trained_on": [{"dataset": "web"}]}"#);
    assert_eq!(house.run(&["lineage"]).good().objects()[0]["spoken_captions_only"], false);
    house.write("model/lineage.json", br#"{"version": 1, "trained": []}"#);
    house.run(&["lineage"]).bad(2, &["does not state a lineage", "unknown field `trained`"]);
    house.run(&["caption", "a.png"]).bad(2, &["does not state a lineage"]);
}

#[test]
fn files_that_are_no_pictures_are_told_and_the_others_go_on() {
    let house = House::new(2);
    for name in ["more/b.png", "more/c.PNG", "a.png"] {
        house.picture(name, 40, 30);
    }
    house.write("more/d.jpg", b"no picture");
    house.write("more/notes.txt", b"not even by its name");
    let cut = std::fs::read(house.path("a.png")).unwrap();
    house.write("more/e.png", &cut[..cut.len() / 2]);
    let words = ["caption", "a.png", "more", "gone.png", "--max-tokens", "3", "--batch", "2"];
    let run = house.run(&words);
    let run = run.bad(
        1,
        &[
            "no caption of `more/d.jpg`",
            "no caption of `more/e.png`",
            "no caption of `gone.png`",
            "1 other file",
            "3 captions, 3 not read",
        ],
    );
    for name in ["a.png", "more/b.png", "more/c.PNG"] {
        assert!(run.out.contains(&format!("{name}\n")), "{}", run.out);
    }
    let run = house.run(&[&words[..], &["--json"]].concat());
    let objects = run.objects();
    let events: Vec<&str> = objects.iter().map(|object| object["event"].as_str().unwrap()).collect();
    assert_eq!(events.iter().filter(|event| **event == "caption").count(), 3);
    assert_eq!(events.iter().filter(|event| **event == "not_read").count(), 3);
    assert_eq!((run.code, &objects.last().unwrap()["exit"]), (1, &1.into()));
    // What is too long for the model is told of each picture.
    house
        .run(&["caption", "a.png", "--prompt", &"x".repeat(3000)])
        .bad(1, &["no caption of `a.png`", "tokens"]);
}

#[test]
fn points_are_told_and_drawn() {
    let house = House::saying(TAGS);
    house.picture("a.png", 640, 480);
    let words = ["point", "a.png", "cats", "--max-tokens", "1", "--out", "drawn.png"];
    let run = house.run(&words).good();
    assert_eq!(run.out, "1\t25.0%\t50.0%\t160.0\t240.0\tcats\n2\t75.0%\t50.0%\t480.0\t240.0\tcats\n");
    assert!(run.err.contains(TAGS) && run.err.contains("2 points drawn in drawn.png"), "{}", run.err);
    let drawn =
        Picture::decode(&std::fs::read(house.path("drawn.png")).unwrap(), &Limits::default()).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (640, 480));
    let at = |x: usize, y: usize| drawn.pixels()[3 * (y * 640 + x)..][..3].to_vec();
    assert_eq!((at(160, 240), at(480, 240)), (vec![214, 39, 40], vec![214, 39, 40]));
    assert_eq!(at(10, 10), [90, 120, 150]);
    let object = house
        .run(&["point", "a.png", "cats", "--max-tokens", "2", "--json", "--count"])
        .good()
        .objects()
        .remove(0);
    assert_eq!(object["points"].as_array().unwrap().len(), 4);
    assert_eq!((&object["points"][3]["number"], &object["points"][3]["x_px"]), (&4.into(), &480.0.into()));
    // Half a tag is no point.
    let house = House::saying(r#"<point x="10.0" y="#);
    house.picture("a.png", 64, 48);
    house.run(&["point", "a.png", "cats", "--max-tokens", "3"]).bad(1, &["cannot be read"]);
    // None is an answer.
    let house = House::saying("There are none.");
    house.picture("a.png", 64, 48);
    let run = house.run(&["point", "a.png", "cats", "--max-tokens", "1", "--out", "drawn.png"]).good();
    assert_eq!((run.out.as_str(), house.path("drawn.png").exists()), ("", true));
    house
        .run(&["point", "model/config.json", "cats"])
        .bad(2, &["cannot look at the picture", "no picture but"]);
    house
        .run(&["point", "a.png", "cats", "--max-tokens", "1", "--out", "no/where.png"])
        .bad(3, &["cannot write the drawn picture"]);
}

#[test]
fn what_cannot_be_opened_is_said_before_anything_else() {
    let house = House::new(1);
    house.picture("a.png", 20, 20);
    house.run(&["caption", "a.png", "--top-p", "0"]).bad(2, &["top_p is 0"]);
    house.run(&["caption", "model/."]).bad(2, &["no pictures to look at"]);
    house.run(&["caption", "a.png", "--crops", "37"]).bad(2, &["--crops"]);
    house.run(&["caption", "a.png", "--device", "gpu"]).bad(2, &["--device", "`gpu` is no device"]);
    house.run(&["caption", "a.png", "--device", "cuda"]).bad(2, &["built without `cuda`"]);
    house.run(&["caption", "a.png", "--precision", "f16"]).bad(2, &["expected f32 or bf16"]);
    house.run(&["serve", "--token-env", "PIXMO_NOT_THERE"]).bad(2, &["has nothing under it"]);
    let weights = house.path("model/model.safetensors");
    let whole = std::fs::read(&weights).unwrap();
    std::fs::write(&weights, &whole[..whole.len() - 4]).unwrap();
    house.run(&["caption", "a.png"]).bad(2, &["no whole safetensors file", "fetch it again"]);
    std::fs::remove_file(&weights).unwrap();
    house.run(&["caption", "a.png"]).bad(2, &["has no `*.safetensors`"]);
    std::fs::remove_dir_all(house.path("model")).unwrap();
    house.run(&["caption", "a.png"]).bad(2, &["no folder with a model", "pixmo models fetch"]);
}
