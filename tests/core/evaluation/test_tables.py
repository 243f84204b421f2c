"""The rows of the paper's tables."""

from __future__ import annotations

from core.evaluation.tables import FIGURES, FRAMEWORKS, TABLES, base_config


def test_every_table_has_the_rows_of_the_paper() -> None:
    base = base_config("vgg16")
    counts = {name: len(make(base)) for name, make in TABLES.items()}
    assert counts == {"III": 24, "IV": 5, "V": 4, "VI": 4, "VII": 48, "VIII": 28, "IX": 7}
    assert {row.config.dimensions for row in TABLES["III"](base)} == {4224}
    assert [row.config.dimensions for row in TABLES["IV"](base)] == [512, 1024, 2048, 4096, 8064]
    for row in (*TABLES["VII"](base), *TABLES["VIII"](base), *TABLES["IX"](base)):
        assert str(row.config.dimensions) in row.label or str(row.config.bits) in row.label
    # Cross-checks that hold inside the paper (ALGORITHMS section 12).
    seventh = {row.label: row.published for row in TABLES["VII"](base)}
    ninth = {row.label: row.published for row in TABLES["IX"](base)}
    assert seventh["itq, 512-D, 512 bits"]["holidays"] == ninth["MAX, 512 bits"]["holidays"]
    fifth = {row.label: row.published for row in TABLES["V"](base)}
    eighth = {row.label: row.published for row in TABLES["VIII"](base)}
    assert fifth["max, 1024 px"]["oxford5k"] == eighth["MAX mask, 512"]["oxford5k"]
    assert TABLES["VI"](base)[0].published["holidays"] == eighth["MAX mask, 1024"]["holidays"]
    assert {len(make(base)) for make in FIGURES.values()} == {30, 20, 6}
    assert set(FRAMEWORKS) == {row.label.split(",")[0] for row in TABLES["III"](base)}
