"""The describers of shared libraries, kept in the person's cache folder by their keys, so that each is fetched once.

A describer has megabytes, and a server may be far away.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from core.chain.fits import fit_key
from core.remote.address import Address
from core.remote.causes import damaged
from core.util.atomic_write import replacing
from core.util.resources import cache_folder


def describer_of(address: Address, key: str, fetch: Callable[[], bytes]) -> bytes:
    """The describer with a key (``core.chain.fits``): the kept one if it is whole, else the server's.

    Args:
        key: 64 digits; empty: the server does not tell it, so nothing is kept.
        fetch: asks the server for it.

    Raises:
        UserError: as ``fetch``, or it has another key than the server says.
    """
    if not key:
        return fetch()
    kept = cache_folder("describers") / key
    with contextlib.suppress(OSError):
        data = kept.read_bytes()
        if fit_key(data) == key:
            return data
    data = fetch()
    if fit_key(data) != key:
        raise damaged(address)
    with contextlib.suppress(OSError), replacing(kept) as part:  # a full disk: it is fetched again
        part.write_bytes(data)
    return data
