"""Pictures of a built docs folder with what is published about them, dealt so that every kind gets its turn."""

import collections
import io
import pathlib

import pyarrow.parquet
from PIL import Image


def picked(folder, count, kinds=None, columns=()):
    """(picture, full row) of up to `count` rows: the first of every kind, then the second of every kind, and so on.

    `kinds` limits them to these. Rows come file by file, so that each file is read once and one picture is held.
    """
    files = sorted(pathlib.Path(folder).glob("*_full/*.parquet"))
    by_kind = collections.defaultdict(list)
    for number, file in enumerate(files):
        names = pyarrow.parquet.read_table(file, columns=["kind"])["kind"].to_pylist()
        for row, kind in enumerate(names):
            if kinds is None or kind in kinds:
                by_kind[kind].append((number, row))
    dealt = sorted((turn, kind, place) for kind, places in by_kind.items() for turn, place in enumerate(places))
    wanted = collections.defaultdict(set)
    for _, _, (number, row) in dealt[:count]:
        wanted[number].add(row)
    for number, rows in sorted(wanted.items()):
        yield from pictures_of(files[number], rows, columns)


def pictures_of(file, rows, columns):
    """These rows of one `_full` file, each with its picture from the file of the same name in the main config."""
    main = file.parent.parent / file.parent.name.removesuffix("_full") / file.name
    columns = sorted({"image_id", "kind", "text_runs", *columns})
    full = pyarrow.parquet.read_table(file, columns=columns)
    images = pyarrow.parquet.ParquetFile(main).iter_batches(32, columns=["image", "image_id"])
    images = (image for batch in images for image in batch.to_pylist())
    for at, picture in enumerate(images):
        if at in rows:
            (row,) = full.slice(at, 1).to_pylist()
            if picture["image_id"] != row["image_id"]:
                raise SystemExit(f"{main}, row {at}: `{picture['image_id']}` beside `{row['image_id']}`")
            yield Image.open(io.BytesIO(picture["image"]["bytes"])).convert("RGB"), row
