"""Draws one clock face as PNG with matplotlib, Pillow and cairocffi, and says what a picture costs.

Asked with one JSON object on standard input (`size`, `hour`, `minute`, `second`, `rounds`); answers with one JSON object a
line: `name`, and `cpu_ms` or `skipped`. Times are processor time of this process for one picture, warm, from the time
to the bytes of the PNG. Each draws the same: a shaded ground, a bezel, a shaded dial, sixty marks, twelve numerals, three
hands with a shadow under each, and a cap. Pillow, which has no soft edges, draws four times as large and shrinks.

    cargo bench -p pixmo-clocks          asks it
"""

import io
import json
import math
import sys

from peers import cpu_ms

MARKS = 60
GROUND, GROUND_END = (0.80, 0.82, 0.86), (0.62, 0.65, 0.70)
BEZEL, DIAL, DIAL_END = (0.25, 0.27, 0.30), (0.98, 0.97, 0.93), (0.85, 0.83, 0.78)
INK, SHADOW, RED = (0.10, 0.10, 0.12), (0.0, 0.0, 0.0, 0.25), (0.80, 0.10, 0.10)


def polar(degrees, reach):
    turn = math.radians(degrees)
    return reach * math.sin(turn), -reach * math.cos(turn)


def hands(request):
    """Angle, length and width of each hand, and its colour."""
    hour, minute, second = request["hour"], request["minute"], request["second"]
    return [
        (30 * hour + minute / 2, 0.50, 0.060, INK),
        (6 * minute + second / 10, 0.78, 0.040, INK),
        (6 * second, 0.84, 0.012, RED),
    ]


def with_matplotlib(request):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot
    from matplotlib.patches import Circle

    size = request["size"]
    ramp = [[n / 255] for n in range(256)]

    def draw():
        figure = pyplot.figure(figsize=(size / 100, size / 100), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(-1.15, 1.15)
        axes.set_ylim(1.15, -1.15)
        axes.axis("off")
        shade = matplotlib.colors.LinearSegmentedColormap.from_list("ground", [GROUND, GROUND_END])
        axes.imshow(ramp, extent=(-1.15, 1.15, 1.15, -1.15), cmap=shade, aspect="auto", zorder=0)
        axes.add_patch(Circle((0, 0), 1.06, color=BEZEL, zorder=0.5))
        dial = axes.imshow(
            ramp,
            extent=(-1, 1, 1, -1),
            cmap=matplotlib.colors.LinearSegmentedColormap.from_list("dial", [DIAL, DIAL_END]),
            aspect="auto",
            zorder=1,
        )
        dial.set_clip_path(Circle((0, 0), 1.0, transform=axes.transData))
        for mark in range(MARKS):
            long = mark % 5 == 0
            (x0, y0), (x1, y1) = polar(6 * mark, 0.88 if long else 0.92), polar(6 * mark, 0.96)
            axes.plot((x0, x1), (y0, y1), color=INK, linewidth=3 if long else 1)
        for number in range(1, 13):
            x, y = polar(30 * number, 0.75)
            axes.text(x, y, str(number), ha="center", va="center", fontsize=size / 24, color=INK)
        for degrees, reach, width, colour in hands(request):
            (x0, y0), (x1, y1) = polar(degrees + 180, 0.15), polar(degrees, reach)
            points = width * size * 0.3
            axes.plot((x0 + 0.02, x1 + 0.02), (y0 + 0.03, y1 + 0.03), color=SHADOW, linewidth=points)
            axes.plot((x0, x1), (y0, y1), color=colour, linewidth=points)
        axes.add_patch(Circle((0, 0), 0.04, color=RED, zorder=5))
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=100)
        pyplot.close(figure)
        return out.getvalue()

    check(draw(), size)
    return f"matplotlib {matplotlib.__version__}", draw


def with_pillow(request):
    import PIL
    from PIL import Image, ImageDraw, ImageFont

    size, fine = request["size"], 4
    side = size * fine
    unit = side / 2.3
    font = ImageFont.load_default(size=int(unit * 0.17))

    def byte(colour):
        return tuple(round(255 * part) for part in colour)

    def ramp(first, last, length):
        column = Image.new("RGB", (1, 256))
        for n in range(256):
            column.putpixel((0, n), byte(a + (b - a) * n / 255 for a, b in zip(first, last)))
        return column.resize((length, length), Image.Resampling.BILINEAR)

    def draw():
        picture = ramp(GROUND, GROUND_END, side)
        pen = ImageDraw.Draw(picture, "RGBA")
        middle = side / 2

        def place(degrees, reach, shift=(0.0, 0.0)):
            x, y = polar(degrees, reach)
            return middle + (x + shift[0]) * unit, middle + (y + shift[1]) * unit

        def ring(reach):
            return [middle - reach * unit, middle - reach * unit, middle + reach * unit, middle + reach * unit]

        pen.ellipse(ring(1.06), fill=byte(BEZEL))
        inside = Image.new("L", (side, side))
        ImageDraw.Draw(inside).ellipse(ring(1.0), fill=255)
        picture.paste(ramp(DIAL, DIAL_END, side), (0, 0), inside)
        for mark in range(MARKS):
            long = mark % 5 == 0
            ends = [place(6 * mark, 0.88 if long else 0.92), place(6 * mark, 0.96)]
            pen.line(ends, fill=byte(INK), width=int(unit * (0.02 if long else 0.007)))
        for number in range(1, 13):
            pen.text(place(30 * number, 0.75), str(number), anchor="mm", fill=byte(INK), font=font)
        for degrees, reach, width, colour in hands(request):
            for shift, fill in (((0.02, 0.03), byte(SHADOW)), ((0.0, 0.0), byte(colour))):
                ends = [place(degrees + 180, 0.15, shift), place(degrees, reach, shift)]
                pen.line(ends, fill=fill, width=max(1, int(unit * width)))
        pen.ellipse(ring(0.04), fill=byte(RED))
        out = io.BytesIO()
        picture.resize((size, size), Image.Resampling.BOX).save(out, format="png", compress_level=1)
        return out.getvalue()

    check(draw(), size)
    return f"Pillow {PIL.__version__}", draw


def with_cairo(request):
    import cairocffi as cairo

    size = request["size"]
    unit = size / 2.3

    def draw():
        surface = cairo.ImageSurface(cairo.FORMAT_RGB24, size, size)
        pen = cairo.Context(surface)
        pen.translate(size / 2, size / 2)
        pen.scale(unit, unit)

        def shade(first, last, reach):
            pattern = cairo.LinearGradient(0, -reach, 0, reach)
            pattern.add_color_stop_rgb(0, *first)
            pattern.add_color_stop_rgb(1, *last)
            pen.set_source(pattern)

        shade(GROUND, GROUND_END, 1.15)
        pen.paint()
        pen.arc(0, 0, 1.06, 0, 2 * math.pi)
        pen.set_source_rgb(*BEZEL)
        pen.fill()
        pen.arc(0, 0, 1.0, 0, 2 * math.pi)
        shade(DIAL, DIAL_END, 1.0)
        pen.fill()
        pen.set_source_rgb(*INK)
        for mark in range(MARKS):
            long = mark % 5 == 0
            pen.move_to(*polar(6 * mark, 0.88 if long else 0.92))
            pen.line_to(*polar(6 * mark, 0.96))
            pen.set_line_width(0.02 if long else 0.007)
            pen.stroke()
        pen.set_font_size(0.17)
        for number in range(1, 13):
            x, y = polar(30 * number, 0.75)
            left, top, width, height, _, _ = pen.text_extents(str(number))
            pen.move_to(x - left - width / 2, y - top - height / 2)
            pen.show_text(str(number))
        for degrees, reach, width, colour in hands(request):
            pen.set_line_width(width)
            for shift, fill in (((0.02, 0.03), SHADOW), ((0.0, 0.0), (*colour, 1.0))):
                (x0, y0), (x1, y1) = polar(degrees + 180, 0.15), polar(degrees, reach)
                pen.move_to(x0 + shift[0], y0 + shift[1])
                pen.line_to(x1 + shift[0], y1 + shift[1])
                pen.set_source_rgba(*fill)
                pen.stroke()
        pen.arc(0, 0, 0.04, 0, 2 * math.pi)
        pen.set_source_rgb(*RED)
        pen.fill()
        out = io.BytesIO()
        surface.write_to_png(out)
        return out.getvalue()

    check(draw(), size)
    return f"cairocffi {cairo.VERSION}", draw


def check(png, size):
    """A picture that is not one, or not of the size that was asked for, is not measured."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("it drew no PNG")
    drawn = tuple(int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    if drawn != (size, size):
        raise ValueError(f"it drew {drawn[0]} x {drawn[1]} pixels")


def main():
    request = json.load(sys.stdin)
    ways = (("matplotlib", with_matplotlib), ("Pillow", with_pillow), ("cairocffi", with_cairo))
    for plain_name, prepare in ways:
        try:
            name, draw = prepare(request)
            answer = {"name": name, "cpu_ms": cpu_ms(draw, request["rounds"])}
        except (ImportError, OSError, ValueError) as error:
            answer = {"name": plain_name, "skipped": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
