"""Ask for the name of a new preset and the folder of photos to fit it on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from gui.widgets.plain import Label
from gui.widgets.text import later, tr

EXPLANATION = later(
    "What the pipeline learns (PCA, codebook, whitening, rotation, hashing) should come from photos that are not searched, "
    "some hundred or more of all kinds, as the paper does."
)


class FitDialog(QDialog):
    """Asks for the name of a new fit and the folder to fit on.  Emits ``chosen(name, folder)``."""

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Fit and save a pipeline"))
        self.name = QLineEdit(placeholderText=tr("my pipeline"))
        self.folder = QLineEdit(placeholderText=tr("a folder of other photos"))
        browse = QPushButton(tr("Browse…"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(tr("Fit", "learn the settings of a pipeline"))
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        layout = QFormLayout(self)
        explanation = Label(tr(EXPLANATION), wordWrap=True)
        layout.addRow(explanation)
        layout.addRow(tr("Name"), self.name)
        layout.addRow(tr("Photos"), row)
        layout.addRow(buttons)
        self.resize(520, self.sizeHint().height())
        self.name.textChanged.connect(self._check)
        self.folder.textChanged.connect(self._check)
        browse.clicked.connect(self._on_browse)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._check()

    def accept(self) -> None:
        """Tell what was chosen."""
        super().accept()
        self.chosen.emit(self.name.text().strip(), Path(self.folder.text()))

    @Slot()
    def _check(self) -> None:
        self._ok.setEnabled(bool(self.name.text().strip() and self.folder.text().strip()))

    @Slot()
    def _on_browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Photos to fit on"), self.folder.text())
        if folder:
            self.folder.setText(folder)
