"""Loads a finished `cap` dataset as others do and holds its configs to each other.

    python check_cap.py FOLDER [--audio]

`default` must have exactly the published columns and never an empty list of transcripts; `by_image` the same rows in the
same order; `receipts` one row for each transcript, with its hash; `audio` rows of those who agreed. With --audio the
recordings are decoded by `datasets` itself, which needs `soundfile` and `librosa` beside it; without, WAV files are read by
the standard library.
"""

import collections
import hashlib
import io
import json
import pathlib
import sys
import wave

import datasets
from datasets import load_dataset
from reading import expect, expect_equal


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def main():
    folder = pathlib.Path(sys.argv[1])
    manifest = json.loads((folder / "manifest.json").read_text())
    default, by_image, receipts, audio = (
        load_dataset(str(folder), config, split="train") for config in ("default", "by_image", "receipts", "audio")
    )
    expect_equal(default.column_names, ["image_url", "caption", "transcripts"], "the published columns")
    expect_equal(default.num_rows, manifest["rows"], "number of rows")
    for column in ("image_url", "caption", "transcripts"):
        expect_equal(default[column][:], by_image[column][:], f"`{column}` of `default` and `by_image`")
    of_take = {}
    for row in by_image:
        at = f"image {row['image_sha256']}"
        expect(row["transcripts"], f"{at}: no transcripts")
        expect_equal(len(row["caption"].split()) > 0, True, f"{at}: caption")
        expect_equal(len(row["takes"]), len(row["transcripts"]), f"{at}: takes")
        for take, text in zip(row["takes"], row["transcripts"]):
            of_take[(row["row_id"], take)] = (text, row["image_sha256"])
    expect_equal(len(set(by_image["row_id"][:])), by_image.num_rows, "different row ids")
    seen = collections.Counter()
    for row in receipts:
        text, image = of_take[(row["row_id"], row["take"])]
        seen[(row["row_id"], row["take"])] += 1
        expect_equal(row["transcript_sha256"], sha256(text), f"take {row['take']}: transcript")
        expect_equal(row["image_sha256"], image, f"take {row['take']}: image")
        expect(row["voiced_secs"] is None or row["voiced_secs"] <= row["duration_secs"], f"take {row['take']}: speech")
    expect_equal(seen, collections.Counter(of_take.keys()), "takes with a receipt")
    agreed = {(row["row_id"], row["take"]) for row in receipts if "publish-audio" in row["consent_scopes"]}
    lengths = {(row["row_id"], row["take"]): row["duration_secs"] for row in receipts}
    raw = audio.cast_column("audio", datasets.Audio(decode=False))
    for row in raw:
        key = (row["row_id"], row["take"])
        expect(key in agreed, f"take {row['take']}: a recording of someone who did not agree")
        expect_equal(row["transcript"], of_take[key][0], f"take {row['take']}: transcript beside the recording")
        with wave.open(io.BytesIO(row["audio"]["bytes"])) as file:
            shape = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            expect_equal(shape, (16000, 1, 2), f"take {row['take']}: form of the recording")
            secs = file.getnframes() / 16000
        expect(abs(secs - lengths[key]) < 0.01, f"take {row['take']}: {secs} s of {lengths[key]} s")
    told = f"datasets {datasets.__version__}: {default.num_rows} captions of {receipts.num_rows} takes"
    told += f", {audio.num_rows} recordings"
    if "--audio" in sys.argv:
        for row in audio:
            decoded = row["audio"]
            expect_equal(decoded["sampling_rate"], 16000, "rate that `datasets` hands out")
            key = (row["row_id"], row["take"])
            expect(abs(len(decoded["array"]) / 16000 - lengths[key]) < 0.01, f"take {row['take']}: decoded length")
        told += " decoded"
    print(told)


main()
