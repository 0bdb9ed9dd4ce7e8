"""The plain Python evaluator: the shared hand-checked cases, and a folder with a wrong answer.

    python -m unittest discover -s tests/python
"""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

import programs
import recheck

SHARED = json.loads((pathlib.Path(__file__).parent.parent / "fixtures" / "programs.json").read_text("utf-8"))


class Cases(unittest.TestCase):
    def test_every_case_is_answered_as_by_hand(self):
        self.assertGreaterEqual(len(SHARED["cases"]), 90)
        evaluator = programs.Evaluator(SHARED["data"])
        for case in SHARED["cases"]:
            with self.subTest(case=case):
                if case.get("error"):
                    self.assertRaises(programs.NoAnswer, evaluator.answer, case["program"])
                else:
                    self.assertEqual(evaluator.answer(case["program"]), case["answer"])

    def test_every_operation_is_answered_somewhere(self):
        evaluator = programs.Evaluator(SHARED["data"])
        for case in SHARED["cases"]:
            if "answer" in case:
                evaluator.answer(case["program"])
        operations = {name.removeprefix("do_") for name in dir(programs.Evaluator) if name.startswith("do_")}
        self.assertEqual(set(evaluator.used), operations)

    def test_deep_programs_are_refused(self):
        evaluator = programs.Evaluator(SHARED["data"])
        form = {"decimals": 0, "mark": ".", "group": None, "prefix": "", "suffix": "", "scale": 0}

        def nested(depth):
            number = {"constant": "1"}
            for _ in range(depth):
                number = {"abs": number}
            return {"print": {"of": number, "format": form}}

        self.assertEqual(evaluator.answer(nested(62)), "1")
        self.assertRaises(programs.NoAnswer, evaluator.answer, nested(63))

    def test_wrong_formats_are_refused(self):
        evaluator = programs.Evaluator(SHARED["data"])
        good = {"decimals": 1, "mark": ".", "group": None, "prefix": "", "suffix": "", "scale": 0}
        program = lambda form: {"print": {"of": {"constant": "12"}, "format": form}}
        self.assertEqual(evaluator.answer(program(good)), "12.0")
        for name, value in [("decimals", 29), ("decimals", -1), ("decimals", True), ("scale", 28), ("mark", ""), ("x", 1)]:
            self.assertRaises(programs.NoAnswer, evaluator.answer, program({**good, name: value}))


class Folder(unittest.TestCase):
    """A folder as a build leaves it."""

    def run_on(self, answers):
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            self.skipTest("pyarrow is not installed")
        cases = [case for case in SHARED["cases"] if "answer" in case]
        questions = [
            {"question": case["why"], "answer": answers(case), "program": json.dumps(case["program"])} for case in cases
        ]
        row = {"image_id": "docs/1", "data": json.dumps(SHARED["data"]), "questions": questions}
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "charts_full" / "train-00000-of-00001.parquet"
            file.parent.mkdir()
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist([row]), file)
            output = io.StringIO()
            with mock.patch.object(sys, "argv", ["recheck.py", folder]), contextlib.redirect_stdout(output):
                return recheck.main(), output.getvalue()

    def test_right_answers_agree(self):
        code, output = self.run_on(lambda case: case["answer"])
        self.assertEqual(code, 0, output)
        self.assertIn(" 0 disagreements", output)

    def test_a_wrong_answer_is_named(self):
        code, output = self.run_on(lambda case: "Maybe" if case["answer"] == "Costs" else case["answer"])
        self.assertEqual(code, 1)
        self.assertIn("docs/1", output)
        self.assertIn("stored     `Maybe`", output)
        self.assertIn("recomputed `Costs`", output)

    def test_an_empty_folder_is_not_a_success(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(sys, "argv", ["recheck.py", folder]):
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                self.assertEqual(recheck.main(), 2)


if __name__ == "__main__":
    unittest.main()
