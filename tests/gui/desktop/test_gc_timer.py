"""Cycles with Qt objects die on the window's thread."""

from __future__ import annotations

import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from gui.desktop.gc_timer import MANY, GcTimer


def test_cycles_are_collected_on_this_thread(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.desktop.gc_timer.PERIOD_MS", 10)
    died: list[int] = []

    class Knot:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            died.append(threading.get_ident())

    gc.enable()
    collector = GcTimer()
    assert not gc.isenabled()
    thread = threading.Thread(target=Knot)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(died), timeout=10_000)
    assert died == [threading.get_ident()]
    collector.stop()
    assert gc.isenabled()


def test_what_the_start_brings_is_not_looked_through(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.desktop.gc_timer.PERIOD_MS", 5)
    monkeypatch.setattr("gui.desktop.gc_timer.STARTING", 1_000_000)
    collector = GcTimer()
    try:
        modules = [[] for _ in range(MANY + 1000)]
        qtbot.waitUntil(lambda: gc.get_freeze_count() > len(modules), timeout=10_000)
    finally:
        collector.stop()
    assert gc.get_freeze_count() == 0
