"""What must not be loaded before the window is on screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CODE = """
import sys
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from core.engine import Engine
from gui.app import build_window
from gui.desktop.settings import Settings
app = QApplication([])
window = build_window(Engine(), Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
window.show()
app.processEvents()
print(*sorted({"torch", "cv2", "faiss", "sklearn", "scipy", "pyqtgraph"} & sys.modules.keys()))
window.shutdown()
"""


def test_the_window_is_painted_without_heavy_libraries(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", CODE, str(tmp_path / "settings.ini")]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
