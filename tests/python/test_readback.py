"""Reading values back, tried on pictures drawn here with PIL whose true positions are known."""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

try:
    import numpy
    from PIL import Image, ImageDraw
except ImportError:
    raise unittest.SkipTest("numpy and PIL are not installed")

import axes
import readback

GROUND, INK, BLUE, RED = (250, 250, 246), (60, 60, 60), (40, 90, 170), (200, 60, 40)
WIDTH, HEIGHT = 600, 400
FINE = 4  # lines are drawn this many times larger and then made smaller


def run(text, x, y, role="tick_label"):
    """A text run of digits with its middle at y, ending at x."""
    width = 7.0 * len(text)
    return {"text": text, "role": role, "x": x - width, "y": y - 4.5, "width": width, "height": 9.0, "size": 12.5, "angle": 0.0}


def mark(role, row, column, x, y):
    return {"role": role, "table": 0, "row": row, "column": column, "label": "", "x": x, "y": y}


def cell(value):
    if value is None:
        return {"value": "missing", "shown": ""}
    return {"value": {"number": str(value)}, "shown": f"{value:,}"}


def table(series):
    rows = [[{"value": {"text": str(2000 + i)}, "shown": str(2000 + i)}, *map(cell, row)] for i, row in enumerate(zip(*series))]
    return json.dumps({"tables": [{"name": "t", "columns": [], "rows": rows}]})


def pixel(value):
    """The scale of the upright pictures: 0 at 350, 1000 at 50."""
    return 350 - 0.3 * value


TICKS = [run(f"{value:,}", 70, pixel(value)) for value in range(-200, 1001, 200)]
YEARS = [run(str(2000 + i), 120 + 60 * i, 380) for i in range(6)]


def check(image, kind, series, marks, runs):
    found = readback.Found()
    full = {"image_id": "docs/7", "kind": kind, "data": table(series), "marks": marks, "text_runs": runs}
    readback.measure(numpy.asarray(image), full, found)
    return found


def bars(values, off=0, gradient=False, label=False, corner=0, grid=True, drop=0, lift=0):
    """Upright bars; the last is drawn `off` pixels too long, the tick labels hang `drop` pixels
    too low, and all bars float `lift` pixels too high."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    marks, runs = [], [{**tick, "y": tick["y"] + drop} for tick in TICKS] + YEARS
    for value in range(0, 1001 if grid else 0, 200):
        draw.line([(72, pixel(value)), (590, pixel(value))], fill=(225, 225, 225))
    for index, value in enumerate(values):
        if value is None:
            continue
        left = 90 + 60 * index
        end = round(pixel(value)) - (off if index == len(values) - 1 else 0)
        top, bottom = min(end, 350) - lift, max(end, 350) - lift
        draw.rounded_rectangle([left, top, left + 39, bottom - 1], corner, fill=BLUE)
        if gradient:
            for row in range(top, bottom):
                shade = int(80 * (row - top) / max(bottom - top, 1))
                draw.line([(left, row), (left + 39, row)], fill=(40 + shade, 90 + shade, 170))
        center = (left + 20, (top + bottom) / 2)
        if label:
            text = run(str(value), center[0] + 14, center[1], "value_label")
            draw.rectangle([text["x"], text["y"], text["x"] + text["width"], text["y"] + 9], fill=(255, 255, 255))
            runs = runs + [text]
        marks.append(mark("bar", index, 1, *center))
    return check(image, "vertical_bar", [values], marks, runs)


class Bars(unittest.TestCase):
    VALUES = [120, 433, 999, 871, 57, 640]

    def test_true_bars_agree(self):
        for options in [{}, {"gradient": True}, {"label": True}, {"corner": 6}, {"corner": 19}, {"drop": 3}, {"grid": False, "drop": 3}]:
            with self.subTest(options=options):
                found = bars(self.VALUES, **options)
                self.assertEqual(found.wrong, [])
                self.assertEqual(len(found.errors["vertical_bar"]), len(self.VALUES))

    def test_a_bar_that_is_three_pixels_too_long_or_short_is_found(self):
        for off in (3, -3):
            for grid in (True, False):
                found = bars(self.VALUES, off=off, grid=grid)
                self.assertEqual(len(found.wrong), 1)
                self.assertIn("docs/7", found.wrong[0])

    def test_bars_that_all_float_above_their_zero_are_found(self):
        self.assertEqual(len(bars(self.VALUES, lift=3).wrong), len(self.VALUES))

    def test_bars_below_zero_are_read_downwards(self):
        found = bars([300, -130, 500])
        self.assertEqual((found.wrong, len(found.errors["vertical_bar"])), ([], 3))

    def test_missing_and_tiny_bars_are_left_out(self):
        found = bars([300, None, 2, 500])
        self.assertEqual((found.wrong, len(found.errors["vertical_bar"])), ([], 2))
        self.assertEqual(found.left_out["vertical_bar", "shorter than 4 px"], 1)

    def test_lying_bars_are_read_to_the_right(self):
        for off in (0, 3):
            image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
            draw = ImageDraw.Draw(image)
            values, marks = [150, 420, 77.5], []
            ticks = [run(str(value), 100 + value + 3.5 * len(str(value)), 370) for value in range(0, 451, 50)]
            for index, value in enumerate(values):
                top, end = 40 + 60 * index, round(100 + value) + (off if index == 1 else 0)
                draw.rectangle([100, top, end - 1, top + 29], fill=RED)
                marks.append(mark("bar", index, 1, (100 + end) / 2, top + 15))
            found = check(image, "horizontal_bar", [values], marks, ticks)
            self.assertEqual(len(found.errors["horizontal_bar"]), 3)
            self.assertEqual(len(found.wrong), 1 if off else 0)


def lines(series, off=0, markers=False, grid=True):
    """Lines over the same places; the third point of the first one is drawn `off` pixels too high."""
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), GROUND)
    draw = ImageDraw.Draw(image)
    marks = []
    for value in range(0, 1001 if grid else 0, 200):
        draw.rectangle([72 * FINE, pixel(value) * FINE, 590 * FINE, (pixel(value) + 1) * FINE - 1], fill=(225, 225, 225))
    for column, values in enumerate(series, start=1):
        color = (BLUE, RED)[column - 1]
        points = []
        for index, value in enumerate(values):
            y = pixel(value) - (off if (index, column) == (2, 1) else 0)
            points.append((100.5 + 60 * index, y))
            marks.append(mark("line_point", index, column, *points[-1]))
        draw.line([(x * FINE, y * FINE) for x, y in points], fill=color, width=2 * FINE, joint="curve")
        for x, y in points if markers else []:
            draw.ellipse([(x - 4) * FINE, (y - 4) * FINE, (x + 4) * FINE, (y + 4) * FINE], fill=GROUND, outline=color, width=2 * FINE)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    return check(image, "multi_line", series, marks, TICKS + YEARS)


class Lines(unittest.TestCase):
    A, B = [120, 433, 380, 420, 700, 640], [900, 850, 870, 800, 580, 300]

    def test_true_points_agree(self):
        for markers in (False, True):
            found = lines([self.A, self.B], markers=markers)
            self.assertEqual(found.wrong, [])
            self.assertEqual(len(found.errors["multi_line"]), 12, found.left_out)
            self.assertLess(max(map(abs, found.errors["multi_line"])), 1.5)

    def test_a_point_that_is_four_pixels_off_is_found(self):
        for off in (4, -4):
            self.assertEqual(len(lines([self.A, self.B], off=off).wrong), 1)

    def test_points_under_another_line_are_left_out(self):
        found = lines([self.A, [900, 850, 390, 800, 580, 300]])
        self.assertEqual(found.wrong, [])
        self.assertEqual(found.left_out["multi_line", "another series within 10 px"], 2)

    def test_lines_without_a_line_at_a_tick_are_left_out(self):
        found = lines([self.A], grid=False)
        self.assertEqual((found.wrong, found.left_out["multi_line", "no line at a tick"]), ([], 6))

    def test_steep_points_are_left_out(self):
        found = lines([[100, 120, 950, 110, 100, 90]])
        self.assertEqual((found.wrong, found.left_out["multi_line", "steeper than 3"]), ([], 3))


class Axes(unittest.TestCase):
    def test_numbers_are_read_as_they_are_written(self):
        for text, convention, number in [
            ("1,234.5", (".", ","), "1234.5"),
            ("1.234,5", (",", "."), "1234.5"),
            ("\u2212$1,200", (".", ","), "-1200"),
            ("12.5k", (".", ","), "12500"),
            ("3 M€", (".", ","), None),
            ("20 kg", (".", ","), "20"),
            ("1\u2009234 %", (",", " \u2009"), "1234"),
            ("2.5M", (".", ","), "2500000"),
        ]:
            if number is not None:
                self.assertEqual(axes.parsed(text, convention), axes.Fraction(number), text)
        for text in ["Jan", "", "1,23", "12 to 15", "Q1 2020"]:
            self.assertIsNone(axes.parsed(text, (".", ",")), text)

    def test_the_convention_comes_from_the_cells(self):
        def of(shown, value):
            return [{"rows": [[{"value": {"number": value}, "shown": shown}]]}]

        self.assertEqual(axes.conventions_of(of("1.234,5", "1234.5")), [(",", ".")])
        self.assertEqual(axes.conventions_of(of("1,234", "1234")), [(".", ",")])
        self.assertEqual(axes.conventions_of(of("1,234", "1.234")), [c for c in axes.CONVENTIONS if c[0] == ","])

    def test_a_logarithmic_axis_is_refused(self):
        runs = [run(text, 70, y) for text, y in [("1", 350), ("10", 250), ("100", 150), ("1,000", 50)]]
        with self.assertRaisesRegex(axes.Unreadable, "not linear"):
            axes.read_axis(runs, json.loads(table([[5, 10]]))["tables"], False)

    def test_years_below_are_no_axis_of_values(self):
        with self.assertRaisesRegex(axes.Unreadable, "no axis of values"):
            axes.read_axis(YEARS, json.loads(table([[5, 10]]))["tables"], False)


class Folder(unittest.TestCase):
    def test_a_folder_is_read_and_reported(self):
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            self.skipTest("pyarrow is not installed")
        values = [300, 500, 800]
        for off, code in [(0, 0), (5, 1)]:
            image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
            draw = ImageDraw.Draw(image)
            marks = []
            for index, value in enumerate(values):
                top = round(pixel(value)) - off
                draw.rectangle([90 + 60 * index, top, 129 + 60 * index, 349], fill=BLUE)
                marks.append(mark("bar", index, 1, 110 + 60 * index, (top + 350) / 2))
            data = io.BytesIO()
            image.save(data, "PNG")
            row = {"image_id": "docs/9", "kind": "vertical_bar", "data": table([values]), "text_runs": TICKS, "marks": marks}
            with tempfile.TemporaryDirectory() as folder:
                rows = {"charts": {"image_id": "docs/9", "image": {"bytes": data.getvalue(), "path": "9.png"}}, "charts_full": row}
                for name, content in rows.items():
                    file = pathlib.Path(folder) / name / "train-00000-of-00001.parquet"
                    file.parent.mkdir()
                    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([content]), file)
                output = io.StringIO()
                with mock.patch.object(sys, "argv", ["readback.py", folder]), contextlib.redirect_stdout(output):
                    self.assertEqual(readback.main(), code, output.getvalue())
            self.assertIn("3 marks measured", output.getvalue())

    def test_an_empty_folder_is_not_a_success(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(sys, "argv", ["readback.py", folder]):
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                self.assertEqual(readback.main(), 2)


if __name__ == "__main__":
    unittest.main()
