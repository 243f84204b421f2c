"""The façade's part for searching: rankings, their verification, and explanations of hits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.photos.disk import is_there
from core.records import RANKINGS, Hit, Query, Ranking
from core.search.rejections import rejected_photos
from core.util.caches import Kept
from core.util.errors import UserError
from core.util.progress import Ticket
from core.util.threads import NETWORK_THREADS

if TYPE_CHECKING:
    from core.chain.describer import Describer
    from core.library.describers import Describers
    from core.library.protocol import Library
    from core.photos.keypoints import Points
    from core.records import Evidence
    from core.search.describe_query import QueryDescription
    from core.search.grid_cache import View, ViewCache
    from core.search.multi_query import Question
    from core.search.ranking.matching import Cells
    from core.search.ranking.reranking import Verifier
    from core.search.ranking.searcher import Asked, Searcher
    from core.search.verification import Verification

DEPTH, LIVE_DEPTH = 200, 60
"""Least number of hits that are ranked, exactly and while a box is dragged."""

LIVE_MATCHED = 40
"""Photos whose cells are matched while a box is dragged: fewer than afterwards, for speed (``tests.benchmarks.live``)."""

KEPT, CELLS_KEPT = 16, 500
"""Number of cached descriptions of queries, and of photos' cells (about 50 KiB each)."""

DEFAULT_RANKING = "cells"
BEST_RANKING = "verified"
VERIFIED = 40
"""Number of hits verified.  The window shows ``DEFAULT_RANKING`` at once and ``BEST_RANKING`` some seconds later."""


class SearchService:
    """Searches a library; safe to share between threads.

    Args:
        describers: has the describer that a library was built with.
        views: returns the cache of photos and grids.
        device: torch device.
    """

    def __init__(self, describers: Describers, views: Callable[[], ViewCache], device: str = "cpu") -> None:
        self._describers, self._views, self._device = describers, views, device
        self._describer_of = describers.of
        self._reading = threading.Lock()
        self._searcher: tuple[tuple[int, ...], Searcher] | None = None
        self._verifier: tuple[Library, Verifier] | None = None
        self._part: tuple[str, Searcher, Searcher] | None = None
        self._known: Kept[object, QueryDescription] = Kept(KEPT)
        self._cells: tuple[Library, Searcher, Callable[[int], Cells | None]] | None = None

    def search(
        self, library: Library, query: Query, ticket: Ticket, k: int, ranking: str, live: bool, filter_text: str = ""
    ) -> Ranking:
        """See ``Engine.search``."""
        with ticket.current():
            searcher = self._narrowed(self.searcher(library), filter_text, library, ticket)
            return self._ranked(library, query, ticket, k, ranking, live, searcher)

    def search_among(
        self, library: Library, query: Query, ticket: Ticket, ranking: str, photos: NDArray[np.int64]
    ) -> Ranking:
        """As ``search``, as if the library held only the photos with these ids, (n,) ascending."""
        searcher = self.searcher(library).narrowed(photos)
        return self._ranked(library, query, ticket, DEPTH, ranking, False, searcher)

    def _ranked(
        self, library: Library, query: Query, ticket: Ticket, k: int, ranking: str, live: bool, searcher: Searcher
    ) -> Ranking:
        from core.search.ranking.searcher import MATCHED

        started = time.monotonic()
        if live:
            NETWORK_THREADS.stand_aside()
        whole = self.searcher(library)
        ticket.checkpoint(0, 2, "describing")
        question, cells = self._question(query, library, whole, live)
        ticket.checkpoint(1, 2, "searching")
        first = _first(ranking, question)
        # Order and confidence must not depend on k; while a box is dragged only speed matters.
        depth, matched = (LIVE_DEPTH, LIVE_MATCHED) if live else (DEPTH, MATCHED)
        rejected = rejected_photos(library, query)
        hits = searcher.rank(question, max(k, depth), first, [*self._left_out(query, library), *rejected], matched)
        if not live:
            measured = first if first != "cells" or any(asked.boxed for asked in question.wanted) else "whole"
            hits = _grouped(_sure(hits, len(searcher), measured), searcher)
        found = Ranking(query, hits, first, library.preset, 0.0, cells, len(rejected))
        if ranking == "verified" and not live:
            found = self.verify(library, found, ticket, VERIFIED)
        return replace(found, hits=found.hits[:k], seconds=time.monotonic() - started)

    def verify(self, library: Library, ranking: Ranking, ticket: Ticket, depth: int) -> Ranking:
        """See ``Engine.verify``."""
        with ticket.current():
            return self._verified(library, ranking, ticket, depth)

    def _verified(self, library: Library, ranking: Ranking, ticket: Ticket, depth: int) -> Ranking:
        verifier = self._verifier_of(library)
        searcher = self.searcher(library)
        question, _ = self._question(ranking.query, library, searcher, False)
        total = np.sum([asked.descriptor for asked in question.wanted], axis=0)
        descriptor = (total / np.linalg.norm(total)).astype(np.float32)
        return verifier.verified(ranking, descriptor, searcher.descriptors, ticket, depth)

    def _verifier_of(self, library: Library) -> Verifier:
        """Verifies with the keypoints stored in a library."""
        from core.search.ranking.reranking import Verifier

        def stored(path: Path) -> Points | None:
            known = library.find(path)
            true = known and (library.is_current(path) or not is_there(path))
            return library.points.of(known[0].id) if true else None

        with self._reading:
            if self._verifier is None or self._verifier[0] is not library:
                self._verifier = library, Verifier(stored, library.expect)
            return self._verifier[1]

    def explain(self, library: Library, query: Query, hit: Path, ranking: str = BEST_RANKING) -> Evidence:
        """See ``Engine.explain``."""
        from core.search.describe_query import searched_mask
        from core.search.explanation import evidence
        from core.search.verification import verify

        describer, views = self._describer_of(library), self._views()
        shown = views.other(hit, describer)
        example, part = self._nearest_example(query, shown, describer)
        asked = views.view(part, describer.config, describer.backbone)
        mask = searched_mask(part, asked, describer)
        verifier = self._verifier_of(library)
        found = verify(verifier.points(part.path, part.box), verifier.points(hit))
        agree, others = found.pairs, found.others
        if not found.verified:
            agree, others = agree[:0], np.concatenate([others, agree])
        explained = evidence(asked, mask, shown, describer)
        explained = replace(explained, matches=agree, others=others, quadrilateral=found.quadrilateral, example=example)
        return self._decided(library, part, hit, explained, found, ranking)

    def _decided(
        self, library: Library, part: Query, hit: Path, explained: Evidence, found: Verification, ranking: str
    ) -> Evidence:
        """The explanation, completed by what decided the hit's rank in a ranking."""
        from core.search.match_lines import of_cells, of_descriptor, of_keypoints

        if ranking == "verified" and found.verified:
            return replace(explained, decided_by="verified", lines=of_keypoints(found))
        known = library.find(hit)
        if ranking in ("verified", "cells") and known:
            searcher = self.searcher(library)
            asked, _ = self._vectors_of(part, library, searcher, live=False)
            cells = asked.stored(known[0].id)
            if asked.cells is not None and cells is not None:
                size = int(explained.hit.region.width), int(explained.hit.region.height)
                region = part.box or Box(0, 0, *self._views().photo(part.path).shape[1::-1])
                return replace(explained, decided_by="cells", lines=of_cells(asked.cells, region, cells, size))
        return replace(explained, decided_by="descriptor", lines=of_descriptor(explained))

    def _nearest_example(self, query: Query, hit: View, describer: Describer) -> tuple[int, Query]:
        """The wanted example whose descriptor is nearest to a photo's, and its index among all examples."""
        from core.chain.describer import make_mask

        wanted = [(index, part) for index, (part, good) in enumerate(query.parts()) if good]
        if len(wanted) == 1:
            return wanted[0]
        there = describer.encode(hit.grid, make_mask(describer.config, hit.grid, hit.shown)).descriptor
        cosines = [float(self._describe_pixels(part, describer, live=False)[0].descriptor @ there) for _, part in wanted]
        return wanted[int(np.argmax(cosines))]

    def forget(self) -> None:
        """Clear the caches, as when another library is opened."""
        with self._reading:
            self._searcher = self._part = self._cells = self._verifier = None
        self._known.clear()

    def searcher(self, library: Library) -> Searcher:
        """The library's vectors, ready to be searched; read again if the library has changed."""
        with self._reading:
            version = library.version()
            if self._searcher is None or self._searcher[0] != version or not self._searcher[1].intact():
                self._searcher = version, _searcher(library, self._device)
                self._part = None
            return self._searcher[1]

    def _narrowed(self, searcher: Searcher, text: str, library: Library, ticket: Ticket) -> Searcher:
        """A searcher of the photos that pass a filter; that of the last filter is cached."""
        if not text.strip():
            return searcher
        with self._reading:
            if self._part is None or self._part[:2] != (text, searcher):
                self._part = text, searcher, searcher.narrowed(library.passing(text, ticket))
            return self._part[2]

    def _left_out(self, query: Query, library: Library) -> list[int]:
        """Ids of photos that are never hits: the query's own, and whole photos that are unwanted examples."""
        unwanted = [example.path for example in query.more if not example.good and example.box is None]
        return [photo.id for path in (query.path, *unwanted) for photo in library.find(path)]

    def _question(self, query: Query, library: Library, searcher: Searcher, live: bool) -> tuple[Question[Asked], int]:
        """The descriptions of all examples of a query, and the number of cells kept of the first one."""
        from core.search.multi_query import Question

        parts = query.parts()
        described = [self._vectors_of(part, library, searcher, live and not index) for index, (part, _) in enumerate(parts)]
        asked = [(one[0], wanted) for one, (_, wanted) in zip(described, parts, strict=True)]
        wanted, unwanted = (tuple(one for one, good in asked if good is side) for side in (True, False))
        return Question(wanted, unwanted, query.how), described[0][1]

    def _vectors_of(self, query: Query, library: Library, searcher: Searcher, live: bool) -> tuple[Asked, int]:
        """A query's vectors and its number of kept cells; those stored in the library if it is a whole photo of it."""
        from core.backbones import PLACELESS
        from core.search.ranking.searcher import Asked

        kept_of = self._kept_of(library, searcher)
        placed = library.config.backbone.partition("@")[0] not in PLACELESS and not library.config.baseline
        if query == Query(query.path) and (library.is_current(query.path) or (library.host and not is_there(query.path))):
            for known in library.find(query.path):
                stored, cells = searcher.stored(known.id), kept_of(known.id)
                if stored is not None and cells is not None:
                    return Asked(*stored, cells if placed else None, kept_of), len(cells.features)
        if live and placed and (early := self._early(query, library, kept_of)) is not None:
            return Asked(early[0].descriptor, early[0].code, early[1], kept_of), len(early[0].positions)
        # Only here is the network needed, which takes seconds to load for the first time.
        found, kept = self._describe_pixels(query, self._describer_of(library), live)
        return Asked(found.descriptor, found.code, kept if placed else None, kept_of), len(found.positions)

    def _early(self, query: Query, library: Library, kept_of: Callable[[int], Cells | None]) -> QueryDescription | None:
        """The description of a box by what the library keeps of its photo, while the network is still to be loaded.

        None: it is loaded, or the library does not have what is needed.
        """
        from core.chain.stages import SelectiveStages
        from core.search.describe_query import describe_stored

        plain = query.box is not None and query.cells is None
        if not plain or self._describers.ready(library) or not library.is_current(query.path):
            return None
        stages, photos = self._describers.stages(library), library.photos().by_id
        for known in library.find(query.path):
            cells = kept_of(known.id)
            if cells is not None and len(cells.features) and known.id in photos and isinstance(stages, SelectiveStages):
                photo = photos[known.id]
                return describe_stored(query, stages, cells, (photo.width, photo.height))
        return None

    def _kept_of(self, library: Library, searcher: Searcher) -> Callable[[int], Cells | None]:
        """Returns the kept cells of a photo; cached for the last photos, as a box that moves needs them again."""
        from core.search.ranking.matching import Cells

        def read(photo: int) -> Cells | None:
            found = library.cells(photo)
            return Cells(*found) if found is not None else None

        with self._reading:
            if self._cells is None or self._cells[:2] != (library, searcher):
                self._cells = library, searcher, lru_cache(CELLS_KEPT)(read)
            return self._cells[2]

    def _describe_pixels(self, query: Query, describer: Describer, live: bool) -> QueryDescription:
        """A description made from the pixels; exact ones are cached, as other examples stay the same while a box moves."""
        from core.search.describe_query import describe_live, describe_query
        from core.search.grid_cache import file_state

        if live:
            return describe_live(query, describer, self._views())
        key = query, id(describer), file_state(query.path)
        return self._known.get(key, lambda: describe_query(query, describer, self._views()))


def _searcher(library: Library, device: str) -> Searcher:
    """The vectors of the photos that a library shows."""
    from core.search.ranking.searcher import Searcher

    photos = library.photos()
    vectors = library.search_vectors()
    shown = np.isin(vectors.ids, photos.ids, assume_unique=True)
    return Searcher(vectors, photos.by_id, None if shown.all() else np.flatnonzero(shown), device)


def _first(ranking: str, question: Question[Asked]) -> str:
    """The ranking before verification; ``rerank`` instead of ``cells`` if an example has no cells.

    Raises:
        UserError: no such ranking.
    """
    if ranking not in RANKINGS:
        raise UserError(f"there is no ranking '{ranking}'", "--ranking", f"There are: {', '.join(RANKINGS)}.")
    first = "cells" if ranking == "verified" else ranking
    return "rerank" if first == "cells" and any(asked.cells is None for asked in question.examples) else first


def _sure(hits: tuple[Hit, ...], photos: int, ranking: str) -> tuple[Hit, ...]:
    """The hits with their confidences, where the ranking has any."""
    from core.search.confidence import confidences

    shares = confidences(np.array([hit.score for hit in hits]), photos, ranking)
    return tuple(replace(hit, confidence=share) for hit, share in zip(hits, shares, strict=True))


def _grouped(hits: tuple[Hit, ...], searcher: Searcher) -> tuple[Hit, ...]:
    """The hits, each with the photo of the first hit that it is a near-duplicate of."""
    from core.search.ranking.groups import groups

    leaders = groups(searcher.codes([hit.photo.id for hit in hits]))
    return tuple(replace(hit, like=hits[leader].photo.id) for hit, leader in zip(hits, leaders, strict=True))
