"""Counts what must be balanced and varied in the questions and pictures of a built docs folder.

    python balance.py data/shards/docs

  yes/no     Of the questions answered by Yes or No, half are Yes: 50 % within 2.
  options    Among questions with options, each place holds the right one equally often: 1 / number of options within 2 %.
  answers    No answer of a kind of question makes up more than 3 % of its answers, or than 1.5 times an even share where
             there are few different ones (days of the week). Yes/no, options and refusals are left out, and counts, whose
             answers are small numbers: of these the most frequent share is told. So are kinds with fewer than
             `ANSWERS_MIN` answers.
  openings   No two words begin more than 25 % of all questions.
  plans      Different plans (kind, subject, form of the data) are 90 % of the rows or more.
  pictures   The mean distance of pictures of charts, by how their colours and edges are spread, is above that of bar
             charts drawn here as DVQA draws them: one kind, one look, random colours and values.

Small samples stray: each bound is widened by three standard errors of a share in a sample of its size, which for the
full dataset is nothing.

The last line is a JSON object with the figures. Exit: 0 all bounds are kept, 1 one is not, 2 there was nothing to count.
"""

import argparse
import collections
import json
import pathlib
import random
import sys

import numpy
import pyarrow.parquet
from PIL import Image, ImageDraw

import samples

ANSWERS_MIN = 200
WITHIN = 0.02
ANSWER_MAX = 0.03
ABOVE_EVEN = 1.5
FEW_MAX = 0.75
OPENING_MAX = 0.25
PLANS_MIN = 0.9
DESCRIBED = 120


def stray(share, count):
    """Three standard errors of a share."""
    return 3 * (share * (1 - share) / count) ** 0.5


class Counted:
    def __init__(self):
        self.rows, self.questions, self.plans = 0, 0, set()
        self.truths, self.openings = collections.Counter(), collections.Counter()
        self.places = collections.defaultdict(collections.Counter)
        self.answers = collections.defaultdict(collections.Counter)

    def add(self, row):
        self.rows += 1
        self.plans.add(row["plan"])
        for question in row["questions"]:
            self.questions += 1
            self.openings[" ".join(question["question"].split()[:2])] += 1
            program, answer = json.loads(question["program"]), question["answer"]
            if "yes_no" in program:
                self.truths[answer] += 1
            elif "choice" in program:
                labels = program["choice"]["labels"]
                self.places[len(labels)][labels.index(answer)] += 1
            elif "absent" not in program:
                small = answer.isdigit() and len(answer) <= 2
                is_count = small and any(name in json.dumps(program) for name in COUNTS)
                self.answers[question["kind"], "count" if is_count else "open"][answer] += 1


COUNTS = ('{"count":', '{"count_', '{"degree":', '{"steps":', '{"distinct":', '{"number_columns":')


def judged(counted):
    """(figures, what is out of bounds)."""
    wrong, figures = [], {"rows": counted.rows, "questions": counted.questions}
    truths = sum(counted.truths.values())
    yes = counted.truths["Yes"] / truths
    figures["yes_percent"] = round(100 * yes, 2)
    if abs(yes - 0.5) > WITHIN + stray(0.5, truths):
        wrong.append(f"{yes:.1%} of {truths:,} truths are Yes")
    figures["options_furthest_percent"] = 0.0
    for labels, places in sorted(counted.places.items()):
        count, even = sum(places.values()), 1 / labels
        for place in range(labels):
            off = places[place] / count - even
            figures["options_furthest_percent"] = max(figures["options_furthest_percent"], round(100 * abs(off), 2))
            if abs(off) > WITHIN + stray(even, count):
                wrong.append(f"place {place + 1} of {labels} is right in {places[place] / count:.1%} of {count:,}")
    most = {"open": 0.0, "count": 0.0}
    for (kind, form), answers in sorted(counted.answers.items()):
        count = sum(answers.values())
        if count < ANSWERS_MIN:
            continue
        (answer, times), *_ = answers.most_common(1)
        most[form] = max(most[form], times / count)
        bound = max(ANSWER_MAX, min(FEW_MAX, ABOVE_EVEN / len(answers)))
        if form == "open" and times / count > bound + stray(bound, count):
            wrong.append(f"`{answer}` is {times / count:.1%} of {count:,} answers to `{kind}`")
    figures["answer_most_percent"] = round(100 * most["open"], 2)
    figures["count_most_percent"] = round(100 * most["count"], 2)
    opening, times = counted.openings.most_common(1)[0]
    figures["opening_most"], figures["opening_percent"] = opening, round(100 * times / counted.questions, 2)
    if times / counted.questions > OPENING_MAX:
        wrong.append(f"{times / counted.questions:.1%} of the questions begin with `{opening}`")
    figures["plans_percent"] = round(100 * len(counted.plans) / counted.rows, 2)
    if len(counted.plans) < PLANS_MIN * counted.rows:
        wrong.append(f"{len(counted.plans):,} plans in {counted.rows:,} rows")
    return figures, wrong


def described(image):
    """How the colours and edges of a picture are spread: 16 x 16 places of its mean colours, and 8 directions of its
    edges by a coarse grid, each part of length 1."""
    small = numpy.asarray(image.convert("RGB").resize((16, 16), Image.Resampling.BOX), dtype=float).ravel() / 255
    gray = numpy.asarray(image.convert("L").resize((128, 128), Image.Resampling.BOX), dtype=float)
    down, across = numpy.gradient(gray)
    strength = numpy.hypot(down, across)
    turn = ((numpy.arctan2(down, across) + numpy.pi) / (2 * numpy.pi) * 8).astype(int) % 8
    edges = numpy.zeros((4, 4, 8))
    rows, columns = numpy.indices(gray.shape) // 32
    numpy.add.at(edges, (rows, columns, turn), strength)
    edges = edges.ravel() / max(numpy.linalg.norm(edges), 1e-9)
    return numpy.concatenate([(small - 0.5) / 16, edges])


def spread(descriptions):
    """The mean distance between two different ones."""
    points = numpy.array(descriptions)
    apart = numpy.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=-1))
    return float(apart.sum() / (len(points) * (len(points) - 1)))


def baseline(count):
    """Bar charts in one look, as in DVQA: random numbers, values and colours, on white."""
    draw_lots = random.Random(7)
    for _ in range(count):
        image = Image.new("RGB", (448, 448), "white")
        draw = ImageDraw.Draw(image)
        draw.line([(50, 30), (50, 390), (430, 390)], fill="black", width=2)
        bars, color = draw_lots.randint(2, 9), tuple(draw_lots.randrange(256) for _ in range(3))
        pitch = 380 / bars
        for bar in range(bars):
            left, height = 55 + bar * pitch, draw_lots.randint(20, 350)
            draw.rectangle([left, 390 - height, left + 0.7 * pitch, 389], fill=color)
            draw.text((left, 396), draw_lots.choice(["sum", "lack", "base", "score", "game"]), fill="black")
        yield image


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="a built docs folder")
    arguments = parser.parse_args()
    counted = Counted()
    for file in sorted(arguments.folder.glob("*_full/*.parquet")):
        for batch in pyarrow.parquet.ParquetFile(file).iter_batches(256, columns=["plan", "questions"]):
            for row in batch.to_pylist():
                counted.add(row)
    if not counted.truths or not counted.places:
        print(f"nothing to count in {arguments.folder}", file=sys.stderr)
        return 2
    figures, wrong = judged(counted)
    folder = arguments.folder
    kinds = {row for file in folder.glob("charts_full/*.parquet") for row in kinds_in(file)}
    ours = spread([described(image) for image, _ in samples.picked(folder, DESCRIBED, kinds)])
    theirs = spread([described(image) for image in baseline(DESCRIBED)])
    figures["spread"], figures["spread_of_bars"] = round(ours, 3), round(theirs, 3)
    if ours <= theirs:
        wrong.append(f"pictures are {ours:.3f} apart, bar charts of one look {theirs:.3f}")
    for line in wrong:
        print(line)
    print(json.dumps(figures))
    return 1 if wrong else 0


def kinds_in(file):
    return pyarrow.parquet.read_table(file, columns=["kind"])["kind"].to_pylist()


if __name__ == "__main__":
    sys.exit(main())
