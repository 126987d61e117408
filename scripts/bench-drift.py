"""Two CSV files of a million rows to a report on their drift: Driftline's command line beside Evidently's preset, NannyML's univariate
calculator and Alibi Detect's test of tables; and what a saved profile as the reference costs over the profile alone. Tables are
printed and kept in target/bench. Each peer is installed into a folder of its own below target, and skipped where that cannot be.

BENCH_DRIFT (the reference and the current file, a comma between), BENCH_RUNS (5), BENCH_PEERS=0 (no peers).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile

from bench_race import DATA, DRIFTLINE, ROOT, driftline, figure, keep, last, markdown, peer, race

# What they do not say that they need stands behind them.
SCRIPT = str(ROOT / "scripts/bench-drift-peer.py")
PEERS = {
    "evidently": ("Evidently", "DataDriftPreset", ["evidently==0.7.23", "pandas<3"]),
    "nannyml": ("NannyML", "univariate drift", ["nannyml==0.13.1", "pandas<3", "statsmodels"]),
    "alibi": ("Alibi Detect", "TabularDrift", ["alibi-detect==0.13.0"]),
}
FILES = [str(DATA / "churn-1m.csv"), str(DATA / "churn-1m-next.csv")]


def installed(name, packages):
    """A Python with a peer and the peer's version, or nothing and why."""
    folder = ROOT / f"target/bench-venv-{name}"
    python = str(folder / "bin/python")
    version = [python, SCRIPT, "version", name]
    quiet = {"capture_output": True, "text": True}
    if not os.path.exists(python) or subprocess.run(version, **quiet).returncode:
        for step in [sys.executable, "-m", "venv", str(folder)], [python, "-m", "pip", "install", "--quiet", *packages]:
            done = subprocess.run(step, **quiet)
            if done.returncode:
                return None, last(done.stderr)
    return python, subprocess.run(version, **quiet, check=True).stdout.strip()


def in_the_page(of, files, native):
    """What tests/web/bench.js has measured in Chromium, as a row."""
    size = sum(map(os.path.getsize, files)) / 1e6
    seconds, cpu = of["seconds"], of["cpu"]
    return [
        f"`{os.path.basename(files[1])}` **Driftline** in Chromium", figure(seconds),
        "–".join(map(figure, of["range"])), figure(size / seconds), figure(cpu), figure(of["peak"]),
        figure(seconds / float(native[1])), figure(cpu / float(native[4])),
    ]  # fmt: skip


def beside(files, runs):
    """Driftline and its peers on two files."""
    before, now = files
    subjects = {"**Driftline**": lambda _, current: driftline(current, "drift", "--reference", before)}
    for name, (title, what, packages) in PEERS.items():
        if os.environ.get("BENCH_PEERS") == "0":
            continue
        python, version = installed(name, packages)
        if python:
            subjects[f"{title} {version}, {what}"] = peer(name, [python, SCRIPT])
        else:
            print(f"{title} is skipped: {version}")
    rows = race(subjects, files, runs)
    page = ROOT / "target/bench/page-drift.json"
    if page.exists():
        rows.insert(1, in_the_page(json.loads(page.read_text()), files, rows[0]))
    head = ["two files, to their drift", "s", "range", "MB/s", "CPU s", "peak MB", "× s", "× CPU"]
    keep("drift", f"2 threads, medians of {runs}, in turns\n\n{markdown(head, rows)}")


def saved(files, runs):
    """What it costs to compare a file with a saved profile, as a ratio to its profile alone."""
    before, now = files
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "reference.profile.json")
        subprocess.run([str(DRIFTLINE), "profile", before, "--save", profile, "-o", os.devnull], check=True)
        ways = {
            "its profile alone": lambda: driftline(now),
            "against a saved profile": lambda: driftline(now, "drift", "--reference", profile),
        }
        found = {name: [] for name in ways}
        for _ in range(runs):
            for name, way in ways.items():
                found[name].append(way())
    middle = {name: {key: statistics.median(it[key] for it in of) for key in of[0]} for name, of in found.items()}
    base = next(iter(middle.values()))
    rows = [
        [f"`{os.path.basename(now)}` {name}", *(figure(of[key]) for key in ("seconds", "cpu", "peak")),
         f"{of['seconds'] / base['seconds']:.2f}", f"{of['cpu'] / base['cpu']:.2f}"]
        for name, of in middle.items()
    ]  # fmt: skip
    head = ["a file", "s", "CPU s", "peak MB", "× s", "× CPU"]
    keep("saved", f"2 threads, medians of {runs}, in turns\n\n{markdown(head, rows)}")


def main():
    runs = int(os.environ.get("BENCH_RUNS", "5"))
    files = [it for it in os.environ.get("BENCH_DRIFT", ",".join(FILES)).split(",") if it]
    if len(files) != 2:
        raise SystemExit("BENCH_DRIFT names the reference and the current file, a comma between them")
    saved(files, runs)
    beside(files, runs)


main()
