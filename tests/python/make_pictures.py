"""Makes the small picture files in pipelines/foundation/pictures/tests/fixtures, and what is in them.

    python tests/python/make_pictures.py pipelines/foundation/pictures/tests/fixtures

Encoders and truth are Pillow's (libjpeg-turbo, libpng, libwebp, libtiff, LittleCMS): nothing of this repository. Files that
Pillow does not write (16 bits, interlaced, YCCK, packed by runs) are put together here and read back by Pillow.
truth.bin holds the pixels one after the other, upright, sRGB, three bytes each; truth.json says whose they are:
name, width, height, place in truth.bin, and by how much (largest, mean) a decoder may differ.
"""

import io
import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, features

FOLDER = Path(sys.argv[1])
TRUTH = []
PIXELS = bytearray()
EXACT = (0, 0.0)
# Colours of a JPEG at half resolution are spread differently by decoders.
NEAR = (3, 0.8)
HALF = (24, 2.0)
SRGB = ImageCms.createProfile("sRGB")
RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC


# --- what is drawn ------------------------------------------------------------------------------------------------

def picture(width=24, height=18):
    """Smooth colours with a disc and a bar, different in every corner."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    red = 40 + 180 * x / max(width - 1, 1)
    green = 200 - 150 * y / max(height - 1, 1)
    blue = 120 + 80 * np.sin(x / 5) * np.cos(y / 7)
    pixels = np.stack([red, green, blue], axis=-1)
    disc = (x - 0.7 * width) ** 2 + (y - 0.3 * height) ** 2 < (0.2 * height) ** 2
    pixels[disc] = [230, 60, 40]
    pixels[(y > 0.75 * height) & (x < 0.4 * width)] = [30, 40, 160]
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8), "RGB")


def alpha(size):
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(((x * 255) // max(width - 1, 1) * (y > height // 4) % 256).astype(np.uint8), "L")


# --- truth --------------------------------------------------------------------------------------------------------

def over_white(image):
    if image.mode == "P" and "transparency" in image.info or image.mode in ("RGBA", "LA", "PA"):
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, image).convert("RGB")
    return image


def seen(data):
    """What Pillow makes of a file: first frame, upright, sRGB, over white."""
    image = Image.open(io.BytesIO(data))
    image.load()
    icc = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    image = over_white(image)
    if image.mode.startswith("I;16"):
        wide = np.asarray(image).astype(np.uint32)
        image = Image.fromarray(((wide * 255 + 32767) // 65535).astype(np.uint8), "L")
    if icc:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            image = ImageCms.profileToProfile(image, profile, SRGB, renderingIntent=RELATIVE, outputMode="RGB")
        except ImageCms.PyCMSError:
            pass
    return image.convert("RGB")


def keep(name, data, tolerance=EXACT, truth=None):
    (FOLDER / name).write_bytes(data)
    image = truth if truth is not None else seen(data)
    TRUTH.append({
        "name": name, "width": image.width, "height": image.height, "at": len(PIXELS),
        "largest": tolerance[0], "mean": tolerance[1],
    })
    PIXELS.extend(image.tobytes())


def plain(name, data):
    """A file that is not compared by its pixels."""
    (FOLDER / name).write_bytes(data)


def saved(image, form, **how):
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


# --- profiles, made by hand: small, and nobody's but ours ----------------------------------------------------------

def s15(value):
    return struct.pack(">i", round(value * 65536))


def tag_xyz(x, y, z):
    return b"XYZ \0\0\0\0" + s15(x) + s15(y) + s15(z)


def tag_desc(text):
    text = text.encode()
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" + b"\0" * 78


def profile(space, pcs, kind, tags, version=b"\x02\x40\0\0"):
    table, body = b"", b""
    at = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(">I", at + len(body)) + b"\0\0\0\0" + version + kind + space + pcs
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 24 + struct.pack(">I", 1)
    head += s15(0.9642) + s15(1.0) + s15(0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def wide_profile():
    """Display P3's primaries under D50, with sRGB's curve as five numbers (para type 3)."""
    numbers = b"".join(map(s15, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]))
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + numbers
    return profile(b"RGB ", b"XYZ ", b"mntr", [
        (b"desc", tag_desc("wide")), (b"wtpt", tag_xyz(0.9642, 1, 0.8249)),
        (b"rXYZ", tag_xyz(0.51512, 0.2412, -0.00105)), (b"gXYZ", tag_xyz(0.29198, 0.69225, 0.04189)),
        (b"bXYZ", tag_xyz(0.1571, 0.06657, 0.78407)),
        (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)])


def gamma_profile():
    """Adobe RGB's primaries, with an exponent."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256))
    return profile(b"RGB ", b"XYZ ", b"mntr", [
        (b"desc", tag_desc("gamma")), (b"wtpt", tag_xyz(0.9642, 1, 0.8249)),
        (b"rXYZ", tag_xyz(0.60974, 0.31111, 0.01947)), (b"gXYZ", tag_xyz(0.20528, 0.62567, 0.06087)),
        (b"bXYZ", tag_xyz(0.14919, 0.06322, 0.74457)),
        (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)])


def grey_profile():
    """A curve of points: lighter than sRGB's."""
    points = [round(65535 * (n / 63) ** 1.8) for n in range(64)]
    curve = b"curv\0\0\0\0" + struct.pack(">I", 64) + struct.pack(">64H", *points)
    return profile(b"GRAY", b"XYZ ", b"mntr", [
        (b"desc", tag_desc("grey")), (b"wtpt", tag_xyz(0.9642, 1, 0.8249)), (b"kTRC", curve)])


def lab_of(rgb):
    light = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169],
                       [0.0139322, 0.0971045, 0.7141733]])
    xyz = light @ to_xyz.T / np.array([0.9642, 1, 0.8249])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * 841 / 108 + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def ink_profile(wide):
    """Four inks over 5 points each: a table of 8 bits, or one of 16."""
    steps = np.linspace(0, 1, 5)
    c, m, y, k = np.meshgrid(steps, steps, steps, steps, indexing="ij")
    # Inks that are not clean: each takes a little of the other lights too.
    light = np.stack([(1 - 0.9 * c) * (1 - 0.15 * m) * (1 - 0.03 * y), (1 - 0.35 * c) * (1 - 0.85 * m) * (1 - 0.08 * y),
                      (1 - 0.15 * c) * (1 - 0.45 * m) * (1 - 0.85 * y)], axis=-1) * (1 - 0.9 * k)[..., None]
    lab = lab_of(light).reshape(-1, 3)
    if wide:
        table = np.stack([lab[:, 0] * 652.8, (lab[:, 1] + 128) * 256, (lab[:, 2] + 128) * 256], axis=-1)
        line = struct.pack(">2H", 0, 65535)
        body = struct.pack(">2H", 2, 2) + line * 4 + np.rint(table).clip(0, 65535).astype(">u2").tobytes() + line * 3
        kind = b"mft2"
    else:
        table = np.stack([lab[:, 0] * 2.55, lab[:, 1] + 128, lab[:, 2] + 128], axis=-1)
        line = bytes(range(256))
        body = line * 4 + np.rint(table).clip(0, 255).astype(np.uint8).tobytes() + line * 3
        kind = b"mft1"
    one = b"".join(map(s15, [1, 0, 0, 0, 1, 0, 0, 0, 1]))
    lut = kind + b"\0\0\0\0" + bytes([4, 3, 5, 0]) + one + body
    return profile(b"CMYK", b"Lab ", b"prtr", [
        (b"desc", tag_desc("inks")), (b"wtpt", tag_xyz(0.9642, 1, 0.8249)), (b"A2B0", lut)])


# --- blocks -------------------------------------------------------------------------------------------------------

def exif_with(orientation, copyright=None):
    exif = Image.Exif()
    exif[0x0112] = orientation
    if copyright:
        exif[0x8298] = copyright
        exif[0x013B] = "A. Painter"
    return exif.tobytes()


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmpRights:WebStatement="https://example.org/rights"
 plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"
 ext:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture">
<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">(c) A. Painter</rdf:li></rdf:Alt></dc:rights>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Ask first.</rdf:li></rdf:Alt></xmpRights:UsageTerms>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def iptc_block():
    def record(dataset, words):
        return b"\x1c\x02" + bytes([dataset]) + struct.pack(">H", len(words)) + words
    records = record(116, b"(c) IPTC Agency") + record(80, b"B. Line") + record(40, b"No resale")
    body = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)
    return b"Photoshop 3.0\0" + body


def cbor(value):
    def head(major, number):
        if number < 24:
            return bytes([major << 5 | number])
        for extra, form in ((24, ">B"), (25, ">H"), (26, ">I")):
            if number < 1 << 8 * struct.calcsize(form):
                return bytes([major << 5 | extra]) + struct.pack(form, number)
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    return head(5, len(value)) + b"".join(cbor(key) + cbor(inner) for key, inner in value.items())


def box(kind, body):
    return struct.pack(">I", len(body) + 8) + kind + body


def superbox(kind, label, *inner):
    tail = bytes.fromhex("00110010800000aa00389b71")
    return box(b"jumb", box(b"jumd", kind + tail + b"\x03" + label.encode() + b"\0") + b"".join(inner))


def manifest_store():
    actions = {"actions": [
        {"action": "c2pa.created", "softwareAgent": {"name": "Brush", "version": "7"}, "when": "2026-02-03T04:05:06Z",
         "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"},
        {"action": "c2pa.resized"}]}
    mining = {"entries": {"c2pa.ai_generative_training": {"use": "notAllowed"}, "c2pa.data_mining": {"use": "allowed"}}}
    claim = {"claim_generator_info": [{"name": "Brush", "version": "7.1"}], "dc:title": "A dream.jpg",
             "dc:format": "image/jpeg", "instanceID": "xmp:iid:0a1b", "signature": "self#jumbf=c2pa.signature",
             "assertions": [], "alg": "sha256"}

    def manifest(label, claim):
        return superbox(b"c2ma", label,
            superbox(b"c2as", "c2pa.assertions",
                superbox(b"cbor", "c2pa.actions.v2", box(b"cbor", cbor(actions))),
                superbox(b"cbor", "c2pa.training-mining", box(b"cbor", cbor(mining)))),
            superbox(b"c2cl", "c2pa.claim.v2", box(b"cbor", cbor(claim))),
            superbox(b"c2cs", "c2pa.signature", box(b"cbor", b"\xd2\x84\x40\xa0\xf6\x40")))
    older = manifest("urn:c2pa:older", {"claim_generator": "Other/1", "dc:title": "before"})
    return superbox(b"c2pa", "c2pa", older, manifest("urn:c2pa:newest", claim))


def jpeg_with(data, *segments):
    body = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(part) + 2) + part for marker, part in segments)
    return data[:2] + body + data[2:]


def jumbf_segments(store, size=300):
    """In several segments, as long stores come: each repeats the header of the box."""
    parts = [store[:size]] + [store[:8] + store[at:at + size] for at in range(size, len(store), size)]
    return [(0xEB, b"JP" + struct.pack(">HI", 1, number + 1) + part) for number, part in enumerate(parts)]


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_with(data, *chunks):
    """Behind the header, which is 25 bytes behind the signature."""
    return data[:33] + b"".join(chunk(*one) for one in chunks) + data[33:]


def webp_with(data, kind, body):
    data += kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


# --- files that Pillow does not write -----------------------------------------------------------------------------

def png_file(rows_of_passes, width, height, bits, colour, interlace=0):
    body = b"".join(b"\0" + row for rows in rows_of_passes for row in rows)
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b"")


def interlaced(image):
    pixels = np.asarray(image)
    steps = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    passes = [[row.tobytes() for row in pixels[y::down, x::across]] for x, y, across, down in steps]
    passes = [rows for rows in passes if rows and rows[0]]
    return png_file(passes, image.width, image.height, 8, 2, 1)


def ycck_of(image):
    """Inks as luma, chroma and black: what Photoshop writes. The components of a CMYK file are exchanged for them."""
    inks = 255 - np.asarray(image.convert("CMYK")).astype(float)
    # Stored inverted; luma and chroma are of 255 minus what is stored.
    rgb = 255 - inks[..., :3]
    luma = rgb @ [0.299, 0.587, 0.114]
    cb = 128 + (rgb[..., 2] - luma) * 0.564334
    cr = 128 + (rgb[..., 0] - luma) * 0.713267
    stored = np.stack([luma, cb, cr, inks[..., 3]], axis=-1)
    # Pillow turns round what it writes as CMYK.
    channels = Image.fromarray(255 - np.clip(np.rint(stored), 0, 255).astype(np.uint8), "CMYK")
    data = bytearray(saved(channels, "JPEG", quality=95, subsampling=0))
    at = data.index(b"Adobe")
    data[at + 11] = 2
    return bytes(data)


def rle_bmp(image):
    image = image.quantize(16)
    pixels = np.asarray(image)
    palette = np.zeros((256, 4), np.uint8)
    colours = np.frombuffer(bytes(image.getpalette()), np.uint8).reshape(-1, 3)
    palette[: len(colours), :3] = colours[:, ::-1]
    code = b""
    for row in pixels[::-1]:
        at = 0
        while at < len(row):
            run = 1
            while at + run < len(row) and row[at + run] == row[at] and run < 255:
                run += 1
            code += bytes([run, row[at]])
            at += run
        code += b"\0\0"
    code += b"\0\1"
    start = 14 + 40 + 1024
    head = b"BM" + struct.pack("<IHHI", start + len(code), 0, 0, start)
    head += struct.pack("<IiiHHIIiiII", 40, image.width, image.height, 1, 8, 1, len(code), 2835, 2835, 256, 0)
    return head + palette.tobytes() + code


def top_down(data):
    """Rows from the top: the height below zero, the rows turned round."""
    at, = struct.unpack_from("<I", data, 10)
    width, height = struct.unpack_from("<ii", data, 18)
    row = (width * 3 + 3) // 4 * 4
    rows = [data[at + n * row: at + (n + 1) * row] for n in range(height)]
    return data[:22] + struct.pack("<i", -height) + data[26:at] + b"".join(rows[::-1])


# --- all of them --------------------------------------------------------------------------------------------------

def jpegs():
    image = picture()
    keep("plain.jpg", saved(image, "JPEG", quality=90, subsampling=0), NEAR)
    keep("half.jpg", saved(image, "JPEG", quality=85, subsampling=2), HALF)
    keep("wide-half.jpg", saved(image, "JPEG", quality=85, subsampling=1), HALF)
    keep("progressive.jpg", saved(image, "JPEG", quality=85, progressive=True), HALF)
    keep("restarts.jpg", saved(image, "JPEG", quality=90, subsampling=0, restart_marker_blocks=2), NEAR)
    keep("restarts-progressive.jpg", saved(image, "JPEG", quality=90, progressive=True, restart_marker_rows=1), HALF)
    keep("grey.jpg", saved(image.convert("L"), "JPEG", quality=90), NEAR)
    keep("kept-rgb.jpg", saved(image, "JPEG", quality=95, keep_rgb=True), NEAR)
    keep("inks.jpg", saved(image.convert("CMYK"), "JPEG", quality=95), NEAR)
    keep("inks-ycck.jpg", ycck_of(image), (6, 1.5))
    keep("one.jpg", saved(picture(1, 1), "JPEG", quality=90), NEAR)
    keep("odd.jpg", saved(picture(33, 17), "JPEG", quality=85), HALF)
    keep("thin.jpg", saved(picture(8, 70), "JPEG", quality=85), HALF)
    photo = Image.open(FOLDER / "../../../../../tests/fixtures/backgrounds/meadow.jpg")
    keep("photo.jpg", saved(photo.resize((80, 60)), "JPEG", quality=80), HALF)
    for orientation in range(1, 9):
        data = saved(image, "JPEG", quality=95, subsampling=0, exif=exif_with(orientation))
        keep(f"turned-{orientation}.jpg", data, NEAR)
    keep("wide.jpg", saved(image, "JPEG", quality=95, subsampling=0, icc_profile=wide_profile()), (6, 1.0))
    # What leaves the gamut ends at 0, where a level of one channel moves many of another.
    keep("gamma.jpg", saved(image, "JPEG", quality=95, subsampling=0, icc_profile=gamma_profile()), (24, 0.5))
    keep("grey-profile.jpg", saved(image.convert("L"), "JPEG", quality=95, icc_profile=grey_profile()), (4, 1.0))
    inks = image.convert("CMYK")
    keep("inks-8.jpg", saved(inks, "JPEG", quality=98, icc_profile=ink_profile(False)), (6, 1.5))
    keep("inks-16.jpg", saved(inks, "JPEG", quality=98, icc_profile=ink_profile(True)), (6, 1.5))
    srgb = ImageCms.ImageCmsProfile(SRGB).tobytes()
    srgb = srgb[:24] + wide_profile()[24:36] + srgb[36:]  # the time of its making is no part of it
    keep("srgb.jpg", saved(image, "JPEG", quality=95, subsampling=0, icc_profile=srgb), NEAR)
    broken = bytearray(wide_profile())
    broken[200:260] = b"\xff" * 60
    data = saved(image, "JPEG", quality=95, subsampling=0, icc_profile=bytes(broken[:300]))
    keep("broken-profile.jpg", data, NEAR, Image.open(io.BytesIO(data)).convert("RGB"))
    keep("trailing.jpg", saved(image, "JPEG", quality=90, subsampling=0) + b"and more", NEAR)
    data = saved(image, "JPEG", quality=75, exif=exif_with(1, "(c) EXIF Owner"))
    data = jpeg_with(data, (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP), (0xED, iptc_block()))
    keep("noted.jpg", data, HALF)
    keep("claimed.jpg", jpeg_with(saved(image, "JPEG", quality=75), *jumbf_segments(manifest_store())), HALF)


def pngs():
    image = picture()
    keep("plain.png", saved(image, "PNG"))
    keep("grey.png", saved(image.convert("L"), "PNG"))
    keep("bilevel.png", saved(image.convert("1"), "PNG"))
    keep("palette.png", saved(image.quantize(16), "PNG"))
    keep("palette-2.png", saved(image.quantize(4), "PNG", bits=2))
    clear = image.quantize(8)
    keep("palette-clear.png", saved(clear, "PNG", transparency=bytes([0, 128, 255, 255, 40, 255, 255, 255])), (1, 0.5))
    keep("grey-clear.png", saved(Image.merge("LA", [image.convert("L"), alpha(image.size)]), "PNG"), (1, 0.5))
    with_alpha = image.copy()
    with_alpha.putalpha(alpha(image.size))
    keep("clear.png", saved(with_alpha, "PNG"), (1, 0.5))
    wide = np.asarray(picture()).astype(np.uint16) * 257 + np.arange(18 * 24 * 3, dtype=np.uint16).reshape(18, 24, 3) % 97
    truth = Image.fromarray(((wide.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8), "RGB")
    rows = [row.astype(">u2").tobytes() for row in wide]
    keep("sixteen.png", png_file([rows], 24, 18, 16, 2), EXACT, truth)
    keep("grey-sixteen.png", saved(Image.fromarray(wide[..., 0]), "PNG"))
    keep("interlaced.png", interlaced(picture(29, 21)))
    keep("interlaced-one.png", interlaced(picture(1, 1)))
    frames = [picture(), picture().transpose(Image.Transpose.ROTATE_180)]
    keep("moving.png", saved(frames[0], "PNG", save_all=True, append_images=frames[1:], duration=100))
    for orientation in (3, 6):
        keep(f"turned-{orientation}.png", saved(image, "PNG", exif=exif_with(orientation)))
    keep("wide.png", saved(image, "PNG", icc_profile=wide_profile()), (2, 0.5))
    keep("gamma.png", saved(image, "PNG", icc_profile=gamma_profile()), (2, 0.5))
    keep("grey-profile.png", saved(image.convert("L"), "PNG", icc_profile=grey_profile()), (1, 0.5))
    text = b"XML:com.adobe.xmp\0\0\0\0\0" + XMP
    keep("noted.png", png_with(saved(image, "PNG"), (b"iTXt", text), (b"tEXt", b"Copyright\0(c) PNG Owner")))
    keep("claimed.png", png_with(saved(image, "PNG"), (b"caBX", manifest_store())))


def webps():
    image = picture()
    keep("plain.webp", saved(image, "WEBP", quality=90), (4, 1.0))
    keep("lossless.webp", saved(image, "WEBP", lossless=True))
    with_alpha = image.copy()
    with_alpha.putalpha(alpha(image.size))
    keep("clear.webp", saved(with_alpha, "WEBP", quality=90), (5, 1.2))
    keep("clear-lossless.webp", saved(with_alpha, "WEBP", lossless=True, exact=True), (1, 0.5))
    frames = [image, image.transpose(Image.Transpose.ROTATE_180)]
    keep("moving.webp", saved(image, "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    keep("turned-6.webp", saved(image, "WEBP", lossless=True, exif=exif_with(6)))
    keep("wide.webp", saved(image, "WEBP", lossless=True, icc_profile=wide_profile()), (2, 0.5))
    keep("noted.webp", saved(image, "WEBP", lossless=True, xmp=XMP, exif=exif_with(1, "(c) EXIF Owner")))
    claimed = webp_with(saved(image, "WEBP", lossless=True, xmp=b" "), b"C2PA", manifest_store())
    keep("claimed.webp", claimed)


def others():
    image = picture()
    keep("plain.gif", saved(image.quantize(32), "GIF"))
    keep("clear.gif", saved(image.quantize(8), "GIF", transparency=2))
    frames = [image.quantize(16), image.transpose(Image.Transpose.ROTATE_180).quantize(16)]
    keep("moving.gif", saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50))
    keep("interlaced.gif", saved(picture(21, 19).quantize(16), "GIF", interlace=1))
    partly = bytearray(saved(image.quantize(16), "GIF"))
    partly[6:10] = struct.pack("<HH", 40, 30)
    ground = Image.new("RGB", (40, 30), "white")
    ground.paste(image.quantize(16).convert("RGB"), (0, 0))
    keep("partly.gif", bytes(partly), EXACT, ground)

    keep("plain.bmp", saved(image, "BMP"))
    keep("palette.bmp", saved(image.quantize(32), "BMP"))
    keep("bilevel.bmp", saved(image.convert("1"), "BMP"))
    keep("runs.bmp", rle_bmp(image))
    keep("top-down.bmp", top_down(saved(picture(31, 23), "BMP")))

    keep("plain.tif", saved(image, "TIFF"))
    keep("lzw.tif", saved(image, "TIFF", compression="tiff_lzw"))
    keep("deflate.tif", saved(image, "TIFF", compression="tiff_adobe_deflate"))
    keep("packbits.tif", saved(image, "TIFF", compression="packbits"))
    keep("jpeg.tif", saved(image, "TIFF", compression="jpeg", quality=95), HALF)
    keep("bilevel.tif", saved(image.convert("1"), "TIFF"))
    keep("fax.tif", saved(image.convert("1"), "TIFF", compression="group4"))
    keep("grey.tif", saved(image.convert("L"), "TIFF"))
    keep("grey-sixteen.tif", saved(Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257 + 3), "TIFF"))
    keep("palette.tif", saved(image.quantize(16), "TIFF"))
    keep("inks.tif", saved(image.convert("CMYK"), "TIFF"))
    with_alpha = image.copy()
    with_alpha.putalpha(alpha(image.size))
    keep("clear.tif", saved(with_alpha, "TIFF"), (1, 0.5))
    keep("turned-6.tif", saved(image, "TIFF", tiffinfo={274: 6}))
    keep("wide.tif", saved(image, "TIFF", icc_profile=wide_profile()), (2, 0.5))
    keep("noted.tif", saved(image, "TIFF", tiffinfo={33432: "(c) TIFF Owner", 700: XMP}))
    keep("pages.tif", saved(image, "TIFF", save_all=True, append_images=[picture(16, 16)]))
    keep("big.tif", saved(image, "TIFF", big_tiff=True))

    if features.check("avif"):
        plain("plain.avif", saved(picture(), "AVIF"))


def main():
    jpegs()
    pngs()
    webps()
    others()
    (FOLDER / "truth.bin").write_bytes(bytes(PIXELS))
    lines = ",\n".join(json.dumps(entry) for entry in TRUTH)
    (FOLDER / "truth.json").write_text(f"[\n{lines}\n]\n")


main()
