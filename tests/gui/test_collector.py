"""Cycles with Qt objects die on the window's thread."""

from __future__ import annotations

import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from gui.collector import Collector


def test_cycles_are_collected_on_this_thread(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.collector.PERIOD_MS", 10)
    died: list[int] = []

    class Knot:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            died.append(threading.get_ident())

    gc.enable()
    collector = Collector()
    assert not gc.isenabled()
    thread = threading.Thread(target=Knot)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(died), timeout=10_000)
    assert died == [threading.get_ident()]
    collector.stop()
    assert gc.isenabled()
