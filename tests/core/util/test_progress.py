"""Rate and time left of running work."""

from __future__ import annotations

from core.util.progress import Pace


def test_pace_estimates_the_time_left() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    assert pace.seconds_left(10) is None
    now[0] = 2.0
    pace.update(4)
    assert pace.rate == 2.0
    assert pace.seconds_left(10) == 3.0


def test_pace_begins_anew_after_a_pause() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    now[0] = 100.0
    pace.restart(50)
    assert pace.text("reading", 100) == "reading 50 / 100"
    now[0] = 102.0
    pace.update(54)
    assert pace.rate == 2.0
    assert pace.seconds_left(100) == 23.0


def test_progress_is_one_line() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    now[0] = 30.0
    pace.update(1200)
    assert pace.text("reading", 5000) == "reading 1,200 / 5,000 · 40.0/s · 1:35 left"
    assert pace.text("reading", 5000, "noch {time}") == "reading 1,200 / 5,000 · 40.0/s · noch 1:35"
    pace.update(5000)
    assert pace.text("reading", 5000) == "reading 5,000 / 5,000"


def test_a_burst_counts_as_one_report() -> None:
    now = [0.0]
    pace = Pace(window=4, clock=lambda: now[0])
    for block in range(1, 9):
        now[0] = 10.0 * block
        for photo in range(64):
            now[0] += 0.001
            pace.update(64 * (block - 1) + photo + 1)
    assert 6 <= pace.rate <= 7
