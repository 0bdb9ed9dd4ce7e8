//! What people are shown of each answer: which values, under which headings.

use serde_json::Value;

use super::table::Column;
use super::table::Form::{Bytes, Flag, Number, Secs, Share, Text, Time};

/// A part of an answer.
#[derive(Debug)]
pub(super) struct Part {
    /// Where it stands, as a JSON pointer; `LIST/*/NAME` are the lists of that name in all objects of a list, one behind
    /// the other.
    pub(super) at: &'static str,
    pub(super) columns: &'static [Column],
}

impl Part {
    /// The value that this part shows; none where there is nothing to show.
    pub(super) fn find(&self, answer: &Value) -> Option<Value> {
        let found = match self.at.split_once("/*") {
            Some((list, name)) => {
                let items = answer.pointer(list)?.as_array()?.iter();
                let lists = items.filter_map(|item| item.pointer(name)?.as_array());
                Value::Array(lists.flatten().cloned().collect())
            }
            None => answer.pointer(self.at)?.clone(),
        };
        let is_empty = found.is_null() || found.as_array().is_some_and(Vec::is_empty);
        (!is_empty).then_some(found)
    }
}

pub(super) const PROGRESS: &[Part] = &[
    Part {
        at: "/kinds",
        columns: &[
            Column("kind", "/kind", Text),
            Column("paused", "/paused", Flag),
            Column("tasks", "/tasks", Number),
            Column("open", "/open", Number),
            Column("leased", "/leased", Number),
            Column("complete", "/complete", Number),
            Column("in review", "/submitted", Number),
            Column("approved", "/approved", Number),
            Column("returned", "/returned", Number),
            Column("rejected", "/rejected", Number),
            Column("last day", "/last_day", Number),
            Column("active", "/active_secs", Secs),
            Column("cost (minor)", "/cost_minor", Number),
            Column("forecast (minor)", "/forecast_minor", Number),
        ],
    },
    Part {
        at: "",
        columns: &[
            Column("cost so far (minor)", "/cost_minor", Number),
            Column("currency", "/currency", Text),
            Column("active people", "/people_active", Number),
            Column("transcriptions that wait", "/jobs/waiting", Number),
            Column("the oldest since", "/jobs/oldest_at", Time),
        ],
    },
];

pub(super) const PERSON: &[Column] = &[
    Column("person", "/person", Text),
    Column("login", "/login", Text),
    Column("roles", "/roles", Text),
    Column("status", "/status", Text),
    Column("consent", "/consent", Text),
    Column("answers", "/answers", Number),
    Column("active", "/active_secs", Secs),
    Column("last seen", "/last_at", Time),
    Column("note", "/note", Text),
];

pub(super) const QUALITY: &[Column] = &[
    Column("person", "/person", Text),
    Column("kind", "/kind", Text),
    Column("score", "/score", Share),
    Column("of", "/of", Number),
    Column("held", "/held", Flag),
    Column("since", "/updated_at", Time),
];

pub(super) const ONE_PERSON: &[Part] = &[
    Part { at: "/person", columns: PERSON },
    Part {
        at: "/by_kind",
        columns: &[
            Column("kind", "/kind", Text),
            Column("status", "/status", Text),
            Column("answers", "/count", Number),
        ],
    },
    Part { at: "/quality", columns: QUALITY },
    Part { at: "", columns: &[Column("pay (minor)", "/pay_minor", Number)] },
];

pub(super) const TASK: &[Column] = &[
    Column("task", "/task", Number),
    Column("kind", "/kind", Text),
    Column("label", "/payload/label", Text),
    Column("image", "/image", Text),
    Column("priority", "/priority", Number),
    Column("overlap", "/overlap", Number),
    Column("leased", "/leased", Number),
    Column("kept", "/kept", Number),
    Column("skips", "/skips", Number),
    Column("open", "/open", Flag),
    Column("paused", "/paused", Flag),
    Column("gold", "/gold", Flag),
];

pub(super) const ONE_TASK: &[Part] = &[
    Part { at: "/task", columns: TASK },
    Part {
        at: "/assignments",
        columns: &[
            Column("assignment", "/assignment", Text),
            Column("person", "/person", Text),
            Column("status", "/status", Text),
            Column("begun", "/leased_at", Time),
            Column("handed in", "/submitted_at", Time),
            Column("active", "/active_secs", Secs),
            Column("skipped as", "/skip_reason", Text),
            Column("gold score", "/gold_score", Share),
        ],
    },
    Part { at: "/assignments/*/events", columns: EVENT },
];

pub(super) const ABSENT: &[Part] = &[
    Part {
        at: "/sources",
        columns: &[
            Column("source", "/source", Text),
            Column("wanted", "/wanted", Number),
            Column("there", "/there", Number),
            Column("new", "/made", Number),
        ],
    },
    Part { at: "", columns: &[Column("labels of what is present", "/present", Number)] },
];

pub(super) const ANSWER: &[Column] = &[
    Column("assignment", "/assignment", Text),
    Column("kind", "/kind", Text),
    Column("person", "/person", Text),
    Column("status", "/status", Text),
    Column("handed in", "/submitted_at", Time),
    Column("active", "/active_secs", Secs),
];

pub(super) const ONE_ANSWER: &[Part] = &[
    Part { at: "", columns: ANSWER },
    Part {
        at: "",
        columns: &[
            Column("image", "/image/sha256", Text),
            Column("asked", "/payload", Text),
            Column("answer", "/answer", Text),
            Column("heard", "/take/transcript/raw/text", Text),
            Column("corrected", "/take/transcript/corrected", Text),
        ],
    },
    Part {
        at: "/signals",
        columns: &[
            Column("signal", "/name", Text),
            Column("value", "/value", Text),
            Column("usual", "/wanted", Text),
        ],
    },
    Part {
        at: "/history",
        columns: &[
            Column("reviewer", "/reviewer", Text),
            Column("decision", "/decision", Text),
            Column("reasons", "/reasons", Text),
            Column("comment", "/comment", Text),
            Column("at", "/at", Time),
        ],
    },
];

pub(super) const EVENT: &[Column] = &[
    Column("at", "/at", Time),
    Column("actor", "/actor", Text),
    Column("action", "/action", Text),
    Column("subject", "/subject", Text),
    Column("detail", "/detail", Text),
];

pub(super) const INVITATION: &[Column] = &[
    Column("id", "/id", Text),
    Column("role", "/role", Text),
    Column("made", "/created_at", Time),
    Column("by", "/created_by", Text),
    Column("until", "/expires_at", Time),
    Column("used", "/used_at", Time),
    Column("used by", "/used_by", Text),
];

pub(super) const TOKEN: &[Column] = &[
    Column("id", "/id", Text),
    Column("name", "/name", Text),
    Column("scope", "/scope", Text),
    Column("made", "/created_at", Time),
    Column("by", "/created_by", Text),
    Column("last used", "/last_used_at", Time),
];

pub(super) const EXPORTED: &[Part] = &[Part {
    at: "/kinds",
    columns: &[
        Column("kind", "/kind", Text),
        Column("new lines", "/lines", Number),
        Column("new bytes", "/bytes", Bytes),
        Column("newest file", "/file", Text),
    ],
}];

pub(super) const PAY: &[Part] = &[
    Part {
        at: "/people",
        columns: &[
            Column("person", "/person", Text),
            Column("login", "/login", Text),
            Column("tasks", "/tasks", Number),
            Column("active", "/active_secs", Secs),
            Column("work (minor)", "/work_minor", Number),
            Column("by hand (minor)", "/adjustments_minor", Number),
            Column("together (minor)", "/minor", Number),
            Column("paid", "/paid_at", Time),
            Column("paid (minor)", "/paid_minor", Number),
        ],
    },
    Part {
        at: "",
        columns: &[
            Column("month", "/period", Text),
            Column("currency", "/currency", Text),
            Column("all together (minor)", "/minor", Number),
        ],
    },
];

pub(super) const DISK: &[Part] = &[Part {
    at: "",
    columns: &[
        Column("free", "/free_bytes", Bytes),
        Column("of", "/total_bytes", Bytes),
        Column("images", "/images", Number),
        Column("in images", "/images_bytes", Bytes),
        Column("recordings", "/takes", Number),
        Column("in recordings", "/takes_bytes", Bytes),
    ],
}];

pub(super) const ERASED: &[Part] = &[Part {
    at: "/proof",
    columns: &[
        Column("erased", "/person", Text),
        Column("at", "/done_at", Time),
        Column("answers", "/answers", Number),
        Column("exported lines", "/lines", Number),
        Column("kept", "/kept", Text),
        Column("beyond reach", "/beyond", Text),
    ],
}];
