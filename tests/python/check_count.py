"""Loads the splits of a finished `count` dataset that people counted, and holds them to the answers that they were made of.

    python check_count.py FOLDER ANNOTATIONS

`default` must have the features of the published set, with null points; `lineage` the same rows in the same order. Every
number is what at least two different people said, and no image stands twice.
"""

import json
import pathlib
import sys

from reading import expect, expect_equal, row_id, run
import datasets
from datasets import load_dataset
from answers import STRING, Answers

FEATURES = {
    "image_url": STRING,
    "image_sha256": STRING,
    "count": {"dtype": "int32", "_type": "Value"},
    "points": {
        "feature": {"x": {"dtype": "float32", "_type": "Value"}, "y": {"dtype": "float32", "_type": "Value"}},
        "_type": "Sequence",
    },
    "label": STRING,
}


def has_points(points):
    """A null struct of lists comes as null, or as lists that are null or empty."""
    return points is not None and any(points[axis] for axis in ("x", "y"))


def main():
    folder, answers = pathlib.Path(sys.argv[1]), Answers(sys.argv[2])
    manifest = json.loads((folder / "manifest.json").read_text())
    default, lineage = load_dataset(str(folder)), load_dataset(str(folder), "lineage")
    expect(set(default) <= {"validation", "test"}, f"splits {sorted(default)}")
    expect_equal(sum(split.num_rows for split in default.values()), manifest["rows"], "number of rows")
    images = set()
    for name, split in default.items():
        expect_equal(split.features, datasets.Features.from_dict(FEATURES), f"features of `{name}`")
        for number, (row, of_row) in enumerate(zip(split, lineage[name])):
            at = f"{name}, row {number}"
            expect(not has_points(row["points"]), f"{at}: points")
            answers.check(row, of_row, at)
            expect_equal(of_row["row_id"], row_id(FEATURES, {**row, "points": None}), f"{at}: id")
            if of_row["points"] is not None and of_row["source"] == "pointed":
                expect_equal(of_row["points"], answers.points(of_row), f"{at}: points of the lineage")
                expect_equal(row["count"], len(of_row["points"]), f"{at}: count")
            for assignment in of_row["assignments"]:
                if assignment in answers.lines["verify-count"]:
                    counted = answers.lines["verify-count"][assignment]["count"]
                    expect_equal(row["count"], counted, f"{at}: what {assignment} counted")
            people = set(of_row["persons"]) | set(of_row["verifiers"])
            expect(2 <= of_row["people"] <= len(people), f"{at}: {of_row['people']} people of {len(people)}")
            expect(row["image_sha256"] not in images, f"{at}: the image stands twice")
            images.add(row["image_sha256"])
    print(f"datasets {datasets.__version__}: {len(images)} rows of count in {' and '.join(sorted(default))}")


run(main)
