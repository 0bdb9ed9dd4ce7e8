//! `pixmo images` from end to end: the real programs over real files, and Python that reads what they wrote.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::program::{Said, run};
use crate::python::{all_right, script};
use crate::s3::{Server, with_keys};
use crate::site::{Site, contents, differing};

/// The time that rows are given, so that two runs can be compared.
const NOW: &str = "1796056800";

/// A place with a folder of files as other programs wrote them: forms, orientations, profiles; some of them no pictures.
fn site() -> Site {
    let site = Site::new("");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in
        ["fixtures/backgrounds", "fixtures/people", "../pipelines/foundation/pictures/tests/fixtures"]
    {
        copy(&tests.join(folder), &site.path("photos"));
    }
    site
}

fn copy(from: &Path, into: &Path) {
    fs::create_dir_all(into).expect("a temporary folder");
    for entry in fs::read_dir(from).expect("fixtures") {
        let path = entry.expect("a fixture").path();
        let to = into.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).expect("a copy");
        }
    }
}

fn pixmo(site: &Site, line: &str) -> Said {
    run(site.pixmo(line).env("SOURCE_DATE_EPOCH", NOW).args(["--progress", "none"]))
}

#[test]
fn a_folder_is_taken_in_verified_and_loaded_by_others() {
    let site = site();
    pixmo(&site, "images import photos --embed --shards 3 --jobs 2").expect(0);
    pixmo(&site, "verify images --store data/images").expect(0);
    let folder = site.path("data/shards/images");
    for (environment, release) in [("datasets-3.1", "3.1.0"), ("datasets-5.2", "5.2.0")] {
        let said = all_right(script(environment, "check_images.py").arg(&folder));
        assert!(said.stdout.starts_with(&format!("datasets {release}: ")), "{said}");
    }
    // One worker, and a second run over what is there, give the same bytes.
    let other = site_again(&site);
    pixmo(&other, "images import photos --embed --shards 3 --jobs 1 --only 1").expect(0);
    pixmo(&other, "images import photos --embed --shards 3 --jobs 1").expect(0);
    pixmo(&other, "images import photos --embed --shards 3").expect(0);
    let (one, two) = (contents(&folder), contents(&other.path("data/shards/images")));
    assert_eq!(differing(&one, &two), BTreeSet::new());
}

fn site_again(like: &Site) -> Site {
    let site = Site::new("");
    copy(&like.path("photos"), &site.path("photos"));
    site
}

#[test]
fn smaller_copies_are_upright_and_keep_their_shape() {
    let site = site();
    pixmo(&site, "images import photos --copy-side 48").expect(0);
    pixmo(&site, "verify images").expect(0);
    all_right(script("datasets-5.2", "check_images.py").arg(site.path("data/shards/images")).arg("48"));
}

#[test]
fn avif_and_heic_are_read_where_the_campaign_says_so() {
    let (plain, reading) = (site(), Site::new("\n[build.images.pictures]\nheif = true\n"));
    copy(&plain.path("photos"), &reading.path("photos"));
    pixmo(&plain, "images import photos").expect(0);
    let said = pixmo(&plain, "images status --json").expect(0);
    assert!(said.stdout.contains("unsupported"), "{said}");
    pixmo(&reading, "images import photos --copy-side 48 --campaign campaign.toml").expect(0);
    let said = pixmo(&reading, "images status --json").expect(0);
    assert!(!said.stdout.contains("unsupported"), "{said}");
    pixmo(&reading, "verify images --store data/images").expect(0);
    // Copies can be read by every reader: eight files of HEIC and one of AVIF are among them.
    all_right(script("datasets-5.2", "check_images.py").arg(reading.path("data/shards/images")).arg("48"));
    let rows = |site: &Site| {
        let text = fs::read_to_string(site.path("data/shards/images/manifest.json")).expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        manifest["rows"].as_u64().expect("rows")
    };
    assert_eq!(rows(&reading), rows(&plain) + 9);
}

#[test]
fn look_alikes_are_clustered_and_splits_hold_across_datasets() {
    let site = site();
    pixmo(&site, "images import photos").expect(0);
    let said = pixmo(&site, "images dedup").expect(0);
    assert!(site.path("data/shards/image-clusters/manifest.json").is_file(), "{said}");
    pixmo(&site, "verify image-clusters").expect(0);
    let said = pixmo(&site, "verify --splits").expect(0);
    assert!(said.stderr.contains("no image is trained on and measured with"), "{said}");
}

#[test]
fn originals_and_rows_may_lie_in_an_object_store() {
    let server = Server::start();
    let (local, remote) = (site(), site());
    pixmo(&local, "images import photos --shards 2").expect(0);
    let line = "images import photos --shards 2 --store s3://shelf/originals --into s3://shelf/images";
    let command = &mut remote.pixmo(line);
    run(with_keys(command, server.address()).env("SOURCE_DATE_EPOCH", NOW).args(["--progress", "none"]))
        .expect(0);
    for (place, folder) in [("images", "data/shards/images"), ("originals", "data/images")] {
        let fetched = tempfile::tempdir().expect("a temporary folder");
        server.bucket(&["fetch", "shelf", place, &fetched.path().display().to_string()]);
        let mut here = contents(&local.path(folder));
        here.retain(|name, _| !name.starts_with(".work"));
        assert_eq!(differing(&here, &contents(fetched.path())), BTreeSet::new(), "{place}");
    }
}
