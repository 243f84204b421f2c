"""The battery, as reported by psutil."""

from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest

from core.util.battery import on_battery


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, False),
        (SimpleNamespace(power_plugged=True), False),
        (SimpleNamespace(power_plugged=None), False),
        (SimpleNamespace(power_plugged=False), True),
    ],
)
def test_only_an_unplugged_machine_is_on_battery(
    monkeypatch: pytest.MonkeyPatch, told: SimpleNamespace | None, expected: bool
) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: told, raising=False)
    assert on_battery() is expected


def test_a_system_that_cannot_tell_is_taken_as_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no such device")

    monkeypatch.setattr(psutil, "sensors_battery", refuse, raising=False)
    assert on_battery() is False
    monkeypatch.delattr(psutil, "sensors_battery")
    assert on_battery() is False
