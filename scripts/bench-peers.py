"""Driftline's command line beside Polars and DuckDB on the same files, and its check beside DuckDB and Great Expectations, in
turns, each in a process of its own; and its time and memory as files grow. Tables are printed and kept in target/bench. Needs Linux or macOS; the peers are installed
into target/bench-venv, and skipped where that cannot be.

BENCH_FILES (paths to profile, commas between), BENCH_CHECKED (a path to check), BENCH_RUNS (5), BENCH_PEERS=0 (no peers),
BENCH_GROWTH (megabytes, commas between).
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from bench_plot import fit, svg
from bench_race import DATA, ROOT, driftline, figure, keep, last, markdown, peer, race

VENV = ROOT / "target/bench-venv"
PYTHON = str(VENV / "bin/python")
PEER = [PYTHON, str(ROOT / "scripts/bench-peer.py")]
CHECK_PEER = [PYTHON, str(ROOT / "scripts/bench-check-peer.py")]
SUITE = str(ROOT / "scripts/bench-suite.json")
FILES = [str(DATA / name) for name in ("churn-100k.csv", "churn-1m.csv", "churn-wide.csv")]
CHECKED = str(DATA / "churn-1m.csv")
ROW_BYTES = 229


def installed():
    """The peers' versions, where they are there."""
    if not VENV.exists():
        return None
    done = [subprocess.run([*of, "versions"], capture_output=True, text=True) for of in (PEER, CHECK_PEER)]
    return None if any(it.returncode for it in done) else json.loads(done[0].stdout) | json.loads(done[1].stdout)


def install():
    """The peers' versions, or nothing and why."""
    if os.environ.get("BENCH_PEERS") == "0":
        return None, "BENCH_PEERS is 0"
    quiet = {"capture_output": True, "text": True}
    steps = [
        [sys.executable, "-m", "venv", str(VENV)],
        [PYTHON, "-m", "pip", "install", "--quiet", "polars", "duckdb", "pyarrow", "great-expectations==1.24.1"],
    ]
    for step in [] if installed() else steps:
        done = subprocess.run(step, **quiet)
        if done.returncode:
            return None, last(done.stderr)
    return installed(), None


def all_kept(name):
    """A peer that checks; all of the suite is kept, as Driftline's exit code says it is."""
    run = peer(name, CHECK_PEER)

    def checked(path):
        found = run(path)
        if found["kept"] != len(json.loads(Path(SUITE).read_text())["expectations"]):
            raise RuntimeError(f"only {found['kept']} are kept")
        return found

    return checked


def parquet(path):
    target = Path(path).with_suffix(".parquet")
    if not target.exists() or target.stat().st_mtime < os.path.getmtime(path):
        subprocess.run([*PEER, "to-parquet", path, f"{target}.part"], check=True)
        os.replace(f"{target}.part", target)
    return str(target)


def growth(sizes, runs):
    """Time and peak memory of the command line as the file grows, as a table and as a plot."""
    rows, points = [], []
    for megabytes in sizes:
        path = DATA / "growing.csv"
        n_rows = str(megabytes * 1_000_000 // ROW_BYTES)
        print(f"{megabytes} MB …", file=sys.stderr)
        subprocess.run(["node", str(ROOT / "scripts/churn.mjs"), str(path), n_rows], check=True)
        found = [driftline(str(path)) for _ in range(runs)]
        middle = {key: statistics.median(it[key] for it in found) for key in ("seconds", "cpu", "peak")}
        size = path.stat().st_size / 1e6
        path.unlink()
        points.append((size / 1e3, middle["seconds"], middle["peak"]))
        rows.append([f"{megabytes:,} MB", n_rows, *(figure(middle[key]) for key in ("seconds", "cpu", "peak"))])
        rows[-1].insert(3, figure(size / middle["seconds"]))
    head = ["file", "rows", "s", "MB/s", "CPU s", "peak MB"]
    text = f"Native, 2 threads, medians of {runs}\n\n{markdown(head, rows)}"
    if len(points) > 2:
        xs, seconds, peaks = zip(*points)
        (_, per_gb, straight), (_, more, _) = fit(xs, seconds), fit(xs, peaks)
        text += f"\n\nTime is a straight line of the size (R² = {straight:.4f}), {figure(per_gb)} s a GB; memory grows by "
        text += f"{max(0, more) / 10:.2f} % of the file's size."
        panels = [("seconds", xs, seconds), ("peak memory, MB", xs, peaks)]
        plot = svg(panels, "Seconds and peak memory by the size of a CSV file")
        (ROOT / "target/bench/growth.svg").write_text(plot)
    keep("growth", text)


def main():
    runs = int(os.environ.get("BENCH_RUNS", "5"))
    files = [it for it in os.environ.get("BENCH_FILES", ",".join(FILES)).split(",") if it]
    versions, why = install()
    subjects = {"**Driftline**": driftline}
    if versions:
        subjects |= {f"Polars {versions['polars']}": peer("polars", PEER), f"DuckDB {versions['duckdb']}": peer("duckdb", PEER)}
        files += [parquet(path) for path in files if path.endswith("-1m.csv")]
    else:
        print(f"Polars and DuckDB are skipped: {why}")
    rows = []
    for path in files:
        print(f"{os.path.basename(path)} …", file=sys.stderr)
        rows += race(subjects, [path], runs)
    if rows:
        head = ["a file, to its profile", "s", "range", "MB/s", "CPU s", "peak MB", "× s", "× CPU"]
        keep("native", f"2 threads, medians of {runs}, in turns\n\n{markdown(head, rows)}")
    checked = os.environ.get("BENCH_CHECKED", CHECKED)
    if checked:
        subjects = {"**Driftline**": lambda path: driftline(path, "check", "--contract", SUITE)}
        if versions:
            subjects[f"DuckDB {versions['duckdb']}"] = all_kept("duckdb")
            subjects[f"Great Expectations {versions['great_expectations']}"] = all_kept("gx")
        rows = race(subjects | {"**Driftline**, its profile alone": driftline}, [checked], runs)
        head = ["a file, checked by 25 rules", "s", "range", "MB/s", "CPU s", "peak MB", "× s", "× CPU"]
        keep("checked", f"2 threads, medians of {runs}, in turns\n\n{markdown(head, rows)}")
    sizes = [int(it) for it in os.environ.get("BENCH_GROWTH", "").split(",") if it]
    if sizes:
        growth(sizes, min(runs, 3))


main()
