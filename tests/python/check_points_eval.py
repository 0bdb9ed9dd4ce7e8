"""Loads a finished `points-eval` dataset as others do, and holds it to the answers that it was made of.

    python check_points_eval.py FOLDER ANNOTATIONS

`default` must have the features of the published set; `rle` and `lineage` have the same rows in the same order. Points are
what people said, the run lengths are read by the description of COCO and give the same masks, and each point is in its mask.
"""

import json
import pathlib
import sys

from reading import expect, expect_equal, row_id, run
import datasets
from datasets import load_dataset
from answers import POINT, STRING, Answers

BOOLS = {"dtype": "bool", "_type": "Value"}
FEATURES = {
    "image_url": STRING,
    "image_sha256": STRING,
    "label": STRING,
    "points": POINT,
    "masks": {"feature": {"feature": {"feature": BOOLS, "_type": "Sequence"}, "_type": "Sequence"}, "_type": "Sequence"},
}


def lengths(counts):
    """The run lengths in a compressed text."""
    runs, value, bits = [], 0, 0
    for letter in counts:
        six = ord(letter) - 48
        value |= (six & 31) << bits
        bits += 5
        if not six & 32:
            if six & 16:
                value -= 1 << bits
            runs.append(value + (runs[-2] if len(runs) > 2 else 0))
            value, bits = 0, 0
    return runs


def pixels(counts, width, height):
    """The mask of a compressed text, rows from the top."""
    flat, inside = [], False
    for run_length in lengths(counts):
        flat.extend([inside] * run_length)
        inside = not inside
    return [[flat[x * height + y] for x in range(width)] for y in range(height)]


def main():
    folder, answers = pathlib.Path(sys.argv[1]), Answers(sys.argv[2])
    manifest = json.loads((folder / "manifest.json").read_text())
    default, rle, lineage = (load_dataset(str(folder), name, split="test") for name in ("default", "rle", "lineage"))
    expect_equal(default.features, datasets.Features.from_dict(FEATURES), "features")
    for name, rows in (("default", default), ("rle", rle), ("lineage", lineage)):
        expect_equal(rows.num_rows, manifest["rows"], f"rows of `{name}`")
    masks = 0
    for number, (row, lengths_of, of_row) in enumerate(zip(default, rle, lineage)):
        at = f"row {number}"
        answers.check(row, of_row, at)
        expect_equal(row["points"], answers.points(of_row), f"{at}: points")
        expect_equal({of_row["row_id"], lengths_of["row_id"]}, {row_id(FEATURES, row)}, f"{at}: id")
        width, height = of_row["image_width"], of_row["image_height"]
        expect_equal((lengths_of["width"], lengths_of["height"]), (width, height), f"{at}: size")
        expect_equal(len(row["masks"]), len(row["points"]), f"{at}: masks")
        for point, mask, counts in zip(row["points"], row["masks"], lengths_of["counts"]):
            expect_equal(mask, pixels(counts, width, height), f"{at}: mask as run lengths")
            x = min(round(point["x"] / 100 * width), width - 1)
            y = min(round(point["y"] / 100 * height), height - 1)
            expect(mask[y][x], f"{at}: {point} is not in its mask")
            masks += 1
    print(f"datasets {datasets.__version__}: {default.num_rows} rows of points-eval with {masks} masks")


run(main)
