"""Reads a built `clocks` folder as its users do and holds labels, hands and pictures to each other.

    python check_clocks.py DATASET_DIR

Both configs are loaded through README.md by name and laid side by side, pictures are decoded. What a clock shows is worked
out here from the date and time alone: the text, the visible hour, minute and second, and the angles of the hands; the tips
of the hands, which are pixels, are taken back to the dial by the row's homography and must point where the angles say. And
hands are read from the pixels alone, where a reader can do so.
"""

import argparse
import json
import math

import clockread
import numpy as np
import reading
from reading import expect, expect_equal

import datasets
from datasets import load_dataset

# The published columns, as the library itself spells them.
STRING, WHOLE, TRUTH = ({"dtype": name, "_type": "Value"} for name in ("string", "int32", "bool"))
PUBLISHED = {
    "example_id": STRING,
    "watchface_id": STRING,
    "watchface_name": STRING,
    "watch_time": STRING,
    "time_format": STRING,
    "shows_seconds": TRUTH,
    "hour_visible": WHOLE,
    "minute_visible": WHOLE,
    "second_visible": WHOLE,
    "text": STRING,
}
# Of still pictures, and of wild ones: how many of a hundred may be read wrongly, and how many in any case.
MISREAD = {False: (1, 2), True: (3, 3)}
# In wild ones, hands that stand nearer to each other are not read, in degrees.
APART_MIN = 8
FORMATS = ("With AM/PM", "Without AM/PM", "Not shown")


def expected_text(row, hour, minute, second):
    if row["time_format"] == FORMATS[2]:
        return "The time is not shown in the image."
    text = f"{(hour + 11) % 12 + 1}:{minute:02}"
    if row["shows_seconds"]:
        text += f":{second:02}"
    if row["time_format"] == FORMATS[0]:
        text += " AM" if hour < 12 else " PM"
    return text


def solved(rows, x, y):
    """Where on the dial a pixel lies: the homography undone, by Cramer's rule."""
    a, b, c, d, e, f, g, h, i = rows
    # (a - g x) u + (b - h x) v = x i - c, and the same for y.
    m, n, p, q = a - g * x, b - h * x, d - g * y, e - h * y
    r, s = x * i - c, y * i - f
    det = m * q - n * p
    return (r * q - n * s) / det, (m * s - r * p) / det


def off(one, other):
    return abs((one - other + 180) % 360 - 180)


def looked_at(row, seen):
    name = row["example_id"]
    expect(name.startswith(row["watchface_id"] + "/") and name.endswith("_" + row["watchface_name"]), f"{name}: pattern")
    number, time = row["watch_time"].split("_")
    expect(len(number) == 3 and number.isdigit() and len(row["watch_time"]) == 23, f"{name}: {row['watch_time']}")
    expect_equal(time, seen["time"], name)
    hour, minute, second = (int(part) for part in time.split("T")[1].split(":"))
    shown = row["time_format"] != FORMATS[2]
    expect_equal(shown, seen["shows_time"], name)
    expect_equal(row["text"], expected_text(row, hour, minute, second), name)
    expect_equal(row["text"], seen["text"], name)
    by_day = row["time_format"] == FORMATS[0]
    expect_equal(row["hour_visible"], (hour if by_day else hour % 12) if shown else -1, name)
    expect_equal(row["minute_visible"], minute if shown else -1, name)
    expect_equal(row["second_visible"], second if row["shows_seconds"] else -1, name)
    picture = seen["image"]
    expect_equal(picture.size, (seen["width"], seen["height"]), name)
    expect_equal(picture.format, "JPEG" if seen["wild"] else "PNG", name)
    expect(seen["questions"] and all(q["answer"] for q in seen["questions"]), f"{name}: questions without answers")
    expect(seen["called"] in seen["questions"][0]["question"], f"{name}: the first question names no clock")
    found = hands(name, seen, hour, minute, second)
    names = [seen["called"]]
    for other in json.loads(seen["others"]):
        found += beside(f"{name}, {other['called']}", seen, other)
        expect(other["called"] not in names, f"{name}: two clocks are called {other['called']}")
        names.append(other["called"])
    if len(names) > 1:
        counts = [q["answer"] for q in seen["questions"] if q["kind"] == "count"]
        expect_equal(counts, [str(len(names))], name)
        asked = [q["question"] for q in seen["questions"]]
        expect(all(any(called in question for question in asked) for called in names), f"{name}: a clock is not asked for")
    return found


def beside(name, seen, other):
    """One of the other clocks of a picture, held to the same as the one of the row."""
    hour, minute, second = (int(part) for part in other["time"].split("T")[1].split(":"))
    shown = FORMATS[2] if not other["shows_time"] else FORMATS[0] if other["shows_am_pm"] else FORMATS[1]
    row = {"time_format": shown, "shows_seconds": other["shows_seconds"]}
    expect_equal(other["text"], expected_text(row, hour, minute, second), name)
    left, top, width, height = other["visible"]
    inside = left >= 0 and top >= 0 and left + width <= seen["width"] + 0.01 and top + height <= seen["height"] + 0.01
    expect(inside, f"{name}: {other['visible']} is not inside the picture")
    places = {"homography": other["homography"], "movement": other["movement"]}
    for hand in ("hour", "minute"):
        place = other[hand] or {"angle": -1, "x": -1, "y": -1}
        places |= {f"{hand}_angle": place["angle"], f"{hand}_x": place["x"], f"{hand}_y": place["y"]}
    u, v = solved(other["homography"], *other["centre"])
    expect(math.hypot(u, v) < 0.1, f"{name}: the centre is not where the homography has it")
    return hands(name, places, hour, minute, second)


def hands(name, seen, hour, minute, second):
    within = 0 if seen["movement"] == "jumping_minute" else second
    minutes = minute + within / 60
    hours = hour % 12 + minutes / 60
    found = 0
    for hand, angle in (("hour", hours * 30), ("minute", minutes * 6)):
        if seen[f"{hand}_angle"] < 0:
            continue
        expect(off(seen[f"{hand}_angle"], angle) < 1e-6, f"{name}: {hand} hand at {seen[hand + '_angle']}, not {angle}")
        u, v = solved(seen["homography"], seen[f"{hand}_x"], seen[f"{hand}_y"])
        points = math.degrees(math.atan2(u, -v)) % 360
        expect(off(points, angle) < 0.5, f"{name}: the tip of the {hand} hand points to {points:.2f}, not {angle:.2f}")
        found += 1
    return found


def read_back(seen, hour, minute):
    """Whether the time is read from the pixels, to a minute more or less; None where that is not tried."""
    angles = seen["hour_angle"], seen["minute_angle"]
    if min(angles) < 0 or not seen["shows_time"]:
        return None
    if seen["wild"] and off(*angles) < APART_MIN:
        return None
    read = clockread.read(np.asarray(seen["image"].convert("RGB")), seen["homography"])
    away = (read[0] * 60 + int(read[1]) - hour * 60 - minute) % 720
    return min(away, 720 - away) <= 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    folder = parser.parse_args().folder
    rows = faces = tips = wild = blank = several = 0
    names, designs = set(), {}
    tried, misread = {False: 0, True: 0}, {False: [], True: []}
    for split in ("train", "validation"):
        table = load_dataset(folder, "default", split=split)
        images = load_dataset(folder, "images", split=split)
        expect_equal(table.features.to_dict(), PUBLISHED, split)
        expect_equal(len(table), len(images), split)
        for row, seen in zip(table, images):
            expect_equal(row["example_id"], seen["example_id"], split)
            tips += looked_at(row, seen)
            hour, minute = (int(part) for part in seen["time"].split("T")[1].split(":")[:2])
            right = read_back(seen, hour, minute)
            tried[seen["wild"]] += right is not None
            if right is False:
                misread[seen["wild"]].append(row["example_id"])
            names.add(row["example_id"])
            designs.setdefault(row["watchface_id"], set()).add(split)
            rows, wild, blank = rows + 1, wild + seen["wild"], blank + (not seen["shows_time"])
            several += seen["others"] != "[]"
    expect_equal(len(names), rows, "example_id")
    expect(all(len(splits) == 1 for splits in designs.values()), "a design stands in both splits")
    for wild_ones, (share, few) in MISREAD.items():
        wrong = misread[wild_ones]
        expect(len(wrong) <= max(few, tried[wild_ones] * share // 100), f"hands are read wrongly in {wrong}")
    faces = len(designs)
    said = f"{rows} clocks, {faces} faces, {tips} hands, {wild} wild, {blank} without time, {several} beside others"
    print(f"datasets {datasets.__version__}: {said}")
    wrongly = f"wrongly {len(misread[False])} and {len(misread[True])}"
    print(f"hands read from pixels: {tried[False]} still and {tried[True]} wild clocks, {wrongly}")


if __name__ == "__main__":
    reading.run(main)
