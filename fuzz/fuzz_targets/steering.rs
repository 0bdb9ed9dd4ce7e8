//! Files of personas and topics: entries, or an error with its line. The first line says which form the file has.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_docs::steering::{Lines, Steering};
use pixmo_fuzz::limits;
use pixmo_render::Seed;

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    let cut = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let ending = limits::text(&bytes[..cut]).into_owned();
    let content = bytes.get(cut + 1..).unwrap_or_default();
    let path = format!("file.{ending}");
    for what in ["persona", "topic"] {
        let steering = limits::within(|| {
            let lines = Lines::parse(content, &path, what, "")?;
            assert!(!lines.entries.is_empty());
            let mut before = 0;
            for (line, entry) in &lines.entries {
                assert!(*line > before, "lines go up");
                before = *line;
                assert!(!entry.trim().is_empty() && entry.len() <= 1_000 && !entry.contains(['\n', '\r', '\0']));
            }
            let (personas, topics) = if what == "persona" { (Some(lines), None) } else { (None, Some(lines)) };
            Steering::of(personas, topics, &path)
        });
        match steering {
            Ok(steering) => {
                let course = steering.course(&Seed::from_number(1));
                assert_eq!(course.persona.is_some(), what == "persona");
                assert_eq!(course.topic.is_some(), what == "topic");
                // A topic always names a subject; a persona may.
                assert!(course.domain.is_some() || what == "persona");
            }
            Err(failure) => {
                limits::is_told(&failure.message);
                failure.causes.iter().for_each(limits::is_told);
                assert!(failure.at.is_some_and(|at| at.starts_with(&path)));
            }
        }
    }
});
