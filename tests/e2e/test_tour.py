"""The program as a person starts it: the unattended tour, and a real window on a virtual screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]


def test_tour_writes_screenshots(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "tour", "--out", str(tmp_path / "out"), "--folder", str(folder)]
    command += ["--image", str(folder / "loggia-03.jpg"), "--box", "60,40,300,200"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    written = [Path(line) for line in done.stdout.splitlines()]
    assert len(written) == 9
    for path in written:
        with Image.open(path) as image:
            assert np.asarray(image.convert("L")).std() > 5, f"{path} shows nothing"


def test_a_window_without_a_screen_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "open", str(tmp_path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: there is no screen")


@pytest.mark.xvfb
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="needs Xvfb")
def test_the_tour_runs_on_a_real_display(folder: Path, tmp_path: Path) -> None:
    command = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", sys.executable, "main.py", "tour"]
    command += ["--out", str(tmp_path / "out"), "--folder", str(folder)]
    command += ["--image", str(folder / "gothic-tower-01.jpg"), "--box", "60,40,300,200"]
    environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 9
