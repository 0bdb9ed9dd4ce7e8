//! Steps, detours and states that fit into almost any process.

/// Steps that fit into almost any process.
pub(in crate::diagram_content) const STEPS: &[&str] = &[
    "Note the time",
    "Sign the list",
    "Inform colleague",
    "Update the list",
    "Take a photo",
    "Enter into system",
    "Print a copy",
    "File the papers",
    "Check twice",
    "Send a message",
    "Confirm by phone",
    "Log the result",
    "Tidy up",
    "Ask supervisor",
    "Read instructions",
    "Scan the code",
    "Stamp the form",
    "Wait for reply",
    "Set a reminder",
    "Compare with plan",
    "Fetch the key",
    "Clean workplace",
    "Hang up notice",
    "Make a backup",
];

/// Decisions that fit into almost any process: question, answer that leads to the detour, the detour.
pub(in crate::diagram_content) const DETOURS: &[(&str, bool, &str)] = &[
    ("Anything missing?", true, "Fetch what is missing"),
    ("Supervisor present?", false, "Call supervisor"),
    ("Copy needed?", true, "Make a copy"),
    ("Second check due?", true, "Check again"),
    ("Questions left?", true, "Answer questions"),
    ("Equipment ready?", false, "Get equipment ready"),
    ("Data complete?", false, "Add missing data"),
    ("Within budget?", false, "Ask for approval"),
    ("Everyone informed?", false, "Send round mail"),
    ("Deadline met?", false, "Ask for more time"),
    ("Photo clear?", false, "Take new photo"),
    ("Signature given?", false, "Obtain signature"),
];

/// States that almost anything can enter and leave: state, event in, event out.
pub(in crate::diagram_content) const STATES: &[(&str, &str, &str)] = &[
    ("Suspended", "suspend", "resume"),
    ("Under review", "query raised", "cleared"),
    ("On hold", "hold", "release"),
    ("Blocked", "block", "unblock"),
    ("Postponed", "postpone", "take up again"),
    ("Paused", "pause", "continue"),
    ("Reported", "report", "settle"),
    ("Flagged", "flag", "clear flag"),
];

/// Events that leave a state as it is.
pub(in crate::diagram_content) const SELF_EVENTS: &[&str] =
    &["retry", "remind", "update", "tick", "extend", "note added"];
