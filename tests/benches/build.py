#!/usr/bin/env python3
"""Whole builds: speed with one worker and with two, peak memory, and how long a finished build takes to see that it is.

    cargo build --release && tests/benches/build.py [--dataset docs|clocks] [--limit N] [--rounds N] [--json]

Runs `pixmo-docs build` or `pixmo-clocks build` in folders of its own, which it clears away. Standard library only, Linux. Time is as it passed and
time on processors is given beside it, so that a busy machine shows; peak memory is the resident set that the kernel
recorded of the process.

Exit: 0 measured, 1 a build failed or two builds differ, 2 the programs are not there.
"""

import argparse
import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(program, into, *flags):
    """One build: seconds as they passed, seconds on processors, peak MiB."""
    command = [program, "build", "--into", str(into), "--quiet", *map(str, flags)]
    began = time.perf_counter()
    child = subprocess.Popen(command, cwd=into.parent)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"error: `{' '.join(command)}` ended with {child.returncode}")
    return {
        "secs": time.perf_counter() - began,
        "processor_secs": used.ru_utime + used.ru_stime,
        "peak_mib": used.ru_maxrss / 1024,
    }


def hash_of(folder):
    """One hash over all names and files of a folder."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(f"{path.relative_to(folder)}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def scaling(program, work, limit, shards, rounds):
    """One worker and two in turn, so that what else the machine does meets both."""
    runs, rows, hashes = {1: [], 2: []}, 0, set()
    for round_ in range(rounds):
        for jobs in (1, 2):
            into = work / f"scaling-{round_}-{jobs}"
            runs[jobs].append(run(program, into, "--limit", limit, "--shards", shards, "--jobs", jobs))
            rows = json.loads((into / "manifest.json").read_text())["rows"]
            hashes.add(hash_of(into))
    if len(hashes) != 1:
        sys.exit("error: builds with one worker and with two gave different bytes")
    middle = {jobs: {key: statistics.median(r[key] for r in list_) for key in list_[0]} for jobs, list_ in runs.items()}
    return {
        "rows": rows,
        "one": middle[1],
        "two": middle[2],
        "speed_up": middle[1]["secs"] / middle[2]["secs"],
        "rows_per_processor_sec": rows / middle[1]["processor_secs"],
    }


def memory(program, work, limit):
    """Peak memory by number of shards and workers."""
    found = []
    for shards, jobs in ((1, 2), (16, 2), (256, 2), (256, 16)):
        into = work / f"memory-{shards}-{jobs}"
        used = run(program, into, "--limit", max(limit, shards), "--shards", shards, "--jobs", jobs)
        found.append({"shards": shards, "jobs": jobs, "peak_mib": used["peak_mib"]})
    return found


def restart(program, work, limit, rounds):
    """The same command over 256 finished shards; and when only card and manifest are left to be made."""
    into = work / "restart"
    flags = ("--limit", max(limit, 256), "--shards", 256)
    run(program, into, *flags)
    before = hash_of(into)
    finished, unpublished = [], []
    for _ in range(rounds):
        finished.append(run(program, into, *flags)["secs"])
        (into / "manifest.json").unlink()
        (into / "README.md").unlink()
        unpublished.append(run(program, into, *flags)["secs"])
    if hash_of(into) != before:
        sys.exit("error: a finished build was changed by running it again")
    return {"finished_secs": statistics.median(finished), "unpublished_secs": statistics.median(unpublished)}


def show(found):
    busy = found["load_before"]
    print(f"{found['processors']} processors, load {busy:.1f} before; median of {found['rounds']} rounds\n")
    scale = found["scaling"]
    print(f"{'workers':<10}{'s':>8}{'processor s':>14}{'rows/s':>10}{'peak MiB':>10}")
    for jobs, name in ((1, "one"), (2, "two")):
        one = scale[name]
        rate = scale["rows"] / one["secs"]
        print(f"{jobs:<10}{one['secs']:>8.1f}{one['processor_secs']:>14.1f}{rate:>10.1f}{one['peak_mib']:>10.0f}")
    print(f"\nspeed-up of two workers: {scale['speed_up']:.2f}, over {scale['rows']} rows")
    print(f"rows a second of a processor, all in: {scale['rows_per_processor_sec']:.1f}\n")
    print(f"{'shards':<8}{'workers':<9}{'peak MiB':>9}")
    for one in found["memory"]:
        print(f"{one['shards']:<8}{one['jobs']:<9}{one['peak_mib']:>9.0f}")
    again = found["restart"]
    print(f"\nthe same command over 256 finished shards: {again['finished_secs']:.2f} s")
    print(f"the same where card and manifest are missing: {again['unpublished_secs']:.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=pathlib.Path, help="folder of the programs, by default target/release")
    parser.add_argument("--dataset", choices=("docs", "clocks"), default="docs", help="what is built")
    parser.add_argument("--limit", type=int, default=2560, help="tasks of a build")
    parser.add_argument("--shards", type=int, default=16, help="shards of the builds that are compared")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    program = (args.programs or target / "release").resolve() / f"pixmo-{args.dataset}"
    if not program.is_file():
        print(f"error: `{program}` is not there\n  hint: cargo build --release", file=sys.stderr)
        sys.exit(2)
    found = {"dataset": args.dataset, "processors": len(os.sched_getaffinity(0)), "load_before": os.getloadavg()[0], "rounds": args.rounds}
    with tempfile.TemporaryDirectory(prefix="pixmo-bench-") as folder:
        work = pathlib.Path(folder)
        found["scaling"] = scaling(program, work, args.limit, args.shards, args.rounds)
        found["memory"] = memory(program, work, args.limit)
        found["restart"] = restart(program, work, args.limit, args.rounds)
    print(json.dumps(found)) if args.json else show(found)


if __name__ == "__main__":
    main()
