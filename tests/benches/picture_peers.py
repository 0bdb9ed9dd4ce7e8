"""What Pillow with libjpeg-turbo needs for the same picture, in milliseconds of the processor, one thread.

    tests/benches/picture_peers.py FILE...
"""

import io
import sys
import time
from pathlib import Path

from PIL import Image, features

ROUND_S = 0.3
ROUNDS = 5


def least_ms(work):
    work()
    least = float("inf")
    for _ in range(ROUNDS):
        begun, turns = time.process_time(), 0
        while time.process_time() - begun < ROUND_S:
            work()
            turns += 1
        least = min(least, (time.process_time() - begun) * 1e3 / turns)
    return least


def main():
    print(f"Pillow {Image.__version__}, libjpeg-turbo {features.version('libjpeg_turbo')}")
    for name in sys.argv[1:]:
        data = Path(name).read_bytes()

        def decode():
            image = Image.open(io.BytesIO(data))
            image.load()
            return image.convert("RGB")

        def whole():
            image = decode()
            image.thumbnail((256, 256), Image.Resampling.LANCZOS)
            image.save(io.BytesIO(), "JPEG", quality=85)

        image = decode()
        print(f"{name}: {image.width} x {image.height}, {len(data)} bytes")
        print(f"  decode  {least_ms(decode):8.3f} ms")
        print(f"  decode, shrink, encode  {least_ms(whole):8.3f} ms")


main()
