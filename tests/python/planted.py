"""Plants faults in the data of real pictures and sees whether reading back from pixels finds them.

    python planted.py data/shards/docs [--pictures 8]

Of each kind that `readback.py` reads, up to so many pictures are measured as they are, and again after one value of
their data is changed, as if the picture showed another: the longest bar, the highest point, the largest part or the
furthest dot is 5 % of the largest value off; two slices are exchanged, as if they had each other's colour. A picture
counts when it was right before, and two slices when they differ by more than what can be measured.

Where several lines cross, a moved point may come under another line, which is not measured: of lines three in four faults
must be found, of all others every one.

Exit: 0 as many planted faults were found as must be, 1 they were not, 2 there was nothing to plant in.
"""

import argparse
import collections
import copy
import json
import pathlib
import sys
from fractions import Fraction

import numpy

import axes
import decoders
import readback

OFF = Fraction(5, 100)
LINES_MIN = 0.75


def number_of(data, mark):
    value = data["tables"][mark["table"]]["rows"][mark["row"]][mark["column"]]["value"]
    return Fraction(value["number"])


def write(data, mark, number, convention):
    """Another number in the cell of a mark, printed as the others are, since they tell how numbers are written."""
    digits = f"{float(number):.6f}"
    cell = data["tables"][mark["table"]]["rows"][mark["row"]][mark["column"]]
    cell["value"], cell["shown"] = {"number": digits}, digits.replace(".", convention[0])


def plant(full, marks):
    """The full row with one fault in its data, or None where there is nothing to change."""
    data = json.loads(full["data"])
    conventions = axes.conventions_of(data["tables"])
    if not conventions:
        return None
    if full["kind"] in ("scatter", "bubble"):
        # The second number of a row is its height; a mark may name the column of its size.
        marks = [{**mark, "column": 2} for mark in marks]
    order = sorted(marks, key=lambda mark: abs(number_of(data, mark)))
    least, most = order[0], order[-1]
    if full["kind"] in ("pie", "donut"):
        small, large = number_of(data, least), number_of(data, most)
        total = sum(number_of(data, mark) for mark in full["marks"] if mark["role"] == "slice")
        if 100 * (large - small) < 2 * decoders.SHARE_ERROR_MAX * total:
            return None
        write(data, least, large, conventions[0])
        write(data, most, small, conventions[0])
    else:
        write(data, most, number_of(data, most) * (1 - OFF), conventions[0])
    planted = copy.copy(full)
    planted["data"] = json.dumps(data)
    return planted


def measured(image, full):
    found = readback.Found()
    readback.measure(image, full, found)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="a built docs folder")
    parser.add_argument("--pictures", type=int, default=8, help="the most pictures of each kind")
    arguments = parser.parse_args()
    tried, caught = collections.Counter(), collections.Counter()
    kinds = readback.BARS + readback.LINES + tuple(decoders.KINDS)
    for image, full in readback.pictures_of(arguments.folder, kinds, 4 * arguments.pictures):
        image = numpy.asarray(image)
        if tried[full["kind"]] >= arguments.pictures:
            continue
        before = measured(image, full)
        if before.wrong or not before.measured:
            continue
        planted = plant(full, before.measured)
        if planted is None:
            continue
        tried[full["kind"]] += 1
        after = measured(image, planted)
        caught[full["kind"]] += bool(after.wrong)
        if not after.wrong:
            print(f"{full['image_id']} {full['kind']}: the planted fault was not found: {dict(after.left_out)}")
    for kind, count in sorted(tried.items()):
        print(f"{kind:15} {caught[kind]} of {count} planted faults found")
    print(json.dumps({"kinds": len(tried), "planted": sum(tried.values()), "found": sum(caught.values())}))
    if not tried:
        print("nothing to plant in", file=sys.stderr)
        return 2
    needed = {kind: LINES_MIN * count if kind in readback.LINES else count for kind, count in tried.items()}
    return 0 if all(caught[kind] >= count for kind, count in needed.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
