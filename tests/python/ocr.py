"""Reads texts back from the pixels of a built docs folder with Tesseract and counts the characters that were read.

    python ocr.py data/shards/docs [--pictures 100] [--size-min 12] [--show 20]

Takes `--pictures` pictures spread evenly over all rows of all configs, and of each every text run with letters of at
least `--size-min` pixels. Each run is cut out of the picture by its box with a margin, turned upright by its angle,
enlarged three times (Tesseract was taught with letters of about 30 px), put on a light ground, and read as one line.
Characters are compared by edit distance, after writing typographic signs (dashes, quotes, spaces) in their plain form:
read = characters - min(characters, distance), summed over all runs.

The last line is a JSON object with the figures. Exit: 0 always when something was read, 2 when there was nothing.
"""

import argparse
import collections
import concurrent.futures
import io
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

import pyarrow.parquet
from PIL import Image, ImageOps

SCALE = 3
MARGIN = 24
PLAIN = str.maketrans("–—−‐‑‒“”„‘’‚′″×·•…", "------\"\"\"''''\"x..…", "\u00ad")


def plain(text):
    text = unicodedata.normalize("NFKC", text).translate(PLAIN)
    return "".join(text.split())


def distance(left, right):
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def pictures_of(folder, count):
    """(picture, full row), spread evenly over the rows of all configs."""
    files = sorted(folder.glob("*_full/*.parquet"))
    rows = sum(pyarrow.parquet.ParquetFile(file).metadata.num_rows for file in files)
    wanted = {(2 * k + 1) * rows // (2 * count) for k in range(min(count, rows))}
    number = 0
    for file in files:
        main = folder / file.parent.name.removesuffix("_full") / file.name
        columns = ["image_id", "kind", "text_runs"]
        full = pyarrow.parquet.read_table(file, columns=columns).to_pylist()
        images = pyarrow.parquet.read_table(main, columns=["image", "image_id"])
        for at, row in enumerate(full):
            if number in wanted:
                (picture,) = images.slice(at, 1).to_pylist()
                assert picture["image_id"] == row["image_id"], file
                yield Image.open(io.BytesIO(picture["image"]["bytes"])).convert("RGB"), row
            number += 1


def cut(image, run):
    """The run alone, upright, dark on light, three times as large."""
    pad = 3
    left, top = math.floor(run["x"]) - pad, math.floor(run["y"]) - pad
    right, bottom = math.ceil(run["x"] + run["width"]) + pad, math.ceil(run["y"] + run["height"]) + pad
    box = (max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height))
    line = ImageOps.grayscale(image.crop(box))
    if run["angle"] % 360:
        # The angle turns the text clockwise; turning it back is counter-clockwise, as PIL counts.
        line = line.rotate(run["angle"], expand=True, resample=Image.Resampling.BICUBIC, fillcolor=ground(line))
    # The ground is the most frequent brightness; where it is the dark part, the picture is inverted.
    if ground(line) < 128:
        line = ImageOps.invert(line)
    line = line.resize((line.width * SCALE, line.height * SCALE), Image.Resampling.LANCZOS)
    line = ImageOps.autocontrast(line)
    return ImageOps.expand(line, MARGIN, fill=ground(line))


def ground(line):
    counts = line.histogram()
    return max(range(256), key=counts.__getitem__)


def read_lines(names, folder, number):
    """Reads files of one line each with one run of Tesseract."""
    listing = os.path.join(folder, f"list-{number}.txt")
    with open(listing, "w", encoding="utf-8") as file:
        file.write("\n".join(names))
    command = ["tesseract", listing, "stdout", "--psm", "7", "-c", "page_separator=\f", "--dpi", "300", "-l", "eng"]
    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
    )
    if done.returncode:
        sys.exit(f"tesseract ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    pages = done.stdout.decode("utf-8").split("\f")
    # Older releases put the separator behind the last page too.
    if len(pages) == len(names) + 1 and not pages[-1].strip():
        pages.pop()
    if len(pages) != len(names):
        sys.exit(f"tesseract read {len(pages)} of {len(names)} lines")
    return pages


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="a built docs folder")
    parser.add_argument("--pictures", type=int, default=100)
    parser.add_argument("--size-min", type=float, default=12.0)
    parser.add_argument("--show", type=int, default=40, help="how many of the worst lines to print")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        runs, names, pictures = [], [], 0
        for image, row in pictures_of(arguments.folder, arguments.pictures):
            pictures += 1
            for run in row["text_runs"]:
                if run["size"] < arguments.size_min or not plain(run["text"]):
                    continue
                name = os.path.join(folder, f"{len(names):06}.png")
                cut(image, run).save(name, compress_level=1)
                names.append(name)
                runs.append((row, run))
        workers = os.cpu_count() or 1
        batches = [names[start : start + 100] for start in range(0, len(names), 100)]
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            jobs = [pool.submit(read_lines, batch, folder, number) for number, batch in enumerate(batches)]
            lines = [line for job in jobs for line in job.result()]
    return report(runs, lines, pictures, arguments.show)


def report(runs, lines, pictures, show):
    characters, wrong, worst = 0, 0, []
    by_kind = collections.defaultdict(lambda: [0, 0])
    for (row, run), line in zip(runs, lines, strict=True):
        expected, found = plain(run["text"]), plain(line)
        errors = min(len(expected), distance(expected, found))
        characters += len(expected)
        wrong += errors
        kind = by_kind[row["kind"]]
        kind[0] += len(expected)
        kind[1] += errors
        if errors:
            worst.append((errors, row["image_id"], row["kind"], run, line.strip()))
    worst.sort(key=lambda entry: -entry[0])
    for errors, image_id, kind, run, line in worst[:show]:
        place = f"({run['x']:.0f}, {run['y']:.0f}) {run['size']:.0f} px, {run['angle']:g}°"
        print(f"{image_id} {kind} {run['role']} {place}: `{run['text']}` was read as `{line}`")
    for kind, (all_of_kind, wrong_of_kind) in sorted(by_kind.items()):
        print(f"{100 * (1 - wrong_of_kind / all_of_kind):6.2f} % of {all_of_kind:6,} characters  {kind}")
    if not characters:
        print("nothing was read", file=sys.stderr)
        return 2
    share = round(100 * (1 - wrong / characters), 3)
    print(
        json.dumps({"pictures": pictures, "texts": len(runs), "characters": characters, "read_percent": share})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
