"""Pies, dots, stacks and tables, tried on pictures drawn here with PIL whose true values are known."""

import json
import unittest

try:
    import numpy
    from PIL import Image, ImageDraw

    import cells
    import readback
except ImportError:
    raise unittest.SkipTest("numpy, PIL or pyarrow are not installed")

GROUND, COLORS = (250, 250, 246), [(40, 90, 170), (200, 60, 40), (60, 150, 80), (220, 170, 60)]
FINE = 4


def run(text, x, y, role="tick_label"):
    """A text run with its middle at a place."""
    width = 7.0 * len(text)
    box = {"x": x - width / 2, "y": y - 4.5, "width": width, "height": 9.0}
    return {"text": text, "role": role, **box, "size": 12.5, "angle": 0.0}


def mark(role, row, column, x, y, size=10.0):
    box = {"left": x - size / 2, "top": y - size / 2, "width": size, "height": size}
    return {"role": role, "table": 0, "row": row, "column": column, "label": f"row {row}", "x": x, "y": y, **box}


def data(rows):
    cell = lambda value: {"value": {"number": str(value)}, "shown": str(value)}
    names = lambda at: {"value": {"text": f"name {at}"}, "shown": f"name {at}"}
    return json.dumps({"tables": [{"rows": [[names(at), *map(cell, row)] for at, row in enumerate(rows)]}]})


def measured(image, kind, rows, marks, runs=()):
    found = readback.Found()
    full = {"image_id": "docs/5", "kind": kind, "data": data(rows), "marks": marks, "text_runs": list(runs)}
    readback.measure(numpy.asarray(image), full, found)
    return found


def pie(values, drawn=None, swapped=False, hole=0, legend=True):
    """A pie whose legend has the colours in order; `drawn` are the values that are drawn in place of the true ones."""
    image = Image.new("RGB", (500 * FINE, 400 * FINE), GROUND)
    draw, turn, marks = ImageDraw.Draw(image), -90.0, []
    drawn = drawn or values
    colors = [COLORS[1], COLORS[0], *COLORS[2:]] if swapped else COLORS
    for at, value in enumerate(drawn):
        end = turn + 360 * value / sum(drawn)
        draw.pieslice([100 * FINE, 80 * FINE, 360 * FINE, 340 * FINE], turn, end, fill=colors[at], outline=GROUND, width=6)
        middle = numpy.radians((turn + end) / 2)
        marks.append(mark("slice", at, 1, 230 + 95 * numpy.cos(middle), 210 + 95 * numpy.sin(middle)))
        turn = end
    if hole:
        draw.ellipse([(230 - hole) * FINE, (210 - hole) * FINE, (230 + hole) * FINE, (210 + hole) * FINE], fill=GROUND)
    if legend:
        for at in range(len(values)):
            draw.rectangle([420 * FINE, (100 + 20 * at) * FINE, 430 * FINE, (110 + 20 * at) * FINE], fill=COLORS[at])
            marks.append(mark("legend_key", at, 0, 425, 105 + 20 * at))
    image = image.resize((500, 400), Image.Resampling.BOX)
    return measured(image, "donut" if hole else "pie", [[value] for value in values], marks)


class Pies(unittest.TestCase):
    VALUES = [50, 20, 18, 12]

    def test_true_slices_agree(self):
        for options in [{}, {"hole": 60}, {"legend": False}]:
            with self.subTest(options=options):
                found = pie(self.VALUES, **options)
                self.assertEqual((found.wrong, len(found.measured)), ([], 4), found.left_out)

    def test_two_slices_in_each_others_colour_are_found(self):
        self.assertEqual(len(pie(self.VALUES, swapped=True).wrong), 2)

    def test_a_slice_that_is_too_large_is_found(self):
        self.assertTrue(pie(self.VALUES, drawn=[53, 20, 18, 12]).wrong)


def dots(off=0, hollow=False):
    """Dots over two axes with a grid; the third is drawn `off` pixels too far right."""
    image = Image.new("RGB", (600 * FINE, 400 * FINE), GROUND)
    draw, marks = ImageDraw.Draw(image), []
    rows = [[100, 900], [340, 620], [520, 150], [810, 480]]
    x, y = lambda value: 80 + 0.5 * value, lambda value: 350 - 0.3 * value
    ticks = range(0, 1001, 200)
    for tick in ticks:
        for box in ([80, y(tick), 580, y(tick) + 1], [x(tick), 50, x(tick) + 1, 350]):
            draw.rectangle([box[0] * FINE, box[1] * FINE, box[2] * FINE - 1, box[3] * FINE - 1], fill=(225, 225, 225))
    for at, (across, up) in enumerate(rows):
        place = (x(across) + 0.5 + (off if at == 2 else 0), y(up) + 0.5)
        box = [(place[0] - 5) * FINE, (place[1] - 5) * FINE, (place[0] + 5) * FINE, (place[1] + 5) * FINE]
        draw.ellipse(box, fill=GROUND if hollow else COLORS[0], outline=COLORS[0], width=8)
        marks.append(mark("dot", at, 2, *place))
    runs = [run(str(tick), 60, y(tick)) for tick in ticks] + [run(str(tick), x(tick), 370) for tick in ticks]
    for tick in runs[: len(ticks)]:
        tick["x"] = 70 - tick["width"]
    return measured(image.resize((600, 400), Image.Resampling.BOX), "scatter", rows, marks, runs)


class Dots(unittest.TestCase):
    def test_true_dots_agree(self):
        found = dots()
        self.assertEqual((found.wrong, len(found.measured)), ([], 8), found.left_out)

    def test_a_dot_that_is_three_pixels_off_is_found(self):
        self.assertEqual(len(dots(off=3).wrong), 1)

    def test_hollow_dots_are_measured_by_what_their_rings_enclose(self):
        found = dots(hollow=True)
        self.assertEqual((found.wrong, len(found.measured)), ([], 8), found.left_out)


def stacks(off=0):
    """Two stacked bars; the middle part of the first is drawn `off` pixels too long."""
    image = Image.new("RGB", (600, 400), GROUND)
    draw, marks, rows = ImageDraw.Draw(image), [], [[200, 300, 150], [120, 80, 400]]
    for bar, row in enumerate(rows):
        bottom = 350
        for part, value in enumerate(row):
            top = bottom - round(0.3 * value) - (off if (bar, part) == (0, 1) else 0)
            draw.rectangle([120 + 120 * bar, top, 179 + 120 * bar, bottom - 1], fill=COLORS[part])
            marks.append(mark("bar", bar, part + 1, 150 + 120 * bar, (top + bottom) / 2))
            bottom = top
    runs = [run(str(tick), 60, 350 - 0.3 * tick) for tick in range(0, 1001, 200)]
    for tick in runs:
        tick["x"] = 70 - tick["width"]
    return measured(image, "stacked_bar", rows, marks, runs)


class Stacks(unittest.TestCase):
    def test_true_parts_agree(self):
        found = stacks()
        self.assertEqual((found.wrong, len(found.measured)), ([], 6), found.left_out)

    def test_a_part_that_is_five_percent_too_long_is_found(self):
        self.assertEqual(len(stacks(off=5).wrong), 1)


class Tables(unittest.TestCase):
    def runs(self):
        headings = [run("Name", 40, 20, "header_cell"), run("Water", 140, 12, "header_cell")]
        headings += [run("level", 140, 26, "header_cell"), run("Boats", 240, 20, "header_cell")]
        rows = [("Ferry", "430", "17"), ("Mill", "226", "9"), ("Quay", "153", "345")]
        body = [run(text, 40 + 100 * at, 60 + 30 * row, "body_cell") for row, texts in enumerate(rows) for at, text in enumerate(texts)]
        return headings + body[::-1]

    def test_the_grid_is_found_from_places(self):
        grid = cells.grid_of(self.runs())
        said = [["".join(run["text"] for run in cell) for cell in row] for row in grid]
        self.assertEqual(said[0], ["Name", "Waterlevel", "Boats"])
        self.assertEqual(said[1:], [["Ferry", "430", "17"], ["Mill", "226", "9"], ["Quay", "153", "345"]])

    def test_a_row_without_a_cell_has_no_grid(self):
        with self.assertRaises(cells.Unreadable):
            cells.grid_of(self.runs()[:-1])

    def test_exchanged_cells_are_found_and_a_misread_letter_is_not(self):
        table = json.loads(data([[430, 17], [226, 9], [153, 345]]))["tables"][0]
        table["columns"] = [{"name": "Name"}, {"name": "Level"}, {"name": "Boats"}]
        read = [["Name", "Level (cm)", "Boats"], ["name 0", "430", "17"], ["name 1", "226", "9"], ["name 2", "153", "345"]]
        self.assertEqual(cells.compare(table, read), (12, []))
        read[1][1] = "480"
        self.assertEqual(cells.compare(table, read), (12, []))
        read[1][1], read[2][1] = "226", "430"
        self.assertEqual(len(cells.compare(table, read)[1]), 2)
        self.assertEqual(len(cells.compare(table, read[:-1])[1]), 12)


if __name__ == "__main__":
    unittest.main()
