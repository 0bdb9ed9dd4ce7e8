#!/usr/bin/env python3
"""Make the bundled font families from the font packages of the npm registry.

    python3 -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools==4.68.0
    /tmp/fonts/bin/python make_fonts.py

Each package is fetched by name and version with `npm pack` (cached in --cache), its static TrueType
faces are taken out, and written to fonts/<slug>/ with the licence text of the package. Faces of
families whose licence reserves the font name are copied byte for byte; all others are cut down to
the characters below, without hinting. fonts.toml lists what came out, with hashes and coverage.
The script ends with an error if a face lacks a character that every face must have.
"""

import argparse
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import tarfile

from fontTools import subset
from fontTools import version as fonttools_version
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE / "fonts"

WEIGHTS = {
    "Light": (300, "normal"),
    "Regular": (400, "normal"),
    "Italic": (400, "italic"),
    "Medium": (500, "normal"),
    "SemiBold": (600, "normal"),
    "Bold": (700, "normal"),
}
EXPO_DIR = {
    "Light": "300Light",
    "Regular": "400Regular",
    "Italic": "400Regular_Italic",
    "Medium": "500Medium",
    "SemiBold": "600SemiBold",
    "Bold": "700Bold",
}

# slug, printed name, class, version of @expo-google-fonts/<slug>, reserved name?, faces
GOOGLE = [
    ("open-sans", "Open Sans", "sans", "0.4.2", False, "Regular Italic SemiBold Bold"),
    ("roboto", "Roboto", "sans", "0.4.3", False, "Regular Italic Bold"),
    ("noto-sans", "Noto Sans", "sans", "0.4.2", False, "Regular Bold"),
    ("inter", "Inter", "sans", "0.4.2", False, "Regular Bold"),
    ("fira-sans", "Fira Sans", "sans", "0.4.1", False, "Regular Italic Bold"),
    ("lato", "Lato", "sans", "0.4.1", True, "Regular Bold"),
    ("work-sans", "Work Sans", "sans", "0.4.2", False, "Regular Bold"),
    ("montserrat", "Montserrat", "sans", "0.4.2", False, "Regular Bold"),
    ("rubik", "Rubik", "sans", "0.4.2", False, "Regular Bold"),
    ("arimo", "Arimo", "sans", "0.4.3", False, "Regular Italic Bold"),
    ("public-sans", "Public Sans", "sans", "0.4.2", False, "Regular Bold"),
    ("titillium-web", "Titillium Web", "sans", "0.4.1", False, "Regular Bold"),
    ("noto-serif", "Noto Serif", "serif", "0.4.2", False, "Regular Italic Bold"),
    ("eb-garamond", "EB Garamond", "serif", "0.4.3", False, "Regular Italic Bold"),
    ("crimson-pro", "Crimson Pro", "serif", "0.4.2", False, "Regular Italic Bold"),
    ("lora", "Lora", "serif", "0.4.2", True, "Regular Bold"),
    ("playfair-display", "Playfair Display", "serif", "0.4.2", True, "Regular Bold"),
    ("roboto-slab", "Roboto Slab", "slab", "0.4.2", False, "Regular Bold"),
    ("zilla-slab", "Zilla Slab", "slab", "0.4.1", False, "Regular Bold"),
    ("besley", "Besley", "slab", "0.4.1", False, "Regular Bold"),
    ("roboto-condensed", "Roboto Condensed", "condensed", "0.4.2", False, "Regular Bold"),
    ("barlow-condensed", "Barlow Condensed", "condensed", "0.4.1", False, "Regular Bold"),
    ("oswald", "Oswald", "condensed", "0.4.2", False, "Regular Bold"),
    ("jetbrains-mono", "JetBrains Mono", "mono", "0.4.1", False, "Regular Bold"),
    ("inconsolata", "Inconsolata", "mono", "0.4.2", False, "Regular Bold"),
    ("courier-prime", "Courier Prime", "mono", "0.4.1", False, "Regular Bold"),
    ("fira-code", "Fira Code", "mono", "0.4.1", False, "Regular Bold"),
    ("nunito", "Nunito", "rounded", "0.4.2", False, "Regular Bold"),
    ("comfortaa", "Comfortaa", "rounded", "0.4.2", True, "Regular Bold"),
    ("quicksand", "Quicksand", "rounded", "0.4.1", True, "Regular Bold"),
    ("patrick-hand", "Patrick Hand", "hand", "0.4.1", False, "Regular"),
    ("caveat", "Caveat", "hand", "0.4.2", False, "Regular Bold"),
    ("comic-neue", "Comic Neue", "hand", "0.4.1", False, "Regular Bold"),
    ("kalam", "Kalam", "hand", "0.4.1", False, "Regular Bold"),
    ("josefin-sans", "Josefin Sans", "display", "0.4.2", True, "Regular Bold"),
    ("space-grotesk", "Space Grotesk", "display", "0.4.1", False, "Regular Bold"),
    ("exo-2", "Exo 2", "display", "0.4.2", False, "Regular Bold"),
]
DEJAVU = [
    ("dejavu-sans", "DejaVu Sans", "sans", True, {"Regular": "DejaVuSans", "Bold": "DejaVuSans-Bold"}),
    (
        "dejavu-sans-mono",
        "DejaVu Sans Mono",
        "mono",
        False,
        {"Regular": "DejaVuSansMono", "Bold": "DejaVuSansMono-Bold"},
    ),
]
DEJAVU_PACKAGE = ("dejavu-fonts-ttf", "2.37.3")
# the family for formulas: its table MATH is kept, and it has no en dash, which no formula needs
MATH = ("noto-sans-math", "Noto Sans Math", "math", "0.4.2")

LATIN_EXT = list(range(0x0100, 0x0180)) + [0x0192, *range(0x0218, 0x021C), 0x0237, *range(0x02C6, 0x02DE), 0x1E9E]
GREEK = [c for c in range(0x0384, 0x03CF) if c not in (0x038B, 0x038D, 0x03A2)]
CYRILLIC = list(range(0x0400, 0x0460)) + [0x0490, 0x0491]
SYMBOLS = "†‡•…‰′″‹›⁄№™Ω℮←↑→↓↔↕↗↘⇒∂∅∆∈∏∑−∕∙√∞∩∪∫≈≠≡≤≥■□▪▫▲△▶▼▽◀◆◇◊○●◦★☆☐☑☒♀♂♠♣♥♦♪♭♯✓✔✗✘"
WANTED = (
    list(range(0x20, 0x7F))
    + list(range(0xA0, 0x100))
    + LATIN_EXT
    + GREEK
    + CYRILLIC
    + [0x2002, 0x2003, 0x2007, 0x2008, 0x2009, 0x200A, 0x200B, 0x202F]
    + list(range(0x2010, 0x2016))
    + list(range(0x2018, 0x201F))
    + [0x2070, 0x2071, *range(0x2074, 0x208F)]
    + list(range(0x20A0, 0x20C1))
    + list(range(0x2150, 0x215F))
    + [ord(c) for c in SYMBOLS]
    + [0xFB01, 0xFB02, 0xFFFD]
)
# the fallback family also stands in for signs that few text faces have
FALLBACK_MORE = [
    *range(0x2000, 0x2070),
    *range(0x2100, 0x2150),
    *range(0x2190, 0x2300),
    *range(0x2300, 0x2330),
    *range(0x2460, 0x249C),
    *range(0x2500, 0x2670),
    *range(0x2690, 0x26A2),
    *range(0x2701, 0x27C0),
]
MATH_WANTED = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    0x0131,
    0x0237,
    *range(0x0300, 0x0306),
    *range(0x0391, 0x03CA),
    *range(0x2010, 0x2058),
    *range(0x2070, 0x208F),
    0x20AC,
    *range(0x2100, 0x2150),
    *range(0x2190, 0x21D6),
    *range(0x2200, 0x2300),
    *range(0x2308, 0x230C),
    *range(0x239B, 0x23B8),
    *range(0x25A0, 0x2600),
    *range(0x27E6, 0x27EC),
    *range(0x1D434, 0x1D468),
    *range(0x1D6E2, 0x1D71C),
]
REQUIRED = [*range(0x20, 0x7F)] + [ord(c) for c in "“”‘’–—−€£°·•×"]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum", "pnum"]


def fetch(package, version, cache):
    """Return the tarball of one npm package, downloading it once."""
    flat = package.lstrip("@").replace("/", "-")
    path = cache / f"{flat}-{version}.tgz"
    if not path.exists():
        subprocess.run(
            ["npm", "pack", "--silent", f"{package}@{version}"], cwd=cache, check=True, stdout=subprocess.DEVNULL
        )
    return tarfile.open(path)


def cut(data, chars, math=False):
    """Subset one face to `chars`, dropping hints and unused tables."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = FEATURES + (["ssty", "dtls"] if math else [])
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG", "FFTM", "meta", "STAT"] + ([] if math else ["MATH"])
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    if "FFTM" in font:
        del font["FFTM"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=chars)
    worker.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def family(entry, faces, licence_text, package, version, modified):
    """Write one family and return its block of fonts.toml."""
    slug, name, klass, fallback = entry
    folder = OUT / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "LICENSE").write_text(licence_text, encoding="utf-8")
    stem = name.replace(" ", "")
    rows, cover, copyright_line, statement = [], None, "", ""
    for face, data in faces.items():
        if klass == "math":
            data = cut(data, MATH_WANTED, math=True)
        elif modified:
            data = cut(data, WANTED + (FALLBACK_MORE if fallback and face == "Regular" else []))
        file = folder / f"{stem}-{face}.ttf"
        file.write_bytes(data)
        font = TTFont(io.BytesIO(data))
        cmap = set(font.getBestCmap())
        missing = [chr(c) for c in REQUIRED if c not in cmap and (klass, chr(c)) != ("math", "–")]
        if missing or "glyf" not in font or "fvar" in font:
            sys.exit(f"{file}: lacks {missing} or is no static TrueType face")
        cover = cmap if cover is None else cover & cmap
        if not copyright_line:
            copyright_line = (font["name"].getDebugName(0) or "").replace("\n", " ").strip()
            statement = (font["name"].getDebugName(13) or "") + licence_text
        weight, style = WEIGHTS[face]
        digest = hashlib.sha256(data).hexdigest()
        rows.append(f'  {{ file = "{slug}/{file.name}", weight = {weight}, style = "{style}", sha256 = "{digest}" }},')
    head = copyright_line + licence_text.split("This Font Software")[0]
    if modified and "reserved font name" in head.lower():
        sys.exit(f"{slug}: the name is reserved, so its faces must be copied as they are")
    if slug.startswith("dejavu"):
        licence = "Bitstream-Vera"
    elif "Apache License" in statement and "Open Font License" not in statement:
        licence = "Apache-2.0"
    else:
        licence = "OFL-1.1"
    letters = [c for c in range(0xC0, 0x100) if chr(c).isalpha()]
    scripts = [
        n
        for n, need in (
            ("latin", letters),
            ("latin_ext", [c for c in range(0x100, 0x17F) if c not in (0x0132, 0x0133, 0x0138, 0x013F, 0x0140, 0x0149, 0x017F)]),
            ("greek", [c for c in GREEK if chr(c).isalpha()]),
            ("cyrillic", [*range(0x0410, 0x0450), 0x0401, 0x0451]),
        )
        if all(c in cover for c in need)
    ]
    signs = "".join(c for c in SYMBOLS if ord(c) in cover)
    done = (
        "subset to letters, signs and brackets of formulas; hinting dropped; the table MATH kept"
        if klass == "math"
        else "subset to Latin, Greek, Cyrillic and common signs; hinting dropped; kerning, ligature and figure features kept"
        if modified
        else "none: the licence reserves the font name"
    )
    return "\n".join(
        [
            "[[family]]",
            f"name = {quote(name)}",
            f"slug = {quote(slug)}",
            f"class = {quote(klass)}",
            f"fallback = {str(fallback).lower()}",
            f"licence = {quote(licence)}",
            f"licence_file = {quote(slug + '/LICENSE')}",
            f"copyright = {quote(copyright_line)}",
            f"source = {quote(f'npm {package} {version}')}",
            f"modified = {str(modified).lower()}",
            f"changes = {quote(done)}",
            f"coverage = {json.dumps(scripts)}",
            f"symbols = {quote(signs)}",
            "files = [",
            *rows,
            "]",
        ]
    )


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--cache", type=pathlib.Path, default=pathlib.Path("/tmp/pixmo-font-packages"))
    args.add_argument("--only", nargs="*", help="slugs to make; fonts.toml then lists only these")
    args = args.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    blocks = []
    for slug, name, klass, version, reserved, faces in GOOGLE:
        if args.only and slug not in args.only:
            continue
        package = f"@expo-google-fonts/{slug}"
        tar = fetch(package, version, args.cache)
        stem = name.replace(" ", "")
        data = {
            f: tar.extractfile(f"package/{EXPO_DIR[f]}/{stem}_{EXPO_DIR[f]}.ttf").read() for f in faces.split()
        }
        text = tar.extractfile("package/LICENSE_FONT").read().decode("utf-8-sig")
        blocks.append(family((slug, name, klass, False), data, text, package, version, not reserved))
    for slug, name, klass, fallback, faces in DEJAVU:
        if args.only and slug not in args.only:
            continue
        tar = fetch(*DEJAVU_PACKAGE, args.cache)
        data = {f: tar.extractfile(f"package/ttf/{file}.ttf").read() for f, file in faces.items()}
        text = tar.extractfile("package/LICENSE").read().decode("utf-8")
        blocks.append(family((slug, name, klass, fallback), data, text, *DEJAVU_PACKAGE, True))
    slug, name, klass, version = MATH
    if not args.only or slug in args.only:
        package = f"@expo-google-fonts/{slug}"
        tar = fetch(package, version, args.cache)
        stem, face = name.replace(" ", ""), EXPO_DIR["Regular"]
        data = {"Regular": tar.extractfile(f"package/{face}/{stem}_{face}.ttf").read()}
        text = tar.extractfile("package/LICENSE_FONT").read().decode("utf-8-sig")
        blocks.append(family((slug, name, klass, False), data, text, package, version, True))
    head = f"# Bundled font families. Written by make_fonts.py (fonttools {fonttools_version}); do not edit.\n\n"
    (OUT / "fonts.toml").write_text(head + "\n\n".join(blocks) + "\n", encoding="utf-8")
    total = sum(f.stat().st_size for f in OUT.rglob("*.ttf"))
    print(f"{len(blocks)} families, {len(list(OUT.rglob('*.ttf')))} faces, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
