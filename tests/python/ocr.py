"""Reads texts back from the pixels of a built docs folder with Tesseract and counts the characters that were read.

    python ocr.py data/shards/docs [--pictures 300] [--runs 16] [--size-min 12] [--show 40]

Takes `--pictures` pictures dealt over all kinds (`samples.py`), and of each up to `--runs` text runs with letters of at
least `--size-min` pixels, drawn by lot with the picture's name as the seed (0 takes all). `lines.py` cuts each run out
of the picture, upright, dark on light, with letters of about 30 px, which is the size that Tesseract was taught with;
it is then read as one line.

Tesseract must be told the language. It is that of the picture (column `language`), and where a run has a letter that
this language does not use (a name from another country), the language of `LETTERS` that has it. Runs for which no
data is installed are counted as left out, and so are those with letters of no language here; tests/setup.sh installs
the data.

Characters are compared by edit distance: read = characters - min(characters, distance), summed over all runs.
Before that both sides are written plainly, which folds exactly this and nothing else:
  - compatibility forms (NFKC): ligatures, full-width letters, superior and inferior figures (`m²` is `m2`);
  - dashes and the minus sign to `-`; curly, straight and prime quotes to `'`, two of them to `"`;
  - `×` to `x`, middle dots and bullets to `.`; soft hyphens go;
  - all blanks go, since a blank has no pixels.
Letters that look alike (`O` and `0`, `l` and `1`) are not folded.

The last line is a JSON object with the figures. Exit: 0 when something was read, 2 when there was nothing.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unicodedata

import lines
import samples

FOLDED = {"-": "–—―−‐‑‒", '"': "“”„‟″", "'": "‘’‚‛′`´", "x": "×", ".": "·•∙", "": "\u00ad"}
PLAIN = str.maketrans({sign: to for to, signs in FOLDED.items() for sign in signs})
# Languages by their codes in the column `language`, and as Tesseract calls them.
LANGUAGES = {
    "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "pt": "por", "nl": "nld", "pl": "pol",
    "sv": "swe", "tr": "tur", "el": "ell", "cs": "ces", "uk": "ukr", "ru": "rus",
}  # fmt: skip
# Letters beyond a to z that the languages use. Where a run has others than those of the picture's language, the first
# language here that has them all is taken.
LETTERS = {
    "eng": "",
    "deu": "äöüß",
    "fra": "àâæçéèêëîïôœùûüÿ",
    "spa": "áéíñóúü",
    "por": "áâãàçéêíóôõú",
    "ita": "àèéìíîòóùú",
    "swe": "åäöé",
    "nld": "áéëïóöüè",
    "pol": "ąćęłńóśźż",
    "tur": "çğıöşüâîû\u0307",
    "ces": "áčďéěíňóřšťúůýž",
    "ell": "".join(map(chr, range(0x386, 0x3CF))),
    "ukr": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "rus": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
# Alphabets of their own, to which the picture's own language is added.
OTHER_ALPHABETS = ("ell", "ukr", "rus")


def plain(text):
    text = unicodedata.normalize("NFKC", text).translate(PLAIN).replace("''", '"')
    return "".join(text.split())


def distance(left, right):
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def language_of(text, language):
    """What Tesseract has to be told for a text in a picture of this language, or None."""
    own = LANGUAGES[language]
    foreign = {letter for letter in text.lower() if letter.isalpha() and letter > "\x7f"}
    if foreign <= set(LETTERS.get(own, "")) | set("µº"):
        return own
    others = [name for name, letters in LETTERS.items() if foreign <= set(letters)]
    if not others:
        return None
    # Latin letters are read by one language at a time, which is faster and errs less.
    return f"{others[0]}+{own}" if others[0] in OTHER_ALPHABETS else others[0]


def installed():
    said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True)
    return set(said.stdout.split()[1:])


def read_lines(names, folder, number, language):
    """Reads files of one line each with one run of Tesseract."""
    listing = os.path.join(folder, f"list-{number}.txt")
    with open(listing, "w", encoding="utf-8") as file:
        file.write("\n".join(names))
    command = ["tesseract", listing, "stdout", "--psm", "7", "-c", "page_separator=\f"]
    command += ["--dpi", "300", "-l", language]
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
    return [page.strip() for page in pages]


def read_crops(crops, folder, batch=150):
    """What Tesseract reads in each (picture of a line, language), in their order."""
    groups = collections.defaultdict(list)
    for number, (line, language) in enumerate(crops):
        name = os.path.join(folder, f"{number:06}.pgm")
        line.save(name)
        groups[language].append((number, name))
    found = [""] * len(crops)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        jobs = []
        for language, members in sorted(groups.items()):
            for start in range(0, len(members), batch):
                part = members[start : start + batch]
                names = [name for _, name in part]
                job = pool.submit(read_lines, names, folder, f"{len(jobs)}", language)
                jobs.append((part, job))
        for part, job in jobs:
            for (number, _), text in zip(part, job.result(), strict=True):
                found[number] = text
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="a built docs folder")
    parser.add_argument("--pictures", type=int, default=300)
    parser.add_argument("--runs", type=int, default=16, help="the most runs of a picture, 0 for all")
    parser.add_argument("--size-min", type=float, default=12.0)
    parser.add_argument("--show", type=int, default=40, help="how many of the worst lines to print")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the cut lines that were read wrongly")
    arguments = parser.parse_args()

    known, left_out, pictures = installed(), 0, 0
    runs, crops = [], []
    columns = ["language", "theme", "fonts"]
    for image, row in samples.picked(arguments.folder, arguments.pictures, columns=columns):
        pictures += 1
        fit = [r for r in row["text_runs"] if r["size"] >= arguments.size_min and plain(r["text"])]
        if arguments.runs and len(fit) > arguments.runs:
            fit = random.Random(row["image_id"]).sample(fit, arguments.runs)
        for run in fit:
            language = language_of(run["text"], row["language"])
            if language is None or not set(language.split("+")) <= known:
                left_out += len(plain(run["text"]))
                continue
            crops.append((lines.cut(image, run, row["text_runs"]), language))
            runs.append((row, run))
    with tempfile.TemporaryDirectory() as folder:
        found = read_crops(crops, folder)
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        for (row, run), (line, _), text in zip(runs, crops, found, strict=True):
            if plain(text) != plain(run["text"]):
                line.save(arguments.keep / f"{row['image_id']}-{run['element']}.png")
    return report(runs, found, pictures, left_out, arguments.show)


def report(runs, found, pictures, left_out, show):
    characters, wrong, worst = 0, 0, []
    groups = {name: collections.defaultdict(lambda: [0, 0]) for name in ("font", "theme", "kind")}
    for (row, run), line in zip(runs, found, strict=True):
        expected = plain(run["text"])
        errors = min(len(expected), distance(expected, plain(line)))
        characters += len(expected)
        wrong += errors
        for name, key in [("font", ", ".join(row["fonts"])), ("theme", row["theme"]), ("kind", row["kind"])]:
            group = groups[name][key]
            group[0] += len(expected)
            group[1] += errors
        if errors:
            worst.append((errors, row, run, line))
    worst.sort(key=lambda entry: -entry[0])
    for errors, row, run, line in worst[:show]:
        place = f"({run['x']:.0f}, {run['y']:.0f}) {run['size']:.0f} px, {run['angle']:g}°"
        look = f"{row['theme']}, {' and '.join(row['fonts'])}"
        print(f"{row['image_id']} {row['kind']} {run['role']} {place} ({look}): `{run['text']}` was read as `{line}`")
    if not characters:
        print("nothing was read", file=sys.stderr)
        return 2
    for name, members in groups.items():
        shares = sorted((100 * (1 - bad / all_of_it), all_of_it, key) for key, (all_of_it, bad) in members.items())
        for share, all_of_it, key in shares:
            if share < 97 or name == "kind":
                print(f"{share:6.2f} % of {all_of_it:6,} characters  {name} {key}")
    share = round(100 * (1 - wrong / characters), 3)
    figures = {"pictures": pictures, "kinds": len(groups["kind"]), "texts": len(runs), "characters": characters}
    print(json.dumps({**figures, "left_out": left_out, "read_percent": share}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
