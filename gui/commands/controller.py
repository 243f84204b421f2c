"""What the commands do, and the windows they open beside the main one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QLineEdit, QMenu, QSpinBox

from core.engine import SUFFIXES, log_file
from gui.commands.actions import Commands
from gui.commands.help import about_page, help_page, page_window
from gui.commands.menus import build_menus
from gui.commands.palette import CommandPalette
from gui.commands.settings_dialog import SettingsDialog
from gui.commands.table import COMMANDS, translated
from gui.desktop.settings import THEMES
from gui.desktop.skip_list import SkipList
from gui.inspect.layer_panel import LAYERS
from gui.inspect.lens_panel import LENS_KEYS
from gui.state.lanes import Lane
from gui.widgets.report import log_report
from gui.widgets.text import later, tr
from gui.workspaces.names import BROWSE, INSPECT, SEARCH, WORKSPACES

if TYPE_CHECKING:
    from gui.main_window import MainWindow


IN_GALLERY = (
    "like", "", "mark star", "mark tag", "mark keep", "", "hit copy", "hit paths", "hit folder", "hit open", "", "details"
)  # fmt: skip
"""Commands of the gallery's context menu; empty: a line."""


class CommandController(QObject):
    """Implements the commands; the window's panels must exist."""

    palette: CommandPalette

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._direction = 0
        window.session.photo_opened.connect(self._read_ahead)
        self.commands = Commands(
            translated(COMMANDS), window.settings, window, (window.results.view, window.why.view, window.gallery.view)
        )
        self.actions = self.commands.actions
        self.palette = CommandPalette(self.commands, window)
        self.beside: dict[str, QDialog] = {}
        inside = {"File": [("open sample", window.recent.menu)], "Query": [("save", window.saved.menu)]}
        menus = build_menus(window, self.commands, inside)
        window.results.set_menu(menus["Result"])
        window.hit_actions.pop_up_on(menus["Result"])
        self._build_gallery_menu()
        self.commands.bind({**self._of_window(), **self._of_photo(), **self._of_query()})

    def _build_gallery_menu(self) -> None:
        """What can be done with the chosen photos, where one is clicked with the right button."""
        view, menu = self._window.gallery.view, QMenu(self._window)
        menu.addAction(tr("Search with it"), lambda: view.activated.emit(view.currentIndex()))
        for command in IN_GALLERY:
            if command:
                menu.addAction(self.actions[command])
            else:
                menu.addSeparator()
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: menu.popup(view.viewport().mapToGlobal(at)))
        self.gallery_menu = menu

    def _of_window(self) -> dict[str, Callable[[], object]]:
        window = self._window
        handlers: dict[str, Callable[[], object]] = {
            "window": window.new_window.emit,
            "refresh": window.session.refresh,
            "anew": window.newer.describe,
            "open shared": window.shared.ask,
            "add folder": self._add_folder,
            "exclude": self._ask_excluded,
            "skipped": self.show_skipped,
            "forget missing": window.session.forget_missing,
            "settings": self._show_settings,
            "quit": QApplication.closeAllWindows,
            "full": lambda: window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen),
            "filter": self._focus_filter,
            "map": partial(self._in_browse, window.shell.browse.turn_map),
            "details": partial(self._in_browse, window.shell.browse.turn_details),
            "sheet": window.work.turn_sheet,
            "reset layout": window.memory.reset_layout,
            "accept": window.messages.accept,
            "palette": self.palette.pop_up,
            "help": lambda: self._show_page(later("Keys and help"), help_page(self.commands), window.guide.start),
            "tour": window.guide.start,
            "log": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file()))),
            "report": self._copy_report,
            "about": lambda: self._show_page(later("About Cropseek"), about_page()),
        }
        handlers |= {f"open {what}": partial(self.open, what) for what in ("folder", "library", "photo", "sample")}
        handlers |= {f"theme {name}": partial(self._set_theme, name) for name in THEMES}
        return handlers | {f"workspace {name}": partial(window.shell.go, name) for name in WORKSPACES}

    def _in_browse(self, turn: Callable[[], object]) -> None:
        """Something of the gallery's workspace, wherever it is asked for."""
        self._window.shell.go(BROWSE)
        turn()

    def _focus_filter(self) -> None:
        self._window.shell.go(BROWSE)
        _ready_to_type(self._window.gallery.filter)

    def _focus_only(self) -> None:
        self._window.shell.go(SEARCH)
        _ready_to_type(self._window.results.filter)

    def _focus_box(self) -> None:
        """Open the row in which the box is typed, or close it."""
        box, shell = self._window.box_fields, self._window.shell
        if shell.now not in (SEARCH, INSPECT):
            shell.go(SEARCH)
        box.setVisible(box.isHidden())
        if box.isHidden():
            shell.photo.focus()
        else:
            _ready_to_type(box.fields["Left"])

    def _of_photo(self) -> dict[str, Callable[[], object]]:
        canvas = self._window.canvas
        handlers: dict[str, Callable[[], object]] = {
            "clear": canvas.clear_box,
            "box": self._focus_box,
            "fit": canvas.fit,
            "actual": canvas.actual_size,
            "turn right": lambda: canvas.turn(1),
            "turn left": lambda: canvas.turn(-1),
            "also": lambda: canvas.draw_next_as(True),
            "not": lambda: canvas.draw_next_as(False),
            "photo next": lambda: self._step_photo(1),
            "photo previous": lambda: self._step_photo(-1),
        }
        handlers |= {f"layer {name}": partial(self._toggle_layer, name) for name in LAYERS}
        return handlers | {f"lens {name}": partial(self._use_lens, name) for name in LENS_KEYS}

    def _of_query(self) -> dict[str, Callable[[], object]]:
        window, session, step = self._window, self._window.session, self._window.results.step
        handlers: dict[str, Callable[[], object]] = {
            "like": self._ask_like,
            "undo": window.undo_stack.undo,
            "redo": window.undo_stack.redo,
            "back": lambda: session.go(-1),
            "forward": lambda: session.go(1),
            "paste": lambda: window.drops.take(QApplication.clipboard().mimeData()),
            "save": window.saved.ask_name,
            "only": self._focus_only,
            "verify": session.searches.verify_more,
            "stability": window.feedback.check_stability,
            "compare": window.work.turn_why,
            "return": session.look_back,
            "previous": lambda: step(-1),
            "next": lambda: step(1),
        }
        handlers |= {f"mark {name}": handler for name, handler in window.marking.handlers().items()}
        handlers |= {f"judge {name}": handler for name, handler in window.judging.handlers().items()}
        of_hits = {**window.hit_actions.handlers(), **window.rejections.handlers()}
        return handlers | {f"hit {name}": handler for name, handler in of_hits.items()}

    @Slot(str)
    def open(self, what: str) -> None:
        """Ask for a ``folder``, ``library`` or ``photo`` and open it; or open the ``sample``."""
        window, start = self._window, self._window.settings.last_folder
        if what == "sample":
            window.open_sample()
            return
        if what == "folder":
            chosen = QFileDialog.getExistingDirectory(window, tr("Open a folder of photos"), start)
        elif what == "library":
            kind = tr("Cropseek libraries") + " (*.cropseek)"
            chosen, _ = QFileDialog.getOpenFileName(window, tr("Open a library"), start, kind)
        else:
            kind = tr("Photos") + f" (*{' *'.join(sorted(SUFFIXES))})"
            chosen, _ = QFileDialog.getOpenFileName(window, tr("Open a photo"), start, kind)
        if chosen:
            window.settings.last_folder = str(Path(chosen).parent)
            window.open_path(Path(chosen))
            window.shell.go(SEARCH if what == "photo" else BROWSE)

    def _add_folder(self) -> None:
        start = self._window.settings.last_folder
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Add a folder"), start)
        if chosen:
            self._window.session.add_folders([Path(chosen)])

    def _ask_excluded(self) -> None:
        session = self._window.session
        if session.library is None or session.library.host:
            self._window.messages.show_text(tr("Open a folder first; what is left out belongs to its library."))
            return
        known = " ".join(session.engine.browse.excluded())
        words = tr("Names or paths to leave out, with * and ?, blanks between them:")
        text, agreed = QInputDialog.getText(self._window, tr("Leave out"), words, text=known)
        if agreed:
            patterns, browser = text.split(), session.engine.browse
            session.refresh_after(lambda library: browser.exclude(patterns, library))

    def _copy_report(self) -> None:
        window = self._window

        def done(report: str) -> None:
            QApplication.clipboard().setText(report)
            window.messages.show_text(tr("The report is copied: versions, and the end of the log."))

        window.session.jobs.submit(Lane.LOG, lambda ticket: log_report(), done, window.session.failed.emit)

    def show_skipped(self) -> None:
        """List the photos that were skipped, and why."""
        session = self._window.session
        library, again = session.library, partial(session.refresh_after, session.engine.browse.forget_skipped)
        self._show_beside("Skipped photos", SkipList(library.skipped if library else (), again, self._window))

    def _show_page(self, title: str, page: str, tour: Callable[[], object] | None = None) -> None:
        self._show_beside(title, page_window(self._window, tr(title), page, tour))

    def _show_settings(self) -> None:
        dialog = SettingsDialog(self._window.settings, self.commands, self._window)
        dialog.changed.connect(self._window.apply_settings)
        self._show_beside("Settings", dialog)

    def _show_beside(self, title: str, dialog: QDialog) -> None:
        """Show a window beside the main one, replacing an older one of its kind."""
        if (old := self.beside.pop(title, None)) is not None:
            old.close()
            old.deleteLater()
        self.beside[title] = dialog
        dialog.show()

    def _toggle_layer(self, name: str) -> None:
        self._window.set_layer(name, self.actions[f"layer {name}"].isChecked())

    def _set_theme(self, name: str) -> None:
        self._window.settings.theme = name
        self._window.apply_settings()

    def _use_lens(self, name: str) -> None:
        lens = self._window.lens
        if name in ("pin", "paint"):
            lens.set_mode(name)
        elif name == "grid":
            lens.panel.grid.toggle()
        else:
            lens.panel.choose_heat(name)

    def _ask_like(self) -> None:
        """Ask with what is chosen where the focus is: hits, or photos of the gallery, or else the whole photo on show."""
        window, session = self._window, self._window.session
        hits = [hit.photo.path for hit in window.results.chosen()] if window.results.view.hasFocus() else []
        chosen = window.gallery.chosen() if window.shell.now == BROWSE else []
        if paths := hits or chosen or ([session.query.path] if session.query is not None else []):
            session.ask_with(paths)
            window.shell.go(SEARCH)

    def _step_photo(self, by: int) -> None:
        session = self._window.session
        path = self._window.gallery.neighbour(session.coming.path if session.coming else None, by)
        if path is not None:
            self._direction = by
            session.open_photo(path)

    @Slot()
    def _read_ahead(self) -> None:
        """Decode the next photo ahead, once the current one is shown; failures are ignored."""
        session, by, self._direction = self._window.session, self._direction, 0
        ahead = self._window.gallery.neighbour(session.query.path, by) if by and session.query else None
        if ahead is not None:
            session.jobs.submit(Lane.AHEAD, lambda _: session.engine.photo(ahead), lambda _: None)


def _ready_to_type(field: QLineEdit | QSpinBox) -> None:
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()
