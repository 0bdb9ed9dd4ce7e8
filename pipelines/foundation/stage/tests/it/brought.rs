//! A dataset whose tasks need something from outside: when it is asked for, what is made again, and what is left alone.

use std::fs;
use std::path::PathBuf;

use pixmo_console::{Console, ConsoleArgs, Ending, Failure};
use pixmo_schemas::Dataset;
use pixmo_schemas::records::docs::{DocsQuestions, DocsRecord, Image};
use pixmo_shards::Sidecar;
use pixmo_stage::{
    ConfigSpec, Context, Emit, Group, Outcome, Part, Reason, Review, Shard, Split, Stage, Task, Worker,
    build_in,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::bench::{Bench, contents, differing};

const TASKS: u64 = 12;
/// The key of a sidecar's summary under which stands what its rows were made from.
const FROM: &str = "from";

/// The stage: row *n* is the word in the file *n* of a folder, where somebody has put it.
#[derive(Debug)]
struct Brought {
    folder: PathBuf,
    planned: usize,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct BroughtSettings {
    folder: PathBuf,
}

#[derive(Debug, Deserialize, Serialize)]
struct Word {
    id: String,
    word: String,
}

#[derive(Clone, Copy, Debug)]
struct Nothing;

impl Reason for Nothing {
    fn name(self) -> &'static str {
        "nothing"
    }
}

/// All words of a shard.
#[derive(Debug, Default)]
struct Words(String);

impl Review<Word> for Words {
    const NEEDED: bool = false;

    fn observe(&mut self, _row: &Word) {}

    fn apply(&mut self, row: Word) -> Word {
        self.0.push_str(&row.word);
        row
    }

    fn summary(&self) -> Value {
        json!({ FROM: self.0 })
    }
}

impl Brought {
    fn word(&self, task: u64) -> Option<String> {
        fs::read_to_string(self.folder.join(task.to_string())).ok()
    }

    fn tasks(shard: &Shard) -> impl Iterator<Item = u64> {
        shard.parts.iter().flat_map(|part| part.tasks.clone())
    }
}

impl Stage for Brought {
    const DATASET: Dataset = Dataset::Docs;
    const PROGRAM: &'static str = "pixmo-brought";
    const CARD: &'static str = "# {{public_name}}\n";

    type Settings = BroughtSettings;
    type Row = Word;
    type Reason = Nothing;
    type Review = Words;

    fn open(settings: BroughtSettings, _cx: &Context) -> Result<Self, Failure> {
        Ok(Brought { folder: settings.folder, planned: 0 })
    }

    fn groups(&self, limit: Option<u64>) -> Vec<Group> {
        let tasks = limit.unwrap_or(TASKS).min(TASKS);
        vec![Group { config: "charts", split: Split::Train, tasks }]
    }

    fn planned(&mut self, shards: &[Shard]) {
        assert_eq!(self.planned, 0, "it is told once");
        self.planned = shards.len();
    }

    fn configs(&self) -> Vec<ConfigSpec> {
        vec![ConfigSpec::main(Self::DATASET.config("charts").expect("docs has it"))]
    }

    fn lacks(&self, shard: &Shard) -> Result<bool, Failure> {
        assert!((shard.index as usize) < self.planned, "it is told before anything is asked");
        Ok(Brought::tasks(shard).any(|task| self.word(task).is_none()))
    }

    fn bring(&self, shards: &[&Shard], _console: &Console) -> Result<(), Failure> {
        let log = self.folder.join("log");
        let before = fs::read_to_string(&log).unwrap_or_default();
        let numbers: Vec<String> = shards.iter().map(|shard| shard.index.to_string()).collect();
        fs::write(log, format!("{before}{}\n", numbers.join(","))).unwrap();
        for task in
            shards.iter().flat_map(|shard| Brought::tasks(shard)).filter(|task| self.word(*task).is_none())
        {
            if self.folder.join("closed").exists() && task >= TASKS / 2 {
                return Err(Failure::world("nobody is there"));
            }
            fs::write(self.folder.join(task.to_string()), format!("w{task}")).unwrap();
        }
        Ok(())
    }

    fn is_current(&self, shard: &Shard, sidecar: &Sidecar) -> Result<bool, Failure> {
        let words = Brought::tasks(shard).filter_map(|task| self.word(task)).filter(|word| word != "nothing");
        Ok(sidecar.summary.get(FROM).and_then(Value::as_str) == Some(&words.collect::<String>()))
    }

    fn make(&self, task: &Task, _worker: &mut Worker) -> Result<Outcome<Word, Nothing>, Failure> {
        let word = self.word(task.index).ok_or_else(|| Failure::bug("it was not brought"))?;
        Ok(match word == "nothing" {
            true => Outcome::Drop(Nothing),
            false => Outcome::Keep(Word { id: task.id.clone(), word }),
        })
    }

    fn emit(&self, part: &Part, row: Word, out: &mut Emit) -> Result<(), Failure> {
        let image = Image { bytes: row.word.clone().into_bytes(), path: None };
        let questions = DocsQuestions { question: vec!["Which word?".into()], answer: vec![row.word] };
        out.push(part.config, DocsRecord { image, image_id: row.id, questions })
    }
}

/// A bench, and the folder of what is outside.
fn bench() -> (Bench, PathBuf) {
    let bench = Bench::new("");
    let outside = bench.path("outside");
    fs::create_dir(&outside).unwrap();
    bench.set(&format!("folder = {:?}", outside.display().to_string()));
    (bench, outside)
}

fn build(bench: &Bench, flags: &str) -> Result<Ending, Failure> {
    build_in::<Brought>(&bench.args(flags), &Console::captured(&ConsoleArgs::default()).0, None)
}

/// The shards that were brought, a line for each time.
fn log(outside: &std::path::Path) -> Vec<String> {
    let text = fs::read_to_string(outside.join("log")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn what_is_lacking_is_brought_once_and_then_left_alone() {
    let (bench, outside) = bench();
    assert_eq!(build(&bench, "--shards 3"), Ok(Ending::Good));
    assert_eq!(log(&outside), ["0,1,2"]);
    let first = contents(&bench.docs());
    assert_eq!(build(&bench, "--shards 3"), Ok(Ending::Good));
    assert_eq!(log(&outside), ["0,1,2"]);
    // What is gone is brought again, and gives the same bytes.
    fs::remove_file(outside.join("5")).unwrap();
    assert_eq!(build(&bench, "--shards 3"), Ok(Ending::Good));
    assert_eq!(log(&outside), ["0,1,2", "1"]);
    assert_eq!(differing(&first, &contents(&bench.docs())), Vec::<String>::new());
}

#[test]
fn a_shard_that_would_be_made_otherwise_now_is_made_again_and_no_other() {
    let (bench, outside) = bench();
    build(&bench, "--shards 3").unwrap();
    let first = contents(&bench.docs());
    for word in ["other", "nothing"] {
        fs::write(outside.join("9"), word).unwrap();
        assert_eq!(build(&bench, "--shards 3"), Ok(Ending::Good));
        let names = differing(&first, &contents(&bench.docs()));
        assert!(names.iter().any(|name| name.ends_with("00002-of-00003.parquet")), "{names:?}");
        assert!(!names.iter().any(|name| name.contains("00000") || name.contains("00001")), "{names:?}");
    }
    assert_eq!(log(&outside), ["0,1,2"], "nothing was lacking");
    fs::write(outside.join("9"), "w9").unwrap();
    build(&bench, "--shards 3").unwrap();
    assert_eq!(differing(&first, &contents(&bench.docs())), Vec::<String>::new());
}

#[test]
fn only_the_shards_that_are_asked_for_are_brought() {
    let (bench, outside) = bench();
    assert_eq!(build(&bench, "--shards 3 --only 1"), Ok(Ending::Good));
    assert_eq!(log(&outside), ["1"]);
    assert!(outside.join("4").exists() && !outside.join("0").exists());
    assert_eq!(build(&bench, "--shards 3"), Ok(Ending::Good));
    assert_eq!(log(&outside), ["1", "0,2"]);
}

#[test]
fn what_cannot_be_brought_stops_the_build_and_the_next_one_goes_on() {
    let (bench, outside) = bench();
    fs::write(outside.join("closed"), "").unwrap();
    let failure = build(&bench, "--shards 3").unwrap_err();
    assert_eq!((failure.kind.exit_code(), failure.message.as_str()), (3, "nobody is there"));
    assert!(outside.join("5").exists() && !bench.docs().join("manifest.json").exists());
    fs::remove_file(outside.join("closed")).unwrap();
    build(&bench, "--shards 3").unwrap();
    assert_eq!(log(&outside), ["0,1,2", "1,2"]);
    let (undisturbed, _) = {
        let (bench, outside) = self::bench();
        build(&bench, "--shards 3").unwrap();
        (contents(&bench.docs()), outside)
    };
    let names = differing(&undisturbed, &contents(&bench.docs()));
    assert!(names.iter().all(|name| name == "manifest.json" || name.starts_with("shards/")), "{names:?}");
}
