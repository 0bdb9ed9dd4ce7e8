//! The words of the command line, up to where they belong to another program.

use std::ffi::OsString;

use pixmo_console::Failure;

use crate::verbs::{self, DATASETS, Runs, VERBS, VERBS_TO_COME, Verb};

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Help,
    HelpFor(&'static Verb),
    Version,
    Run(Errand),
}

/// A program to run and what to tell it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Errand {
    pub(crate) program: String,
    pub(crate) arguments: Vec<OsString>,
}

/// Reads the words behind `pixmo`. Flags of the console may stand before the verb; they are handed on.
pub(crate) fn read(words: &[OsString]) -> Result<Request, Failure> {
    let (before, rest) = split_leading_flags(words)?;
    let Some((first, rest)) = rest.split_first() else {
        return no_verb(&before);
    };
    let name = text(first)?;
    if name == "help" {
        return match rest.first() {
            Some(word) if !is_flag(word) => Ok(Request::HelpFor(verb_named(&text(word)?)?)),
            _ => Ok(Request::Help),
        };
    }
    let verb = verb_named(&name)?;
    let asks_help = rest.first().is_none_or(|word| word == "--help" || word == "-h");
    match verb.runs {
        Runs::OfDataset if asks_help => Ok(Request::HelpFor(verb)),
        Runs::OfDataset => of_dataset(verb, &before, rest).map(Request::Run),
        Runs::Program(program) => {
            let mut arguments = vec![first.clone()];
            arguments.extend(before);
            arguments.extend_from_slice(rest);
            Ok(Request::Run(Errand { program: program.to_owned(), arguments }))
        }
        // Flags of the console may stand before the verbs of the program as well as behind them.
        Runs::Itself(program) => {
            let arguments = before.into_iter().chain(rest.iter().cloned()).collect();
            Ok(Request::Run(Errand { program: program.to_owned(), arguments }))
        }
    }
}

/// `build docs --shards 256` → `pixmo-docs build --shards 256`; flags may stand on either side of the dataset.
fn of_dataset(verb: &Verb, before: &[OsString], rest: &[OsString]) -> Result<Errand, Failure> {
    let Some((dataset, flags)) = rest.split_first().filter(|(word, _)| !is_flag(word)) else {
        return Err(Failure::request(format!("name the dataset right after `{}`", verb.name))
            .hint(format!("for example: {}", verb.example)));
    };
    let name = text(dataset)?;
    let dataset = verbs::dataset(&name).ok_or_else(|| unknown_dataset(verb, &name))?;
    let mut arguments = vec![OsString::from(verb.name)];
    arguments.extend_from_slice(before);
    arguments.extend_from_slice(flags);
    // The program of two datasets has to be told which.
    if dataset.program.strip_prefix("pixmo-") != Some(dataset.name) {
        arguments.insert(1, dataset.name.into());
    }
    Ok(Errand { program: dataset.program.to_owned(), arguments })
}

/// The flags before the verb: those of the console go on to the program, `--help` and `--version` are ours.
fn split_leading_flags(words: &[OsString]) -> Result<(Vec<OsString>, &[OsString]), Failure> {
    let mut before = Vec::new();
    let mut rest = words;
    while let Some((word, behind)) = rest.split_first().filter(|(word, _)| is_flag(word)) {
        rest = behind;
        let flag = text(word)?;
        match flag.split_once('=').map_or(flag.as_str(), |(name, _)| name) {
            "--help" | "-h" | "--version" | "-V" => return Ok((vec![word.clone()], &[])),
            "--json" | "--quiet" | "-q" | "--verbose" | "-v" => before.push(word.clone()),
            "--color" | "--progress" => {
                before.push(word.clone());
                if !flag.contains('=')
                    && let Some((value, behind)) = rest.split_first()
                {
                    before.push(value.clone());
                    rest = behind;
                }
            }
            name => {
                return Err(Failure::request(format!("unknown flag `{name}` before the verb"))
                    .hint("flags stand behind the verb: `pixmo build docs --shards 256`"));
            }
        }
    }
    Ok((before, rest))
}

fn no_verb(before: &[OsString]) -> Result<Request, Failure> {
    let asks = |flags: [&str; 2]| before.iter().any(|word| flags.iter().any(|flag| word == flag));
    if asks(["--version", "-V"]) {
        return Ok(Request::Version);
    }
    if asks(["--help", "-h"]) {
        return Ok(Request::Help);
    }
    let names: Vec<String> = VERBS.iter().map(|verb| format!("`{}`", verb.name)).collect();
    Err(Failure::request("a verb is missing")
        .hint(format!("the verbs are {}, `help`", names.join(", ")))
        .hint(format!("for example: {}", VERBS[0].example)))
}

fn verb_named(name: &str) -> Result<&'static Verb, Failure> {
    verbs::verb(name).ok_or_else(|| {
        if VERBS_TO_COME.contains(&name) {
            return Failure::request(format!("`pixmo {name}` is not in this version"))
                .hint("`pixmo help` lists the verbs it has");
        }
        let failure = Failure::request(format!("unknown verb `{name}`"));
        // `pixmo docs build` is `pixmo build docs` the wrong way round.
        if verbs::dataset(name).is_some() {
            return failure.hint(format!("the verb comes first: `pixmo build {name}`"));
        }
        let near = nearest(name, VERBS.iter().map(|verb| verb.name).chain(["help"]));
        match near {
            Some(near) => failure.hint(format!("did you mean `pixmo {near}`?")),
            None => failure.hint("`pixmo help` lists the verbs"),
        }
    })
}

fn unknown_dataset(verb: &Verb, name: &str) -> Failure {
    let failure = Failure::request(format!("unknown dataset `{name}`"));
    let names: Vec<String> = DATASETS.iter().map(|dataset| format!("`{}`", dataset.name)).collect();
    match nearest(name, DATASETS.iter().map(|dataset| dataset.name)) {
        Some(near) => failure.hint(format!("did you mean `pixmo {} {near}`?", verb.name)),
        None => failure.hint(format!("the datasets are {}", names.join(", "))),
    }
}

/// The nearest of `known`, if few letters differ: at most a third of the longer name.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let near = known.filter_map(|candidate| {
        let distance = strsim::damerau_levenshtein(&name, candidate);
        let letters_max = name.chars().count().max(candidate.len());
        (distance * 3 <= letters_max).then_some((distance, candidate))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

fn is_flag(word: &OsString) -> bool {
    word.as_encoded_bytes().starts_with(b"-")
}

fn text(word: &OsString) -> Result<String, Failure> {
    word.to_str().map(str::to_owned).ok_or_else(|| {
        Failure::request(format!("`{}` is not UTF-8", word.display())).hint("`pixmo help` lists the verbs")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        let shown = match read(&words) {
            Ok(Request::Run(errand)) => {
                let arguments: Vec<_> =
                    errand.arguments.iter().map(|word| word.display().to_string()).collect();
                format!("{} {}", errand.program, arguments.join(" "))
            }
            Ok(Request::HelpFor(verb)) => format!("help for {}", verb.name),
            Ok(Request::Help) => "help".to_owned(),
            Ok(Request::Version) => "version".to_owned(),
            Err(failure) => failure.to_string(),
        };
        assert_eq!(shown, expected, "pixmo {line}");
    }

    #[test]
    fn words_find_their_program() {
        check("build docs --shards 256", "pixmo-docs build --shards 256");
        check("--json --color never build docs --limit 3", "pixmo-docs build --json --color never --limit 3");
        check("-q --progress=lines verify docs", "pixmo-inspect verify -q --progress=lines docs");
        check("build points-eval --limit 3", "pixmo-points-eval build --limit 3");
        check("sample docs --svg ID", "pixmo-inspect sample docs --svg ID");
        check("status", "pixmo-inspect status");
        check("images fetch urls.txt --limit 3", "pixmo-images fetch urls.txt --limit 3");
        check("--json images status", "pixmo-images --json status");
        check("models fetch tiny.en", "pixmo-models fetch tiny.en");
        check("captioner point a.png cats", "pixmo-captioner point a.png cats");
        check("images --help", "pixmo-images --help");
        check("build docs --help", "pixmo-docs build --help");
        check("verify --help", "pixmo-inspect verify --help");
        check("build docs -- --version", "pixmo-docs build -- --version");
    }

    #[test]
    fn help_and_version_are_found_where_people_write_them() {
        for line in ["help", "--help", "-h", "--color never --help", "help --json"] {
            check(line, "help");
        }
        for line in ["build", "build --help", "help build", "build -h"] {
            check(line, "help for build");
        }
        check("--version", "version");
        check("-V", "version");
    }

    #[test]
    fn flags_without_their_value_do_no_harm() {
        check(
            "--color",
            "error: a verb is missing\n  hint: the verbs are `build`, `images`, `cap`, `annotate`, `models`, `captioner`, `receipts`, `status`, `verify`, `sample`, `stats`, `help`\n  hint: for example: pixmo build docs --shards 256",
        );
    }
}
