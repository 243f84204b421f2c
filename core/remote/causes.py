"""What went wrong with a server, in one sentence.

The server's own messages are never shown: it may be untrusted, and its messages may contain a password.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.remote.address import PASSFILE, Address
from core.util.errors import PassingError, UserError

LONGEST_S = 20
"""Seconds that a server has for a statement."""

TOO_LATE = "57014"
"""The SQLSTATE of a statement that took too long."""


class PasswordError(UserError):
    """The server wants a password, or another one; one can be given by ``core.remote.passwords``."""


class ServerGoneError(PassingError):
    """The server cannot be reached at the moment."""


@dataclass(frozen=True)
class Cause:
    """A failure of a server; called with the server's address it returns the error to raise.

    ``what`` and ``hint`` are those of ``UserError``.
    """

    what: str
    hint: str
    kind: type[UserError] = UserError

    def __call__(self, address: Address) -> UserError:
        return self.kind(self.what, str(address), self.hint)


gone = Cause("the server of the shared library cannot be reached", "It is tried again at the next search.", ServerGoneError)
"""The server does not answer, or no longer."""

damaged = Cause("what the server sent is no library of Cropseek, or a damaged one", "Have it published again.")
"""What it sent cannot have been published by this program."""

newer = Cause("the library was published by a newer version of Cropseek", "Update Cropseek to open it.")
"""Its tables are those of a later version of this program."""

absent = Cause("no library is published there", "Publish one with: main.py publish LIBRARY --to ADDRESS.")
"""Nothing was published there."""

replaced = Cause("the shared library was published anew in the meantime", "Search again.", PassingError)
"""A table is missing that was there before."""

crowded = Cause("the server has too many users at the moment", "Try again in a while.")
"""It accepts no further connection."""

_REFUSALS = {
    "password authentication failed": Cause(
        "the server does not accept the user's name and password", PASSFILE, PasswordError
    ),
    "no password supplied": Cause("the server asks for a password, and there is none for it", PASSFILE, PasswordError),
    "certificate verify failed": Cause(
        "the server's certificate was not made by an authority that this computer trusts",
        "Ask whoever runs it for the certificate of its authority, and name that with ?sslrootcert=FILE.",
    ),
    "root certificate": Cause(
        "there is no certificate of an authority to check the server with",
        "Ask whoever runs it for that file, and name it with ?sslrootcert=FILE.",
    ),
    "does not match host name": Cause("the server's certificate is for another name", "Use the name in its certificate."),
    "does not support ssl": Cause("the server does not encrypt, so it is not used over a network", "See docs/sharing.md."),
    "no pg_hba.conf entry": Cause("the server does not let this user in from here", "Ask whoever runs it."),
    "too many": crowded,
    "remaining connection slots": crowded,
}
"""By what libpq's message contains if it cannot connect; there is no code for these."""

_NO_DATABASE = Cause("the server has no such database", "Check the end of the address.")
_NO_USER = Cause("the server does not know this user", "Check the beginning of the address.")
_FULL = Cause("the server has no room left", "Ask whoever runs it.", PassingError)

_BY_STATE = {
    TOO_LATE: Cause(f"the server needed more than {LONGEST_S} s", "Try again, or with a filter.", PassingError),
    "42501": Cause("you may not do this on the server", "Ask whoever runs it for the right."),
    "42P01": replaced,
    "3F000": replaced,
    "25006": Cause("the server can only be read at the moment", "Ask whoever runs it."),
    "53100": _FULL,
    "53200": _FULL,
    "53400": _FULL,
}
"""By SQLSTATE."""

_BAD_VALUE = Cause("the server does not take this value", "It is too long, or there already.")


def refused(address: Address, said: str) -> UserError:
    """The error for a connection that failed.

    Args:
        said: libpq's message.
    """
    text = said.lower()
    for sign, cause in _REFUSALS.items():
        if sign in text:
            return cause(address)
    if "database" in text and "does not exist" in text:
        return _NO_DATABASE(address)
    if "role" in text and "does not exist" in text:
        return _NO_USER(address)
    return gone(address)


def by_state(state: str, address: Address) -> UserError:
    """The error for a statement that failed.

    Args:
        state: its SQLSTATE.
    """
    return _BY_STATE.get(state, _BAD_VALUE if state.startswith("23") else damaged)(address)
