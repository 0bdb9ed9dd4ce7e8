#!/usr/bin/env python3
"""Makes the gallery page, docs/gallery.md with its pictures in docs/gallery, from a seeded build:

    cargo build --release && docs/make_gallery.py

The build goes to a temporary folder; `--dataset FOLDER` takes a finished one instead. For each kind of a list one
picture is taken: the one whose theme and language the page has shown least. The same version and seed give the same
page. The programs are looked for in target/release, or in PIXMO_BIN_DIR.
"""

import argparse
import html
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
# Pictures of so many tasks, so that every kind occurs several times.
LIMIT, SEED, SHARDS = 3000, 7, 16
BYTES_MAX = 6_000_000
# The most pictures of a config that are looked through.
PICTURES_MAX = 3000

# What is shown, by config in the order of the page.
KINDS = {
    "charts": (
        "Charts",
        "sankey ridgeline choropleth dashboard candlestick sunburst dual_axis calendar_heat_map violin stacked_area "
        "population_pyramid parallel_coordinates bump chord waterfall small_multiples contour radial_bar stream gantt_chart",
    ),
    "tables": (
        "Tables",
        "multi_level_header heat_shaded timetable with_footnotes ranking_bars lab_results price_list "
        "schedule_grid financial_statement subtotals league_standings merged_cells",
    ),
    "diagrams": (
        "Diagrams",
        "flowchart swim_lane sequence entity_relationship state git_graph family_tree mind_map network user_journey "
        "deployment gantt",
    ),
    "other": (
        "Documents",
        "receipt two_column_paper_page invoice newspaper_front_page menu boarding_pass nutrition_label poster "
        "medical_form exam_sheet book_cover diploma brochure_panel tax_form train_ticket map_screen shop_listing mail_inbox "
        "logic_sheet geometry_sheet",
    ),
}


def fail(message):
    print(f"error: {message}", file=sys.stderr)
    sys.exit(1)


def main():
    arguments = argparse.ArgumentParser(description="Make docs/gallery.md from a seeded build.")
    arguments.add_argument("--limit", type=int, default=LIMIT, help="pictures of the build to choose from")
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--dataset", help="choose from this finished dataset folder instead of building one")
    options = arguments.parse_args()
    programs = pathlib.Path(os.environ.get("PIXMO_BIN_DIR") or ROOT / "target" / "release")
    for name in ("pixmo-docs", "pixmo-inspect"):
        if not (programs / name).is_file():
            fail(f"`{name}` is not in {programs}\n  hint: cargo build --release")
    with tempfile.TemporaryDirectory(prefix="pixmo-gallery-") as folder:
        made = pathlib.Path(folder)
        dataset = pathlib.Path(options.dataset).resolve() if options.dataset else made / "docs"
        if not options.dataset:
            build = ["build", "--shards", SHARDS, "--limit", options.limit, "--seed", options.seed, "--into", dataset]
            run(programs / "pixmo-docs", *build)
        pictures = []
        for config in KINDS:
            flags = ["--config", config, "--count", PICTURES_MAX, "--into", made / config]
            run(programs / "pixmo-inspect", "sample", dataset, *flags)
            for path in sorted((made / config).glob("*.json")):
                about = json.loads(path.read_text(encoding="utf-8"))
                pictures.append({**about, "png": path.with_suffix(".png")})
        write(choose(pictures), options)


def run(*words):
    done = subprocess.run([str(word) for word in words])
    # A build in which some tasks gave nothing ends with 1, and is one all the same.
    if done.returncode not in (0, 1):
        fail(f"`{' '.join(map(str, words))}` ended with {done.returncode}")


def choose(pictures):
    """One picture of each kind; each choice counts the themes and languages of those before."""
    used = {}
    chosen = []
    for config, (_, kinds) in KINDS.items():
        for kind in kinds.split():
            fitting = [p for p in pictures if (p["config"], p["kind"]) == (config, kind) and len(p["questions"]) >= 2]
            if not fitting:
                print(f"note: no picture of {config} has the kind `{kind}`; it is left out", file=sys.stderr)
                continue
            seen = lambda p: (
                used.get(p["theme"], 0) + used.get(p["language"], 0) / 8, -len(p["marks"]), p["image_id"],
            )
            best = min(fitting, key=seen)
            for name in ("theme", "language"):
                used[best[name]] = used.get(best[name], 0) + 1
            chosen.append(best)
    return chosen


def two_questions(picture):
    """The one whose program has the most steps, and one of another style; counting is shown where there is no other."""
    asked = [q for q in picture["questions"] if q["follows"] < 0 and len(q["question"]) < 220]
    asked = asked or picture["questions"]
    steps = lambda q: json.dumps(q["program"]).count("{")
    asked = sorted(asked, key=lambda q: (q["kind"].startswith("count"), -steps(q), q["question"]))
    first = next((q for q in asked if q["style"] == "short"), asked[0])
    others = [q for q in asked if q["style"] != first["style"]] or [q for q in asked if q is not first]
    return [first] + others[:1]


def cell(text):
    """Text that stands in a cell of a table as it is."""
    for mark in "&\\`*_[]|~$<>#":
        text = text.replace(mark, "&amp;" if mark == "&" else "\\" + mark)
    return " <br> ".join(line for line in text.splitlines() if line.strip())


def write(chosen, options):
    source = f"the first {options.limit:,} pictures of seed {options.seed}"
    if options.dataset:
        source = "pictures of a finished dataset"
    folder = HERE / "gallery"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    lines = [
        "# Gallery",
        "",
        "One picture of some of the kinds, each with two of its questions; all of it was drawn and answered by the program.",
        f"Made by `docs/make_gallery.py` from {source}; "
        "`pixmo sample docs --html` makes a page of any build, with all questions and what they read.",
    ]
    total = 0
    for config, (title, _) in KINDS.items():
        lines += ["", f"## {title}", "", "| picture | questions and answers |", "|---|---|"]
        for picture in (p for p in chosen if p["config"] == config):
            name = f"{picture['kind']}.png" if config != "tables" else f"table_{picture['kind']}.png"
            shutil.copyfile(picture["png"], folder / name)
            total += (folder / name).stat().st_size
            kind = picture["kind"].replace("_", " ")
            about = f"**{kind}** · {cell(picture['topic'])} · theme {picture['theme']}, language {picture['language']}"
            asked = [f"{cell(q['question'])} <br> → **{cell(q['answer'])}**" for q in two_questions(picture)]
            alt = html.escape(f"{kind}: {picture['topic']}").replace("|", "&#124;")
            image = f"<img src=\"gallery/{name}\" width=\"460\" alt=\"{alt}\">"
            lines.append(f"| {image} | {about} <br><br> {' <br><br> '.join(asked)} |")
    if total > BYTES_MAX:
        fail(f"the pictures have {total} bytes, {BYTES_MAX} are allowed\n  hint: take kinds out of the list")
    (HERE / "gallery.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{HERE / 'gallery.md'}: {len(chosen)} pictures, {total:,} bytes")


if __name__ == "__main__":
    main()
