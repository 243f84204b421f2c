"""Browse: the gallery over the whole window, what narrows it at the left, what is known of a photo at the right."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.gallery.facets import FacetPanel
from gui.gallery.map import MapPanel
from gui.gallery.panel import GalleryPanel
from gui.inspect.details import DetailsPanel
from gui.widgets.split_panels import Pages, Shares

FACETS_PX, DETAILS_PX = 216, 280
NARROW_PX = 900
"""Below this width the facets are narrower."""


class BrowsePage(QWidget):
    """The workspace *Browse*: gallery or map, facets, and the drawer with details.

    Emits ``turned()`` when the drawer or the map comes or goes.
    """

    turned = Signal()

    def __init__(self, gallery: GalleryPanel, map_: MapPanel, facets: FacetPanel, details: DetailsPanel) -> None:
        super().__init__()
        self.gallery, self.map, self.facets, self.details = gallery, map_, facets, details
        self._views = Pages(gallery.view, map_)
        gallery.set_views(self._views)
        self.shares = Shares(facets, gallery, details)
        details.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shares)
        self.restore(None)

    def restore(self, own: QByteArray | None) -> None:
        """Share the room as before; None: as at a first start."""
        self.shares.use(_widths, own)

    @property
    def mapped(self) -> bool:
        """Whether the map is on show, and not the grid."""
        return self._views.currentWidget() is self.map

    @Slot()
    def turn_map(self) -> None:
        """The map instead of the grid, or the grid again."""
        self._views.setCurrentWidget(self.gallery.view if self.mapped else self.map)
        (self.map if self.mapped else self.gallery.view).setFocus()
        self.turned.emit()

    @Slot()
    def turn_details(self) -> None:
        """Open the drawer of details, or close it."""
        self.details.setVisible(self.details.isHidden())
        self.restore(self.shares.own())
        self.turned.emit()

    def focus(self) -> None:
        """Let keys go on from the photos."""
        self.gallery.stand_on_shown()
        (self.map if self.mapped else self.gallery.view).setFocus()


def _widths(width: int) -> tuple[int, int, int]:
    return (FACETS_PX if width >= NARROW_PX else FACETS_PX * 3 // 4), 0, DETAILS_PX
