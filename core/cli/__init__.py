"""The command line; each longer subcommand has its own file."""

from core.cli.commands import build_parser, run

__all__ = ["build_parser", "run"]
