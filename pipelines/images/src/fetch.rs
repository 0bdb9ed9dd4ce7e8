//! The verb `fetch`: a list of addresses to originals and rows.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_shards::Location;
use pixmo_stage::{BuildArgs, Only, Told, build_with};
use serde_json::json;

use crate::class::Class;
use crate::failures;
use crate::gathered::Gathered;
use crate::list::{List, ListArgs};
use crate::retry::Retry;
use crate::settings::{Columns, Settings, SmallerCopy};
use crate::stage::Images;

/// Fetch the images of a list
///
/// The list is text with an address a line, CSV, JSONL or Parquet; other columns travel along. Run the same command again
/// to continue after an interruption, and to try again what may succeed by now.
///
/// Example: `pixmo images fetch urls.txt --contact you@example.org`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct FetchArgs {
    /// The list
    #[arg(value_name = "LIST")]
    pub list: PathBuf,
    /// Where the runners of servers can reach you: a mail address or a page
    #[arg(long, value_name = "ADDRESS")]
    pub contact: Option<String>,
    /// What the columns are called.
    #[command(flatten)]
    pub columns: ListArgs,
    /// Where things go and how much is done.
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Flags of all verbs that take images in.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct IntakeArgs {
    /// Read settings from this file
    #[arg(long, value_name = "FILE")]
    pub campaign: Option<PathBuf>,
    /// Keep originals in this folder or address, by default `images` in the data folder
    #[arg(long, value_name = "DIR")]
    pub store: Option<String>,
    /// Write the dataset to this folder or address (s3://, gs://, az://)
    #[arg(long, value_name = "DIR")]
    pub into: Option<String>,
    /// Split the dataset into this many shards, by default one for each 10,000 rows
    #[arg(long, value_name = "N")]
    pub shards: Option<u32>,
    /// Do only these shards: 17, or 3-9, or 3,5,7-9
    #[arg(long, value_name = "RANGE")]
    pub only: Option<Only>,
    /// Take at most this many rows of the list
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Look at pictures with this many threads, by default one for each core
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Try again what gave nothing before: classes, or `all`, or `none`; by default what may succeed by now
    #[arg(long, value_name = "CLASS,..")]
    pub retry: Option<Retry>,
    /// Look at the originals of all rows, and bring again those that are gone
    #[arg(long)]
    pub check_store: bool,
    /// Leave out what this list of hashes knows: FILE, FILE=drop, or FILE=hold to keep the originals for a person to look
    /// at; can be given several times
    #[arg(long, value_name = "FILE")]
    pub safety: Vec<String>,
    /// Walk files to their end without decoding them: quick, finds what is cut and not what is damaged within, and gives no
    /// perceptual hash
    #[arg(long, conflicts_with = "copy_side")]
    pub no_decode: bool,
    /// Put the bytes of originals into the rows as well
    #[arg(long, conflicts_with = "copy_side")]
    pub embed: bool,
    /// Put a smaller copy of each image into its row, with at most so many pixels on its longer side
    #[arg(long, value_name = "PX")]
    pub copy_side: Option<u32>,
    /// Say what would be done, and ask and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl IntakeArgs {
    fn build(&self) -> BuildArgs {
        BuildArgs {
            campaign: self.campaign.clone(),
            shards: self.shards,
            only: self.only.clone(),
            limit: self.limit,
            into: self.into.clone(),
            seed: None,
            jobs: self.jobs,
            dry_run: false,
        }
    }

    fn change(&self, settings: &mut Settings) {
        if let Some(store) = &self.store {
            settings.store = store.clone();
        }
        settings.decode &= !self.no_decode;
        settings.embed |= self.embed;
        if let Some(side_max) = self.copy_side {
            let quality = settings.copy.as_ref().map_or(SmallerCopy::quality_usual(), |copy| copy.quality);
            settings.copy = Some(SmallerCopy { side_max, quality });
        }
        settings.safety.extend(self.safety.iter().cloned());
        settings.run.retry = self.retry.clone().unwrap_or_default();
        settings.run.check_store = self.check_store;
    }
}

/// What is taken in, and how.
pub(crate) struct Intake<'a> {
    pub(crate) list: &'a Path,
    pub(crate) columns: &'a ListArgs,
    pub(crate) args: &'a IntakeArgs,
    pub(crate) contact: Option<&'a str>,
    pub(crate) is_import: bool,
}

/// Runs the verb.
///
/// # Errors
/// A request failure before anything is asked or written, a world failure or an interruption after which the same command
/// continues.
pub fn run(args: &FetchArgs, console: &Console) -> Result<Ending, Failure> {
    take_in(
        &Intake {
            list: &args.list,
            columns: &args.columns,
            args: &args.intake,
            contact: args.contact.as_deref(),
            is_import: false,
        },
        console,
    )
}

/// Takes images in, from a list or a folder.
pub(crate) fn take_in(intake: &Intake<'_>, console: &Console) -> Result<Ending, Failure> {
    let mut told = Told::<Images>::read(intake.args.campaign.as_deref())?;
    let into = told.place(intake.args.into.as_deref())?;
    let gathered = Gathered::of(&into, &told.data);
    prepare(intake, &gathered, &mut told.settings)?;
    if intake.args.dry_run {
        return rehearse(intake, &told, &into, &gathered, console);
    }
    let prepared = told.settings;
    build_with::<Images>(&intake.args.build(), console, None, move |settings| {
        *settings = prepared;
        Ok(())
    })
}

/// Opens the list and changes the settings as the flags say.
fn prepare(intake: &Intake<'_>, gathered: &Gathered, settings: &mut Settings) -> Result<(), Failure> {
    intake.args.change(settings);
    if let Some(contact) = intake.contact {
        settings.fetch.agent.contact = contact.to_owned();
    }
    settings.run.is_import = intake.is_import;
    settings.check()?;
    let columns = settings.columns.with(intake.columns);
    settings.columns = Columns::of(&columns);
    let work = gathered.folder().join("list");
    let opened = match intake.is_import {
        true => List::import(intake.list, &columns, &work),
        false => List::open(intake.list, &columns, &work),
    };
    settings.run.list = Some(Arc::new(opened.map_err(failures::of_list)?));
    settings.pin()
}

/// Says what would be done.
fn rehearse(
    intake: &Intake<'_>,
    told: &Told<Images>,
    into: &Location,
    gathered: &Gathered,
    console: &Console,
) -> Result<Ending, Failure> {
    let list = told.settings.list()?;
    let rows = list.rows().min(intake.args.limit.unwrap_or(u64::MAX));
    let (mut done, mut kept, mut again) = (0u64, 0u64, 0u64);
    for outcomes in gathered.all()? {
        for (place, mark) in outcomes?.marks() {
            if place >= rows {
                continue;
            }
            done += 1;
            kept += u64::from(mark.class == Class::Kept);
            again += u64::from(told.settings.run.retry.wants(mark));
        }
    }
    let to_do = rows - done + again;
    let store = told.settings.store(&told.data);
    if console.is_json() {
        console.data_json(&json!({
            "event": "rehearsed",
            "rows": rows,
            "gathered": done,
            "kept": kept,
            "to_gather": to_do,
            "tried_again": again,
            "store": store,
            "into": into.address(),
        }))?;
        return Ok(Ending::Good);
    }
    let number = wording::number;
    let lines = [
        format!("images: {} of `{}`", wording::counted(rows, "row"), list.name()),
        format!("  gathered   {} ({} kept)", number(done), number(kept)),
        format!("  to gather  {} ({} of them tried again)", number(to_do), number(again)),
        format!("  originals  {store}"),
        format!("  dataset    {}", into.address()),
    ];
    console.data_line(&lines.join("\n"))?;
    Ok(Ending::Good)
}
