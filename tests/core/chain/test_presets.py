"""Presets, of the program and saved."""

from __future__ import annotations

import pytest

from core.chain.model_file import dump_describer
from core.chain.presets import PRESETS, preset, save_preset
from core.util.errors import UserError
from tests.core.chain.test_registry import SMALL, fitted


def test_presets_have_the_dimensions_of_their_names() -> None:
    for name, config in PRESETS.items():
        if name.startswith("paper-") and name != "paper-hypercolumn":
            assert config.dimensions == int(name.removeprefix("paper-"))
    assert PRESETS["sift"].dimensions == 512


def test_a_saved_preset_is_found_again_and_bad_names_are_refused() -> None:
    stages, _ = fitted(SMALL)
    save_preset("my town", dump_describer(SMALL, stages))
    assert preset("my town") == SMALL
    for name, words in (("standard", "of its own"), ("../up", "cannot be the name"), ("", "cannot be the name")):
        with pytest.raises(UserError, match=words):
            save_preset(name, b"")
    with pytest.raises(UserError, match="Did you mean 'my town'"):
        preset("my towm")
