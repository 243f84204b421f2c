"""The only kind of error that is shown to the user."""

from __future__ import annotations


class UserError(Exception):
    """An expected failure: what failed, where, and what the user can do about it.

    It is shown as one sentence without a traceback, in the window's message bar or on standard error.  Any other
    exception is a bug in this program.

    Args:
        what: the failure, without a full stop: ``"this file is not a photo"``.
        where: the file, folder or option that failed; may be empty.
        hint: what the user can do, as a full sentence; may be empty.
    """

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what, self.where, self.hint = what, where, hint

    def __str__(self) -> str:
        prefix = f"{self.where}: " if self.where else ""
        advice = f" {self.hint}" if self.hint else ""
        return f"{prefix}{self.what}.{advice}"


class PassingError(UserError):
    """A failure that may be temporary: a missing or locked file, a failing disk, too little memory.

    It says nothing about the file's content, so it must not be stored as a property of the file.
    """
