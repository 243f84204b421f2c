"""Messages between the main process and its decoders: short JSON documents over a socket, and open files.

A decoder receives a photo as an open file, and memory to write pixels into; it never needs a path.
"""

from __future__ import annotations

import json
import os
import socket
from typing import Any

Message = dict[str, Any]

MOST = 1 << 20
"""Largest message in bytes."""


class Gone(Exception):  # noqa: N818 -- not an error: processes may end
    """The other side has ended."""


def send(line: socket.socket, message: Message, file: int | None = None) -> None:
    """Send a message, with an open file if one is given.

    Raises:
        Gone: the other side has ended.
        TimeoutError: by the socket.
    """
    data = json.dumps(message).encode()
    data = len(data).to_bytes(4, "big") + data
    try:
        if file is None:
            line.sendall(data)
        else:
            sent = socket.send_fds(line, [data], [file])
            line.sendall(data[sent:])
    except (BrokenPipeError, ConnectionError) as error:
        raise Gone from error


def receive(line: socket.socket) -> tuple[Message, int | None]:
    """The next message, and the file that was sent with it.

    Raises:
        Gone: there is no message, or it is invalid.
        TimeoutError: by the socket.
    """
    files: list[int] = []
    try:
        size = int.from_bytes(_exactly(line, 4, files), "big")
        if size > MOST:
            raise Gone
        message = json.loads(_exactly(line, size, files))
    except (ConnectionError, ValueError) as error:
        raise Gone from error
    for file in files[1:]:
        os.close(file)
    return message, files[0] if files else None


def _exactly(line: socket.socket, size: int, files: list[int]) -> bytes:
    data = b""
    while len(data) < size:
        part, came, _, _ = socket.recv_fds(line, size - len(data), 4)
        files += came
        if not part:
            raise ConnectionError("closed")
        data += part
    return data
