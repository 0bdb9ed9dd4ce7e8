"""Proves from pixels and published truth that what the questions of a built docs folder ask can be read.

    python visibility.py data/shards/docs [--pictures 400] [--show 40]

Nothing is taken from the scene in which the program that draws looks for the same. For each picture:

  runs      Every text run (`text_runs`) is measured in the pixels. It has a font of `SIZE_MIN` pixels or more; its
            strongest pixels have a contrast of `CONTRAST_MIN` or more (WCAG) against the most frequent colour of its
            box, `CONTRAST_SMALL_MIN` where letters are smaller than `SMALL`; it lies in the picture; and on each side its ink comes within `GAP_MAX` pixels of the side of its box,
            so that nothing of it is cut off or covered. No two runs share more than `OVERLAP_MAX` of the smaller one.
  operands  Every program is worked out once more (`programs.py`) and what it reads is noted. A number that is
            calculated with must be printed whole, digits beside it would make it another; a text or heading that is
            given must be printed, perhaps on several lines; a number that is only compared must be printed or drawn
            as a mark; of a row that is chosen by a property at least one cell must be printed or drawn. Days of a
            calendar are named by their place in it, so a day that has a mark counts as printed.

Strokes thinner than a pixel leave no pixel with the whole colour of the text, so small letters are held to a lower
contrast, and that of signs without a letter or a digit (a comma, a dash) is not measured.

The last line is a JSON object with the figures. Exit: 0 nothing failed, 1 something did, 2 there was nothing to look at.
"""

import argparse
import collections
import json
import math
import pathlib
import re
import sys
from fractions import Fraction

import numpy

import lines
import samples
from programs import Evaluator, NoAnswer

SIZE_MIN = 9.0
CONTRAST_MIN = 3.0
SMALL, CONTRAST_SMALL_MIN = 12.0, 2.5  # of letters below this size, whose strokes are thinner than a pixel
OVERLAP_MAX = 0.05
CALENDARS = ("calendar_heat_map", "calendar_month")
GAP_MAX = 2.0
INK_MIN = 0.12  # of the strongest difference from the ground: the thin end of a letter between two pixels


# How sheets of mathematics name their problems.
PROBLEM_NAMES = ("Part ", "Task ", "Problem ", "Exercise ", "Question ", "No. ")


class Reader(Evaluator):
    """An evaluator that notes the cells it reads, by how they are read."""

    comparing = False

    def __init__(self, data):
        super().__init__(data)
        self.exact, self.named, self.compared, self.headings, self.rows = set(), set(), set(), set(), set()

    def number(self, table, row, column):
        self.exact.add((table, row, column))
        return super().number(table, row, column)

    def number_or_none(self, table, row, column):
        self.compared.add((table, row, column))
        return super().number_or_none(table, row, column)

    def text(self, table, row, column):
        self.named.add((table, row, column))
        return super().text(table, row, column)

    def passes(self, judge, table, row, column):
        kept = super().passes(judge, table, row, column)
        if kept:
            self.rows.add((table, row))
        return kept

    def only_compared(self, work, *parts):
        """What `work` reads as numbers is compared and not calculated with."""
        before = set(self.exact)
        value = work(*parts)
        self.compared |= self.exact - before
        self.exact = before
        return value

    def pair(self, body):
        return [
            self.only_compared(self.of, part, Fraction) if self.comparing and "number" in part else self.of(part, Fraction)
            for part in body
        ]

    def do_greater(self, body):
        self.comparing, before = True, self.comparing
        try:
            return super().do_greater(body)
        finally:
            self.comparing = before

    def do_monotone(self, body):
        return self.only_compared(super().do_monotone, body)

    def do_best_column(self, body):
        return self.only_compared(super().do_best_column, body)

    def do_trend(self, body):
        return self.only_compared(super().do_trend, body)

    def do_rank_of(self, body):
        return self.only_compared(super().do_rank_of, body)

    def do_crossing(self, body):
        return self.only_compared(super().do_crossing, body)

    def do_header(self, body):
        self.headings.add((body["table"], body["column"]))
        return super().do_header(body)


def squeezed(text):
    return "".join(text.split()).replace("\u00ad", "")


class Printed:
    """What stands in a picture as text."""

    def __init__(self, runs):
        self.runs = [squeezed(run["text"]) for run in runs]
        self.all = "".join(self.runs)

    def number(self, shown):
        """Whole: neither digits nor marks between digits go on beside it."""
        pattern = re.compile(rf"(?<![0-9])(?<![0-9][.,']){re.escape(squeezed(shown))}(?![0-9])(?![.,'][0-9])")
        return any(pattern.search(run) for run in self.runs)

    def text(self, shown):
        # The parts of an address may stand below each other instead of behind commas.
        return squeezed(shown) in self.all or squeezed(shown.replace(", ", "")) in self.all


def luminance(pixels):
    part = pixels / 255.0
    part = numpy.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return part @ numpy.array([0.2126, 0.7152, 0.0722])


def ground_of(pixels):
    """The most frequent colour."""
    codes = pixels.reshape(-1, 3).astype(numpy.int64) @ numpy.array([65536, 256, 1])
    values, counts = numpy.unique(codes, return_counts=True)
    code = int(values[counts.argmax()])
    return numpy.array([code >> 16, code >> 8 & 255, code & 255])


def seen(image, run):
    """(faults of a run in the pixels, its contrast)."""
    height, width = image.shape[:2]
    left, top = run["x"], run["y"]
    right, bottom = left + run["width"], top + run["height"]
    faults = []
    if run["size"] < SIZE_MIN:
        faults.append(f"letters of {run['size']:.1f} px")
    if left < -0.5 or top < -0.5 or right > width + 0.5 or bottom > height + 0.5:
        return faults + ["outside the picture"], None
    x, y = max(math.floor(left) - 1, 0), max(math.floor(top) - 1, 0)
    part = image[y : math.ceil(bottom) + 1, x : math.ceil(right) + 1]
    own = luminance(ground_of(part).astype(float))
    light = luminance(part.astype(float))
    ratios = (numpy.maximum(light, own) + 0.05) / (numpy.minimum(light, own) + 0.05)
    strongest = float(ratios.max())
    if not any(letter.isalnum() for letter in run["text"]):
        strongest = None
    elif strongest < (CONTRAST_SMALL_MIN if run["size"] < SMALL else CONTRAST_MIN):
        faults.append(f"contrast {strongest:.2f}")
    if not faults and run["angle"] % 90 == 0:
        apart = numpy.abs(part.astype(int) - ground_of(part)).max(axis=-1)
        inked = apart > INK_MIN * apart.max()
        rows, columns = numpy.flatnonzero(inked.any(axis=1)), numpy.flatnonzero(inked.any(axis=0))
        gaps = {
            "left": x + columns[0] - left,
            "top": y + rows[0] - top,
            "right": right - (x + columns[-1] + 1),
            "bottom": bottom - (y + rows[-1] + 1),
        }
        faults += [f"no ink within {gap:.1f} px of its {side}" for side, gap in gaps.items() if gap > GAP_MAX]
    return faults, strongest


def shared(small, large):
    """The share of one run's area, turned or not, that lies in another's; found at a grid of points."""
    width, height = (max(side, 0.5) for side in lines.upright_size(small))
    across, down = numpy.meshgrid((numpy.arange(24) + 0.5) / 24 - 0.5, (numpy.arange(12) + 0.5) / 12 - 0.5)
    turn = math.radians(small["angle"])
    dx = across * width * math.cos(turn) - down * height * math.sin(turn)
    dy = across * width * math.sin(turn) + down * height * math.cos(turn)
    dx += small["x"] + small["width"] / 2 - large["x"] - large["width"] / 2
    dy += small["y"] + small["height"] / 2 - large["y"] - large["height"] / 2
    turn = math.radians(-large["angle"])
    wide, high = lines.upright_size(large)
    inside_x = numpy.abs(dx * math.cos(turn) - dy * math.sin(turn)) < wide / 2
    inside_y = numpy.abs(dx * math.sin(turn) + dy * math.cos(turn)) < high / 2
    return float((inside_x & inside_y).mean())


def overlaps(runs):
    """Pairs of runs that share too much, with the share."""
    boxes = numpy.array([[r["x"], r["y"], r["x"] + r["width"], r["y"] + r["height"]] for r in runs])
    for i in range(len(runs)):
        near = (
            (boxes[i + 1 :, 0] < boxes[i, 2])
            & (boxes[i + 1 :, 2] > boxes[i, 0])
            & (boxes[i + 1 :, 1] < boxes[i, 3])
            & (boxes[i + 1 :, 3] > boxes[i, 1])
        )
        for j in numpy.flatnonzero(near) + i + 1:
            small, large = sorted((runs[i], runs[j]), key=lambda run: math.prod(lines.upright_size(run)))
            share = shared(small, large)
            if share > OVERLAP_MAX:
                yield small, large, share


def unseen(row, printed):
    """(question, reason) for each operand that is not to be seen, and how many operands there are."""
    data = json.loads(row["data"])
    marks = {(mark["table"], mark["row"], mark["column"]) for mark in row["marks"]}
    # A mark names one of the cells it shows: a dot the one of its height, an area the column of its values.
    lines_of_marks = {mark[:2] for mark in marks}
    columns_of_marks = {mark[::2] for mark in marks if mark[1] < 0}

    def shown(cell):
        return data["tables"][cell[0]]["rows"][cell[1]][cell[2]]["shown"]

    def heading(cell):
        return data["tables"][cell[0]]["columns"][cell[1]]["name"]

    formulas = row["family"] == "mathematics"

    def number_seen(cell):
        """In a formula the sign is an operator, and the factor 1 is not written."""
        text = shown(cell)
        bare = text.lstrip("−-")
        return printed.number(text) or (formulas and (bare == "1" or printed.number(bare)))

    def drawn(cell):
        return cell[:2] in lines_of_marks or cell[::2] in columns_of_marks

    def named(cell):
        # A problem is named by its label: `Part (c)` by `(c)` or `c`.
        label = shown(cell).split(" ")[-1].strip("().")
        if formulas and shown(cell).startswith(PROBLEM_NAMES) and printed.text(label):
            return True
        return printed.text(shown(cell)) or (row["kind"] in CALENDARS and cell[:2] in lines_of_marks)

    def row_seen(table, number):
        cells = data["tables"][table]["rows"][number]
        printed_cells = (squeezed(cell["shown"]) and printed.text(cell["shown"]) for cell in cells)
        return (table, number) in lines_of_marks or any(printed_cells)

    found, operands = [], 0
    for question in row["questions"]:
        reader = Reader(data)
        try:
            reader.answer(json.loads(question["program"]))
        except NoAnswer as error:
            found.append((question["question"], f"no answer: {error}"))
            continue
        checks = [
            *((f"number `{shown(cell)}`", number_seen(cell)) for cell in reader.exact),
            *((f"text `{shown(cell)}`", named(cell)) for cell in reader.named),
            *((f"heading `{heading(cell)}`", printed.text(heading(cell))) for cell in reader.headings),
            *(
                (f"value `{shown(cell)}`", drawn(cell) or number_seen(cell))
                for cell in reader.compared - reader.exact
            ),
            *((f"row {cell[1]} of table {cell[0]}", row_seen(*cell)) for cell in reader.rows),
        ]
        operands += len(checks)
        found += [(question["question"], f"{what} is not seen") for what, good in checks if not good]
    return found, operands


class Found:
    """What was looked at, and what failed."""

    def __init__(self):
        self.counts = collections.Counter()
        self.wrong = []
        self.contrasts = []

    def look(self, image, row):
        """Looks at one picture. `image` is its RGB array, `row` its full row."""
        self.counts["pictures"] += 1
        runs = [run for run in row["text_runs"] if run["text"].strip()]
        for run in runs:
            faults, contrast = seen(image, run)
            self.counts["runs"] += 1
            if contrast is not None:
                self.contrasts.append(contrast)
            for fault in faults:
                self.fail("run", row, f"{run['role']} `{run['text']}` at ({run['x']:.0f}, {run['y']:.0f}): {fault}")
        for small, large, share in overlaps(runs):
            place = f"at ({small['x']:.0f}, {small['y']:.0f})"
            self.fail("overlap", row, f"`{small['text']}` {place} lies to {share:.0%} in `{large['text']}`")
        missing, operands = unseen(row, Printed(runs))
        self.counts["questions"] += len(row["questions"])
        self.counts["operands"] += operands
        for question, reason in missing:
            self.fail("operand", row, f"{reason}: {question}")

    def fail(self, what, row, text):
        self.counts[what] += 1
        self.wrong.append(f"{row['image_id']} {row['kind']} {what}: {text}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="a built docs folder")
    parser.add_argument("--pictures", type=int, default=400)
    parser.add_argument("--show", type=int, default=40, help="how many faults to print")
    arguments = parser.parse_args()
    found = Found()
    columns = ["data", "family", "questions", "marks"]
    for image, row in samples.picked(arguments.folder, arguments.pictures, columns=columns):
        found.look(numpy.asarray(image), row)
    for line in found.wrong[: arguments.show]:
        print(line)
    if not found.counts["runs"]:
        print("nothing was looked at", file=sys.stderr)
        return 2
    names = ["pictures", "runs", "questions", "operands"]
    faults = {f"{name}_faults": found.counts[name] for name in ("run", "overlap", "operand")}
    least = round(min(found.contrasts), 2)
    print(json.dumps({**{name: found.counts[name] for name in names}, **faults, "contrast_least": least}))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
