//! What an operator can ask for.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use pixmo_console::Failure;

use crate::kind::Kind;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// How far each kind of work is, what it cost, what waits
    Progress,
    /// Give nobody new tasks of a kind; what is in people's hands can be finished
    Pause {
        /// The kind of work
        kind: Kind,
    },
    /// Give tasks of a kind again
    Resume {
        /// The kind of work
        kind: Kind,
    },
    /// List people, or find some
    People(Find),
    /// Show one person: work, quality, pay
    Person {
        /// The pseudonym
        person: String,
    },
    /// Change what somebody may do
    ///
    /// Example: pixmo-annotate admin set p-23456789bcdfgh --status held --note "asked to pause"
    Set {
        /// The pseudonym
        person: String,
        /// `active`, `held` or `blocked`
        #[arg(long, value_parser = ["active", "held", "blocked"])]
        status: Option<String>,
        /// A role they have from now on; give it again for each
        #[arg(long = "role", value_name = "ROLE", value_parser = ["annotator", "reviewer", "operator"])]
        roles: Vec<String>,
        /// What other operators should know
        #[arg(long)]
        note: Option<String>,
    },
    /// List how good everybody's work is, the lowest first
    Quality,
    /// Let somebody work at a kind again after they were held for their quality
    Release {
        /// The pseudonym
        person: String,
        /// The kind of work
        kind: Kind,
    },
    /// List tasks, or find some by number, image, assignment or pseudonym
    Tasks {
        #[command(flatten)]
        find: Find,
        /// Only this kind of work
        #[arg(long)]
        kind: Option<Kind>,
        /// Only tasks in this state
        #[arg(long, value_parser = ["open", "leased", "complete", "paused", "gold"])]
        status: Option<String>,
    },
    /// Show one task and everything that happened to it
    Task {
        /// Its number
        task: u64,
    },
    /// Take tasks in: a file with one JSON object a line
    Import {
        /// The file
        file: PathBuf,
    },
    /// Make the tasks that ask whether something is absent, as many as the campaign file wants by now
    Absent,
    /// List answers by what became of them, the oldest first
    Answers {
        /// What became of them
        #[arg(long, value_parser = ["submitted", "approved", "returned", "rejected"], default_value = "submitted")]
        status: String,
        /// Only this kind of work
        #[arg(long)]
        kind: Option<Kind>,
        /// Every page of the list
        #[arg(long)]
        all: bool,
    },
    /// Show one answer, and what is known of it
    Answer {
        /// The assignment
        assignment: String,
    },
    /// Approve an answer that waits for review
    Approve(Decide),
    /// Give an answer back, so that whoever made it makes it better
    ///
    /// Example: pixmo-annotate admin return a-23456789bcdfgh --reason noise --comment "a train passes by"
    Return(Decide),
    /// Reject an answer: it does not count, and its task goes to somebody else
    Reject(Decide),
    /// Make a link that makes one account
    Invite {
        /// What they will be
        #[arg(value_parser = ["annotator", "reviewer", "operator"])]
        role: String,
        /// How many hours it holds
        #[arg(long, default_value_t = 168)]
        hours: u32,
    },
    /// List the invitations
    Invitations,
    /// Make a token for a program; it is shown once
    Token {
        /// What it is for
        name: String,
        /// What it may do
        #[arg(long, value_parser = ["worker", "operator"], default_value = "worker")]
        scope: String,
    },
    /// List the tokens
    Tokens,
    /// Take an invitation or a token back
    Revoke {
        /// The id, `i-…` or `k-…`
        id: String,
    },
    /// Write what was decided since the last time into the files that datasets are built from
    Export,
    /// List the exports
    Exports,
    /// Show what people are paid for a month
    Pay {
        /// The month, such as `2026-11`; this one without it
        period: Option<String>,
        /// As CSV, for whoever pays
        #[arg(long)]
        csv: bool,
    },
    /// Change what somebody is paid, with a reason that they are shown
    Adjust {
        /// The pseudonym
        person: String,
        /// How much more, or less below 0, in the smallest unit of the currency
        #[arg(allow_negative_numbers = true)]
        minor: i64,
        /// Why
        #[arg(long)]
        reason: String,
        /// The month, such as `2026-11`; this one without it
        #[arg(long)]
        period: Option<String>,
    },
    /// Mark a month as paid, with the amounts as they stand now
    Paid {
        /// The month, such as `2026-11`
        period: String,
        /// Only this person
        #[arg(long)]
        person: Option<String>,
    },
    /// Erase a person: recordings, texts and answers are deleted, the pay record stays
    Erase {
        /// The pseudonym
        person: String,
        /// That it cannot be undone is understood
        #[arg(long)]
        yes: bool,
    },
    /// List what happened, the newest first
    Events {
        /// Only what was done to this: an assignment, a person, a kind
        #[arg(long, default_value = "", hide_default_value = true)]
        subject: String,
        /// Every page of the list
        #[arg(long)]
        all: bool,
    },
    /// Show how much room there is
    Disk,
    /// Copy the campaign into a folder or prefix that the server reaches, while people work
    Backup {
        /// Where to
        into: String,
    },
}

/// What to look for.
#[derive(Debug, Args)]
pub(super) struct Find {
    /// What to look for
    #[arg(default_value = "", hide_default_value = true)]
    pub(super) query: String,
    /// Every page of the list
    #[arg(long)]
    pub(super) all: bool,
}

/// A decision about an answer.
#[derive(Debug, Args)]
pub(super) struct Decide {
    /// The assignment
    pub(super) assignment: String,
    /// Why, such as `too_short` or `points_missing`; give it again for each
    #[arg(long = "reason", value_name = "REASON")]
    pub(super) reasons: Vec<String>,
    /// What whoever made it is told
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) comment: String,
}

impl Verb {
    /// What can be known to be wrong before anybody is asked.
    pub(super) fn check(&self) -> Result<(), Failure> {
        match self {
            Verb::Erase { yes: false, person } => Err(Failure::request(format!(
                "erasing `{person}` cannot be undone, and `--yes` is not given"
            ))
            .hint(format!("look first: pixmo annotate admin person {person}"))),
            Verb::Set { status: None, roles, note: None, .. } if roles.is_empty() => {
                Err(Failure::request("there is nothing to change: expected `--status`, `--role` or `--note`"))
            }
            Verb::Revoke { id } if !id.starts_with("i-") && !id.starts_with("k-") => {
                Err(Failure::request(format!("`{id}` is neither an invitation nor a token"))
                    .because("expected an id that begins with `i-` or `k-`")
                    .hint("`pixmo annotate admin invitations` and `tokens` list them"))
            }
            _ => Ok(()),
        }
    }

    /// Whether every page of a list is wanted.
    pub(super) fn wants_all(&self) -> bool {
        match self {
            Verb::People(find) | Verb::Tasks { find, .. } => find.all,
            Verb::Answers { all, .. } | Verb::Events { all, .. } => *all,
            _ => false,
        }
    }
}
