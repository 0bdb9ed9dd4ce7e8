//! The way into a program and out of it: flags, panics, failures, exit codes.

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde_json::json;

use crate::args::{ColorChoice, ConsoleArgs};
use crate::{Console, Failure, Kind, logging, panics};

/// How a program ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done, all good. Exit code 0.
    Good,
    /// Done, but the data is not all good; the program has said what. Exit code 1.
    NotAllGood,
    /// The program that ran in our place ended with this code.
    AsChild(u8),
}

/// Reads the flags of this process and runs `main` with them: a whole `fn main`.
///
/// `console_of` says where the flags of the console lie in those of the program.
pub fn start<T: clap::Parser>(
    program: &'static str,
    console_of: impl FnOnce(&T) -> &ConsoleArgs,
    main: impl FnOnce(&T, &Console) -> Result<Ending, Failure>,
) -> ExitCode {
    match parse::<T>() {
        Ok(args) => run(program, console_of(&args), |console| main(&args, console)),
        Err(code) => code,
    }
}

/// Reads the flags of this process.
///
/// # Errors
/// The exit code to end with at once: help and version were printed, or the flags were wrong and it was said how.
pub fn parse<T: clap::Parser>() -> Result<T, ExitCode> {
    let words: Vec<OsString> = std::env::args_os().collect();
    let glimpse = ConsoleArgs::glimpse(&words);
    parse_from::<T>(&words).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that went away before the end of the help has read enough.
            let _unread = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _unheard = error.print();
            ExitCode::from(Kind::Request.exit_code())
        }
        _ => run("pixmo", &glimpse, |_console| Err(failure_of(&error))),
    })
}

/// Reads flags from `words`, the first of which is the name of the program.
///
/// # Errors
/// The parser's own error, help and version included; [`failure_of`] has it in our form.
pub fn parse_from<T: clap::Parser>(words: &[OsString]) -> Result<T, clap::Error> {
    let color = match ConsoleArgs::glimpse(words).color {
        ColorChoice::Auto => clap::ColorChoice::Auto,
        ColorChoice::Always => clap::ColorChoice::Always,
        ColorChoice::Never => clap::ColorChoice::Never,
    };
    let mut command = T::command().color(color).max_term_width(100);
    let mut matches = command.try_get_matches_from_mut(words)?;
    T::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// Runs `main` with a console and says how it ended: panics are bugs, failures are printed once, a closed standard
/// output is a normal end.
pub fn run(
    program: &'static str,
    args: &ConsoleArgs,
    main: impl FnOnce(&Console) -> Result<Ending, Failure>,
) -> ExitCode {
    let console = Console::of_process(program, args);
    panics::watch();
    ExitCode::from(conclude(&console, main))
}

/// Runs `main` and reports how it ended; the exit code.
pub(crate) fn conclude(console: &Console, main: impl FnOnce(&Console) -> Result<Ending, Failure>) -> u8 {
    let ended = catch_unwind(AssertUnwindSafe(|| main(console)));
    let ended = ended.unwrap_or_else(|_| Err(panics::as_failure(console.program())));
    console.shared.set_bar(None);
    match ended {
        Ok(ending) => report_ending(console, ending),
        Err(failure) if failure.reader_gone => 0,
        Err(failure) => report_failure(console, &failure),
    }
}

fn report_ending(console: &Console, ending: Ending) -> u8 {
    let (name, code) = match ending {
        Ending::Good => ("good", 0),
        Ending::NotAllGood => ("not_all_good", Kind::Data.exit_code()),
        Ending::AsChild(code) => return code,
    };
    tracing::info!(exit = code, "ended");
    if !console.is_json() {
        return code;
    }
    match console.data_line(&json!({ "event": "ended", "ending": name, "exit": code }).to_string()) {
        Err(failure) if !failure.reader_gone => report_failure(console, &failure),
        _ => code,
    }
}

fn report_failure(console: &Console, failure: &Failure) -> u8 {
    let code = failure.kind.exit_code();
    let at = failure.at.as_deref();
    match failure.kind {
        Kind::Interrupted => tracing::info!(target: logging::SAID, exit = code, "{}", failure.message),
        _ => {
            let causes = failure.causes.join("; ");
            tracing::error!(target: logging::SAID, exit = code, at, causes, "{}", failure.message);
        }
    }
    console.print_failure(failure);
    if console.is_json() {
        let object = json!({
            "event": "failed",
            "kind": failure.kind,
            "error": failure.message,
            "causes": failure.causes,
            "at": failure.at,
            "hints": failure.hints,
            "exit": code,
        });
        // The failure itself was printed; there is no third place to say that nobody reads this one.
        let _unread = console.data_line(&object.to_string());
    }
    code
}

/// An error about flags in our form; the suggestions of the parser are kept.
#[must_use]
pub fn failure_of(error: &clap::Error) -> Failure {
    let text = |kind| error.get(kind).and_then(words_of).unwrap_or_default();
    let (flag, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let name = bare(&flag);
    let failure = match error.kind() {
        ErrorKind::UnknownArgument if flag.parse::<f64>().is_ok() => {
            Failure::request(format!("unexpected number `{flag}`: values below zero are not taken here"))
        }
        ErrorKind::UnknownArgument if flag.starts_with('-') => {
            Failure::request(format!("unknown flag `{name}`"))
        }
        ErrorKind::UnknownArgument => Failure::request(format!("unexpected argument `{flag}`")),
        ErrorKind::InvalidSubcommand => {
            Failure::request(format!("unknown verb `{}`", text(ContextKind::InvalidSubcommand)))
        }
        ErrorKind::InvalidValue if value.is_empty() => Failure::request(format!("`{name}` needs a value")),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let failure = Failure::request(format!("`{name}` cannot be `{value}`"));
            match std::error::Error::source(error) {
                Some(source) => failure.because(expected_words(&source.to_string())),
                None => failure,
            }
        }
        ErrorKind::MissingRequiredArgument => Failure::request(format!("{} is missing", quoted(&flag))),
        ErrorKind::MissingSubcommand => Failure::request("a verb is missing"),
        ErrorKind::ArgumentConflict if text(ContextKind::PriorArg) == flag => {
            Failure::request(format!("`{name}` is given twice"))
        }
        ErrorKind::ArgumentConflict => {
            let other = quoted(&text(ContextKind::PriorArg));
            Failure::request(format!("`{name}` cannot be used together with {other}"))
        }
        ErrorKind::TooManyValues => Failure::request(format!("`{name}` takes no value, found `{value}`")),
        ErrorKind::InvalidUtf8 => Failure::request("an argument is not UTF-8"),
        _ => Failure::request(first_line(&error.to_string())),
    };
    with_hints(failure, error)
}

/// What the parsers of the standard library complain about, said as what they expect.
fn expected_words(complaint: &str) -> String {
    let words = match complaint {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "expected a whole number"
        }
        "number too large to fit in target type" => "the number is too large",
        "number too small to fit in target type" => "the number is too small",
        "number would be zero for non-zero type" => "expected a whole number, 1 or more",
        "invalid float literal" | "cannot parse float from empty string" => "expected a number",
        other => other,
    };
    words.to_owned()
}

fn with_hints(mut failure: Failure, error: &clap::Error) -> Failure {
    let get = |kind| error.get(kind).and_then(words_of).filter(|text| !text.is_empty());
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(nearest) = suggested.into_iter().find_map(get) {
        let all: Vec<String> = nearest.split('\n').map(|one| format!("`{}`", bare(one))).collect();
        failure = failure.hint(format!("did you mean {}?", all.join(" or ")));
    } else if let Some(choices) = get(ContextKind::ValidValue).or_else(|| get(ContextKind::ValidSubcommand)) {
        failure = failure.hint(format!("the choices are {}", quoted(&choices)));
    }
    match error.get(ContextKind::Usage).and_then(words_of).and_then(|usage| command_of(&usage)) {
        Some(command) => failure.hint(format!("`{command} --help` explains the flags")),
        None => failure.hint("`--help` explains the flags"),
    }
}

/// The words of a part of the parser's error; several stand on lines of their own.
fn words_of(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join("\n")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => {
            Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `--shards <N>` without its value: `--shards`.
fn bare(flag: &str) -> &str {
    flag.split_once([' ', '=']).map_or(flag, |(name, _)| name)
}

/// Lines as a list of names in backticks.
fn quoted(lines: &str) -> String {
    let names: Vec<String> = lines.split('\n').map(|line| format!("`{}`", bare(line))).collect();
    names.join(", ")
}

/// `Usage: pixmo-docs build [OPTIONS]` → `pixmo-docs build`.
fn command_of(usage: &str) -> Option<String> {
    let words = usage.trim_start().strip_prefix("Usage:")?.split_whitespace();
    let names: Vec<&str> = words.take_while(|word| !word.starts_with(['[', '<', '-'])).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}
