"""Cuts a text run out of a picture so that a reader of texts can read it as one line."""

import math

import numpy
from PIL import Image, ImageOps

LETTERS = 42  # the size of the font after scaling, so that capitals are about 30 px high
MARGIN = 24
PAD = 1  # what is taken around the box of a run: its edge pixels are mixed with the ground


def upright_size(run):
    """Width and height of a run before it was turned, from the box around it after turning."""
    turn = math.radians(run["angle"])
    cos, sin = abs(math.cos(turn)), abs(math.sin(turn))
    width, height = run["width"], run["height"]
    if abs(cos - sin) < 0.2:
        # Near 45 degrees the box says only the sum of both, so the height of capitals is taken for the line; what is
        # cut out is higher, for what hangs below.
        return (width - 0.7 * run["size"] * sin) / cos, 1.1 * run["size"]
    span = cos * cos - sin * sin
    return (width * cos - height * sin) / span, (height * cos - width * sin) / span


def ground(line):
    """The most frequent brightness of the rim, where even heavy letters leave more ground than ink."""
    pixels = numpy.array(line)
    rim = numpy.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    return int(numpy.bincount(rim, minlength=256).argmax())


def alone(image, run, others):
    """The box of a run that is not turned, with the boxes of its neighbours painted over outside it."""
    left, top = math.floor(run["x"]) - PAD, math.floor(run["y"]) - PAD
    right, bottom = math.ceil(run["x"] + run["width"]) + PAD, math.ceil(run["y"] + run["height"]) + PAD
    box = (max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height))
    part = ImageOps.grayscale(image.crop(box))
    near = [
        other
        for other in others
        if other is not run
        and other["angle"] % 90 == 0
        and other["x"] < box[2]
        and other["x"] + other["width"] > box[0]
        and other["y"] < box[3]
        and other["y"] + other["height"] > box[1]
    ]
    if near:
        pixels = numpy.array(part)
        hide = numpy.zeros(pixels.shape, dtype=bool)
        for other in near:
            x, y = other["x"] - box[0], other["y"] - box[1]
            rows = slice(max(math.floor(y), 0), math.ceil(y + other["height"]))
            hide[rows, max(math.floor(x), 0) : math.ceil(x + other["width"])] = True
        x, y = run["x"] - box[0], run["y"] - box[1]
        rows = slice(math.floor(y), math.ceil(y + run["height"]))
        hide[rows, math.floor(x) : math.ceil(x + run["width"])] = False
        pixels[hide] = ground(part)
        part = Image.fromarray(pixels)
    return part


def turned_back(image, run):
    """A turned run, upright, without what stands in the corners of the box around it."""
    middle = (run["x"] + run["width"] / 2, run["y"] + run["height"] / 2)
    width, height = upright_size(run)
    half = math.ceil(math.hypot(width, height) / 2) + 4
    left, top = round(middle[0]) - half, round(middle[1]) - half
    part = ImageOps.grayscale(image).crop((left, top, left + 2 * half, top + 2 * half))
    # The angle turns the text clockwise; turning it back is counter-clockwise, as PIL counts.
    centre = (middle[0] - left, middle[1] - top)
    part = part.rotate(run["angle"], resample=Image.Resampling.BICUBIC, center=centre)
    wide, high = width / 2 + PAD, height / 2 + PAD
    box = (centre[0] - wide, centre[1] - high, centre[0] + wide, centre[1] + high)
    return part.crop((math.floor(box[0]), math.floor(box[1]), math.ceil(box[2]), math.ceil(box[3])))


def cut(image, run, others):
    """The run alone, upright, black on white, with letters of about 30 px."""
    line = turned_back(image, run) if run["angle"] % 360 else alone(image, run, others)
    # Ink is what differs from the ground, be it darker or lighter.
    pixels = numpy.array(line, dtype=float)
    apart = numpy.abs(pixels - ground(line))
    pixels = 255 - 255 * apart / max(apart.max(), 1)
    scale = LETTERS / run["size"]
    size = (max(round(line.width * scale), 1), max(round(line.height * scale), 1))
    line = Image.fromarray(pixels.astype(numpy.uint8)).resize(size, Image.Resampling.LANCZOS)
    return ImageOps.expand(line, MARGIN, fill=255)
