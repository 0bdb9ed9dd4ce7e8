//! Which address each verb asks, and which of its answer is shown.

use reqwest::Method;
use serde_json::{Value, json};

use super::table::Column;
use super::table::Form::{Number, Text, Time};
use super::verbs::{Decide, Verb};
use super::views::{
    ABSENT, ANSWER, DISK, ERASED, EVENT, EXPORTED, INVITATION, ONE_ANSWER, ONE_PERSON, ONE_TASK, PAY, PERSON,
    PROGRESS, Part, QUALITY, TASK, TOKEN,
};
use crate::kind::Kind;

/// A request.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) method: Method,
    /// Parts of the address below `/api/v1`.
    pub(super) path: Vec<String>,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
    pub(super) shown: Shown,
}

/// What is shown of an answer.
#[derive(Debug)]
pub(super) enum Shown {
    /// The objects of a list.
    List { name: &'static str, columns: &'static [Column] },
    /// Parts of an object.
    Whole(&'static [Part]),
    /// That it was done.
    Done(String),
}

impl Asked {
    fn get<S: Into<String>>(path: impl IntoIterator<Item = S>, shown: Shown) -> Asked {
        let path = path.into_iter().map(Into::into).collect();
        Asked { method: Method::GET, path, query: Vec::new(), body: None, shown }
    }

    fn list<const N: usize>(path: [&str; N], name: &'static str, columns: &'static [Column]) -> Asked {
        Asked::get(path, Shown::List { name, columns })
    }

    fn post<S: Into<String>>(path: impl IntoIterator<Item = S>, body: Value, shown: Shown) -> Asked {
        Asked { method: Method::POST, body: Some(body), ..Asked::get(path, shown) }
    }

    /// With a value behind the `?`, if there is one.
    fn with(mut self, name: &'static str, value: Option<impl Into<String>>) -> Asked {
        self.query.extend(value.map(|value| (name, value.into())).filter(|(_, value)| !value.is_empty()));
        self
    }

    /// Asks for the next page.
    pub(super) fn turn_to(&mut self, cursor: &str) {
        self.query.retain(|(name, _)| *name != "cursor");
        self.query.push(("cursor", cursor.to_owned()));
    }

    fn decision(decide: &Decide, decision: &str, done: &str) -> Asked {
        let Decide { assignment, reasons, comment } = decide;
        let body = json!({ "decision": decision, "reasons": reasons, "comment": comment });
        Asked::post(["review", assignment], body, Shown::Done(format!("{assignment}: {done}")))
    }
}

impl Verb {
    /// What it asks of the server.
    pub(super) fn asked(&self) -> Asked {
        let name = |kind: &Option<Kind>| kind.map(Kind::name);
        let done = |text: String| Shown::Done(text);
        match self {
            Verb::Progress => Asked::get(["admin", "progress"], Shown::Whole(PROGRESS)),
            Verb::Pause { kind } => Asked::post(
                ["admin", "kinds", kind.name(), "pause"],
                json!({}),
                done(format!("{kind}: paused")),
            ),
            Verb::Resume { kind } => Asked::post(
                ["admin", "kinds", kind.name(), "resume"],
                json!({}),
                done(format!("{kind}: goes on")),
            ),
            Verb::People(find) => {
                Asked::list(["admin", "people"], "items", PERSON).with("q", Some(find.query.as_str()))
            }
            Verb::Person { person } => Asked::get(["admin", "people", person], Shown::Whole(ONE_PERSON)),
            Verb::Set { person, status, roles, note } => {
                let roles = (!roles.is_empty()).then_some(roles);
                let body = json!({ "status": status, "roles": roles, "note": note });
                Asked::post(["admin", "people", person], body, done(format!("{person}: changed")))
            }
            Verb::Quality => Asked::list(["admin", "quality"], "quality", QUALITY),
            Verb::Release { person, kind } => Asked::post(
                ["admin", "quality", person, kind.name(), "release"],
                json!({}),
                done(format!("{person}: works at {kind} again")),
            ),
            Verb::Tasks { find, kind, status } => Asked::list(["admin", "tasks"], "items", TASK)
                .with("q", Some(find.query.as_str()))
                .with("kind", name(kind))
                .with("status", status.as_deref()),
            Verb::Task { task } => {
                Asked::get(["admin".to_owned(), "tasks".to_owned(), task.to_string()], Shown::Whole(ONE_TASK))
            }
            Verb::Import { file } => Asked {
                method: Method::POST,
                ..Asked::get(["admin", "tasks"], done(format!("{}: taken in", file.display())))
            },
            Verb::Absent => Asked::post(["admin", "tasks", "absent"], json!({}), Shown::Whole(ABSENT)),
            Verb::Answers { status, kind, .. } => Asked::list(["review"], "items", ANSWER)
                .with("status", Some(status.as_str()))
                .with("kind", name(kind)),
            Verb::Answer { assignment } => Asked::get(["review", assignment], Shown::Whole(ONE_ANSWER)),
            Verb::Approve(decide) => Asked::decision(decide, "approve", "approved"),
            Verb::Return(decide) => Asked::decision(decide, "return", "given back"),
            Verb::Reject(decide) => Asked::decision(decide, "reject", "rejected"),
            Verb::Invite { role, hours } => Asked::post(
                ["admin", "invitations"],
                json!({ "role": role, "expires_hours": hours }),
                Shown::Whole(&[Part {
                    at: "",
                    columns: &[Column("link", "/link", Text), Column("until", "/expires_at", Time)],
                }]),
            ),
            Verb::Invitations => Asked::list(["admin", "invitations"], "invitations", INVITATION),
            Verb::Token { name, scope } => Asked::post(
                ["admin", "tokens"],
                json!({ "name": name, "scope": scope }),
                Shown::Whole(&[Part {
                    at: "",
                    columns: &[Column("token", "/token", Text), Column("id", "/id", Text)],
                }]),
            ),
            Verb::Tokens => Asked::list(["admin", "tokens"], "tokens", TOKEN),
            Verb::Revoke { id } => {
                let list = if id.starts_with("k-") { "tokens" } else { "invitations" };
                let path = ["admin", list, id];
                Asked { method: Method::DELETE, ..Asked::get(path, done(format!("{id}: taken back"))) }
            }
            Verb::Export => Asked::post(["admin", "export"], json!({}), Shown::Whole(EXPORTED)),
            Verb::Exports => Asked::list(
                ["admin", "exports"],
                "exports",
                &[Column("at", "/at", Time), Column("status", "/status", Text)],
            ),
            Verb::Pay { period, .. } => {
                Asked::get(["admin", "pay"], Shown::Whole(PAY)).with("period", period.as_deref())
            }
            Verb::Adjust { person, minor, reason, period } => Asked::post(
                ["admin", "pay", "adjustments"],
                json!({ "person": person, "minor": minor, "reason": reason, "period": period }),
                done(format!("{person}: {minor:+} in the smallest unit")),
            ),
            Verb::Paid { period, person } => Asked::post(
                ["admin", "pay", "paid"],
                json!({ "period": period, "person": person }),
                Shown::Whole(&[Part {
                    at: "",
                    columns: &[Column("people marked as paid", "/people", Number)],
                }]),
            ),
            Verb::Erase { person, .. } => {
                Asked::post(["admin", "erase", person], json!({}), Shown::Whole(ERASED))
            }
            Verb::Events { subject, .. } => {
                Asked::list(["admin", "events"], "items", EVENT).with("subject", Some(subject.as_str()))
            }
            Verb::Disk => Asked::get(["admin", "disk"], Shown::Whole(DISK)),
            Verb::Backup { into } => Asked::post(
                ["admin", "backup"],
                json!({ "into": into }),
                done(format!("backed up into {into}")),
            ),
        }
    }
}
