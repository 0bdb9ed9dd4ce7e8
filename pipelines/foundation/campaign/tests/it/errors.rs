//! Every kind of fault, with its place and what to do.

use std::path::Path;

use pixmo_campaign::Campaign;

use crate::{complaint, shown};

#[test]
fn unknown_keys() {
    let style_page = format!("{}[build.docs]\nshards = 1\nshard_count = 2\n", "\n".repeat(11));
    insta::assert_snapshot!(complaint(&style_page));
    insta::assert_snapshot!("nested", complaint("[build.docs]\nfigures = { charts = 1, table = 2 }\n"));
    insta::assert_snapshot!("in_a_table_below", complaint("[build.docs.figures]\ncolour = 1\n"));
    insta::assert_snapshot!("in_campaign", complaint("[campaign]\nname = \"a\"\nsede = 7\n"));
    insta::assert_snapshot!(
        "in_a_variant",
        complaint("[build.docs]\nink = { custom = { red = 1, bleu = 2 } }\n")
    );
}

#[test]
fn unknown_sections() {
    insta::assert_snapshot!(complaint("[build.docs]\n\n[build.dosc]\nshards = 1\n"));
    insta::assert_snapshot!("at_the_top", complaint("[campaing]\nseed = 1\n"));
    insta::assert_snapshot!("far_from_all", complaint("[weather]\nrain = true\n"));
    insta::assert_snapshot!("key_outside", complaint("seed = 7\n[campaign]\n"));
    insta::assert_snapshot!("key_in_a_family", complaint("[build]\nshards = 7\n"));
    insta::assert_snapshot!("value_for_a_family", complaint("build = 7\n"));
    insta::assert_snapshot!("value_for_a_section", complaint("[build]\ndocs = true\n"));
    insta::assert_snapshot!("array_of_sections", complaint("[[build.docs]]\nshards = 7\n"));
}

#[test]
fn wrong_types_and_values() {
    let cases = [
        "shards = \"many\"",
        "shards = -1",
        "shards = 4294967296",
        "shards = 1.5",
        "shards = 99999999999999999999",
        "shards = 1e999",
        "shards = 2026-03-02",
        "jobs = 0",
        "figures = 3",
        "figures = { charts = [1] }",
        "fonts = \"Inter\"",
        "fonts = [\"Inter\", 3]",
        "ink = \"dark-bleu\"",
        "ink = { purple = 1 }",
        "ink = 5",
        "ink = { black = 1 }",
        "ink = \"custom\"",
        "ink = { custom = {} }",
        "ink = { custom = { red = 256 } }",
        "scale = \"big\"",
        "drop_invalid = 1",
    ];
    let all: Vec<String> = cases
        .iter()
        .map(|case| format!("{case}\n{}\n", complaint(&format!("[build.docs]\n{case}\n"))))
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn missing_keys_and_refused_values() {
    insta::assert_snapshot!(complaint("[engines.llm]\nkind = \"chat\"\nrequests_max = 1\n"));
    let refused = "[engines.llm]\nkind = \"chat\"\nurl = \"u\"\nrequests_max = 101\n";
    insta::assert_snapshot!("refused", complaint(refused));
    insta::assert_snapshot!("seed", complaint("[campaign]\nseed = \"seven\"\n"));
}

#[test]
fn faults_of_the_file_itself() {
    let cases = [
        "[build.docs]\nshards = 1\nshards = 2\n",
        "[build.docs]\n[train]\n[build.docs]\n",
        "[build.docs\nshards = 1\n",
        "[build.docs]\nshards 1\n",
        "[build.docs]\nshards = \n",
        "[build.docs]\nfonts = [\"Inter\", \n",
        "[campaign]\nname = \"spring\n",
        "[campaign]\nname = spring\n",
        "[campaign]\nname = \"\\q\"\n",
        "[campaign]\nseed = 007\n",
        "[campaign]\nname = \"a\u{7}b\"\n",
        "= 1",
        "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f.g.h = 1",
    ];
    let all: Vec<String> = cases.iter().map(|case| format!("{case:?}\n{}\n", complaint(case))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn files_that_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    };
    let latin = b"[campaign]\nname = \"Fr\xe9d\xe9ric\"\n";
    let paths = [
        folder.path().join("none.toml"),
        folder.path().to_owned(),
        file("latin.toml", latin),
        file("utf16.toml", b"\xff\xfe[\0c\0"),
        file("cut.toml", "[campaign]\nname = \"é".as_bytes().split_last().expect("not empty").1),
        file("huge.toml", &vec![b'\n'; (4 << 20) + 1]),
    ];
    let complaints: Vec<String> = paths
        .iter()
        .map(|path| shown(&Campaign::read(path).expect_err("a bad file")))
        .map(|text| text.replace(&folder.path().display().to_string(), "FOLDER"))
        .collect();
    insta::assert_snapshot!(complaints.join("\n\n"));
}

#[test]
fn a_mark_at_the_start_windows_lines_and_columns_in_characters() {
    let text = "\u{feff}[campaign]\r\nname = \"é\"\r\n[build.docs]\r\n\"é\" = 1\r\n";
    insta::assert_snapshot!(complaint(text));
    let campaign =
        Campaign::parse(Path::new("c.toml"), "[build.docs]\nink={ custom={ \"é\"=1, red=2 } }".to_owned());
    let error =
        campaign.expect("good TOML").section::<crate::Build>("build.docs").expect_err("an unknown key");
    assert_eq!(error.at.as_deref(), Some("c.toml:2:16"));
}
