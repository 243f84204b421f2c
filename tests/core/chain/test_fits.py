"""A fit is identified by what it learned: two fits of the same settings differ."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import numpy as np
import pytest

import main
from core.chain.fits import fit_key, fit_name
from core.chain.load import shipped_stages
from core.chain.model_file import dump_describer
from core.chain.presets import preset, save_preset
from core.engine import Engine
from core.fitting.photo_set import learned
from core.library import open_library
from core.util.errors import UserError


@pytest.fixture
def other() -> bytes:
    """A fit with the settings of ``standard`` that gives other codes."""
    stages = shipped_stages("standard")
    hashing = stages.parts["hashing"]
    hashing.projection_ = np.roll(hashing.projection_, 1, axis=0)  # type: ignore[attr-defined]
    pca = stages.parts["pca"]
    pca.mean_ = np.roll(pca.mean_, 7)  # type: ignore[attr-defined]
    return dump_describer(preset("standard"), stages)


def test_a_fit_is_told_by_its_numbers_and_not_by_its_file(other: bytes) -> None:
    config, shipped = preset("standard"), dump_describer(preset("standard"), shipped_stages("standard"))
    assert fit_name(config, fit_key(shipped)) == "standard"  # although the shipped file is older
    assert fit_key(shipped) != fit_key(other)
    assert fit_name(config, fit_key(other)) == f"standard (fit {fit_key(other)[:8]})"
    save_preset("mine", other)
    assert fit_name(config, fit_key(other)) == "mine"
    assert fit_name(config, fit_key(shipped)) == "standard"
    assert learned(shipped_stages("standard").parts["pca"]) == learned(shipped_stages("standard").parts["pca"])
    for data in (b"", b"\0" * 50, b"\x10" + b"\0" * 7 + b'{"__metadata__":1'):
        assert len(fit_key(data)) == 64


def test_two_fits_of_one_setting_stay_two_in_libraries(folder: Path, tmp_path: Path, other: bytes) -> None:
    save_preset("mine", other)
    engine, names = Engine(), {}
    for name in ("standard", "mine"):
        engine.index([folder], tmp_path / f"{name}.cropseek", preset=name, layout="none")
        info = engine.open_library(tmp_path / f"{name}.cropseek")
        names[name] = (info.preset, info.fit)
        assert engine.search(_whole(folder)).preset == name
    assert names["standard"][0] == "standard"
    assert names["mine"] == ("mine", fit_key(other)[:16])
    assert names["standard"][1] != names["mine"][1]
    codes = []
    for name in names:
        with contextlib.closing(open_library(tmp_path / f"{name}.cropseek")) as library:
            codes.append(library.vectors()[2])
    assert (codes[0] != codes[1]).any()
    for name, another in (("standard", "mine"), ("mine", "standard")):
        with pytest.raises(UserError, match=f"built with the preset '{name}'"):
            engine.index([folder], tmp_path / f"{name}.cropseek", preset=another)


def test_two_fits_of_one_setting_stay_two_in_evaluations(
    folder: Path, tmp_path: Path, other: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    save_preset("mine", other)
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps({path.name: path.name.rpartition("-")[0] for path in folder.iterdir()}))
    command = ["evaluate", "groups", "--images", str(folder), "--ground-truth", str(truth), "--json"]
    rows = {}
    for presets in (["mine", "standard"], ["standard"], ["mine"]):
        assert main.main([*command, "--preset", *presets, "--cache", str(tmp_path / "cache")]) == 0
        for row in json.loads(capsys.readouterr().out)["results"]:
            rows.setdefault((row["preset"], row["bits"]), set()).add((row["fit"], row["map"]))
    # Alone or beside the other, a preset gives the same result; and the fits are distinguished.
    assert all(len(found) == 1 for found in rows.values()), rows
    assert len({fit for found in rows.values() for fit, _ in found}) == 2


def _whole(folder: Path):  # noqa: ANN202
    from core.records import Query

    return Query(sorted(folder.iterdir())[0])
