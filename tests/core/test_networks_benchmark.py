"""The benchmark that sets networks side by side: what it measures of a fit, on photos where the answers are known."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.benchmarks import networks


def test_copies_of_a_photo_are_found_by_descriptor_and_code(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    holidays, others = tmp_path / "holidays", tmp_path / "others"
    holidays.mkdir()
    others.mkdir()
    *two, other = sorted(folder.iterdir())[:3]
    for group, photo in enumerate(two):
        for copy in range(2):
            shutil.copy(photo, holidays / f"{1000 + group}{copy:02}.jpg")
    shutil.copy(other, others / "other.jpg")
    rows = [{"photo": f"{1000 + group}00.jpg", "box": [0, 0, 200, 200], "thing": "part"} for group in range(2)]
    boxes = tmp_path / "boxes.json"
    boxes.write_text(json.dumps(rows))
    monkeypatch.setattr(networks, "BOXES", boxes)
    given = [str(holidays), "--boxes", str(others), "--photos", str(others), "--work", str(tmp_path / "work")]
    given += ["--fit", "1", "--networks", "--presets", "standard", "standard-128"]
    monkeypatch.setattr(sys, "argv", ["networks", *given])
    networks.main()
    count, head, _, *lines = capsys.readouterr().out.splitlines()
    assert count == "5 photos searched, 1 fitted on"
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in (head, *lines)]
    assert len({len(row) for row in cells}) == 1
    assert [row[:4] for row in cells[1:]] == [
        ["standard, as shipped", "512", "1.000", "1.000"],
        ["standard-128, as shipped", "128", "1.000", "1.000"],
    ]
    assert all(float(cell) > 0.5 for row in cells[1:] for cell in row[4:])
