#!/usr/bin/env python3
"""Plants changed copies of pictures, and pictures that only look alike, for the table of `pixmo-near`.

    near_plant.py INTO [FOLDER …]

Photographs come from the folders and from scikit-image, scikit-learn and matplotlib where they are installed. Writes
files and `planted.json`: a list of {file, picture, family, change, half}. Two files with the same `picture` are the same
picture; `family` joins what looks alike without being the same; half 0 is for tuning, half 1 for the report.
"""
import io
import json
import math
import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

SIDE_MAX = 1600


def photographs(folders):
    """Path and picture of all photographs, by name."""
    places = [Path(folder) for folder in folders]
    for module in ("skimage", "sklearn", "matplotlib"):
        try:
            place = Path(__import__(module).__file__).parent
        except ImportError:
            continue
        places.append({"skimage": place / "data", "sklearn": place / "datasets/images",
                       "matplotlib": place / "mpl-data/sample_data"}[module])
    # No photographs, or not at all like one: test cards, masks, stereo partners (those are look-alikes below), copies.
    out = ("chessboard", "logo", "phantom", "horse", "no_time", "multipage", "microaneurysms", "motorcycle", "color.png",
           "-copy", "Minduka", "topobathy", "clock_motion", "text.png", "page.png")
    for place in places:
        for path in sorted(place.glob("*")):
            if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp") and not any(o in path.name for o in out):
                yield path


def opened(path):
    picture = ImageOps.exif_transpose(Image.open(path))
    if picture.mode in ("RGBA", "LA", "P"):
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    picture = picture.convert("RGB")
    picture.thumbnail((SIDE_MAX, SIDE_MAX), Image.LANCZOS)
    return picture


def tiles(picture, least=300):
    """A picture as it is, or where it is large its four quarters, which show different things."""
    width, height = picture.size
    if min(width, height) < 2 * least:
        return [picture]
    half_w, half_h = width // 2, height // 2
    return [picture.crop((x, y, x + half_w, y + half_h)) for y in (0, half_h) for x in (0, half_w)]


def chart(values, kind, look):
    """A chart in one look; only the values differ between look-alikes."""
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    figure, axes = plt.subplots(figsize=look["size"], dpi=100)
    names = ["North", "South", "East", "West", "Centre", "Coast", "Hills", "Lakes"][:len(values)]
    if kind == "bars":
        axes.bar(names, values, color=look["colour"])
        axes.set_ylim(0, 100)
    elif kind == "lines":
        axes.plot(range(len(values)), values, color=look["colour"], marker="o", linewidth=2)
        axes.set_ylim(0, 100)
    elif kind == "pie":
        axes.pie(values, labels=names)
    else:
        axes.scatter(range(len(values)), values, s=60, color=look["colour"])
        axes.set_ylim(0, 100)
    axes.set_title(look["title"])
    out = io.BytesIO()
    figure.savefig(out, format="png")
    plt.close(figure)
    return Image.open(out).convert("RGB")


def clock(hour, minute, look):
    """A clock in one look; only the time differs between look-alikes."""
    side = 512
    picture = Image.new("RGB", (side, side), look["back"])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((40, 40, side - 40, side - 40), fill=look["dial"], outline=look["ink"], width=10)
    for n in range(12):
        angle = n * math.pi / 6
        x, y = math.sin(angle), -math.cos(angle)
        draw.line((256 + 180 * x, 256 + 180 * y, 256 + 205 * x, 256 + 205 * y), fill=look["ink"], width=8)
    for share, length, width in (((hour + minute / 60) / 12, 110, 16), (minute / 60, 165, 10)):
        angle = share * 2 * math.pi
        draw.line((256, 256, 256 + length * math.sin(angle), 256 - length * math.cos(angle)), fill=look["ink"], width=width)
    draw.ellipse((244, 244, 268, 268), fill=look["ink"])
    return picture


def tone(picture, curve):
    return picture.point([max(0, min(255, round(255 * curve(v / 255)))) for v in range(256)] * 3)


def font(size):
    try:
        return ImageFont.load_default(size)
    except TypeError:
        return ImageFont.load_default()


def changes(picture, rng):
    """(name, kind, bytes of the file, extension) of all changed copies."""
    width, height = picture.size

    def saved(image, form="JPEG", **more):
        out = io.BytesIO()
        image.save(out, form, **more)
        return out.getvalue(), {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[form]

    for quality in (30, 50, 75, 95):
        yield f"jpeg q{quality}", *saved(picture, quality=quality)
    for quality in (30, 75):
        yield f"webp q{quality}", *saved(picture, "WEBP", quality=quality)
    for scale in (0.25, 0.5, 1.5, 2.0):
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        yield f"resize {scale}", *saved(picture.resize(size, Image.BICUBIC), quality=85)
    for level in (0.03, 0.05, 0.1):
        cut = [rng.uniform(0, level) for _ in range(4)]
        cut[rng.randrange(4)] = level
        box = (round(width * cut[0]), round(height * cut[1]), round(width * (1 - cut[2])), round(height * (1 - cut[3])))
        yield f"crop to {level:.0%}", *saved(picture.crop(box), quality=85)
    level = 0.1
    box = (round(width * level), round(height * level), round(width * (1 - level)), round(height * (1 - level)))
    yield "crop 10% all sides", *saved(picture.crop(box), quality=85)
    for name, image in (
        ("brightness", ImageEnhance.Brightness(picture).enhance(rng.choice((0.7, 0.8, 1.2, 1.3)))),
        ("contrast", ImageEnhance.Contrast(picture).enhance(rng.choice((0.7, 0.8, 1.2, 1.4)))),
        ("saturation", ImageEnhance.Color(picture).enhance(rng.choice((0.0, 0.5, 1.5, 2.0)))),
        ("gamma", tone(picture, (lambda g: lambda v: v**g)(rng.choice((0.6, 0.75, 1.35, 1.7))))),
    ):
        yield name, *saved(image, quality=85)
    yield "mirrored", *saved(ImageOps.mirror(picture), quality=85)
    for name, share in (("text, small", 0.04), ("text, large", 0.09)):
        image = picture.copy()
        draw = ImageDraw.Draw(image)
        size = max(10, round(height * share))
        place = (round(width * rng.uniform(0.03, 0.2)), round(height * rng.choice((0.05, 0.45, 0.85))))
        words = rng.choice(("© stock photo 2024", "breaking news today", "example.com/pictures"))
        draw.text(place, words, fill=rng.choice(("white", "yellow", "black", "red")), font=font(size))
        yield name, *saved(image, quality=85)
    for share in (0.03, 0.08):
        border = round(min(width, height) * share)
        image = ImageOps.expand(picture, border, rng.choice(("black", "white", "#888888")))
        yield f"border {share:.0%}", *saved(image, quality=85)
    bars = Image.new("RGB", (width, round(height * 1.2)), "black")
    bars.paste(picture, (0, round(height * 0.1)))
    yield "black bars", *saved(bars, quality=85)
    image = picture.resize((round(width * 0.6), round(height * 0.6)), Image.LANCZOS)
    yield "resize, gamma, jpeg q50", *saved(tone(image, lambda v: v**0.8), quality=50)


def main():
    into = Path(sys.argv[1])
    folders = sys.argv[2:]
    into.mkdir(parents=True, exist_ok=True)
    listed = []

    def put(name, data, extension, **more):
        file = f"{len(listed):06d}.{extension}"
        (into / file).write_bytes(data)
        listed.append({"file": file, "picture": name, **more})

    def plant(name, picture, family, half, kind, all_changes=True):
        rng = random.Random(name)
        out = io.BytesIO()
        picture.save(out, "PNG")
        put(name, out.getvalue(), "png", family=family, change="original", half=half, kind=kind)
        for change, data, extension in changes(picture, rng) if all_changes else ():
            put(name, data, extension, family=family, change=change, half=half, kind=kind)

    count = 0
    for path in photographs([f for f in folders if "clocks" not in f]):
        whole = opened(path)
        half = count % 2
        for number, tile in enumerate(tiles(whole)):
            plant(f"photo {path.name} {number}", tile, f"photo {path.name}", half, "photo")
        # Views of one scene from further and further to the side.
        width, height = whole.size
        if min(width, height) >= 200:
            for number, (x, y) in enumerate([(0, 0), (0.18, 0), (0.36, 0), (0, 0.18), (0.18, 0.18), (0.36, 0.36)]):
                box = (round(x * width), round(y * height), round((x + 0.6) * width), round((y + 0.6) * height))
                plant(f"view {path.name} {number}", whole.crop(box), f"view {path.name}", half, "view of one scene", False)
        count += 1
    for folder in folders:
        if "clocks" in folder:
            for path in sorted(Path(folder).glob("*")):
                plant(f"rendered {path.name}", opened(path), f"rendered {path.name}", count % 2, "rendered clock")
                count += 1
    for number in range(16):
        rng = random.Random(f"look {number}")
        kind = ("bars", "lines", "pie", "dots")[number % 4]
        look = {"size": rng.choice(((6, 4), (5, 5), (8, 4))), "colour": rng.choice(("tab:blue", "tab:red", "tab:green")),
                "title": rng.choice(("Yield by region", "Sales in 2023", "Visitors per day"))}
        length = rng.randrange(4, 9)
        for version in range(6):
            values = [rng.uniform(10, 95) for _ in range(length)]
            plant(f"chart {number} {version}", chart(values, kind, look), f"chart {number}", number // 4 % 2, "chart", version == 0)
    for number in range(12):
        rng = random.Random(f"clock {number}")
        look = {"back": rng.choice(("#ddd2c0", "#345", "#99a")), "dial": rng.choice(("white", "#fff6dd", "#e8eef5")),
                "ink": rng.choice(("black", "#222244", "#552211"))}
        for version in range(6):
            hour, minute = rng.randrange(12), rng.randrange(60)
            plant(f"clock {number} {version}", clock(hour, minute, look), f"clock {number}", number % 2, "clock", version == 0)
    try:
        import skimage
        data = Path(skimage.__file__).parent / "data"
        for side in ("left", "right"):
            plant(f"motorcycle {side}", opened(data / f"motorcycle_{side}.png"), "motorcycle", 1, "view of one scene", False)
    except ImportError:
        pass
    (into / "planted.json").write_text(json.dumps(listed, indent=0) + "\n")
    print(f"{len(listed)} files of {len({item['picture'] for item in listed})} pictures in {into}")


main()
