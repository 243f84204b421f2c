"""Packages that only some people need: extras of the installation, imported when they are first used."""

from __future__ import annotations

import importlib

from core.util.errors import UserError


def require(package: str, extra: str, who: str) -> None:
    """Check that the package of an extra is installed.

    Args:
        extra: its name, as in ``cropseek[shared]``.
        who: what needs the package, in the plural: ``"shared libraries"``.

    Raises:
        UserError: it is missing.
    """
    try:
        importlib.import_module(package)
    except ImportError as error:
        hint = f"Install it with: python -m pip install 'cropseek[{extra}]'."
        raise UserError(f"{who} need a package that is not installed", package, hint) from error
