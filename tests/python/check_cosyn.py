"""Runs the snippet on the card of a built `docs` folder that gives the rows the form of CoSyn-400K and CoSyn-point, and
compares features and values with the files themselves, read without `datasets`.

    python check_cosyn.py DATASET_DIR [--config NAME]...
"""

import argparse
import io
import os

import reading
from reading import expect, expect_equal

import datasets
import PIL.Image
import pyarrow.parquet
from datasets import Image, Value

HEAD = "## In the form of CoSyn"


def main():
    arguments = argparse.ArgumentParser(description="Check the form of CoSyn.")
    arguments.add_argument("folder")
    arguments.add_argument("--config", action="append", choices=["charts", "tables", "diagrams", "other"])
    options = arguments.parse_args()
    folder = os.path.abspath(options.folder)
    looked_at = 0
    for config in options.config or ["charts"]:
        # What the snippet says is made for one folder and one config; a reader puts in theirs.
        code = snippet(folder)
        for old, new in (('"path/to/this/folder"', repr(folder)), ('"charts"', repr(config))):
            expect_equal(code.count(old), 1, f"README.md: how often the snippet says {old}")
            code = code.replace(old, new)
        names = {}
        exec(compile(code, "README.md", "exec"), names)
        looked_at += check_pairs(folder, config, names["cosyn"])
        check_points(folder, config, names["cosyn_point"])
    print(f"datasets {datasets.__version__}: {looked_at} rows in the form of CoSyn: all right")


def snippet(folder):
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as card:
        text = card.read()
    expect(HEAD in text, f"README.md: no section `{HEAD}`")
    return text.split(HEAD)[1].split("```python\n")[1].split("\n```")[0]


def stored(folder, config):
    """The rows of the train split as they lie in the files."""
    files = sorted(os.listdir(os.path.join(folder, config)))
    files = [os.path.join(folder, config, name) for name in files if name.startswith("train-")]
    expect(files, f"{config}: no files of train")
    return [row for file in files for row in pyarrow.parquet.read_table(file).to_pylist()]


def kinds(feature):
    """A feature as plain names: releases of the library write the same thing in different ways."""
    if isinstance(feature, Value):
        return feature.dtype
    if isinstance(feature, Image):
        return "image"
    if isinstance(feature, dict):
        return {name: kinds(inner) for name, inner in feature.items()}
    if isinstance(feature, (list, tuple)):
        return [kinds(feature[0])]
    # A sequence of structs comes back as a struct of lists, and new releases say so at once; a list stays a list.
    inner = kinds(feature.feature)
    is_turned = isinstance(inner, dict) and type(feature).__name__ == "Sequence"
    return {name: [kind] for name, kind in inner.items()} if is_turned else [inner]


PAIR = {name: ["string"] for name in ("question", "explanation", "answer")}


def check_pairs(folder, config, table):
    wanted = {
        "id": "string",
        "qa_pairs": PAIR,
        "metadata": {"figure_type": "string", "persona": "string", "topic": "string"},
        "data": "string",
        "code": "string",
        "image": "image",
    }
    expect_equal({name: kinds(feature) for name, feature in table.features.items()}, wanted, f"{config}: features")
    pictures, full = stored(folder, config), stored(folder, f"{config}_full")
    expect_equal(table.num_rows, len(full), f"{config}: rows")
    for number, (row, picture, truth) in enumerate(zip(table, pictures, full)):
        at = f"{config} row {number}"
        expect_equal(row["id"], truth["image_id"], f"{at}: id")
        for name in PAIR:
            expect_equal(row["qa_pairs"][name], [asked[name] for asked in truth["questions"]], f"{at}: {name}")
        expect_equal(row["qa_pairs"]["answer"], picture["questions"]["answer"], f"{at}: answers of the main config")
        about = {"figure_type": truth["kind"], "persona": truth["persona"], "topic": truth["topic"]}
        expect_equal(row["metadata"], about, f"{at}: metadata")
        expect_equal((row["data"], row["code"]), (truth["data"], truth["source"]), f"{at}: data and code")
        check_picture(at, row["image"], picture)
    return table.num_rows


def check_points(folder, config, table):
    found = {name: kinds(feature) for name, feature in table.features.items()}
    point = found.get("answer_points")
    expect_equal(point, [[{"x": "float64", "y": "float64"}]], f"{config}: points")
    wanted = {"id": "string", "questions": ["string"], "answer_points": point, "names": ["string"], "image": "image"}
    expect_equal(found, wanted, f"{config}: features of points")
    pictures, points = stored(folder, config), stored(folder, f"{config}_points")
    expect_equal(table.num_rows, len(points), f"{config}: rows of points")
    for number, (row, picture, truth) in enumerate(zip(table, pictures, points)):
        at = f"{config}_points row {number}"
        expect_equal((row["id"], row["questions"]), (truth["image_id"], truth["questions"]), f"{at}: id and questions")
        expect_equal(row["names"], truth["names"], f"{at}: names")
        expect_equal(row["answer_points"], truth["points"], f"{at}: points")
        check_picture(at, row["image"], picture)


def check_picture(at, found, stored_row):
    expect(isinstance(found, PIL.Image.Image), f"{at}: the picture is `{type(found)}`, expected a decoded picture")
    own = PIL.Image.open(io.BytesIO(stored_row["image"]["bytes"]))
    expect(found.convert("RGB").tobytes() == own.convert("RGB").tobytes(), f"{at}: the picture has other pixels")


if __name__ == "__main__":
    reading.run(main)
