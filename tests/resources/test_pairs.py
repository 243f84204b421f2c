"""The table of nearly uncorrelated pairs by mask, for several networks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.records import MASK_NAMES
from resources.tools.backbone import pairs


def test_a_network_gets_a_line_with_the_share_of_each_mask(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pairs", str(folder), "--count", "3", "--size", "224"])
    pairs.main()
    head, _, line = capsys.readouterr().out.splitlines()
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert len(head.strip("|").split("|")) == len(cells)
    assert cells[:5] == ["compact/head", "512", "16", "3", "no"]
    shares = dict(zip(MASK_NAMES, (float(cell.partition(" ")[0]) for cell in cells[5:]), strict=True))
    assert all(0 < share < 100 for share in shares.values()), line
