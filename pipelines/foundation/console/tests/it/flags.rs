//! Errors about flags in our form, with the suggestions of the parser.

use std::ffi::OsString;

use clap::{Parser, Subcommand};
use pixmo_console::ConsoleArgs;

/// Build a dataset
#[derive(Debug, Parser)]
#[command(name = "pixmo-docs", version = "0.1.0")]
struct Args {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make the shards
    #[command(after_help = "Example: pixmo-docs build --shards 256")]
    Build {
        /// Shards in all
        #[arg(long, value_name = "N")]
        shards: Option<u32>,
        /// Where they go
        #[arg(long, value_name = "DIR")]
        into: String,
    },
    /// Look at the shards
    Status,
}

fn parse(line: &str) -> Result<Args, clap::Error> {
    let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
    pixmo_console::parse_from::<Args>(&words)
}

#[test]
fn wrong_flags() {
    let lines = [
        "pixmo-docs build --into x --shrads 2",
        "pixmo-docs build --into x extra",
        "pixmo-docs build --into x --shards many",
        "pixmo-docs build --into x --shards -1",
        "pixmo-docs build --into x --shards",
        "pixmo-docs build --into x --into y",
        "pixmo-docs build",
        "pixmo-docs biuld",
        "pixmo-docs weather",
        "pixmo-docs status --color purple",
        "pixmo-docs status --progress line",
        "pixmo-docs status --json=yes",
        "pixmo-docs status --quiet --verbose",
        "pixmo-docs build --into x --shards 5000000000",
    ];
    let all: Vec<String> = lines
        .iter()
        .map(|line| {
            let error = parse(line).expect_err("a wrong line");
            format!("$ {line}\n{}\n", pixmo_console::failure_of(&error))
        })
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn flags_of_the_console_stand_anywhere() {
    let args = parse("pixmo-docs --json build -v --into x --color=never").expect("a good line");
    assert!(args.console.json && args.console.verbose && !args.console.quiet);
    let args = parse("pixmo-docs status -q").expect("a good line");
    assert_eq!(args.console, ConsoleArgs { quiet: true, ..ConsoleArgs::default() });
}

#[test]
fn help_has_the_flags_of_the_console() {
    let error = parse("pixmo-docs build --help").expect_err("help");
    let help = error.to_string();
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    insta::assert_snapshot!(help);
}
