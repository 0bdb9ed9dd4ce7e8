//! A program with the manners of the house and nothing to do, to look at the faces: `faces build --tasks 2000`.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::{Parser, Subcommand};
use pixmo_console::{Console, ConsoleArgs, Counts, Ending, Event, Failure};

/// Show how progress, errors and endings look
#[derive(Parser)]
#[command(name = "faces", version, after_help = "Example: faces build --tasks 2000")]
struct Args {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand)]
enum Verb {
    /// Pretend to build a dataset
    Build {
        /// Tasks in all
        #[arg(long, default_value_t = 2000)]
        tasks: u64,
        /// Milliseconds a task takes
        #[arg(long, default_value_t = 5)]
        task_ms: u64,
        /// Where the log goes
        #[arg(long)]
        logs: Option<std::path::PathBuf>,
    },
    /// Print numbers until there are no more, or no reader
    Count {
        /// How many
        upto: u64,
    },
    /// Hang in a task that does not end, having said so on standard output
    Hang,
    /// End badly
    End {
        /// As what
        #[arg(value_parser = ["request", "data", "world", "interrupted", "bug", "panic", "not-all-good"])]
        how: String,
    },
}

fn main() -> ExitCode {
    pixmo_console::start(
        "faces",
        |args: &Args| &args.console,
        |args, console| match &args.verb {
            Verb::Build { tasks, task_ms, logs } => {
                if let Some(folder) = logs {
                    console.log_to(folder)?;
                }
                build(console, *tasks, Duration::from_millis(*task_ms))
            }
            Verb::Count { upto } => {
                for number in 0..*upto {
                    console.data_line(&number.to_string())?;
                }
                Ok(Ending::Good)
            }
            Verb::Hang => hang(console),
            Verb::End { how } => end(how),
        },
    )
}

const SHARDS: u64 = 16;

fn build(console: &Console, tasks: u64, pause: Duration) -> Result<Ending, Failure> {
    let interrupt = console.interrupt();
    let progress = console.progress("docs");
    progress.tell(Event::Begun { shards: SHARDS, tasks, seed: Some(7), before: Counts::default() });
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _worker in 0..2 {
            scope.spawn(|| {
                while !interrupt.is_requested() {
                    let task = next.fetch_add(1, Ordering::Relaxed);
                    if task >= tasks {
                        break;
                    }
                    std::thread::sleep(pause);
                    progress.tell(Event::Moved(counts(task + 1, tasks)));
                    if task == tasks / 2 {
                        progress.tell(Event::Warned {
                            message: "font `Lora` has no glyph for `\u{4e94}`".to_owned(),
                            hint: Some("the text is drawn in `Noto Sans`".to_owned()),
                        });
                        tracing::debug!(task, "half is done");
                    }
                }
            });
        }
    });
    let done = counts(next.load(Ordering::Relaxed).min(tasks), tasks);
    if interrupt.is_requested() {
        progress.tell(Event::Interrupted(done));
        return Err(Failure::interrupted(format!(
            "{} of {SHARDS} shards are finished and safe",
            done.shards_finished
        ))
        .hint("run the same command again to continue"));
    }
    progress.tell(Event::Finished {
        rows: done.rows,
        dropped: BTreeMap::from([("render_failed".to_owned(), done.dropped)]),
        bytes: done.rows * 51_200,
        files: SHARDS,
        into: Some("data/shards/docs".to_owned()),
    });
    Ok(Ending::Good)
}

fn hang(console: &Console) -> Result<Ending, Failure> {
    let _nobody_asks_it = console.interrupt();
    console.data_line("a task is in flight")?;
    loop {
        std::thread::sleep(Duration::from_secs(1));
    }
}

/// One task in a hundred gives nothing.
fn counts(done: u64, tasks: u64) -> Counts {
    let dropped = done / 100;
    Counts {
        shards_finished: done * SHARDS / tasks.max(1),
        tasks_finished: done,
        rows: done - dropped,
        dropped,
    }
}

fn end(how: &str) -> Result<Ending, Failure> {
    let failure = match how {
        "request" => {
            Failure::request("cannot build `dosc`: there is no such dataset").hint("did you mean `docs`?")
        }
        "data" => {
            Failure::data("3 of 1,204 points are outside their image").at("data/annotations/points.jsonl")
        }
        "world" => Failure::world("cannot write shard 17 of `docs`").because("no space left on device"),
        "interrupted" => Failure::interrupted("118 of 256 shards are finished and safe"),
        "bug" => Failure::bug("a row has no picture"),
        "panic" => panic!("index out of range"),
        _ => return Ok(Ending::NotAllGood),
    };
    Err(failure)
}
