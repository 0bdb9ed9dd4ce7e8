"""Loads a finished `images` dataset as others do and holds its rows to the pictures in them.

    python check_images.py FOLDER [COPY_SIDE]

Every row has a picture: the original, whose SHA-256, size and upright shape must be those of the row, or with COPY_SIDE
a smaller JPEG that is as upright and has the same shape.
"""

import hashlib
import io
import json
import pathlib
import sys

import datasets
import PIL.Image
import PIL.ImageOps
from datasets import load_dataset
from reading import expect, expect_equal


def main():
    folder = pathlib.Path(sys.argv[1])
    side = int(sys.argv[2]) if len(sys.argv) > 2 else None
    manifest = json.loads((folder / "manifest.json").read_text())
    table = load_dataset(str(folder), split="train")
    expect_equal(table.num_rows, manifest["rows"], "number of rows")
    decoded = table.cast_column("image", datasets.Image(decode=False))
    for row, raw in zip(table, decoded):
        at = f"row {row['row']}"
        content = raw["image"]["bytes"]
        shape = PIL.ImageOps.exif_transpose(PIL.Image.open(io.BytesIO(content))).size
        if side is None:
            expect_equal(hashlib.sha256(content).hexdigest(), row["sha256"], f"{at}: sha256")
            expect_equal(len(content), row["bytes"], f"{at}: bytes")
            expect_equal(shape, (row["width"], row["height"]), f"{at}: upright size")
        else:
            scale = min(1, side / max(row["width"], row["height"]))
            expect_equal(raw["image"]["path"], f"{row['sha256']}-{side}px.jpg", f"{at}: name of the copy")
            for copy, whole in zip(shape, (row["width"], row["height"])):
                expect(abs(copy - whole * scale) <= 1, f"{at}: a copy of {shape} of {row['width']} x {row['height']}")
        # `datasets` decodes it itself.
        expect(isinstance(row["image"], PIL.Image.Image), f"{at}: the picture is not decoded")
        for column in ("licence_evidence", "opt_out"):
            expect(isinstance(json.loads(row[column]), list), f"{at}: {column}")
        expect(isinstance(json.loads(row["other"]), dict), f"{at}: other")
    told = f"datasets {datasets.__version__}: {table.num_rows} images"
    try:
        import polars
    except ImportError:
        pass
    else:
        frame = polars.read_parquet(str(folder / "data" / "*.parquet"))
        expect_equal(frame["sha256"].to_list(), table["sha256"][:], "hashes as polars reads them")
        told += f", polars {polars.__version__}"
    print(told)


main()
