"""What leads from one workspace to another, and what is said of where one is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.records import Query
from gui.widgets.text import tr
from gui.workspaces.names import BROWSE, INSPECT, LAB, SEARCH

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Workplace(QObject):
    """Follows what a person does from one workspace to another."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._shell = window, window.shell
        self._asked: Query | None = None

    def wire(self) -> None:
        """Listen to the panels; the commands are there already."""
        window, shell = self._window, self._shell
        shell.changed.connect(self._on_workspace)
        shell.photo.stage_changed.connect(self._on_turned)
        shell.browse.turned.connect(self._on_turned)
        window.why.left.connect(self.turn_why)
        window.gallery.photo_chosen.connect(self.search_with)
        window.map.photo_chosen.connect(self.search_with)
        window.survey.photo_chosen.connect(self.inspect)
        window.gallery.view.stood_on.connect(window.details.show_path)
        window.gallery.shown.connect(window.facets.show_filter)
        window.facets.term_chosen.connect(window.gallery.narrow)
        window.lens.sheet_asked.connect(self.show_sheet)
        window.pipelines.comparison_shown.connect(self._on_comparison_shown)
        window.strip.returned.connect(window.session.look_back)
        window.queries.query_chosen.connect(window.session.ask_query)
        window.queries.saved_chosen.connect(window.session.ask_again)
        window.saved.read.connect(window.queries.show_saved)
        window.feedback.asked_changed.connect(self._on_asked)
        session = window.session
        for signal in (window.gallery.view.stood_on, session.photos_changed, session.query_changed):
            signal.connect(self._tell_star)
        window.actions_by_id["mark star"].triggered.connect(self._tell_star)
        self._on_workspace(shell.now)

    @Slot(object)
    def search_with(self, path: Path) -> None:
        """Search with a photo that was opened elsewhere."""
        self._shell.go(SEARCH)
        self._window.session.open_photo(path)

    @Slot(object)
    def inspect(self, path: Path) -> None:
        """Look at what the masks make of a photo that was opened elsewhere."""
        self._shell.go(INSPECT)
        self._window.session.open_photo(path)

    def meant(self) -> list[Path]:
        """The photos that a command is about: those selected where a person works, or else the one on show."""
        window, shell = self._window, self._shell
        if self._browsing():
            return window.gallery.chosen()
        hits = window.results.chosen() if shell.now == SEARCH else []
        coming = window.session.coming
        return [hit.photo.path for hit in hits] if len(hits) > 1 else [coming.path] if coming is not None else []

    def _browsing(self) -> bool:
        """Whether the gallery is where a person works."""
        return self._shell.furnished and self._shell.now == BROWSE and not self._shell.browse.mapped

    @Slot()
    def turn_why(self) -> None:
        """Query and hit in the place of the photo, beginning with the first hit; or the photo again."""
        window, shell = self._window, self._shell
        if not shell.furnished:
            return
        shell.go(SEARCH)
        if not window.why.isVisible() and not window.results.chosen():
            window.results.step(1)
        shell.photo.turn(window.why)

    def turn_sheet(self) -> None:
        """The paper's Fig. 2 in the place of the photo, or the photo again."""
        if self._shell.furnished:
            self._shell.go(INSPECT)
            self._shell.photo.turn(self._window.lens.sheet)

    @Slot()
    def show_sheet(self) -> None:
        """The paper's Fig. 2 in the place of the photo."""
        self._shell.go(INSPECT)
        self._shell.photo.put(self._window.lens.sheet)

    @Slot(bool)
    def _on_comparison_shown(self, shown: bool) -> None:
        if shown:
            self._shell.go(LAB)
        self._shell.lab.bring("comparison" if shown else "pipeline")

    @Slot()
    def _tell_star(self) -> None:
        """Let the star be full where the photo that is looked at has it."""
        window, coming = self._window, self._window.session.coming
        path = window.gallery.view.current_path() if self._browsing() else coming.path if coming is not None else None
        window.actions_by_id["mark star"].setChecked(window.marking.starred(path))

    @Slot(str)
    def _on_workspace(self, name: str) -> None:
        self._window.actions_by_id[f"workspace {name}"].setChecked(True)
        self._window.toolbar.show_tools(name)
        self._on_turned()

    @Slot()
    def _on_turned(self) -> None:
        """Let buttons and menus say what is on show."""
        window, shell = self._window, self._shell
        stage = shell.photo.stage.currentWidget()
        on = {
            "map": shell.browse.mapped,
            "details": not shell.browse.details.isHidden(),
            "sheet": shell.now == INSPECT and stage is window.lens.sheet,
            "compare": shell.now == SEARCH and stage is window.why,
        }
        # The sheet has them larger.
        window.inspector.histogram.setVisible(stage is not window.lens.sheet)
        for command, state in on.items():
            window.actions_by_id[command].setChecked(state)
        self._tell_star()

    @Slot(object)
    def _on_asked(self, asked: Query | None) -> None:
        """Something else is searched for: with another photo, that is what is to be seen now."""
        self._window.queries.show_asked(asked)
        before, self._asked = self._asked, asked
        if asked is None or before is None or asked.path != before.path:
            self._shell.photo.back_to_photo()
        self.say_where()

    def say_where(self) -> None:
        """Say beside the query's picture which hit is looked at."""
        session, where = self._window.session, ""
        if session.looking and session.query is not None:
            path, ranking = session.query.path, session.ranking
            hit = ranking.hit_of(path) if ranking is not None else None
            if ranking is not None and hit is not None:
                rank = self._window.results.rank_of(path) or hit.rank
                where = tr("hit {rank} of {all}", rank=rank, all=len(ranking.hits))
            else:
                where = path.name
        self._window.strip.say_where(where)
