"""The benchmarks of speed in one run: their tables as Markdown, and with ``--json`` as data.

    python -m tests.benchmarks [--json FILE] [--only indexing scale]

Those that need a library of real photos (``boxes``, ``confidence``, ``live``, ``wholes``, ``windows``) have commands of
their own.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import time
from pathlib import Path

RUNS: dict[str, tuple[str, ...]] = {
    "indexing": (),
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
    document: dict[str, object] = {
        "machine": platform.processor() or platform.machine(),
        "python": platform.python_version(),
    }
    for name in arguments.only:
        started = time.monotonic()
        command = [sys.executable, "-W", "ignore", "-m", f"tests.benchmarks.{name.partition('-')[0]}", *RUNS[name]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(f"## {name}\n\n{done.stdout.strip() or done.stderr.strip()}\n", flush=True)
        seconds = round(time.monotonic() - started, 1)
        document[name] = {"seconds": seconds, "failed": done.returncode != 0, "rows": tables(done.stdout)}
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(document, indent=1), encoding="utf-8")


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
