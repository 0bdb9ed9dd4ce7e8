//! An object store: a real S3 server on loopback, read by another client than ours, and a line that breaks.

mod server;

use std::collections::BTreeSet;
use std::process::Command;

use crate::finished::small;
use crate::program::{Said, run};
use crate::s3::server::Line;
pub(crate) use crate::s3::server::Server;
use crate::site::{BUILD_SMALL, SMALL, Site, contents, differing};

const TARGET: &str = "s3://shelf/some/docs";

/// `pixmo` with the keys and the address of a server.
fn pixmo(site: &Site, endpoint: &str, line: &str) -> Said {
    run(with_keys(&mut site.pixmo(line), endpoint).args(["--progress", "none"]))
}

/// A command with the keys and the address of a server.
pub(crate) fn with_keys<'a>(command: &'a mut Command, endpoint: &str) -> &'a mut Command {
    command.env("AWS_ENDPOINT_URL", endpoint).env("AWS_REGION", "us-east-1");
    command.env("AWS_ACCESS_KEY_ID", "tests").env("AWS_SECRET_ACCESS_KEY", "tests")
}

fn build() -> String {
    BUILD_SMALL.replace("--into out", &format!("--into {TARGET}"))
}

/// The objects of the dataset must be the files of the local one, byte for byte.
fn assert_same_objects(server: &Server) {
    let fetched = tempfile::tempdir().expect("a temporary folder");
    let said = server.bucket(&["fetch", "shelf", "some/docs", &fetched.path().display().to_string()]);
    assert_eq!(differing(&contents(&small().out), &contents(fetched.path())), BTreeSet::new());
    assert_eq!(said.stdout, "0 unfinished uploads\n");
}

#[test]
fn an_object_store_holds_the_same_objects_and_is_verified_in_place() {
    let server = Server::start();
    let site = Site::new(SMALL);
    pixmo(&site, server.address(), &format!("{} --only 0-3", build())).expect(0);
    pixmo(&site, server.address(), &build()).expect(0);
    assert_same_objects(&server);
    assert!(!site.path("out").exists(), "and nothing in a local folder");

    pixmo(&site, server.address(), &format!("verify {TARGET}")).expect(0);
    let name = "other_full/train-00000-of-00001.parquet";
    server.bucket(&["flip", "shelf", &format!("some/docs/{name}")]);
    let said = pixmo(&site, server.address(), &format!("verify {TARGET}")).expect(1);
    assert!(said.stdout.contains(name), "{said}");
    let only = said.stdout.split("--only ").nth(1).expect("a command for the shard");
    let shard: String = only.chars().take_while(char::is_ascii_digit).collect();
    pixmo(&site, server.address(), &format!("{} --only {shard}", build())).expect(0);
    assert_same_objects(&server);

    let lost = "some/docs/diagrams/train-00000-of-00001.parquet";
    server.bucket(&["delete", "shelf", lost]);
    pixmo(&site, server.address(), &build()).expect(0);
    assert_same_objects(&server);
}

#[test]
fn a_store_that_fails_in_the_middle_ends_with_3_and_the_same_command_completes() {
    let server = Server::start();
    let site = Site::new(SMALL);
    // The line takes a part of what a whole dataset sends, and then no more.
    let line = Line::to(server.address(), 900_000);
    let said = pixmo(&site, line.address(), &build()).expect(3);
    assert!(said.stderr.contains("error: cannot "), "{said}");
    assert!(said.stderr.contains("hint: "), "{said}");
    assert!(!said.stderr.contains("AWS_SECRET"), "{said}");
    assert!(line.is_broken(), "it failed for another reason:\n{said}");
    let partly = tempfile::tempdir().expect("a temporary folder");
    server.bucket(&["fetch", "shelf", "some/docs", &partly.path().display().to_string()]);
    let (partly, whole) = (contents(partly.path()), contents(&small().out));
    assert!(!partly.contains_key("manifest.json"));
    assert!(partly.iter().all(|(name, content)| whole.get(name) == Some(content)), "what is there is whole");

    line.mend();
    pixmo(&site, line.address(), &build()).expect(0);
    assert_same_objects(&server);
}

#[test]
fn a_bucket_that_is_not_there_is_told() {
    let server = Server::start();
    let site = Site::new(SMALL);
    let missing = build().replace("s3://shelf", "s3://attic");
    let said = pixmo(&site, server.address(), &missing);
    insta::assert_snapshot!(said);
    assert!(!site.path("data/work").join("docs").exists());
}
