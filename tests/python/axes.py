"""Reads the axis of values of a chart from its tick labels: where they stand and what they say.

Nothing here knows how the renderer lays charts out. The way numbers are written is learnt from the cells of the data,
which say both the value and the print. The middle of a label's box is only near its tick (digits may hang, a comma or a
currency sign makes the box deeper), so the tick itself is then looked for in the picture: the grid line or edge of the
plot beside the label. The scale is the straight line through the ticks.
"""

import math
import re
from fractions import Fraction

import numpy

# Decimal mark and what may stand between groups of digits.
SPACES = " \u00a0\u202f\u2009"
CONVENTIONS = [(".", ","), (",", "."), (",", SPACES), (".", SPACES), (".", "'’"), (",", "'’")]
FACTORS = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "bn": 10**9}
NUMBER = re.compile(r"[0-9](?:[0-9.,'’ \u00a0\u202f\u2009]*[0-9])?")


class Unreadable(Exception):
    """Why a chart has no axis that can be read; such charts are counted by this reason."""


def parsed(text, convention):
    """The number that a text prints, or None: a sign, a prefix, digits, a factor such as k or M, a suffix."""
    mark, groups = convention
    found = NUMBER.search(text)
    if not found or NUMBER.search(text, found.end()):
        return None
    digits = found.group()
    whole, _, fraction = digits.partition(mark)
    if fraction and not fraction.isdigit():
        return None
    parts = re.split(f"[{re.escape(groups)}]", whole)
    if not all(part.isdigit() for part in parts) or any(len(part) != 3 for part in parts[1:]):
        return None
    number = Fraction("".join(parts) + ("." + fraction if fraction else ""))
    before, after = text[: found.start()], text[found.end() :]
    factor = re.match(r"\s?(bn|k|K|M|B)(?![A-Za-z])", after)
    if factor:
        number *= FACTORS[factor.group(1)]
    return -number if "\u2212" in before or "-" in before else number


def conventions_of(tables):
    """The ways of writing numbers that turn every printed cell into its value."""
    cells = [
        (cell["shown"], Fraction(cell["value"]["number"]))
        for table in tables
        for row in table["rows"]
        for cell in row
        if isinstance(cell["value"], dict) and "number" in cell["value"]
    ]
    return [c for c in CONVENTIONS if all(parsed(shown, c) == value for shown, value in cells)]


class Axis:
    """pixel = slope x value + base, along y of upright charts and x of lying ones; and the values of its ticks."""

    def __init__(self, slope, base, ticks):
        self.slope, self.base, self.ticks = slope, base, ticks

    def pixel(self, value):
        return self.slope * float(value) + self.base

    def moved(self, pixels):
        return Axis(self.slope, self.base + pixels, self.ticks)

    def fixed_by_lines(self, strip, alone=True):
        """The same axis, put right by the lines that the picture has beside the labels, or None where there are none.

        `strip` is the part of the picture between the first and the last mark, turned so that values run along its
        rows. Three lines or more give the whole scale, one or two its place. With `alone`, a line that has another
        beside it, as on squared paper, spoils the axis; the ends of bars may look like such a line. A chart of lines
        has them at most of its ticks: one or two of many are series that run flat.
        """
        lines = [(value, line_near(strip, self.pixel(value))) for value in self.ticks]
        lines = [(value, place) for value, place in lines if place is not None]
        if alone and any(math.isnan(place) for _, place in lines):
            return None
        lines = [(value, place) for value, place in lines if not math.isnan(place)]
        if len(lines) >= 3:
            fitted, residual = fit(*zip(*lines))
            if residual <= 1:
                return fitted
        if not lines or (alone and len(lines) < min(3, len(self.ticks))):
            return None
        return self.moved(float(numpy.median([place - self.pixel(value) for value, place in lines])))


def fit(values, pixels):
    """The straight line through pixels over values, and the largest distance from it."""
    values, pixels = numpy.array(values, dtype=float), numpy.array(pixels, dtype=float)
    middle, spread = values.mean(), numpy.ptp(values)
    slope, height = numpy.polyfit((values - middle) / spread, pixels, 1)
    axis = Axis(slope / spread, height - slope * middle / spread, list(values))
    return axis, float(numpy.abs([axis.pixel(v) - p for v, p in zip(values, pixels)]).max())


def line_near(strip, place, reach=5):
    """The middle of a thin line across the strip within some pixels of a place; None where there is none, and
    not a number where there are several.

    A row belongs to a line when more than 0.4 of its pixels differ from those two rows above and two rows below.
    """
    first, last = int(place) - reach, int(place) + reach
    if first < 2 or last >= len(strip) - 2 or strip.shape[1] < 10:
        return None
    rows = strip[first - 2 : last + 3].astype(int)
    differs = [numpy.abs(rows[2:-2] - other).max(axis=-1) >= 4 for other in (rows[:-4], rows[4:])]
    share = (differs[0] & differs[1]).mean(axis=1)
    best = int(share.argmax())
    if share[best] < 0.4:
        return None
    low = high = best
    while low > 0 and share[low - 1] >= 0.8 * share[best]:
        low -= 1
    while high < len(share) - 1 and share[high + 1] >= 0.8 * share[best]:
        high += 1
    # On squared paper another line may be as near.
    beside = numpy.concatenate([share[: max(low - 1, 0)], share[high + 2 :]])
    if (beside >= 0.4).any():
        return math.nan
    if high - low > 2:
        return None
    return first + (low + high) / 2 + 0.5


def along(run, lying, height):
    """Where a label says its tick is: its middle. For upright axes the middle is taken from the top and the height of
    plain digits, since a comma makes some boxes deeper than others."""
    if lying:
        return run["x"] + run["width"] / 2
    return run["y"] + height / 2


def read_axis(text_runs, tables, lying, residual_max=2.5):
    """The axis of values, from the numeric tick labels that stand in one line with each other."""
    labels = [run for run in text_runs if run["role"] == "tick_label" and run["angle"] == 0]
    best, bent = None, False
    for convention in conventions_of(tables):
        numeric = [(run, parsed(run["text"], convention)) for run in labels]
        numeric = [(run, number) for run, number in numeric if number is not None]
        for edge in ["bottom"] if lying else ["right", "left"]:
            for group in lines_of(numeric, edge):
                if len({number for _, number in group}) < 3 or len({number for _, number in group}) != len(group):
                    continue
                plain = min(min(run["height"] for run, _ in group), 0.74 * group[0][0]["size"])
                pixels = [along(run, lying, plain) for run, _ in group]
                axis, residual = fit([number for _, number in group], pixels)
                if numpy.ptp(pixels) < 40 or (axis.slope > 0) != lying:
                    continue
                if residual > residual_max:
                    bent = True
                elif best is None or len(group) > len(best.ticks):
                    best = axis
    if best is None:
        raise Unreadable("axis is not linear" if bent else "no axis of values")
    return best


def lines_of(numeric, edge):
    """Groups of labels whose left, right or bottom edges lie within two pixels."""

    def place(run):
        return {
            "left": run["x"],
            "right": run["x"] + run["width"],
            "bottom": run["y"] + run["height"] / 2,
        }[edge]

    for pivot, _ in numeric:
        group = [(run, number) for run, number in numeric if abs(place(run) - place(pivot)) <= 2.5]
        if len(group) >= 3:
            yield group
