"""Subjects on the same files, in turns, each in a process of its own, as a table. Tables are printed and kept in target/bench."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "target/data/bench"
DRIFTLINE = ROOT / "target/release/driftline"
# What takes longer than so many seconds runs once.
LONG = 60
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def last(text):
    """The last line of what a process complained of."""
    return (text.strip().splitlines() or ["it failed"])[-1]


def driftline(path, task="profile", *more):
    """Wall and CPU seconds and peak memory in MB of the whole process."""
    command = [str(DRIFTLINE), task, *more, path, "--format", "json", "-o", "/dev/null", "--threads", "2"]
    began = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    # 1: it was read, and something is wrong with it.
    if child.returncode not in (0, 1) or (child.returncode and task != "drift"):
        raise RuntimeError(f"exit code {child.returncode}")
    return {"seconds": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * RSS_UNIT / 1e6}


def peer(name, of):
    """What a peer's script measures of itself; it is given the paths."""

    def run(*paths):
        done = subprocess.run([*of, name, *paths], capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise RuntimeError(last(done.stderr)[:80])
        return json.loads(done.stdout.splitlines()[-1])

    return run


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


def race(subjects, paths, runs):
    """All subjects on the same files, in turns; the first is what the others are compared with."""
    found = {name: [] for name in subjects}
    failed = {}
    for _ in range(runs):
        for name, run in subjects.items():
            enough = found[name] and found[name][0]["seconds"] > LONG
            if name not in failed and not enough:
                try:
                    found[name].append(run(*paths))
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    failed[name] = str(error)
    middle = {
        name: {key: statistics.median(it[key] for it in all_runs) for key in ("seconds", "cpu", "peak")}
        for name, all_runs in found.items()
        if name not in failed
    }
    size, first = sum(map(os.path.getsize, paths)) / 1e6, next(iter(subjects))
    rows = []
    for name in subjects:
        label = f"`{os.path.basename(paths[-1])}` {name}"
        if name in failed or first in failed:
            rows.append([f"{label}: {failed.get(name, 'not compared')}", *["–"] * 7])
            continue
        of, base, seconds = middle[name], middle[first], [it["seconds"] for it in found[name]]
        rows.append([
            label, figure(of["seconds"]), f"{figure(min(seconds))}–{figure(max(seconds))}", figure(size / of["seconds"]),
            figure(of["cpu"]), figure(of["peak"]), figure(of["seconds"] / base["seconds"]), figure(of["cpu"] / base["cpu"]),
        ])  # fmt: skip
    return rows
