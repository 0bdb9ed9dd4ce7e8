//! A folder of weights to answers.

use pixmo_burnkit::Precision;
use pixmo_molmo::captioner::{Captioner, CaptionerError, Finish, Flow, Options, Request, Sampling};
use pixmo_molmo::sample;
use pixmo_preprocess::Picture;

fn open(precision: Precision) -> (tempfile::TempDir, Captioner) {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("model");
    sample::write(&folder, 7).expect("written");
    let captioner =
        Captioner::open(&folder, &Options { precision, ..Options::default() }).expect("a captioner");
    (scratch, captioner)
}

fn picture(width: usize, height: usize) -> Picture {
    let pixels = (0..width * height).flat_map(|at| [at as u8, (at / 7) as u8, (at / 31) as u8]);
    Picture::new(width, height, pixels.collect()).expect("a picture")
}

fn request(picture: Option<Picture>, question: &str, tokens_max: usize) -> Request {
    let mut request = Request::asking(picture, question);
    request.sampling.tokens_max = tokens_max;
    request
}

#[test]
fn answers_are_told_token_by_token_and_do_not_depend_on_their_neighbours() {
    fn shared<T: Send + Sync>(_: &T) {}
    let (_scratch, captioner) = open(Precision::F32);
    shared(&captioner);
    let mut requests = vec![
        request(Some(picture(300, 200)), "What is this?", 12),
        request(None, "Name a colour.", 7),
        request(Some(picture(20, 40)), "And this, in a longer question than the others?", 9),
    ];
    requests[1].sampling = Sampling { temperature: 1.0, top_p: 0.9, seed: 3, ..requests[1].sampling.clone() };
    let mut told = vec![(String::new(), Vec::new()); 3];
    let replies = captioner
        .generate(&requests, &mut |row, token| {
            told[row].0.push_str(&token.text);
            told[row].1.push(token.id);
            Flow::Go
        })
        .expect("answers");
    for (row, reply) in replies.iter().enumerate() {
        assert_eq!(reply.text, told[row].0);
        assert_eq!(told[row].1[..reply.tokens.len()], reply.tokens);
        assert_eq!(Ok(reply.prompt_tokens), captioner.prompt_tokens(&requests[row]).map_err(|_| ()));
        assert!(reply.finish == Finish::Stop || reply.tokens.len() == requests[row].sampling.tokens_max);
        let alone = captioner.generate(&requests[row..=row], &mut |_, _| Flow::Go).expect("an answer");
        assert_eq!(alone[0], *reply);
    }
    assert!(captioner.generate(&[], &mut |_, _| Flow::Go).expect("nothing").is_empty());
}

#[test]
fn an_answer_ends_when_it_is_told_to_or_at_a_stop_text() {
    let (_scratch, captioner) = open(Precision::F32);
    let mut asked = request(None, "Name a colour.", 300);
    asked.sampling.temperature = 1.0;
    let whole = captioner.generate(std::slice::from_ref(&asked), &mut |_, _| Flow::Go).expect("an answer");
    let mut count = 0;
    let cancelled = captioner
        .generate(std::slice::from_ref(&asked), &mut |_, _| {
            count += 1;
            if count == 3 { Flow::Stop } else { Flow::Go }
        })
        .expect("an answer");
    assert_eq!((cancelled[0].finish, &cancelled[0].tokens[..]), (Finish::Cancelled, &whole[0].tokens[..3]));
    let stop = whole[0].text.chars().filter(char::is_ascii_alphanumeric).nth(2);
    let stop = stop.expect("a letter").to_string();
    asked.sampling.stop = vec![stop.clone()];
    let stopped = captioner.generate(&[asked], &mut |_, _| Flow::Go).expect("an answer");
    assert_eq!(stopped[0].finish, Finish::Stop);
    assert_eq!(stopped[0].text, whole[0].text.split(&stop).next().expect("a text"));
}

#[test]
fn sixteen_bits_say_nearly_the_same() {
    let (scratch, whole) = open(Precision::F32);
    let options = Options { precision: Precision::Bf16, ..Options::default() };
    let half = Captioner::open(&scratch.path().join("model"), &options).expect("a captioner");
    let asked = [request(Some(picture(100, 90)), "What is this?", 5)];
    let of = |captioner: &Captioner| captioner.generate(&asked, &mut |_, _| Flow::Go).expect("an answer");
    let (whole, half) = (of(&whole), of(&half));
    assert_eq!(whole[0].prompt_tokens, half[0].prompt_tokens);
    assert_eq!(whole[0].tokens.first(), half[0].tokens.first());
}

#[test]
fn requests_that_cannot_be_answered_say_why() {
    let (_scratch, captioner) = open(Precision::F32);
    let fault = |request: Request| match captioner.generate(&[request], &mut |_, _| Flow::Go) {
        Err(CaptionerError::Request { request: 1, fault }) => fault,
        other => panic!("{other:?}"),
    };
    let found = fault(request(None, &"long ".repeat(500), 3));
    assert!(found.starts_with("picture and turns have 2519 tokens, and the model reads 2048"), "{found}");
    let mut even = request(None, "a", 3);
    even.turns.push("b".to_owned());
    assert!(fault(even).starts_with("there are 2 turns"));
    let mut cold = request(None, "a", 3);
    cold.sampling.temperature = -1.0;
    assert_eq!(fault(cold), "temperature is -1, expected 0 or more");
    let found = fault(request(None, "Look at <|image|>.", 3));
    assert!(found.starts_with("a text names the place of the image 1 times"), "{found}");
}

#[test]
fn folders_that_are_no_checkpoint_say_why() {
    let (scratch, _) = open(Precision::F32);
    let folder = scratch.path().join("model");
    let fault = || Captioner::open(&folder, &Options::default()).expect_err("no checkpoint").to_string();
    std::fs::write(folder.join("tokenizer.json"), "{}").expect("written");
    assert!(fault().ends_with("tokenizer.json cannot be read as a tokenizer.json"), "{}", fault());
    std::fs::write(folder.join("config.json"), "[]").expect("written");
    assert!(fault().ends_with("config.json is not the configuration of a Molmo"), "{}", fault());
    std::fs::remove_file(folder.join("config.json")).expect("removed");
    assert!(fault().contains("cannot read"), "{}", fault());
}
