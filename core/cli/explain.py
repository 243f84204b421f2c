"""The subcommand ``explain``: why a photo was found."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.cli.search import example_options, examples_of
from core.engine import BEST_RANKING, Engine
from core.records import RANKINGS, EvidenceSide, Query

LISTED = 8


def run_explain(arguments: argparse.Namespace, engine: Engine) -> tuple[dict[str, Any], str]:
    """Run the subcommand; returns its JSON document and its text."""
    engine.open_library(arguments.library)
    query = Query(arguments.image, arguments.box, more=examples_of(arguments))
    found = engine.explain(query, arguments.hit, arguments.ranking)
    part, _ = query.parts()[found.example]
    if arguments.out is not None:
        from core.exports.evidence import draw_evidence

        draw_evidence(engine.photo(part.path), engine.photo(arguments.hit), found, arguments.out)
    agree, total = int(found.bits.agree.sum()), len(found.bits.agree)
    pairs = [
        {
            "query": _rounded(found.query.centres[first]),
            "hit": _rounded(found.hit.centres[second]),
            "share": round(float(value), 6),
        }
        for (first, second), value in zip(found.pairs, found.values, strict=True)
    ]
    document = {
        "image": str(part.path),
        "box": part.box.as_tuple() if part.box is not None else None,
        "cosine": found.cosine,
        "query_cells": _cells(found.query),
        "hit_cells": _cells(found.hit),
        "pairs": pairs,
        "bits": {
            "agree": agree,
            "of": total,
            "query_margins": [round(float(v), 5) for v in found.bits.query_margin],
            "hit_margins": [round(float(v), 5) for v in found.bits.hit_margin],
        },
        "matches": found.matches.round(1).tolist(),
        "other_matches": found.others.round(1).tolist(),
        "quadrilateral": found.quadrilateral,
        "decided_by": found.decided_by,
        "lines": [
            {"query": _rounded(line[:2]), "hit": _rounded(line[2:4]), "share": round(float(line[4]), 6)}
            for line in found.lines
        ],
    }
    lines = [
        *([f"nearest to {part.path}{f' {part.box.as_tuple()}' if part.box is not None else ''}"] if arguments.also else []),
        f"cosine {found.cosine:.4f}, the sum of {len(found.query.values)} x {len(found.hit.values)} pairs of cells;"
        f" {agree} of {total} bits agree; {len(found.matches)} keypoints agree in geometry,"
        f" {len(found.others)} are only alike",
        "  strongest pairs (share of the cosine, position on the query, position on the hit, in pixels):",
        *(f"  {pair['share']:+.4f}  {_point(pair['query'])}  {_point(pair['hit'])}" for pair in pairs[:LISTED]),
    ]
    return document, "\n".join(lines)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``explain`` besides the query and those of every subcommand."""
    parser.add_argument("--library", type=Path, required=True)
    example_options(parser)
    parser.add_argument("--hit", type=Path, required=True, help="the photo that was found")
    parser.add_argument("--ranking", choices=RANKINGS, default=BEST_RANKING, help="the ranking that is explained")
    parser.add_argument("--out", type=Path, help="draw it: .png, .pdf or .svg")


def _cells(side: EvidenceSide) -> list[dict[str, Any]]:
    rows = zip(side.positions.tolist(), side.centres.tolist(), side.values.tolist(), strict=True)
    return [{"cell": cell, "centre": [round(v, 1) for v in centre], "share": share} for cell, centre, share in rows]


def _rounded(point: Any) -> list[float]:
    return [round(float(value), 1) for value in point]


def _point(point: Any) -> str:
    return f"({point[0]:6.1f}, {point[1]:6.1f})"
