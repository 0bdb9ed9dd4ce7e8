"""Reads the time from the pixels of a clock with hands, and from nothing else but where its dial lies.

    read(pixels, homography) -> (hour, minute, confidence)

The twin of the blind reader of `pixmo-clockread`. The dial is laid out by angle and distance from its middle. There a hand
is a ridge that runs outwards without a gap and differs from what lies at both of its sides; numerals, small dials and
patterns begin elsewhere or do not go on. All times of half a day are tried: the minute hand is the longer one, the hour hand
stands where the minutes want it, and the two together are to explain as much as possible of what can be seen. That is
looked at twice, once so that faint hands count as well, and once so that a pattern of the dial counts less than hands do;
what both looks explain is added up.

Lengths are units of the dial, which reaches to 100; angles are half degrees clockwise from 12.
"""

import math

import numpy as np

STEP = 0.5
ANGLES = 720
HOURS = 12
# Rows of colours, and from which on hands are looked for: the discs over the middle end before.
RADII = np.arange(4.0, 101.0)
FROM = 5
OUT = RADII[FROM:]
EVERY = np.arange(ANGLES)
THETA = np.radians(EVERY * STEP)
ACROSS, DOWN = RADII[:, None] * np.sin(THETA), -RADII[:, None] * np.cos(THETA)

# A unit is made at most twice this many pixels.
PIXELS_A_UNIT = 1.5
# The ground: angles to one of it, half the width of the median, and from where on hands do not cover most of it.
COARSE, GROUND_WIDE, GROUND_FROM = 8, 20.0, 16
# How far to the sides a hand is compared with what lies beside it.
BESIDE = (2.6, 4.5, 7.0, 10.0)
# Near the middle, more than this share of all places stands out less than hands do. Two hands that are seen apart make up
# about a tenth of the circle there; thin ones, or one over the other, less.
CERTAIN = (0.93, 0.98)
# How much what each of the two explains counts.
COUNTS = (1.0, 0.8)
# Places to each side of a ray; up to which of them marks count for hands that bend, and rails of hollow hands begin.
APART, PLACES, LOOSE, HOLLOW = 0.6, 9, 4, 5
# What a hand needs to go on; below which mark there is a gap, and its cost.
NEED, GAP, GAP_COSTS = 0.42, 0.2, 0.9
# After a gap of so many rows a hand is over: what follows is a mark of the dial.
OVER = 7
# What a hand gains by its width, and by its length.
WIDTH, WIDER, THIN, LONG = 1.4, 1.6, -0.2, 0.6
# Steps that the hour hand may stand askew, and what each costs; what any costs, and one that stands at the full hour.
ASKEW, ASKEW_COSTS, HAND_COSTS, JUMPED_COSTS = (0, -1, 1, -2, 2, -3, 3), 0.4, 8.0, 22.0
# The length of the hour hand beside that of the minute hand, and what a unit too long or too short costs.
SHORTER, SHARE_LEAST, SHARE_MOST, BEYOND_COSTS, SHORT_COSTS = 9.0, 0.42, 0.79, 2.5, 2.0
# Hands that stand nearer to each other, in degrees, may cover each other.
CLOSE = 22.0


def sides(reach):
    """Places in a flat grid that lie as many units to the left and to the right of each."""
    steps = np.minimum(np.round(np.degrees(reach / OUT) / STEP), 150).astype(int)[:, None]
    rows = np.arange(len(OUT))[:, None] * ANGLES
    return (EVERY - steps) % ANGLES + rows, (EVERY + steps) % ANGLES + rows


BESIDES = [sides(reach) for reach in BESIDE]
ASIDES = [sides(APART * place) for place in range(1, PLACES + 1)]


def small(pixels, h):
    """The picture made smaller by a whole number, and the homography to it."""
    i = h[2, 2]
    local = (h[:2, :2] * i - np.outer(h[:2, 2], h[2, :2])) / (i * i)
    by = max(1, int(math.sqrt(abs(np.linalg.det(local))) / PIXELS_A_UNIT))
    if by > 1:
        tall, wide = pixels.shape[0] // by, pixels.shape[1] // by
        cut = pixels[: tall * by, : wide * by].astype(np.float32)
        pixels = cut.reshape(tall, by, wide, by, 3).mean(axis=(1, 3))
        h = np.diag([1 / by, 1 / by, 1]) @ h
    return pixels.astype(np.float32) / 255, h


def unrolled(pixels, h):
    """Colours by distance and angle, and whether they are inside the picture."""
    w = h[2, 0] * ACROSS + h[2, 1] * DOWN + h[2, 2]
    x = (h[0, 0] * ACROSS + h[0, 1] * DOWN + h[0, 2]) / w - 0.5
    y = (h[1, 0] * ACROSS + h[1, 1] * DOWN + h[1, 2]) / w - 0.5
    tall, wide = pixels.shape[:2]
    inside = (x > -1) & (y > -1) & (x < wide) & (y < tall)
    x, y = np.clip(x, 0, wide - 1.001), np.clip(y, 0, tall - 1.001)
    column, row = x.astype(np.int32), y.astype(np.int32)
    right, down = (x - column).astype(np.float32)[..., None], (y - row).astype(np.float32)[..., None]
    flat, at = pixels.reshape(-1, 3), row * wide + column
    upper = flat[at] * (1 - right) + flat[at + 1] * right
    lower = flat[at + wide] * (1 - right) + flat[at + wide + 1] * right
    return upper * (1 - down) + lower * down, inside


def ground(colours):
    """The dial behind: a median over angles, wide enough that hands do not count."""
    count, rows = ANGLES // COARSE, len(RADII)
    few = colours.reshape(rows, count, COARSE, 3)[:, :, COARSE // 2 - 1 : COARSE // 2 + 1].mean(axis=2)
    behind = np.empty((rows, count, 3), np.float32)
    for first in range(0, rows, 4):
        band = slice(first, min(first + 4, rows))
        half = math.degrees(GROUND_WIDE / RADII[band].mean()) / (STEP * COARSE)
        half = int(np.clip(round(half), 3, 22))
        near = (np.arange(count)[:, None] + np.arange(-half, half + 1)) % count
        behind[band] = np.median(few[band].mean(axis=0)[near], axis=1)
    inner = int(np.searchsorted(RADII, GROUND_FROM))
    behind[:inner] = behind[inner]
    return np.repeat(behind, COARSE, axis=1)


def apart(one, other):
    difference = one - other
    return np.sqrt(np.einsum("rac,rac->ra", difference, difference))


def marks(pixels, h):
    """How much each place stands out, from the ground and from both of its sides, 0 to 1, for each of CERTAIN."""
    colours, inside = unrolled(*small(pixels, h))
    behind, colours = ground(colours)[FROM:], np.ascontiguousarray(colours[FROM:])
    flat = colours.reshape(-1, 3)
    ridge = np.zeros(colours.shape[:2], np.float32)
    for left, right in BESIDES:
        np.maximum(ridge, np.minimum(apart(colours, flat[left]), apart(colours, flat[right])), out=ridge)
    off = np.minimum(apart(colours, behind), ridge) * inside[FROM:]
    noise = np.median(off[5:55])
    for strong in np.quantile(off[:12], CERTAIN):
        low = min(max(0.2 * strong, 2.0 * noise), 0.5 * strong)
        high = min(max(0.85 * strong, 5.0 * noise), 0.9 * strong)
        yield np.clip((off - low) / max(high - low, 1e-3), 0, 1)


def rays(marked):
    """How much of a hand is in each place, 0 to 1, and how wide it is about the ray there."""
    flat = marked.ravel()
    here, loose, width = marked.copy(), marked.copy(), APART * marked
    begun, whole = marked > 0.5, np.ones(marked.shape, bool)
    for place, (left, right) in enumerate(ASIDES, start=1):
        left, right = flat[left], flat[right]
        both = np.minimum(left, right)
        on = both > 0.5
        if place <= LOOSE:
            loose += left + right
        wider = np.where(begun & whole, 2 * APART * both, 0)
        if place <= HOLLOW:
            np.maximum(here, both, out=here)
            # What lies between the rails belongs to the hand.
            width = np.where(on & ~begun, 2 * APART * place + APART, width + wider)
            whole &= on | ~begun
            begun |= on
        else:
            width += wider
            whole &= on
    return (here + np.minimum(APART * loose / 1.2, 1)) / 2, width


def between(one, other):
    """Degrees between two angles, 0 to 180."""
    return np.abs((one - other + ANGLES // 2) % ANGLES - ANGLES // 2) * STEP


class Hands:
    """What hands explain at all angles."""

    def __init__(self, marked):
        near, self.width = rays(marked)
        gap = near < GAP
        wide = np.logical_and.reduce([np.roll(gap, back, axis=0) for back in range(OVER)])
        wide[: OVER - 1] = False
        over = np.logical_or.accumulate(wide, axis=0)
        self.gain = np.where(over, 0, np.where(gap, -GAP_COSTS, near - NEED))
        self.broad = np.where(over, 0, np.clip((self.width * (near > GAP) - WIDTH) / WIDER, THIN, 1))
        runs, breadth = np.cumsum(self.gain, axis=0), np.cumsum(self.broad, axis=0)
        self.upto = np.maximum.accumulate(runs, axis=0)
        rows = np.arange(len(OUT))[:, None]
        self.ends = np.maximum.accumulate(np.where((runs >= self.upto) & ~over, rows, 0), axis=0)
        after = self.upto[-1] - self.upto
        self.part = LONG * self.upto - BEYOND_COSTS * after + breadth[self.ends, EVERY]
        tip = self.ends[-1]
        self.whole = LONG * self.upto[-1] + breadth[tip, EVERY]
        length = OUT[tip]
        most = np.minimum(length - SHORTER, SHARE_MOST * length)
        self.limit = np.clip(np.searchsorted(OUT, most), 0, len(OUT) - 1)
        self.least = SHARE_LEAST * length

    def short(self, at, minute):
        """What an hour hand costs, and what more if it is too short beside a minute hand."""
        ends = OUT[self.ends[self.limit[minute], at]]
        return SHORT_COSTS * np.maximum(0, self.least[minute] - ends) + HAND_COSTS

    def beside(self, at, minute):
        """What hour hands explain that stand close to minute hands: what these do not cover."""
        turn, row, each = between(at, minute), self.limit[minute], np.arange(len(at))
        widest = np.maximum(np.minimum(self.width[:, at], 12), np.minimum(self.width[:, minute], 12))
        fresh = np.clip((OUT[:, None] * np.sin(np.radians(turn)) - 0.5 * widest) / 1.5 + 0.3, 0, 1)
        upto = np.maximum.accumulate(np.cumsum(self.gain[:, at] * fresh, axis=0), axis=0)
        broad = np.cumsum(self.broad[:, at] * fresh, axis=0)[self.ends[row, at], each]
        shown = np.minimum(turn / CLOSE, 1)
        upto, most = upto[row, each], upto[-1]
        return LONG * upto - BEYOND_COSTS * (most - upto) + broad - shown * self.short(at, minute)


def explained(hands):
    """What each time explains, by hour and angle of the minute hand."""
    # Of hour hands a little askew, the one that shows most; its length is looked at afterwards.
    part, best = hands.part.copy(), np.zeros(hands.part.shape, int)
    for by in ASKEW[1:]:
        moved = np.roll(hands.part, -by, axis=1) - ASKEW_COSTS * abs(by)
        better = moved > part
        part[better], best[better] = moved[better], by
    straight = np.round(EVERY / HOURS).astype(int)
    times = np.empty((HOURS, ANGLES))
    for hour in range(HOURS):
        full = hour * ANGLES // HOURS
        at = (straight + full) % ANGLES
        gained = part[hands.limit, at] - hands.short((at + best[hands.limit, at]) % ANGLES, EVERY)
        jumped = hands.part[hands.limit, full] - hands.short(full, EVERY) - JUMPED_COSTS
        gained = np.where(between(full, EVERY) >= CLOSE, np.maximum(gained, jumped), gained)
        close = np.flatnonzero(between(at, EVERY) < CLOSE)
        askew = [hands.beside((at[close] + by) % ANGLES, close) - ASKEW_COSTS * abs(by) for by in (0, -2, 2)]
        gained[close] = np.max(askew, axis=0)
        times[hour] = hands.whole + gained
    return times


def read(pixels, homography):
    """The hour, 0 to 11, the minutes past it with a fraction, and by how much more than others it explains, 0 to 1."""
    looks = marks(pixels, np.asarray(homography, float).reshape(3, 3))
    flat = np.average([explained(Hands(marked)) for marked in looks], axis=0, weights=COUNTS).ravel()
    first = int(flat.argmax())
    away = np.abs(np.arange(flat.size) - first)
    other = flat[np.minimum(away, flat.size - away) > 24].max()
    confidence = float(np.clip((flat[first] - other) / max(flat[first], 20.0), 0, 1))
    return first // ANGLES, first % ANGLES / 12, confidence
