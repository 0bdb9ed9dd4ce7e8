#!/usr/bin/env python3
"""Make palettes.toml: qualitative sets, sequential ramps and diverging ramps, drawn up in OKLCH.

    python3 make_palettes.py            # needs only the standard library

Qualitative sets are picked one colour at a time from a grid of OKLCH colours limited to a mood
(lightness and chroma band) and a scene (arcs of hue), each time the colour farthest in OKLab from
those taken; a set is kept if at least eight colours lie MIN_DISTANCE or more apart. Sets made for
colour vision deficiencies measure the distance also after simulation with the matrices of Machado,
Oliveira and Fernandes (2009) at full severity. Ramps have nine stops with even steps of lightness.
The flags are measured, not claimed: `colour_blind_safe` from the simulated distances, `good_on`
from the WCAG contrast of every colour (ramps: of the far end) with white and with DARK.
"""

import math
import pathlib

OUT = pathlib.Path(__file__).resolve().parent / "palettes.toml"
DARK = (0x16, 0x1B, 0x22)
MIN_DISTANCE = 0.072
SAFE_DISTANCE = 0.055
MIN_CONTRAST_LIGHT = 1.7
MIN_CONTRAST_DARK = 2.2

# mood: lightness low and high, chroma low and high, words that say when to use it
MOODS = {
    "clear": (0.48, 0.78, 0.11, 0.17),
    "muted": (0.46, 0.76, 0.05, 0.09),
    "vivid": (0.48, 0.80, 0.16, 0.24),
    "soft": (0.66, 0.86, 0.06, 0.10),
    "deep": (0.30, 0.62, 0.08, 0.15),
    "dusty": (0.45, 0.80, 0.03, 0.07),
    "print": (0.36, 0.74, 0.08, 0.14),
    "chalk": (0.72, 0.92, 0.05, 0.10),
    "jewel": (0.38, 0.68, 0.12, 0.20),
    "glow": (0.70, 0.90, 0.12, 0.20),
}
# scene: arcs of hue in degrees of OKLCH (red 25, orange 60, yellow 100, green 145, teal 190, blue 255, violet 300, pink 350)
SCENES = {
    "market": [(0, 360)],
    "harbour": [(195, 275), (40, 75)],
    "orchard": [(110, 155), (15, 45), (85, 105)],
    "vineyard": [(295, 345), (120, 150), (50, 80)],
    "meadow": [(95, 165), (320, 350), (240, 265)],
    "desert": [(25, 95), (190, 230)],
    "lagoon": [(160, 260), (80, 105), (10, 30)],
    "sunset": [(350, 360), (0, 95), (290, 320)],
    "glacier": [(180, 310)],
    "bazaar": [(5, 65), (140, 190), (270, 330)],
    "forest": [(100, 200), (45, 75)],
    "theatre": [(330, 360), (0, 30), (70, 100), (250, 280)],
    "quarry": [(40, 80), (220, 270)],
}
SEQUENTIAL_SINGLE = {
    "brick": 30, "copper": 50, "amber": 75, "straw": 98, "moss": 125, "fern": 145, "pine": 160, "jade": 175,
    "teal": 195, "sea": 220, "sky": 240, "cobalt": 260, "ink": 275, "iris": 295, "plum": 320, "mulberry": 345,
    "rose": 10, "slate": None,
}  # fmt: skip
SEQUENTIAL_MULTI = {
    "ember": (100, 25), "dawn": (95, 330), "reef": (110, 240), "tide": (180, 275), "moor": (130, 300),
    "orchid": (60, 310), "canyon": (85, 15), "aurora": (150, 290), "kelp": (105, 190), "dusk": (50, 280),
    "berry": (20, 305), "lichen": (115, 165), "fjord": (165, 250), "lava": (95, -10), "thaw": (75, 230),
    "heather": (0, -90), "barley": (90, 45), "mist": (200, 300), "spruce": (120, 215), "sorrel": (70, -30),
}  # fmt: skip
DIVERGING = {
    "brick-teal": (30, 195), "copper-cobalt": (50, 260), "rose-fern": (5, 145), "amber-iris": (75, 290),
    "plum-moss": (320, 130), "mulberry-sea": (345, 225), "red-blue": (25, 255), "brown-green": (65, 165),
    "violet-orange": (300, 60), "pink-jade": (350, 170), "gold-ink": (90, 275), "crimson-sky": (15, 240),
    "rust-pine": (40, 160), "purple-lime": (310, 120), "orange-blue": (55, 245), "magenta-green": (335, 150),
    "wine-slate": (10, 255), "teal-plum": (190, 325), "blue-amber": (250, 80), "green-rose": (140, 0),
}  # fmt: skip
OKABE_ITO = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#000000"]

CVD = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear_of_lab(lab):
    lightness, a, b = lab
    l3 = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m3 = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s3 = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
        -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
        -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3,
    )


def lab_of_linear(rgb):
    r, g, b = rgb
    cube = [
        math.copysign(abs(v) ** (1 / 3), v)
        for v in (
            0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
            0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
            0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
        )
    ]
    l3, m3, s3 = cube
    return (
        0.2104542553 * l3 + 0.7936177850 * m3 - 0.0040720468 * s3,
        1.9779984951 * l3 - 2.4285922050 * m3 + 0.4505937099 * s3,
        0.0259040371 * l3 + 0.7827717662 * m3 - 0.8086757660 * s3,
    )


def gamma(v):
    return 12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055


def ungamma(v):
    return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4


def rgb_of_lch(lightness, chroma, hue):
    """8-bit sRGB, or None when the colour lies outside the gamut."""
    h = math.radians(hue)
    lin = linear_of_lab((lightness, chroma * math.cos(h), chroma * math.sin(h)))
    if any(v < -0.0005 or v > 1.0005 for v in lin):
        return None
    return tuple(round(255 * gamma(min(max(v, 0.0), 1.0))) for v in lin)


def fit(lightness, chroma, hue):
    """The colour with the most chroma up to `chroma` that sRGB can show."""
    for step in range(101):
        rgb = rgb_of_lch(lightness, chroma * (1 - step / 100), hue)
        if rgb:
            return rgb
    raise ValueError("grey is always inside the gamut")


def linear_of_rgb(rgb):
    return tuple(ungamma(v / 255) for v in rgb)


def lab_of_rgb(rgb):
    return lab_of_linear(linear_of_rgb(rgb))


def seen(rgb, kind):
    lin = linear_of_rgb(rgb)
    return lab_of_linear(tuple(min(max(sum(m * v for m, v in zip(row, lin)), 0), 1) for row in CVD[kind]))


def views(rgb):
    """OKLab for normal, protan, deutan and tritan eyes."""
    return (lab_of_rgb(rgb), *(seen(rgb, k) for k in ("protan", "deutan", "tritan")))


def apart(p, q):
    return math.dist(p, q)


def luminance(rgb):
    r, g, b = linear_of_rgb(rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(p, q):
    a, b = sorted((luminance(p), luminance(q)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def hexed(rgb):
    return "#%02x%02x%02x" % tuple(rgb)


def unhex(text):
    return tuple(int(text[i : i + 2], 16) for i in (1, 3, 5))


def closest(colours, kinds=(0,)):
    eyes = [views(c) for c in colours]
    return min(
        apart(eyes[i][k], eyes[j][k]) for i in range(len(eyes)) for j in range(i) for k in kinds
    )


def ground(colours):
    light = min(contrast(c, (255, 255, 255)) for c in colours) >= MIN_CONTRAST_LIGHT
    dark = min(contrast(c, DARK) for c in colours) >= MIN_CONTRAST_DARK
    return {(True, True): "both", (True, False): "light", (False, True): "dark"}.get((light, dark))


def block(name, kind, colours, origin, good_on, safe):
    quoted = ", ".join(f'"{hexed(c)}"' for c in colours)
    return (
        f'[[palette]]\nname = "{name}"\nkind = "{kind}"\ncolours = [{quoted}]\n'
        f'colour_blind_safe = {str(safe).lower()}\ngood_on = "{good_on}"\norigin = "{origin}"\n'
    )


def grid(mood, arcs):
    low, high, c_low, c_high = mood
    out = []
    for li in range(7):
        lightness = low + (high - low) * li / 6
        for ci in range(3):
            chroma = c_low + (c_high - c_low) * ci / 2
            for start, end in arcs:
                count = max(3, int((end - start) / 8))
                for hi in range(count):
                    rgb = rgb_of_lch(lightness, chroma, start + (end - start) * hi / count)
                    if rgb and rgb not in out:
                        out.append(rgb)
    return out


def pick(pool, first, size, floor, kinds):
    """Greedy farthest-first choice; `kinds` are the eyes that must tell the colours apart."""
    eyes = {c: views(c) for c in pool}
    taken = [first]
    room = {c: min(apart(eyes[c][k], eyes[first][k]) * (1.0 if k == 0 else 1.25) for k in kinds) for c in pool}
    while len(taken) < size:
        best = max(pool, key=lambda c: (room[c], c))
        if room[best] < floor:
            break
        taken.append(best)
        for c in pool:
            near = min(apart(eyes[c][k], eyes[best][k]) * (1.0 if k == 0 else 1.25) for k in kinds)
            room[c] = min(room[c], near)
    return taken


def qualitative():
    out = [
        block(
            "okabe-ito", "qualitative", [unhex(c) for c in OKABE_ITO],
            "Okabe and Ito 2008, Color Universal Design, order changed", "light", True,
        )
    ]  # fmt: skip
    for mi, (mood_name, mood) in enumerate(MOODS.items()):
        for si, (scene, arcs) in enumerate(SCENES.items()):
            pool = grid(mood, arcs)
            pool = [c for c in pool if contrast(c, (255, 255, 255)) >= MIN_CONTRAST_LIGHT] if mood[1] <= 0.82 else pool
            middle = [c for c in pool if abs(lab_of_rgb(c)[0] - (mood[0] + mood[1]) / 2) < 0.09]
            first = middle[(mi * 131 + si * 71 + 17) % len(middle)]
            colours = pick(pool, first, 10, MIN_DISTANCE, (0,))
            good = ground(colours)
            if len(colours) < 8 or good is None:
                continue
            safe = closest(colours[:8], (0, 1, 2)) >= SAFE_DISTANCE and closest(colours[:8], (3,)) >= 0.04
            out.append(block(f"{mood_name}-{scene}", "qualitative", colours, "made here in OKLCH", good, safe))
    wide = {
        "clear": (0.34, 0.80, 0.09, 0.18), "muted": (0.32, 0.80, 0.04, 0.11), "bright": (0.42, 0.82, 0.12, 0.22),
        "dark": (0.55, 0.95, 0.06, 0.18),
    }  # fmt: skip
    for name, mood in wide.items():
        for turn in range(6):
            pool = grid(mood, [(0, 360)])
            if name != "dark":
                pool = [c for c in pool if contrast(c, (255, 255, 255)) >= MIN_CONTRAST_LIGHT]
            first = sorted(pool)[(turn * 37 + 11) % len(pool)]
            colours = pick(pool, first, 9, SAFE_DISTANCE * 1.25, (0, 1, 2, 3))
            good = ground(colours)
            if len(colours) >= 8 and good:
                safe = closest(colours[:8], (0, 1, 2)) >= SAFE_DISTANCE and closest(colours[:8], (3,)) >= 0.04
                out.append(block(f"plain-sight-{name}-{turn + 1}", "qualitative", colours, "made here in OKLCH", good, safe))
    for name, hue, chroma in (("graphite", 0, 0.0), ("newsprint", 80, 0.015), ("blueprint", 255, 0.05), ("sepia", 65, 0.05)):
        order = [0.30, 0.72, 0.44, 0.80, 0.36, 0.64, 0.51, 0.575]
        colours = [fit(v, chroma, hue) for v in order]
        safe = closest(colours, (0, 1, 2, 3)) >= SAFE_DISTANCE
        out.append(block(name, "qualitative", colours, "made here in OKLCH", "light", safe))
    return out


def ramp(stops):
    return [fit(*s) for s in stops]


def ordered(colours):
    """A ramp can be read without hue when lightness falls (or rises) at every step for every eye."""
    for k in range(4):
        tones = [views(c)[k][0] for c in colours]
        steps = [b - a for a, b in zip(tones, tones[1:])]
        if not (all(s > 0.02 for s in steps) or all(s < -0.02 for s in steps)):
            return False
    return True


def sequential():
    out = []
    for name, hue in SEQUENTIAL_SINGLE.items():
        peak = 0.012 if hue is None else 0.15
        angle = 255 if hue is None else hue
        light = ramp(
            (0.955 - 0.62 * t, peak * (0.16 + 1.05 * math.sin(math.pi * min(1, t * 0.92 + 0.04)) ** 1.2), angle)
            for t in (i / 8 for i in range(9))
        )
        dark = ramp(
            (0.29 + 0.62 * t, peak * (0.25 + 0.85 * math.sin(math.pi * (0.06 + 0.74 * t))), angle)
            for t in (i / 8 for i in range(9))
        )
        out.append(block(name, "sequential", light, "made here in OKLCH", "light", ordered(light)))
        out.append(block(f"{name}-night", "sequential", dark, "made here in OKLCH", "dark", ordered(dark)))
    for name, (start, end) in SEQUENTIAL_MULTI.items():
        light = ramp(
            (0.95 - 0.66 * t, 0.055 + 0.13 * math.sin(math.pi * (0.1 + 0.75 * t)), start + (end - start) * t)
            for t in (i / 8 for i in range(9))
        )
        dark = ramp(
            (0.27 + 0.64 * t, 0.06 + 0.11 * math.sin(math.pi * (0.15 + 0.7 * t)), end + (start - end) * t)
            for t in (i / 8 for i in range(9))
        )
        out.append(block(name, "sequential", light, "made here in OKLCH", "light", ordered(light)))
        out.append(block(f"{name}-night", "sequential", dark, "made here in OKLCH", "dark", ordered(dark)))
    return out


def diverging():
    out = []
    for name, (left, right) in DIVERGING.items():
        for night in (False, True):
            colours = []
            for i in range(9):
                t = (i - 4) / 4
                hue = left if t < 0 else right
                lightness = 0.34 + 0.48 * abs(t) if night else 0.955 - 0.52 * abs(t) ** 1.1
                chroma = 0.006 if t == 0 else 0.02 + 0.15 * abs(t) ** 0.9
                colours.append(fit(lightness, chroma, hue))
            arms = all(
                apart(views(colours[4 - d])[k], views(colours[4 + d])[k]) >= 0.05 * d for d in (2, 3, 4) for k in (0, 1, 2)
            )
            safe = arms and ordered(colours[:5]) and ordered(colours[4:])
            title = f"{name}-night" if night else name
            out.append(block(title, "diverging", colours, "made here in OKLCH", "dark" if night else "light", safe))
    return out


def main():
    parts = [qualitative(), sequential(), diverging()]
    names = [b.split('"')[1] for part in parts for b in part]
    if len(names) != len(set(names)):
        raise SystemExit("two palettes share a name")
    head = "# Bundled palettes, all free to use (CC0-1.0). Written by make_palettes.py; do not edit.\n\n"
    OUT.write_text(head + "\n".join(b for part in parts for b in part), encoding="utf-8")
    print(*(len(p) for p in parts), "colour-blind safe:", sum("safe = true" in b for p in parts for b in p))


if __name__ == "__main__":
    main()
