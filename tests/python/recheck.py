"""Works the programs of a built docs folder out once more, in plain Python, and compares with the stored answers.

    python recheck.py data/shards/docs

Reads every Parquet file of every config `<name>_full`. A row holds `data` (JSON: the tables behind the picture) and
`questions` (a list with question, answer and program, the latter JSON). Each program is worked out in exact fractions;
the answer must be the stored one, letter by letter. `programs.py` says how.

Exit: 0 all answers agree, 1 some do not, 2 there was nothing to check.
"""

import argparse
import collections
import json
import pathlib
import sys

from programs import Evaluator, NoAnswer

# What evaluating damaged JSON can raise: to the reader of the report these are all disagreements.
FAILURES = (NoAnswer, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def questions_of(row):
    """The questions of a row, whether stored as a list of structs or as a struct of lists."""
    questions = row["questions"]
    if isinstance(questions, dict):
        names = list(questions)
        return [dict(zip(names, values)) for values in zip(*(questions[name] for name in names))]
    return questions


def check_row(row, used):
    """The disagreements of one row: (question, stored answer, what was found)."""
    try:
        evaluator = Evaluator(json.loads(row["data"]))
    except FAILURES as error:
        return [("(data)", "", f"the data cannot be read: {error!r}")]
    wrong = []
    for question in questions_of(row):
        try:
            found = evaluator.answer(json.loads(question["program"]))
        except FAILURES as error:
            found = f"no answer: {error!r}"
        if found != question["answer"]:
            wrong.append((question["question"], question["answer"], found))
    used.update(evaluator.used)
    return wrong


def rows_of(file):
    import pyarrow.parquet

    columns = ["image_id", "data", "questions"]
    for batch in pyarrow.parquet.ParquetFile(file).iter_batches(batch_size=256, columns=columns):
        yield from batch.to_pylist()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="a built docs folder")
    parser.add_argument("--show", type=int, default=50, help="how many disagreements to print")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*_full/*.parquet"))
    used, rows, questions, wrong = collections.Counter(), 0, 0, 0
    for file in files:
        for row in rows_of(file):
            rows += 1
            questions += len(questions_of(row))
            for question, stored, found in check_row(row, used):
                wrong += 1
                if wrong <= arguments.show:
                    print(f"{row['image_id']}\n  {question}\n  stored     `{stored}`\n  recomputed `{found}`")
    for name, count in sorted(used.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:9,}  {name}")
    print(f"{len(files)} files, {rows:,} pictures, {questions:,} questions, {wrong:,} disagreements")
    if not questions:
        print(f"nothing to check in {arguments.folder}", file=sys.stderr)
        return 2
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
