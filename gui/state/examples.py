"""A box drawn on a further photo of a query: it replaces the whole photo as the example."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.geometry import Box
from core.records import Example, Query


def boxed_example(asked: Query | None, shown: Path, box: Box) -> Query | None:
    """The query with a box on its further photo ``shown``; None if that is not one, or has a box."""
    index = _index(asked, shown)
    if asked is None or index is None:
        return None
    return replace(asked, more=(*asked.more[:index], Example(shown, box), *asked.more[index + 1 :]))


def live_example(asked: Query | None, shown: Path, box: Box) -> Query | None:
    """The same query with that photo first, as the first box is followed; the order does not change scores."""
    index = _index(asked, shown)
    if asked is None or index is None:
        return None
    others = asked.more[:index] + asked.more[index + 1 :]
    return Query(shown, box, None, (Example(asked.path, asked.box), *others), asked.how)


def _index(asked: Query | None, shown: Path) -> int | None:
    """The index of a wanted whole photo among the further examples."""
    examples = asked.more if asked is not None else ()
    return next((index for index, e in enumerate(examples) if e == Example(shown)), None)
