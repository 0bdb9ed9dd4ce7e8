//! A wrong answer, planted so that every hash, count and id fits: only working it out again can find it.

use pixmo_schemas::records::{DocsFullRecord, DocsRecord};
use pixmo_schemas::{Config, Dataset, Record, row_id};
use pixmo_shards::names::WORK;
use pixmo_shards::{
    Card, ConfigSpec, DatasetFolder, Disk, FileEntry, FileWriter, Location, Manifest, Sidecar, Split,
    read_rows,
};

use crate::finished::small;
use crate::program::run;
use crate::python::script;
use crate::site::{SMALL, Site, copy};

fn config(name: &str) -> &'static Config {
    Dataset::Docs.config(name).expect("a config of docs")
}

fn spec(name: &str) -> ConfigSpec {
    match name.rsplit_once('_') {
        Some((main, _)) => ConfigSpec::side(config(name), config(main).name),
        None => ConfigSpec::main(config(name)),
    }
}

fn rows<R: Record>(location: &Location, file: &FileEntry) -> Vec<R> {
    let rows = read_rows::<R>(location, file).expect("a good file");
    rows.collect::<Result<_, _>>().expect("good rows")
}

/// Writes rows in the place of a file, as the loop would have.
fn replace<R: Record>(location: &Location, file: &mut FileEntry, rows: Vec<R>) {
    let work = location.local_folder().expect("a local folder").join(WORK);
    std::fs::create_dir_all(&work).expect("a temporary folder");
    let temp = work.join("planted.parquet");
    let mut writer = FileWriter::create(&Disk::new(), &temp, &spec(&file.config)).expect("a temporary file");
    for row in rows {
        writer.push(row).expect("a row in its ranges");
    }
    let written = writer.finish().expect("a temporary file");
    location.put_file(&file.path, &temp).expect("a temporary folder");
    (file.bytes, file.sha256, file.num_bytes) = (written.bytes, written.sha256, written.num_bytes);
}

/// Another answer of the same form: the next digit, or the other truth.
fn other_answer(answer: &str) -> Option<String> {
    match answer {
        "Yes" => return Some("No".to_owned()),
        "No" => return Some("Yes".to_owned()),
        _ => {}
    }
    let at = answer.rfind(|c: char| c.is_ascii_digit())?;
    let digit = answer[at..].chars().next()?.to_digit(10)?;
    Some(format!("{}{}{}", &answer[..at], (digit + 1) % 10, &answer[at + 1..]))
}

/// Changes one answer of the first shard of charts, in both tables, and writes all else again to fit.
fn plant(location: &Location) -> (String, String, String) {
    let folder = DatasetFolder::open(location.clone()).expect("a finished dataset");
    let build = folder.manifest().build.clone();
    let read = |shard| Sidecar::read(location, shard, build.shards).expect("a readable folder");
    let mut sidecars: Vec<Sidecar> =
        (0..build.shards).map(|shard| read(shard).expect("it is there").expect("it is good")).collect();

    let place = |config: &str, sidecars: &[Sidecar]| {
        let of = |file: &FileEntry| file.config == config && file.split == Split::Train;
        sidecars[0].files.iter().position(of).expect("the first shard holds charts")
    };
    let (main_at, full_at) = (place("charts", &sidecars), place("charts_full", &sidecars));
    let mut main: Vec<DocsRecord> = rows(location, &sidecars[0].files[main_at]);
    let mut full: Vec<DocsFullRecord> = rows(location, &sidecars[0].files[full_at]);
    let candidates = (0..full.len()).flat_map(|row| (0..full[row].questions.len()).map(move |q| (row, q)));
    let mut changes = candidates.filter_map(|(row, q)| {
        let question = &full[row].questions[q];
        let plain = ["short", "yes_no"].contains(&question.style.as_str());
        other_answer(&question.answer).filter(|_| plain).map(|other| (row, q, other))
    });
    let (row, q, other) = changes.next().expect("a question with a number or a truth");
    drop(changes);

    full[row].questions[q].answer.clone_from(&other);
    main[row].questions.answer[q].clone_from(&other);
    full[row].row_id = row_id(&main[row]).expect("a row");
    let (image_id, question) = (full[row].image_id.clone(), full[row].questions[q].question.clone());
    replace(location, &mut sidecars[0].files[main_at], main);
    replace(location, &mut sidecars[0].files[full_at], full);
    publish(location, &build, &sidecars);
    (image_id, question, other)
}

/// Writes sidecars, card and manifest.
fn publish(location: &Location, build: &pixmo_shards::Begun, sidecars: &[Sidecar]) {
    let mains = ["charts", "tables", "diagrams", "other"];
    let specs: Vec<ConfigSpec> = mains
        .iter()
        .flat_map(|main| ["", "_full", "_points"].map(|end| spec(&format!("{main}{end}"))))
        .collect();
    let template = concat!(env!("CARGO_MANIFEST_DIR"), "/../pipelines/docs/CARD.md");
    let template = std::fs::read_to_string(template).expect("the card of docs");
    let card = Card { template: &template, dataset: Dataset::Docs, build, configs: &specs, sidecars };
    let card = card.render().expect("the card of docs");
    let manifest = Manifest::derive(build, sidecars, card.as_bytes()).expect("all shards");
    for sidecar in sidecars {
        location.put_atomic(&sidecar.path(), &sidecar.to_bytes()).expect("a temporary folder");
    }
    location.put_atomic("README.md", card.as_bytes()).expect("a temporary folder");
    location.put_atomic(Manifest::path(), &manifest.to_bytes()).expect("a temporary folder");
    std::fs::remove_dir_all(location.local_folder().expect("a local folder").join(WORK))
        .expect("it is there");
}

#[test]
fn a_planted_wrong_answer_is_caught_twice() {
    let site = Site::new(SMALL);
    copy(&small().out, &site.path("out"));
    let location = Location::local(site.path("out"));

    // Written again without a change, all is as it was: what is found below is the answer and nothing else.
    let build = DatasetFolder::open(location.clone()).expect("a finished dataset").manifest().build.clone();
    let sidecars: Vec<Sidecar> = (0..build.shards)
        .map(|shard| {
            let read = Sidecar::read(&location, shard, build.shards).expect("a readable folder");
            read.expect("it is there").expect("it is good")
        })
        .collect();
    publish(&location, &build, &sidecars);
    assert_eq!(site.out(), crate::site::contents(&small().out));

    let (image_id, question, other) = plant(&location);
    let said = site.run("verify ./out").expect(1);
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines.len(), 1, "one damage and no other:\n{said}");
    for part in [&image_id, &other, "charts_full/train-00000-of-00002.parquet"] {
        assert!(lines[0].contains(part), "`{part}` is not in {}", lines[0]);
    }
    site.run("verify ./out --quick").expect(0);

    // A third evaluator, in plain Python, comes to the same.
    let said = run(script("datasets-5.2", "recheck.py").arg(site.path("out"))).expect(1);
    assert!(said.stdout.contains(", 1 disagreements"), "{said}");
    assert!(said.stdout.contains(&image_id) && said.stdout.contains(&question), "{said}");
}
