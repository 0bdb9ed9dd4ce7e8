//! The tokeniser of Qwen2, as far as one is installed.

use std::fs;
use std::path::{Path, PathBuf};

use pixmo_preprocess::{Family, Tokenizer, TokenizerError};
use serde_json::Value;

use crate::goldens;

/// The folder with `tokenizer.json` of Qwen2: `PIXMO_QWEN2`, or where `tests/setup.sh --tokenizers` puts it.
#[expect(clippy::disallowed_methods, reason = "a test finds what tests/setup.sh installed")]
fn qwen2() -> Option<PathBuf> {
    let folder = std::env::var_os("PIXMO_QWEN2").map(PathBuf::from).or_else(|| {
        std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache/pixmo/tokenizers/qwen2"))
    })?;
    let there = folder.join("tokenizer.json").is_file();
    if !there {
        goldens::skipped(&format!(
            "there is no tokeniser in {}; run `tests/setup.sh --tokenizers`",
            folder.display()
        ));
    }
    there.then_some(folder)
}

fn tokenizer(folder: &Path) -> Tokenizer {
    let bytes = fs::read(folder.join("tokenizer.json")).expect("a tokenizer.json");
    Tokenizer::from_json(&bytes, "tokenizer.json", Family::Qwen2).expect("the tokeniser of Qwen2")
}

fn check(tokenizer: &Tokenizer) {
    let cases = goldens::json("molmo/sequence/sequences.json");
    let mut checked = 0;
    for case in cases.as_array().expect("cases") {
        let mut turn = |text: &Value, ids: &Value| {
            let text = text.as_str().expect("a text");
            let ids: Vec<i32> =
                ids.as_array().expect("ids").iter().map(|id| id.as_i64().expect("an id") as i32).collect();
            assert_eq!(tokenizer.encode(text), ids, "{text}");
            if !text.contains("<|") {
                assert_eq!(tokenizer.decode(&ids), text);
            }
            checked += 1;
        };
        let lists = case["messages"]
            .as_array()
            .expect("messages")
            .iter()
            .zip(case["message_token_ids"].as_array().expect("ids"));
        for (message, ids) in lists {
            match message.as_array() {
                Some(turns) => {
                    turns.iter().zip(ids.as_array().expect("ids")).for_each(|(text, ids)| turn(text, ids));
                }
                None => turn(message, ids),
            }
        }
    }
    assert!(checked > 10);
}

#[test]
fn golden_tokens_of_qwen2() {
    let Some(folder) = qwen2().filter(|_| goldens::are_there()) else { return };
    check(&tokenizer(&folder));
}

#[test]
fn golden_tokens_of_qwen2_from_vocabulary_and_merges() {
    let Some(folder) = qwen2().filter(|_| goldens::are_there()) else { return };
    // The same in the other form: what `tokenizer.json` holds, in two files.
    let json: Value =
        serde_json::from_slice(&fs::read(folder.join("tokenizer.json")).expect("a file")).expect("JSON");
    let merges: Vec<String> = json["model"]["merges"]
        .as_array()
        .expect("merges")
        .iter()
        .map(|merge| match merge.as_array() {
            Some(pair) => format!("{} {}", pair[0].as_str().expect("text"), pair[1].as_str().expect("text")),
            None => merge.as_str().expect("text").to_owned(),
        })
        .collect();
    let scratch = tempfile::tempdir().expect("a folder");
    let (vocabulary, merges_file) = (scratch.path().join("vocab.json"), scratch.path().join("merges.txt"));
    fs::write(&vocabulary, json["model"]["vocab"].to_string()).expect("written");
    fs::write(&merges_file, format!("#version: 0.2\n{}\n", merges.join("\n"))).expect("written");
    check(&Tokenizer::from_vocabulary(&vocabulary, &merges_file).expect("a tokeniser"));
}

#[test]
fn a_tokeniser_of_another_model_is_refused() {
    let Some(folder) = qwen2() else { return };
    let bytes = fs::read(folder.join("tokenizer.json")).expect("a file");
    let error = Tokenizer::from_json(&bytes, "tokenizer.json", Family::Olmo).unwrap_err();
    assert!(matches!(error, TokenizerError::End { expected: 100_257, .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "this is no tokeniser of OLMo: `<|endoftext|>` has the id 151643, 100257 is needed; take the files that were published with the model"
    );
    let error = Tokenizer::from_json(b"{}", "model/tokenizer.json", Family::Qwen2).unwrap_err();
    assert_eq!(error.to_string(), "model/tokenizer.json cannot be read as a tokenizer.json");
}
