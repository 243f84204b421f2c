"""The pool of decoder processes: started when needed, reused, killed when they hang, and replaced.

Where a system cannot pass open files to another process (Windows), photos are decoded in this process, with the same limits
of size and memory, but not of time.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import mmap
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from core.photos.budget import Budget
from core.photos.wire import Gone, Message, receive, send
from core.util.errors import PassingError, UserError

APART = hasattr(socket, "send_fds") and hasattr(socket, "AF_UNIX")
"""Whether photos are decoded in separate processes."""

SECONDS, SECONDS_A_MEGAPIXEL = 30.0, 0.5
"""Wall-clock limit for one photo on a busy machine; usually the decoder's own limit of CPU time stops it first."""

TOO_LONG = "decoding this photo takes too long"
STOPPED = "this file stops the decoder"
NO_ROOM = "there is not enough memory to decode this photo"

_ROOT = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path[:0] = [sys.argv[1]]; from core.photos.worker import main; main(int(sys.argv[2]))"


DECODER = "decode-photos"
"""The argument with which a packaged program, which has no Python beside it, starts itself as a decoder (``gui.start``)."""


def command(number: int) -> list[str]:
    """The command line that starts a decoder on an open socket."""
    if getattr(sys, "frozen", False):
        return [sys.executable, DECODER, str(number)]
    return [sys.executable, "-c", _START, _ROOT, str(number)]


@dataclass(frozen=True)
class Wish:
    """A request to a decoder.

    Attributes:
        edge, least: see ``decoder.open_photo``.
        pixels: whether to decode the pixels.
    """

    suffix: str = ""
    edge: int | None = None
    least: int | None = None
    pixels: bool = True


@dataclass(frozen=True)
class Decoded:
    """A decoded photo.

    Attributes:
        size: width and height in the file, after the EXIF turn; ``pixels`` may be smaller.
        pixels: (H, W, 3) uint8 sRGB; empty if they were not requested.
    """

    kind: str
    size: tuple[int, int]
    taken: str
    details: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    pixels: NDArray[np.uint8]

    @property
    def scale(self) -> float:
        """Factor from coordinates in ``pixels`` to coordinates in the photo: 1, unless it was decoded smaller."""
        return self.size[0] / max(1, int(self.pixels.shape[1]))


class Worker:
    """One decoder process; decodes one photo at a time."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            self._process = subprocess.Popen(
                command(theirs.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl+C is for the main process only
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            )

    @property
    def alive(self) -> bool:
        """Whether the process can take a photo."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill the process if it still runs, and free its resources."""
        self._line.close()
        self._process.kill()
        self._process.wait()

    def read(self, file: BinaryIO, wish: Wish, budget: Budget) -> Decoded:
        """Decode a photo in the process.

        Raises:
            UserError: what is wrong with the photo.
            Gone, TimeoutError: the process cannot be used any more.
        """
        self._line.settimeout(SECONDS)
        send(self._line, {"suffix": wish.suffix, "edge": wish.edge, "least": wish.least}, file.fileno())
        header = self._answer()
        pixels, notes = np.empty((0, 0, 3), np.uint8), header["notes"]
        if wish.pixels:
            with budget.lent(header["cost"]):
                self._line.settimeout(SECONDS + SECONDS_A_MEGAPIXEL * header["size"][0] * header["size"][1] / 1e6)
                send(self._line, {"decode": True})
                pixels, notes = self._pixels(self._answer()["shape"])
        else:
            send(self._line, {"decode": False})
        return Decoded(
            header["kind"], tuple(header["size"]), header["taken"], _pairs(header["details"]), tuple(notes), pixels
        )

    def _answer(self) -> Message:
        answer = receive(self._line)[0]
        if "what" in answer:
            kind = PassingError if answer["passing"] else UserError
            raise kind(answer["what"], hint=answer["hint"])
        return answer

    def _pixels(self, shape: Sequence[int]) -> tuple[NDArray[np.uint8], Sequence[str]]:
        """Share memory with the decoder for the pixels, and return them and its notes."""
        size = shape[0] * shape[1] * 3
        number = _memory(size)
        try:
            room = mmap.mmap(number, size)
            send(self._line, {}, number)
        finally:
            os.close(number)
        notes = self._answer()["notes"]
        return np.frombuffer(room, dtype=np.uint8).reshape(shape[0], shape[1], 3), notes

    def reason(self) -> UserError | None:
        """End the process; returns why it failed, or None if it ended normally."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.returncode
        self.end()
        if code is None or code == -signal.SIGXCPU:
            return UserError(TOO_LONG)
        if code == -signal.SIGKILL:
            return PassingError("the decoder was stopped", hint="Try again.")
        return None if code == 0 else UserError(STOPPED)


class Workers:
    """A pool of up to ``most`` decoders.  Safe to share between threads."""

    def __init__(self, most: int = 0) -> None:
        self._most = most or max(2, min(os.cpu_count() or 2, 8))
        self._free: list[Worker] = []
        self._busy = 0
        self._turn = threading.Condition()
        self.budget = Budget()

    def read(self, file: BinaryIO, wish: Wish) -> Decoded:
        """Decode a photo in the next free decoder.

        Raises:
            UserError: what is wrong with the photo.
        """
        while (decoded := self._try(file, wish)) is None:
            file.seek(0)
        return decoded

    def _try(self, file: BinaryIO, wish: Wish) -> Decoded | None:
        """Decode a photo; None if the idle decoder had ended before it could begin."""
        worker, usable = self._taken(), False
        try:
            decoded = worker.read(file, wish, self.budget)
            usable = True
        except UserError:
            usable = True
            raise
        except (Gone, TimeoutError):
            if (reason := worker.reason()) is not None:
                raise reason from None
            return None
        except (OSError, MemoryError) as error:
            raise PassingError(NO_ROOM) from error
        finally:
            self._give_back(worker, usable)
        return decoded

    def begin(self) -> None:
        """Start a decoder in advance, if none runs: the first photo then does not wait for it."""
        with self._turn:
            if not self._free and not self._busy:
                with contextlib.suppress(OSError):  # the first photo will tell
                    self._free.append(Worker())

    def forget(self) -> None:
        """After a fork: forget the decoders, which belong to the parent process."""
        self._free, self._busy, self._turn, self.budget = [], 0, threading.Condition(), Budget()

    def close(self) -> None:
        """End the idle decoders."""
        with self._turn:
            while self._free:
                self._free.pop().end()

    def _taken(self) -> Worker:
        with self._turn:
            self._turn.wait_for(lambda: self._busy < self._most)
            self._busy += 1
            free = self._free.pop() if self._free else None
        try:
            if free is not None and not free.alive:
                free.end()
                free = None
            return free or Worker()
        except OSError as error:
            self._give_back(None, False)
            raise PassingError(NO_ROOM) from error
        except BaseException:
            self._give_back(None, False)
            raise

    def _give_back(self, worker: Worker | None, usable: bool) -> None:
        if worker is not None and not usable:
            worker.end()
        with self._turn:
            self._busy -= 1
            if worker is not None and usable:
                self._free.append(worker)
            self._turn.notify()


WORKERS = Workers()
atexit.register(WORKERS.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=WORKERS.forget)


def begin_decoding() -> None:
    """Start a decoder in advance, where photos are decoded apart; it gets ready beside whatever else is done."""
    if APART:
        WORKERS.begin()


def decode(file: BinaryIO, wish: Wish) -> Decoded:
    """Decode a photo, in a decoder process if the system supports it.

    Args:
        file: an open regular file.

    Raises:
        UserError: what is wrong with the photo, without its name.
    """
    return WORKERS.read(file, wish) if APART else _here(file, wish)


def _here(file: BinaryIO, wish: Wish) -> Decoded:
    """Decode a photo in this process."""
    from core.photos.decoder import open_photo

    try:
        photo = open_photo(file, wish.suffix, wish.edge, wish.least)
        known, pixels = photo.metadata, np.empty((0, 0, 3), np.uint8)
        notes = known.notes
        if wish.pixels:
            with WORKERS.budget.lent(photo.cost):
                pixels = np.empty((*photo.load(), 3), np.uint8)
                notes = photo.write(pixels)
        return Decoded(photo.kind.name, photo.size, known.taken, known.details, notes, pixels)
    except MemoryError as error:
        raise PassingError(NO_ROOM) from error


def decode_bytes(data: bytes, wish: Wish) -> Decoded:
    """The same for a picture in memory.

    Raises:
        UserError: what is wrong with the picture.
    """
    if not APART:
        return _here(io.BytesIO(data), wish)
    try:
        with os.fdopen(_memory(len(data)), "r+b") as file:
            file.write(data)
            file.flush()
            file.seek(0)
            return WORKERS.read(file, wish)
    except OSError as error:
        raise PassingError(NO_ROOM) from error


def _memory(size: int) -> int:
    """An anonymous open file, in memory if the system supports it."""
    make = getattr(os, "memfd_create", None)
    if make is not None:
        number = int(make("photo"))
    else:
        with tempfile.TemporaryFile() as file:
            number = os.dup(file.fileno())
    os.ftruncate(number, size)
    return number


def _pairs(rows: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in rows)
