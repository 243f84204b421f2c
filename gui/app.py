"""Start the window: on screen first, the network afterwards."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from core.engine import DESKTOP, Cancelled, Engine, UserError, begin_decoding
from gui.desktop.gc_timer import GcTimer
from gui.desktop.settings import Settings
from gui.desktop.termination import Termination
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from gui.widgets.text import install

NO_SCREEN = UserError("there is no screen to open a window on", hint="Use: main.py tour --out DIR, or the other commands.")


UNATTENDED = "There is no screen: the whole job runs unattended, a minute or so. Its pictures, as they come:"

FIRST = (Lane.KIND, Lane.OPEN, Lane.PHOTO, Lane.SEARCH)
"""What a window that opens a collection does until hits are seen: nothing is loaded in advance meanwhile."""

REPEATED = "This plugin does not support propagateSizeHints()"
"""Qt's platform without a screen says it of every window that is shown."""


def has_screen() -> bool:
    """Whether a window would be seen by anybody."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def build_window(engine: Engine, settings: Settings | None = None) -> MainWindow:
    """The main window; needs a ``QApplication``."""
    return MainWindow(engine, settings or Settings())


def run_window(arguments: argparse.Namespace) -> int:
    """Run ``open``, ``sample``, ``tour``, or the bare window; returns the exit status."""
    screen = has_screen()
    if not screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_message)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("cropseek")
    app.setDesktopFileName("cropseek")
    app.setWindowIcon(QIcon(str(DESKTOP / "cropseek.png")))
    install(app, Settings().language)
    try:
        if arguments.command == "tour" or (arguments.command == "sample" and not screen):
            return _tour(arguments)
        if not screen:
            raise NO_SCREEN
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Cancelled):
        return 130
    return _interactive(app, arguments)


def _message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own messages where it writes them, but for one that says nothing."""
    if text != REPEATED:
        print(text, file=sys.stderr)


def _tour(arguments: argparse.Namespace) -> int:
    from gui.demo.demo_run import run_tour, tour_plan

    if arguments.command == "sample":
        print(UNATTENDED, file=sys.stderr, flush=True)
    plan = tour_plan(getattr(arguments, "folder", None), getattr(arguments, "image", None), getattr(arguments, "box", None))
    run_tour(Engine(), arguments.out, plan, lambda path: print(path, flush=True))
    return 0


class Windows(QObject):
    """The open windows; each has an engine, and so a collection, of its own.

    ``escaped(exception)`` may be emitted on any thread.
    """

    escaped = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app, self._open = app, list[MainWindow]()
        self.escaped.connect(self._report)

    def add(self) -> MainWindow:
        """Show a further window."""
        settings = Settings()
        window = build_window(Engine(settings.device), settings)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.new_window.connect(self.add)
        window.destroyed.connect(lambda: self._open.remove(window))
        self._app.aboutToQuit.connect(window.shutdown)
        self._open.append(window)
        window.show()
        QTimer.singleShot(50, window, lambda: window.session.jobs.when_idle(FIRST, lambda: _warm_up(window)))
        return window

    @Slot(object)
    def _report(self, error: BaseException) -> None:
        """Say what escaped in the window that is in front."""
        front = self._app.activeWindow()
        window = front if isinstance(front, MainWindow) else self._open[-1] if self._open else None
        if window is not None:
            window.session.failed.emit(error)


def _warm_up(window: MainWindow) -> None:
    """Load in the background what the first photo needs: the network, and what draws histograms."""
    session = window.session
    session.warm_up()
    plots = lambda ticket: import_module("pyqtgraph")  # noqa: E731
    session.jobs.when_idle(
        (Lane.WARM,), lambda: session.jobs.submit(Lane.PLOTS, plots, lambda done: None, session.failed.emit)
    )


def _interactive(app: QApplication, arguments: argparse.Namespace) -> int:
    begin_decoding()
    windows = Windows(app)
    _route_errors(windows)
    collector, termination = GcTimer(app), Termination(app)
    app.aboutToQuit.connect(collector.stop)
    app.aboutToQuit.connect(termination.stop)
    termination.asked.connect(app.closeAllWindows)
    termination.asked.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    window = windows.add()
    path = getattr(arguments, "path", None)
    begin = window.recent.restore if path is None else lambda: window.open_path(Path(path))
    # It waits for the event loop, so that the window is painted before anything else happens.
    QTimer.singleShot(0, window, window.open_sample if arguments.command == "sample" else begin)
    return app.exec()


def _route_errors(windows: Windows) -> None:
    """Whatever escapes, on any thread, becomes a message; the windows live on."""

    def on_thread(details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None:
            windows.escaped.emit(details.exc_value)

    sys.excepthook = lambda kind, error, trace: windows.escaped.emit(error)
    threading.excepthook = on_thread
