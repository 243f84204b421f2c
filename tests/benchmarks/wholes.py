"""Whole photos against a library, with every ranking: mean average precision of groups.

    python -m tests.benchmarks.wholes LIBRARY --group-by '^\\d{4}'

The first photo of each group of two or more asks for the others; its own photo is left out of the ranking.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from core.engine import Engine
from core.evaluation.average_precision import average_precision
from core.evaluation.protocols.groups import groups_by_pattern
from core.records import RANKINGS, Query


def main() -> None:
    """Print a row for each ranking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library")
    parser.add_argument("--group-by", default=r"^\d{4}")
    arguments = parser.parse_args()
    engine = Engine()
    engine.open_library(Path(arguments.library))
    members = defaultdict(list)
    for photo in engine.photos():
        members[groups_by_pattern(arguments.group_by, photo.path.parent)(photo.path)].append(photo)
    groups = [group for name, group in members.items() if name is not None and len(group) > 1]
    for kind in RANKINGS:
        scores = []
        for first, *others in groups:
            hits = engine.search(Query(first.path), k=1_000_000, ranking=kind).hits
            wanted = [photo.id for photo in others]
            scores.append(average_precision(np.array([hit.photo.id for hit in hits]), wanted))
        print(f"{kind:9} mAP {np.mean(scores):.3f} over {len(groups)} queries", flush=True)


if __name__ == "__main__":
    main()
