"""A network between a server and its users: its answers come late, or not at all."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Iterator

LATE_S = 0.1
PIECE = 1 << 16


class FarServer:
    """Forwards connections to a port of this computer; every piece of an answer comes ``late`` seconds later.

    Attributes:
        cut: nothing is forwarded, and nobody is told, as when a cable is pulled out far away.
    """

    def __init__(self, port: int, late: float = LATE_S) -> None:
        self._to, self._late = port, late
        self.cut = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets = [self._listener]
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._sockets += [near, far]
                for source, target, late in ((near, far, 0.0), (far, near, self._late)):
                    target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    threading.Thread(target=self._forward, args=(source, target, late), daemon=True).start()

    def _forward(self, source: socket.socket, target: socket.socket, late: float) -> None:
        """Read at once and write later, so that pieces do not wait for one another."""
        pieces: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        threading.Thread(target=self._write, args=(pieces, target), daemon=True).start()
        data = b"any"
        while data:
            try:
                data = source.recv(PIECE)
            except OSError:
                data = b""
            if not self.cut.is_set():
                pieces.put((time.monotonic() + late, data))

    def _write(self, pieces: queue.SimpleQueue[tuple[float, bytes]], target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                due, data = pieces.get()
                time.sleep(max(0.0, due - time.monotonic()))
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)

    def close(self) -> None:
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@contextlib.contextmanager
def far_away(port: int, late: float = LATE_S) -> Iterator[FarServer]:
    """A server on ``port``, far away."""
    made = FarServer(port, late)
    try:
        yield made
    finally:
        made.close()
