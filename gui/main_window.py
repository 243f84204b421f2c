"""The main window: its workspaces, toolbar, status bar, and the wires between session and panels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from core.engine import Engine
from core.geometry import Box
from core.records import IndexReport, Query
from gui.canvas.hint import BoxHint
from gui.canvas.hit_focus import look_at_hit, show_marks
from gui.canvas.view import PhotoCanvas
from gui.commands.controller import CommandController
from gui.commands.menus import Toolbar, draw_icons
from gui.demo.onboarding import Onboarding
from gui.demo.welcome import WelcomePage
from gui.desktop.battery_policy import BatteryPolicy
from gui.desktop.drop_paste import DropPaste, holds_something
from gui.desktop.foreign_library import ForeignLibrary
from gui.desktop.gone_folders import GoneFolders
from gui.desktop.memory import WindowMemory
from gui.desktop.newer_fit import NewerFit
from gui.desktop.opening import open_any
from gui.desktop.recent import Restoring
from gui.desktop.settings import THEMES, Settings
from gui.desktop.shared_library import SharedLibraries
from gui.desktop.status_bar import StatusLine, tell_indexed
from gui.desktop.watcher import Watcher
from gui.gallery.facets import FacetPanel
from gui.gallery.map import MapPanel
from gui.gallery.marking import Marking
from gui.gallery.panel import GalleryPanel
from gui.inspect.box_fields import BoxFields
from gui.inspect.controller import InspectController
from gui.inspect.details import DetailsPanel
from gui.inspect.layer_panel import InspectorPanel
from gui.inspect.mask_survey import SurveyPanel
from gui.inspect.side import InspectSide
from gui.lab.controller import LabController
from gui.results.hit_actions import HitActions
from gui.results.judging import Judging
from gui.results.panel import ResultsPanel
from gui.results.query_list import QueryList
from gui.results.query_strip import QueryStrip
from gui.results.rejections import Rejections
from gui.results.saved_queries import SavedQueries
from gui.state.history import UndoStack
from gui.state.relevance_feedback import RelevanceFeedback
from gui.state.session import AppSession
from gui.why.panel import WhyPanel
from gui.widgets.accessibility import name_inner_buttons
from gui.widgets.messages import MessageBar
from gui.widgets.text import later, tr
from gui.widgets.theme import apply_theme, system_is_dark
from gui.widgets.thumbnails import ThumbnailStore
from gui.workspaces.browse import BrowsePage
from gui.workspaces.lab import LabPage
from gui.workspaces.names import SEARCH
from gui.workspaces.photo import PhotoPage
from gui.workspaces.shell import Shell
from gui.workspaces.workplace import Workplace

FIRST_OF_SAMPLE = "town-hall-01.jpg"
AGAIN_MS = 500
"""Until a window that had to wait for its work tries to close again."""

SHUTDOWN = later("Still finishing a step of work; the window closes when it is done.")


class MainWindow(QMainWindow):
    """The window: makes the panels and connects them.  Emits ``new_window()`` when a further one is wanted."""

    new_window = Signal()

    # Types of what the tour uses are given here, as its module and this one import each other's types.
    session: AppSession
    gallery: GalleryPanel
    results: ResultsPanel
    canvas: PhotoCanvas
    why: WhyPanel
    commands: CommandController
    shell: Shell
    work: Workplace
    toolbar: Toolbar
    actions_by_id: dict[str, QAction]

    def __init__(self, engine: Engine, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.session = AppSession(engine, self)
        self.memory = WindowMemory(self)
        self.thumbnails = ThumbnailStore(engine, self)
        self.gallery = GalleryPanel(self.session, self.thumbnails, settings.edge)
        self.results = ResultsPanel(self.thumbnails)
        self.strip = QueryStrip(self.thumbnails)
        self.queries = QueryList(self.thumbnails)
        self.inspector = InspectorPanel()
        self.messages = MessageBar()
        self.pipelines = LabController(self.session, self.thumbnails, self.messages, self)
        self.canvas = PhotoCanvas()
        self.hint = BoxHint(self.canvas)
        self.details = DetailsPanel(self.session)
        self.box_fields = BoxFields(self.session, self.canvas)
        self.facets = FacetPanel(self.session)
        self.map = MapPanel(self.session, self.thumbnails)
        self.welcome = WelcomePage()
        self.lens = InspectController(self.session, self.canvas, self.inspector.histogram, self.messages, self)
        self.why = WhyPanel(self.session)
        self.saved = SavedQueries(self.session, self.messages, self)
        self.drops = DropPaste(self.session, self.open_path, self)
        self.feedback = RelevanceFeedback(self.session, self.messages, self)
        self.hit_actions = HitActions(self.session, self.messages, self.results.view, self.results.chosen, self)
        self.undo_stack = UndoStack(self.session.history, self.session.recall, self)
        self.marking = Marking(self.session, self.messages, lambda: self.work.meant(), self.undo_stack, self)
        self.judging = Judging(self.session, self.messages, self.hit_actions.meant, self.undo_stack, self)
        self.rejections = Rejections(self.session, self.messages, self.results.chosen, self.undo_stack, self)
        self.watcher = Watcher(self.session, self)
        self.foreign = ForeignLibrary(self.session, self.messages, self)
        self.gone = GoneFolders(self.session, self.messages, self)
        self.newer = NewerFit(self.session, self.messages, settings, self)
        self.battery = BatteryPolicy(self.session, settings, self)
        self.survey = SurveyPanel(self.session, self.messages)
        self.shared = SharedLibraries(self.session, self.open_path, self)
        self.recent = Restoring(self.session, settings, self.open_path, self.memory.go_back, self)
        self.setWindowTitle("Cropseek")
        self._build_centre()
        self.work = Workplace(self)
        self.guide = Onboarding(self)
        self.commands = CommandController(self)
        self.actions_by_id = self.commands.actions
        self.toolbar = Toolbar(self.commands.commands)
        self.addToolBar(self.toolbar)
        self._build_status_line()
        self._wire()
        self._restore()
        name_inner_buttons(self)

    # -- building ------------------------------------------------------------------------------------------------------

    def _build_centre(self) -> None:
        self.setAcceptDrops(True)
        inspect = InspectSide(self.inspector, self.lens.panel)
        photo = PhotoPage(
            self.strip, self.box_fields, self.queries, self.canvas, self.why, self.lens.sheet, self.results, inspect
        )
        browse = BrowsePage(self.gallery, self.map, self.facets, self.details)
        lab = LabPage(self.pipelines.panel, self.pipelines.comparison, self.survey)
        self.shell = Shell(self.welcome, browse, photo, lab)
        self.setCentralWidget(self.shell)
        self.messages.lie_over(self.shell)

    def _build_status_line(self) -> None:
        line = StatusLine(self, self.session, self.battery)
        self.status, self.progress, self.pause, self.stop = line.status, line.progress, line.pause, line.stop

    def _wire(self) -> None:
        s = self.session
        s.photos_changed.connect(self._on_photos_changed)
        s.photo_opened.connect(self._on_photo_opened)
        s.query_changed.connect(self._on_query_changed)
        s.query_changed.connect(self._follow_query)
        s.query_changed.connect(self.hint.show_over_photo)
        s.searching_changed.connect(self.results.set_searching)
        s.verifying_changed.connect(self.results.set_verifying)
        s.ranking_changed.connect(self._on_ranking_changed)
        s.inspecting_changed.connect(self.inspector.set_busy)
        s.inspection_changed.connect(self._on_inspection_changed)
        s.indexed.connect(self._on_indexed)
        s.history.cleared.connect(self.thumbnails.forget)
        s.history.cleared.connect(self.messages.withdraw)
        s.failed.connect(self.messages.show_error)
        self.gallery.edge_chosen.connect(self._keep_edge)
        self.results.hit_chosen.connect(self._on_hit_chosen)
        self.results.kind_chosen.connect(s.searches.set_kind)
        s.saved_asked.connect(self.results.set_saved)
        self.canvas.box_finished.connect(self._on_box_finished)
        self.canvas.box_changed.connect(s.follow_box)
        self._wire_steering()
        self.survey.measured.connect(self.inspector.histogram.set_survey)
        self.survey.export_asked.connect(self.lens.export_chosen)
        self.results.hit_chosen.connect(self.lens.set_chosen_hit)
        self.results.hit_chosen.connect(self.why.choose_hit)
        self.why.stepped.connect(self.results.step)
        self.inspector.layer_toggled.connect(self.set_layer)
        self.inspector.opacity_changed.connect(self.canvas.set_opacity)
        self.inspector.strength_changed.connect(self.canvas.set_strength)
        self.welcome.chosen.connect(self.commands.open)
        self.welcome.recent_chosen.connect(self.recent.reopen)
        self.welcome.tour_chosen.connect(self.guide.start)
        self.welcome.set_recent(self.settings.recent)
        self.pipelines.hit_chosen.connect(self._on_hit_chosen)
        QApplication.styleHints().colorSchemeChanged.connect(self.apply_settings)

    def _wire_steering(self) -> None:
        steering, results, actions, strip = self.feedback, self.results, self.hit_actions, self.strip
        self.canvas.example_drawn.connect(steering.add_box)
        strip.drawing_chosen.connect(self.canvas.draw_next_as)
        self.canvas.drawing_as.chosen.connect(strip.show_drawing)
        strip.looked.connect(lambda path: self.session.open_photo(path, search=False))
        strip.removed.connect(steering.remove)
        strip.join_chosen.connect(steering.join)
        results.filter_changed.connect(steering.filter)
        steering.filter_refused.connect(results.refuse_filter)
        steering.measured.connect(results.set_stability)
        steering.asked_changed.connect(strip.set_query)
        steering.asked_changed.connect(lambda _: show_marks(self.canvas, self.session))
        actions.marked.connect(steering.mark)
        actions.elsewhere = lambda: self.gallery.chosen() if self.gallery.view.isVisible() else None
        self.judging.judged.connect(results.set_judged)

    def _restore(self) -> None:
        self.memory.arrange()
        self.work.wire()
        if self.settings.box_known:
            self.hint.dismiss()
        self.hint.learnt.connect(self.settings.learn_box)
        self.apply_settings()
        self._on_query_changed()

    # -- what a person does --------------------------------------------------------------------------------------------

    def open_path(self, path: Path, first: Query | None = None, look: bool = False) -> None:
        """Open a folder or a library and ask a query there, if there is one; or ask with a photo.

        Args:
            look: see what is new in the folders of a library.
        """
        open_any(self.session, path, self._on_gone, first, look)

    def _on_gone(self, path: Path) -> None:
        self.recent.forget(path)

    def open_sample(self) -> None:
        """Open the pictures that come with the program, at one that is worth a box."""
        folder = self.session.engine.sample_folder()
        self.shell.go(SEARCH)
        self.open_path(folder, Query(folder / FIRST_OF_SAMPLE))

    @Slot(int)
    def _keep_edge(self, pixels: int) -> None:
        self.settings.edge = pixels

    def set_layer(self, name: str, visible: bool) -> None:
        """Show or hide a layer, wherever that was asked for."""
        self.canvas.set_layer(name, visible)
        self.inspector.set_layer(name, visible)
        self.actions_by_id[f"layer {name}"].setChecked(visible)

    @Slot(object)
    def _on_hit_chosen(self, path: Path) -> None:
        self.session.open_photo(path, search=False)

    @Slot(object)
    def _on_box_finished(self, box: Box | None) -> None:
        self.session.set_box(box)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files, folders and pictures."""
        if holds_something(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped; folders that are dropped on the gallery are added to it."""
        at = self.gallery.mapFrom(self, event.position().toPoint())
        self.drops.take(event.mimeData(), add=self.gallery.isVisible() and self.gallery.rect().contains(at))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work, remember the window; stay open while something cannot be stopped yet."""
        self.memory.keep()
        failed = self.session.jobs.failed_writes
        stopped = self.session.jobs.flush() and self.shutdown()
        if not stopped:
            if self.session.jobs.failed_writes == failed:  # else a message says already what could not be stored
                self.messages.show_text(tr(SHUTDOWN))
                QTimer.singleShot(AGAIN_MS, self, self.close)
            event.ignore()
            return
        self.session.engine.close_library()

    def shutdown(self) -> bool:
        """Stop all background work; False when something still runs."""
        self.hit_actions.shutdown()
        return self.thumbnails.shutdown() and self.session.jobs.shutdown()

    # -- what the session tells ----------------------------------------------------------------------------------------

    @Slot()
    def _on_photos_changed(self) -> None:
        self.shell.furnish(bool(self.session.photos))

    @Slot(object)
    def _on_photo_opened(self, rgb: NDArray[np.uint8] | None) -> None:
        self.canvas.set_photo(rgb)
        query = self.session.query
        if query is not None:
            self.canvas.set_box(query.box)
            self.canvas.set_inspection(self.session.inspection)
            show_marks(self.canvas, self.session)
            look_at_hit(self.canvas, self.session)
            self.memory.lay_photo()
            if self.canvas.isVisible():
                self.canvas.setFocus()
        self.hint.show_over_photo()

    @Slot()
    def _follow_query(self) -> None:
        """Show the box of a query that was undone or asked again on the photo that is there already."""
        query = self.session.query
        if query is not None and query.path == self.session.shown and query.box != self.canvas.box():
            self.canvas.set_box(query.box)
            show_marks(self.canvas, self.session)

    @Slot()
    def _on_query_changed(self) -> None:
        query = self.session.query
        self.setWindowTitle(f"{query.path.name} · Cropseek" if query else "Cropseek")
        self.actions_by_id["back"].setEnabled(self.session.can_go(-1))
        self.actions_by_id["forward"].setEnabled(self.session.can_go(1))
        self.actions_by_id["clear"].setEnabled(query is not None and query.box is not None)
        self.actions_by_id["refresh"].setEnabled(bool(self.session.folders))
        self.actions_by_id["return"].setEnabled(self.session.looking)
        self.work.say_where()

    @Slot()
    def _on_ranking_changed(self) -> None:
        self.results.set_ranking(self.session.ranking, self.session.library is not None)
        show_marks(self.canvas, self.session)
        self._on_query_changed()

    @Slot()
    def _on_inspection_changed(self) -> None:
        self.canvas.set_inspection(self.session.inspection)
        self.inspector.set_inspection(self.session.inspection)

    @Slot(object)
    def _on_indexed(self, report: IndexReport) -> None:
        tell_indexed(
            report,
            self.session.newly_skipped(report),
            self.messages,
            self.commands.show_skipped,
            self.session.forget_missing,
        )

    @Slot()
    def apply_settings(self) -> None:
        """Colour the application, and use as many threads, as the settings say."""
        self.battery.apply()
        dark = system_is_dark() if self.settings.theme == "system" else self.settings.theme == "dark"
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, dark, self.settings.text_size)
            draw_icons(self.commands.commands, app.palette())
            self.welcome.draw_icons(app.palette())
        self.inspector.set_theme(dark)
        self.lens.sheet.set_theme(dark)
        for name in THEMES:
            self.actions_by_id[f"theme {name}"].setChecked(name == self.settings.theme)
