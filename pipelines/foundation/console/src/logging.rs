//! The log: JSON lines in a file for machines, plain lines on standard error with `--verbose`.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tracing_subscriber::filter::{FilterFn, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::args::ConsoleArgs;
use crate::console::Shared;
use crate::{Console, Failure, env};

/// The target of log lines whose text was also said to the person; they are not shown twice.
pub(crate) const SAID: &str = "pixmo_console::said";

/// How much of the log is kept until it is known where it goes, in bytes.
const WAITING_BYTES_MAX: usize = 1 << 20;

/// Installs the log of this process. A second call (tests) changes nothing.
pub(crate) fn install(console: &Console, args: &ConsoleArgs) {
    // A directive names the beginning of a target: `pixmo` is every crate of the house.
    let default = if args.verbose { "warn,pixmo=debug" } else { "warn,pixmo=info" };
    let asked = env::pixmo_log();
    let filter = asked.as_deref().and_then(|directives| EnvFilter::try_new(directives).ok());
    let is_misspelt = asked.is_some() && filter.is_none();
    let filter = filter.unwrap_or_else(|| EnvFilter::new(default));

    let file = fmt::layer().json().flatten_event(true).with_writer(console.shared.log.clone());
    let shown =
        fmt::layer().with_ansi(false).with_target(false).with_writer(Talk(Arc::clone(&console.shared)));
    let shown = args.verbose.then(|| shown.with_filter(not_said()));
    let _already_installed = tracing_subscriber::registry().with(filter).with(file).with(shown).try_init();

    if is_misspelt {
        let text = format!("cannot read `{}`: it is `{}`", env::PIXMO_LOG, asked.unwrap_or_default());
        console.warn(text, Some("write directives such as `debug` or `pixmo_shards=trace,info`"));
    }
}

fn not_said() -> FilterFn {
    filter_fn(|meta| meta.target() != SAID)
}

/// Where the JSON log goes: kept in memory until the program knows its folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogFile(Arc<Mutex<Target>>);

#[derive(Debug)]
enum Target {
    Waiting(Vec<u8>),
    File(File),
}

impl Default for Target {
    fn default() -> Self {
        Target::Waiting(Vec::new())
    }
}

impl LogFile {
    pub(crate) fn open(&self, folder: &Path, program: &str) -> Result<(), Failure> {
        let path = folder.join(format!("{program}-{}-{}.jsonl", utc_now(), std::process::id()));
        let cannot = |error: &io::Error| {
            Failure::world("cannot open the log of this run").cause(error).at(path.display().to_string())
        };
        std::fs::create_dir_all(folder).map_err(|error| cannot(&error))?;
        let mut file =
            File::options().create(true).append(true).open(&path).map_err(|error| cannot(&error))?;
        let mut target = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Target::Waiting(lines) = &*target {
            file.write_all(lines).map_err(|error| cannot(&error))?;
        }
        *target = Target::File(file);
        Ok(())
    }
}

/// The time as it stands in file names: `20261103T142055Z`.
fn utc_now() -> String {
    let mut text = String::new();
    if SystemTime.format_time(&mut Writer::new(&mut text)).is_err() {
        return "unknown".to_owned();
    }
    let seconds = text.split('.').next().unwrap_or(&text);
    format!("{}Z", seconds.replace(['-', ':', 'Z'], ""))
}

impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Target::Waiting(lines) => {
                if lines.len() + bytes.len() <= WAITING_BYTES_MAX {
                    lines.extend_from_slice(bytes);
                }
                Ok(bytes.len())
            }
            Target::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogFile {
    type Writer = LogFile;

    fn make_writer(&'a self) -> Self::Writer {
        self.clone()
    }
}

/// Log lines on standard error, above the bar.
struct Talk(Arc<Shared>);

impl<'a> MakeWriter<'a> for Talk {
    type Writer = TalkLine<'a>;

    fn make_writer(&'a self) -> Self::Writer {
        TalkLine(&self.0)
    }
}

struct TalkLine<'a>(&'a Shared);

impl Write for TalkLine<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_talk(String::from_utf8_lossy(bytes).trim_end());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
