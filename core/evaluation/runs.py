"""Run a protocol over photos with one or many configurations, which share work.

Grids are computed once for each network and stored in the cache; fits shared by rows are made once.  Of distractors, of
which there may be a million, only the descriptors are stored.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.chain.config import DescriberConfig
from core.chain.fits import fit_key
from core.chain.load import backbone_of, shipped_stages
from core.chain.model_file import dump_describer
from core.chain.stages import Stages
from core.evaluation.distractors import described_distractors
from core.evaluation.protocols import Benchmark, load_benchmark
from core.evaluation.results import Evaluation, Result, versions
from core.evaluation.rows import CODE, TableRow
from core.evaluation.scores import score
from core.fitting.grid_store import GridStore, Item
from core.fitting.photo_set import PhotoSet, descriptors_of
from core.fitting.training import PHOTOS_ALONE, Fitter
from core.hashing.bits import hamming, pack
from core.photos.scan import scan
from core.records import Skipped
from core.util.errors import UserError
from core.util.progress import Ticket

More = tuple[NDArray[np.floating], NDArray[np.uint8]] | None
"""Descriptors and codes of distractors."""


@dataclass(frozen=True)
class Request:
    """The settings of an evaluation.

    Attributes:
        protocol: one of ``core.evaluation.protocols.PROTOCOLS``.
        images: the folder of photos.
        rows: the configurations.
        ground_truth: file or folder, depending on the protocol; ``group_by``: a regular expression instead.
        distractors: folders of photos that are never positives.
        held_out: folders to fit on; none: the program's fits, for presets that have one.
        checkpoints: weight files by backbone, instead of the default ones.
        cache: folder for grids and descriptors, so that a stopped run can continue; None: a temporary one.
        title: of the report, as ``Table III``.
        windows: layout of windows that rotation and hashing also learn from (``core.fitting.training.Fitter``).
    """

    protocol: str
    images: Path
    rows: tuple[TableRow, ...]
    ground_truth: Path | None = None
    group_by: str | None = None
    distractors: tuple[Path, ...] = ()
    held_out: tuple[Path, ...] = ()
    checkpoints: tuple[tuple[str, Path], ...] = ()
    cache: Path | None = None
    title: str = ""
    windows: str = PHOTOS_ALONE


def evaluate(request: Request, device: str, ticket: Ticket) -> Evaluation:
    """Run a protocol.

    A row that cannot be run (missing weights, or too few photos for its fit) is reported with the reason.  If no row can be
    run, that is an error.

    Raises:
        UserError: an unknown protocol, no photos, unusable ground truth, or no row that can be run.
        Cancelled: by the ticket; what is stored in ``request.cache`` remains.
    """
    started = time.monotonic()
    benchmark = load_benchmark(
        request.protocol, request.images, request.ground_truth, request.group_by, request.distractors, ticket
    )
    with ExitStack() as stack:
        cache = request.cache or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cropseek-")))
        run = _Run(request, benchmark, cache, device, ticket)
        results = [result for group in _by_network(request.rows) for result in run.network(group)]
    if not any(result.scores for result in results):
        raise UserError(f"nothing could be evaluated: {results[0].reason}", results[0].label)
    order = {row.label: index for index, row in enumerate(request.rows)}
    return Evaluation(
        protocol=request.protocol,
        title=request.title,
        queries=run.queries,
        images=run.images,
        results=tuple(sorted(results, key=lambda result: order[result.label])),
        skipped=tuple(run.skipped.values()),
        seconds=time.monotonic() - started,
        versions=versions(),
    )


def _by_network(rows: Sequence[TableRow]) -> Iterator[list[TableRow]]:
    """Rows grouped by their grids, and in each group in the order that shares most work."""
    ordered = sorted(rows, key=lambda row: (row.config.grid_key(), row.config.key("code")))
    for _, group in groupby(ordered, key=lambda row: row.config.grid_key()):
        yield list(group)


class _Run:
    """The state of a run: skipped photos, and numbers of images and queries."""

    def __init__(self, request: Request, benchmark: Benchmark, cache: Path, device: str, ticket: Ticket) -> None:
        self.request, self.benchmark, self.cache, self.device, self.ticket = request, benchmark, cache, device, ticket
        self.skipped: dict[Path, Skipped] = {}
        self.queries = self.images = 0

    def network(self, rows: list[TableRow]) -> list[Result]:
        """All rows of one network and size."""
        config = rows[0].config
        try:
            weights = dict(self.request.checkpoints).get(config.backbone)
            backbone = backbone_of(config, self.device, weights, self.ticket)
            store = GridStore(self.cache, config, backbone, weights, self.device.partition("+")[2])
            held_out = store.fill(self._held_out(), self.ticket, "extracting held-out features")
            known = _Known(self.benchmark, store, self.ticket)
        except UserError as error:
            return [_failed(row, error) for row in rows]
        self.skipped |= {skipped.path: skipped for skipped in store.skipped}
        self.queries, self.images = len(known.benchmark.questions), known.benchmark.own
        fitter = Fitter(PhotoSet(store, held_out, self.ticket), self.request.windows) if held_out else None
        if known.distractors:
            return self._with_distractors(rows, known, fitter)
        return [result for row in rows for result in self._row(row, known, fitter)]

    def _held_out(self) -> list[Item]:
        folders = self.request.held_out
        return [Item(file.path) for file in scan(folders, self.ticket)] if folders else []

    def _stages(self, row: TableRow, fitter: Fitter | None) -> Stages:
        config = adapted(row.config, self.request.protocol)
        # Both are stored for distractors, so that another run can rank by either.
        hashed = CODE in row.measures or self.benchmark.own < len(self.benchmark.images)
        if fitter:
            return fitter.stages(config, hashed)
        stages = shipped_stages(row.preset)
        if stages.config != config:
            raise UserError(f"the fit of '{row.preset}' is of other settings", row.label, "Give --held-out FOLDER.")
        return stages

    def _row(self, row: TableRow, known: _Known, fitter: Fitter | None) -> list[Result]:
        started = time.monotonic()
        try:
            stages = self._stages(row, fitter)
        except UserError as error:
            return [_failed(row, error)]
        fitted = time.monotonic()
        return known.measured(row, stages, None, (fitted - started, fitted))

    def _with_distractors(self, rows: list[TableRow], known: _Known, fitter: Fitter | None) -> list[Result]:
        """Fit all rows before describing distractors, so that the network runs only once on each."""
        ready: dict[str, tuple[TableRow, Stages]] = {}
        results = []
        for row in rows:
            try:
                ready[row.label] = row, self._stages(row, fitter)
            except UserError as error:
                results.append(_failed(row, error))
        stages = {label: pair[1] for label, pair in ready.items()}
        found, skipped = described_distractors(known.distractors, stages, known.photos.store, self.cache, self.ticket)
        self.skipped |= {each.path: each for each in skipped}
        self.images += len(known.distractors) - len(skipped)
        for label, (row, its_stages) in ready.items():
            results += known.measured(row, its_stages, found[label], (0.0, time.monotonic()))
        return results


class _Known:
    """Photos and queries of the ground truth, whose grids are stored; no distractors.

    Args:
        benchmark: its unreadable photos are removed.
    """

    def __init__(self, benchmark: Benchmark, store: GridStore, ticket: Ticket) -> None:
        own = list(benchmark.images[: benchmark.own])
        asked = [Item(question.path, question.box) for question in benchmark.questions]
        wanted = list(dict.fromkeys([*map(Item, own), *asked]))
        there = store.fill(wanted, ticket)
        self.benchmark = benchmark.without({item.path for item in set(wanted) - set(there)})
        self.distractors = benchmark.images[benchmark.own :]
        index_of = {item: index for index, item in enumerate(there)}
        self.photos = PhotoSet(store, there, ticket)
        self._own = [index_of[Item(path)] for path in self.benchmark.images[: self.benchmark.own]]
        self._asked = [index_of[Item(question.path, question.box)] for question in self.benchmark.questions]

    def measured(self, row: TableRow, stages: Stages, more: More, times: tuple[float, float]) -> list[Result]:
        """The scores of a row; ``times``: seconds of its fit, and the start of the rest."""
        vectors = descriptors_of(self.photos, stages)
        fit = _fit_of(stages)
        results = []
        for measure in row.measures:
            rankings = self._by_code(vectors, stages, more) if measure == CODE else self._by_cosine(vectors, more)
            scores = {setup: score(rankings, self.benchmark, setup) for setup in self.benchmark.setups}
            bits = row.config.bits if measure == CODE else 0
            results.append(_result(row, bits, scores, times[0], time.monotonic() - times[1], fit))
        return results

    def _by_cosine(self, vectors: NDArray[np.floating], more: More) -> NDArray[np.intp]:
        base = vectors[self._own] if more is None else np.concatenate([vectors[self._own], more[0]])
        return np.stack([np.argsort(-(base @ vectors[query]), kind="stable") for query in self._asked])

    def _by_code(self, vectors: NDArray[np.floating], stages: Stages, more: More) -> NDArray[np.intp]:
        codes = pack(stages.hashing.transform(vectors))
        base = codes[self._own] if more is None else np.concatenate([codes[self._own], more[1]])
        return np.stack([np.argsort(hamming(base, codes[query]), kind="stable") for query in self._asked])


def adapted(config: DescriberConfig, protocol: str) -> DescriberConfig:
    """On Holidays SPoC is used without its centre prior (ALGORITHMS section 10)."""
    return replace(config, baseline="spoc") if config.baseline == "spoc-centre" and "holidays" in protocol else config


def _result(
    row: TableRow, bits: int, scores: dict[str, float], fit_seconds: float, seconds: float, fit: str = ""
) -> Result:
    return Result(
        label=row.label,
        config=row.config,
        bits=bits,
        scores=scores,
        published=dict(row.published),
        point=row.point,
        fit_seconds=fit_seconds,
        seconds=seconds,
        reason="",
        fit=fit,
    )


def _fit_of(stages: Stages) -> str:
    """The fingerprint of the fitted stages; empty without hashing, where nothing is ranked by codes."""
    whole = all(hasattr(part, f"{name}_") for part in stages.parts.values() for name in part.ARRAYS)
    return fit_key(dump_describer(stages.config, stages))[:16] if whole else ""


def _failed(row: TableRow, error: UserError) -> Result:
    return replace(_result(row, 0, {}, 0.0, 0.0), reason=str(error))
