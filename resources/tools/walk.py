"""Walk through the program as a person does, with the mouse and the keys of a real X server, and keep pictures.

    python -m resources.tools.walk --out DIR

Needs Debian's ``xvfb`` and ``xdotool``.  It starts the sample on a screen of its own, finds out nothing from inside the
program, and saves what the screen shows after each step: for people to look at.  Dragging from another program and pasting
from one are done by a window of this process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

ROOT = Path(__file__).resolve().parents[2]
SCREEN = (1440, 800)
STARTED = 90.0
SHORT, SEARCHED, DRAWN = 0.4, 3.0, 1.2

Place = tuple[int, int]

MODES: Place = (398, 91)
"""The choice of how query and hit are compared."""


class Elsewhere(QLabel):
    """A window of another program, from which a file can be dragged."""

    def __init__(self) -> None:
        super().__init__("drag me")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.path = Path()

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        """Start dragging the file."""
        drag, carried = QDrag(self), QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(self.path))])
        drag.setMimeData(carried)
        drag.exec(Qt.DropAction.CopyAction)


class Walker:
    """The hand and the eye.

    Args:
        out: where the pictures go.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.taken, self.seen = 0, QImage()
        self.app = QApplication.instance() or QApplication([])
        self.elsewhere = Elsewhere()
        self.elsewhere.setGeometry(1290, 300, 140, 80)
        self.elsewhere.show()

    def wait(self, seconds: float) -> None:
        """Let time pass, answering requests for the clipboard."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.01)

    def hand(self, *words: str | int, then: float = SHORT) -> None:
        """One command of xdotool."""
        process = subprocess.Popen(["xdotool", *map(str, words)])
        while process.poll() is None:
            self.wait(0.01)
        self.wait(then)

    def click(self, place: Place, button: int = 1, then: float = SHORT) -> None:
        """Go somewhere and click."""
        self.hand("mousemove", *place, "click", button, then=then)

    def drop(self, path: Path, place: Place) -> None:
        """Drag a file out of the other program; meanwhile that one's loop of events is not ours."""
        self.elsewhere.path = path
        words = [["mousemove", 1360, 340], ["mousedown", 1]]
        words += [["mousemove", 1360 + (place[0] - 1360) * k // 20, 340 + (place[1] - 340) * k // 20] for k in range(1, 21)]
        words += [["mouseup", 1]]
        script = [["sleep", "0.05"] if not word else ["xdotool", *map(str, word)] for w in words for word in (w, [])]
        hand = threading.Thread(target=lambda: [subprocess.run(line, check=True) for line in script])
        hand.start()
        while hand.is_alive():
            self.wait(0.05)
        self.wait(SEARCHED)

    def drag(self, start: Place, end: Place, button: int = 1, steps: int = 20, shot: str = "") -> None:
        """Press, move at a person's pace, take a picture on the way, release."""
        self.hand("mousemove", *start, "mousedown", button, then=0.1)
        for step in range(1, steps + 1):
            place = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            self.hand("mousemove", *place, then=0.03)
        if shot:
            self.look(shot)
        self.hand("mouseup", button, then=SEARCHED)

    def key(self, keys: str, then: float = SHORT) -> None:
        """Press keys."""
        self.hand("key", keys, then=then)

    def look(self, name: str) -> None:
        """Save what the screen shows."""
        self.taken += 1
        path = self.out / f"{self.taken:02d}-{name}.png"
        seen = QApplication.primaryScreen().grabWindow(0, 0, 0, 1280, SCREEN[1]).toImage()
        seen.save(str(path))
        # A hand that missed what it aimed at changes nothing.
        print(path.name, "(as the one before)" if seen == self.seen else "", flush=True)
        self.seen = seen

    def wait_for_window(self) -> None:
        """Until the program's window is there."""
        end = time.monotonic() + STARTED
        while time.monotonic() < end:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Cropseek"], capture_output=True)
            if found.returncode == 0:
                return self.hand("windowfocus", found.stdout.split()[0].decode())
            self.wait(0.2)
        raise SystemExit("The window did not appear.")


def walk(walker: Walker) -> None:
    """Everything that a newcomer tries with a box, at 1280 x 800."""
    photos = ROOT / "resources" / "sample" / "photos"
    walker.look("sample")
    walker.drag((500, 190), (700, 440), shot="drawing")
    walker.look("drawn")
    walker.drag((600, 320), (590, 300), shot="moving")
    walker.drag((690, 420), (725, 450), shot="resizing")
    walker.look("resized")
    walker.drag((460, 80), (560, 140), button=3)
    walker.look("unwanted")
    walker.key("ctrl+z", then=SEARCHED)
    walker.look("undone")
    walker.key("ctrl+z", then=SEARCHED)
    walker.look("undone-twice")
    walker.key("ctrl+shift+z", then=SEARCHED)
    walker.look("redone")
    walker.click((1030, 260), then=SEARCHED)
    walker.look("hit")
    walker.hand("key", "Return", then=SEARCHED)
    walker.look("hit-opened")
    compare(walker)
    walker.key("alt+Left", then=SEARCHED)
    walker.look("back")
    walker.drop(sorted(photos.glob("tea-pavilion-*"))[0], (600, 300))
    walker.look("dropped")
    QApplication.clipboard().setImage(QImage(str(sorted(photos.glob("castle-*"))[0])))
    walker.click((600, 520))
    walker.key("ctrl+v", then=SEARCHED)
    walker.look("pasted")
    QApplication.clipboard().setText("only words")
    walker.wait(SHORT)
    walker.key("ctrl+v", then=SHORT)
    walker.look("pasted-words")
    walker.drop(photos, (600, 300))
    walker.look("dropped-folder")
    walker.click((120, 118))
    walker.hand("type", "--delay", 60, "lighthouse", then=DRAWN)
    walker.look("filtered")
    walker.key("ctrl+shift+p", then=DRAWN)
    walker.hand("type", "--delay", 60, "dark", then=DRAWN)
    walker.look("palette")


def compare(walker: Walker) -> None:
    """Query and hit in the place of the photo, in every way of looking, through the hits by key."""
    walker.key("c", then=SEARCHED)
    walker.look("compare")
    walker.hand("mousemove", 420, 330, "click", "--repeat", 5, "--delay", 80, 4, then=DRAWN)
    walker.look("compare-zoomed")
    walker.key("0")
    walker.key("bracketright", then=SEARCHED)
    walker.look("compare-next")
    for mode in ("blend", "swipe", "flicker", "difference", "bits"):
        walker.click(MODES)
        walker.key("Down")
        walker.key("Return", then=DRAWN)
        walker.look(f"compare-{mode}")
    walker.click(MODES)
    walker.key("Home")
    walker.key("Return", then=DRAWN)
    walker.click((600, 330))
    walker.key("Escape", then=DRAWN)
    walker.look("compare-left")


@contextmanager
def _screen() -> Iterator[None]:
    """An X server of our own, and its number in the environment."""
    read, write = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size], pass_fds=[write])
    os.close(write)
    with os.fdopen(read) as number:
        os.environ["DISPLAY"] = f":{number.readline().strip()}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Start screen and program, walk, and put an end to both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with _screen(), tempfile.TemporaryDirectory() as home:
        own = os.environ | {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
        program = subprocess.Popen([sys.executable, str(ROOT / "main.py"), "sample"], env=own, cwd=ROOT)
        try:
            walker = Walker(out)
            walker.wait_for_window()
            walker.wait(60)
            walk(walker)
            walker.key("ctrl+q")
            program.wait(20)
        finally:
            program.terminate()
            program.wait()


if __name__ == "__main__":
    main()
