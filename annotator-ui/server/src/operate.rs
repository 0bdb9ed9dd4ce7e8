//! `pixmo annotate admin`: what an operator does on the pages, from a terminal or a script, over HTTP.
//!
//! It knows the server by its addresses alone, as any other program would: [`verbs`] says what can be asked, [`asked`] which
//! address that is, [`server`] asks it, [`views`] and [`table`] show
//! what came.

mod asked;
mod server;
mod table;
mod verbs;
mod views;

use std::path::PathBuf;

use clap::Args;
use pixmo_console::{Console, Ending, Failure, env};
use serde_json::Value;

use asked::{Asked, Shown};
use server::Server;
use table::{fields, rows};
use verbs::Verb;

use crate::intake::{pieces_of, tell_imported};
use crate::tasks::Imported;

/// Operate a campaign that is being served: progress, people, tasks, review, pay, export, erasure
///
/// It speaks to the server with a token of the scope `operator`, from the operator's page or from `pixmo-annotate token`.
///
/// Example: pixmo-annotate admin progress --server https://speak.example --token-file operator.token
#[derive(Debug, Args)]
pub(crate) struct AdminArgs {
    #[command(subcommand)]
    verb: Verb,
    /// The address of the server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8500", global = true)]
    server: String,
    /// The file that holds the token; without it the variable `PIXMO_ANNOTATE_TOKEN` does
    #[arg(long, value_name = "FILE", global = true)]
    token_file: Option<PathBuf>,
}

/// Runs the verb `admin`.
pub(crate) async fn command(console: &Console, args: &AdminArgs) -> Result<Ending, Failure> {
    args.verb.check()?;
    let server = Server::new(&args.server, token(args)?)?;
    let mut asked = args.verb.asked();
    if let Verb::Import { file } = &args.verb {
        let imported: Imported = server.send_lines(&asked, pieces_of(file).await?).await?;
        return tell_imported(console, file, &imported);
    }
    if let Verb::Pay { csv: true, .. } = &args.verb {
        let csv = server.bytes(&asked, "text/csv").await?;
        return console.data_bytes(&csv).map(|()| Ending::Good);
    }
    loop {
        let answer = server.ask(&asked).await?;
        show(console, &asked, &answer)?;
        let Some(cursor) = answer.get("cursor").and_then(Value::as_str) else { break };
        if !args.verb.wants_all() {
            console.say("there is more: add --all");
            break;
        }
        asked.turn_to(cursor);
    }
    Ok(Ending::Good)
}

/// The token, from a file or the environment.
fn token(args: &AdminArgs) -> Result<String, Failure> {
    let token = match &args.token_file {
        Some(file) => std::fs::read_to_string(file).map_err(|error| {
            Failure::request("cannot read the token").cause(&error).at(file.display().to_string())
        })?,
        None => env::annotate_token().ok_or_else(|| {
            Failure::request("there is no token: neither `--token-file` nor `PIXMO_ANNOTATE_TOKEN` is given")
                .hint("an operator makes one on the page of invitations, or `pixmo annotate token` on the server's machine")
        })?,
    };
    let token = token.trim();
    if token.is_empty() || token.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(Failure::request("the token is none: expected one word of letters, digits, `-` and `_`"));
    }
    Ok(token.to_owned())
}

/// Shows an answer: with `--json` as it came, a line for each of a list; else as tables.
fn show(console: &Console, asked: &Asked, answer: &Value) -> Result<(), Failure> {
    let list = |name: &str| answer.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if console.is_json() {
        return match asked.shown {
            Shown::List { name, .. } => list(name).iter().try_for_each(|item| console.data_json(item)),
            Shown::Whole(_) => console.data_json(answer),
            Shown::Done(ref text) => console.data_json(&serde_json::json!({ "event": "done", "what": text })),
        };
    }
    match &asked.shown {
        Shown::Done(text) => {
            console.say(text);
            Ok(())
        }
        Shown::List { name, .. } if list(name).is_empty() => {
            console.say("none");
            Ok(())
        }
        Shown::List { name, columns } => console.data_line(&rows(list(name), columns)),
        Shown::Whole(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .filter_map(|part| match part.find(answer)? {
                    Value::Array(items) => Some(rows(&items, part.columns)),
                    object => Some(fields(&object, part.columns)),
                })
                .filter(|part| !part.is_empty())
                .collect();
            console.data_line(&parts.join("\n\n"))
        }
    }
}
