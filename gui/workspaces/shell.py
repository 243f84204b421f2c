"""What fills the window: a first page while nothing is open, and then the workspace that was chosen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtWidgets import QWidget

from gui.widgets.split_panels import Pages, Upright
from gui.workspaces.browse import BrowsePage
from gui.workspaces.lab import LabPage
from gui.workspaces.names import BROWSE, INSPECT, LAB, SEARCH, WORKSPACES
from gui.workspaces.photo import PhotoPage


class Shell(Pages):
    """The workspaces, one of which is on show.  Emits ``changed(name)`` when another workspace is on show."""

    changed = Signal(str)

    def __init__(self, welcome: QWidget, browse: BrowsePage, photo: PhotoPage, lab: LabPage) -> None:
        first = Upright(welcome)
        super().__init__(first, browse, photo, lab)
        self._welcome = first
        self.browse, self.photo, self.lab = browse, photo, lab
        self._pages: dict[str, BrowsePage | PhotoPage | LabPage]
        self._pages = {BROWSE: browse, SEARCH: photo, INSPECT: photo, LAB: lab}
        self.now, self._furnished = SEARCH, False

    def go(self, name: str) -> None:
        """Show a workspace, and let keys go to what it is about; with nothing open it is there as soon as something is."""
        other, self.now = name != self.now, name
        self._arrange()
        if self._furnished:
            self._pages[name].focus()
        if other:
            self.changed.emit(name)

    def furnish(self, there: bool) -> None:
        """Whether there is anything to work on; else the first page is shown."""
        if there != self._furnished:
            self._furnished = there
            self._arrange()

    @property
    def furnished(self) -> bool:
        """Whether a workspace is on show, and not the first page."""
        return self._furnished

    def kept(self) -> dict[str, QByteArray | None]:
        """The sizes that the user has chosen in each workspace; None: none."""
        return {**self.photo.own(), BROWSE: self.browse.shares.own()}

    def restore(self, kept: dict[str, QByteArray | None]) -> None:
        """Share the room as before."""
        self.browse.restore(kept.get(BROWSE))
        self.photo.restore({SEARCH: kept.get(SEARCH), INSPECT: kept.get(INSPECT)})

    def reset(self) -> None:
        """Reset the layout to that of the first start."""
        self.restore({})
        if not self.browse.details.isHidden():
            self.browse.turn_details()
        if self.browse.mapped:
            self.browse.turn_map()
        self.photo.box.hide()
        self.photo.put(self.photo.canvas)

    def _arrange(self) -> None:
        if self.now in (SEARCH, INSPECT):
            self.photo.set_mode(self.now)
        self.setCurrentWidget(self._pages[self.now] if self._furnished else self._welcome)


def known(name: str) -> str:
    """A workspace by its name; the one for searching when there is none such."""
    return name if name in WORKSPACES else SEARCH
