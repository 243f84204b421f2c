"""``index`` with a cluster and an address: described into a file of its own, then published."""

from __future__ import annotations

import argparse
import contextlib
import uuid
from pathlib import Path

import pytest

from core.cli import build_parser
from core.cli.indexing import run_index
from core.engine import Engine, Ticket, UserError
from core.library import open_library
from core.remote.opening import open_any
from tests.core.remote.conftest import PUBLISHER, PostgresServer


def parsed(*arguments: object) -> argparse.Namespace:
    return build_parser().parse_args([str(argument) for argument in arguments])


def test_what_a_cluster_described_is_published(
    server: PostgresServer, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The machines are tested in ``tests/core/cluster``; here this process describes.
    monkeypatch.setattr("core.engine.engine.connected", lambda *given: contextlib.nullcontext())
    database = f"d{uuid.uuid4().hex}"
    server.sql(f"CREATE DATABASE {database} OWNER {PUBLISHER}")
    to = Path(server.address(database, PUBLISHER))
    options = parsed("index", folder, "--cluster", "head:6379", "--shards", tmp_path, "--library", to)
    document, text = run_index(options, Engine(), Ticket())
    again, _ = run_index(options, Engine(), Ticket())
    assert (document["version"], document["sent"], again["sent"]) == (1, document["indexed"], 0)
    assert again["unchanged"] == document["indexed"]
    assert database in document["to"]
    assert "published as version 1" in text
    with contextlib.closing(open_library(Path(document["library"]))) as file, contextlib.closing(open_any(to)) as remote:
        assert remote.photos().names == file.photos().names


def test_without_a_cluster_an_address_is_refused(folder: Path) -> None:
    with pytest.raises(UserError, match="publish"):
        run_index(parsed("index", folder, "--library", "postgresql://anna@127.0.0.1/photos"), Engine(), Ticket())
