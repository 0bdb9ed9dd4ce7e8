"""The datasets that were built from what people gave in a browser: `datasets` loads them, and they hold what was given.

    python check_campaign.py FOLDER_OF_CAP FOLDER_OF_POINTS CAPTION
"""

import sys

from datasets import load_dataset
from reading import expect, expect_equal


def main():
    cap_folder, points_folder, caption = sys.argv[1:]
    cap = load_dataset(cap_folder, split="train")
    expect_equal(cap["transcripts"][:], [[caption]], "transcripts")
    points = load_dataset(points_folder, split="train")
    for row in points:
        expect_equal(row["count"], len(row["points"]), f"count of `{row['label']}`")
        for point in row["points"]:
            expect(0 <= point["x"] <= 100 and 0 <= point["y"] <= 100, f"`{row['label']}`: {point}")
    expect(any(row["count"] == 0 for row in points), "nothing is absent")
    expect(any(row["count"] > 0 for row in points), "nothing is there")
    print(f"cap: {cap.num_rows} row; points: {points.num_rows} rows")


if __name__ == "__main__":
    main()
