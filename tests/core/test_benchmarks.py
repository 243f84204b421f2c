"""Benchmarks that need special hardware: they run, and results that must agree do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import device, fitting


def test_the_check_of_a_device_runs_on_the_cpu(folder: Path) -> None:
    paths = sorted(folder.iterdir())[:3]
    least, median, bits, same = (cell.strip() for cell in device.agreement("cpu", paths).split("|"))
    assert float(least) >= 0.99999
    assert float(median) >= 0.99999
    assert float(bits.removesuffix("%")) <= 0.2
    assert same == "100.0 %"


def test_times_by_how_many_photos_there_are_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "ROUNDS", 2)
    rows = device.at_once("cpu", sorted(folder.iterdir())[0], [1, 2])
    assert [row.split(" | ")[0] for row in rows] == ["1", "2"]


def test_memory_of_fitting_is_measured_by_stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fitting.fit("rmac", 6, tmp_path)
    rows = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines()]
    assert [row[1] for row in rows] == ["rmac", "learning itq with 64 bits", "all"]
    assert all(float(row[3]) > 0 for row in rows)
