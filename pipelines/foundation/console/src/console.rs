//! The streams: data on standard output, talk on standard error, nothing else.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use indicatif::ProgressBar;
use serde::Serialize;

use crate::args::{ColorChoice, ConsoleArgs};
use crate::logging::LogFile;
use crate::{Clock, Face, Failure, Interrupt, Progress, env, logging};

/// The terminal of one program. Cheap to clone; every clone speaks to the same terminal.
#[derive(Clone)]
pub struct Console {
    pub(crate) shared: Arc<Shared>,
}

/// What all clones of a console share.
pub(crate) struct Shared {
    pub(crate) program: &'static str,
    pub(crate) is_quiet: bool,
    pub(crate) is_json: bool,
    pub(crate) face: Face,
    pub(crate) clock: Clock,
    pub(crate) log: LogFile,
    has_color: bool,
    out: Mutex<Box<dyn Write + Send>>,
    is_reader_gone: AtomicBool,
    screen: Mutex<Screen>,
    interrupt: OnceLock<Interrupt>,
}

/// Standard error and the bar that may stand on it.
struct Screen {
    err: Box<dyn Write + Send>,
    bar: Option<ProgressBar>,
}

impl Console {
    /// The console of this process; installs the log.
    pub(crate) fn of_process(program: &'static str, args: &ConsoleArgs) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let has_color = match args.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal && !env::wants_no_color(),
        };
        let face = Face::chosen(args, is_terminal && !env::terminal_is_dumb());
        let (out, err) = (Box::new(io::stdout()), Box::new(io::stderr()));
        let console = Self::new(program, args, face, has_color, Clock::machine(), out, err);
        logging::install(&console, args);
        console
    }

    /// A console whose streams are kept instead of shown, with a clock that goes by hand and no log; for tests.
    #[must_use]
    pub fn captured(args: &ConsoleArgs) -> (Self, Captured) {
        let captured = Captured::default();
        let (out, err) = (Box::new(captured.out.clone()), Box::new(captured.err.clone()));
        let has_color = args.color == ColorChoice::Always;
        let face = Face::chosen(args, false);
        (Self::new("pixmo-test", args, face, has_color, Clock::by_hand(), out, err), captured)
    }

    fn new(
        program: &'static str,
        args: &ConsoleArgs,
        face: Face,
        has_color: bool,
        clock: Clock,
        out: Box<dyn Write + Send>,
        err: Box<dyn Write + Send>,
    ) -> Self {
        let shared = Shared {
            program,
            is_quiet: args.quiet,
            is_json: args.json,
            face,
            clock,
            log: LogFile::default(),
            has_color,
            out: Mutex::new(out),
            is_reader_gone: AtomicBool::new(false),
            screen: Mutex::new(Screen { err, bar: None }),
            interrupt: OnceLock::new(),
        };
        Console { shared: Arc::new(shared) }
    }

    /// The name of the running program, such as `pixmo-docs`.
    #[must_use]
    pub fn program(&self) -> &'static str {
        self.shared.program
    }

    /// Whether the person asked for one JSON object per line on standard output.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.shared.is_json
    }

    /// The clock of this run, for progress and waiting; never for anything that reaches a row.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Writes one line of data to standard output.
    ///
    /// # Errors
    /// The reader went away (pass it on with `?`: the program then ends normally) or the stream cannot be written.
    pub fn data_line(&self, line: &str) -> Result<(), Failure> {
        self.shared.write_data(format!("{line}\n").as_bytes())
    }

    /// Writes one JSON object as one line of data to standard output.
    ///
    /// # Errors
    /// As [`Console::data_line`]; a value that has no JSON form is a bug.
    pub fn data_json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(value)
            .map_err(|error| Failure::bug("a value has no form as JSON").cause(&error))?;
        self.data_line(&line)
    }

    /// Writes bytes as they are to standard output, for pictures and files.
    ///
    /// # Errors
    /// As [`Console::data_line`].
    pub fn data_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.shared.write_data(bytes)
    }

    /// Says a line (or several) to the person on standard error; silent with `--quiet`.
    pub fn say(&self, text: impl AsRef<str>) {
        if !self.shared.is_quiet {
            self.shared.write_talk(text.as_ref());
        }
    }

    /// Says that something is odd although nothing is lost, and what to do; also goes to the log.
    pub fn warn(&self, text: impl AsRef<str>, hint: Option<&str>) {
        let text = text.as_ref();
        tracing::warn!(target: logging::SAID, hint, "{text}");
        let label = if self.shared.has_color { "\x1b[1;33mwarning:\x1b[0m" } else { "warning:" };
        match hint {
            Some(hint) => self.say(format!("{label} {text}\n  hint: {hint}")),
            None => self.say(format!("{label} {text}")),
        }
    }

    /// Begins to show progress under `title`, usually the name of the dataset; tell it [`crate::Event`]s.
    #[must_use]
    pub fn progress(&self, title: &str) -> Progress {
        Progress::new(self, title)
    }

    /// The handle that says whether someone asked to stop. The first call begins to listen to Ctrl-C and SIGTERM.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        self.shared.interrupt.get_or_init(|| Interrupt::listening(self)).clone()
    }

    /// Writes the log of this run into `folder`, as JSON lines; what was logged before is not lost.
    ///
    /// Each run has a file of its own: `<program>-<start in UTC>-<process id>.jsonl`.
    ///
    /// # Errors
    /// The folder or the file cannot be made.
    pub fn log_to(&self, folder: &Path) -> Result<(), Failure> {
        self.shared.log.open(folder, self.shared.program)
    }

    /// Prints a failure on standard error in its one form.
    pub(crate) fn print_failure(&self, failure: &Failure) {
        let text = if self.shared.has_color { failure.in_color() } else { failure.to_string() };
        self.shared.write_talk(&text);
    }
}

impl Shared {
    /// Whether the reader of standard output closed its end.
    pub(crate) fn is_reader_gone(&self) -> bool {
        self.is_reader_gone.load(Ordering::Relaxed)
    }

    pub(crate) fn write_data(&self, bytes: &[u8]) -> Result<(), Failure> {
        if self.is_reader_gone() {
            return Err(Failure::reader_gone());
        }
        let screen = self.screen();
        let write = || {
            let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
            out.write_all(bytes).and_then(|()| out.flush())
        };
        let written = match &screen.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        };
        written.map_err(|error| {
            if error.kind() == io::ErrorKind::BrokenPipe {
                self.is_reader_gone.store(true, Ordering::Relaxed);
                Failure::reader_gone()
            } else {
                Failure::world("cannot write to standard output").cause(&error)
            }
        })
    }

    /// Writes talk above the bar, if there is one. Nobody listening on standard error is no reason to stop.
    pub(crate) fn write_talk(&self, text: &str) {
        self.screen().write(text);
    }

    /// Puts a bar on the screen, or takes it away.
    pub(crate) fn set_bar(&self, bar: Option<ProgressBar>) {
        let mut screen = self.screen();
        if let Some(old) = screen.bar.take() {
            old.finish_and_clear();
        }
        screen.bar = bar;
    }

    fn screen(&self) -> MutexGuard<'_, Screen> {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Screen {
    fn write(&mut self, text: &str) {
        let text = format!("{text}\n");
        let err = &mut self.err;
        let mut write = || err.write_all(text.as_bytes()).and_then(|()| err.flush());
        // A closed standard error cannot be complained about anywhere.
        let _unheard = match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        };
    }
}

/// What a captured console was told; for tests.
#[derive(Clone, Debug, Default)]
pub struct Captured {
    out: Kept,
    err: Kept,
}

impl Captured {
    /// Everything written to standard output so far.
    #[must_use]
    pub fn stdout(&self) -> String {
        self.out.text()
    }

    /// Everything written to standard error so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.err.text()
    }
}

#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
