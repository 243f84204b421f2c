"""The benchmarks of speed in one run: their tables as Markdown, and with ``--json`` as data.

    python -m tests.benchmarks [--json FILE] [--only indexing scale]

Each tells its time and the most memory that its process, or one it started, took.  An accelerator has a benchmark of its
own (``device``), and so have fits (``fitting``).  Those that need a library of real photos (``boxes``, ``confidence``,
``live``, ``wholes``, ``windows``) have commands of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

RUNS: dict[str, tuple[str, ...]] = {
    "indexing": (),
    "chain": (),
    "growth": (),
    "opening": (),
    "scale": ("--photos", "100000"),
    "scale-1M": ("--photos", "1000000", "--windows", "none"),
    "viewer": (),
    "gallery": ("--photos", "1000", "100000"),
    "start": (),
    "frames": ("--photos", "100000"),
}
"""Each benchmark with quick settings; what follows a dash only tells two runs of one module apart."""


def main() -> None:
    """Run them one after another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--only", nargs="+", choices=RUNS, default=list(RUNS))
    arguments = parser.parse_args()
    document: dict[str, object] = machine()
    for name in arguments.only:
        started = time.monotonic()
        command = [sys.executable, "-W", "ignore", "-m", f"tests.benchmarks.{name.partition('-')[0]}", *RUNS[name]]
        text, failed, peak = measured(command)
        seconds = round(time.monotonic() - started, 1)
        print(f"## {name}\n\n{text.strip()}\n\n{seconds} s, peak {peak} MiB\n", flush=True)
        document[name] = {"seconds": seconds, "peak_mib": peak, "failed": failed, "rows": tables(text), "text": text}
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(document, indent=1), encoding="utf-8")


def machine() -> dict[str, object]:
    """What the numbers are of."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "machine": names[0] if names else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("torch", "numpy", "faiss-cpu", "PySide6-Essentials")},
    }


def measured(command: list[str]) -> tuple[str, bool, int]:
    """What a command prints, whether it failed, and the most memory it took, in MiB."""
    with tempfile.TemporaryFile("w+") as out:
        running = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, text=True)
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return out.read(), status != 0, usage.ru_maxrss // 1024


def tables(text: str) -> list[dict[str, str]]:
    """The rows of all Markdown tables in a text, each by its table's titles."""
    rows: list[dict[str, str]] = []
    titles: list[str] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            titles = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not titles:
            titles = cells
        elif not all(set(cell) <= {"-"} for cell in cells):
            rows.append(dict(zip(titles, cells, strict=False)))
    return rows


if __name__ == "__main__":
    main()
