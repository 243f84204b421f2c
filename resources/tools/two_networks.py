"""Another network for the sample, by the window alone: chosen, fitted, indexed, and compared with ours on one box.

    python -m resources.tools.lite0 lite0.safetensors
    python -m resources.tools.two_networks --weights lite0.safetensors --out DIR

writes a picture of each step, and prints what both pipelines found first.  Nothing is downloaded.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from core.engine import SAMPLE, Engine
from core.geometry import Box
from core.records import Query, Ranking
from gui.app import build_window
from gui.desktop.settings import Settings
from gui.state.lanes import Lane
from resources.tools import screens
from resources.tools.screens import Photographer
from resources.tools.windows import closing

NETWORK, LAYER, NAME = "timm:tf_efficientnet_lite0", "blocks_4", "lite0"
COUNT, SHOWN, PATIENCE_S = 60, 10, 3600.0


def choose(p: Photographer, weights: Path) -> None:
    """Choose the network and its layer in the dialog of the Lab."""
    lab = p.window.pipelines
    p.window.shell.go("lab")
    p.wait(lambda: bool(lab.session.presets))
    lab.panel.network_asked.emit()
    dialog = lab.network_dialog
    assert dialog is not None
    p.wait(lambda: dialog.list.model().rowCount() > 0)
    dialog.part.setText(NETWORK.partition(":")[2])
    dialog.list.setCurrentIndex(dialog.list.model().index(0, 0))
    p.wait(lambda: dialog.layer.count() > 0)
    dialog.layer.setCurrentIndex(dialog.layer.findData(LAYER))
    dialog.weights.setText(str(weights))
    p.take("chosen", dialog)
    dialog.accept()


def fit(p: Photographer) -> None:
    """Fit the pipeline on some photos of the collection itself."""
    lab = p.window.pipelines
    lab.panel.fit_asked.emit()
    dialog = lab.fit_dialog
    assert dialog is not None
    dialog.name.setText(NAME)
    dialog.own.setChecked(True)
    dialog.count.setValue(COUNT)
    p.take("fit", dialog)
    dialog.accept()
    p.wait(lambda: p.window.session.jobs.busy(Lane.FIT))
    p.wait(lambda: any(info.name == NAME for info in lab.session.presets))
    p.take("fitted")


def compare(p: Photographer) -> tuple[Ranking, Ranking]:
    """Rank the box by both; the other library is made first."""
    lab = p.window.pipelines
    lab.panel.choose(NAME)
    lab.panel.compare_asked.emit(NAME)
    p.wait(lambda: lab.session.comparison is not None)
    assert lab.session.comparison is not None
    p.take("compared")
    return lab.session.comparison


def right(ranking: Ranking, query: Query) -> int:
    """How many of the first hits show the thing of the query, by their names."""
    group = query.path.stem.rpartition("-")[0]
    return sum(hit.photo.path.stem.rpartition("-")[0] == group for hit in ranking.hits[:SHOWN])


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="of EfficientNet-Lite0, by timm's names")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    out, weights = arguments.out.resolve(), arguments.weights.resolve()
    out.mkdir(parents=True, exist_ok=True)
    screens.PATIENCE_S = PATIENCE_S  # it fits and indexes
    _app = QApplication.instance() or QApplication([])
    settings = Settings(QSettings(str(out / "two.ini"), QSettings.Format.IniFormat))
    settings.theme = "light"
    start = json.loads((SAMPLE / "ground_truth.json").read_text(encoding="utf-8"))["start"]
    query = Query(SAMPLE / "photos" / start["photo"], Box(*start["box"]))
    window = build_window(Engine(), settings)
    window.resize(*screens.SIZES[1])
    window.show()
    with closing(window):
        p, session = Photographer(window, out, "two"), window.session
        session.open_folder(SAMPLE / "photos", first=query)
        p.wait(lambda: session.ranking is not None and session.ranking.query == query and session.searches.settled())
        p.wait(lambda: not session.indexing)
        choose(p, weights)
        fit(p)
        for found in compare(p):
            print(f"{found.preset}: {right(found, query)} of the first {SHOWN} show what the box shows")


if __name__ == "__main__":
    main()
