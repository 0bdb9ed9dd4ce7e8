//! The faces, told the same story by a clock that goes by hand.

use std::collections::BTreeMap;
use std::time::Duration;

use pixmo_console::{Captured, Console, ConsoleArgs, Counts, Event, ProgressChoice};

/// The build of the style page: 256 shards of 50 tasks, 31 already finished, one task in about a hundred dropped.
fn story(args: &ConsoleArgs) -> Captured {
    let (console, captured) = Console::captured(args);
    let progress = console.progress("docs");
    progress.tell(Event::Begun { shards: 256, tasks: 12_800, seed: Some(7), before: counts(1550) });
    for task in 1551..=12_800 {
        console.clock().advance(Duration::from_millis(218));
        progress.tell(Event::Moved(counts(task)));
        if task == 6000 {
            let message = "font `Lora` has no glyph for `五`".to_owned();
            progress
                .tell(Event::Warned { message, hint: Some("the text is drawn in `Noto Sans`".to_owned()) });
            progress.tell(Event::ShardFinished { shard: 119, rows: 49, dropped: 1, bytes: 2_500_000 });
        }
    }
    let dropped = [("duplicate_question", 44), ("render_failed", 101), ("never", 0)];
    progress.tell(Event::Finished {
        rows: 12_655,
        dropped: dropped.map(|(reason, count)| (reason.to_owned(), count)).into(),
        bytes: 10_522_669_875,
        files: 256,
        into: Some("data/shards/docs".to_owned()),
    });
    captured
}

fn counts(tasks: u64) -> Counts {
    let dropped = tasks * 145 / 12_800;
    Counts { shards_finished: tasks / 50, tasks_finished: tasks, rows: tasks - dropped, dropped }
}

fn with(progress: ProgressChoice) -> ConsoleArgs {
    ConsoleArgs { progress, ..ConsoleArgs::default() }
}

#[test]
fn lines_at_the_start_at_every_half_minute_and_at_the_end() {
    let captured = story(&with(ProgressChoice::Lines));
    assert_eq!(captured.stdout(), "");
    let text = captured.stderr();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() > 80 && lines.len() < 100, "{} lines in 41 minutes", lines.len());
    let (first, last) = (lines[..4].join("\n"), lines[lines.len() - 4..].join("\n"));
    let middle = lines.iter().position(|line| line.starts_with("warning:")).expect("the warning");
    insta::assert_snapshot!(format!("{first}\n…\n{}\n…\n{last}", lines[middle - 1..middle + 3].join("\n")));
}

#[test]
fn lines_at_every_tenth_of_quick_work() {
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    let progress = console.progress("points");
    progress.tell(Event::Begun { shards: 4, tasks: 1000, seed: None, before: Counts::default() });
    for task in 1..=1000 {
        console.clock().advance(Duration::from_millis(2));
        let counts = Counts { shards_finished: task / 250, tasks_finished: task, rows: task, dropped: 0 };
        progress.tell(Event::Moved(counts));
    }
    progress.tell(Event::Finished { rows: 1000, dropped: BTreeMap::new(), bytes: 0, files: 0, into: None });
    insta::assert_snapshot!(captured.stderr());
}

#[test]
fn work_without_tasks_counts_shards_and_nothing_to_do_is_said_calmly() {
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    let progress = console.progress("docs");
    progress.tell(Event::Begun { shards: 2, tasks: 0, seed: None, before: Counts::default() });
    console.clock().advance(Duration::from_secs(3));
    progress.tell(Event::Moved(Counts { shards_finished: 1, ..Counts::default() }));
    progress.tell(Event::Finished {
        rows: 1,
        dropped: BTreeMap::new(),
        bytes: 1,
        files: 1,
        into: Some("x".to_owned()),
    });
    let empty = console.progress("cap");
    empty.tell(Event::Begun {
        shards: 1,
        tasks: 0,
        seed: None,
        before: Counts { shards_finished: 1, ..Counts::default() },
    });
    empty.tell(Event::Finished { rows: 0, dropped: BTreeMap::new(), bytes: 0, files: 0, into: None });
    insta::assert_snapshot!(captured.stderr());
}

#[test]
fn events_of_threads_may_come_in_any_order() {
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    let progress = console.progress("docs");
    progress.tell(Event::Begun { shards: 1, tasks: 100, seed: None, before: Counts::default() });
    for tasks in [60, 20, 59] {
        progress.tell(Event::Moved(Counts { tasks_finished: tasks, rows: tasks, ..Counts::default() }));
    }
    console.clock().advance(Duration::from_secs(6));
    progress.tell(Event::Interrupted(Counts { tasks_finished: 61, rows: 61, ..Counts::default() }));
    insta::assert_snapshot!(captured.stderr());
}

#[test]
fn no_face_and_quiet_say_nothing_of_progress() {
    let warning = "warning: font `Lora` has no glyph for `五`\n  hint: the text is drawn in `Noto Sans`\n";
    assert_eq!(story(&with(ProgressChoice::None)).stderr(), warning);
    let quiet = ConsoleArgs { quiet: true, progress: ProgressChoice::Lines, ..ConsoleArgs::default() };
    assert_eq!(story(&quiet).stderr(), "");
}

#[test]
fn json_tells_the_same_story_one_object_a_line() {
    let captured = story(&ConsoleArgs { json: true, ..ConsoleArgs::default() });
    assert!(!captured.stderr().contains("shards"), "progress is told once");
    let text = captured.stdout();
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines {
        let object: serde_json::Value = serde_json::from_str(line).expect("one object a line");
        assert_eq!(object["dataset"], "docs");
    }
    let named = |name: &str| -> Vec<&str> {
        let start = format!("{{\"event\":\"{name}\"");
        lines.iter().copied().filter(|line| line.starts_with(&start)).collect()
    };
    assert!(named("moved").len() > 1000, "about one a second");
    let shown = ["begun", "warned", "shard_finished", "finished"].map(|name| named(name).join("\n"));
    insta::assert_snapshot!(format!("{}\n{}", named("moved")[20], shown.join("\n")));
}

#[test]
fn talk_data_and_warnings_go_their_ways() {
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    console.say("hello");
    console.data_line("1\t2").expect("a stream in memory");
    console.data_json(&serde_json::json!({ "z": 1, "a": "é" })).expect("a stream in memory");
    console.data_bytes(b"<svg/>").expect("a stream in memory");
    console.warn("odd", None);
    assert_eq!(captured.stdout(), "1\t2\n{\"z\":1,\"a\":\"é\"}\n<svg/>");
    assert_eq!(captured.stderr(), "hello\nwarning: odd\n");
}

#[test]
fn progress_is_shared_between_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<pixmo_console::Progress>();
    is_shared::<Console>();
    is_shared::<pixmo_console::Interrupt>();
}
