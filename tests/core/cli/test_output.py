"""Printing to any output, and the clean end of an interrupted run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import main
from core.cli import output
from core.engine import Engine
from tests.conftest import stored_photos

PROGRAM = [sys.executable, "-c", "import sys, main; sys.exit(main.main())"]
ROOT = Path(main.__file__).parent


def test_a_pipe_that_closes_is_no_error(library: Path) -> None:
    command = [*PROGRAM, "info", str(library), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        words = process.stderr.read().decode()
    assert process.returncode == 0
    assert words == ""


@pytest.mark.parametrize("arguments", [["presets"], ["presets", "--json"]])
def test_a_terminal_of_few_letters(arguments: list[str], tmp_path: Path) -> None:
    from core.chain.presets import presets_folder, shipped_file

    standard = shipped_file("standard")
    assert standard is not None
    presets_folder().mkdir(parents=True)
    (presets_folder() / "Fenêtre.safetensors").write_bytes(standard.read_bytes())
    env = {**os.environ, "PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"}
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, cwd=ROOT, env=env, check=False)
    assert done.returncode == 0, done.stderr
    if "--json" in arguments:
        assert "Fenêtre" in [info["name"] for info in json.loads(done.stdout)["presets"]]
    else:
        assert rb"Fen\xeatre" in done.stdout


def test_names_that_are_no_text_are_valid_json(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json({"path": "M\udcfcnchen", "letter": "é"})
    assert json.loads(capsys.readouterr().out) == {"path": "M\udcfcnchen", "letter": "é"}
    output.print_text("M\udcfcnchen é")
    assert capsys.readouterr().out == "M\\udcfcnchen é\n"


def test_no_memory_is_a_sentence(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Engine, "open_library", full)
    assert main.main(["info", str(library)]) == 1
    assert "not enough memory" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_run_that_the_system_ends_keeps_what_is_done(folder: Path, tmp_path: Path) -> None:
    import shutil

    for number in range(12):
        shutil.copytree(folder, tmp_path / "p" / str(number))
        for path in (tmp_path / "p" / str(number)).iterdir():
            path.write_bytes(path.read_bytes() + bytes([number]))
    library = tmp_path / "l.cropseek"
    command = [*PROGRAM, "index", str(tmp_path / "p"), "--library", str(library)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        end = time.monotonic() + 200
        while time.monotonic() < end and not stored_photos(library):
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, words = process.communicate(timeout=100)
    assert process.returncode == 130
    assert b"stopped; what was done so far is kept" in words
    assert b"Traceback" not in words
    assert 0 < stored_photos(library) < 72
    assert os.listdir(tmp_path) == ["p", "l.cropseek"] or set(os.listdir(tmp_path)) <= {"p", "l.cropseek", "home"}
