"""Ask for the name of a new preset and the photos to fit it on."""

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
    QRadioButton,
    QSpinBox,
    QWidget,
)

from gui.widgets.plain_text import Label
from gui.widgets.text import later, tr

EXPLANATION = later(
    "What the pipeline learns (PCA, codebook, whitening, rotation, hashing) should come from photos that are not searched, "
    "some hundred or more of all kinds, as the paper does. Where there are no others, some of the collection serve."
)
SOME = 200


class FitDialog(QDialog):
    """Asks for the name of a new fit and the photos to fit on.

    Emits ``chosen(name, folder, count)``: a folder of other photos, or None and how many of the collection are taken.
    """

    chosen = Signal(str, object, int)

    def __init__(self, collection: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Fit and save a pipeline"))
        self.name = QLineEdit(placeholderText=tr("my pipeline"))
        self.folder = QLineEdit(placeholderText=tr("a folder of other photos"))
        self._browse = QPushButton(tr("Browse…"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(tr("Fit", "learn the settings of a pipeline"))
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self._browse)
        layout = QFormLayout(self)
        explanation = Label(tr(EXPLANATION), wordWrap=True)
        layout.addRow(explanation)
        layout.addRow(tr("Name"), self.name)
        self.others = QRadioButton(tr("Other photos"))
        self.own = QRadioButton(tr("Some photos of this collection, taken by chance"))
        self.count = QSpinBox(minimum=2, maximum=100_000, value=SOME)
        self.count.setAccessibleName(tr("How many photos of the collection"))
        self.own.setEnabled(collection)
        self.others.setChecked(True)
        layout.addRow(self.others)
        layout.addRow(row)
        layout.addRow(self.own, self.count)
        layout.addRow(buttons)
        self.resize(520, self.sizeHint().height())
        self.name.textChanged.connect(self._check)
        self.folder.textChanged.connect(self._check)
        self.own.toggled.connect(self._check)
        self._browse.clicked.connect(self._on_browse)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._check()

    def accept(self) -> None:
        """Tell what was chosen."""
        super().accept()
        own = self.own.isChecked()
        self.chosen.emit(
            self.name.text().strip(), None if own else Path(self.folder.text()), self.count.value() if own else 0
        )

    @Slot()
    def _check(self) -> None:
        own = self.own.isChecked()
        self.folder.setEnabled(not own)
        self._browse.setEnabled(not own)
        self.count.setEnabled(own)
        self._ok.setEnabled(bool(self.name.text().strip() and (own or self.folder.text().strip())))

    @Slot()
    def _on_browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Photos to fit on"), self.folder.text())
        if folder:
            self.folder.setText(folder)
