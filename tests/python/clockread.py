"""Reads the time from the pixels of a clock with hands (blind reader)."""
import math

import numpy as np

STEP = 0.5
ANGLES = 720
RADII = np.arange(4.0, 101.0)
THETA = np.radians(np.arange(ANGLES) * STEP)
UNIT_X = RADII[:, None] * np.sin(THETA)[None, :]
UNIT_Y = -RADII[:, None] * np.cos(THETA)[None, :]


def shrunk(pixels, h, finest):
    """Pixels and homography, made smaller by a whole number so that a unit is at most about `finest` pixels."""
    i = h[2, 2]
    j = (h[:2, :2] * i - np.outer(h[:2, 2], h[2, :2])) / (i * i)
    scale = math.sqrt(abs(np.linalg.det(j)))
    by = max(1, int(scale / finest))
    if by > 1:
        tall, wide = (pixels.shape[0] // by) * by, (pixels.shape[1] // by) * by
        cut = pixels[:tall, :wide].astype(np.float32)
        pixels = cut.reshape(tall // by, by, wide // by, by, 3).mean(axis=(1, 3))
        h = np.diag([1 / by, 1 / by, 1]) @ h
    return pixels.astype(np.float32) / 255, h, scale


def polar(pixels, h):
    """Colours at RADII x ANGLES."""
    z = h[2, 0] * UNIT_X + h[2, 1] * UNIT_Y + h[2, 2]
    x = (h[0, 0] * UNIT_X + h[0, 1] * UNIT_Y + h[0, 2]) / z - 0.5
    y = (h[1, 0] * UNIT_X + h[1, 1] * UNIT_Y + h[1, 2]) / z - 0.5
    tall, wide = pixels.shape[:2]
    inside = (x > -1) & (y > -1) & (x < wide) & (y < tall)
    x, y = np.clip(x, 0, wide - 1.001), np.clip(y, 0, tall - 1.001)
    x0, y0 = x.astype(np.int32), y.astype(np.int32)
    fx, fy = (x - x0).astype(np.float32)[..., None], (y - y0).astype(np.float32)[..., None]
    flat = pixels.reshape(-1, 3)
    at = y0 * wide + x0
    top = flat[at] * (1 - fx) + flat[at + 1] * fx
    low = flat[at + wide] * (1 - fx) + flat[at + wide + 1] * fx
    return top * (1 - fy) + low * fy, inside


COARSE = 8  # angles to one of the ground


def ground(colours):
    """The dial behind: a running median about the middle, wide enough that hands do not count."""
    n = ANGLES // COARSE
    rows = len(RADII)
    small = colours.reshape(rows, n, COARSE, 3)[:, :, COARSE // 2 - 1 : COARSE // 2 + 1].mean(axis=2)
    out = np.empty((rows, n, 3), np.float32)
    for first in range(0, rows, 4):
        last = min(first + 4, rows)
        r = RADII[first:last].mean()
        half = int(np.clip(round(math.degrees(20.0 / r) / (STEP * COARSE)), 3, 22))
        which = (np.arange(n)[:, None] + np.arange(-half, half + 1)[None, :]) % n
        block = small[first:last].mean(axis=0)
        out[first:last] = np.median(block[which], axis=1)[None]
    return np.repeat(out, COARSE, axis=1)


FROM = int(np.searchsorted(RADII, 9.0))
OUT = RADII[FROM:]
ROWS = np.arange(len(OUT))[:, None]
AT = np.arange(ANGLES)[None, :] + ANGLES
UNITS = np.radians(STEP) * OUT[:, None]  # width of a step, in units
HOLLOW = 6.0
P = dict(med=1.0, on=8, own=9.0, mass=0.0, fw=0.5, f0=0.3, hollow=3.0, alpha=0.4, w0=1.4, w1=1.6, wmin=-0.2, most=0.79, short=2.0, inner=16, loose=1.8, ln=1.5, lw=0.5, gap=0.2, gapc=0.9, exist=8, need=0.42, after=2.5, wig=0.4, thick=12.0, tw=2.2, low=0.2, high=0.85, nlow=2.0, nhigh=5.0, jump=22.0, q=0.93, apart=9, ratio=0.42)


SHIFTS = []
for reach in (2.6, 4.5, 7.0, 10.0):
    step = np.minimum(np.round(np.degrees(reach / OUT) / STEP), 150).astype(int)[:, None]
    SHIFTS.append(((AT - step) % ANGLES + ROWS * ANGLES, (AT + step) % ANGLES + ROWS * ANGLES))


def apart(one, other):
    d = one - other
    return np.sqrt(np.einsum("rac,rac->ra", d, d))


def ridge(colours):
    """How far a place differs from what lies at both sides, at the best of some distances."""
    flat = colours.reshape(-1, 3)
    out = np.zeros(colours.shape[:2], np.float32)
    for left, right in SHIFTS:
        np.maximum(out, np.minimum(apart(colours, flat[left]), apart(colours, flat[right])), out=out)
    return out


def evidence(pixels, h):
    small, h, scale = shrunk(pixels, np.asarray(h, float).reshape(3, 3), 1.5)
    colours, inside = polar(small, h)
    behind = ground(colours)
    inner = int(P["inner"])
    k = int(np.searchsorted(RADII, inner))
    behind[:k] = behind[k : k + 4].mean(axis=0)
    off = apart(colours, behind)[FROM:]
    off = np.minimum(P["med"] * off, ridge(colours[FROM:])) * inside[FROM:]
    strong = np.quantile(off[0:12], P["q"])
    noise = np.median(off[5:55])
    own = np.sort(off[3:36:2], axis=0)[6:9].mean(axis=0)
    strong = np.where(own > max(P["own"] * strong, P["on"] * noise), np.minimum(own, strong), strong)
    low = np.minimum(np.maximum(P["low"] * strong, P["nlow"] * noise), 0.5 * strong)
    high = np.minimum(np.maximum(P["high"] * strong, P["nhigh"] * noise), 0.9 * strong)
    return np.clip((off - low) / np.maximum(high - low, 1e-3), 0, 1)


SPREAD = 0.6 * np.arange(0, 10)  # units to the side
SIDES = []
for reach in SPREAD:
    step = np.minimum(np.round(np.degrees(reach / OUT) / STEP), 150).astype(int)[:, None]
    SIDES.append(((AT - step) % ANGLES + ROWS * ANGLES, (AT + step) % ANGLES + ROWS * ANGLES))
LOOSE = 2.4


def three(values):
    return np.concatenate([values, values, values], axis=1)


def profile(marked):
    """Whether a hand is there, and how wide it is about its middle."""
    flat = marked.ravel()
    here = marked.copy()
    width = 0.6 * marked
    open_ = np.ones(marked.shape, bool)
    begun = marked > 0.5
    loose = marked.copy()
    n = 1
    for j in range(1, len(SPREAD)):
        left, right = flat[SIDES[j][0]], flat[SIDES[j][1]]
        both = np.minimum(left, right)
        if SPREAD[j] <= LOOSE:
            loose += left + right
            n += 2
        if SPREAD[j] <= P["hollow"]:
            np.maximum(here, both, out=here)
            on = both > 0.5
            # What is filled between the rails.
            width = np.where(on & ~begun, 2 * SPREAD[j] + 0.6, width + np.where(open_ & begun, 1.2 * both, 0))
            open_ &= on | ~begun
            begun |= on
        else:
            width += np.where(open_ & begun, 1.2 * both, 0)
            open_ &= both > 0.5
    loose *= 0.6
    return here, np.maximum(width, P["mass"] * loose), np.minimum(loose / 1.2, 1)


def read(pixels, h, debug=None):
    return solve(evidence(pixels, h), debug)


def solve(marked, debug=None):
    here, width, loose = profile(marked)
    near = (1 - P["lw"]) * here + P["lw"] * loose
    gain = np.where(near < P["gap"], -P["gapc"], near - P["need"])
    runs = np.cumsum(gain, axis=0)  # [radius, angle]
    n = len(runs)
    broad = np.cumsum(np.clip((width * (near > P["gap"]) - P["w0"]) / P["w1"], P["wmin"], 1), axis=0)
    best_at = runs.argmax(axis=0)
    every = np.arange(ANGLES)
    best = runs.max(axis=0)
    value = P["alpha"] * best + broad[best_at, every]
    upto = np.maximum.accumulate(runs, axis=0)
    ends = np.maximum.accumulate(np.where(runs >= upto, np.arange(n)[:, None], 0), axis=0)
    after = best[None] - upto
    score_h = P["alpha"] * upto - P["after"] * after + broad[ends, every[None]]
    length = OUT[best_at]
    limit = np.searchsorted(OUT, np.minimum(length - P["apart"], P["most"] * length))
    limit = np.clip(limit, 0, n - 1)
    least = P["ratio"] * length
    table = score_h - P["short"] * np.maximum(0, 0)
    tips = OUT[ends]
    # The best within a few steps, for hands that do not stand quite where they should.
    wiggles = (0, -1, 1, -2, 2, -3, 3)
    loose_table, loose_tips = table.copy(), tips.copy()
    for w in wiggles[1:]:
        moved = np.roll(table, -w, axis=1) - P["wig"] * abs(w)
        better = moved > loose_table
        loose_table = np.where(better, moved, loose_table)
        loose_tips = np.where(better, np.roll(tips, -w, axis=1), loose_tips)
    steps = np.diff(broad, axis=0, prepend=0)
    capped = np.minimum(width, 12)
    straight = np.round(every / 12).astype(int)
    total = np.empty((12, ANGLES))

    def near_by(at, which):
        """Gains where both hands lie close together: of the hour hand, only what the minute hand does not cover."""
        to, lim, k = at[which], limit[which], np.arange(len(which))
        turn = (np.abs((to - which + 360) % 720 - 360) * STEP).astype(np.float32)
        broadest = np.maximum(capped[:, to], capped[:, which])
        fresh = np.clip((OUT[:, None] * np.sin(np.radians(turn)) - P["fw"] * broadest) / 1.5 + P["f0"], 0, 1)
        part = np.cumsum(gain[:, to] * fresh, axis=0)
        top = part[: lim.max() + 1]
        top = np.maximum.accumulate(part, axis=0)
        own = np.cumsum(steps[:, to] * fresh, axis=0)[ends[lim, to], k]
        lost = P["short"] * np.maximum(0, least[which] - tips[lim, to]) + P["exist"]
        return P["alpha"] * top[lim, k] - P["after"] * (top[-1] - top[lim, k]) + own - np.minimum(turn / 22, 1) * lost

    for hour in range(12):
        at = (straight + hour * 60) % ANGLES
        short = P["short"] * np.maximum(0, least - loose_tips[limit, at])
        gained = loose_table[limit, at] - short - P["exist"]
        close = np.nonzero(np.abs((at - every + 360) % 720 - 360) * STEP < 22)[0]
        gained[close] = np.maximum.reduce([near_by((at + w) % ANGLES, close) - P["wig"] * abs(w) for w in (0, -2, 2)])
        fixed = np.full(ANGLES, hour * 60)
        jumped = table[limit, fixed] - P["short"] * np.maximum(0, least - tips[limit, fixed]) - P["exist"] - P["jump"]
        away = np.abs((fixed - every + 360) % 720 - 360) * STEP >= 22
        total[hour] = value + np.where(away, np.maximum(gained, jumped), gained)
    hour, at = np.unravel_index(total.argmax(), total.shape)
    if debug is not None:
        debug.update(marked=marked, near=near, wide=width, total=total, best=best, best_at=best_at, thick=broad[best_at, every], score_h=score_h, limit=limit, ends=ends)
    return int(hour), at / 12, float(total[hour, at])
