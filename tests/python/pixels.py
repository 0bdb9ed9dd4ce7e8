"""Measures bars and line points in the pixels of a picture.

A bar is followed from a pixel inside it along its axis until the colour jumps. A point of a line is the middle of the
line's colour in the column of pixels at its place. Boxes of text are looked through: what stands there is unknown.
"""

import numpy

JUMP = 16  # a difference of colour, in steps of 255, that ends a bar; gradients change by less from pixel to pixel

RING = 10  # the widest hole of a marker, in pixels


class Unmeasurable(Exception):
    """Why a mark cannot be measured; such marks are counted by this reason."""


def distance(a, b):
    return numpy.abs(a.astype(int) - b.astype(int)).max(axis=-1)


def covered_by(text_runs, shape):
    """True where a box of text lies."""
    covered = numpy.zeros(shape, dtype=bool)
    for run in text_runs:
        left, top = int(max(run["x"] - 1, 0)), int(max(run["y"] - 1, 0))
        right, bottom = int(run["x"] + run["width"] + 2), int(run["y"] + run["height"] + 2)
        covered[top:bottom, left:right] = True
    return covered


def bar_ends(image, covered, center, lying):
    """Both ends of the bar around a point, along its axis, in pixels from the edge of the picture (smaller first)."""
    if lying:
        image, covered, center = image.swapaxes(0, 1), covered.T, center[::-1]
    x, y = int(center[0]), int(center[1])
    height, width = covered.shape
    if not (0 <= x < width and 0 <= y < height):
        raise Unmeasurable("outside the picture")
    y = visible_near(covered[:, x], y)
    color = image[y, x]
    left, right = x, x
    while left > 0 and distance(image[y, left - 1], color) < JUMP:
        left -= 1
    while right < width - 1 and distance(image[y, right + 1], color) < JUMP:
        right += 1
    thick = right - left + 1
    if thick < 3:
        raise Unmeasurable("thinner than 3 px")
    inset = int(thick * 0.3) if thick >= 8 else 1 if thick >= 4 else 0
    columns = slice(left + inset, right + 1 - inset)
    strip, hidden = image[:, columns], covered[:, columns]
    return walk(strip, hidden, y, -1), walk(strip, hidden, y, 1)


def visible_near(hidden, start):
    """The pixel nearest to a start that no text covers."""
    for step in range(len(hidden)):
        for at in (start - step, start + step):
            if 0 <= at < len(hidden) and not hidden[at]:
                return at
    raise Unmeasurable("covered by text")


def walk(strip, hidden, start, step):
    """From a row on while the colour of the next one hardly differs; the edge is placed by how much of the last,
    mixed row is still the bar's."""

    def row(at):
        seen = strip[at][~hidden[at]]
        return numpy.median(seen, axis=0) if len(seen) else None

    last, color, at = start, row(start), start + step
    if color is None:
        raise Unmeasurable("covered by text")
    while 0 <= at < len(strip):
        found = row(at)
        if found is not None:
            if distance(found, color) >= JUMP:
                break
            last, color = at, found
        at += step
    if abs(at - last) > 1:
        raise Unmeasurable("the end is covered by text")
    edge = last + 1.0 if step > 0 else float(last)
    beyond = row(at + step) if 0 <= at < len(strip) and 0 <= at + step < len(strip) else None
    if beyond is not None and distance(beyond, color) >= JUMP and distance(beyond, row(at)) >= JUMP:
        way = color.astype(float) - beyond
        share = float(((row(at) - beyond) * way).sum() / (way * way).sum())
        if 0 < share < 1:
            edge += step * share
    return edge


def ground_of(image):
    """The most frequent colour."""
    colors, counts = numpy.unique(image.reshape(-1, 3), axis=0, return_counts=True)
    return colors[counts.argmax()]


def line_color(image, covered, points, ground):
    """The colour of a line through these points: the most frequent one half way between neighbours that is not the
    ground's. The line is looked for a little above and below, since it may be curved."""
    found = []
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        x, y = int((x0 + x1) / 2), (y0 + y1) / 2
        for dy in (0, -1, 1):
            row = int(y) + dy
            if 0 <= row < image.shape[0] and 0 <= x < image.shape[1] and not covered[row, x]:
                found.append(image[row, x])
    for x, y in points:
        if 0 <= int(y) < image.shape[0] and 0 <= int(x) < image.shape[1] and not covered[int(y), int(x)]:
            found.append(image[int(y), int(x)])
    found = [color for color in found if distance(color, ground) >= 40]
    if not found:
        raise Unmeasurable("no colour of the line")
    colors, counts = numpy.unique(numpy.array(found), axis=0, return_counts=True)
    return colors[counts.argmax()]


def line_height(image, covered, x, color, top, bottom):
    """The middle of the line's colour in the columns at x, between two rows.

    A pixel weighs as much as it is nearer to the line's colour than to the colour around the line in this column.
    """
    top, bottom = max(int(top), 0), min(int(bottom) + 1, image.shape[0])
    first = int(numpy.floor(x - 0.5))
    columns = [c for c in (first, first + 1) if 0 <= c < image.shape[1]]
    if not columns or bottom - top < 3:
        raise Unmeasurable("outside the picture")
    weights = numpy.zeros(bottom - top)
    for column in columns:
        share = 1 - abs(column + 0.5 - x)
        weights += share * likeness(image[top:bottom, column], color)
    hidden = covered[top:bottom, columns].any(axis=1)
    weights[hidden] = 0
    inked = weights >= 0.25
    if not inked.any():
        raise Unmeasurable("covered")
    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate([[0], inked.astype(int), [0]])))
    pieces = [list(piece) for piece in zip(edges[::2], edges[1::2])]
    joined = pieces[:1]
    for piece in pieces[1:]:
        if piece[0] - joined[-1][1] <= RING:  # the two sides of a hollow marker
            joined[-1][1] = piece[1]
        else:
            joined.append(piece)
    sums = sorted(((weights[a:b].sum(), a, b) for a, b in joined), reverse=True)
    if sums[0][0] < 0.4 or (len(sums) > 1 and sums[1][0] > 0.5 * sums[0][0]):
        raise Unmeasurable("covered")
    a, b = max(sums[0][1] - 1, 0), min(sums[0][2] + 1, len(weights))
    return top + float((weights[a:b] * (numpy.arange(a, b) + 0.5)).sum() / weights[a:b].sum())


def likeness(pixels, color):
    """1 for the line's colour, 0 for the most frequent colour of the column, between for their mixtures; other colours
    lose twice their distance from the way between the two."""
    colors, counts = numpy.unique(pixels, axis=0, return_counts=True)
    around = colors[counts.argmax()].astype(float)
    way = color.astype(float) - around
    length = (way * way).sum()
    if length < 900:
        raise Unmeasurable("no contrast")
    return on_the_way(pixels - around, way, length)


def on_the_way(step, way, length):
    share = (step * way).sum(axis=-1) / length
    aside = numpy.sqrt(((step - share[..., None] * way) ** 2).sum(axis=-1) / length)
    return numpy.clip(share - 2 * aside, 0, 1)


def are_alike(other, color, ground):
    """True when a line of the other colour would be taken for a faint line of this one."""
    way = color.astype(float) - ground
    return on_the_way(other.astype(float) - ground, way, max((way * way).sum(), 1)) > 0.15
