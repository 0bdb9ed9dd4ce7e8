//! The real program, with a model of random weights in the layout of the released ones.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use pixmo_render::{Pixmap, picture};
use serde_json::Value;

/// A folder with a model and what a test puts there.
pub(crate) struct House {
    folder: tempfile::TempDir,
}

impl House {
    /// With the random model of a seed in `model`.
    pub(crate) fn new(seed: u64) -> House {
        let folder = tempfile::tempdir().unwrap();
        pixmo_molmo::sample::write(&folder.path().join("model"), seed).unwrap();
        House { folder }
    }

    /// With a model that says one text, again and again: its last norm is set to 0, so that all tokens are equally likely
    /// and the first of them is taken, and the tokeniser has that text as the first token.
    pub(crate) fn saying(text: &str) -> House {
        let house = House::new(1);
        let weights = house.path("model/model.safetensors");
        let mut bytes = std::fs::read(&weights).unwrap();
        let header_bytes = usize::try_from(u64::from_le_bytes(bytes[..8].try_into().unwrap())).unwrap();
        let header: Value = serde_json::from_slice(&bytes[8..8 + header_bytes]).unwrap();
        let place = &header["model.transformer.ln_f.weight"]["data_offsets"];
        let at = |index: usize| 8 + header_bytes + usize::try_from(place[index].as_u64().unwrap()).unwrap();
        bytes[at(0)..at(1)].fill(0);
        std::fs::write(weights, bytes).unwrap();
        let file = house.path("model/tokenizer.json");
        let mut tokenizer: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let vocabulary = tokenizer["model"]["vocab"].as_object_mut().unwrap();
        vocabulary.retain(|_, id| id != 0);
        // Tokenisers of this kind write a space as a letter.
        vocabulary.insert(text.replace(' ', "\u{120}"), Value::from(0));
        std::fs::write(file, tokenizer.to_string()).unwrap();
        house
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A picture of one colour, in PNG.
    pub(crate) fn picture(&self, name: &str, width: u32, height: u32) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut pixmap = Pixmap::new(width, height).unwrap();
        pixmap.data_mut().as_chunks_mut::<4>().0.fill([90, 120, 150, 255]);
        std::fs::write(path, picture::png(&pixmap)).unwrap();
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-captioner"));
        command.args(words).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// What the program says to these words and to `--model model`.
    pub(crate) fn run(&self, words: &[&str]) -> Run {
        Run::of(self.command(words).args(["--model", "model"]).output().unwrap())
    }

    /// A server on a free port, and its address.
    pub(crate) fn serve(&self, words: &[&str]) -> Serving {
        let mut command = self.command(&["serve", "--model", "model", "--address", "127.0.0.1:0"]);
        let child = command.args(words).stderr(Stdio::piped()).spawn().unwrap();
        let mut serving = Serving { child, url: String::new() };
        let lines = BufReader::new(serving.child.stderr.take().unwrap()).lines();
        let mut said = Vec::new();
        for line in lines {
            let line = line.unwrap();
            if let Some((_, address)) = line.split_once(" at http://") {
                serving.url = format!("http://{}", address.trim_end_matches("/v1"));
                return serving;
            }
            said.push(line);
        }
        panic!("the server did not start: {said:?}");
    }
}

/// A program that serves, and ends with the test.
pub(crate) struct Serving {
    child: Child,
    pub(crate) url: String,
}

impl Serving {
    /// Sends it an interrupt; its exit code.
    #[cfg(unix)]
    pub(crate) fn interrupted(mut self) -> i32 {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended before.
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// What came of a run.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn of(output: Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn good(self) -> Run {
        assert_eq!(self.code, 0, "{}", self.err);
        self
    }

    /// It ended with this code, and says these words on standard error.
    pub(crate) fn bad(self, code: i32, words: &[&str]) -> Run {
        assert_eq!(self.code, code, "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in:\n{}", self.err);
        }
        self
    }

    /// Its objects on standard output.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The answer that the library gives, for comparison.
pub(crate) fn answer(
    model: &Path,
    request: pixmo_molmo::captioner::Request,
) -> pixmo_molmo::captioner::Reply {
    let captioner = pixmo_molmo::Captioner::open(model, &pixmo_molmo::Options::default()).unwrap();
    let go = &mut |_row: usize, _token: &_| pixmo_molmo::captioner::Flow::Go;
    captioner.generate(&[request], go).unwrap().remove(0)
}
