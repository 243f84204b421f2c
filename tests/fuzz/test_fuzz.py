"""A short run of each fuzz target, always the same; the long ones are commands (``tests.fuzz``)."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz import checkpoints, libraries, texts
from tests.fuzz.runner import Report


def assert_well(report: Report, count: int) -> None:
    assert not report.failures, report.text()
    assert sum(report.outcomes.values()) == count


def test_libraries(tmp_path: Path) -> None:
    assert_well(libraries.run(tmp_path, 24), 24)


def test_checkpoints(tmp_path: Path) -> None:
    count = len(checkpoints.crafted()) + 20
    assert_well(checkpoints.run(tmp_path, count), count)


def test_texts() -> None:
    assert texts.run(200).keys() == {"saved queries", "filter words", "describer files"}
