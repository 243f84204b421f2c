"""Walk through the program as three people do, with the mouse and the keys of a real X server, on screens of every size.

    python -m resources.tools.walk --out DIR [--only 1024x600]

Needs Debian's ``xvfb`` and ``xdotool``.  One browses, one searches, one inspects; every step asserts what it did and leaves
a picture to look at.  The hand is a real one: it goes to where a widget is seen and clicks there, or types.  The sample is
indexed once, into DIR; each screen begins with the same library.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 180.0
SETTLED_S = 0.5


@dataclass(frozen=True)
class Scene:
    """A screen, in its own pixels, its density, the theme, and the size of texts in percent."""

    width: int
    height: int
    scale: int = 1
    dark: bool = False
    text: int = 100

    @property
    def name(self) -> str:
        """Begins the names of its pictures."""
        return f"{self.width}x{self.height}-{'dark' if self.dark else 'light'}-{self.text}"


SCREENS = ((1024, 600, 1), (1280, 720, 1), (1440, 900, 1), (1920, 1080, 1), (2560, 1600, 2))
SCENES = (
    *(Scene(width, height, scale, dark) for width, height, scale in SCREENS for dark in (False, True)),
    Scene(1024, 600, text=150),
    Scene(1440, 900, dark=True, text=150),
)


class Hand:
    """Moves mouse and keys of the X server, and waits for what comes of it.

    Args:
        out: where the pictures go.
    """

    def __init__(self, scene: Scene, out: Path) -> None:
        from PySide6.QtWidgets import QApplication

        self.scene, self._out, self._taken = scene, out, 0
        self._turn = QApplication.processEvents

    def do(self, *words: object) -> None:
        """One command of xdotool."""
        process = subprocess.Popen(["xdotool", *map(str, words)])
        while process.poll() is None:
            self.wait(0.005)
        if process.returncode:
            raise AssertionError(f"xdotool {words} failed")

    def wait(self, seconds: float) -> None:
        """Let the window work."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._turn()
            time.sleep(0.002)

    def until(self, what: str, met: Callable[[], object]) -> None:
        """Let the window work until something is so; else the walk has failed."""
        end = time.monotonic() + PATIENCE_S
        while not met():
            self.wait(0.02)
            if time.monotonic() > end:
                raise AssertionError(f"{self.scene.name}: waited in vain until {what}")

    def at(self, widget: object, x: float, y: float) -> tuple[int, int]:
        """A place of a widget on the screen, in the screen's own pixels; it must be seen."""
        from PySide6.QtCore import QPoint

        point = widget.mapToGlobal(QPoint(round(x), round(y)))  # type: ignore[attr-defined]
        found = point.x() * self.scene.scale, point.y() * self.scene.scale
        if not (0 <= found[0] < self.scene.width and 0 <= found[1] < self.scene.height):
            raise AssertionError(f"{self.scene.name}: {widget} at {found} is not on the screen")
        return found

    def click(self, widget: object, x: float | None = None, y: float | None = None, times: int = 1) -> None:
        """Click a place of a widget, or its middle."""
        middle = widget.rect().center()  # type: ignore[attr-defined]
        self.do("mousemove", *self.at(widget, middle.x() if x is None else x, middle.y() if y is None else y))
        self.do("click", "--repeat", times, "--delay", 60, 1)
        self.wait(0.1)

    def drag(self, widget: object, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move at a person's pace, release."""
        self.do("mousemove", *self.at(widget, *start), "mousedown", 1)
        for step in range(1, 13):
            self.do("mousemove", *self.at(widget, *(a + (b - a) * step / 12 for a, b in zip(start, end, strict=True))))
        self.do("mouseup", 1)

    def key(self, keys: str) -> None:
        """Press keys."""
        self.do("key", keys)
        self.wait(0.1)

    def look(self, name: str) -> None:
        """Keep what the screen shows."""
        from PySide6.QtWidgets import QApplication

        self.wait(SETTLED_S)
        self._taken += 1
        path = self._out / f"{self.scene.name}-{self._taken:02}-{name}.png"
        QApplication.primaryScreen().grabWindow(0).save(str(path))
        print(path.name, flush=True)


class Walk:
    """The three people, one after the other, in one window.

    Args:
        hand: does what they do.
        window: the program's; it is only looked at from inside.
    """

    def __init__(self, hand: Hand, window: object) -> None:
        from gui.main_window import MainWindow

        assert isinstance(window, MainWindow)
        self.hand, self.window, self.session = hand, window, window.session

    def fits(self) -> None:
        """The window is no larger than the screen, and no tool has fallen off it."""
        size, scene = self.window.size(), self.hand.scene
        assert size.width() * scene.scale <= scene.width, f"{scene.name}: {size.width()} wide"
        assert size.height() * scene.scale <= scene.height, f"{scene.name}: {size.height()} high"

    def browse(self) -> None:
        """Narrow the gallery to a year, choose, star, look at the map, open one."""
        hand, window, session = self.hand, self.window, self.session
        hand.key("g")
        hand.until("the gallery is there", lambda: window.gallery.view.isVisible())
        hand.until("it is filled", lambda: window.gallery.view.tiles.rowCount() == 160)
        hand.look("browse")
        self.fits()
        tree = window.facets.tree
        items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
        years = next(item for item in items if item is not None and item.text(0) == "Dates")
        point = tree.visualItemRect(years.child(1)).center()
        hand.click(tree.viewport(), point.x(), point.y())
        hand.until("a year is shown", lambda: 0 < window.gallery.view.tiles.rowCount() < 160)
        assert window.gallery.filter.text() == years.child(1).data(0, 0x0100)
        view = window.gallery.view
        tile = view.visualRect(view.tiles.index(1)).center()
        hand.click(view.viewport(), tile.x(), tile.y())
        chosen = view.tiles.tile(1).path
        assert window.gallery.chosen() == [chosen]
        hand.key("s")
        hand.until("it is starred", lambda: "*" in session.photos[session.photos.index_of(chosen)].marks)
        hand.key("d")
        hand.until("its details are told", lambda: window.details.rows().get("Name") == chosen.name)
        hand.look("browse-details")
        hand.key("d")
        hand.key("ctrl+m")
        hand.until("the map is there", lambda: window.map.isVisible() and window.map.shown() is not None)
        hand.look("browse-map")
        hand.key("ctrl+m")
        hand.key("ctrl+f")
        hand.key("ctrl+a")
        hand.do("type", "--delay", 40, "town-hall")
        hand.until("words narrow it", lambda: 0 < view.tiles.rowCount() < 10)
        tile = view.visualRect(view.tiles.index(0)).center()
        wanted = view.tiles.tile(0).path
        hand.click(view.viewport(), tile.x(), tile.y(), times=2)
        hand.until("it opens in Search", lambda: window.shell.now == "search" and session.shown == wanted)

    def search(self) -> None:
        """Draw a box, look at hits, mark one, undo, ask why, go back."""
        from PySide6.QtCore import QPointF

        hand, window, session = self.hand, self.window, self.session
        hand.until("it is answered", lambda: session.ranking is not None and session.searches.settled())
        photo = window.canvas.camera.photo
        ends = [
            window.canvas.viewport().mapFrom(window.canvas, window.canvas.mapFromScene(QPointF(x, y)))
            for x, y in ((photo.width() * 0.1, photo.height() * 0.2), (photo.width() * 0.9, photo.height() * 0.85))
        ]
        hand.drag(window.canvas.viewport(), *((end.x(), end.y()) for end in ends))
        hand.until("the box is asked for", lambda: session.query is not None and session.query.box is not None)
        hand.until("hits are verified", lambda: session.searches.settled() and session.ranking.ranking == "verified")
        asked = session.asked
        hand.look("search")
        self.fits()
        first = window.results.view.tiles.tile(0).path
        assert first.name.startswith("town-hall"), f"the first hit is {first.name}"
        tile = window.results.view.visualRect(window.results.view.tiles.index(0)).center()
        hand.click(window.results.view.viewport(), tile.x(), tile.y())
        hand.until("the hit is on show", lambda: session.shown == first)
        assert session.asked == asked
        hand.until("it is told which", lambda: "hit 1 of" in window.strip.own.text())
        hand.look("search-hit")
        hand.key("y")  # the focus is on the photo
        hand.until("it is an example", lambda: session.asked is not None and len(session.asked.more) == 1)
        hand.until("that is answered", session.searches.settled)
        assert len(window.strip.chips) == 1
        hand.look("search-marked")
        hand.key("ctrl+z")
        hand.until("it is undone", lambda: session.asked == asked and session.searches.settled())
        hand.click(window.results.view.viewport(), tile.x(), tile.y())
        hand.until("the hit is on show again", lambda: session.shown == first)
        hand.key("c")
        hand.until("it is explained", lambda: window.why.isVisible() and window.why.explained is not None)
        hand.look("search-why")
        hand.key("bracketright")
        second = window.results.view.tiles.tile(1).path
        hand.until(
            "the next is", lambda: window.why.explained is not None and window.why.explained.hit.photo.path == second
        )
        hand.key("c")
        assert window.canvas.isVisible()
        hand.click(window.strip.own)
        hand.until("the query is back", lambda: session.query == asked and session.shown == asked.path)
        assert len(window.queries.queries()) >= 2

    def inspect(self) -> None:
        """Lay masks and heat over the photo, probe a cell, see Fig. 2, look into the Lab, come back."""
        from PySide6.QtCore import QPointF

        hand, window, session = self.hand, self.window, self.session
        before = session.query, session.ranking
        hand.key("i")
        hand.until("it is inspected", lambda: session.inspection is not None and session.inspection.query == session.query)
        hand.key("3")
        assert window.actions_by_id["layer max"].isChecked()
        middle = window.canvas.camera.photo.center()
        point = window.canvas.mapFromScene(QPointF(middle))
        hand.do("mousemove", *hand.at(window.canvas.viewport(), point.x(), point.y()))
        hand.until("the cell is told", lambda: "row" in window.lens.panel.probe.text())
        hand.key("4")
        hand.until(
            "heat has its colours told", lambda: window.lens.state.heat == "sums" and not window.lens.panel.bar.isHidden()
        )
        hand.look("inspect")
        self.fits()
        hand.key("4")
        hand.key("h")
        hand.until("Fig. 2 is there", lambda: window.lens.sheet.isVisible() and window.lens.sheet.shown is not None)
        hand.wait(SETTLED_S)  # until its photos lie where they stay
        canvas = window.lens.sheet.own.canvases["sum"]
        point = canvas.mapFromScene(QPointF(middle))
        hand.do("mousemove", *hand.at(canvas.viewport(), point.x(), point.y()))
        hand.until(
            "a cell lights everywhere", lambda: all("probe" in c._extra for c in window.lens.sheet.own.canvases.values())
        )
        hand.look("inspect-sheet")
        hand.key("h")
        hand.key("3")
        hand.key("l")
        assert window.shell.now == "lab"
        hand.look("lab")
        self.fits()
        hand.click(window.toolbar.switch.buttons["search"])
        assert window.shell.now == "search"
        assert (session.query, session.ranking) == before
        hand.look("search-again")


def _child(scene: Scene, out: Path) -> None:
    """Walk on one screen, which is this process's."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from core.engine import Engine, agree_to_library
    from gui.desktop.settings import Settings
    from gui.main_window import MainWindow
    from resources.tools.windows import closing

    _app = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        library = Path(shutil.copy(out / "town.cropseek", Path(home) / "town.cropseek"))
        agree_to_library(library, None)
        settings = Settings(QSettings(str(Path(home) / "walk.ini"), QSettings.Format.IniFormat))
        settings.theme, settings.text_size = "dark" if scene.dark else "light", scene.text
        engine = Engine()
        window = MainWindow(engine, settings)
        hand, errors = Hand(scene, out), list[Exception]()
        window.session.failed.connect(errors.append)
        window.move(0, 0)
        window.resize(scene.width // scene.scale, scene.height // scene.scale)
        window.show()
        hand.wait(SETTLED_S)
        hand.do("windowfocus", int(window.winId()))
        hand.look("welcome")
        window.session.warm_up()
        window.open_path(library)
        hand.until("the photos are there", lambda: len(window.session.photos) == 160)
        walk = Walk(hand, window)
        with closing(window):
            walk.browse()
            walk.search()
            walk.inspect()
            assert not errors, errors


@contextmanager
def _screen(scene: Scene) -> Iterator[dict[str, str]]:
    """An X server of our own; gives what is to be in the environment of who uses it."""
    read, write = os.pipe()
    size = f"{scene.width}x{scene.height}x24"
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size], pass_fds=[write])
    os.close(write)
    with os.fdopen(read) as number:
        display = f":{number.readline().strip()}"
    try:
        yield {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": str(scene.scale)}
    finally:
        server.terminate()
        server.wait()


def _index(library: Path) -> None:
    from core.engine import SAMPLE, Engine

    engine = Engine()
    engine.index([SAMPLE / "photos"], library)
    engine.close_library()


def main() -> None:
    """A screen and a process for each scene; the first that fails is told at the end, after all others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", help="beginnings of the names of scenes: 1024x600, 1440x900-dark")
    parser.add_argument("--scene", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    if arguments.scene:
        _child(Scene(**json.loads(arguments.scene)), out)
        return
    if not (out / "town.cropseek").exists():
        _index(out / "town.cropseek")
    failed = []
    for scene in SCENES:
        if arguments.only and not scene.name.startswith(tuple(arguments.only)):
            continue
        words = json.dumps(scene.__dict__)
        line = [sys.executable, "-m", "resources.tools.walk", "--out", str(out), "--scene", words]
        with _screen(scene) as screen, tempfile.TemporaryDirectory() as home:
            own = {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
            if subprocess.run(line, env=os.environ | own | screen, cwd=ROOT).returncode:
                failed.append(scene.name)
    print(f"walked: {'all well' if not failed else 'failed on ' + ', '.join(failed)}")
    raise SystemExit(bool(failed))


if __name__ == "__main__":
    main()
