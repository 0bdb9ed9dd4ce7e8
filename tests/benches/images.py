#!/usr/bin/env python3
"""Intake of images: `pixmo images fetch` beside img2dataset and a bare client, over the same addresses in the same run.

    cargo build --release --bins --example many_jpegs -p pixmo-images && tests/benches/images.py [--pictures N] [--json]

A server on the loopback (`many_jpegs`, not counted) has as many small JPEGs as asked. Each client gets a list of their
addresses and writes into a folder of its own; all are cleared away at the end, because some file systems (ext4) are slow
to make files for a while after many were deleted. Time on processors is that of the client and its
children, peak memory the largest resident set among them. The cost of one more picture comes from two runs, a short and
a long one. img2dataset checks a hash of what it writes and the X-Robots-Tag; ours checks robots.txt, X-Robots-Tag and
TDM reservations; it decodes every picture strictly and makes perceptual hashes, or walks it to its end (`--no-decode`).
Standard library only, Linux; `tests/setup.sh --benches` installs img2dataset.

Exit: 0 measured, 1 a client failed or lost pictures, 2 the programs are not there.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PYTHON = pathlib.Path(os.environ.get("PIXMO_PYTHON_DIR", pathlib.Path.home() / ".cache/pixmo/python"))


CAMPAIGN = """
[campaign]
name = "bench"

[build.images.fetch.agent]
contact = "bench@example.org"

[build.images.fetch.egress]
allow = ["127.0.0.0/8"]

[build.images.fetch.pace]
host_requests_max = 32
host_per_sec = 1000000.0
host_burst = 1000000
"""


def run(command, folder):
    """One run: seconds as they passed, seconds on processors, peak MiB."""
    began = time.perf_counter()
    with open(folder / "log", "w") as log:
        child = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=log, stderr=log)
        peak = 0
        while True:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, resident(child.pid))
            time.sleep(0.02)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        print((folder / "log").read_text()[-2000:], file=sys.stderr)
        sys.exit(f"error: `{' '.join(map(str, command))}` ended with {child.returncode}")
    # img2dataset starts processes, and what they took is told when it has waited for them.
    return {
        "secs": time.perf_counter() - began,
        "processor_secs": used.ru_utime + used.ru_stime,
        "peak_mib": max(peak, used.ru_maxrss / 1024),
    }


def resident(pid):
    """Resident MiB of a process and all below it, as they are now."""
    children = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append((int(entry.name), int(fields[21])))
    total, waiting = 0, [pid]
    try:
        total = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[21])
    except OSError:
        return 0
    while waiting:
        for child, pages in children.get(waiting.pop(), []):
            total += pages
            waiting.append(child)
    return total * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def addresses(folder, origin, count):
    path = folder / f"list-{count}.txt"
    path.write_text("".join(f"http://{origin}/{n}.jpg\n" for n in range(count)))
    return path


def pixmo(program, folder, listed, count, *flags):
    """Ours; the loopback is a private address, and the one host may be asked as fast as it answers."""
    campaign = folder / "campaign.toml"
    campaign.write_text(CAMPAIGN)
    used = run([program, "fetch", listed, "--campaign", campaign, "--store", folder / "store", "--into", folder / "images",
                "--quiet", *flags], folder)
    rows = json.loads((folder / "images/manifest.json").read_text())["rows"]
    if rows != count:
        sys.exit(f"error: {rows} of {count} pictures came through; see {folder}/log")
    return used


def img2dataset(program, folder, listed, count, *flags):
    used = run([program, f"--url_list={listed}", f"--output_folder={folder / 'out'}", "--output_format=parquet",
                "--processes_count=1", "--thread_count=32", "--number_sample_per_shard=10000", "--enable_wandb=False",
                "--compute_hash=sha256", *flags], folder)
    stats = [json.loads(path.read_text()) for path in (folder / "out").glob("*_stats.json")]
    done = sum(one["successes"] for one in stats)
    if done != count:
        sys.exit(f"error: img2dataset took {done} of {count}")
    return used


def curl(program, folder, listed, count):
    (folder / "out").mkdir()
    config = folder / "curl.txt"
    config.write_text("".join(f'url = "{url}"\noutput = "out/{n}.jpg"\n' for n, url in enumerate(listed.read_text().split())))
    used = run([program, "--parallel", "--parallel-max", "32", "--silent", "--config", config], folder)
    done = sum(1 for _ in (folder / "out").iterdir())
    if done != count:
        sys.exit(f"error: curl took {done} of {count}")
    return used


def clients(release):
    """Name, function and arguments of each; None with the reason for one that is not there."""
    ours = [release / "pixmo-images"]
    yield "pixmo, originals, decoded", pixmo, ours, []
    yield "pixmo, originals, walked", pixmo, ours, ["--no-decode"]
    yield "pixmo, originals in the rows", pixmo, ours, ["--embed"]
    yield "pixmo, 256 px JPEG in the rows", pixmo, ours, ["--copy-side", "256"]
    peer = PYTHON / "img2dataset/bin/img2dataset"
    missing = None if peer.is_file() else "`tests/setup.sh --benches` installs it"
    yield "img2dataset 1.47, originals", img2dataset, missing or [peer], ["--skip_reencode=True", "--resize_mode=no"]
    yield "img2dataset 1.47, 256 px JPEG", img2dataset, missing or [peer], ["--image_size=256", "--resize_mode=keep_ratio"]
    bare = shutil.which("curl")
    yield "curl, bytes to files", curl, [bare] if bare else "there is no `curl`", []


def measure(work, origin, release, short, long):
    found = []
    for name, client, program, flags in clients(release):
        if isinstance(program, str):
            found.append({"name": name, "skipped": program})
            continue
        used = {}
        for count in (short, long):
            folder = work / f"client-{len(found)}-{count}"
            folder.mkdir()
            used[count] = client(program[0], folder, addresses(work, origin, count), count, *flags)
        more = used[long]["processor_secs"] - used[short]["processor_secs"]
        found.append({
            "name": name,
            **used[long],
            "processor_ms_a_picture": 1e3 * used[long]["processor_secs"] / long,
            "processor_ms_one_more": 1e3 * more / (long - short),
            "pictures_a_sec": long / used[long]["secs"],
            "short_processor_secs": used[short]["processor_secs"],
        })
    return found


def show(found):
    print(f"{found['pictures']} pictures; {found['processors']} processors, load {found['load_before']:.1f} before\n")
    print(f"{'client':<32}{'pictures/s':>11}{'CPU s':>8}{'CPU ms each':>13}{'one more':>10}{'peak MiB':>10}")
    for one in found["clients"]:
        if "skipped" in one:
            print(f"{one['name']:<32} skipped, because {one['skipped']}")
            continue
        print(f"{one['name']:<32}{one['pictures_a_sec']:>11.0f}{one['processor_secs']:>8.1f}"
              f"{one['processor_ms_a_picture']:>13.3f}{one['processor_ms_one_more']:>10.3f}{one['peak_mib']:>10.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=pathlib.Path, help="folder of the programs, by default target/release")
    parser.add_argument("--pictures", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    release = (args.programs or target / "release").resolve()
    server = release / "examples/many_jpegs"
    for program in (release / "pixmo-images", server):
        if not program.is_file():
            print(f"error: `{program}` is not there\n"
                  "  hint: cargo build --release --bins --example many_jpegs -p pixmo-images", file=sys.stderr)
            sys.exit(2)
    found = {"pictures": args.pictures, "processors": len(os.sched_getaffinity(0)), "load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory(prefix="pixmo-bench-") as folder:
        serving = subprocess.Popen([server, str(args.pictures)], stdout=subprocess.PIPE, text=True)
        try:
            origin = serving.stdout.readline().strip()
            found["clients"] = measure(pathlib.Path(folder), origin, release, args.pictures // 8, args.pictures)
        finally:
            serving.kill()
    print(json.dumps(found)) if args.json else show(found)


if __name__ == "__main__":
    main()
