//! Arrows go down, and a heavy thing has one home.

use cargo_metadata::DependencyKind;

use super::{crates, none_wrong};

/// A crate, its level, and the crates of ours that it may know; `None`: all of lower levels.
///
/// The levels are those of ARCHITECTURE.md. A level alone would let `campaign` know `schemas`; the list says that it
/// does not.
type Room = (&'static str, u8, Option<&'static [&'static str]>);

const ROOMS: &[Room] = &[
    ("pixmo-schemas", 0, Some(&[])),
    ("pixmo-campaign", 1, Some(&[])),
    ("pixmo-console", 1, Some(&[])),
    ("pixmo-shards", 1, Some(&["pixmo-schemas"])),
    ("pixmo-receipts", 1, Some(&["pixmo-schemas"])),
    ("pixmo-render", 1, Some(&[])),
    ("pixmo-recheck", 1, Some(&[])),
    ("pixmo-clockread", 1, Some(&[])),
    ("pixmo-fetch", 1, Some(&[])),
    ("pixmo-pictures", 1, Some(&[])),
    ("pixmo-engines", 1, Some(&[])),
    ("pixmo-audio", 1, Some(&[])),
    ("pixmo-burnkit", 1, Some(&[])),
    ("pixmo-engine-detect", 2, Some(&["pixmo-engines"])),
    // Its tests listen to recordings.
    ("pixmo-engine-whisper", 2, Some(&["pixmo-engines", "pixmo-audio"])),
    ("pixmo-engine-chat", 2, Some(&["pixmo-engines"])),
    ("pixmo-stage", 2, Some(&["pixmo-schemas", "pixmo-campaign", "pixmo-console", "pixmo-shards"])),
    ("pixmo-answers", 2, Some(&["pixmo-schemas", "pixmo-console", "pixmo-shards"])),
    // Its tests look at pictures.
    ("pixmo-near", 2, Some(&["pixmo-pictures"])),
    ("pixmo-preprocess", 2, Some(&["pixmo-pictures"])),
    // What it makes of pictures and words is what the model reads.
    ("pixmo-molmo", 3, Some(&["pixmo-burnkit", "pixmo-preprocess"])),
    ("pixmo-render-svg", 2, Some(&["pixmo-render"])),
    // Two of level 2 may use a third: what they draw may hold an SVG.
    ("pixmo-render-figures", 2, Some(&["pixmo-render", "pixmo-render-svg"])),
    ("pixmo-render-typst", 2, Some(&["pixmo-render", "pixmo-render-svg"])),
    ("pixmo-render-clocks", 2, Some(&["pixmo-render"])),
    ("pixmo-docs", 3, None),
    // It draws clocks alone: whoever wants these must not build charts and pages. Its tests read them back.
    (
        "pixmo-clocks",
        3,
        Some(&[
            "pixmo-schemas",
            "pixmo-console",
            "pixmo-shards",
            "pixmo-stage",
            "pixmo-render",
            "pixmo-render-clocks",
            "pixmo-clockread",
        ]),
    ),
    // It asks strangers for pictures; whoever draws pictures does not.
    (
        "pixmo-images",
        3,
        Some(&[
            "pixmo-schemas",
            "pixmo-campaign",
            "pixmo-console",
            "pixmo-shards",
            "pixmo-stage",
            "pixmo-fetch",
            "pixmo-pictures",
            "pixmo-near",
            "pixmo-engines",
            "pixmo-engine-detect",
        ]),
    ),
    (
        "pixmo-cap",
        3,
        Some(&[
            "pixmo-schemas",
            "pixmo-campaign",
            "pixmo-console",
            "pixmo-shards",
            "pixmo-receipts",
            "pixmo-stage",
            "pixmo-engines",
            "pixmo-engine-chat",
            "pixmo-engine-whisper",
            "pixmo-audio",
        ]),
    ),
    (
        "pixmo-points",
        3,
        Some(&["pixmo-schemas", "pixmo-console", "pixmo-shards", "pixmo-stage", "pixmo-answers"]),
    ),
    (
        "pixmo-count",
        3,
        Some(&["pixmo-schemas", "pixmo-console", "pixmo-shards", "pixmo-stage", "pixmo-answers"]),
    ),
    // It reads masks, which are pictures.
    (
        "pixmo-points-eval",
        3,
        Some(&[
            "pixmo-schemas",
            "pixmo-console",
            "pixmo-shards",
            "pixmo-stage",
            "pixmo-answers",
            "pixmo-pictures",
        ]),
    ),
    (
        "pixmo-inspect",
        3,
        Some(&["pixmo-schemas", "pixmo-console", "pixmo-shards", "pixmo-recheck", "pixmo-pictures"]),
    ),
    ("pixmo-models", 3, Some(&["pixmo-campaign", "pixmo-console", "pixmo-fetch"])),
    ("pixmo-vouch", 3, Some(&["pixmo-schemas", "pixmo-console", "pixmo-shards", "pixmo-receipts"])),
    // It draws points on pictures, and serves; it fetches nothing.
    (
        "pixmo-captioner",
        4,
        Some(&[
            "pixmo-console",
            "pixmo-pictures",
            "pixmo-render",
            "pixmo-preprocess",
            "pixmo-burnkit",
            "pixmo-molmo",
        ]),
    ),
    // Whoever serves people links no renderer and no model; of `cap` it takes the library half.
    (
        "pixmo-annotator",
        4,
        Some(&[
            "pixmo-schemas",
            "pixmo-campaign",
            "pixmo-console",
            "pixmo-shards",
            "pixmo-receipts",
            "pixmo-audio",
            "pixmo-pictures",
            "pixmo-cap",
            "pixmo-answers",
        ]),
    ),
    ("pixmo", 4, Some(&["pixmo-console"])),
    ("pixmo-tests", 5, None),
];

/// Something heavy, where it lives, and where else it is needed to build or to test.
struct Heavy {
    name: &'static str,
    homes: &'static [&'static str],
    /// Build and development dependencies only.
    workshops: &'static [&'static str],
}

const HEAVY: &[Heavy] = &[
    // The examples of `schemas` write a tiny file of each table, without the room that owns files; the tests of `images`
    // write files as others have them, which the house has no room for.
    Heavy { name: "parquet", homes: &["pixmo-shards"], workshops: &["pixmo-schemas", "pixmo-images"] },
    Heavy { name: "object_store", homes: &["pixmo-shards"], workshops: &[] },
    Heavy {
        name: "arrow",
        homes: &["pixmo-schemas", "pixmo-shards", "pixmo-inspect"],
        workshops: &["pixmo-images"],
    },
    Heavy { name: "tokenizers", homes: &["pixmo-preprocess"], workshops: &[] },
    Heavy { name: "burn", homes: &["pixmo-burnkit"], workshops: &[] },
    Heavy { name: "typst", homes: &["pixmo-render-typst"], workshops: &[] },
    Heavy { name: "typst-layout", homes: &["pixmo-render-typst"], workshops: &[] },
    Heavy { name: "resvg", homes: &["pixmo-render-svg"], workshops: &[] },
    Heavy { name: "usvg", homes: &["pixmo-render-svg"], workshops: &[] },
    Heavy { name: "tiny-skia", homes: &["pixmo-render"], workshops: &["pixmo-render-figures"] },
    Heavy { name: "rustybuzz", homes: &["pixmo-render"], workshops: &[] },
    // `inspect` decodes pictures again: whoever checks must not ask the one that drew. `clocks` decodes photographs of the
    // user, and renderers know no picture but their own.
    Heavy {
        name: "png",
        homes: &["pixmo-render", "pixmo-inspect", "pixmo-clocks", "pixmo-pictures"],
        workshops: &["pixmo-schemas", "pixmo-images", "pixmo-points-eval"],
    },
    Heavy { name: "indicatif", homes: &["pixmo-console"], workshops: &[] },
    Heavy { name: "tracing-subscriber", homes: &["pixmo-console"], workshops: &[] },
    Heavy { name: "signal-hook", homes: &["pixmo-console"], workshops: &[] },
    // The campaign file has one reader. `render` and `docs` read lists that are compiled in (fonts, palettes, word
    // banks, tables), which are TOML as well.
    Heavy {
        name: "toml",
        homes: &["pixmo-campaign", "pixmo-render", "pixmo-docs"],
        workshops: &["pixmo-tests", "pixmo-fetch"],
    },
    Heavy { name: "polars", homes: &["pixmo-inspect"], workshops: &[] },
    Heavy { name: "datafusion", homes: &["pixmo-inspect"], workshops: &[] },
    Heavy { name: "rten", homes: &["pixmo-engine-detect"], workshops: &[] },
    Heavy { name: "whisper-rs", homes: &["pixmo-engine-whisper"], workshops: &[] },
    Heavy { name: "symphonia", homes: &["pixmo-audio"], workshops: &[] },
    Heavy { name: "rubato", homes: &["pixmo-audio"], workshops: &[] },
    // `fetch` asks strangers, `engine-chat` one server that the campaign names and that is told a key, and `cap` the one
    // server that it works for; `annotator` the one that it operates.
    Heavy {
        name: "reqwest",
        homes: &["pixmo-fetch", "pixmo-engine-chat", "pixmo-cap", "pixmo-annotator"],
        workshops: &["pixmo-captioner"],
    },
    Heavy { name: "axum", homes: &["pixmo-annotator", "pixmo-captioner"], workshops: &[] },
    Heavy { name: "sqlx", homes: &["pixmo-annotator"], workshops: &[] },
    // What signs, and what nobody may guess.
    Heavy { name: "ed25519-dalek", homes: &["pixmo-receipts"], workshops: &[] },
    Heavy { name: "curve25519-dalek", homes: &["pixmo-receipts"], workshops: &[] },
];

fn room(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|(known, _, _)| *known == name)
}

#[test]
fn every_crate_has_a_level() {
    let mut found: Vec<&str> = crates().iter().map(|package| package.name.as_str()).collect();
    let mut known: Vec<&str> = ROOMS.iter().map(|(name, _, _)| *name).collect();
    found.sort_unstable();
    known.sort_unstable();
    assert_eq!(found, known, "a new crate gets a line in `ROOMS`, and one in ARCHITECTURE.md");
}

#[test]
fn arrows_go_down() {
    let mut wrong = Vec::new();
    for package in crates() {
        let Some((name, level, known)) = room(&package.name) else { continue };
        for dependency in &package.dependencies {
            let Some((other, below, _)) = room(&dependency.name) else { continue };
            let may = match known {
                Some(known) => known.contains(other),
                None => below < level,
            };
            if !may {
                wrong.push(format!("`{name}` (level {level}) must not know `{other}` (level {below})"));
            }
        }
    }
    none_wrong(&wrong);
}

#[test]
fn the_list_of_rooms_itself_goes_down() {
    for (name, level, known) in ROOMS {
        for other in known.unwrap_or_default() {
            let (_, below, _) = room(other).unwrap_or_else(|| panic!("`{other}` is no crate"));
            let is_exception = *other == "pixmo-render-svg" && *level == 2;
            assert!(below < level || is_exception, "{name} (level {level}) may know {other} (level {below})");
        }
    }
}

#[test]
fn each_heavy_dependency_is_in_its_home() {
    let mut wrong = Vec::new();
    for heavy in HEAVY {
        let mut is_used = false;
        for package in crates() {
            let of_name = |dependency: &&cargo_metadata::Dependency| dependency.name == heavy.name;
            for dependency in package.dependencies.iter().filter(of_name) {
                let is_normal = dependency.kind == DependencyKind::Normal;
                let at_home = heavy.homes.contains(&package.name.as_str());
                is_used |= is_normal;
                if !at_home && (is_normal || !heavy.workshops.contains(&package.name.as_str())) {
                    let homes = heavy.homes.join("`, `");
                    wrong
                        .push(format!("`{}` lives in `{homes}`, and `{}` uses it", heavy.name, package.name));
                }
            }
        }
        let is_to_come = ["polars", "datafusion"].contains(&heavy.name);
        if is_used == is_to_come {
            wrong.push(format!("`{}` is used by nobody, or no longer to come", heavy.name));
        }
    }
    none_wrong(&wrong);
}

#[test]
fn dependencies_have_their_versions_in_one_place() {
    let mut wrong = Vec::new();
    for package in crates() {
        let manifest: toml::Table = super::text_of(super::folder_of(package).join("Cargo.toml"))
            .parse()
            .expect("a manifest that cargo understands is TOML");
        let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
        let own = tables.iter().filter_map(|table| manifest.get(*table)?.as_table());
        let targets = manifest.get("target").and_then(toml::Value::as_table);
        let of_targets = targets.into_iter().flat_map(|targets| targets.values());
        let of_targets = of_targets.flat_map(|target| {
            tables.iter().filter_map(|table| target.get(table).and_then(toml::Value::as_table))
        });
        for (name, value) in own.chain(of_targets).flatten() {
            if value.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
                wrong.push(format!("`{}` says itself which `{name}` it takes", package.name));
            }
        }
    }
    none_wrong(&wrong);
}
