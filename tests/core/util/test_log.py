"""The log: its path, its bounded size, and what it must not contain."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from core.util import log
from core.util.log import last_lines, log_file, start_log, stop_log


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    yield
    stop_log()
    logging.getLogger(log.NAME).propagate = True


def test_a_command_leaves_its_time_and_the_versions(library: Path, tmp_path: Path) -> None:
    assert main.main(["info", str(library), "--json"]) == 0
    text = last_lines()
    assert log_file().is_relative_to(tmp_path)
    assert "info done after" in text
    assert "Python 3." in text
    assert "numpy" in text


def test_a_failure_is_logged_without_the_file_it_is_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["info", str(tmp_path / "secret-wedding.cropseek")]) == 1
    assert "secret-wedding" in capsys.readouterr().err  # shown to the user, not in the log
    assert "info failed after" in last_lines()
    assert "secret-wedding" not in last_lines()


def test_verbose_tells_every_step_on_standard_error(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["info", str(library), "--json", "--verbose"]) == 0
    told = capsys.readouterr()
    assert "info done after" in told.err
    assert told.out.lstrip().startswith("{")


def test_the_log_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_BYTES", 2000)
    start_log()
    for number in range(500):
        logging.getLogger("cropseek.test").info("line %d", number)
    stop_log()
    files = list(log_file().parent.iterdir())
    assert len(files) == 1 + log.KEPT
    assert all(file.stat().st_size <= 2000 for file in files)
    assert "line 499" in last_lines(1)


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    log_file().parent.parent.mkdir(parents=True, exist_ok=True)
    log_file().parent.write_text("in the way")
    start_log()
    logging.getLogger("cropseek.test").info("nowhere")
    assert last_lines() == ""
