//! The verb `recheck`: whether the addresses of a dataset still live, with history.

use std::collections::{BTreeMap, BTreeSet};

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use pixmo_console::{Console, Counts, Ending, Event, Failure, wording};
use pixmo_fetch::{Client, Want};
use serde_json::json;

use crate::class::Class;
use crate::gathered::HISTORY;
use crate::liveness::{self, History, Look, Round};
use crate::place::{Place, PlaceArgs};
use crate::settings::of_policy;

/// Look whether the addresses of a dataset still live
///
/// Each kept row is asked for its head alone, at the same pace and with the same consent as when it was fetched. What is
/// found is added to `liveness.jsonl` beside what was gathered; a round that was interrupted is continued.
///
/// Example: `pixmo images recheck --contact you@example.org`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct RecheckArgs {
    /// The dataset.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Where the runners of servers can reach you: a mail address or a page
    #[arg(long, value_name = "ADDRESS")]
    pub contact: Option<String>,
    /// Look at no more than this many rows
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Begin a new round even if the last was interrupted
    #[arg(long)]
    pub anew: bool,
}

/// A row that is looked at.
struct Candidate {
    row: i64,
    address: String,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if nothing was gathered, a world failure or an interruption after which the same command continues.
pub fn run(args: &RecheckArgs, console: &Console) -> Result<Ending, Failure> {
    let mut place = args.place.place()?;
    if let Some(contact) = &args.contact {
        place.settings.fetch.agent.contact.clone_from(contact);
    }
    place.settings.fetch.check().map_err(of_policy)?;
    let kept = kept_rows(&place)?;
    if kept == 0 {
        return Err(place.nothing());
    }
    let path = place.gathered.folder().join(HISTORY);
    let rows = kept.min(args.limit.unwrap_or(u64::MAX));
    let (round, seen) = round_to_continue(&path, rows, args.anew, &console.clock().utc())?;
    let mut history = History::open(place.gathered.disk(), &path)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::world("cannot begin to look").cause(&error))?;
    let ended = runtime.block_on(look_at_all(&place, rows, &round, &seen, &mut history, console));
    runtime.shutdown_background();
    ended?;
    let found = liveness::rounds(&path)?.remove(&round).unwrap_or_default();
    tell(&round, &found, console)
}

fn kept_rows(place: &Place) -> Result<u64, Failure> {
    let mut kept = 0;
    for outcomes in place.gathered.all()? {
        kept += outcomes?.marks().filter(|(_, mark)| mark.class == Class::Kept).count() as u64;
    }
    Ok(kept)
}

/// The last round and the rows that it has, if it was not finished; else a new one.
fn round_to_continue(
    path: &std::path::Path,
    rows: u64,
    anew: bool,
    now: &str,
) -> Result<(String, BTreeSet<i64>), Failure> {
    let last = liveness::rounds(path)?.pop_last();
    let Some((round, _)) = last.filter(|(_, found)| !anew && found.looked_at < rows) else {
        return Ok((now.to_owned(), BTreeSet::new()));
    };
    let mut seen = BTreeSet::new();
    for look in liveness::looks(path)? {
        let look = look?;
        if look.round == round {
            seen.insert(look.row);
        }
    }
    Ok((round, seen))
}

async fn look_at_all(
    place: &Place,
    rows: u64,
    round: &str,
    seen: &BTreeSet<i64>,
    history: &mut History,
    console: &Console,
) -> Result<(), Failure> {
    let client = Client::new(place.settings.fetch.clone()).map_err(of_policy)?;
    let interrupt = console.interrupt();
    let progress = console.progress("recheck");
    let mut counts = Counts { tasks_finished: seen.len() as u64, ..Counts::default() };
    progress.tell(Event::Begun { shards: 0, tasks: rows, seed: None, before: counts });
    let mut candidates = candidates(place, rows)?;
    let mut flight = FuturesUnordered::new();
    let mut dead: BTreeMap<String, u64> = BTreeMap::new();
    loop {
        while flight.len() < place.settings.rows_ahead_max as usize && !interrupt.is_requested() {
            let Some(candidate) = candidates.next() else { break };
            let candidate = candidate?;
            if !seen.contains(&candidate.row) {
                let client = &client;
                flight.push(async move {
                    let looked = client.look(&Want::new(candidate.address.clone())).await;
                    (candidate, looked)
                });
            }
        }
        if interrupt.is_requested() {
            progress.tell(Event::Interrupted(counts));
            return Err(Failure::interrupted(format!(
                "{} of {} were looked at and are written down",
                wording::number(counts.tasks_finished),
                wording::counted(rows, "address")
            ))
            .hint("run the same command again to continue this round"));
        }
        let Some((Candidate { row, address }, looked)) = flight.next().await else { break };
        let (alive, status, class) = match looked {
            Ok(seen) => (true, Some(seen.status), None),
            Err(failed) => (false, failed.status, Some(failed.class.name().to_owned())),
        };
        counts.tasks_finished += 1;
        counts.rows += u64::from(alive);
        counts.dropped += u64::from(!alive);
        if let Some(class) = &class {
            *dead.entry(class.clone()).or_default() += 1;
        }
        let (round, at) = (round.to_owned(), console.clock().utc());
        history.add(&Look { round, at, row, address, alive, status, class })?;
        progress.tell(Event::Moved(counts));
    }
    progress.tell(Event::Finished { rows: counts.rows, dropped: dead, bytes: 0, files: 0, into: None });
    Ok(())
}

/// The kept rows that have an address, in the order of the list.
fn candidates(
    place: &Place,
    rows: u64,
) -> Result<impl Iterator<Item = Result<Candidate, Failure>> + use<>, Failure> {
    let all = place.gathered.all()?;
    let of_journal =
        |outcomes: Result<crate::journal::Outcomes, Failure>| -> Vec<Result<Candidate, Failure>> {
            let outcomes = match outcomes {
                Ok(outcomes) => outcomes,
                Err(failure) => return vec![Err(failure)],
            };
            let kept = outcomes.marks().filter(|(_, mark)| mark.class == Class::Kept);
            kept.filter_map(|(place, _)| match outcomes.outcome(place) {
                Err(failure) => Some(Err(failure)),
                Ok(outcome) => {
                    let record = outcome?.record?;
                    Some(Ok(Candidate { row: record.row, address: record.address? }))
                }
            })
            .collect()
        };
    Ok(all.flat_map(of_journal).take(usize::try_from(rows).unwrap_or(usize::MAX)))
}

fn tell(round: &str, found: &Round, console: &Console) -> Result<Ending, Failure> {
    if console.is_json() {
        console.data_json(&json!({
            "event": "rechecked",
            "round": round,
            "looked_at": found.looked_at,
            "alive": found.alive,
            "dead": found.dead,
        }))?;
        return Ok(Ending::Good);
    }
    let number = wording::number;
    let dead: u64 = found.dead.values().sum();
    console.data_line(&format!(
        "round of {round}: {} looked at, {} alive, {} dead",
        number(found.looked_at),
        number(found.alive),
        number(dead)
    ))?;
    for (class, count) in &found.dead {
        console.data_line(&format!("  {:>11}  {class}", number(*count)))?;
    }
    Ok(Ending::Good)
}
