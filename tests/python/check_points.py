"""Loads a finished `points` dataset as others do, and holds it to the answers that it was made of.

    python check_points.py FOLDER ANNOTATIONS

`default` must have the features of the published set and load without a name; `lineage` has the same rows in the same order,
with the ids of the rows; points, counts and labels are what people said.
"""

import json
import pathlib
import sys

from reading import expect, expect_equal, row_id, run
import datasets
from datasets import load_dataset
from answers import POINT, STRING, Answers, key

FEATURES = {
    "image_url": STRING,
    "image_sha256": STRING,
    "points": POINT,
    "count": {"dtype": "int64", "_type": "Value"},
    "label": STRING,
    "collection_method": STRING,
}


def main():
    folder, answers = pathlib.Path(sys.argv[1]), Answers(sys.argv[2])
    manifest = json.loads((folder / "manifest.json").read_text())
    default = load_dataset(str(folder), split="train")
    lineage = load_dataset(str(folder), "lineage", split="train")
    expect_equal(default.features, datasets.Features.from_dict(FEATURES), "features")
    expect_equal(default.num_rows, manifest["rows"], "number of rows")
    expect_equal(lineage.num_rows, default.num_rows, "rows of `lineage`")
    seen, points = set(), 0
    for number, (row, of_row) in enumerate(zip(default, lineage)):
        at = f"row {number}"
        answers.check(row, of_row, at)
        expect_equal(row["count"], len(row["points"]), f"{at}: count")
        expect_equal(row["points"], answers.points(of_row), f"{at}: points")
        expect_equal(of_row["row_id"], row_id(FEATURES, row), f"{at}: id")
        for point in row["points"]:
            expect(0 <= point["x"] <= 100 and 0 <= point["y"] <= 100, f"{at}: {point} is outside")
        name = (row["image_sha256"], key(row["label"]))
        expect(name not in seen, f"{at}: label {row['label']} stands twice")
        seen.add(name)
        points += row["count"]
    print(f"datasets {datasets.__version__}: {default.num_rows} rows of points with {points} points")


run(main)
