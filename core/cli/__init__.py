"""The command line, a file for each subcommand that is more than a few lines."""

from core.cli.commands import build_parser, run

__all__ = ["build_parser", "run"]
