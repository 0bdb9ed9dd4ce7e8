"""Loads the tiny examples of `cargo run -p pixmo-schemas --example write_examples -- FOLDER` with the installed release
of `datasets` and compares features, values, pictures and row ids with FOLDER/expected.json.

    python check_examples.py FOLDER
"""

import io
import json
import os
import struct
import sys

import reading
from reading import expect, expect_equal

import datasets
import PIL.Image
import pyarrow.parquet
from datasets import Features, load_dataset

OLD = datasets.__version__.startswith("3.")
# Tables of ours beside the published datasets.
OURS = ("pixmo-images", "pixmo-image-clusters")


def main():
    if len(sys.argv) != 2:
        print("usage: check_examples.py FOLDER", file=sys.stderr)
        sys.exit(2)
    folder = sys.argv[1]
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    published = [name for name in expected if name.startswith("pixmo-") and name not in OURS]
    expect_equal(len(published), 9, f"{folder}: number of published datasets")

    tables = 0
    for dataset, configs in expected.items():
        path = os.path.join(folder, dataset)
        card = {info["config_name"]: info for info in reading.front_matter(path)["dataset_info"]}
        expect_equal(list(card), list(configs), f"{dataset}: configs on the card")
        for config, table in configs.items():
            check_card(f"{dataset}/{config}", card[config]["features"], table["features"])
            # Nobody has to name the config of a dataset that has only one.
            loaded = load_dataset(path) if config == "default" else load_dataset(path, config)
            expect_equal(set(loaded), set(table["splits"]), f"{dataset}/{config}: splits")
            for split, rows in table["splits"].items():
                at = f"{dataset}/{config}/{split}"
                check_table(at, loaded[split], table["features"], rows["rows"])
                file = os.path.join(path, "data" if config == "default" else config, f"{split}-00000-of-00001.parquet")
                check_file(at, file, table["features"], rows)
                tables += 1
    print(f"datasets {datasets.__version__}: {len(expected)} datasets, {tables} tables: as expected")


def check_card(at, yaml, features):
    """The block of the card means the same features, and is what the old release itself would write."""
    expect_equal(Features._from_yaml_list(yaml), Features.from_dict(features), f"{at}: features on the card")
    if OLD:
        expect_equal(yaml, Features.from_dict(features)._to_yaml_list(), f"{at}: spelling on the card")


def check_file(at, file, features, expected):
    """The file alone, without the card beside it: metadata, pictures, row ids."""
    schema = pyarrow.parquet.read_schema(file)
    expect(b"huggingface" in (schema.metadata or {}), f"{at}: the file has no metadata `huggingface`")
    metadata = json.loads(schema.metadata[b"huggingface"])
    expect_equal(metadata, {"info": {"features": features}}, f"{at}: metadata of the file")
    if OLD:
        # Dicts compare without order, texts do not.
        own = json.loads(Features.from_dict(features).arrow_schema.metadata[b"huggingface"])
        expect_equal(json.dumps(metadata), json.dumps(own), f"{at}: spelling of the metadata")
    alone = load_dataset("parquet", data_files=file, split="train")
    check_table(f"{at} without its card", alone, features, expected["rows"])
    raw = pyarrow.parquet.read_table(file).to_pylist()
    ids = [reading.row_id(features, row) for row in raw]
    expect_equal(ids, expected["row_ids"], f"{at}: row ids")


def check_table(at, table, features, rows):
    expect_equal(table.features, Features.from_dict(features), f"{at}: features")
    expect_equal(list(table.features), list(features), f"{at}: order of columns")
    expect_equal(table.num_rows, len(rows), f"{at}: number of rows")
    for name, feature in table.features.items():
        if isinstance(feature, datasets.Audio):
            # Decoding sound needs libraries that the tests do not install.
            table = table.cast_column(name, datasets.Audio(sampling_rate=feature.sampling_rate, decode=False))
    for number, (found, want) in enumerate(zip(table, rows)):
        for name, feature in features.items():
            compare(f"{at} row {number} {name}", feature, found[name], want[name])


def compare(at, feature, found, want):
    """Compares a value as `datasets` hands it out with the value as JSON."""
    kind = "List" if isinstance(feature, list) else feature["_type"]
    if want is None:
        expect(found is None or is_all_none(found), f"{at}: found `{reading.shown(found)}`, expected null")
    elif kind == "List":
        expect(isinstance(found, list), f"{at}: found `{type(found)}`, expected a list of structs")
        compare_lists(at, found, want, lambda at, f, w: compare_fields(at, feature[0], f, w))
    elif kind == "Sequence" and isinstance(feature["feature"], dict) and "_type" not in feature["feature"]:
        expect(isinstance(found, dict), f"{at}: found `{type(found)}`, expected a struct of lists")
        lists = {name: {"_type": "Sequence", "feature": inner} for name, inner in feature["feature"].items()}
        compare_fields(at, lists, found, want)
    elif kind == "Sequence":
        compare_lists(at, found, want, lambda at, f, w: compare(at, feature["feature"], f, w))
    elif kind == "Image":
        check_picture(at, found, bytes(want["bytes"]))
    elif kind == "Audio":
        expect_equal(found, {"bytes": bytes(want["bytes"]), "path": want["path"]}, at)
    elif feature["dtype"] == "binary":
        expect_equal(found, bytes(want), at)
    elif feature["dtype"] == "float32":
        expect_equal(struct.pack("<f", found), struct.pack("<f", want), at)
    else:
        expect_equal((type(found), found), (type(want), want), at)


def compare_lists(at, found, want, compare_elements):
    expect_equal(len(found), len(want), f"{at}: length")
    for i, (f, w) in enumerate(zip(found, want)):
        compare_elements(f"{at}[{i}]", f, w)


def compare_fields(at, features, found, want):
    if want is None:
        expect(found is None or is_all_none(found), f"{at}: found `{reading.shown(found)}`, expected null")
        return
    expect_equal(list(found), list(features), f"{at}: fields")
    for name, feature in features.items():
        compare(f"{at}.{name}", feature, found[name], want[name])


def is_all_none(found):
    """A null struct may be handed out as a struct of nulls."""
    return isinstance(found, dict) and all(value is None for value in found.values())


def check_picture(at, found, encoded):
    expect(isinstance(found, PIL.Image.Image), f"{at}: found `{reading.shown(found)}`, expected a decoded picture")
    expect_equal(found.size, PIL.Image.open(io.BytesIO(encoded)).size, f"{at}: size")
    for y in range(found.height):
        for x in range(found.width):
            expect_equal(found.getpixel((x, y)), (x * 10 % 256, y * 10 % 256, 77), f"{at}: pixel {x}, {y}")


if __name__ == "__main__":
    reading.run(main)
