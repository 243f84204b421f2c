"""The address of a shared library: ``postgresql://USER@HOST:PORT/DATABASE?sslrootcert=FILE``.

An address never holds a password, as addresses are printed, logged and kept in settings, and lists of processes show them.
libpq finds the password in its password file.  A connection to another computer must be encrypted, and the server must
prove its name (``sslmode=verify-full``).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from core.util.errors import UserError
from core.util.resources import own_folder

OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "candidates", "milvus")
"""What may follow the question mark: options of libpq, where candidates are found (``core.remote.candidates``), and where
Milvus is, HOST:PORT."""

SOURCES = ("auto", "mirror", "sql", "milvus")

PASSFILE = "Put it into the password file (~/.pgpass, on Windows %APPDATA%\\postgresql\\pgpass.conf)."

_SCHEME = re.compile(r"postgres(?:ql)?:/{1,2}")
_EXAMPLE = "Write postgresql://USER@HOST/DATABASE."


@dataclass(frozen=True)
class Address:
    """Where a shared library is.

    Attributes:
        options: pairs of name and value, see ``OPTIONS``; ``candidates`` is one of ``SOURCES``.
    """

    host: str
    database: str
    user: str = ""
    port: int = 5432
    options: tuple[tuple[str, str], ...] = ()
    candidates: str = "auto"
    milvus: str = ""

    def __str__(self) -> str:
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        own = {"candidates": "" if self.candidates == "auto" else self.candidates, "milvus": self.milvus}
        extra = (*self.options, *((name, value) for name, value in own.items() if value))
        query = f"?{urlencode(extra, safe='/:')}" if extra else ""
        return f"postgresql://{user}{host}:{self.port}/{quote(self.database, safe='')}{query}"

    @property
    def path(self) -> Path:
        """The address as a path, which is how the engine names libraries; ``parse_address`` reads it."""
        return Path(str(self))

    @property
    def agreement_path(self) -> Path:
        """A path below the user's own folder that stands for the library in the record of agreements; there is no file."""
        return (
            own_folder("libraries")
            / "shared"
            / quote(str(replace(self, options=(), candidates="auto", milvus="")), safe="")
        )

    @property
    def loopback(self) -> bool:
        """Whether the server runs on this computer."""
        return is_loopback(self.host)

    def parameters(self) -> dict[str, str | int]:
        """The parameters of libpq; another computer must prove its name."""
        given = dict(self.options)
        given.setdefault("sslmode", "prefer" if self.loopback else "verify-full")
        named = {"user": self.user} if self.user else {}
        return {"host": self.host, "port": self.port, "dbname": self.database, **named, **given}


def is_loopback(host: str) -> bool:
    """Whether a host is this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_address(path: Path | str) -> bool:
    """Whether a text or a path made of it is an address rather than the name of a file."""
    return _SCHEME.match(_text(path)) is not None


def address_of(text: str) -> Path:
    """What a person typed as the path by which the engine names that library.

    Raises:
        UserError: see ``parse_address``.
    """
    if not is_address(text):
        raise _invalid()
    return parse_address(text).path


def shown(path: Path) -> str:
    """A library's path as it is printed: an address with both slashes, which a path does not keep."""
    return str(parse_address(path)) if is_address(path) else str(path)


def parse_address(text: Path | str) -> Address:
    """Read an address.

    Raises:
        UserError: it holds a password, an unknown option, or an option that weakens the encryption; or it is no address.
            The text itself is never part of the error.
    """
    try:
        parts = urlsplit("postgresql://" + _SCHEME.sub("", _text(text), count=1))
        port, password = parts.port or 5432, parts.password
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise _invalid() from error
    if password is not None or "password" in options:
        raise UserError("an address of a shared library holds no password, as others could see it", hint=PASSFILE)
    host, database = unquote(parts.hostname or ""), unquote(parts.path.removeprefix("/"))
    user = unquote(parts.username or "")
    if (
        not host
        or "," in host
        or host.startswith("/")
        or not database
        or any("\0" in one for one in (host, database, user))
    ):
        raise _invalid()
    if unknown := sorted(options.keys() - set(OPTIONS)):
        raise UserError(f"an address has no option '{unknown[0][:40]}'", host, f"There are: {', '.join(OPTIONS)}.")
    candidates = options.pop("candidates", "auto")
    if candidates not in SOURCES:
        raise UserError("there is no such source of candidates", host, f"There are: {', '.join(SOURCES)}.")
    milvus = options.pop("milvus", "")
    if (milvus or candidates == "milvus") and re.fullmatch(r"[\w.-]+:\d{1,5}", milvus) is None:
        raise UserError("the address does not say where Milvus is", host, "Write milvus=HOST:PORT, without a password.")
    found = Address(host, database, user, port, tuple(options.items()), candidates, milvus)
    if not found.loopback and options.get("sslmode", "verify-full") != "verify-full":
        raise UserError(
            "a server on another computer must prove its name", host, "Leave sslmode out, or write sslmode=verify-full."
        )
    return found


def _text(path: Path | str) -> str:
    return path.as_posix() if isinstance(path, Path) else path


def _invalid() -> UserError:
    return UserError("this is not the address of a shared library", hint=_EXAMPLE)
