"""A fit that travels with only what differs from another's is whole when it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.chain import fit_files
from core.chain.fit_files import fit_bytes, parted
from core.chain.fits import fit_key, key_of_file
from core.chain.load import shipped_stages
from core.chain.model_file import dump_describer, load_describer_file, parse_describer, read_config
from core.chain.presets import SHORT, preset, shipped_file
from core.chain.stages import SelectiveStages
from core.fitting.photo_set import learned
from core.util.errors import UserError
from core.util.resources import MODELS


@pytest.mark.parametrize("name", [f"standard-{bits}" for bits in SHORT])
def test_short_codes_travel_in_a_small_file(name: str) -> None:
    path, whole = shipped_file(name), shipped_stages("standard")
    assert path is not None
    assert path.stat().st_size < 600_000
    config, stages = load_describer_file(path)
    assert config == preset(name) == read_config(path)
    assert isinstance(stages, SelectiveStages)
    assert isinstance(whole, SelectiveStages)
    for part in ("pca", "embedding", "rotation"):
        assert learned(stages.parts[part]) == learned(whole.parts[part])
    assert stages.hashing.transform(whole.finish(stages.rotation.basis_[:2].astype("float32"))).shape == (2, config.bits)
    # What a library stores is whole, and has the name of the preset by its key.
    data = dump_describer(config, stages)
    assert parse_describer(data, "")[0] == config
    assert fit_key(data) == key_of_file(path)


def test_a_file_of_another_fit_is_refused_and_one_of_a_person_completed_by_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (MODELS / "standard.safetensors").read_bytes()
    part = parted(data, "standard")
    assert len(part) < len(data) / 3
    (tmp_path / "mine.safetensors").write_bytes(part)
    with pytest.raises(UserError, match="does not fit"):
        load_describer_file(tmp_path / "mine.safetensors")  # its arrays are not there
    monkeypatch.setattr(fit_files, "MODELS", tmp_path)
    (tmp_path / "standard.safetensors").write_bytes(data)
    assert fit_key(fit_bytes(tmp_path / "mine.safetensors")) == fit_key(data)
    (tmp_path / "standard.safetensors").write_bytes((MODELS / "standard-sum.safetensors").read_bytes())
    with pytest.raises(UserError, match="the others of the program"):
        fit_bytes(tmp_path / "mine.safetensors")
