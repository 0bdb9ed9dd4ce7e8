//! How fast a language model reads and writes on the processor, with random weights.
//!
//! `cargo bench -p pixmo-molmo --bench decode -- [--prompt N] [--tokens N] [--json] [--tiny]`
//!
//! The tiny shape is that of `sample`; the other is that of Qwen2-0.5B with an output of its own. Text alone: the encoder is not
//! in it. Times are as they pass, on all processors; the prompt is read twice, and the second time counts.

#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

use std::error::Error;
use std::io::{Write, stdout};
use std::time::Instant;

use pixmo_burnkit::prelude::*;
use pixmo_molmo::captioner::Generation;
use pixmo_molmo::config::{Config, Decoder, Feed, Llm};
use pixmo_molmo::{Molmo, sample};
use pixmo_preprocess::batch::Batch;
use serde_json::json;

/// Prompts side by side.
const ROWS: [usize; 2] = [1, 4];

/// A shape that is measured.
struct Shape {
    name: &'static str,
    config: Config,
}

fn shapes(tiny_alone: bool) -> Vec<Shape> {
    let tiny = Shape { name: "tiny", config: sample::config() };
    if tiny_alone {
        return vec![tiny];
    }
    let decoder = Decoder {
        width: 896,
        layers: 24,
        heads: 14,
        kv_heads: 2,
        feed: Feed::Dense { inner: 4864 },
        ..Decoder::of(Llm::Qwen2Small)
    };
    vec![tiny, Shape { name: "0.5B", config: Config { decoder, ..sample::config() } }]
}

fn batch(rows: usize, tokens: usize, vocabulary: usize) -> Batch {
    Batch {
        examples: rows,
        tokens,
        input: (0..rows * tokens).map(|at| (at * 7919 % vocabulary.min(200)) as i32).collect(),
        labels: vec![-1; rows * tokens],
        weights: vec![-1.0; rows * tokens],
        positions: (0..rows).flat_map(|_| 0..tokens as i32).collect(),
        segments: None,
        patches: Vec::new(),
        masks: None,
        cells: Vec::new(),
        cut: 0,
    }
}

/// Tokens a second while prompts are read, and while answers are written.
fn measure(model: &Molmo, rows: usize, prompt: usize, tokens: usize) -> (f64, f64) {
    let device = Device::flex();
    let batch = batch(rows, prompt, model.config().decoder.vocabulary);
    drop(Generation::begin(model, &batch, tokens, &device));
    let begun = Instant::now();
    let mut generation = Generation::begin(model, &batch, tokens, &device);
    let read = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    for token in 0..tokens {
        let next = vec![Some(token as i32 % 200); rows];
        generation.push(&next);
    }
    let wrote = begun.elapsed().as_secs_f64();
    ((rows * prompt) as f64 / read, (rows * tokens) as f64 / wrote)
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut prompt, mut tokens, mut as_json, mut tiny) = (256, 32, false, false);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|word| word.parse().ok()).ok_or("a number is needed");
        match word.as_str() {
            "--prompt" => prompt = number()?,
            "--tokens" => tokens = number()?,
            "--json" => as_json = true,
            "--tiny" => tiny = true,
            "--bench" => {}
            other => return Err(format!("`{other}` is unknown").into()),
        }
    }
    let mut out = stdout().lock();
    if !as_json {
        writeln!(
            out,
            "| shape | parameters | prompts | read, tokens/s | written, tokens/s |\n|---|---|---|---|---|"
        )?;
    }
    for shape in shapes(tiny) {
        let model = sample::random(&shape.config, 1);
        let parameters: u64 = Molmo::parameters(&shape.config).iter().map(|named| named.count()).sum();
        for rows in ROWS {
            let (read, wrote) = measure(&model, rows, prompt, tokens);
            if as_json {
                let line = json!({
                    "bench": "decode", "shape": shape.name, "parameters": parameters, "dtype": "f32",
                    "prompts": rows, "prompt_tokens": prompt, "answer_tokens": tokens,
                    "read_tok_s": read, "write_tok_s": wrote,
                });
                writeln!(out, "{line}")?;
            } else {
                writeln!(out, "| {} | {parameters} | {rows} | {read:.0} | {wrote:.1} |", shape.name)?;
            }
        }
    }
    Ok(())
}
