"""The status bar: what is searched, on which device, how long it took, and how far indexing is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow, QProgressBar, QToolButton

from core.records import IndexReport
from gui.desktop.battery_policy import BatteryPolicy
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.plain_text import Label, tip
from gui.widgets.properties import having
from gui.widgets.text import later, tr

BAR_PX = 120
SOURCES = {
    "mirror": later("codes compared here"),
    "sql": later("codes compared by the server"),
    "milvus": later("codes compared by Milvus"),
}
"""Where a shared library's codes are compared."""

MACHINES = {"cpu": later("processor"), "cuda": later("graphics card"), "mps": later("graphics card")}
PRECISIONS = {"int8": later("eight bits"), "bf16": later("bfloat16")}
"""What a network runs on, and how exactly it computes where that is not the usual way."""

NO_CARD = later("No graphics card that can be used was found, or the settings name the processor.")


class StatusLine(QObject):
    """Keeps the status bar in step with the session."""

    def __init__(self, window: QMainWindow, session: AppSession, saver: BatteryPolicy) -> None:
        super().__init__(window)
        self._session, self._saver = session, saver
        bar = window.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(8, 0, 8, 0)
        self.status, self.progress = Label(), Label()
        for label in (self.status, self.progress):
            label.setMinimumWidth(1)  # a long sentence must not make the window wider than the screen
        self.bar = having(QProgressBar(textVisible=False), maximumHeight=6)
        self.bar.setFixedWidth(BAR_PX)
        self.bar.setAccessibleName(tr("Photos indexed"))
        self.pause = having(QToolButton(), checkable=True, toolTip=tr("Hold the indexing; it goes on where it stopped"))
        self.stop = having(QToolButton(), text=tr("Cancel"), toolTip=tr("Stop the indexing; what is done is kept"))
        bar.addWidget(self.status, 1)
        for widget in (self.progress, self.bar, self.pause, self.stop):
            bar.addPermanentWidget(widget)
        self.pause.toggled.connect(session.pause_indexing)
        self.stop.clicked.connect(session.cancel_indexing)
        session.indexing_changed.connect(self._on_indexing_changed)
        changes = session.photos_changed, session.library_changed, session.ranking_changed, session.rest.changed
        for signal in changes:
            signal.connect(self.update)
        self._on_indexing_changed()

    @Slot()
    def _on_indexing_changed(self) -> None:
        session, paused = self._session, self._session.index_paused
        words = [session.index_status, self._saver.words]
        self.progress.setText(" · ".join(filter(None, [tr("paused"), *words] if paused else words)))
        done, total = session.index_done
        self.bar.setRange(0, total)  # nothing is known yet: it runs to and fro
        self.bar.setValue(done)
        for widget in (self.progress, self.bar, self.pause, self.stop):
            widget.setVisible(session.indexing)
        blocked = self.pause.blockSignals(True)
        self.pause.setChecked(paused)
        self.pause.setText(tr("Resume") if paused else tr("Pause"))
        self.pause.blockSignals(blocked)
        self.update()

    @Slot()
    def update(self) -> None:
        """Say how things are."""
        session, info, rest = self._session, self._session.library, self._session.rest
        parts = [tr("no library open")]
        if info is not None and session.indexing:
            parts = [tr("searching {done:,} of %n photos", "", rest.total or len(session.photos), done=info.photos)]
        elif info is not None:
            parts = [tr("%n photos indexed", "", info.photos)]
        if info is not None and info.host:
            parts.append(tr("shared library, {host}", host=info.host))
            if source := session.engine.candidates:
                parts.append(tr(SOURCES[source]))
        if rest.total:
            parts.append(tr("list of photos: {done:,} of %n read", "", rest.total, done=rest.done))
        if info is not None:
            backbone = info.config.get("backbone", tr("own", "a network of one's own"))
            device = session.device or session.engine.device
            device = device if backbone == "compact" else device.removesuffix("+int8")  # others have no eight bits
            parts.insert(0, f"{info.preset} ({', '.join([str(backbone), *device_words(device)])})")
        if session.ranking:
            parts.append(tr("found in {time:.2f} s", time=session.ranking.seconds))
        self.status.setText("  ·  ".join(parts))
        self.status.setToolTip(tip(self.status.text() + ("\n" + tr(NO_CARD) if session.device.startswith("cpu") else "")))


def device_words(device: str) -> list[str]:
    """A device, as ``cuda:0+bf16``, in words; none for one that is still to be chosen."""
    machine, _, precision = device.partition("+")
    words = MACHINES.get(machine.partition(":")[0]), PRECISIONS.get(precision)
    return [tr(each) for each in words if each is not None]


def tell_indexed(
    report: IndexReport, new: int, messages: MessageBar, show_skipped: Callable[[], None], forget: Callable[[], None]
) -> None:
    """Say what a person should know of an indexing run that has ended; nothing when all went as it should.

    Args:
        new: number of skipped photos that were not reported before.
    """
    if new:
        words = tr("{done:,} photos indexed; %n photos were skipped.", "", new, done=report.indexed)
        messages.offer(words, tr("Show list"), show_skipped)
    if report.removed:
        words = tr("%n photos are not there any more, and shown in grey.", "", report.removed)
        messages.offer(words, tr("Forget them"), forget)
