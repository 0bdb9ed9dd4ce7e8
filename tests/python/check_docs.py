"""Reads a built `docs` folder as its users do and holds it to its card, its manifest and itself.

    python check_docs.py DATASET_DIR [--rows-max N]

Every config and split is loaded through README.md by name. Pictures are decoded, the three tables of each group are laid
side by side, and row ids are made again. Where polars and duckdb are installed they read the same files.
`--rows-max` limits how many rows of each split are looked at one by one; counts are always checked in full.
"""

import argparse
import glob
import hashlib
import json
import os

import reading
from reading import expect, expect_equal

import datasets
import PIL.Image
import pyarrow.parquet
from datasets import Features, Image, load_dataset

GROUPS = ["charts", "tables", "diagrams", "other"]

# The published columns, as the library itself spells them.
PUBLISHED = {
    "image": {"_type": "Image"},
    "image_id": {"dtype": "string", "_type": "Value"},
    "questions": {
        "feature": {
            "question": {"dtype": "string", "_type": "Value"},
            "answer": {"dtype": "string", "_type": "Value"},
        },
        "_type": "Sequence",
    },
}


def main():
    arguments = argparse.ArgumentParser(description="Check a built docs folder.")
    arguments.add_argument("folder")
    arguments.add_argument("--rows-max", type=int, default=None)
    options = arguments.parse_args()
    folder = os.path.abspath(options.folder)
    expect(os.path.isfile(os.path.join(folder, "README.md")), f"{folder}: no README.md; is the build finished?")

    counts = card_counts(folder)
    check_manifest(folder, counts)
    groups = [group for group in GROUPS if group in counts]
    expect(groups, f"{folder}/README.md: none of the configs {GROUPS}")
    wanted = [name for group in groups for name in (group, f"{group}_full", f"{group}_points")]
    expect_equal(sorted(counts), sorted(wanted), f"{folder}/README.md: configs")

    seen_ids, looked_at = {}, 0
    for group in groups:
        tables = {name: load(folder, name, counts[name]) for name in (group, f"{group}_full", f"{group}_points")}
        main_table, full, points = tables.values()
        expect_equal(counts[f"{group}_full"], counts[group], f"{group}_full: splits and rows")
        expect_equal(counts[f"{group}_points"], counts[group], f"{group}_points: splits and rows")
        for split in counts[group]:
            at = f"{group}/{split}"
            expect_equal(main_table[split].features, Features.from_dict(PUBLISHED), f"{at}: published features")
            check_ids(at, main_table[split], full[split], points[split], seen_ids)
            looked_at += check_rows(at, folder, group, split, main_table, full, points, options.rows_max)
    others = [read_with_polars(folder, counts), read_with_duckdb(folder, counts)]
    readers = [f"datasets {datasets.__version__}"] + [name for name in others if name]
    rows = sum(sum(counts[group].values()) for group in groups)
    print(f"{', '.join(readers)}: {len(counts)} configs, {rows} rows, {looked_at} looked at one by one: all right")


def card_counts(folder):
    """Rows by config and split, as the card says; both blocks of the card must name the same."""
    card = reading.front_matter(folder)
    counts = {
        info["config_name"]: {split["name"]: split["num_examples"] for split in info["splits"]}
        for info in card["dataset_info"]
    }
    files = {
        config["config_name"]: [entry["split"] for entry in config["data_files"]] for config in card["configs"]
    }
    expect_equal(files, {name: list(splits) for name, splits in counts.items()}, "README.md: splits of `configs`")
    return counts


def check_manifest(folder, counts):
    path = os.path.join(folder, "manifest.json")
    expect(os.path.isfile(path), f"{path}: missing; the build is not finished")
    with open(path, encoding="utf-8") as file:
        manifest = json.load(file)
    totals = {}
    for total in manifest["configs"]:
        totals.setdefault(total["config"], {})[total["split"]] = total["rows"]
    expect_equal(totals, counts, "README.md and manifest.json: rows by config and split")

    listed = [file for shard in manifest["shards"] for file in shard["files"]]
    found = sorted(glob.glob("**/*.parquet", root_dir=folder, recursive=True))
    expect_equal(found, sorted(file["path"] for file in listed), "files in the folder and in the manifest")
    for file in listed:
        with open(os.path.join(folder, file["path"]), "rb") as content:
            expect_equal(hashlib.file_digest(content, "sha256").hexdigest(), file["sha256"], f"{file['path']}: sha256")
        rows = pyarrow.parquet.read_metadata(os.path.join(folder, file["path"])).num_rows
        expect_equal(rows, file["rows"], f"{file['path']}: rows")


def load(folder, config, splits):
    loaded = load_dataset(folder, config)
    expect_equal({name: table.num_rows for name, table in loaded.items()}, splits, f"{config}: splits and rows")
    return loaded


def check_ids(at, main_table, full, points, seen_ids):
    ids = main_table["image_id"][:]
    expect_equal(first_difference(ids, full["image_id"][:]), None, f"{at}: rows of `_full` beside the main config")
    expect_equal(first_difference(ids, points["image_id"][:]), None, f"{at}: rows of `_points` beside the main config")
    for image_id in ids:
        expect(image_id not in seen_ids, f"{at}: `{image_id}` is already in {seen_ids.get(image_id)}")
        seen_ids[image_id] = at


def first_difference(left, right):
    pairs = enumerate(zip(left, right))
    return next(((i, a, b) for i, (a, b) in pairs if a != b), None)


def check_rows(at, folder, group, split, main_table, full, points, rows_max):
    raw_rows = main_table[split].cast_column("image", Image(decode=False))
    number = -1
    for number, (row, raw, truth, pointing) in enumerate(zip(main_table[split], raw_rows, full[split], points[split])):
        if rows_max is not None and number >= rows_max:
            return number
        here = f"{at} row {number} ({row['image_id']})"
        check_picture(here, row["image"], truth)
        check_questions(here, row["questions"], truth["questions"])
        check_truth(here, truth)
        check_points(here, pointing)
        expect_equal(reading.row_id(PUBLISHED, raw), truth["row_id"], f"{here}: row_id")
    return number + 1


def check_picture(at, picture, truth):
    expect(isinstance(picture, PIL.Image.Image), f"{at}: the picture is `{type(picture)}`, expected a decoded picture")
    picture.load()
    expect_equal(picture.size, (truth["width"], truth["height"]), f"{at}: size of the picture and in `_full`")


def check_questions(at, questions, programs):
    asked, answers = questions["question"], questions["answer"]
    expect(asked, f"{at}: no questions")
    expect_equal(len(answers), len(asked), f"{at}: answers for {len(asked)} questions")
    expect(all(text.strip() for text in asked + answers), f"{at}: a question or an answer is blank")
    expect_equal([q["question"] for q in programs], asked, f"{at}: questions of `_full`")
    expect_equal([q["answer"] for q in programs], answers, f"{at}: answers of `_full`")
    for i, question in enumerate(programs):
        json_of(f"{at}: program of question {i}", question["program"])
        expect(-1 <= question["follows"] < i, f"{at}: question {i} follows {question['follows']}")


def check_truth(at, truth):
    json_of(f"{at}: data", truth["data"])
    for part in ("text_runs", "marks"):
        for i, box in enumerate(truth[part]):
            expect(box["width"] >= 0 and box["height"] >= 0, f"{at}: {part}[{i}] has a negative size")
    for i, run in enumerate(truth["text_runs"]):
        inside = 0 <= run["x"] + run["width"] / 2 <= truth["width"] and 0 <= run["y"] + run["height"] / 2 <= truth["height"]
        expect(inside, f"{at}: text_runs[{i}] `{run['text']}` has its centre outside the picture")


def check_points(at, pointing):
    lengths = {name: len(pointing[name]) for name in ("questions", "names", "points")}
    expect_equal(len(set(lengths.values())), 1, f"{at}: different lengths {lengths} in `_points`")
    for i, group in enumerate(pointing["points"]):
        for point in group:
            inside = 0 <= point["x"] <= 100 and 0 <= point["y"] <= 100
            expect(inside, f"{at}: points[{i}] holds `{point}`, expected 0 to 100 per cent")


def json_of(at, text):
    try:
        return json.loads(text)
    except ValueError as cause:
        raise reading.Wrong(f"{at}: not JSON: {cause}") from cause


def read_with_polars(folder, counts):
    try:
        import polars
    except ImportError:
        return None
    for config, splits in counts.items():
        for split, rows in splits.items():
            table = polars.read_parquet(os.path.join(folder, config, f"{split}-*.parquet"))
            expect_equal(table.height, rows, f"{config}/{split}: rows in polars")
            expect_equal(table["image_id"].n_unique(), rows, f"{config}/{split}: different image ids in polars")
            if "image" in table.columns:
                sizes = table["image"].struct.field("bytes").bin.size()
                expect(sizes.null_count() == 0 and (rows == 0 or sizes.min() > 0), f"{config}/{split}: empty pictures")
    return f"polars {polars.__version__}"


def read_with_duckdb(folder, counts):
    try:
        import duckdb
    except ImportError:
        return None
    for config, splits in counts.items():
        for split, rows in splits.items():
            files = os.path.join(folder, config, f"{split}-*.parquet")
            found = duckdb.sql("select count(*), count(distinct image_id) from read_parquet($f)", params={"f": files})
            expect_equal(found.fetchall(), [(rows, rows)], f"{config}/{split}: rows and image ids in duckdb")
            if config in GROUPS:
                wrong = duckdb.sql(
                    """select count(*) from read_parquet($f)
                       where image.bytes is null or octet_length(image.bytes) = 0
                          or len(questions.question) <> len(questions.answer)""",
                    params={"f": files},
                )
                expect_equal(wrong.fetchall(), [(0,)], f"{config}/{split}: rows without picture or answers in duckdb")
    return f"duckdb {duckdb.__version__}"


if __name__ == "__main__":
    reading.run(main)
