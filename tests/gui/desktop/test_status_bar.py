"""What the network runs on is said in words."""

from __future__ import annotations

import pytest

from gui.desktop.status_bar import device_words


@pytest.mark.parametrize(
    ("device", "words"),
    [
        ("cpu", ["processor"]),
        ("cpu+int8", ["processor", "eight bits"]),
        ("cpu+bf16", ["processor", "bfloat16"]),
        ("cuda:1", ["graphics card"]),
        ("mps+bf16", ["graphics card", "bfloat16"]),
        ("auto", []),
        ("", []),
    ],
)
def test_a_device_is_said_in_words(device: str, words: list[str]) -> None:
    assert device_words(device) == words
