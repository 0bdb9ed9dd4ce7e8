"""Reads values back from the pixels of a built docs folder and compares them with the data.

    python readback.py data/shards/docs [--pictures 200]

For bar charts (`vertical_bar`, `grouped_bar`, `horizontal_bar`) and line charts (`line`, `multi_line`) the scale comes
from the tick labels in `charts_full` and the grid lines beside them, a bar's end from following its colour in the
picture from the centre of its mark, a line's point from the middle of its colour in the column of pixels at the mark.
Boxes of marks are not looked at. Nothing is shared with the renderer.

Not measured, and counted by reason: charts without a linear axis of values that has three labels or more (log axes,
charts that print their values instead); line charts without any line at a tick; missing cells; bars that the scale
makes shorter than 4 px or that are thinner than 3 px; ends covered by text; points where another series passes within
10 px, or one of a similar colour within 40 px, or beside which the line is steeper than 3, so that the middle of its colour is not its corner. Where a bar chart
has no line at a tick, the common foot of its bars is taken as zero. Gradient fills are measured like flat ones.

Exit: 0 all that was measured agrees, 1 a bar is off by more than 1.5 px or a point by more than 2.5 px, 2 nothing was
measured.
"""

import argparse
import collections
import io
import json
import pathlib
import sys
from fractions import Fraction

import numpy

import decoders
from axes import Unreadable, read_axis
from pixels import Unmeasurable, are_alike, bar_ends, covered_by, ground_of, line_color, line_height

BARS = ("vertical_bar", "grouped_bar", "horizontal_bar")
LINES = ("line", "multi_line")
BAR_ERROR_MAX = 1.5
POINT_ERROR_MAX = 2.5
BAR_LENGTH_MIN = 4
NEAR = 10
NEAR_ALIKE = 40
STEEP = 3


class Found:
    """What was measured: errors in pixels by kind, and what was left out by reason."""

    def __init__(self):
        self.errors = collections.defaultdict(list)
        self.left_out = collections.Counter()
        self.wrong = []
        self.measured = []
        self.pictures = 0

    def compare(self, full, mark, value, measured, expected, limit, unit="px"):
        error = measured - expected
        self.errors[full["kind"]].append(error)
        self.measured.append(mark)
        if abs(error) > limit:
            self.wrong.append(
                f"{full['image_id']} {full['kind']} {mark['label'] or mark['role']} "
                f"at ({mark['x']:.0f}, {mark['y']:.0f}): `{float(value):g}` "
                f"should measure {expected:.1f} {unit}, found {measured:.1f} {unit} ({error:+.1f})"
            )

    def leave_out(self, full, reason, count=1):
        self.left_out[full["kind"], str(reason)] += count


def value_of(tables, mark):
    """The number of the cell that a mark shows, or None."""
    if min(mark["table"], mark["row"], mark["column"]) < 0:
        return None
    rows = tables[mark["table"]]["rows"]
    if mark["row"] >= len(rows):
        return None
    value = rows[mark["row"]][mark["column"]]["value"]
    return Fraction(value["number"]) if isinstance(value, dict) and "number" in value else None


def measure(image, full, found):
    """Measures the marks of one picture. `image` is its RGB array, `full` its row in `charts_full`."""
    kind = full["kind"]
    role = "bar" if kind in BARS else "line_point" if kind in LINES else decoders.KINDS[kind][0]
    tables = json.loads(full["data"])["tables"]
    marks = [(mark, value_of(tables, mark)) for mark in full["marks"] if mark["role"] == role]
    found.leave_out(full, "no number", sum(value is None for _, value in marks))
    marks = [(mark, value) for mark, value in marks if value is not None]
    if not marks:
        return
    if kind in decoders.KINDS:
        decoders.KINDS[kind][1](image, full, marks, found)
        return
    try:
        axis = read_axis(full["text_runs"], tables, kind == "horizontal_bar")
    except Unreadable as reason:
        found.leave_out(full, reason, len(marks))
        return
    found.pictures += 1
    covered = covered_by(full["text_runs"], image.shape[:2])
    fixed = axis.fixed_by_lines(between(image, marks, kind == "horizontal_bar"), role != "bar")
    if role == "bar":
        measure_bars(image, full, marks, fixed or on_foot(image, full, marks, axis, covered), covered, found)
    elif fixed:
        measure_lines(image, full, marks, fixed, covered, found)
    else:
        found.leave_out(full, "no line at a tick", len(marks))


def between(image, marks, lying):
    """The part of the picture from the first mark to the last, with the axis of values along the rows."""
    places = [mark["y" if lying else "x"] for mark, _ in marks]
    turned = image.swapaxes(0, 1) if lying else image
    return turned[:, max(int(min(places)), 0) : int(max(places)) + 1]


def on_foot(image, full, marks, axis, covered):
    """The axis moved so that zero is where most bars begin, if that is near where the labels put it."""
    lying, feet = full["kind"] == "horizontal_bar", []
    for mark, value in marks:
        try:
            low, high = bar_ends(image, covered, (mark["x"], mark["y"]), lying)
        except Unmeasurable:
            continue
        feet.append(low if (value > 0) == (axis.slope > 0) else high)
    offset = float(numpy.median(feet)) - axis.pixel(0) if feet else 0
    return axis.moved(offset) if abs(offset) <= 4 else axis


def measure_bars(image, full, marks, axis, covered, found):
    lying = full["kind"] == "horizontal_bar"
    for mark, value in marks:
        expected = axis.pixel(value)
        if abs(expected - axis.pixel(0)) < BAR_LENGTH_MIN:
            found.leave_out(full, f"shorter than {BAR_LENGTH_MIN} px")
            continue
        try:
            low, high = bar_ends(image, covered, (mark["x"], mark["y"]), lying)
        except Unmeasurable as reason:
            found.leave_out(full, reason)
            continue
        towards_high = expected > axis.pixel(0)
        found.compare(full, mark, value, high if towards_high else low, expected, BAR_ERROR_MAX)


def measure_lines(image, full, marks, axis, covered, found):
    series = collections.defaultdict(list)
    for mark, value in marks:
        series[mark["table"], mark["column"]].append((mark, value))
    ground = ground_of(image)
    pixels = [axis.pixel(value) for _, value in marks]
    # Beyond what the data says, so that a point drawn too high or too low is still seen.
    beyond = 12 + 0.1 * (max(pixels) - min(pixels))
    # A band with the title may have the colour of the line; it stands beyond ticks and points.
    ticks = [axis.pixel(value) for value in axis.ticks]
    top = max(min(pixels) - beyond, min(ticks + pixels) - 8)
    bottom = min(max(pixels) + beyond, max(ticks + pixels) + 8)
    colors = {}
    for key, points in series.items():
        points.sort(key=lambda point: point[0]["x"])
        try:
            colors[key] = line_color(image, covered, [(mark["x"], mark["y"]) for mark, _ in points], ground)
        except Unmeasurable as reason:
            found.leave_out(full, reason, len(points))
    for key, color in colors.items():
        points = series[key]
        places = [(mark["x"], mark["y"]) for mark, _ in points]
        others = []
        for other, more in series.items():
            alike = other not in colors or are_alike(colors[other], color, ground)
            others += [(mark["x"], mark["y"], alike) for mark, _ in more if other != key]
        for index, (mark, value) in enumerate(points):
            near = [(abs(y - mark["y"]), alike) for x, y, alike in others if abs(x - mark["x"]) < 2]
            if any(apart < NEAR for apart, _ in near):
                found.leave_out(full, f"another series within {NEAR} px")
                continue
            if any(apart < NEAR_ALIKE and alike for apart, alike in near):
                found.leave_out(full, f"another series of a similar colour within {NEAR_ALIKE} px")
                continue
            if is_steep(places, index):
                found.leave_out(full, f"steeper than {STEEP}")
                continue
            try:
                measured = line_height(image, covered, mark["x"], color, top, bottom)
            except Unmeasurable as reason:
                found.leave_out(full, reason)
                continue
            found.compare(full, mark, value, measured, axis.pixel(value), POINT_ERROR_MAX)


def is_steep(places, index):
    """True where the line rises or falls so fast beside a point that the middle of its colour is not its corner."""
    near = places[max(index - 1, 0) : index + 2]
    return any(abs(y1 - y0) > STEEP * max(x1 - x0, 1) for (x0, y0), (x1, y1) in zip(near, near[1:]))


def pictures_of(folder, kinds, limit):
    """Rows of `charts_full` with their pictures, up to so many of each kind."""
    import PIL.Image
    import pyarrow.parquet

    taken = collections.Counter()
    for file in sorted((folder / "charts_full").glob("*.parquet")):
        columns = ["image_id", "kind", "data", "text_runs", "marks"]
        full = pyarrow.parquet.ParquetFile(file)
        main = pyarrow.parquet.ParquetFile(folder / "charts" / file.name)
        wanted = []
        rows = (row for batch in full.iter_batches(64, columns=columns) for row in batch.to_pylist())
        for index, row in enumerate(rows):
            if row["kind"] in kinds and taken[row["kind"]] < limit:
                taken[row["kind"]] += 1
                wanted.append((index, row))
        wanted = dict(wanted)
        if not wanted:
            continue
        rows = (row for batch in main.iter_batches(16, columns=["image_id", "image"]) for row in batch.to_pylist())
        for index, row in enumerate(rows):
            if index in wanted:
                if row["image_id"] != wanted[index]["image_id"]:
                    other = wanted[index]["image_id"]
                    raise SystemExit(f"{file.name}, row {index}: `{row['image_id']}` beside `{other}`")
                image = PIL.Image.open(io.BytesIO(row["image"]["bytes"])).convert("RGB")
                yield numpy.asarray(image), wanted[index]


# The share of marks that may be read wrongly, where lines of nearly one colour cross.
OFF_MAX = 0.01


def report(found, show):
    for line in found.wrong[:show]:
        print(line)
    for kind, errors in sorted(found.errors.items()):
        sizes = numpy.abs(errors)
        middle, most = numpy.percentile(sizes, [50, 99])
        print(
            f"{kind:15} {len(errors):7,} measured: error {middle:.2f} px in the middle, {most:.2f} px at 99 %, "
            f"{sizes.max():.2f} px at most"
        )
    for (kind, reason), count in sorted(found.left_out.items()):
        if count:
            print(f"{kind:15} {count:7,} left out: {reason}")
    total = sum(map(len, found.errors.values()))
    print(f"{found.pictures:,} pictures, {total:,} marks measured, {len(found.wrong):,} off")
    if not total:
        print("nothing was measured", file=sys.stderr)
        return 2
    return 1 if len(found.wrong) > OFF_MAX * total else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="a built docs folder")
    parser.add_argument("--pictures", type=int, default=200, help="the most pictures of each kind")
    parser.add_argument("--show", type=int, default=40, help="how many marks that are off to print")
    arguments = parser.parse_args()
    found = Found()
    for image, full in pictures_of(arguments.folder, BARS + LINES + tuple(decoders.KINDS), arguments.pictures):
        measure(image, full, found)
    return report(found, arguments.show)


if __name__ == "__main__":
    sys.exit(main())
