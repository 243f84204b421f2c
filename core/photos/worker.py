"""The decoder process: it receives open files, returns sizes, metadata and pixels, and can be killed at any time.

It has limits of memory and CPU time, writes no files, and ends when the main process ends.
"""

from __future__ import annotations

import mmap
import os
import signal
import socket
import sys
import warnings
from typing import Any

import numpy as np

from core.photos.decoder import OpenPhoto, open_photo
from core.photos.wire import Gone, Message, receive, send
from core.util.errors import PassingError, UserError

MEMORY = 2_600 << 20
"""Address space in bytes: for decoding a photo (``kinds.MOST_MEMORY``), a second copy of the result, and the program."""

SECONDS, SECONDS_A_MEGAPIXEL = 8.0, 0.15
"""CPU time for one photo: fixed, and for each megapixel."""

IDLE = 120
"""Seconds without a photo after which the process ends, to free its memory."""

TOO_MUCH = "decoding this photo takes too much memory"


def main(number: int) -> None:
    """Serve until the other side ends.

    Args:
        number: file descriptor of the open socket.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the main process, which ends its decoders itself
    warnings.simplefilter("ignore")
    line = socket.socket(fileno=number)
    _limit()
    try:
        while True:
            line.settimeout(IDLE)
            request, file = receive(line)
            line.settimeout(None)  # this photo may have to wait for memory that another one holds
            if file is not None:
                _serve(line, request, file)
    except (Gone, OSError):  # also after ``IDLE`` seconds without work
        return


def _serve(line: socket.socket, request: Message, number: int) -> None:
    with os.fdopen(number, "rb") as file:
        try:
            _allow(SECONDS)
            photo = open_photo(file, request["suffix"], request["edge"], request["least"])
            send(line, header_of(photo))
            if not receive(line)[0]["decode"]:
                return
            _allow(SECONDS + SECONDS_A_MEGAPIXEL * photo.size[0] * photo.size[1] / 1e6)
            height, width = photo.load()
            send(line, {"shape": [height, width]})
            send(line, {"notes": _written(photo, receive(line)[1], height, width)})
        except UserError as error:
            send(line, failure_of(error))
        except MemoryError:
            send(line, failure_of(UserError(TOO_MUCH)))  # it reached its memory limit, and would again


def header_of(photo: OpenPhoto) -> Message:
    """The message that is sent before anything is decoded."""
    known = photo.metadata
    return {
        "kind": photo.kind.name,
        "size": list(photo.size),
        "cost": photo.cost,
        "taken": known.taken,
        "details": known.details,
        "notes": known.notes,
    }


def failure_of(error: UserError) -> Message:
    """The message for an error."""
    return {"what": error.what, "hint": error.hint, "passing": isinstance(error, PassingError)}


def _written(photo: OpenPhoto, memory: int | None, height: int, width: int) -> tuple[str, ...]:
    """Write the pixels into the shared memory that was received; returns notes."""
    if memory is None:
        raise Gone
    try:
        room = mmap.mmap(memory, height * width * 3)  # freed when no array uses it
    finally:
        os.close(memory)
    return photo.write(np.frombuffer(room, dtype=np.uint8).reshape(height, width, 3))


def _limit() -> None:
    """Forbid writing files and core dumps, and limit memory, where the system supports it."""
    try:
        import resource
    except ImportError:
        return
    for name, value in (("RLIMIT_AS", MEMORY), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        _set(resource, name, value)


def _allow(seconds: float) -> None:
    """Allow this process ``seconds`` more CPU time; it is killed if it needs more."""
    try:
        import resource
    except ImportError:
        return
    _set(resource, "RLIMIT_CPU", int(sum(os.times()[:2]) + seconds) + 1)


def _set(resource: Any, name: str, value: int) -> None:
    number = getattr(resource, name, None)
    if number is not None:
        highest = resource.getrlimit(number)[1]
        value = value if highest == resource.RLIM_INFINITY else min(value, highest)
        try:
            resource.setrlimit(number, (value, highest))
        except (ValueError, OSError):
            return  # some systems define the name without supporting the limit


if __name__ == "__main__":
    main(int(sys.argv[1]))
