"""Choose a network of torchvision or timm, the layer at which it is cut, and where its weights come from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)

from core.records import NetworkInfo
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import later, tr

EXPLANATION = later(
    "Any network of these libraries can take the place of ours. Choose a layer with cells of 8 to 16 pixels: larger ones "
    "miss small things. The pipeline is fitted anew, and the photos are indexed with it into a library of their own."
)

TIMM = "timm:"
LARGEST_STRIDE = 16
"""Of the layer that is proposed, in pixels."""


class NetworkDialog(QDialog):
    """Asks for a network.  Emits ``wanted(name)`` when its layers are to be shown, ``chosen(name, layer, weights)``.

    ``weights`` is a path, or None: they are downloaded.
    """

    wanted = Signal(str)
    chosen = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Choose a network"))
        self.part = having(QLineEdit(), placeholderText=tr("part of a name: resnet50, convnext, dinov2"))
        self.part.setAccessibleName(tr("Part of the name"))
        self._names = QStringListModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._names)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = having(QListView(), uniformItemSizes=True)
        self.list.setAccessibleName(tr("Networks"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setModel(self._shown)
        self.layer = QComboBox()
        self.layer.setAccessibleName(tr("Layer"))
        self.weights = having(QLineEdit(), placeholderText=tr("downloaded once"))
        self.weights.setAccessibleName(tr("Weights"))
        self.note = Label(tr("reading the list of networks"), wordWrap=True, objectName="muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._build(buttons)
        self._info: NetworkInfo | None = None
        self._update()
        self.part.textChanged.connect(self._shown.setFilterFixedString)
        self.list.selectionModel().currentChanged.connect(self._on_selected)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def set_names(self, names: tuple[str, ...]) -> None:
        """List the networks."""
        self._names.setStringList(list(names))
        missing = not any(name.startswith(TIMM) for name in names)
        hint = tr("For the networks of timm install that package: pip install 'cropseek[networks]'")
        self.note.setText(hint if missing else "")

    def set_network(self, info: NetworkInfo) -> None:
        """Show the layers of the network that was wanted."""
        if info.name != self._selected():
            return
        self._info = info
        self.layer.clear()
        for layer in info.layers:
            text = tr("{layer} · cells of {stride} px · {channels:,} channels", layer=layer.name, stride=layer.stride,
                      channels=layer.channels)  # fmt: skip
            self.layer.addItem(text, layer.name)
        fine = [row for row, layer in enumerate(info.layers) if layer.stride <= LARGEST_STRIDE]
        self.layer.setCurrentIndex(fine[-1] if fine else len(info.layers) - 1)
        self.note.setText(tr("Its weights are about {size:,} MB.", size=max(round(info.size / 1e6), 1)))
        self._update()

    def show_failure(self, text: str) -> None:
        """Say why the network cannot be taken."""
        self.note.setText(f"⚠ {text}")

    def accept(self) -> None:
        """Tell what was chosen."""
        if self._info is None:
            return
        super().accept()
        file = self.weights.text().strip()
        self.chosen.emit(self._info.name, self.layer.currentData(), Path(file).expanduser() if file else None)

    def _build(self, buttons: QDialogButtonBox) -> None:
        browse = QPushButton(tr("Browse…"))
        browse.clicked.connect(self._on_browse)
        row = QHBoxLayout()
        row.addWidget(self.weights, 1)
        row.addWidget(browse)
        layout = QFormLayout(self)
        layout.addRow(Label(tr(EXPLANATION), wordWrap=True))
        layout.addRow(tr("Find"), self.part)
        layout.addRow(self.list)
        layout.addRow(tr("Layer"), self.layer)
        layout.addRow(tr("Weights"), row)
        layout.addRow(self.note)
        layout.addRow(buttons)
        self.resize(560, 480)

    def _selected(self) -> str:
        return str(self.list.currentIndex().data() or "")

    def _update(self) -> None:
        self._ok.setEnabled(self._info is not None)

    @Slot()
    def _on_selected(self) -> None:
        self._info = None
        self.layer.clear()
        self._update()
        name = self._selected()
        if name:
            self.note.setText(tr("reading the layers of {name}", name=name))
            self.wanted.emit(name)

    @Slot()
    def _on_browse(self) -> None:
        kinds = tr("Weights") + " (*.safetensors *.pth *.pt *.bin)"
        file, _ = QFileDialog.getOpenFileName(self, tr("Weights of the network"), self.weights.text(), kinds)
        if file:
            self.weights.setText(file)
