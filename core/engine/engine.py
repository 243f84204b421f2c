"""The engine behind the façade: the open library, the describers, and the services to search, browse and inspect."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.backbones import check_device, quickest
from core.browse.service import BrowseService
from core.chain.presets import DEFAULT_PRESET, preset
from core.chain.subwindows import DEFAULT_LAYOUT
from core.cluster.opening import connected
from core.engine.pictures import Pictures
from core.evaluation.judgements import JudgementService
from core.fitting.pipelines import Pipelines
from core.geometry import Box
from core.indexing.anew import AnewService
from core.indexing.folders import FolderService
from core.indexing.open_or_create import LibraryMaker, default_path
from core.indexing.priority import First
from core.inspect.service import InspectService
from core.library.describers import Describers
from core.library.info import library_info
from core.library.kinds import Kind
from core.library.listing import Listing, PhotoRow
from core.library.shared import OpenLibrary, SharedLibrary
from core.photos import images
from core.photos.scan import scan
from core.records import Cluster, Evidence, IndexReport, LibraryInfo, Query, Ranking, SavedQuery, Stability
from core.remote.opening import kind_of, open_any
from core.search.rejections import RejectionService
from core.search.service import BEST_RANKING, DEFAULT_RANKING, VERIFIED, SearchService
from core.util.log import log_versions
from core.util.progress import Ticket
from core.util.resources import SAMPLE
from core.util.threads import NETWORK_THREADS

if TYPE_CHECKING:
    from core.backbones import Backbone
    from core.chain.config import DescriberConfig
    from core.chain.describer import Describer
    from core.evaluation.results import Evaluation
    from core.evaluation.runs import Request
    from core.search.grid_cache import ViewCache


Opened = SharedLibrary
"""A library that ``Engine.prepare`` has opened and ``Engine.take`` can make the open one."""


class Engine:
    """At most one open library, its describer, and its vectors in memory.

    Args:
        device: torch device of the network: ``cpu``, ``cuda``, ``mps`` or ``auto``; append ``+bf16`` for bfloat16, or to
            ``cpu`` ``+int8`` for eight bits.
        weights: a local file with the backbone's weights, instead of the default ones.
    """

    def __init__(self, device: str = "cpu", weights: Path | None = None) -> None:
        self.device, self._weights = device, weights
        self._lock = threading.RLock()  # held only briefly: thumbnails must not wait while a network is loaded
        self._open = OpenLibrary(open_any)
        self._describers = Describers(device, weights)
        self._view_cache: ViewCache | None = None
        self._other: Engine | None = None
        self.pictures = Pictures(self._open, lambda path: self.photo(path))
        self._maker = LibraryMaker(self._new_describer)
        self.anew = AnewService(self._maker, self._describers.shipped)
        self.pipelines = Pipelines(self.device, weights)
        self._search = SearchService(self._describers, self._views, device)
        self.rejections = RejectionService(self._open.reading, self._open.writing)
        self.judgements = JudgementService(self._open.reading, self._open.writing)
        self.browse = BrowseService(self._open.reading, self._open.writing, self._search)
        self.folders = FolderService(self._open.reading, self._open.writing)
        self.inspect = InspectService(self._looked_through, self._views, self._network)

    # -- collections and libraries -------------------------------------------------------------------------------------

    def scan(self, folders: Sequence[Path], ticket: Ticket | None = None) -> Listing:
        """List the photo files below folders, without decoding them.

        Raises:
            UserError: a folder is missing, or there are no photos.
        """
        return Listing([PhotoRow(str(file.root), file.name) for file in scan(folders, ticket)])

    def library_for(self, folders: Sequence[Path], preset: str = DEFAULT_PRESET, layout: str = DEFAULT_LAYOUT) -> Path:
        """The default path of the library of these folders; never among the user's own files."""
        return default_path(folders, "" if preset == DEFAULT_PRESET else preset, layout)

    def is_library(self, path: Path) -> bool:
        """Whether a file is a Cropseek library, or a path the address of a shared one."""
        return kind_of(path) is Kind.LIBRARY

    def open_library(self, path: Path) -> LibraryInfo:
        """Make a library, or the shared one at an address, the open one; running reads of the previous one can finish.

        Raises:
            UserError: missing, not a library, damaged, or of a newer version; then the previous library stays open.
        """
        opened = self.prepare(path)
        info = opened.info()
        if (before := self.take(opened)) is not None:
            before.let_go()
        return info

    def prepare(self, path: Path, anew: bool = True) -> Opened:
        """Open a library in advance, so that ``take`` is quick; the caller must ``let_go`` of it if it is not taken.

        Args:
            anew: open it again even if it is the open library; False: return the open one then.

        Raises:
            UserError: as ``open_library``.
        """
        return self._open.prepare(path, anew)

    def take(self, opened: Opened | None) -> Opened | None:
        """Make a prepared library (None: no library) the open one; the caller must ``let_go`` of the returned one."""
        before = self._open.take(opened)
        if before is not None and (opened is None or not opened.is_of(before.library.path)):
            self._search.forget()
            self.browse.forget()
            if self._view_cache is not None:
                self._view_cache.forget()
        return before

    def close_library(self) -> None:
        """Have no library open; the file is closed after the last running read."""
        if (before := self.take(None)) is not None:
            before.let_go()

    def info(self) -> LibraryInfo:
        """A summary of the open library."""
        with self._open.reading() as library:
            return library_info(library)

    @property
    def candidates(self) -> str:
        """Where the codes of the open shared library are compared: ``mirror``, ``sql``, ``milvus``; empty: unknown."""
        with self._open.held() as library:
            return library.candidates if library is not None else ""

    def photos(self) -> Listing:
        """The photos of the open library, in path order."""
        with self._open.reading() as library:
            return library.photos()

    def index(
        self,
        folders: Sequence[Path],
        library: Path,
        ticket: Ticket | None = None,
        preset: str | None = None,
        held_out: Sequence[Path] = (),
        layout: str | None = None,
        exclude: Sequence[str] | None = None,
        first: First = tuple,
        rehash: bool = False,
        cluster: Cluster | None = None,
    ) -> IndexReport:
        """Update a library from folders; it is created if missing.

        Args:
            preset: of a new library (default: ``standard``).  An existing library keeps its describer; it must have this
                preset if one is given.
            held_out: folders to fit the describer of a new library on; none: use the shipped fit of the preset.
            layout: of the windows of a new library (``core.chain.subwindows``); more windows find smaller things and need
                more disk space.
            exclude: patterns to leave out from now on (``core.photos.scan``); None: keep the library's patterns.
            first: returns the photos that the user looks at now; they and their folders come first.
            rehash: read every file whole to see what changed.
            cluster: describes the photos; None: this computer.

        Raises:
            UserError: see the message; nothing that was indexed is lost.
            Cancelled: by the ticket; the next call continues.
        """
        from core.indexing.run import index_folders

        ticket = ticket or Ticket()
        with contextlib.ExitStack() as stack:
            place = (library, folders, preset, held_out, layout, DEFAULT_PRESET, ticket)
            opened = stack.enter_context(self._maker.writing(*place))
            elsewhere = (
                None if cluster is None else stack.enter_context(connected(cluster, self.device, self._weights, ticket))
            )
            if exclude is not None:
                opened.exclude(exclude)
            describer = self._describers.of(opened)
            return index_folders(opened, folders, describer, ticket, first, rehash, elsewhere=elsewhere)

    # -- queries -------------------------------------------------------------------------------------------------------

    def set_threads(self, number: int, saving: bool = False) -> None:
        """Set the threads that indexing uses from its next photo on; 0: all cores; ``saving``: only one."""
        NETWORK_THREADS.want(number)
        NETWORK_THREADS.save(saving)

    def warm_up(self, ticket: Ticket | None = None) -> str:
        """Load the default describer and the search code, so that the first query does not wait; returns its device."""
        import core.inspect.inspection
        import core.search.ranking.searcher  # noqa: F401

        log_versions()
        describer = self._describers.shipped(DEFAULT_PRESET, ticket or Ticket())
        return check_device(quickest(describer.config.backbone, self.device, self._weights))

    def search(
        self,
        query: Query,
        ticket: Ticket | None = None,
        k: int = 200,
        ranking: str = DEFAULT_RANKING,
        live: bool = False,
        only: str = "",
    ) -> Ranking:
        """Rank the photos of the open library by a photo or a box; the query's own photo is left out.

        Args:
            live: cut the box out of the whole photo's grid instead of its pixels: quick and approximate, for dragging.
            only: rank only photos that pass this filter (``core.library.filters``); empty: all.

        Raises:
            UserError: a bad photo, a box outside it, no open library, no such ranking, or a bad filter.
            Cancelled: by the ticket.
        """
        with self._open.reading() as library:
            return self._search.search(library, query, ticket or Ticket(), k, ranking, live, only)

    def verify(self, ranking: Ranking, ticket: Ticket | None = None, depth: int = VERIFIED) -> Ranking:
        """The same hits, with those first whose keypoints agree with the query's in geometry.

        Args:
            depth: number of first hits that are read and compared.

        Raises:
            UserError: the query's photo cannot be read.
            Cancelled: by the ticket.
        """
        with self._open.reading() as library:
            return self._search.verify(library, ranking, ticket or Ticket(), depth)

    def stability(self, query: Query, ticket: Ticket | None = None, only: str = "") -> Stability:
        """For each of the first hits, how many boxes near the query's box find it too; the boxes are cut from the grid.

        Raises:
            UserError: as ``search``.
            Cancelled: by the ticket.
        """
        from core.search.stability import DEPTH, stability

        height, width = self.photo(query.path).shape[:2]
        ticket = ticket or Ticket()
        return stability(query, (width, height), lambda near: self.search(near, None, DEPTH, live=True, only=only), ticket)

    def better_box(self, query: Query) -> Box | None:
        """A larger box with the same centre that keeps enough cells, or None.

        Raises:
            UserError: as ``search``.
        """
        from core.search.stability import better_box

        height, width = self.photo(query.path).shape[:2]
        return better_box(query, (width, height), lambda near: self.search(near, None, 1, live=True).cells)

    def explain(self, query: Query, hit: Path, ranking: str = BEST_RANKING) -> Evidence:
        """Why a photo was found: every cell's share of the cosine, the strongest pairs, bits, keypoints that agree.

        ``decided_by`` and ``lines`` of the result say what decided the hit's rank in ``ranking``, one of ``RANKINGS``.

        If the query has several examples, the one nearest to the hit is explained (``Evidence.example``), as each has a
        separate cosine.

        Raises:
            UserError: a bad photo, a box outside it, or a pipeline that keeps no cells.
        """
        with self._open.reading() as library:
            return self._search.explain(library, query, hit, ranking)

    def compare(
        self, query: Query, other: Path, ticket: Ticket | None = None, k: int = 30, ranking: str = DEFAULT_RANKING
    ) -> tuple[Ranking, Ranking]:
        """The rankings of one query in the open library and in another library of the same photos and another pipeline.

        Raises:
            UserError: as ``search`` and ``open_library``.
            Cancelled: by the ticket.
        """
        with self._lock:
            if self._other is None:
                self._other = Engine(self.device, self._weights)
            second = self._other
        second.open_library(other)
        return self.search(query, ticket, k, ranking), second.search(query, ticket, k, ranking)

    def evaluate(self, request: Request, ticket: Ticket | None = None) -> Evaluation:
        """Run an evaluation protocol; needs no open library.

        Raises:
            UserError: see ``core.evaluation.runs.evaluate``.
            Cancelled: by the ticket.
        """
        from core.evaluation.runs import evaluate

        if self._weights is not None:
            own = tuple((row.config.backbone, self._weights) for row in request.rows[:1])
            request = replace(request, checkpoints=own + request.checkpoints)
        return evaluate(request, self.device, ticket or Ticket())

    def saved_queries(self) -> list[SavedQuery]:
        """The saved queries of the open library.

        Raises:
            UserError: no open library, or a damaged query.
        """
        with self._open.reading() as library:
            return library.queries()

    def save_query(
        self, name: str, query: Query | None, ranking: str = BEST_RANKING, only: str = "", into: Path | None = None
    ) -> list[SavedQuery]:
        """Save a query in a library under a name (None: delete that name); returns all saved queries.

        Args:
            into: the library; None: the open one.

        Raises:
            UserError: no open library, one that cannot be written to, or a bad name.
        """
        with self._open.writing(into) as library:
            if query is None:
                library.forget_query(name)
            else:
                library.save_query(name, query, ranking, only)
            return library.queries()

    # -- pictures ------------------------------------------------------------------------------------------------------

    def photo(self, path: Path) -> images.Rgb:
        """A decoded photo, (H, W, 3) uint8 RGB after the EXIF turn.

        Raises:
            UserError: a bad file.
        """
        return self._views().photo(path)

    def thumbnail(self, path: Path, edge: int) -> images.Rgb:
        """A small copy, longest side at most ``edge``: from the open library if it is large enough, else from the file.

        Raises:
            UserError: a bad file.
        """
        return self.pictures.thumbnail(path, edge)

    def sample_folder(self) -> Path:
        """The folder of the sample collection's photos."""
        return SAMPLE / "photos"

    # -- inside --------------------------------------------------------------------------------------------------------

    def _views(self) -> ViewCache:
        """The cache of the last photo and grid; made on first use, as that imports much of the core."""
        from core.search.grid_cache import ViewCache

        with self._lock:
            if self._view_cache is None:
                self._view_cache = ViewCache()
            return self._view_cache

    def _looked_through(self, ticket: Ticket, preset: str | None) -> tuple[DescriberConfig, Backbone]:
        """Configuration and network of a preset; None: of the open library, or else of the default preset."""
        with contextlib.ExitStack() as stack:
            library = None if preset else stack.enter_context(self._open.held())
            name = preset or DEFAULT_PRESET
            describer = self._describers.of(library) if library else self._describers.shipped(name, ticket)
        if not describer.backbone.dense:  # keypoints have no grid, so no masks
            describer = self._describers.shipped(DEFAULT_PRESET, ticket)
        return describer.config, describer.backbone

    def _network(self, config: DescriberConfig, ticket: Ticket) -> Backbone:
        from core.chain.load import backbone_of

        return backbone_of(config, self.device, self._weights, ticket)

    def _new_describer(self, name: str, held_out: Sequence[Path], ticket: Ticket) -> Describer:
        from core.fitting.fitted import fitted_describer

        if not held_out:
            return self._describers.shipped(name, ticket)
        return fitted_describer(preset(name), held_out, self.device, ticket, self._weights)
