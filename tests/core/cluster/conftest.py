"""Three machines of a Ray cluster, on loopback addresses, and a local library to compare with."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[3]
MACHINES = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
"""Ray takes 127.0.0.1 for another name of the computer's own address."""

PATIENT = {
    # On a busy computer a machine that answers late must not count as dead.
    "RAY_health_check_timeout_ms": "60000",
    "RAY_health_check_failure_threshold": "20",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "1",
}
ADDRESS, START_S = "--address", 120


def waited(found: object = None, *, until: float, why: str) -> None:
    """Wait a moment, but not beyond ``until``."""
    assert time.monotonic() < until, why
    time.sleep(0.02)


class RayMachines:
    """Raylets with one core each; the first is the head."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind((MACHINES[0], 0))
            self.address = f"{MACHINES[0]}:{free.getsockname()[1]}"
        self._folder = folder
        self.environment = os.environ | PATIENT | {"PYTHONPATH": str(ROOT)}
        self._groups: dict[str, subprocess.Popen[bytes]] = {}
        head = ("--head", f"--port={self.address.split(':')[1]}", "--include-dashboard=false", f"--temp-dir={folder}")
        self._start(MACHINES[0], *head)
        until = time.monotonic() + START_S
        while not self._answers():
            waited(until=until, why="the head does not start")
        for machine in MACHINES[1:]:
            self._start(machine, f"--address={self.address}")

    def _start(self, machine: str, *options: str) -> None:
        command = [sys.executable, "-m", "ray.scripts.scripts", "start", f"--node-ip-address={machine}", *options]
        command += ["--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats", "--block"]
        with (self._folder / f"{machine}.log").open("wb") as log:
            # A group of its own, so that all of a machine can be killed.
            self._groups[machine] = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def _answers(self) -> bool:
        host, port = self.address.split(":")
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
            return True
        return False

    def workers(self, machine: str) -> list[psutil.Process]:
        """The processes that describe photos on a machine now."""
        found = []
        with contextlib.suppress(psutil.Error):
            for process in psutil.Process(self._groups[machine].pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    if process.cmdline()[0].startswith("ray::describe photos"):
                        found.append(process)
        return found

    def switch_off(self, machine: str) -> None:
        """Kill all processes of a machine."""
        process = self._groups.pop(machine)
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(process.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for machine in reversed(list(self._groups)):
            self.switch_off(machine)


@pytest.fixture(scope="module")
def machines() -> Iterator[RayMachines]:
    pytest.importorskip("ray")
    # Below /tmp, as the names of sockets must be short.
    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:
        made = RayMachines(Path(folder))
        try:
            yield made
        finally:
            made.stop()
