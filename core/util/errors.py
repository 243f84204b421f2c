"""The one kind of error that a person is meant to read."""

from __future__ import annotations


class UserError(Exception):
    """Something expected went wrong: what failed, where, and what to do about it.

    It is shown as one sentence without a traceback, in the window's message bar and on the command line's
    standard error.  Everything else that is raised is a defect of ours.

    Args:
        what: the failure, without a full stop: ``"this file is not a photo"``.
        where: the file, folder or option it is about; empty when there is none.
        hint: what the person can do, a full sentence; empty when there is nothing to do.
    """

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what, self.where, self.hint = what, where, hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.hint}" if self.hint else ""
        return f"{place}{self.what}.{advice}"


class PassingError(UserError):
    """What the system says now, and may not say again: a file that is gone or locked, a disk that fails, no memory.

    It tells nothing of the file itself, so nobody may remember it as a property of the file.
    """
