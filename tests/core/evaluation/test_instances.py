"""ILIAS and INSTRE, read from files of the official forms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scipy.io
from sklearn.metrics import average_precision_score

from core.evaluation.protocols.instances import ilias_box, instre_boxes
from core.evaluation.results import Evaluation, as_markdown
from core.evaluation.scores import precision_at, score
from core.geometry import Box
from core.util.errors import UserError
from tests.core.evaluation.test_protocols import load, names_of, photos


@pytest.fixture
def ilias(tmp_path: Path) -> Path:
    """Two things of ``ilias_core``: two queries of the first, one of the second, texts and addresses beside them."""
    folder = photos(
        tmp_path / "ilias_core",
        "bold_bimp_000/query/Q000_00.jpg", "bold_bimp_000/query/Q000_01.jpg", "bold_bimp_000/query/T000.txt",
        "bold_bimp_000/pos/P000_00.jpg", "bold_bimp_000/pos/P000_01.jpg", "bold_bimp_000/pos/P000_01_url.txt",
        "zippy_zootlenibble_999/query/Q999_00.jpg", "zippy_zootlenibble_999/pos/P999_00.jpg",
    )  # fmt: skip
    (folder / "bold_bimp_000/query/Q000_00_bbox.txt").write_text("10 20 30 40\n")
    (folder / "bold_bimp_000/query/Q000_01_bbox.txt").write_text("10 20 30 40\n-5 30 10 50\n\n")
    return folder


def test_ilias(ilias: Path, tmp_path: Path) -> None:
    for folder in (ilias, tmp_path):
        benchmark = load("ilias", folder)
        assert [path.stem for path in benchmark.images] == ["P000_00", "P000_01", "P999_00"]  # no query is searched
        assert [question.path.stem for question in benchmark.questions] == ["Q000_00", "Q000_01", "Q999_00"]
        assert [names_of(benchmark, q.positives[""]) for q in benchmark.questions] == [
            {"P000_00", "P000_01"}, {"P000_00", "P000_01"}, {"P999_00"},
        ]  # fmt: skip
    assert [question.box for question in benchmark.questions] == [Box(10, 20, 40, 60), Box(0, 20, 40, 80), None]
    more = photos(tmp_path.parent / "yfcc", "00000/1.jpg", "00000/2.jpg")
    assert load("ilias", ilias, more=(more,)).own == 3
    perfect = np.array([[0, 1, 2], [2, 0, 1], [0, 1, 2]])
    assert score(perfect, benchmark, "") == pytest.approx((1 + (1 / 2 + 2 / 3) / 2 + 1 / 3) / 3)


def test_damaged_ilias_is_told(ilias: Path, tmp_path: Path) -> None:
    box = ilias / "bold_bimp_000/query/Q000_00_bbox.txt"
    for text in ("10 20 30", "10 20 30 x", "10 20 0 5", "", "nan 1 2 3"):
        box.write_text(text)
        with pytest.raises(UserError, match="x y width height"):
            ilias_box(box.with_name("Q000_00.jpg"))
    with pytest.raises(UserError, match="ilias_core"):
        load("ilias", photos(tmp_path / "others", "1.jpg"))
    for path in (ilias / "zippy_zootlenibble_999/pos").iterdir():
        path.unlink()
    box.unlink()
    with pytest.raises(UserError, match="should be found"):
        load("ilias", ilias)


def test_precision_at_is_that_of_the_official_evaluation() -> None:
    chance = np.random.default_rng(0)
    for _ in range(50):
        count, depth = int(chance.integers(5, 60)), int(chance.integers(3, 40))
        ranking = chance.permutation(count)
        positives = sorted(chance.choice(count, int(chance.integers(1, 6)), replace=False).tolist())
        wanted = np.isin(ranking[:depth], positives)
        expected = 0.0
        if wanted.any():  # as evaluation/src/dataset.py of the release computes it
            scores = -np.arange(len(wanted), dtype=float)
            expected = average_precision_score(wanted, scores) * wanted.sum() / min(depth, len(positives))
        assert precision_at(ranking, positives, depth) == pytest.approx(expected)


@pytest.fixture
def instre(tmp_path: Path) -> tuple[Path, Path]:
    """Five photos and the struct of ``gnd_instre.mat``: names as cells, places from 1."""
    names = ["INSTRE-S1/01a_canada_book/001.jpg", "INSTRE-S1/01a_canada_book/002.jpg", "INSTRE-M/50/118.jpg"]
    asked = ["INSTRE-S1/01a_canada_book/013.jpg", "INSTRE-M/50/107.jpg"]
    folder = photos(tmp_path / "instre", *names, *asked)
    gnd = np.zeros((1, 2), dtype=[("ok", object), ("bbx", object)])
    for place, (ok, box) in enumerate([([1, 2], [5, 6, 50, 60]), ([3], [10, 10, 12, 90])]):
        gnd[0, place]["ok"], gnd[0, place]["bbx"] = np.array(ok, dtype=float)[None], np.array(box, dtype=float)[None]
    cells = {"imlist": np.array(names, dtype=object)[None], "qimlist": np.array(asked, dtype=object)[None]}
    scipy.io.savemat(tmp_path / "gnd_instre.mat", {"gnd": gnd, **cells})
    return folder, tmp_path / "gnd_instre.mat"


def test_instre(instre: tuple[Path, Path], tmp_path: Path) -> None:
    benchmark = load("instre", *instre)
    assert [path.name for path in benchmark.images] == ["001.jpg", "002.jpg", "118.jpg"]
    assert [names_of(benchmark, q.positives[""]) for q in benchmark.questions] == [{"001", "002"}, {"118"}]
    assert [q.box for q in benchmark.questions] == [Box(5, 6, 50, 60), Box(10, 10, 12, 90)]
    assert score(np.array([[0, 1, 2], [2, 0, 1]]), benchmark, "") == 1.0
    next(instre[0].rglob("118.jpg")).unlink()
    with pytest.raises(UserError, match=r"names 1 photos that are not there, INSTRE-M/50/118\.jpg"):
        load("instre", *instre)
    (tmp_path / "no.mat").write_bytes(b"no matrix")
    scipy.io.savemat(tmp_path / "other.mat", {"imlist": np.zeros(3)})
    for name in ("no.mat", "other.mat"):
        with pytest.raises(UserError, match=r"not gnd_instre\.mat"):
            load("instre", instre[0], tmp_path / name)


def test_boxes_of_instre_in_either_form() -> None:
    assert instre_boxes([[5, 6, 50, 60], [10, 10, 12, 90]])[1] == Box(10, 10, 12, 90)
    assert instre_boxes([[5, 6, 50, 60], [10, 10, 8, 90]]) == [Box(5, 6, 55, 66), Box(10, 10, 18, 100)]
    with pytest.raises(ValueError, match="no boxes"):
        instre_boxes([[5, 6, 0, 60]])


def test_published_figures_stand_beside_ours() -> None:
    text = as_markdown(Evaluation("ilias", "", 1, 3, (_result(),), (), 1.0, {}))
    assert "mAP@1k" in text
    assert "| resnet50 | 2.5 | 1.8 |" in text


def _result():  # noqa: ANN202
    from core.chain.config import DescriberConfig
    from core.evaluation.results import Result

    return Result("standard", DescriberConfig(), 0, {"": 0.5}, {}, ("", 0.0), 0.0, 0.0, "")
