"""What is refused before any photo is described, with one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.cluster.opening import connected
from core.records import Cluster
from core.util.errors import UserError
from core.util.progress import Ticket
from tests.core.cluster.conftest import ROOT


def test_a_missing_package_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UserError, match=r"pip install 'cropseek\[cluster\]'"):
        connected(Cluster("head:6379", tmp_path), "cpu", None, Ticket())


def test_a_cluster_and_its_folder_belong_together(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "index", str(folder), "--library", str(tmp_path / "a"), "--cluster", "head:6379"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "--shards DIR" in done.stderr


@pytest.mark.parametrize("address", ["head", "head:99999", "ray://head:10001", "auto", ""])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    with pytest.raises(UserError, match="HOST:PORT"), connected(Cluster(address, tmp_path), "cpu", None, Ticket()):
        pass


def test_nobody_there_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    with pytest.raises(UserError, match="no cluster answers"), connected(
        Cluster("127.0.0.2:1", tmp_path), "cpu", None, Ticket()
    ):  # fmt: skip
        pass
