"""A program that the system asks to end stores what is to be stored, and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import argparse, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui import app as program
from gui.state.lanes import Lane

app = QApplication([])
target = Path(sys.argv[1])

def store(ticket):
    print("storing", flush=True)
    time.sleep(1)
    target.write_text("kept")

def begin():
    (window,) = [each for each in app.topLevelWidgets() if hasattr(each, "session")]
    window.session.jobs.submit(Lane.WRITE, store, lambda done: None)

QTimer.singleShot(100, begin)
sys.exit(program._interactive(app, argparse.Namespace(command=None, path=None)))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_what_is_being_stored_is_stored_before_the_end(tmp_path: Path, number: signal.Signals) -> None:
    target = tmp_path / "stored.txt"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "-c", CODE, str(target)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "storing\n"
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert target.read_text() == "kept"
    assert "Traceback" not in said
