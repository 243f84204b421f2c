"""What went wrong with a server, in one sentence.

The server's own words are never passed on: it may be a stranger's, and it may have learnt a password.
"""

from __future__ import annotations

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


_REFUSALS: tuple[tuple[str, str, str], ...] = (
    ("password authentication failed", "the server does not accept the user's name and password", PASSFILE),
    ("no password supplied", "the server asks for a password, and there is none for it", PASSFILE),
    (
        "certificate verify failed",
        "the server's certificate was not made by an authority that this computer trusts",
        "Ask whoever runs it for the certificate of its authority, and name that with ?sslrootcert=FILE.",
    ),
    (
        "root certificate",
        "there is no certificate of an authority to check the server with",
        "Ask whoever runs it for that file, and name it with ?sslrootcert=FILE.",
    ),
    ("does not match host name", "the server's certificate is for another name", "Use the name in its certificate."),
    ("does not support ssl", "the server does not encrypt, so it is not used over a network", "See docs/sharing.md."),
    ("no pg_hba.conf entry", "the server does not let this user in from here", "Ask whoever runs it."),
    ("too many", "the server has too many users at the moment", "Try again in a while."),
    ("remaining connection slots", "the server has too many users at the moment", "Try again in a while."),
)
"""What libpq says when it cannot connect, and what is told of it.  There is no code for these."""


def refused(address: Address, said: str) -> UserError:
    """It could not be connected to.

    Args:
        said: libpq's message.
    """
    text = said.lower()
    for sign, what, hint in _REFUSALS:
        if sign in text:
            return (PasswordError if hint is PASSFILE else UserError)(what, str(address), hint)
    if "database" in text and "does not exist" in text:
        return UserError("the server has no such database", str(address), "Check the end of the address.")
    if "role" in text and "does not exist" in text:
        return UserError("the server does not know this user", str(address), "Check the beginning of the address.")
    return gone(address)


def gone(address: Address) -> UserError:
    """The server does not answer, or no longer."""
    return ServerGoneError(
        "the server of the shared library cannot be reached", str(address), "It is tried again at the next search."
    )


def damaged(address: Address) -> UserError:
    """What it sent cannot have been published by this program."""
    return UserError(
        "what the server sent is no library of Cropseek, or a damaged one", str(address), "Have it published again."
    )


def newer(address: Address) -> UserError:
    """Its tables are those of a later version of this program."""
    return UserError(
        "the library was published by a newer version of Cropseek", str(address), "Update Cropseek to open it."
    )


def absent(address: Address) -> UserError:
    """Nothing was published there."""
    return UserError(
        "no library is published there", str(address), "Publish one with: main.py publish LIBRARY --to ADDRESS."
    )


def replaced(address: Address) -> UserError:
    """A table is missing that was there before."""
    return PassingError("the shared library was published anew in the meantime", str(address), "Search again.")


def by_state(state: str, address: Address) -> UserError:
    """The sentence for an error of a statement.

    Args:
        state: its SQLSTATE.
    """
    if state == TOO_LATE:
        return PassingError(f"the server needed more than {LONGEST_S} s", str(address), "Try again, or with a filter.")
    if state == "42501":
        return UserError("you may not do this on the server", str(address), "Ask whoever runs it for the right.")
    if state in ("42P01", "3F000"):
        return replaced(address)
    if state == "25006":
        return UserError("the server can only be read at the moment", str(address), "Ask whoever runs it.")
    if state in ("53100", "53200", "53400"):
        return PassingError("the server has no room left", str(address), "Ask whoever runs it.")
    if state.startswith("23"):
        return UserError("the server does not take this value", str(address), "It is too long, or there already.")
    return damaged(address)
