"""The subcommand ``search``, and how queries are written on the command line."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.engine import BEST_RANKING, DEFAULT_RANKING, HELP, Engine, Ticket, UserError, read_cells
from core.exports.hits import export_hits, record
from core.geometry import Box, parse_box
from core.records import JOINS, RANKINGS, Example, Query, SavedQuery


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``search`` besides those of every subcommand."""
    parser.add_argument("--library", type=Path, required=True, help="its file, or the address of a shared one")
    query_options(parser, positional=False, required=False)
    parser.add_argument("--query", metavar="NAME", help="ask a query that was saved in the library, with its ranking")
    parser.add_argument("--save", metavar="NAME", help="keep this query in the library under a name")
    parser.add_argument("--cells", type=Path, help="search with these cells: a .npy of (H, W) booleans, as exported")
    example_options(parser)
    parser.add_argument("--join", choices=JOINS, default="mean", help="of what is wanted: mean (one thing), best (any)")
    parser.add_argument("--only", default="", metavar="FILTER", help=f"rank only photos like: {HELP}".replace("%", "%%"))
    parser.add_argument("--out", type=Path, help="write the hits: .csv, .json, or a contact sheet, .png or .pdf")
    parser.add_argument("-k", type=int, default=20, help="number of hits (default: 20)")
    parser.add_argument("--ranking", choices=RANKINGS, help="default: verified")


def add_compare_options(parser: argparse.ArgumentParser) -> None:
    """What ``compare`` takes beyond the options of every subcommand."""
    parser.add_argument("libraries", type=Path, nargs=2, metavar="LIBRARY", help="of the same photos")
    query_options(parser, positional=False)
    parser.add_argument("-k", type=int, default=20, help="number of hits (default: 20)")
    parser.add_argument("--ranking", choices=RANKINGS, default=DEFAULT_RANKING, help=f"default: {DEFAULT_RANKING}")


def run_compare(arguments: argparse.Namespace, engine: Engine) -> tuple[dict[str, Any], str]:
    """Run it; returns the JSON document and the text."""
    first, other = arguments.libraries
    engine.open_library(first)
    query = Query(arguments.image, arguments.box)
    rankings = engine.compare(query, other, k=arguments.k, ranking=arguments.ranking)
    both = set.intersection(*({hit.photo.path for hit in ranking.hits} for ranking in rankings))
    document = {
        "pipelines": [
            {"library": str(path), "preset": ranking.preset, "seconds": round(ranking.seconds, 4),
             "hits": [record(hit) for hit in ranking.hits]}
            for path, ranking in zip(arguments.libraries, rankings, strict=True)
        ],
        "in_both": len(both),
    }  # fmt: skip
    lines = [f"{len(both)} photos are among the first {arguments.k} of both"]
    for ranking in rankings:
        lines.append(f"{ranking.preset}, {1000 * ranking.seconds:.0f} ms:")
        lines += [f"{h.rank:4}  {'=' if h.photo.path in both else ' '} {h.score:.3f}  {h.photo.path}" for h in ranking.hits]
    return document, "\n".join(lines)


def query_options(parser: argparse.ArgumentParser, positional: bool, required: bool = True) -> None:
    """The options for a photo, and a box on it."""
    if positional:
        parser.add_argument("image", type=Path, metavar="IMG")
    else:
        parser.add_argument("--image", type=Path, required=required)
    parser.add_argument("--box", type=parse_box_option, help="x0,y0,x1,y1 in image pixels")


def example_options(parser: argparse.ArgumentParser) -> None:
    """The options for further photos, and boxes on them."""
    parser.add_argument("--also", type=parse_example, nargs="+", default=[], metavar="IMG[@BOX]", help="wanted too")
    parser.add_argument("--not", dest="unwanted", type=parse_example, nargs="+", default=[], metavar="IMG[@BOX]")


def examples_of(arguments: argparse.Namespace) -> tuple[Example, ...]:
    """The examples given with ``example_options``."""
    return (*arguments.also, *(replace(example, good=False) for example in arguments.unwanted))


def parse_example(text: str) -> Example:
    """``photo.jpg``, or ``photo.jpg@x0,y0,x1,y1`` for a box on it."""
    name, at, box = text.rpartition("@")
    if not at or not re.fullmatch(r"[\d.,\s-]+", box):
        return Example(Path(text))
    return Example(Path(name), parse_box_option(box))


def parse_box_option(text: str) -> Box:
    """``geometry.parse_box`` for argparse; keeps the error message of ``parse_box``."""
    try:
        return parse_box(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(f"{error.what}. {error.hint}") from error


def _asked(arguments: argparse.Namespace, engine: Engine) -> SavedQuery:
    """The query, its ranking and its filter: a saved query, or that of the options."""
    if arguments.query is None:
        if arguments.image is None:
            raise UserError("it is not said what to look for", "search", "Give --image PHOTO, or --query NAME.")
        cells = read_cells(arguments.cells) if arguments.cells else None
        query = Query(arguments.image, arguments.box, cells, examples_of(arguments), arguments.join)
        return SavedQuery("", query, arguments.ranking or BEST_RANKING, arguments.only)
    saved = {kept.name: kept for kept in engine.saved_queries()}
    if arguments.query not in saved:
        there = ", ".join(saved) or "none"
        raise UserError(f"the library keeps no query '{arguments.query}'", "--query", f"There are: {there}.")
    kept = saved[arguments.query]
    return replace(kept, ranking=arguments.ranking or kept.ranking, only=arguments.only or kept.only)


def run_search(arguments: argparse.Namespace, engine: Engine) -> tuple[dict[str, Any], str]:
    """Run the subcommand; returns its JSON document and its text."""
    engine.open_library(arguments.library)
    asked = _asked(arguments, engine)
    if arguments.save:
        engine.save_query(arguments.save, asked.query, asked.ranking, asked.only)
    ranking = engine.search(asked.query, k=arguments.k, ranking=asked.ranking, only=asked.only)
    if arguments.out is not None:
        export_hits(ranking, ranking.hits, arguments.out, engine.thumbnail, Ticket())
    hits = [record(hit) for hit in ranking.hits]
    document = {
        "hits": hits,
        "seconds": round(ranking.seconds, 4),
        "preset": ranking.preset,
        "ranking": ranking.ranking,
        "apart": ranking.rejected,
    }
    lines = [
        f"{h.rank:4}  {h.score:.3f}  {h.distance:4} bits  {f'{h.inliers} inliers  ' if h.inliers else ''}{h.photo.path}"
        for h in ranking.hits
    ]
    if ranking.rejected:
        lines.append(f"left out, as you rejected them for this query: {ranking.rejected}")
    return document, "\n".join(lines) or "no photos to rank"
