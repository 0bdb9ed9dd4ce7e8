"""Reads tables back from the pixels of a built docs folder and compares them with the data, cell by cell.

    python cells.py data/shards/docs [--pictures 24]

For layouts with a line of headings over plain rows (`LAYOUTS`). The grid is found from where texts stand, never from
what they say: runs of one height make a row, and a run belongs to the column whose heading lies above it. What a cell
says is read by Tesseract from its pixels. The heading of each column and every cell is then compared with `data`.

A cell is right when of all texts of its table none is nearer to what was read than its own, and when no more than half
of its characters, or one, were read as others. Single characters that Tesseract takes for others are counted by
`ocr.py`; here it is proved that each value stands in the row and the column that the data says.

Left out, and counted by reason: tables with a cell of several lines or without text, and tables whose headings do not
name each one column.

The last line is a JSON object with the figures. Exit: 0 98 % of the cells or more are right, 1 they are not, 2 there was
nothing to read.
"""

import argparse
import collections
import json
import pathlib
import sys
import tempfile

import lines
import ocr
import samples

LAYOUTS = ("plain", "ruled", "zebra", "boxed")
RIGHT_MIN = 0.98


class Unreadable(Exception):
    """Why a table has no grid that can be found; such tables are counted by this reason."""


def grid_of(runs):
    """Rows of cells, the headings first: each row has one cell for each column, and a cell is a list of runs."""
    headings = []
    for run in sorted((run for run in runs if run["role"] == "header_cell"), key=lambda run: run["x"]):
        # Lines of one heading stand over each other.
        over = [cell for cell in headings if any(shared(run, other) for other in cell)]
        if len(over) > 1:
            raise Unreadable("a heading over several columns")
        over[0].append(run) if over else headings.append([run])
    if not headings:
        raise Unreadable("no headings")
    headings = [sorted(cell, key=middle) for cell in headings]
    boxes = [box_of(cell) for cell in headings]
    rows = []
    for run in sorted((run for run in runs if run["role"] == "body_cell"), key=middle):
        if not rows or middle(run) - middle(rows[-1][0]) > 0.6 * run["size"]:
            rows.append([])
        rows[-1].append(run)
    grid = [headings]
    for row in rows:
        if len(row) != len(headings):
            raise Unreadable("cells of several lines, or without text")
        places = [column_of(run, boxes) for run in row]
        if sorted(places) != list(range(len(headings))):
            raise Unreadable("a column that is not under its heading")
        grid.append([[run] for _, run in sorted(zip(places, row), key=lambda pair: pair[0])])
    return grid


def shared(run, other):
    return run["x"] < other["x"] + other["width"] and other["x"] < run["x"] + run["width"]


def box_of(cell):
    left = min(run["x"] for run in cell)
    return {"x": left, "width": max(run["x"] + run["width"] for run in cell) - left}


def middle(run):
    return run["y"] + run["height"] / 2


def column_of(run, headings):
    """The heading that a run shares its left edge, its right edge or its middle with most nearly."""

    def apart(heading):
        left, right = run["x"] - heading["x"], run["x"] + run["width"] - heading["x"] - heading["width"]
        return min(abs(left), abs(right), abs(left + right) / 2)

    return min(range(len(headings)), key=lambda at: apart(headings[at]))


def tables_of(folder, pictures, left_out):
    """(row of the dataset, grid, crops of its runs) for each table whose grid is found."""
    for image, row in samples.picked(folder, pictures, LAYOUTS, ["data", "language"]):
        try:
            grid = grid_of(row["text_runs"])
        except Unreadable as reason:
            left_out[str(reason)] += 1
            continue
        crops = []
        for run in (run for line in grid for cell in line for run in cell):
            language = ocr.language_of(run["text"], row["language"]) or "eng"
            crops.append((lines.cut(image, run, row["text_runs"]), language))
        yield row, grid, crops


def compare(table, read):
    """(number of cells, faults) of a table of the data against rows of texts, the headings first."""
    expected = [[column["name"] for column in table["columns"]]]
    expected += [[cell["shown"] for cell in row] for row in table["rows"]]
    if [len(row) for row in expected] != [len(row) for row in read]:
        return sum(map(len, expected)), ["the data has other rows or columns than the picture"] * sum(map(len, expected))
    shown = [ocr.plain(text) for row in expected for text in row]
    faults = []
    for at, found in enumerate(ocr.plain(text) for row in read for text in row):
        if at < len(read[0]) and not shown[at].endswith(")"):
            found = found.partition("(")[0]  # the unit of a column is printed behind its name
        errors = ocr.distance(shown[at], found)
        better = min(ocr.distance(other, found) for other in set(shown))
        if errors > max(1, len(shown[at]) // 2) or better < errors:
            faults.append(f"row {at // len(read[0])}, column {at % len(read[0])}: `{shown[at]}` was read as `{found}`")
    return len(shown), faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="a built docs folder")
    parser.add_argument("--pictures", type=int, default=24)
    parser.add_argument("--show", type=int, default=40, help="how many faults to print")
    arguments = parser.parse_args()
    left_out = collections.Counter()
    tables = list(tables_of(arguments.folder, arguments.pictures, left_out))
    with tempfile.TemporaryDirectory() as folder:
        texts = iter(ocr.read_crops([crop for _, _, crops in tables for crop in crops], folder))
    cells, wrong = 0, []
    for row, grid, _ in tables:
        read = [["".join(next(texts) for _ in cell) for cell in line] for line in grid]
        count, faults = compare(json.loads(row["data"])["tables"][0], read)
        cells += count
        wrong += [f"{row['image_id']} {row['kind']} {fault}" for fault in faults]
    for line in wrong[: arguments.show]:
        print(line)
    for reason, count in sorted(left_out.items()):
        print(f"{count:5} tables left out: {reason}")
    if not cells:
        print("nothing was read", file=sys.stderr)
        return 2
    share = 1 - len(wrong) / cells
    print(json.dumps({"tables": len(tables), "cells": cells, "right_percent": round(100 * share, 3)}))
    return 0 if share >= RIGHT_MIN else 1


if __name__ == "__main__":
    sys.exit(main())
