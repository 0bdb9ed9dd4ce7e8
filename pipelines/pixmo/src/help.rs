//! What there is, and how to get what there is not.

use pixmo_console::{Console, Ending, Failure, program};

use crate::verbs::{self, DATASETS, Dataset, Runs, VERBS, VERBS_TO_COME, Verb};

/// `pixmo help`: verbs, datasets, and which programs are installed.
pub(crate) fn show_all(console: &Console) -> Result<Ending, Failure> {
    let mut text =
        String::from("Build the datasets of PixMo and look at them\n\nUsage: pixmo <verb> <what> [flags]\n");
    text.push_str("\nVerbs:\n");
    for Verb { name, about, .. } in VERBS {
        text.push_str(&format!("  {name:<11}{about}\n"));
    }
    text.push_str("  help       Show this, or `pixmo help <verb>`\n");
    text.push_str("\nDatasets:\n");
    for Dataset { name, about, .. } in DATASETS {
        text.push_str(&format!("  {name:<20}{about}\n"));
    }
    text.push_str("\nPrograms:\n");
    for program in verbs::PROGRAMS {
        text.push_str(&format!("  {program:<20}{}\n", state_of(program)));
    }
    text.push_str("\nNot in this version:\n");
    text.push_str(&format!("  Verbs     {}\n", wrapped(VERBS_TO_COME)));
    let later: Vec<&str> = DATASETS.iter().filter(|set| !is_there(set.program)).map(|set| set.name).collect();
    if !later.is_empty() {
        text.push_str(&format!("  Datasets  {}\n", wrapped(&later)));
    }
    text.push_str("\nEach program explains its flags: pixmo build docs --help\n");
    text.push_str("\nExample: pixmo build docs --shards 256");
    console.data_line(&text)?;
    Ok(Ending::Good)
}

/// `pixmo help <verb>`.
pub(crate) fn show_verb(console: &Console, verb: &Verb) -> Result<Ending, Failure> {
    let what = if matches!(verb.runs, Runs::Itself(_)) { "<verb>" } else { "<dataset>" };
    let mut text = format!("{}\n\nUsage: pixmo {} {what} [flags]\n", verb.about, verb.name);
    match verb.runs {
        Runs::Program(program) | Runs::Itself(program) => {
            text.push_str(&format!("\nRuns {program}: {}\n", state_of(program)));
        }
        Runs::OfDataset => {
            text.push_str("\nDatasets:\n");
            for Dataset { name, program, .. } in DATASETS {
                text.push_str(&format!("  {name:<20}{}\n", state_of(program)));
            }
        }
    }
    let flags = if matches!(verb.runs, Runs::Itself(_)) { "--help" } else { "docs --help" };
    text.push_str(&format!("\nFlags: pixmo {} {flags}\n\nExample: {}", verb.name, verb.example));
    console.data_line(&text)?;
    Ok(Ending::Good)
}

fn is_there(program: &str) -> bool {
    verbs::PROGRAMS.contains(&program) || program::find(program).is_some()
}

/// Installed, or how to install it, or that it comes later.
fn state_of(program: &str) -> String {
    match (program::find(program), verbs::install_line(program)) {
        (Some(_), _) => "installed".to_owned(),
        (None, Some(line)) => format!("not installed: {line}"),
        (None, None) => "not in this version".to_owned(),
    }
}

/// Names in lines of at most 80 columns, set in under the first.
fn wrapped(names: &[&str]) -> String {
    const INDENT: usize = "  Datasets  ".len();
    let mut text = String::new();
    let mut column = INDENT;
    for (index, name) in names.iter().enumerate() {
        let comma = if index + 1 < names.len() { "," } else { "" };
        if index > 0 && column + 1 + name.len() + comma.len() > 80 {
            text.push_str(&format!("\n{}", " ".repeat(INDENT)));
            column = INDENT;
        } else if index > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(&format!("{name}{comma}"));
        column += name.len() + comma.len();
    }
    text
}
