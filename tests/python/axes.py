"""Reads the axis of values of a chart from its tick labels: where they stand and what they say.

Nothing here knows how the renderer lays charts out. The way numbers are written is learnt from the cells of the data,
which say both the value and the print; the scale is the straight line through the labels.
"""

import re
from fractions import Fraction

import numpy

# Decimal mark and what may stand between groups of digits.
CONVENTIONS = [(".", ","), (",", "."), (",", " \u00a0\u202f\u2009"), (".", " \u00a0\u202f\u2009"), (".", "'’"), (",", "'’")]
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
    """pixel = slope x value + base, along y for upright charts and along x for lying ones."""

    def __init__(self, slope, base, residual, labels):
        self.slope, self.base, self.residual, self.labels = slope, base, residual, labels

    def pixel(self, value):
        return self.slope * float(value) + self.base


def along(run, lying, height):
    """Where a label says its tick is. Beside an upright axis digits stand with their middle at the tick; a comma or a
    descender makes the box deeper, so the middle is taken from the top and the height of plain digits."""
    if lying:
        return run["x"] + run["width"] / 2
    return run["y"] + height / 2


def read_axis(text_runs, tables, lying, residual_max=1.5):
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
                pixels = numpy.array([along(run, lying, plain) for run, _ in group])
                values = numpy.array([float(number) for _, number in group])
                middle, spread = values.mean(), numpy.ptp(values)
                slope, base = numpy.polyfit((values - middle) / spread, pixels, 1)
                residual = float(numpy.abs(slope * (values - middle) / spread + base - pixels).max())
                slope, base = slope / spread, base - slope * middle / spread
                if numpy.ptp(pixels) < 40 or (slope > 0) != lying:
                    continue
                if residual > residual_max:
                    bent = True
                elif best is None or len(group) > best.labels:
                    best = Axis(slope, base, residual, len(group))
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
