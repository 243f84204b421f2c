"""The façade's part for those who search: from a query to a ranking, and its verification."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.presets import preset_name
from core.progress import Ticket
from core.records import Evidence, Query, Ranking

if TYPE_CHECKING:
    from core.describer import Describer
    from core.library import Library
    from core.search.reranking import Verifier
    from core.search.searcher import Asked, Searcher
    from core.views import ViewCache

DEFAULT_RANKING = "cells"
BEST_RANKING = "verified"
VERIFIED = 40
"""What a person gets: the default at once, then the same hits verified by geometry, which takes seconds."""


class Finder:
    """Safe to share between threads.

    Args:
        describer_of: gives the describer that a library was built with.
        views: gives the cache of photos and grids.
    """

    def __init__(self, describer_of: Callable[[Library], Describer], views: Callable[[], ViewCache]) -> None:
        self._describer_of, self._views = describer_of, views
        self._reading = threading.Lock()
        self._searcher: tuple[tuple[Path, int, int], Searcher] | None = None
        self._verifier: Verifier | None = None

    def search(self, library: Library, query: Query, ticket: Ticket, k: int, ranking: str, live: bool) -> Ranking:
        """See ``Engine.search``."""
        started = time.monotonic()
        searcher = self._current_searcher(library)
        ticket.checkpoint(0, 2, "describing")
        itself = [photo.id for photo in library.find(query.path)]
        asked, cells = self._described(query, library, searcher, itself, live)
        ticket.checkpoint(1, 2, "searching")
        first = "cells" if ranking == "verified" else ranking
        if first == "cells" and asked.cells is None:
            first = "rerank"
        hits = searcher.rank(asked, k, first, itself)
        found = Ranking(query, hits, first, preset_name(library.config), time.monotonic() - started, cells)
        if ranking != "verified" or live:
            return found
        return replace(self.verify(library, found, ticket, VERIFIED), seconds=time.monotonic() - started)

    def verify(self, library: Library, ranking: Ranking, ticket: Ticket, depth: int) -> Ranking:
        """See ``Engine.verify``."""
        from core.search.reranking import Verifier

        with self._reading:
            self._verifier = self._verifier or Verifier()
        searcher, query = self._current_searcher(library), ranking.query
        itself = [photo.id for photo in library.find(query.path)]
        asked, _ = self._described(query, library, searcher, itself, False)
        photo = self._views().photo(query.path)
        return self._verifier.verified(ranking, photo, asked.descriptor, searcher.descriptors, ticket, depth)

    def explain(self, library: Library, query: Query, hit: Path) -> Evidence:
        """See ``Engine.explain``."""
        from core.cells import mask_of
        from core.describer import make_mask
        from core.evidence import evidence
        from core.search.verification import find_points, verify

        describer, views = self._describer_of(library), self._views()
        asked, shown = views.view(query, describer.config, describer.backbone), views.other(hit, describer)
        mask = make_mask(describer.config, asked.grid, asked.shown)
        if query.cells is not None:
            mask = mask_of(query.cells, mask.shape)
        found = verify(find_points(asked.photo, query.box), find_points(shown.photo))
        return replace(evidence(asked, mask, shown, describer), matches=found.pairs if found.verified else found.pairs[:0])

    def _current_searcher(self, library: Library) -> Searcher:
        """The library's vectors, read again when somebody has written to it."""
        from core.search.searcher import Searcher, Vectors

        with self._reading:
            version = (library.path, *library.version())
            if self._searcher is None or self._searcher[0] != version:
                photos = {photo.id: photo for photo in library.photos()}
                self._searcher = version, Searcher(Vectors(*library.vectors(), library.window_codes()), photos)
            return self._searcher[1]

    def _described(
        self, query: Query, library: Library, searcher: Searcher, itself: Sequence[int], live: bool
    ) -> tuple[Asked, int]:
        """A query's vectors and its number of kept cells; the stored ones when the whole photo is in the library."""
        from core.asking import describe_live, describe_query
        from core.search.matching import Cells
        from core.search.searcher import Asked

        def kept_of(photo: int) -> Cells | None:
            found = library.cells(photo)
            return Cells(*found) if found is not None else None

        describer = self._describer_of(library)
        placed = describer.backbone.dense and not describer.config.baseline
        if query.box is None and query.cells is None and itself and library.is_current(query.path):
            stored, cells = searcher.stored(itself[0]), library.cells(itself[0])
            if stored is not None and cells is not None:
                return Asked(*stored, Cells(*cells) if placed else None, kept_of), len(cells[1])
        found, kept = (describe_live if live else describe_query)(query, describer, self._views())
        return Asked(found.descriptor, found.code, kept if placed else None, kept_of), len(found.positions)
