"""What can be done with chosen hits: mark them, copy them, show their files, export them.  The files are only read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from core.engine import Ticket, collect, export_hits
from core.records import Hit
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.exporting import ask_file, ask_folder
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr
from gui.widgets.wall import WallView

MOST_OPENED = 10


class HitActions(QObject):
    """What a person does with chosen hits: open, copy, export, mark as right or wrong.

    Emits ``marked(hits, good)``.
    """

    marked = Signal(object, bool)

    def __init__(
        self, session: AppSession, messages: MessageBar, view: WallView, chosen: Callable[[], list[Hit]], window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._messages, self._chosen, self._window = session, messages, chosen, window
        self._gave, self._view = "", view
        self.elsewhere: Callable[[], list[Path] | None] = lambda: None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands of hits do, by the last word of their ids."""
        return {
            "good": lambda: self._mark(True),
            "bad": lambda: self._mark(False),
            "copy": self.copy,
            "paths": self.copy_paths,
            "folder": lambda: self._open(parent=True),
            "open": lambda: self._open(parent=False),
            "export": self._ask_export,
            "copies": lambda: self._ask_collect(links=False),
            "links": lambda: self._ask_collect(links=True),
        }

    def pop_up_on(self, menu: QMenu) -> None:
        """Show a menu where a hit is clicked with the right button."""
        view = self._view
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: menu.popup(view.viewport().mapToGlobal(at)))

    @Slot()
    def copy(self) -> None:
        """The files, for a file manager, a mail or a chat."""
        mime = QMimeData()
        paths = self._paths()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        mime.setText("\n".join(map(str, paths)))
        QGuiApplication.clipboard().setMimeData(mime)
        self._gave = mime.text()

    @Slot()
    def copy_paths(self) -> None:
        """The paths as text, one a line."""
        QGuiApplication.clipboard().setText("\n".join(map(str, self._paths())))

    def shutdown(self) -> None:
        """Leave only text in the clipboard: what Python gave it must not outlive Python."""
        clipboard = QGuiApplication.clipboard()
        if self._gave and clipboard.text() == self._gave:
            clipboard.setText(self._gave)

    def export(self, out: Path) -> None:
        """Write the chosen hits, or all of them, to a file."""
        ranking, hits, engine = self._session.ranking, self._hits(), self._session.engine
        if ranking is not None:
            words = tr("%n hits written to {file}.", "", len(hits), file=out)
            self._run(lambda ticket: export_hits(ranking, hits, out, engine.thumbnail, ticket), words)

    def collect(self, folder: Path, links: bool) -> None:
        """Put copies of the chosen hits, or links to them, into a folder."""
        hits = self._hits()
        if links:
            words = tr("Links of the photos are in {folder}.", folder=folder)
        else:
            words = tr("Copies of the photos are in {folder}.", folder=folder)
        self._run(lambda ticket: collect(hits, folder, links, ticket), words)

    def _run(self, work: Callable[[Ticket], object], words: str) -> None:
        done = lambda _: self._messages.show_text(words)  # noqa: E731
        self._session.jobs.submit(Lane.EXPORT, work, done, self._session.failed.emit)

    def _hits(self) -> Sequence[Hit]:
        """The chosen hits; all when fewer than two are, as one is chosen by looking at it."""
        chosen, ranking = self._chosen(), self._session.ranking
        return chosen if len(chosen) > 1 or ranking is None else ranking.hits

    def _paths(self) -> list[Path]:
        """The photos that are meant: those chosen in the gallery while it is on show, else the chosen hits."""
        there = self.elsewhere()
        return there if there is not None else [hit.photo.path for hit in self._chosen()]

    def meant(self) -> list[Hit]:
        """The chosen hits, or else the one on show."""
        ranking, query = self._session.ranking, self._session.query
        hit = ranking.hit_of(query.path) if ranking is not None and query is not None else None
        return self._chosen() or ([hit] if hit is not None else [])

    def _mark(self, good: bool) -> None:
        hits = self.meant()
        if not hits:
            self._messages.show_text(tr("Choose a hit first: Y marks it as right, N as wrong."))
            return
        what = hits[0].photo.path.name if len(hits) == 1 else tr("%n photos", "", len(hits))
        self.marked.emit(hits, good)
        words = tr("{what}: marked as right. The search uses it too.", what=what)
        self._messages.confirm(words if good else tr("{what}: marked as wrong. The search avoids it.", what=what))

    def _open(self, parent: bool) -> None:
        paths = self._paths()
        targets = {path.parent: None for path in paths} if parent else dict.fromkeys(paths)
        for target in list(targets)[:MOST_OPENED]:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
        if len(targets) > MOST_OPENED:
            words = tr("Only the first {number} were opened; more would fill the screen with windows.", number=MOST_OPENED)
            self._messages.show_text(words)

    def _ask_export(self) -> None:
        kinds = {"csv": tr("Table"), "json": "JSON", "png": tr("Contact sheet"), "pdf": tr("Contact sheet, pages")}
        offered = ";;".join(f"{words} (*.{suffix})" for suffix, words in kinds.items())
        out = ask_file(self._window, self._session, tr("Export hits"), "hits.csv", offered)
        if out is not None:
            self.export(out)

    def _ask_collect(self, links: bool) -> None:
        folder = ask_folder(self._window, self._session, tr("A folder for the photos"))
        if folder is not None:
            self.collect(folder, links)
