"""Makes the small HEIC files in pipelines/foundation/pictures/tests/fixtures, and the picture that is in them.

    pip install pillow pillow-heif
    python tests/python/make_heif.py pipelines/foundation/pictures/tests/fixtures

The writer turns an EXIF orientation into the properties `irot` and `imir`, which is what readers heed. They are kept in
the repository: their bytes depend on the version of the encoder.
"""

import sys
from pathlib import Path

import pillow_heif
from PIL import Image

FOLDER = Path(sys.argv[1])
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
xmpRights:WebStatement="https://example.org/rights"/></rdf:RDF></x:xmpmeta>"""

photo = Image.open(FOLDER / "../../../../../tests/fixtures/backgrounds/meadow.jpg")
picture = photo.convert("RGB").resize((96, 64))
# A red part at the top left tells which way is up.
picture.paste((230, 20, 20), (0, 0, 32, 20))
picture.save(FOLDER / "heif.png")

for turned in range(2, 9):
    exif = Image.Exif()
    exif[0x112] = turned
    pillow_heif.from_pillow(picture).save(FOLDER / f"turned-{turned}.heic", quality=90, exif=exif.tobytes())

exif = Image.Exif()
exif[0x8298] = "2026 A. Painter"
pillow_heif.from_pillow(picture).save(FOLDER / "noted.heic", quality=90, exif=exif.tobytes(), xmp=XMP.encode())
