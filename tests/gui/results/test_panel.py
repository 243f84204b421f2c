"""Rankings chosen, verified on demand, and the same in the window and on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import main
from core.records import RANKINGS, Ranking
from core.util.progress import Ticket
from gui.main_window import MainWindow
from gui.results.panel import KINDS
from tests.gui.state.test_relevance_feedback import LEFT, NONE, RIGHT, SHIFT, asking, draw, settled
from tests.gui.test_window import PATIENCE_MS, at

__all__ = ["asking"]


def test_window_and_command_line_rank_a_saved_query_alike(
    asking: MainWindow, qtbot: QtBot, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a second example, what is not wanted, and a filter, after verification."""
    session, results = asking.session, asking.results
    draw(asking.canvas, at(asking, 110, 60), at(asking, 250, 200), RIGHT, NONE)
    draw(asking.canvas, at(asking, 300, 330), at(asking, 440, 380), LEFT, SHIFT)
    results.filter.setText("-loggia-02")
    qtbot.waitUntil(lambda: session.searches.only == "-loggia-02", timeout=PATIENCE_MS)
    settled(asking, qtbot)
    asking.saved.save("both")
    qtbot.waitUntil(lambda: bool(asking.saved.kept), timeout=PATIENCE_MS)
    assert session.ranking is not None
    shown = [str(hit.photo.path) for hit in session.ranking.hits]
    results.filter.clear()
    qtbot.waitUntil(lambda: session.searches.only == "", timeout=PATIENCE_MS)
    settled(asking, qtbot)
    session.ask_again(asking.saved.kept[0])
    settled(asking, qtbot)
    assert results.filter.text() == "-loggia-02"
    assert [str(hit.photo.path) for hit in session.ranking.hits] == shown
    capsys.readouterr()
    assert main.main(["search", "--library", str(library), "--query", "both", "--json", "-k", "200"]) == 0
    assert [hit["path"] for hit in json.loads(capsys.readouterr().out)["hits"]] == shown
    asking.saved.forget("both")
    qtbot.waitUntil(lambda: not asking.saved.kept, timeout=PATIENCE_MS)


def test_every_ranking_can_be_chosen(asking: MainWindow, qtbot: QtBot) -> None:
    """Also that of the field's query expansion and augmentation."""
    assert set(KINDS) == set(RANKINGS)

    def told() -> str:
        ranking = asking.session.ranking
        return ranking.ranking if ranking is not None else ""

    for kind in ("expanded", "hamming", "verified"):
        asking.results._kind.setCurrentIndex(list(KINDS).index(kind))
        qtbot.waitUntil(lambda kind=kind: told() == kind, timeout=PATIENCE_MS)
    settled(asking, qtbot)


def test_hits_of_any_ranking_are_verified_on_demand_and_more_of_them(
    asking: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, verified, depths = asking.session, asking.session.engine.verify, list[int]()

    def noted(ranking: Ranking, ticket: Ticket | None = None, depth: int = 0) -> Ranking:
        depths.append(depth)
        return verified(ranking, ticket, depth)

    monkeypatch.setattr(session.engine, "verify", noted)
    asking.results._kind.setCurrentIndex(list(KINDS).index("hamming"))
    qtbot.waitUntil(lambda: session.searches.settled(), timeout=PATIENCE_MS)
    assert session.ranking is not None
    assert session.ranking.ranking == "hamming"
    for depth in (40, 80):
        asking.actions_by_id["verify"].trigger()
        settled(asking, qtbot)
        assert depths[-1] == depth
        assert session.ranking.hits[0].inliers > 0
    assert depths == [40, 80]


def test_what_is_selected_stays_with_its_photo_in_another_order(asking: MainWindow, qtbot: QtBot) -> None:
    """A hit marked as wrong left the first rows, and the frame stood on the photo that took its place."""
    draw(asking.canvas, at(asking, 110, 60), at(asking, 250, 200), RIGHT, NONE)
    settled(asking, qtbot)
    ranking, results = asking.session.ranking, asking.results
    assert ranking is not None
    plain = replace(ranking, hits=tuple(replace(hit, inliers=0) for hit in ranking.hits))
    results.set_ranking(plain, True)
    second = plain.hits[1].photo.path
    results.view.select_path(second)
    results.set_ranking(replace(plain, hits=plain.hits[::-1]), True)
    assert results.view.chosen() == [second]
    results.set_ranking(replace(plain, hits=(plain.hits[0], *plain.hits[2:])), True)
    assert results.view.chosen() == []
