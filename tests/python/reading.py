"""What both checks share: an offline `datasets`, comparing of values, and row ids made from their description.

Import this before `datasets`.
"""

import atexit
import hashlib
import logging
import os
import shutil
import struct
import sys
import tempfile

_cache = tempfile.mkdtemp(prefix="pixmo-datasets-")
atexit.register(shutil.rmtree, _cache, ignore_errors=True)
os.environ.update(
    HF_HUB_OFFLINE="1",
    HF_DATASETS_OFFLINE="1",
    HF_HOME=_cache,
    HF_DATASETS_CACHE=os.path.join(_cache, "datasets"),
    HF_DATASETS_DISABLE_PROGRESS_BARS="1",
    HF_HUB_DISABLE_PROGRESS_BARS="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    DO_NOT_TRACK="1",
)


class Wrong(Exception):
    """Something in the files is not as it must be. The text says where, what was found and what was expected."""


def expect(condition, message):
    if not condition:
        raise Wrong(message)


def expect_equal(found, expected, at):
    if found != expected:
        raise Wrong(f"{at}: found `{shown(found)}`, expected `{shown(expected)}`")


def shown(value):
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"


def run(main):
    """Runs a check: 0 when all is right, 1 with a message when something is wrong, 2 for a wrong call."""
    warnings = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warnings.append(record.getMessage())
    logging.getLogger("datasets").addHandler(handler)
    try:
        main()
        # What the library only warns of, such as a card that it does not understand, is wrong too.
        expect(not warnings, f"{len(warnings)} warnings of `datasets`, the first: {warnings[:1]}")
    except Wrong as wrong:
        print(f"error: {wrong}", file=sys.stderr)
        sys.exit(1)


def front_matter(folder):
    """The YAML at the head of a card."""
    import yaml

    with open(os.path.join(folder, "README.md"), encoding="utf-8") as card:
        text = card.read()
    expect(text.startswith("---\n"), f"{folder}/README.md: no front matter")
    return yaml.safe_load(text[4 : text.index("\n---\n", 3) + 1])


def row_id(features, row):
    """The id of a raw row, from the description at `row_id` in schemas/src/id.rs and from nothing else.

    `features` is the value of `features` in the metadata, `row` maps each column to its undecoded value.
    """
    content = hashlib.sha256()
    for name, feature in features.items():
        _add(content, feature, row[name])
    return content.hexdigest()


def _add(content, feature, value):
    def sized(tag, length):
        content.update(tag + struct.pack("<Q", length))

    if value is None:
        content.update(b"n")
    elif isinstance(feature, list):
        sized(b"l", len(value))
        for fields in value:
            _add_fields(content, feature[0], fields)
    elif feature["_type"] in ("Image", "Audio"):
        _add_fields(content, MEDIA, value)
    elif feature["_type"] == "Sequence" and "_type" not in feature["feature"] and isinstance(feature["feature"], dict):
        _add_fields(content, {n: {"_type": "Sequence", "feature": f} for n, f in feature["feature"].items()}, value)
    elif feature["_type"] == "Sequence":
        sized(b"l", len(value))
        for element in value:
            _add(content, feature["feature"], element)
    elif feature["dtype"] == "string":
        data = value.encode()
        sized(b"s", len(data))
        content.update(data)
    elif feature["dtype"] == "binary":
        sized(b"x", len(value))
        content.update(value)
    elif feature["dtype"] == "bool":
        content.update(b"b" + bytes([value]))
    elif feature["dtype"].startswith("int"):
        content.update(b"i" + struct.pack("<q", value))
    else:
        content.update(b"f" + struct.pack("<d", value))


def _add_fields(content, features, fields):
    if fields is None:
        content.update(b"n")
        return
    content.update(b"t")
    for name, feature in features.items():
        _add(content, feature, fields[name])


MEDIA = {"bytes": {"_type": "Value", "dtype": "binary"}, "path": {"_type": "Value", "dtype": "string"}}
