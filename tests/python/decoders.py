"""Reads pies, dots and stacked bars back from pixels: one function for each, used by `readback.py`.

Each is given the RGB array of a picture, its full row and a `Found`, and compares what it measures with the data. Marks
are looked at only for where to start looking: a pixel inside a slice, a dot or a part of a bar.
"""

import collections
import json

import numpy

from axes import Unreadable, read_axis
from pixels import JUMP, Unmeasurable, bar_ends, covered_by, distance, visible_near

SHARE_ERROR_MAX = 0.5  # percent of the circle
DOT_ERROR_MAX = 1.5  # pixels, along each axis
PART_ERROR_MAX = 2.0  # pixels of length; some themes leave a pixel between parts
ANGLES = 7200
SLICE_MIN = 1.0  # percent
DOTS_APART = 6


def color_at(image, covered, x, y):
    """The colour of a place, taken a little aside where text covers it."""
    x, y = int(x), int(y)
    if not (0 <= y < image.shape[0] and 0 <= x < image.shape[1]):
        raise Unmeasurable("outside the picture")
    if covered[y, x]:
        y = visible_near(covered[:, x], y)
    return image[y, x]


def measure_pie(image, full, marks, found):
    """Shares of a circle: angles that have the colour of a slice, as the legend says it where there is one."""
    covered = covered_by(full["text_runs"], image.shape[:2])
    values = {mark["row"]: float(value) for mark, value in marks}
    seeds = {mark["row"]: mark for mark, _ in marks}
    keys = {mark["row"]: mark for mark in full["marks"] if mark["role"] == "legend_key"}
    if len(values) != len(marks) or (keys and set(keys) != set(values)):
        found.leave_out(full, "slices without a row of their own", len(marks))
        return
    try:
        colors = {row: color_at(image, covered, mark["x"], mark["y"]) for row, mark in (keys or seeds).items()}
        rows = list(colors)
        for i, row in enumerate(rows):
            if any(distance(colors[row], colors[other]) < JUMP for other in rows[:i]):
                raise Unmeasurable("slices of one colour")
        center, radius = circle(image, colors, full)
        reach = [((mark["x"] - center[0]) ** 2 + (mark["y"] - center[1]) ** 2) ** 0.5 for mark in seeds.values()]
        owners = ring(image, covered, list(colors.values()), center, float(numpy.median(reach)))
    except Unmeasurable as reason:
        found.leave_out(full, reason, len(marks))
        return
    found.pictures += 1
    total = sum(values.values())
    for at, row in enumerate(rows):
        expected = 100 * values[row] / total
        if expected < SLICE_MIN:
            found.leave_out(full, f"less than {SLICE_MIN:g} % of the circle")
            continue
        found.compare(full, seeds[row], values[row], float(100 * owners[at]), expected, SHARE_ERROR_MAX, "%")


def circle(image, colors, full):
    """Centre and radius of the round that the colours fill."""
    filled = numpy.zeros(image.shape[:2], dtype=bool)
    for color in colors.values():
        filled |= distance(image, color) < 6
    for mark in full["marks"]:
        if mark["role"] == "legend_key":
            x, y = int(mark["left"]), int(mark["top"])
            filled[max(y - 2, 0) : y + int(mark["height"]) + 3, max(x - 2, 0) : x + int(mark["width"]) + 3] = False
    # Lines and letters of the same colours are thinner than five pixels.
    thick = filled.copy()
    for axis in (0, 1):
        thick = numpy.logical_and.reduce([numpy.roll(thick, step, axis) for step in range(-2, 3)])
    rows, columns = numpy.flatnonzero(thick.any(axis=1)), numpy.flatnonzero(thick.any(axis=0))
    if len(rows) < 20 or len(columns) < 20:
        raise Unmeasurable("no round")
    width, height = columns[-1] - columns[0] + 5, rows[-1] - rows[0] + 5
    if abs(width - height) > 4:
        raise Unmeasurable("no full round")
    return ((columns[0] + columns[-1] + 1) / 2, (rows[0] + rows[-1] + 1) / 2), (width + height) / 4


def ring(image, covered, colors, center, reach):
    """The share of all angles that each colour has, found along rings about the centre."""
    turns = (numpy.arange(ANGLES) + 0.5) * 2 * numpy.pi / ANGLES
    votes = numpy.zeros((len(colors), ANGLES))
    for factor in (0.9, 0.95, 1.0, 1.05, 1.1):
        x = (center[0] + reach * factor * numpy.cos(turns)).astype(int)
        y = (center[1] + reach * factor * numpy.sin(turns)).astype(int)
        inside = (x >= 0) & (y >= 0) & (x < image.shape[1]) & (y < image.shape[0])
        x, y = x.clip(0, image.shape[1] - 1), y.clip(0, image.shape[0] - 1)
        apart = numpy.array([distance(image[y, x], color) for color in colors])
        votes += (apart < JUMP) & (apart == apart.min(axis=0)) & inside & ~covered[y, x]
    owner = numpy.where(votes.max(axis=0) > 0, votes.argmax(axis=0), -1)
    known = numpy.flatnonzero(owner >= 0)
    if len(known) < 0.85 * ANGLES:
        raise Unmeasurable("covered")
    counts = numpy.bincount(owner[known], minlength=len(colors)).astype(float)
    # What lies between two known angles belongs half to each.
    gaps = (numpy.roll(known, -1) - known - 1) % ANGLES
    numpy.add.at(counts, owner[known], gaps / 2)
    numpy.add.at(counts, owner[numpy.roll(known, -1)], gaps / 2)
    return counts / ANGLES


def measure_dots(image, full, marks, found):
    """Middles of dots against both axes: the first column of numbers lies along, the second up."""
    tables = json.loads(full["data"])["tables"]
    covered = covered_by(full["text_runs"], image.shape[:2])
    dots = {}
    for mark, _ in marks:
        dots.setdefault((mark["table"], mark["row"]), mark)
    try:
        along = read_axis(full["text_runs"], tables, True)
        up = read_axis(full["text_runs"], tables, False)
    except Unreadable as reason:
        found.leave_out(full, reason, len(dots))
        return
    xs, ys = [mark["x"] for mark in dots.values()], [mark["y"] for mark in dots.values()]
    band = image[max(int(min(ys)), 0) : int(max(ys)) + 1]
    strip = image[:, max(int(min(xs)), 0) : int(max(xs)) + 1]
    along, up = along.fixed_by_lines(band.swapaxes(0, 1)), up.fixed_by_lines(strip)
    if along is None or up is None:
        found.leave_out(full, "no line at a tick", len(dots))
        return
    found.pictures += 1
    for (table, row), mark in dots.items():
        cells = [cell["value"] for cell in tables[table]["rows"][row]]
        numbers = [float(value["number"]) for value in cells if isinstance(value, dict) and "number" in value]
        if len(numbers) < 2:
            found.leave_out(full, "no number")
            continue
        try:
            x, y, wide = middle(image, covered, mark)
        except Unmeasurable as reason:
            found.leave_out(full, reason)
            continue
        near = (abs(other["x"] - x) + abs(other["y"] - y) for other in dots.values() if other is not mark)
        if min(near, default=1e9) < 1.5 * wide + DOTS_APART:
            found.leave_out(full, "another dot beside it")
            continue
        found.compare(full, mark, numbers[0], x, along.pixel(numbers[0]), DOT_ERROR_MAX)
        found.compare(full, mark, numbers[1], y, up.pixel(numbers[1]), DOT_ERROR_MAX)


def middle(image, covered, mark, reach=60):
    """The middle of the spot of one colour around a place, and its width."""
    x, y = int(mark["x"]), int(mark["y"])
    left, top = max(x - reach, 0), max(y - reach, 0)
    part = image[top : y + reach + 1, left : x + reach + 1]
    start = (y - top, x - left)
    if not (0 <= start[0] < part.shape[0] and 0 <= start[1] < part.shape[1]):
        raise Unmeasurable("outside the picture")
    if covered[y, x]:
        raise Unmeasurable("covered by text")
    like = distance(part, part[start]) < JUMP
    spot = numpy.zeros_like(like)
    spot[start] = True
    while True:
        grown = spot.copy()
        grown[1:] |= spot[:-1]
        grown[:-1] |= spot[1:]
        grown[:, 1:] |= spot[:, :-1]
        grown[:, :-1] |= spot[:, 1:]
        grown &= like
        if (grown == spot).all():
            break
        spot = grown
    rows, columns = numpy.flatnonzero(spot.any(axis=1)), numpy.flatnonzero(spot.any(axis=0))
    width, height = len(columns), len(rows)
    if spot[0].any() or spot[-1].any() or spot[:, 0].any() or spot[:, -1].any() or max(width, height) > 1.6 * reach:
        raise Unmeasurable("a hollow dot")
    # A whole disc fills pi / 4 of its box and weighs as much on either side of its middle.
    weight = [float((spot.sum(axis=axis) * numpy.arange(spot.shape[1 - axis])).sum() / spot.sum()) for axis in (0, 1)]
    x, y = float(columns.mean()), float(rows.mean())
    full_share = spot.sum() / (width * height)
    aside = max(abs(weight[0] - x), abs(weight[1] - y))
    if abs(width - height) > 1 or not 0.7 < full_share < 0.9 or aside > 0.02 * width + 0.2:
        raise Unmeasurable("not round: covered by another mark, or a form with corners")
    return left + x + 0.5, top + y + 0.5, width


def measure_stacks(image, full, marks, found):
    """Lengths of the parts of stacked bars."""
    tables = json.loads(full["data"])["tables"]
    covered = covered_by(full["text_runs"], image.shape[:2])
    # The axis of numbers lies along the bars: parts of one bar differ in their place along it and not across it.
    places = collections.defaultdict(list)
    for mark, _ in marks:
        places[mark["row"]].append((mark["x"], mark["y"]))
    spread = numpy.array([numpy.ptp(numpy.array(points), axis=0) for points in places.values()]).sum(axis=0)
    lying = bool(spread[0] > spread[1])
    try:
        axis = read_axis(full["text_runs"], tables, lying)
    except Unreadable as reason:
        found.leave_out(full, reason, len(marks))
        return
    found.pictures += 1
    for mark, value in marks:
        expected = abs(axis.slope * float(value))
        if expected < 4:
            found.leave_out(full, "shorter than 4 px")
            continue
        try:
            low, high = bar_ends(image, covered, (mark["x"], mark["y"]), lying)
        except Unmeasurable as reason:
            found.leave_out(full, reason)
            continue
        found.compare(full, mark, value, high - low, expected, PART_ERROR_MAX)


KINDS = {
    "pie": ("slice", measure_pie),
    "donut": ("slice", measure_pie),
    "scatter": ("dot", measure_dots),
    "bubble": ("dot", measure_dots),
    "stacked_bar": ("bar", measure_stacks),
}
