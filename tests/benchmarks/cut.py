"""How soon a cut network is told, and how soon a shared library is back.

    unshare -n python -m tests.benchmarks.cut

runs as root on Linux, in a network namespace of its own: a PostgreSQL server, and a desktop in another namespace, joined by
a pair of virtual cables.  One end is switched off, as when a cable is pulled out, so nobody answers and nobody refuses.
Prints the seconds until the desktop's question, asked right after that, is given up, the same of the next one, and from
switching the end on again until an answer.  Encryption is left out.
"""

from __future__ import annotations

import argparse
import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.own_home import own_home

NEAR, FAR = "10.9.0.1", "10.9.0.2"


def main() -> None:
    """Print the three times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desktop", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.desktop is not None:
        _desktop(options.desktop[0], Path(options.desktop[1]))
        return
    with own_home("cut") as home, _cabled() as far:
        _run(home, far)


def _run(home: Path, far: list[str]) -> None:
    from core.library import create_library
    from core.remote.opening import publish_library
    from core.util.progress import Ticket
    from tests.core.remote.conftest import CONFIG, own_server, random_entries

    (home / "photos").mkdir()
    library = create_library(home / "made-up.cropseek", CONFIG, b"no describer", "half")
    library.begin([home / "photos"])
    library.store(random_entries(home / "photos", 50))
    library.close()
    with own_server() as server:
        address = server.address(server.database())
        publish_library(home / "made-up.cropseek", address, Ticket())
        there = address.replace(f"127.0.0.1:{server.port}", f"{NEAR}:{_listening(server.port)}")
        desktop = subprocess.Popen([*far, sys.executable, "-m", "tests.benchmarks.cut", "--desktop", there, str(home)])
        for step, way in (("opened", "down"), ("told", "up")):
            while not (home / step).exists():
                if desktop.poll() is not None:
                    raise SystemExit("the desktop failed")
                time.sleep(0.01)
            _shell("ip", "link", "set", "v0", way)
            (home / way).touch()
        desktop.wait()


def _desktop(address: str, home: Path) -> None:
    from core.remote.address import Address
    from core.remote.opening import open_any
    from core.util.errors import UserError

    Address.loopback = property(lambda self: True)  # type: ignore[assignment, method-assign]
    library = open_any(Path(address))

    def refused() -> float:
        began = time.monotonic()
        try:
            library.version()
        except UserError as error:
            print(f"  {error.what}", flush=True)
            return time.monotonic() - began
        raise SystemExit("it answered")

    library.version()
    (home / "opened").touch()
    _await(home / "down")
    print(f"told after {refused():.1f} s", flush=True)
    print(f"the next one after {refused():.1f} s", flush=True)
    (home / "told").touch()
    _await(home / "up")
    began, answered = time.monotonic(), False
    while not answered:
        with contextlib.suppress(UserError):
            library.version()
            answered = True
    print(f"back after {time.monotonic() - began:.1f} s")


def _await(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


@contextlib.contextmanager
def _cabled() -> Iterator[list[str]]:
    """Another namespace with a cable to this one; gives the beginning of commands that run there."""
    _shell("ip", "link", "set", "lo", "up")
    other = subprocess.Popen(["unshare", "-n", "sleep", "600"])
    try:
        time.sleep(1)  # until it has its namespace
        there = ["nsenter", "-t", str(other.pid), "-n"]
        _shell("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", str(other.pid))
        for begin, link, own in (([], "v0", NEAR), (there, "v1", FAR)):
            _shell(*begin, "ip", "addr", "add", f"{own}/24", "dev", link)
            _shell(*begin, "ip", "link", "set", link, "up")
        yield there
    finally:
        other.kill()
        other.wait()


def _listening(port: int) -> int:
    """A port on the cable whose connections are forwarded to a port of loopback."""
    listener = socket.create_server((NEAR, 0))

    def forward(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                target.sendall(data)

    def accept() -> None:
        while True:
            near, _ = listener.accept()
            to = socket.create_connection(("127.0.0.1", port))
            for pair in ((near, to), (to, near)):
                threading.Thread(target=forward, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return int(listener.getsockname()[1])


def _shell(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
