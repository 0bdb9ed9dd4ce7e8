"""Draws one grouped bar chart as PNG with matplotlib, and an SVG of it with CairoSVG, and says what a picture costs.

Asked with one JSON object on standard input (`labels`, `series`, `title`, `axis`, `width`, `height`, `svg`, `rounds`);
answers with one JSON object a line: `name`, and `cpu_ms` or `skipped`. Times are processor time of this process for one
picture, warm, from the numbers (or the text of the SVG) to the bytes of the PNG.

    cargo bench -p pixmo-docs          asks it
"""

import io
import json
import sys
import time

WARM_UP = 3


def cpu_ms(draw, rounds):
    for _ in range(WARM_UP):
        draw()
    began = time.process_time()
    for _ in range(rounds):
        draw()
    return (time.process_time() - began) / rounds * 1000


def with_matplotlib(request):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    dpi = 100
    labels, series = request["labels"], request["series"]
    bar = 0.8 / len(series)

    def draw():
        figure, axes = pyplot.subplots(figsize=(request["width"] / dpi, request["height"] / dpi), dpi=dpi)
        for number, one in enumerate(series):
            places = [place + (number - (len(series) - 1) / 2) * bar for place in range(len(labels))]
            axes.bar(places, one["values"], bar, label=one["name"])
        axes.set_xticks(range(len(labels)), labels)
        axes.set_title(request["title"])
        axes.set_ylabel(request["axis"])
        axes.legend()
        axes.grid(axis="y")
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=dpi)
        pyplot.close(figure)
        return out.getvalue()

    check(draw(), request)
    return f"matplotlib {matplotlib.__version__}", draw


def with_cairosvg(request):
    import cairosvg

    svg = request["svg"].encode()

    def draw():
        return cairosvg.svg2png(bytestring=svg)

    check(draw(), request)
    return f"CairoSVG {cairosvg.__version__}", draw


def check(png, request):
    """A picture that is not one, or not of the size that was asked for, is not measured."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("it drew no PNG")
    size = tuple(int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    if size != (request["width"], request["height"]):
        raise ValueError(f"it drew {size[0]} x {size[1]} pixels")


def main():
    request = json.load(sys.stdin)
    for plain_name, prepare in (("matplotlib", with_matplotlib), ("CairoSVG", with_cairosvg)):
        try:
            name, draw = prepare(request)
            answer = {"name": name, "cpu_ms": cpu_ms(draw, request["rounds"])}
        except (ImportError, OSError, ValueError) as error:
            answer = {"name": plain_name, "skipped": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
