"""Benchmarks that need special hardware: they run, and results that must agree do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import device, fitting, many


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


def test_many_files_are_made_from_few_and_each_is_another(folder: Path, tmp_path: Path) -> None:
    sources = sorted(folder.iterdir())[:2]
    for place in ("a", "b"):
        many.make(sources, 5, tmp_path / place)
    made, again = ([path.read_bytes() for path in sorted((tmp_path / place).rglob("*.jpg"))] for place in ("a", "b"))
    assert made == again
    assert len(set(made)) == 5


def test_quarters_of_a_pass_follow_each_other() -> None:
    marks = [many.Mark(done, float(done), float(done)) for done in range(9)]
    assert [(first.done, last.done) for first, last in many._quarters(marks)] == [(0, 2), (2, 4), (4, 6), (6, 8)]
