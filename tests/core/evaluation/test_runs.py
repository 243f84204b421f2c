"""Whole evaluation runs on a few photos: tables, figures, distractors that survive a stop, and how results are written."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.chain.config import DescriberConfig
from core.chain.presets import PRESETS, baseline_config
from core.cli import build_parser, run
from core.engine import Engine
from core.evaluation.results import FORMATS
from core.evaluation.rows import CODE, DESCRIPTOR, TableRow, preset_rows
from core.evaluation.runs import Request, adapted
from core.evaluation.tables import FIGURES, TABLES, base_config
from core.photos.images import encode_jpeg, read_photo
from core.util.errors import UserError
from core.util.progress import Cancelled, Ticket

TINY = DescriberConfig(longest_side=128, pca_dimension=6, words=5, truncate=2, bits=16)
GROUP = r"^(.*)-\d+"
ROWS = (
    TableRow("temb", TINY, (DESCRIPTOR, CODE)),
    TableRow("vlad", replace(TINY, embedding="vlad", hashing="kmh", truncate=14), (CODE,)),
    TableRow("mac", replace(baseline_config(TINY, "mac", 8), bits=8), published={"groups": 50.0}),
)


def request(folder: Path, **changes: object) -> Request:
    values: dict[str, object] = {
        "protocol": "groups", "images": folder, "rows": ROWS, "group_by": GROUP, "held_out": (folder.parent / "held-out",),
    }  # fmt: skip
    return Request(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def photos(folder: Path, tmp_path: Path) -> Path:
    """Six photos to be searched; three parts of each to fit on."""
    shutil.copytree(folder, tmp_path / "photos")
    (tmp_path / "held-out").mkdir()
    for path in sorted(folder.iterdir()):
        photo = read_photo(path)
        for place, part in enumerate((photo[:, ::-1], photo[:240], photo[:, 200:])):
            (tmp_path / "held-out" / f"{place}-{path.name}").write_bytes(encode_jpeg(np.ascontiguousarray(part), 90))
    return tmp_path / "photos"


def test_rows_of_all_kinds_in_one_run(photos: Path) -> None:
    evaluation = Engine().evaluate(request(photos))
    assert [(r.label, r.bits) for r in evaluation.results] == [("temb", 0), ("temb", 16), ("vlad", 16), ("mac", 0)]
    assert evaluation.queries == 4
    assert evaluation.images == 6
    assert all(0 < (r.map or 0) <= 1 for r in evaluation.results)
    assert {"cropseek", "torch", "numpy"} <= set(evaluation.versions)
    document = evaluation.as_dict()["results"][0]
    assert document["fingerprint"] == TINY.fingerprint()
    assert document["seed"] == 1
    assert document["map"] == evaluation.results[0].map


def test_a_run_computes_each_grid_once(photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, first = Engine(), request(photos, cache=tmp_path / "cache")
    once = engine.evaluate(first)
    from core.backbones.runner import GridRunner

    def refuse(*_: object) -> None:
        pytest.fail("a grid was computed again")

    monkeypatch.setattr(GridRunner, "grid", refuse)
    assert [r.map for r in engine.evaluate(first).results] == [r.map for r in once.results]


def test_distractors_survive_a_stop_and_change_nothing_for_known_photos(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = tmp_path / "flickr"
    shutil.copytree(photos, more)
    (more / "broken.jpg").write_text("no photo")
    engine, asked = Engine(), request(photos, distractors=(more,), cache=tmp_path / "cache")
    monkeypatch.setattr("core.evaluation.distractors.PIECE", 2)
    pieces = 0

    def stop(done: int, total: int, what: str) -> None:
        nonlocal pieces
        pieces += what == "describing distractors" and total > 0
        if pieces == 3:
            ticket.cancel()

    ticket = Ticket(on_progress=stop)
    with pytest.raises(Cancelled):
        engine.evaluate(asked, ticket)
    kept = sorted((tmp_path / "cache" / "vectors").rglob("*.npz"))
    assert len(kept) == 2 * len(ROWS)  # two pieces of each row
    times = [path.stat().st_mtime_ns for path in kept]
    evaluation = engine.evaluate(asked)
    assert [path.stat().st_mtime_ns for path in kept] == times
    assert evaluation.images == 12
    assert [skipped.path.name for skipped in evaluation.skipped] == ["broken.jpg"]
    # Each distractor is a copy of a photo that should be found or asks, and stands before or after it: mAP falls.
    alone = engine.evaluate(request(photos, cache=tmp_path / "cache"))
    assert all((a.map or 0) <= (b.map or 0) for a, b in zip(evaluation.results, alone.results, strict=True))


def test_rows_that_cannot_run_are_told_and_the_others_run(photos: Path) -> None:
    rows = (
        *ROWS[:1],
        TableRow("siaMAC", base_config("siamac")),
        TableRow("large", replace(TINY, pca_dimension=2, truncate=4, words=5000)),
    )
    evaluation = Engine().evaluate(request(photos, rows=rows))
    reasons = {r.label: r.reason for r in evaluation.results}
    assert reasons["temb"] == ""
    assert "--checkpoint siamac=FILE" in reasons["siaMAC"]
    assert "words needs more than" in reasons["large"]
    assert "siaMAC: not run" in FORMATS["md"](evaluation)
    with pytest.raises(UserError, match="nothing could be evaluated"):
        Engine().evaluate(request(photos, rows=rows[1:]))


def test_presets_without_a_fit_ask_for_held_out_photos(photos: Path) -> None:
    with pytest.raises(UserError, match="--held-out"):
        Engine().evaluate(request(photos, rows=preset_rows(("standard-rmac",)), held_out=()))


def test_results_are_written_in_every_form(photos: Path) -> None:
    evaluation = replace(Engine().evaluate(request(photos)), title="Table III")
    text = FORMATS["md"](evaluation)
    assert text.startswith("Table III: groups, 4 queries, 6 images")
    mac = evaluation.results[-1]
    assert f"{100 * (mac.map or 0) - 50:+.1f}" in text
    rows = list(csv.reader(FORMATS["csv"](evaluation).splitlines()))
    assert len({len(row) for row in rows}) == 1
    assert rows[1][-2:] == [TINY.fingerprint(), "1"]
    tex = FORMATS["tex"](evaluation)
    assert tex.count(r"\\") == 5
    assert r"\begin{tabular}" in tex


def evaluate_command(*options: str) -> int:
    return run(build_parser().parse_args(["evaluate", *options]))


def test_command_line_writes_a_table(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(TABLES, "III", lambda base: ROWS)
    common = ("groups", "--images", str(photos), "--group-by", GROUP, "--held-out", str(photos.parent / "held-out"))
    out = tmp_path / "table.csv"
    assert evaluate_command(*common, "--table", "III", "--only", "temb", "--out", str(out)) == 0
    assert "Table III" in capsys.readouterr().out
    assert len(out.read_text().splitlines()) == 3
    assert evaluate_command(*common, "--table", "III", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["results"]) == 4
    for options, words in (
        (("--table", "III", "--only", "nothing"), "no row's label"),
        (("--preset", "standard", "--out", "x.xls"), "not written as"),
        (("--figure", "4"), "--out FILE.png"),
        (("--table", "VI"), "layers of vgg16"),
    ):
        assert evaluate_command(*common, *options) == 1
        assert words in capsys.readouterr().err
    assert evaluate_command(*common[:5], "--table", "III") == 1
    assert "--held-out FOLDER" in capsys.readouterr().err


def test_command_line_draws_figures(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    points = tuple(TableRow(f"max {p}", replace(TINY, power=p), point=("max", p)) for p in (1.0, 0.5))
    monkeypatch.setitem(FIGURES, "4", lambda base: points)
    common = ("groups", "--images", str(photos), "--group-by", GROUP, "--held-out", str(photos.parent / "held-out"))
    for figure in ("3", "4"):
        out = tmp_path / f"figure-{figure}.png"
        assert evaluate_command(*common, "--figure", figure, "--out", str(out), "--cache", str(tmp_path / "cache")) == 0
        assert out.stat().st_size > 5000
    assert "of pairs within 0.15" in capsys.readouterr().out


def test_query_times_of_figure_7(photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.evaluation import figures

    monkeypatch.setattr(figures, "DIMENSIONS", {512: (6, 5)})
    monkeypatch.setattr(figures, "temb", lambda base, n, mask: replace(TINY, mask=mask))
    monkeypatch.setattr(figures, "baseline_config", lambda base, name, n: replace(baseline_config(TINY, name, 8), bits=8))
    times = figures.query_times(TINY, photos, [photos.parent / "held-out"], "cpu", tmp_path, Ticket())
    assert [t.series for t in times] == ["max", "sum", "sift", "none", "R-MAC"]
    assert all(t.encode > 0 and t.search > 0 for t in times)
    figures.draw_times(times, tmp_path / "figure-7.svg")
    assert (tmp_path / "figure-7.svg").stat().st_size > 5000


@pytest.mark.parametrize("figure", ["3", "7"])
def test_figures_3_and_7_ask_for_the_checkpoint_they_were_given(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], figure: str
) -> None:
    common = ("groups", "--images", str(photos), "--group-by", GROUP, "--held-out", str(photos.parent / "held-out"))
    missing = ("--backbone", "vgg16", "--checkpoint", f"vgg16={tmp_path / 'mine.pth'}", "--out", str(tmp_path / "f.png"))
    assert evaluate_command(*common, "--figure", figure, *missing) == 1
    assert "mine.pth" in capsys.readouterr().err


def test_spoc_has_no_centre_prior_on_holidays() -> None:
    config = baseline_config(PRESETS["standard"], "spoc-centre", 256)
    assert adapted(config, "holidays1m").baseline == "spoc"
    assert adapted(config, "oxford5k") == config
