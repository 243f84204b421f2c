"""A published library holds what its file holds, and its candidates are the file's, in the same order."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import numpy as np
import pytest

from core.library import LibraryFile
from core.remote.address import parse_address
from core.remote.opening import open_any, publish_library
from core.search.ranking.searcher import Searcher
from core.util.progress import Ticket
from tests.core.remote.conftest import PostgresServer, random_entries


@pytest.mark.parametrize("source", ["sql", "mirror", pytest.param("milvus", marks=pytest.mark.milvus)])
def test_candidates_are_the_files(server: PostgresServer, made_up: LibraryFile, source: str) -> None:
    there = {"milvus": os.environ.get("CROPSEEK_MILVUS", "")} if source == "milvus" else {}
    if not all(there.values()):
        pytest.skip("CROPSEEK_MILVUS names no running Milvus")
    database = server.database()
    gone = made_up.photos()[7].id
    made_up.miss([gone])
    publish_library(made_up.path, server.address(database, **there), Ticket())
    shared = open_any(Path(server.address(database, candidates=source, **there)))
    with contextlib.closing(shared):
        near, far = Searcher(made_up.search_vectors(), {}), Searcher(shared.search_vectors(), {})
        assert (source != "mirror") == (shared.search_vectors().source is not None)
        shown = made_up.photos().ids
        some = made_up.passing("roma size:>0.2mp -0012", Ticket())
        assert 200 < len(some) < 300
        assert shared.passing("roma size:>0.2mp -0012", Ticket()).tolist() == sorted(some.tolist())
        rng = np.random.default_rng(1)
        for photos in (shown, some):
            first, second = near.narrowed(photos), far.narrowed(photos)
            for k in (1, 50, 1000):
                code = rng.integers(0, 256, made_up.config.bits // 8, dtype=np.uint8)
                for find in ("_nearest_windows", "nearest"):
                    rows = [
                        one._nearest_windows(code, k) if find == "_nearest_windows" else one._index.nearest(code, k)[0]
                        for one in (first, second)
                    ]
                    ids = [one._ids[row].tolist() for one, row in zip((first, second), rows, strict=True)]
                    assert ids[0] == ids[1]
        query = rng.standard_normal(made_up.config.dimensions).astype(np.float32)
        assert near.narrowed(shown).cosines_with(query) == far.narrowed(shown).cosines_with(query)


def test_everything_is_there(server: PostgresServer, made_up: LibraryFile) -> None:
    database = server.database()
    publish_library(made_up.path, server.address(database), Ticket())
    with contextlib.closing(open_any(Path(server.address(database)))) as shared:
        assert shared.photos() == made_up.photos()
        assert shared.known() == [known_without_edges(known) for known in made_up.known()]
        assert shared.counts() == made_up.counts()
        assert shared.roots() == made_up.roots()
        assert shared.describer_bytes() == made_up.describer_bytes()
        assert (shared.config, shared.layout, shared.identity) == (made_up.config, made_up.layout, made_up.identity)
        path = made_up.photos()[3].path
        assert shared.find(path) == made_up.find(path)
        assert shared.size() > 0


def known_without_edges(known: object) -> object:
    from dataclasses import replace

    return replace(known, edges=None)  # type: ignore[type-var]


def test_a_second_publication_sends_what_is_new(server: PostgresServer, made_up: LibraryFile) -> None:
    address = server.address(server.database())
    assert publish_library(made_up.path, address, Ticket()).sent == 400
    with contextlib.closing(open_any(Path(address))) as shared:
        before = shared.version()
        shared.search_vectors()
        old = made_up.photos()[0].id
        made_up.forget([old])
        made_up.store(random_entries(made_up.roots()[0], 410)[400:])
        report = publish_library(made_up.path, address, Ticket())
        assert (report.version, report.photos, report.sent) == (2, 409, 10)
        assert shared.version() != before
        assert shared.photos() == made_up.photos()
        near, far = made_up.search_vectors(), shared.search_vectors()
        rows = np.flatnonzero(np.isin(far.ids, near.ids))
        assert far.codes[rows].tobytes() == near.codes.tobytes()
        assert np.asarray(far.descriptors[rows]).tobytes() == near.descriptors.tobytes()
    publish_library(made_up.path, address, Ticket())
    database = parse_address(address).database
    schemas = server.rows(
        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'cropseek\\_%' ORDER BY 1", database=database
    )
    assert schemas == [("cropseek_2",), ("cropseek_3",)]
