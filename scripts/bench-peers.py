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
import time
from pathlib import Path

from bench_plot import fit, svg

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "target/data/bench"
VENV = ROOT / "target/bench-venv"
PYTHON = str(VENV / "bin/python")
PEER = [PYTHON, str(ROOT / "scripts/bench-peer.py")]
CHECK_PEER = [PYTHON, str(ROOT / "scripts/bench-check-peer.py")]
SUITE = str(ROOT / "scripts/bench-suite.json")
DRIFTLINE = ROOT / "target/release/driftline"
FILES = [str(DATA / name) for name in ("churn-100k.csv", "churn-1m.csv", "churn-wide.csv")]
CHECKED = str(DATA / "churn-1m.csv")
ROW_BYTES = 229
# What takes longer than so many seconds runs once.
LONG = 60
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


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
            return None, (done.stderr.strip().splitlines() or ["it failed"])[-1]
    return installed(), None


def driftline(path, task="profile", *more):
    """Wall and CPU seconds and peak memory in MB of the whole process."""
    command = [str(DRIFTLINE), task, path, *more, "--format", "json", "-o", "/dev/null", "--threads", "2"]
    began = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"exit code {child.returncode}")
    return {"seconds": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * RSS_UNIT / 1e6}


def peer(name, of=PEER):
    def run(path):
        done = subprocess.run([*of, name, path], capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise RuntimeError((done.stderr.strip().splitlines() or ["it failed"])[-1][:80])
        return json.loads(done.stdout.splitlines()[-1])

    return run


def all_kept(name):
    """A peer that checks; all of the suite is kept, as Driftline's exit code says it is."""
    run = peer(name, CHECK_PEER)

    def checked(path):
        found = run(path)
        if found["kept"] != len(json.loads(Path(SUITE).read_text())["expectations"]):
            raise RuntimeError(f"only {found['kept']} are kept")
        return found

    return checked


def figure(value):
    return f"{value:.0f}" if value >= 100 else f"{value:#.3g}".rstrip(".")


def markdown(head, rows):
    widths = [max(3, len(cell), *(len(row[i]) for row in rows)) for i, cell in enumerate(head)]

    def line(cells):
        first, *rest = (cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(cells, widths)))
        return "| " + " | ".join([first, *rest]) + " |"

    rule = [":" + "-" * (widths[0] - 1), *("-" * (w - 1) + ":" for w in widths[1:])]
    return "\n".join([line(head), line(rule), *map(line, rows)])


def keep(name, text):
    folder = ROOT / "target/bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(text + "\n")
    print(f"\n{text}\n", flush=True)


def race(subjects, path, runs):
    """All subjects on one file, in turns; the first is what the others are compared with."""
    found = {name: [] for name in subjects}
    failed = {}
    for _ in range(runs):
        for name, run in subjects.items():
            enough = found[name] and found[name][0]["seconds"] > LONG
            if name not in failed and not enough:
                try:
                    found[name].append(run(path))
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    failed[name] = str(error)
    middle = {
        name: {key: statistics.median(it[key] for it in all_runs) for key in ("seconds", "cpu", "peak")}
        for name, all_runs in found.items()
        if name not in failed
    }
    size, first = os.path.getsize(path) / 1e6, next(iter(subjects))
    rows = []
    for name in subjects:
        label = f"`{os.path.basename(path)}` {name}"
        if name in failed or first in failed:
            rows.append([f"{label}: {failed.get(name, 'not compared')}", *["–"] * 7])
            continue
        of, base, seconds = middle[name], middle[first], [it["seconds"] for it in found[name]]
        rows.append([
            label, figure(of["seconds"]), f"{figure(min(seconds))}–{figure(max(seconds))}", figure(size / of["seconds"]),
            figure(of["cpu"]), figure(of["peak"]), figure(of["seconds"] / base["seconds"]), figure(of["cpu"] / base["cpu"]),
        ])  # fmt: skip
    return rows


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
        subjects |= {f"Polars {versions['polars']}": peer("polars"), f"DuckDB {versions['duckdb']}": peer("duckdb")}
        files += [parquet(path) for path in files if path.endswith("-1m.csv")]
    else:
        print(f"Polars and DuckDB are skipped: {why}")
    rows = []
    for path in files:
        print(f"{os.path.basename(path)} …", file=sys.stderr)
        rows += race(subjects, path, runs)
    if rows:
        head = ["a file, to its profile", "s", "range", "MB/s", "CPU s", "peak MB", "× s", "× CPU"]
        keep("native", f"2 threads, medians of {runs}, in turns\n\n{markdown(head, rows)}")
    checked = os.environ.get("BENCH_CHECKED", CHECKED)
    if checked:
        subjects = {"**Driftline**": lambda path: driftline(path, "check", "--contract", SUITE)}
        if versions:
            subjects[f"DuckDB {versions['duckdb']}"] = all_kept("duckdb")
            subjects[f"Great Expectations {versions['great_expectations']}"] = all_kept("gx")
        rows = race(subjects | {"**Driftline**, its profile alone": driftline}, checked, runs)
        head = ["a file, checked by 25 rules", "s", "range", "MB/s", "CPU s", "peak MB", "× s", "× CPU"]
        keep("checked", f"2 threads, medians of {runs}, in turns\n\n{markdown(head, rows)}")
    sizes = [int(it) for it in os.environ.get("BENCH_GROWTH", "").split(",") if it]
    if sizes:
        growth(sizes, min(runs, 3))


main()
