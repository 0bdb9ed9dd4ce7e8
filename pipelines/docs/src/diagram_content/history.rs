//! Histories of repositories: a main branch, features that leave it and come back, releases with tags.

use pixmo_render::Rng;

use super::sketch::{Sketch, size, texts};
use crate::banks::Banks;

/// What is worked on, in a branch's name and in messages.
const THEMES: &[(&str, &[&str])] = &[
    ("search", &["Add search box", "Rank results by date", "Cache search results", "Search in notes too"]),
    ("login", &["Add login page", "Check password length", "Remember last user", "Log failed logins"]),
    ("export", &["Export to CSV", "Quote commas in export", "Export in background", "Test empty export"]),
    ("dark-mode", &["Add dark palette", "Follow system theme", "Fix contrast of links", "Dark icons"]),
    ("parser", &["Split parser in two", "Report line of error", "Accept trailing comma", "Parse dates once"]),
    ("payments", &["Add card payments", "Round cents correctly", "Retry failed payment", "Show receipt"]),
    ("maps", &["Draw coast lines", "Load tiles lazily", "Snap labels to roads", "Zoom to pin"]),
    ("sensors", &["Read new sensor", "Filter noisy values", "Calibrate at start", "Drop stale readings"]),
    ("mail", &["Send mail in queue", "Add mail templates", "Escape subject line", "Unsubscribe link"]),
    ("charts", &["Add line chart", "Label last value", "Align both axes", "Speed up legends"]),
    ("backup", &["Nightly backup", "Check backup hash", "Restore one file", "Rotate old backups"]),
    ("i18n", &["Extract texts", "Add German texts", "Plural forms", "Sort by locale"]),
];

/// Messages of the main branch.
const DAILY: &[&str] = &[
    "Update dependencies",
    "Fix typo in readme",
    "Raise version",
    "Clean up tests",
    "Fix flaky test",
    "Reformat code",
    "Speed up start",
    "Remove dead code",
    "Document settings",
    "Fix memory leak",
    "Handle empty input",
    "Rename module",
    "Add changelog",
    "Pin compiler version",
    "Lower log level",
];

/// Commits in order of time.
struct Log {
    ids: Vec<String>,
    lanes: Vec<String>,
    messages: Vec<String>,
    tags: Vec<String>,
    links: Vec<(usize, usize)>,
}

impl Log {
    fn commit(&mut self, lane: &str, message: &str, parents: &[usize], rng: &mut Rng) -> usize {
        let at = self.ids.len();
        let id = loop {
            let id = format!("{:07x}", rng.bits() & 0xfff_ffff);
            // A letter keeps it from being read as a number, and its first four signs tell it from all others.
            let clash = self.ids.iter().any(|other| other[..4] == id[..4]);
            if !clash && id.contains(|c: char| c.is_ascii_alphabetic()) {
                break id;
            }
        };
        self.ids.push(id);
        self.lanes.push(lane.to_owned());
        self.messages.push(message.to_owned());
        self.tags.push(String::new());
        self.links.extend(parents.iter().map(|&parent| (parent, at)));
        at
    }
}

pub(super) fn git_graph(_banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let main = rng.word(&["main", "main", "master", "trunk"]);
    let prefix = rng.word(&["feature/", "", "feat-", ""]);
    let goal = size(rng, 6, 10, 18);
    let mut log =
        Log { ids: Vec::new(), lanes: Vec::new(), messages: Vec::new(), tags: Vec::new(), links: Vec::new() };
    let mut daily = rng.sample(DAILY.len(), DAILY.len()).into_iter();
    let mut themes = rng.sample(THEMES.len(), 4).into_iter();
    let mut tip =
        log.commit(main, rng.word(&["Initial commit", "First version", "Import project"]), &[], rng);
    // Open branches: name, tip, messages that are left.
    let mut open: Vec<(String, usize, Vec<&str>)> = Vec::new();
    let mut version = (rng.whole(0, 3), rng.whole(0, 8));
    let mut branches = 1;
    while log.ids.len() < goal {
        let tagged = log.tags.iter().filter(|t| !t.is_empty()).count();
        match rng.below(8) {
            0 | 1 if branches < 4 => {
                let (name, messages) = THEMES[themes.next()?];
                let name = format!("{prefix}{name}");
                let mut left: Vec<&str> = messages.to_vec();
                let first = left.remove(0);
                let commit = log.commit(&name, first, &[tip], rng);
                open.push((name, commit, left));
                branches += 1;
            }
            2 | 3 | 7 if !open.is_empty() => {
                let at = rng.below(open.len());
                let (name, last, left) = &mut open[at];
                if !left.is_empty() {
                    let message = left.remove(0);
                    *last = log.commit(name, message, &[*last], rng);
                }
            }
            4 if !open.is_empty() => {
                let (name, last, _) = open.remove(rng.below(open.len()));
                tip = log.commit(main, &format!("Merge {name}"), &[tip, last], rng);
            }
            _ => {
                let Some(message) = daily.next() else { break };
                tip = log.commit(main, DAILY[message], &[tip], rng);
                if tagged < 3 && rng.chance(0.35) {
                    log.tags[tip] = format!("v{}.{}", version.0, version.1);
                    version.1 += 1;
                }
            }
        }
    }
    if branches < 2 {
        return None;
    }
    let tagged = log.tags.iter().any(|t| !t.is_empty());
    let rows = (0..log.ids.len())
        .map(|n| {
            let mut row = vec![log.ids[n].clone(), log.lanes[n].clone(), log.messages[n].clone()];
            if tagged {
                row.push(log.tags[n].clone());
            }
            row
        })
        .collect();
    let columns: &[&str] =
        if tagged { &["label", "lane", "detail", "tag"] } else { &["label", "lane", "detail"] };
    let links = log.links.iter().map(|&(a, b)| vec![log.ids[a].clone(), log.ids[b].clone()]).collect();
    let tables = vec![texts("nodes", columns, rows), texts("edges", &["from", "to"], links)];
    let others = (0..4).map(|_| format!("{:07x}", rng.bits() & 0xfff_ffff)).collect();
    let project = rng.word(&[
        "kettle",
        "tidewatch",
        "ledgerbook",
        "birdlog",
        "stageplan",
        "parcelo",
        "quarry",
        "lumen",
    ]);
    let name = match rng.below(3) {
        0 => format!("History of {project}"),
        1 => format!("{project}: commits"),
        _ => format!("Repository {project}"),
    };
    Some(Sketch {
        measure: "message",
        others,
        plain: true,
        housed: true,
        ..Sketch::new(name, "software", "commit", tables)
    })
}
