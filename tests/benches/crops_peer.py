"""Crops of a picture by Pillow and NumPy: crops_peer.py WIDTH HEIGHT CROPS_MAX ROUNDS prints processor milliseconds.

The same steps as `pixmo-preprocess` takes: tiling, two sizes with antialias, padding, normalisation, patches, masks.
"""

import sys
import time

import numpy as np
from PIL import Image

SIDE, PATCH, WINDOW, MARGIN = 336, 14, 224, 112
MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
STD = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)


def tiling(height, width, crops_max):
    grids = [(a, b) for n in range(1, crops_max + 1) for a in range(1, n + 1) for b in [n // a] if a * b == n]
    rows, columns = np.array(grids, np.float32).T
    scale = np.minimum(rows * WINDOW / np.float32(height - MARGIN), columns * WINDOW / np.float32(width - MARGIN))
    best = np.argmax(scale) if (scale < 1).all() else np.argmin(np.where(scale < 1, np.inf, scale))
    return grids[best]


def fitted(image, height, width):
    scale = min(height / image.height, width / image.width)
    h, w = int(image.height * scale), int(image.width * scale)
    top, left = (height - h) // 2, (width - w) // 2
    canvas = np.zeros((height, width, 3), np.float32)
    mask = np.zeros((height, width), np.float32)
    canvas[top : top + h, left : left + w] = np.asarray(image.resize((w, h), Image.BILINEAR), np.float32) / 255
    mask[top : top + h, left : left + w] = 1
    return (canvas - MEAN) / STD, mask


def patches(crop):
    n = SIDE // PATCH
    return crop.reshape(n, PATCH, n, PATCH, -1).swapaxes(1, 2).reshape(n * n, -1)


def crops(image, crops_max):
    rows, columns = tiling(image.height, image.width, crops_max)
    overview, _ = fitted(image, SIDE, SIDE)
    canvas, mask = fitted(image, rows * WINDOW + MARGIN, columns * WINDOW + MARGIN)
    cut, masks = [patches(overview)], []
    for row in range(rows):
        for column in range(columns):
            y, x = row * WINDOW, column * WINDOW
            cut.append(patches(canvas[y : y + SIDE, x : x + SIDE]))
            masks.append(patches(mask[y : y + SIDE, x : x + SIDE, None]).mean(-1))
    return np.stack(cut), np.stack(masks)


def main():
    width, height, crops_max, rounds = map(int, sys.argv[1:])
    y, x = np.mgrid[:height, :width]
    pixels = np.stack([x * 7 + y, x ^ y, x * y // 64], -1).astype(np.uint8)
    image = Image.fromarray(pixels)
    crops(image, crops_max)
    least = float("inf")
    for _ in range(rounds):
        begun, turns = time.process_time(), 0
        while time.process_time() - begun < 0.4:
            crops(image, crops_max)
            turns += 1
        least = min(least, (time.process_time() - begun) / turns)
    print(least * 1000)


main()
