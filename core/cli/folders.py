"""The subcommands for moved and removed folders: ``relink`` and ``forget``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.engine import Engine, shown


def add_relink_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``relink``."""
    parser.add_argument("old", type=Path, metavar="OLD", help="the folder as the library knows it")
    parser.add_argument("new", type=Path, metavar="NEW", help="where it is now; for a shared library, on this computer")
    parser.add_argument("--library", type=Path, required=True)


def add_forget_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``forget``."""
    parser.add_argument("root", type=Path, metavar="ROOT", help="an indexed folder, as 'info' lists it")
    parser.add_argument("--library", type=Path, required=True)


def run_relink(arguments: argparse.Namespace, engine: Engine) -> tuple[dict[str, Any], str]:
    """Run the subcommand; returns its JSON document and its text."""
    count = engine.folders.relink(arguments.old, arguments.new, arguments.library)
    library = shown(arguments.library)
    document = {"photos": count, "old": str(arguments.old), "new": str(arguments.new), "library": library}
    return document, f"{count} photos lie below {arguments.new} now: {library}"


def run_forget(arguments: argparse.Namespace, engine: Engine) -> tuple[dict[str, Any], str]:
    """Run the subcommand; returns its JSON document and its text."""
    count = engine.folders.forget(arguments.root, arguments.library)
    document = {"photos": count, "root": str(arguments.root), "library": str(arguments.library)}
    return document, f"{count} photos forgotten, no file touched: {arguments.library}"
