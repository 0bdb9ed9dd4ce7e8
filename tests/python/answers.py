"""Exported answers and what rows say of them; shared by the checks of `points`, `count` and `points-eval`."""

import collections
import json
import pathlib

from reading import expect, expect_equal

POINT = [{"x": {"dtype": "float64", "_type": "Value"}, "y": {"dtype": "float64", "_type": "Value"}}]
STRING = {"dtype": "string", "_type": "Value"}


def key(label):
    """By what two labels are the same."""
    return " ".join(label.split()).lower()


class Answers:
    """Lines below a folder of annotations by their assignment; of several the last one holds."""

    def __init__(self, folder):
        self.lines = collections.defaultdict(dict)
        for kind in ("points", "not-present", "verify-points", "verify-count"):
            for path in sorted(pathlib.Path(folder, kind).glob("*.jsonl")):
                for text in path.read_text().splitlines():
                    line = json.loads(text)
                    self.lines[kind][line["work"]["assignment"]] = line
        erased = pathlib.Path(folder, "erased.jsonl")
        self.erased = {json.loads(line)["take"] for line in erased.read_text().splitlines()} if erased.exists() else set()

    def points(self, lineage):
        """The points of a row by its lineage: what the first answer says, or the last correction of it."""
        first, label = lineage["assignments"][0], key(lineage["label"])
        fixes = [
            line["points"]
            for assignment, line in self.lines["verify-points"].items()
            if line["of"] == first and key(line["label"]) == label and line.get("points") and assignment not in self.erased
        ]
        if fixes:
            return fixes[-1]
        if first in self.lines["points"]:
            (of_label,) = [m for m in self.lines["points"][first]["labels"] if key(m["label"]) == label]
            return of_label["points"]
        return self.lines["not-present"][first].get("points", [])

    def check(self, row, lineage, at):
        """What holds of every row: the lineage speaks of it, of its image, and of nobody who was erased."""
        for column in ("image_url", "image_sha256", "label"):
            expect_equal(lineage[column], row[column], f"{at}: `{column}` of the lineage")
        for assignment in lineage["assignments"]:
            expect(assignment not in self.erased, f"{at}: answer {assignment} was erased")
            (line,) = [lines[assignment] for lines in self.lines.values() if assignment in lines]
            expect_equal(line["image"]["sha256"], row["image_sha256"], f"{at}: image of answer {assignment}")
            expect(line["work"]["person"] in lineage["persons"], f"{at}: person of answer {assignment}")
