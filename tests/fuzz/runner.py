"""Runs cases in a process of their own, which may crash, hang or grow without harm, and counts what they did."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from core.util.errors import UserError
from tests.fuzz.memory import peak_mib

HANG_S = 10.0
"""Of the processor: longer takes no file that is refused or shown."""

WAIT_S, STARTING_S = 120.0, 300.0
"""Of the wall, for what waits and does nothing; a machine may be busy, and the first case of a process loads a network."""

OF_ONE_PROCESS = 60
"""Cases after which a fresh process goes on, so that what one case leaves in memory is not charged to all."""

PEAK = 1536
"""Mebibytes."""

Work = Callable[[Path], str]
"""What is done with a file; the answer says what became of it."""


@dataclass
class Report:
    """What cases came to, by their outcome, and what must never be: each a sentence that names its case."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    peak_mib: int = 0
    slowest_s: float = 0.0

    def text(self) -> str:
        """The same as one JSON document."""
        document = {
            "cases": sum(self.outcomes.values()),
            "outcomes": dict(self.outcomes.most_common()),
            "failures": self.failures[:40],
            "peak_mib": self.peak_mib,
            "slowest_s": round(self.slowest_s, 2),
        }
        return json.dumps(document, indent=1)


def told(step: Callable[[], object]) -> bool:
    """Do a step that may be refused with a sentence, and with nothing else; whether it was done."""
    try:
        step()
    except UserError:
        return False
    return True


def run_cases(
    cases: Iterable[Path], prepare: Callable[[], Work], after: Callable[[Path, bool], None] = lambda path, good: None
) -> Report:
    """Run them one after the other.

    Args:
        cases: files; each is made when it is asked for, and left.
        prepare: gives the work, in the process that does it.
        after: told of each case whether all was well.
    """
    report, worker = Report(), _Worker(prepare)
    for path in cases:
        outcome, peak, seconds = worker.run(path)
        report.slowest_s = max(report.slowest_s, seconds)
        report.peak_mib = max(report.peak_mib, peak)
        report.outcomes[outcome.partition(":")[0]] += 1
        good = not outcome.startswith(("crash", "hang", "traceback", "memory"))
        if not good:
            report.failures.append(f"{path.name} {outcome}")
        after(path, good)
    worker.stop()
    return report


class _Worker:
    """A process that is made anew when it died, was ended, or has done its share."""

    def __init__(self, prepare: Callable[[], Work]) -> None:
        self._prepare, self._done = prepare, 0
        self._process: multiprocessing.process.BaseProcess | None = None
        self._end: Connection | None = None

    def run(self, path: Path) -> tuple[str, int, float]:
        """The outcome of a case, the most memory the process has held, in mebibytes, and the processor's seconds."""
        if self._process is None or self._done >= OF_ONE_PROCESS:
            self.stop()
            self._start()
        assert self._end is not None
        assert self._process is not None
        self._done += 1
        self._end.send(str(path))
        try:
            if not self._end.poll(STARTING_S if self._done == 1 else WAIT_S):
                self._process.kill()
                self.stop()
                return "hang", 0, WAIT_S
            outcome, peak, seconds = self._end.recv()
        except (EOFError, OSError):
            self._process.join()
            code = self._process.exitcode
            self.stop()
            return f"crash: exit {code}", 0, 0.0
        if seconds > HANG_S:
            outcome = f"hang: {seconds:.1f} s, {outcome}"
        return outcome if peak <= PEAK else f"memory: {peak} MiB, {outcome}", peak, seconds

    def stop(self) -> None:
        """End the process."""
        if self._process is not None and self._end is not None:
            self._end.close()
            self._process.join(5)
            if self._process.is_alive():
                self._process.kill()
        self._process = self._end = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._end, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, self._prepare), daemon=False)
        self._process.start()
        other.close()
        self._done = 0


def _serve(end: Connection, prepare: Callable[[], Work]) -> None:
    work = prepare()
    while True:
        try:
            path = Path(end.recv())
        except EOFError:
            return
        started = time.process_time()
        try:
            outcome = work(path)
        except UserError as error:
            outcome = f"refused: {error.what}"
        except BaseException:
            outcome = f"traceback: {traceback.format_exc()[-1500:]}"
        end.send((outcome, peak_mib(), time.process_time() - started))


def run_command(run: Callable[[Path, int, int], Report], description: str, count: int) -> int:
    """Run cases as the command line asks for them; the exit status says whether any failed.

    Args:
        run: takes a folder, the number of cases and a seed.
        count: cases unless another number is asked for.
    """
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where cases that failed are left; default: nowhere")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cropseek-fuzz-") as temporary:
        report = run(arguments.folder or Path(temporary), arguments.count, arguments.seed)
    print(report.text())
    return 1 if report.failures else 0
