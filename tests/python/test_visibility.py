"""The proof of visibility and the counts of balance, tried on pictures and rows with planted faults."""

import json
import unittest

try:
    import numpy
    from PIL import Image, ImageDraw

    import balance
    import lines
    import ocr
    import visibility
except ImportError:
    raise unittest.SkipTest("numpy, PIL or pyarrow are not installed")


def text(words, x, y, color=(30, 30, 30), cover=0, image=None):
    """A text drawn with PIL's own letters, with its run; the right part of it may be covered."""
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = draw.textbbox((x, y), words)
    draw.text((x, y), words, fill=color)
    ink = numpy.argwhere((numpy.asarray(image)[int(top) : int(bottom) + 1, int(left) : int(right) + 1] != 255).any(axis=-1))
    (y0, x0), (y1, x1) = ink.min(axis=0), ink.max(axis=0) + 1
    box = {"x": float(left + x0), "y": float(top + y0), "width": float(x1 - x0), "height": float(y1 - y0)}
    if cover:
        draw.rectangle([box["x"] + box["width"] - cover, top, right + 2, bottom + 2], fill="white")
    return {"text": words, "role": "body", "element": 1, "size": 12.0, "angle": 0.0, **box}


def look(runs, image, question=None, marks=()):
    data = {"tables": [{"name": "t", "columns": [{"name": "Name", "kind": "text"}, {"name": "Boats", "kind": "number"}],
                        "rows": [[{"value": {"text": "Ferry"}, "shown": "Ferry"}, {"value": {"number": "217"}, "shown": "217"}]]}]}
    row = {"image_id": "docs/3", "kind": "plain", "family": "tables", "data": json.dumps(data), "marks": list(marks), "text_runs": runs}
    row["questions"] = [{"question": "?", "program": json.dumps(question)}] if question else []
    found = visibility.Found()
    found.look(numpy.asarray(image), row)
    return found.counts


def rows_named(name):
    return {"rows": {"table": 0, "keep": [{"column": 0, "is": {"text": name}}]}}


FORM = {"decimals": 0, "mark": ".", "group": None, "prefix": "", "suffix": "", "scale": 0}
NUMBER = {"print": {"of": {"number": {"rows": rows_named("Ferry"), "column": 1}}, "format": FORM}}
BEYOND = {"yes_no": {"greater": [{"number": {"rows": rows_named("Ferry"), "column": 1}}, {"constant": "100"}]}}


class Runs(unittest.TestCase):
    def setUp(self):
        self.image = Image.new("RGB", (300, 100), "white")

    def test_a_good_text_has_no_fault(self):
        self.assertEqual(look([text("Ferry landing", 20, 20, image=self.image)], self.image)["run"], 0)

    def test_a_cut_text_is_found(self):
        self.assertEqual(look([text("Ferry landing", 20, 20, cover=8, image=self.image)], self.image)["run"], 1)

    def test_a_faint_text_is_found(self):
        faint = text("Ferry landing", 20, 20, color=(170, 170, 170), image=self.image)
        self.assertEqual(look([faint], self.image)["run"], 1)

    def test_a_small_text_and_one_outside_are_found(self):
        run = text("Ferry landing", 20, 20, image=self.image)
        self.assertEqual(look([{**run, "size": 8.0}], self.image)["run"], 1)
        self.assertEqual(look([{**run, "x": 280.0}], self.image)["run"], 1)

    def test_texts_over_each_other_are_found(self):
        first, second = text("Ferry", 20, 20, image=self.image), text("Mill", 24, 22, image=self.image)
        self.assertEqual(look([first, second], self.image)["overlap"], 1)
        third = text("Quay", 120, 20, image=self.image)
        self.assertEqual(look([first, third], self.image)["overlap"], 0)

    def test_turned_texts_are_compared_by_their_own_boxes(self):
        # Two parallel texts at 45 degrees: the boxes around them overlap, they do not.
        run = {"text": "a", "size": 10.0, "angle": 315.0, "x": 20.0, "y": 20.0, "width": 60.0, "height": 60.0}
        other = {**run, "x": 45.0}
        self.assertEqual(list(visibility.overlaps([run, other])), [])
        self.assertEqual(len(list(visibility.overlaps([run, {**run, "x": 23.0}]))), 1)


class Operands(unittest.TestCase):
    def setUp(self):
        self.image = Image.new("RGB", (300, 100), "white")

    def count(self, words, question, marks=()):
        return look([text(words, 20, 20, image=self.image)], self.image, question, marks)["operand"]

    def test_a_number_must_be_printed_whole(self):
        self.assertEqual(self.count("Ferry: 217", NUMBER), 0)
        for words in ("Ferry: 2,217", "Ferry: 2170", "Ferry: 217.5", "Ferry"):
            self.assertEqual(self.count(words, NUMBER), 1, words)

    def test_a_compared_number_may_be_drawn(self):
        self.assertEqual(self.count("Ferry", BEYOND), 1)
        self.assertEqual(self.count("Ferry", BEYOND, [{"table": 0, "row": 0, "column": 1}]), 0)

    def test_a_given_text_must_be_printed(self):
        shown = {"shown": {"rows": rows_named("Ferry"), "column": 0}}
        self.assertEqual(self.count("Fer ry", shown), 0)
        self.assertGreater(self.count("Quay", shown), 0)


class Texts(unittest.TestCase):
    def test_what_is_folded_and_what_is_not(self):
        self.assertEqual(ocr.plain("−5 m² “ﬁne”"), ocr.plain('-5m2 "fine"'))
        for left, right in [("O", "0"), ("l", "1"), ("é", "e"), (",", "."), ("Σ", "E"), ("5", "S")]:
            self.assertNotEqual(ocr.plain(left), ocr.plain(right))

    def test_languages_are_chosen_by_letters(self):
        for words, language, told in [
            ("Water", "en", "eng"),
            ("Straße", "de", "deu"),
            ("Łódź", "en", "pol"),
            ("Παλαιά Bank", "en", "ell+eng"),
            ("Іван", "de", "ukr+deu"),
            ("東京", "en", None),
        ]:
            self.assertEqual(ocr.language_of(words, language), told, words)

    def test_turned_boxes_give_back_the_size(self):
        for angle in (0.0, 90.0, 270.0, 20.0, 330.0):
            turn = numpy.radians(angle)
            box = {"width": 80 * abs(numpy.cos(turn)) + 12 * abs(numpy.sin(turn)),
                   "height": 80 * abs(numpy.sin(turn)) + 12 * abs(numpy.cos(turn))}
            width, height = lines.upright_size({**box, "angle": angle, "size": 14.0})
            self.assertAlmostEqual(width, 80, places=3)
            self.assertAlmostEqual(height, 12, places=3)


def rows(truths, answers=None):
    """Rows with a truth, a choice of three and an open answer each."""
    for at in range(900):
        choice = {"choice": {"labels": ["A", "B", "C"], "options": [], "of": {}}}
        yield {
            "plan": str(at),
            "questions": [
                {"question": f"Is it {at}", "kind": "t", "answer": truths[at % len(truths)], "program": '{"yes_no":{}}'},
                {"question": f"Which of {at}", "kind": "c", "answer": "ABC"[at % 3], "program": json.dumps(choice)},
                {"question": f"Name the {at}", "kind": "n", "answer": answers or str(at), "program": '{"shown":{}}'},
                {"question": f"Say the {at}", "kind": "s", "answer": f"s{at}", "program": '{"shown":{}}'},
                {"question": f"Read the {at}", "kind": "r", "answer": f"r{at}", "program": '{"shown":{}}'},
            ],
        }


def counted(all_rows):
    result = balance.Counted()
    for row in all_rows:
        result.add(row)
    return balance.judged(result)[1]


class Balance(unittest.TestCase):
    def test_balanced_rows_have_no_fault(self):
        self.assertEqual(counted(rows(["Yes", "No"])), [])

    def test_a_lean_to_yes_is_found(self):
        self.assertEqual(len(counted(rows(["Yes", "Yes", "No"]))), 1)

    def test_one_answer_to_all_is_found(self):
        self.assertEqual(len(counted(rows(["Yes", "No"], "Mill"))), 1)

    def test_a_favoured_place_and_one_opening_and_one_plan_are_found(self):
        leaning = [{**row, "plan": "1"} for row in rows(["Yes", "No"])]
        for row in leaning:
            row["questions"][1]["answer"] = "A"
            for question in row["questions"]:
                question["question"] = "Is it"
        wrong = " ".join(counted(leaning))
        for part in ("place 1 of 3", "begin with `Is it`", "1 plans in 900 rows"):
            self.assertIn(part, wrong)


if __name__ == "__main__":
    unittest.main()
