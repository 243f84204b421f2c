"""The subcommand ``publish``: put a library on a server."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.engine import Ticket, publish_library, shown


def add_publish_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``publish`` besides those of every subcommand."""
    parser.add_argument("library", type=Path)
    parser.add_argument(
        "--to", required=True, metavar="ADDRESS", help="postgresql://USER@HOST/DATABASE; the password is in ~/.pgpass"
    )


def run_publish(arguments: argparse.Namespace, ticket: Ticket) -> tuple[dict[str, Any], str]:
    """Run it; returns the JSON document and the text."""
    found = publish_library(arguments.library, arguments.to, ticket)
    to = shown(Path(arguments.to))
    document = {
        "library": str(arguments.library), "to": to, "version": found.version, "photos": found.photos, "sent": found.sent,
        "notes": list(found.notes),
    }  # fmt: skip
    lines = [
        f"{found.photos} photos published as version {found.version}, {found.sent} of them sent: {to}",
        *(f"  note: {note}" for note in found.notes),
    ]
    return document, "\n".join(lines)
