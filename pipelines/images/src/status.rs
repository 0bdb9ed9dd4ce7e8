//! The verb `status`: what became of the rows of a list, by class and by host, and which addresses live over time.

use std::collections::BTreeMap;

use pixmo_console::{Console, Ending, Failure, wording};
use serde::Serialize;
use serde_json::json;

use crate::class::Class;
use crate::gathered::HISTORY;
use crate::liveness::{self, Round};
use crate::place::{Place, PlaceArgs};

/// Hosts of which counts are kept; of a list with more, the later ones share one line.
const HOSTS_MAX: usize = 100_000;

/// Say what became of the rows of a list
///
/// Example: `pixmo images status --hosts 20`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusArgs {
    /// The dataset.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Show this many hosts, those with most failures first
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub hosts: usize,
}

/// What became of some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Tally {
    rows: u64,
    kept: u64,
}

impl Tally {
    fn failed(self) -> u64 {
        self.rows - self.kept
    }
}

#[derive(Debug, Default, Serialize)]
struct Status {
    rows: u64,
    gathered: u64,
    kept: u64,
    bytes: u64,
    /// Rows by class, with how many of them another run may well find otherwise.
    classes: BTreeMap<String, (u64, u64)>,
    #[serde(skip)]
    hosts: BTreeMap<String, Tally>,
    rounds: BTreeMap<String, Round>,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if nothing was gathered, a world failure if it cannot be read.
pub fn run(args: &StatusArgs, console: &Console) -> Result<Ending, Failure> {
    let place = args.place.place()?;
    let status = Status::of(&place)?;
    if status.rows == 0 {
        return Err(place.nothing());
    }
    let hosts = status.worst_hosts(args.hosts);
    if console.is_json() {
        let classes: BTreeMap<&str, _> = status
            .classes
            .iter()
            .map(|(class, (rows, again))| (class.as_str(), json!({ "rows": rows, "can_succeed": again })))
            .collect();
        let hosts: Vec<_> = hosts
            .iter()
            .map(|(host, tally)| json!({ "host": host, "rows": tally.rows, "kept": tally.kept }))
            .collect();
        console.data_json(&json!({
            "event": "status",
            "at": place.gathered.folder().display().to_string(),
            "rows": status.rows,
            "gathered": status.gathered,
            "kept": status.kept,
            "bytes": status.bytes,
            "classes": classes,
            "hosts": hosts,
            "rounds": status.rounds,
        }))?;
        return Ok(Ending::Good);
    }
    console.data_line(&status.in_words(&place, &hosts))?;
    Ok(Ending::Good)
}

impl Status {
    fn of(place: &Place) -> Result<Status, Failure> {
        let mut status = Status::default();
        for outcomes in place.gathered.all()? {
            let outcomes = outcomes?;
            let rows = outcomes.rows();
            status.rows += rows.end - rows.start;
            for (at, mark) in outcomes.marks() {
                status.gathered += 1;
                let (count, again) = status.classes.entry(mark.class.name().to_owned()).or_default();
                *count += 1;
                *again += u64::from(mark.can_succeed);
                let Some(outcome) = outcomes.outcome(at)? else { continue };
                let is_kept = mark.class == Class::Kept;
                status.kept += u64::from(is_kept);
                if let Some(record) = &outcome.record {
                    status.bytes += u64::try_from(record.bytes).unwrap_or_default();
                }
                let Some(host) = outcome.address.as_deref().map(host_of) else { continue };
                let tally = match status.hosts.len() >= HOSTS_MAX && !status.hosts.contains_key(&host) {
                    true => status.hosts.entry("(others)".to_owned()).or_default(),
                    false => status.hosts.entry(host).or_default(),
                };
                tally.rows += 1;
                tally.kept += u64::from(is_kept);
            }
        }
        status.rounds = liveness::rounds(&place.gathered.folder().join(HISTORY))?;
        Ok(status)
    }

    /// The hosts with most failures, then those with most rows.
    fn worst_hosts(&self, most: usize) -> Vec<(String, Tally)> {
        let mut hosts: Vec<(String, Tally)> =
            self.hosts.iter().map(|(host, tally)| (host.clone(), *tally)).collect();
        hosts.sort_by_key(|(_, tally)| (std::cmp::Reverse(tally.failed()), std::cmp::Reverse(tally.rows)));
        hosts.truncate(most);
        hosts
    }

    fn in_words(&self, place: &Place, hosts: &[(String, Tally)]) -> String {
        let number = wording::number;
        let mut lines = vec![format!(
            "images: {} of {} gathered, {} kept ({})",
            number(self.gathered),
            wording::counted(self.rows, "row"),
            number(self.kept),
            wording::bytes(self.bytes)
        )];
        lines.push(format!("  {:>11}  {:>11}  class", "rows", "try again"));
        let mut classes: Vec<_> = self.classes.iter().collect();
        classes.sort_by_key(|(_, (rows, _))| std::cmp::Reverse(*rows));
        lines.extend(classes.iter().map(|(class, (rows, again))| {
            let again = if *again == 0 { String::new() } else { number(*again) };
            format!("  {:>11}  {again:>11}  {class}", number(*rows))
        }));
        if !hosts.is_empty() {
            lines.push(format!("  {:>11}  {:>11}  host", "rows", "failed"));
            lines.extend(hosts.iter().map(|(host, tally)| {
                format!("  {:>11}  {:>11}  {host}", number(tally.rows), number(tally.failed()))
            }));
        }
        if !self.rounds.is_empty() {
            lines.push(format!("  {:>11}  {:>11}  looked again at", "alive", "dead"));
            lines.extend(self.rounds.iter().map(|(at, round)| {
                let dead = round.dead.values().sum();
                format!("  {:>11}  {:>11}  {at}", number(round.alive), number(dead))
            }));
        }
        lines.push(format!("  originals  {}", place.originals.location().address()));
        lines.push(format!("  written in {}", place.gathered.folder().display()));
        lines.join("\n")
    }
}

/// The host of an address, for counting; all that cannot be told apart counts as one.
fn host_of(address: &str) -> String {
    let parsed = url::Url::parse(address).ok();
    parsed.as_ref().and_then(|url| url.host_str()).unwrap_or("(none)").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_without_what_stands_around_them() {
        assert_eq!(host_of("https://Images.Example:8443/a.jpg?b"), "images.example");
        assert_eq!(host_of("nonsense"), "(none)");
    }
}
