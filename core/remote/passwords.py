"""Passwords that a person typed: kept in memory until the program ends, never written anywhere."""

from __future__ import annotations

import threading
from pathlib import Path

from core.remote.address import Address, parse_address

_LOCK = threading.Lock()
_TYPED: dict[Path, str] = {}


def use_password(address: Path, password: str) -> None:
    """Connect to an address with this password from now on.

    Raises:
        UserError: it is no address.
    """
    place = parse_address(address).agreement_path
    with _LOCK:
        _TYPED[place] = password


def password_of(address: Address) -> str | None:
    """The password that was typed for an address; None: libpq looks for one."""
    with _LOCK:
        return _TYPED.get(address.agreement_path)
